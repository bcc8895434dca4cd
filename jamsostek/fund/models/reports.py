"""Reports of the funds, made by SQL in migrations/0007_reports.sql."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Report(models.Model):
    """A report that was asked for: of a fund's month, or of all funds' year."""

    kind = models.TextField()
    fund = models.TextField()
    period = models.IntegerField()
    edition = models.SmallIntegerField()
    known_at = models.DateTimeField()
    parts = ArrayField(models.TextField())
    note = models.TextField(default="")
    invented = models.BooleanField(default=False)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_report"
        ordering: ClassVar = ["-period", "fund", "-edition"]


class ReportPart(models.Model):
    """A part of a report, as it was made."""

    pk = models.CompositePrimaryKey("report_id", "part")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="made")
    part = models.TextField()
    content = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_reportpart"


class ReportSign(models.Model):
    """The chief's signature under a report, or why it was refused."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="answer")
    signed = models.BooleanField()
    reason = models.TextField(default="")
    digest = models.BinaryField()
    signature = models.BinaryField(null=True)
    key_id = models.TextField(null=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_reportsign"
