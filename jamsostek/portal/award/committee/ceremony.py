"""The list for the ceremony: who comes up for what, in the order of the edition; as a page, PDF and workbook."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.awards.choices import LEVELS
from jamsostek.awards.edition import told
from jamsostek.awards.outcome import winners_in
from jamsostek.awards.queries import results as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.rights import runs
from jamsostek.core.text import _, language
from jamsostek.messages.report.draw import Grid, Paper, draw_report_pdf
from jamsostek.portal.award.committee.results import above
from jamsostek.portal.award.committee.told import title_of
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.award.shown import area_words, rank_words
from jamsostek.portal.screens import Column, Empty, Link, export, paged, table
from jamsostek.portal.screens.words import NOTHING, date, moment


def lines(of: Standing) -> list[list[str]]:
    """Level, contest, rank, who, prize; contests without a winner are told. The last rank comes up first."""
    order = list(of.says.categories)
    rows = [row for row in queries.decided(of.id) if runs(*queries.place_of(row.level, row.area))]
    rows.sort(key=lambda row: (row.level, row.area, order.index(row.category) if row.category in order else len(order)))
    found = []
    for row in rows:
        category = of.says.categories.get(row.category)
        where = [
            f"{_(LEVELS[row.level])}, {area_words(of.says, row.level, row.area)}", category.name if category else row.category
        ]  # fmt: skip
        winners = winners_in(row.said)
        prizes = category.stage(row.level).prizes if category else ()
        for place in reversed(winners):
            prize = told(prizes[place["place"] - 1]) if place["place"] <= len(prizes) else NOTHING
            found.append([*where, rank_words(place, row.said["rows"]), place["name"], prize])
        if not winners:
            found.append([*where, NOTHING, _("tidak ada pemenang"), NOTHING])
    return found


def heads() -> list[str]:
    """The columns."""
    return [_("Tingkat"), _("Kategori"), _("Peringkat"), _("Penerima"), _("Hadiah")]


def _cell(at: int, row: list[str]) -> str:
    return row[at]


@door(*COMMITTEE)
@require_safe
def show(request: HttpRequest, edition: str) -> HttpResponseBase:
    """The list, or with `?bentuk=` as a file."""
    of = edition_of(edition)
    found = lines(of)
    if request.GET.get("bentuk"):
        note = sample_words(of)
        return export(request, f"{_('acara-paritrana')}-{of.code}", [*heads(), _("Keterangan")], ([*row, note] for row in found))
    shown = paged(request, found, total=len(found))
    titles = heads()
    columns = [Column(titles[at], partial(_cell, at)) for at in (3, 0, 1, 2, 4)]
    context = {
        "sample": sample_words(of), "paged": shown,
        "about": _("Penyerahan: {day}").format(day=date(of.says.ceremony_on)) if of.says.ceremony_on else "",
        "table": table(_("Urutan naik ke panggung"), columns, shown.rows),
        "empty": Empty(_("Belum ada hasil yang diputuskan"), _("Penerima tampak di sini sesudah hasilnya diputuskan.")),
        "ways": [Link(_("Unduh PDF"), reverse("award_committee:ceremony_pdf", args=[of.code]))] if found else [],
        "export_url": "?" if found else "",
    }  # fmt: skip
    title = _("Daftar acara {name}").format(name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here="award_committee:home", above=above(of))


@door(*COMMITTEE)
@require_safe
def paper(request: HttpRequest, edition: str) -> HttpResponseBase:
    """The list on paper."""
    of = edition_of(edition)
    now = timezone.now()
    rows: list[Any] = lines(of)
    day = date(of.says.ceremony_on) if of.says.ceremony_on else _("hari belum ditetapkan")
    grid = Grid(_("Urutan naik ke panggung"), heads(), rows, numbers=())
    notes = [sample_words(of)] if of.says.invented else []
    made = draw_report_pdf(
        Paper(
            language(), _("Daftar acara {name}").format(name=title_of(of)), day, now, notes, [grid],
            [_("Dibuat {moment}").format(moment=moment(now)), *notes],
        )
    )  # fmt: skip
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="acara-{of.code}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
