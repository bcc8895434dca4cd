"""A page opened in the browser, and what it brought along."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, Response

SIZES = {"phone": (360, 640), "desk": (1280, 900)}
COUNT_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifts += one.value; })
  .observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Visit:
    """What opening a page brought along."""

    page: Page
    responses: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Notes every answer and every complaint of the browser from now on."""
        self.page.on("response", lambda response: self.responses.append(response))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def weight(self) -> int:
        """Bytes that came over the wire, headers left out."""
        return sum(response.request.sizes()["responseBodySize"] for response in self.responses)
