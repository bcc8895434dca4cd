"""Public numbers in addresses of people: eleven digits of a participant. Sixteen never stand in one."""

from __future__ import annotations

from django.urls import register_converter

from jamsostek.portal.uploads import converters  # noqa: F401  registers `npp` and `village`


class Kpj:
    """Eleven digits, never beginning with 0."""

    regex = "[1-9][0-9]{10}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Kpj, "kpj")
