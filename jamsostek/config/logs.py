"""What is logged names nobody."""

from __future__ import annotations

import logging
import re

LONG_NUMBER = re.compile(r"\d{8,}")
DETAIL = re.compile(r"^(\s*DETAIL:).*$", re.MULTILINE)


def starred(text: str) -> str:
    """The text with every run of 8 or more digits as stars, and without PostgreSQL's DETAIL, which repeats whole rows."""
    return LONG_NUMBER.sub(lambda found: "*" * len(found[0]), DETAIL.sub(r"\1 ***", text))


class Starred(logging.Formatter):
    """Stars the finished line, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return starred(super().format(record))
