"""Arrears at an office: who owes since when, agreements, sanctions with their letters, and compliance."""
