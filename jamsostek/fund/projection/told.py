"""A run as plain data: what is kept, shown, sent and compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from jamsostek.fund.projection.chance import POINTS, Chance
from jamsostek.fund.projection.changing import Changed, Outcome, crossing
from jamsostek.fund.projection.economy import PROGRAMMES
from jamsostek.fund.projection.legal import T
from jamsostek.fund.projection.pension import BANDS, KINDS
from jamsostek.fund.projection.savings import REASONS
from jamsostek.fund.projection.supposing import FIRST, YEARS, Floats, published
from jamsostek.fund.projection.whole import AHEAD, Whole

FORM = 1
"""Rises when what is kept changes its form."""


def result(whole: Whole, fan: Chance | None, changes: Sequence[Changed] = ()) -> dict[str, Any]:
    """Rupiah are whole, shares have eight decimals."""
    old, saved = whole.pension, whole.savings
    return {
        "form": FORM,
        "years": list(YEARS),
        "first_ahead": YEARS[AHEAD],
        "digest": whole.supposed.digest,
        "law": whole.law.digest,
        "headline": {
            "exhausted": whole.exhausted,
            "crossing": crossing(whole.funds["jp"].assets),
            "premium": _share(whole.measures.average_premium),
            "rate": _share(whole.measures.contribution_rate),
            "balance": _share(whole.measures.balance),
        },
        "funds": {
            p: {
                "contributions": _rupiah(f.contributions), "benefits": _rupiah(f.benefits), "costs": _rupiah(f.costs),
                "returns": _rupiah(f.returns), "assets": _rupiah(f.assets), "modelled": _rupiah(f.modelled),
                "exhausted": f.exhausted,
            }
            for p, f in whole.funds.items()
        },
        "jp": {
            "members": _people(old.members), "dormant": _people(old.dormant), "earnings": _rupiah(old.earnings),
            "payg": _shares(whole.measures.payg), "lump_sums": _rupiah(old.sums),
            "pensions": {kind: _rupiah(old.pensions[:, at]) for at, kind in enumerate((*KINDS, "child"))},
            "persons": {kind: _people(old.persons[:, at]) for at, kind in enumerate((*KINDS, "child"))},
            "bands": [_people(old.bands[:, at]) for at in range(BANDS)],
        },
        "jht": {
            "balances": _rupiah(saved.balances), "inactive": _rupiah(saved.inactive), "credited": _rupiah(saved.credited),
            "rate": _shares(saved.rate), "members": _people(saved.members),
            "paid": {reason: _rupiah(saved.paid[:, at]) for at, reason in enumerate(REASONS)},
        },
        **{
            p: {
                "members": _people(r.members), "cases": _people(r.cases), "government": _rupiah(r.government),
                "parts": {name: _rupiah(value) for name, value in r.parts.items()},
            }
            for p, r in whole.risks.items()
        },
        "backtest": backtest(whole),
        "fan": _fan(fan) if fan else None,
        "sensitivity": [_changed(one) for one in changes],
    }  # fmt: skip


def backtest(whole: Whole) -> list[dict[str, Any]]:
    """What was published beside what the model comes to on its own from 2015."""
    found = []
    for one in published():
        fund = whole.funds[one["programme"]]
        ours = {"benefits": fund.benefits, "contributions": fund.contributions, "assets": fund.modelled}[one["item"]]
        value, model = round(one["value"] * 1e12), round(float(ours[one["year"] - FIRST]))
        found.append({**one, "value": value, "modelled": model, "ratio": round(model / value, 4)})
    return found


def _fan(fan: Chance) -> dict[str, Any]:
    dry = fan.exhausted
    return {
        "paths": fan.paths, "seed": fan.seed, "points": list(POINTS),
        "assets": {p: [_rupiah(row) for row in fan.assets[p]] for p in PROGRAMMES},
        "payg": [_shares(row) for row in fan.payg],
        "premium": _shares(fan.premium),
        "exhausted": [int(year) if year < 9999 else None for year in np.percentile(dry, POINTS, method="nearest")],
        "dry_by": {str(year): round(float((dry <= year).mean()), 4) for year in range(2030, 2101, 5)},
    }  # fmt: skip


def _changed(one: Changed) -> dict[str, Any]:
    def side(found: tuple[float, Outcome] | None) -> dict[str, Any] | None:
        if found is None:
            return None
        value, told = found
        return {
            "value": value, "crossing": None if told.exhausted is None else round(told.exhausted, 2),
            "premium": _share(told.premium), "balance": _share(told.balance),
            "assets": {p: round(amount) for p, amount in told.assets.items()},
        }  # fmt: skip

    return {"id": one.id, "low": side(one.low), "high": side(one.high)}


def _rupiah(values: Floats) -> list[int]:
    return [round(float(value)) for value in values]


def _people(values: Floats) -> list[int]:
    return _rupiah(values)


def _share(value: float) -> float:
    return round(float(value), 8)


def _shares(values: Floats) -> list[float]:
    return [_share(value) for value in values]


assert len(YEARS) == T
