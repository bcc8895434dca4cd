"""A chart on a page: drawn once and kept, told in words and in a table, and still of use where it cannot be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from jamsostek.core.text import speaking
from jamsostek.portal.screens import Measure, chart, chart_csv, charts

ROWS: list[dict[str, Any]] = [
    {"year": 2023, "persons": 7_100_000},
    {"year": 2024, "persons": None},
    {"year": 2025, "persons": 9_219_509},
]
SPEC = {
    "mark": "bar",
    "encoding": {"x": {"field": "year", "type": "ordinal"}, "y": {"field": "persons", "type": "quantitative"}},
}
MEASURES = [Measure("Tahun", "year"), Measure("Peserta", "persons", lambda value: f"{value:,}", number=True)]


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.JAMSOSTEK_DATA = tmp_path
    charts._failed.clear()
    yield tmp_path / "charts"
    charts._failed.clear()


def made(**more: Any) -> charts.Chart:
    given: dict[str, Any] = {"text": "Naik.", "source": "C18", "status": "verified", "as_of": "Maret 2025", **more}
    return chart("bpu", 'Peserta <"mandiri">', SPEC, MEASURES, ROWS, **given)


def test_a_chart_is_drawn_once_and_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made()
    assert len(list(folder.iterdir())) == 2
    monkeypatch.setattr(charts, "draw_charts", None)
    assert made() == first
    assert first.wide.startswith('<svg class="wide-chart" role="img" aria-label="Peserta &lt;&quot;mandiri&quot;&gt;. Naik." ')


def test_other_figures_or_another_language_are_another_drawing(folder: Path) -> None:
    made()
    with speaking("en"):
        made()
    chart("bpu", "Peserta", SPEC, MEASURES, ROWS[:1], text="", source="", status="")
    assert len(list(folder.iterdir())) == 6


def test_where_it_cannot_be_drawn_the_table_stands_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def broken(orders: Any) -> list[str]:
        tried.append(orders)
        raise RuntimeError("no engine")

    monkeypatch.setattr(charts, "draw_charts", broken)
    html = render_to_string("parts/chart.html", {"chart": made(), "frame": None})
    made()
    assert "<svg" not in html and '<details class="more" open>' in html and "7,100,000" in html
    assert len(tried) == 1, "a drawing that failed is not tried again at once"


def test_a_chart_tells_its_source_status_and_what_is_not_known(folder: Path) -> None:
    html = render_to_string("parts/chart.html", {"chart": made(url="/cakupan/grafik/bpu/"), "frame": None})
    assert "C18" in html and "Maret 2025" in html and "dibaca pada naskahnya" in html
    assert ">–</td>" in html and "/cakupan/grafik/bpu/?bentuk=csv" in html


def test_the_csv_has_the_figures_as_they_are_and_their_source(folder: Path) -> None:
    request = RequestFactory().get("/", {"bentuk": "csv"})
    request.user = type("Nobody", (), {"is_authenticated": False})()
    lines = b"".join(chart_csv(request, made())).decode("utf-8-sig").splitlines()
    assert lines[:3] == ["Tahun,Peserta,Sumber,Status,Keadaan", "2023,7100000,C18,dibaca pada naskahnya,Maret 2025",
                         "2024,,C18,dibaca pada naskahnya,Maret 2025"]  # fmt: skip


def test_drawings_are_made_ahead_and_cleared_when_nobody_looks(folder: Path) -> None:
    waiting = made(draw=False)
    assert not waiting.wide and charts.draw_ahead([waiting]) == 2 and charts.draw_ahead([waiting]) == 0
    assert charts.clear_unused(days=1) == 0 and charts.clear_unused(days=-1) == 2


def test_a_drawing_that_could_run_is_refused() -> None:
    with pytest.raises(ValueError, match="more than shapes"):
        charts._shown(charts._WIDE, '<svg ><a href="x">', "")
