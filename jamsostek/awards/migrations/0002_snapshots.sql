-- Snapshots of what was measured.
SELECT 1;
