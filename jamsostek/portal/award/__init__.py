"""Pages of the Paritrana Award: what everybody reads, and the work of committees, of those who compete, and of juries."""
