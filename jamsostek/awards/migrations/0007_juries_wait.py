"""Marks are revealed once nothing can be added; interests fit whom they are in; interviews lie in the days of marking.

Rows from before are not tested again: what was declared and planned stays to be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Rules alone; no column changes."""

    dependencies: ClassVar = [("awards", "0006_results_stand")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
