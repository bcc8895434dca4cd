"""Payments in addresses: the number of their group's kind, `3f9a12cd-77b0e1f4`, never sixteen digits in a row."""

from __future__ import annotations

from django.urls import register_converter

from jamsostek.portal.bills import converters  # noqa: F401  registers `bill`


class PaymentName:
    """Two times eight hexadecimal digits."""

    regex = "[0-9a-f]{8}-[0-9a-f]{8}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(PaymentName, "payment")
