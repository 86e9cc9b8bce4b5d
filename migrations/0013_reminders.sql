-- Reports whose reporter was reminded to say whether it is really fixed, or need not be: each once.
CREATE TABLE reminder (
    request TEXT NOT NULL PRIMARY KEY REFERENCES service_request (id),
    at BIGINT NOT NULL
);
