-- Times are milliseconds since 1970 UTC. Only types that SQLite and PostgreSQL read alike.

CREATE TABLE inbox (
    update_id BIGINT NOT NULL PRIMARY KEY,
    lane BIGINT NOT NULL,
    received BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    body TEXT -- NULL once the update is handled: then its lane is 0, too, and only its id is kept
);

CREATE INDEX inbox_waiting ON inbox (lane) WHERE body IS NOT NULL;
CREATE INDEX inbox_received ON inbox (received);

CREATE TABLE chats (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    language TEXT NOT NULL
);

CREATE TABLE freezes (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
