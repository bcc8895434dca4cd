"""What people sign in with: a name of letters, or a participant's number as it stands on the card, spaces and all."""

from __future__ import annotations

import re

NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
KPJ = re.compile(r"[1-9]\d{10}")
"""A participant may sign in with the number on their card."""
LONG_NUMBER = re.compile(r"\d{8,}")
"""A username is shown to others; a NIK or a telephone number shall not become one."""


def tidy(typed: str) -> str:
    """What was typed as it is stored: lower case; a number without the spaces and dashes it is printed with."""
    text = typed.strip().lower()
    digits = re.sub(r"[\s.-]", "", text)
    return digits if digits.isdecimal() else text
