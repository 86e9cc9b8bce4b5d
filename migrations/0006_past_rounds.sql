-- A round of a report: from its arrival, or from leaving `closed`, to its closing. The round that runs, or closed last,
-- is the row of service_request; this table keeps those before it, which the report itself no longer tells. They are
-- written once, when the report leaves `closed`, and count in the numbers of their time.
CREATE TABLE past_round (
    request TEXT NOT NULL REFERENCES service_request (id),
    agency TEXT NOT NULL,
    due_at BIGINT,
    closed_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    refusal_code TEXT,
    rating TEXT,
    planned_for TEXT,
    -- When it left `closed`, and by which verb.
    left_at BIGINT NOT NULL,
    left_by TEXT NOT NULL,
    PRIMARY KEY (request, left_at, left_by)
);
CREATE INDEX past_round_newest ON past_round (left_at, request);

-- Who at the desk gets the periodic report by letter; a person has one rhythm. done is the newest period that was sent.
CREATE TABLE report_subscription (
    account TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
    -- 'day', 'week' or 'month'.
    every TEXT NOT NULL,
    done TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
