"""The real editions of the award, as the press told them: data/, each row with its source and how far it holds.

Eight, of the assessment years 2017 to 2024; the press calls the last one Paritrana 2025.
Pure. Nothing is filled in: what no source tells is said by `gaps`. Assessment year, label in the press and ceremony are three
different things. A region is linked to its code of today where the winner's name is one; before 2022 Papua Barat was larger.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jamsostek.awards.choices import LEVELS
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _, language

DATA = Path(__file__).parent / "data"
FILES = ("past_editions.csv", "winners.csv", "criteria.csv", "sources.csv")
STATUSES = ("verified", "seen in excerpt", "approximate", "missing")
CATEGORIES: dict[str, str] = {
    "province": N_("Provinsi"), "regency": N_("Kabupaten atau kota"), "village": N_("Desa atau kelurahan"),
    "large": N_("Perusahaan besar"), "medium": N_("Perusahaan menengah"), "small": N_("Usaha kecil dan mikro"),
    "public_services": N_("Layanan publik"), "finance": N_("Sektor keuangan"), "trade": N_("Sektor perdagangan dan jasa"),
    "industry": N_("Sektor pengolahan, pertambangan, dan konstruksi"),
    "farming": N_("Sektor pertanian, perkebunan, dan perikanan"), "education": N_("Sektor pendidikan"),
    "special": N_("Penghargaan khusus"), "unknown": N_("Kategori tidak tercatat"),
}  # fmt: skip
DETAILS: dict[str, str] = {
    "zone_best": N_("terbaik di zonanya"), "coverage": N_("cakupan"), "innovation": N_("inovasi"),
    "not_kept": N_("subkategori tidak tercatat"),
}  # fmt: skip
APPLIES: dict[str, str] = {"region": N_("Daerah"), "company": N_("Perusahaan"), "jury": N_("Juri")}
FIVE = ("province", "regency", "large", "medium", "small")
PLACES = 3
"""Winners of each category at the national level until the edition of 2021."""
LAST_OF_FIVE = 2021
SPLIT = 2022
"""The year Papua was divided; what was won before it was won by the larger province."""


@dataclass(frozen=True)
class Source:
    """Where something was read. `kept`: address (enough to find it again), site (only the outlet), none."""

    id: str
    outlet: str
    address: str
    about: dict[str, str]
    kept: str


@dataclass(frozen=True)
class Past:
    """An edition. `participants` by category; None where no source tells."""

    number: int
    assessment_year: int
    label: str
    ceremony_on: dt.date | None
    provincial_from: str
    provincial_until: str
    """Of ceremonies in provinces: year and month, where that is all there was."""
    participants: dict[str, int | None]
    categories: tuple[str, ...]
    category_words: dict[str, str]
    prizes: dict[str, str]
    sources: tuple[str, ...]
    status: str
    note: dict[str, str]


@dataclass(frozen=True)
class Winner:
    """A row of the archive. `area` is a province's code at the level of a province, a zone's name or nothing at the nation's."""

    row: int
    assessment_year: int
    level: str
    area: str
    category: str
    detail: str
    rank: int | None
    name: str
    region: int | None
    ceremony: str
    """Of a province's ceremony: a day, or only its year."""
    status: str
    sources: tuple[str, ...]
    note: dict[str, str]

    @property
    def province(self) -> int | None:
        """The province of today it belongs to; None of firms at the national level, and where the name is no single region."""
        if self.level == "province":
            return int(self.area)
        if self.region is None:
            return None
        return self.region if self.region in PROVINCES else REGENCIES[self.region].province_code

    @property
    def area_words(self) -> str:
        """Where it was decided."""
        if self.level == "province":
            return PROVINCES[int(self.area)].name
        return self.area or _("Indonesia")

    @property
    def category_words(self) -> str:
        """Its category, with what is known beyond it."""
        words = _(CATEGORIES[self.category])
        return f"{words}, {_(DETAILS[self.detail])}" if self.detail else words


@dataclass(frozen=True)
class Read:
    """A criterion that a source names; none gives a weight."""

    applies_to: str
    name: dict[str, str]
    read: dict[str, str]
    weight: str
    status: str
    sources: tuple[str, ...]
    note: dict[str, str]


def told(words: dict[str, str]) -> str:
    """In the reader's language."""
    return words[language()] if language() in words else words["id"]


@cache
def sources() -> dict[str, Source]:
    """By id."""
    return {
        row["id"]: Source(row["id"], row["outlet"], row["address"], _both(row, "about"), row["kept"]) for row in _rows("sources")
    }


@cache
def editions() -> tuple[Past, ...]:
    """The newest first."""
    return tuple(reversed([_edition(row) for row in _rows("past_editions")]))


def edition(assessment_year: int) -> Past | None:
    """By the year that was assessed."""
    return next((one for one in editions() if one.assessment_year == assessment_year), None)


@cache
def winners() -> tuple[Winner, ...]:
    """All 81, in the order of the file."""
    return tuple(_winner(at, row) for at, row in enumerate(_rows("winners"), 1))


@cache
def criteria() -> tuple[Read, ...]:
    """What sources say is looked at."""
    return tuple(
        Read(
            row["applies_to"], _both(row, "name"), _both(row, "read"), row["weight"], row["status"], _split(row["source"]),
            _both(row, "note"),
        )
        for row in _rows("criteria")
    )  # fmt: skip


def of_year(assessment_year: int) -> list[Winner]:
    """Winners of an edition: the nation first, then provinces; by category, best first, ranks that nobody kept last."""
    order = list(CATEGORIES)
    found = [one for one in winners() if one.assessment_year == assessment_year]
    return sorted(found, key=lambda one: (one.level, one.area, order.index(one.category), one.rank or 99, one.row))


def search(asked: str = "", *, year: int | None = None, level: str = "", province: int | None = None) -> list[Winner]:
    """Winners whose name, category or area holds all the words; the newest edition first."""
    words = asked.casefold().split()
    found = [
        one for one in winners()
        if (year is None or one.assessment_year == year) and (not level or one.level == level)
        and (province is None or one.province == province)
        and all(word in f"{one.name} {one.category_words} {one.area_words}".casefold() for word in words)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.assessment_year, one.level, one.area, one.category, one.rank or 99, one.row))


def by_province() -> Counter[int]:
    """How many honours each province of today has, with those of its regencies, cities, villages and provincial firms."""
    return Counter(one.province for one in winners() if one.province is not None)


def gaps(one: Past) -> list[str]:
    """What is not known of an edition, in words."""
    found = of_year(one.assessment_year)
    told_of = [_("Tanggal penyerahan tidak tercatat di sumber mana pun.")] if one.ceremony_on is None else []
    if not any(one.participants.values()):
        told_of.append(_("Jumlah peserta tidak tercatat."))
    told_of += _few(one, found)
    told_of += _unlike(found)
    local = {winner.area for winner in found if winner.level == "province"}
    if local:
        words = _("Hasil tingkat provinsi ditemukan untuk {known} dari {all} provinsi; yang lain tidak ditemukan.")
        told_of.append(words.format(known=len(local), all=len(PROVINCES)))
    elif one.assessment_year > LAST_OF_FIVE:
        told_of.append(_("Hasil tingkat provinsi tidak ditemukan."))
    return told_of


def _few(one: Past, found: list[Winner]) -> list[str]:
    """Categories with fewer winners than there were, until 2021; later how many there were is not known."""
    nation = Counter(winner.category for winner in found if winner.level == "nation")
    if not nation:
        return [_("Pemenang tingkat nasional tidak ditemukan.")]
    if one.assessment_year > LAST_OF_FIVE:
        names = [_(CATEGORIES[name]) for name in one.categories if name not in nation and name in FIVE[1:]]
        lost = [_("Pemenang nasional tidak ditemukan untuk: {names}.").format(names=", ".join(names))] if names else []
        return [*lost, _("Berapa pemenang tiap zona dan kategori tidak diumumkan lengkap.")]
    told_of = []
    for name in one.categories:
        known = nation[name]
        if not known:
            told_of.append(_("{category}: pemenang nasional tidak ditemukan.").format(category=_(CATEGORIES[name])))
        elif known < PLACES:
            words = _("{category}: {known} dari {all} pemenang ditemukan.")
            told_of.append(words.format(category=_(CATEGORIES[name]), known=known, all=PLACES))
    return told_of


def _unlike(found: list[Winner]) -> list[str]:
    """Rows that lack a rank, a category or an address of their source."""
    unranked = sum(one.rank is None for one in found)
    uncategorised = sum(one.category == "unknown" or one.detail == "not_kept" for one in found)
    excerpt = sum(one.status == "seen in excerpt" for one in found)
    several = [one.name for one in found if one.region is None and one.category in ("province", "regency")]
    return [
        words for count, words in (
            (unranked, _("{count} pemenang tanpa peringkat.").format(count=unranked)),
            (uncategorised, _("{count} pemenang tanpa kategori atau subkategori yang tercatat.").format(count=uncategorised)),
            (excerpt, _("{count} baris hanya dari kutipan yang alamatnya tidak tercatat.").format(count=excerpt)),
            (len(several), _("Daerah yang mana tidak tercatat: {names}.").format(names=", ".join(several))),
        )
        if count
    ]  # fmt: skip


def _edition(row: dict[str, str]) -> Past:
    counted = dict(zip(FIVE, ("provinces", "regencies", "large", "medium", "small"), strict=True))
    return Past(
        int(row["edition"]), int(row["assessment_year"]), row["label"],
        dt.date.fromisoformat(row["ceremony_on"]) if row["ceremony_on"] else None, row["provincial_from"],
        row["provincial_until"], {name: int(row[column]) if row[column] else None for name, column in counted.items()},
        _split(row["categories"]), _both(row, "category_words"), _both(row, "prizes"), _split(row["source"]), row["status"],
        _both(row, "note"),
    )  # fmt: skip


def _winner(at: int, row: dict[str, str]) -> Winner:
    if row["level"] not in LEVELS or row["category"] not in CATEGORIES or row["status"] not in STATUSES:
        raise ValueError(f"winners.csv row {at}: {row}")
    return Winner(
        at, int(row["assessment_year"]), row["level"], row["area"], row["category"], row["detail"],
        int(row["rank"]) if row["rank"] else None, row["winner"], int(row["region"]) if row["region"] else None, row["ceremony"],
        row["status"], _split(row["source"]), _both(row, "note"),
    )  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split(";") if one)


def _both(row: dict[str, str], name: str) -> dict[str, str]:
    return {"id": row[f"{name}_id"], "en": row[f"{name}_en"]}


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
