-- When the planner last looked: what fell due and expired after that was missed by everybody. 0: never.
ALTER TABLE dispatch ADD COLUMN looked BIGINT NOT NULL DEFAULT 0;

-- How often a process told the others that it has reloaded, and to which revision.
ALTER TABLE dispatch ADD COLUMN reloads BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dispatch ADD COLUMN reloaded TEXT;
