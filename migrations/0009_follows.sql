-- Following lists as well as reports, and other ways to be told than letters: notifications of a browser, webhooks.

-- Who hears of what, how, and how often. One row for each follower, thing and way.
CREATE TABLE follow_anew (
    id TEXT NOT NULL PRIMARY KEY,
    -- A person; where the way is 'webhook', the webhook.
    follower TEXT NOT NULL,
    -- The code of a report, or '?' and the query of a list in its one canonical spelling.
    what TEXT NOT NULL,
    -- 'mail', 'push' or 'webhook'.
    way TEXT NOT NULL,
    -- 'at_once', 'day' or 'week'.
    rhythm TEXT NOT NULL,
    confirmed_at BIGINT,
    stopped_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (follower, what, way)
);
INSERT INTO follow_anew (id, follower, what, way, rhythm, confirmed_at, stopped_at, created_at)
SELECT id, person, request, 'mail', 'at_once', confirmed_at, stopped_at, created_at FROM follow;
DROP TABLE follow;
ALTER TABLE follow_anew RENAME TO follow;
-- Who is to be told of this thing; and which things are followed at all.
CREATE INDEX follow_running ON follow (rhythm, what) WHERE confirmed_at IS NOT NULL AND stopped_at IS NULL;

-- A delivery goes to a person, to a browser or to a webhook.
ALTER TABLE delivery RENAME COLUMN person TO recipient;
ALTER TABLE delivery ADD COLUMN way TEXT NOT NULL DEFAULT 'mail';
-- The follow that called for it; stopped meanwhile, it is not sent.
ALTER TABLE delivery ADD COLUMN follow TEXT;
-- What a bulletin tells: events by follow, as JSON. Each is looked at again when the letter is written.
ALTER TABLE delivery ADD COLUMN told TEXT;
DROP INDEX delivery_due;
CREATE INDEX delivery_due ON delivery (state, way, due_at);

-- A browser that takes notifications (RFC 8030). The address is a secret between it, its push service and us.
CREATE TABLE push_device (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    address_hash TEXT NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When its push service said that it is no more.
    ended_at BIGINT
);
CREATE INDEX push_device_of_person ON push_device (person);

-- A program that is told by signed requests: a gateway to SMS or Zalo.
CREATE TABLE webhook (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    -- The secret that signs, sealed with the vault's key.
    sealed BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    -- Stopped by somebody, or gone by its own word (410).
    ended_at BIGINT
);

-- Until when each bulletin has told.
CREATE TABLE bulletin (
    rhythm TEXT NOT NULL PRIMARY KEY,
    until_at BIGINT NOT NULL
);
