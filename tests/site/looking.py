"""A page in a real browser: what it weighs, fetches and complains of, whether it fits and whom it shuts out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from exploring import Visitor
from playwright.sync_api import Browser, BrowserContext, Page, Response

SIZES = {"phone": (360, 640), "desk": (1280, 900)}
FIRST_PAGE, ANY_PAGE = 60_000, 150_000
GRAVE = ("serious", "critical")
_AXE = """() => axe.run({resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(({violations}) =>
  violations.map(one => ({id: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html.slice(0, 160))})))"""
_WIDER = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
_WIDE_ONES = """() => [...document.querySelectorAll('main *')].filter(
  one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest('.scroll')
).slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


@dataclass
class Looker:
    """A visitor's browser in one language and size; pages are opened one after the other."""

    site: str
    browser: Browser
    visitor: Visitor
    language: str
    size: str
    weight: int = 0
    """Bytes of the last page."""
    _weights: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        width, height = SIZES[self.size]
        self.context: BrowserContext = self.browser.new_context(viewport={"width": width, "height": height})
        cookies = {**self.visitor.cookies, "jamsostek_language": self.language}
        self.context.add_cookies([{"name": name, "value": value, "url": self.site} for name, value in cookies.items()])
        self.page: Page = self.context.new_page()
        self._responses: list[Response] = []
        self._complaints: list[str] = []
        self.page.on("response", lambda response: self._responses.append(response))
        self.page.on("console", lambda message: self._complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def close(self) -> None:
        """Shuts the window."""
        self.context.close()

    def look(self, path: str, keep: Path | None = None) -> Iterator[str]:
        """Opens a page and tells what is wrong with it; keeps a picture where asked to."""
        self._responses.clear()
        self._complaints.clear()
        self.page.goto(self.site + path, wait_until="load")
        if keep is not None:
            keep.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=keep, full_page=True)
        yield from self._fetched(path)
        yield from self._shut_out()
        yield from self._too_wide()
        yield from (f"the browser complains: {one}" for one in self._complaints)

    def _fetched(self, path: str) -> Iterator[str]:
        for response in self._responses:
            if urlsplit(response.url).netloc != urlsplit(self.site).netloc and not response.url.startswith("data:"):
                yield f"fetched from elsewhere: {response.url}"
            elif response.status >= 400:
                yield f"{response.status}: {urlsplit(response.url).path}"
        # What the browser has kept from an earlier page weighs nothing now, but did for whoever comes here first.
        for response in self._responses:
            here = response.request.sizes()["responseBodySize"]
            self._weights[response.url] = max(here, self._weights.get(response.url, 0))
        self.weight = sum(self._weights[response.url] for response in self._responses)
        most = FIRST_PAGE if path == "/" else ANY_PAGE
        if self.weight > most:
            yield f"{self.weight} bytes, at most {most}"

    def _shut_out(self) -> Iterator[str]:
        self.page.evaluate(AXE_SCRIPT)
        found: list[dict[str, Any]] = self.page.evaluate(_AXE)
        yield from (f"{one['id']} ({one['impact']}): {one['nodes'][0]}" for one in found if one["impact"] in GRAVE)

    def _too_wide(self) -> Iterator[str]:
        wide = SIZES[self.size]
        narrow = SIZES["phone"]
        if wide != narrow:
            self.page.set_viewport_size({"width": narrow[0], "height": narrow[1]})
        if (more := self.page.evaluate(_WIDER)) > 0:
            yield f"{more} px wider than {narrow[0]}: {self.page.evaluate(_WIDE_ONES)}"
        if wide != narrow:
            self.page.set_viewport_size({"width": wide[0], "height": wide[1]})
