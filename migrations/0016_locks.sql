-- Commenters who may not write for a term. A lock stands on the keyed hash by which a comment's author is known, and on
-- the comment that gave rise to it. Some time after its end it is a number and nothing else: who, what and by whom
-- become empty.
CREATE TABLE comment_lock (
    id TEXT NOT NULL PRIMARY KEY,
    author_key TEXT,
    comment TEXT REFERENCES comment (id),
    reason TEXT NOT NULL,
    -- What the moderator says to the person; nobody else reads it.
    words TEXT,
    term TEXT NOT NULL,
    locked_by TEXT,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    -- Once: what the person says against it, and by when somebody else decides.
    appeal TEXT,
    appealed_at BIGINT,
    appeal_due_at BIGINT,
    ruling TEXT,
    ruling_words TEXT,
    ruled_by TEXT,
    ruled_at BIGINT
);
CREATE INDEX comment_lock_of ON comment_lock (author_key, until_at) WHERE author_key IS NOT NULL;
CREATE INDEX comment_lock_newest ON comment_lock (from_at, id);
CREATE INDEX comment_lock_open ON comment_lock (appeal_due_at) WHERE appealed_at IS NOT NULL AND ruled_at IS NULL;

-- When it was paused; nothing is sent to it meanwhile.
ALTER TABLE webhook ADD COLUMN paused_at BIGINT;
-- What was sent to one webhook, newest first.
CREATE INDEX delivery_to ON delivery (recipient, created_at) WHERE way = 'webhook';
