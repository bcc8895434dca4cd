"""`jamsostek fund project`: the funds to 2100 on this machine, without a database; what it writes is never official."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli.screen import bar, console, measured
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_decimal, format_number, separated
from jamsostek.core.text import _
from jamsostek.fund import projection

SHOWN = (2024, 2030, 2040, 2050, 2060, 2070, 2080, 2100)
TRILLION = 1_000_000_000_000


def add(group: typer.Typer) -> None:
    """Adds the commands."""
    group.command("project", help="Proyeksi aktuaria kelima dana sampai 2100.")(project)
    group.command("assumptions", help="Asumsi dasar proyeksi, dengan mutu dan sumbernya.")(assumptions)


def project(
    changed: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Ganti satu asumsi; boleh berulang.")
    ] = None,
    paths: Annotated[int, typer.Option("--paths", min=0, max=projection.MOST_PATHS, help="Banyaknya jalur ekonomi.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**32 - 1, help="Benih jalur.")] = projection.SEED,
    sensitivity: Annotated[bool, typer.Option("--sensitivity", help="Hitung juga pengaruh setiap asumsi.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Tulis hasil ke berkas .json atau .csv.")] = None,
) -> None:
    """Computes, shows the headline and the funds, and writes all of it where asked."""
    supposed = projection.suppose(_read(changed or []))
    with measured(_("Proyeksi")), bar() as shown:
        whole = projection.project(supposed)
        task = shown.add_task(_("Jalur ekonomi"), total=max(paths, 1))
        fan = projection.chance(whole, paths, seed, lambda done: shown.update(task, completed=done)) if paths else None
        table = projection.sensitivity(whole) if sensitivity else []
    told = projection.result(whole, fan, table)
    _show(told)
    if out is not None:
        _write(out, told)
        console().print(_("Ditulis ke {file}.").format(file=out), markup=False, highlight=False)


def assumptions() -> None:
    """The base, one a line."""
    shown = Table(box=None)
    for title in (_("Nama"), _("Asumsi"), _("Nilai"), _("Satuan"), _("Mutu"), _("Sumber")):
        shown.add_column(title, overflow="fold")
    for one in projection.base().values():
        grade, unit = _(projection.GRADES[one.grade]), _(projection.UNITS[one.unit])
        shown.add_row(one.id, one.title, separated(f"{one.value:,.12g}"), unit, grade, one.source)
    console().print(shown, highlight=False, markup=False)


def _read(changed: list[str]) -> dict[str, str]:
    found = {}
    for one in changed:
        name, mark, value = one.partition("=")
        if not mark or not name.strip():
            raise InputError(
                _("{text!r} bukan NAMA=NILAI.").format(text=one),
                field="set",
                value=one,
                remedy=_("Misalnya --set economy.yield=6,5"),
            )
        found[name.strip()] = value.strip().replace(",", ".")
    return found


def _percent(share: float) -> str:
    return f"{format_decimal(100 * share, 2)} %"


def _show(told: dict[str, Any]) -> None:
    head, fan = told["headline"], told["fan"]
    never = _("setelah {year}").format(year=told["years"][-1])
    lines = [
        (_("Dana JP habis"), str(head["exhausted"] or never)),
        (_("Premi rata-rata umum JP"), _percent(head["premium"])),
        (_("Neraca aktuaria JP"), _percent(head["balance"])),
    ]
    if fan:
        low, high = (str(year or never) for year in (fan["exhausted"][0], fan["exhausted"][-1]))
        title = _("Dana JP habis, 90 dari 100 dari {paths} jalur").format(paths=format_number(fan["paths"]))
        lines.append((title, f"{low} – {high}"))
    for title, value in lines:
        console().print(f"{title}: {value}", markup=False, highlight=False)
    shown = Table(box=None)
    shown.add_column(_("Aset akhir tahun, triliun rupiah"))
    for year in SHOWN:
        shown.add_column(str(year), justify="right")
    for p, fund in told["funds"].items():
        assets = [fund["assets"][told["years"].index(year)] for year in SHOWN]
        shown.add_row(p.upper(), *(format_decimal(a / TRILLION, 1) if a >= 0 else _("habis") for a in assets))
    console().print(shown, highlight=False, markup=False)


def _write(out: Path, told: dict[str, Any]) -> None:
    beside = out.with_name(out.name + ".new")
    if out.suffix == ".csv":
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["programme", "year", "contributions", "benefits", "costs", "returns", "assets"])
            for p, fund in told["funds"].items():
                for at, year in enumerate(told["years"]):
                    row = [fund[key][at] for key in ("contributions", "benefits", "costs", "returns", "assets")]
                    writer.writerow([p, year, *row])
    else:
        beside.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(out)
