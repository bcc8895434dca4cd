"""Wage reports: the tables, and in SQL the steps, who sees what, and when rows are changed."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reports."""

    dependencies = [
        ("collection", "0003_payments"),
        ("registry", "0006_sponsors_here"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("regency_code", models.IntegerField()),
                ("month", models.IntegerField()),
                ("version", models.SmallIntegerField()),
                ("state", models.CharField(default="draft", max_length=10)),
                ("began_by", models.BigIntegerField(null=True)),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("prepared_by", models.BigIntegerField(null=True)),
                ("prepared_at", models.DateTimeField(null=True)),
                ("approved_by", models.BigIntegerField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("alone", models.BooleanField(default=False)),
                ("returned_by", models.BigIntegerField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("done_at", models.DateTimeField(null=True)),
                ("late", models.BooleanField(default=False)),
                ("bill_id", models.BigIntegerField(null=True)),
                (
                    "difference_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
                ),
                ("totals", models.JSONField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                (
                    "employer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.employer"),
                ),
            ],
            options={
                "db_table": "collection_report",
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=160)),
                ("file_digest", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=10)),
                ("state", models.CharField(default="received", max_length=10)),
                ("rows_total", models.IntegerField(default=0)),
                ("rows_good", models.IntegerField(default=0)),
                ("rows_wrong", models.IntegerField(default=0)),
                ("rows_changed", models.IntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("problems_digest", models.CharField(blank=True, default="", max_length=64)),
                ("error", models.TextField(blank=True, default="")),
                ("sent_by", models.BigIntegerField(null=True)),
                ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="collection.report"),
                ),
            ],
            options={
                "db_table": "collection_reportfile",
            },
        ),
        migrations.CreateModel(
            name="ReportChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=120)),
                ("birth_date", models.DateField()),
                ("wage_rupiah", models.BigIntegerField(null=True)),
                ("before_rupiah", models.BigIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("leaving", models.CharField(blank=True, default="", max_length=20)),
                ("segment", models.CharField(default="pu", max_length=20)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("position", models.CharField(blank=True, default="", max_length=80)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("nik_index", models.BinaryField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("row", models.IntegerField(null=True)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "employment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.employment"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.participant"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="collection.report"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="collection.reportfile"
                    ),
                ),
            ],
            options={
                "db_table": "collection_reportchange",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.IntegerField()),
                ("kind", models.CharField(max_length=30)),
                ("participant_id", models.BigIntegerField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="collection.reportfile"
                    ),
                ),
            ],
            options={
                "db_table": "collection_reportanswer",
            },
        ),
        migrations.CreateModel(
            name="ReportFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("facts", models.JSONField(default=dict)),
                ("article", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "participant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.participant"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="collection.report"),
                ),
            ],
            options={
                "db_table": "collection_reportflag",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("draft", "prepared", "returned", "approved", "billed", "withdrawn"))),
                name="report_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(condition=models.Q(("month__range", (200901, 210012))), name="report_month"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("employer", "month", "version"), name="report_version_once"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "prepared", "returned", "approved"))),
                fields=("employer", "month"),
                name="report_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("prepared_at", None), ("prepared_by", None)),
                    models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                    _connector="OR",
                ),
                name="report_prepared_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="report_approved_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["prepared", "approved", "billed"]), _negated=True),
                    models.Q(("prepared_by__isnull", False), ("totals__isnull", False)),
                    _connector="OR",
                ),
                name="report_prepared_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "billed"]), _negated=True),
                    ("approved_by__isnull", False),
                    _connector="OR",
                ),
                name="report_approved_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    ("alone", True),
                    models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="report_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("alone", False), ("approved_by", models.F("prepared_by")), _connector="OR"),
                name="report_alone_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "withdrawn"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="report_returned_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "reading", "done", "failed"])), name="reportfile_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["received", "reading"])),
                fields=("report", "file_digest"),
                name="reportfile_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("wage", "join", "leave", "absent", "present", "stay"))), name="reportchange_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("employment", None), ("kind", "join")),
                    models.Q(models.Q(("kind", "join"), _negated=True), ("employment__isnull", False)),
                    _connector="OR",
                ),
                name="reportchange_whose",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("participant__isnull", False), models.Q(("kind", "join"), ("sealed__isnull", False)), _connector="OR"
                ),
                name="reportchange_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["wage", "join"]), _negated=True),
                    ("wage_rupiah__range", (1, 1000000000000)),
                    _connector="OR",
                ),
                name="reportchange_wage",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["join", "leave"]), _negated=True), ("day__isnull", False), _connector="OR"
                ),
                name="reportchange_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "leave"), _negated=True), models.Q(("leaving", ""), _negated=True), _connector="OR"
                ),
                name="reportchange_leaving",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("employment__isnull", False)),
                fields=("report", "employment", "kind"),
                name="reportchange_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "join")), fields=("report", "participant"), name="reportchange_joins_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("nik_index__isnull", False)), fields=("report", "nik_index"), name="reportchange_nik_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportanswer",
            constraint=models.UniqueConstraint(fields=("file", "row"), name="reportanswer_once"),
        ),
        migrations.AddIndex(
            model_name="reportflag",
            index=models.Index(fields=["report", "kind"], name="reportflag_of"),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
