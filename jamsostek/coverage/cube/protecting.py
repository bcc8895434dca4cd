"""What everybody may see of an answer: no small number of people, and no difference that tells one."""

from __future__ import annotations

from dataclasses import replace

from jamsostek.coverage.cube.schema import Answer

SMALLEST, STEP = 10, 10
"""Fewer people than this are not told; others are told to the nearest such step."""


def protect(answer: Answer) -> Answer:
    """The answer with every count by itself rounded to the nearest 10, and counts under 10 not told (None).

    Each count is rounded from its own true value, a total too: lines do not add up to it, and what is missing between them is as
    much rounding as people, so a hidden line cannot be found by subtracting, nor one person by asking before and after. Lines of
    which nothing may be told are left out: none and few look alike.
    """
    keys = len(answer.columns) - len(answer.question.measures)
    rows = [(*row[:keys], *map(shown, row[keys:])) for row in answer.rows]
    told = [row for row in rows if any(value is not None for value in row[keys:])] if keys else rows
    return replace(answer, rows=told, protected=True)


def shown(persons: int | None) -> int | None:
    """A number of people as everybody may see it; doing it twice changes nothing."""
    if persons is None or persons < SMALLEST:
        return None
    return (persons + STEP // 2) // STEP * STEP
