"""Tables of the month. Bills, lines, payments and allocations are made by SQL (partitions, triggers, row rules)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class LawUsed(models.Model):
    """The law lines were computed under: its digest, and the figures then in force."""

    rule = models.TextField()
    month = models.IntegerField()
    digest = models.TextField()
    figures = models.JSONField()

    class Meta:
        managed = False
        db_table = "collection_law"


class Bill(models.Model):
    """What was asked of a payer; whole rupiah. `id` tells month, kind of payer, payer and sequence."""

    id = models.BigIntegerField(primary_key=True)
    month = models.IntegerField()
    payer_kind = models.SmallIntegerField()
    payer_id = models.BigIntegerField()
    sequence = models.SmallIntegerField()
    kind = models.SmallIntegerField()
    part = models.IntegerField()
    employer_id = models.BigIntegerField(null=True)
    sponsor_id = models.BigIntegerField(null=True)
    participant_id = models.BigIntegerField(null=True)
    regency_code = models.IntegerField()
    rule = models.TextField()
    from_month = models.IntegerField()
    months = models.SmallIntegerField()
    inputs = models.JSONField()
    law = models.ForeignKey(LawUsed, models.PROTECT)
    people = models.IntegerField()
    wage_rupiah = models.BigIntegerField()
    jkk_rupiah = models.BigIntegerField()
    jkm_rupiah = models.BigIntegerField()
    jht_rupiah = models.BigIntegerField()
    jp_rupiah = models.BigIntegerField()
    worker_rupiah = models.BigIntegerField()
    jkp_from_jkk_rupiah = models.BigIntegerField()
    jkp_from_jkm_rupiah = models.BigIntegerField()
    jkp_government_rupiah = models.BigIntegerField()
    fine_jkk_rupiah = models.BigIntegerField()
    fine_jkm_rupiah = models.BigIntegerField()
    fine_jht_rupiah = models.BigIntegerField()
    fine_jp_rupiah = models.BigIntegerField()
    total_rupiah = models.BigIntegerField()
    due_on = models.DateField()
    jht_due_on = models.DateField()
    jp_due_on = models.DateField()
    number = models.BigIntegerField()
    report_id = models.BigIntegerField(null=True)
    group_id = models.BigIntegerField(null=True)
    made_by = models.BigIntegerField(null=True)
    made_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_bill"


class BillLine(models.Model):
    """One person's month on a bill: inputs, amounts in whole rupiah, and the law they were computed under."""

    pk = models.CompositePrimaryKey("bill_id", "participant_id", "for_month", "month", "part")
    month = models.IntegerField()
    part = models.IntegerField()
    bill_id = models.BigIntegerField()
    participant_id = models.BigIntegerField()
    for_month = models.IntegerField()
    law_id = models.IntegerField()
    birth_date = models.DateField()
    flags = models.IntegerField()
    wage_rupiah = models.BigIntegerField()
    jkk_rupiah = models.BigIntegerField()
    jkm_rupiah = models.BigIntegerField()
    jht_employer_rupiah = models.BigIntegerField()
    jht_worker_rupiah = models.BigIntegerField()
    jp_employer_rupiah = models.BigIntegerField()
    jp_worker_rupiah = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "collection_line"


class Void(models.Model):
    """A bill taken back before anything was paid on it."""

    bill_id = models.BigIntegerField(primary_key=True)
    reason = models.TextField()
    group_id = models.BigIntegerField(null=True)
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_void"


class Part(models.Model):
    """A region's payers of a month, billed by a run: all of them or none."""

    pk = models.CompositePrimaryKey("month", "part")
    month = models.IntegerField()
    part = models.IntegerField()
    regency_code = models.IntegerField()
    bills = models.IntegerField()
    lines = models.BigIntegerField()
    total_rupiah = models.DecimalField(max_digits=30, decimal_places=0)
    written = models.IntegerField(default=0)
    made_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "collection_part"
        ordering: ClassVar = ["month", "part"]
