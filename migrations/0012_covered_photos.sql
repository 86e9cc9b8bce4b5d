-- A photo drawn from another one with black boxes over parts of it (JSON, per mille of its sides).
CREATE TABLE photo_cover (
    media TEXT NOT NULL PRIMARY KEY REFERENCES media (id),
    original TEXT NOT NULL REFERENCES media (id),
    boxes TEXT NOT NULL
);
