"""Trades: planned by one, checked by another, settled by a third; holdings and month end."""
