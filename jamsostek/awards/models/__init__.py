"""Tables of the award, made by SQL in migrations/."""

from jamsostek.awards.models.editions import Edition, Entry, EntryStep, Step, Version

__all__ = ["Edition", "Entry", "EntryStep", "Step", "Version"]
