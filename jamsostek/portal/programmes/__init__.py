"""A region's programmes for its unprotected workers: rules, money, who is chosen and why, lists by decree, what came of it."""
