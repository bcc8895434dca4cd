"""Registers: put in, read, compared, judged."""
