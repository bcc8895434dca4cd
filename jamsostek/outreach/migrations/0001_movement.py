"""Registers that regions bring in, who in them is a participant, and what is decided for them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations


def _sql(name: str) -> migrations.RunSQL:
    return migrations.RunSQL((Path(__file__).parent / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    """Registers and programmes."""

    initial = True
    dependencies: ClassVar = [("claims", "0003_training")]
    operations: ClassVar = [_sql("0001_registers.sql"), _sql("0001_programmes.sql")]
