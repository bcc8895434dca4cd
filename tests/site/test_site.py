"""Every page of the site, as each role of the living demo finds it.

In `make test` each kind of page is read in both languages once for each group of roles, and opened in the browser once, in
turn as a phone and as a desk, in one language and the other. With JAMSOSTEK_PROOF=1 every role opens each of its pages at both
widths in both languages (pages that are the same for all: once that way, and by each role one way), and a summary is printed.
SCREENSHOTS=folder keeps a picture of each page that is opened.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path

import pytest
from exploring import NOT_LINKED, Found, Page, Requests, Site, explore, kind_of, shared, views
from looking import SIZES, Looker
from playwright.sync_api import Browser
from reading import SIXTEEN, Document, faults

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
PICTURES = os.environ.get("SCREENSHOTS")
WAYS = tuple(product(("id", "en"), SIZES))
TURNS = (("id", "phone"), ("en", "desk"), ("en", "phone"), ("id", "desk"))
OPEN_WINDOWS = 8
MEANT = {
    ("uploads:problems", "a date for machines"): "shows what the file said",
    ("uploads:problems", "in the other language"): "shows what the file said",
    ("uploads:upload", "in the other language"): "why a file was not read is kept as it was told to its sender",
    ("payments:statement", "in the other language"): "why a file was not read is kept as it was told to its sender",
    ("payouts:answer", "in the other language"): "why a line was not read is kept as it was told to its sender",
    ("oversight:trail", "in the other language"): "a reason is kept as it was written",
    ("oversight:trail", "a date for machines"): "a reason is kept as it was written",
    ("worker:trail", "in the other language"): "a reason is kept as it was written",
    ("campaigns:mailing", "in the other language"): "a message is in the language its reader asked for",
    ("campaigns:template", "in the other language"): "a text of a reminder is in one language",
    ("campaigns:template", "a hole left open"): "the holes of a text of a reminder are filled when it is prepared",
    ("campaigns:propose", "in the other language"): "a text of a reminder is in one language",
    ("campaigns:propose", "a hole left open"): "the holes of a text of a reminder are filled when it is prepared",
    ("trading:trade", "in the other language"): "a plan is kept as it was written",
    ("projection:run", "in the other language"): "a reason is kept as it was written",
    ("securities:instrument", "in the other language"): "where a price is from is kept as it was written",
    ("award_committee:discuss", "in the other language"): "a note is kept as it was written",
    ("award_committee:marks", "in the other language"): "a note is kept as it was written",
    ("award_jury:contest", "in the other language"): "a note is kept as it was written",
    ("award_entries:evidence", "in the other language"): "a title is kept as it was written",
    ("movement:register_problems", "a date for machines"): "shows what the file said",
    ("movement:register_problems", "in the other language"): "shows what the file said",
    ("movement:card", "in the other language"): "an answer's reason is kept as it was written",
    ("movement:my_answers", "in the other language"): "a reason is kept as it was written",
    ("coverage:data", "a date for machines"): "a source is told as it calls itself",
    ("coverage:reform", "a date for machines"): "shows the file as it is saved and run",
    ("coverage:reform", "in the other language"): "shows the file as it is saved and run",
    ("register:check", "sixteen digits"): "the visitor's own number, to be compared with the identity card",
    ("register:question", "sixteen digits"): "the visitor's own number, to be corrected",
}
"""Faults of a view that are none, and why."""
FOR_SOME = {
    "worker:choose": "who stands for several people",
    "employer:projects": "who builds",
    "region:regency": "who sees a province",
    "uploads:": "who sends or approves files; others may read those in their sight",
    "officer:unmerge": "supervisors",
    "own_rights:": "who is paid regularly",
    "movement:": "who brings registers in, judges pairs, or is asked about a villager",
    "officer:revoke_card": "supervisors",
    "award_entries:": "who competes, and in which state that is",
    "award_jury:": "who sits in a jury, and what is to be done there",
    "award_committee:": "who runs an edition or audits it, and what is to be done there",
}
"""Views, by how their names begin, that not everyone whom their door lets in has a use for."""
BESIDES = ("several", "province")
"""Visitors who come for the pages nobody else has."""


@dataclass(frozen=True)
class Visit:
    """A page that a visitor is to open, and how: in which languages at which sizes."""

    found: Found
    page: Page
    ways: tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def explored(site: Site) -> list[Found]:
    """What each visitor came upon; those who signed in see the pages for everyone only in the proof."""
    with ThreadPoolExecutor(2) as several:
        return list(several.map(lambda visitor: explore(site.url, visitor, all_of_it=PROOF), site.visitors))


@pytest.fixture(scope="module")
def visits(explored: list[Found]) -> list[Visit]:
    """Which pages are opened by whom: all by all in the proof, else one of each kind by one of each group."""
    chosen: dict[object, Visit] = {}
    kinds: set[object] = set()
    turns = cycle(TURNS)
    for found in explored:
        group = found.visitor.name if PROOF else found.visitor.group
        for page in found.pages.values():
            kind = kind_of(page)
            wanted = kind not in kinds or PROOF or not (shared(page.view) or group in BESIDES)
            if page.is_html and wanted and (kind, group) not in chosen:
                whole = PROOF and (kind not in kinds or not shared(page.view))
                chosen[kind, group] = Visit(found, page, WAYS if whole else (next(turns),))
                kinds.add(kind)
    return list(chosen.values())


def test_every_page_answers(explored: list[Found]) -> None:
    wrong = [
        f"{found.visitor.name} {page.status} {page.path}"
        for found in explored
        for page in found.pages.values()
        if page.status not in (200, 302)
    ]
    assert not wrong, "\n".join(["", *wrong])


def test_every_page_somebody_may_open_is_led_to(explored: list[Found]) -> None:
    """By a link or a form, for each role that a door names; for the others, by anybody's."""
    somewhere = set().union(*(found.reached for found in explored))
    wrong = []
    for view, door in views():
        if view in NOT_LINKED:
            continue
        if view not in somewhere:
            wrong.append(view)
        elif not view.startswith(tuple(FOR_SOME)):
            named = [found for found in explored if found.visitor.name in door and found.visitor.signed_in]
            wrong += [f"{view} for {found.visitor.name}" for found in named if view not in found.reached]
    assert not wrong, "\n".join(["", *wrong])


def test_pages_are_whole_in_both_languages(site: Site, visits: list[Visit]) -> None:
    wrong = Counter()
    for visit in visits:
        requests = Requests(site.url, visit.found.visitor)
        for language in ("id", "en"):
            page = visit.page if language == "id" else requests.get(visit.page.path, "en")
            for fault in faults(Document(page.html), language, site.typed):
                if (page.view, fault.partition(":")[0]) not in MEANT:
                    wrong[f"{page.view} {language} {page.path}: {fault}"] += 1
    assert not wrong, "\n".join(["", *sorted(wrong)])


def test_no_download_holds_sixteen_digits(explored: list[Found]) -> None:
    pages = [page for found in explored for page in found.pages.values() if page.kind.startswith(("text/", "application/json"))]
    assert [page.path for page in pages if not page.is_html and SIXTEEN.search(page.html)] == []


def test_nothing_is_wrong_in_the_browser(site: Site, visits: list[Visit], chromium: Browser) -> None:
    windows: dict[object, Looker] = {}
    weights: dict[str, int] = {}
    wrong = list(_opened(site.url, visits, chromium, windows, weights))
    for window in windows.values():
        window.close()
    if PROOF:
        print(_summary(visits, weights, len(wrong)))
    assert not wrong, "\n".join(["", *wrong])


def _opened(
    site: str, visits: list[Visit], chromium: Browser, windows: dict[object, Looker], weights: dict[str, int]
) -> Iterator[str]:
    for visit in visits:
        for language, size in visit.ways:
            visitor = visit.found.visitor
            key = (visitor.name, language, size)
            if key not in windows:
                if len(windows) >= OPEN_WINDOWS:
                    windows.pop(next(iter(windows))).close()
                windows[key] = Looker(site, chromium, visitor, language, size)
            for fault in windows[key].look(visit.page.path, _picture(visit, language, size)):
                yield f"{visitor.name} {language} {size} {visit.page.view} {visit.page.path}: {fault}"
            weights[visit.page.view] = max(windows[key].weight, weights.get(visit.page.view, 0))


def _picture(visit: Visit, language: str, size: str) -> Path | None:
    if not PICTURES:
        return None
    name = visit.page.path.strip("/").replace("/", "-").replace("?", "_")[:80] or "beranda"
    return Path(PICTURES) / visit.found.visitor.name / f"{name}.{language}.{size}.png"


def _summary(visits: list[Visit], weights: dict[str, int], findings: int) -> str:
    """For docs/proof.md."""
    rows = [f"| {name} | {len(own)} | {sum(len(one.ways) for one in own)} |" for name, own in _by_visitor(visits).items()]
    heaviest = sorted(weights.items(), key=lambda one: -one[1])[:3]
    return "\n".join(
        [
            "",
            "| visitor | pages | times opened |",
            "|---|---:|---:|",
            *rows,
            f"{len(visits)} pages, opened {sum(len(visit.ways) for visit in visits)} times, {findings} findings. "
            f"First page {weights['public:home']:,} bytes; heaviest " + ", ".join(f"{view} {size:,}" for view, size in heaviest),
        ]
    )


def _by_visitor(visits: list[Visit]) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = {}
    for visit in visits:
        found.setdefault(visit.found.visitor.name, []).append(visit)
    return found
