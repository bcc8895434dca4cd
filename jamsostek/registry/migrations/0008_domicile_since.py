"""Since when somebody lives where they live: a move is told from a mistake that was corrected."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The day of a person's last move."""

    dependencies: ClassVar = [("registry", "0007_indexes")]

    operations: ClassVar = [
        migrations.AddField(model_name="participant", name="domicile_since", field=models.DateField(null=True)),
    ]
