"""A reassessment of months billed before: asked by one, seen as a preview, decided by another, then carried out."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Reassessment(models.Model):
    """Months and a region to be looked at again, and why."""

    months = ArrayField(models.IntegerField())
    region_code = models.IntegerField()
    reason = models.TextField()
    state = models.CharField(max_length=10, default="looking")
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(db_default=Now())
    looked_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    """Unexpected failures at its present stage."""
    problem = models.TextField(default="", blank=True)
    """Why it stopped, where it did."""

    class Meta:
        db_table = "collection_reassessment"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["looking", "ready", "approved", "refused", "done"]), name="reassessment_state"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reassessment_reason"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="reassessment_by_two"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="reassessment_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused", "done"]) | Q(decided_at__isnull=False),
                name="reassessment_decided_first",
            ),
        ]


class ReassessmentItem(models.Model):
    """What one payer's month would change by, and the bill it became; whole rupiah."""

    reassessment = models.ForeignKey(Reassessment, models.PROTECT, related_name="items")
    payer_kind = models.SmallIntegerField()
    payer_id = models.BigIntegerField()
    month = models.IntegerField()
    people = models.IntegerField()
    jkk_rupiah = models.BigIntegerField()
    jkm_rupiah = models.BigIntegerField()
    jht_rupiah = models.BigIntegerField()
    jp_rupiah = models.BigIntegerField()
    bill_id = models.BigIntegerField(null=True)
    skipped = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        db_table = "collection_reassessmentitem"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reassessment", "payer_kind", "payer_id", "month"], name="reassessed_once")
        ]
