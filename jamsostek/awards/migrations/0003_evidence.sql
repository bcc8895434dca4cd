-- Evidence and its receipts.
SELECT 1;
