"""Wage reports: versions of an employer's month, what in them differs from the registry, what compliance should look at."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from jamsostek.registry.models import Employer, Employment, Participant

STATES = ("draft", "prepared", "returned", "approved", "billed", "withdrawn")
OPEN = ("draft", "prepared", "returned", "approved")
EDITED = ("draft", "returned")
"""States in which rows are changed."""
KINDS = ("wage", "join", "leave", "absent", "present", "stay")


class Report(models.Model):
    """One version of an employer's month. `totals` is what was prepared and what the approver saw; whole rupiah."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    regency_code = models.IntegerField()
    month = models.IntegerField()
    version = models.SmallIntegerField()
    state = models.CharField(max_length=10, default="draft")
    began_by = models.BigIntegerField(null=True)
    began_at = models.DateTimeField(db_default=Now())
    prepared_by = models.BigIntegerField(null=True)
    prepared_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    alone = models.BooleanField(default=False)
    """Approved by who prepared it, where nobody else could."""
    returned_by = models.BigIntegerField(null=True)
    returned_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)
    """Why it was returned or withdrawn; without `returned_by` what the registry refused."""
    done_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    """Approved when the month was billed or closed already."""
    bill_id = models.BigIntegerField(null=True)
    difference_ids = ArrayField(models.BigIntegerField(), default=list)
    totals = models.JSONField(null=True)
    tries = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "collection_report"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="report_state"),
            models.CheckConstraint(condition=Q(month__range=(200901, 210012)), name="report_month"),
            models.UniqueConstraint(fields=["employer", "month", "version"], name="report_version_once"),
            models.UniqueConstraint(fields=["employer", "month"], condition=Q(state__in=OPEN), name="report_open_once"),
            models.CheckConstraint(
                condition=Q(prepared_by=None, prepared_at=None) | Q(prepared_by__isnull=False, prepared_at__isnull=False),
                name="report_prepared_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="report_approved_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["prepared", "approved", "billed"]) | Q(prepared_by__isnull=False, totals__isnull=False),
                name="report_prepared_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "billed"]) | Q(approved_by__isnull=False), name="report_approved_first"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(alone=True) | ~Q(approved_by=F("prepared_by")), name="report_by_two"
            ),
            models.CheckConstraint(condition=Q(alone=False) | Q(approved_by=F("prepared_by")), name="report_alone_by_one"),
            models.CheckConstraint(condition=~Q(state__in=["returned", "withdrawn"]) | ~Q(reason=""), name="report_returned_why"),
        ]


class ReportFile(models.Model):
    """A list sent for a draft: received, read, turned into exceptions."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=160)
    file_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="received")
    rows_total = models.IntegerField(default=0)
    rows_good = models.IntegerField(default=0)
    rows_wrong = models.IntegerField(default=0)
    rows_changed = models.IntegerField(default=0)
    """Rows that became an exception; the others say what is known."""
    counts = models.JSONField(default=dict)
    problems_digest = models.CharField(max_length=64, blank=True, default="")
    error = models.TextField(blank=True, default="")
    sent_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "collection_reportfile"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=["received", "reading", "done", "failed"]), name="reportfile_state"),
            models.UniqueConstraint(
                fields=["report", "file_digest"], condition=Q(state__in=["received", "reading"]), name="reportfile_once"
            ),
        ]


class ReportAnswer(models.Model):
    """What was answered to a good row of a file, where it was more than "taken over"."""

    file = models.ForeignKey(ReportFile, models.CASCADE, related_name="answers")
    row = models.IntegerField()
    kind = models.CharField(max_length=30)
    participant_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "collection_reportanswer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "row"], name="reportanswer_once")]


class ReportChange(models.Model):
    """One exception: who, what, the new value and the one before. A person not registered yet is kept sealed till approval."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    employment = models.ForeignKey(Employment, models.PROTECT, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    birth_date = models.DateField()
    wage_rupiah = models.BigIntegerField(null=True)
    before_rupiah = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    leaving = models.CharField(max_length=20, default="", blank=True)
    segment = models.CharField(max_length=20, default="pu")
    unit_id = models.BigIntegerField(null=True)
    position = models.CharField(max_length=80, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)
    nik_index = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    file = models.ForeignKey(ReportFile, models.PROTECT, null=True, related_name="+")
    row = models.IntegerField(null=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "collection_reportchange"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="reportchange_kind"),
            models.CheckConstraint(
                condition=Q(kind="join", employment=None) | (~Q(kind="join") & Q(employment__isnull=False)),
                name="reportchange_whose",
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=False) | Q(kind="join", sealed__isnull=False), name="reportchange_who"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["wage", "join"]) | Q(wage_rupiah__range=(1, 10**12)), name="reportchange_wage"
            ),
            models.CheckConstraint(condition=~Q(kind__in=["join", "leave"]) | Q(day__isnull=False), name="reportchange_day"),
            models.CheckConstraint(condition=~Q(kind="leave") | ~Q(leaving=""), name="reportchange_leaving"),
            models.UniqueConstraint(
                fields=["report", "employment", "kind"], condition=Q(employment__isnull=False), name="reportchange_once"
            ),
            models.UniqueConstraint(fields=["report", "participant"], condition=Q(kind="join"), name="reportchange_joins_once"),
            models.UniqueConstraint(
                fields=["report", "nik_index"], condition=Q(nik_index__isnull=False), name="reportchange_nik_once"
            ),
        ]


class ReportFlag(models.Model):
    """Something for compliance to look at; nothing is refused for it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=30)
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    article = models.TextField(default="", blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "collection_reportflag"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["report", "kind"], name="reportflag_of")]
