"""Tables of projections, made by SQL in migrations/0005_projections.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Projection(models.Model):
    """A run that was asked for, with every figure it stands on."""

    reference = models.TextField()
    body = models.BinaryField()
    title = models.TextField()
    changed = models.JSONField(default=dict)
    assumptions = models.JSONField(default=dict)
    digest = models.TextField()
    law_digest = models.TextField()
    paths = models.IntegerField()
    seed = models.BigIntegerField()
    sensitivity = models.BooleanField(default=True)
    population = models.TextField()
    counts = models.JSONField(null=True)
    invented = models.BooleanField(default=False)
    asked_by = models.BigIntegerField(null=True)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_projection"
        ordering: ClassVar = ["-id"]


class ProjectionStep(models.Model):
    """How far a run is, or that somebody stopped it."""

    projection = models.ForeignKey(Projection, on_delete=models.PROTECT, related_name="steps")
    kind = models.TextField()
    done = models.IntegerField(default=0)
    problem = models.TextField(default="")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_projectionstep"
        ordering: ClassVar = ["id"]


class ProjectionResult(models.Model):
    """What came of a run: JSON, deflated."""

    projection = models.OneToOneField(Projection, on_delete=models.PROTECT, primary_key=True, related_name="found")
    headline = models.JSONField()
    result = models.BinaryField()
    milliseconds = models.IntegerField()
    made_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_projectionresult"


class ProjectionAnswer(models.Model):
    """Who approved or refused the figures of a run."""

    projection = models.OneToOneField(Projection, on_delete=models.PROTECT, primary_key=True, related_name="answer")
    approved = models.BooleanField()
    reason = models.TextField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_projectionanswer"
