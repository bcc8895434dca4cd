"""The synthetic nation beside its targets: each published figure, what the nation has, the deviation and how much is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.rupiah import format_decimal, format_number, format_share
from jamsostek.core.text import N_, _, language
from jamsostek.portal.coverage import frame
from jamsostek.portal.screens import Column, Fact, Link, Tag, Tile, export, page, paged, table
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING
from jamsostek.synth import assumptions as assumed
from jamsostek.synth import published
from jamsostek.synth.plan import make_plan
from jamsostek.synth.planned import planned_counts
from jamsostek.synth.report import ASSUMED, DERIVED, PUBLISHED, Line, Marginal, SynthReport, compare

WORKERS = 1_000_000
BASES: dict[str, tuple[str, Tone]] = {
    PUBLISHED: (N_("Terbit"), "good"), DERIVED: (N_("Turunan"), "info"), ASSUMED: (N_("Asumsi"), "warn"),
}  # fmt: skip


@lru_cache(maxsize=4)
def report(workers: int, speaks: str) -> SynthReport:
    """The comparison of the plan, which a nation's files follow to the person; its labels are in the language in force."""
    plan = make_plan(workers)
    return compare(plan, planned_counts(plan), 0)


def _all() -> dict[str, Marginal]:
    found = report(WORKERS, language())
    return {one.key: one for one in (*found.marginals, *found.weighted)}


def _is_weighted(key: str) -> bool:
    return any(one.key == key for one in report(WORKERS, language()).weighted)


@door(PUBLIC)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every table of targets, and one of them line by line (`?tabel=`)."""
    tables = _all()
    key = request.GET.get("tabel", "segments")
    if key not in tables:
        raise Http404
    one = tables[key]
    found = paged(request, one.lines, total=len(one.lines))
    context = {
        "tiles": _tiles(list(tables.values())),
        "members": _members(),
        "summary": _summary(list(tables.values())),
        "chosen": _(one.title),
        "weighted": _is_weighted(key),
        "by_chance": one.by_chance,
        "about": [
            Fact(_("Dasar"), Tag(_(BASES[one.basis][0]), BASES[one.basis][1])), Fact(_("Toleransi"), _tolerance(one)),
            *(Fact(_("Sumber"), f"{name}: {text}") for name, text in published.SOURCES.items() if name in one.source.split()),
        ],
        "lines": _lines(one, found.rows),
        "paged": found,
        "file": reverse("coverage:nation_file"),
    }  # fmt: skip
    return page(
        request, "coverage/synthetic.html", context, title=_("Negeri tiruan dan angka terbit"),
        crumbs=frame.above(),
    )  # fmt: skip


def _tiles(tables: list[Marginal]) -> list[Tile]:
    firm = [one for one in tables if one.basis != ASSUMED]
    worst = max(one.deviation for one in firm)
    rounding = max(one.rounding for one in firm)
    lines = format_number(sum(len(one.lines) for one in firm))
    return [
        Tile(_("Pekerja tiruan"), format_number(WORKERS), _("tidak seorang pun nyata")),
        Tile(_("Sasaran terbit dan turunan"), lines, _("kelompok, dalam {count} tabel").format(count=len(firm))),
        Tile(_("Selisih terbesar"), _("{count} orang").format(count=format_number(worst)), tone="bad" if worst else "good"),
        Tile(_("Pembulatan terbesar"), _("{count} orang").format(count=format_decimal(rounding, 2)), _("harus di bawah 1")),
        Tile(_("Tabel asumsi"), format_number(len(tables) - len(firm)), _("tidak ada angka terbitnya"), tone="warn"),
    ]  # fmt: skip


def _members() -> str:
    """How much the nation of members differs from the labour force before it is weighted."""
    people = [line.found for line in _all()["segments"].lines]
    formal, informal = (sum(people[one] for one in segments) for segments in (assumed.FORMAL_SEGMENTS, assumed.INFORMAL_SEGMENTS))
    force = published.labour_force().values()
    printed = format_share(sum(one.formal for one in force), sum(one.employed for one in force))
    return _(
        "Negeri ini berisi peserta, bukan angkatan kerja: {here} bekerja formal, padahal di angkatan kerja {printed}, sebab yang"
        " informal jarang menjadi peserta. Karena itu tiap orang diberi bobot menurut provinsi, jenis kelamin, dan formal atau"
        " informal; dengan bobot, jumlahnya sama dengan angkatan kerja terbit."
    ).format(here=format_share(formal, formal + informal), printed=printed)


def _tolerance(one: Marginal) -> str:
    if one.by_chance:
        return _("diundi: lima kali akar banyaknya orang")
    return _("0 orang dari sasaran; sasaran kurang dari 1 orang dari angka terbit yang diskalakan")


def _summary(tables: list[Marginal]) -> Table:
    def verdict(one: Marginal) -> Tag:
        if one.by_chance:
            return Tag(_("Nilai harapan"), "plain")
        return Tag(_("Tepat"), "good") if not one.deviation else Tag(_("Menyimpang"), "bad")

    columns = [
        Column(_("Tabel"), lambda one: Link(_(one.title), f"?tabel={one.key}#tabel")),
        Column(_("Dasar"), lambda one: Tag(_(BASES[one.basis][0]), BASES[one.basis][1])),
        Column(_("Kelompok"), lambda one: format_number(len(one.lines)), number=True),
        Column(_("Orang"), lambda one: format_number(one.people), number=True),
        Column(_("Selisih terbesar"), lambda one: format_number(one.deviation), number=True),
        Column(_("Putusan"), verdict),
    ]
    return table(_("Semua sasaran"), columns, tables)


def _lines(one: Marginal, rows: Sequence[Line]) -> Table:
    def scaled(line: Line) -> str:
        value = one.scaled(line)
        return NOTHING if value is None else format_decimal(value, 2)

    columns = [
        Column(_("Kelompok"), lambda line: _(line.label)),
        Column(_("Angka terbit"), lambda line: NOTHING if line.published is None else format_number(line.published), number=True),
        Column(_("Diskalakan"), scaled, number=True),
        Column(_("Sasaran"), lambda line: format_number(line.target), number=True),
        Column(_("Hasil"), lambda line: format_number(line.found), number=True),
        Column(_("Selisih"), lambda line: format_number(line.deviation), number=True),
    ]
    return table(_(one.title), columns, rows)


@door(PUBLIC)
@require_safe
def file(request: HttpRequest) -> HttpResponseBase:
    """Every line of every table."""
    headings = [
        _("Tabel"), _("Dasar"), _("Sumber"), _("Kelompok"), _("Angka terbit"), _("Diskalakan"), _("Sasaran"), _("Hasil"),
        _("Selisih"), _("Toleransi"),
    ]  # fmt: skip
    return export(request, f"{_('negeri-tiruan')}-{WORKERS}", headings, _rows())


def _rows() -> Iterator[list[object]]:
    for one in _all().values():
        for line in one.lines:
            scaled = one.scaled(line)
            yield [
                _(one.title), _(BASES[one.basis][0]), one.source, _(line.label), line.published,
                None if scaled is None else f"{scaled:.2f}", line.target, line.found, line.deviation, _tolerance(one),
            ]  # fmt: skip
