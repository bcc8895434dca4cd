"""Public numbers in addresses: eight digits of an employer or sponsor, ten of a village."""

from __future__ import annotations

from django.urls import register_converter


class PublicNumber:
    """Eight digits, never beginning with 0."""

    regex = "[1-9][0-9]{7}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class VillageCode:
    """Ten digits of the Kemendagri code."""

    regex = "[1-9][0-9]{9}"

    def to_python(self, value: str) -> int:
        """A number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Its digits."""
        return str(value)


register_converter(PublicNumber, "npp")
register_converter(VillageCode, "village")
