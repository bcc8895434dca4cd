"""Funds and limits in addresses."""

from __future__ import annotations

from django.urls import register_converter


class LimitFund:
    """`jht`."""

    regex = "jkk|jkm|jht|jp|jkp"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class LimitRule(LimitFund):
    """`equity.issuer`, `board:equity.issuer`."""

    regex = "(?:board:)?[a-z_]+(?:[.][a-z_]+)?"


register_converter(LimitFund, "limit_fund")
register_converter(LimitRule, "limit_rule")
