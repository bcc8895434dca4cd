"""What `jamsostek serve` and `jamsostek db` call by name."""
