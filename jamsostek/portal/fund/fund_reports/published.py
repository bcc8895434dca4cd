"""The published series of the funds beside what this installation's own books say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.months import last_day
from jamsostek.core.rupiah import format_decimal
from jamsostek.core.text import N_, _
from jamsostek.coverage.published import Figure, figures, sources
from jamsostek.ledger.queries.balances import fund_balances
from jamsostek.portal.coverage import words as published_words
from jamsostek.portal.coverage.history import source_link, what
from jamsostek.portal.fund.frame import FUNDS, READERS, screen
from jamsostek.portal.fund.fund_reports.reports import home_link
from jamsostek.portal.screens import (
    Chart,
    Column,
    Measure,
    Quote,
    Tab,
    Table,
    chart,
    export,
    lines,
    status_tag,
    table,
    today,
    with_query,
)
from jamsostek.portal.screens.words import NOTHING, date

FIRST_YEAR = 2016
WHOLE = "all"
TRILLION = 10**12
SEGMENTS = {"all": N_("Semua dana"), "JKK": "JKK", "JKM": "JKM", "JHT": "JHT", "JP": "JP", "JKP": "JKP"}
HELD = ("managed_fund", "invested_fund", "assets", "total_assets")
"""Measures that say how much a fund was."""


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Of all funds or of one (`?dana=JHT`); with `?bentuk=csv` or `xlsx` as a file."""
    asked = request.GET.get("dana", "")
    chosen = asked if asked in SEGMENTS else WHOLE
    told = [one for one in figures("funds", segment=chosen) if one.value is not None or one.status == "missing"]
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        headings = [_("Apa"), _("Kapan"), _("Nilai"), _("Satuan"), _("Status"), _("Sumber"), _("Catatan")]
        rows = ([what(o), o.as_of, "" if o.value is None else str(o.value), o.unit, o.status, o.source, o.note] for o in told)
        return export(request, f"{_('dana-terbitan')}-{chosen}", headings, rows)
    own = _own(chosen)
    context = {
        "tabs_of_funds": [Tab(_(text), with_query(request, dana=name), name == chosen) for name, text in SEGMENTS.items()],
        "drawings": [_chart(chosen, told, own)],
        "charts": True,
        "table": _table(told),
        "own": _own_table(own),
        "texts": _sources(told),
        "csv": with_query(request, bentuk="csv"), "xlsx": with_query(request, bentuk="xlsx"),
    }  # fmt: skip
    title = _("Dana: terbitan dan buku kita")
    return screen(
        request, "fund_reports/published.html", context, title=title, here="fund_reports:published", above=[home_link()]
    )


def _own(chosen: str) -> list[tuple[Any, int]]:
    """Assets in our books at each year's end, and today; years without any are left out."""
    day = today()
    days = [last_day(year * 100 + 12) for year in range(FIRST_YEAR, day.year)] + [day]
    wanted = FUNDS if chosen == WHOLE else (chosen.lower(),)
    found = [(on, sum(one.assets_rupiah for one in fund_balances(effective=on) if one.fund in wanted)) for on in days]
    return [(on, rupiah) for on, rupiah in found if rupiah]


def _chart(chosen: str, told: Iterable[Figure], own: list[tuple[Any, int]]) -> Chart:
    rows: list[dict[str, Any]] = [
        {
            "when": published_words.when(one), "day": _noon(one.as_of), "kind": _("Terbitan: {measure}").format(
                measure=published_words.measure(one)
            ), "trillions": float(one.value or 0), "source": one.source,
        }
        for one in told
        if one.measure in HELD and one.value is not None
    ]  # fmt: skip
    rows += [
        {"when": date(on), "day": f"{on.isoformat()}T12:00:00", "kind": _("Buku pemasangan ini: aset"),
         "trillions": rupiah / TRILLION, "source": _("buku besar")}
        for on, rupiah in own
    ]  # fmt: skip
    x = {"field": "day", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"format": "%Y", "tickCount": 9}}
    y = {"field": "trillions", "type": "quantitative", "title": _("triliun rupiah")}
    columns = [
        Measure(_("Apa"), "kind"), Measure(_("Kapan"), "when"),
        Measure(_("Triliun rupiah"), "trillions", lambda value: format_decimal(value, 6 if 0 < value < 0.01 else 2), number=True),
        Measure(_("Sumber"), "source"),
    ]  # fmt: skip
    text = _("Angka terbitan dan aset di buku besar pemasangan ini pada tanggal-tanggalnya; keduanya tidak dicampur.")
    return chart(
        f"dana-{chosen.lower()}", _("Besarnya dana"), lines(x, y, "kind"), columns, rows, text=text,
        source=", ".join(sorted({one.source for one in told if one.source})), status="",
    )  # fmt: skip


def _noon(as_of: str) -> str:
    year, _dash, number = as_of.partition("-")
    return f"{last_day(int(year) * 100 + int(number or 12)).isoformat()}T12:00:00"


def _table(told: list[Figure]) -> Table:
    columns = [
        Column(_("Apa"), what),
        Column(_("Kapan"), published_words.when),
        Column(_("Nilai"), lambda one: NOTHING if one.value is None else published_words.value(one), number=True),
        Column(_("Status"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), source_link),
        Column(_("Catatan"), _note),
    ]
    return table(_("Angka terbitan"), columns, told[::-1])


def _note(one: Figure) -> str | Quote:
    """In the reader's language where it was translated, else as its source has it."""
    return published_words.note(one.note) if one.note in published_words.NOTES or not one.note else Quote(one.note, "en")


def _own_table(own: list[tuple[Any, int]]) -> Table:
    columns = [
        Column(_("Tanggal"), lambda row: date(row[0])),
        Column(_("Aset menurut buku besar"), lambda row: f"{format_decimal(row[1] / TRILLION, 6)} {_('triliun')}", number=True),
    ]
    return table(_("Buku pemasangan ini"), columns, own[::-1])


def _sources(told: Iterable[Figure]) -> list[tuple[str, str]]:
    known = sources()
    names = sorted({name for one in told for name in one.source.split()})
    return [(name, known[name]) for name in names if name in known]
