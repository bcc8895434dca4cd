"""Tables of evidence, made by SQL in migrations/0003_evidence.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from jamsostek.awards.models.editions import Entry
from jamsostek.outreach.models import Regulation


class Evidence(models.Model):
    """Something sent for a criterion of an entry; never changed. `digest` is of what is kept, `sent_digest` of what was sent."""

    code = models.TextField(unique=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    criterion = models.TextField()
    kind = models.TextField()
    form = models.TextField()
    title = models.TextField()
    summary = models.TextField(default="")
    budget_year = models.SmallIntegerField(null=True)
    budget_rupiah = models.BigIntegerField(null=True)
    regulation = models.ForeignKey(Regulation, models.PROTECT, null=True, related_name="+")
    digest = models.TextField()
    sent_digest = models.TextField()
    size = models.IntegerField()
    media = models.TextField()
    file_name = models.TextField(default="")
    again = models.SmallIntegerField(default=0)
    by_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_evidence"
        ordering: ClassVar = ["criterion", "id"]


class EvidenceStep(models.Model):
    """What happened to a piece of evidence."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="steps")
    step = models.TextField()
    reason = models.TextField(default="")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "awards_evidencestep"
        ordering: ClassVar = ["id"]
