"""`jamsostek award editions`, `write`, `open`, `close`, `cancel`, `sample`: editions by whoever runs the installation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from jamsostek.cli.installation import installation
from jamsostek.cli.registry import say
from jamsostek.cli.screen import console
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

Code = Annotated[str, typer.Argument(metavar="EDITION", help="Kode edisi, misalnya peragaan-2026.")]


def add(group: typer.Typer) -> None:
    """Adds the commands."""
    group.command("sample", help="Tulis edisi contoh ke layar, sebagai awal edisi sendiri.")(sample)
    group.command("check", help="Periksa sebuah berkas edisi tanpa menyimpannya.")(check)
    group.command("editions", help="Semua edisi, dengan tanggal dan keadaannya.")(editions)
    group.command("write", help="Simpan edisi baru, atau versi berikutnya dari yang ada.")(write)
    group.command("open", help="Buka edisi yang ditulis panitia; yang ditulis di sini mereka buka sendiri.")(open_it)
    group.command("close", help="Tutup edisi yang berjalan.")(close)
    group.command("cancel", help="Batalkan edisi dengan alasan.")(cancel)


def sample(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Nama contoh.")] = "peragaan-2026",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Tulis ke berkas ini, bukan ke layar.")] = None,
) -> None:
    """Needs no database."""
    from jamsostek.awards.reading import samples
    from jamsostek.core.errors import unknown_name

    if name not in samples():
        raise unknown_name(_("Contoh"), name, samples())
    if out is None:
        typer.echo(samples()[name], nl=False)
    else:
        out.write_text(samples()[name], encoding="utf-8")


def check(file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas YAML.")]) -> None:
    """Needs no database; the first thing that is wrong is told with its place."""
    from jamsostek.awards.reading import digest_of, read

    text = _text(file)
    found = read(text)
    words = _("{code}: {count} kategori, {criteria} ukuran, sidik {digest}.")
    say(words.format(code=found.code, count=len(found.categories), criteria=len(found.criteria), digest=digest_of(text)))


def editions() -> None:
    """The newest first."""
    with installation("award editions"):
        from jamsostek.awards.choices import EDITION_STATES
        from jamsostek.awards.queries.editions import standings

        found = standings()
        table = Table(title=_("Edisi Paritrana"), title_justify="left")
        for name in (_("Kode"), _("Tahun yang dinilai"), _("Bukti sampai"), _("Versi"), _("Keadaan")):
            table.add_column(name, overflow="fold")
        for one in found:
            until = one.says.days.evidence_until.isoformat()
            table.add_row(one.code, str(one.says.assessment_year), until, str(one.version), _(EDITION_STATES[one.state]))
    if found:
        console().print(table)
    else:
        say(_("Belum ada edisi."))


def write(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas YAML.")],
    reason: Annotated[str, typer.Option(help="Alasan; wajib bila edisi itu sudah dibuka.")] = "",
) -> None:
    """The same text again is the same version, and says so."""
    text = _text(file)
    with installation("award write"):
        from jamsostek.awards.actions.editions import write as act
        from jamsostek.awards.queries.editions import standing
        from jamsostek.awards.reading import read

        before = standing(read(text).code)
        made = act(content=text, reason=reason)
        fresh = before is None or made.number > before.version
    words = (
        _("{code}: versi {number} tersimpan.") if fresh else _("{code}: tidak ada yang berubah, versi {number} tetap berlaku.")
    )
    say(words.format(code=made.edition.code, number=made.number))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            _("Berkas {name} tidak dapat dibaca.").format(name=file),
            field="file",
            remedy=_("Periksa nama dan isinya: YAML, UTF-8."),
        ) from error


def open_it(edition: Code) -> None:
    """What was written on the page or over the API; what was written here is opened there, so that it takes two."""
    _step(edition, "opened", "", _("{code} dibuka."))


def close(edition: Code) -> None:
    """Nobody is nominated and nothing is written any more."""
    _step(edition, "closed", "", _("{code} ditutup."))


def cancel(edition: Code, reason: Annotated[str, typer.Option(help="Alasan; semua orang dapat membacanya.")]) -> None:
    """What was recorded stays."""
    _step(edition, "cancelled", reason, _("{code} dibatalkan."))


def _step(edition: str, step: str, reason: str, said: str) -> None:
    with installation(f"award {step}"):
        from jamsostek.awards.actions.editions import step as act
        from jamsostek.awards.choices import Step

        act(code=edition, step=Step(step), reason=reason)
    say(said.format(code=edition))
