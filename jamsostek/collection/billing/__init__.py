"""From who works and is covered to bills and lines: read, computed by the law's kernels, written; one payer or a region alike."""
