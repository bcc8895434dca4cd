"""Evidence and its receipts."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """Evidence and its receipts."""

    dependencies: ClassVar = [("awards", "0002_snapshots")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("criterion", models.TextField()),
                ("kind", models.TextField()),
                ("form", models.TextField()),
                ("title", models.TextField()),
                ("summary", models.TextField(default="")),
                ("budget_year", models.SmallIntegerField(null=True)),
                ("budget_rupiah", models.BigIntegerField(null=True)),
                ("digest", models.TextField()),
                ("sent_digest", models.TextField()),
                ("size", models.IntegerField()),
                ("media", models.TextField()),
                ("file_name", models.TextField(default="")),
                ("again", models.SmallIntegerField(default=0)),
                ("by_id", models.BigIntegerField(null=True)),
                ("received_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_evidence",
                "ordering": ["criterion", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="EvidenceStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.TextField()),
                ("reason", models.TextField(default="")),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_evidencestep",
                "ordering": ["id"],
                "managed": False,
            },
        ),
    ]
