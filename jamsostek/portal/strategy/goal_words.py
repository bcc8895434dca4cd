"""A region's goals in words: what, how far, beside the path; said in words, with colour besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from django.urls import reverse

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.coverage.denominators import DEFINITIONS
from jamsostek.outreach.goals import KINDS, SHARES, STANDINGS, STATES, GoalState, Measured, Standing
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.queries.goals import Progress
from jamsostek.outreach.queries.half_figures import one_told
from jamsostek.portal.coverage.words import percent
from jamsostek.portal.screens import Column, Link, Tag, status_tag, table, words
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.strategy.month_words import some
from jamsostek.portal.templatetags.words import regions_name

_TONES: dict[Standing, Tone] = {
    Standing.REACHED: "good", Standing.AHEAD: "good", Standing.ON: "info", Standing.BEHIND: "warn", Standing.MISSED: "bad",
}  # fmt: skip
_STATES: dict[GoalState, Tone] = {
    GoalState.PROPOSED: "warn", GoalState.CONFIRMED: "good", GoalState.WITHDRAWN: "plain", GoalState.REPLACED: "plain",
}  # fmt: skip


def kind(row: RegionGoal) -> str:
    """What it is a goal for; of a coverage with its denominator; an invented one says so."""
    told = _(KINDS[row.kind])
    if row.kind == "coverage":
        told = _("{what}, dari: {base}").format(what=told, base=words.inside(_(DEFINITIONS[row.denominator].title)))
    return _("{what} (contoh)").format(what=told) if row.invented else told


def value(row: RegionGoal, found: Fraction | int) -> str:
    """`43,92 %`, or people."""
    if row.kind in SHARES:
        return percent(float(found) / 100, 2)
    return format_number(round(found))


def measured(row: RegionGoal, found: Measured | None) -> str:
    """`33,33 % (65 dari 195)`, or people; fewer than five people are not told."""
    if found is None:
        return words.NOTHING
    if found.base is None or one_told(found.persons) is None:
        return some(found.persons)
    told = _("{part} dari {all}").format(part=format_number(found.persons), all=format_number(found.base))
    return f"{value(row, found.value)} ({told})"


def state(row: RegionGoal) -> Tag:
    """Where it stands between people."""
    at = GoalState(row.state)
    return Tag(_(STATES[at]), _STATES[at])


def standing(found: Progress) -> Tag | str:
    """Ahead or behind, in words."""
    return words.NOTHING if found.standing is None else Tag(_(STANDINGS[found.standing]), _TONES[found.standing])


def basis(row: RegionGoal) -> Link | str:
    """The regulation it rests on, or why the region chose it."""
    rule = row.regulation
    return row.why if rule is None else Link(f"{rule.title} ({rule.number}/{rule.year})", reverse("rules:show", args=[rule.code]))


def title(row: RegionGoal) -> str:
    """A goal in one line."""
    return f"{kind(row)}: {value(row, row.target)}, {row.year}"


def progress_columns(first: Column) -> list[Column]:
    """Goal, start, now, path and standing, after a first column of its own."""
    path: Callable[[Progress], str] = lambda one: words.NOTHING if one.path is None else value(one.goal, one.path)  # noqa: E731
    return [
        first,
        Column(_("Sasaran"), lambda one: value(one.goal, one.goal.target), number=True),
        Column(_("Sampai Desember"), lambda one: str(one.goal.year), number=True),
        Column(_("Mulai"), lambda one: _at(one.goal, one.start)),
        Column(_("Sekarang"), lambda one: _at(one.goal, one.now)),
        Column(_("Jalur lurus sekarang"), path, number=True),
        Column(_("Keadaan"), standing),
    ]


def _at(row: RegionGoal, found: Measured | None) -> str:
    return words.NOTHING if found is None else f"{measured(row, found)}, {words.month(found.month)}"


def of_region(caption: str, found: Sequence[Progress]) -> Table:
    """Goals of one region, for whoever works for it."""
    first = Column(_("Apa"), lambda one: Link(kind(one.goal), reverse("strategy:goal", args=[one.goal.code])))
    return table(caption, progress_columns(first), found)


def for_everybody(caption: str, found: Sequence[Progress]) -> Table:
    """Goals of several regions, as everybody may see them."""
    first = Column(_("Daerah"), lambda one: regions_name(one.goal.region_code))
    columns = progress_columns(first)
    columns.insert(1, Column(_("Apa"), lambda one: _sourced(one.goal)))
    return table(caption, [*columns, Column(_("Dasar"), lambda one: basis(one.goal))], found)


def _sourced(row: RegionGoal) -> str:
    """What it is a goal for, with the source of what a coverage is of, and how sure that is."""
    return f"{kind(row)} ({row.base_source}: {status_tag(row.base_status).text})" if row.base_source else kind(row)


def ended(caption: str, rows: Sequence[RegionGoal]) -> Table:
    """Goals that were withdrawn or replaced, with the reason; nothing that was public is forgotten."""
    columns = [
        Column(_("Daerah"), lambda one: regions_name(one.region_code)),
        Column(_("Apa"), kind),
        Column(_("Sasaran"), lambda one: value(one, one.target), number=True),
        Column(_("Sampai Desember"), lambda one: str(one.year), number=True),
        Column(_("Disahkan"), lambda one: words.date(one.confirmed_on)),
        Column(_("Berakhir"), lambda one: words.date(one.ended_on)),
        Column(_("Keadaan"), state),
        Column(_("Alasan"), lambda one: one.reason or words.NOTHING),
    ]
    return table(caption, columns, rows)
