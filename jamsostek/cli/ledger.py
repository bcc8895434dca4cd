"""`jamsostek ledger`: the books from the command line of whoever runs the installation.

The operator acts in the installation's own scope under the name of their account on this machine, as everywhere on the command
line: opening, closing and whatever is taken out of the books stands in the trail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jamsostek.cli.installation import installation
from jamsostek.cli.screen import console
from jamsostek.core import numbers
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import format_month, parse_date, parse_month
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.ledger.beancount import MemberLine

group = typer.Typer(help="Pembukuan: buka, periksa, neraca, mutasi, tutup, keluarkan.", no_args_is_help=True)
JAKARTA = dt.timezone(dt.timedelta(hours=7))
FORMATS = ("beancount",)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="ledger")


def say(text: str) -> None:
    """One line."""
    console().print(text, markup=False, highlight=False, soft_wrap=True)


def _show(headings: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> None:
    """A table; amounts on the right."""
    table = Table(box=None)
    for title, is_number in headings:
        table.add_column(title, justify="right" if is_number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console().print(table, highlight=False, markup=False)


# --- months and days --------------------------------------------------------------------------------------------------


@group.command("open", help="Buka satu bulan pembukuan.")
def open_month(month: Annotated[str, typer.Argument(metavar="MONTH", help="Bulan, misalnya 2026-03.")]) -> None:
    """A month that is open already stays so."""
    wanted = parse_month(month)
    with installation("ledger open"):
        from jamsostek.ledger import actions

        fresh = actions.open_month(wanted)
    told = _("Bulan {month} dibuka.") if fresh else _("Bulan {month} sudah dibuka sebelumnya.")
    say(told.format(month=format_month(wanted)))


@group.command("close-day", help="Jumlahkan hari yang sudah berakhir; tanpa tanggal: kemarin.")
def close_day(day: Annotated[str | None, typer.Argument(metavar="DATE", help="Tanggal, misalnya 2026-03-31.")] = None) -> None:
    """Days before it that were never closed are closed with it."""
    with installation("ledger close-day") as now:
        from jamsostek.ledger import actions

        wanted = parse_date(day) if day else now.astimezone(JAKARTA).date() - dt.timedelta(days=1)
        made = actions.close_day(wanted)
    say(_("{day}: {count} jumlah akun.").format(day=wanted.isoformat(), count=format_number(made)))


@group.command("close", help="Tutup bulan yang sudah berakhir, dengan sidik yang ditandatangani.")
def close(month: Annotated[str, typer.Argument(metavar="MONTH", help="Bulan, misalnya 2026-03.")]) -> None:
    """Nothing is posted into it again."""
    wanted = parse_month(month)
    with installation("ledger close"):
        from jamsostek.ledger import actions

        row = actions.close_period(wanted)
    told = _("Bulan {month} ditutup: {count} transfer, sidik {digest}.")
    say(told.format(month=format_month(wanted), count=format_number(row.transfers or 0), digest=bytes(row.digest or b"").hex()))


# --- proving ----------------------------------------------------------------------------------------------------------


@group.command("check", help="Buktikan semua janji pembukuan dari barisnya; status 1 bila ada yang tidak cocok.")
def check() -> None:
    """Tells how many rows each check went through."""
    with installation("ledger check"):
        from jamsostek.ledger import actions

        report = actions.keep_check(asked_by=None)
    for name, rows in report.rows.items():
        say(f"{_(name)}: {format_number(rows)}")
    if report.findings:
        for one in report.findings:
            say(f"{_('TIDAK COCOK')}: {one.title}: {one.said()}")
        raise typer.Exit(1)
    say(_("Semuanya cocok: {rows} baris diperiksa.").format(rows=format_number(report.all_rows)))


# --- reading ----------------------------------------------------------------------------------------------------------


@group.command("trial", help="Neraca saldo: sekarang, per tanggal berlaku, atau seperti diketahui pada suatu saat.")
def trial(
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Yang berlaku sampai tanggal ini.")] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", metavar="MOMENT", help="Yang tercatat sampai saat ini, misalnya 2026-03-31T17:00.")
    ] = None,
) -> None:
    """Debits and credits by account, with sums by fund."""
    day, moment = parse_date(on) if on else None, parse_moment(known_at) if known_at else None
    with installation("ledger trial"):
        from jamsostek.ledger import queries

        rows = queries.trial_balance(effective=day, known_at=moment)
    lines = [
        [one.fund.upper(), one.code, one.title, *map(format_number, (one.debit_rupiah, one.credit_rupiah, one.balance_rupiah))]
        for one in rows
    ]
    for fund in dict.fromkeys(one.fund for one in rows):
        own = [one for one in rows if one.fund == fund]
        sums = (sum(one.debit_rupiah for one in own), sum(one.credit_rupiah for one in own))
        lines.append([fund.upper(), "", _("Jumlah"), *map(format_number, sums), ""])
    amounts = [(_("Debit"), True), (_("Kredit"), True), (_("Saldo"), True)]
    _show([(_("Dana"), False), (_("Akun"), False), (_("Nama"), False), *amounts], lines)


def parse_moment(text: str) -> dt.datetime:
    """`2026-03-31T17:00` in Jakarta's time, or with an offset of its own; a day alone is its end."""
    try:
        if len(text.strip()) == 10:
            return dt.datetime.combine(parse_date(text), dt.time.max, JAKARTA)
        found = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(
            _("Saat {value!r} tidak terbaca.").format(value=text),
            field="known-at",
            remedy=_("Tulis seperti 2026-03-31T17:00, waktu Jakarta, atau tanggalnya saja."),
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=JAKARTA)


@group.command("statement", help="Mutasi satu akun, dengan saldo sesudah setiap transfer.")
def statement(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Akun, misalnya cash:jkk.")],
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Dari tanggal; bawaan: awal bulan ini.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Sampai tanggal; bawaan: hari ini.")] = None,
) -> None:
    """In the order of effect."""
    with installation("ledger statement") as now:
        from jamsostek.ledger import queries

        until = parse_date(last) if last else now.astimezone(JAKARTA).date()
        since = parse_date(first) if first else until.replace(day=1)
        if until < since:
            raise InputError(_("Tanggal akhir sebelum tanggal awal."), field="to", remedy=_("Tukar --from dan --to."))
        told = queries.statement(code, since, until)
        rows = [
            [
                one.effective_on.isoformat(), queries.reference_words(one.reference), one.other, format_number(one.rupiah),
                format_number(one.balance_rupiah),
            ]
            for one in told
        ]  # fmt: skip
    opening = [since.isoformat(), _("Saldo awal"), "", "", format_number(told.opening_rupiah)]
    closing = [until.isoformat(), _("Saldo akhir"), "", "", rows[-1][-1] if rows else opening[-1]]
    headings = [(_("Tanggal"), False), (_("Rujukan"), False), (_("Akun lawan"), False), (_("Rupiah"), True), (_("Saldo"), True)]
    _show(headings, [opening, *rows, closing])


# --- taking out -------------------------------------------------------------------------------------------------------


@group.command("export", help="Keluarkan buku besar, atau baris seorang peserta, dalam bentuk beancount.")
def export(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Berkas yang ditulis.")],
    form: Annotated[str, typer.Option("--format", help="Bentuknya: beancount.")] = "beancount",
    member: Annotated[str | None, typer.Option(metavar="KPJ", help="Hanya baris peserta ini.")] = None,
) -> None:
    """Whole or not at all; `bean-check` takes what is written."""
    if form not in FORMATS:
        raise unknown_name(_("Bentuk"), form, FORMATS)
    kpj = numbers.check("kpj", member) if member else ""
    with installation("ledger export"):
        from jamsostek.access import audit
        from jamsostek.ledger import beancount
        from jamsostek.messages.tables.books import written_whole

        if kpj:
            lines = beancount.member(numbers.format_number("kpj", kpj), _member_lines(kpj))
        else:
            audit.record("ledger.exported", "period", None, fields=("file",))
            lines = beancount.general_ledger("Jamsostek")
        with written_whole(out) as (whole, _scratch), whole.open("w", encoding="utf-8") as file:
            file.writelines(lines)
    say(_("Ditulis: {file}").format(file=out))


def _member_lines(kpj: str) -> Iterable[MemberLine]:
    """Everything a person's numbers ever moved in JHT and JP; that they were looked at is remembered."""
    from jamsostek.accounts.models import LineKind, Programme
    from jamsostek.accounts.queries import balances
    from jamsostek.cli.registry import looked
    from jamsostek.core.months import FIRST_MONTH, LAST_MONTH
    from jamsostek.ledger.beancount import MemberLine
    from jamsostek.registry.queries import merged, people

    person = people.by_kpj(kpj)
    looked([person.pk], ("accounts",), "jamsostek ledger export", action="export")
    names = {
        LineKind.CONTRIBUTION: "Contribution", LineKind.RETURN: "Return", LineKind.WITHDRAWAL: "Withdrawal",
        LineKind.CORRECTION: "Correction", LineKind.BROUGHT_IN: "Brought-In",
    }  # fmt: skip
    for one in balances.lines(merged.one_person(person.pk), FIRST_MONTH, LAST_MONTH):
        is_jht = one.programme == Programme.JHT
        record = "Assets:JHT:Balance" if is_jht else "Assets:JP:Record"
        other = f"Income:{'JHT' if is_jht else 'JP'}:{names[one.kind]}"
        facts = (("month", format_month(one.for_month)), ("posted", format_month(one.month)))
        yield MemberLine(one.effective_on, one.group_id, record, other, names[one.kind], one.rupiah, facts)
