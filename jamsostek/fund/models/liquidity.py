"""Stress tests that were kept, made by SQL in migrations/0006_liquidity.sql; money is whole rupiah."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StressRun(models.Model):
    """What was asked, and what came of it."""

    reference = models.TextField()
    body = models.BinaryField()
    title = models.TextField()
    scenario = models.TextField()
    as_of = models.DateField()
    region = models.IntegerField(null=True)
    changed = models.JSONField()
    used = models.JSONField()
    results = models.JSONField()
    digest = models.BinaryField()
    invented = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_stressrun"
        ordering: ClassVar = ["-id"]


class StressAnswer(models.Model):
    """What the chief said to a run."""

    run = models.OneToOneField(StressRun, on_delete=models.PROTECT, primary_key=True, related_name="answer")
    approved = models.BooleanField()
    reason = models.TextField(default="")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_stressanswer"
