"""Of how many: the workers that coverage is told of, by every definition in use, side by side. The one place that knows them.

The definitions do not agree, and none is the law's: the regional indicator (UCJ) counts "eligible" workers by a rule that was not
found in print, the national plan (RPJMN) prints percentages without their denominator, the labour force survey (Sakernas) counts
everybody who works or looks for work. A percentage is told with its definition, and two definitions never share an axis unmarked.

Every figure stands in data/published.csv. What is reckoned here: what is left after a printed part, and a regency's share of its
province's figure by population, which is our assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from jamsostek.core.months import month_index
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import N_
from jamsostek.coverage.published import NATION, WHOLE, Figure, counted_with, figures

SPREAD = "the province's figure spread by population of 2024"


@dataclass(frozen=True)
class Definition:
    """Which workers are meant. Texts are Indonesian, to be translated when shown."""

    key: str
    title: str
    note: str


DEFINITIONS = {
    one.key: one for one in (
        Definition(
            "ucj", N_("Pekerja layak seperti pernah dicetak (indikator daerah, UCJ)"),
            N_("Aturannya tidak ditemukan tercetak. Konstruksi dan migran tidak termasuk: bandingkan hanya dengan PU dan BPU."),
        ),
        Definition("rpjmn", N_("Pekerja menurut RPJMN"), N_("Persentasenya dicetak, pembaginya tidak.")),
        Definition(
            "strategic", N_("Pekerja menurut rencana strategis BPJS Ketenagakerjaan"),
            N_("Dihitung dari sasaran 70 juta peserta yang disebut 65 %."),
        ),
        Definition(
            "labour_force", N_("Angkatan kerja (Sakernas)"),
            N_("Yang bekerja dan yang mencari kerja. Per provinsi dihitung dari penduduk bekerja dan tingkat pengangguran."),
        ),
        Definition("employed", N_("Penduduk bekerja (Sakernas)"), N_("Aparatur negara termasuk, pekerja migran tidak.")),
        Definition(
            "employees", N_("Buruh, karyawan, dan pegawai (Sakernas)"),
            N_("Pegawai negeri termasuk di pembagi, padahal bukan peserta."),
        ),
        Definition(
            "own", N_("Penduduk bekerja selain buruh, karyawan, dan pegawai (Sakernas)"),
            N_("Pekerja keluarga tanpa upah termasuk di pembagi."),
        ),
        Definition("formal", N_("Pekerja formal (Sakernas)"), N_("Bekerja di kegiatan formal, seperti tercetak.")),
        Definition("informal", N_("Pekerja informal (Sakernas)"), N_("Penduduk bekerja dikurangi yang formal.")),
    )
}  # fmt: skip
_MEASURES = {"labour_force": "labour_force", "employed": "employed", "employees": "employees", "formal": "employed_formal"}
"""Of each definition of the survey, its name in the data."""
_LEFT = {"own": ("employees", "employed less employees"), "informal": ("formal", "employed less formal")}
"""What is left of the employed without another definition, and how that is noted."""
_STATED = {"employees": "employees", "labour_force": "labour_force", "eligible": "ucj"}
"""Measures of statements about coverage, by the definition they went by."""
_PLANS = {"RPJMN 2025-2029": "rpjmn", "BPJS strategic plan": "strategic"}


@dataclass(frozen=True)
class Denominator:
    """A number of workers by one definition. `persons` is None where it was looked for and not found.

    `group` is a segment as in the data: all, men, women, disabled, PU, BPU, informal. `status` as in `published.STATUSES`, or
    "assumed" where our own spreading of a wider figure; `months_away` how far `as_of` lies from the month asked.
    """

    definition: str
    region: int
    group: str
    persons: int | None
    as_of: str
    status: str
    source: str
    note: str
    months_away: int = 0

    @property
    def title(self) -> str:
        """The definition in words, for `_`."""
        return DEFINITIONS[self.definition].title


def denominators(region: int, month: int) -> list[Denominator]:
    """What is known of a region (0: the nation), in the order of DEFINITIONS: of each group the nearest in time.

    A statement in public and the survey itself stand side by side, the nearest of both, and so do figures of one moment.
    """
    found = [one for known in _known(region) for one in _nearest(known, month)]
    order = list(DEFINITIONS)
    return sorted(found, key=lambda one: (order.index(one.definition), one.group != WHOLE, one.group))


def denominator(region: int, month: int, definition: str, group: str = WHOLE) -> Denominator | None:
    """The nearest of one definition and group; None where nothing is known."""
    found = [one for one in denominators(region, month) if (one.definition, one.group) == (definition, group)]
    return min((one for one in found if one.persons is not None), key=lambda one: one.months_away, default=None)


@cache
def over_years(definition: str, group: str = WHOLE, region: int = NATION) -> tuple[Denominator, ...]:
    """The survey's estimates of the nation or a province, oldest first."""
    if definition in _LEFT:
        part, note = _LEFT[definition]
        parts = {one.as_of: one.persons or 0 for one in over_years(part, group, region)}
        return tuple(
            replace(one, definition=definition, persons=(one.persons or 0) - parts[one.as_of], status="derived", note=note)
            for one in over_years("employed", group, region)
            if one.as_of in parts
        )
    found = figures("labour", _MEASURES[definition], segment=group, region=region)
    return tuple(_told(definition, one) for one in found if one.value is not None)


@cache
def latest(definition: str, group: str = WHOLE, region: int = NATION) -> int:
    """The survey's newest; a province's with those split off it in 2022, to stand beside members published on the old map.

    Raises: KeyError where there is none.
    """
    places = (NATION,) if region == NATION else counted_with(region)
    found = [over_years(definition, group, one) for one in places]
    if not all(found):
        raise KeyError((definition, group, region))
    return sum(one[-1].persons or 0 for one in found)


@cache
def _known(region: int) -> tuple[tuple[Denominator, ...], ...]:
    """Of every moment, apart by where they come from."""
    return tuple(_statements(region)), tuple(_plans(region)), tuple(_survey(region))


def _told(definition: str, one: Figure, group: str | None = None) -> Denominator:
    persons = None if one.value is None else int(one.value)
    return Denominator(definition, one.region, group or one.segment, persons, one.as_of, one.status, one.source, one.note)


def _nearest(told: Iterable[Denominator], month: int) -> list[Denominator]:
    """Of each definition and group those of the moment nearest to the month."""
    found = [replace(one, months_away=_away(one.as_of, month)) for one in told]
    near: dict[tuple[str, str], int] = {}
    for one in found:
        key = (one.definition, one.group)
        near[key] = min(one.months_away, near.get(key, one.months_away))
    return [one for one in found if one.months_away == near[one.definition, one.group]]


def _away(as_of: str, month: int) -> int:
    """Months between; a year is taken at its end."""
    year, _dash, rest = as_of.partition("-")
    return abs(month_index(int(year) * 100 + int(rest or 12)) - month_index(month))


def _statements(region: int) -> Iterator[Denominator]:
    """What coverage was told of, where a source printed it; over the survey's definitions, all of those."""
    for one in figures("universal", region=region):
        if one.measure in _STATED:
            definition = _STATED[one.measure]
            yield _told(definition, one, None if definition == "ucj" else WHOLE)


def _plans(region: int) -> Iterator[Denominator]:
    for one in figures("targets", "eligible", region=region):
        yield _told(_PLANS[one.segment], one, WHOLE)


def _survey(region: int) -> Iterator[Denominator]:
    """The labour force survey; in regencies the newest of the province spread by population, which is our assumption."""
    place = REGENCIES.get(region)
    wanted = place.province_code if place else region
    for definition in (*_MEASURES, *_LEFT):
        for group in _groups(wanted, definition):
            found = over_years(definition, group, wanted)
            yield from (_spread(one, region) for one in found[-1:]) if place else found


def _groups(region: int, definition: str) -> list[str]:
    measure = _MEASURES.get(definition)
    found = {one.segment for one in figures("labour", measure, region=region)} if measure else {WHOLE}
    return sorted(found)


def _spread(one: Denominator, regency: int) -> Denominator:
    persons, place = one.persons or 0, REGENCIES[regency]
    whole = sum(other.population_2024h2 for other in REGENCIES.values() if other.province_code == place.province_code)
    return replace(one, region=regency, persons=persons * place.population_2024h2 // whole, status="assumed", note=SPREAD)
