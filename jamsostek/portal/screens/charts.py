"""Charts: a drawing in two sizes with its table, CSV, source and permanent link, shown by `parts/chart.html`.

    chart("tren", _("Peserta aktif"), spec, [Measure(_("Tahun"), "year"), Measure(_("Peserta"), "persons", format_number)], rows,
          text=_("Naik dari … ke …"), source="…", status="verified", as_of=_("Maret 2025"))

`spec` is Vega-Lite without data and size (`docs/adr/0023-charts.md` tells what every chart has already). A drawing is kept in
`<data>/charts` under the digest of its order, so that it is made when figures change and not when a page is asked for. Where it
cannot be drawn the page shows the table.
"""

from __future__ import annotations

import json
import logging
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from jamsostek.core.text import N_, _, language
from jamsostek.messages.chart import DRAWING, Order, draw_charts
from jamsostek.portal.screens.export import export
from jamsostek.portal.screens.parts import Tag, Tone
from jamsostek.portal.screens.tables import Column, Table, table

PHONE, DESK = 318, 720
"""Widths in CSS pixels: what a phone of 360 leaves, and a column of text."""
HEIGHT = 260
KEPT = 5_000
"""Drawings in the folder; beyond that none is added until the nightly clearing, whatever visitors ask for."""
DAYS_UNUSED = 14
TOGETHER = 60
"""Drawings a child makes before it ends: two seconds of work, far below its limit."""
AGAIN_SECONDS = 60.0
"""A drawing that failed is not tried again at every request."""

STATUSES: dict[str, tuple[str, Tone]] = {
    "verified": (N_("dibaca pada naskahnya"), "good"),
    "derived": (N_("dihitung dari angka terbitan"), "info"),
    "approximate": (N_("pembulatan oleh sumbernya"), "info"),
    "seen in excerpt": (N_("dari kutipan"), "warn"),
    "seed": (N_("berita, belum dicek silang"), "warn"),
    "target": (N_("sasaran"), "plain"),
    "conflict": (N_("sumber berbeda"), "bad"),
    "missing": (N_("tidak ditemukan"), "plain"),
    "registry": (N_("daftar pemasangan ini"), "good"),
    "estimate": (N_("perkiraan"), "warn"),
    "assumed": (N_("anggapan"), "warn"),
    "simulated": (N_("simulasi atas orang buatan"), "warn"),
}
"""How far a figure can be relied on: what is said of it, and the tone."""
NOT_DRAWN = SafeString()
_log = logging.getLogger(__name__)
_drawing = threading.Semaphore(1)
_failed: dict[str, float] = {}


@dataclass(frozen=True)
class Measure:
    """A column of a chart's rows: its heading, its key in the row, and how its value is read."""

    title: str
    key: str
    show: Callable[[Any], Any] = str
    number: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart as shown. `wide` and `narrow` are SVG, empty where it could not be drawn."""

    name: str
    title: str
    text: str
    table: Table
    measures: Sequence[Measure]
    rows: Sequence[Mapping[str, Any]]
    source: str
    status: str
    as_of: str
    note: str
    orders: tuple[Order, Order]
    source_lang: str = ""
    """Where the source is told in another language than the page."""
    wide: SafeString = NOT_DRAWN
    narrow: SafeString = NOT_DRAWN
    url: str = ""
    """Its permanent address; empty where the chart stands only on this page."""
    csv_url: str = ""
    embed_url: str = ""

    @property
    def wide_svg(self) -> str:
        """The wide drawing for a document, which has no page around it; empty where it could not be drawn."""
        return _drawings(self.orders)[0]

    @property
    def tag(self) -> Tag | None:
        """The status in words."""
        return status_tag(self.status) if self.status else None


def chart(
    name: str,
    title: str,
    spec: Mapping[str, Any],
    columns: Sequence[Measure],
    rows: Sequence[Mapping[str, Any]],
    *,
    text: str,
    source: str,
    status: str,
    source_lang: str = "",
    as_of: str = "",
    note: str = "",
    height: int = HEIGHT,
    url: str = "",
    csv_url: str = "",
    draw: bool = True,
) -> Chart:
    """A chart of rows. `text` says in a sentence what it shows, for who cannot see it; `status` is one of `STATUSES`.

    With `url`, its own address, come the CSV (`?bentuk=csv` there); a chart that is not public has only
    `csv_url`. `draw=False` leaves it undrawn: `ordered` hands it to a job.
    """
    orders = (Order(spec, rows, language(), DESK, height), Order(spec, rows, language(), PHONE, height))
    shown = Chart(
        name, title, text, _table(title, columns, rows), columns, rows, source, status, as_of, note, orders,
        source_lang=source_lang, url=url, csv_url=csv_url or (f"{url}?bentuk=csv" if url else ""),
    )  # fmt: skip
    return drawn(shown) if draw and rows else shown


def drawn(one: Chart) -> Chart:
    """The chart with its drawings: kept ones, or made now; without them where that fails."""
    return all_drawn([one])[0]


def all_drawn(charts: Sequence[Chart]) -> list[Chart]:
    """Charts with their drawings, those that are not kept yet made in one child."""
    drawings = iter(_drawings([order for one in charts for order in one.orders]))
    return [_with(one, next(drawings), next(drawings)) for one in charts]


def _with(one: Chart, wide: str, narrow: str) -> Chart:
    said = f"{one.title}. {one.text}"
    return replace(one, wide=_shown(_WIDE, wide, said), narrow=_shown(_NARROW, narrow, said))


def chart_csv(request: HttpRequest, one: Chart) -> FileResponse:
    """The chart's rows as CSV or XLSX, figures as they are, with source, status and date in the last columns."""
    headings = [*(measure.title for measure in one.measures), _("Sumber"), _("Status"), _("Keadaan")]
    told = (one.source, str(_(STATUSES[one.status][0])) if one.status else "", one.as_of)
    return export(request, one.name, headings, ([*(row[m.key] for m in one.measures), *told] for row in one.rows))


def status_tag(status: str) -> Tag:
    """What is said of a status."""
    words, tone = STATUSES[status]
    return Tag(_(words), tone)


def draw_ahead(charts: Sequence[Chart]) -> int:
    """Draws those of the charts (made with `draw=False`) that are not kept yet, many a child; how many drawings that were."""
    orders = [order for one in charts for order in one.orders if not _path(order).exists()]
    for at in range(0, len(orders), TOGETHER):
        some = orders[at : at + TOGETHER]
        for order, svg in zip(some, draw_charts(some), strict=True):
            _keep(_path(order), svg)
    return len(orders)


def clear_unused(days: float = DAYS_UNUSED) -> int:
    """Takes away drawings that nobody looked at for so many days; how many."""
    old = [path for path in _folder().glob("*.svg") if path.stat().st_mtime < time.time() - days * 86_400]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def lines(x: Mapping[str, Any], y: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The specification of lines told apart by colour and by dashes, under one legend.

    `x` and `y` are Vega-Lite's encodings, `kind` the key that names a line; lines come in the order of the rows.
    """
    named = {"field": kind, "type": "nominal", "sort": None, "legend": {"symbolType": "stroke", "symbolSize": 500}}
    return {"mark": {"type": "line", "point": True}, "encoding": {"x": x, "y": y, "color": named, "strokeDash": named}}


# --- inside -----------------------------------------------------------------------------------------------------------


def _table(title: str, measures: Sequence[Measure], rows: Sequence[Mapping[str, Any]]) -> Table:
    def column(one: Measure) -> Column:
        return Column(one.title, lambda row: "–" if row[one.key] is None else one.show(row[one.key]), number=one.number)

    return table(title, [column(one) for one in measures], rows)


def _drawings(orders: Sequence[Order]) -> list[str]:
    paths = [_path(order) for order in orders]
    found = {path: _kept(path) for path in paths}
    lacking = {path: order for path, order in zip(paths, orders, strict=True) if not found[path] and not _just_failed(path)}
    if lacking and _drawing.acquire(timeout=3):
        try:
            for path, svg in zip(lacking, draw_charts(list(lacking.values())), strict=True):
                found[path] = svg
                _keep(path, svg)
        except Exception as error:  # whatever ails the engine, the page has the table
            _log.warning("a chart was not drawn: %s", getattr(error, "detail", "") or error)
            _failed.update({path.name: time.monotonic() + AGAIN_SECONDS for path in lacking})
        finally:
            _drawing.release()
    return [found[path] for path in paths]


def _just_failed(path: Path) -> bool:
    return _failed.get(path.name, 0) > time.monotonic()


def _path(order: Order) -> Path:
    told = json.dumps([asdict(order), DRAWING, version("vl-convert-python")], sort_keys=True, default=str)
    return _folder() / f"{sha256(told.encode()).hexdigest()[:40]}.svg"


def _folder() -> Path:
    return Path(settings.JAMSOSTEK_DATA) / "charts"


def _kept(path: Path) -> str:
    try:
        if path.stat().st_mtime < time.time() - 86_400:
            os.utime(path)  # it is still looked at
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _keep(path: Path, svg: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if sum(1 for _file in os.scandir(path.parent)) >= KEPT:
            return
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as file:
            file.write(svg)
        Path(file.name).replace(path)
    except OSError as error:
        _log.warning("a chart was not kept: %s", error)


_FORBIDDEN = re.compile(r"<script|<foreignObject|<image|\son\w+=|href=|style=", re.IGNORECASE)


_WIDE = '<svg class="wide-chart" role="img" aria-label="{}" '
_NARROW = '<svg class="narrow-chart" role="img" aria-label="{}" '


def _shown(head: str, svg: str, said: str) -> SafeString:
    """The drawing as it stands in the page. Vega escapes the texts of rows; what could run or fetch is refused all the same."""
    if not svg:
        return NOT_DRAWN
    if not svg.startswith("<svg ") or any(_FORBIDDEN.search(tag) for tag in re.findall(r"<[^>]*>", svg)):
        raise ValueError("a drawing that holds more than shapes and text")
    return mark_safe(format_html(head, said) + svg.removeprefix("<svg "))  # noqa: S308  checked above
