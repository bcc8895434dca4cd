"""The yearly statement as it is printed: a person's year in words, with the rates it stands on and their sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from jamsostek import law
from jamsostek.accounts.models import LineKind
from jamsostek.accounts.queries.crediting import RATE
from jamsostek.accounts.queries.statement import IN, Month, Statement
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_percent
from jamsostek.core.text import N_, _
from jamsostek.law.labels import GRADES, citation
from jamsostek.messages.card.token import month_words
from jamsostek.messages.statement.draw import MonthLine, PaidLine, RateNote, StatementFace
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.registers import merged_numbers

Names = Callable[[Collection[int]], Mapping[int, str]]
"""Who paid bills, by the bill's id."""
KINDS: dict[LineKind, str] = {
    LineKind.CONTRIBUTION: N_("Iuran"),
    LineKind.RETURN: N_("Hasil pengembangan"),
    LineKind.WITHDRAWAL: N_("Dibayarkan kepada peserta"),
    LineKind.CORRECTION: N_("Koreksi"),
    LineKind.BROUGHT_IN: N_("Saldo pindahan"),
}


def face_of(
    person: Participant, told: Statement, *, names: Names, where: str, today: dt.date, sample: bool = False
) -> StatementFace:
    """A person's year, ready to be drawn in the reader's language; `where` is the address of its page."""
    paid = [line for one in told.months for line in one.lines if line.kind in IN]
    payers = names({line.source_id for line in paid} | {one.source_id for one in told.pension})
    return StatementFace(
        name=person.name,
        kpj=person.kpj,
        other_numbers=tuple(merged_numbers(person.pk)),
        year=told.year,
        until=until_words(told),
        made_on=today,
        made=day_words(today),
        opening_rupiah=told.opening_rupiah,
        closing_rupiah=told.closing_rupiah,
        months=tuple(_month(one) for one in told.months),
        paid=tuple(
            _paid(one.effective_on, one.for_month, payers.get(one.source_id) or _(KINDS[one.kind]), one.rupiah) for one in paid
        ),
        pension=tuple(_paid(one.paid_on, one.for_month, payers.get(one.source_id, ""), one.rupiah) for one in told.pension),
        rates=tuple(rate_notes(told)),
        where=where,
        sample=sample,
    )


def _month(one: Month) -> MonthLine:
    rate, sums = "" if one.rate_ppm is None else format_percent(one.rate_ppm), one.sums
    moved = sums.in_rupiah, rate, sums.return_rupiah, sums.out_rupiah, sums.corrected_rupiah
    return MonthLine(month_words(one.month), *moved, one.closing_rupiah)


def _paid(on: dt.date, for_month: int, payer: str, rupiah: int) -> PaidLine:
    return PaidLine(day_words(on), month_words(for_month), payer or _("Iuran"), rupiah)


def day_words(day: dt.date) -> str:
    """`5 Maret 2020`."""
    return f"{day.day} {month_words(month_of(day))}"


def until_words(told: Statement) -> str:
    """How far returns are credited."""
    if told.credited is None:
        return _("Hasil pengembangan tahun ini belum dibukukan.")
    return _("Hasil pengembangan dibukukan sampai {month}.").format(month=month_words(told.credited))


def rate_notes(told: Statement) -> Sequence[RateNote]:
    """The rates of a year, each with its regulation, how well it is known, and its sources."""
    found = []
    for first, last, ppm in told.rates:
        months = month_words(first) if first == last else f"{month_words(first)} – {month_words(last)}"
        row = law.law_at(first).parameters.row_in_force(RATE, law.law_at(first))
        text = _("{months}: {rate} setahun").format(months=months, rate=format_percent(ppm))
        if row is None or row.value != ppm:  # the law's data say another rate now; what was credited stands
            found.append(RateNote(text, "", _("berbeda dari data hukum sekarang"), ()))
        else:
            cited = citation(f"{row.regulation} {row.article}")
            found.append(RateNote(text, cited, _(GRADES[row.grade]), tuple(row.source)))
    return found
