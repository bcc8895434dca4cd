"""The general ledger: accounts by fund, transfers of one debit and one credit, groups that stand or fall together.

It knows no person, only account codes. The database itself refuses what must not be: see migrations/0001_ledger.sql.
"""
