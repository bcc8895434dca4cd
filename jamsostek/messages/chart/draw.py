"""Draws orders of charts; what is common to all of them (letters, lines, colours, separators) stands here once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jamsostek.messages.limited import run_limited

DRAWING = 1
"""Raised when charts look different from the same order, so that kept drawings are made anew."""
SECONDS = 30.0
ADDRESSES = 1 << 40
"""Address space of the child: V8 reserves over 64 GB of it and uses 150 MB."""
CATEGORIES = {
    "--chart-1": "#0072b2", "--chart-2": "#d55e00", "--chart-3": "#009e73", "--chart-4": "#b8578f", "--chart-5": "#505665",
}  # fmt: skip
"""Okabe and Ito's colours, which people who see red and green alike can tell apart, on white; the pink a little darker, so that
each stands out at 3 to 1. In the dark the page gives others of the same set (static/portal/tokens.css)."""
_INK = {"currentColor": "#1f2430", "var(--line)": "#ddd5c4", "var(--surface)": "#ffffff", "var(--soft)": "#505665"}


@dataclass(frozen=True)
class Order:
    """One drawing: a Vega-Lite specification without data and size, its rows, language, and width in CSS pixels.

    A specification may give its own `height`, as bars of equal steps do; else `height` holds.
    """

    spec: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    language: str
    width: int
    height: int


def draw_charts(orders: Sequence[Order]) -> list[str]:
    """The SVG of each order, drawn one after the other in one child. Raises `FileUnreadable` where one cannot be drawn."""
    if not orders:
        return []
    payload = json.dumps([asdict(order) for order in orders]).encode()
    drawn: list[str] = run_limited(_draw_here, payload, seconds=SECONDS, memory_bytes=ADDRESSES)
    return drawn


def in_colours(svg: str) -> str:
    """The drawing with its colours written out, for a document that has no style of ours."""
    for name, colour in CATEGORIES.items():
        svg = svg.replace(f"var({name})", colour)
    for name, colour in _INK.items():
        svg = svg.replace(f'"{name}"', f'"{colour}"')
    return svg


def _draw_here(payload: bytes) -> list[str]:
    import vl_convert

    return [_spare(vl_convert.vegalite_to_svg(_whole(order), allowed_base_urls=[], **_locale(order["language"])))
            for order in json.loads(payload)]  # fmt: skip


def _locale(language: str) -> dict[str, Any]:
    return {"format_locale": _numbers(language), "time_format_locale": _times(language)}


def _whole(order: Mapping[str, Any]) -> dict[str, Any]:
    spec = dict(order["spec"])
    steps = isinstance(spec.get("height"), dict)
    config = {**_config(order["width"]), **spec.pop("config", {})}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": order["width"],
        "height": order["height"],
        "autosize": {"type": "fit-x" if steps else "fit", "contains": "padding"},
        "padding": {"left": 10, "right": 4, "top": 2, "bottom": 2},
        **spec,
        "data": {"values": order["rows"]},
        "config": config,
    }


def _config(width: int) -> dict[str, Any]:
    """How all charts look: ink of the page, thin lines, letters of a phone's size on a phone."""
    small = 12 if width < 480 else 13
    ink = {"labelColor": "currentColor", "titleColor": "currentColor"}
    letters = {"labelFontSize": small, "titleFontSize": small, "titleFontWeight": "normal", **ink}
    return {
        "aria": False,
        "background": None,
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": {
            **letters, "domainColor": "currentColor", "tickColor": "currentColor", "gridColor": "var(--line)",
            "labelLimit": width // 3, "titleAnchor": "end",
        },
        "axisX": {"grid": False},
        "axisY": {
            "domain": False, "ticks": False, "titleAngle": 0, "titleAnchor": "start", "titleAlign": "left", "titleY": -12,
            "titleX": 0, "titleBaseline": "bottom",
        },
        "legend": {
            **letters, "orient": "top", "offset": 26, "columnPadding": 22, "rowPadding": 4, "title": None,
            "symbolSize": 90, "labelLimit": width,
            "symbolBaseFillColor": "currentColor", "columns": 1 if width < 480 else 3,
        },
        "header": letters,
        "text": {"color": "currentColor", "fontSize": small},
        "line": {"strokeWidth": 2.5, "color": "var(--chart-1)"},
        "point": {"filled": True, "opacity": 1, "size": 45, "color": "var(--chart-1)"},
        "bar": {"color": "var(--chart-1)"},
        "area": {"color": "var(--chart-1)"},
        "rule": {"color": "currentColor"},
        "tick": {"color": "currentColor"},
        "range": {"category": [f"var({name})" for name in CATEGORIES]},
    }  # fmt: skip


def _numbers(language: str) -> dict[str, Any]:
    decimal, thousands = (",", ".") if language == "id" else (".", ",")
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["Rp", ""]}


def _times(language: str) -> dict[str, Any]:
    from babel.dates import get_day_names, get_month_names

    months, short_months = (list(get_month_names(width, locale=language).values()) for width in ("wide", "abbreviated"))
    days, short_days = (list(get_day_names(width, locale=language).values()) for width in ("wide", "abbreviated"))
    clock = {"dateTime": "%-d %B %Y", "date": "%-d %B %Y", "time": "%H.%M", "periods": ["", ""]}
    return {**clock, "days": days, "shortDays": short_days, "months": months, "shortMonths": short_months}


_TAG = re.compile(r"<[^>]*>")
_DROPPED = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|font-family|version|xmlns:xlink)="[^"]*"| opacity="1"')
_UNSEEN = re.compile(
    r'<path class="(?:background|foreground)"[^>]*(?:display="none"|v0h0Z")[^>]*/>'
    r'|<path class="background"[^>]*hidden="true" d="[^"]*"/>'
)
_EMPTY = re.compile(r"<g[^>]*></g>|<g[^>]*/>")
_DIGITS = re.compile(r"(\.\d)\d+")


def _spare(svg: str) -> str:
    """The same picture in half the bytes: what draws nothing, and what is said by the page, is left out."""
    found = _TAG.sub(lambda tag: _DIGITS.sub(r"\1", _DROPPED.sub("", tag[0])), _UNSEEN.sub("", svg))
    while (less := _EMPTY.sub("", found)) != found:
        found = less
    return found
