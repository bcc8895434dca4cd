"""Money out: what funds owe, batches and the bank's answers, rolls; rights that go on, their proofs, and what was overpaid."""
