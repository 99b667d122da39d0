-- What an admin wrote to be announced and has not confirmed yet. Times and types as in version 1.

CREATE TABLE drafts (
    draft_id TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL,
    created BIGINT NOT NULL
);
