-- Announcements: who wants them, what is announced, and each one to each chat. Times and types as in version 1.

-- The last number that was given out: a number is never given out again, even when its row is gone.
CREATE TABLE numbers (
    name TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

INSERT INTO numbers (name, last) VALUES ('subscription', 0), ('delivery', 0);

CREATE TABLE subscriptions (
    sub_id BIGINT NOT NULL PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT NOT NULL DEFAULT 0, -- 0: the chat itself, no forum topic
    chat_kind TEXT NOT NULL,
    approval TEXT NOT NULL,
    kinds TEXT NOT NULL, -- separated by spaces
    milestones TEXT NOT NULL,
    language TEXT NOT NULL,
    tzid TEXT NOT NULL,
    hour BIGINT NOT NULL,
    quiet_from BIGINT,
    quiet_to BIGINT,
    silent SMALLINT NOT NULL,
    pin SMALLINT NOT NULL,
    status TEXT NOT NULL, -- active, suspended, ended
    reason TEXT, -- why it is suspended or ended
    since BIGINT NOT NULL,
    changed BIGINT NOT NULL, -- when the status changed last
    owner BIGINT, -- NULL: an anonymous administrator subscribed it, or it is ended
    UNIQUE (chat_id, thread_id)
);

CREATE INDEX subscriptions_owner ON subscriptions (owner) WHERE owner IS NOT NULL;

-- Rows stay for good: a calendar that imported an event knows its revision (RFC 5545, SEQUENCE).
CREATE TABLE events (
    uid TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL, -- of its time, place and status
    revision BIGINT NOT NULL,
    planned_until BIGINT, -- NULL: this revision was not planned yet
    confirmed BIGINT, -- until when an admin said it is still true
    dropped SMALLINT NOT NULL DEFAULT 0,
    asked_review BIGINT,
    asked_outcome BIGINT
);

CREATE TABLE deliveries (
    delivery_id BIGINT NOT NULL PRIMARY KEY,
    dedupe_key TEXT NOT NULL UNIQUE,
    sub_id BIGINT NOT NULL REFERENCES subscriptions (sub_id),
    chat_id BIGINT NOT NULL, -- its subscription's
    uid TEXT, -- of an event; NULL for the operator's own words
    revision BIGINT,
    occasion TEXT,
    words_id TEXT,
    words TEXT,
    due BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    state TEXT NOT NULL, -- queued, sending, sent, ambiguous, failed, missed, superseded, cancelled
    hold TEXT NOT NULL, -- free, review, approval
    overtaken SMALLINT NOT NULL DEFAULT 0, -- a newer one is there; this one was in flight, and never goes back to the queue
    attempts BIGINT NOT NULL DEFAULT 0,
    next BIGINT NOT NULL, -- when it is tried, or asked about, at the earliest
    intent BIGINT, -- when it was last claimed
    message_id BIGINT,
    error TEXT,
    told SMALLINT NOT NULL DEFAULT 0, -- an admin knows how it ended
    CHECK ((uid IS NULL) <> (words IS NULL))
);

CREATE UNIQUE INDEX deliveries_in_flight ON deliveries (chat_id) WHERE state = 'sending';
CREATE INDEX deliveries_queue ON deliveries (due, delivery_id) WHERE state = 'queued';
CREATE INDEX deliveries_order ON deliveries (chat_id, due, delivery_id) WHERE state = 'queued';
CREATE INDEX deliveries_doubtful ON deliveries (delivery_id) WHERE state = 'ambiguous';
CREATE INDEX deliveries_untold ON deliveries (delivery_id) WHERE told = 0 AND state IN ('missed', 'failed');
CREATE INDEX deliveries_event ON deliveries (uid, sub_id);
CREATE INDEX deliveries_subscription ON deliveries (sub_id);
CREATE INDEX deliveries_age ON deliveries (expires, state);

CREATE TABLE dispatch (
    dispatch_id BIGINT NOT NULL PRIMARY KEY CHECK (dispatch_id = 1),
    paused SMALLINT NOT NULL,
    frozen_until BIGINT NOT NULL -- the platform asked for a pause in all chats at once
);

INSERT INTO dispatch (dispatch_id, paused, frozen_until) VALUES (1, 0, 0);
