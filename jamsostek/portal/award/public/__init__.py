"""Pages of the award: what everybody reads."""
