"""Bills on paper: what a page says, and the PDF of one or of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import bills
from jamsostek.collection.queries.bills import Payer, Shown
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.law import get_rule
from jamsostek.law.labels import citation
from jamsostek.messages.bill.draw import BillFace, ProgrammeLine, draw_bills_pdf
from jamsostek.portal.bills import words
from jamsostek.portal.bills.who import READERS, of_bill, url
from jamsostek.portal.screens import today
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.uploads.downloads import sent

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill

PDF = "application/pdf"


@of_bill(*READERS)
@require_safe
def one(request: HttpRequest, bill: Bill) -> HttpResponseBase:
    """One bill."""
    if bill.participant_id is not None:
        audit.looked([bill.participant_id], ("name", "bill"), "tagihan peserta")
    (shown,) = bills.shown([bill], today())
    return sent(pdf(request, [shown]), f"{_('tagihan')}-{shown.code}.pdf", PDF)


def pdf(request: HttpRequest, shown: Sequence[Shown]) -> bytes:
    """Bills as one document, a page each."""
    rows = [one.bill for one in shown]
    payers = bills.payers_of(rows)
    faces = [face(request, one, payers[one.bill.pk]) for one in shown]
    return draw_bills_pdf(faces, max(one.made_on for one in rows))


def face(request: HttpRequest, one: Shown, payer: Payer) -> BillFace:
    """What a bill's page says."""
    bill = one.bill
    lines = [
        ProgrammeLine(_(words.PROGRAMMES[part.name]), part.rupiah + part.fine_rupiah, date(part.due_on))
        for part in bills.programmes(bill)
    ]
    where = request.build_absolute_uri(url(bill)).split("://")[-1]
    state = one.standing.state
    return BillFace(
        title=words.title(bill, payer),
        code=one.code,
        payer=payer.name or _("Di luar wilayah kerja Anda"),
        payer_number=words.number_words(payer),
        payer_lines=tuple(filter(None, (payer.address, _region(payer.region_code)))),
        months=words.months(bill),
        made=date(bill.made_on),
        total_rupiah=bill.total_rupiah,
        worker_rupiah=bill.worker_rupiah,
        programmes=tuple(lines),
        facts=tuple(_facts(bill)),
        after_due=words.after_due(bill),
        articles=(citation(get_rule(bill.rule).source),),
        digest=bill.law.digest[:16],
        where=where,
        stamp=_(words.STATES[state][0]).upper() if state in ("paid", "void") else "",
        sample=bool(getattr(settings, "JAMSOSTEK_DEMO", False)),
    )


def _region(code: int) -> str:
    return regions_name(code) if code in REGENCIES or code in PROVINCES else ""


def _facts(bill: Bill) -> list[tuple[str, str]]:
    if not bills.has_lines(bill):
        value = bill.inputs.get("contract_value_rupiah")
        return [(_("Nilai kontrak"), format_rupiah(value))] if value else []
    found = [(_("Orang"), format_number(bill.people))]
    if bill.payer_kind == PayerKind.EMPLOYER:
        found.append((_("Jumlah upah"), format_rupiah(bill.wage_rupiah)))
    if bill.payer_kind == PayerKind.SPONSOR and bill.people:
        found.append((_("Rata-rata setiap orang"), format_rupiah(round(bill.total_rupiah / bill.people))))
    return found
