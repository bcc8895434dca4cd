"""One amount as a page and as a PDF: its steps and articles, who decided, its place in the books, and what the bank did.

The same for the office, for who holds the claim, and for the right that is paid month by month; only the frame differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.choices import PAYOUTS
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import explained
from jamsostek.claims.queries.desk import PaidLine, names, title_of
from jamsostek.claims.queries.explained import Act, Amount, Booked
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _, language, speaking
from jamsostek.ledger.kinds import kind_words
from jamsostek.ledger.queries import number_words, reference_words
from jamsostek.messages.decision import Decision, Section, Table, draw_decision_pdf
from jamsostek.messages.decision import Part as LetterPart
from jamsostek.messages.payout.reasons import reason
from jamsostek.portal.claims import counted, frame, letters, words
from jamsostek.portal.claims.frame import READERS
from jamsostek.portal.payouts.words import because, change_title, outcome_tag
from jamsostek.portal.screens import Column, Fact, Link, page, table
from jamsostek.portal.screens.explanation import told
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.downloads import sent

REASON = "rincian pembayaran"


@door(*READERS)
@require_safe
def at_office(request: HttpRequest, number: str, amount: str) -> HttpResponseBase:
    """For who works on the claim, or watches over them: people by name too."""
    found = _seen(number, amount)
    claim = found.claim
    context = {
        **context_of(found, office=True),
        "base": frame.base(),
        "pdf": frame.url("amount_pdf", claim, found.key),
        "letter": frame.url("letter", claim),
    }
    crumbs = frame.above(frame.claim_link(claim), Link(_("Hitungan"), frame.url("counted", claim)))
    return page(request, "claims/amount.html", context, title=found.title, crumbs=crumbs)


@door(*READERS)
@require_safe
def pdf_at_office(request: HttpRequest, number: str, amount: str) -> HttpResponse:
    """The same on paper, as the family gets it."""
    return pdf(_seen(number, amount))


def _seen(number: str, amount: str) -> Amount:
    """An amount that an office opens; that it did is remembered."""
    found = of(frame.of(number), amount)
    audit.looked([found.claim.participant_id], ("claim",), REASON)
    return found


def of(claim: Claim, key: str) -> Amount:
    """The amount of a claim in sight; 404 where there is none."""
    found = explained.amount(claim, key)
    if found is None:
        raise Http404(key)
    return found


def shown(request: HttpRequest, context: dict[str, Any], *, title: str, crumbs: Sequence[Link]) -> HttpResponseBase:
    """The page for who receives the money or stands for them."""
    return page(request, "claims/amount.html", {"base": frame.WATCH, **context}, title=title, crumbs=crumbs)


# --- the page -----------------------------------------------------------------------------------------------------------


def context_of(found: Amount, *, office: bool = False) -> dict[str, Any]:
    """What every page of an amount shows; `office` names who decided."""
    part = counted.explained(found.part) if found.part is not None else None
    return {
        "rupiah": format_rupiah(found.net_rupiah),
        "state": words.money_tag(found.state),
        "facts": [Fact(name, value) for name, value in _facts(found)],
        "part": part if found.yearly is None else None,
        "yearly": told(found.yearly) if found.yearly is not None else None,
        "changes": _changes(found),
        "acts": [Fact(name, value) for name, value in _acts(found.acts, office=office)],
        "booked": _booked(found.booked),
        "attempts": _attempts(found),
        "slip": found.slip,
        "digest": found.law_digest[:32],
    }


def _facts(found: Amount) -> Iterator[tuple[str, Any]]:
    row = found.payout
    yield _("Klaimnya"), f"{words.kind(found.claim)}, {words.number(found.claim)}"
    yield _("Untuk"), month_words(row.month)
    if found.party is not None:
        yield _("Penerima"), f"{found.party.name}, {words.kin(found.party)}"
    part = found.part
    if part is not None and found.yearly is None and part.recurs is None and part.now_rupiah != row.gross_rupiah:
        yield _("Bagian penerima ini dari seluruhnya"), f"{format_rupiah(row.gross_rupiah)} / {format_rupiah(part.now_rupiah)}"
    if row.tax_rupiah:
        yield _("Sebelum pajak"), format_rupiah(row.gross_rupiah)
        yield _("Pajak yang dipotong"), format_rupiah(row.tax_rupiah)
        yield _("Nomor bukti potong"), found.slip
    yield _("Yang diterima"), format_rupiah(found.net_rupiah)
    yield _("Paling lambat dibayar"), date(row.due_on)
    if row.paid_on:
        yield _("Masuk ke rekening"), date(row.paid_on)


def _acts(acts: Sequence[Act], *, office: bool) -> Iterator[tuple[str, str]]:
    known = names([one.user_id for one in acts]) if office else {}
    for one in acts:
        role = _(one.role) if one.role else _("Sistem") if one.user_id is None else _("Penyelenggara")
        who = f"{known[one.user_id]}, {role}" if one.user_id in known else role
        yield _(one.what), f"{who}, {date(one.on)}" if one.on else who


def _changes(found: Amount) -> Any:
    """How a right came from what was decided to what it pays now."""
    rows = [one for one in found.changes if one.kind in ("begun", "indexed", "corrected")]
    if len(rows) < 2:
        return None
    columns = [
        Column(_("Yang terjadi"), change_title),
        Column(_("Mulai bulan"), lambda one: month_words(one.from_month)),
        Column(_("Sebelumnya"), lambda one: format_rupiah(one.was_rupiah), number=True),
        Column(_("Sesudahnya"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Sebabnya"), lambda one: because(one.because)),
    ]
    return table(_("Perubahan besarnya sejak diputuskan"), columns, rows)


def _account(one: Any) -> str:
    return str(one.title_id if language() == "id" else one.title_en)


def _booked(rows: Sequence[Booked]) -> Any:
    if not rows:
        return None
    books = current().may(Can.READ_BOOKS)

    def group(one: Booked) -> Any:
        number = number_words(one.group_id)
        return Link(number, reverse("books:group", args=[one.group_id])) if books else number

    columns = [
        Column(_("Nomor pembukuan"), group),
        Column(_("Hari"), lambda one: date(one.on)),
        Column(_("Yang dibukukan"), lambda one: kind_words(one.kind)),
        Column(_("Debit"), lambda one: _account(one.debit)),
        Column(_("Kredit"), lambda one: _account(one.credit)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.rupiah), number=True),
    ]
    return table(_own_part(rows), columns, rows)


def _own_part(rows: Sequence[Booked]) -> str:
    return _("Bagian pembayaran ini dari pembukuan sebulan") if rows[0].mine else _("Pembukuan keputusannya")


def _attempts(found: Amount) -> Any:
    if not found.attempts:
        return None
    columns = [
        Column(_("Nomor kiriman"), lambda one: reference_words(one.name)),
        Column(_("Ke rekening"), lambda one: f"{one.bank} {one.account}, {one.holder}"),
        Column(_("Dikirim untuk hari"), lambda one: date(one.pay_on)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Kata bank"), lambda one: outcome_tag(one.outcome)),
        Column(_("Sebabnya"), lambda one: reason(one.reason_code).message if one.reason_code else ""),
        Column(_("Referensi bank"), lambda one: reference_words(one.reference) or NOTHING),
        Column(_("Hari"), lambda one: _days(one)),
    ]
    return table(_("Kiriman ke bank"), columns, found.attempts)


def _days(one: Any) -> str:
    told = [_("masuk {day}").format(day=date(one.settled_on))] if one.settled_on else []
    if one.returned_on:
        told.append(_("kembali {day}").format(day=date(one.returned_on)))
    return ", ".join(told) or NOTHING


# --- the paper ----------------------------------------------------------------------------------------------------------


def pdf(found: Amount) -> HttpResponse:
    """The amount as a download, in both languages one after the other."""
    return sent(draw(found), f"{_('rincian')}-{found.claim.number}-{found.key}.pdf", letters.PDF)


def draw(found: Amount) -> bytes:
    """The same as bytes; the same amount at the same stage gives the same ones."""
    parts = []
    for spoken in ("id", "en"):
        with speaking(spoken):
            parts.append(_part(spoken, found))
    on = found.payout.paid_on or found.payout.made_on
    with speaking("id"):
        made = date(on)
    to = [found.party.name if found.party is not None else "", words.number(found.claim)]
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    return draw_decision_pdf(Decision(f"{words.number(found.claim)} / {found.key}", on, made, to, parts, sample))


def _part(spoken: str, found: Amount) -> LetterPart:
    facts = [
        *((name, str(value)) for name, value in _facts(found)),
        (_("Keadaan"), _(PAYOUTS[found.state])),
        (_("Sidik hukum"), found.law_digest[:32]),
    ]
    opening = _("Setiap angka di bawah ini dapat ditelusuri sampai ke pasalnya, pembukuannya, dan kiriman banknya.")
    title = f"{found.title}: {format_rupiah(found.net_rupiah)}"
    return LetterPart(spoken, title, _("Rincian pembayaran"), [opening], facts, list(_sections(found)))


def _sections(found: Amount) -> Iterator[Section]:
    if found.yearly is not None:
        yield Section(_("Cara menghitungnya"), steps=list(letters.steps_of(found.yearly)))
    elif found.part is not None:
        yield letters.computed([found.part])
    rows = [one for one in found.changes if one.kind == "indexed"]
    if rows:
        heads = [_("Mulai bulan"), _("Sebabnya"), _("Sebelumnya"), _("Sesudahnya")]
        cells = [
            [month_words(one.from_month), because(one.because), format_rupiah(one.was_rupiah), format_rupiah(one.rupiah)]
            for one in rows
        ]
        yield Section(_("Perubahan besarnya sejak diputuskan"), table=Table(heads, cells, 2))
    if found.acts:
        cells = [[name, who] for name, who in _acts(found.acts, office=False)]
        yield Section(_("Siapa yang memutuskan"), table=Table([_("Yang dilakukan"), _("Oleh, pada")], cells, 2))
    yield from _money_sections(found)


def _money_sections(found: Amount) -> Iterator[Section]:
    if found.booked:
        heads = [_("Nomor pembukuan"), _("Debit"), _("Kredit"), _("Jumlah")]
        cells = [
            [number_words(one.group_id), _account(one.debit), _account(one.credit), format_rupiah(one.rupiah)]
            for one in found.booked
        ]
        yield Section(_own_part(found.booked), table=Table(heads, cells, 3))
    if found.attempts:
        heads = [_("Ke rekening"), _("Referensi bank"), _("Hari"), _("Jumlah")]
        cells = [
            [f"{one.bank} {one.account}", reference_words(one.reference) or NOTHING, _days(one), format_rupiah(one.rupiah)]
            for one in found.attempts
        ]
        yield Section(_("Kiriman ke bank"), table=Table(heads, cells, 3))


# --- the list -----------------------------------------------------------------------------------------------------------


def listed(lines: Sequence[PaidLine], address: Any) -> Any:
    """All amounts of a claim, each with the way to its page."""
    columns = [
        Column(_("Bagian hak"), lambda one: Link(title_of(one.component), address(explained.key_of(one.payout)))),
        Column(_("Untuk"), lambda one: month_words(one.payout.month)),
        Column(_("Kepada"), lambda one: one.party.name if one.party is not None else NOTHING),
        Column(_("Yang diterima"), lambda one: format_rupiah(one.net_rupiah), number=True),
        Column(_("Keadaan"), lambda one: words.money_tag(one.state)),
        Column(_("Masuk ke rekening"), lambda one: date(one.payout.paid_on) if one.payout.paid_on else NOTHING),
    ]
    return table(_("Setiap jumlah; bukalah untuk melihat asalnya"), columns, lines)
