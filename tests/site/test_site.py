"""Every page of the site, as each role of the living demo finds it.

In `make test` each kind of page is read in both languages once for each group of roles, and opened in the browser once, in
turn as a phone and as a desk, in one language and the other. With JAMSOSTEK_PROOF=1 every role opens each page at both widths
in both languages, and a summary is printed. SCREENSHOTS=folder keeps a picture of each page that is opened.
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
from exploring import NOT_LINKED, Found, Page, Requests, explore, kind_of, shared, views
from looking import SIZES, Looker
from playwright.sync_api import Browser
from reading import SIXTEEN, Document, faults

PROOF = bool(os.environ.get("JAMSOSTEK_PROOF"))
PICTURES = os.environ.get("SCREENSHOTS")
WAYS = tuple(product(("id", "en"), SIZES))
TURNS = (("id", "phone"), ("en", "desk"), ("en", "phone"), ("id", "desk"))
MEANT = {
    ("uploads:problems", "a date for machines"): "shows what the file said",
    ("uploads:problems", "in the other language"): "shows what the file said",
    ("uploads:upload", "in the other language"): "why a file was not read is kept as it was told to its sender",
    ("oversight:trail", "in the other language"): "a reason is kept as it was written",
    ("oversight:trail", "a date for machines"): "a reason is kept as it was written",
    ("worker:trail", "in the other language"): "a reason is kept as it was written",
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
    "officer:revoke_card": "supervisors",
}
"""Views, by how their names begin, that not everyone whom their door lets in has a use for."""


BESIDES = ("several", "province")
"""Visitors who come for the pages nobody else has."""


@dataclass(frozen=True)
class Visit:
    """A page that a visitor is to open."""

    found: Found
    page: Page


@pytest.fixture(scope="module")
def explored(site) -> list[Found]:
    """What each visitor came upon; those who signed in see the pages for everyone only in the proof."""
    with ThreadPoolExecutor(2) as several:
        return list(several.map(lambda visitor: explore(site.url, visitor, all_of_it=PROOF), site.visitors))


@pytest.fixture(scope="module")
def visits(explored: list[Found]) -> list[Visit]:
    """Which pages are opened by whom: all by all in the proof, else one of each kind by one of each group."""
    chosen: dict[object, Visit] = {}
    kinds: set[object] = set()
    for found in explored:
        for page in found.pages.values():
            kind, group = kind_of(page), found.visitor.group
            if not page.is_html:
                continue
            if PROOF:
                chosen.setdefault((kind, found.visitor.name), Visit(found, page))
            elif kind not in kinds or (not shared(page.view) and group not in BESIDES):
                chosen.setdefault((kind, group), Visit(found, page))
            kinds.add(kind)
    return list(chosen.values())


def test_every_page_answers(explored: list[Found]) -> None:
    wrong = [f"{found.visitor.name} {page.status} {page.path}" for found in explored for page in found.pages.values()
             if page.status not in (200, 302)]  # fmt: skip
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


def test_pages_are_whole_in_both_languages(site, visits: list[Visit]) -> None:
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


def test_nothing_is_wrong_in_the_browser(site, visits: list[Visit], chromium: Browser) -> None:
    wrong = list(_opened(site.url, visits, chromium))
    if PROOF:
        print(f"\n{len(visits)} pages x {len(WAYS)} ways, {len(wrong)} findings")
    assert not wrong, "\n".join(["", *wrong])


def _opened(site: str, visits: list[Visit], chromium: Browser) -> Iterator[str]:
    windows: dict[object, Looker] = {}
    turns = cycle(TURNS)
    for visit in visits:
        for language, size in WAYS if PROOF else (next(turns),):
            visitor = visit.found.visitor
            key = (visitor.name, language, size)
            if key not in windows:
                if len(windows) >= 8:
                    windows.pop(next(iter(windows))).close()
                windows[key] = Looker(site, chromium, visitor, language, size)
            for fault in windows[key].look(visit.page.path, _picture(visit, language, size)):
                yield f"{visitor.name} {language} {size} {visit.page.view} {visit.page.path}: {fault}"
    for window in windows.values():
        window.close()


def _picture(visit: Visit, language: str, size: str) -> Path | None:
    if not PICTURES:
        return None
    name = visit.page.path.strip("/").replace("/", "-").replace("?", "_")[:80] or "beranda"
    return Path(PICTURES) / visit.found.visitor.name / f"{name}.{language}.{size}.png"
