"""What payers reported and paid for a worker, month by month, and the worker's months of cover with receipts and gaps.

A month past its due day that is not paid is told above everything, with a short text to send on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import cover, statements
from jamsostek.collection.queries.cover import Coverage, MonthOf, Warned
from jamsostek.collection.queries.statements import Reported
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _, language
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.portal.officer import person as office
from jamsostek.portal.officer.frame import OFFICERS, screen
from jamsostek.portal.payments.words import reference
from jamsostek.portal.screens import Column, Empty, Tag, export, page, table, today
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.downloads import sent
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.own import Me

PDF = "application/pdf"
STATES: dict[str, tuple[str, Tone]] = {
    "paid": (N_("Dibayar"), "good"), "open": (N_("Belum jatuh tempo"), "plain"), "overdue": (N_("Belum dibayar"), "bad"),
}  # fmt: skip
MONTHS: dict[str, tuple[str, Tone, str]] = {
    "paid": (N_("Dibayar"), "good", "done"), "reported": (N_("Dilaporkan"), "plain", "done"),
    "grace": (N_("Belum dibayar, masih terlindungi"), "warn", "now"), "late": (N_("Perusahaan belum membayar"), "warn", "now"),
    "unpaid": (N_("Tidak dibayar"), "bad", "next"), "gap": (N_("Celah"), "bad", "next"),
}  # fmt: skip
"""States of months of cover: a word, its tone, its mark."""


# --- what was reported and paid -----------------------------------------------------------------------------------------------


def columns() -> list[Column]:
    """Months as a worker reads them."""
    return [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Dari"), lambda one: one.payer or _("Dibayar sendiri")),
        Column(_("Upah yang dilaporkan"), lambda one: format_rupiah(one.wage_rupiah), number=True),
        Column("JHT", lambda one: format_rupiah(one.jht_rupiah), number=True),
        Column("JP", lambda one: format_rupiah(one.jp_rupiah), number=True),
        Column("JKK, JKM", lambda one: format_rupiah(one.jkk_rupiah + one.jkm_rupiah), number=True),
        Column(_("Dipotong dari upah"), lambda one: format_rupiah(_withheld(one)), number=True),
        Column(_("Keadaan"), state_of),
    ]


def _withheld(one: Reported) -> int:
    return one.worker_rupiah if one.kind == PayerKind.EMPLOYER else 0


def state_of(one: Reported) -> Tag:
    """Paid and since when, or not."""
    text, tone = STATES[one.state]
    if one.state == "paid" and one.paid_on is not None:
        return Tag(_("Dibayar {day}").format(day=date(one.paid_on)), tone)
    if one.state == "overdue":
        return Tag(_("Belum dibayar, jatuh tempo {day}").format(day=date(one.due_on)), tone)
    return Tag(_(text), tone)


def _short_state(one: Reported) -> str:
    """As `state_of`, for a narrow column: only what is paid says when."""
    return state_of(one).text if one.state == "paid" else _(STATES[one.state][0])


def short_texts(found: Sequence[Reported]) -> list[str]:
    """What each payer left unpaid, short enough for a message: no number, no name of the person."""
    months: dict[str, list[int]] = {}
    for one in found:
        months.setdefault(one.payer, []).append(one.month)
    words = _("Jamsostek: iuran {payer} untuk {months} belum dibayar. Tanyakan kepada perusahaan, atau lapor ke kantor cabang.")
    return [
        words.format(payer=payer, months=", ".join(map(month_words, dict.fromkeys(told[:3])))) for payer, told in months.items()
    ]


@about(Role.WORKER)
@require_safe
def mine(request: HttpRequest, me: Me) -> HttpResponseBase:
    """The page."""
    found = statements.of_worker(me.ids, today())
    late = [one for one in found if one.state == "overdue" and one.kind != PayerKind.PERSON]
    context = {
        "table": table(_("Bulan demi bulan, yang terbaru di atas"), columns(), found),
        "late": late,
        "notices": short_texts(late),
        "cover": reverse("worker:cover"),
        "wrong": reverse("worker:ask", args=["upah"]),
        "file": f"{reverse('worker:paid_file')}?",
        "pdf": reverse("worker:paid_pdf"),
        "empty": Empty(
            _("Belum ada yang ditagih untuk Anda"),
            _("Begitu perusahaan atau pembayar iuran melaporkan Anda dan tagihannya dibuat, bulannya tampak di sini."),
        ),
    }
    return page(
        request, "statements/worker.html", context, title=_("Apa yang dilaporkan dan dibayar"), crumbs=crumbs()
    )  # fmt: skip


@about(Role.WORKER)
@require_safe
def mine_file(request: HttpRequest, me: Me) -> HttpResponseBase:
    """The same as a file."""
    return _file(request, statements.of_worker(me.ids, today()), me.person.kpj)


def _file(request: HttpRequest, found: Sequence[Reported], kpj: str) -> HttpResponseBase:
    headings = [
        _("Bulan"), _("Dari"), _("Upah yang dilaporkan"), "JKK", "JKM", _("JHT pemberi kerja"), _("JHT pekerja"),
        _("JP pemberi kerja"), _("JP pekerja"), _("Keadaan"), _("Jatuh tempo"), _("Dibayar"), _("Nomor pembayaran"),
    ]  # fmt: skip
    rows = (
        [
            one.month, one.payer or _("Dibayar sendiri"), one.wage_rupiah, one.jkk_rupiah, one.jkm_rupiah,
            one.jht_employer_rupiah,
            one.jht_worker_rupiah, one.jp_employer_rupiah, one.jp_worker_rupiah, _(STATES[one.state][0]), one.due_on,
            one.paid_on or "", reference(one.reference),
        ]
        for one in found
    )  # fmt: skip
    return export(request, f"{_('iuran')}-{kpj}", headings, rows)


@about(Role.WORKER)
@require_safe
def mine_pdf(request: HttpRequest, me: Me) -> HttpResponseBase:
    """The same on paper."""
    found = statements.of_worker(me.ids, today())
    rows = [
        [
            month_words(one.month), one.payer or _("Dibayar sendiri"), _short_state(one), format_rupiah(one.wage_rupiah),
            format_rupiah(one.jht_rupiah), format_rupiah(one.jp_rupiah),
        ]
        for one in found
    ]  # fmt: skip
    heads = [_("Bulan"), _("Dari"), _("Keadaan"), _("Upah"), "JHT", "JP"]
    part = Part(
        language(), _("Apa yang dilaporkan dan dibayar"), "", (), [(_("Sampai"), date(today()))],
        [Table("", heads, rows, 3)] if rows else [],
    )  # fmt: skip
    kpj = format_public("kpj", me.person.kpj)
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    made = draw_letter_pdf(Letter(f"KPJ {kpj}", today(), date(today()), [me.person.name], [part], sample=sample))
    return sent(made, f"{_('iuran')}-{me.person.kpj}.pdf", PDF)


@door(*OFFICERS)
@require_safe
def person(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Somebody's, at an office: reported and paid, and their months of cover."""
    one = office.person_of(kpj)
    audit.looked([one.pk], ("name", "wage_rupiah", "timeline"), "iuran peserta")
    found = statements.of_worker(one_person(one.pk), today())
    told = cover.months_of(one.pk, today())
    context = {
        "about": one.name,
        "tabs": office.tabs(one, "person_paid"),
        "status": status(told.today),
        "warning": warning(told.warning),
        "months": lines(told),
        "table": table(_("Bulan demi bulan, yang terbaru di atas"), columns(), found),
    }
    return screen(
        request, "statements/person.html", context, title=_("Iuran {name}").format(name=one.name), above=office.crumbs(one)[1:]
    )  # fmt: skip


# --- months of cover ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A run of months alike."""

    months: str
    who: str
    tag: Tag
    text: str
    mark: str


@about(Role.WORKER, Role.HEIR)
@require_safe
def mine_cover(request: HttpRequest, me: Me) -> HttpResponseBase:
    """Which months, paid by whom, with which receipt; where a gap is, and why."""
    told = cover.months_of(me.person.pk, today())
    audit.looked([me.person.pk], ("name", "timeline"), "Dibuka ahli waris")
    context = {
        "status": status(told.today),
        "warning": warning(told.warning),
        "months": lines(told),
        "paid": reverse("worker:paid") if me.is_self else "",
    }
    return page(request, "statements/cover.html", context, title=_("Bulan perlindungan"), crumbs=crumbs())


def status(one: cover.Cover) -> dict[str, Any]:
    """The answer for today."""
    title = _("Terlindungi hari ini") if one.covered else _("Tidak terlindungi hari ini")
    text = _(cover.WORDS[one.why])
    if one.covered and one.until is not None:
        text = f"{text} {_('Tanpa pembayaran lagi, ini berlaku sampai {day}.').format(day=date(one.until))}"
    tone = "good" if one.why in ("paid", "reported") else "warn" if one.covered else "bad"
    return {"tone": tone, "title": title, "text": text}


def warning(one: Warned | None) -> str:
    """What threatens, and what to do."""
    if one is None:
        return ""
    if one.kind == PayerKind.PERSON:
        words = _("Bayar iuran {month} paling lambat {day}. Bila tidak, perlindungan berakhir {until}.")
    elif one.bill_id is None:
        words = _("Belum ada yang akan membayar mulai {month}. Perlindungan berakhir {until}.")
    else:
        words = _("{payer} belum membayar iuran {month} yang jatuh tempo {day}. Tanyakan kepadanya sebelum {until}.")
    return words.format(month=month_words(one.month), day=date(one.pay_by), until=date(one.until), payer=one.payer)


def lines(told: Coverage) -> list[Line]:
    """Months that are alike and follow each other stand in one line, the newest first; each paid month names its receipt."""
    groups: list[list[MonthOf]] = []
    for one in told.months:
        last = groups[-1][0] if groups else None
        alike = last is not None and (last.state, last.kind, last.payer_id, last.bill_id) == (
            one.state, one.kind, one.payer_id, one.bill_id,
        )  # fmt: skip
        if alike and one.bill_id is None and one.state != "paid":
            groups[-1].append(one)
        else:
            groups.append([one])
    return [_line(group) for group in groups]


def _line(group: list[MonthOf]) -> Line:
    newest, oldest = group[0], group[-1]
    text, tone, mark = MONTHS[newest.state]
    months = month_words(newest.month)
    if len(group) > 1:
        months = _("{first} sampai {last}").format(first=month_words(oldest.month), last=month_words(newest.month))
    who = newest.payer or (_("Dibayar sendiri") if newest.kind is not None else _("Tidak ada yang mendaftarkan atau membayar."))
    return Line(months, who, Tag(_(text), tone), _detail(newest), mark)


def _detail(one: MonthOf) -> str:
    told = []
    if one.paid_on is not None:
        told.append(_("Diterima {day}, nomor {reference}.").format(day=date(one.paid_on), reference=reference(one.reference)))
    elif one.bill_id is not None and one.due_on is not None:
        told.append(_("Tagihannya jatuh tempo {day} dan belum dibayar.").format(day=date(one.due_on)))
    elif one.state in ("unpaid", "late", "grace"):
        told.append(_("Belum ada tagihan yang dibuat."))
    if one.on_bill is False:
        told.append(_("Nama peserta tidak ada di tagihan bulan ini."))
    return " ".join(told)
