"""A point of law that is not settled: the figures that stand on it, whether both ways are computed, its entry where at hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

import jamsostek
from jamsostek.access.doors import door
from jamsostek.core.text import N_, _, language
from jamsostek.law.explanation import figure_value
from jamsostek.law.labels import citation
from jamsostek.law.parameters import InForce, NoLawError, law_on, load
from jamsostek.portal.claims import frame
from jamsostek.portal.claims.frame import READERS
from jamsostek.portal.screens import Column, table, today

INTERPRETATIONS = Path(jamsostek.__file__).parents[1] / "docs" / "law" / "interpretations.md"
"""Beside the program where it runs from its repository; an installed wheel has no documents."""
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"[*`]+")
_LINE = re.compile(r"([A-Z][\w ]+): (.+)")


LABELS = {
    "Article": N_("Dasar hukum"), "Our reading": N_("Bacaan kami"), "Other reading": N_("Bacaan lain"), "Effect": N_("Akibatnya"),
}  # fmt: skip
"""What of an entry is shown, and how it is called."""


@dataclass(frozen=True)
class Entry:
    """An entry as it is written, in English: its title and what each of its lines is about."""

    title: str
    lines: Sequence[tuple[str, str]]


@cache
def entries() -> dict[int, Entry]:
    """All entries by number; none where the document is not at hand."""
    if not INTERPRETATIONS.exists():
        return {}
    found = {}
    for section in re.split(r"^### ", INTERPRETATIONS.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, _line, body = section.partition("\n")
        number, _dot, title = head.partition(". ")
        told = [_LINE.fullmatch(_plain(one)) for one in re.split(r"\n(?=- )|\n\s*\n", body)]
        lines = [(one[1], one[2]) for one in told if one is not None and one[1] in LABELS]
        if number.isdecimal():
            found[int(number)] = Entry(title.strip(), lines)
    return found


def _plain(text: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", " ".join(text.split()))).removeprefix("- ")


@door(*READERS)
@require_safe
def show(request: HttpRequest, point: int) -> HttpResponseBase:
    """The page."""
    figures = _figures(point)
    readings = [one for one in load().readings.values() if one.number == point]
    entry = entries().get(point)
    if entry is None and not figures and not readings:
        raise Http404
    columns = [
        Column(_("Angka hukum"), lambda one: one.parameter.title[language()]),
        Column(_("Nilai sekarang"), figure_value),
        Column(_("Dasar hukum"), lambda one: citation(f"{one.row.regulation} {one.row.article}") if one.row is not None else ""),
    ]
    context = {
        "entry": entry,
        "lines": [(_(LABELS[name]), text) for name, text in entry.lines] if entry is not None else [],
        "table": table(_("Angka hukum yang bersandar padanya"), columns, figures) if figures else None,
        "both": bool(readings),
    }
    return frame.office_page(request, "claims/reading.html", context, title=_("Tafsir nomor {number}").format(number=point))


def _figures(point: int) -> list[InForce]:
    law, found = law_on(today()), []
    for parameter in load().by_id.values():
        if parameter.interpretation == point:
            try:
                found.append(law.in_force(parameter.id))
            except NoLawError:
                continue
    return found
