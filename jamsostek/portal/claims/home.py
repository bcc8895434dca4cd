"""The queue: open claims in their order of service, how long each has by law, who was served before their turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import work
from jamsostek.claims.choices import KINDS, OPEN, STATES, Kind, State
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import cases, desk, signals
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.claims import frame, words
from jamsostek.portal.claims.frame import OFFICERS, READERS
from jamsostek.portal.officer.shown import kpj_words
from jamsostek.portal.screens import Column, Empty, Form, Link, Tile, done, export, paged, table, today, with_query
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.models import Participant

ALL = ("", N_("Semua"))


class FilterForm(Form):
    """What of the queue is shown; asked in the address."""

    keadaan = forms.ChoiceField(label=N_("Keadaan"), choices=[ALL, *((str(one), STATES[one]) for one in OPEN)], required=False)
    jenis = forms.ChoiceField(
        label=N_("Jenis"), choices=[ALL, *((str(k), told.title) for k, told in KINDS.items())], required=False
    )
    wilayah = forms.ChoiceField(label=N_("Wilayah"), required=False)
    lewat = forms.BooleanField(label=N_("Hanya yang lewat hari terakhirnya"), required=False)

    def __init__(self, data: Any, regencies: Sequence[int]) -> None:
        super().__init__(data)
        if len(regencies) > 1:
            names = sorted((regions_name(code), str(code)) for code in regencies)
            self.fields["wilayah"].choices = [("", _("Semua")), *((code, name) for name, code in names)]  # type: ignore[attr-defined]
        else:
            del self.fields["wilayah"]

    def asked(self) -> dict[str, Any]:
        """What holds of it, as the query takes it; nonsense asks for nothing."""
        self.is_valid()
        told = self.cleaned_data
        return {
            "state": State(told["keadaan"]) if told.get("keadaan") else None,
            "kind": Kind(told["jenis"]) if told.get("jenis") else None,
            "regency": int(told["wilayah"]) if told.get("wilayah") else None,
            "late": bool(told.get("lewat")),
        }


def _regencies() -> list[int]:
    return sorted(set(Claim.objects.filter(state__in=OPEN).values_list("regency_code", flat=True)))


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    day, regencies = today(), _regencies()
    form = FilterForm(request.GET, regencies)
    asked = form.asked()
    rows = cases.queue(**asked, today=day)
    found = paged(request, rows, total=rows.count())
    lines = cases.waiting(found.rows, day)
    audit.looked([one.claim.participant_id for one in lines], ("name", "claim"), "daftar klaim")
    narrowed = any(asked.values())
    context = {
        "tiles": _tiles(day),
        "filter": form,
        "narrowed": narrowed,
        "everything": reverse("claims:home"),
        "table": table(_("Klaim menurut urutan layanan"), _columns(lines, day, several=len(regencies) > 1), lines),
        "paged": found,
        "serves": current().may(Can.ASSESS_CLAIM) and desk.next_in_order() is not None,
        "ways": [Link(_("Tanda untuk dilihat"), reverse("claims:signals"))],
        "export_url": f"{reverse('claims:file')}{with_query(request, hal=None)}" if current().may(Can.EXPORT_PEOPLE) else "",
        "empty": _empty(narrowed=narrowed),
    }
    return frame.office_page(request, "claims/home.html", context, title=_("Klaim"), crumbs=frame.first())


def _empty(*, narrowed: bool) -> Empty:
    if narrowed:
        return Empty(_("Tidak ada klaim seperti itu"), _("Ubah saringannya."), Link(_("Semua klaim"), reverse("claims:home")))
    return Empty(_("Tidak ada klaim yang terbuka"), _("Klaim yang masuk tampak di sini menurut urutannya."))


def _tiles(day: dt.date) -> list[Tile]:
    found = cases.counts(day)
    ours = sum(found.by_state.get(state, 0) for state in desk.OURS)
    others = found.by_state.get(State.WAITING, 0)
    here = reverse("claims:home")
    return [
        Tile(_("Menunggu kami"), format_number(ours), _("jam berjalan"), here),
        Tile(_("Menunggu pihak lain"), format_number(others), _("jam berhenti"), f"{here}?keadaan={State.WAITING}"),
        Tile(_("Lewat hari terakhir"), format_number(found.late), "", f"{here}?lewat=on", "bad" if found.late else "good"),
        Tile(
            _("Dilayani mendahului urutan"),
            format_number(found.passed) if found.passed <= cases.MOST_PASSED else f"{format_number(cases.MOST_PASSED)}+",
            _("dalam 30 hari"),
            reverse("claims:passed"),
            "warn" if found.passed else "good",
        ),
    ]


def _columns(lines: Sequence[cases.Waiting], day: dt.date, *, several: bool) -> list[Column]:
    signs = signals.of_claims([one.claim for one in lines], day)

    def look(one: cases.Waiting) -> Link | str:
        count = len(signs.get(one.claim.pk, ()))
        return Link(_("{count} tanda").format(count=count), f"{frame.url('case', one.claim)}#tanda") if count else ""

    place = [Column(_("Wilayah"), lambda one: regions_name(one.claim.regency_code))] if several else []
    return [
        Column(_("Klaim"), lambda one: Link(words.number(one.claim), frame.url("case", one.claim))),
        Column(_("Jenis"), lambda one: one.kind_title),
        Column(_("Peserta"), lambda one: one.name),
        *place,
        Column(_("Dikirim"), lambda one: date(one.claim.submitted_on)),
        Column(_("Keadaan"), lambda one: words.state_tag(one.claim)),
        Column(_("Sisa waktu"), lambda one: words.clock(one.claim, desk.clock(one.claim, day))),
        Column(_("Perlu dilihat"), look),
    ]


@door(*OFFICERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same as a file; taking it is remembered for each person."""
    current().need(Can.EXPORT_PEOPLE)
    day = today()
    rows = cases.waiting(list(cases.queue(**FilterForm(request.GET, _regencies()).asked(), today=day)[:20_000]), day)
    audit.looked([one.claim.participant_id for one in rows], ("name", "kpj", "claim"), "unduh daftar klaim", action="export")
    numbers = dict(Participant.objects.filter(pk__in=[one.claim.participant_id for one in rows]).values_list("pk", "kpj"))
    headings = [
        _("Urutan"),
        _("Nomor klaim"),
        _("Jenis"),
        _("Peserta"),
        _("KPJ"),
        _("Kode wilayah"),
        _("Wilayah"),
        _("Dikirim"),
        _("Keadaan"),
        _("Menunggu"),
        _("Hari terakhir"),
        _("Sisa waktu"),
    ]

    def line(one: cases.Waiting) -> list[Any]:
        claim, told = one.claim, desk.clock(one.claim, day)
        return [
            claim.place,
            words.number(claim),
            one.kind_title,
            one.name,
            kpj_words(numbers.get(claim.participant_id, "")),
            claim.regency_code,
            regions_name(claim.regency_code),
            claim.submitted_on,
            one.state_words,
            words.waiting(claim),
            told.due_on,
            told.left,
        ]

    return export(request, _("klaim"), headings, map(line, rows))


# --- one of them --------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_POST
def find(request: HttpRequest) -> HttpResponseBase:
    """By a claim's number or a participant's: to the claim where there is one, else all. Posted: a KPJ is in no address."""
    rows = desk.find(request.POST.get("klaim", "")[:60])
    if len(rows) == 1:
        return HttpResponseRedirect(frame.url("case", rows[0]))
    audit.looked({one.participant_id for one in rows}, ("name", "claim"), "daftar klaim")
    columns = [
        Column(_("Klaim"), lambda one: Link(words.number(one.claim), frame.url("case", one.claim))),
        Column(_("Jenis"), lambda one: one.kind_title),
        Column(_("Peserta"), lambda one: one.name),
        Column(_("Dikirim"), lambda one: date(one.claim.submitted_on)),
        Column(_("Keadaan"), lambda one: words.state_tag(one.claim)),
    ]
    context = {
        "table": table(_("Klaim yang ditemukan"), columns, cases.waiting(rows, today())),
        "empty": Empty(
            _("Tidak ditemukan di wilayah Anda"),
            _("Tulis nomor klaim, 12 angka, atau nomor peserta (KPJ), 11 angka."),
            Link(_("Semua klaim"), reverse("claims:home")),
        ),
    }
    return frame.office_page(request, "claims/list.html", context, title=_("Cari klaim"))


@door(*OFFICERS)
@require_POST
def following(request: HttpRequest) -> HttpResponseBase:
    """Begins with the first in order that nobody has begun with."""
    claim = desk.next_in_order()
    if claim is None:
        return done(request, "claims:home", _("Tidak ada klaim yang menunggu."))
    work.serve(claim_id=claim.pk, today=today())
    return done(request, frame.url("case", claim), _("Ini klaim berikutnya menurut urutan."))


@door(*READERS)
@require_safe
def passed(request: HttpRequest) -> HttpResponseBase:
    """Claims served while older ones waited, by name of who and when: for all who may look, with no judgement."""
    rows = desk.passed(today())
    found = paged(request, rows, total=len(rows))
    audit.looked({one.claim.participant_id for one in found.rows}, ("name", "claim"), "daftar klaim")
    columns = [
        Column(_("Kapan"), lambda one: date(one.on)),
        Column(_("Klaim"), lambda one: Link(words.number(one.claim), frame.url("case", one.claim))),
        Column(_("Peserta"), lambda one: one.name or NOTHING),
        Column(_("Dilayani oleh"), lambda one: one.who or NOTHING),
        Column(_("Mendahului"), lambda one: _("{count} klaim").format(count=format_number(one.passed)), number=True),
        Column(_("Keadaan"), lambda one: words.state_tag(one.claim)),
    ]
    context = {
        "about": _("Dalam 30 hari terakhir. Ada alasan yang baik, misalnya orang yang sakit berat; yang penting, terlihat."),
        "table": table(_("Dilayani mendahului urutan"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Semua dilayani menurut urutan"), _("Dalam 30 hari terakhir tidak ada yang didahulukan.")),
    }
    return frame.office_page(request, "claims/list.html", context, title=_("Dilayani mendahului urutan"))
