"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class FundConfig(AppConfig):
    """The funds."""

    name = "jamsostek.fund"
    label = "fund"

    def ready(self) -> None:
        """Has refusals of these tables told in words."""
        from jamsostek.fund import errors

        errors.add_words()
