"""Every write of the award."""
