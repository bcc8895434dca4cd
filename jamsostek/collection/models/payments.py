"""Payments, what they were taken for, and refunds; made by SQL in migrations/0001_payments.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Payment(models.Model):
    """Money that came in, told once whatever told it; whole rupiah."""

    id = models.BigIntegerField(primary_key=True)
    bank = models.TextField()
    reference = models.TextField()
    channel = models.SmallIntegerField()
    code = models.TextField()
    amount_rupiah = models.BigIntegerField()
    paid_at = models.DateTimeField()
    effective_on = models.DateField()
    employer_id = models.BigIntegerField(null=True)
    sponsor_id = models.BigIntegerField(null=True)
    participant_id = models.BigIntegerField(null=True)
    regency_code = models.IntegerField(null=True)
    statement_id = models.BigIntegerField(null=True)
    statement_row = models.IntegerField(null=True)
    receipt_id = models.BigIntegerField(null=True)
    body = models.BinaryField()
    group_id = models.BigIntegerField()
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_payment"


class Allocation(models.Model):
    """One payment on one bill, programme by programme; negative where a correction gives money free again."""

    pk = models.CompositePrimaryKey("bill_id", "number")
    bill_id = models.BigIntegerField()
    number = models.IntegerField()
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    step = models.IntegerField()
    jkk_rupiah = models.BigIntegerField()
    jkm_rupiah = models.BigIntegerField()
    jht_rupiah = models.BigIntegerField()
    jp_rupiah = models.BigIntegerField()
    jkp_rupiah = models.BigIntegerField()
    fine_jkk_rupiah = models.BigIntegerField()
    fine_jkm_rupiah = models.BigIntegerField()
    fine_jht_rupiah = models.BigIntegerField()
    fine_jp_rupiah = models.BigIntegerField()
    total_rupiah = models.BigIntegerField()
    effective_on = models.DateField()
    group_id = models.BigIntegerField()
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_allocation"
        ordering: ClassVar = ["bill_id", "number"]


class Refund(models.Model):
    """Money of a payment that goes back; asked by one, decided by another."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    amount_rupiah = models.BigIntegerField()
    reason = models.TextField()
    account_name = models.TextField()
    account_bank = models.TextField()
    account_sealed = models.BinaryField()
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decision = models.TextField(default="")
    group_id = models.BigIntegerField(null=True)
    paid_on = models.DateField(null=True)
    paid_group_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "collection_refund"
