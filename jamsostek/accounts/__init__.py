"""Members' JHT and JP money beneath the ledger's control accounts: contributions, return, balance on a date, statement.

The database refuses to commit a group whose member lines do not sum to its control transfer.
"""
