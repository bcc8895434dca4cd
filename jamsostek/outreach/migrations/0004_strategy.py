"""A region's strategy: regulations, plans, half-yearly reports."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables by SQL, and what Django knows of them."""

    dependencies: ClassVar = [("outreach", "0003_register_work")]
    operations: ClassVar = [
        migrations.RunSQL((Path(__file__).parent / "0004_strategy.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="HalfReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.IntegerField()),
                ("year", models.IntegerField()),
                ("half", models.SmallIntegerField()),
                ("version", models.SmallIntegerField()),
                ("state", models.TextField(default="draft")),
                ("figures", models.JSONField()),
                ("computed_at", models.DateTimeField()),
                ("obstacles", models.TextField(default="")),
                ("help", models.TextField(default="")),
                ("correction", models.TextField(default="")),
                ("digest", models.TextField()),
                ("drafted_by", models.BigIntegerField(null=True)),
                ("drafted_on", models.DateField()),
                ("signed_by", models.BigIntegerField(null=True)),
                ("signed_on", models.DateField(null=True)),
                ("sent_by", models.BigIntegerField(null=True)),
                ("sent_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_halfreport",
                "ordering": ["-year", "-half", "-version"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.JSONField()),
                ("became", models.JSONField()),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_planchange",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pillar", models.TextField()),
                ("duty", models.TextField(default="")),
                ("title", models.TextField()),
                ("office", models.TextField(default="")),
                ("officer", models.TextField(default="")),
                ("due_on", models.DateField()),
                ("state", models.TextField(default="planned")),
                ("state_on", models.DateField()),
                ("reason", models.TextField(default="")),
                ("file_digest", models.TextField(default="")),
                ("file_name", models.TextField(default="")),
                ("file_media", models.TextField(default="")),
                ("by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_planitem",
                "ordering": ["due_on", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Regulation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.IntegerField(db_default=models.Func(models.Value("outreach_regulation_code"), function="nextval")),
                ),
                ("region_code", models.IntegerField()),
                ("village_code", models.BigIntegerField(null=True)),
                ("kind", models.TextField()),
                ("number", models.TextField()),
                ("year", models.IntegerField()),
                ("signed_on", models.DateField()),
                ("title", models.TextField()),
                ("settles", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("in_force_from", models.DateField()),
                ("in_force_until", models.DateField(null=True)),
                ("file_digest", models.TextField()),
                ("file_name", models.TextField()),
                ("file_bytes", models.IntegerField()),
                ("file_pages", models.SmallIntegerField()),
                ("state", models.TextField(default="entered")),
                ("reason", models.TextField(default="")),
                ("invented", models.BooleanField(default=False)),
                ("entered_by", models.BigIntegerField(null=True)),
                ("entered_on", models.DateField()),
                ("confirmed_by", models.BigIntegerField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
                ("ending_on", models.DateField(null=True)),
                ("ending_reason", models.TextField(default="")),
                ("ending_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_regulation",
                "ordering": ["-signed_on", "-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="StrategyPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.IntegerField()),
                ("year", models.IntegerField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_strategyplan",
                "ordering": ["-year"],
                "managed": False,
            },
        ),
    ]
