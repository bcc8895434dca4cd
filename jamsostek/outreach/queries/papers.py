"""A decree's list on paper and as a workbook: by village, numbered, with the digest that says nothing was changed since.

On paper the NIK is masked: annexes hang on village boards. The workbook holds it whole, for whoever has to check identity cards;
taking it is recorded for everybody on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _, day_words, language
from jamsostek.messages.card.token import month_words
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.messages.tables.books import Book
from jamsostek.outreach.models import Decree
from jamsostek.outreach.plan import KINDS
from jamsostek.outreach.queries.lists import Listed, listed
from jamsostek.outreach.queries.money import purses

TOOK = "Lampiran keputusan"
"""Why somebody's data were taken out."""
_SEX = {"f": N_("Perempuan"), "m": N_("Laki-laki")}


def annex_pdf(decree: Decree, on: dt.date, *, village: int | None = None) -> bytes:
    """The annex in the reader's language; of one village where it is named. NIK are masked."""
    current().need(Can.SEE_MOVEMENT, Place(regency=decree.programme.region_code))
    people = listed(decree, village)
    audit.record("decree.printed", "decree", decree.pk, fields=("people",))
    tables = [_table(name, rows) for name, rows in _by_village(people)]
    summary = _summary(people) if village is None else []
    about = (
        _("Lampiran keputusan nomor {number}").format(number=decree.number) if decree.number else _("Keputusannya belum bernomor")
    )
    part = Part(
        language=language(), title=decree.title, subtitle=about,
        paragraphs=_told(decree, people), facts=_facts(decree), tables=[*summary, *tables],
        sign=_("Ditetapkan oleh kepala daerah,") if decree.number else "",
    )  # fmt: skip
    letter = Letter(
        number=_code(decree), made_on=decree.approved_on or decree.prepared_on, made=day_words(on), to=[decree.programme.title],
        parts=[part], sample=decree.programme.invented,
    )  # fmt: skip
    return draw_letter_pdf(letter)


def _code(decree: Decree) -> str:
    return f"L-{decree.code}"


def _told(decree: Decree, people: Sequence[Listed]) -> list[str]:
    state = {
        "prepared": _("Daftar ini disiapkan dan belum disetujui."),
        "withdrawn": _("Daftar ini ditarik kembali dan tidak berlaku."),
    }.get(decree.state)
    count = _("{people} orang, iuran seluruhnya {rupiah}.").format(
        people=format_number(len(people)), rupiah=format_rupiah(sum(one.rupiah for one in people))
    )
    return [text for text in (state, count) if text]


def _facts(decree: Decree) -> list[tuple[str, str]]:
    money = [f"{one.title} ({_(KINDS[one.source.kind])})" for one in purses(decree.programme)]
    told = [(_("Dasar hukum"), str(decree.programme.eligibility.get("regulation", ""))), (_("Sumber dana"), "; ".join(money)),
            (_("Sidik daftar"), _groups(decree.digest))]  # fmt: skip
    if decree.signature:
        told.append((_("Tanda tangan elektronik"), f"{decree.signature['key']} {_groups(decree.signature['signature'])}"))
    return told


def _groups(text: str) -> str:
    """In groups of eight, as people compare them."""
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8))


def _by_village(people: Sequence[Listed]) -> Iterator[tuple[str, list[Listed]]]:
    for village, rows in groupby(people, key=lambda one: one.village_code):
        mine = list(rows)
        yield mine[0].village or (str(village) if village else _("Desa tidak diketahui")), mine


def _sex(sex: str) -> str:
    return _(_SEX[sex]) if sex in _SEX else ""


def _table(name: str, rows: Sequence[Listed]) -> Table:
    heads = [_("No."), _("Nama"), _("NIK"), _("Jenis kelamin"), _("Pekerjaan"), _("Bulan"), _("Iuran")]
    lines = [
        [str(one.number), one.name, one.masked, _sex(one.sex), _(one.occupation) if one.occupation else "",
         _months(one.from_month, one.to_month), format_rupiah(one.rupiah)]
        for one in rows
    ]  # fmt: skip
    total = ["", _("Jumlah"), "", "", "", "", format_rupiah(sum(one.rupiah for one in rows))]
    return Table(name, heads, lines, texts=6, total=total)


def _summary(people: Sequence[Listed]) -> list[Table]:
    rows = [
        [name, format_number(len(mine)), format_rupiah(sum(one.rupiah for one in mine))] for name, mine in _by_village(people)
    ]
    total = [_("Jumlah"), format_number(len(people)), format_rupiah(sum(one.rupiah for one in people))]
    return [Table(_("Menurut desa"), [_("Desa"), _("Orang"), _("Iuran")], rows, texts=1, total=total)]


def _months(first: int, last: int) -> str:
    return month_words(first) if first == last else f"{month_words(first)} – {month_words(last)}"


def annex_xlsx(decree: Decree) -> bytes:
    """A sheet for each village after one of sums; NIK whole, as text."""
    current().need(Can.PLAN_MOVEMENT, Place(regency=decree.programme.region_code))
    people = listed(decree)
    audit.record("decree.exported", "decree", decree.pk, fields=("people", "nik"), reason=TOOK)
    target = BytesIO()
    book = Book(target, decree.title)
    try:
        _sums_sheet(book, decree, people)
        names: set[str] = set()
        for name, mine in _by_village(people):
            _village_sheet(book, _sheet_name(name, names), mine)
    except BaseException:
        book.abandon()
        raise
    book.close()
    return target.getvalue()


def _sheet_name(name: str, used: set[str]) -> str:
    """As Excel takes it: 31 letters, none of its own, each once whatever the case."""
    plain = "".join(" " if one in "[]:*?/\\'" else one for one in name).strip()[:27] or "Desa"
    chosen, at = plain, 1
    while chosen.casefold() in used:
        at += 1
        chosen = f"{plain} {at}"
    used.add(chosen.casefold())
    return chosen


def _sums_sheet(book: Book, decree: Decree, people: Sequence[Listed]) -> None:
    sheet = book.book.add_worksheet(_("Ringkasan"))
    book.text(sheet, 0, 0, decree.title, book.title)
    for at, (label, value) in enumerate([(_("Nomor keputusan"), decree.number), *_facts(decree)], 1):
        book.text(sheet, at, 0, label, book.bold)
        book.text(sheet, at, 1, value)
    table = _summary(people)[0]
    top = len(_facts(decree)) + 4
    book.heads(sheet, top, list(table.heads))
    for at, (name, mine) in enumerate(_by_village(people), top + 1):
        book.row(sheet, at, [name, len(mine), sum(one.rupiah for one in mine)], book.plain, book.number)
    book.widths(sheet, [36, 60, 18])
    book.printed(sheet)


def _village_sheet(book: Book, name: str, rows: Sequence[Listed]) -> None:
    sheet = book.book.add_worksheet(name)
    book.heads(sheet, 0, [
        _("No."), _("Nama"), _("NIK"), _("Jenis kelamin"), _("Pekerjaan"), _("Bulan pertama"), _("Bulan terakhir"), _("Iuran"),
    ])  # fmt: skip
    for at, one in enumerate(rows, 1):
        cells = [
            one.number, one.name, one.nik, _sex(one.sex), _(one.occupation) if one.occupation else "",
            month_words(one.from_month), month_words(one.to_month), one.rupiah,
        ]  # fmt: skip
        book.row(sheet, at, cells, book.plain, book.number)
    book.widths(sheet, [6, 36, 20, 6, 28, 18, 18, 14])
    book.printed(sheet)
