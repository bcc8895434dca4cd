"""One limit of a fund: what stands against it, which holdings make that, and how it stood at past month ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import _
from jamsostek.fund.choices import CLASSES
from jamsostek.fund.limits.measure import Standing
from jamsostek.fund.limits.rules import Limit
from jamsostek.fund.queries import limits as queries
from jamsostek.fund.queries.limits import Day
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.limits.words import (
    above,
    cited,
    grade_tag,
    limit_words,
    of_fund,
    share_words,
    state_tag,
    subject_words,
)
from jamsostek.portal.screens import Chart, Column, Empty, Fact, Link, Measure, Table, chart, lines, table, today
from jamsostek.portal.screens.words import date

MONTHS = 12


@door(*READERS)
@require_safe
def show(request: HttpRequest, fund: str, rule: str) -> HttpResponseBase:
    """The limit today, drilled down, and its last year."""
    now = queries.day(today())
    limit = next((one for one in now.limits(fund) if one.id == rule), None)
    if limit is None:
        raise Http404
    found = [one for one in now.standings(fund) if one.limit.id == rule]
    context = {
        "facts": _facts(limit),
        "note": limit.rule.note,
        "table": _subjects(found),
        "positions": _positions(now, found),
        "chart": _chart(limit),
        "charts": True,
        "empty": Empty(_("Tidak ada yang dihitung di sini"), _("Dana ini tidak memiliki apa pun dari jenis itu.")),
    }
    title = _("{limit}, {fund}").format(limit=limit.rule.title, fund=of_fund(fund, limit.rule.base))
    own = Link(_("Batas {fund}").format(fund=fund_title(fund)), reverse("limits:fund", args=[fund]))
    return screen(request, "limits/limit.html", context, title=title, here="limits:home", above=[above(), own])


def _facts(limit: Limit) -> list[Fact]:
    classes = ", ".join(_(words) for name, words in CLASSES.items() if name in limit.rule.classes)
    found = [
        Fact(_("Batasnya"), limit_words(limit)),
        Fact(_("Yang dihitung"), classes),
        Fact(_("Dasar"), cited(limit.regulation, limit.article)),
        Fact(_("Bukti"), grade_tag(limit)),
        Fact(_("Berlaku sejak"), date(limit.since)),
    ]
    if limit.source:
        found.append(Fact(_("Sumber"), Link(limit.source, limit.source)))
    if limit.board_id is not None:
        own = Link(_("Keputusannya"), reverse("limits:board_limit", args=[limit.board_id]))
        found.append(Fact(_("Batas internal"), own))
    if limit.rule.interpretation:
        found.append(
            Fact(_("Tafsiran"), _("nomor {number} di docs/law/interpretations.md").format(number=limit.rule.interpretation))
        )
    return found


def _subjects(found: list[Standing]) -> Table:
    columns = [
        Column(_("Tentang"), lambda one: subject_words(one.subject_name)),
        Column(_("Sekarang"), lambda one: format_rupiah(one.held_rupiah), number=True),
        Column(_("Bagian"), lambda one: share_words(one.held_rupiah, one.base_rupiah), number=True),
        Column(_("Batas"), lambda one: format_rupiah(one.limit_rupiah), number=True),
        Column(_("Ruang tersisa"), lambda one: format_rupiah(one.room_rupiah), number=True),
        Column(_("Keadaan"), state_tag),
    ]
    return table(_("Yang dihitung terhadap batas ini, hari ini"), columns, found)


def _positions(now: Day, found: list[Standing]) -> Table:
    rows = [(one, held) for one in found for held in now.made_of(one)]
    columns = [
        Column(_("Efek"), lambda row: row[1].security.code),
        Column(_("Nama"), lambda row: row[1].security.name),
        Column(_("Penerbit"), lambda row: row[1].security.issuer_name),
        Column(_("Dana"), lambda row: fund_title(row[1].fund)),
        Column(_("Nilai"), lambda row: format_rupiah(row[1].rupiah), number=True),
        Column(_("Bagian"), lambda row: share_words(row[1].rupiah, row[0].base_rupiah), number=True),
    ]
    return table(_("Kepemilikan yang membentuknya"), columns, rows)


def _chart(limit: Limit) -> Chart | None:
    """The last year's month ends; none where the fund had no investments in it."""
    past = queries.history(limit.fund, limit.id, on=today(), months=MONTHS)
    if not any(one and one.base_rupiah for _when, one in past):
        return None
    rows = [_point(when.isoformat(), one, limit) for when, one in past]
    drawn = [
        {"on": row["on"], "series": name, "percent": row[key]}
        for row in rows
        for name, key in ((_("Bagian"), "share"), (_("Batas"), "limit"))
        if row[key] is not None
    ]  # fmt: skip
    percent = {"field": "percent", "type": "quantitative", "title": None, "axis": {"labelExpr": "datum.label + ' %'"}}
    spec = lines(
        {"field": "on", "type": "temporal", "title": None, "axis": {"format": "%m/%Y", "tickCount": 6}}, percent, "series"
    )
    measures = [
        Measure(_("Tanggal"), "on", lambda value: date(dt.date.fromisoformat(value))),
        Measure(_("Garis"), "series"),
        Measure(_("Persen"), "percent", lambda value: format_percent(round(value * 10_000)), number=True),
    ]  # fmt: skip
    return chart(
        "batas", _("Dua belas akhir bulan terakhir"), spec, measures, drawn,
        text=_("Bagian yang paling dekat ke batasnya, dan batas itu sendiri, pada setiap akhir bulan dan hari ini."),
        source=_("Pembukuan dan harga pemasangan ini"), status="registry", as_of=date(today()),
    )  # fmt: skip


def _point(when: str, one: Standing | None, limit: Limit) -> dict[str, Any]:
    held = one is not None and one.base_rupiah > 0
    return {
        "on": when, "share": one.share_ppm / 10_000 if one is not None and held else None,
        "limit": (one.limit.ppm if one is not None else limit.ppm) / 10_000,
    }  # fmt: skip
