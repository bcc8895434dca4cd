"""Every read of the movement."""
