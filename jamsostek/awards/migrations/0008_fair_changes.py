"""What decides who wins stays once marks are revealed, deadlines to come stay ahead, and an edition is opened by a second person."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Two more facts of a version, and what the tables hold its author to."""

    dependencies: ClassVar = [("awards", "0007_juries_wait")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
