-- Editions of the open data. A node claims the next number and writes its files to where photos lie; every node serves
-- those of the newest number that is whole.
CREATE TABLE open_data_edition (
    number BIGINT NOT NULL PRIMARY KEY,
    -- Until when its writer has the word. Who is not done by then has given up, and another may write the next.
    until_at BIGINT NOT NULL,
    -- As of when its files are; empty while they are written.
    as_of_at BIGINT,
    -- Of each file its name, bytes and hash, as JSON.
    files TEXT NOT NULL DEFAULT '{}'
);
