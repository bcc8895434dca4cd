"""Stories of claims told through browsers: a phone for who asks for money, a desk for each who works on it, a bank.

The site runs in this process, so that its clock can be moved: what it takes for today is what the story says. Browsers are
driven by this thread; what a story does beside the pages happens in another, since a browser's loop and Django's connections
do not mix.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from jamsostek.demo.bank.transfers import Desk as BankDesk
from tests import cast
from tests.claims import offices

T = TypeVar("T")
PHONE, DESK = (390, 844), (1280, 900)
FIRST_DAY = dt.date(2026, 11, 23)
PICTURES = os.environ.get("STORIES")
"""A folder for a picture of every page, to be looked at."""
MONEY_OF_ALL, MONEY_OF_CARRIER = "990011112222", "990011113333"
TREASURY = "/kantor/pembayaran/"
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
_AXE = """() => axe.run({resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(({violations}) =>
  violations.map(one => `${one.id} (${one.impact}): ${one.nodes[0].html.slice(0, 200)}`))"""
_WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll('body *')].filter(
    one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest('.scroll')
  ).slice(-3).map(one => one.outerHTML.slice(0, 200)).concat('?')"""


class Clock:
    """What the site takes for now: ten in the morning in Jakarta, and a second later at each look."""

    def __init__(self, day: dt.date = FIRST_DAY) -> None:
        self.today, self._seconds = day, 0

    def now(self) -> dt.datetime:
        """Never twice the same."""
        self._seconds += 1
        start = dt.datetime.combine(self.today, dt.time(3), dt.UTC)
        return start + dt.timedelta(seconds=min(self._seconds / 10, 36_000))

    def becomes(self, day: dt.date) -> None:
        """Another day; never an earlier one."""
        assert day >= self.today
        self.today, self._seconds = day, 0


def stopped_clock(monkeypatch: Any) -> Clock:
    """Puts the story's clock in the place of Django's."""
    from django.utils import timezone

    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


# --- somebody at a browser ----------------------------------------------------------------------------------------------


@dataclass
class Hand:
    """Somebody at a browser; every page they come to is looked at: does it fit, does the browser complain, may all read it."""

    site: str
    context: BrowserContext
    name: str
    for_all: bool = False
    """Whether the rules of accessibility are held against each page."""
    seen: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)  # a busy machine is not a fault of a page
        self._complaints: list[str] = []
        self.page.on("console", lambda message: self._complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def open(self, path: str) -> None:
        """Types an address."""
        self.page.goto(self.site + path)
        self._look()

    def press(self, text: str, at: str = "main", nth: int = 0) -> None:
        """A link or a button of the page, by its words; it leads to a page."""
        found = self._named(text, at).nth(nth)
        if found.count() == 0:
            raise AssertionError(f"{self.name}: no {text!r} on {self.page.url}:\n{self.words()}\n{self._ways(at)}")
        with self.page.expect_navigation():
            found.click()
        self._look()

    def unfolds(self, text: str) -> None:
        """Opens what a line of the page hides."""
        self.page.locator("main summary", has_text=text).first.click()

    def save(self, text: str) -> bytes:
        """What a link gives to keep."""
        with self.page.expect_download() as told:
            self._named(text).first.click()
        return Path(told.value.path()).read_bytes()

    def fill(self, **answers: Any) -> None:
        """Answers by their fields' names: a day, yes or no, a choice, words."""
        for name, value in answers.items():
            if isinstance(value, dt.date):
                for part, number in zip("dmy", (value.day, value.month, value.year), strict=True):
                    self.page.fill(f"main [name='{name}-{part}']", str(number))
                continue
            told = ("ya" if value else "tidak") if isinstance(value, bool) else str(value)
            first = self.page.locator(f"main [name='{name}']").first
            if first.count() == 0:
                raise AssertionError(f"{self.name}: nothing asks {name} on {self.page.url}:\n{self.words()}")
            if first.get_attribute("type") == "radio":
                self.page.check(f"main [name='{name}'][value='{told}']")
            elif first.evaluate("one => one.tagName") == "SELECT":
                first.select_option(told)
            else:
                first.fill(told)

    def gives(self, selector: str, content: bytes, name: str, kind: str = "image/jpeg") -> None:
        """A file for a field."""
        self.page.set_input_files(selector, {"name": name, "mimeType": kind, "buffer": content})

    def sees(self, *texts: str) -> None:
        """That the page says all of it."""
        words = self.words()
        missing = [one for one in texts if one not in words]
        assert not missing, f"{self.name}: {missing} not on {self.page.url}:\n{words}"

    def sees_not(self, *texts: str) -> None:
        """That the page says nothing of it."""
        words = self.words()
        assert not [one for one in texts if one in words], f"{self.name} on {self.page.url}:\n{words}"

    def words(self) -> str:
        """What the page says, each space once."""
        return re.sub(r"\s+", " ", self.page.inner_text("main"))

    def address(self) -> str:
        """Where it is, without the site."""
        return self.page.url.removeprefix(self.site)

    def _ways(self, at: str) -> list[str]:
        return [one for one in self.page.locator(at).locator("a, button, summary").all_inner_texts() if one]

    def _named(self, text: str, at: str = "main") -> Any:
        scope, exact = self.page.locator(at), re.compile(rf"^{re.escape(text)}(?=$|\W)")
        return scope.get_by_role("link", name=exact).or_(scope.get_by_role("button", name=exact))

    def _look(self) -> None:
        where = f"{self.name} {self.address()}"
        self.seen.append(self.address())
        if PICTURES:
            name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[0-9]{12}", "N", self.address().partition("?")[0]).strip("/")) or "beranda"
            self.page.screenshot(path=Path(PICTURES) / f"{self.name}-{len(self.seen):02d}-{name}.png", full_page=True)
        assert not self._complaints, f"{where}: {self._complaints}"
        wide = self.page.evaluate(_WIDER)
        assert not wide, f"{where} is wider than the screen: {wide}"
        if self.for_all:
            self._read_by_all(where)

    def _read_by_all(self, where: str) -> None:
        """The rules of accessibility, where a page says something else than when it was looked at."""
        shape = re.sub(r"\s+", " ", re.sub(r"[0-9]+", "0", f"{self.page.title()} {self.page.locator('main').inner_text()}"))
        if shape not in self.read:
            self.read.add(shape)
            self.page.evaluate(AXE_SCRIPT)
            found = self.page.evaluate(_AXE)
            assert not found, f"{where}: {found}"


# --- the stage ----------------------------------------------------------------------------------------------------------


class Stage:
    """A site, its clock, its office and everybody's browsers."""

    def __init__(self, site: str, clock: Clock) -> None:
        self.site, self.clock = site, clock
        self._beside = ThreadPoolExecutor(1)
        self._driver: Playwright = sync_playwright().start()
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        self._browser = self._driver.chromium.launch(executable_path=path, args=list(_QUIET))
        self._desks: dict[str, Hand] = {}
        self.office: offices.Office = self.beside(self._set_up)
        self.bank = Bank(self)

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_error: object) -> None:
        from django.db import connections

        self._browser.close()
        self._driver.stop()
        self._beside.submit(connections.close_all).result()
        self._beside.shutdown()

    @property
    def today(self) -> dt.date:
        """The day of the story."""
        return self.clock.today

    def beside(self, act: Callable[..., T], *args: Any, **given: Any) -> T:
        """Does something that no page shows; as the installation itself, unless it says as whom."""

        def run() -> T:
            with cast.everyone():
                return act(*args, **given)

        return self._beside.submit(run).result()

    def later(self, days: int = 0, *, on: dt.date | None = None) -> None:
        """Time goes by; everybody at a desk has to sign in again, as in life."""
        self.clock.becomes(on or self.today + dt.timedelta(days=days))
        for one in self._desks.values():
            one.context.close()
        self._desks.clear()

    def phone(self, name: str, user: Any = None, *, for_all: bool = False) -> Hand:
        """A phone in somebody's hand, signed in where they have an account."""
        return self._hand(name, PHONE, user, for_all=for_all)

    def desk(self, who: str) -> Hand:
        """The desk of one of the office, by the place they have in it; the same one all day."""
        if who not in self._desks:
            self._desks[who] = self._hand(who, DESK, getattr(self.office, who))
        return self._desks[who]

    def works(self) -> None:
        """What workers in the background do: files of approved batches, rows of approved rolls."""
        from django.utils import timezone

        from jamsostek.claims.actions import paying, rolls

        def run() -> None:
            for batch in paying.open_exports():
                paying.export(batch_id=batch, now=timezone.now())
            for roll in rolls.open_rolls():
                rolls.post_roll(roll_id=roll, now=timezone.now(), today=self.today)

        self.beside(run)

    def _set_up(self) -> offices.Office:
        from tests.claims.test_paying import funds

        funds()
        return offices.office()

    def _hand(self, name: str, size: tuple[int, int], user: Any, *, for_all: bool = False) -> Hand:
        from django.test import Client

        context = self._browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        context.add_cookies([{"name": "jamsostek_language", "value": "id", "url": self.site}])
        if user is not None:
            session = self.beside(lambda: cast.signed_in(Client(), user).cookies["jamsostek_session"].value)
            context.add_cookies([{"name": "jamsostek_session", "value": session, "url": self.site}])
        return Hand(self.site, context, name, for_all)


# --- whoever asks ---------------------------------------------------------------------------------------------------------


def begins(hand: Hand, kind: str) -> str:
    """A claim begun from one's own list, ready to be filled in; gives its number."""
    hand.open("/klaim/saya/")
    hand.press(kind)
    hand.press("Mulai")
    number = hand.address().split("/")[2]
    hand.press("Lanjut mengisi")
    return number


def wanted_papers(hand: Hand) -> list[str]:
    """The papers a page asks for, those that replace each other too."""
    forms = hand.page.locator("section.paper:has(input[name=foto])")
    return [str(forms.nth(at).get_attribute("id")).removeprefix("berkas-") for at in range(forms.count())]


def gives_paper(hand: Hand, paper: str, content: bytes | None = None) -> None:
    """A photo of a paper; each of another shade, since the same photo twice is one file."""
    shade = sum(map(ord, paper)) % 190
    hand.gives(f"#foto-{paper}", content or offices.photo((shade, 190, 180)), f"IMG_{paper}.jpg")
    hand.press("Kirim", at=f"#berkas-{paper}")


def gives_papers(hand: Hand) -> None:
    """One after the other, till the page says that none is missing."""
    for paper in wanted_papers(hand):
        if "Tidak ada berkas yang kurang." not in hand.words():
            gives_paper(hand, paper)
    hand.sees("Tidak ada berkas yang kurang.")


def words_of(letter: bytes) -> str:
    """What a PDF says, each space once."""
    import pypdfium2

    with pypdfium2.PdfDocument(letter) as document:
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


# --- the office, the treasury, the bank -----------------------------------------------------------------------------------


def twice(hand: Hand, yes: str, **answers: Any) -> None:
    """A form that is asked twice: filled in, looked at, done."""
    hand.fill(**answers)
    hand.press("Lanjut")
    hand.press(yes)


def begun_with(stage: Stage, number: str) -> Hand:
    """The officer finds a claim in the queue and begins with it."""
    officer = stage.desk("officer")
    officer.open(f"/kantor/klaim/{number}/")
    officer.press("Mulai kerjakan")
    twice(officer, "Mulai kerjakan")
    return officer


def papers_checked(stage: Stage, number: str, **found: Any) -> None:
    """The dull part: every paper and account is accepted, every fact found as stated or as given here."""
    stage.beside(lambda: offices.checked(claim(number), stage.office, stage.today, **found))


def proposed(stage: Stage, number: str, answer: str = "setuju", reason: str = "Sesuai berkas dan aturan.") -> Hand:
    """By the officer, on the page that shows what it comes to."""
    officer = stage.desk("officer")
    officer.open(f"/kantor/klaim/{number}/usulkan/")
    twice(officer, "Usulkan", answer=answer, reason=reason)
    return officer


def decided(stage: Stage, number: str, who: str = "supervisor") -> Hand:
    """By another, who sees all of it."""
    other = stage.desk(who)
    other.open(f"/kantor/klaim/{number}/putuskan/")
    twice(other, "Simpan keputusan", answer="setuju")
    return other


def paid_out(stage: Stage, fund: str) -> None:
    """Gathered by the treasurer, approved by the head office, sent to the bank, answered, settled."""
    one = stage.desk("treasurer")
    one.open(f"{TREASURY}siapkan/")
    one.fill(dana=fund, pay_on=stage.today)
    one.press("Lihat dahulu")
    one.press("Siapkan berkas")
    stage.bank.settles(one.address())


@dataclass
class Bank:
    """The practice bank, and the two of the treasury who carry files to and fro."""

    stage: Stage

    def __post_init__(self) -> None:
        self.desks = {account: BankDesk("BRI", account) for account in (MONEY_OF_ALL, MONEY_OF_CARRIER)}

    def settles(self, batch: str, account: str = MONEY_OF_ALL) -> None:
        """A prepared batch is approved, exported, downloaded, given to the bank; both its answers are taken in."""
        approver, treasurer, bank = self.stage.desk("head"), self.stage.desk("treasurer"), self.desks[account]
        approver.open(batch)
        approver.press("Periksa dan setujui")
        approver.press("Setujui")
        self.stage.works()
        treasurer.open(batch)
        order = treasurer.save("Unduh pain.001 (XML)")
        now = self.stage.clock.now()
        self._takes(treasurer, bank.take(order, now), "pain002.xml")
        self._takes(treasurer, bank.notification(self.stage.today), "camt054.xml")

    def _takes(self, hand: Hand, content: bytes, name: str) -> None:
        hand.open(f"{TREASURY}jawaban/")
        hand.gives("main input[type=file]", content, name, "application/xml")
        hand.press("Kirim")
        if "tidak membawa kabar baru" not in hand.words():
            hand.press("Terima dan bukukan")


def settled_beside(stage: Stage, fund: str, roll: int) -> None:
    """What a posted list owes, sent and answered by the same people without their pages: the months are dull."""
    from jamsostek.claims.actions import answers, paying
    from jamsostek.files import actions as files

    at, now = stage.office, stage.clock.now()
    with cast.as_user(at.head):
        batch = paying.prepare(fund=fund, pay_on=stage.today, today=stage.today, roll_id=roll).batches[0]
    with cast.as_user(at.treasurer):
        paying.approve(batch_id=batch.pk, now=now)
    batch = paying.export(batch_id=batch.pk, now=now)
    bank = stage.bank.desks[MONEY_OF_ALL]
    order = files.read(batch.file_digest)
    with cast.as_user(at.head):
        for content in (bank.take(order, now), bank.notification(stage.today)):
            answers.take(content=content, file_name="jawaban.xml", today=stage.today)


def claim(number: str) -> Any:
    """A claim as it is now; only beside the browsers."""
    from jamsostek.claims.models import Claim

    return Claim.objects.get(number=number)
