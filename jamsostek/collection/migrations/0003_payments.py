"""Statements and receipts; the tables of payments themselves are made by SQL (0001_payments.sql)."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Payments."""

    dependencies = [
        ("collection", "0002_models"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bounce",
            fields=[
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="bounce",
                        serialize=False,
                        to="collection.payment",
                    ),
                ),
                ("reason", models.TextField()),
                ("effective_on", models.DateField()),
                ("group_id", models.BigIntegerField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "collection_bounce",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="FreeMoney",
            fields=[
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="free",
                        serialize=False,
                        to="collection.payment",
                    ),
                ),
                ("payer_kind", models.SmallIntegerField(null=True)),
                ("payer_id", models.BigIntegerField(null=True)),
                ("regency_code", models.IntegerField(null=True)),
                ("rupiah", models.BigIntegerField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "collection_free",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_rupiah", models.BigIntegerField()),
                ("whole", models.BooleanField()),
                ("payer_kind", models.SmallIntegerField()),
                ("payer_id", models.BigIntegerField()),
                ("employer_id", models.BigIntegerField(null=True)),
                ("sponsor_id", models.BigIntegerField(null=True)),
                ("participant_id", models.BigIntegerField(null=True)),
                ("regency_code", models.IntegerField()),
                ("bill_id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("decision", models.TextField(default="")),
                ("group_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "collection_match",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=160)),
                ("file_digest", models.CharField(max_length=64)),
                ("state", models.CharField(default="received", max_length=12)),
                ("format", models.CharField(default="", max_length=12)),
                ("bank", models.CharField(default="", max_length=34)),
                ("name", models.CharField(default="", max_length=80)),
                ("from_date", models.DateField(null=True)),
                ("to_date", models.DateField(null=True)),
                ("opening_rupiah", models.BigIntegerField(null=True)),
                ("closing_rupiah", models.BigIntegerField(null=True)),
                ("proven", models.BooleanField(default=False)),
                ("rows_total", models.IntegerField(default=0)),
                ("rows_done", models.IntegerField(default=0)),
                ("credit_rupiah", models.BigIntegerField(default=0)),
                ("debit_rupiah", models.BigIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("good_digest", models.CharField(blank=True, default="", max_length=64)),
                ("error", models.TextField(blank=True, default="")),
                ("sent_by", models.BigIntegerField(null=True)),
                ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("confirmed_by", models.BigIntegerField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "collection_statement",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rows_done__lte", models.F("rows_total"))), name="statement_within"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            ("sent_by", None),
                            models.Q(("confirmed_by", models.F("sent_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None), ("sent_by", None), ("confirmed_by__isnull", False), _connector="OR"
                        ),
                        name="statement_confirmed_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("failed", "cancelled")), _negated=True),
                        fields=("file_digest",),
                        name="statement_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bank", models.CharField(max_length=34)),
                ("reference", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=20)),
                ("amount_rupiah", models.BigIntegerField()),
                ("paid_on", models.DateField()),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("file_name", models.CharField(max_length=160)),
                ("file_digest", models.CharField(max_length=64)),
                ("regency_code", models.IntegerField(null=True)),
                ("entered_by", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("decision", models.CharField(blank=True, default="", max_length=200)),
                (
                    "payment",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collection.payment",
                    ),
                ),
            ],
            options={
                "db_table": "collection_receipt",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount_rupiah__gt", 0)), name="receipt_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None), models.Q(("decided_by", models.F("entered_by")), _negated=True), _connector="OR"
                        ),
                        name="receipt_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", None), ("decided_at", None), ("decided_by", None)),
                            models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="receipt_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", True), ("payment__isnull", False)),
                            models.Q(("approved", None), ("payment", None)),
                            models.Q(("approved", False), ("payment", None)),
                            _connector="OR",
                        ),
                        name="receipt_paid",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved", True), ("approved", None), _connector="OR"),
                        fields=("bank", "reference"),
                        name="receipt_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.IntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("reference", models.TextField()),
                ("amount_rupiah", models.BigIntegerField()),
                ("booked_on", models.DateField()),
                ("text_sealed", models.BinaryField(null=True)),
                (
                    "payment",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collection.payment",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collection.refund",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="collection.statement"
                    ),
                ),
            ],
            options={
                "db_table": "collection_statementrow",
                "constraints": [models.UniqueConstraint(fields=("statement", "row", "reference"), name="statementrow_once")],
            },
        ),
        migrations.RunSQL((Path(__file__).parent / "0003_payments.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
