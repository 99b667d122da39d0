-- That somebody is asked about an event stands with the deliveries that wait for the answer.
ALTER TABLE events DROP COLUMN asked_review;
