"""Tables of snapshots, made by SQL in migrations/0002_snapshots.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from jamsostek.awards.models.editions import Edition


class Snapshot(models.Model):
    """A file of what was measured, by its digests; never changed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="snapshots")
    number = models.IntegerField(default=1)
    version = models.IntegerField()
    level = models.TextField()
    kind = models.TextField()
    month = models.IntegerField()
    root = models.TextField()
    file_digest = models.TextField()
    bytes = models.BigIntegerField()
    counts = models.JSONField()
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_snapshot"
        ordering: ClassVar = ["edition_id", "-number"]


class SnapshotRun(models.Model):
    """A request for a snapshot, and what came of it."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="snapshot_runs")
    level = models.TextField()
    kind = models.TextField()
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(db_default=Now())
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="runs")
    problem = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "awards_snapshotrun"
        ordering: ClassVar = ["-id"]
