"""Tables of members' money, made by SQL in migrations/0001_accounts.sql."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from django.db import models


class Programme(IntEnum):
    """The programmes kept person by person."""

    JHT = 1
    JP = 2


class LineKind(IntEnum):
    """Why a line was written."""

    CONTRIBUTION = 1
    RETURN = 2
    WITHDRAWAL = 3
    CORRECTION = 4
    BROUGHT_IN = 5


class Line(models.Model):
    """One movement of one member in one programme; whole rupiah, negative where it goes out."""

    pk = models.CompositePrimaryKey("group_id", "participant_id", "programme", "for_month", "month", "part")
    month = models.IntegerField()
    part = models.IntegerField()
    group_id = models.BigIntegerField()
    participant_id = models.BigIntegerField()
    programme = models.SmallIntegerField()
    for_month = models.IntegerField()
    kind = models.SmallIntegerField()
    source_id = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    effective_on = models.DateField()

    class Meta:
        managed = False
        db_table = "accounts_line"
        ordering: ClassVar = ["effective_on", "group_id", "programme", "for_month"]


class Balance(models.Model):
    """Where a JHT account stood when a month had been credited."""

    pk = models.CompositePrimaryKey("participant_id", "month", "part")
    month = models.IntegerField()
    part = models.IntegerField()
    participant_id = models.BigIntegerField()
    balance_rupiah = models.BigIntegerField()
    year_return_rupiah = models.BigIntegerField()
    return_rupiah = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "accounts_balance"


class Crediting(models.Model):
    """The run that credits a month's return to every account."""

    month = models.IntegerField(primary_key=True)
    rate_ppm = models.IntegerField()
    rate_id = models.BigIntegerField(null=True)
    law_digest = models.TextField()
    figures = models.JSONField()
    part_size = models.BigIntegerField()
    parts = models.IntegerField()
    started_by = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "accounts_crediting"


class CreditingPart(models.Model):
    """A slice of accounts of that run, done as a whole."""

    pk = models.CompositePrimaryKey("month", "part")
    month = models.IntegerField()
    part = models.IntegerField()
    accounts = models.BigIntegerField()
    return_rupiah = models.BigIntegerField()
    balance_rupiah = models.DecimalField(max_digits=30, decimal_places=0)
    year_return_rupiah = models.DecimalField(max_digits=30, decimal_places=0)
    ended_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "accounts_creditingpart"
