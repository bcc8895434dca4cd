"""A regional government's own pages: who of its people is covered and by whom, employers, sponsors and what is about to end."""
