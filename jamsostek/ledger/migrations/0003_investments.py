"""Accounts of investments, in books that were opened before these were known."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from jamsostek.ledger.chart import CHART


def fill_chart(apps: Any, schema_editor: Any) -> None:
    """The accounts every installation has, where they are not there yet."""
    with schema_editor.connection.cursor() as cursor:
        for one in CHART:
            cursor.execute(
                "INSERT INTO ledger_account (code, kind, fund, overdraft, members, title_id, title_en)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (code) DO NOTHING",
                [one.code, one.kind, one.fund, one.overdraft, one.members, one.title, one.title_en],
            )


class Migration(migrations.Migration):
    """Accounts."""

    dependencies: ClassVar = [("ledger", "0002_models")]
    operations: ClassVar = [migrations.RunPython(fill_chart, migrations.RunPython.noop)]
