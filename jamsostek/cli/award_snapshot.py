"""`jamsostek award snapshot`: everything an edition measures, photographed and kept, by whoever runs the installation."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path
from typing import Annotated

import typer

from jamsostek.cli.installation import set_up_django, told_when_unreachable
from jamsostek.cli.registry import say
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.messages.tables.books import written_whole


def add(group: typer.Typer) -> None:
    """Adds the command."""
    group.command("snapshot", help="Ambil potret semua ukuran sebuah edisi.")(snapshot)


def snapshot(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="Kode edisi, misalnya peragaan-2026.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Tulis juga berkasnya ke sini.")] = None,
    level: Annotated[str, typer.Option("--level", help="Tingkat: province, nation.")] = "province",
    kind: Annotated[str, typer.Option("--kind", help="Isi: measured, final.")] = "measured",
) -> None:
    """The same state again is the snapshot that is there."""
    set_up_django()
    from jamsostek.access.scope import acting, system_scope
    from jamsostek.awards.actions.snapshots import at_one_moment, take
    from jamsostek.awards.queries.snapshots import opened

    scope = system_scope(f"{getpass.getuser()}: award snapshot")
    with told_when_unreachable():
        with at_one_moment(scope):
            made = take(code=edition, level=level, kind=kind)
        if out is not None:
            with acting(scope), opened(made) as kept, written_whole(out) as (whole, _scratch), whole.open("wb") as file:
                shutil.copyfileobj(kept, file)
    words = _("Potret {number}, {size} byte, sidik {root}")
    say(words.format(number=made.number, size=format_number(made.bytes), root=made.root))
