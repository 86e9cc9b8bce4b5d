-- The history of a report in the order in which it happened, whatever the clocks of the nodes said: the version the
-- report had after the event. Ids are times.
ALTER TABLE event ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
UPDATE event SET version = (SELECT COUNT(*) FROM event AS e WHERE e.request = event.request AND e.id <= event.id);
-- With the version, reports and their changes are counted from the index alone.
DROP INDEX service_request_updated;
CREATE INDEX service_request_updated ON service_request (updated_at, id, version);
