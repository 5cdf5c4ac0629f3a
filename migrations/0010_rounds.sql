-- When a volunteer on duty first signed in at the screen; null for not yet.

ALTER TABLE duty ADD COLUMN came_at INTEGER;
