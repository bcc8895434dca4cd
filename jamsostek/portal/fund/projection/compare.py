"""Two projections side by side: their figures, their funds, which assumptions differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.text import N_, _
from jamsostek.fund.projection import PROGRAMMES, base
from jamsostek.fund.queries import projections as queries
from jamsostek.fund.queries.projections import Run
from jamsostek.portal.fund.frame import READERS, fund_title
from jamsostek.portal.fund.projection import charts, frame
from jamsostek.portal.fund.projection.shown import millions
from jamsostek.portal.screens import Column, Form, Table, Tag, export, table

YEARS = (2030, 2050, 2070, 2100)


class PairForm(Form):
    """Which two."""

    a = forms.TypedChoiceField(label=N_("Yang pertama"), coerce=int)
    b = forms.TypedChoiceField(label=N_("Yang kedua"), coerce=int)


@door(*READERS)
@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    """`?a=1&b=2`; with `?bentuk=csv` or `xlsx` as a file."""
    finished = [one for one in queries.runs() if one.finished]
    form = PairForm({name: request.GET[name] for name in ("a", "b") if name in request.GET} or None, initial=_guess(finished))
    for field in form.fields.values():
        field.choices = [(one.id, frame.title(one)) for one in finished]  # type: ignore[attr-defined]
    context: dict[str, Any] = {"form": form, "few": len(finished) < 2}
    both = _both(form, finished)
    if both:
        told = [frame.told(one.id) for one in both]
        if request.GET.get("bentuk") in ("csv", "xlsx"):
            return export(
                request, f"banding-{both[0].id}-{both[1].id}", [_("Apa"), *(frame.title(one) for one in both)], _lines(told)
            )
        names = [frame.title(one) for one in both]
        pair = list(zip(names, told, strict=True))
        context |= {
            "both": both,
            "table": _figures(names, told),
            "differ": _differ(both, names),
            "charts": [charts.beside(f"banding-{p}", fund_title(p), pair, p) for p in ("jp", "jht")],
            "files": f"?a={both[0].id}&b={both[1].id}",
        }
    return frame.screen(
        request, "compare.html", context, title=_("Bandingkan dua proyeksi"), here="projection:compare", charts=True
    )


def _guess(finished: list[Run]) -> dict[str, int]:
    if len(finished) < 2:
        return {}
    first = next((one for one in finished if one.official), finished[-1])
    return {"a": first.id, "b": next(one.id for one in finished if one.id != first.id)}


def _both(form: PairForm, finished: list[Run]) -> list[Run]:
    asked = (
        [form.cleaned_data.get(name) for name in ("a", "b")]
        if form.is_bound and form.is_valid()
        else [form.initial.get("a"), form.initial.get("b")]
    )
    if form.is_bound and not form.is_valid():
        return []
    by_id = {one.id: one for one in finished}
    found = [by_id[one] for one in asked if one in by_id]
    return found if len(found) == 2 else []


def _lines(told: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    head = [[name, *(str(one["headline"][name] or "") for one in told)] for name in ("exhausted", "premium", "rate", "balance")]
    funds = [
        [
            _("{fund} {year}, juta rupiah").format(fund=p.upper(), year=year),
            *(millions(one["funds"][p]["assets"][at]) for one in told),
        ]
        for p in PROGRAMMES
        for at, year in enumerate(told[0]["years"])
    ]
    return [*head, *funds]


def _figures(names: list[str], told: Sequence[Mapping[str, Any]]) -> Table:
    rows: list[list[Any]] = [
        [_("Dana JP habis"), *(frame.year(one["headline"]["exhausted"]) for one in told), ""],
        *(
            [_(words), *(frame.percent(one["headline"][key]) for one in told), _points(told, key)]
            for key, words in (("premium", N_("Premi rata-rata umum JP")), ("balance", N_("Neraca aktuaria JP")))
        ),
    ]
    for p in PROGRAMMES:
        for year in YEARS:
            values = [one["funds"][p]["assets"][one["years"].index(year)] for one in told]
            difference = values[1] - values[0]
            rows.append(
                [
                    _("{fund}, akhir {year}").format(fund=fund_title(p), year=year),
                    *(frame.money(value) if value >= 0 else Tag(_("habis"), "bad") for value in values),
                    f"{'+' if difference > 0 else ''}{frame.money(difference)}",
                ]
            )
    columns = [
        Column(_("Apa"), lambda row: row[0]), Column(names[0], lambda row: row[1], number=True),
        Column(names[1], lambda row: row[2], number=True), Column(_("Selisih"), lambda row: row[3], number=True),
    ]  # fmt: skip
    return table(_("Berdampingan"), columns, rows)


def _points(told: Sequence[Mapping[str, Any]], key: str) -> str:
    difference = told[1]["headline"][key] - told[0]["headline"][key]
    return f"{'+' if difference > 0 else ''}{frame.percent(difference)}"


def _differ(both: list[Run], names: list[str]) -> Table | None:
    rows = [one for id, one in base().items() if _value(both[0], id) != _value(both[1], id)]
    if not rows:
        return None
    columns = [
        Column(_("Asumsi"), lambda one: one.title),
        Column(names[0], lambda one: frame.value(one, _value(both[0], one.id)), number=True),
        Column(names[1], lambda one: frame.value(one, _value(both[1], one.id)), number=True),
        Column(_("Dasar"), lambda one: frame.value(one, one.value), number=True),
    ]
    return table(_("Asumsi yang berbeda"), columns, rows)


def _value(run: Run, id: str) -> float:
    return run.assumptions.get(id, base()[id].value)
