"""The committee's work on entries: accepted by another than who nominated, refused, disqualified; files checked by two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.scope import current
from jamsostek.awards.actions import entries as actions
from jamsostek.awards.actions import evidence as proofs
from jamsostek.awards.choices import ENTRY_STATES, LEVELS, EntryState
from jamsostek.awards.edition import told
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries import evidence as sent
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import EntryRow
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.told import edition_link, tabs
from jamsostek.portal.award.entries import entry as shown
from jamsostek.portal.award.entries import frame, receipts
from jamsostek.portal.award.entries.frame import Deed, YesForm, answers, deed
from jamsostek.portal.award.frame import COMMITTEE, edition_of
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, export, paged, table, with_query
from jamsostek.portal.screens.words import moment

HERE = "award_committee:home"


def _above(*more: Link) -> list[Link]:
    return [Link(_("Panitia"), reverse(HERE)), *more]


def _list_link(of: Standing) -> Link:
    return Link(_("Calon {edition}").format(edition=told(of.says.title)), reverse("award_committee:entries", args=[of.code]))


@door(*COMMITTEE)
@require_safe
def listing(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Entries of an edition in the committee's area, those that wait on top."""
    of = edition_of(edition)
    found = _asked(request, of)
    if request.GET.get("bentuk"):
        headings = [
            _("Nomor"), _("Nama calon"), _("Kategori"), _("Tingkat"), _("Wilayah"), _("Keadaan"), _("Dicalonkan"), _("Alasan"),
            _("Catatan"),
        ]  # fmt: skip
        return export(request, f"calon-{of.code}", headings, (_line(of, one) for one in found))
    page = paged(request, found)
    columns = [
        Column(_("Nama calon"), lambda one: Link(one.name, reverse("award_committee:entry", args=[one.code]))),
        Column(_("Kategori"), lambda one: frame.category_words(of, one.category)),
        Column(_("Wilayah"), lambda one: frame.area_words(of, one)),
        Column(_("Tingkat"), frame.level_words),
        Column(_("Dicalonkan"), lambda one: moment(one.made_at)),
        Column(_("Keadaan"), frame.state_tag),
    ]
    context = {
        "parts": tabs(of, "entries"), "selects": _selects(request, of),
        "table": table(_("Calon, yang menunggu di atas"), columns, page.rows), "paged": page,
        "empty": Empty(_("Tidak ada calon"), _("Ubah pilihannya, atau calonkan seseorang."), _nominate(of)),
        "ways": [_nominate(of)] if found else [], "export_url": _query(request) if found else "",
    }  # fmt: skip
    return frame.shown(
        request, "list.html", context, title=_list_link(of).text, of=of, crumbs=_above(edition_link(of)), here=HERE
    )


def _nominate(of: Standing) -> Link:
    return Link(_("Calonkan"), reverse("award_entries:nominate", args=[of.code]))


def _query(request: HttpRequest) -> str:
    """This page's address, to which the form of a download is added."""
    asked = with_query(request, hal=None, bentuk=None)
    return f"{asked}&" if len(asked) > 1 else asked


def _line(of: Standing, one: EntryRow) -> list[Any]:
    note = _("Rekaan untuk peragaan.") if of.says.invented or one.invented else ""
    return [
        one.code, one.name, frame.category_words(of, one.category), frame.level_words(one), frame.area_words(of, one),
        _(ENTRY_STATES[one.state]), moment(one.made_at), one.reason, note,
    ]  # fmt: skip


def _asked(request: HttpRequest, of: Standing) -> list[EntryRow]:
    """What the address asks for; nonsense narrows nothing."""
    category, level, state = (request.GET.get(name, "") for name in ("kategori", "tingkat", "keadaan"))
    found = queries.entries(
        of.id, level=level if level in LEVELS else None, category=category if category in of.says.categories else None,
        states=[EntryState(state)] if state in ENTRY_STATES else None,
    )  # fmt: skip
    return sorted((one for one in found if queries.runs(one)), key=lambda one: one.state != EntryState.NOMINATED)


def _selects(request: HttpRequest, of: Standing) -> list[dict[str, Any]]:
    def select(name: str, label: str, every: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        chosen = request.GET.get(name, "")
        return {
            "name": name,
            "label": label,
            "options": [("", every, False), *((one, text, one == chosen) for one, text in options)],
        }

    return [
        select("kategori", _("Kategori"), _("Semua kategori"), [(key, one.name) for key, one in of.says.categories.items()]),
        select("tingkat", _("Tingkat"), _("Semua tingkat"), [(key, _(text)) for key, text in LEVELS.items()]),
        select("keadaan", _("Keadaan"), _("Semua keadaan"), [(key, _(text)) for key, text in ENTRY_STATES.items()]),
    ]


# --- one ---------------------------------------------------------------------------------------------------------------------


def _one(code: str) -> tuple[EntryRow, Standing]:
    row = queries.entry(code)
    if row is None:
        raise Http404
    if not queries.runs(row):
        raise not_yours(_("Pencalonan ini diputus panitia lain."))
    return row, actions.edition_of(row)


@door(*COMMITTEE)
@require_safe
def show(request: HttpRequest, entry: str) -> HttpResponseBase:
    """One, with what may be decided about it and its evidence."""
    row, of = _one(entry)
    found = sent.of_entry(row)
    asked = shown.asked_of(row, of, found)
    mine = row.made_by is not None and row.made_by == current().user_id and row.promoted_from_id is None
    by_me = mine and row.state == EntryState.NOMINATED
    context = {
        "tag": frame.state_tag(row), "about": f"{frame.category_words(of, row.category)}, {frame.area_words(of, row)}",
        "notice": _("Anda yang mencalonkan, jadi orang lain yang menerimanya.") if by_me else "",
        "facts": [
            Fact(_("Edisi"), told(of.says.title)), Fact(_("Tingkat"), frame.level_words(row)),
            Fact(_("Dicalonkan"), moment(row.made_at)), Fact(_("Nomor pencalonan"), row.code),
        ],
        "ways": _ways(row, mine=mine),
        "sections": [
            (
                _("Bukti yang diminta"), "", shown.asked_table(row, asked, takes=False),
                Empty(_("Kategori ini tidak meminta bukti"), _("Semua ukurannya dihitung dari data.")),
            ),
            (
                _("Bukti yang dikirim"), "", shown.sent_table(of, found),
                Empty(_("Belum ada bukti"), _("Yang dikirim tampak di sini dengan tanda terimanya.")),
            ),
        ],
        "events": shown.events(row),
    }  # fmt: skip
    return frame.shown(request, "page.html", context, title=row.name, of=of, crumbs=_above(_list_link(of)), here=HERE)


def _ways(row: EntryRow, *, mine: bool) -> list[Link]:
    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"award_committee:entry_{name}", args=[row.code]))

    if row.state == EntryState.NOMINATED:
        return [*([] if mine else [way(_("Terima"), "accept")]), way(_("Tidak menerima"), "refuse")]
    return [way(_("Diskualifikasi"), "disqualify")] if row.state == EntryState.ACCEPTED else []


def _decide(
    request: HttpRequest,
    entry: str,
    form: type[Form],
    title: str,
    act: Callable[[str, Any], Any],
    said: str,
    text: str,
    *,
    danger: bool = False,
) -> HttpResponseBase:
    row, of = _one(entry)
    here = Link(row.name, reverse("award_committee:entry", args=[row.code]))
    facts = [Fact(_("Kategori"), frame.category_words(of, row.category)), Fact(_("Wilayah"), frame.area_words(of, row))]
    return deed(request, form(answers(request)), Deed(
        title, _above(_list_link(of), here), title, lambda told: act(row.code, told), lambda _made: here.url, said,
        about=row.name, text=text, facts=facts, danger=danger, of=of, here=HERE,
    ))  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, entry: str) -> HttpResponseBase:
    """Lets somebody compete."""
    return _decide(
        request, entry, YesForm, _("Terima"), lambda code, _told: actions.accept(code=code), _("Diterima sebagai calon."),
        _("Sesudah diterima, calon ini dinilai juri dan tampil di daftar calon untuk umum."),
    )  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, entry: str) -> HttpResponseBase:
    """Does not let somebody compete."""
    return _decide(
        request, entry, shown.ReasonForm, _("Tidak menerima"),
        lambda code, told: actions.refuse(code=code, reason=told["reason"]), _("Tidak diterima."),
        _("Pencalonan ini berakhir, dan alasannya dibaca yang dicalonkan."), danger=True,
    )  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def disqualify(request: HttpRequest, entry: str) -> HttpResponseBase:
    """Ends an accepted entry."""
    return _decide(
        request, entry, shown.ReasonForm, _("Diskualifikasi"),
        lambda code, told: actions.disqualify(code=code, reason=told["reason"]), _("Didiskualifikasi."),
        _("Pencalonan ini berakhir, dan alasannya terbuka untuk umum."), danger=True,
    )  # fmt: skip


# --- files -------------------------------------------------------------------------------------------------------------------


class CheckForm(Form):
    """Whether a file is what it says it is."""

    answer = forms.ChoiceField(
        label=N_("Apakah berkas ini sesuai?"), choices=[("ya", N_("Ya, sesuai")), ("tidak", N_("Tidak, tolak"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=N_("Alasan bila tidak"), max_length=300, required=False, widget=forms.Textarea)


class ConfirmForm(Form):
    """Whether somebody else's check holds."""

    answer = forms.ChoiceField(
        label=N_("Setuju dengan pemeriksaan ini?"), choices=[("ya", N_("Ya, sahkan")), ("tidak", N_("Tidak, periksa lagi"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=N_("Alasan bila tidak"), max_length=300, required=False, widget=forms.Textarea)


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, evidence: str) -> HttpResponseBase:
    """A file, checked by one and confirmed by another."""
    one, row, of = receipts.seen(evidence)
    if one.row.form != "file":
        raise Http404
    if not queries.runs(row):
        raise not_yours(_("Bukti ini diperiksa panitia lain."))
    here = Link(one.row.title, reverse("award_entries:evidence", args=[one.row.code]))
    crumbs = _above(_list_link(of), Link(row.name, reverse("award_committee:entry", args=[row.code])), here)
    waiting = one.state in ("checked", "rejected") and not one.confirmed
    facts = [
        Fact(_("Judul"), one.row.title),
        Fact(_("Berkas"), Link(_("Unduh berkas"), reverse("award_entries:file", args=[one.row.code]))),
        *receipts.facts_of(one, of),
    ]
    if one.confirmed or one.state == "withdrawn" or (waiting and one.by_id == current().user_id):
        text = (
            _("Tidak ada yang perlu diperiksa.") if not waiting else _("Anda yang memeriksa, jadi orang lain yang mengesahkan.")
        )
        context = {"tag": frame.evidence_tag(one), "about": row.name, "facts": facts, "text": text, "back": here.url}
        return frame.shown(request, "form.html", context, title=_("Periksa bukti"), of=of, crumbs=crumbs, here=HERE)

    def act(told: Any) -> Any:
        good, code, reason = told["answer"] == "ya", one.row.code, told["reason"]
        if not waiting:
            return proofs.check(code=code, good=good, reason=reason)
        return proofs.confirm(code=code) if good else proofs.send_back(code=code, reason=reason)

    form = (ConfirmForm if waiting else CheckForm)(answers(request))
    return deed(request, form, Deed(
        _("Sahkan pemeriksaan") if waiting else _("Periksa bukti"), crumbs, _("Simpan"), act, lambda _made: here.url,
        _("Tersimpan.") if waiting else _("Tersimpan. Orang lain yang mengesahkannya."), about=row.name,
        text=_("Unduh dan baca berkasnya dahulu."), facts=facts, of=of, here=HERE,
    ))  # fmt: skip


ADDRESSES = [
    path("edisi/<slug:edition>/calon/", listing, name="entries"),
    path("calon/<slug:entry>/", show, name="entry"),
    path("calon/<slug:entry>/terima/", accept, name="entry_accept"),
    path("calon/<slug:entry>/tolak/", refuse, name="entry_refuse"),
    path("calon/<slug:entry>/diskualifikasi/", disqualify, name="entry_disqualify"),
    path("bukti/<slug:evidence>/", check, name="evidence"),
]
"""Addresses beneath the committee's."""
