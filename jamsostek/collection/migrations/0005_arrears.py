"""Fines, agreements, sanctions, findings, and cover from payments: the tables are made by SQL."""

from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Arrears."""

    dependencies = [
        ("collection", "0004_reports"),
    ]

    operations = [
        migrations.RunSQL((Path(__file__).parent / "0005_arrears.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Agreed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "agreement_id", "bill_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bill_id", models.BigIntegerField()),
                ("rupiah", models.BigIntegerField()),
            ],
            options={
                "db_table": "collection_agreed",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employer_id", models.BigIntegerField(null=True)),
                ("sponsor_id", models.BigIntegerField(null=True)),
                ("regency_code", models.IntegerField()),
                ("total_rupiah", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_on", models.DateField()),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("decision", models.TextField(default="")),
                ("ended_by", models.BigIntegerField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ending", models.TextField(default="")),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "collection_agreement",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employer_id", models.BigIntegerField()),
                ("regency_code", models.IntegerField()),
                ("cause", models.TextField()),
                ("finding_id", models.BigIntegerField(null=True)),
                ("facts", models.JSONField()),
                ("opened_by", models.BigIntegerField()),
                ("opened_on", models.DateField()),
                ("closed_by", models.BigIntegerField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("outcome", models.TextField(null=True)),
                ("closing", models.TextField(default="")),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "collection_case",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employer_id", models.BigIntegerField()),
                ("regency_code", models.IntegerField()),
                ("kind", models.TextField()),
                ("month", models.IntegerField()),
                ("facts", models.JSONField()),
                ("found_by", models.BigIntegerField(null=True)),
                ("found_on", models.DateField()),
                ("outcome", models.TextField(null=True)),
                ("note", models.TextField(default="")),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "collection_finding",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Fine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bill_id", models.BigIntegerField()),
                ("number", models.IntegerField()),
                ("programme", models.TextField()),
                ("employer_id", models.BigIntegerField()),
                ("regency_code", models.IntegerField()),
                ("month", models.IntegerField()),
                ("base_rupiah", models.BigIntegerField()),
                ("due_on", models.DateField()),
                ("paid_on", models.DateField()),
                ("months", models.IntegerField()),
                ("rupiah", models.BigIntegerField()),
                ("law_id", models.IntegerField()),
                ("fine_bill_id", models.BigIntegerField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "collection_fine",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ForeignList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employer_id", models.BigIntegerField()),
                ("regency_code", models.IntegerField()),
                ("source", models.TextField()),
                ("name", models.TextField()),
                ("digest", models.BinaryField()),
                ("month", models.IntegerField()),
                ("people", models.IntegerField()),
                ("declared", models.IntegerField(null=True)),
                ("refused", models.IntegerField()),
                ("received_by", models.BigIntegerField()),
                ("received_on", models.DateField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "collection_list",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "agreement_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("due_on", models.DateField()),
                ("rupiah", models.BigIntegerField()),
            ],
            options={
                "db_table": "collection_instalment",
                "ordering": ["number"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Listed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("list_id", "row", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("row", models.IntegerField()),
                ("verdict", models.TextField()),
                ("participant_id", models.BigIntegerField(null=True)),
                ("name_sealed", models.BinaryField()),
                ("nik_index", models.BinaryField(null=True)),
                ("wage_rupiah", models.BigIntegerField(null=True)),
                ("reported_rupiah", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "collection_listed",
                "ordering": ["list_id", "row"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.SmallIntegerField()),
                ("facts", models.JSONField()),
                ("reason", models.TextField()),
                ("decided_by", models.BigIntegerField()),
                ("decided_on", models.DateField()),
                ("signed_by", models.BigIntegerField(null=True)),
                ("signed_on", models.DateField(null=True)),
                ("signed", models.BooleanField(null=True)),
                ("refusal", models.TextField(default="")),
                ("delivered_on", models.DateField(null=True)),
                ("delivered_how", models.TextField(null=True)),
                ("delivered_by", models.BigIntegerField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("fine_bill_id", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "collection_step",
                "ordering": ["id"],
                "managed": False,
            },
        ),
    ]
