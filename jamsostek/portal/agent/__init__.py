"""An agent's own pages: the people they registered, one more, cards."""
