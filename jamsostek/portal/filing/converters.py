"""The number of a claim in an address: twelve digits. It opens nothing without its code, a birth date or a sign-in."""

from __future__ import annotations

from django.urls import register_converter

from jamsostek.portal.officer import converters  # noqa: F401  registers `kpj`, `npp`, `village`


class FiledClaim:
    """Twelve digits, never beginning with 0."""

    regex = "[1-9][0-9]{11}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(FiledClaim, "filed")
