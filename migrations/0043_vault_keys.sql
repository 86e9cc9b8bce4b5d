-- The vault may have several keys: rows 1, 2, … in the order in which they came to seal, the newest last; row 0 is a value
-- derived from the secret of lookups and links, which stays when keys change. Since when a key seals; 0: from the beginning.
ALTER TABLE vault_key ADD COLUMN since_at BIGINT NOT NULL DEFAULT 0;
