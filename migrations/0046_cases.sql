-- The history, the clocks, the photos, the receipts and the explanations of cases of every kind. What was keyed by a report
-- is keyed by a case: the code of a report, or the kind and the number (task:2026-0012). One engine cannot drop a foreign
-- key, so these are new tables; what is there is copied into them in batches (platform/db/backfill.rs), and then
-- 0047_cases_in_place.sql puts them in the place of the old ones.

-- What happened, append-only. seq is the version of the case after it, from 1, one for each event. tx is the transaction
-- that wrote it, 0 for what was there before. The history of one case lies together: reading it costs a page or two.
CREATE TABLE event_of_case (
    case_ref TEXT NOT NULL,
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    tx BIGINT NOT NULL DEFAULT 0,
    at BIGINT NOT NULL,
    -- When it was so in the field, where that was told later: a phone had no network.
    happened_at BIGINT,
    verb TEXT NOT NULL,
    role TEXT NOT NULL,
    account TEXT,
    agency TEXT,
    from_state TEXT,
    to_state TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    visibility TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (case_ref, seq)
-- sqlite:
) WITHOUT ROWID;
-- postgres:
);
-- end

-- Columns follow domain::clock::Clock. place counts the clocks of a case in the order in which they began, from 1.
CREATE TABLE clock_of_case (
    case_ref TEXT NOT NULL,
    place BIGINT NOT NULL,
    kind TEXT NOT NULL,
    procedure TEXT NOT NULL,
    procedure_version BIGINT NOT NULL,
    step TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    role TEXT,
    agency TEXT NOT NULL,
    budget TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    suspensions TEXT,
    due_at BIGINT,
    stopped_at BIGINT,
    how TEXT,
    stopped_by TEXT,
    -- Percent of the highest rung of the ladder that was reached; a rung is fired by raising this.
    fired BIGINT NOT NULL,
    next_percent BIGINT,
    next_at BIGINT,
    PRIMARY KEY (case_ref, place)
-- sqlite:
) WITHOUT ROWID;
-- postgres:
);
-- end

-- Which photos and documents belong to which case and event. stage: 'before' (as reported) or 'after' (evidence).
CREATE TABLE attachment (
    case_ref TEXT NOT NULL,
    media TEXT NOT NULL REFERENCES media (id),
    event TEXT NOT NULL,
    stage TEXT NOT NULL,
    position BIGINT NOT NULL,
    -- Why a moderator hid it.
    hidden TEXT,
    PRIMARY KEY (case_ref, media)
-- sqlite:
) WITHOUT ROWID;
-- postgres:
);
-- end

-- The secret links of those who sent something; only hashes.
CREATE TABLE receipt_of_case (
    token_hash TEXT NOT NULL PRIMARY KEY,
    case_ref TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- An agency is asked to explain a case, or a number.
CREATE TABLE explanation_of_case (
    id TEXT NOT NULL PRIMARY KEY,
    case_ref TEXT,
    agency TEXT NOT NULL,
    -- What it is about where it is about no case, and the page that shows it.
    subject TEXT NOT NULL,
    link TEXT,
    question TEXT NOT NULL,
    asked_by TEXT,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    answer TEXT,
    answered_by TEXT,
    answered_at BIGINT,
    -- When it was told that no answer had come in time.
    told_late_at BIGINT
);

-- The last version of a report that was no mere addition: a form that saw less is stale. 0: before this was kept.
ALTER TABLE service_request ADD COLUMN changed_seq BIGINT NOT NULL DEFAULT 0;

-- How far the batches have come: the last key that was copied, and how many rows of how many.
CREATE TABLE backfill (
    name TEXT NOT NULL PRIMARY KEY,
    last_key TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL
);
