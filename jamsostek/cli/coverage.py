"""`jamsostek coverage`: the snapshot of the registry, and questions to it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from jamsostek.cli import coverage_plan
from jamsostek.cli.installation import set_up_django, told_when_unreachable
from jamsostek.cli.screen import bar, console, measured
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, parse_month, span
from jamsostek.core.rupiah import format_number, separated
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.coverage.cube import Answer, Question, Snapshot
    from jamsostek.coverage.cube.folding import Tell

app = typer.Typer(no_args_is_help=True)
NAMES = ("province", "regency", "village")


def register(parent: typer.Typer) -> None:
    """Adds the commands, those of forecast and plan among them."""
    coverage_plan.register(app)
    parent.add_typer(app, name="coverage", help="Cakupan: potret registri, pertanyaan kepadanya, perkiraan, rencana.")


@app.command("snapshot", help="Buat potret registri untuk pertanyaan cakupan; dibuat juga tiap malam.")
def snapshot_command(
    memory: Annotated[str, typer.Option("--memory", help="Batas memori mesin.")] = "4GB",
    nation: Annotated[
        Path | None, typer.Option("--nation", help="Bukan registri: penduduk tiruan dengan riwayat karangan.")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--folder", help="Folder potret, bila bukan milik instalasi ini.")] = None,
    master: Annotated[
        str | None, typer.Option("--spark", help="Hitung sel dengan Spark di alamat ini, misalnya local[2].")
    ] = None,
) -> None:
    """Photographs the registry, or an invented nation into a folder of its own."""
    set_up_django()
    from django.utils import timezone

    from jamsostek.access.scope import system_scope
    from jamsostek.coverage.actions import take_snapshot
    from jamsostek.coverage.cube.making import make_invented

    if nation is not None and folder is None:
        raise InputError(
            _("Penduduk tiruan tidak menggantikan registri."), field="folder", remedy=_("Sebut foldernya dengan --folder.")
        )
    with measured(_("Potret cakupan")), _heard() as tell:
        if nation is not None and folder is not None:
            made = make_invented(folder, nation, timezone.localdate(), tell=tell, memory=memory, master=master)
        else:
            scope = system_scope(f"{getpass.getuser()}: coverage snapshot")
            with told_when_unreachable():
                made = take_snapshot(
                    scope=scope, day=timezone.localdate(), folder=folder, tell=tell, memory=memory, master=master
                )  # fmt: skip
    console().print(_status(made), highlight=False)


@app.command("status", help="Tunjukkan potret yang dipakai.")
def status_command(
    folder: Annotated[Path | None, typer.Option("--folder", help="Folder potret, bila bukan milik instalasi ini.")] = None,
) -> None:
    """What the snapshot in use holds."""
    set_up_django()
    console().print(_status(_snapshot(folder)), highlight=False)


@app.command("ask", help="Tanyakan jumlah peserta menurut bulan, wilayah, dan ciri lain.")
def ask_command(
    month: Annotated[list[str], typer.Option("--month", "-m", help="2026-06, atau rentang 2026-01..2026-06 (boleh berulang).")],
    measure: Annotated[
        list[str] | None, typer.Option("--measure", help="active, registered, ever, joined, ... (boleh berulang).")
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", help="Dirinci menurut: month, province, segment, ... (boleh berulang).")
    ] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Hanya DIMENSI=NILAI,NILAI (boleh berulang).")] = None,
    basis: Annotated[str, typer.Option("--basis", help="domicile atau office.")] = "domicile",
    rows: Annotated[bool, typer.Option("--rows", help="Hitung pada baris walau selnya ada.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Seperti yang boleh dilihat umum: dibulatkan, yang kecil ditutup.")
    ] = False,
    folder: Annotated[Path | None, typer.Option("--folder", help="Folder potret, bila bukan milik instalasi ini.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Tulis ke CSV, XLSX, atau Parquet.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tampilkan sebagai JSON.")] = False,
) -> None:
    """Answers one question; Ctrl-C gives it up."""
    set_up_django()
    from jamsostek.coverage.cube import ask, protect

    question, snapshot = _question(month, measure or ["active"], by or [], where or [], basis), _snapshot(folder)
    with bar() as progress:
        task = progress.add_task(_("Menghitung"), total=100)
        answer = ask(
            question, snapshot=snapshot, source="rows" if rows else None,
            progress=lambda done: progress.update(task, completed=round(done * 100)),
        )  # fmt: skip
    _show(protect(answer) if public else answer, out, as_json)


def _question(months: list[str], measures: list[str], by: list[str], where: list[str], basis: str) -> Question:
    from jamsostek.coverage.cube import Question

    kept: dict[str, list[int | str]] = {}
    for one in where:
        name, equals, values = one.partition("=")
        if not equals:
            raise InputError(
                _("Saringan {one!r} tidak terbaca.").format(one=one), field="where", remedy=_("Tulis DIMENSI=NILAI,NILAI.")
            )
        kept[name] = [int(value) if name in NAMES and value.isdecimal() else value for value in values.split(",") if value]
    wanted = tuple(month for one in months for month in _months(one))
    return Question(wanted, tuple(measures), tuple(by), kept, basis)  # type: ignore[arg-type]  # refused where it is none


def _months(text: str) -> list[int]:
    first, dots, last = text.partition("..")
    return span(parse_month(first), parse_month(last)) if dots else [parse_month(first)]


def _snapshot(folder: Path | None) -> Snapshot:
    from jamsostek.coverage.cube import latest
    from jamsostek.coverage.cube.store import none_yet

    found = latest(folder)
    if found is None:
        raise none_yet()
    return found


def _show(answer: Answer, out: Path | None, as_json: bool) -> None:
    if out is not None:
        from jamsostek.cli.table_file import table_file

        with table_file(out, answer.columns) as file:
            file.add(answer.rows)
            file.end()
        return
    if as_json:
        told: dict[str, Any] = {"as_of": answer.as_of.isoformat(), "source": answer.source, "lines": answer.dicts()}
        print(json.dumps(told, ensure_ascii=False))
        return
    keys = len(answer.columns) - len(answer.question.measures)
    table = Table(*answer.columns)
    for row in answer.rows:
        table.add_row(*(_key(one, answer.columns[at]) for at, one in enumerate(row[:keys])), *map(_number, row[keys:]))
    console().print(table)
    words = _("Potret {day}; dijawab dari {source} dalam {seconds} detik.")
    console().print(
        words.format(day=answer.as_of.isoformat(), source=answer.source, seconds=separated(f"{answer.seconds:.2f}")),
        style="dim", highlight=False,
    )  # fmt: skip


def _key(value: object, name: str) -> str:
    if isinstance(value, int) and name == "month":
        return format_month(value)
    return "-" if value is None else str(value)


def _number(value: int | None) -> str:
    return "<10" if value is None else format_number(value)


def _status(found: Snapshot) -> Table:
    table = Table(show_header=False)
    for title, value in (
        (_("Potret"), found.name), (_("Tanggal"), found.as_of.isoformat()),
        (_("Bulan"), f"{format_month(found.first_month)}..{format_month(found.last_month)}"),
        (_("Orang"), format_number(found.people)), (_("Baris"), format_number(found.rows)),
        *((f"{_('Sel')} {name}", format_number(count)) for name, count in found.cells.items()),
        (_("Ukuran berkas"), f"{format_number(found.bytes // 1_000_000)} MB"),
        (_("Lama dibuat"), f"{separated(f'{found.seconds:.1f}')} s"),
    ):  # fmt: skip
        table.add_row(title, value)
    return table


@contextmanager
def _heard() -> Iterator[Tell]:
    """Bars for what is being done."""
    words = {"covers": _("Membaca perlindungan"), "rows": _("Menyusun baris"), "cells": _("Menghitung sel")}
    with bar() as progress:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(words[what], total=of or None)
            progress.update(tasks[what], completed=done)

        yield tell
