"""Tables of the ledger, made by SQL: row rules, triggers and partitions are in migrations/0001_ledger.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Account(models.Model):
    """An account of the general ledger."""

    code = models.TextField(unique=True)
    kind = models.TextField()
    fund = models.TextField()
    debit_normal = models.BooleanField()
    overdraft = models.BooleanField()
    members = models.BooleanField()
    title_id = models.TextField()
    title_en = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_account"


class Period(models.Model):
    """A month of the books; once closed nothing is posted into it."""

    month = models.IntegerField(primary_key=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)
    transfers = models.BigIntegerField(null=True)
    rupiah = models.DecimalField(null=True, max_digits=30, decimal_places=0)
    previous = models.BinaryField(null=True)
    digest = models.BinaryField(null=True)
    signature = models.BinaryField(null=True)
    key_id = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_period"


class Group(models.Model):
    """One event: its transfers stand or fall together, under a reference that is used once."""

    id = models.BigIntegerField(primary_key=True)
    reference = models.TextField(unique=True)
    kind = models.TextField()
    month = models.IntegerField()
    effective_on = models.DateField()
    legs = models.IntegerField()
    body = models.BinaryField()
    reverses = models.BigIntegerField(null=True)
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "ledger_group"


class Transfer(models.Model):
    """One debit, one credit, whole rupiah."""

    pk = models.CompositePrimaryKey("month", "group_id", "leg")
    month = models.IntegerField()
    group_id = models.BigIntegerField()
    leg = models.IntegerField()
    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    amount_rupiah = models.BigIntegerField()
    effective_on = models.DateField()
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "ledger_transfer"
        ordering: ClassVar = ["month", "group_id", "leg"]
