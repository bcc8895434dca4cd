"""`manage.py draw_charts`: draws every public chart now, as the nightly job does."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from jamsostek.core.text import _
from jamsostek.portal.jobs import draw_public_charts


class Command(BaseCommand):
    """Draws what is not drawn yet."""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Says how many drawings were made."""
        self.stdout.write(_("{count} gambar grafik dibuat.").format(count=draw_public_charts()))
