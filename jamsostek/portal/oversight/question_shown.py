"""An answer of the cube as a table, a file and a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpRequest

from jamsostek.core.months import format_month
from jamsostek.core.rupiah import format_number, separated
from jamsostek.core.text import _
from jamsostek.coverage.cube import LISTS, Answer
from jamsostek.coverage.cube.protecting import SMALLEST
from jamsostek.coverage.cube.schema import FLOWS, MASKS
from jamsostek.coverage.questions import digest_of
from jamsostek.portal.coverage import dimensions
from jamsostek.portal.coverage.own import small_words
from jamsostek.portal.screens import Chart, Column, Fact, Link, Measure, Paged, Table, chart, export, lines, paged, sorting, table
from jamsostek.portal.screens.tables import LAST_PAGE, ROWS
from jamsostek.portal.screens.words import NOTHING, date, inside, month
from jamsostek.registry.queries import counts

ON_SCREEN = LAST_PAGE * ROWS
"""Lines that are leafed through; the file has all."""
PRINTED = 1_000
MOST_BARS, MOST_LINES = 40, 5
"""Bars and lines of a chart; of more lines two would look alike."""
HEIGHT = 320
_AT_ONCE = 10_000
Row = tuple[Any, ...]


def shown_table(request: HttpRequest, answer: Answer, title: str, *, printing: bool) -> tuple[Table, Paged[Row] | None]:
    """The lines in the order asked for, a page of them, or as many as are printed."""
    columns = _columns(answer, {})
    order = sorting(request, columns, "")
    rows = _sorted(answer, order)
    leaf = None if printing else paged(request, rows, total=len(rows))
    some = leaf.rows if leaf else rows[:PRINTED]
    return table(title, _columns(answer, _villages(answer, some)), some, request=request, sorted_by=order), leaf


def file(request: HttpRequest, answer: Answer) -> FileResponse:
    """All lines with codes and words, as CSV or XLSX; every line says how far it can be relied on."""
    by, villages = answer.question.by, _villages(answer, answer.rows)
    says = [dimensions.words_of(name, villages) for name in by]
    headings: list[str] = []
    for name in by:
        title = _(dimensions.DIMENSIONS[name])
        headings += [title] if name == "month" else [_("{title} (kode)").format(title=title), title]
    headings += [_(dimensions.MEASURES[name][0]) for name in answer.question.measures]
    about = (date(answer.as_of), _rounding(answer))

    def line(row: Row) -> list[Any]:
        told: list[Any] = []
        for name, say, value in zip(by, says, row, strict=False):
            told += [format_month(value)] if name == "month" else ["" if value is None else value, say(value)]
        return [*told, *(f"< {SMALLEST}" if one is None else one for one in row[len(by) :]), *about]

    name = f"{_('cakupan')}-{digest_of(answer.question)[:8]}"
    return export(request, name, [*headings, _("Potret"), _("Ketepatan")], map(line, answer.rows))


def facts(answer: Answer, words: str, address: str) -> list[Fact]:
    """What somebody who cites it has to know."""
    ways = {"cells": _("Sel yang dihitung malam itu"), "rows": _("Baris, dihitung sesudah ditanyakan")}
    return [
        Fact(_("Pertanyaan"), words),
        Fact(_("Potret"), date(answer.as_of)),
        Fact(_("Dijawab dari"), ways[answer.source]),
        Fact(_("Lama menjawab"), _("{seconds} detik").format(seconds=separated(f"{answer.seconds:.2f}"))),
        Fact(_("Ketepatan"), _rounding(answer)),
        Fact(_("Alamat"), Link(_("Tautan tetap ke pertanyaan ini"), address)),
    ]


def notes(answer: Answer) -> list[str]:
    """What the lines can be taken for, and what not."""
    asked, found = answer.question, []
    if set(asked.by) & set(MASKS):
        found.append(_("Orang yang ada di beberapa baris dihitung di setiap baris itu: jumlah baris dapat melebihi orangnya."))
    if len(asked.months) > 1 and "month" in asked.by and not set(asked.measures) <= set(FLOWS):
        found.append(_("Jumlah orang sebulan tidak dijumlahkan dengan bulan lain: orangnya sebagian besar sama."))
    if len(asked.months) > 1 and "month" not in asked.by:
        found.append(_("Yang terjadi dalam {count} bulan dijumlahkan; orang yang sama dapat ada di beberapa bulan.").format(
            count=len(asked.months)))  # fmt: skip
    if asked.basis == "office":
        found.append(_("Orang dihitung di tempat yang membayar; yang membayar sendiri di tempat tinggalnya."))
    if answer.protected:
        found.append(small_words())
    found.append(_("Angka dari registri pemasangan ini, bukan angka terbitan."))
    return found


def chart_of(answer: Answer, words: str) -> Chart | None:
    """A drawing of one month by one dimension, or of months by at most one; None where it would tell nothing."""
    by, measures = answer.question.by, answer.question.measures
    if len(answer.rows) < 2:
        return None
    if by == ("month",):
        return _over_months(
            answer, words, lambda row: [(_(dimensions.MEASURES[one][0]), n) for one, n in zip(measures, row[1:], strict=True)]
        )
    if len(by) == 2 and "month" in by and len(measures) == 1 and len(answer.question.months) > 1:
        at = 1 - by.index("month")
        most = _most(answer.rows, at)
        if len(most) > MOST_BARS:
            return None
        say, drawn = dimensions.words_of(by[at], _villages(answer, answer.rows)), set(most[:MOST_LINES])
        kept = replace(answer, rows=[row for row in answer.rows if row[at] in drawn])
        left_out = _("Digambar hanya {count} yang terbanyak.").format(count=MOST_LINES) if len(most) > MOST_LINES else ""
        return _over_months(kept, words, lambda row: [(say(row[at]), row[2])], left_out)
    if len(by) == 1 and len(answer.question.months) == 1:
        return _bars(answer, words)
    return None


# --- inside -----------------------------------------------------------------------------------------------------------


def _rounding(answer: Answer) -> str:
    return _("Dibulatkan ke puluhan") if answer.protected else _("Tepat")


def _count(value: int | None) -> str:
    return f"< {SMALLEST}" if value is None else format_number(value)


def _columns(answer: Answer, villages: dict[int, str]) -> list[Column]:
    def key(at: int, name: str) -> Column:
        say = dimensions.words_of(name, villages)
        return Column(_(dimensions.DIMENSIONS[name]), lambda row: say(row[at]), sort=name)

    def measure(at: int, name: str) -> Column:
        return Column(_(dimensions.MEASURES[name][0]), lambda row: _count(row[at]), sort=name, number=True)

    keys = len(answer.question.by)
    return [
        *(key(at, name) for at, name in enumerate(answer.question.by)),
        *(measure(keys + at, name) for at, name in enumerate(answer.question.measures)),
    ]  # fmt: skip


def _sorted(answer: Answer, order: str) -> Sequence[Row]:
    name = order.removeprefix("-")
    if not name:
        return answer.rows
    at = answer.columns.index(name)
    if name in LISTS:
        places = {value: place for place, (value, _words) in enumerate(dimensions.values(name))}
        value_of: Callable[[Any], Any] = lambda value: places.get(value, len(places))  # noqa: E731
    elif name in ("province", "regency"):
        value_of = dimensions.words_of(name)
    else:
        value_of = lambda value: -1 if value is None else value  # noqa: E731
    return sorted(answer.rows, key=lambda row: value_of(row[at]), reverse=order.startswith("-"))


def _villages(answer: Answer, rows: Sequence[Row]) -> dict[int, str]:
    """`Sumberwaras, Contoh Barat` by code, for the villages of some lines."""
    if "village" not in answer.question.by:
        return {}
    at = answer.question.by.index("village")
    codes = sorted({row[at] for row in rows if row[at] is not None})
    wanted = sorted({*codes, *(code // 10_000 for code in codes)})
    names: dict[int, str] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        names |= counts.places(wanted[first : first + _AT_ONCE])
    return {code: ", ".join(filter(None, (names[code], names.get(code // 10_000, "")))) for code in codes if code in names}


def _most(rows: Sequence[Row], at: int) -> list[Any]:
    """The values of a column, those with most people over all lines first."""
    sums: Counter[Any] = Counter()
    for row in rows:
        sums[row[at]] += row[-1] or 0
    return [value for value, _persons in sums.most_common()]


def _over_months(answer: Answer, words: str, told: Callable[[Row], list[tuple[str, int | None]]], note: str = "") -> Chart:
    at = answer.question.by.index("month")
    rows = [
        {"month": month(row[at]), "day": f"{row[at] // 100}-{row[at] % 100:02d}-01T12:00:00", "line": line, "persons": persons}
        for row in answer.rows
        for line, persons in told(row)
    ]
    x = {"field": "day", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"format": "%b %y", "tickCount": 6}}
    y = {"field": "persons", "type": "quantitative", "title": _("orang")}
    return _drawn(answer, words, lines(x, y, "line"), [("month", _("Bulan")), ("line", _("Apa"))], rows, note)


def _bars(answer: Answer, words: str) -> Chart | None:
    name, measures = answer.question.by[0], answer.question.measures
    say = dimensions.words_of(name, _villages(answer, answer.rows[: MOST_BARS + 1]))
    if len(answer.rows) > MOST_BARS:
        return None
    rows = [
        {"group": say(row[0]), "line": _(dimensions.MEASURES[one][0]), "persons": persons}
        for row in answer.rows
        for one, persons in zip(measures, row[1:], strict=True)
    ]
    encoding: dict[str, Any] = {
        "y": {"field": "group", "type": "nominal", "sort": None, "title": None},
        "x": {"field": "persons", "type": "quantitative", "title": _("orang")},
    }
    if len(measures) > 1:
        encoding["color"] = {"field": "line", "type": "nominal", "sort": None}
        encoding["yOffset"] = {"field": "line", "type": "nominal", "sort": None}
    spec = {"mark": "bar", "height": {"step": 28 if len(measures) == 1 else 12}, "encoding": encoding}
    return _drawn(answer, words, spec, [("group", _(dimensions.DIMENSIONS[name])), ("line", _("Apa"))], rows)


def _drawn(
    answer: Answer, words: str, spec: dict[str, Any], keys: list[tuple[str, str]], rows: list[dict[str, Any]], note: str = ""
) -> Chart:
    columns = [*(Measure(title, key) for key, title in keys), Measure(_("Orang"), "persons", format_number, number=True)]
    known = [row for row in rows if row["persons"] is not None]
    most = max(known, key=lambda row: row["persons"], default=None)
    said = f"{most[keys[0][0]]}, {inside(most['line'])}: {format_number(most['persons'])}" if most else NOTHING
    return chart(
        "jawaban", words, spec, columns, known, text=f"{_('Paling banyak: {what}.').format(what=said)} {note}".strip(),
        source=_("potret pemasangan ini"), status="registry", as_of=date(answer.as_of), height=HEIGHT,
    )  # fmt: skip
