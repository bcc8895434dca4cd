"""Where a plan sets out: people at work and members of the nation, a province or a regency, and how each is known.

Members as published: the nation, the 34 provinces of the map before 2022, and regencies whose PU and BPU were printed. Members of
this installation's registry: any place with enough people in the newest snapshot. Or somebody's own figures. Nothing is guessed:
where none of these is there, a plan is refused with a word on why. People at work: Sakernas; in a regency its province's spread
by population, which is our assumption.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.core.months import span
from jamsostek.core.regions import PROVINCES, province, regency
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import cube, protected
from jamsostek.coverage.denominators import denominator, latest, over_years
from jamsostek.coverage.published import NATION, Figure, counted_with, figures, old_map

YEAR = 2025
"""Of the newest figures."""
WORKERS_MONTH = 202508
"""Of the newest labour force survey."""
INCOME_RUPIAH = 1_000_000
"""The income on which budgets pay for vulnerable workers, as `outreach` plans with it."""
NATION_AT = "2025-05"
INACTIVE_AT = "2023-12"
PUBLISHED, REGISTRY, OWN = "published", "registry", "own"
BASES = {
    PUBLISHED: N_("Angka terbitan"),
    REGISTRY: N_("Daftar pemasangan ini"),
    OWN: N_("Angka Anda sendiri"),
}
"""Where members can be known from."""
LEAST_MEMBERS = 100
"""Active members a registry must have in a place: of fewer, counts rounded to tens tell too little."""
_WAGE = ("pu", "non_asn", "trainee")
_OWN_WORK = ("bpu_self", "bpu_sponsored")


@dataclass(frozen=True)
class Members:
    """Members as somebody knows them: wage earners, others of both kinds of BPU, and those who lapsed."""

    pu: int
    bpu: int
    lapsed: int
    others: int = 0


@dataclass(frozen=True)
class Start:
    """A place at the end of `year`: people at work by kind, members by segment, those who lapsed; `apbd_rupiah` a person-year.

    `others` are construction and migrant workers, who are members and stand outside both kinds; they stay as they are.
    """

    region: int
    year: int
    formal: int
    informal: int
    pu: int
    bpu: int
    others: int
    lapsed: int
    apbd_rupiah: int
    sources: tuple[str, ...] = ()
    lapsed_estimated: bool = False
    """Whether lapsed people were not published for the place, and the nation's ratio was taken."""
    basis: str = PUBLISHED
    as_of: str = str(YEAR)
    """Of the members: a year, or year and month."""
    workers_assumed: bool = False
    """Whether people at work are the province's, spread by population."""
    counted_with: tuple[int, ...] = ()
    """Provinces that the figures hold together, where they are more than one."""

    @property
    def workers(self) -> int:
        """Everybody at work."""
        return self.formal + self.informal

    @property
    def active(self) -> int:
        """All active members."""
        return self.pu + self.bpu + self.others


def apbd_rupiah(year: int) -> int:
    """What a vulnerable worker's accident and death insurance costs a budget in a year, by the law of its months."""
    months = span(year * 100 + 1, year * 100 + 12)
    return sum(
        int(law.calculate("contribution.bpu", month=month, income_rupiah=INCOME_RUPIAH, payer="apbd")["total_rupiah"])
        for month in months
    )  # fmt: skip


def start_of(region: int, first_year: int, *, basis: str = "", own: Members | None = None) -> Start:
    """The nation (0), a province or a regency; members by `basis`, else as published, else this registry's.

    Raises: UnknownRegion; InputError where members are not known that way, or not at all, or are more than people at work.
    """
    if region != NATION:
        (province if region < 100 else regency)(region)
    if own is not None:
        return _own(region, first_year, own)
    if basis == REGISTRY:
        return _registry(region, first_year) or _refuse(region, _NOT_REGISTERED)
    if basis == PUBLISHED:
        return _published(region, first_year) or _refuse(region, _NOT_PUBLISHED)
    return _published(region, first_year) or _registry(region, first_year) or _refuse(region, _NEITHER)


_NOT_PUBLISHED = N_(
    "Belum ada angka peserta penerima upah dan bukan penerima upah yang terbit untuk {place}; provinsi baru tahun 2022 terhitung "
    "dalam induknya."
)
_NOT_REGISTERED = N_("Daftar pemasangan ini mencatat kurang dari {least} peserta aktif di {place}.")
_NEITHER = N_(
    "Peserta di {place} tidak diketahui: tidak ada angka terbit, dan daftar pemasangan ini mencatat kurang dari {least} peserta "
    "aktif di sana."
)


def _refuse(region: int, why: str) -> Start:
    place = _place(region)
    raise InputError(
        _(why).format(place=place, least=format_number(LEAST_MEMBERS)), field="region", value=region,
        remedy=_("Isi jumlah peserta menurut catatan Anda sendiri."),
    )  # fmt: skip


def _place(region: int) -> str:
    return _("Indonesia") if region == NATION else province(region).name if region < 100 else regency(region).name


@cache
def _published(region: int, first_year: int) -> Start | None:
    """Members as printed; None where PU and BPU were not."""
    if region == NATION:
        pu, bpu = _count("PU", as_of=NATION_AT), _count("BPU", as_of=NATION_AT)
        others = _count("all", as_of=NATION_AT) - pu - bpu
        lapsed, estimated = _lapsed(region, pu + bpu)
        sources: tuple[str, ...] = ("D02", "L10", "S06", "D01")
        as_of = NATION_AT
    elif region in old_map():
        pu, bpu, others = _count("PU", region=region, as_of=str(YEAR)), _count("BPU", region=region, as_of=str(YEAR)), 0
        lapsed, estimated = _lapsed(region, pu + bpu)
        sources, as_of = ("S06", "C09"), str(YEAR)
    else:
        printed = {one.segment: one for one in figures("universal", "active", region=region) if one.value}
        if region < 100 or not {"PU", "BPU"} <= set(printed):
            return None
        pu, bpu, others = _persons(printed["PU"]), _persons(printed["BPU"]), 0
        lapsed, estimated = _lapsed(region, pu + bpu)
        sources, as_of = (printed["PU"].source,), printed["PU"].as_of
    together = counted_with(region) if 0 < region < 100 else ()
    formal, informal = workers_of(region, together)
    return Start(
        region, YEAR, formal, informal, pu, bpu, others, lapsed, apbd_rupiah(first_year), sources, estimated, PUBLISHED, as_of,
        region > 100, together if len(together) > 1 else (),
    )  # fmt: skip


def _persons(one: Figure) -> int:
    return int(one.value or 0)


def _registry(region: int, first_year: int) -> Start | None:
    """Members of the newest snapshot as everybody may see them; None where they are too few."""
    found = cube.latest()
    here = registered(region)
    if found is None or here is None:
        return None
    as_of = f"{found.last_month // 100}-{found.last_month % 100:02d}"
    formal, informal = workers_of(region)
    return Start(
        region, YEAR, formal, informal, here.pu, here.bpu, here.others, here.lapsed, apbd_rupiah(first_year), (), False, REGISTRY,
        as_of, region > 100,
    )  # fmt: skip


def registered(region: int) -> Members | None:
    """Members of this registry in a place, each person once: who earns a wage, else who has own cover, else the others.

    None without a snapshot, or with fewer than LEAST_MEMBERS active.
    """
    found = cube.latest()
    if found is None:
        return None

    def count(*measures: str, **where: tuple[str, ...]) -> list[int]:
        lines = protected.told((found.last_month,), measures, (), **protected.at(region), **where)
        return [(lines[0][name] if lines else None) or 0 for name in measures]

    active, ever = count("active", "ever")
    if active < LEAST_MEMBERS:
        return None
    wage, both = count("active", segment=_WAGE)[0], count("active", segment=(*_WAGE, *_OWN_WORK))[0]
    return Members(min(wage, active), max(0, min(both, active) - wage), max(0, ever - active), max(0, active - both))


def _own(region: int, first_year: int, own: Members) -> Start:
    formal, informal = workers_of(region)
    if min(own.pu, own.bpu, own.lapsed, own.others) < 0 or own.pu + own.bpu > formal + informal:
        raise InputError(
            _("Peserta tidak dapat lebih banyak daripada orang yang bekerja di sana, {workers}.").format(
                workers=format_number(formal + informal)
            ),
            field="members",
        )
    return Start(
        region, YEAR, formal, informal, own.pu, own.bpu, own.others, own.lapsed, apbd_rupiah(first_year), (), False, OWN, "",
        region > 100,
    )  # fmt: skip


@cache
def workers_of(region: int, together: tuple[int, ...] = ()) -> tuple[int, int]:
    """People at work, formal and informal; of provinces that members are counted in together, all of them."""
    if region == NATION or together:
        return latest("formal", region=region), latest("informal", region=region)
    if region in PROVINCES:
        formal, informal = (over_years(name, region=region)[-1] for name in ("formal", "informal"))
        return formal.persons or 0, informal.persons or 0
    spread = [denominator(region, WORKERS_MONTH, name) for name in ("formal", "informal")]
    return tuple(one.persons or 0 if one else 0 for one in spread)  # type: ignore[return-value]


def _count(segment: str, *, as_of: str, region: int = NATION, measure: str = "active") -> int:
    found = [one for one in figures("members", measure, segment=segment, region=region) if one.as_of == as_of and one.value]
    return _persons(found[0])


def _lapsed(region: int, active: int) -> tuple[int, bool]:
    """Those who lapsed (December 2023), by the nation's ratio to the active where a place's were not printed."""
    found = [
        one for one in figures("members", "inactive", segment="all", region=region) if one.as_of == INACTIVE_AT and one.value
    ]
    if found:
        return _persons(found[0]), False
    whole, members = _count("all", as_of=INACTIVE_AT, measure="inactive"), _count("all", as_of=INACTIVE_AT)
    return active * whole // members, True
