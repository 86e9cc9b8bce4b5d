-- A key belongs to a program, to a device of the city or to a feed, and may end by itself: what is written after until_at
-- with it is refused.
ALTER TABLE api_key ADD COLUMN kind TEXT NOT NULL DEFAULT 'program';
ALTER TABLE api_key ADD COLUMN until_at BIGINT;
