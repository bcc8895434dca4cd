"""Sums of pensions, for who looks at the funds: what is in payment now, and what monthly rolls owed. Nobody's own."""

from __future__ import annotations

from django.db.models import Sum

from jamsostek.claims.actions.rolls import PENSION
from jamsostek.claims.models import Benefit, Roll
from jamsostek.claims.queries.rights import KINDS


def pensions_monthly() -> dict[str, int]:
    """What monthly pensions that are being paid come to in a month, by fund; whole rupiah. Asked with every row in sight."""
    rows = Benefit.objects.filter(component__in=KINDS[PENSION][1], state="active").order_by().values("fund")
    return {row["fund"]: int(row["rupiah"] or 0) for row in rows.annotate(rupiah=Sum("rupiah"))}


def pensions_rolled(first: int, last: int) -> dict[tuple[str, int], int]:
    """What posted rolls of pensions owed, by fund and month; whole rupiah. Asked with every row in sight."""
    found: dict[tuple[str, int], int] = {}
    rows = Roll.objects.filter(kind=PENSION, posted_at__isnull=False, month__range=(first, last))
    for month, told in rows.values_list("month", "trial"):
        for fund, rupiah in told.get("funds", {}).items():
            found[fund, month] = found.get((fund, month), 0) + int(rupiah)
    return found
