-- Somebody's life is in danger, as words, kind or staff say: it comes first at intake.
ALTER TABLE service_request ADD COLUMN urgent BIGINT NOT NULL DEFAULT 0;
CREATE INDEX service_request_urgent ON service_request (state, received_at) WHERE urgent = 1;
