"""`jamsostek registry` and `jamsostek region`: the register from the command line of whoever runs the installation.

The operator acts in the installation's own scope under the name of their account on this machine; what they look at, take
out and bring in stands in the trail like everybody's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli.bulk_file import Bulk
from jamsostek.cli.installation import installation
from jamsostek.cli.screen import bar, console
from jamsostek.cli.table_file import table_file
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, month_of, parse_date, parse_month
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer, Participant

group = typer.Typer(help="Data kepesertaan: cari, lihat, masukkan, keluarkan.", no_args_is_help=True)
regions = typer.Typer(help="Wilayah: masukkan kecamatan dan desa.", no_args_is_help=True)
JAKARTA = dt.timezone(dt.timedelta(hours=7))
PART = 5_000
"""Rows taken out at a time."""
SHOWN_WRONG = 20


def register(app: typer.Typer) -> None:
    """Adds the groups."""
    app.add_typer(group, name="registry")
    app.add_typer(regions, name="region")


def looked(ids: Iterable[int], fields: tuple[str, ...], reason: str, action: str = "look") -> None:
    """Remembers that the operator saw people: the installation itself is not remembered, a person at its keyboard is."""
    from jamsostek.access import audit

    audit.record_many(audit.Entry(action, "participant", one, fields, None, reason) for one in ids)


def say(text: str) -> None:
    """One line."""
    console().print(text, markup=False, highlight=False, soft_wrap=True)


# --- looking ----------------------------------------------------------------------------------------------------------


@group.command("search", help="Cari peserta menurut awal nama, KPJ, NIK, atau telepon; nomor rahasia tertutup bintang.")
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Nama (atau awalnya), KPJ, NIK, atau telepon.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="Paling banyak sekian orang.")] = 25,
) -> None:
    """Status 1 when nobody is found."""
    with installation("registry search"):
        from jamsostek.registry.queries import people

        found = people.search(text, limit=limit)
        shown = found.people[:limit]
        secrets = people.masked([one.pk for one in shown])
        looked([one.pk for one in shown], ("name", "birth_date", "nik"), "jamsostek registry search")
    if not shown:
        say(_("Tidak ada yang cocok."))
        raise typer.Exit(1)
    table = Table(box=None)
    for title in ("KPJ", _("Nama"), "NIK", _("Tanggal lahir"), _("Wilayah"), _("Telepon")):
        table.add_column(title)
    for one in shown:
        secret = secrets.get(one.pk)
        facts = (one.name, secret.nik if secret else "—", one.birth_date.isoformat(), str(one.regency_code))
        table.add_row(numbers.format_number("kpj", one.kpj), *facts, secret.phone if secret else "—")
    console().print(table, highlight=False, markup=False)
    if found.more or len(found.people) > limit:
        say(_("Masih ada yang lain; tulis nama lebih lengkap."))


@group.command("show", help="Seorang peserta; dengan --as-of dan --month: apa yang diketahui pada tanggal itu tentang bulan itu.")
def show(
    kpj: Annotated[str, typer.Argument(metavar="KPJ", help="Nomor peserta, 11 angka.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Seperti diketahui pada akhir tanggal ini.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="Bulan yang ditanyakan, misalnya 2026-03.")] = None,
) -> None:
    """Facts, masked secrets and the timeline; or what was known then."""
    number = numbers.check("kpj", kpj)
    asked = parse_month(month) if month else None
    day = parse_date(as_of) if as_of else None
    if day is not None and asked is None:
        raise InputError(_("--as-of memerlukan --month."), remedy=_("Tulis bulan yang ditanyakan, misalnya --month 2026-03."))
    with installation("registry show") as now:
        from jamsostek.registry.queries import people

        person = people.by_kpj(number)
        looked([person.pk], ("name", "birth_date", "nik", "timeline"), "jamsostek registry show")
        if day is None:
            lines = [*_facts(person), *_timeline(person, asked or month_of(now.astimezone(JAKARTA).date()))]
        else:
            lines = _known(person, asked or 0, day)
    table = Table(show_header=False, box=None)
    for title, value in lines:
        table.add_row(title, value)
    console().print(table, highlight=False, markup=False)


def _facts(person: Participant) -> list[tuple[str, str]]:
    from jamsostek.registry.queries import people, registers

    secret = people.masked([person.pk]).get(person.pk)
    facts = [
        ("KPJ", numbers.format_number("kpj", person.kpj)),
        (_("Nama"), person.name),
        (_("Tanggal lahir"), person.birth_date.isoformat()),
        (_("Wilayah"), str(person.village_code or person.regency_code)),
        ("NIK", secret.nik if secret else "—"),
        (_("Telepon"), secret.phone if secret else "—"),
        (_("Terdaftar"), f"{person.registered_on.isoformat()} ({person.registered_via})"),
    ]
    facts += [(_("Meninggal"), person.died_on.isoformat())] if person.died_on else []
    others = registers.merged_numbers(person.pk)
    return facts + ([(_("Nomor lain"), ", ".join(others))] if others else [])


def _timeline(person: Participant, month: int) -> list[tuple[str, str]]:
    from jamsostek.registry.queries import merged, timeline

    found = timeline.spells_of(merged.one_person(person.pk), month)
    spells = sorted((one for some in found.values() for one in some), key=lambda one: one.from_month, reverse=True)
    return [
        (_span(one.from_month, one.to_month), f"{one.segment} {one.payer} {', '.join(p.upper() for p in one.programmes)}")
        for one in spells
    ]


def _span(first: int, last: int | None) -> str:
    return f"{format_month(first)} – {format_month(last) if last else '…'}"


def _known(person: Participant, month: int, day: dt.date) -> list[tuple[str, str]]:
    """What was known at the end of a day in Jakarta."""
    from jamsostek.registry.queries import known

    moment = dt.datetime.combine(day, dt.time.max, JAKARTA)
    told = known.known(person.pk, month, moment)
    lines = [(_("Bulan"), format_month(month)), (_("Diketahui pada"), day.isoformat())]
    if told.regency_code is None:
        return [*lines, ("", _("Peserta ini belum dikenal pada tanggal itu."))]
    lines.append((_("Wilayah"), str(told.regency_code)))
    for row in told.employments:
        wage = told.wages.get(row["id"])
        lines.append((_span(row["from_month"], row["to_month"]), f"{row['segment']} Rp{format_number(wage) if wage else '—'}"))
    lines += [
        (_span(row["from_month"], row["to_month"]), f"bpu {row['payer']} Rp{format_number(row['income_rupiah'])}")
        for row in told.covers
    ]
    return lines if told.employments or told.covers else [*lines, ("", _("Tidak ada perlindungan yang diketahui."))]


# --- taking out -------------------------------------------------------------------------------------------------------

PEOPLE = (
    "kpj", "name", "sex", "birth_date", "birth_place", "regency_code", "village_code", "address", "disability_type",
    "disability_degree", "registered_on", "registered_via", "died_on",
)  # fmt: skip
SECRETS = ("nik", "phone", "mother_name", "bank_account")
EMPLOYERS = (
    "npp", "name", "kind", "kbli", "industry", "risk_class", "scale", "labour_intensive", "regency_code", "address",
    "registered_on", "registered_via", "closed_on",
)  # fmt: skip


@group.command("export", help="Keluarkan peserta atau pemberi kerja ke CSV, XLSX, atau Parquet; nomor rahasia tertutup bintang.")
def export(
    what: Annotated[str, typer.Argument(metavar="people|employers", help="Yang dikeluarkan.")],
    out: Annotated[Path, typer.Option(help="Berkas: .csv, .xlsx, atau .parquet.")],
    regency: Annotated[int | None, typer.Option(help="Hanya kabupaten atau kota ini.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Nomor rahasia utuh; memerlukan --reason.")] = False,
    reason: Annotated[str, typer.Option(help="Untuk apa; peserta dapat membacanya.")] = "",
) -> None:
    """Every person taken out finds it in their trail."""
    if what not in ("people", "employers"):
        raise typer.BadParameter("people, employers")
    if whole and len(reason.strip()) < 5:
        raise InputError(
            _("Nomor rahasia utuh memerlukan alasan."), field="reason", remedy=_("Tulis --reason; peserta dapat membacanya.")
        )
    columns = (*PEOPLE, *SECRETS) if what == "people" else EMPLOYERS
    with installation("registry export"), bar() as progress, table_file(out, columns) as table:
        task, written = progress.add_task(_("Mengeluarkan data"), total=None), 0
        for rows in _people(regency, whole, reason) if what == "people" else _employers(regency):
            table.add(rows)
            written += len(rows)
            progress.update(task, completed=written)
    say(_("{count} baris: {path}").format(count=format_number(written), path=out))


def _people(regency: int | None, whole: bool, reason: str) -> Iterator[list[list[Any]]]:
    from jamsostek.registry.queries import registers

    after, fields = 0, ("name", "birth_date", "address", *SECRETS)
    while found := registers.participants(after=after, limit=PART, regency_code=regency):
        ids = [one.pk for one in found]
        looked(ids, fields, reason.strip() or "jamsostek registry export", "export_whole" if whole else "export")
        secrets = _secrets(ids, whole)
        nothing = ("",) * len(SECRETS)
        yield [[*(getattr(one, name) for name in PEOPLE), *secrets.get(one.pk, nothing)] for one in found]
        after = ids[-1]


def _secrets(ids: list[int], whole: bool) -> dict[int, tuple[str, ...]]:
    from jamsostek.registry.queries import people

    if whole:
        return {one: tuple(told[name] for name in SECRETS) for one, told in people.opened(ids).items()}
    return {one: (told.nik, told.phone, told.mother_name, told.bank) for one, told in people.masked(ids).items()}


def _employers(regency: int | None) -> Iterator[list[list[Any]]]:
    from jamsostek.registry.queries import registers

    after = 0
    while found := registers.employers(after=after, limit=PART, regency_code=regency):
        yield [_employer(one) for one in found]
        after = found[-1].pk


def _employer(one: Employer) -> list[Any]:
    return [getattr(one, name) for name in EMPLOYERS]


# --- bringing in ------------------------------------------------------------------------------------------------------


@group.command("import", help="Masukkan daftar; dijalankan lagi, melanjutkan. Tanpa --confirm hanya dibaca.")
def bring(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="XLSX, XLS, ODS, atau CSV.")],
    employer: Annotated[str | None, typer.Option(metavar="NPP", help="Daftar pekerja pemberi kerja ini.")] = None,
    sponsor: Annotated[str | None, typer.Option(metavar="NUMBER", help="Daftar yang dibayarkan pembayar iuran ini.")] = None,
    month: Annotated[str | None, typer.Option(help="Bulan daftar; biasanya bulan ini.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Timpa data yang sudah ada.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Catat baris yang baik.")] = False,
) -> None:
    """Status 1 when rows have to be mended: they are written beside the file, each with its remedy."""

    if (employer is None) == (sponsor is None):
        raise InputError(_("Pilih tepat satu dari --employer dan --sponsor."), remedy=_("Tulis NPP atau nomor pembayar iuran."))
    number = numbers.check("npp", employer or sponsor or "")
    today = dt.datetime.now(JAKARTA).date()
    bulk = Bulk(source, number, employer is not None, parse_month(month) if month else month_of(today), overwrite)
    if bulk.run(confirm=confirm, say=say):
        raise typer.Exit(1)


# --- the map ----------------------------------------------------------------------------------------------------------


@regions.command("import", help="Masukkan kecamatan dan desa dari CSV: code,name[,parent][,bps_code]; diulang pun aman.")
def import_regions(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="CSV dengan kode Kemendagri.")],
    invented: Annotated[bool, typer.Option("--invented", help="Wilayah tiruan, untuk peragaan.")] = False,
) -> None:
    """Good rows are kept; status 1 when a row was wrong."""
    from jamsostek.cli.region_rows import read_regions

    places, rows, wrong = read_regions(source)
    with installation("region import"):
        from jamsostek.registry.actions.regions import Place
        from jamsostek.registry.actions.regions import import_regions as bring_in

        done = bring_in(places=[Place(*one) for one in places], invented=invented)
    for error in done.wrong:
        error.row = rows[(error.row or 1) - 1]
    found = sorted([*wrong, *done.wrong], key=lambda error: error.row or 0)
    for error in found[:SHOWN_WRONG]:
        say(str(error))
    if len(found) > SHOWN_WRONG:
        say(_("… dan {count} baris lain.").format(count=format_number(len(found) - SHOWN_WRONG)))
    say(_("{written} wilayah tercatat, {wrong} baris perlu diperbaiki.").format(
        written=format_number(done.written), wrong=format_number(len(found))
    ))  # fmt: skip
    if found:
        raise typer.Exit(1)
