"""Prices from files, custody statements."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Prices from files."""

    dependencies: ClassVar = [("fund", "0001_investments")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fund", models.TextField()),
                ("custodian", models.TextField()),
                ("stated_on", models.DateField()),
                ("file_digest", models.TextField()),
                ("file_name", models.TextField()),
                ("left_out", models.IntegerField()),
                ("invented", models.BooleanField(default=False)),
                ("recorded_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_custody",
                "ordering": ["-stated_on", "-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="CustodyLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("units", models.DecimalField(decimal_places=4, max_digits=24)),
                ("value_rupiah", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "fund_custodyline",
                "ordering": ["code"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("nth", models.SmallIntegerField()),
                ("units_here", models.DecimalField(decimal_places=4, max_digits=24)),
                ("units_there", models.DecimalField(decimal_places=4, max_digits=24)),
                ("reason", models.TextField()),
                ("explained_by", models.BigIntegerField()),
                ("explained_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_explanation",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ExplanationAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("confirmed", models.BooleanField()),
                ("reason", models.TextField(default="")),
                ("answered_by", models.BigIntegerField()),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_explanationanswer",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PriceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_digest", models.TextField()),
                ("file_name", models.TextField()),
                ("source", models.TextField()),
                ("default_day", models.DateField(null=True)),
                ("invented", models.BooleanField(default=False)),
                ("sent_by", models.BigIntegerField(null=True)),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_pricefile",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PriceTaking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added", models.IntegerField()),
                ("changed", models.IntegerField()),
                ("same", models.IntegerField()),
                ("left_out", models.IntegerField()),
                ("confirmed", models.JSONField(default=list)),
                ("taken_by", models.BigIntegerField(null=True)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_pricetaking",
                "ordering": ["id"],
                "managed": False,
            },
        ),
    ]
