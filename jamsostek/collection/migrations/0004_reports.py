"""Tables of reports."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """reports."""

    dependencies: ClassVar = [("collection", "0003_payments")]
    operations: ClassVar = []
