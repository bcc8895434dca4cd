"""Pensions grow once a year by the inflation of the year before: said by one with its source, confirmed by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db import connection

from jamsostek import law
from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows, tell
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import words_wanted
from jamsostek.claims.actions.owing import PENSIONS
from jamsostek.claims.choices import Component
from jamsostek.claims.models import Growth
from jamsostek.core.errors import InputError
from jamsostek.core.months import first_day
from jamsostek.core.text import _
from jamsostek.ledger.errors import refusals

RULE = "benefit.jp.growth"
MONTH = 3
"""The month from which a year's limits and growth hold, as the limits do (interpretation 41)."""


def propose(*, year: int, inflation_ppm: int, source: str, today: dt.date) -> Growth:
    """Says by how much prices rose in the year before, and who published it. A proposal not confirmed yet may be corrected."""
    current().need(Can.PAY_CLAIMS)
    user = current().user_id
    if user is None:
        raise not_yours()
    known = Growth.objects.filter(year=year).first()
    if known is not None and known.approved_on is not None:
        raise InputError(_("Kenaikan tahun {year} sudah berlaku.").format(year=year), field="year", value=year)
    if not 0 <= inflation_ppm <= 1_000_000:
        raise InputError(
            _("Inflasi ini tidak mungkin."), field="inflation_ppm", value=inflation_ppm, remedy=_("Tulis bagian per sejuta.")
        )
    told = {"inflation_ppm": inflation_ppm, "source": words_wanted(source, "source"), "proposed_by": user, "proposed_on": today}
    with refusals():
        row, _made = Growth.objects.update_or_create(year=year, defaults=told)
    audit.record("growth.proposed", "growth", year, fields=("inflation_ppm",), reason=row.source)
    return row


def approve(*, year: int, today: dt.date) -> Growth:
    """Another person confirms: every pension begun before the year grows by the law's rule, once."""
    current().need(Can.APPROVE_PAYOUT)
    user = current().user_id
    row = Growth.objects.select_for_update().filter(year=year).first()
    if row is None or row.approved_on is not None:
        raise InputError(_("Kenaikan ini sudah berlaku atau belum diusulkan."), field="year", value=year)
    if user is None or user == row.proposed_by:
        raise InputError(
            _("Yang mengusulkan tidak menyetujui."), field="approved_by", remedy=_("Minta rekan Anda menyetujuinya.")
        )
    with everything_in_sight(), refusals():
        people, was, rupiah = _grown(row, user)
        row.approved_by, row.approved_on, row.people, row.was_rupiah, row.rupiah = user, today, people, was, rupiah
        row.save()
        audit.record("growth.approved", "growth", year, fields=("people", "rupiah"))
    return row


@dataclass(frozen=True)
class Grown:
    """What a growth would do or did to each pension: its right, claim, component, and a month before and after; whole rupiah."""

    ids: Sequence[int]
    claims: Sequence[int]
    components: Sequence[Component]
    was: Sequence[int]
    rupiah: Sequence[int]


def trial(*, year: int, inflation_ppm: int) -> Grown:
    """What a growth would do to the pensions in sight; nothing is written."""
    current().need(Can.SEE_CLAIMS)
    return _computed(year, inflation_ppm, "")


def _computed(year: int, inflation_ppm: int, lock: str) -> Grown:
    """One pass of the law's rule over every pension that began before the year and did not grow in it yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, claim_id, component, rupiah FROM claims_benefit WHERE component = ANY (%s) AND state <> 'ended'"  # noqa: S608
            f" AND rupiah > 0 AND indexed_year < %s ORDER BY id {lock}", [[int(one) for one in PENSIONS], year],
        )  # fmt: skip
        found = cursor.fetchall()
    if not found:
        return Grown((), (), (), (), ())
    ids, claims, components, was = (list(column) for column in zip(*found, strict=True))
    told = law.calculate_many(
        RULE, date=first_day(year * 100 + MONTH), kind=[PENSIONS[one] for one in components],
        monthly_rupiah=np.array(was, dtype=np.int64), inflation=[str(Decimal(inflation_ppm).scaleb(-6))] * len(ids),
    )  # fmt: skip
    rupiah = [max(int(new), old) for new, old in zip(told["grown_rupiah"], was, strict=True)]
    return Grown(ids, claims, [Component(one) for one in components], was, rupiah)


def _grown(row: Growth, user: int) -> tuple[int, int, int]:
    """How many grew, and what all of them together were and are in a month."""
    first = row.year * 100 + MONTH
    found = _computed(row.year, row.inflation_ppm, "FOR UPDATE")
    ids, claims, was, rupiah, count = found.ids, found.claims, found.was, found.rupiah, len(found.ids)
    if not count:
        return 0, 0, 0
    insert_rows(  # the reason first: the database lets no amount change without one
        "claims_change",
        {
            "benefit_id": ("bigint", ids), "claim_id": ("bigint", claims), "kind": ("text", ["indexed"] * count),
            "from_month": ("int", [first] * count), "was_rupiah": ("bigint", was), "rupiah": ("bigint", rupiah),
            "because": ("text", [row.source] * count), "by": ("bigint", [user] * count),
        },
    )  # fmt: skip
    tell(
        "UPDATE claims_benefit b SET rupiah = n.rupiah, indexed_year = n.year"
        " FROM unnest(%b::bigint[], %b::bigint[], %b::int[]) AS n (id, rupiah, year) WHERE b.id = n.id",
        ("bigint", ids), ("bigint", rupiah), ("int", [row.year] * len(ids)),
    )  # fmt: skip
    return count, sum(was), sum(rupiah)
