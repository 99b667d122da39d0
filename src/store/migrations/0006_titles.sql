-- What the chat was called when it was last seen, cleaned; NULL: not known, or the subscription ended.
ALTER TABLE subscriptions ADD COLUMN title TEXT;
