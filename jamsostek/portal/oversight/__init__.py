"""Pages of those who watch over the system: figures without persons, the trail, and the question of a hospital's desk."""
