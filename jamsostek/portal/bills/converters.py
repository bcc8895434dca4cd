"""Payment codes in addresses: fifteen digits, which name no person and no employer."""

from __future__ import annotations

from django.urls import register_converter

from jamsostek.portal.officer import converters  # noqa: F401  registers `kpj`, `npp` and `village`


class PaymentCode:
    """Fifteen digits, never beginning with 0."""

    regex = "[1-9][0-9]{14}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(PaymentCode, "bill")
