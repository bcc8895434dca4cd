"""`jamsostek simulate`: a saved reform beside the law as it stands, over a synthetic nation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli.screen import bar, console, measured, trillions
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _, language

PEOPLE = Path("var/people")
SHOWN = ("members", "paid_for", "by_employer", "by_worker", "by_self", "by_apbn", "by_apbd", "falling")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "simulate", help="Coba reformasi: hukum diubah berkas YAML, di samping hukum yang berlaku, atas penduduk tiruan."
    )(command)


def command(
    reform: Annotated[Path | None, typer.Argument(help="Berkas reformasi, atau nama sebuah contoh.")] = None,
    against: Annotated[list[Path] | None, typer.Option(help="Reformasi lain di sampingnya (boleh berulang).")] = None,
    people: Annotated[Path | None, typer.Option(help="Folder penduduk (province=NN/*.parquet).")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-n", help="Jumlah pekerja tiruan; tanpa ini menurut berkas.")
    ] = None,
    month: Annotated[str | None, typer.Option(help="Bulan, misalnya 2026-07; tanpa ini menurut berkas.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder untuk result.json dan effects.csv.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Banyaknya proses; biasanya sebanyak inti.")] = None,
    examples: Annotated[bool, typer.Option("--examples", help="Tunjukkan contoh yang tersedia.")] = False,
) -> None:
    """Reads the people once for all laws and shows what differs."""
    from jamsostek.coverage.laboratory import read_reform, simulate
    from jamsostek.coverage.laboratory.shipped import example_files

    if examples or reform is None:
        for name, path in example_files().items():
            console().print(f"{name}  {path}", highlight=False, markup=False, soft_wrap=True)
        return
    reforms = tuple(read_reform(_file(one)) for one in (reform, *(against or ())))
    folder = people or _made(workers or reforms[0].workers, reforms[0].seed)
    with measured(_("Simulasi")), bar() as progress:
        task = progress.add_task(_("Menghitung"), total=None)
        result = simulate(
            reforms, folder, month=parse_month(month) if month else None, processes=processes,
            progress=lambda rows: progress.advance(task, rows),
        )  # fmt: skip
    _show(result)
    if out is not None:
        from jamsostek.coverage.laboratory.results import write

        paths = write(result, reforms, out)
        console().print(_("Hasil: {path}").format(path=", ".join(map(str, paths))), soft_wrap=True, markup=False)


def _file(name: Path) -> Path:
    """The file, or the example of that name."""
    from jamsostek.coverage.laboratory.shipped import example_files

    return name if name.exists() else example_files().get(str(name), name)


def _made(workers: int, seed: int) -> Path:
    """A synthetic nation, made when first asked for and kept."""
    from jamsostek.synth import synth

    folder = PEOPLE / f"{workers}-{seed}"
    with measured(_("Penduduk tiruan")):
        try:
            synth(folder, workers, seed)
        except InputError as error:
            error.remedy = error.remedy or _("Beri folder penduduk dengan --people.")
            raise
    return folder


def _show(result: Any) -> None:
    from jamsostek.coverage.laboratory.results import DIMENSION_WORDS, GROUPS, WORDS, group_words

    when = _("{month}, {months} bulan, {people} pekerja tiruan").format(
        month=format_month(result.month), months=12 * result.years, people=format_number(result.found.rows)
    )
    console().print(_("Semua orang tiruan. {when}.").format(when=when), style="bold", highlight=False)
    if result.found.refused:
        console().print(_("{count} baris tidak dihitung.").format(count=format_number(result.found.refused)), style="bold red")
    table = Table(title=_("Hukum yang berlaku dan reformasi"))
    table.add_column("")
    for one in result.scenarios:
        table.add_column(one.title[language()], justify="right")
        if one is not result.baseline:
            table.add_column(_("Selisih"), justify="right")
    for title, measures in GROUPS.values():
        table.add_section()
        table.add_row(_(title), style="bold")
        for measure in measures:
            table.add_row(_(WORDS[measure]), *_cells(result, measure))
    console().print(table)
    for dimension in ("decile", "sex", "segment", "province"):
        console().print(_by(result, dimension, _(DIMENSION_WORDS[dimension]), group_words))
    _assumed(result)


def _cells(result: Any, measure: str) -> list[str]:
    was = result.baseline.total(measure)
    found = [_short(measure, was)]
    for one in result.reforms:
        found += [_short(measure, one.total(measure)), _short(measure, one.total(measure) - was, signed=True)]
    return found


def _by(result: Any, dimension: str, title: str, words: Any) -> Table:
    """What each reform changes, group by group, in the measures that matter most."""
    from jamsostek.coverage.laboratory.results import WORDS

    moved = [(one, m) for one in result.reforms for m in SHOWN if one.by(dimension, m) != result.baseline.by(dimension, m)]
    table = Table(title=_("Selisih menurut {dimension}").format(dimension=title.lower()))
    table.add_column(title)
    for one, measure in moved:
        table.add_column(f"{one.name}: {_(WORDS[measure])}", justify="right")
    for group in result.baseline.by(dimension, "members"):
        differences = [one.by(dimension, m)[group] - result.baseline.by(dimension, m)[group] for one, m in moved]
        cells = [_short(m, value, signed=True) for (_one, m), value in zip(moved, differences, strict=True)]
        table.add_row(words(dimension, str(group)), *cells)
    return table


def _short(measure: str, value: int, signed: bool = False) -> str:
    """Rupiah of a nation in short words, the rest whole."""
    from jamsostek.coverage.laboratory.results import UNITS, amount

    if signed and not value:
        return "0"
    text = trillions(abs(value)) if UNITS.get(measure, "rupiah") == "rupiah" else amount(measure, abs(value))
    return ("-" if value < 0 else "+" if signed else "") + text


def _assumed(result: Any) -> None:
    """What the figures rest on, with what each is worth."""
    from jamsostek.coverage.laboratory.assumptions import shipped
    from jamsostek.coverage.laboratory.results import GRADE_WORDS

    table = Table(title=_("Yang diandaikan"))
    for name in (_("Pengandaian"), _("Nilai"), _("Mutu"), _("Sumber")):
        table.add_column(name)
    for id, one in shipped(result.month).items():
        value = result.assumed[id]
        own = value != one.value
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        told = format_rupiah(value) if one.unit == "rupiah" else f"{shown} {one.unit}"
        table.add_row(one.title[language()], told, _(GRADE_WORDS["reform" if own else one.grade]), "" if own else one.source)
    console().print(table)
    words = _(
        "Orang tidak bereaksi selain sebesar yang disebut berkas; upah dan jumlah orang tetap; setahun dua belas bulan sama."
    )
    console().print(words, style="dim", soft_wrap=True)
