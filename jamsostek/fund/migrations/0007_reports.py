"""Reports of the funds."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reports of the funds."""

    dependencies: ClassVar = [("fund", "0006_liquidity")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("fund", models.TextField()),
                ("period", models.IntegerField()),
                ("edition", models.SmallIntegerField()),
                ("known_at", models.DateTimeField()),
                ("parts", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("note", models.TextField(default="")),
                ("invented", models.BooleanField(default=False)),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_report",
                "ordering": ["-period", "fund", "-edition"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ReportPart",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "report_id", "part", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("part", models.TextField()),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_reportpart",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ReportSign",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="answer", serialize=False, to="fund.report"
                    ),
                ),
                ("signed", models.BooleanField()),
                ("reason", models.TextField(default="")),
                ("digest", models.BinaryField()),
                ("signature", models.BinaryField(null=True)),
                ("key_id", models.TextField(null=True)),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_reportsign",
                "managed": False,
            },
        ),
    ]
