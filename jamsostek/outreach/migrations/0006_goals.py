"""Goals that regions set themselves: the table is made by SQL."""

from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Goals."""

    dependencies = [
        ("outreach", "0005_campaigns"),
    ]

    operations = [
        migrations.RunSQL((Path(__file__).parent / "0006_goals.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="RegionGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.IntegerField(db_default=models.Func(models.Value("outreach_regiongoal_code"), function="nextval")),
                ),
                ("region_code", models.IntegerField()),
                ("kind", models.TextField()),
                ("denominator", models.TextField(default="")),
                ("target", models.BigIntegerField()),
                ("year", models.IntegerField()),
                ("why", models.TextField()),
                ("state", models.TextField(default="proposed")),
                ("reason", models.TextField(default="")),
                ("invented", models.BooleanField(default=False)),
                ("proposed_by", models.BigIntegerField(null=True)),
                ("proposed_on", models.DateField()),
                ("confirmed_by", models.BigIntegerField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("start_month", models.IntegerField(null=True)),
                ("start_as_of", models.DateField(null=True)),
                ("start_persons", models.BigIntegerField(null=True)),
                ("start_base", models.BigIntegerField(null=True)),
                ("base_as_of", models.TextField(default="")),
                ("base_status", models.TextField(default="")),
                ("base_source", models.TextField(default="")),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "outreach_regiongoal",
                "ordering": ["region_code", "year", "id"],
                "managed": False,
            },
        ),
    ]
