-- That it is suspended, and nobody has been told so yet.
ALTER TABLE subscriptions ADD COLUMN untold SMALLINT NOT NULL DEFAULT 0;
