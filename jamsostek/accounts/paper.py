"""The yearly statement as it is printed: a person's year in words, with the rates it stands on and their sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from jamsostek import law
from jamsostek.accounts.models import LineKind
from jamsostek.accounts.queries.rates import RATE, Declaration, Rate
from jamsostek.accounts.queries.statement import IN, Month, Statement
from jamsostek.core.rupiah import format_percent
from jamsostek.core.text import N_, _, day_words
from jamsostek.law.labels import GRADES, citation
from jamsostek.ledger.queries.balances import JAKARTA
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
    rate, sums = "" if one.rate is None else rate_words(one.rate), one.sums
    moved = sums.in_rupiah, rate, sums.return_rupiah, sums.out_rupiah, sums.corrected_rupiah
    return MonthLine(month_words(one.month), *moved, one.closing_rupiah)


def _paid(on: dt.date, for_month: int, payer: str, rupiah: int) -> PaidLine:
    return PaidLine(day_words(on), month_words(for_month), payer or _("Iuran"), rupiah)


def until_words(told: Statement) -> str:
    """How far returns are credited."""
    if told.credited is None:
        return _("Hasil pengembangan tahun ini belum dibukukan.")
    return _("Hasil pengembangan dibukukan sampai {month}.").format(month=month_words(told.credited))


INVENTED = N_("contoh, rekaan untuk demonstrasi")


def rate_words(rate: Rate) -> str:
    """`5,63 %`; one that was invented says so."""
    figure = format_percent(rate.ppm)
    return _("{rate} (rekaan)").format(rate=figure) if rate.declaration and rate.declaration.invented else figure


def rate_notes(told: Statement) -> Sequence[RateNote]:
    """The rates of a year, each with its regulation, how well it is known, and its sources."""
    found = []
    for first, last, rate in told.rates:
        months = month_words(first) if first == last else f"{month_words(first)} – {month_words(last)}"
        text = _("{months}: {rate} setahun").format(months=months, rate=rate_words(rate))
        found.append(RateNote(text, *standing(first, rate)))
    return found


def standing(month: int, rate: Rate) -> tuple[str, str, tuple[str, ...]]:
    """Where the rate of a month stands: regulation or decision, how well it is known, and its sources."""
    if rate.declaration is not None:
        return _declared(rate.declaration)
    here = law.law_at(month)
    row = here.parameters.row_in_force(RATE, here)
    if row is None or row.value != rate.ppm:  # the law's data say another rate now; what was credited stands
        return "", _("berbeda dari data hukum sekarang"), ()
    return citation(f"{row.regulation} {row.article}"), _(GRADES[row.grade]), tuple(row.source)


def _declared(one: Declaration) -> tuple[str, str, tuple[str, ...]]:
    if one.decreed_on is None:
        cited = _("dicatat {day}").format(day=day_words(one.declared_at.astimezone(JAKARTA).date()))
    else:
        cited = _("Keputusan {number}, {day}").format(number=one.decree, day=day_words(one.decreed_on))
    grade = {None: _("dicatat, belum disahkan"), True: _("dicatat dan disahkan di sini"), False: _("dicatat, tidak disahkan")}
    return cited, _(INVENTED) if one.invented else grade[one.confirmed], (one.source,)
