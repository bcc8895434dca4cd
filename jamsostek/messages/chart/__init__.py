"""Charts as SVG, drawn by Vega-Lite (`vl-convert-python`: Vega and its own V8 in one wheel, no browser, nothing fetched).

A chart is drawn in a child process, for the engine takes 150 MB and 0.4 s to begin. Colours stand in it as the variables of
the page's own style (`--chart-1` …), so that one drawing serves light and dark; `in_colours` writes them out for documents.
"""

from jamsostek.messages.chart.draw import CATEGORIES, DRAWING, Order, draw_charts, in_colours

__all__ = ["CATEGORIES", "DRAWING", "Order", "draw_charts", "in_colours"]
