"""Training after a claim: an office's offers, who takes part, what became of them; one's own invitations; sums for others."""
