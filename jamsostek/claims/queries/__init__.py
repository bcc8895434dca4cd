"""Reads across the tables of claims."""
