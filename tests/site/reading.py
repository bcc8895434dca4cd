"""What a page's HTML tells without a browser: its frame, links, forms and words, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

import jamsostek

LONG = 25
"""A piece of text of so many letters is in the wrong language wherever it stands; a shorter one where it stands alone."""
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_SILENT = frozenset(("script", "style", "template"))
_SPOKEN = ("title", "alt", "placeholder", "aria-label")
_HOLE = re.compile(r"{\w*}")
_WORDS = {
    "id": re.compile(r"\b(?:yang|untuk|dengan|tidak|belum|sudah|oleh|pada|karena|atau|dari|adalah|bila|Anda|sampai|dapat)\b"),
    "en": re.compile(r"\b(?:the|with|your|from|this|that|not|which|until|cannot|please)\b", re.IGNORECASE),
}
"""Words of a language that are no word of the other and no part of a name."""
SIXTEEN = re.compile(r"(?<![\d.,])\d{16}(?![\d.,])|(?<!\d)\d{4}(?:[ .-]\d{4}){3}(?!\d)")
_SPOILT = {
    "a hole left open": re.compile(r"{[a-z_]+}"),
    "a value of Python": re.compile(r"\bFalse\b|datetime\.|<\w+ object| at 0x"),
    "a date for machines": re.compile(r"\b20\d\d-\d\d(?:-\d\d)?\b"),
}
_RUPIAH = {"id": re.compile(r"Rp ?\d+,\d{3}|Rp ?\d{4,}"), "en": re.compile(r"Rp ?\d+\.\d{3}|Rp ?\d{4,}")}


@dataclass
class Form:
    """A form and what can be done with it without a script."""

    method: str
    action: str
    id: str
    has_button: bool = False


@dataclass
class Document(HTMLParser):
    """A page, read."""

    html: str
    lang: str = ""
    title: str = ""
    headings: int = 0
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    scripted: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Texts and spoken attributes, but for those marked as another language or as a code."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool]] = []
        self._form: Form | None = None
        self._text: list[str] = []
        self._buttons_for: set[str] = set()
        self.feed(self.html)
        self.close()
        self._end_text()
        for form in self.forms:
            form.has_button |= form.id in self._buttons_for

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what an element is for."""
        told = {name: value or "" for name, value in attrs}
        self._end_text()
        if tag == "html":
            self.lang = told.get("lang", "")
        self.headings += tag == "h1"
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag == "form":
            self._form = Form(told.get("method", "get").lower(), told.get("action", ""), told.get("id", ""))
            self.forms.append(self._form)
        if _sends(tag, told):
            if "form" in told:
                self._buttons_for.add(told["form"])
            elif self._form:
                self._form.has_button = True
        self._note_scripts(tag, told)
        hidden = tag in _SILENT or self._hidden() or bool(told.get("lang", self.lang) != self.lang and tag != "html")
        if tag not in _VOID:
            self._open.append((tag, hidden))
        if not hidden:
            self.words += [told[name] for name in _SPOKEN if told.get(name)]

    def _note_scripts(self, tag: str, told: dict[str, str]) -> None:
        addresses = [told[name] for name in ("href", "src", "action", "srcset", "poster") if name in told and tag != "a"]
        self.foreign += [one for one in addresses if re.match(r"(?:https?:)?//", one)]
        if "style" in told or any(name.startswith("on") for name in told) or (tag == "script" and "src" not in told):
            self.scripted.append(tag)
        live = [name for name in told if name in ("hx-get", "hx-post", "hx-put", "hx-delete")]
        if live and not (tag == "form" or "href" in told or self._form or "hx-trigger" in told):
            self.scripted.append(f"{tag} {live[0]}")

    def handle_endtag(self, tag: str) -> None:
        """Closes an element, and those left open inside it."""
        self._end_text()
        if tag == "form":
            self._form = None
        while self._open and any(tag == name for name, _hidden in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        """Gathers a text."""
        if self._open and self._open[-1][0] == "title" and len(self._open) <= 3:
            self.title += data
        if not self._hidden():
            self._text.append(data)

    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _end_text(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            self.words.append(text)
        self._text = []


def _sends(tag: str, told: dict[str, str]) -> bool:
    kind = told.get("type", "submit" if tag == "button" else "text")
    return tag in ("button", "input") and kind in ("submit", "image")


# --- what is wrong ----------------------------------------------------------------------------------------------------


def faults(page: Document, language: str, typed: frozenset[str] = frozenset()) -> Iterator[str]:
    """What is wrong with a page that was asked for in a language; `typed` are texts of people, in no language."""
    if page.lang != language:
        yield f"html lang is {page.lang!r}"
    if page.title.partition("·")[0].strip() == "":
        yield "no title"
    if page.headings != 1:
        yield f"{page.headings} headings of the first level"
    yield from (f"fetched from elsewhere: {one}" for one in page.foreign)
    yield from (f"of no use without scripts, or not allowed: {one}" for one in page.scripted)
    yield from (f"a form without a button: {form.action or 'here'}" for form in page.forms if not form.has_button)
    if SIXTEEN.search(page.html):
        yield "sixteen digits"
    whole = "\n".join(page.words)
    yield from (f"{what}: {found[0]!r}" for what, wrong in _SPOILT.items() if (found := wrong.search(whole)))
    if language == "id" and re.search(r"\bNone\b", whole):
        yield "a value of Python: None"
    if found := _RUPIAH[language].search(whole):
        yield f"rupiah of the other language: {found[0]!r}"
    yield from (
        f"in the other language: {text!r}"
        for text in sorted(left_over([one for one in page.words if one not in typed], language))
    )


def left_over(words: list[str], language: str) -> set[str]:
    """Texts in the other language."""
    pieces, alone = _other(language)
    whole = "\n".join(words)
    found = {piece for piece in pieces if piece in whole} | {text for text in words if text in alone}
    other = _WORDS["id" if language == "en" else "en"]
    return found | {text for text in words if other.search(text)}


@cache
def _other(language: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The other language's texts: long pieces, and whole texts that are no text of this language."""
    texts = _catalogue()
    other = [msgid if language == "en" else text for msgid, text in texts if msgid != text]
    mine = {" ".join((text if language == "en" else msgid).split()) for msgid, text in texts}
    whole = "\n".join(mine)
    pieces = {" ".join(piece.split()) for text in other for piece in _HOLE.split(text)}
    long = tuple(sorted(piece for piece in pieces if _letters(piece) > LONG and piece not in whole))
    return long, frozenset(text for text in (" ".join(one.split()) for one in other) if text not in mine)


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)


@cache
def _catalogue() -> list[tuple[str, str]]:
    found = []
    for path in sorted(Path(jamsostek.__file__).parent.glob("*/locale/en.po")):
        with path.open("rb") as file:
            found += [(str(one.id), str(one.string)) for one in read_po(file) if one.id and one.string]
    return found
