"""One's own rights, on one's phone: what is paid, what proof is wanted till when, and giving it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.claims.actions import rights as actions
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Benefit
from jamsostek.claims.queries import rights
from jamsostek.claims.queries.explained import Amount, key_of
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.claims import amounts
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.giving import FORMS, enough_words, told
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tag, done, page, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.worker.home import BY_HEIR
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.queries.own import Me


@dataclass(frozen=True)
class Card:
    """A right as its list shows it."""

    title: str
    name: str
    tag: Tag
    amount: str
    url: str
    ask: str
    give: str
    """Where the wanted proof is given; empty where none can be given now."""


def _mine(me: Me, benefit_id: int) -> Benefit:
    """One of the person's own; 404 for any other, as if it were not there."""
    row = next((one for one in rights.about(me.ids) if one.pk == benefit_id), None)
    if row is None:
        raise Http404(benefit_id)
    rights.looked([row], reason=BY_HEIR)
    return row


@about(Role.WORKER, Role.HEIR)
@require_safe
def mine(request: HttpRequest, me: Me) -> HttpResponseBase:
    """All of them."""
    rows = rights.about(me.ids)
    rights.looked(rows, reason=BY_HEIR)
    context = {
        "about": "" if me.is_self else me.person.name,
        "cards": [_card(one) for one in rows],
        "empty": Empty(
            _("Belum ada hak yang dibayar terus"),
            _("Pensiun, beasiswa, dan uang tunai JKP tampak di sini sesudah klaimnya disetujui."),
            Link(_("Bila terjadi sesuatu"), reverse("worker:claim")),
        ),
    }
    return page(request, "payouts/own.html", context, title=_("Yang dibayar terus"), crumbs=crumbs())


def _card(row: Benefit) -> Card:
    wanted = rights.wanted(row, today())
    give = reverse("own_rights:give", args=[row.pk]) if wanted and wanted.possible and wanted.kind in FORMS else ""
    return Card(
        rights.title(row), row.party.name, _tag(row), words.amount(row), reverse("own_rights:right", args=[row.pk]),
        ask_words(row, wanted), give,
    )  # fmt: skip


def _tag(row: Benefit) -> Tag:
    """Where a right stands for who has it: one whose last month is past is not told as going on."""
    over = row.state == "active" and row.last_month is not None and row.last_month < month_of(today())
    return Tag(_("Bulan terakhirnya sudah lewat"), "plain") if over else words.right_tag(row)


def ask_words(row: Benefit, wanted: rights.Wanted | None) -> str:
    """What is wanted of the person, and by when."""
    if wanted is None:
        if row.state == "ended" or row.last_month is None:
            return ""
        return _("Bulan terakhirnya {month}. Tidak ada lagi bukti yang perlu dikirim.").format(month=month_words(row.last_month))
    if wanted.given is not None:
        return _("Bukti Anda untuk {month} sudah kami terima dan sedang diperiksa.").format(month=month_words(wanted.given.month))
    if wanted.kind == "unfit":
        return _("Selama belum dapat bekerja, kirim jumlah harinya menurut surat dokter, satu kali tiap bulan.")
    if wanted.kind == "alive":
        return _alive_words(row, wanted)
    if wanted.kind == "activity":
        if not wanted.possible:
            return _("Bukti berikutnya untuk {month}; belum dapat dikirim sekarang.").format(month=month_words(wanted.month))
        text = _("Agar {month} dibayar, kirim bukti mencari kerja paling lambat {day}.")
        return text.format(month=month_words(wanted.month), day=date(wanted.by)) if wanted.by else ""
    if not wanted.possible:
        return _("Tahun sekolah ini sudah dibuktikan. Bukti berikutnya mulai {month}.").format(month=month_words(wanted.month))
    if wanted.by is None:
        return _("Kirim bukti sekolah satu kali setiap tahun sekolah.")
    return _("Kirim bukti sekolah satu kali setiap tahun sekolah, paling lambat {day}.").format(day=date(wanted.by))


def _alive_words(row: Benefit, wanted: rights.Wanted) -> str:
    if row.state == "suspended":
        return _("Pembayaran ditunda karena bukti hidup belum datang. Kirim sekarang: bulan yang tertunda dibayar sekaligus.")
    if wanted.by is None:
        return ""
    if not wanted.possible:
        return _("Bukti hidup bulan ini sudah diterima. Berikutnya paling lambat {day}.").format(day=date(wanted.by))
    return _("Kirim bukti hidup paling lambat {day}. Sesudah itu pembayaran ditunda sampai buktinya datang.").format(
        day=date(wanted.by)
    )


@about(Role.WORKER, Role.HEIR)
@require_safe
def show(request: HttpRequest, me: Me, benefit_id: int) -> HttpResponseBase:
    """One of them: what was paid, what was proven."""
    row = _mine(me, benefit_id)
    found, card = rights.right(row.pk, BY_HEIR), _card(row)
    paid = [
        Column(_("Bulan"), lambda one: Link(month_words(one.month), reverse("own_rights:amount", args=[row.pk, key_of(one)]))),
        Column(_("Jumlah"), lambda one: format_rupiah(one.gross_rupiah - one.tax_rupiah), number=True),
        Column(_("Keadaan"), lambda one: words.money_tag(PayoutState(one.state))),
        Column(_("Masuk pada"), lambda one: date(one.paid_on) if one.paid_on else ""),
    ]
    proven = [
        Column(_("Bulan"), words.proof_month),
        Column(_("Yang dikatakan"), words.proof_told),
        Column(_("Hasil"), words.proof_tag),
        Column(_("Alasan"), lambda one: one.reason),
    ]
    facts = [
        Fact(_("Penerima"), row.party.name),
        Fact(_("Besarnya"), words.amount(row)),
        Fact(_("Bulan berlakunya"), words.months(row)),
    ]
    if row.because and row.state != "active":
        facts.append(Fact(_("Sebabnya"), words.because(row.because)))
    facts += [
        Fact(_("Diminta kembali"), format_rupiah(one.rupiah - one.recovered_rupiah))
        for one in found.overpaid
        if one.rupiah > one.recovered_rupiah
    ]
    context: dict[str, Any] = {
        "card": card,
        "tone": "bad" if row.state == "suspended" else "info",
        "facts": facts,
        "tables": [
            *([table(_("Bulan yang dibayar"), paid, found.payouts)] if found.payouts else []),
            *([table(_("Bukti yang Anda kirim"), proven, found.proofs)] if found.proofs else []),
        ],
    }
    above = crumbs(Link(_("Yang dibayar terus"), reverse("own_rights:home")))
    return page(request, "payouts/own_right.html", context, title=card.title, crumbs=above)


@about(Role.WORKER, Role.HEIR)
@require_safe
def amount(request: HttpRequest, me: Me, benefit_id: int, amount: str) -> HttpResponseBase:
    """One month of it: how much, why, by whom, in which books, by which bank transfer."""
    row = _mine(me, benefit_id)
    found = _amount(row, amount)
    context = {**amounts.context_of(found), "pdf": reverse("own_rights:amount_pdf", args=[row.pk, found.key])}
    above = crumbs(
        Link(_("Yang dibayar terus"), reverse("own_rights:home")),
        Link(rights.title(row), reverse("own_rights:right", args=[row.pk])),
    )
    return amounts.shown(request, context, title=f"{found.title}, {month_words(found.payout.month)}", crumbs=above)


@about(Role.WORKER, Role.HEIR)
@require_safe
def amount_pdf(request: HttpRequest, me: Me, benefit_id: int, amount: str) -> HttpResponseBase:
    """The same on paper."""
    return amounts.pdf(_amount(_mine(me, benefit_id), amount))


def _amount(row: Benefit, key: str) -> Amount:
    """404 for what is not of this right."""
    found = amounts.of(row.claim, key)
    if found.payout.benefit_id != row.pk:
        raise Http404(key)
    return found


@about(Role.WORKER, Role.HEIR)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, me: Me, benefit_id: int) -> HttpResponseBase:
    """The proof that is wanted next."""
    row = _mine(me, benefit_id)
    wanted, back = rights.wanted(row, today()), reverse("own_rights:right", args=[row.pk])
    if wanted is None or wanted.kind not in FORMS or not wanted.possible:
        return done(request, back, _("Belum ada bukti baru yang diminta."))
    form = FORMS[wanted.kind](row, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.give_proof(benefit_id=row.pk, month=wanted.month, data=told(form), today=today())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, back, _("Bukti Anda sudah kami terima. Petugas memeriksanya; Anda tidak perlu datang."))
    context = {
        "form": form,
        "about": _("{title}: {name}, {month}").format(
            title=rights.title(row), name=row.party.name, month=month_words(wanted.month)
        ),
        "notes": [text for text in (ask_words(row, wanted), enough_words(wanted.kind, today())) if text],
        "button": _("Kirim bukti"),
        "back": back,
    }
    above = crumbs(Link(_("Yang dibayar terus"), reverse("own_rights:home")), Link(rights.title(row), back))
    return page(request, "worker/form.html", context, title=_(words.PROOFS[wanted.kind]), crumbs=above)
