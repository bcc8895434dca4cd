"""Tables of the award, made by SQL in migrations/."""

from jamsostek.awards.models.editions import Edition, Entry, EntryStep, Step, Version
from jamsostek.awards.models.evidence import Evidence, EvidenceStep

__all__ = ["Edition", "Entry", "EntryStep", "Evidence", "EvidenceStep", "Step", "Version"]
