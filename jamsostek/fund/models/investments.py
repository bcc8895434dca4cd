"""Tables of investments, made by SQL in migrations/0001_investments.sql; money is whole rupiah."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Issuer(models.Model):
    """Who owes, issues or manages."""

    code = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    corporate_group = models.TextField(default="")
    invented = models.BooleanField(default=False)
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_issuer"
        ordering: ClassVar = ["code"]


class Instrument(models.Model):
    """What can be bought."""

    code = models.TextField()
    isin = models.TextField(default="")
    name = models.TextField()
    asset_class = models.TextField()
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT)
    measured = models.TextField()
    unit_rupiah = models.BigIntegerField()
    coupon_ppm = models.IntegerField(null=True)
    coupons_a_year = models.SmallIntegerField()
    day_count = models.TextField()
    issued_on = models.DateField(null=True)
    matures_on = models.DateField(null=True)
    listed = models.BooleanField(default=False)
    rating = models.TextField(default="")
    invented = models.BooleanField(default=False)
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_instrument"
        ordering: ClassVar = ["code"]


class Trade(models.Model):
    """A purchase or sale as it was planned."""

    reference = models.TextField()
    body = models.BinaryField()
    fund = models.TextField()
    side = models.TextField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT)
    quantity = models.BigIntegerField()
    price = models.DecimalField(max_digits=20, decimal_places=6)
    amount_rupiah = models.BigIntegerField()
    accrued_rupiah = models.BigIntegerField()
    fee_rupiah = models.BigIntegerField()
    trade_on = models.DateField()
    settle_on = models.DateField()
    reason = models.TextField()
    invented = models.BooleanField(default=False)
    planned_by = models.BigIntegerField(null=True)
    planned_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_trade"
        ordering: ClassVar = ["-id"]


class TradeStep(models.Model):
    """What happened to a trade, and by whom."""

    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="steps")
    step = models.TextField()
    reason = models.TextField(default="")
    plan = models.TextField(default="")
    mended_by = models.DateField(null=True)
    findings = models.JSONField(default=list)
    breaches = models.SmallIntegerField(default=0)
    group_id = models.BigIntegerField(null=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_tradestep"
        ordering: ClassVar = ["id"]


class Event(models.Model):
    """Coupon, dividend or repayment of a holding."""

    kind = models.TextField()
    fund = models.TextField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT)
    due_on = models.DateField()
    quantity = models.BigIntegerField()
    rupiah = models.BigIntegerField()
    group_id = models.BigIntegerField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_event"
        ordering: ClassVar = ["-due_on", "-id"]


class Lot(models.Model):
    """A purchase that is held."""

    trade = models.OneToOneField(Trade, on_delete=models.PROTECT)
    fund = models.TextField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT)
    bought_on = models.DateField()
    quantity = models.BigIntegerField()
    cost_rupiah = models.BigIntegerField()
    yearly_yield = models.DecimalField(max_digits=28, decimal_places=24, null=True)

    class Meta:
        managed = False
        db_table = "fund_lot"
        ordering: ClassVar = ["bought_on", "id"]


class LotUse(models.Model):
    """What was taken from a lot, by a sale or a repayment."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="uses")
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True)
    used_on = models.DateField()
    quantity = models.BigIntegerField()
    book_rupiah = models.BigIntegerField()
    amortised_rupiah = models.BigIntegerField(default=0)
    accrued_rupiah = models.BigIntegerField(default=0)
    revaluation_rupiah = models.BigIntegerField(default=0)

    class Meta:
        managed = False
        db_table = "fund_lotuse"
        ordering: ClassVar = ["id"]


class Price(models.Model):
    """What a unit was worth on a day; the last one recorded for a day holds."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT)
    priced_on = models.DateField()
    price = models.DecimalField(max_digits=20, decimal_places=6)
    source = models.TextField()
    file_digest = models.BinaryField(null=True)
    invented = models.BooleanField(default=False)
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_price"
        ordering: ClassVar = ["-priced_on", "-id"]


class MonthEnd(models.Model):
    """A fund's month that was valued."""

    pk = models.CompositePrimaryKey("fund", "month")
    fund = models.TextField()
    month = models.IntegerField()
    group_id = models.BigIntegerField(null=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "fund_monthend"


class Valuation(models.Model):
    """A lot at a month's end."""

    pk = models.CompositePrimaryKey("fund", "month", "lot_id")
    fund = models.TextField()
    month = models.IntegerField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT)
    quantity = models.BigIntegerField()
    book_rupiah = models.BigIntegerField()
    accrued_rupiah = models.BigIntegerField()
    market_rupiah = models.BigIntegerField(null=True)
    carrying_rupiah = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "fund_valuation"
