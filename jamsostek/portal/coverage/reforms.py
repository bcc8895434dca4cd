"""The example reforms as pages tell them, and their charts by tenth of income."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse

from jamsostek.core.months import parse_month
from jamsostek.core.rupiah import format_decimal, format_number
from jamsostek.core.text import _, language
from jamsostek.coverage.laboratory.effects import MICRO
from jamsostek.coverage.laboratory.results import WORDS
from jamsostek.coverage.laboratory.shipped import example_files, example_result
from jamsostek.portal.coverage.nation import url
from jamsostek.portal.screens import Chart, Measure, chart, lines
from jamsostek.portal.screens import words as said

PAYERS = ("by_employer", "by_worker", "by_self", "by_apbn", "by_apbd", "by_village")


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


def when() -> str:
    """The month reckoned, in words."""
    return said.month(parse_month(example_result()["month"]))


def charts_of(name: str) -> list[str]:
    """The names of a reform's charts."""
    return [f"reformasi-{name}-{kind}" for kind in ("iuran", "keluarga")]


def _paid(name: str) -> Chart | None:
    """Who pays more or less by tenth of income; None where nobody does."""
    standing, own = _tenths(name)
    moved = [m for m in PAYERS if any(own[g][m] != standing[g][m] for g in own)]
    rows = [{"tenth": int(g), "series": _(WORDS[m]), "value": (own[g][m] - standing[g][m]) / 10**9} for m in moved for g in own]
    text = _("Selisih iuran setahun tiap persepuluhan penghasilan, dari terendah ke tertinggi, menurut yang membayar.")
    return _lines(name, 0, _("Siapa membayar lebih atau kurang"), rows, _("Miliar rupiah"), text) if moved else None


def _families(name: str) -> Chart | None:
    """Families falling into poverty by tenth of income, without and with the reform; None where it changes nothing."""
    standing, own = _tenths(name)
    if all(own[g]["falling"] == standing[g]["falling"] for g in own):
        return None
    kinds = ((_("Hukum yang berlaku"), standing), (_("Dengan reformasi"), own))
    rows = [{"tenth": int(g), "series": kind, "value": round(of[g]["falling"] / MICRO, 1)} for kind, of in kinds for g in own]
    text = _("Keluarga yang jatuh miskin setahun ketika pencari nafkahnya meninggal atau celaka, tiap persepuluhan penghasilan.")
    return _lines(name, 1, _("Keluarga yang jatuh miskin"), rows, _("Banyaknya keluarga"), text)


def _tenths(name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The measures of the ten tenths under the law as it stands and under the reform."""
    told = {one["name"]: one["decile"] for one in example_result()["scenarios"]}
    return tuple({g: v for g, v in told[one].items() if g != "0"} for one in ("baseline", name))  # type: ignore[return-value]


def _lines(name: str, place: int, title: str, rows: Sequence[Mapping[str, Any]], unit: str, text: str) -> Chart:
    """Lines over the ten tenths, undrawn."""
    x = {"field": "tenth", "type": "ordinal", "title": _("persepuluhan penghasilan"), "axis": {"labelAngle": 0}}
    spec = lines(x, {"field": "value", "type": "quantitative", "title": None}, "series")
    columns = [
        Measure(_("Persepuluhan"), "tenth", str, number=True), Measure(_("Apa"), "series"),
        Measure(unit, "value", lambda v: format_decimal(v, 2), number=True),
    ]  # fmt: skip
    people = format_number(example_result()["rows"])
    source = _("Simulasi atas {people} pekerja tiruan; jamsostek simulate").format(people=people)
    found = next(one for one in examples() if one.name == name)
    own = charts_of(name)[place]
    return chart(
        own, f"{title} ({unit.lower()})", spec, columns, rows, text=f"{found.title}. {text}", source=source, status="simulated",
        as_of=when(), url=url(own), draw=False,
    )  # fmt: skip


CHARTS: dict[str, Callable[[], Chart | None]] = {
    own: partial(build, name) for name in example_files() for own, build in zip(charts_of(name), (_paid, _families), strict=True)
}
"""The charts by name, undrawn."""
