"""Editions, their versions, and who competes in them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """Editions and entries."""

    initial = True
    dependencies: ClassVar = [("access", "0006_award_role"), ("fund", "0007_reports"), ("outreach", "0006_goals")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_edition",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("category", models.TextField()),
                ("level", models.TextField()),
                ("area", models.IntegerField()),
                ("subject", models.TextField()),
                ("subject_code", models.BigIntegerField()),
                ("name", models.TextField()),
                ("province_code", models.IntegerField()),
                ("regency_code", models.IntegerField(null=True)),
                ("invented", models.BooleanField(default=False)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_entry",
                "ordering": ["category", "level", "area", "name", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="EntryStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.TextField()),
                ("reason", models.TextField(default="")),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_entrystep",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.TextField()),
                ("reason", models.TextField(default="")),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_step",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("content", models.TextField()),
                ("digest", models.TextField()),
                ("nominate_from", models.DateTimeField()),
                ("nominate_until", models.DateTimeField()),
                ("evidence_until", models.DateTimeField()),
                ("reason", models.TextField(default="")),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_version",
                "ordering": ["edition_id", "-number"],
                "managed": False,
            },
        ),
    ]
