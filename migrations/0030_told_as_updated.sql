-- Open311 tells of a closed report when it was closed, of an open one when it changed, and finds by the same instant.
CREATE INDEX service_request_told ON service_request ((COALESCE(closed_at, updated_at)));

-- What a program may do with its key, and for which agencies it speaks; words apart by blanks. Older keys file and read.
ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read file';
ALTER TABLE api_key ADD COLUMN agencies TEXT NOT NULL DEFAULT '';
