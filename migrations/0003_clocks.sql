-- Clocks of a case: who has had it since when, what they owe, by when. Columns follow domain::clock::Clock.
-- place counts the clocks of a case in the order in which they began, from 1.
CREATE TABLE clock (
    request TEXT NOT NULL REFERENCES service_request (id),
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
    PRIMARY KEY (request, place)
-- sqlite:
) WITHOUT ROWID;
-- postgres:
);
-- end
CREATE INDEX clock_next ON clock (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX clock_of_agency ON clock (agency, due_at) WHERE stopped_at IS NULL;

-- The version of the procedure a report pins is named by its hash too; an extension is asked for, then granted or not.
ALTER TABLE service_request ADD COLUMN procedure_hash TEXT;
ALTER TABLE service_request ADD COLUMN extension TEXT;
ALTER TABLE service_request ADD COLUMN extension_asked TEXT;
-- The date an agency commits itself to once it is late.
ALTER TABLE service_request ADD COLUMN committed_for TEXT;
