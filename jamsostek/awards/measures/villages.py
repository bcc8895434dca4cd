"""Measures of villages. How many people of a village work was never published: registered members stand below."""

from __future__ import annotations

from collections import Counter

from jamsostek.access.scope import code_of_today
from jamsostek.awards.measures.frame import Frame, Pairs, asked
from jamsostek.core.errors import InputError
from jamsostek.coverage.cube import Question, ask

MILLION = 1_000_000


def measured(frame: Frame) -> dict[str, Pairs]:
    """All measures of villages, by name."""
    return {"village.covered": covered(frame), "village.checked": checked(frame)}


def of_today(village: int) -> int:
    """A village's code with its regency's of today; where both map and village moved, the village keeps its last six digits."""
    return code_of_today(village // MILLION) * MILLION + village % MILLION


def covered(frame: Frame) -> Pairs:
    """Members who live there and are covered over members who live there."""
    if frame.cube is None or not frame.cube.first_month <= frame.month <= frame.cube.last_month:
        return {}
    try:
        told = ask(Question((frame.month,), ("active", "registered"), ("village",)), snapshot=frame.cube)
    except InputError:
        return {}
    return {of_today(int(code)): (int(active), int(there)) for code, active, there in told.rows if code and there}


_CHECKED = """
    SELECT c.village_code, count(*) FILTER (WHERE c.state <> 'proposed'), count(*)
    FROM outreach_candidate c JOIN outreach_programme g ON g.id = c.programme_id
    WHERE g.year = %(year)s AND g.state <> 'draft' AND c.village_code IS NOT NULL GROUP BY 1
"""


def checked(frame: Frame) -> Pairs:
    """Candidates who live there of whom it was found whether they meet the conditions, over all candidates who live there."""
    above, below = Counter[int](), Counter[int]()
    for code, done, there in asked(_CHECKED, {"year": frame.month // 100}):
        above[of_today(int(code))] += int(done)
        below[of_today(int(code))] += int(there)
    return {code: (above[code], below[code]) for code in below}
