"""What components are given: small frozen records a view fills in and a template of `parts/` draws.

Texts in them are already in the reader's language. `str()` of a `Link` or `Tag` is its HTML, so that both may stand
wherever a template prints a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.html import format_html

Tone = Literal["info", "good", "warn", "bad", "plain"]


@dataclass(frozen=True)
class Link:
    """A way to another page."""

    text: str
    url: str

    def __str__(self) -> str:
        return format_html('<a href="{}">{}</a>', self.url, self.text)


@dataclass(frozen=True)
class Tag:
    """A state in a word; colour never says it alone."""

    text: str
    tone: Tone = "info"

    def __str__(self) -> str:
        return format_html('<strong class="tag {}">{}</strong>', self.tone, self.text)


@dataclass(frozen=True)
class Quote:
    """Words kept in the language they were written in: a source, a note. Read aloud in that language."""

    text: str
    language: str

    def __str__(self) -> str:
        return format_html('<span lang="{}">{}</span>', self.language, self.text)


@dataclass(frozen=True)
class Masked:
    """A value shown starred, with a door that shows it whole for a reason that is written down.

    `url` takes the POST with `what` and `reason`; `reasons` are (value, text) pairs. Without a `url` nobody may see more.
    """

    shown: str
    url: str = ""
    what: str = ""
    reasons: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Fact:
    """A line of a summary list: what it is, its value, and where it can be changed."""

    label: str
    value: Any
    change: Link | None = None

    @property
    def masked(self) -> bool:
        """Whether the value is drawn as a masked one."""
        return isinstance(self.value, Masked)


@dataclass(frozen=True)
class Tile:
    """One figure of a row of figures."""

    label: str
    figure: str
    note: str = ""
    url: str = ""
    tone: Tone = "info"


@dataclass(frozen=True)
class Tab:
    """A view of the same thing."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Progress:
    """How far something is: `done` of `whole`, said in `text` too."""

    text: str
    done: int
    whole: int


@dataclass(frozen=True)
class Event:
    """A point of a timeline. `state`: done, now or next."""

    title: str
    when: str = ""
    text: str = ""
    state: Literal["done", "now", "next"] = "done"


@dataclass(frozen=True)
class Empty:
    """What a page says when there is nothing yet, and what to do about it."""

    title: str
    text: str = ""
    way: Link | None = None


@dataclass(frozen=True)
class Confirm:
    """A question before something that cannot be taken back; `facts` are its consequences, `hidden` is posted along."""

    question: str
    yes: str
    back: Link
    text: str = ""
    facts: Sequence[Fact] = ()
    danger: bool = False
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchBox:
    """A search by GET: one box, its label, what was asked. With `into` results arrive while typing, where scripts run."""

    label: str
    asked: str = ""
    hint: str = ""
    name: str = "cari"
    url: str = ""
    into: str = ""
