"""What happens to a claim has words for the family, and for the trail of the person it is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import jamsostek
from jamsostek.claims.actions.work import OUT_OF_ORDER
from jamsostek.claims.happenings import HAPPENED, happened_words
from jamsostek.claims.trainings import At
from jamsostek.core.text import speaking
from jamsostek.registry.queries.trail import ACTIONS, SUBJECTS

ROOM = Path(jamsostek.__file__).parent / "claims"
NAMED = {"OUT_OF_ORDER": OUT_OF_ORDER}
PATTERNS = {"training_{state}": tuple(f"training_{at}" for at in At)}
"""Kinds put together in one place, by how they are written there."""


def calls(name: str) -> Iterator[ast.Call]:
    """Every call of something of that name in the room."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    yield node


def kinds(node: ast.expr) -> list[str]:
    """What an expression may come to; a way of writing that is not known here fails."""
    if isinstance(node, ast.IfExp):
        return [*kinds(node.body), *kinds(node.orelse)]
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.Name):
        return [NAMED[node.id]]
    assert isinstance(node, ast.JoinedStr), f"line {node.lineno}: say what this comes to"
    return list(PATTERNS[ast.unparse(node)[2:-1]])


def recorded() -> dict[str, bool]:
    """Kinds of events that the room records, and whether the trail has them too."""
    found: dict[str, bool] = {}
    for call in calls("happened"):
        silent = any(
            one.arg == "audited" and isinstance(one.value, ast.Constant) and not one.value.value for one in call.keywords
        )
        for kind in kinds(call.args[1]):
            found[kind] = found.get(kind, False) or not silent
    return found


def test_every_kind_of_event_has_words_and_no_words_are_left_over() -> None:
    found = recorded()
    assert len(found) > 40
    assert sorted(set(found) - set(HAPPENED)) == [], "write these into jamsostek/claims/happenings.py"
    assert sorted(set(HAPPENED) - set(found)) == [], "nothing records these any more"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_words_are_short_and_those_of_two_kinds_differ(language: str) -> None:
    with speaking(language):
        words = {kind: happened_words(kind) for kind in HAPPENED}
    assert all(5 < len(text) <= 70 and not text.endswith(".") for text in words.values())
    assert len(set(words.values())) == len(words)


def test_what_the_trail_keeps_of_a_claim_has_words_for_auditors() -> None:
    audited = {f"claim.{kind}" for kind, kept in recorded().items() if kept}
    assert len(audited) > 35
    assert sorted(audited - set(ACTIONS)) == [], "write these into jamsostek/registry/queries/trail.py"
    told = {one for one in ACTIONS if one.startswith("claim.")}
    others = {str(call.args[0].value) for call in calls("record") if call.args and isinstance(call.args[0], ast.Constant)}
    assert sorted(told - audited - others) == [], "nothing records these any more"


def test_what_the_trail_keeps_of_the_room_names_subjects_that_have_words() -> None:
    subjects = {
        str(call.args[1].value) for call in calls("record") if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
    }
    assert {"batch", "answer", "roll", "fund", "region", "participant"} <= subjects
    assert sorted(subjects - {""} - set(SUBJECTS)) == []
