"""Reads of the month across tables."""
