"""Registering oneself: one question a page, kept as one goes, on any phone."""
