"""Accounts: what a payer was asked and paid, what was reported and paid for a worker, and the worker's months of cover."""
