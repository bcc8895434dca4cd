"""A report of tables and pictures on as many pages of paper as it needs, and as a workbook."""
