"""A wage is read from its index alone; an index that another begins with is not kept."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Of jobs, cover and wages."""

    dependencies: ClassVar = [
        ("registry", "0006_sponsors_here"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="wage",
            name="wage_once_a_month",
        ),
        migrations.AlterField(
            model_name="cover",
            name="participant",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="covers", to="registry.participant"
            ),
        ),
        migrations.AlterField(
            model_name="cover",
            name="sponsor",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="covers",
                to="registry.sponsor",
            ),
        ),
        migrations.AlterField(
            model_name="employment",
            name="employer",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="employments", to="registry.employer"
            ),
        ),
        migrations.AlterField(
            model_name="employment",
            name="participant",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="employments", to="registry.participant"
            ),
        ),
        migrations.AlterField(
            model_name="wage",
            name="employment",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="wages", to="registry.employment"
            ),
        ),
        migrations.AddConstraint(
            model_name="wage",
            constraint=models.UniqueConstraint(
                fields=("employment", "from_month"), include=("wage_rupiah",), name="wage_once_a_month"
            ),
        ),
    ]
