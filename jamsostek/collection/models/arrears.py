"""Fines, agreements, sanctions, lists from other registers and findings; made by SQL in migrations/0005_arrears.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Fine(models.Model):
    """What one use of money on one bill costs for being late, of one programme; whole rupiah. Assessed once."""

    bill_id = models.BigIntegerField()
    number = models.IntegerField()
    programme = models.TextField()
    employer_id = models.BigIntegerField()
    regency_code = models.IntegerField()
    month = models.IntegerField()
    base_rupiah = models.BigIntegerField()
    due_on = models.DateField()
    paid_on = models.DateField()
    months = models.IntegerField()
    rupiah = models.BigIntegerField()
    law_id = models.IntegerField()
    fine_bill_id = models.BigIntegerField()
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_fine"


class Agreement(models.Model):
    """Arrears to be paid by instalments: proposed by one, decided by another."""

    employer_id = models.BigIntegerField(null=True)
    sponsor_id = models.BigIntegerField(null=True)
    regency_code = models.IntegerField()
    total_rupiah = models.BigIntegerField()
    reason = models.TextField()
    proposed_by = models.BigIntegerField()
    proposed_on = models.DateField()
    decided_by = models.BigIntegerField(null=True)
    decided_on = models.DateField(null=True)
    approved = models.BooleanField(null=True)
    decision = models.TextField(default="")
    ended_by = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)
    ending = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_agreement"


class Agreed(models.Model):
    """A bill an agreement is about, and what was unpaid of it; whole rupiah."""

    pk = models.CompositePrimaryKey("agreement_id", "bill_id")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="bills")
    bill_id = models.BigIntegerField()
    rupiah = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "collection_agreed"


class Instalment(models.Model):
    """A day and an amount of an agreement; whole rupiah."""

    pk = models.CompositePrimaryKey("agreement_id", "number")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="instalments")
    number = models.IntegerField()
    due_on = models.DateField()
    rupiah = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "collection_instalment"
        ordering: ClassVar = ["number"]


class Case(models.Model):
    """An employer against whom sanctions run (PP 86/2013)."""

    employer_id = models.BigIntegerField()
    regency_code = models.IntegerField()
    cause = models.TextField()
    finding_id = models.BigIntegerField(null=True)
    facts = models.JSONField()
    opened_by = models.BigIntegerField()
    opened_on = models.DateField()
    closed_by = models.BigIntegerField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.TextField(null=True)
    closing = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_case"


class Step(models.Model):
    """A sanction of a case: decided by one, signed by another, then delivered; its term runs from delivery."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    step = models.SmallIntegerField()
    facts = models.JSONField()
    reason = models.TextField()
    decided_by = models.BigIntegerField()
    decided_on = models.DateField()
    signed_by = models.BigIntegerField(null=True)
    signed_on = models.DateField(null=True)
    signed = models.BooleanField(null=True)
    refusal = models.TextField(default="")
    delivered_on = models.DateField(null=True)
    delivered_how = models.TextField(null=True)
    delivered_by = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    fine_bill_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_step"
        ordering: ClassVar = ["id"]


class ForeignList(models.Model):
    """A list of an employer's workers from another register."""

    employer_id = models.BigIntegerField()
    regency_code = models.IntegerField()
    source = models.TextField()
    name = models.TextField()
    digest = models.BinaryField()
    month = models.IntegerField()
    people = models.IntegerField()
    declared = models.IntegerField(null=True)
    refused = models.IntegerField()
    received_by = models.BigIntegerField()
    received_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_list"


class Listed(models.Model):
    """A line of such a list beside what is registered; the name is sealed by the house's key."""

    pk = models.CompositePrimaryKey("list_id", "row")
    list = models.ForeignKey(ForeignList, models.PROTECT, related_name="lines")
    row = models.IntegerField()
    verdict = models.TextField()
    participant_id = models.BigIntegerField(null=True)
    name_sealed = models.BinaryField()
    nik_index = models.BinaryField(null=True)
    wage_rupiah = models.BigIntegerField(null=True)
    reported_rupiah = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "collection_listed"
        ordering: ClassVar = ["list_id", "row"]


class Finding(models.Model):
    """Something an employer seems to leave out, with what it rests on; decided by an officer."""

    employer_id = models.BigIntegerField()
    regency_code = models.IntegerField()
    kind = models.TextField()
    month = models.IntegerField()
    list = models.ForeignKey(ForeignList, models.PROTECT, null=True, related_name="findings")
    facts = models.JSONField()
    found_by = models.BigIntegerField(null=True)
    found_on = models.DateField()
    outcome = models.TextField(null=True)
    note = models.TextField(default="")
    decided_by = models.BigIntegerField(null=True)
    decided_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_finding"
