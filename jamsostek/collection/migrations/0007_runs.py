"""Runs over whole regions; bills in sight of villages and agents."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Runs."""

    dependencies: ClassVar = [("collection", "0006_reassessment")]
    operations: ClassVar = [
        migrations.RunSQL((Path(__file__).parent / "0007_runs.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.IntegerField()),
                ("region_code", models.IntegerField(null=True)),
                ("workers", models.SmallIntegerField(default=1)),
                ("state", models.TextField(default="waiting")),
                ("made_on", models.DateField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("begun_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("problem", models.TextField(default="")),
            ],
            options={"db_table": "collection_run", "ordering": ["-id"], "managed": False},
        ),
        migrations.CreateModel(
            name="RunRegion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run_id", "region_code", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("run_id", models.BigIntegerField()),
                ("region_code", models.IntegerField()),
                ("state", models.TextField(default="waiting")),
                ("bills", models.IntegerField(default=0)),
                ("lines", models.BigIntegerField(default=0)),
                ("total_rupiah", models.DecimalField(decimal_places=0, default=0, max_digits=30)),
                ("problem", models.TextField(default="")),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "collection_runregion", "ordering": ["region_code"], "managed": False},
        ),
    ]
