"""Limits broken, and how they are mended; stricter limits of the board."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Limits broken, and the board's own."""

    dependencies: ClassVar = [("fund", "0002_securities")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="BoardLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fund", models.TextField()),
                ("rule", models.TextField()),
                ("ppm", models.IntegerField(null=True)),
                ("since", models.DateField()),
                ("decree", models.TextField()),
                ("decreed_on", models.DateField()),
                ("reason", models.TextField()),
                ("invented", models.BooleanField(default=False)),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_boardlimit",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="BoardLimitAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("confirmed", models.BooleanField()),
                ("reason", models.TextField(default="")),
                ("answered_by", models.BigIntegerField()),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_boardlimitanswer",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fund", models.TextField()),
                ("rule", models.TextField()),
                ("subject", models.TextField()),
                ("subject_name", models.TextField()),
                ("since", models.DateField()),
                ("seen_on", models.DateField()),
                ("held_rupiah", models.BigIntegerField()),
                ("base_rupiah", models.BigIntegerField()),
                ("limit_rupiah", models.BigIntegerField()),
                ("plan", models.TextField()),
                ("mend_by", models.DateField()),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_breach",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="BreachAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved", models.BooleanField()),
                ("reason", models.TextField(default="")),
                ("answered_by", models.BigIntegerField()),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_breachanswer",
                "managed": False,
            },
        ),
    ]
