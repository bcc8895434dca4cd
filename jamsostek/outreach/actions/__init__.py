"""Every write of the movement."""
