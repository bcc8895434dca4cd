"""Reports of the funds."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Reports of the funds."""

    dependencies: ClassVar = [("fund", "0006_liquidity")]
    operations: ClassVar = []
