"""`jamsostek award archive`, `results` and `certificate`: who was honoured, in the past and here, and is a certificate ours."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from jamsostek.cli.award_editions import Code
from jamsostek.cli.installation import installation
from jamsostek.cli.registry import say
from jamsostek.cli.screen import console
from jamsostek.core.errors import InputError
from jamsostek.core.text import _


def add(group: typer.Typer) -> None:
    """Adds the commands."""
    group.command(
        "archive", help="Edisi yang sungguh diadakan, tahun penilaian 2017-2024: penerima, sumber, dan yang tidak diketahui."
    )(archive)
    group.command("results", help="Hasil sebuah edisi, dengan keadaan dan pemenangnya.")(results)
    group.command("certificate", help="Periksa apakah sebuah sertifikat kami terbitkan dan berlaku.")(certificate)


def archive(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Nama, kategori, atau tempat.")] = "",
    year: Annotated[int | None, typer.Option("--year", help="Tahun yang dinilai.")] = None,
) -> None:
    """Needs no database."""
    from jamsostek.awards import archive as kept
    from jamsostek.core.errors import unknown_name

    if year is not None and kept.edition(year) is None:
        raise unknown_name(_("Tahun yang dinilai"), str(year), [str(one.assessment_year) for one in kept.editions()])
    table = Table(title=_("Penerima yang ditemukan"), title_justify="left")
    for name in (_("Tahun yang dinilai"), _("Di"), _("Kategori"), _("Peringkat"), _("Penerima"), _("Sumber")):
        table.add_column(name, overflow="fold")
    for one in kept.search(words, year=year):
        rank = str(one.rank) if one.rank else "–"
        table.add_row(str(one.assessment_year), one.area_words, one.category_words, rank, one.name, ", ".join(one.sources))
    console().print(table)
    past = kept.edition(year) if year is not None else None
    if past is not None:
        say(_("Yang tidak diketahui:"))
        for gap in kept.gaps(past):
            say(f"- {gap}")


def results(edition: Code) -> None:
    """Every contest that has a result."""
    with installation("award results"):
        from jamsostek.awards.choices import LEVELS
        from jamsostek.awards.outcome import winners_in
        from jamsostek.awards.queries import results as queries
        from jamsostek.awards.queries.contests import area_words
        from jamsostek.awards.queries.editions import standing
        from jamsostek.awards.queries.results import RESULT_STATES

        of = standing(edition)
        if of is None:
            raise InputError(_("Edisi {code} tidak ada.").format(code=edition), remedy=_("Lihat jamsostek award editions."))
        found = queries.results(of.id)
        table = Table(title=_("Hasil {name}").format(name=of.code), title_justify="left")
        for name in (_("Kategori"), _("Tingkat"), _("Wilayah"), _("Keadaan"), _("Pemenang"), _("Sidik")):
            table.add_column(name, overflow="fold")
        for row in found:
            winners = "; ".join(f"{place['place']}. {place['name']}" for place in winners_in(row.said)) or _("tidak ada pemenang")
            category = of.says.categories[row.category].name if row.category in of.says.categories else row.category
            state = _("Dibatalkan: {why}").format(why=row.annulled_why) if row.annulled_why else _(RESULT_STATES[row.state])
            table.add_row(
                category, _(LEVELS[row.level]), area_words(of, row.level, row.area), state, winners,
                row.digest[:16],
            )  # fmt: skip
        invented = of.says.invented
    if not found:
        say(_("Belum ada hasil."))
        return
    console().print(table)
    if invented:
        say(_("Edisi ini rekaan untuk peragaan."))


def certificate(code: Annotated[str, typer.Argument(metavar="CODE", help="Kode pada sertifikat, 12 huruf dan angka.")]) -> None:
    """Exit code 1 where it does not hold."""
    with installation("award certificate"):
        from jamsostek.awards.queries.results import HOLDS, Holds, check

        found = check(code[:40])
        says = dict(found.says or {}) if found.holds in (Holds.VALID, Holds.REVOKED) else {}
    say(_(HOLDS[found.holds]))
    for label, name in (
        (_("Nomor"), "number"),
        (_("Diberikan kepada"), "name"),
        (_("Edisi"), "edition"),
        (_("Peringkat"), "rank"),
    ):
        if name in says:
            say(f"{label}: {says[name]}")
    if says.get("invented"):
        say(_("Edisi ini rekaan untuk peragaan."))
    if found.holds != Holds.VALID:
        raise typer.Exit(1)
