"""What may stand in the award's addresses."""

from __future__ import annotations

from django.urls import register_converter

from jamsostek.portal.award.shown import SUBJECT_OF


class Kind:
    """A kind of region with a public profile."""

    regex = "|".join(SUBJECT_OF)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class CategoryKey:
    """A category's key; a slug takes no underscore at its ends, and a level has no capitals."""

    regex = "[a-z_]{1,60}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


def register() -> None:
    """Makes `<kind:…>` and `<category:…>` known."""
    register_converter(Kind, "award_kind")
    register_converter(CategoryKey, "award_category")
