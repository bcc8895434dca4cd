"""Which pages there are for whom: every address behind a door that lets a visitor in, found by following links from the first
page. What no link and no form leads to is told, for nobody will ever see it."""

from __future__ import annotations

import http.client
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.urls import Resolver404, get_resolver, resolve
from reading import Document

from jamsostek.access.doors import FIRST_FACTOR, PUBLIC, SIGNED_IN, Door, door_of

EXAMPLES, ON_A_PAGE = 5, 2
"""So many pages of one kind are looked at, such as workers, and so many of those that one page leads to."""
MANY = {
    "uploads:upload": 12, "payments:payment": 12, "payments:refund": 4, "payments:receipt_entry": 4, "payments:statement": 4,
    "arrears:agreement": 4, "arrears:case": 6, "month:reassessment": 4, "training:training": 12, "training:person": 24,
    "filing:show": 4, "payouts:batch": 6, "payouts:roll": 4, "rights:right": 6, "rights:proof": 4, "own_rights:right": 3,
    "claims:case": 18, "strategy:item": 16, "strategy:regulation": 6, "strategy:report": 6, "rules:show": 4,
    "campaigns:meeting": 8, "campaigns:template": 4, "movement:register": 6, "programmes:programme": 4,
    "fund_reports:one": 6, "liquidity:run": 4, "programmes:candidate": 20, "programmes:decree": 4, "trading:trade": 8,
    "securities:price_file": 4, "securities:statement": 4, "securities:explanation": 4, "securities:instrument": 4,
    "award_entries:entry": 8, "award_entries:evidence": 6, "award_committee:edition": 6, "award_committee:entry": 10,
    "award_committee:result": 8, "award_committee:marks": 6, "award_jury:seat": 4, "award_jury:contest": 6,
}  # fmt: skip
"""Where each example is in another state."""
ONE = frozenset({"uploads:to_mend", "uploads:whole", "uploads:template"})
"""Where one is like the other, and slow to make."""
ALIKE = frozenset({"uploads:problems", "uploads:answers"})
"""Where the word in the address changes nothing but the words on the page."""
QUERIES = 4
"""So many questions to one address, such as the second page of a list."""
HTML = "text/html"
NOT_LINKED = {
    "ready": "asked by machines",
    "public:robots": "asked by machines",
    "public:card_keys": "fetched by the page that checks cards",
    "public:card_worker": "fetched by the page that checks cards",
    "public:card_status": "fetched by the page that checks cards",
    "public:parts": "for those who build pages",
    "account:end_devices": "where somebody is signed in twice",
    "account:factor_code": "follows the password, where the second factor was lost",
    "uploads:state": "fetched by the page of an upload",
    "month:state": "fetched by the page of a month's run",
    "strategy:month_chart": "where a night was counted",
    "coverage:regency_brief": "where a night was counted",
    "bills:project": "where a project has no bill yet",
    "bills:placement": "where a contract abroad has no bill yet",
    "payments:state": "fetched by the page of a bank statement",
    "programmes:intake_state": "fetched by the page of taking in a register",
    "programmes:decree_state": "fetched by the page of a list",
    "crediting:state": "fetched by the page of a crediting",
    "crediting:go_on": "where a crediting has stopped",
    "employer:report_state": "fetched by the page of a long report",
    "employer:report_alone": "where an employer has one user, and is a household or micro firm",
    "movement:register_state": "fetched by the page of a register",
    "movement:run_state": "fetched by the page of a linkage",
    "oversight:ask_rows": "where the cells of a night do not hold a question",
    "fund_reports:state": "fetched by the page of a report",
    "projection:state": "fetched by the page of a projection",
    "projection:cancel": "where a projection is being computed",
    "projection:decide": "where a projection waits for its answer",
    "limits:propose": "where prices passed a limit",
    "award_committee:snapshot_run": "follows the taking of a snapshot",
    "award_committee:publish": "where a decided result waits to be published",
    "award_committee:reveal": "where nominations and evidence are over and marks are not revealed",
    "award_entries:receipt": "by the code on a receipt, and from the page of evidence",
    "award_entries:receipt_pdf": "from a receipt",
    "award_jury:freeze": "where a juror has marked everybody and not frozen",
    "mfa_authenticate": "follows the password",
    "mfa_login_webauthn": "fetched by the page of signing in",
    "mfa_reauthenticate_webauthn": "follows the password, where there is a passkey",
    "mfa_remove_webauthn": "where there is a passkey",
    "mfa_view_recovery_codes": "follows the making of codes",
    "invitations:by_code": "from the pages of a paid claim",
    "invitations:mine": "follows a claim's number and birth date",
    "invitations:mine_accept": "follows a claim's number and birth date",
    "invitations:mine_decline": "follows a claim's number and birth date",
    "invitations:mine_join": "follows a claim's number and birth date",
    "officer:registered": "follows the registration",
    "agent:registered": "follows the registration",
    "region:workers_file": "with the right to take lists of people away, which no role over a region has",
    "account:ticket": "follows the asking",
    "register:done": "follows the last question",
    "register:known": "follows a number that is known",
    "payouts:batch_state": "fetched by the page of a bank file",
    "payouts:roll_state": "fetched by the page of a monthly roll",
    "payouts:tax_month": "where JHT was paid in a month",
    "payouts:tax_file": "where JHT was paid in a month",
    "claims:picture": "drawn by the page of a paper",
    "filing:picture": "fetched by the page of a claim's papers",
    "rights:picture": "drawn by the page of a proof",
    "filing:answered": "where a claim waits for a doctor, a court, or arrears",
    "filing:scholarship": "where the claim after a death was approved, for who signed in",
}
"""Views that no link and no form leads to, and why."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who comes: the group whose pages they share, and their cookies."""

    name: str
    group: str
    cookies: dict[str, str] = field(hash=False)
    begin: list[str] = field(default_factory=list, hash=False)
    """Where they come besides the first page, such as what they searched for."""

    @property
    def signed_in(self) -> bool:
        """Whether they did; a claimant's session only keeps the codes that were typed."""
        return "jamsostek_session" in self.cookies and self.group != "claimant"


@dataclass(frozen=True)
class Site:
    """A running site, its visitors, and texts that people typed into it."""

    url: str
    visitors: tuple[Visitor, ...]
    typed: frozenset[str]


@dataclass(frozen=True)
class Page:
    """An answer to a visitor."""

    path: str
    view: str
    status: int
    kind: str
    to: str
    """Where it leads on to, or nothing."""
    body: bytes

    @property
    def is_html(self) -> bool:
        """Whether there is something to look at."""
        return self.status == 200 and self.kind.startswith(HTML)

    @property
    def html(self) -> str:
        """The text."""
        return self.body.decode()


@dataclass
class Found:
    """What a visitor came upon."""

    visitor: Visitor
    pages: dict[str, Page] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    """Names of views that a link or a form leads to."""


class Requests:
    """One connection that asks as a visitor; the address of the site is `http://host:port`."""

    def __init__(self, site: str, visitor: Visitor) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
        self._cookies = visitor.cookies

    def get(self, path: str, language: str = "id") -> Page:
        """Asks for a page in a language."""
        cookies = {**self._cookies, "jamsostek_language": language}
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "User-Agent": "penjelajah"}
        self._connection.request("GET", path, headers=told)
        answer = self._connection.getresponse()
        body = answer.read()
        to = answer.getheader("Location", "")
        return Page(path, view_of(path), answer.status, answer.getheader("Content-Type", ""), to, body)


def explore(site: str, visitor: Visitor, *, all_of_it: bool = True) -> Found:
    """Follows every link from the first page, a few examples of each kind of page; pages for everyone are left to those who
    have not signed in, unless `all_of_it` is wanted."""
    requests, found, seen = Requests(site, visitor), Found(visitor), _Seen()
    waiting = deque(["/", *(["/beranda/"] if visitor.signed_in else []), *visitor.begin])
    while waiting:
        path = waiting.popleft()
        if not seen.wants(path) or (path != "/" and visitor.signed_in and not all_of_it and view_of(path) in for_everyone()):
            continue
        page = found.pages[path] = requests.get(path)
        if page.to:
            waiting.append(_here(page.to, path))
        elif page.is_html:
            document = Document(page.html)
            found.reached |= {view_of(_here(form.action, path)) for form in document.forms}
            waiting.extend(seen.a_few([one for link in document.links if (one := _here(link, path))]))
    found.reached |= {page.view for page in found.pages.values()} | seen.left_out
    return found


def _here(link: str, page: str) -> str:
    """A link as a path of this site, or nothing for one that leads elsewhere."""
    there = urlsplit(urljoin(f"http://here{page}", link))
    if there.scheme != "http" or (there.netloc not in ("here", "") and not there.netloc.startswith("127.0.0.1")):
        return ""
    return quote(there.path + (f"?{there.query}" if there.query else ""), safe="/?&=%+:,;~-._")


class _Seen:
    """What was asked for already, and how many of each kind."""

    def __init__(self) -> None:
        self._paths: set[str] = set()
        self._kinds: dict[Any, set[str]] = {}
        self.left_out: set[str] = set()

    def a_few(self, links: list[str]) -> list[str]:
        """Of a page's links those to follow: of each kind a few that are new."""
        kept: dict[Any, list[str]] = {}
        for link in dict.fromkeys(links):
            plain, view = link.partition("?")[0], view_of(link)
            there = kept.setdefault((view, *_words_in(plain)), [])
            if link not in self._paths and (len(there) < ON_A_PAGE or view in MANY or link != plain):
                there.append(link)
            elif view:
                self.left_out.add(view)
        return [link for there in kept.values() for link in there]

    def wants(self, path: str) -> bool:
        """Whether to ask for this one."""
        if not path or path in self._paths:
            return False
        plain, _mark, query = path.partition("?")
        view = view_of(path)
        examples = self._kinds.setdefault((view, *_words_in(plain)), set())
        if plain not in examples and len(examples) >= (1 if view in ONE else MANY.get(view, EXAMPLES)):
            self.left_out.add(view)
            return False
        examples.add(plain)
        if query:
            asked = self._kinds.setdefault(("?", plain), set())
            if len(asked) >= QUERIES:
                return False
            asked.add(query)
        self._paths.add(path)
        return True


@cache
def _words_in(path: str) -> tuple[str, ...]:
    """The parts of an address that are words and not numbers: each is a page of its own kind."""
    try:
        found = resolve(path)
    except Resolver404:
        return ()
    told = {} if found.view_name in ALIKE else found.kwargs
    return tuple(str(one) for one in told.values() if re.search("[a-z]", str(one)) and not re.search(r"\d", str(one)))


def kind_of(page: Page) -> tuple[str, ...]:
    """What makes a page one of a kind; each that is one of many kinds stands for itself."""
    return (page.view, page.path) if page.view in MANY else (page.view, *_words_in(page.path.partition("?")[0]))


def shared(view: str) -> bool:
    """Whether it is the same page for everybody who may open it."""
    return view.startswith("uploads:") or bool(_doors().get(view, frozenset()) & {PUBLIC, SIGNED_IN, FIRST_FACTOR})


@cache
def for_everyone() -> frozenset[str]:
    """The views whose doors stand open to all, but for the ways in and out."""
    return frozenset(view for view, door in views() if PUBLIC in door and view != "account_logout")


@cache
def _doors() -> dict[str, Door]:
    return dict(views())


@cache
def view_of(path: str) -> str:
    """The name of the view behind a path, nothing where there is none."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def views() -> Iterator[tuple[str, Door]]:
    """Every view of the site that is no part of the API, by its name, with its door."""
    yield from _views(get_resolver(), "", "")


def _views(resolver: Any, path: str, space: str) -> Iterator[tuple[str, Door]]:
    for one in resolver.url_patterns:
        here = path + str(one.pattern)
        if here.startswith("api/"):
            continue
        if hasattr(one, "url_patterns"):
            yield from _views(one, here, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", door_of(one.callback) or frozenset()
