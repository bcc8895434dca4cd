"""Tables of the award, made by SQL in migrations/."""

from jamsostek.awards.models.editions import Edition, Entry, EntryStep, Step, Version
from jamsostek.awards.models.snapshots import Snapshot, SnapshotRun

__all__ = ["Edition", "Entry", "EntryStep", "Snapshot", "SnapshotRun", "Step", "Version"]
