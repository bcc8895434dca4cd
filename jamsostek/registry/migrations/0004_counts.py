"""What offices need: counts of a region, payers of other regions by name, writing somebody who moves away."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Counts, payers, moves."""

    dependencies: ClassVar = [("registry", "0003_uploads"), ("access", "0003_accounts")]
    operations: ClassVar = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP INDEX access_auditentry_rare; DROP FUNCTION registry_payers(bigint[], bigint[]);"
            " DROP FUNCTION registry_counts(integer, boolean)",
        ),
    ]
