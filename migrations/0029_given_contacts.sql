-- What somebody said of themselves with a report, where nobody proved it: name, address, number, sealed. It belongs to this
-- report alone. Reports from before have no row: for them holds what the vault keeps of the person.
CREATE TABLE given_contact (
    request TEXT NOT NULL PRIMARY KEY REFERENCES service_request (id),
    person TEXT NOT NULL,
    sealed BLOB NOT NULL,
    phone_hash TEXT
);
CREATE INDEX given_contact_by_person ON given_contact (person);
CREATE INDEX given_contact_by_phone ON given_contact (phone_hash) WHERE phone_hash IS NOT NULL;

-- Letters that anybody can cause who knows an address: kept for a day, to bound them. The origin is a keyed hash.
CREATE TABLE unasked_letter (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    origin TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX unasked_letter_to ON unasked_letter (person, at);
CREATE INDEX unasked_letter_from ON unasked_letter (origin, at) WHERE origin IS NOT NULL;
CREATE INDEX unasked_letter_old ON unasked_letter (at);

-- Their words are taken out of the words that searches forgive slips by.
CREATE INDEX service_request_not_open ON service_request (id) WHERE open_to_all = 0;
