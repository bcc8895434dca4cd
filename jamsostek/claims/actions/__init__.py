"""Every write on claims."""
