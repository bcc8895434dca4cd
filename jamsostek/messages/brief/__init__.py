"""A region on two pages, for a meeting: figures, a chart, tables, sources."""
