-- The history of a report in the order in which it happened, whatever the clocks of the nodes said: the version the
-- report had after the event. Ids are times. What is there already has 0 and keeps the order of its ids, before all
-- that comes: so nothing of a large history is written again.
ALTER TABLE event ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
-- postgres:
-- Nodes of the release before know nothing of it: it is put in for them. They have raised the report's version when
-- they write its event.
CREATE FUNCTION event_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version = 0 THEN
        NEW.version := (SELECT version FROM service_request WHERE id = NEW.request);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER event_version BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_version();
-- end
-- With the version, reports and their changes are counted from the index alone.
DROP INDEX service_request_updated;
CREATE INDEX service_request_updated ON service_request (updated_at, id, version);
