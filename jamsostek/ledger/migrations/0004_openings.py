"""Opening groups are found among millions by an index that holds no others."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """An index of openings."""

    dependencies: ClassVar = [("ledger", "0003_investments")]
    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX ledger_group_opening ON ledger_group (month) WHERE kind = 'opening'",
            "DROP INDEX ledger_group_opening",
        )
    ]
