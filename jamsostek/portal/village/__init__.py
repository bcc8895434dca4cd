"""A village's own pages: its people, one new vulnerable worker at a time or a list, cover that ends, cards."""
