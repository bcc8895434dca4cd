"""Tables of the award, made by SQL in migrations/."""

from jamsostek.awards.models.editions import Edition, Entry, EntryStep, Step, Version
from jamsostek.awards.models.evidence import Evidence, EvidenceStep
from jamsostek.awards.models.juries import (
    CountedMark,
    Discussion,
    Freeze,
    Interest,
    Interview,
    InterviewStep,
    Juror,
    Mark,
    Reveal,
    Strike,
)

__all__ = [
    "CountedMark", "Discussion", "Edition", "Entry", "EntryStep", "Evidence", "EvidenceStep", "Freeze", "Interest", "Interview",
    "InterviewStep", "Juror", "Mark", "Reveal", "Step", "Strike", "Version",
]  # fmt: skip
