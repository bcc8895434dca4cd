"""Prices of securities and what a custodian keeps, from tables as people make them: CSV, XLSX, XLS, ODS.

- `reader.read_prices(content, name, today=...)` and `reader.read_holdings(...)` give good rows and what is wrong with the others.
- `numbers` reads decimals with a comma or a point, by what the whole column shows.

Nothing is imported here: the child process that reads a stranger's file starts with the reader alone.
"""
