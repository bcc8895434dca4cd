"""A scenario over all funds as they stand: outcomes, what breaks each, kept runs. What is told is plain data, to keep and to
compare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.fund import scenarios, stress
from jamsostek.fund.liquidity import Standing
from jamsostek.fund.models import StressRun
from jamsostek.fund.queries.standing import members_of_region, members_with_work, standings
from jamsostek.fund.stress import Assumed, Outcome
from jamsostek.ledger.chart import PROGRAMMES

FIRST, LAST = dt.date(2015, 1, 31), dt.date(2100, 12, 31)


@dataclass(frozen=True)
class Asked:
    """A question: which scenario, on which day, with which parameters changed; a region (province or regency) for an earthquake,
    and its members where they are known better than by what was billed."""

    scenario: str
    on: dt.date
    changed: Mapping[str, int]
    region: int | None = None
    members: int | None = None


@dataclass(frozen=True)
class Break:
    """What breaks in a fund, and how severe the scenario must be for it (1: as assumed; 0: broken already; None: not up to
    most)."""

    fund: str
    what: str
    least: float
    severity: float | None
    most: float


@dataclass(frozen=True)
class Answer:
    """All funds under a scenario; `before` is the same forecast with nothing happening."""

    asked: Asked
    used: Assumed
    standing: Mapping[str, Standing]
    before: Mapping[str, Outcome]
    after: Mapping[str, Outcome]
    breaks: tuple[Break, ...]


def check(asked: Asked) -> None:
    """Raises `InputError` for a scenario, region or day that is none."""
    if asked.scenario not in stress.SCENARIOS:
        raise unknown_name(_("Skenario"), asked.scenario, stress.SCENARIOS)
    if not FIRST <= asked.on <= LAST:
        raise InputError(
            _("Tanggal ini di luar yang dapat dihitung."), field="on", value=asked.on, remedy=_("Pilih tanggal lain.")
        )
    if asked.scenario == "quake" and asked.region not in PROVINCES and asked.region not in REGENCIES:
        raise InputError(
            _("Wilayah ini tidak dikenal."), field="region", value=asked.region, remedy=_("Pilih kabupaten, kota, atau provinsi.")
        )
    if asked.members is not None and not 0 <= asked.members <= scenarios.MEMBERS_MOST:
        raise InputError(
            _("Jumlah peserta tidak masuk akal."), field="members", value=asked.members, remedy=_("Tulis jumlah orang.")
        )


def answer(asked: Asked, *, breaking: bool = True) -> Answer:
    """The scenario over every fund, and what breaks each; the right to read the books is asked by row rules."""
    check(asked)
    values = scenarios.checked(asked.on, asked.changed)
    here = standings(asked.on, values)
    used = scenarios.assumed(
        asked.on, asked.changed, members=_members(asked, values), wage_members=members_with_work(asked.on, values["wage_rupiah"])
    )
    cuts = scenarios.haircuts(used)
    before = {fund: stress.outcome(one, stress.no_shock(), cuts) for fund, one in here.items()}
    after = {fund: stress.outcome(one, stress.shock(asked.scenario, one, used), cuts) for fund, one in here.items()}
    return Answer(asked, used, here, before, after, breaks(asked.scenario, here, used) if breaking else ())


def _members(asked: Asked, values: Mapping[str, int]) -> int:
    if asked.scenario != "quake" or asked.region is None:
        return 0
    return asked.members if asked.members is not None else members_of_region(asked.region, asked.on, values["wage_rupiah"])


def breaks(scenario: str, here: Mapping[str, Standing], used: Assumed) -> tuple[Break, ...]:
    """How severe a scenario must be before each floor of each fund is broken; funds with nothing in them are left out."""
    cuts, most = scenarios.haircuts(used), scenarios.MOST[scenario]
    return tuple(
        Break(fund, floor.what, floor.least, stress.breaks_at(scenario, one, used, floor, cuts, most), most)
        for fund, one in here.items()
        if one.assets_rupiah > 0
        for floor in scenarios.floors(fund, used)
    )


def plain(found: Answer) -> dict[str, Any]:
    """What is kept of an answer: whole rupiah, months, ppm; the same answer gives the same."""
    return {
        "first_month": next(iter(found.standing.values())).forecast.first,
        "funds": {
            fund: {"before": _outcome(found.before[fund]), "after": _outcome(found.after[fund])} for fund in found.standing
        },
        "breaks": [asdict(one) for one in found.breaks],
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    told = asdict(one)
    for name in ("claim_months", "lowest_claim_months"):
        told[name] = None if told[name] is None else round(told[name], 1)
    return {name: value for name, value in told.items() if name != "fund"} | {"lost_by_sales_rupiah": one.lost_by_sales_rupiah}


def kept(*, scenario: str = "") -> QuerySet[StressRun]:
    """Runs that were kept, the newest first."""
    rows = StressRun.objects.select_related("answer").order_by("-id")
    return rows.filter(scenario=scenario) if scenario else rows


def run(run_id: int) -> StressRun:
    """One that was kept; raises `Refused`."""
    found = StressRun.objects.select_related("answer").filter(pk=run_id).first()
    if found is None:
        raise not_yours(_("Uji ini tidak ada."))
    return found


__all__ = ["PROGRAMMES", "Answer", "Asked", "Break", "answer", "breaks", "check", "kept", "plain", "run"]
