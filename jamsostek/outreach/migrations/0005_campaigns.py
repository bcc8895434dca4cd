"""Campaigns, codes and reminders: the tables are made by SQL."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Campaigns."""

    dependencies = [
        ("outreach", "0004_strategy"),
    ]

    operations = [
        migrations.RunSQL((Path(__file__).parent / "0005_campaigns.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("batch", models.BinaryField()),
                ("number", models.IntegerField()),
                ("sex", models.CharField(max_length=1)),
                ("age_group", models.TextField(null=True)),
                ("occupation", models.TextField(default="")),
                ("disability", models.BooleanField(null=True)),
                ("wrapped", models.BinaryField(null=True)),
                ("name", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                ("erased_on", models.DateField(null=True)),
                ("made_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_attendee",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.IntegerField(db_default=models.Func(models.Value("outreach_campaign_number"), function="nextval")),
                ),
                ("region_code", models.IntegerField()),
                ("title", models.TextField()),
                ("goal", models.TextField()),
                ("audience", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("budget_rupiah", models.BigIntegerField()),
                ("owner", models.TextField()),
                ("invented", models.BooleanField(default=False)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_campaign",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("region_code", models.IntegerField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("agent_name", models.TextField(default="")),
                ("body", models.TextField(default="")),
                ("given_on", models.DateField()),
                ("given_by", models.BigIntegerField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
                ("ended_reason", models.TextField(default="")),
            ],
            options={
                "db_table": "outreach_code",
                "ordering": ["agent_name", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.IntegerField()),
                ("village_code", models.BigIntegerField(null=True)),
                ("phone_index", models.BinaryField()),
                ("wrapped", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                ("name", models.BinaryField(null=True)),
                ("language", models.TextField()),
                ("purposes", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("given_on", models.DateField()),
                ("given_how", models.TextField()),
                ("taken_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_by", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "outreach_consent",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.IntegerField()),
                ("kind", models.TextField()),
                ("month", models.IntegerField(null=True)),
                ("prepared_on", models.DateField()),
                ("prepared_by", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "outreach_mailing",
                "ordering": ["-id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.IntegerField(db_default=models.Func(models.Value("outreach_meeting_number"), function="nextval")),
                ),
                ("regency_code", models.IntegerField()),
                ("village_code", models.BigIntegerField()),
                ("on_date", models.DateField()),
                ("at_time", models.TimeField()),
                ("hall", models.TextField()),
                ("speaker", models.TextField()),
                ("language", models.TextField()),
                ("wheelchair", models.BooleanField()),
                ("sign", models.BooleanField()),
                ("counted_m", models.IntegerField(null=True)),
                ("counted_f", models.IntegerField(null=True)),
                ("counted_on", models.DateField(null=True)),
                ("cancelled_on", models.DateField(null=True)),
                ("cancelled_reason", models.TextField(default="")),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_meeting",
                "ordering": ["on_date", "at_time", "id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("participant_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("referred_on", models.DateField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_referral",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.TextField()),
                ("sent_on", models.DateField(null=True)),
                ("sent_how", models.TextField(null=True)),
                ("sent_by", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "outreach_reminder",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.IntegerField()),
                ("kind", models.TextField()),
                ("language", models.TextField()),
                ("version", models.IntegerField()),
                ("text", models.TextField()),
                ("proposed_by", models.BigIntegerField(null=True)),
                ("proposed_on", models.DateField()),
                ("approved_by", models.BigIntegerField(null=True)),
                ("approved_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "outreach_template",
                "ordering": ["kind", "language", "-version"],
                "managed": False,
            },
        ),
    ]
