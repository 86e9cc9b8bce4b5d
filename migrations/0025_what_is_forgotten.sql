-- What is kept for a time only is found by its time. (Letters are: delivery_newest; the audit: audit_by_time.)
CREATE INDEX receipt_by_time ON receipt (created_at);
