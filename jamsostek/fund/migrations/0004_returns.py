"""Proposals of the JHT return."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Proposals of the JHT return."""

    dependencies: ClassVar = [("fund", "0003_limits"), ("accounts", "0004_floors")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="JhtProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.TextField()),
                ("body", models.BinaryField()),
                ("rate_id", models.BigIntegerField()),
                ("basis_month", models.IntegerField()),
                ("figures", models.JSONField()),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_jhtproposal",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
    ]
