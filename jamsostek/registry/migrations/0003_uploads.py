"""Bulk files: how long a sponsor's list lasts, two people for a sponsor's money, one open upload a file."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    """Uploads."""

    dependencies = [
        ("registry", "0002_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="to_month",
            field=models.IntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["employer", "-id"], name="upload_of_employer"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["sponsor", "-id"], name="upload_of_sponsor"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("layout", "employer"),
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("created_by")), _negated=True),
                    _connector="OR",
                ),
                name="upload_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="upload_confirmed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_month", None), ("to_month__gte", models.F("month")), _connector="OR"),
                name="upload_months_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["cancelled", "failed", "done"]), _negated=True),
                fields=("employer", "sponsor", "month", "file_digest"),
                name="upload_once_while_open",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
