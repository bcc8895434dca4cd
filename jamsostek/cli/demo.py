"""`jamsostek demo`: a living region on this machine, and everybody one can sign in as."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from jamsostek.cli.installation import django_command, set_up_django
from jamsostek.cli.screen import console
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _

SEED = 1
group = typer.Typer(invoke_without_command=True, help="Peragaan: satu kabupaten tiruan yang hidup, dengan portalnya.")


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="demo")


@group.callback()
def command(
    context: typer.Context,
    workers: Annotated[int, typer.Option(help="Jumlah pekerja tiruan.")] = 50_000,
    employers: Annotated[int | None, typer.Option(help="Jumlah perusahaan tiruan; bila kosong, menurut jumlah pekerja.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65534, help="Port portal; bank peragaan memakai port sesudahnya.")] = 8000,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Jalankan portal sesudahnya.")] = True,
) -> None:
    """Enters a synthetic regency once, tells the logins, and runs the portal until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    begun = time.monotonic()
    console().print(_("Semua orang di peragaan ini tiruan; angka hukumnya sungguhan, dengan sumbernya."), style="bold")
    set_up_django()
    django_command("migrate", database="owner", verbosity=0)
    fresh = not _known()
    if fresh:
        _enter(workers, employers)
    _live()
    if fresh:
        console().print(_("Selesai dalam {seconds} detik.").format(seconds=int(time.monotonic() - begun)), style="dim")
    else:
        console().print(_("Data peragaan sudah ada dan dipakai lagi; `make clean` menghapusnya."), style="dim")
    _tell(port)
    if serve:
        _serve(port)


@group.command("code", help="Kode verifikasi (TOTP) pengguna peragaan saat ini.")
def code(username: Annotated[str, typer.Argument(help="Nama pengguna, misalnya petugas-cabang.")] = "") -> None:
    """Tells the present code of one demo user, or of all."""
    set_up_django()
    from jamsostek.demo import logins

    for login in logins.logins():
        if login.totp_secret is not None and username in ("", login.username):
            console().print(f"{login.username:24} {logins.code(login)}", highlight=False)


@group.command("pay", help="Bayar sebuah tagihan di bank peragaan; portalnya harus sedang berjalan.")
def pay(
    code: Annotated[str, typer.Argument(help="Kode bayar, lima belas angka.")],
    rupiah: Annotated[int | None, typer.Argument(help="Jumlah; bila kosong, sisa tagihannya.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65534, help="Port portal.")] = 8000,
) -> None:
    """Pays a bill at the practice bank, which tells the portal."""
    set_up_django()
    from django.utils import timezone

    from jamsostek.demo import practice

    reference, paid = practice.pay(code, rupiah, port, timezone.localdate())
    told = _("Dibayar {rupiah} di bank peragaan, referensi {reference}.")
    console().print(told.format(rupiah=format_rupiah(paid), reference=reference), highlight=False)


def _serve(port: int) -> None:
    """The portal until Ctrl-C, and the practice bank on the port after it."""
    from django.utils import timezone

    from jamsostek.demo.practice import practice_bank

    with practice_bank(port, timezone.localtime()):
        told = _("Bank peragaan: `{command}` membayar sebuah tagihan.")
        console().print(told.format(command=f"{_program()} demo pay {_('KODE')}"), highlight=False, soft_wrap=True)
        django_command("serve", port=port)


def _known() -> bool:
    from jamsostek.demo.logins import logins

    return bool(logins())


def _enter(workers: int, employers: int | None) -> None:
    """Makes the regency of last month, so that nothing in it lies ahead, and enters it with progress."""
    from django.utils import timezone

    from jamsostek.demo.enter import enter
    from jamsostek.demo.movement import keep_lists
    from jamsostek.synth.regency import make_regency, usual_employers

    today = timezone.localdate()
    employers = usual_employers(workers) if employers is None else employers
    made = make_regency(SEED, workers=workers, employers=employers, month=add_months(month_of(today), -1))
    words = _("{name}: {workers} pekerja dan {employers} perusahaan tiruan, lewat pintu yang sama dengan orang sungguhan.")
    console().print(words.format(name=made.name, workers=format_number(workers), employers=format_number(employers)))
    with _progress() as tell:
        enter(made, today=today, now=timezone.now(), tell=tell)
    keep_lists(made)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    columns = (TextColumn("{task.description:20}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console()) as progress:
        bars: dict[str, int] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=total)
            progress.update(bars[what], completed=done)  # type: ignore[arg-type]

        yield tell


def _live() -> None:
    """Poor found and enrolled, funds invested, months billed, paid and closed, claims of every state, coverage photographed."""
    from django.utils import timezone

    from jamsostek.coverage.cube import latest
    from jamsostek.demo.award import live_award
    from jamsostek.demo.claims import live_claims
    from jamsostek.demo.coverage import take_coverage
    from jamsostek.demo.fund import live_funds
    from jamsostek.demo.months import live_through
    from jamsostek.demo.movement import live_movement, live_on
    from jamsostek.demo.projections import project_funds
    from jamsostek.demo.reports import live_reports
    from jamsostek.demo.returns import leave_one_waiting

    today = timezone.localdate()
    with _progress() as tell:
        found = live_movement(today=today, now=timezone.now(), tell=tell)
        live_funds(today=today, tell=tell)  # before its months are closed
        live_through(today=today, tell=tell)
        live_claims(today=today, tell=tell)
        live_on(today=today)
        leave_one_waiting(today=today)
        live_reports(today=today, tell=tell)
        kept = latest()
        if kept is None or kept.as_of != today:
            take_coverage(today=today, tell=tell)
        live_award(today=today, tell=tell)  # its people are counted in that night's cells
        project_funds(today=today, tell=tell)
    if found is not None:
        told = _(
            "Daftar tiruan dipadankan: {found} dari {members} peserta di dalamnya ditemukan, {wrong} keliru, {asked} ditanyakan."
        )
        counts = {name: format_number(count) for name, count in vars(found).items()}
        console().print(told.format(**counts), highlight=False)


def _tell(port: int) -> None:
    from jamsostek.access.roles import ROLES
    from jamsostek.demo.logins import logins

    known = logins()
    table = Table(title=_("Masuk sebagai (orang tiruan)"), title_justify="left")
    for name in (_("Peran"), _("Nama pengguna"), _("Nama"), _("Halaman"), _("Kode verifikasi")):
        table.add_column(name, overflow="fold")
    for login in known:
        second = _("perlu") if login.totp_secret else "—"
        table.add_row(_(ROLES[login.role].title), login.username, login.name, f"http://localhost:{port}{login.home}", second)
    console().print(table)
    console().print(_("Kata sandi semuanya: {password}").format(password=known[0].password), style="bold", highlight=False)
    told = _("Kode verifikasi enam angka: {command}").format(command=f"{_program()} demo code {known[-1].username}")
    console().print(told, style="bold", highlight=False, soft_wrap=True)


def _program() -> str:
    """The command as it can be typed here: by its name where it is installed, else by its path."""
    return "jamsostek" if shutil.which("jamsostek") else os.path.relpath(sys.argv[0])
