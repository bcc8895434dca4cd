"""A register taken into a programme: chosen, judged person by person while the page may be closed, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import candidates as actions
from jamsostek.outreach.models import Intake
from jamsostek.outreach.queries import programmes as queries
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import PLANNERS, READERS, Section
from jamsostek.portal.programmes.rules import sent
from jamsostek.portal.screens import Empty, Fact, Form, Link, Progress, Tag, Tile, done, part, today, url_of, wants_part
from jamsostek.portal.screens.words import date, moment

RUNNING = ("waiting", "judging")


class TakeForm(Form):
    """Which register."""

    register_id = forms.TypedChoiceField(label=N_("Daftar"), coerce=int, widget=forms.RadioSelect)


@door(*PLANNERS)
def take(request: HttpRequest, number: int) -> HttpResponseBase:
    """Among the region's registers that are linked."""
    programme = frame.programme_of(number)
    if not frame.plans(programme.region_code):
        raise not_yours(_("Program di daerah ini bukan wewenang Anda."))
    there = queries.registers_for(programme.region_code)
    linked = {one.pk: one for one, is_linked in there if is_linked}
    if not linked:
        return _none(request, programme, bool(there))
    form = TakeForm(sent(request), initial={"register_id": next(iter(linked)) if len(linked) == 1 else None})
    words = _("{title}, data per {day}, {people} orang")
    form.fields["register_id"].choices = [  # type: ignore[attr-defined]
        (pk, words.format(title=one.title, day=date(one.snapshot_on), people=format_number(one.rows_kept)))
        for pk, one in linked.items()
    ]
    it: Ask[Intake] = Ask(
        title=_("Ambil calon dari daftar"), crumbs=frame.above(frame.link(programme)), yes=_("Ambil dan nilai"),
        about=programme.title, base=frame.BASE,
        text=_("Tiap orang dinilai dengan syarat program. Yang sudah ada tidak diambil dua kali."),
        act=lambda told: actions.take_in(programme_id=programme.pk, register_id=told["register_id"], today=today()),
        facts=lambda told: [
            Fact(_("Daftar"), linked[told["register_id"]].title),
            Fact(_("Data per"), date(linked[told["register_id"]].snapshot_on)),
            Fact(_("Orang di daftar"), format_number(linked[told["register_id"]].rows_kept)),
        ],
        done=lambda row, _told: done(
            request, reverse("programmes:intake", args=[row.pk]), _("Penilaian dimulai. Halaman ini boleh ditutup.")
        ),
    )  # fmt: skip
    return ask(request, form, it)


def _none(request: HttpRequest, programme: Any, there: bool) -> HttpResponseBase:
    registers = url_of("movement:registers")
    way = Link(_("Buka daftar"), registers) if registers else None
    if there:
        empty = Empty(_("Daftar belum dipadankan"), _("Padankan daftar dengan peserta, lalu ambil calonnya."), way)
    else:
        empty = Empty(_("Belum ada daftar"), _("Masukkan daftar orang dan padankan dengan peserta lebih dahulu."), way)
    context = {"sections": [Section(empty=empty)], "about": programme.title}
    return frame.screen(request, context, title=_("Ambil calon dari daftar"), crumbs=frame.above(frame.link(programme)))


@door(*READERS)
@require_safe
def show(request: HttpRequest, intake_id: int) -> HttpResponseBase:
    """How far it is, or what came of it."""
    return _page(request, queries.intake(intake_id))


@door(*READERS)
@require_safe
def state(request: HttpRequest, intake_id: int) -> HttpResponseBase:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    row = queries.intake(intake_id)
    if not wants_part(request):
        return _page(request, row)
    response = part(request, "programmes/state.html", _state(row))
    if request.GET.get("dari") != row.state:
        response["HX-Refresh"] = "true"
    return response


def _state(row: Intake) -> dict[str, Any]:
    words = {
        "waiting": Tag(_("Menunggu giliran"), "info"), "judging": Tag(_("Sedang dinilai"), "info"),
        "done": Tag(_("Selesai"), "good"),
        "failed": Tag(_("Gagal"), "bad"),
    }  # fmt: skip
    running = row.state in RUNNING
    whole = max(row.register.rows_kept, 1)
    text = _("{done} dari {whole} orang sudah dinilai.").format(done=format_number(row.people), whole=format_number(whole))
    return {
        "tag": words[row.state], "running": running, "state": row.state, "progress": Progress(text, row.people, whole),
        "again": reverse("programmes:intake", args=[row.pk]), "poll": reverse("programmes:intake_state", args=[row.pk]),
    }  # fmt: skip


def _page(request: HttpRequest, row: Intake) -> HttpResponseBase:
    counts, programme = row.counts, row.programme
    at = frame.at(programme, "candidates")
    tiles = [
        Tile(_("Dinilai"), format_number(row.people)),
        Tile(_("Diusulkan"), format_number(counts.get("proposed", 0)), url=f"{at}?keadaan=proposed", tone="good"),
        Tile(_("Ditolak"), format_number(counts.get("refused", 0)), url=f"{at}?keadaan=refused"),
        Tile(_("Sudah ada di program"), format_number(counts.get("known", 0))),
    ]
    facts = [
        Fact(_("Daftar"), row.register.title), Fact(_("Data per"), date(row.register.snapshot_on)),
        Fact(_("Dinilai untuk hari"), date(row.on_date)), Fact(_("Dimulai"), f"{name_of(row.made_by)}, {moment(row.made_at)}"),
    ]  # fmt: skip
    if row.finished_at:
        facts.append(Fact(_("Selesai"), moment(row.finished_at)))
    context = {
        **_state(row), "about": programme.title, "tag": None, "notice": row.error,
        "job": _state(row), "sections": [Section(tiles=tiles, facts=facts)],
        "ways": [Link(_("Lihat calon"), at)] if row.state == "done" else [],
    }  # fmt: skip
    return frame.screen(
        request, context, title=_("Pengambilan calon"), crumbs=frame.above(frame.link(programme)),
        template="programmes/job.html", live=row.state in RUNNING,
    )  # fmt: skip
