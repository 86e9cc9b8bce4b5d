-- A decision of intake that may still be taken back: what it was before, and until when nobody is told of it. One row for
-- a report, replaced by its next decision; what is over is swept out with it.
CREATE TABLE undo (
    request TEXT NOT NULL PRIMARY KEY REFERENCES service_request (id),
    -- The decision, the version it led to, and who made it.
    event TEXT NOT NULL,
    version BIGINT NOT NULL,
    account TEXT NOT NULL,
    -- Rows of the outbox that are held back.
    held BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    -- The report and its clocks before it, as JSON.
    was TEXT NOT NULL
);
CREATE INDEX undo_over ON undo (until_at);

-- Shortcuts of one key, for whoever does not want them (WCAG 2.1.4). 1: off.
ALTER TABLE account ADD COLUMN no_shortcuts BIGINT NOT NULL DEFAULT 0;
