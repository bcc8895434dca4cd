"""Statements of a bank account that receives contributions, and notices that somebody paid into it.

- `reader.read_statement(content, filename)` reads ISO 20022 camt.053 and camt.054, SWIFT MT940, and the CSV files of
  internet banking: frozen `records`, money checked to the last rupiah, what could not be read told line by line (`problems`).
- `write.write_camt053`, `write_mt940`, `write_csv` write a statement as a bank would.
- `signature.verify` says whether a webhook comes from who holds the secret; `notification.read_notification` reads it.

Bytes and text in and out: no clock, no database. Nothing is imported here: the child process that reads a stranger's file
starts with the reader alone.
"""
