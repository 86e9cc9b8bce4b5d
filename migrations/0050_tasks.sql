-- Tasks (domain::task): the second kind of case. History, clocks and attachments are those of every kind, by task:NUMBER.

-- The last number of each local year.
CREATE TABLE task_number (
    year BIGINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- Columns follow domain::task::Task.
CREATE TABLE task (
    id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    giver_role TEXT NOT NULL,
    giver_account TEXT,
    giver_agency TEXT,
    agency TEXT NOT NULL,
    assignee TEXT,
    -- The case it is about.
    about TEXT,
    what TEXT NOT NULL,
    product TEXT NOT NULL,
    needs_evidence BIGINT NOT NULL,
    address TEXT,
    lat DOUBLE PRECISION,
    long DOUBLE PRECISION,
    public BIGINT NOT NULL,
    confidential BIGINT NOT NULL,
    -- One of the two: how much time was given, or until when.
    given_budget TEXT,
    given_at BIGINT,
    procedure TEXT NOT NULL,
    procedure_version BIGINT NOT NULL,
    procedure_hash TEXT NOT NULL,
    extension TEXT,
    extension_asked TEXT,
    attempt BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    clock_from_at BIGINT NOT NULL,
    due_at BIGINT,
    step TEXT,
    step_budget TEXT,
    step_from_at BIGINT,
    step_due_at BIGINT,
    accepted_at BIGINT,
    done_at BIGINT,
    done_by TEXT,
    closed_at BIGINT,
    result TEXT,
    code TEXT
);

CREATE INDEX task_open ON task (agency, step_due_at) WHERE state <> 'closed';
CREATE INDEX task_newest ON task (created_at, id);
CREATE INDEX task_about ON task (about) WHERE about IS NOT NULL;
