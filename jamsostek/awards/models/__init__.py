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
from jamsostek.awards.models.results import Annulment, AnnulmentAnswer, Certificate, Publication, Result, ResultAnswer
from jamsostek.awards.models.snapshots import Snapshot, SnapshotRun

__all__ = [
    "Annulment", "AnnulmentAnswer", "Certificate", "CountedMark", "Discussion", "Edition", "Entry", "EntryStep", "Evidence",
    "EvidenceStep", "Freeze", "Interest", "Interview", "InterviewStep", "Juror", "Mark", "Publication", "Result", "ResultAnswer",
    "Reveal", "Snapshot", "SnapshotRun", "Step", "Strike", "Version",
]  # fmt: skip
