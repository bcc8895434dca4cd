"""Codes of accounts, numbers of groups and months in addresses."""

from __future__ import annotations

from django.urls import register_converter

from jamsostek.core.months import format_month, parse_month
from jamsostek.ledger.queries import number_of, number_words


class AccountCode:
    """`cash:jkk`."""

    regex = "[a-z][a-z_]*(?::[a-z0-9][a-z0-9_]*)+"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class GroupNumber:
    """`3f9a12cd-77b0e1f4`."""

    regex = "[0-9a-f]{8}-[0-9a-f]{8}"

    def to_python(self, value: str) -> int:
        """The group's id; ValueError, so a 404, for what is none."""
        found = number_of(value)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: int) -> str:
        """As people read it."""
        return number_words(value)


class BooksMonth:
    """`2026-03`."""

    regex = "20[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> int:
        """YYYYMM."""
        return parse_month(value)

    def to_url(self, value: int) -> str:
        """YYYY-MM."""
        return format_month(value)


register_converter(AccountCode, "account")
register_converter(GroupNumber, "group")
register_converter(BooksMonth, "books_month")
