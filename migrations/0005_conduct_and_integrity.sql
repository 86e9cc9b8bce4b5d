-- Conduct of officials, versions of procedures that were used, and what an answer was like when it was given.

-- The unit a report about an official is about, and the file of the one-stop shop it is about. The unit's own people see
-- nothing of it, in whatever role.
ALTER TABLE service_request ADD COLUMN concerns TEXT;
ALTER TABLE service_request ADD COLUMN dossier TEXT;
CREATE INDEX service_request_dossier ON service_request (dossier) WHERE dossier IS NOT NULL;
-- 1: filed by staff of the very agency that has it now; left out of that agency's ranking.
ALTER TABLE service_request ADD COLUMN by_own_staff BIGINT NOT NULL DEFAULT 0;
UPDATE service_request SET by_own_staff = 1 WHERE filed_by = agency;

-- The very text of each version of a procedure that a report was ever bound to, so that it can be shown and explained
-- when the pack has it no longer. One version can have had several texts; each has its own hash.
CREATE TABLE procedure_text (
    hash TEXT NOT NULL PRIMARY KEY,
    procedure TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    first_used_at BIGINT NOT NULL
);
CREATE INDEX procedure_text_of ON procedure_text (procedure, version);

-- One row for each answer: what the integrity panel counts.
CREATE TABLE answer_given (
    event TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL REFERENCES service_request (id),
    agency TEXT NOT NULL,
    account TEXT,
    at BIGINT NOT NULL,
    -- When the agency got the report for this attempt.
    had_it_at BIGINT NOT NULL,
    -- A hash of the folded words, to find the same words again.
    words_key TEXT NOT NULL,
    evidence BIGINT NOT NULL,
    -- What the reviewer did with it, and when; neither while it waits.
    sent_back_at BIGINT,
    published_at BIGINT
);
CREATE INDEX answer_given_of_agency ON answer_given (agency, at);
CREATE INDEX answer_given_by_account ON answer_given (account, at) WHERE account IS NOT NULL;
CREATE INDEX answer_given_words ON answer_given (agency, words_key, at);
CREATE INDEX answer_given_of_request ON answer_given (request, at);
CREATE INDEX answer_given_by_time ON answer_given (at);

-- Photos that look alike differ in a few of 64 bits: of four parts of 16 at least one is the same.
CREATE INDEX media_looks_1 ON media ((phash & 65535)) WHERE phash IS NOT NULL;
CREATE INDEX media_looks_2 ON media (((phash >> 16) & 65535)) WHERE phash IS NOT NULL;
CREATE INDEX media_looks_3 ON media (((phash >> 32) & 65535)) WHERE phash IS NOT NULL;
CREATE INDEX media_looks_4 ON media (((phash >> 48) & 65535)) WHERE phash IS NOT NULL;
