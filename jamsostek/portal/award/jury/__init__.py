"""Pages of the award: the work of juries."""
