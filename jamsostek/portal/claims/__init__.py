"""Claims at an office: the queue in its order, one case with all it stands on, two people's decision, its letter, and signals."""
