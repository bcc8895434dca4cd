"""Claims, what is decided on them, and what is paid."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Claims."""

    initial = True
    dependencies: ClassVar = [("collection", "0007_runs")]
    operations: ClassVar = [
        migrations.RunSQL((Path(__file__).parent / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("0001_claims.sql", "0001_payouts.sql")
    ]
