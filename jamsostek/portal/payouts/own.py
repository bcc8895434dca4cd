"""One's own rights, on one's phone: what is paid, what proof is wanted till when, and giving it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.roles import Role
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Benefit
from jamsostek.claims.queries import rights
from jamsostek.claims.queries.explained import Amount, key_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.claims import amounts
from jamsostek.portal.payouts import papers, words
from jamsostek.portal.payouts.giving import FORMS, enough_words, given
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, page, table, today
from jamsostek.portal.screens.bodies import refused_by_length
from jamsostek.portal.screens.words import date, moment
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
        rights.title(row), row.party.name, words.right_tag(row), words.amount(row), reverse("own_rights:right", args=[row.pk]),
        ask_words(row, wanted), give,
    )  # fmt: skip


def ask_words(row: Benefit, wanted: rights.Wanted | None) -> str:
    """What is wanted of the person, and by when."""
    if wanted is None:
        if row.state == "ended" or row.last_month is None:
            return ""
        return _("Bulan terakhirnya {month}. Tidak ada lagi bukti yang perlu dikirim.").format(month=month_words(row.last_month))
    if wanted.given is not None:
        return _("Bukti Anda untuk {month} sudah kami terima dan sedang diperiksa.").format(month=month_words(wanted.given.month))
    if wanted.kind == "unfit" and not wanted.possible:
        text = _("Bila bulan {month} Anda belum dapat bekerja, kirim jumlah harinya menurut surat dokter mulai bulan itu.")
        return text.format(month=month_words(wanted.month))
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
    sent = [
        Column(_("Bulan"), lambda one: month_words(one.proof.month)),
        Column(_("Berkas"), lambda one: Link(papers.name(one), reverse("own_rights:paper", args=[row.pk, one.proof_id, one.pk]))),
        Column(_("Dikirim"), lambda one: moment(one.given_at)),
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
            *([table(_("Foto dan surat yang Anda kirim"), sent, found.papers)] if found.papers else []),
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
def _give(request: HttpRequest, me: Me, benefit_id: int) -> HttpResponseBase:
    """The proof that is wanted next. Its length is looked at first; the form's token is checked when the body may be read."""
    row = _mine(me, benefit_id)
    wanted = rights.wanted(row, today())
    if wanted is None or wanted.kind not in FORMS or not wanted.possible:
        return done(request, reverse("own_rights:right", args=[row.pk]), _("Belum ada bukti baru yang diminta."))
    refusal = refused_by_length(request)
    if refusal is not None:
        answer = _asked(request, row, wanted, FORMS[wanted.kind](row, own=True), problem=str(refusal), status=413)
        answer["Connection"] = "close"
        return answer
    return (
        _taken(request, row, wanted)
        if request.method == "POST"
        else _asked(request, row, wanted, FORMS[wanted.kind](row, own=True))
    )


give = csrf_exempt(_give)


@csrf_protect
def _taken(request: HttpRequest, row: Benefit, wanted: rights.Wanted) -> HttpResponseBase:
    form = FORMS[wanted.kind](row, request.POST, request.FILES, own=True)
    if form.is_valid() and given(form, row, wanted.month) is not None:
        words_ = _("Bukti Anda sudah kami terima. Petugas memeriksanya; Anda tidak perlu datang.")
        return done(request, reverse("own_rights:right", args=[row.pk]), words_)
    return _asked(request, row, wanted, form)


def _asked(
    request: HttpRequest, row: Benefit, wanted: rights.Wanted, form: Form, *, problem: str = "", status: int = 200
) -> HttpResponse:
    back = reverse("own_rights:right", args=[row.pk])
    context = {
        "form": form,
        "problems": [("id_papers", problem)] if problem else [],
        "about": _("{title}: {name}, {month}").format(
            title=rights.title(row), name=row.party.name, month=month_words(wanted.month)
        ),
        "notes": [text for text in (ask_words(row, wanted), enough_words(wanted.kind, today())) if text],
        "button": _("Kirim bukti"),
        "back": back,
    }
    above = crumbs(Link(_("Yang dibayar terus"), reverse("own_rights:home")), Link(rights.title(row), back))
    return page(request, "worker/form.html", context, title=_(words.PROOFS[wanted.kind]), crumbs=above, status=status)


@about(Role.WORKER, Role.HEIR)
@require_safe
def paper(request: HttpRequest, me: Me, benefit_id: int, proof_id: int, paper_id: int) -> HttpResponseBase:
    """A letter or photo one sent."""
    row = _mine(me, benefit_id)
    if not row.proofs.filter(pk=proof_id).exists():
        raise Http404(proof_id)
    return papers.whole(proof_id, paper_id)
