"""Lists as annex to a decree: prepared, read by village, withdrawn, approved by another, enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import decrees as actions
from jamsostek.outreach.models import Candidate, Decree
from jamsostek.outreach.queries import candidates as people
from jamsostek.outreach.queries import lists, papers
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.lists import Listed
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import HEADS, PLANNERS, READERS, Section
from jamsostek.portal.programmes.rules import SEXES, sent
from jamsostek.portal.programmes.words import reason_words
from jamsostek.portal.screens import (
    Column,
    Empty,
    Fact,
    Form,
    Link,
    Progress,
    Tile,
    done,
    paged,
    part,
    table,
    today,
    wants_part,
)
from jamsostek.portal.screens.export import XLSX
from jamsostek.portal.screens.words import date, moment

RUNNING = ("approved", "enrolling")
LOOKED = "lampiran keputusan"


@door(*READERS)
@require_safe
def listing(request: HttpRequest, number: int) -> HttpResponseBase:
    """All lists of a programme."""
    programme = frame.programme_of(number)
    (figures,) = queries.shown([programme])
    rows = queries.decrees_of(programme)
    columns = [
        Column(_("Lampiran"), lambda one: Link(one.title, reverse("programmes:decree", args=[one.code]))),
        Column(_("Nomor keputusan"), lambda one: one.number or "–"),
        Column(_("Keadaan"), frame.decree_tag),
        frame.count_column(_("Orang"), lambda one: one.people),
        frame.count_column(_("Jumlah desa"), lambda one: one.villages),
        Column(_("Rupiah"), lambda one: format_rupiah(one.rupiah), number=True),
        frame.count_column(_("Terdaftar"), lambda one: one.enrolled),
    ]
    able = frame.plans(programme.region_code) and programme.state == "open" and figures.unlisted
    context = {
        "tabs": frame.programme_tabs(programme, "decrees"),
        "ways": [Link(_("Siapkan lampiran"), frame.at(programme, "decree_prepare"))] if able else [],
        "sections": [
            Section(
                text=_("{count} orang sudah didanai dan belum ada di lampiran mana pun.").format(
                    count=format_number(figures.unlisted)
                )
                if figures.unlisted
                else "",
                table=table(_("Lampiran keputusan"), columns, rows),
                empty=Empty(_("Belum ada lampiran"), _("Danai calon lebih dahulu, lalu siapkan lampirannya.")),
            )
        ],
    }
    title = _("Lampiran: {title}").format(title=programme.title)
    return frame.screen(request, context, title=title, crumbs=frame.above(frame.link(programme)))


class PrepareForm(Form):
    """What the list is called."""

    title = forms.CharField(label=N_("Nama lampiran"), max_length=120, help_text=N_("Misalnya: Lampiran I Keputusan Bupati."))


@door(*PLANNERS)
def prepare(request: HttpRequest, number: int) -> HttpResponseBase:
    """Of everybody funded who stands on none yet."""
    programme = frame.programme_of(number)
    if not frame.plans(programme.region_code):
        raise not_yours(_("Program di daerah ini bukan wewenang Anda."))
    (figures,) = queries.shown([programme])
    it: Ask[Decree] = Ask(
        title=_("Siapkan lampiran"), crumbs=frame.above(frame.link(programme)), yes=_("Siapkan lampiran"), about=programme.title,
        base=frame.BASE, text=_("Yang menyiapkan lampiran tidak dapat menyetujuinya."),
        act=lambda told: actions.prepare(programme_id=programme.pk, title=told["title"], today=today()),
        facts=lambda told: [Fact(_("Nama lampiran"), told["title"]), Fact(_("Orang"), format_number(figures.unlisted))],
        done=lambda row, _told: done(request, url_of_decree(row), _("Lampiran disiapkan.")),
    )  # fmt: skip
    return ask(request, PrepareForm(sent(request)), it)


def url_of_decree(row: Decree) -> str:
    """A list's page."""
    return reverse("programmes:decree", args=[row.code])


def above(row: Decree, *more: Link) -> list[Link]:
    """The pages above one of a list."""
    programme = row.programme
    return frame.above(frame.link(programme), Link(_("Lampiran"), frame.at(programme, "decrees")), *more)


@door(*READERS)
@require_safe
def show(request: HttpRequest, decree_code: int) -> HttpResponseBase:
    """One list: by village, how far it is, who lapsed and why."""
    return _page(request, queries.decree(decree_code))


@door(*READERS)
@require_safe
def state(request: HttpRequest, decree_code: int) -> HttpResponseBase:
    """How far it is, for a page that looks again by itself."""
    row = queries.decree(decree_code)
    if not wants_part(request):
        return _page(request, row)
    response = part(request, "programmes/state.html", _state(row))
    if request.GET.get("dari") != row.state:
        response["HX-Refresh"] = "true"
    return response


def _state(row: Decree) -> dict[str, Any]:
    ready = row.enrolled + row.lapsed
    text = _("{done} dari {whole} orang sudah diproses.").format(done=format_number(ready), whole=format_number(row.people))
    return {
        "tag": frame.decree_tag(row), "running": row.state in RUNNING, "state": row.state,
        "progress": Progress(text, ready, row.people), "again": url_of_decree(row),
        "poll": reverse("programmes:decree_state", args=[row.code]),
    }  # fmt: skip


def _page(request: HttpRequest, row: Decree) -> HttpResponseBase:
    region = row.programme.region_code
    ways = []
    if row.state == "prepared" and frame.decides(region):
        ways.append(Link(_("Setujui"), reverse("programmes:decree_approve", args=[row.code])))
    if frame.plans(region):
        ways.append(Link(_("Unduh PDF, NIK ditutup"), reverse("programmes:decree_paper", args=[row.code])))
        ways.append(Link(_("Unduh Excel, NIK utuh"), reverse("programmes:decree_book", args=[row.code])))
    if frame.plans(region) and row.state == "enrolled":
        ways.append(Link(_("Cetak kartu untuk dibagikan"), reverse("programmes:decree_cards", args=[row.code])))
    if row.state == "prepared" and frame.plans(region):
        ways.append(Link(_("Tarik lampiran"), reverse("programmes:decree_withdraw", args=[row.code])))
    gone = queries.left_out(row)
    villages = paged(request, lists.villages_of(row))
    columns = [Column(_("Alasan"), lambda one: reason_words(one[0])), frame.count_column(_("Orang"), lambda one: one[1])]
    context = {
        "about": row.programme.title,
        "job": _state(row),
        "notice": row.error,
        "ways": ways,
        "sections": [
            Section(tiles=_tiles(row)),
            Section(facts=_facts(row)),
            *([Section(_("Yang tidak jadi atau berhenti"), table=table(_("Alasannya"), columns, gone))] if gone else []),
            Section(_("Menurut desa"), table=_villages(row, villages.rows)),
        ],
        "paged": villages,
    }
    return frame.screen(
        request, context, title=row.title, crumbs=above(row), template="programmes/job.html", live=row.state in RUNNING
    )


@door(*PLANNERS)
@require_safe
def paper(request: HttpRequest, decree_code: int) -> HttpResponseBase:
    """The annex to hang up: NIK are masked."""
    row = planned(decree_code)
    return _file(papers.annex_pdf(row, today()), f"lampiran-{row.code}.pdf", "application/pdf")


@door(*PLANNERS)
@require_safe
def book(request: HttpRequest, decree_code: int) -> HttpResponseBase:
    """The annex to check identity cards with: a sheet for each village, NIK whole; taking it is remembered."""
    row = planned(decree_code)
    return _file(papers.annex_xlsx(row), f"lampiran-{row.code}.xlsx", XLSX)


def planned(decree_code: int) -> Decree:
    """A list of a region whoever looks plans for. Raises `Refused`."""
    row = queries.decree(decree_code)
    if not frame.plans(row.programme.region_code):
        raise not_yours(_("Program di daerah ini bukan wewenang Anda."))
    return row


def _file(content: bytes, name: str, media: str) -> HttpResponse:
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _tiles(row: Decree) -> list[Tile]:
    return [
        Tile(_("Orang"), format_number(row.people)), Tile(_("Jumlah desa"), format_number(row.villages)),
        Tile(_("Terdaftar"), format_number(row.enrolled), tone="good"),
        Tile(_("Tidak jadi"), format_number(row.lapsed), tone="warn" if row.lapsed else "plain"),
    ]  # fmt: skip


def _facts(row: Decree) -> list[Fact]:
    facts = [
        Fact(_("Kode lampiran"), str(row.code)),
        Fact(_("Rupiah"), format_rupiah(row.rupiah)),
        Fact(_("Disiapkan"), f"{date(row.prepared_on)}, {name_of(row.prepared_by)}"),
        Fact(_("Sidik lampiran"), row.digest[:16]),
    ]
    if row.approved_on:
        facts += [
            Fact(_("Nomor keputusan"), row.number),
            Fact(_("Disetujui"), f"{date(row.approved_on)}, {name_of(row.approved_by)}"),
        ]
    return [*facts, Fact(_("Selesai"), moment(row.finished_at))] if row.finished_at else facts


def _villages(row: Decree, counts: Sequence[tuple[int, int, int]]) -> Any:
    names = frame.village_names(row.programme.region_code)

    def place(one: tuple[int, int, int]) -> Link:
        return Link(frame.village_words(one[0], names), reverse("programmes:decree_village", args=[row.code, one[0]]))

    columns = [
        Column(_("Desa"), place), frame.count_column(_("Orang"), lambda one: one[1]),
        Column(_("Rupiah"), lambda one: format_rupiah(one[2]), number=True),
    ]  # fmt: skip
    return table(_("Orang tiap desa"), columns, counts)


@door(*READERS)
@require_safe
def village(request: HttpRequest, decree_code: int, village: int) -> HttpResponseBase:
    """Who stands on it in one village; numbers starred."""
    row = queries.decree(decree_code)
    names = frame.village_names(row.programme.region_code)
    rows = lists.listed(row, village or None) if village else [one for one in lists.listed(row) if not one.village_code]
    found = paged(request, rows)
    people.looked(
        Candidate.objects.filter(pk__in=[one.candidate_id for one in found.rows]).only("pk"), ("name", "nik", "state"), LOOKED
    )

    def whom(one: Listed) -> Link:
        name = one.name or _("Calon {number}").format(number=one.candidate_id)
        return Link(name, reverse("programmes:candidate", args=[one.candidate_id]))

    columns = [
        Column(_("Nomor"), lambda one: format_number(one.number)),
        Column(_("Nama"), whom),
        Column(_("NIK"), lambda one: one.masked or "–"),
        Column(_("Jenis kelamin"), lambda one: _(SEXES[one.sex]) if one.sex else "–"),
        Column(_("Pekerjaan"), lambda one: _(one.occupation) if one.occupation else "–"),
        Column(_("Bulan"), lambda one: frame.months_words(one.from_month, one.to_month)),
        Column(_("Rupiah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Keadaan"), lambda one: frame.state_tag(one.state)),
    ]
    context = {
        "about": row.title,
        "sections": [
            Section(
                table=table(_("Yang tercantum"), columns, found.rows),
                empty=Empty(_("Tidak ada orang di desa ini"), _("Pilih desa lain dari lampirannya.")),
            )
        ],
        "paged": found,
    }
    return frame.screen(
        request, context, title=frame.village_words(village, names), crumbs=above(row, Link(row.title, url_of_decree(row)))
    )


class NumberForm(Form):
    """The decree's own number."""

    number = forms.CharField(label=N_("Nomor keputusan"), max_length=80, help_text=N_("Misalnya: 188.45/12/2027."))


@door(*HEADS)
def approve(request: HttpRequest, decree_code: int) -> HttpResponseBase:
    """By another than who prepared it; everybody on it is then enrolled."""
    row = queries.decree(decree_code)
    it: Ask[Decree] = Ask(
        title=_("Setujui lampiran"), crumbs=above(row, Link(row.title, url_of_decree(row))), yes=_("Setujui dan daftarkan"),
        about=row.title, base=frame.BASE,
        text=_("Semua orang di lampiran ini lalu didaftarkan dan dilindungi. Ini tidak dapat dibatalkan."),
        danger=True, act=lambda told: actions.approve(decree_id=row.pk, number=told["number"], today=today()),
        facts=lambda told: [
            Fact(_("Nomor keputusan"), told["number"]), Fact(_("Orang"), format_number(row.people)),
            Fact(_("Jumlah desa"), format_number(row.villages)), Fact(_("Rupiah"), format_rupiah(row.rupiah)),
        ],
        done=lambda kept, _told: done(request, url_of_decree(kept), _("Lampiran disetujui. Pendaftaran berjalan sendiri.")),
    )  # fmt: skip
    return ask(request, NumberForm(sent(request)), it)


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


@door(*PLANNERS)
def withdraw(request: HttpRequest, decree_code: int) -> HttpResponseBase:
    """Before it is approved; its people may stand on another."""
    row = queries.decree(decree_code)
    it: Ask[Decree] = Ask(
        title=_("Tarik lampiran"), crumbs=above(row, Link(row.title, url_of_decree(row))), yes=_("Tarik lampiran"),
        about=row.title, base=frame.BASE, danger=True,
        text=_("Orang-orangnya tetap didanai dan dapat dicantumkan di lampiran lain."),
        act=lambda told: actions.withdraw(decree_id=row.pk, reason=told["reason"]),
        facts=lambda told: [Fact(_("Orang"), format_number(row.people)), Fact(_("Alasan"), told["reason"])],
        done=lambda kept, _told: done(request, url_of_decree(kept), _("Lampiran ditarik.")),
    )  # fmt: skip
    return ask(request, WhyForm(sent(request)), it)
