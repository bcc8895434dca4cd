"""Pages of the award: the work of committees."""
