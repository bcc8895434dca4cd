"""One group of the books: its transfers, what it is about, what it reverses."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger.kinds import kind_words
from jamsostek.ledger.queries import Entry, entry, number_words, reference_words
from jamsostek.portal.books.behind import behind
from jamsostek.portal.books.frame import READERS, account_link, group_link, screen
from jamsostek.portal.screens import Column, Fact, table
from jamsostek.portal.screens.words import date, moment


@door(*READERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """All of its transfers, in their order."""
    found = entry(number)
    if found is None:
        raise Http404
    columns = [
        Column(_("Debit"), lambda one: account_link(one.debit)),
        Column(_("Kredit"), lambda one: account_link(one.credit)),
        Column(_("Rupiah"), lambda one: format_rupiah(one.rupiah), number=True),
    ]
    total = format_rupiah(sum(one.rupiah for one in found.legs))
    legs = table(_("Transfer"), columns, found.legs, total=[_("Jumlah"), "", total])
    context = {"facts": _facts(found), "table": legs, "reversed": found.reversed_by is not None}
    return screen(request, "group.html", context, title=_("Kelompok {number}").format(number=number_words(number)))


def _facts(found: Entry) -> list[Fact]:
    about = behind(found.kind, found.reference)
    told = [
        Fact(_("Jenis"), kind_words(found.kind)),
        Fact(_("Rujukan"), reference_words(found.reference)),
        *([Fact(_("Tentang"), about)] if about else []),
        Fact(_("Berlaku pada"), date(found.effective_on)),
        Fact(_("Dicatat"), moment(found.recorded_at)),
        Fact(_("Oleh"), found.made_by or _("Sistem")),
    ]
    for label, other in ((_("Membalik"), found.reverses), (_("Dibalik oleh"), found.reversed_by)):
        if other is not None:
            told.append(Fact(label, group_link(other.pk, number_words(other.pk))))
    return told
