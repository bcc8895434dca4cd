"""What is read of the award."""
