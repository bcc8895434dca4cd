"""The monthly page on one sheet of A4."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from jamsostek.core.months import add_months
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _, language
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.outreach.queries.monthly import VISITED_FIRMS, VISITED_VILLAGES, Monthly
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.strategy import month_words as said
from jamsostek.portal.templatetags.words import regions_name

NAME_LETTERS, SOURCES = 36, 3
"""What fits on the one sheet: letters of a name, sources of money."""


def brief(found: Monthly, names: Mapping[int, str]) -> bytes:
    """One sheet of A4 in the reader's language."""
    shown = said.segments(found)
    tables = [] if shown is None else [_as_paper(shown.caption, shown.headings, shown.lines)]
    if found.places:
        rows = [
            [_short(f"{at}. {names.get(one.code, str(one.code))}"), *map(said.some, (one.found, one.ending, one.now, one.before))]
            for at, one in enumerate(found.places[:VISITED_VILLAGES], 1)
        ]
        heads = [_("Desa"), _("Belum didaftarkan"), _("Segera berakhir"), _("Terlindungi"), _("Sebulan sebelumnya")]
        tables.append(Table(_("Sepuluh desa yang didatangi"), heads, rows))
    if found.firms:
        firms = [
            [
                _short(f"{at}. {one.name}"), *map(format_number, (one.workers, one.months, one.unregistered)),
                _("terbuka") if one.case else "–",
            ]
            for at, one in enumerate(found.firms[:VISITED_FIRMS], 1)
        ]  # fmt: skip
        heads = [_("Perusahaan"), _("Pekerja terdaftar"), _("Bulan terlambat"), _("Belum terdaftar"), _("Kasus sanksi")]
        tables.append(Table(_("Lima perusahaan yang didatangi"), heads, firms))
    if found.money:
        money = [
            [_short(one.title), format_rupiah(one.left_rupiah), format_number(one.more), month_words(one.to_month)]
            for one in found.money[:SOURCES]
        ]
        heads = [_("Sumber"), _("Sisa dana"), _("Cukup untuk lagi"), _("Membayar sampai")]
        tables.append(Table(_("Sisa dana"), heads, money))
    number = f"B-{found.region}-{found.month}"
    part = Part(
        language(), _("Halaman bulanan"), f"{regions_name(found.region)}, {month_words(found.month)}", [], _facts(found), tables,
        [line for line in (said.cliff(found),) if line],
    )  # fmt: skip
    return draw_letter_pdf(
        Letter(
            number, found.day, date(found.day), [], [part], sample=bool(getattr(settings, "JAMSOSTEK_DEMO", False)), dense=True
        )
    )


def _facts(found: Monthly) -> list[tuple[str, str]]:
    """The headline and what changed, in few lines: the sheet has no more room."""
    everyone, women = said.tiles(found)[:2]
    it = found.changes
    changed = _("{joined} baru, {returned} terlindungi lagi, {ended} berakhir, {enrolled} lewat program")
    ending = _("{now} sesudah {month}, {next} sesudah {after}")
    return [
        (everyone.label, f"{everyone.figure} ({everyone.note})"), (women.label, f"{women.figure} ({women.note})"),
        (
            _("Yang berubah"),
            changed.format(
                joined=format_number(it.joined), returned=format_number(it.returned), ended=format_number(it.ended),
                enrolled=format_number(it.enrolled),
            ),
        ),
        (
            _("Segera berakhir"),
            ending.format(
                now=format_number(it.ends_now), month=month_words(found.month), next=format_number(it.ends_next),
                after=month_words(add_months(found.month, 1)),
            ),
        ),
    ]  # fmt: skip


def _short(name: str) -> str:
    """A name that stays on its line."""
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def _as_paper(caption: str, headings: object, lines: object) -> Table:
    heads = [one.title for one in headings]  # type: ignore[attr-defined]
    return Table(caption, heads, [[str(cell.value) for cell in line] for line in lines])  # type: ignore[attr-defined]
