"""Two languages, whole: every text has its English, none is left over, and no explanation mixes them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType
from people import PEOPLE

import jamsostek
from jamsostek import law
from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.law import Explanation, load
from jamsostek.law.engine import Records
from jamsostek.law.labels import CHOICES, LABELS, citation, key_label, options, vocabulary_of
from jamsostek.law.texts import TEXTS
from jamsostek.law.units import unit_of

PACKAGE = Path(jamsostek.__file__).parent
ROOMS = sorted(path.parent.parent.name for path in PACKAGE.glob("*/locale/en.po"))


def explained(person: str) -> Explanation:
    """The explanation of a person."""
    rule, told = PEOPLE[person]
    return law.explain(rule, **told)


def calls(room: str) -> Iterator[str]:
    """Every text marked for translation in a room: in its code, the help of its commands, its templates."""
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_") and node.args:
                if isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value
            elif isinstance(node, ast.Call):
                yield from (k.value.value for k in node.keywords if k.arg == "help" and isinstance(k.value, ast.Constant))
    for path in sorted((PACKAGE / room).rglob("*.html")):
        for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
            if token.token_type == TokenType.BLOCK and token.contents.startswith("t "):
                yield token.split_contents()[1][1:-1]


@cache
def catalogues() -> dict[str, dict[str, str]]:
    """English by msgid, by room."""
    found: dict[str, dict[str, str]] = {room: {} for room in ROOMS}
    for path in sorted(PACKAGE.glob("*/locale/en.po")):
        with path.open("rb") as file:
            found[path.parent.parent.name] = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    return found


def english() -> dict[str, str]:
    """The union of the catalogues."""
    return {msgid: text for texts in catalogues().values() for msgid, text in texts.items()}


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_of_a_room_has_its_english(room: str) -> None:
    texts = set(calls(room))
    assert texts, "nothing is marked for translation"
    assert sorted(text for text in texts if not english().get(text)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_catalogue_keeps_a_text_nobody_says(room: str) -> None:
    said = {text for other in ROOMS for text in calls(other)}
    assert sorted(set(catalogues()[room]) - said) == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_stands_twice_in_a_catalogue(room: str) -> None:
    told = re.findall(
        r"^msgid (.*(?:\n\".*\")*)", (PACKAGE / room / "locale" / "en.po").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert told and [text for text, times in Counter(told).items() if times > 1] == []


def test_no_text_has_two_translations() -> None:
    found: dict[str, dict[str, str]] = {}
    for room, texts in catalogues().items():
        for msgid, text in texts.items():
            found.setdefault(msgid, {})[room] = text
    assert {msgid: told for msgid, told in found.items() if len(set(told.values())) > 1} == {}


HOLE = re.compile(r"\{[^{}]*\}|⟨!?[\w.]+(?=: )|[⟨⟩]")


def test_a_translation_has_the_holes_of_its_text() -> None:
    unlike = {i: text for i, text in english().items() if sorted(HOLE.findall(i)) != sorted(HOLE.findall(text))}
    assert unlike == {}


def test_both_languages_name_every_figure_input_output_column_and_choice() -> None:
    for parameter in load().by_id.values():
        assert all(parameter.title[language].strip() for language in LANGUAGES)
        assert not parameter.keys or vocabulary_of(parameter.keys), f"{parameter.id}: no words for {parameter.keys}"
        for name in parameter.columns:
            assert name in LABELS or name == "code" or unit_of(name) == "months", f"{parameter.id}: no word for {name}"
    for rule in law.RULES.values():
        for item in (*rule.inputs, *rule.outputs):
            assert item.name in LABELS, f"{rule.name}: no word for {item.name}"
        for field in (f for i in rule.inputs if isinstance(i, Records) for f in i.fields):
            assert field.name in LABELS or field.name in CHOICES["levels"], f"{rule.name}: no word for {field.name}"
        for item in rule.inputs:
            assert set(options(item.name)) <= set(CHOICES.get(item.name, {})), f"{rule.name}: no words for {item.name}"


def test_figures_that_are_words_have_words_of_their_own() -> None:
    said = [
        (p.id, one)
        for p in load().by_id.values()
        for row in p.rows
        if p.unit in ("text", "list")
        for one in (row.value if isinstance(row.value, list) else [row.value])
        if isinstance(one, str)
    ]
    assert len(said) > 120
    assert [(id, one) for id, one in said if one not in TEXTS and not re.match(r"(PP|Perpres) |20\d\d-", one)] == []
    assert set(TEXTS) - {one for _id, one in said} == set()


def words_of(texts: set[str]) -> set[str]:
    """The words of texts, without what stands in holes."""
    return {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", HOLE.sub(" ", text))}


TITLES = {language: {p.title[language] for p in load().by_id.values()} for language in LANGUAGES}
CODES = r"\b\w+(?:[._]\w+)+\b|\((?:\w+)\) =|; (?:sumber|source): .*$|^.* · .* · .*$|\b[0-9a-f]{16}\b"
"""Ids, names of outputs, sources, the heading and the digest are the same in both languages."""
REGULATIONS = {"uu", "pp", "perpres", "permenaker", "inpres"}


@pytest.mark.parametrize("person", PEOPLE)
def test_no_word_of_the_other_language_is_left_in_an_explanation(person: str) -> None:
    words = {"id": words_of(set(english()) | TITLES["id"]), "en": words_of(set(english().values()) | TITLES["en"])}
    explanation = explained(person)
    for language, other in (("en", "id"), ("id", "en")):
        said = words_of({re.sub(CODES, " ", line) for line in explanation.text(language).splitlines()})
        assert said & (words[other] - words[language]) - REGULATIONS == set(), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_stands_where_words_should(language: str) -> None:
    codes = {name for choices in CHOICES.values() for name in choices if "_" in name}
    for person in PEOPLE:
        text = re.sub(CODES, " ", explained(person).text(language), flags=re.M)
        assert [code for code in codes if re.search(rf"\b{code}\b", text)] == [], person
        assert not re.search(r"\{|\}|⟨|⟩|-9223372036854775808|\bTrue\b|\bNone\b|\barray\(", text), person


def test_citations_are_translated_part_by_part_and_regulations_keep_their_names() -> None:
    with speaking("en"):
        assert citation("PP 44/2015 Pasal 25 ayat (2) huruf b angka 4-8; Lampiran III") == (
            "PP 44/2015 Article 25 paragraph (2) letter b number 4-8; Annex III"
        )
        left = words_of({citation(f"{row.regulation} {row.article}") for p in load().by_id.values() for row in p.rows})
    assert left & {"pasal", "ayat", "huruf", "angka", "lampiran", "dan", "tidak", "sumber", "surat", "praktik", "naskah"} == set()


def test_keys_of_figures_are_told_apart_by_the_keys_around_them() -> None:
    assert key_label(("very_low", "low", "medium", "high", "very_high"), "medium") == "sedang"
    assert key_label(("large", "medium", "small", "micro"), "medium") == "usaha menengah"
    assert key_label(("jkk", "jkm"), "jkk") == "JKK"
