"""Where people live: a regency and a village from codes and names as people write them. Runs in the limited child.

A code is one of Kemendagri (today's, or of the map before 2022) or of BPS; the two look alike, so a BPS code is only
assumed where Kemendagri has no such code, the title says BPS, or the name beside it says so.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jamsostek.core.regions import PROVINCES, REGENCIES, successor
from jamsostek.messages.roster.frame import Bools, Frame
from jamsostek.messages.tables.cells import is_blank, text_of

_WITH_NAME = re.compile(r"^([\d][\d.\s]*)\s*[-–]?\s*(\D.*)?$", re.DOTALL)
_KIND_WORDS = frozenset({"kabupaten", "kab", "kota", "kotamadya", "kodya", "administrasi", "adm", "city", "regency", "of"})
_PROVINCE_WORDS = frozenset({"provinsi", "propinsi", "prov", "daerah", "khusus", "istimewa", "ibukota", "dki", "di", "diy"})
_VILLAGE_WORDS = frozenset({"desa", "kelurahan", "kel", "ds", "nagari", "gampong", "kampung"})


@dataclass(frozen=True)
class Place:
    """A place understood, with the problem told of it ('' for none), the column it is in, and the problem's detail."""

    regency: int | None = None
    village: int | None = None
    problem: str = ""
    where: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


class Places:
    """Reads the regions of a list. `villages` (code -> name) are those the sender may mean; others are kept by name."""

    def __init__(self, frame: Frame, villages: Mapping[int, str]) -> None:
        self.frame = frame
        self.villages = villages
        self.regency: list[int | None] = []
        self.village: list[int | None] = []
        self._named: dict[str, list[int]] = {}
        for code, name in villages.items():
            self._named.setdefault(_bare(name, _VILLAGE_WORDS), []).append(code)

    def read(self, joining: Bools) -> None:
        """Regencies and villages by place; each different combination of cells is read once. Who joins should have one."""
        frame = self.frame
        if joining.any() and not frame.has("region_code", "regency", *(["village"] if self.villages else [])):
            frame.note_sheet("region_no_column")
        position = frame.column("region_code")
        by_bps = position is not None and bool(re.search(r"\bbps\b", frame.header.titles[position], re.IGNORECASE))
        combined = list(zip(frame.cells("region_code"), frame.cells("regency"), frame.cells("village"), strict=True))
        known = {one: self._place(*one, by_bps) for one in set(combined)}
        found = [known[one] for one in combined]
        self.regency = [place.regency for place in found]
        self.village = [place.village for place in found]
        told: dict[tuple[str, str], list[int]] = {}
        for at, place in enumerate(found):
            if place.problem and (joining[at] or place.problem != "region_missing"):
                told.setdefault((place.problem, place.where), []).append(at)
        for (kind, name), places in told.items():
            frame.note(kind, places, name if frame.has(name) else None, details=[found[at].detail for at in places])

    def _place(self, code: Any, name: Any, village: Any, by_bps: bool) -> Place:
        by_code = _by_code(code, by_bps) if not is_blank(code) else None
        by_name = _by_name(text_of(name), "regency") if not is_blank(name) else None
        place = _agreed(by_code, by_name, code) if by_code and by_name else by_code or by_name or Place()
        if place.problem and place.regency is None:
            return place
        if not is_blank(village) and place.village is None:
            place = self._in_village(place, text_of(village))
        if place.regency is None and not place.problem and self.frame.has("region_code", "regency"):
            return Place(problem="region_missing", where="region_code" if self.frame.has("region_code") else "regency")
        return place

    def _in_village(self, place: Place, village: str) -> Place:
        """The place with its village's code, where the villages given hold one of this code or name."""
        digits = re.sub(r"[.\s]", "", village)
        if len(digits) == 10 and digits.isdigit():
            code = int(digits)
            regency = place.regency or _today(code // 10**6)
            return Place(regency, code if regency else None, place.problem, place.where, place.detail)
        if not self.villages:
            return place
        bare = _bare(village, _VILLAGE_WORDS)
        called = self._named.get(bare, [])
        close = [code for code in called if _within(code, place.regency)]
        if len(close) == 1:
            return Place(place.regency or _today(close[0] // 10**6), close[0], place.problem, place.where, place.detail)
        if place.problem:
            return place
        near = close or called or self._like(bare)
        told = ", ".join(f"{self.villages[code]} ({code})" for code in near[:3])
        return Place(place.regency, None, "village_unknown", "village", {"nearest": told or "-"})

    def _like(self, bare: str) -> list[int]:
        """The villages whose name is nearest to a mistyped one."""
        return [code for one in difflib.get_close_matches(bare, self._named, n=1, cutoff=0.6) for code in self._named[one]]


# --- codes ------------------------------------------------------------------------------------------------------------


def _by_code(cell: Any, by_bps: bool) -> Place:
    if type(cell) is float and not cell.is_integer():
        cell = f"{cell:.2f}"  # 35.1 is 35.10 whose zero Excel dropped
    text = text_of(cell)
    found = _WITH_NAME.match(text)
    if found is None:
        return _by_name(text, "region_code")
    digits = re.sub(r"\D", "", found[1])
    if len(digits) == 2:
        province = PROVINCES.get(int(digits))
        return _unknown_code(digits) if province is None else _is_province(province.name, "region_code")
    if len(digits) not in (4, 6, 7, 10):
        return _unknown_code(digits)
    regency, village = int(digits[:4]), int(digits) if len(digits) == 10 else None
    is_bps = by_bps or len(digits) == 7 or (len(digits) == 10 and digits[6] not in "12")
    if not is_bps and (today := _today(regency)):
        told = {"used": shown(today)} if today != regency else {}
        # A village keeps the code of its day; only its regency is looked up on today's map.
        return Place(today, village, "region_former" if told else "", "region_code", told)
    if today := _bps_regencies().get(regency):
        return Place(today, None, "" if by_bps else "region_bps", "region_code", {} if by_bps else {"used": shown(today)})
    return _unknown_code(digits)


def _today(regency: int) -> int | None:
    return successor(regency) if regency in REGENCIES or regency in _former_codes() else None


@cache
def _former_codes() -> frozenset[int]:
    return frozenset(r.code_before_2022 for r in REGENCIES.values() if r.code_before_2022 is not None)


@cache
def _bps_regencies() -> dict[int, int]:
    return {r.bps_code_2020: r.code for r in REGENCIES.values()}


def _unknown_code(digits: str) -> Place:
    like = int(digits[:4].ljust(4, "0"))
    near = min(REGENCIES, key=lambda code: abs(code - like))
    return Place(problem="region_unknown", where="region_code", detail={"nearest": shown(near)})


def _is_province(name: str, where: str) -> Place:
    return Place(problem="region_is_province", where=where, detail={"nearest": name})


def _agreed(by_code: Place, by_name: Place, code: Any) -> Place:
    """One place from a code and a name: where they differ, perhaps the code was one of BPS, else the sender is asked."""
    if by_name.regency is None:
        same = by_code.regency is not None and by_name.problem == "region_ambiguous"
        return by_code if same or by_code.regency is None else by_name if by_name.problem == "region_unknown" else by_code
    if by_code.regency is None or by_code.regency == by_name.regency:
        return by_code if by_code.regency is not None else by_name
    other = _by_code(code, by_bps=True)
    if other.regency == by_name.regency:
        return Place(other.regency, None, "region_bps", "region_code", {"used": shown(by_name.regency)})
    told = {"by_code": shown(by_code.regency), "by_name": shown(by_name.regency)}
    return Place(problem="region_differs", where="region_code", detail=told)


# --- names ------------------------------------------------------------------------------------------------------------


def _by_name(text: str, where: str) -> Place:
    bare = _bare(text, _KIND_WORDS)
    codes = _regency_names().get(bare, ())
    if len(codes) > 1:
        is_city = bool(re.match(r"\s*(kota|kodya)\b", text, re.IGNORECASE))
        is_regency = bool(re.match(r"\s*kab", text, re.IGNORECASE))
        if is_city or is_regency:
            codes = tuple(code for code in codes if REGENCIES[code].kind.startswith("kota") == is_city)
    if len(codes) == 1:
        return Place(codes[0])
    if codes:
        told = ", ".join(shown(code) for code in codes)
        return Place(problem="region_ambiguous", where=where, detail={"nearest": told})
    if province := _province_names().get(_bare(text, _PROVINCE_WORDS)):
        return _is_province(province, where)
    near = difflib.get_close_matches(bare, _regency_names(), n=1, cutoff=0.6)
    told = ", ".join(shown(code) for one in near for code in _regency_names()[one]) or "-"
    return Place(problem="region_unknown", where=where, detail={"nearest": told})


def shown(code: int) -> str:
    """`3515` -> `35.15 Kabupaten Sidoarjo`."""
    return f"{code // 100}.{code % 100:02d} {REGENCIES[code].name}"


def _bare(name: str, noise: frozenset[str]) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", name.lower()).split()
    return "".join(word for word in words if word not in noise) or "".join(words)


@cache
def _regency_names() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for regency in REGENCIES.values():
        bare = _bare(regency.name, _KIND_WORDS)
        found[bare] = (*found.get(bare, ()), regency.code)
    return found


@cache
def _province_names() -> dict[str, str]:
    return {_bare(province.name, _PROVINCE_WORDS): province.name for province in PROVINCES.values()}


def _within(village: int, regency: int | None) -> bool:
    return regency is None or _today(village // 10**6) == regency
