"""The JHT return: proposed with its effect, adopted by another."""
