"""Projections and their assumptions."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Projections and their assumptions."""

    dependencies: ClassVar = [("fund", "0004_returns")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Projection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.TextField()),
                ("body", models.BinaryField()),
                ("title", models.TextField()),
                ("changed", models.JSONField(default=dict)),
                ("assumptions", models.JSONField(default=dict)),
                ("digest", models.TextField()),
                ("law_digest", models.TextField()),
                ("paths", models.IntegerField()),
                ("seed", models.BigIntegerField()),
                ("sensitivity", models.BooleanField(default=True)),
                ("population", models.TextField()),
                ("counts", models.JSONField(null=True)),
                ("invented", models.BooleanField(default=False)),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_projection",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("done", models.IntegerField(default=0)),
                ("problem", models.TextField(default="")),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_projectionstep",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectionAnswer",
            fields=[
                (
                    "projection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="answer",
                        serialize=False,
                        to="fund.projection",
                    ),
                ),
                ("approved", models.BooleanField()),
                ("reason", models.TextField()),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_projectionanswer",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectionResult",
            fields=[
                (
                    "projection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="found",
                        serialize=False,
                        to="fund.projection",
                    ),
                ),
                ("headline", models.JSONField()),
                ("result", models.BinaryField()),
                ("milliseconds", models.IntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_projectionresult",
                "managed": False,
            },
        ),
    ]
