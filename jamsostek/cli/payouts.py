"""`jamsostek payouts`: what is owed, files for the bank, its answers, months of rights; two people share what two must share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli.installation import installation, set_up_django
from jamsostek.cli.registry import JAKARTA, say
from jamsostek.cli.screen import console
from jamsostek.cli.signed import signed
from jamsostek.core.months import format_month, month_of, parse_date, parse_month
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import N_, _

if TYPE_CHECKING:
    from jamsostek.claims.models import Roll

group = typer.Typer(help="Manfaat yang dibayar: yang harus dibayar, berkas untuk bank, jawaban bank.", no_args_is_help=True)
roll_group = typer.Typer(help="Pembayaran bulanan: pensiun, beasiswa, JKP.", no_args_is_help=True)
rights_group = typer.Typer(help="Hak yang berjalan.", no_args_is_help=True)
group.add_typer(roll_group, name="roll")
group.add_typer(rights_group, name="rights")
growth_group = typer.Typer(help="Kenaikan pensiun setahun sekali.", no_args_is_help=True)
group.add_typer(growth_group, name="growth")
Fund = Annotated[str, typer.Argument(metavar="FUND", help="Dana: jkk, jkm, jht, jp, jkp, carrier.")]
BatchNumber = Annotated[int, typer.Argument(metavar="NUMBER", help="Nomor berkas, dari daftar.")]
RollNumber = Annotated[int, typer.Argument(metavar="NUMBER", help="Nomor pembayaran bulanan.")]
RollKind = Annotated[str, typer.Argument(metavar="KIND", help="pension, scholarship, incapacity, jkp.")]
RollMonth = Annotated[str, typer.Argument(metavar="YYYY-MM", help="Bulan yang dibayar.")]
PayOn = Annotated[str | None, typer.Option("--pay-on", metavar="DATE", help="Hari bayar; biasanya hari ini.")]
BATCHES = {
    "prepared": N_("menunggu orang kedua"), "approved": N_("disetujui"), "exported": N_("dikirim ke bank"),
    "answered": N_("dijawab bank"), "cancelled": N_("dibatalkan"),
}  # fmt: skip
ROLLS = {
    "tried": N_("menunggu orang kedua"), "approved": N_("disetujui"), "posted": N_("dibukukan"), "cancelled": N_("dibatalkan"),
}  # fmt: skip
STEPS = {
    "accepted": N_("diterima bank"), "settled": N_("masuk ke rekening"), "rejected": N_("ditolak bank"),
    "returned": N_("dikembalikan bank"),
}  # fmt: skip
DIFFERENT = {"new": N_("baru"), "gone": N_("tidak lagi"), "changed": N_("berubah")}


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="payouts")


def _today(now: dt.datetime) -> dt.date:
    return now.astimezone(JAKARTA).date()


def _day(given: str | None, now: dt.datetime) -> dt.date:
    return parse_date(given) if given else _today(now)


@group.command("owed", help="Yang harus dibayar setiap dana, di samping kasnya.")
def owed() -> None:
    """Sums by fund, nobody's name."""
    with installation("payouts owed"):
        from jamsostek.claims.choices import PayoutState
        from jamsostek.claims.queries import payouts

        found = payouts.funds()
    table = Table(title=_("Manfaat yang belum dibayar"))
    table.add_column(_("Dana"))
    for title in (_("Jatuh tempo"), _("Ditahan"), _("Disiapkan"), _("Dikirim"), _("Ditolak bank"), _("Kas"), _("Sisa")):
        table.add_column(title, justify="right")
    states = (PayoutState.DUE, PayoutState.HELD, PayoutState.BATCHED, PayoutState.SENT, PayoutState.FAILED)
    for one in found:
        money = [format_rupiah(one.of(state).rupiah) for state in states]
        table.add_row(one.fund.upper(), *money, format_rupiah(one.cash_rupiah or 0), format_rupiah(one.left_rupiah or 0))
    console().print(table, highlight=False)


# --- batches ------------------------------------------------------------------------------------------------------------


@group.command("batches", help="Berkas untuk bank, yang terbaru di atas.")
def batches(most: Annotated[int, typer.Option(min=1, max=10_000, help="Sebanyak-banyaknya sekian.")] = 50) -> None:
    """Status 1 when there is none."""
    with installation("payouts batches"):
        from jamsostek.claims.queries import payouts

        found = list(payouts.batches()[:most])
    if not found:
        say(_("Belum ada berkas pembayaran."))
        raise typer.Exit(1)
    table = Table(box=None)
    for title in (_("Nomor"), _("Dana"), _("Hari bayar"), _("Transfer"), _("Jumlah"), _("Keadaan")):
        table.add_column(title)
    for one in found:
        sums = (format_number(one.count), format_rupiah(one.rupiah))
        table.add_row(str(one.pk), one.fund.upper(), one.pay_on.isoformat(), *sums, _(BATCHES[one.state]))
    console().print(table, highlight=False, markup=False)


@group.command("prepare", help="Kumpulkan yang harus dibayar sebuah dana menjadi berkas untuk bank; memerlukan JAMSOSTEK_TOKEN.")
def prepare(
    fund: Fund,
    pay_on: PayOn = None,
    roll: Annotated[int | None, typer.Option(metavar="NUMBER", help="Hanya pembayaran bulanan ini.")] = None,
) -> None:
    """In the name of whoever's token it is; somebody else approves. Status 1 when nothing could be gathered."""
    with signed() as now:
        from jamsostek.claims.actions import paying

        made = paying.prepare(fund=fund, pay_on=_day(pay_on, now), today=_today(now), roll_id=roll)
        why = {name: _(text) for name, text in paying.WHY_NOT.items()}
    for one in made.batches:
        words = _("Berkas {number} disiapkan: {count} transfer, {rupiah}.")
        say(words.format(number=one.pk, count=format_number(one.count), rupiah=format_rupiah(one.rupiah)))
    for name, count in sorted(made.left.items()):
        say(_("{count} belum dapat dibayar: {why}.").format(count=format_number(count), why=why[name]))
    if not made.batches:
        say(_("Tidak ada yang dapat dibayar."))
        raise typer.Exit(1)


@group.command("approve", help="Setujui berkas yang disiapkan orang lain; memerlukan JAMSOSTEK_TOKEN.")
def approve(number: BatchNumber) -> None:
    """A worker makes the file next; `export` makes it here."""
    with signed() as now:
        from jamsostek.claims.actions import paying

        one = paying.approve(batch_id=number, now=now)
    say(_("Berkas {number} disetujui: {rupiah}.").format(number=one.pk, rupiah=format_rupiah(one.rupiah)))


@group.command("export", help="Buat berkas pain.001 dari berkas yang disetujui, dan tulis untuk bank.")
def export(
    number: BatchNumber,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="Ke berkas ini; biasanya menurut namanya di bank.")] = None,
) -> None:
    """Done again it writes the same bytes; who took it is remembered."""
    set_up_django()
    from jamsostek.claims.actions import paying

    paying.export(batch_id=number, now=dt.datetime.now(dt.UTC))
    with installation("payouts export"):
        content, name = paying.file_of(batch_id=number)
    path = out or Path(name)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
    say(_("Hasil: {path}").format(path=path))


@group.command("answer", help="Baca jawaban bank (pain.002, camt.054, camt.053, CSV); berkas yang sama tidak mengubah apa pun.")
def answer(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas dari bank.", exists=True, dir_okay=False)],
) -> None:
    """Status 1 where something of it could not be used."""
    with installation("payouts answer") as now:
        from jamsostek.claims.actions import answers

        made = answers.take(content=file.read_bytes(), file_name=file.name, today=_today(now))
        problems = [
            (_(answers.PROBLEMS.get(one["what"], one.get("text", ""))), one.get("reference", "")) for one in made.problems
        ]
    for name, text in STEPS.items():
        if made.counts.get(name):
            say(f"{_(text)}: {format_number(made.counts[name])}")
    for words, reference in problems:
        say(f"{reference}: {words}" if reference else words)
    if problems:
        raise typer.Exit(1)


# --- months of rights ---------------------------------------------------------------------------------------------------


@roll_group.command("try", help="Lihat yang akan dibayar sebulan, dan bedanya dengan bulan sebelumnya; tidak menulis apa pun.")
def trial(kind: RollKind, month: RollMonth) -> None:
    """Sums, nobody's name."""
    with installation("payouts roll try"):
        from jamsostek.claims.actions import rolls

        found = rolls.trial(kind=kind, month=parse_month(month))
    _sums(found.people, found.rupiah, found.told)


def _sums(people: int, rupiah: int, told: Mapping[str, Any]) -> None:
    say(_("{people} orang, {rupiah}.").format(people=format_number(people), rupiah=format_rupiah(rupiah)))
    for fund, sum_rupiah in told.get("funds", {}).items():
        say(f"{fund.upper()}: {format_rupiah(sum_rupiah)}")
    for what, text in DIFFERENT.items():
        one = told.get(what)
        if one:
            words = _("{what}: {people} orang, {before} menjadi {now}.")
            money = {"before": format_rupiah(one["before_rupiah"]), "now": format_rupiah(one["rupiah"])}
            say(words.format(what=_(text), people=format_number(one["people"]), **money))


@roll_group.command("prepare", help="Simpan sebuah percobaan untuk disetujui orang lain; memerlukan JAMSOSTEK_TOKEN.")
def prepare_roll(kind: RollKind, month: RollMonth, pay_on: PayOn = None) -> None:
    """An older one of the same month is dropped."""
    with signed() as now:
        from jamsostek.claims.actions import rolls

        made = rolls.prepare(kind=kind, month=parse_month(month), pay_on=_day(pay_on, now), now=now)
    _told(made)
    _sums(made.people, made.rupiah, made.trial)


@roll_group.command("approve", help="Setujui yang disiapkan orang lain; memerlukan JAMSOSTEK_TOKEN.")
def approve_roll(number: RollNumber) -> None:
    """A worker posts it next; `post` posts it here."""
    with signed() as now:
        from jamsostek.claims.actions import rolls

        made = rolls.approve(roll_id=number, now=now)
    _told(made)


@roll_group.command("post", help="Bukukan yang disetujui; dijalankan lagi tidak mengubah apa pun.")
def post(number: RollNumber) -> None:
    """Status 1 where nothing was posted: not approved, or no longer what was approved."""
    with installation("payouts roll post") as now:
        from jamsostek.claims.actions import rolls
        from jamsostek.claims.queries import payouts

        made = rolls.post_roll(roll_id=payouts.roll(number).pk, now=now, today=_today(now))
    _told(made)
    if made.problem == "changed":
        say(_("Yang akan dibayar bukan lagi yang disetujui; siapkan lagi."))
    if made.state != "posted":
        raise typer.Exit(1)


@roll_group.command("list", help="Pembayaran bulanan, yang terbaru di atas.")
def rolls_list(most: Annotated[int, typer.Option(min=1, max=10_000, help="Sebanyak-banyaknya sekian.")] = 24) -> None:
    """Status 1 when there is none."""
    with installation("payouts roll list"):
        from jamsostek.claims.queries import payouts

        found = list(payouts.all_rolls()[:most])
    for one in found:
        _told(one)
    if not found:
        say(_("Belum ada pembayaran bulanan."))
        raise typer.Exit(1)


def _told(one: Roll) -> None:
    from jamsostek.claims.actions import rolls

    words = _("{number}: {kind} {month}, {people} orang, {rupiah}, {state}.")
    say(
        words.format(
            number=one.pk, kind=_(rolls.KINDS[one.kind]), month=format_month(one.month), people=format_number(one.people),
            rupiah=format_rupiah(one.rupiah), state=_(ROLLS[one.state]),
        )
    )  # fmt: skip


@rights_group.command(
    "suspend-unproven", help="Tunda pensiun yang bukti hidupnya habis sebelum bulan ini (juga berjalan setiap malam)."
)
def suspend_unproven(
    month: Annotated[str | None, typer.Argument(metavar="YYYY-MM", help="Bulan; biasanya bulan ini.")] = None,
) -> None:
    """What the nightly job does."""
    with installation("payouts rights suspend-unproven") as now:
        from jamsostek.claims.actions import rights

        today = _today(now)
        count = rights.suspend_unproven(month=parse_month(month) if month else month_of(today), today=today)
    say(_("{count} pensiun ditunda sampai buktinya datang.").format(count=format_number(count)))


# --- the yearly growth of pensions ----------------------------------------------------------------------------------------


GrowthYear = Annotated[int, typer.Argument(metavar="YEAR", min=2016, max=2100, help="Tahun kenaikan.")]


@growth_group.command("list", help="Kenaikan pensiun, tahun yang terbaru di atas.")
def growths() -> None:
    """Status 1 when there is none."""
    with installation("payouts growth list"):
        from jamsostek.claims.queries import growing

        found = list(growing.years())
    if not found:
        say(_("Belum ada kenaikan pensiun."))
        raise typer.Exit(1)
    table = Table(box=None)
    for title in (_("Tahun"), _("Inflasi"), _("Sumber"), _("Orang"), _("Sebelumnya"), _("Sesudahnya"), _("Disetujui")):
        table.add_column(title)
    for one in found:
        sums = (format_number(one.people), format_rupiah(one.was_rupiah), format_rupiah(one.rupiah))
        on = one.approved_on.isoformat() if one.approved_on else _("menunggu orang kedua")
        table.add_row(str(one.year), format_percent(one.inflation_ppm), one.source, *sums, on)
    console().print(table, highlight=False, markup=False)


@growth_group.command("propose", help="Usulkan kenaikan menurut inflasi tahun sebelumnya; memerlukan JAMSOSTEK_TOKEN.")
def propose_growth(
    year: GrowthYear,
    inflation_ppm: Annotated[int, typer.Argument(metavar="PPM", min=0, max=1_000_000, help="Bagian per sejuta: 2,92 % = 29200.")],
    source: Annotated[str, typer.Option("--source", help="Siapa yang mengumumkan inflasinya.")],
) -> None:
    """Tells what it would do; somebody else approves."""
    with signed() as now:
        from jamsostek.claims.actions import growth
        from jamsostek.claims.queries import growing

        growth.propose(year=year, inflation_ppm=inflation_ppm, source=source, today=_today(now))
        found = growing.trial(year=year, inflation_ppm=inflation_ppm)
    _grown(found.people, found.was_rupiah, found.rupiah)


@growth_group.command("approve", help="Setujui kenaikan yang diusulkan orang lain; memerlukan JAMSOSTEK_TOKEN.")
def approve_growth(year: GrowthYear) -> None:
    """Every pension begun before the year grows at once."""
    with signed() as now:
        from jamsostek.claims.actions import growth

        made = growth.approve(year=year, today=_today(now))
    _grown(made.people, made.was_rupiah, made.rupiah)


def _grown(people: int, was: int, now: int) -> None:
    words = _("{people} pensiun: sebulan {was} menjadi {now}.")
    say(words.format(people=format_number(people), was=format_rupiah(was), now=format_rupiah(now)))


@group.command("tax", help="Pajak JHT yang dipotong menurut bulan, dan mana yang sudah disetor.")
def tax() -> None:
    """Sums by month, nobody's name. Status 1 when no JHT was paid."""
    with installation("payouts tax"):
        from jamsostek.claims.queries import taxing

        found = taxing.months()
    if not found:
        say(_("Belum ada JHT yang dibayar."))
        raise typer.Exit(1)
    table = Table(box=None)
    for title in (_("Bulan"), _("Orang"), _("Bruto"), _("Pajak"), _("Disetor"), _("Bukti")):
        table.add_column(title)
    for one in found:
        sums = (format_number(one.people), format_rupiah(one.gross_rupiah), format_rupiah(one.tax_rupiah))
        table.add_row(format_month(one.month), *sums, format_rupiah(one.over_rupiah), one.reference)
    console().print(table, highlight=False, markup=False)
