"""Prices from files, custody statements."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Prices from files."""

    dependencies: ClassVar = [("fund", "0001_investments")]
    operations: ClassVar = []
