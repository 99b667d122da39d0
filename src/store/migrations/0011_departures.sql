-- Groups that the bot is out of, and when keepers were last seen to be that. Times and types as in version 1.

-- What is stored of such a group goes a while later, unless the bot is back or the group turns up under another number.
CREATE TABLE departures (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    gone_at BIGINT NOT NULL
);

-- When they last let the bot in, or asked for the settings.
ALTER TABLE keepers ADD COLUMN renewed BIGINT NOT NULL DEFAULT 0;
UPDATE keepers SET renewed = since;
