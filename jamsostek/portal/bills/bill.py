"""One bill: how much, by which code and day, for what, how far it is paid, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import bills
from jamsostek.collection.queries.bills import Payer, Programme, Shown
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger.queries import number_words
from jamsostek.portal.bills import words
from jamsostek.portal.bills.who import BOOKS, PAYMENT_READERS, READERS, crumbs, of_bill, payer_link, url
from jamsostek.portal.screens import Column, Fact, Link, page, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill


@of_bill(*READERS)
@require_safe
def show(request: HttpRequest, bill: Bill) -> HttpResponse:
    """The page."""
    day = today()
    (one,) = bills.shown([bill], day)
    payer = bills.payer_of(bill)
    if bill.participant_id is not None:
        audit.looked([bill.participant_id], ("name", "bill"), "tagihan peserta")
    context: dict[str, Any] = {
        "bill": bill,
        "code": format_public("bill", one.code),
        "standing": one.standing,
        "tag": words.state_tag(one.standing),
        "payable": one.standing.left_rupiah > 0,
        "due": date(bills.first_due(bill)),
        "after": words.after_due(bill),
        "receipt": words.receipt(one),
        "facts": _facts(one, payer),
        "table": programmes_table(bill),
        "ways": _ways(bill, one),
        "void": url(bill, "void") if may_void(bill, one) else "",
    }
    return page(request, "bills/bill.html", context, title=words.title(bill, payer), crumbs=crumbs(bill, payer))


def _facts(one: Shown, payer: Payer) -> list[Fact]:
    bill, standing = one.bill, one.standing
    way = payer_link(bill, payer)
    named: Any = payer.name or _("Di luar wilayah kerja Anda")
    if way is not None and payer.name:
        named = Link(payer.name, way.url)
    found = [Fact(_("Yang ditagih"), named), Fact(_("Nomor"), words.bare_number(payer) or NOTHING)]
    found.append(Fact(_("Untuk"), words.months(bill)))
    if bills.has_lines(bill) and bill.payer_kind != PayerKind.PERSON:
        found.append(Fact(_("Orang"), format_number(bill.people)))
    if bill.payer_kind == PayerKind.EMPLOYER:
        found.append(Fact(_("Jumlah upah"), format_rupiah(bill.wage_rupiah)))
        found.append(Fact(_("Bagian pekerja, dipotong dari upah"), format_rupiah(bill.worker_rupiah)))
    if standing.paid_rupiah:
        told = format_rupiah(standing.paid_rupiah)
        found.append(Fact(_("Sudah dibayar"), f"{told}, {date(standing.paid_on)}" if standing.paid_on else told))
        found.append(Fact(_("Sisa"), format_rupiah(standing.left_rupiah)))
    found.append(Fact(_("Dibuat"), date(bill.made_on)))
    return found


def programmes_table(bill: Bill) -> Table:
    """A bill by programme."""
    rows = bills.programmes(bill)
    fines = any(one.fine_rupiah for one in rows)

    def whole(one: Programme) -> str:
        return format_rupiah(one.rupiah + one.fine_rupiah)

    columns = [
        Column(_("Program"), lambda one: _(words.PROGRAMMES[one.name])),
        Column(_("Iuran"), lambda one: format_rupiah(one.rupiah), number=True),
        *([Column(_("Denda"), lambda one: format_rupiah(one.fine_rupiah), number=True)] if fines else []),
        Column(_("Jatuh tempo"), lambda one: date(one.due_on)),
        *([Column(_("Jumlah"), whole, number=True)] if fines else []),
    ]
    sums = [_("Jumlah"), format_rupiah(sum(one.rupiah for one in rows))]
    if fines:
        sums.append(format_rupiah(sum(one.fine_rupiah for one in rows)))
    total = [*sums, "", *([format_rupiah(bill.total_rupiah)] if fines else [])]
    return table(_("Menurut program"), columns, rows, total=total)


def _ways(bill: Bill, one: Shown) -> list[Link]:
    scope = current()
    found = [Link(_("Unduh PDF"), url(bill, "pdf"))]
    if bills.has_lines(bill):
        found.append(Link(_("Rincian setiap orang"), url(bill, "lines")))
    found.append(Link(_("Mengapa sebesar ini?"), url(bill, "why")))
    if one.standing.paid_rupiah and scope.roles & frozenset(PAYMENT_READERS):
        found.append(Link(_("Pembayarannya"), reverse("payments:paid_for", args=[one.code])))
    if scope.roles & frozenset(BOOKS) and bills.has_lines(bill):
        found.append(Link(_("Hitung ulang semua baris"), url(bill, "check")))
    booked = bills.booked(bill) if scope.may(Can.READ_BOOKS) else None
    if booked is not None:
        name = _("Pembukuan {number}").format(number=number_words(booked.group_id))
        found.append(Link(name, reverse("books:group", args=[booked.group_id])))
    return found


def place_of(bill: Bill) -> Place:
    """Where rights over a bill are asked for."""
    return Place(employer=bill.employer_id, sponsor=bill.sponsor_id, participant=bill.participant_id, regency=bill.regency_code)


def may_void(bill: Bill, one: Shown) -> bool:
    """Whether this reader could take it back now."""
    can = Can.MAKE_BILL if bill.payer_kind == PayerKind.PERSON else Can.APPROVE_REPORT
    open_ = one.standing.void is None and not one.standing.paid_rupiah
    return open_ and not (bill.part > 0 and bill.group_id is not None) and current().may(can, place_of(bill))
