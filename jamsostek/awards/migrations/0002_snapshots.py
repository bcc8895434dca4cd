"""Snapshots of what was measured."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """Snapshots of what was measured."""

    dependencies: ClassVar = [("awards", "0001_editions")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(default=1)),
                ("version", models.IntegerField()),
                ("level", models.TextField()),
                ("kind", models.TextField()),
                ("month", models.IntegerField()),
                ("root", models.TextField()),
                ("file_digest", models.TextField()),
                ("bytes", models.BigIntegerField()),
                ("counts", models.JSONField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_snapshot",
                "ordering": ["edition_id", "-number"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="SnapshotRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.TextField()),
                ("kind", models.TextField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField(db_default=Now())),
                ("problem", models.TextField(default="")),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "awards_snapshotrun",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
    ]
