"""What a fund holds at a month's end: by class, by issuer, by when it comes back; how it stands against its limits; how far it
reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from jamsostek.core.months import last_day
from jamsostek.core.rupiah import PPM
from jamsostek.core.text import N_
from jamsostek.fund import scenarios
from jamsostek.fund.choices import CLASSES
from jamsostek.fund.liquidity import cover
from jamsostek.fund.queries import limits
from jamsostek.fund.queries import yields as queries
from jamsostek.fund.queries.positions import Position, positions
from jamsostek.fund.queries.standing import standings

TOP = 10
SPANS: tuple[queries.Span, ...] = ("month", "year_to_date")
BUCKETS: tuple[tuple[int, str], ...] = (
    (31, N_("Sampai sebulan")), (92, N_("Sampai tiga bulan")), (366, N_("Sampai setahun")), (3 * 366, N_("Sampai tiga tahun")),
    (5 * 366, N_("Sampai lima tahun")), (10 * 366, N_("Sampai sepuluh tahun")), (10**6, N_("Lebih lama")),
)  # fmt: skip
NO_TERM = N_("Tanpa jatuh tempo")


def portfolio(fund: str, month: int) -> dict[str, Any]:
    """Holdings with what the books carry and what they would fetch; whole rupiah, shares in ppm of what is carried."""
    on = last_day(month)
    held = positions(on=on, fund=fund)
    whole = sum(one.carrying_rupiah for one in held)

    def told(name: str, some: Iterable[Position]) -> dict[str, Any]:
        rows = list(some)
        carried = sum(one.carrying_rupiah for one in rows)
        return {
            "name": name, "cost": sum(one.cost_rupiah for one in rows), "carried": carried,
            "market": sum(one.carrying_rupiah if one.market_rupiah is None else one.market_rupiah for one in rows),
            "accrued": sum(one.accrued_rupiah for one in rows), "share_ppm": carried * PPM // whole if whole else 0,
        }  # fmt: skip

    issuers = _grouped(held, lambda one: one.security.issuer_name)
    top = sorted((told(name, some) for name, some in issuers.items()), key=lambda row: (-row["carried"], row["name"]))
    terms = _grouped(held, lambda one: bucket(one, on))
    classes = _grouped(held, lambda one: one.security.asset_class)
    return {
        "on": on.isoformat(), "whole": told("", held), "papers": len(held),
        "invented": any(one.security.invented for one in held),
        "classes": [told(name, classes[name]) for name in CLASSES if name in classes],
        "issuers": top[:TOP], "issuers_known": len(top),
        "terms": [told(name, terms[name]) for name in [*(text for _days, text in BUCKETS), NO_TERM] if name in terms],
    }  # fmt: skip


def _grouped(held: Iterable[Position], key: Callable[[Position], str]) -> dict[str, list[Position]]:
    found: dict[str, list[Position]] = {}
    for one in held:
        found.setdefault(key(one), []).append(one)
    return found


def bucket(one: Position, on: dt.date) -> str:
    """When a position comes back, in words."""
    if one.security.matures_on is None:
        return NO_TERM
    left = (one.security.matures_on - on).days
    return next(text for days, text in BUCKETS if left <= days)


def kept_limits(fund: str, month: int) -> dict[str, Any]:
    """Every limit of the fund with the thing that is nearest to it, or beyond."""
    day = limits.day(last_day(month))
    nearest: dict[str, Any] = {}
    for one in day.standings(fund):
        if one.limit.id not in nearest or one.room_rupiah < nearest[one.limit.id].room_rupiah:
            nearest[one.limit.id] = one
    return {
        "rows": [
            {
                "id": one.limit.id, "title": dict(one.limit.rule.titles), "bound": one.limit.rule.bound,
                "limit_ppm": one.limit.ppm, "share_ppm": one.share_ppm, "subject": one.subject_name, "held": one.held_rupiah,
                "limit": one.limit_rupiah, "room": one.room_rupiah, "broken": one.broken,
                "regulation": one.limit.regulation, "article": one.limit.article, "grade": one.limit.grade,
            }
            for one in nearest.values()
        ],
        "broken": sum(1 for one in day.broken(fund)),
    }  # fmt: skip


def covered(fund: str, month: int) -> dict[str, Any]:
    """Cover ratios with the parameters as they stand on the day, and the forecast of the coming year."""
    on = last_day(month)
    values = scenarios.checked(on, {})
    here = standings(on, values)[fund]
    found = cover(here, {name.removeprefix("haircut."): ppm for name, ppm in values.items() if name.startswith("haircut.")})
    return {
        "claim_months": None if found.claim_months is None else round(found.claim_months, 1), "funding_ppm": found.funding_ppm,
        "liquid": found.liquid_rupiah, "outgo": found.outgo_rupiah, "liquid_ppm": found.liquid_ppm,
        "past_outgo": here.past_outgo_rupiah, "months_known": len(here.history),
        "history": [
            {"month": one.month, "in": one.contributions + one.fines, "out": one.claims + one.pensions}
            for one in here.history[-24:]
        ],
    }  # fmt: skip


YIELDS = {
    "gross": N_("Tertimbang waktu, sebelum biaya"), "net": N_("Tertimbang waktu, sesudah biaya"),
    "money": N_("Tertimbang uang"), "income": N_("Hasil terhadap rata-rata yang dimiliki"),
}  # fmt: skip


def yields(fund: str, month: int) -> dict[str, Any]:
    """Returns of the month and of the year so far, by the books, as shares of the period in ppm; None where there is none."""
    told = {span: _earned(fund, month, span) for span in SPANS}
    if told["month"] is None and told["year_to_date"] is None:
        return {"rows": [], "gained": {"month": 0, "year_to_date": 0}}
    return {
        "rows": [{"id": name, **{f"{span}_ppm": _ppm(one, name) for span, one in told.items()}} for name in YIELDS],
        "gained": {span: one.gained_rupiah if one else 0 for span, one in told.items()},
    }


def _earned(fund: str, month: int, span: queries.Span) -> queries.Earned | None:
    return next((one for one in queries.earned(month=month, span=span) if (one.fund, one.asset_class) == (fund, "")), None)


def _ppm(one: queries.Earned | None, name: str) -> int | None:
    value = None if one is None else getattr(one, name)
    return None if value is None else round(value * PPM)
