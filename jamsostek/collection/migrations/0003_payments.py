"""Tables of payments."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """payments."""

    dependencies: ClassVar = [("collection", "0002_models")]
    operations: ClassVar = []
