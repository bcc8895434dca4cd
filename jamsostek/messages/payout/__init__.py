"""Paying benefits out through a bank: the order that goes there, and the answers that come back.

- `pain001.write_pain001(batch)` writes an order as ISO 20022 pain.001.001.09, `csvfile.write_csv` as a CSV of our own layout.
- `reader.read_answer(content, filename)` reads what the bank says of it: pain.002 (taken, refused), camt.054 and camt.053
  (money that left, money that came back), a CSV. `reader.read_order` reads an order, for whoever plays the bank.
- `reasons.reason(code)` says why a transfer failed, and what to do next, in plain words.
- `pain002.write_pain002` and `camt054.write_camt054` write answers as a bank would: for simulators and tests.

Bytes in, frozen `records` out, and back: no clock, no database. Nothing is imported here: the child process that reads a
stranger's file starts with the reader alone.
"""
