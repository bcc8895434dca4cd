"""Payments, what they were taken for, refunds, matches (made by SQL in migrations/0001_payments.sql); statements, receipts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Payment(models.Model):
    """Money that came in, told once whatever told it; whole rupiah. `bank` is the number of the account it came into."""

    id = models.BigIntegerField(primary_key=True)
    bank = models.TextField()
    reference = models.TextField()
    channel = models.SmallIntegerField()
    code = models.TextField()
    amount_rupiah = models.BigIntegerField()
    paid_at = models.DateTimeField()
    paid_on = models.DateField()
    effective_on = models.DateField()
    payer_kind = models.SmallIntegerField(null=True)
    payer_id = models.BigIntegerField(null=True)
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
    paid_on = models.DateField()
    effective_on = models.DateField()
    group_id = models.BigIntegerField()
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_allocation"
        ordering: ClassVar = ["bill_id", "number"]


class FreeMoney(models.Model):
    """What no bill has taken of a payment, and whose it is where that is known; kept by the database."""

    payment = models.OneToOneField(Payment, models.PROTECT, primary_key=True, related_name="free")
    payer_kind = models.SmallIntegerField(null=True)
    payer_id = models.BigIntegerField(null=True)
    regency_code = models.IntegerField(null=True)
    rupiah = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "collection_free"


class Refund(models.Model):
    """Money of a payment that goes back; asked by one, decided by another."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    amount_rupiah = models.BigIntegerField()
    reason = models.TextField()
    account_name = models.TextField()
    account_bank = models.TextField()
    account_sealed = models.BinaryField()
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decision = models.TextField(default="")
    group_id = models.BigIntegerField(null=True)
    paid_on = models.DateField(null=True)
    paid_group_id = models.BigIntegerField(null=True)
    paid_by = models.BigIntegerField(null=True)
    paid_reference = models.TextField(default="")

    class Meta:
        managed = False
        db_table = "collection_refund"


class Match(models.Model):
    """Whose money is that came without a known code, or a part of it; said by one, confirmed by another."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="matches")
    amount_rupiah = models.BigIntegerField()
    whole = models.BooleanField()
    payer_kind = models.SmallIntegerField()
    payer_id = models.BigIntegerField()
    employer_id = models.BigIntegerField(null=True)
    sponsor_id = models.BigIntegerField(null=True)
    participant_id = models.BigIntegerField(null=True)
    regency_code = models.IntegerField()
    bill_id = models.BigIntegerField()
    reason = models.TextField()
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decision = models.TextField(default="")
    group_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "collection_match"


class Bounce(models.Model):
    """A payment that the bank took back."""

    payment = models.OneToOneField(Payment, models.PROTECT, primary_key=True, related_name="bounce")
    reason = models.TextField()
    effective_on = models.DateField()
    group_id = models.BigIntegerField()
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_bounce"


class Statement(models.Model):
    """A bank statement somebody sent: read in a child process, confirmed by another, booked in batches."""

    file_name = models.CharField(max_length=160)
    file_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="received")
    format = models.CharField(max_length=12, default="")
    bank = models.CharField(max_length=34, default="")
    name = models.CharField(max_length=80, default="")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    opening_rupiah = models.BigIntegerField(null=True)
    closing_rupiah = models.BigIntegerField(null=True)
    proven = models.BooleanField(default=False)
    rows_total = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    credit_rupiah = models.BigIntegerField(default=0)
    debit_rupiah = models.BigIntegerField(default=0)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    good_digest = models.CharField(max_length=64, default="", blank=True)
    error = models.TextField(default="", blank=True)
    sent_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "collection_statement"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(rows_done__lte=models.F("rows_total")), name="statement_within"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | models.Q(sent_by=None) | ~models.Q(confirmed_by=models.F("sent_by")),
                name="statement_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(sent_by=None) | models.Q(confirmed_by__isnull=False),
                name="statement_confirmed_whole",
            ),
            models.UniqueConstraint(
                fields=["file_digest"], condition=~models.Q(state__in=("failed", "cancelled")), name="statement_once"
            ),
        ]


class StatementRow(models.Model):
    """A row of a statement that was not simply a new payment: what became of it."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="rows")
    row = models.IntegerField()
    kind = models.CharField(max_length=12)
    reference = models.TextField()
    amount_rupiah = models.BigIntegerField()
    booked_on = models.DateField()
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="+", db_constraint=False)
    refund = models.ForeignKey(Refund, models.PROTECT, null=True, related_name="+", db_constraint=False)
    text_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "collection_statementrow"
        constraints: ClassVar = [models.UniqueConstraint(fields=["statement", "row", "reference"], name="statementrow_once")]


class Receipt(models.Model):
    """Money that an officer says came, with a proof; a payment once another has approved it."""

    bank = models.CharField(max_length=34)
    reference = models.CharField(max_length=64)
    code = models.CharField(max_length=20)
    amount_rupiah = models.BigIntegerField()
    paid_on = models.DateField()
    note = models.CharField(max_length=200, default="", blank=True)
    file_name = models.CharField(max_length=160)
    file_digest = models.CharField(max_length=64)
    regency_code = models.IntegerField(null=True)
    entered_by = models.BigIntegerField()
    entered_at = models.DateTimeField(db_default=Now())
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decision = models.CharField(max_length=200, default="", blank=True)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="+", db_constraint=False)

    class Meta:
        db_table = "collection_receipt"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_rupiah__gt=0), name="receipt_amount"),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("entered_by")), name="receipt_by_two"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None, decided_at=None, approved=None)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="receipt_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(approved=True, payment__isnull=False)
                | models.Q(approved=None, payment=None)
                | models.Q(approved=False, payment=None),
                name="receipt_paid",
            ),
            models.UniqueConstraint(
                fields=["bank", "reference"], condition=models.Q(approved=True) | models.Q(approved=None), name="receipt_once"
            ),
        ]
