"""Stress tests that were kept."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Stress tests that were kept."""

    dependencies: ClassVar = [("fund", "0005_projections"), ("ledger", "0004_openings")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="StressRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.TextField()),
                ("body", models.BinaryField()),
                ("title", models.TextField()),
                ("scenario", models.TextField()),
                ("as_of", models.DateField()),
                ("region", models.IntegerField(null=True)),
                ("changed", models.JSONField()),
                ("used", models.JSONField()),
                ("results", models.JSONField()),
                ("digest", models.BinaryField()),
                ("invented", models.BooleanField(default=False)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_stressrun",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="StressAnswer",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="answer", serialize=False, to="fund.stressrun"
                    ),
                ),
                ("approved", models.BooleanField()),
                ("reason", models.TextField(default="")),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_stressanswer",
                "managed": False,
            },
        ),
    ]
