-- How exactly the place of a report is known: pin, address or area. Of older reports those that lie in the very middle of
-- their area are known no better: the service puts that right when it starts, because the middles are data of the pack.
ALTER TABLE service_request ADD COLUMN exactness TEXT NOT NULL DEFAULT 'pin';
