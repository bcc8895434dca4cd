"""Training after a claim: the tables are made by SQL."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Training."""

    dependencies = [
        ("claims", "0002_models"),
    ]

    operations = [
        migrations.RunSQL((Path(__file__).parent / "0003_training.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.IntegerField(db_default=models.Func(models.Value("claims_training_number"), function="nextval")),
                ),
                ("kind", models.TextField()),
                ("title", models.TextField()),
                ("title_en", models.TextField()),
                ("region_code", models.IntegerField()),
                ("place", models.TextField(default="")),
                ("provider", models.TextField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("sessions", models.SmallIntegerField()),
                ("capacity", models.IntegerField()),
                ("cost_rupiah", models.BigIntegerField()),
                ("spent_rupiah", models.BigIntegerField(null=True)),
                ("sponsor_kind", models.TextField()),
                ("sponsor", models.TextField(default="")),
                ("state", models.TextField(default="draft")),
                ("invented", models.BooleanField(default=False)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "claims_training",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Trainee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "training",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="trainees", to="claims.training"),
                ),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="trainees", to="claims.claim"),
                ),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.party")),
                ("person_index", models.BinaryField()),
                ("state", models.TextField()),
                ("state_on", models.DateField()),
                ("state_by", models.BigIntegerField(null=True)),
                ("reason", models.TextField(default="")),
                ("via", models.TextField()),
                ("invited_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("before_rupiah", models.BigIntegerField(null=True)),
                ("doctor", models.TextField(default="")),
                ("recommended_on", models.DateField(null=True)),
                ("agreed_on", models.DateField(null=True)),
                ("employer_agreed_on", models.DateField(null=True)),
                ("manager_id", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "claims_trainee",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="TraineeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trainee",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="claims.trainee"),
                ),
                ("claim", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim")),
                ("state", models.TextField()),
                ("on_date", models.DateField()),
                ("reason", models.TextField()),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "claims_traineestep",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="claims.trainee"
                    ),
                ),
                ("claim", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim")),
                ("session", models.SmallIntegerField()),
                ("on_date", models.DateField()),
                ("came", models.BooleanField()),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "claims_attendance",
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="TraineeOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trainee",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="claims.trainee"),
                ),
                ("claim", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim")),
                ("month", models.SmallIntegerField()),
                ("working", models.BooleanField()),
                ("business", models.BooleanField()),
                ("income_rupiah", models.BigIntegerField(null=True)),
                ("note", models.TextField(default="")),
                ("told_on", models.DateField()),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "claims_traineeoutcome",
                "ordering": ["month"],
                "managed": False,
            },
        ),
    ]
