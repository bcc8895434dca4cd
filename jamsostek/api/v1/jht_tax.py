"""Income tax withheld from JHT: by month for the tax office, and that a month was paid over to the state."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from pydantic import Field

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.v1.claim_told import steps
from jamsostek.api.v1.shapes import In, Month, MonthOut, Out
from jamsostek.claims.actions import taxes as actions
from jamsostek.claims.queries import taxing
from jamsostek.core.text import N_

jht_tax = Resource("jht-tax", N_("Pajak JHT"))
SEES = (Can.PAY_CLAIMS, Can.APPROVE_PAYOUT)


class TaxMonthOut(Out):
    """A month by the day the money arrived; whole rupiah. `reference` is the state's receipt once it was paid over."""

    month: MonthOut
    people: int
    payments: int
    gross_rupiah: int
    tax_rupiah: int
    reference: str
    over_rupiah: int


class TaxMonthsOut(Out):
    """Every month, the newest first."""

    items: list[TaxMonthOut]


class TaxOverIn(In):
    """A month, and the number of the state's receipt."""

    month: Month
    reference: Annotated[str, Field(min_length=4, max_length=40, description=N_("NTPN dari bukti penerimaan negara."))]


@jht_tax.get("/jht-tax", TaxMonthsOut, title=N_("Pajak JHT menurut bulan"), needs=SEES)
def index(request: HttpRequest) -> Any:
    """Sums, nobody's name."""
    return {"items": [_told(one) for one in taxing.months()]}


@jht_tax.post("/jht-tax/payments", TaxMonthOut, title=N_("Catat pajak JHT yang disetor"), needs=(Can.PAY_CLAIMS,))
def pay_over(request: HttpRequest, given: TaxOverIn) -> Any:
    """Books a month's tax as paid over to the state; the same receipt again changes nothing."""
    with steps():
        actions.pay_over(month=given.month, reference=given.reference, today=timezone.localdate())
    return _told(taxing.month(given.month))


def _told(one: taxing.Month) -> dict[str, Any]:
    names = ("month", "people", "payments", "gross_rupiah", "tax_rupiah", "reference", "over_rupiah")
    return {name: getattr(one, name) for name in names}
