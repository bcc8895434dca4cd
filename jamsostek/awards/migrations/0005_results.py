"""Decisions, results, certificates."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """Decisions, results, certificates."""

    dependencies: ClassVar = [("awards", "0004_juries")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Annulment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_annulment",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="AnnulmentAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("confirmed", models.BooleanField()),
                ("reason", models.TextField(default="")),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_annulmentanswer",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("number", models.TextField(unique=True)),
                ("rank", models.IntegerField()),
                ("statement", models.TextField()),
                ("key_id", models.TextField()),
                ("signature", models.BinaryField()),
                ("issued_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_certificate",
                "ordering": ["result_id", "rank", "entry_id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.TextField()),
                ("area", models.IntegerField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_publication",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("version", models.IntegerField()),
                ("category", models.TextField()),
                ("level", models.TextField()),
                ("area", models.IntegerField()),
                ("root", models.TextField()),
                ("content", models.TextField()),
                ("digest", models.TextField()),
                ("reason", models.TextField(default="")),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_result",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ResultAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided", models.BooleanField()),
                ("reason", models.TextField(default="")),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_resultanswer",
                "managed": False,
            },
        ),
    ]
