"""The pages of participants, and of the families of those who died."""
