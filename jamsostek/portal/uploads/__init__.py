"""Bulk files on their way: the same pages for employers, sponsors, villages and the offices that help them."""
