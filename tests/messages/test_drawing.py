"""Drawings of charts: shapes and text, both languages' separators, the page's own colours, and nothing that runs or fetches."""

from __future__ import annotations

import re

import pytest

from jamsostek.messages.chart import CATEGORIES, Order, draw_charts, in_colours
from jamsostek.messages.limited import FileUnreadable

ROWS = [{"year": 2020 + at, "persons": 1.25 * at, "kind": kind} for at in range(5) for kind in ("BPU", 'PU "<script>')]
SPEC = {
    "mark": {"type": "line", "point": True},
    "encoding": {
        "x": {"field": "year", "type": "quantitative", "axis": {"format": "d"}},
        "y": {"field": "persons", "type": "quantitative", "axis": {"format": ".1f"}},
        "color": {"field": "kind", "type": "nominal"},
    },
}


@pytest.fixture(scope="module")
def drawings() -> list[str]:
    return draw_charts([Order(SPEC, ROWS, language, width, 240) for language in ("id", "en") for width in (318, 720)])


def test_a_drawing_has_the_size_asked_for_and_letters_of_a_readable_size(drawings: list[str]) -> None:
    for svg, width in zip(drawings, (318, 720) * 2, strict=True):
        assert re.match(rf'<svg xmlns="[^"]*" width="{width}" height="240" viewBox="0 0 {width} 240">', svg)
        assert {int(size) for size in re.findall(r'font-size="(\d+)px"', svg)} <= {12, 13}


def test_numbers_are_written_as_each_language_writes_them(drawings: list[str]) -> None:
    indonesian, english = drawings[0], drawings[2]
    assert ">4,0<" in indonesian and ">4.0<" in english and ">4.0<" not in indonesian
    assert ">2020<" in indonesian


def test_colours_are_the_pages_own_and_can_be_written_out(drawings: list[str]) -> None:
    assert "var(--chart-1)" in drawings[0] and "var(--chart-2)" in drawings[0] and "currentColor" in drawings[0]
    written = in_colours(drawings[0])
    assert "var(" not in written and "currentColor" not in written and CATEGORIES["--chart-2"] in written


def test_nothing_in_a_drawing_runs_or_fetches(drawings: list[str]) -> None:
    for svg in drawings:
        assert not re.search(r"<script|<style|style=|href|<image|\son\w+=", svg)
        assert "PU &quot;&lt;script&gt;" in svg or 'PU "&lt;script&gt;' in svg


def test_a_chart_that_cannot_be_drawn_is_an_error_and_ends_the_child() -> None:
    with pytest.raises(FileUnreadable):
        draw_charts([Order({"mark": "no such mark", "encoding": []}, ROWS, "id", 318, 240)])
    with pytest.raises(FileUnreadable):
        draw_charts([Order({"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": 5}, ROWS, "id", 318, 240)])
    assert draw_charts([]) == []
