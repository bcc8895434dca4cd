"""Limits broken, and how they are mended."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Limits broken."""

    dependencies: ClassVar = [("fund", "0002_securities")]
    operations: ClassVar = []
