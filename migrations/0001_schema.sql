-- The schema of Nhịp, one for SQLite and PostgreSQL.
-- Instants are milliseconds UTC (…_at), booleans 0/1, ids and lists of words TEXT, JSON as TEXT.
-- Services, agencies and areas are not here: they are data of the pack, by code.

-- A report (Open311 service request). Columns follow domain::service_request::ServiceRequest.
CREATE TABLE service_request (
    id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    field TEXT NOT NULL,
    service TEXT NOT NULL,
    area TEXT NOT NULL,
    area_approximate BIGINT NOT NULL,
    agency TEXT NOT NULL,
    assignee TEXT,
    channel TEXT NOT NULL,
    description TEXT NOT NULL,
    redacted TEXT,
    language TEXT NOT NULL,
    address TEXT,
    lat DOUBLE PRECISION NOT NULL,
    long DOUBLE PRECISION NOT NULL,
    cell BIGINT NOT NULL,
    attributes TEXT,
    -- 1: anybody may see it all; 0: private, confidential or hidden. Derived from the three below.
    open_to_all BIGINT NOT NULL,
    public BIGINT NOT NULL,
    confidential BIGINT NOT NULL,
    hidden TEXT,
    reporter TEXT,
    filed_by TEXT,
    procedure TEXT,
    procedure_version BIGINT,
    received_at BIGINT NOT NULL,
    accepted_at BIGINT,
    responded_at BIGINT,
    answered_at BIGINT,
    closed_at BIGINT,
    updated_at BIGINT NOT NULL,
    clock_from_at BIGINT,
    due_at BIGINT,
    question_until_at BIGINT,
    asked_in TEXT,
    suspensions TEXT,
    paused_for TEXT,
    planned_for TEXT,
    attempt BIGINT NOT NULL,
    reopenings BIGINT NOT NULL,
    contested BIGINT NOT NULL,
    appealed BIGINT NOT NULL,
    refusal_code TEXT,
    refused_by TEXT,
    answered_by TEXT,
    rating TEXT,
    merged_into TEXT,
    supports BIGINT NOT NULL,
    comments BIGINT NOT NULL,
    photo TEXT,
    result_photo TEXT
);
-- Lists: newest first, narrowed by one column, the rest of the filter read from the index itself.
CREATE INDEX service_request_newest ON service_request (received_at, id, state, field, agency, area);
CREATE INDEX service_request_by_agency ON service_request (agency, received_at, id, state, field, area);
CREATE INDEX service_request_by_area ON service_request (area, received_at, id, state, field, agency);
CREATE INDEX service_request_by_service ON service_request (service, received_at, id, state, agency, area);
CREATE INDEX service_request_by_field ON service_request (field, received_at, id, state, agency, area);
CREATE INDEX service_request_by_state ON service_request (state, received_at, id, field, agency, area);
CREATE INDEX service_request_by_outcome ON service_request (outcome, received_at, id, field, agency, area) WHERE outcome IS NOT NULL;
CREATE INDEX service_request_by_cell ON service_request (cell, state, field, received_at);
CREATE INDEX service_request_updated ON service_request (updated_at, id);
CREATE INDEX service_request_closed ON service_request (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX service_request_due ON service_request (due_at, id) WHERE closed_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX service_request_question ON service_request (question_until_at) WHERE question_until_at IS NOT NULL;
CREATE INDEX service_request_promised ON service_request (planned_for) WHERE planned_for IS NOT NULL;
CREATE INDEX service_request_reporter ON service_request (reporter) WHERE reporter IS NOT NULL;

-- What happened, append-only. The history of one report lies together, so that reading it costs a page or two.
CREATE TABLE event (
    id TEXT NOT NULL,
    request TEXT NOT NULL REFERENCES service_request (id),
    at BIGINT NOT NULL,
    verb TEXT NOT NULL,
    role TEXT NOT NULL,
    account TEXT,
    agency TEXT,
    from_state TEXT,
    to_state TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    visibility TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (request, id)
-- sqlite:
) WITHOUT ROWID;
-- postgres:
);
-- end
CREATE UNIQUE INDEX event_by_id ON event (id);

-- Photos and documents; the bytes are in the blob store under the keys.
CREATE TABLE media (
    id TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    phash BIGINT,
    kind TEXT NOT NULL,
    large_key TEXT NOT NULL,
    small_key TEXT,
    width BIGINT,
    height BIGINT,
    bytes BIGINT NOT NULL,
    name TEXT,
    public BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX media_sha256 ON media (sha256);
CREATE INDEX media_phash ON media (phash) WHERE phash IS NOT NULL;

-- Which media belong to which report and event. stage: 'before' (as reported) or 'after' (evidence).
CREATE TABLE request_media (
    request TEXT NOT NULL REFERENCES service_request (id),
    media TEXT NOT NULL REFERENCES media (id),
    event TEXT NOT NULL,
    stage TEXT NOT NULL,
    position BIGINT NOT NULL,
    hidden TEXT,
    PRIMARY KEY (request, media)
-- sqlite:
) WITHOUT ROWID;
-- postgres:
);
-- end
CREATE INDEX request_media_by_media ON request_media (media);

-- The secret link of a reporter without an account; only its hash is kept.
CREATE TABLE receipt (
    token_hash TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL REFERENCES service_request (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX receipt_of_request ON receipt (request);

-- A value derived from the vault's key, so that the service never works with another one. At most one row, id 1.
CREATE TABLE vault_key (
    id BIGINT NOT NULL PRIMARY KEY,
    check_value TEXT NOT NULL
);

-- The identity vault: sealed personal data and keyed hashes to find a person by mail or telephone.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    sealed BLOB,
    email_hash TEXT,
    phone_hash TEXT,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    erased_at BIGINT
);
CREATE INDEX person_by_email ON person (email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX person_by_phone ON person (phone_hash) WHERE phone_hash IS NOT NULL;

-- Every opening of an identity, shown to the reporter.
CREATE TABLE identity_opening (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    request TEXT,
    account TEXT NOT NULL,
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX identity_opening_of_person ON identity_opening (person, at);

-- Staff and citizens who sign in.
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    login TEXT UNIQUE,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    agency TEXT,
    person TEXT,
    password_hash TEXT,
    totp_sealed BLOB,
    totp_last_step BIGINT,
    language TEXT NOT NULL,
    locked_at BIGINT,
    locked_reason TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX account_by_person ON account (person) WHERE person IS NOT NULL;
CREATE INDEX account_by_agency ON account (agency) WHERE agency IS NOT NULL;

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Password given, one-time code still owed.
    half BIGINT NOT NULL,
    device TEXT NOT NULL
);
CREATE INDEX session_of_account ON session (account);

-- One-time links by mail: sign-in, confirmation.
CREATE TABLE login_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    person TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE api_key (
    id TEXT NOT NULL PRIMARY KEY,
    key_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- Who did something sensitive that leaves no event on a report: searches by person, sign-ins, locks.
CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    account TEXT,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);

-- Discussion.
CREATE TABLE comment (
    id TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL REFERENCES service_request (id),
    author_name TEXT NOT NULL,
    -- A keyed hash of whoever wrote it (account, receipt or device): for the pace, never shown.
    author_key TEXT NOT NULL,
    account TEXT,
    -- Set on official answers.
    agency TEXT,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    hidden_reason TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX comment_of_request ON comment (request, created_at, id);
CREATE INDEX comment_by_author ON comment (author_key, created_at);
CREATE INDEX comment_waiting ON comment (state, created_at);

CREATE TABLE support (
    request TEXT NOT NULL REFERENCES service_request (id),
    author_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (request, author_key)
);

-- Who wants to hear of a report.
CREATE TABLE follow (
    id TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL REFERENCES service_request (id),
    person TEXT NOT NULL,
    confirmed_at BIGINT,
    stopped_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (request, person)
);
CREATE INDEX follow_of_person ON follow (person);

-- Written in the transaction of the event; read by the dispatcher.
CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    request TEXT NOT NULL,
    topic TEXT NOT NULL,
    -- Secrets a letter needs once (a receipt link), sealed with the vault's key.
    sealed BLOB,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (due_at, id);

-- One letter to one person about one event.
CREATE TABLE delivery (
    id TEXT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    topic TEXT NOT NULL,
    request TEXT,
    person TEXT NOT NULL,
    -- In which capacity they are told: reporter, follower, staff, or asker (of this very letter).
    reader TEXT NOT NULL,
    letter TEXT NOT NULL,
    language TEXT NOT NULL,
    -- The path of the link, when it holds a secret.
    sealed BLOB,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until_at BIGINT,
    attempts BIGINT NOT NULL,
    -- Counts sending again by hand: a new round is a new letter to mail programs.
    round BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    UNIQUE (event, letter, person)
);
CREATE INDEX delivery_due ON delivery (state, due_at);
CREATE INDEX delivery_newest ON delivery (created_at, id);
CREATE INDEX delivery_of_request ON delivery (request, created_at);

CREATE TABLE delivery_attempt (
    id TEXT NOT NULL PRIMARY KEY,
    delivery TEXT NOT NULL REFERENCES delivery (id),
    at BIGINT NOT NULL,
    ok BIGINT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX delivery_attempt_of ON delivery_attempt (delivery, id);

-- People who stopped all letters, by keyed hash of the address.
CREATE TABLE unsubscribed (
    address_hash TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);

-- The same request sent twice with one key is one report.
CREATE TABLE idempotency (
    key_hash TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Rows that an import brought, so that a second run brings none twice.
CREATE TABLE imported (
    source TEXT NOT NULL,
    row_key TEXT NOT NULL,
    request TEXT NOT NULL,
    PRIMARY KEY (source, row_key)
);

-- Official boundaries, once imported; the newest version assigns.
CREATE TABLE area_boundary (
    version BIGINT NOT NULL,
    area TEXT NOT NULL,
    geometry TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    PRIMARY KEY (version, area)
);

-- Full text: folded words of code, description, address. Written alike on both engines, by
-- INSERT … ON CONFLICT (request) DO UPDATE SET body = excluded.body.
-- sqlite:
-- FTS5 finds a row quickly only by its number, so the words stand in a table of their own.
CREATE TABLE report_text (
    id BIGINT PRIMARY KEY,
    request TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);
CREATE VIRTUAL TABLE report_text_index USING fts5(
    body, content = 'report_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TRIGGER report_text_added AFTER INSERT ON report_text BEGIN
    INSERT INTO report_text_index (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER report_text_removed AFTER DELETE ON report_text BEGIN
    INSERT INTO report_text_index (report_text_index, rowid, body) VALUES ('delete', old.id, old.body);
END;
CREATE TRIGGER report_text_changed AFTER UPDATE ON report_text BEGIN
    INSERT INTO report_text_index (report_text_index, rowid, body) VALUES ('delete', old.id, old.body);
    INSERT INTO report_text_index (rowid, body) VALUES (new.id, new.body);
END;
-- postgres:
CREATE TABLE report_text (
    request TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED
);
CREATE INDEX report_text_vector ON report_text USING gin (vector);
-- end
