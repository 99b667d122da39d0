-- What readers say of answers, and what they want to be told. Times and types as in version 1.

-- What makes a reader's code: random, gone after its lifetime. Without it a code is nobody's.
CREATE TABLE reader_keys (
    made BIGINT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL
);

CREATE TABLE feedback (
    reader TEXT NOT NULL, -- a code, never a number
    passage TEXT NOT NULL,
    revision TEXT NOT NULL,
    helpful SMALLINT NOT NULL,
    reason TEXT, -- NULL: none was given
    given BIGINT NOT NULL, -- the day it was given: its midnight
    PRIMARY KEY (reader, passage, revision)
);

CREATE INDEX feedback_age ON feedback (given);

-- Questions whose reader is told once they can be answered. The row goes when that is done.
CREATE TABLE kept_questions (
    question_id BIGINT NOT NULL PRIMARY KEY,
    chat_id BIGINT NOT NULL, -- a private chat
    message_id BIGINT NOT NULL, -- the message that asked it
    words TEXT NOT NULL,
    language TEXT NOT NULL,
    kept BIGINT NOT NULL,
    tried TEXT, -- the last revision that had no sure answer; NULL: it is to be tried again
    sending SMALLINT NOT NULL DEFAULT 0 -- its answer is on its way: never to be sent again
);

CREATE INDEX kept_questions_chat ON kept_questions (chat_id);

INSERT INTO numbers (name, last) VALUES ('question', 0);
