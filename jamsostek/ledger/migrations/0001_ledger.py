"""Accounts, groups, transfers, periods; and the chart of accounts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations

from jamsostek.ledger.chart import CHART


def fill_chart(apps: Any, schema_editor: Any) -> None:
    """The accounts every installation has."""
    with schema_editor.connection.cursor() as cursor:
        for one in CHART:
            cursor.execute(
                "INSERT INTO ledger_account (code, kind, fund, overdraft, members, title_id, title_en)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [one.code, one.kind, one.fund, one.overdraft, one.members, one.title, one.title_en],
            )


class Migration(migrations.Migration):
    """Ledger."""

    initial = True
    dependencies: ClassVar = [("access", "0004_ticket_kinds")]
    operations: ClassVar = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunPython(fill_chart, migrations.RunPython.noop),
    ]
