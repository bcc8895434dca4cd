"""Evidence: the same file under another kind is another piece, and a budget is more than nothing."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """One piece stands once, by criterion, kind and content; amounts above zero."""

    dependencies: ClassVar = [("awards", "0008_fair_changes")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
