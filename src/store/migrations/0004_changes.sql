-- What becomes of announcements when their event or their chat's settings change. Times and types as in version 1.

ALTER TABLE events ADD COLUMN absent SMALLINT NOT NULL DEFAULT 0; -- it is not in the files any more

ALTER TABLE subscriptions ADD COLUMN retimed BIGINT; -- when its hours last changed

-- Until when a post is to be edited, because what it says has changed; NULL: it stands as it is.
ALTER TABLE deliveries ADD COLUMN correct_until BIGINT;

CREATE INDEX deliveries_corrections ON deliveries (next, delivery_id) WHERE correct_until IS NOT NULL;
