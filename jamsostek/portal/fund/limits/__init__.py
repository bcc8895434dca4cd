"""Limits of investments: how each stands, what a trade would do to it, what is broken and how it is mended, the board's own."""
