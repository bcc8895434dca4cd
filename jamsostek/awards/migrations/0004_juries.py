"""Juries, interests, interviews, marks."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """Juries, interests, interviews, marks."""

    dependencies: ClassVar = [("awards", "0003_evidence")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="CountedMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.TextField()),
                ("marks", models.SmallIntegerField()),
                ("note", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "awards_counted",
                "ordering": ["entry_id", "criterion", "juror_id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.TextField()),
                ("note", models.TextField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_discussion",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.TextField()),
                ("area", models.IntegerField()),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_freeze",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("subject", models.TextField(null=True)),
                ("subject_code", models.BigIntegerField(null=True)),
                ("subject_name", models.TextField(default="")),
                ("note", models.TextField(default="")),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_interest",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.TextField(default="")),
                ("link", models.TextField(default="")),
                ("juror_ids", ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("leader", models.TextField()),
                ("officials", models.TextField()),
                ("state", models.TextField(default="planned")),
                ("reason", models.TextField(default="")),
                ("came_ids", ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("leader_came", models.BooleanField(null=True)),
                ("officials_came", models.SmallIntegerField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_interview",
                "ordering": ["starts_at", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="InterviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.TextField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.TextField()),
                ("reason", models.TextField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_interviewstep",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Juror",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("level", models.TextField()),
                ("area", models.IntegerField()),
                ("seat", models.TextField()),
                ("user_id", models.BigIntegerField()),
                ("name", models.TextField()),
                ("home_regency", models.IntegerField()),
                ("home_province", models.IntegerField()),
                ("appointed_by", models.BigIntegerField(null=True)),
                ("appointed_at", models.DateTimeField(db_default=Now())),
                ("left_at", models.DateTimeField(null=True)),
                ("left_how", models.TextField(default="")),
                ("left_reason", models.TextField(default="")),
                ("left_by", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "awards_juror",
                "ordering": ["level", "area", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.TextField()),
                ("marks", models.SmallIntegerField()),
                ("note", models.TextField(default="")),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_mark",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.TextField()),
                ("level", models.TextField()),
                ("area", models.IntegerField()),
                ("note", models.TextField(default="")),
                ("unfrozen", models.TextField(default="")),
                ("by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_reveal",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Strike",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("reason", models.TextField(default="")),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "awards_strike",
                "ordering": ["id"],
                "managed": False,
            },
        ),
    ]
