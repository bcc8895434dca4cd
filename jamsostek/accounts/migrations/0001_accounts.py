"""Members' lines, balances and crediting runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations

CONTROLS = {1: "members:jht", 2: "members:jp"}


def fill_controls(apps: Any, schema_editor: Any) -> None:
    """Which account of the ledger stands above which programme's lines."""
    with schema_editor.connection.cursor() as cursor:
        for programme, code in CONTROLS.items():
            cursor.execute(
                "INSERT INTO accounts_control (programme, account_id) SELECT %s, id FROM ledger_account WHERE code = %s",
                [programme, code],
            )


class Migration(migrations.Migration):
    """Accounts."""

    initial = True
    dependencies: ClassVar = [("ledger", "0001_ledger"), ("registry", "0006_sponsors_here")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunPython(fill_controls, migrations.RunPython.noop),
    ]
