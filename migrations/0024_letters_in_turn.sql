-- What somebody waits for goes first: 0 asked for, 1 news of a report, 2 gathered (bulletins, periodic reports).
ALTER TABLE delivery ADD COLUMN priority BIGINT NOT NULL DEFAULT 1;
UPDATE delivery SET priority = 2 WHERE letter = 'bulletin';
DROP INDEX delivery_due;
CREATE INDEX delivery_due ON delivery (state, way, priority, due_at);
-- On their way now: no receiver is to take up all lanes.
CREATE INDEX delivery_held ON delivery (recipient) WHERE state = 'waiting' AND leased_until_at IS NOT NULL;
