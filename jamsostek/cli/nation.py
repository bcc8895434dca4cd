"""`jamsostek nation`: the law's main job from one end to the other, on real files, with time and memory."""

from __future__ import annotations

import shutil
import time
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.rule import Rule
from rich.table import Table

from jamsostek.batch.summary import Summary
from jamsostek.cli import employer, month, synth
from jamsostek.cli.screen import console, peak_memory, percent, trillions
from jamsostek.core.months import parse_month
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number, separated
from jamsostek.core.text import _
from jamsostek.law import Explanation, explain, law_at
from jamsostek.synth.published import PARENTS, coverage

MONTH = "2026-06"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "nation", help="Hukum dari ujung ke ujung: satu buku upah, satu bulan seluruh negeri, satu klaim kematian, satu pensiun."
    )(command)


def command(
    workers: Annotated[int, typer.Option(help="Jumlah pekerja tiruan.")] = 5_000_000,
    out: Annotated[Path, typer.Option(help="Folder hasil.")] = Path("var/nation"),
) -> None:
    """Bill of an ugly workbook, the month of a synthetic nation, a death claim and a pension, each explained."""
    begun = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    console().print(_("Semua orang di peragaan ini tiruan; angka hukumnya sungguhan, dengan sumbernya."), style="bold")
    _workbook(out)
    summary = _nation(out, workers)
    beside_published(summary)
    _claims()
    _end(out, time.monotonic() - begun)


def _title(text: str) -> None:
    console().print(Rule(text, align="left", style="bold"))


def _workbook(out: Path) -> None:
    _title(_("1. Buku upah yang berantakan menjadi tagihan yang dijelaskan"))
    sample = out / "gaji_berantakan.xlsx"
    with resources.as_file(resources.files("jamsostek.messages.payroll") / "samples" / sample.name) as path:
        shutil.copyfile(path, sample)
    try:
        employer.command(sample, MONTH, output=out / "tagihan_berantakan.xlsx")
    except typer.Exit:
        console().print(_("Baris yang salah dikembalikan kepada pengirim; baris yang benar sudah ditagih."), style="dim")


def _nation(out: Path, workers: int) -> Summary:
    _title(_("2. Satu bulan seluruh negeri: {count} pekerja tiruan, {month}").format(count=format_number(workers), month=MONTH))
    people, lines = out / f"penduduk-{workers}", out / f"bulan-{MONTH}-{workers}"
    synth.command(people, workers)
    number = parse_month(MONTH)
    begun = time.monotonic()
    report = month.run(people, lines, number, law_at(number), force=True)
    month.show_summary(report.summary, number)
    month.show_rest(report, lines)
    seconds = separated(f"{time.monotonic() - begun:.1f}")
    words = _("Bulan dihitung dan ditulis dalam {seconds} detik; memori puncak satu proses {memory} MB.")
    console().print(words.format(seconds=seconds, memory=peak_memory()), style="dim")
    return report.summary


def beside_published(summary: Summary) -> None:
    """By province: members computed beside the published members of 2025 (PU and BPU, domicile), as shares of the whole."""
    published = {code: coverage("PU")[code].value + coverage("BPU")[code].value for code in coverage("PU")}
    computed = dict.fromkeys(published, 0)
    rupiah = dict.fromkeys(published, 0)
    for row in summary.rows():
        if row["segment"] in ("pu", "non_asn", "bpu"):
            province = PARENTS.get(row["province"], row["province"])
            computed[province] += row["workers"]
            rupiah[province] += row["total_rupiah"]
    everyone, of_published = max(sum(computed.values()), 1), sum(published.values())
    table = Table(title=_("PU, non-ASN, dan BPU menurut provinsi, di samping peserta aktif terbit 2025 (domisili, S06)"))
    for name in (_("Provinsi"), _("Terbit"), _("Bagian"), _("Tiruan"), _("Bagian"), _("Selisih"), _("Iuran sebulan")):
        table.add_column(name, justify="left" if name == _("Provinsi") else "right")
    for code, members in sorted(published.items()):
        share, ours = members / of_published, computed[code] / everyone
        cells = (
            format_number(members),
            percent(share, 3),
            format_number(computed[code]),
            percent(ours, 3),
            percent(ours - share, 3),
        )
        table.add_row(PROVINCES[code].name, *cells, trillions(rupiah[code]))
    console().print(table)
    note = _("Empat provinsi Papua yang lahir tahun 2022 dijumlahkan ke induknya, seperti tabel terbit.")
    console().print(note, style="dim")


def _claims() -> None:
    _title(_("3. Seorang nelayan meninggal karena kecelakaan kerja, 16 Januari 2026"))
    _print(explain("benefit.jkk.death", date="2026-01-16", wage_rupiah=1_000_000))
    children = [{"levels": {"primary": 4, "junior": 3, "senior": 3, "higher": 5}}, {"levels": {"senior": 2, "higher": 5}}]
    told = explain("benefit.scholarship", date="2026-01-16", cause="jkk", children=children)
    _print(told)
    _title(_("4. Pensiun janda setelah lima tahun iuran, 15 Juni 2026"))
    told = explain(
        "benefit.jp.pension",
        date="2026-06-15",
        kind="widow",
        contribution_months=60,
        density="0.9",
        mean_indexed_wage_rupiah=6_000_000,
    )
    _print(told)


def _print(told: Explanation) -> None:
    console().print(told.text(), markup=False, highlight=False, soft_wrap=True)


def _end(out: Path, seconds: float) -> None:
    _title(_("Selesai"))
    words = _("Seluruhnya {seconds} detik; memori puncak satu proses {memory} MB.")
    console().print(words.format(seconds=separated(f"{seconds:.1f}"), memory=peak_memory()))
    for path, what in (
        ("tagihan_berantakan.xlsx", _("tagihan dengan penjelasan setiap baris")),
        ("gaji_berantakan.xlsx", _("buku upah contoh yang berantakan")),
        ("penduduk-*/", _("penduduk tiruan (Parquet) dan laporannya")),
        ("bulan-*/", _("tagihan dan alokasi setiap pekerja (Parquet) dan ringkasannya")),
    ):
        for found in sorted(out.glob(path)):
            console().print(f"  {found}  {what}", markup=False, highlight=False, soft_wrap=True)
