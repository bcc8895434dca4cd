"""How far each fund reaches today, and its cash in the months to come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.months import add_months
from jamsostek.core.rupiah import format_decimal, format_number
from jamsostek.core.text import N_, _
from jamsostek.fund import scenarios, stress
from jamsostek.fund.choices import CLASSES
from jamsostek.fund.liquidity import HORIZON, Cover, Series, Standing, cover
from jamsostek.fund.queries.standing import standings
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.liquidity import words
from jamsostek.portal.screens import (
    Chart,
    Column,
    DateField,
    Fact,
    Form,
    Link,
    Measure,
    Table,
    chart,
    export,
    lines,
    table,
    today,
)
from jamsostek.portal.screens.words import date, month

EARLIEST = dt.date(2015, 1, 31)


class DayForm(Form):
    """The day it is asked of."""

    on = DateField(label=N_("Keadaan pada tanggal"), earliest=EARLIEST)


def day_of(request: HttpRequest) -> tuple[DayForm, dt.date]:
    """The form, and the day it says: today where it says none."""
    form = DayForm(request.GET if any(name.startswith("on-") for name in request.GET) else None, initial={"on": today()})
    form.fields["on"].latest = today()  # type: ignore[attr-defined]
    return form, form.cleaned_data["on"] if form.is_bound and form.is_valid() else today()


def home_link() -> Link:
    """The first page of this part."""
    return Link(_("Likuiditas"), reverse("liquidity:home"))


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Every fund's cover on a day, beside what was published."""
    form, on = day_of(request)
    values = scenarios.checked(on, {})
    cuts = haircuts(values)
    found = [(one, cover(one, cuts)) for one in standings(on, values).values()]
    context = {
        "form": form,
        "of": _("Keadaan {day}").format(day=date(on)),
        "covers": _covers(found, on),
        "liquid": _liquid(found),
        "published": _published(),
    }
    return screen(request, "liquidity/home.html", context, title=_("Likuiditas dan ketahanan dana"), here="liquidity:home")


def haircuts(values: dict[str, int]) -> dict[str, int]:
    """Haircuts by class, of parameters."""
    return {name.removeprefix("haircut."): ppm for name, ppm in values.items() if name.startswith("haircut.")}


def _covers(found: list[tuple[Standing, Cover]], on: dt.date) -> Table:
    asked = f"?on-d={on.day}&on-m={on.month}&on-y={on.year}"
    columns = [
        Column(_("Dana"), lambda row: Link(fund_title(row[0].fund), reverse("liquidity:fund", args=[row[0].fund]) + asked)),
        Column(_("Aset bersih"), lambda row: words.signed_rupiah(row[0].worth_rupiah), number=True),
        Column(_("Klaim setahun terakhir"), lambda row: words.signed_rupiah(row[0].past_outgo_rupiah), number=True),
        Column(_("Ketahanan membayar klaim"), lambda row: words.months_long(row[1].claim_months), number=True),
        Column(_("Rasio kecukupan"), lambda row: words.percent(row[1].funding_ppm), number=True),
    ]
    return table(_("Ketahanan setiap dana"), columns, found)


def _liquid(found: list[tuple[Standing, Cover]]) -> Table:
    columns = [
        Column(_("Dana"), lambda row: fund_title(row[0].fund)),
        Column(_("Kas"), lambda row: words.signed_rupiah(row[0].cash_rupiah), number=True),
        Column(_("Dapat dijadikan kas"), lambda row: words.signed_rupiah(row[1].liquid_rupiah), number=True),
        Column(_("Keluar dua belas bulan ke depan"), lambda row: words.signed_rupiah(row[1].outgo_rupiah), number=True),
        Column(_("Likuiditas"), lambda row: words.percent(row[1].liquid_ppm, 0), number=True),
    ]
    return table(_("Aset likuid terhadap kebutuhan setahun"), columns, found)


def _published() -> Table:
    columns = [Column(_("Dana"), fund_title), Column(_("Angka terbitan"), words.published)]
    return table(_("Yang pernah diterbitkan"), columns, ("jkk", "jkm", "jht"))


# --- one fund -------------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def fund(request: HttpRequest, fund: str) -> HttpResponseBase:
    """A fund's cash month by month, past and to come, and what could be sold; with `?bentuk=csv` or `xlsx` as a file."""
    if fund not in FUNDS:
        raise Http404
    form, on = day_of(request)
    values = scenarios.checked(on, {})
    here = standings(on, values)[fund]
    run = stress.outcome(here, stress.no_shock(), haircuts(values))
    rows = _rows(here, run)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        audit.record("fund.figures_exported", "period", None, fields=("file",))
        headings = [_("Bulan"), _("Iuran"), _("Klaim"), _("Pensiun"), _("Kupon dan bunga"), _("Jatuh tempo"), _("Kas")]
        names = ("month", "in", "claims", "pensions", "interest", "repaid", "cash")
        return export(request, f"{_('arus-kas')}-{fund}", headings, ([row[name] for name in names] for row in rows))
    context = {
        "charts": [_chart(fund, rows)],
        "form": form,
        "of": _("Keadaan {day}").format(day=date(on)),
        "facts": _facts(here),
        "table": _months(rows),
        "held": _held(here, haircuts(values)),
        "past": _past(here),
        "export_url": f"{request.path}?on-d={on.day}&on-m={on.month}&on-y={on.year}",
    }
    title = _("Arus kas {fund}").format(fund=fund_title(fund))
    return screen(request, "liquidity/fund.html", context, title=title, above=[home_link()])


def _rows(here: Standing, run: stress.Outcome) -> list[dict[str, Any]]:
    first = here.forecast.first
    return [
        {
            "month": add_months(first, at), "in": here.forecast.contributions.rupiah[at],
            "claims": here.forecast.claims.rupiah[at], "pensions": here.forecast.pensions.rupiah[at],
            "interest": sum(one.pays[at][0] for one in here.holdings if at < len(one.pays)),
            "repaid": sum(one.pays[at][1] for one in here.holdings if at < len(one.pays)), "cash": run.cash[at],
        }
        for at in range(HORIZON)
    ]  # fmt: skip


def _facts(here: Standing) -> list[Fact]:
    return [
        Fact(_("Kas"), words.exact(here.cash_rupiah)),
        Fact(_("Riwayat yang dibaca"), _("{number} bulan").format(number=len(here.history))),
        Fact(_("Iuran"), how(here.forecast.contributions)),
        Fact(_("Klaim"), how(here.forecast.claims)),
    ]


def how(one: Series) -> str:
    """How a flow was carried forward, in a sentence."""
    grown = words.percent(round(one.growth * 1_000_000), 1)
    if one.seasonal:
        return _("Tumbuh {growth} setahun, dengan pola bulan yang sama pada tahun-tahun lalu.").format(growth=grown)
    return _("Tumbuh {growth} setahun; tanpa pola musiman, sebab riwayatnya belum dua tahun.").format(growth=grown)


def _chart(fund: str, rows: list[dict[str, Any]]) -> Chart:
    kinds = {"in": _("Iuran"), "out": _("Klaim dan pensiun"), "cash": _("Kas")}
    told = [
        {
            "month": month(row["month"]), "kind": kinds[kind],
            "day": f"{row['month'] // 100}-{row['month'] % 100:02d}-01T12:00:00",
            "billions": round((row["claims"] + row["pensions"] if kind == "out" else row[kind]) / 1e9, 3),
        }
        for row in rows
        for kind in kinds
    ]  # fmt: skip
    x = {"field": "day", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"format": "%b %y", "tickCount": 6}}
    y = {"field": "billions", "type": "quantitative", "title": _("miliar rupiah")}
    return chart(
        f"arus-{fund}", _("Dua puluh empat bulan ke depan"), lines(x, y, "kind"),
        [Measure(_("Bulan"), "month"), Measure(_("Arus"), "kind"),
         Measure(_("Miliar rupiah"), "billions", lambda value: format_decimal(value, 3), number=True)],
        told,
        text=_("Kas pada akhir {month}: {cash}.").format(
            month=month(rows[-1]["month"]), cash=words.signed_rupiah(rows[-1]["cash"])
        ),
        source=_("buku besar pemasangan ini"), status="estimate",
    )  # fmt: skip


def _months(rows: list[dict[str, Any]]) -> Table:
    def money(name: str, title: str) -> Column:
        return Column(title, lambda row: format_number(row[name]), number=True)

    columns = [
        Column(_("Bulan"), lambda row: month(row["month"])), money("in", _("Iuran")), money("claims", _("Klaim")),
        money("pensions", _("Pensiun")), money("interest", _("Kupon dan bunga")), money("repaid", _("Jatuh tempo")),
        money("cash", _("Kas")),
    ]  # fmt: skip
    return table(_("Perkiraan bulan demi bulan, dalam rupiah"), columns, rows)


def _held(here: Standing, cuts: dict[str, int]) -> Table:
    by_class: dict[str, list[int]] = {}
    for one in here.holdings:
        row = by_class.setdefault(one.asset_class, [0, 0])
        row[0] += one.market_rupiah
        row[1] += one.carrying_rupiah
    columns = [
        Column(_("Kelas"), lambda row: _(CLASSES[row[0]])),
        Column(_("Nilai tercatat"), lambda row: words.signed_rupiah(row[1][1]), number=True),
        Column(_("Nilai pasar"), lambda row: words.signed_rupiah(row[1][0]), number=True),
        Column(_("Potongan bila dijual segera"), lambda row: words.percent(cuts.get(row[0]), 2), number=True),
    ]
    return table(_("Yang dapat dijual, termurah dahulu"), columns, sorted(by_class.items(), key=lambda row: cuts.get(row[0], 0)))


def _past(here: Standing) -> Table:
    columns = [
        Column(_("Bulan"), lambda one: month(one.month)),
        Column(_("Iuran dan denda"), lambda one: format_number(one.contributions + one.fines), number=True),
        Column(_("Klaim"), lambda one: format_number(one.claims), number=True),
        Column(_("Pensiun"), lambda one: format_number(one.pensions), number=True),
        Column(_("Investasi dan lainnya"), lambda one: format_number(one.investing + one.opening), number=True),
        Column(_("Perubahan kas"), lambda one: format_number(one.net), number=True),
    ]
    return table(_("Bulan yang sudah lewat, dalam rupiah"), columns, here.history[::-1][:36])
