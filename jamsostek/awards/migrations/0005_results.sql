-- Decisions, results, certificates.
SELECT 1;
