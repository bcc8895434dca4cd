"""Registers as people put them in and judge them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations

_SQL = (Path(__file__).parent / "0003_register_work.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Columns that are decided later, the quality of a run, answers of villages."""

    dependencies: ClassVar = [("outreach", "0002_models")]
    operations: ClassVar = [migrations.RunSQL(_SQL, migrations.RunSQL.noop)]
