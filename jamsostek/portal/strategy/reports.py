"""The half-yearly report: drafted from the figures, written, signed by the head, sent; on paper and in a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.text import LANGUAGES, N_, _, speaking
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.outreach.actions import half_reports as actions
from jamsostek.outreach.models import HalfReport
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.strategy import MOST_TEXT, ReportState, half_days, last_half
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, export, table, today
from jamsostek.portal.screens.words import date, moment
from jamsostek.portal.strategy import frame
from jamsostek.portal.strategy.figures import counted, money_of, sections
from jamsostek.portal.strategy.frame import HEADS, PLANNERS, READERS, SEERS, Deed, YesForm, deed, sent
from jamsostek.portal.strategy.plans import as_pdf
from jamsostek.portal.templatetags.words import regions_name


@door(*SEERS)
@require_safe
def listing(request: HttpRequest, region: int) -> HttpResponseBase:
    """All versions of a region."""
    rows = queries.reports(frame.seen(region))
    columns = [
        Column(_("Laporan"), link),
        Column(_("Versi"), lambda one: str(one.version), number=True),
        Column(_("Keadaan"), frame.report_tag),
        Column(_("Dikirim"), lambda one: date(one.sent_on) if one.sent_on else ""),
    ]
    way = Link(_("Susun laporan"), reverse("strategy:report_new", args=[region]))
    may = frame.may(Can.PLAN_MOVEMENT, region)
    context = {
        "about": regions_name(region), "parts": frame.tabs(region, "reports"),
        "table": table(_("Laporan, yang terbaru di atas"), columns, rows),
        "empty": Empty(_("Belum ada laporan"), _("Draf disusun dari angka yang sudah tercatat."), way if may else None),
        "ways": [way] if may and rows else [],
        "note": _("Inpres 2/2021 meminta laporan setiap enam bulan; hari terakhir bagi daerah tidak ditemukan di sumber kami."),
    }  # fmt: skip
    return frame.screen(request, "list.html", context, title=_("Laporan semester"), crumbs=frame.above(request, region))


def link(row: HalfReport) -> Link:
    """A report's page."""
    return Link(frame.half_words(row.year, row.half), reverse("strategy:report", args=[row.pk]))


def _crumbs(request: HttpRequest, row: HalfReport, *more: Link) -> list[Link]:
    if not frame.may(Can.SEE_MOVEMENT, row.region_code):
        return [*frame.above(request), *more]
    listed = Link(_("Laporan semester"), reverse("strategy:reports", args=[row.region_code]))
    return frame.above(request, row.region_code, listed, *more)


@door(*READERS)
@require_safe
def show(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """One version: the figures as they were, and what the officer wrote."""
    row = queries.report(report_id)
    parts = sections(row.figures)
    context = {
        "tag": frame.report_tag(row), "about": regions_name(row.region_code), "facts": _facts(row), "ways": _ways(row),
        "notice": _notice(row), "texts": _texts(row), "tables": [one.table() for one in parts],
        "note": " ".join(counted(row.figures)),
    }  # fmt: skip
    return frame.screen(
        request, "thing.html", context, title=f"{_('Laporan semester')}: {frame.half_words(row.year, row.half)}",
        crumbs=_crumbs(request, row),
    )  # fmt: skip


def _facts(row: HalfReport) -> list[Fact]:
    names = queries.names([row.drafted_by, row.signed_by, row.sent_by])

    def by(user_id: int | None, on: Any) -> str:
        name = names.get(user_id or 0, "")
        return ", ".join(one for one in (name, date(on) if on else "") if one)

    facts = [
        Fact(_("Versi"), str(row.version)),
        Fact(_("Perbaikan"), row.correction),
        Fact(_("Angka dihitung"), moment(row.computed_at)),
        *(Fact(label, value) for label, value in money_of(row.figures)),
        Fact(_("Disusun"), by(row.drafted_by, row.drafted_on)),
        Fact(_("Ditandatangani"), by(row.signed_by, row.signed_on)),
        Fact(_("Dikirim"), by(row.sent_by, row.sent_on)),
        Fact(_("Sidik"), row.digest[:16] if row.state == ReportState.SENT else ""),
    ]
    return [one for one in facts if one.value]


def _texts(row: HalfReport) -> list[tuple[str, str]]:
    return [(title, text) for title, text in ((_("Hambatan"), row.obstacles), (_("Bantuan yang diperlukan"), row.help)) if text]


def _notice(row: HalfReport) -> str:
    if (
        row.state == ReportState.DRAFT
        and row.drafted_by == current().user_id
        and frame.may(Can.APPROVE_MOVEMENT, row.region_code)
    ):
        return _("Anda yang menyusun, jadi orang lain yang menandatangani.")
    return ""


def _ways(row: HalfReport) -> list[Link]:
    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"strategy:report_{name}", args=[row.pk]))

    plans, approves = frame.may(Can.PLAN_MOVEMENT, row.region_code), frame.may(Can.APPROVE_MOVEMENT, row.region_code)
    ways = []
    if row.state == ReportState.DRAFT and plans:
        ways = [way(_("Tulis hambatan dan bantuan"), "write"), way(_("Hitung ulang"), "count")]
        ways += [way(_("Tandatangani"), "sign")] if approves and row.drafted_by != current().user_id else []
    if row.state == ReportState.SIGNED and approves:
        ways = [way(_("Kirim"), "send"), way(_("Buka lagi menjadi draf"), "reopen")]
    if row.state == ReportState.SENT and plans:
        ways = [way(_("Buat versi perbaikan"), "correct")]
    file = reverse("strategy:report_file", args=[row.pk])
    return [
        *ways,
        way(_("Unduh PDF"), "paper"),
        Link(_("Unduh Excel"), f"{file}?bentuk=xlsx"),
        Link(_("Unduh CSV"), f"{file}?bentuk=csv"),
    ]


# --- writing ---------------------------------------------------------------------------------------------------------------


class DraftForm(Form):
    """Which half-year."""

    when = forms.ChoiceField(label=N_("Semester"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year, half = last_half(today())
        halves = [(one, each) for one in (year + 1, year, year - 1) for each in (2, 1) if half_days(one, each)[0] <= today()][:4]
        self.fields["when"].choices = [  # type: ignore[attr-defined]
            (f"{one}-{each}", frame.half_words(one, each)) for one, each in halves
        ]
        self.fields["when"].initial = f"{year}-{half}"


@door(*PLANNERS)
def draft(request: HttpRequest, region: int) -> HttpResponseBase:
    """A draft from the figures; one that is not sent yet is opened."""
    listed = Link(_("Laporan semester"), reverse("strategy:reports", args=[frame.seen(region)]))

    def act(told: Any) -> HalfReport:
        year, half = (int(part) for part in told["when"].split("-"))
        return actions.draft(region_code=region, year=year, half=half, today=today(), now=timezone.now())

    return deed(request, DraftForm(sent(request)), Deed(
        _("Susun laporan"), frame.above(request, region, listed), _("Susun draf"), act,
        lambda made: reverse("strategy:report", args=[made.pk]), _("Draf tersusun dari angka yang tercatat."),
        about=regions_name(region),
    ))  # fmt: skip


class WriteForm(Form):
    """What only people know."""

    obstacles = forms.CharField(
        label=N_("Hambatan"), max_length=MOST_TEXT, required=False, widget=forms.Textarea,
        help_text=N_("Jangan menulis nama atau NIK; laporan ini dibaca kementerian."),
    )  # fmt: skip
    help = forms.CharField(label=N_("Bantuan yang diperlukan"), max_length=MOST_TEXT, required=False, widget=forms.Textarea)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


def _deed(
    request: HttpRequest, report_id: int, form: Form, title: str, act: Callable[[HalfReport, Any], Any], said: str, text: str = ""
) -> HttpResponseBase:
    row = queries.report(report_id)
    frame.seen(row.region_code)
    own = link(row)
    facts = [Fact(_("Daerah"), regions_name(row.region_code)), *_facts(row)]
    return deed(request, form, Deed(
        title, _crumbs(request, row, own), title, lambda told: act(row, told),
        lambda made: reverse("strategy:report", args=[made.pk]), said, about=own.text, text=text, facts=facts,
    ))  # fmt: skip


@door(*PLANNERS)
def write(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """What stands in the way, and what the region needs."""
    row = queries.report(report_id)
    form = WriteForm(sent(request), initial={"obstacles": row.obstacles, "help": row.help})
    return _deed(
        request, report_id, form, _("Tulis hambatan dan bantuan"),
        lambda row, told: actions.write(report_id=row.pk, today=today(), **told), _("Tersimpan."),
    )  # fmt: skip


@door(*PLANNERS)
def count_again(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """The figures of now."""
    return _deed(
        request, report_id, YesForm(sent(request)), _("Hitung ulang"),
        lambda row, _told: actions.count_again(report_id=row.pk, today=today(), now=timezone.now()), _("Angka dihitung ulang."),
        _("Angka draf diganti dengan angka saat ini."),
    )  # fmt: skip


@door(*HEADS)
def sign(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Signed by another than who drafted it."""
    return _deed(
        request, report_id, YesForm(sent(request)), _("Tandatangani"),
        lambda row, _told: actions.sign(report_id=row.pk, today=today()), _("Ditandatangani."),
        _("Dengan menandatangani, Anda menyatakan angka dan isi laporan ini benar."),
    )  # fmt: skip


@door(*HEADS)
def reopen(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """A draft again."""
    return _deed(
        request, report_id, ReasonForm(sent(request)), _("Buka lagi menjadi draf"),
        lambda row, told: actions.reopen(report_id=row.pk, reason=told["reason"]), _("Dibuka lagi menjadi draf."),
    )  # fmt: skip


@door(*HEADS)
def send(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Sent: it never changes again."""
    return _deed(
        request, report_id, YesForm(sent(request)), _("Kirim"), lambda row, _told: actions.send(report_id=row.pk, today=today()),
        _("Terkirim. Kementerian dapat membacanya."), _("Sesudah dikirim, laporan ini tetap; perbaikan menjadi versi baru."),
    )  # fmt: skip


@door(*PLANNERS)
def correct(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Another version of one that was sent."""
    return _deed(
        request, report_id, ReasonForm(sent(request)), _("Buat versi perbaikan"),
        lambda row, told: actions.draft(
            region_code=row.region_code, year=row.year, half=row.half, today=today(), now=timezone.now(),
            correction=told["reason"],
        ),
        _("Versi perbaikan tersusun dengan angka saat ini."), _("Versi yang sudah dikirim tetap seperti adanya."),
    )  # fmt: skip


# --- taken away ------------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def paper(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report on paper, in both languages."""
    row = queries.report(report_id)
    parts = []
    for language in LANGUAGES:
        with speaking(language):
            parts.append(_part(language, row))
    with speaking("id"):
        made, where = date(row.drafted_on), regions_name(row.region_code)
    signer = queries.names([row.signed_by]).get(row.signed_by or 0, "")
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    name = f"L-{row.region_code}-{row.year}-{row.half}-{row.version}"
    content = draw_letter_pdf(Letter(name, row.drafted_on, made, [where], parts, signer, sample))
    return as_pdf(content, f"laporan-{row.region_code}-{row.year}-{row.half}-{row.version}.pdf")


def _part(language: str, row: HalfReport) -> Part:
    told = sections(row.figures)
    facts = [(one.label, str(one.value)) for one in _facts(row)]
    return Part(
        language, _("Laporan semester"), f"{regions_name(row.region_code)}, {frame.half_words(row.year, row.half)}",
        [frame.report_tag(row).text], [*facts, *_texts(row)],
        [Table(one.title, one.heads, one.shown(), one.texts) for one in told],
        counted(row.figures),
        _("Ditandatangani") if row.signed_on else "",
    )  # fmt: skip


@door(*READERS)
@require_safe
def file(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """The figures and texts as a file: a line for each figure."""
    row = queries.report(report_id)
    lines: list[list[Any]] = [[_("Laporan semester"), one.label, "", one.value] for one in _facts(row)]
    lines += [[_("Laporan semester"), title, "", text] for title, text in _texts(row)]
    for part in sections(row.figures):
        for cells in part.rows:
            name = ", ".join(str(one) for one in cells[: part.texts])
            figures = list(zip(part.heads[part.texts :], cells[part.texts :], strict=True)) or [("", "")]
            lines += [[part.title, name, head, _("tidak disebut") if value is None else value] for head, value in figures]
    lines += [[_("Cara menghitung"), "", "", text] for text in counted(row.figures)]
    headings = [_("Bagian laporan"), _("Butir"), _("Angka"), _("Nilai")]
    return export(request, f"{_('laporan-semester')}-{row.region_code}-{row.year}-{row.half}-{row.version}", headings, lines)
