"""Projections and their assumptions."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Projections and their assumptions."""

    dependencies: ClassVar = [("fund", "0004_returns")]
    operations: ClassVar = []
