-- How the bot behaves in groups. Times and types as in version 1.

-- What a group's administrators chose. A group that chose nothing is not here.
CREATE TABLE manners (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    lifetime BIGINT, -- of the bot's replies, in minutes; NULL: they stay
    venue TEXT NOT NULL, -- here, private
    language TEXT -- NULL: that of each question
);

-- Who let the bot into a group, or asked for its settings as its administrator: they can be written to about it.
CREATE TABLE keepers (
    chat_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    since BIGINT NOT NULL,
    title TEXT, -- of the group, when it was last seen, cleaned
    language TEXT, -- of their app, if it told
    PRIMARY KEY (chat_id, user_id)
);

CREATE INDEX keepers_user ON keepers (user_id);

-- Messages that are to be taken back, and when.
CREATE TABLE passing (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    due BIGINT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);

CREATE INDEX passing_due ON passing (due);

-- What keeps the bot from answering in groups and forum topics, and when somebody was told.
CREATE TABLE troubles (
    chat_id BIGINT NOT NULL,
    thread_id BIGINT NOT NULL, -- 0: the group itself, no forum topic
    what TEXT NOT NULL,
    told BIGINT NOT NULL,
    PRIMARY KEY (chat_id, thread_id, what)
);
