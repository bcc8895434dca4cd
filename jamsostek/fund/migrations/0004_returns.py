"""Proposals of the JHT return."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Proposals of the JHT return."""

    dependencies: ClassVar = [("fund", "0003_limits")]
    operations: ClassVar = []
