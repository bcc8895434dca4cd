"""A region's own register of regulations: what waits, entering with the paper, confirming, taking off, ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import regulations as actions
from jamsostek.outreach.actions.regulations import NewRegulation
from jamsostek.outreach.models import Regulation
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.strategy import KINDS, PDF_BYTES, SETTLES, RegulationState
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.strategy import frame
from jamsostek.portal.strategy.frame import HEADS, PLANNERS, SEERS, Deed, YesForm, deed, sent
from jamsostek.portal.strategy.rules import facts_of, paper_of
from jamsostek.portal.templatetags.words import regions_name


@door(*SEERS)
@require_safe
def listing(request: HttpRequest, region: int) -> HttpResponseBase:
    """All of a region, those that wait on top."""
    found = paged(request, queries.regulations_here(frame.seen(region)))
    columns = [
        Column(_("Peraturan"), lambda one: Link(frame.kind_words(one), reverse("strategy:regulation", args=[one.code]))),
        Column(_("Tentang"), lambda one: one.title),
        Column(_("Berlaku"), frame.force_words),
        Column(_("Keadaan"), frame.regulation_tag),
    ]
    way = Link(_("Catat peraturan"), reverse("strategy:regulation_new", args=[region]))
    may = frame.may(Can.PLAN_MOVEMENT, region)
    context = {
        "about": regions_name(region), "parts": frame.tabs(region, "regulations"),
        "table": table(_("Peraturan, yang menunggu di atas"), columns, found.rows), "paged": found,
        "empty": Empty(_("Belum ada peraturan"), _("Catat peraturan daerah ini dengan naskahnya."), way if may else None),
        "ways": [way] if may and found.rows else [],
    }  # fmt: skip
    return frame.screen(request, "list.html", context, title=_("Peraturan"), crumbs=frame.above(request, region))


def _crumbs(request: HttpRequest, row: Regulation, *more: Link) -> list[Link]:
    listed = Link(_("Peraturan"), reverse("strategy:regulations", args=[row.region_code]))
    return frame.above(request, row.region_code, listed, *more)


@door(*SEERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """One of a region, with what may be done about it."""
    row = _seen(number)
    names = queries.names([row.entered_by, row.confirmed_by, row.ending_by])
    facts = [*facts_of(row), Fact(_("Dicatat"), _by(names, row.entered_by, date(row.entered_on)))]
    if row.confirmed_on is not None:
        facts.append(Fact(_("Disahkan di daftar"), _by(names, row.confirmed_by, date(row.confirmed_on))))
    if row.ending_on is not None and row.in_force_until is None:
        facts.append(Fact(_("Akhir berlaku, menunggu disahkan"), _by(names, row.ending_by, date(row.ending_on))))
        facts.append(Fact(_("Alasan"), row.ending_reason))
    if row.reason:
        facts.append(Fact(_("Alasan ditarik"), row.reason))
    context = {
        "tag": frame.regulation_tag(row), "about": row.title, "facts": facts, "ways": _ways(row),
        "notice": _notice(row),
    }  # fmt: skip
    return frame.screen(request, "thing.html", context, title=frame.kind_words(row), crumbs=_crumbs(request, row))


def _seen(number: int) -> Regulation:
    row = queries.regulation(number)
    frame.seen(row.region_code)
    return row


def _by(names: dict[int, str], user_id: int | None, when: str) -> str:
    name = names.get(user_id or 0, "")
    return f"{name}, {when}" if name else when


def _notice(row: Regulation) -> str:
    mine = row.entered_by == current().user_id
    if row.state == RegulationState.ENTERED and mine:
        return _("Anda yang mencatat, jadi orang lain yang mengesahkan.")
    return ""


def _ways(row: Regulation) -> list[Link]:
    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"strategy:regulation_{name}", args=[row.code]))

    plans, approves = frame.may(Can.PLAN_MOVEMENT, row.region_code), frame.may(Can.APPROVE_MOVEMENT, row.region_code)
    me, ways = current().user_id, []
    ways.append(way(_("Lihat naskah"), "paper"))
    if row.state == RegulationState.ENTERED:
        ways += [way(_("Sahkan"), "confirm")] if approves and row.entered_by != me else []
        ways += [way(_("Tarik"), "withdraw")] if plans else []
    if row.state == RegulationState.CONFIRMED:
        if row.in_force_until is None:
            ways += [way(_("Catat akhir berlaku"), "end")] if plans else []
            ways += [way(_("Sahkan akhir berlaku"), "ended")] if approves and row.ending_on and row.ending_by != me else []
        ways += [way(_("Tarik"), "withdraw")] if approves and row.replaces_id is None else []
        ways.append(Link(_("Halaman untuk umum"), reverse("rules:show", args=[row.code])))
    return ways


@door(*SEERS)
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Its paper, also while it waits."""
    return paper_of(_seen(number))


# --- writing ----------------------------------------------------------------------------------------------------------------


class RegulationForm(Form):
    """A regulation as it stands in its paper."""

    kind = forms.ChoiceField(label=N_("Jenis"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    number = forms.CharField(label=N_("Nomor"), max_length=60, help_text=N_("Tanpa tahun, misalnya 12."))
    year = forms.IntegerField(label=N_("Tahun"), min_value=actions.FIRST_YEAR, max_value=2100)
    title = forms.CharField(label=N_("Tentang"), max_length=300)
    signed_on = DateField(label=N_("Tanggal ditandatangani"))
    settles = forms.MultipleChoiceField(
        label=N_("Apa saja yang diatur?"), choices=list(SETTLES.items()), widget=forms.CheckboxSelectMultiple
    )
    in_force_from = DateField(label=N_("Berlaku sejak"))
    in_force_until = DateField(label=N_("Berlaku sampai"), required=False, help_text=N_("Kosongkan bila belum ada akhirnya."))
    village_code = forms.RegexField(
        r"^\d{10}$", label=N_("Kode desa"), required=False, help_text=N_("Sepuluh angka; hanya untuk peraturan desa."),
        error_messages={"invalid": N_("Tulis kode desa dengan sepuluh angka.")},
    )  # fmt: skip
    replaces = forms.TypedChoiceField(label=N_("Mengganti peraturan"), coerce=int, empty_value=None, required=False)
    file = forms.FileField(label=N_("Naskah"), help_text=N_("PDF, paling besar 15 MB. Siapa pun dapat membacanya nanti."))

    def __init__(self, region: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = queries.regulations_here(region).filter(state=RegulationState.CONFIRMED, in_force_until=None)
        listed = [(one.code, f"{frame.kind_words(one)}: {one.title[:60]}") for one in old]
        self.fields["replaces"].choices = [("", _("Tidak ada")), *listed]  # type: ignore[attr-defined]
        self.fields["village_code"].error_messages["invalid"] = _("Tulis kode desa dengan sepuluh angka.")


@door(*PLANNERS)
def enter(request: HttpRequest, region: int) -> HttpResponseBase:
    """A new one; another confirms it."""
    frame.seen(region)
    form = RegulationForm(region, request.POST, request.FILES) if request.method == "POST" else RegulationForm(region)
    listed = Link(_("Peraturan"), reverse("strategy:regulations", args=[region]))

    def act(told: Any) -> Regulation:
        facts = {name: value for name, value in told.items() if name not in ("file", "settles", "village_code")}
        village = int(told["village_code"]) if told["village_code"] else None
        given = NewRegulation(region_code=region, settles=tuple(told["settles"]), village_code=village, **facts)
        content = told["file"].read(PDF_BYTES + 1)
        return actions.enter(regulation=given, content=content, file_name=told["file"].name or "", today=today())

    return deed(request, form, Deed(
        _("Catat peraturan"), frame.above(request, region, listed), _("Simpan"), act,
        lambda made: reverse("strategy:regulation", args=[made.code]), _("Tersimpan. Orang lain yang mengesahkannya."),
        about=regions_name(region),
    ))  # fmt: skip


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


class EndForm(ReasonForm):
    """The last day, and why."""

    until = DateField(label=N_("Hari terakhir berlaku"))
    field_order = ("until", "reason")


def _deed(
    request: HttpRequest, row: Regulation, form: Form, title: str, act: Any, said: str, also: Sequence[Fact] = (), **more: Any
) -> HttpResponseBase:
    here = reverse("strategy:regulation", args=[row.code])
    crumbs = _crumbs(request, row, Link(frame.kind_words(row), here))
    facts = [*facts_of(row), *also]
    return deed(request, form, Deed(title, crumbs, title, act, lambda _made: here, said, about=row.title, facts=facts, **more))


@door(*HEADS)
def confirm(request: HttpRequest, number: int) -> HttpResponseBase:
    """Public from now on."""
    row = _seen(number)
    return _deed(
        request, row, YesForm(sent(request)), _("Sahkan"), lambda _told: actions.confirm(code=row.code, today=today()),
        _("Disahkan. Siapa pun dapat membacanya sekarang."),
        text=_("Baca naskahnya dahulu. Sesudah disahkan, isinya tidak berubah dan terbuka untuk umum."),
    )  # fmt: skip


@door(*PLANNERS)
def withdraw(request: HttpRequest, number: int) -> HttpResponseBase:
    """Off the register for good."""
    row = _seen(number)
    return _deed(
        request, row, ReasonForm(sent(request)), _("Tarik"), lambda told: actions.withdraw(code=row.code, reason=told["reason"]),
        _("Ditarik dari daftar."), text=_("Untuk yang salah catat. Yang ditarik tidak dapat dikembalikan."), danger=True,
    )  # fmt: skip


@door(*PLANNERS)
def end(request: HttpRequest, number: int) -> HttpResponseBase:
    """Its last day, as somebody says."""
    row = _seen(number)
    return _deed(
        request, row, EndForm(sent(request)), _("Catat akhir berlaku"),
        lambda told: actions.say_end(code=row.code, until=told["until"], reason=told["reason"]),
        _("Tercatat. Orang lain yang mengesahkannya."),
    )  # fmt: skip


@door(*HEADS)
def confirm_end(request: HttpRequest, number: int) -> HttpResponseBase:
    """Its last day, confirmed by another."""
    row = _seen(number)
    told = [Fact(_("Hari terakhir berlaku"), date(row.ending_on)), Fact(_("Alasan"), row.ending_reason)] if row.ending_on else []
    return _deed(
        request, row, YesForm(sent(request)), _("Sahkan akhir berlaku"), lambda _told: actions.confirm_end(code=row.code),
        _("Akhir berlakunya disahkan."), told,
    )  # fmt: skip
