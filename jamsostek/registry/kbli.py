"""Sections of KBLI 2020, the standard classification of industries (BPS), by the divisions they hold."""

from __future__ import annotations

DIVISIONS = (
    ("a", 1, 3), ("b", 5, 9), ("c", 10, 33), ("d", 35, 35), ("e", 36, 39), ("f", 41, 43), ("g", 45, 47), ("h", 49, 53),
    ("i", 55, 56), ("j", 58, 63), ("k", 64, 66), ("l", 68, 68), ("mn", 69, 82), ("o", 84, 84), ("p", 85, 85), ("q", 86, 88),
    ("rstu", 90, 99),
)  # fmt: skip
"""Divisions (two digits) of KBLI 2020 in each section."""


def section_of(kbli: str) -> str:
    """The section of a KBLI code; empty where the code is none."""
    division = int(kbli[:2]) if kbli[:2].isascii() and kbli[:2].isdecimal() else 0
    return next((name for name, first, last in DIVISIONS if first <= division <= last), "")
