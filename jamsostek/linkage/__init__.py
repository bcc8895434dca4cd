"""Are these two records the same person: folding names, comparing them. Pure; the registry and the movement ask here."""
