"""Tables of price files and custody statements, made by SQL in migrations/0002_securities.sql."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from jamsostek.fund.models.investments import Instrument


class PriceFile(models.Model):
    """A file of prices somebody sent; its content lies among the stored files."""

    file_digest = models.TextField()
    file_name = models.TextField()
    source = models.TextField()
    default_day = models.DateField(null=True)
    invented = models.BooleanField(default=False)
    sent_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_pricefile"
        ordering: ClassVar = ["-id"]


class PriceTaking(models.Model):
    """What was taken from a file of prices, and by whom."""

    pricefile = models.ForeignKey(PriceFile, on_delete=models.PROTECT, related_name="takings")
    added = models.IntegerField()
    changed = models.IntegerField()
    same = models.IntegerField()
    left_out = models.IntegerField()
    confirmed = models.JSONField(default=list)
    taken_by = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_pricetaking"
        ordering: ClassVar = ["id"]


class Custody(models.Model):
    """What a custodian says it kept for a fund on a day; the newest of a day holds."""

    fund = models.TextField()
    custodian = models.TextField()
    stated_on = models.DateField()
    file_digest = models.TextField()
    file_name = models.TextField()
    left_out = models.IntegerField()
    invented = models.BooleanField(default=False)
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_custody"
        ordering: ClassVar = ["-stated_on", "-id"]


class CustodyLine(models.Model):
    """Units of one instrument in a statement; without an instrument where it is not known here."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="lines")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True)
    code = models.TextField()
    units = models.DecimalField(max_digits=24, decimal_places=4)
    value_rupiah = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "fund_custodyline"
        ordering: ClassVar = ["code"]


class Explanation(models.Model):
    """Why a statement and our books differ, for the two figures as they stood."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="explanations")
    code = models.TextField()
    nth = models.SmallIntegerField()
    units_here = models.DecimalField(max_digits=24, decimal_places=4)
    units_there = models.DecimalField(max_digits=24, decimal_places=4)
    reason = models.TextField()
    explained_by = models.BigIntegerField()
    explained_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_explanation"
        ordering: ClassVar = ["id"]


class ExplanationAnswer(models.Model):
    """Another person's word on an explanation."""

    explanation = models.OneToOneField(Explanation, on_delete=models.PROTECT, related_name="answer")
    confirmed = models.BooleanField()
    reason = models.TextField(default="")
    answered_by = models.BigIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_explanationanswer"
