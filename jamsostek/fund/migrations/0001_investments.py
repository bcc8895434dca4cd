"""Issuers, instruments, trades, lots, prices."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Issuers."""

    initial = True
    dependencies: ClassVar = [("ledger", "0003_investments"), ("claims", "0003_training")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("fund", models.TextField()),
                ("due_on", models.DateField()),
                ("quantity", models.BigIntegerField()),
                ("rupiah", models.BigIntegerField()),
                ("group_id", models.BigIntegerField()),
                ("recorded_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_event",
                "ordering": ["-due_on", "-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("isin", models.TextField(default="")),
                ("name", models.TextField()),
                ("asset_class", models.TextField()),
                ("measured", models.TextField()),
                ("unit_rupiah", models.BigIntegerField()),
                ("coupon_ppm", models.IntegerField(null=True)),
                ("coupons_a_year", models.SmallIntegerField()),
                ("day_count", models.TextField()),
                ("issued_on", models.DateField(null=True)),
                ("matures_on", models.DateField(null=True)),
                ("listed", models.BooleanField(default=False)),
                ("rating", models.TextField(default="")),
                ("invented", models.BooleanField(default=False)),
                ("recorded_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_instrument",
                "ordering": ["code"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Issuer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("corporate_group", models.TextField(default="")),
                ("invented", models.BooleanField(default=False)),
                ("recorded_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_issuer",
                "ordering": ["code"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fund", models.TextField()),
                ("bought_on", models.DateField()),
                ("quantity", models.BigIntegerField()),
                ("cost_rupiah", models.BigIntegerField()),
                ("yearly_yield", models.DecimalField(decimal_places=24, max_digits=28, null=True)),
            ],
            options={
                "db_table": "fund_lot",
                "ordering": ["bought_on", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="LotUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("used_on", models.DateField()),
                ("quantity", models.BigIntegerField()),
                ("book_rupiah", models.BigIntegerField()),
                ("amortised_rupiah", models.BigIntegerField(default=0)),
                ("accrued_rupiah", models.BigIntegerField(default=0)),
                ("revaluation_rupiah", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "fund_lotuse",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="MonthEnd",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("fund", "month", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("fund", models.TextField()),
                ("month", models.IntegerField()),
                ("group_id", models.BigIntegerField(null=True)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_monthend",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("priced_on", models.DateField()),
                ("price", models.DecimalField(decimal_places=6, max_digits=20)),
                ("source", models.TextField()),
                ("file_digest", models.BinaryField(null=True)),
                ("invented", models.BooleanField(default=False)),
                ("recorded_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_price",
                "ordering": ["-priced_on", "-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Trade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.TextField()),
                ("body", models.BinaryField()),
                ("fund", models.TextField()),
                ("side", models.TextField()),
                ("quantity", models.BigIntegerField()),
                ("price", models.DecimalField(decimal_places=6, max_digits=20)),
                ("amount_rupiah", models.BigIntegerField()),
                ("accrued_rupiah", models.BigIntegerField()),
                ("fee_rupiah", models.BigIntegerField()),
                ("trade_on", models.DateField()),
                ("settle_on", models.DateField()),
                ("reason", models.TextField()),
                ("invented", models.BooleanField(default=False)),
                ("planned_by", models.BigIntegerField(null=True)),
                ("planned_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_trade",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="TradeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.TextField()),
                ("reason", models.TextField(default="")),
                ("plan", models.TextField(default="")),
                ("mended_by", models.DateField(null=True)),
                ("findings", models.JSONField(default=list)),
                ("breaches", models.SmallIntegerField(default=0)),
                ("group_id", models.BigIntegerField(null=True)),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_tradestep",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Valuation",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "fund", "month", "lot_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fund", models.TextField()),
                ("month", models.IntegerField()),
                ("quantity", models.BigIntegerField()),
                ("book_rupiah", models.BigIntegerField()),
                ("accrued_rupiah", models.BigIntegerField()),
                ("market_rupiah", models.BigIntegerField(null=True)),
                ("carrying_rupiah", models.BigIntegerField()),
            ],
            options={
                "db_table": "fund_valuation",
                "managed": False,
            },
        ),
    ]
