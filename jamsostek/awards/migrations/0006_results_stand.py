"""Which result of a contest stands, and that it is made of a snapshot that holds the marks."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """What was replaced stays replaced; a result needs a snapshot taken after its marks were revealed."""

    dependencies: ClassVar = [("awards", "0005_results")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
