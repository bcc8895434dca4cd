"""Candidates of a programme: a list with filters, a file for whoever sent the register, everybody verified who meets all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach import eligibility
from jamsostek.outreach.actions import candidates as actions
from jamsostek.outreach.models import Candidate, Programme
from jamsostek.outreach.queries import candidates as people
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.candidates import Wanted
from jamsostek.outreach.queries.programmes import BY_HAND, STATES
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.officer.shown import asked_in
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import PLANNERS, READERS, Section
from jamsostek.portal.programmes.rules import SEXES, YesForm, sent
from jamsostek.portal.programmes.words import occupation_words, reason_words
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, done, export, paged, table, today, with_query
from jamsostek.portal.screens.words import date
from jamsostek.registry import occupations

CONDITIONS = [(one.key, one.title) for one in eligibility.CONDITIONS]


class FilterForm(Form):
    """What the list is narrowed to."""

    keadaan = forms.ChoiceField(label=N_("Keadaan"), required=False, choices=[("", N_("Semua")), *STATES.items()])
    desa = forms.ChoiceField(label=N_("Desa"), required=False)
    belum = forms.ChoiceField(label=N_("Yang belum diketahui"), required=False, choices=[("", N_("Semua")), *CONDITIONS])
    sebab = forms.ChoiceField(
        label=N_("Syarat yang tidak terpenuhi"), required=False,
        choices=[("", N_("Semua")), *CONDITIONS, (BY_HAND, N_("Alasan yang ditulis petugas"))],
    )  # fmt: skip
    kerja = forms.ChoiceField(
        label=N_("Pekerjaan"), required=False,
        choices=[("", N_("Semua")), *((key, one.title) for key, one in occupations.BY_KEY.items())],
    )  # fmt: skip
    kelamin = forms.ChoiceField(label=N_("Jenis kelamin"), required=False, choices=[("", N_("Semua")), *SEXES.items()])
    cari = forms.CharField(label=N_("Sebagian nama"), required=False, max_length=60)
    needed = ("keadaan", "desa", "belum", "sebab", "kerja", "kelamin", "cari")

    def __init__(self, villages: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desa"].choices = [("", _("Semua")), *villages]  # type: ignore[attr-defined]


def _wanted(form: FilterForm) -> Wanted:
    told = form.cleaned_data if form.is_valid() else {}
    village = told.get("desa", "")
    return Wanted(
        told.get("keadaan", ""), int(village) if village else None, told.get("belum", ""), told.get("sebab", ""),
        told.get("kerja", ""), told.get("kelamin", ""), asked_in(told.get("cari", "")),
    )  # fmt: skip


def _form(request: HttpRequest, programme: Programme) -> FilterForm:
    names = frame.village_names(programme.region_code)
    there = [one.code for one in queries.by_village(programme) if one.people]
    villages = sorted(((str(code), frame.village_words(code, names)) for code in there), key=lambda one: one[1])
    return FilterForm(villages, request.GET)


@door(*READERS)
@require_safe
def listing(request: HttpRequest, number: int) -> HttpResponseBase:
    """In the order of the rule."""
    programme = frame.programme_of(number)
    form = _form(request, programme)
    wanted = _wanted(form)
    found = paged(request, people.listed(programme, wanted))
    people.looked(found.rows, ("name", "state"), "daftar calon")
    (figures,) = queries.shown([programme])
    context = {
        "tabs": frame.programme_tabs(programme, "candidates"),
        "filters": form,
        "filtered": wanted != Wanted(),
        "clear": request.path,
        "ways": _ways(programme, figures.ready),
        "sections": [
            Section(
                table=table(_("Calon penerima"), _columns(programme, wanted), found.rows),
                empty=Empty(_("Tidak ada yang cocok"), _("Longgarkan saringannya, atau ambil daftar lebih dahulu.")),
            )
        ],
        "paged": found,
        "export_url": f"{frame.at(programme, 'candidates_file')}{with_query(request, hal=None)}" if found.rows else "",
    }
    return frame.screen(
        request, context, title=_("Calon: {title}").format(title=programme.title), crumbs=frame.above(frame.link(programme)),
        template="programmes/candidates.html",
    )  # fmt: skip


def _ways(programme: Programme, ready: int) -> list[Link]:
    if not frame.plans(programme.region_code) or programme.state == "closed":
        return []
    verify = _("Sahkan {count} orang yang memenuhi semua syarat").format(count=format_number(ready))
    again = Link(_("Nilai ulang yang diusulkan"), frame.at(programme, "judge"))
    return [*([Link(verify, frame.at(programme, "verify_all"))] if ready else []), again]


def _columns(programme: Programme, wanted: Wanted) -> list[Column]:
    names = frame.village_names(programme.region_code)
    return [
        Column(_("Nama"), frame.candidate_link),
        Column(_("Desa"), lambda one: frame.village_words(one.village_code, names)),
        Column(_("Pekerjaan"), occupation_words),
        Column(_("Skor"), lambda one: format_number(one.points), number=True),
        Column(_("Keadaan"), lambda one: frame.state_tag(one.state)),
        Column(_("Catatan"), remark),
    ]


def remark(row: Candidate) -> str:
    """Why somebody is where they are, or what is still asked."""
    if row.state == "proposed":
        asked = [_(frame.CONDITIONS[key].title) for key in people.unknown_of(row)]
        return _("Belum diketahui: {names}").format(names=", ".join(asked)) if asked else _("Memenuhi semua syarat")
    if row.state in ("funded", "enrolled"):
        return frame.months_words(row.from_month, row.to_month)
    return reason_words(row.reason)


@door(*READERS)
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """With the reason of each, for whoever sent the register."""
    programme = frame.programme_of(number)
    rows = people.listed(programme, _wanted(_form(request, programme)))
    names = frame.village_names(programme.region_code)
    audit.record("export", "programme", programme.pk, fields=("name", "state"), reason="unduh daftar calon")
    headings = [
        _("Baris di daftar"), _("Nama"), _("Desa"), _("Tanggal lahir"), _("Pekerjaan"), _("Skor"), _("Keadaan"), _("Sejak"),
        _("Catatan"),
    ]  # fmt: skip
    lines = (
        [
            one.person.row_number if one.person else None, frame.name_of(one), frame.village_words(one.village_code, names),
            one.person.birth_date if one.person else None, occupation_words(one), one.points, _(STATES[one.state]), one.state_on,
            remark(one),
        ]
        for one in rows.iterator(chunk_size=2_000)
    )  # fmt: skip
    return export(request, f"{_('calon')}-{programme.number}", headings, lines)


# --- everybody at once -------------------------------------------------------------------------------------------------------


def _planned(number: int) -> Programme:
    programme = frame.programme_of(number)
    if not frame.plans(programme.region_code):
        raise not_yours(_("Program di daerah ini bukan wewenang Anda."))
    return programme


@door(*PLANNERS)
def verify(request: HttpRequest, number: int) -> HttpResponseBase:
    """All who meet every condition."""
    programme = _planned(number)
    (figures,) = queries.shown([programme])
    it: Ask[int] = Ask(
        title=_("Sahkan yang memenuhi semua syarat"), crumbs=frame.above(frame.link(programme)), yes=_("Sahkan"),
        about=programme.title, base=frame.BASE,
        text=_("Yang masih ada pertanyaannya tidak ikut disahkan; desanya menjawab lebih dahulu."),
        act=lambda _told: actions.verify(programme_id=programme.pk, today=today()),
        facts=lambda _told: [
            Fact(_("Memenuhi semua syarat"), frame.people_words(figures.ready)),
            Fact(_("Masih ada yang ditanyakan"), frame.people_words(figures.unclear)),
        ],
        done=lambda count, _told: done(
            request, frame.at(programme), _("{count} orang disahkan.").format(count=format_number(count))
        ),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


@door(*PLANNERS)
def judge(request: HttpRequest, number: int) -> HttpResponseBase:
    """Everybody proposed anew: after answers about pairs, another linkage, or time."""
    programme = _planned(number)
    (figures,) = queries.shown([programme])
    it: Ask[dict[str, int]] = Ask(
        title=_("Nilai ulang yang diusulkan"), crumbs=frame.above(frame.link(programme)), yes=_("Nilai ulang"),
        about=programme.title, base=frame.BASE,
        text=_("Gunakan sesudah pertanyaan pemadanan dijawab, atau sesudah waktu berlalu. Jawaban desa tetap dipakai."),
        act=lambda _told: actions.judge_again(programme_id=programme.pk, today=today()),
        facts=lambda _told: [
            Fact(_("Diusulkan"), frame.people_words(figures.people.get("proposed", 0))),
            Fact(_("Dinilai untuk hari"), date(today())),
        ],
        done=lambda counts, _told: done(
            request, reverse("programmes:candidates", args=[programme.number]),
            _("{proposed} orang tetap diajukan, {refused} ditolak.").format(
                proposed=format_number(counts.get("proposed", 0)), refused=format_number(counts.get("refused", 0))
            ),
        ),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)
