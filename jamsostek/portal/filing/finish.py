"""The look at all answers, sending, and the receipt: on the page, on paper, as a code to scan and a message to keep."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.claims.actions import intake
from jamsostek.claims.actions.common import days_to_pay
from jamsostek.claims.choices import KIN, Kind, State
from jamsostek.claims.facts import Facts
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import cases, filing
from jamsostek.claims.queries.knowing import facts_of
from jamsostek.claims.queries.outside import initials
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _, language
from jamsostek.messages.receipt import Receipt, draw_receipt_pdf
from jamsostek.portal.filing import steps
from jamsostek.portal.filing.asking import asks_children, pages, stated
from jamsostek.portal.filing.frame import is_stranger, screen, whose
from jamsostek.portal.filing.holder import of_claim, url
from jamsostek.portal.filing.people import account_words
from jamsostek.portal.filing.words import kind_title, number_words, track_url, whatsapp
from jamsostek.portal.screens import Fact, Form, Link, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.uploads.downloads import sent

PDF = "application/pdf"
NEXT = (
    (N_("Kantor memeriksa"), N_("Petugas melihat berkas dan catatan iuran. Anda tidak perlu datang.")),
    (N_("Bila ada yang kurang"), N_("Semua yang kurang diminta sekaligus, di halaman lacak klaim.")),
    (N_("Dua orang memutuskan"), N_("Satu petugas menghitung, penyelia memeriksa dan memutuskan.")),
    (N_("Uang dikirim"), N_("Langsung ke rekening. Tidak ada biaya apa pun.")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def _check(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    facts = facts_of(claim, today=today())
    found = steps.steps(claim, facts, today())
    form = Form(request.POST if request.method == "POST" else None)
    lacking = steps.missing(found)
    if form.is_bound and lacking:
        form.add_error(None, _("Masih ada yang belum diisi. Lengkapi, lalu kirim."))
    elif form.is_bound:
        try:
            intake.submit(claim_id=claim.pk, today=today(), now=timezone.now())
        except InputError as error:
            form.refuse(error)
        else:
            return HttpResponseRedirect(url("receipt", claim))
    context = {
        "form": form,
        "missing": [Link(one.title, one.url) for one in lacking],
        "facts": _people(request, claim, facts),
        "answers": _answers(claim, facts),
        "papers": _papers(claim, facts),
    }
    return screen(request, "filing/check.html", claim, context, title=_("Periksa jawaban Anda"))


def _sent_before(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    """Sent twice by an impatient thumb it is still one claim, and both times the receipt is the answer."""
    if claim.state == State.DRAFT:
        return _check(request, claim)
    return HttpResponseRedirect(url("receipt" if request.method == "POST" and claim.submitted_on else "show", claim))


check = of_claim()(require_http_methods(["GET", "HEAD", "POST"])(_sent_before))


def _people(request: HttpRequest, claim: Claim, facts: Facts) -> list[Fact]:
    people = filing.parties(claim)
    told = [Fact(_("Klaim"), kind_title(claim)), Fact(_("Tentang"), whose(request, claim))]
    hidden = is_stranger(request, claim) and not request.by_code  # type: ignore[attr-defined]
    for one in people:
        if one.claimant:
            change = Link(_("Ubah"), url("claimant", claim)) if one.kin not in ("employer", "facility") else None
            told.append(Fact(_("Yang mengajukan"), _named(one.name, one.kin), change))
        elif one.beneficiary:
            where = "children" if any(child.get("party") == one.pk for child in facts.records("children")) else "family"
            change = Link(_("Ubah"), url(where, claim)) if one.kin != "self" else None
            name = initials(one.name) if hidden and one.kin == "self" else one.name
            told.append(Fact(_("Penerima"), _named(name, one.kin), change))
    accounts = [(_("Rekening {name}").format(name=one.name), account_words(one)) for one in steps.paid(claim, people)]
    return [*told, *(Fact(label, words or NOTHING, _way("accounts", claim)) for label, words in accounts)]


def _named(name: str, kin: str) -> str:
    return f"{name}, {_(KIN[kin])}"


def _way(name: str, claim: Claim, *args: str) -> Link:
    return Link(_("Ubah"), url(name, claim, *args))


def _answers(claim: Claim, facts: Facts) -> list[Fact]:
    """What was said of the facts; what our own records tell is not repeated to who knows it or may not."""
    kind = Kind(claim.kind)
    found = [
        Fact(_(spec.title), cases.value_words(spec, stated(facts, spec.name)) or NOTHING, _way("facts", claim, page.slug))
        for page, specs in pages(kind, facts)
        for spec in specs
    ]
    if asks_children(kind):
        found.append(Fact(_("Anak yang masih sekolah"), len(facts.records("children")) or NOTHING, _way("children", claim)))
    return found


def _papers(claim: Claim, facts: Facts) -> list[Fact]:
    lines = cases.papers_of(claim, facts, today())
    given = [one for one in lines if one.state in ("given", "accepted")]
    open_ones = steps.open_papers(lines)
    return [
        Fact(_("Sudah dikirim"), ", ".join(one.title for one in given) or NOTHING, _way("papers", claim)),
        *([Fact(_("Belum ada"), ", ".join(one.title for one in open_ones), _way("papers", claim))] if open_ones else []),
    ]


# --- the receipt --------------------------------------------------------------------------------------------------------


@require_safe
def _receipt(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    if claim.submitted_on is None:
        return HttpResponseRedirect(url("show", claim))
    where = track_url(request, claim)
    words = _("Klaim Jamsostek {number} dikirim {day}. Lacak di {address}")
    message = words.format(number=number_words(claim), day=date(claim.submitted_on), address=where)
    context: dict[str, Any] = {
        "facts": [Fact(label, value) for label, value in facts_of_receipt(claim)],
        "steps": [{"title": _(title), "text": _(text)} for title, text in NEXT],
        "papers": [one.title for one in steps.open_papers(cases.papers_of(claim, facts_of(claim, today=today()), today()))],
        "qr": _code(where),
        "address": reverse("filing:track"),
        "whatsapp": whatsapp(message),
        "signed_in": not request.by_code,  # type: ignore[attr-defined]
    }
    return screen(request, "filing/receipt.html", claim, context, title=_("Klaim sudah dikirim"))


receipt = of_claim(sent=True)(_receipt)


def _code(where: str) -> str:
    """An address to scan, as an SVG element."""
    title = _("Kode QR ke halaman lacak klaim")
    return str(segno.make_qr(where, error="m").svg_inline(border=4, light="#fff", omitsize=True, title=title))


def facts_of_receipt(claim: Claim) -> list[tuple[str, str]]:
    """What a receipt says: no name, no number of a person."""
    assert claim.submitted_on is not None
    return [
        (_("Nomor klaim"), number_words(claim)),
        (_("Tentang"), kind_title(claim)),
        (_("Dikirim"), date(claim.submitted_on)),
        (_("Batas waktu menurut hukum"), last_day_words(claim)),
    ]


def last_day_words(claim: Claim) -> str:
    """The legal last day to pay, or from when it is counted."""
    if claim.due_on is not None:
        return date(claim.due_on)
    told = days_to_pay(Kind(claim.kind), today())
    if told is None:
        return _("Undang-undang tidak menyebut batasnya")
    if claim.state != State.WAITING:
        return NOTHING
    days, working = told
    words = _("{days} hari kerja sesudah berkas lengkap") if working else _("{days} hari sesudah berkas lengkap")
    return words.format(days=days)


@require_safe
def _pdf(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    if claim.submitted_on is None:
        return HttpResponseRedirect(url("show", claim))
    where = track_url(request, claim)
    made = Receipt(
        language=language(),
        title=_("Tanda terima klaim"),
        facts=facts_of_receipt(claim),
        steps=[(_(title), _(text)) for title, text in NEXT],
        how=_("Lacak klaim ini tanpa akun: pindai kodenya, lalu isi tanggal lahir peserta."),
        where=where,
        made_on=claim.submitted_on,
        sample=bool(getattr(settings, "JAMSOSTEK_DEMO", False)),
    )
    return sent(draw_receipt_pdf(made), f"{_('tanda-terima')}-{claim.number}.pdf", PDF)


pdf = of_claim(sent=True)(_pdf)
