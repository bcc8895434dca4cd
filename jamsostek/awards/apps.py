"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """The award."""

    name = "jamsostek.awards"
    label = "awards"

    def ready(self) -> None:
        """Has refusals of these tables told in words."""
        from jamsostek.awards import errors

        errors.add_words()
