"""Limits of investment, the room left, what is broken and how it is mended."""
