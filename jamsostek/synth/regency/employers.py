"""Employers, their units and how many work for each: sizes by scale, lines of business by class of risk.

With a few hundred employers a scale has to hold the members that thousands of firms hold in life, so micro firms are larger
here than there; the members by scale are the plan's.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as nation
from jamsostek.synth.allocate import split
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.members import NON_ASN, PU, TRAINING
from jamsostek.synth.regency.places import MARK, TOWN, Places
from jamsostek.synth.regency.shares import Shares

KINDS = tuple(kind for kind, _ in assumed.EMPLOYER_KINDS)
COMPANY, BUILDER, OFFICE, VILLAGE_OFFICE = range(4)
_FORMS = ("PT", "PT", "CV", "UD")
_OFFICES = (
    "Dinas {m} Pendidikan", "Dinas {m} Kesehatan", "Rumah Sakit Umum Daerah {m}", "Dinas {m} Pekerjaan Umum",
    "Dinas {m} Perhubungan", "Dinas {m} Lingkungan Hidup", "Dinas {m} Pertanian", "Dinas {m} Perikanan", "Dinas {m} Sosial",
    "Dinas {m} Tenaga Kerja", "Dinas {m} Kependudukan", "Satuan {m} Polisi Pamong Praja", "Badan {m} Penanggulangan Bencana",
    "Dinas {m} Perdagangan", "Dinas {m} Pariwisata", "Dinas {m} Kominfo", "Badan {m} Pendapatan", "Badan {m} Kepegawaian",
    "Sekretariat Daerah {m}", "Inspektorat {m}", "Dinas {m} Perumahan", "Dinas {m} Perpustakaan",
    "Dinas {m} Pemuda dan Olahraga", "Badan {m} Perencanaan",
)  # fmt: skip
_FIRST = (
    "Sinar", "Karya", "Mitra", "Tunas", "Bumi", "Cahaya", "Surya", "Mega", "Prima", "Graha", "Arta", "Harapan", "Mulia", "Sumber",
    "Lestari", "Gemilang", "Semesta", "Bintang", "Fajar", "Samudra", "Mandala", "Pelita", "Citra", "Panca", "Tiara", "Lintas",
)  # fmt: skip
_SECOND = ("Abadi", "Makmur", "Jaya", "Sentosa", "Sejahtera", "Mandiri", "Utama", "Perkasa", "Bersama", "Raya", "Nusa")
_UNITS = (("Pendidikan", "Sekolah"), ("Kesehatan", "Puskesmas"), ("Dinas", "UPT"), ("Rumah Sakit", "Instalasi"))
"""What the units of a government office are called, by a word of its name; elsewhere a branch."""


@dataclass(frozen=True)
class Employers:
    """One entry an employer, from the largest company down; `members[segment]` is who works there now, of the plan."""

    kind: Int64Array
    name: tuple[str, ...]
    kbli: tuple[str, ...]
    industry: tuple[str, ...]
    risk_class: Int64Array
    scale: Int64Array
    labour_intensive: Int64Array
    village: Int64Array
    since: Int64Array
    """Year of registration."""
    members: Int64Array
    """(segment, employer)"""
    unit_first: Int64Array
    """The employer's first unit (its head office) among all units."""
    unit_count: Int64Array
    unit_village: Int64Array
    unit_name: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.kind)

    def npwp(self) -> list[str]:
        """Tax numbers of no one: fifteen digits, kind 99 and tax office 000, which do not exist."""
        return [f"99{number:06d}0000000" for number in range(1, len(self) + 1)]


@dataclass(frozen=True)
class _Lines:
    kbli: tuple[str, ...]
    industry: tuple[str, ...]
    word: tuple[str, ...]
    risk_class: Int64Array
    weight: Int64Array
    allowed: np.ndarray
    """(scale, line): whether firms of the scale do this."""


def _rows(room: str, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((resources.files(room) / name).read_text(encoding="utf-8").splitlines()))


@cache
def _lines() -> _Lines:
    """Lines of business (`data/regency_industries.csv`) with the class of risk that the law's list gives them."""
    classes = {f"{r['group']}.{r['number']}": r["class"] for r in _rows("jamsostek.law.jkk", "industries.csv")}
    rows = _rows("jamsostek.synth", "data/regency_industries.csv")
    return _Lines(
        kbli=tuple(row["kbli"] for row in rows),
        industry=tuple(row["industry"] for row in rows),
        word=tuple(row["word"] for row in rows),
        risk_class=np.array([nation.RISK_CLASSES.index(classes[row["industry"]]) for row in rows]),
        weight=np.array([int(row["weight"]) for row in rows]),
        allowed=np.array([[letter in row["scales"] for row in rows] for letter in "lmsu"]),
    )


def make_employers(draw: Draw, places: Places, shares: Shares, count: int) -> Employers:
    """`count` employers with the members of the plan shared out: everyone in pu and non-ASN has one."""
    kinds = _kinds(count, len(places.desa))
    kind = np.repeat(np.arange(len(KINDS)), kinds)
    scale = _scales(draw, kinds)
    members = np.zeros((TRAINING + 1, count), dtype=np.int64)
    for number in range(len(nation.SCALES)):
        firms = np.flatnonzero((kind == COMPANY) & (scale == number))
        members[PU, firms] = _sizes(draw, int(shares.scales[number]), firms, number)
    offices, village_offices = np.flatnonzero(kind == OFFICE), np.flatnonzero(kind == VILLAGE_OFFICE)
    in_villages = int(shares.segments[NON_ASN]) * assumed.VILLAGE_OFFICES_OF_NON_ASN // 1_000
    in_villages = max(in_villages, len(village_offices))
    members[NON_ASN, village_offices] = split(in_villages, np.ones(len(village_offices), dtype=np.int64))
    members[NON_ASN, offices] = _ranked(int(shares.segments[NON_ASN]) - in_villages, len(offices), 3)
    line = _assign_lines(draw, kind, scale, members[PU])
    village = _villages(draw, places, kind)
    names = _names(places, kind, scale, line, village)
    units = _units(draw, places, kind, scale, village, members.sum(axis=0), names)
    return Employers(
        kind=kind,
        name=names,
        kbli=tuple(
            _lines().kbli[place] if place >= 0 else _fixed_kbli(k) for place, k in zip(line.tolist(), kind.tolist(), strict=True)
        ),
        industry=tuple(
            _lines().industry[place] if place >= 0 else _fixed_industry(k)
            for place, k in zip(line.tolist(), kind.tolist(), strict=True)
        ),
        risk_class=np.where(line >= 0, _lines().risk_class[line], np.where(kind == BUILDER, 4, 0)),
        scale=scale,
        labour_intensive=(
            (kind == COMPANY) & (scale < 2) & draw.chance(count, nation.LABOUR_INTENSIVE_OF_LARGE_AND_MEDIUM)
        ).astype(np.int64),
        village=village,
        since=draw.whole(count, 2008, 2020),
        members=members,
        **units,
    )


def _kinds(count: int, desa: int) -> Int64Array:
    """Employers by kind; no village has two offices."""
    kinds = split(count, [weight for _, weight in assumed.EMPLOYER_KINDS])
    surplus = max(0, int(kinds[VILLAGE_OFFICE]) - desa)
    kinds[COMPANY] += surplus
    kinds[VILLAGE_OFFICE] -= surplus
    return kinds


def _scales(draw: Draw, kinds: Int64Array) -> Int64Array:
    """Companies from large to micro; builders small or medium; government counts as large."""
    companies = split(int(kinds[COMPANY]), [weight for _, weight in assumed.COMPANY_SCALES])
    builders = 1 + draw.weighted(int(kinds[BUILDER]), (300, 500, 200))
    government = np.zeros(int(kinds[OFFICE] + kinds[VILLAGE_OFFICE]), dtype=np.int64)
    return np.concatenate([np.repeat(np.arange(4), companies), builders, government])


def _ranked(total: int, count: int, flat: int) -> Int64Array:
    """At least one each; the first has some times what the last has, less so the flatter."""
    return 1 + split(total - count, 1_000_000 // (np.arange(count) + flat))


def _sizes(draw: Draw, total: int, firms: Int64Array, scale: int) -> Int64Array:
    if scale == 0:
        return _ranked(total, len(firms), 6)
    lot = draw.whole(len(firms), 12, 100)
    return 1 + split(total - len(firms), np.sort(lot * lot)[::-1])


def _assign_lines(draw: Draw, kind: Int64Array, scale: Int64Array, sizes: Int64Array) -> Int64Array:
    """A line of business for each company so that members by class of risk come near the assumed shares; -1 for others."""
    lines = _lines()
    line = np.full(len(kind), -1, dtype=np.int64)
    for number in range(len(nation.SCALES)):
        firms = np.flatnonzero((kind == COMPANY) & (scale == number))
        left = split(int(sizes[firms].sum()), nation.RISK_SHARES).astype(np.int64)
        for firm in firms[np.argsort(-sizes[firms], kind="stable")].tolist():
            risk = int(np.argmax(left))
            left[risk] -= sizes[firm]
            weights = lines.weight * (lines.risk_class == risk) * lines.allowed[number]
            line[firm] = draw.weighted(1, weights)[0]
    return line


def _fixed_kbli(kind: int) -> str:
    return "42101" if kind == BUILDER else "84119"


def _fixed_industry(kind: int) -> str:
    return "5.5" if kind == BUILDER else "1.11"


def _villages(draw: Draw, places: Places, kind: Int64Array) -> Int64Array:
    """Where each has its seat: village offices in villages of their own, government in town."""
    village = draw.weighted(len(kind), places.people)
    own = np.flatnonzero(kind == VILLAGE_OFFICE)
    village[own] = places.desa[: len(own)]
    town = np.flatnonzero(places.setting == TOWN)
    government = np.flatnonzero(kind == OFFICE)
    village[government] = town[np.arange(len(government)) % len(town)]
    return village


def _names(places: Places, kind: Int64Array, scale: Int64Array, line: Int64Array, village: Int64Array) -> tuple[str, ...]:
    offices = [name.format(m=MARK) for name in _OFFICES] + [f"Kantor {name}" for name in places.district_names]
    seen: dict[int, int] = {}
    names = []
    for place, (k, s, ln) in enumerate(zip(kind.tolist(), scale.tolist(), line.tolist(), strict=True)):
        number = seen[k] = seen.get(k, -1) + 1
        two = f"{_FIRST[place % len(_FIRST)]} {_SECOND[(place + place // len(_FIRST)) % len(_SECOND)]}"
        again = f" {place // (len(_FIRST) * len(_SECOND)) + 1}" if place >= len(_FIRST) * len(_SECOND) else ""
        if k == COMPANY:
            names.append(f"{_FORMS[s]} {MARK} {two} {_lines().word[ln]}{again}")
        elif k == BUILDER:
            names.append(f"{_FORMS[s]} {MARK} {two} Konstruksi{again}")
        elif k == OFFICE:
            names.append(offices[number] if number < len(offices) else f"UPT {MARK} {number + 1}")
        else:
            names.append(f"Pemerintah {places.village_names[int(village[place])]}")
    return tuple(names)


def _units(
    draw: Draw,
    places: Places,
    kind: Int64Array,
    scale: Int64Array,
    village: Int64Array,
    members: Int64Array,
    employer_names: tuple[str, ...],
) -> dict[str, Any]:
    """The head office of each employer first, then its branches, or the schools and health posts of an office."""
    count = 1 + np.select(
        [kind == OFFICE, (kind == COMPANY) & (scale == 0), (kind == COMPANY) & (scale == 1)],
        [np.minimum(members // 40, 20), draw.whole(len(kind), 1, 5), draw.whole(len(kind), 0, 2)],
        0,
    )
    first = np.cumsum(count) - count
    employer = np.repeat(np.arange(len(kind)), count)
    number = np.arange(len(employer)) - first[employer]
    at = np.where(number == 0, village[employer], draw.weighted(len(employer), places.people))
    words = [next((unit for word, unit in _UNITS if word in name), "Cabang") for name in employer_names]
    names = [
        "Kantor Pusat" if n == 0 else f"{words[e]} {MARK} {n}" for e, n in zip(employer.tolist(), number.tolist(), strict=True)
    ]
    return {"unit_first": first, "unit_count": count, "unit_village": at, "unit_name": tuple(names)}
