"""Every write of members' money."""
