"""What the pages of a person's money show, whoever looks: today, a year, a month and where each of its figures comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.accounts.models import LineKind, Programme
from jamsostek.accounts.paper import KINDS, face_of, rate_notes, rate_words, standing, until_words
from jamsostek.accounts.queries import statement as reading
from jamsostek.accounts.queries.balances import OwnLine, balance_on
from jamsostek.accounts.queries.statement import IN, Derivation, Month, Statement, Sums, Year
from jamsostek.collection.queries.payers import payer_names, shares
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, last_day, parse_month
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.messages.statement.draw import draw_statement_pdf
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tab, Tile, export, table, today
from jamsostek.portal.screens.explanation import told as told_why
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.downloads import sent
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.registers import kpj_in_sight

FIRST_YEAR, LAST_YEAR = 2009, 2100
NOTHING_MOVED = N_("Tidak ada uang JHT atau JP yang masuk atau keluar tahun ini.")
NOTHING_YET = N_("Saldo muncul di sini begitu iuran JHT diterima. Program JHT diikuti lewat perusahaan, atau dipilih sendiri.")


@dataclass(frozen=True)
class Ways:
    """The addresses of one person's pages for whoever looks: `reverse(name, args)` of each."""

    names: str
    args: tuple[Any, ...] = ()

    def of(self, what: str, *more: Any) -> str:
        """`of("year", 2020)`."""
        return reverse(f"{self.names}_{what}" if what else self.names, args=[*self.args, *more])


def checked_year(year: int) -> int:
    """A year that can be; a 404 for others."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def checked_month(text: str) -> int:
    """`2020-02` of an address; a 404 for what is no month."""
    try:
        return parse_month(text)
    except InputError:
        raise Http404 from None


# --- today ------------------------------------------------------------------------------------------------------------


def home(ids: Sequence[int], ways: Ways) -> dict[str, Any]:
    """Today's balance, every year, and how many months of JP are paid."""
    now, found = balance_on(ids, today()), reading.years(ids, today())
    months, rupiah = reading.pension_record(ids, today())
    return {
        "tiles": _today(now.rupiah, now.year_return_rupiah, now.credited, months),
        "table": _years(found, ways) if found else None,
        "pension": _record(months, rupiah) if months else [],
        "empty": None if found or months else Empty(_("Belum ada saldo JHT"), _(NOTHING_YET)),
    }


def _record(months: int, rupiah: int) -> list[Fact]:
    return [
        Fact(_("Bulan JP yang iurannya diterima"), format_number(months)),
        Fact(_("Iuran JP seluruhnya"), format_rupiah(rupiah)),
    ]


def _today(rupiah: int, year_return: int, credited: int | None, months: int) -> list[Tile]:
    if not rupiah and not months and credited is None:
        return []
    note = _("dengan hasil sampai {month}").format(month=month_words(credited)) if credited else ""
    return [
        Tile(_("Saldo JHT hari ini"), format_rupiah(rupiah), note, tone="good"),
        Tile(_("Hasil tahun ini, sudah termasuk"), format_rupiah(year_return), _("mulai berkembang 1 Januari")),
    ]


def _years(found: Sequence[Year], ways: Ways) -> Table:
    columns = [
        Column(_("Tahun"), lambda one: Link(str(one.year), ways.of("year", one.year))),
        Column(_("Saldo awal"), lambda one: format_rupiah(one.opening_rupiah), number=True),
        *_sums_columns([one.sums for one in found]),
        Column(_("Saldo akhir"), lambda one: format_rupiah(one.closing_rupiah), number=True),
    ]
    return table(_("Tahun demi tahun"), columns, found)


def _sums_columns(sums: Iterable[Sums]) -> list[Column]:
    """What moved; what never happened has no column."""
    every = list(sums)
    found = [
        Column(_("Iuran masuk"), lambda one: format_rupiah(one.sums.in_rupiah), number=True),
        Column(_("Hasil pengembangan"), lambda one: format_rupiah(one.sums.return_rupiah), number=True),
    ]
    if any(one.out_rupiah for one in every):
        found.append(Column(_("Dicairkan"), lambda one: format_rupiah(-one.sums.out_rupiah), number=True))
    if any(one.corrected_rupiah for one in every):
        found.append(Column(_("Koreksi"), lambda one: format_rupiah(one.sums.corrected_rupiah), number=True))
    return found


# --- a year -----------------------------------------------------------------------------------------------------------


def year(ids: Sequence[int], number: int, ways: Ways) -> dict[str, Any]:
    """JHT month by month, JP contributions, and the rates with their sources."""
    told = reading.statement(ids, number)
    names = payer_names({one.source_id for one in told.pension})
    return {
        "year": number,
        "until": until_words(told) if told.months else "",
        "tiles": [
            Tile(_("Saldo awal tahun"), format_rupiah(told.opening_rupiah)),
            Tile(_("Iuran masuk"), format_rupiah(told.sums.in_rupiah)),
            Tile(_("Hasil pengembangan"), format_rupiah(told.sums.return_rupiah)),
            Tile(_("Saldo akhir"), format_rupiah(told.closing_rupiah), tone="good"),
        ]
        if told.months or told.opening_rupiah
        else [],
        "table": _months(told, ways) if told.months else None,
        "pension": _pension(told, names) if told.pension else None,
        "rates": [Fact(note.text, ", ".join(filter(None, (note.cited, note.grade)))) for note in rate_notes(told)],
        "sources": [source for note in rate_notes(told) for source in note.sources],
        "tabs": _tabs(ids, number, ways),
        "pdf": ways.of("pdf", number),
        "file": ways.of("file", number),
        "empty": None if told.months or told.pension else Empty(_(NOTHING_MOVED)),
    }  # fmt: skip


def _tabs(ids: Sequence[int], number: int, ways: Ways) -> list[Tab]:
    known = sorted({one.year for one in reading.years(ids, today())} | {number})
    return [Tab(str(one), ways.of("year", one), one == number) for one in known]


def _months(told: Statement, ways: Ways) -> Table:
    def earned(one: Month) -> str:
        return format_rupiah(one.sums.return_rupiah) if one.rate is not None or one.sums.return_rupiah else _("belum")

    moved = _sums_columns([one.sums for one in told.months])
    columns = [
        Column(_("Bulan"), lambda one: Link(month_words(one.month), ways.of("month", format_month(one.month)))),
        moved[0],
        Column(_("Tingkat setahun"), lambda one: NOTHING if one.rate is None else rate_words(one.rate), number=True),
        Column(_("Hasil pengembangan"), earned, number=True),
        *moved[2:],
        Column(_("Saldo akhir"), lambda one: format_rupiah(one.closing_rupiah), number=True),
    ]
    return table(_("JHT bulan demi bulan"), columns, told.months)


def _pension(told: Statement, names: dict[int, str]) -> Table:
    columns = [
        Column(_("Untuk bulan"), lambda one: month_words(one.for_month)),
        Column(_("Diterima"), lambda one: date(one.paid_on)),
        Column(_("Dari"), lambda one: names.get(one.source_id, NOTHING)),
        Column(_("Iuran JP"), lambda one: format_rupiah(one.rupiah), number=True),
    ]
    total = [_("Jumlah"), "", "", format_rupiah(told.pension_rupiah)]
    return table(_("Iuran JP yang masuk"), columns, told.pension, total=total)


def pdf(request: HttpRequest, person: Participant, ids: Sequence[int], number: int, ways: Ways) -> HttpResponseBase:
    """The statement of a year on paper."""
    where = f"{request.get_host()}{ways.of('year', number)}"
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    told = reading.statement(ids, number)
    face = face_of(person, told, names=payer_names, where=where, today=today(), sample=sample)
    return sent(draw_statement_pdf(face), f"{_('rincian-jht')}-{number}.pdf", "application/pdf")


def file(request: HttpRequest, ids: Sequence[int], number: int) -> HttpResponseBase:
    """Every movement of a year, as a workbook or CSV."""
    told = reading.statement(ids, number)
    lines = [(one, "JHT", line) for one in told.months for line in one.lines]
    names = payer_names({line.source_id for _one, _programme, line in lines} | {one.source_id for one in told.pension})
    heads = [_("Tanggal"), _("Program"), _("Jenis"), _("Untuk bulan"), _("Dari"), _("Rupiah"), _("Saldo JHT sesudahnya")]
    return export(request, f"{_('rincian-jht')}-{number}", heads, _rows(told, names))


def _rows(told: Statement, names: dict[int, str]) -> Iterable[list[Any]]:
    held = told.opening_rupiah
    for one in told.months:
        for line in one.lines:
            held += line.rupiah
            paid = names.get(line.source_id, "")
            yield [line.effective_on, "JHT", _(KINDS[line.kind]), format_month(line.for_month), paid, line.rupiah, held]
    for paid_month in told.pension:
        paid = names.get(paid_month.source_id, "")
        yield [paid_month.paid_on, "JP", _("Iuran"), format_month(paid_month.for_month), paid, paid_month.rupiah, None]


# --- a month and its reasons ------------------------------------------------------------------------------------------


def month(ids: Sequence[int], number: int, ways: Ways) -> dict[str, Any]:
    """Every movement of a month with where it comes from, and the return as the law's rule gives it."""
    told = reading.statement(ids, number // 100)
    here = next((one for one in told.months if one.month == number), None)
    if here is None:
        raise Http404
    why = reading.derivations(ids, number)
    return {
        "facts": _facts(here),
        "lines": _lines(ids, here) if here.lines else None,
        "whys": [_why(one, several=len(why) > 1) for one in why],
        "waiting": here.rate is None,
        "year_url": ways.of("year", number // 100),
        "year": number // 100,
    }


def _facts(here: Month) -> list[Fact]:
    sums = here.sums
    found = [
        Fact(_("Saldo awal bulan"), format_rupiah(here.opening_rupiah)),
        Fact(_("Iuran masuk"), format_rupiah(sums.in_rupiah)),
    ]
    if here.rate is not None:
        cited, grade, sources = standing(here.month, here.rate)
        told = "; ".join(filter(None, (rate_words(here.rate), cited, grade, *sources)))
        found.append(Fact(_("Tingkat pengembangan setahun"), told))
    if here.rate is not None or sums.return_rupiah:
        found.append(Fact(_("Hasil pengembangan"), format_rupiah(sums.return_rupiah)))
    if sums.out_rupiah:
        found.append(Fact(_("Dicairkan"), format_rupiah(-sums.out_rupiah)))
    if sums.corrected_rupiah:
        found.append(Fact(_("Koreksi"), format_rupiah(sums.corrected_rupiah)))
    return [*found, Fact(_("Saldo akhir"), format_rupiah(here.closing_rupiah))]


def _lines(ids: Sequence[int], here: Month) -> Table:
    bills = {line.source_id for line in here.lines if line.source_id}
    names, asked = payer_names(bills), shares(bills, ids)

    def origin(line: OwnLine) -> str:
        if line.kind not in IN:
            return NOTHING
        found = asked.get((line.source_id, line.participant_id, line.for_month))
        paid = names.get(line.source_id, _("Iuran"))
        if found is None or line.programme != Programme.JHT:
            return paid
        words = _("{payer}: upah {wage}, bagian pemberi kerja {employer}, bagian pekerja {worker}")
        return words.format(
            payer=paid, wage=format_rupiah(found.wage_rupiah), employer=format_rupiah(found.jht_employer_rupiah),
            worker=format_rupiah(found.jht_worker_rupiah),
        )  # fmt: skip

    columns = [
        Column(_("Tanggal"), lambda line: date(line.effective_on)),
        Column(_("Jenis"), lambda line: _(KINDS[line.kind])),
        Column(_("Untuk bulan"), lambda line: month_words(line.for_month) if line.kind in IN else NOTHING),
        Column(_("Dari mana"), origin),
        Column(_("Berkembang bulan itu"), lambda line: NOTHING if line.kind == LineKind.RETURN else _days(line), number=True),
        Column(_("Rupiah"), lambda line: format_rupiah(line.rupiah), number=True),
    ]
    return table(_("Yang masuk dan keluar bulan itu"), columns, here.lines)


def _days(line: OwnLine) -> str:
    """From the day after it came in, or went out, to the last of the month."""
    return _("{count} hari").format(count=(last_day(line.month) - line.effective_on).days)


def _why(one: Derivation, *, several: bool) -> dict[str, Any]:
    number = kpj_in_sight(one.participant_id)
    return {
        "kpj": format_public("kpj", number) if several and number else "",
        "told": told_why(one.explanation),
        "changes": [change.text() for change in one.changes],
        "holds": one.holds,
        "rupiah": format_rupiah(one.return_rupiah),
        "forward": format_rupiah(one.brought_forward_rupiah) if one.brought_forward_rupiah else "",
    }


__all__ = ["Ways", "checked_month", "checked_year", "file", "home", "month", "pdf", "year"]
