"""Crediting the JHT return of a month, at head office: look at what will come, say yes, watch it, see what came of it."""
