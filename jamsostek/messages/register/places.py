"""Which village the people of a chunk live in, from codes and names as people write them. Runs in the limited child."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jamsostek.core.regions import REGENCIES
from jamsostek.messages.register.frame import Frame

_NOISE = frozenset({"desa", "kelurahan", "kel", "ds", "nagari", "gampong", "kampung", "kecamatan", "kec", "distrik",
                    "kabupaten", "kab",
                    "kota", "kotamadya", "adm", "administrasi"})  # fmt: skip
_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})(?:\.0)?")
_MOST_NAMED, _MOST_TRIES = 3, 500
_REMEMBERED = 1 << 17


@dataclass(frozen=True)
class Place:
    """A village's code (None: not found), the problem with it, the field it is in, the problem's detail."""

    code: int | None = None
    problem: str = ""
    where: str = "village"
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gazetteer:
    """Villages, districts and regencies by Kemendagri code. `former`: codes no longer in force -> their successors.

    `regency`: the one the register should be about; villages of others are told.
    """

    villages: Mapping[int, str]
    districts: Mapping[int, str]
    regencies: Mapping[int, str]
    former: Mapping[int, int]
    regency: int | None
    tries: list[int] = field(default_factory=lambda: [_MOST_TRIES])
    """How many mistyped names are still looked for."""
    near: dict[frozenset[int], dict[str, list[int]]] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Bare name -> codes."""
        found: dict[str, list[int]] = {}
        for code, name in self.villages.items():
            found.setdefault(bare(name), []).append(code)
        return found

    @cached_property
    def districts_by_name(self) -> dict[str, set[int]]:
        """Bare name -> codes of six digits."""
        found: dict[str, set[int]] = {}
        for code, name in self.districts.items():
            found.setdefault(bare(name), set()).add(code)
        return found

    @cached_property
    def regencies_by_name(self) -> dict[str, set[int]]:
        """Bare name -> codes of four digits; `kota` is kept apart only where it says so."""
        found: dict[str, set[int]] = {}
        names = {**{code: one.name for code, one in REGENCIES.items()}, **self.regencies}
        for code, name in names.items():
            found.setdefault(bare(name), set()).add(code)
        return found

    def regency_name(self, code: int) -> str:
        """A regency's name, or its code."""
        known = self.regencies.get(code) or (REGENCIES[code].name if code in REGENCIES else "")
        return f"{known} ({code})".strip()

    def shown(self, code: int) -> str:
        """A village as people know it: `Suruh (3515142001)`; the district beside it where known."""
        district = self.districts.get(code // 10_000, "")
        return f"{self.villages.get(code, '')}{', ' + district if district else ''} ({code})".strip()

    # --- finding ---

    def find(self, code: str | None, village: str | None, district: str | None, regency: str | None) -> Place:
        """The village of one combination of cells."""
        place = self._by_code(code, village) if code else None
        if place is None or (place.code is None and village):
            by_name = self._by_name(village, district, regency) if village else Place(None, "village_missing")
            place = by_name if place is None or by_name.code is not None else place
        elsewhere = place.code is not None and self.regency is not None and place.code // 10**6 != self.regency
        if elsewhere and place.code is not None and not place.problem:
            return Place(place.code, "village_elsewhere", place.where, {"nearest": self.regency_name(place.code // 10**6)})
        return place

    def _by_code(self, cell: str, village: str | None) -> Place:
        found = _CODE.fullmatch(cell.strip())
        if not found:
            return Place(None, "village_code_form", "village_code")
        code = int("".join(found.groups()))
        if code in self.former:
            successor = self.former[code]
            return Place(
                successor or None, "village_inactive", "village_code", {"nearest": self.shown(successor) if successor else "-"}
            )
        if self.villages and code not in self.villages:
            near = self.by_name.get(bare(village or ""), [])[:_MOST_NAMED]
            return Place(None, "village_unknown", "village_code", {"nearest": self._names(near)})
        if village and code in self.villages and not _alike(bare(village), bare(self.villages[code])):
            return Place(code, "village_differs", "village", {"nearest": self.shown(code)})
        return Place(code, "", "village_code")

    def _by_name(self, village: str, district: str | None, regency: str | None) -> Place:
        if found := _CODE.match(village):
            return self._by_code(found[0], None)
        if not self.villages:
            return Place()
        plain = bare(village)
        called = self.by_name.get(plain, [])
        close = self._within(called, district, regency)
        if len(close) == 1:
            return Place(close[0])
        if close:
            return Place(None, "village_ambiguous", "village", {"nearest": self._names(close)})
        return Place(None, "village_unknown", "village", {"nearest": self._names(called or self._like(plain, regency))})

    def _like(self, plain: str, regency: str | None) -> list[int]:
        """The villages nearest to a mistyped name, of the regency named or the register's own; a file has only so many tries."""
        own = {self.regency} if self.regency else self.regencies_by_name.get(bare(regency or ""), set())
        if not own or self.tries[0] == 0:
            return []
        self.tries[0] -= 1
        near = self._names_in(frozenset(own))
        return [code for one in difflib.get_close_matches(plain, near, n=1, cutoff=0.75) for code in near[one]]

    def _names_in(self, regencies: frozenset[int]) -> dict[str, list[int]]:
        """The villages of some regencies by bare name, found once."""
        if regencies not in self.near:
            inside = ((name, [code for code in codes if code // 10**6 in regencies]) for name, codes in self.by_name.items())
            self.near[regencies] = {name: codes for name, codes in inside if codes}
        return self.near[regencies]

    def _within(self, codes: list[int], district: str | None, regency: str | None) -> list[int]:
        """The codes in the district and regency named; where neither is, those of the register's own regency first."""
        if district and (among := self.districts_by_name.get(bare(district))):
            codes = [code for code in codes if code // 10_000 in among]
        if regency and (among := self.regencies_by_name.get(bare(regency))):
            codes = [code for code in codes if code // 10**6 in among]
        own = [code for code in codes if code // 10**6 == self.regency]
        return own or codes

    def _names(self, codes: list[int]) -> str:
        return "; ".join(self.shown(code) for code in codes[:_MOST_NAMED]) or "-"


class Places:
    """Reads the villages of chunks; each different combination of cells is looked up once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: dict[tuple[str | None, ...], Place] = {}

    def read(self, frame: Frame) -> list[int | None]:
        """The codes; what is wrong goes to the frame."""
        if not frame.has("village_code") and not frame.has("village"):
            return [None] * frame.size
        combined = list(
            zip(*(frame.texts(one).to_pylist() for one in ("village_code", "village", "district", "regency")), strict=True)
        )
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        for one in set(combined) - self._known.keys():
            self._known[one] = self.gazetteer.find(*one)
        found = [self._known[one] for one in combined]
        told: dict[tuple[str, str], list[int]] = {}
        for at, place in enumerate(found):
            if place.problem:
                told.setdefault((place.problem, place.where), []).append(at)
        for (kind, name), places in told.items():
            name = name if frame.has(name) else "village_code" if frame.has("village_code") else "village"
            frame.note(kind, places, name, details=[found[at].detail for at in places])
        return [place.code for place in found]


def bare(name: str) -> str:
    """`Ds. Suruh` -> `suruh`."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower()).split()
    return "".join(word for word in words if word not in _NOISE) or "".join(words)


def _alike(one: str, other: str) -> bool:
    return one == other or difflib.SequenceMatcher(None, one, other).ratio() >= 0.75
