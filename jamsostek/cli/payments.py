"""`jamsostek payments`: accounts and secrets of banks, a statement booked by the operator, one payment, money that waits."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jamsostek.cli.installation import installation, set_up_django
from jamsostek.cli.screen import console
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.collection.models import Statement

group = typer.Typer(help="Uang masuk: rekening bank, rekening koran, satu pembayaran.", no_args_is_help=True)
JAKARTA = dt.timezone(dt.timedelta(hours=7))
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Nomor rekening penerimaan iuran.")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="payments")


def _say(text: str) -> None:
    console().print(text, markup=False, highlight=False, soft_wrap=True)


@group.command("account", help="Buka rekening penerimaan untuk webhook dan rekening koran; rahasianya dicetak sekali.")
def account(number: Number, name: Annotated[str, typer.Option(help="Nama bank, seperti dibaca petugas.")] = "") -> None:
    """An account that is there keeps its secrets."""
    set_up_django()
    from jamsostek.collection import banks

    known = number in banks.accounts()
    made = banks.add_account(number, name or (banks.accounts()[number].name if known else ""))
    _say(_("Rekening {title} siap.").format(title=made.title))
    if not known:
        _say(_("Rahasia webhook, sampaikan kepada bank: {secret}").format(secret=made.secrets[-1]))


@group.command("accounts", help="Rekening penerimaan, dan banyaknya rahasia yang berlaku.")
def accounts() -> None:
    """Never shows a secret."""
    set_up_django()
    from jamsostek.collection import banks

    table = Table(box=None)
    for title in (_("Rekening"), _("Nomor"), _("Rahasia")):
        table.add_column(title)
    for one in banks.accounts().values():
        table.add_row(one.title, f"•{one.number[-4:]}", str(len(one.secrets)))
    console().print(table, highlight=False, markup=False)


@group.command("secret", help="Tambah rahasia webhook baru; yang lama tetap berlaku sampai --drop-old.")
def secret(
    number: Number, drop_old: Annotated[bool, typer.Option("--drop-old", help="Hanya yang terbaru yang berlaku.")] = False
) -> None:
    """Rotation: add, tell the bank, drop the old one."""
    set_up_django()
    from jamsostek.collection import banks

    if drop_old:
        _say(_("{count} rahasia lama tidak berlaku lagi.").format(count=banks.drop_old_secrets(number)))
        return
    _say(_("Rahasia webhook, sampaikan kepada bank: {secret}").format(secret=banks.add_secret(number)))


@group.command("statement", help="Bukukan rekening koran (camt.053, MT940, CSV); dengan --dry-run hanya dibaca.")
def statement(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas rekening koran.", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Baca dan periksa saja.")] = False,
) -> None:
    """The operator answers for it: no second person is asked. Status 1 where rows could not be read."""
    if dry_run:
        _read_only(file)
        return
    with installation("payments statement") as now:
        from jamsostek.collection.actions.payments import statement_work, statements

        row = statements.send(content=file.read_bytes(), file_name=file.name)
    statement_work.read(row.pk, now=now)
    row = _again(row)
    if row.state == "ready":
        with installation("payments statement"):
            statements.confirm(statement_id=row.pk, now=now)
        statement_work.book(row.pk, today=now.astimezone(JAKARTA).date(), now=now)
        row = _again(row)
    if row.state != "done":
        raise InputError(row.error or _("Rekening koran ini belum selesai dibukukan."), remedy=_("Jalankan lagi."))
    _told(row)
    if row.counts.get("errors"):
        raise typer.Exit(1)


def _read_only(file: Path) -> None:
    from jamsostek.messages.bank.reader import read_statement

    found = read_statement(file.read_bytes(), file.name)
    words = _("{format}: {count} baris dari {first} sampai {last}.")
    count = format_number(len(found.entries))
    _say(words.format(format=found.format, count=count, first=found.from_date.isoformat(), last=found.to_date.isoformat()))
    for one in found.problems:
        _say(_("baris {row}: {message} ({value}). {remedy}").format(
            row=one.row or "–", message=one.message, value=one.value, remedy=one.remedy
        ))  # fmt: skip
    if not found.whole:
        raise typer.Exit(1)


def _again(row: Statement) -> Statement:
    with installation("payments statement"):
        from jamsostek.collection.queries import payments

        return payments.statement(row.pk)


def _told(row: Statement) -> None:
    from jamsostek.collection.choices import ROW_KINDS, RowKind

    _say(_("{count} baris dibukukan.").format(count=format_number(row.rows_done)))
    for kind, count in sorted(row.counts.get("kinds", {}).items()):
        _say(f"{_(ROW_KINDS[RowKind(kind)])}: {format_number(count)}")


@group.command("show", help="Pembayaran menurut kode bayar, nomor referensi bank, atau nomor pembayaran.")
def show(asked: Annotated[str, typer.Argument(metavar="TEXT", help="Kode bayar, referensi, atau nomor pembayaran.")]) -> None:
    """Status 1 when there is none."""
    with installation("payments show"):
        from jamsostek.collection.queries import payments

        found = payments.standings(list(payments.listed(asked=asked)[:25]))
    if not found:
        _say(_("Tidak ada yang cocok."))
        raise typer.Exit(1)
    table = Table(box=None)
    for title in (_("Pembayaran"), _("Dibayar"), _("Jumlah"), _("Dipakai"), _("Bebas"), _("Keadaan")):
        table.add_column(title)
    for one in found:
        money = (one.payment.amount_rupiah, one.used_rupiah, one.free_rupiah)
        table.add_row(one.name, one.payment.paid_on.isoformat(), *map(format_rupiah, money), str(one.state))
    console().print(table, highlight=False, markup=False)


@group.command("use-free", help="Pakai uang yang menunggu untuk tagihan pemiliknya sekarang (juga berjalan sendiri).")
def use_free() -> None:
    """What the job does every ten minutes."""
    set_up_django()
    from jamsostek.collection.actions.payments import use_all_free_money

    served = use_all_free_money(today=dt.datetime.now(JAKARTA).date())
    _say(_("{count} pembayar diperiksa.").format(count=format_number(served)))
