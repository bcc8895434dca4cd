"""Two languages without a framework: Indonesian is the text in the code, English comes from gettext catalogues.

Catalogues are `locale/en.po` beside the package that speaks (core, law, messages, synth, batch, cli), read as they are.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("id", "en")
_language: ContextVar[str] = ContextVar("language", default="id")


@cache
def _catalogue(language: str) -> dict[str, str]:
    from babel.messages.pofile import read_po

    texts: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.parent.glob(f"*/locale/{language}.po")):
        with path.open("rb") as file:
            for message in read_po(file, ignore_obsolete=True):
                if message.id and isinstance(message.id, str) and message.string:
                    texts[message.id] = str(message.string)
    return texts


def _(text: str) -> str:
    """The text in the reader's language; the Indonesian text itself where no translation is wanted or found."""
    language = _language.get()
    return text if language == "id" else _catalogue(language).get(text, text)


def N_(text: str) -> str:
    """Marks a text that is shown, and so translated, later."""
    return text


def translate(text: str, language: str) -> str:
    """`text` (Indonesian) in `language`."""
    return text if language == "id" else _catalogue(language).get(text, text)


def language() -> str:
    """The language in force: 'id' or 'en'."""
    return _language.get()


def set_language(chosen: str) -> None:
    """Chooses the language for the rest of this context (the command line does, once)."""
    if chosen not in LANGUAGES:
        raise ValueError(f"{chosen!r} is not one of {LANGUAGES}")
    _language.set(chosen)


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Runs a block in a language."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def one_line(text: str) -> str:
    """Single spaces, and nothing that neither prints nor can be stored (NUL, halves of letters)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def day_words(day: dt.date) -> str:
    """A day in words, in the reader's language: `5 Maret 2020`."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=language())
