-- What a discussion needs beyond the first schema: answers to a comment, a moderator's own words, who wrote when, and
-- what people reported.

-- The comment this one answers; one level only.
ALTER TABLE comment ADD COLUMN reply_to TEXT REFERENCES comment (id);
-- Beside the coded reason: why it was hidden, in a moderator's words.
ALTER TABLE comment ADD COLUMN hidden_words TEXT;
CREATE INDEX comment_replies ON comment (reply_to, created_at, id) WHERE reply_to IS NOT NULL;
CREATE INDEX comment_newest ON comment (created_at, id);

-- When a person (or an address) wrote last, as a keyed hash: one row each, forgotten once the wait is over.
CREATE TABLE comment_pace (
    author_key TEXT NOT NULL PRIMARY KEY,
    last_at BIGINT NOT NULL
);
CREATE INDEX comment_pace_by_time ON comment_pace (last_at);

-- Comments that people find wrong: once per person, open until a moderator has looked.
CREATE TABLE comment_flag (
    comment TEXT NOT NULL REFERENCES comment (id),
    author_key TEXT NOT NULL,
    reason TEXT,
    created_at BIGINT NOT NULL,
    settled_at BIGINT,
    PRIMARY KEY (comment, author_key)
);
CREATE INDEX comment_flag_open ON comment_flag (comment, created_at) WHERE settled_at IS NULL;
