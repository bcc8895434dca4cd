"""Templates speak through `t` alone: no visible text is written into them in one language, and no tag of Django's says one.

That every text has its English, and none is left over, is checked for all rooms in tests/law/test_languages.py.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

import jamsostek

ROOT = Path(jamsostek.__file__).parent
TEMPLATES = sorted(path for room in ROOT.iterdir() if room.is_dir() for path in room.rglob("*.html"))
SHOWN = ("alt", "aria-label", "aria-description", "placeholder", "title", "summary", "label", "aria-roledescription")
"""Attributes people see or hear."""
NAMES = {"Jamsostek", "OpenAPI", "Bahasa", "Indonesia", "English", "EN", "ID"}
"""Names: of the house, of a standard, of languages in their own words."""
SILENT = ("script", "style", "code")
FILE = re.compile(r"\b[\w-]+\.(?:json|csv|xlsx|pdf|png|zip)\b")
"""Names of files are the same in every language."""
FOREIGN_TAGS = ("translate", "trans", "blocktranslate", "blocktrans")


class Visible(HTMLParser):
    """Collects the text a browser would show or say, in a template whose tags were taken out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that are shown; what stands in scripts and styles is not."""
        self.silent += tag in SILENT
        self.texts += [value for name, value in attrs if name in SHOWN and value]
        self.texts += [v for n, v in attrs if n == "value" and v and ("type", "submit") in attrs]
        self.texts += [v for n, v in attrs if n == "content" and v and ("name", "description") in attrs]

    def handle_endtag(self, tag: str) -> None:
        """The end of what is silent."""
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self.silent:
            self.texts.append(data)


def written_in(template: str) -> list[str]:
    """Words that stand in the template itself. A tag or value of Django's leaves nothing of its own behind."""
    parser = Visible()
    text = "".join(token.contents for token in Lexer(template).tokenize() if token.token_type == TokenType.TEXT)
    parser.feed(text if "<" in text else f"<x {text}>")  # without any element: the attributes of one
    parser.close()
    said = [FILE.sub(" ", text) for text in parser.texts]
    return [word for text in said for word in re.findall(r"[^\W\d_]{2,}", text) if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    assert written_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_are_said_by_our_own_tag_with_a_plain_literal(path: Path) -> None:
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if token.token_type == TokenType.BLOCK:
            name, *bits = token.split_contents()
            assert name not in FOREIGN_TAGS, f"{path}: {token.contents}"
            assert '_("' not in token.contents, f"{path}: Django's own texts, {token.contents}"
            if name == "t":
                assert bits[0][0] in "\"'" and "<" not in bits[0], f"{path}: {token.contents}"
                assert set(re.findall(r"{(\w+)}", bits[0])) == {bit.partition("=")[0] for bit in bits[1:] if "=" in bit}, (
                    token.contents
                )


def test_a_word_left_in_a_template_would_be_found() -> None:
    assert written_in('<p>{% t "Simpan" %} dahulu</p>') == ["dahulu"]
    assert written_in('<button aria-label="Tutup">×</button>') == ["Tutup"]
    assert written_in('<a href="{{ url }}" title="{{ name }}">{{ name }}</a><script>let x</script>') == []
