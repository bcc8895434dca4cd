"""The funds beside each other, and every limit of one of them, on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.limits.measure import Standing
from jamsostek.fund.queries import limits as queries
from jamsostek.fund.queries.breaches import NONE, OVERDUE, WAITING, broken_now, overdue_trades
from jamsostek.fund.queries.limits import Day
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.limits.words import (
    TITLE,
    above,
    basis_words,
    cited,
    first_day,
    limit_link,
    share_words,
    short_limit,
    state_tag,
    subject_words,
)
from jamsostek.portal.screens import Column, DateField, Form, Link, Tag, Tile, export, table, today, with_query
from jamsostek.portal.screens.words import date


class DayForm(Form):
    """At the end of which day."""

    on = DateField(label=N_("Keadaan pada"), help_text=N_("Akhir hari itu, menurut pembukuan dan harga terakhir."))


def day_form(request: HttpRequest) -> tuple[DayForm, dt.date]:
    """The form, and the day it asks for: today where nothing, or nothing sensible, was asked."""
    asked = any(name.startswith("on-") for name in request.GET)
    form = DayForm(request.GET if asked else None, initial={"on": today()})
    form.fields["on"].earliest, form.fields["on"].latest = first_day(), today()  # type: ignore[attr-defined]
    return form, form.cleaned_data["on"] if asked and form.is_valid() else today()


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """How far every fund is from its limits today."""
    now = queries.day(today())
    columns = [
        Column(_("Dana"), lambda fund: Link(fund_title(fund), reverse("limits:fund", args=[fund]))),
        Column(_("Investasi"), lambda fund: format_rupiah(_invested(now, fund)), number=True),
        Column(_("Batas yang dilampaui"), lambda fund: _count_tag(len(now.broken(fund)))),
        Column(_("Paling dekat ke batasnya"), lambda fund: _nearest(now, fund)),
    ]
    context = {
        "table": table(_("Setiap dana hari ini"), columns, FUNDS),
        "tiles": _tiles(now),
    }
    return screen(request, "limits/home.html", context, title=_(TITLE), here="limits:home")


def _invested(now: Day, fund: str) -> int:
    return sum(one.rupiah for one in now.held if one.fund == fund)


def _count_tag(count: int) -> Tag:
    return Tag(format_number(count), "bad") if count else Tag(_("tidak ada"), "good")


def _nearest(now: Day, fund: str) -> Any:
    kept = [one for one in now.standings(fund) if not one.broken and one.limit.ppm and one.held_rupiah]
    nearest = max(kept, key=lambda one: (one.used_ppm, one.limit.id), default=None)
    if nearest is None:
        return _("belum ada investasi")
    words = _("{limit}: {used} terpakai")
    return words.format(limit=nearest.limit.rule.title, used=format_percent(nearest.used_ppm // 1_000 * 1_000))


def _tiles(now: Day) -> list[Tile]:
    found = broken_now(now)
    where = reverse("limits:breaches")
    without = sum(one.state in (NONE, WAITING) for one in found)
    late = sum(one.state == OVERDUE for one in found) + overdue_trades(now.on)
    return [
        Tile(_("Batas yang dilampaui"), format_number(len(found)), url=where, tone="bad" if found else "good"),
        Tile(_("Tanpa rencana yang disetujui"), format_number(without), url=where, tone="warn" if without else "good"),
        Tile(_("Rencana lewat tenggat"), format_number(late), url=where, tone="bad" if late else "good"),
    ]


@door(*READERS)
@require_safe
def fund(request: HttpRequest, fund: str) -> HttpResponseBase:
    """Every limit of a fund on a day: what stands nearest to it, and the room left."""
    form, on = day_form(request)
    rows = _nearest_of_each(queries.day(on).standings(fund))
    columns = [
        Column(_("Batas"), limit_link),
        Column(_("Yang terdekat"), lambda one: subject_words(one.subject_name)),
        Column(_("Bagian"), lambda one: share_words(one.held_rupiah, one.base_rupiah), number=True),
        Column(_("Batasnya"), lambda one: short_limit(one.limit)),
        Column(_("Ruang tersisa"), lambda one: format_rupiah(one.room_rupiah), number=True),
        Column(_("Keadaan"), state_tag),
        Column(_("Dasar"), lambda one: basis_words(one.limit)),
    ]
    context = {
        "form": form, "table": table(_("Batas {fund}").format(fund=fund_title(fund)), columns, rows),
        "of": _("Keadaan pada akhir {day}.").format(day=date(on)),
        "export_url": f"{reverse('limits:file', args=[fund])}{with_query(request)}",
        "others": [Link(fund_title(one), reverse("limits:fund", args=[one])) for one in FUNDS if one != fund],
    }  # fmt: skip
    title = _("Batas {fund}").format(fund=fund_title(fund))
    return screen(request, "limits/fund.html", context, title=title, here="limits:home", above=[above()])


def _nearest_of_each(found: list[Standing]) -> list[Standing]:
    """Of each limit the one thing with the least room."""
    by_limit: dict[str, list[Standing]] = {}
    for one in found:
        by_limit.setdefault(one.limit.id, []).append(one)
    told = (queries.tightest(each) for each in by_limit.values())
    return [one for one in told if one is not None]


@door(*READERS)
@require_safe
def download(request: HttpRequest, fund: str) -> HttpResponseBase:
    """Every limit with everything it is about, as a file."""
    _form, on = day_form(request)
    headings = [
        _("Dana"), _("Keadaan pada"), _("Batas"), _("Tentang"), _("Sekarang (rupiah)"), _("Dasar hitung (rupiah)"),
        _("Bagian (ppm)"), _("Batas (ppm)"), _("Batas (rupiah)"), _("Ruang tersisa (rupiah)"), _("Dilampaui"), _("Peraturan"),
        _("Bukti"), _("Sumber"),
    ]  # fmt: skip
    return export(request, f"batas-{fund}", headings, _lines(queries.day(on), fund))


def _lines(of: Day, fund: str) -> Iterator[list[Any]]:
    for one in of.standings(fund):
        limit = one.limit
        yield [
            fund, of.on, limit.rule.title, one.subject_name, one.held_rupiah, one.base_rupiah, one.share_ppm, limit.ppm,
            one.limit_rupiah, one.room_rupiah, _("ya") if one.broken else _("tidak"), cited(limit.regulation, limit.article),
            limit.grade, limit.source,
        ]  # fmt: skip
