"""Pages of the award: nominations and evidence."""
