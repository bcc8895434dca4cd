"""The funds: what the programmes' money is invested in, within which limits, and whether it will last.

A trade passes three pairs of hands; every rupiah of it goes through the ledger, and what is held is the sum of its lots.
"""
