-- What was sent is forgotten after some months, oldest first.
CREATE INDEX idempotency_by_age ON idempotency (created_at);
