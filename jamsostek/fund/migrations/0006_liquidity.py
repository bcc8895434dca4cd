"""Liquidity and stress."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Liquidity and stress."""

    dependencies: ClassVar = [("fund", "0005_projections")]
    operations: ClassVar = []
