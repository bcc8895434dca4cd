"""Bills, lines, codes and claims; payments and what they were taken for."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Bills."""

    initial = True
    dependencies: ClassVar = [("accounts", "0001_accounts")]
    operations: ClassVar = [
        migrations.RunSQL((Path(__file__).parent / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("0001_bills.sql", "0001_payments.sql")
    ]
