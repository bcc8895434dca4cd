"""The policy laboratory for everybody: example reforms side by side, each by tenth of income, sex, segment and province.

Results are reckoned beforehand; a reform of one's own is tried on the command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.months import parse_month
from jamsostek.core.rupiah import format_number, format_rupiah, separated
from jamsostek.core.text import N_, _, language
from jamsostek.coverage.laboratory.assumptions import shipped
from jamsostek.coverage.laboratory.effects import MICRO
from jamsostek.coverage.laboratory.results import DIMENSION_WORDS, GRADE_WORDS, GROUPS, UNITS, WORDS, amount, group_words, lines
from jamsostek.coverage.laboratory.shipped import example_files, example_result
from jamsostek.portal.screens import Chart, Column, Link, Measure, Tab, Table, chart, export, page, table, url_of, with_query
from jamsostek.portal.screens import words as said

TABS = (("decile", "penghasilan"), ("sex", "jenis-kelamin"), ("segment", "segmen"), ("province", "provinsi"))
PAYERS = ("by_employer", "by_worker", "by_self", "by_apbn", "by_apbd", "by_village")
SIDE_BY_SIDE = (
    "members", "outside", "by_employer", "by_worker", "by_self", "by_apbn", "by_apbd", "fund_jkk", "fund_jkm", "fund_jp",
    "benefit_jkk", "benefit_jkm", "falling_bare", "falling", "months",
)  # fmt: skip
SHOWN = ("members", *PAYERS, "falling")
"""What is shown by group, where it changes at all."""
_SIZES = ((10**12, N_("triliun")), (10**9, N_("miliar")), (10**6, N_("juta")))


@dataclass(frozen=True)
class Example:
    """An example reform as the page tells it."""

    letter: str
    name: str
    title: str
    about: str
    plain: Mapping[str, Any]

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("coverage:reform", args=[self.name])


def examples() -> list[Example]:
    """All of them, in order, in the reader's language."""
    told = example_result()["scenarios"][1:]
    letters = zip("ABCDEFGH", told, strict=False)
    return [Example(letter, one["name"], one["title"][language()], one["about"][language()], one) for letter, one in letters]


@door(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The examples side by side, and how to try one's own."""
    context = {
        "examples": examples(),
        "people": format_number(example_result()["rows"]),
        "when": _when(),
        "table": _side_by_side(),
        "assumed": _assumed(),
        "command": "jamsostek simulate reform.yaml",
    }
    return page(request, "coverage/laboratory.html", context, title=_("Laboratorium kebijakan"), crumbs=_crumbs())


@door(PUBLIC)
@require_safe
def one(request: HttpRequest, name: str) -> HttpResponseBase:
    """One example: what changes in all, and for whom; with `?bentuk=csv` or `xlsx` every figure of it."""
    found = _example(name)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        own = ([*line[1:]] for line in lines(example_result()) if line[0] == name)
        headings = ["dimension", "group", "group_name", "measure", "unit", "value", "standing", "difference"]
        return export(request, f"reformasi-{name}", headings, own)
    words = {word: dimension for dimension, word in TABS}
    dimension = words.get(request.GET.get("menurut", ""), TABS[0][0])
    context = {
        "example": found,
        "when": _when(),
        "people": format_number(example_result()["rows"]),
        "tabs": [Tab(_(DIMENSION_WORDS[d]), with_query(request, menurut=word), d == dimension) for d, word in TABS],
        "whole": _whole(found),
        "groups": _groups(found, dimension),
        "charts": _charts(found),
        "text": example_files()[name].read_text(encoding="utf-8"),
        "digest": found.plain["digest"],
        "assumed": _assumed(),
        "file": reverse("coverage:reform_file", args=[name]),
    }
    crumbs = [*_crumbs(), Link(_("Laboratorium kebijakan"), url_of("coverage:lab"))]
    return page(request, "coverage/reform.html", context, title=found.title, crumbs=crumbs, charts=True)


@door(PUBLIC)
@require_safe
def reform_file(_request: HttpRequest, name: str) -> HttpResponse:
    """The reform as a file, to run again or to change."""
    _example(name)
    response = HttpResponse(example_files()[name].read_bytes(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


def _example(name: str) -> Example:
    for found in examples():
        if found.name == name:
            return found
    raise Http404


def _crumbs() -> list[Link]:
    above = url_of("coverage:home")
    return [Link(_("Beranda"), url_of("public:home")), *([Link(_("Cakupan"), above)] if above else [])]


def _when() -> str:
    """The month reckoned, in words."""
    return said.month(parse_month(example_result()["month"]))


# ---- tables


def short(measure: str, value: int, *, signed: bool = False) -> str:
    """A value as a reader takes it in: rupiah in juta, miliar, triliun; with its sign where it is a difference."""
    if signed and not value:
        return _("tetap")
    text = _rupiah(abs(value)) if UNITS.get(measure, "rupiah") == "rupiah" else amount(measure, abs(value))
    return (("−" if value < 0 else "+") if signed else "") + text


def _rupiah(value: int) -> str:
    for size, name in _SIZES:
        if value >= size:
            return f"Rp{separated(f'{value / size:,.2f}')} {_(name)}"
    return format_rupiah(value)


def _side_by_side() -> Table:
    """The law as it stands, and what each reform changes."""
    standing = example_result()["scenarios"][0]["total"]

    def difference(found: Example) -> Any:
        return lambda m: short(m, found.plain["total"][m] - standing[m], signed=True)

    columns = [
        Column(_("Setahun"), lambda m: _(WORDS[m])),
        Column(_("Hukum yang berlaku"), lambda m: short(m, standing[m]), number=True),
    ]
    columns += [Column(found.letter, difference(found), number=True) for found in examples()]
    return table(_("Contoh berdampingan: selisih dari hukum yang berlaku"), columns, SIDE_BY_SIDE)


def _whole(found: Example) -> list[Table]:
    standing, own = example_result()["scenarios"][0]["total"], found.plain["total"]
    columns = [
        Column(_("Setahun"), lambda m: _(WORDS[m])),
        Column(_("Hukum yang berlaku"), lambda m: short(m, standing[m]), number=True),
        Column(_("Dengan reformasi"), lambda m: short(m, own[m]), number=True),
        Column(_("Selisih"), lambda m: short(m, own[m] - standing[m], signed=True), number=True),
    ]
    return [table(_(title), columns, [m for m in measures if standing[m] or own[m]]) for title, measures in GROUPS.values()]


def _groups(found: Example, dimension: str) -> Table:
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
    return table(_("Yang diandaikan"), columns, shipped().values())


_UNITS = {"ppm": N_("per sejuta"), "permille": N_("per seribu"), "months": N_("bulan")}


# ---- charts


def _charts(found: Example) -> Sequence[Chart]:
    """Who pays more or less by tenth of income, and families falling into poverty: where they change."""
    standing, own = example_result()["scenarios"][0]["decile"], found.plain["decile"]
    tenths = [g for g in own if g != "0"]
    moved = [m for m in PAYERS if any(own[g][m] != standing[g][m] for g in tenths)]
    made = []
    if moved:
        rows = [
            {"tenth": int(g), "series": _(WORDS[m]), "value": (own[g][m] - standing[g][m]) / 10**9} for m in moved for g in tenths
        ]
        text = _("Selisih iuran setahun tiap persepuluhan penghasilan, dari terendah ke tertinggi, menurut yang membayar.")
        made.append(_lines(f"{found.name}-iuran", _("Siapa membayar lebih atau kurang"), rows, _("Miliar rupiah"), text))
    if any(own[g]["falling"] != standing[g]["falling"] for g in tenths):
        kinds = ((_("Hukum yang berlaku"), standing), (_("Dengan reformasi"), own))
        rows = [
            {"tenth": int(g), "series": kind, "value": round(of[g]["falling"] / MICRO, 1)} for kind, of in kinds for g in tenths
        ]
        text = _(
            "Keluarga yang jatuh miskin setahun ketika pencari nafkahnya meninggal atau celaka, tiap persepuluhan penghasilan."
        )
        made.append(_lines(f"{found.name}-keluarga", _("Keluarga yang jatuh miskin"), rows, _("Banyaknya keluarga"), text))
    return made


def _lines(name: str, title: str, rows: Sequence[Mapping[str, Any]], unit: str, text: str) -> Chart:
    """Lines over the ten tenths; each series has a colour and a dash of its own."""
    x = {"field": "tenth", "type": "ordinal", "title": _("persepuluhan penghasilan"), "axis": {"labelAngle": 0}}
    y = {"field": "value", "type": "quantitative", "title": None}
    named = {
        "field": "series",
        "type": "nominal",
        "sort": None,
        "legend": {"symbolType": "stroke", "symbolSize": 500, "columns": 1},
    }
    spec = {"mark": {"type": "line", "point": True}, "encoding": {"x": x, "y": y, "color": named, "strokeDash": named}}
    columns = [
        Measure(_("Persepuluhan"), "tenth", str, number=True), Measure(_("Apa"), "series"),
        Measure(unit, "value", lambda v: separated(f"{v:,.2f}"), number=True),
    ]  # fmt: skip
    source = _("Simulasi atas {people} pekerja tiruan; jamsostek simulate").format(people=format_number(example_result()["rows"]))
    return chart(
        name, f"{title} ({unit.lower()})", spec, columns, rows, text=text, source=source, status="simulated", as_of=_when()
    )
