"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """The movement."""

    name = "jamsostek.outreach"
    label = "outreach"
