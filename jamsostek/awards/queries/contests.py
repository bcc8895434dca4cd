"""Contests of an edition: a category, a level and an area, with how many compete there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from jamsostek.awards.choices import EntryState
from jamsostek.awards.models import Entry
from jamsostek.awards.queries.editions import Standing
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import _


@dataclass(frozen=True)
class Contest:
    """Who competes with whom; `counts` by the state of their entries."""

    category: str
    level: str
    area: int
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def waiting(self) -> int:
        """Nominations that nobody has answered."""
        return self.counts[EntryState.NOMINATED]

    @property
    def accepted(self) -> int:
        """Those that compete."""
        return self.counts[EntryState.ACCEPTED]

    @property
    def entries(self) -> int:
        """All that were ever made."""
        return self.counts.total()


def contests(of: Standing, provinces: Iterable[int] | None = None) -> list[Contest]:
    """Of some provinces all their own, of all (None) those in which somebody was nominated; in the edition's order."""
    asked = None if provinces is None else frozenset(provinces)
    found: dict[tuple[str, str, int], Contest] = {}
    if asked is not None:
        for category in of.says.categories.values():
            for stage in category.stages:
                if stage.area == "province":
                    found |= {(category.key, stage.level, one): Contest(category.key, stage.level, one) for one in sorted(asked)}
    for entry in Entry.objects.filter(edition_id=of.id).prefetch_related("steps"):
        key = (entry.category, entry.level, entry.area)
        if asked is None or (entry.level == "province" and entry.area in asked):
            found.setdefault(key, Contest(*key)).counts[_state(entry)] += 1
    order = {key: at for at, key in enumerate(of.says.categories)}
    return sorted(found.values(), key=lambda one: (order.get(one.category, 99), one.level != "province", one.area))


def _state(entry: Entry) -> str:
    """An entry's last step says it."""
    steps = [one.step for one in entry.steps.all()]
    return steps[-1] if steps else EntryState.NOMINATED


def area_words(of: Standing, level: str, area: int) -> str:
    """`Jawa Timur`, `Zona Sumatera`, `Seluruh negeri`."""
    if level == "province":
        return PROVINCES[area].name if area in PROVINCES else str(area)
    if area == 0:
        return _("Seluruh negeri")
    zones = list(of.says.zones)
    return _("Zona {name}").format(name=zones[area - 1]) if area <= len(zones) else str(area)
