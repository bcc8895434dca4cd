"""Tables of arrears."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """arrears."""

    dependencies: ClassVar = [("collection", "0004_reports")]
    operations: ClassVar = []
