"""The policy laboratory for everybody: example reforms side by side, each by tenth of income, sex, segment and province.

Results are reckoned beforehand; a reform of one's own is tried on the command line.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.months import parse_month
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _, language
from jamsostek.coverage.laboratory.assumptions import shipped
from jamsostek.coverage.laboratory.results import DIMENSION_WORDS, GRADE_WORDS, GROUPS, UNITS, WORDS, amount, group_words, lines
from jamsostek.coverage.laboratory.shipped import example_files, example_result
from jamsostek.portal.coverage import charts, frame, reforms
from jamsostek.portal.screens import Column, Link, Tab, Table, export, page, table, with_query
from jamsostek.portal.screens import words as said

TABS = (("decile", "penghasilan"), ("sex", "jenis-kelamin"), ("segment", "segmen"), ("province", "provinsi"))
SIDE_BY_SIDE = (
    "members", "outside", "by_employer", "by_worker", "by_self", "by_apbn", "by_apbd", "fund_jkk", "fund_jkm", "fund_jp",
    "benefit_jkk", "benefit_jkm", "falling_bare", "falling", "months",
)  # fmt: skip
BY_GROUP = ("falling", "members", "by_employer", "by_worker", "by_self", "by_apbn", "by_apbd", "benefit_jkm")
"""What the examples are told side by side by group."""
SHOWN = ("members", *reforms.PAYERS, "falling")
"""What is shown by group, where it changes at all."""


@door(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The examples side by side, in all and by group (`?menurut=provinsi&ukuran=by_apbd`), and how to try one's own."""
    dimension, measure = _dimension(request), _measure(request)
    context = {
        "examples": reforms.examples(),
        "people": format_number(example_result()["rows"]),
        "when": reforms.when(),
        "table": _side_by_side(),
        "tabs": _tabs(request, dimension),
        "measures": [Tab(_(WORDS[m]), with_query(request, ukuran=m), m == measure) for m in BY_GROUP],
        "groups": _groups_beside(dimension, measure),
        "assumed": _assumed(),
        "command": "jamsostek simulate reform.yaml",
    }
    return page(request, "coverage/laboratory.html", context, title=_("Laboratorium kebijakan"), crumbs=frame.above())


@door(PUBLIC)
@require_safe
def one(request: HttpRequest, name: str) -> HttpResponseBase:
    """One example: what changes in all, and for whom; with `?bentuk=csv` or `xlsx` every figure of it."""
    found = _example(name)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        own = ([*line[1:]] for line in lines(example_result()) if line[0] == name)
        headings = ["dimension", "group", "group_name", "measure", "unit", "value", "standing", "difference"]
        return export(request, f"reformasi-{name}", headings, own)
    dimension = _dimension(request)
    context = {
        "example": found,
        "when": reforms.when(),
        "people": format_number(example_result()["rows"]),
        "tabs": _tabs(request, dimension),
        "whole": _whole(found),
        "groups": _groups(found, dimension),
        "charts": charts.several(*reforms.charts_of(name)),
        "text": example_files()[name].read_text(encoding="utf-8"),
        "digest": found.plain["digest"],
        "assumed": _assumed(),
        "file": reverse("coverage:reform_file", args=[name]),
    }
    crumbs = frame.above(Link(_("Laboratorium kebijakan"), reverse("coverage:lab")))
    return page(request, "coverage/reform.html", context, title=found.title, crumbs=crumbs, charts=True)


@door(PUBLIC)
@require_safe
def reform_file(_request: HttpRequest, name: str) -> HttpResponse:
    """The reform as a file, to run again or to change."""
    _example(name)
    response = HttpResponse(example_files()[name].read_bytes(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


def _example(name: str) -> reforms.Example:
    for found in reforms.examples():
        if found.name == name:
            return found
    raise Http404


def _dimension(request: HttpRequest) -> str:
    words = {word: dimension for dimension, word in TABS}
    return words.get(request.GET.get("menurut", ""), TABS[0][0])


def _measure(request: HttpRequest) -> str:
    asked = request.GET.get("ukuran", "")
    return asked if asked in BY_GROUP else BY_GROUP[0]


def _tabs(request: HttpRequest, dimension: str) -> list[Tab]:
    return [Tab(_(DIMENSION_WORDS[d]), with_query(request, menurut=word), d == dimension) for d, word in TABS]


# ---- tables


def short(measure: str, value: int, *, signed: bool = False) -> str:
    """A value as a reader takes it in: rupiah in juta, miliar, triliun; with its sign where it is a difference."""
    if signed and not value:
        return _("tetap")
    text = said.short_rupiah(abs(value), 2) if UNITS.get(measure, "rupiah") == "rupiah" else amount(measure, abs(value))
    return (("−" if value < 0 else "+") if signed else "") + text


def _side_by_side() -> Table:
    """The law as it stands, and what each reform changes."""
    standing = example_result()["scenarios"][0]["total"]

    def difference(found: reforms.Example) -> Any:
        return lambda m: short(m, found.plain["total"][m] - standing[m], signed=True)

    columns = [
        Column(_("Setahun"), lambda m: _(WORDS[m])),
        Column(_("Hukum yang berlaku"), lambda m: short(m, standing[m]), number=True),
    ]
    columns += [Column(found.letter, difference(found), number=True) for found in reforms.examples()]
    return table(_("Contoh berdampingan: selisih dari hukum yang berlaku"), columns, SIDE_BY_SIDE)


def _groups_beside(dimension: str, measure: str) -> Table:
    """One measure for each group: the law as it stands, and what each reform changes."""
    standing = example_result()["scenarios"][0][dimension]

    def difference(found: reforms.Example) -> Any:
        return lambda g: short(measure, found.plain[dimension][g][measure] - standing[g][measure], signed=True)

    columns = [
        Column(_(DIMENSION_WORDS[dimension]), lambda g: group_words(dimension, g)),
        Column(_("Hukum yang berlaku"), lambda g: short(measure, standing[g][measure]), number=True),
    ]
    columns += [Column(found.letter, difference(found), number=True) for found in reforms.examples()]
    title = _("{measure} menurut {dimension}: selisih dari hukum yang berlaku").format(
        measure=_(WORDS[measure]), dimension=_(DIMENSION_WORDS[dimension]).lower()
    )
    return table(title, columns, standing)


def _whole(found: reforms.Example) -> list[Table]:
    standing, own = example_result()["scenarios"][0]["total"], found.plain["total"]
    columns = [
        Column(_("Setahun"), lambda m: _(WORDS[m])),
        Column(_("Hukum yang berlaku"), lambda m: short(m, standing[m]), number=True),
        Column(_("Dengan reformasi"), lambda m: short(m, own[m]), number=True),
        Column(_("Selisih"), lambda m: short(m, own[m] - standing[m], signed=True), number=True),
    ]
    return [table(_(title), columns, [m for m in measures if standing[m] or own[m]]) for title, measures in GROUPS.values()]


def _groups(found: reforms.Example, dimension: str) -> Table:
    """What changes for each group; measures that change for nobody are left out."""
    standing, own = example_result()["scenarios"][0][dimension], found.plain[dimension]
    moved = [m for m in SHOWN if any(own[g][m] != standing[g][m] for g in own)]

    def difference(measure: str) -> Any:
        return lambda g: short(measure, own[g][measure] - standing[g][measure], signed=True)

    columns = [Column(_(DIMENSION_WORDS[dimension]), lambda g: group_words(dimension, g))]
    columns += [Column(_(WORDS[m]), difference(m), number=True) for m in moved]
    shown = [g for g in own if any(own[g][m] != standing[g][m] for m in moved)]
    title = _("Selisih menurut {dimension}").format(dimension=_(DIMENSION_WORDS[dimension]).lower())
    return table(title, columns, shown)


def _assumed() -> Table:
    """What the figures rest on beyond the law, and what each is worth."""

    def value(one: Any) -> str:
        if one.unit == "rupiah":
            return format_rupiah(one.value)
        return (
            " · ".join(map(format_number, one.value if isinstance(one.value, list) else [one.value])) + f" {_(_UNITS[one.unit])}"
        )

    columns = [
        Column(_("Pengandaian"), lambda one: one.title[language()]), Column(_("Nilai"), value),
        Column(_("Mutu"), lambda one: _(GRADE_WORDS[one.grade])), Column(_("Sumber"), lambda one: one.source or "–"),
        Column(_("Catatan"), lambda one: one.note[language()]),
    ]  # fmt: skip
    return table(_("Yang diandaikan"), columns, shipped(parse_month(example_result()["month"])).values())


_UNITS = {"ppm": N_("per sejuta"), "permille": N_("per seribu"), "months": N_("bulan")}
