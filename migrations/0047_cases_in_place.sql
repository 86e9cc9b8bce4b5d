-- What 0046_cases.sql made, and batches have filled, takes the place of the old tables.
DROP TABLE event;
ALTER TABLE event_of_case RENAME TO event;
CREATE UNIQUE INDEX event_by_id ON event (id);
CREATE INDEX event_by_tx ON event (tx) WHERE tx > 0;
-- What cards are counted from.
CREATE INDEX event_escalations ON event (at) WHERE verb = 'escalate';
-- postgres:
DROP FUNCTION event_version;
-- end

DROP TABLE clock;
ALTER TABLE clock_of_case RENAME TO clock;
CREATE INDEX clock_next ON clock (next_at) WHERE next_at IS NOT NULL;

DROP TABLE request_media;
CREATE INDEX attachment_by_media ON attachment (media);

DROP TABLE receipt;
ALTER TABLE receipt_of_case RENAME TO receipt;
CREATE INDEX receipt_of_case ON receipt (case_ref);
CREATE INDEX receipt_by_time ON receipt (created_at);

DROP TABLE explanation;
ALTER TABLE explanation_of_case RENAME TO explanation;
CREATE INDEX explanation_of_agency ON explanation (agency, asked_at, id);
CREATE INDEX explanation_of_case ON explanation (case_ref) WHERE case_ref IS NOT NULL;
CREATE INDEX explanation_open ON explanation (due_at) WHERE answered_at IS NULL;
CREATE INDEX explanation_newest ON explanation (asked_at, id);

ALTER TABLE outbox RENAME COLUMN request TO case_ref;
ALTER TABLE delivery RENAME COLUMN request TO case_ref;
ALTER TABLE idempotency RENAME COLUMN request TO case_ref;
ALTER TABLE identity_opening RENAME COLUMN request TO case_ref;

DROP TABLE backfill;
