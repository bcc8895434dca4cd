"""`jamsostek synth`: writes a synthetic nation and prints how it compares with the published figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from jamsostek.cli.screen import bar, console, measured
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import _


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("synth", help="Tulis penduduk pekerja tiruan yang jumlahnya sama dengan statistik terbit.")(command)


def command(
    out: Annotated[Path, typer.Argument(help="Folder hasil: province=NN/part-0.parquet.")],
    workers: Annotated[int, typer.Option("--workers", "-n", help="Jumlah pekerja.")] = 1_000_000,
    seed: Annotated[int, typer.Option("--seed", "-s", help="Benih: angka sama, bita sama.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Ganti penduduk tiruan yang ada di folder hasil.")] = False,
) -> None:
    """Writes the nation, a bar for each province under way, then the comparison; status 1 if it is not exact."""
    from jamsostek.synth import synth

    with measured(_("Penduduk tiruan")):
        with bar() as progress:
            report = synth(out, workers, seed, _Bars(progress).show, force=force)
        console().print(report.text(), highlight=False, soft_wrap=True)
    if not report.exact:
        raise typer.Exit(1)


class _Bars:
    """A bar for all provinces and one for each province under way; told of progress from several threads."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._all = progress.add_task(_("Provinsi"), total=len(PROVINCES))
        self._tasks: dict[int, TaskID] = {}

    def show(self, province: int, written: int, people: int) -> None:
        """Moves a province's bar, and takes it away when the province is whole."""
        if province not in self._tasks:
            self._tasks[province] = self._progress.add_task(PROVINCES[province].name, total=people)
        self._progress.update(self._tasks[province], completed=written, visible=written < people)
        if written == people:
            self._progress.advance(self._all)
