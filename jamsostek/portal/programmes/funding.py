"""Money given: what would happen, by source and village, then done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import funding as actions
from jamsostek.outreach.models import Programme
from jamsostek.outreach.queries import previews
from jamsostek.outreach.queries.previews import Preview
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import PLANNERS, Section
from jamsostek.portal.screens import Column, Empty, Fact, Form, MonthField, Tile, done, paged, table, today


class FundForm(Form):
    """From which month."""

    from_month = MonthField(
        label=N_("Mulai bulan"),
        required=False,
        help_text=N_("Kosong: sejak bulan pertama tiap sumber. Isi bila tahun sudah berjalan."),
    )


@door(*PLANNERS)
def fund(request: HttpRequest, number: int) -> HttpResponseBase:
    """The look before, on the same page as the yes."""
    programme = frame.programme_of(number)
    if not frame.plans(programme.region_code):
        raise not_yours(_("Program di daerah ini bukan wewenang Anda."))
    form = FundForm(request.POST if request.method == "POST" else None)
    month = form.cleaned_data["from_month"] if form.is_bound and form.is_valid() else None
    problem = ""
    seen = request.POST.get("dilihat") == str(month or "")
    if form.is_bound and form.is_valid() and step_of(request) == "simpan" and not seen:
        problem = _("Bulannya berubah sejak dihitung. Periksa angkanya, lalu danai.")
    elif form.is_bound and form.is_valid() and step_of(request) == "simpan":
        try:
            given = actions.fund(programme_id=programme.pk, today=today(), from_month=month)
        except InputError as error:
            problem = str(error)
        else:
            words = _("{funded} orang didanai dengan {rupiah}; {waiting} orang menunggu.")
            text = words.format(
                funded=format_number(given.funded), rupiah=format_rupiah(given.rupiah),
                waiting=format_number(given.waiting + given.elsewhere),
            )  # fmt: skip
            return done(request, frame.at(programme, "money"), text)
    would = previews.preview(programme, month)
    places = paged(request, list(would.villages.items()))
    context = {
        "form": form,
        "seen": str(month or ""),
        "able": bool(would.funded + would.waiting + would.elsewhere) and programme.state == "open",
        "back": frame.at(programme, "money"),
        "notice": problem
        or ("" if programme.state == "open" else _("Program ini belum dibuka, jadi belum ada yang dapat didanai.")),
        "sections": _sections(programme, would, places.rows),
        "paged": places,
        "about": programme.title,
    }
    return frame.screen(
        request, context, title=_("Danai calon"), crumbs=frame.above(frame.link(programme)), template="programmes/fund.html",
        status=409 if problem else 200,
    )  # fmt: skip


def _sections(programme: Programme, would: Preview, places: Sequence[Any]) -> list[Section]:
    names = frame.village_names(programme.region_code)
    columns = [
        Column(_("Sumber"), lambda one: one.title),
        frame.count_column(_("Orang"), lambda one: one.people),
        Column(_("Seorang"), lambda one: format_rupiah(one.each_rupiah), number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Sisa sesudahnya"), lambda one: format_rupiah(one.left_rupiah), number=True),
    ]
    by_village = [
        Column(_("Desa"), lambda row: frame.village_words(row[0], names)),
        frame.count_column(_("Didanai"), lambda row: row[1][0]),
        frame.count_column(_("Menunggu"), lambda row: row[1][1]),
    ]
    return [
        Section(
            _("Yang akan terjadi"),
            _("Urutannya menurut aturan prioritas: yang nilainya tertinggi lebih dahulu. Belum ada yang dicatat."),
            tiles=[
                Tile(_("Didanai"), format_number(would.funded), tone="good"),
                Tile(_("Menunggu dana atau kuota"), format_number(would.waiting), tone="warn"),
                Tile(_("Sudah dibayari program lain"), format_number(would.elsewhere)),
            ],
            facts=[Fact(_("Biaya"), format_rupiah(would.rupiah))],
        ),
        Section(
            table=table(_("Menurut sumber"), columns, would.sources) if would.sources else None,
            empty=Empty(_("Belum ada sumber dana"), _("Tulis sumber dananya lebih dahulu.")),
        ),
        Section(
            table=table(_("Menurut desa"), by_village, places) if places else None,
            empty=Empty(_("Tidak ada yang disahkan"), _("Sahkan lebih dahulu yang memenuhi semua syarat.")),
        ),
    ]  # fmt: skip
