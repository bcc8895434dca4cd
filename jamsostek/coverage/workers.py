"""People at work by year, place, sex and kind of work, from Sakernas, as they were published (`published.figures("labour")`).

These are estimates of a survey of households in August. They are denominators, never a count of members.
"""

from __future__ import annotations

from jamsostek.core.regions import PROVINCES
from jamsostek.coverage.eligible import group
from jamsostek.coverage.published import NATION, WHOLE, Figure, figures

INFORMAL = "informal"
GROUPS = {
    "all": ("employed", WHOLE), "formal": ("employed_formal", WHOLE), "men": ("employed", "men"), "women": ("employed", "women"),
    "disabled": ("employed", "disabled"), "disabled_any": ("employed", "disabled (any difficulty)"),
}  # fmt: skip
"""Measure and segment of each group in the data; informal is what formal leaves of all."""


def workers(name: str = "all", region: int = NATION) -> list[Figure]:
    """Estimates of a group of GROUPS, oldest first."""
    measure, segment = GROUPS[name]
    return [one for one in figures("labour", measure, segment=segment, region=region) if one.value is not None]


def latest(name: str = "all", region: int = NATION) -> int:
    """The newest estimate; a province's with those split off it in 2022, to stand beside members published on the old map.

    Raises: KeyError where there is none.
    """
    if name == INFORMAL:
        return latest("all", region) - latest("formal", region)
    places = [NATION] if region == NATION else list(group(region))
    found = [workers(name, one) for one in places]
    if not all(found):
        raise KeyError((name, region))
    return sum(int(one[-1].value or 0) for one in found)


def provinces_of_old_map() -> list[int]:
    """Provinces as published members know them: those of today without the four split off in 2022."""
    return [code for code, one in PROVINCES.items() if one.parent_before_2022 is None]
