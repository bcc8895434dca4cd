-- Juries, interests, interviews, marks.
SELECT 1;
