"""Tables of broken limits and of the board's own, made by SQL in migrations/0003_limits.sql; money is whole rupiah."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Breach(models.Model):
    """A broken limit with the plan to mend it."""

    fund = models.TextField()
    rule = models.TextField()
    subject = models.TextField()
    subject_name = models.TextField()
    since = models.DateField()
    seen_on = models.DateField()
    held_rupiah = models.BigIntegerField()
    base_rupiah = models.BigIntegerField()
    limit_rupiah = models.BigIntegerField()
    plan = models.TextField()
    mend_by = models.DateField()
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_breach"
        ordering: ClassVar = ["-id"]


class BreachAnswer(models.Model):
    """Whether the plan is accepted, and by whom."""

    breach = models.OneToOneField(Breach, on_delete=models.PROTECT, related_name="answer")
    approved = models.BooleanField()
    reason = models.TextField(default="")
    answered_by = models.BigIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_breachanswer"


class BoardLimit(models.Model):
    """A stricter limit of the board, or the end of one."""

    fund = models.TextField()
    rule = models.TextField()
    ppm = models.IntegerField(null=True)
    since = models.DateField()
    decree = models.TextField()
    decreed_on = models.DateField()
    reason = models.TextField()
    invented = models.BooleanField(default=False)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_boardlimit"
        ordering: ClassVar = ["-id"]


class BoardLimitAnswer(models.Model):
    """Whether it holds, and who said so."""

    boardlimit = models.OneToOneField(BoardLimit, on_delete=models.PROTECT, related_name="answer")
    confirmed = models.BooleanField()
    reason = models.TextField(default="")
    answered_by = models.BigIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_boardlimitanswer"
