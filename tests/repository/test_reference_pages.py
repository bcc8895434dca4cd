"""The reference pages of the law are those the law gives today."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "law_reference.py"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The tool that writes the pages, as a module."""
    spec = importlib.util.spec_from_file_location("law_reference", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_committed_pages_are_what_the_law_says_today(reference: ModuleType) -> None:
    stale = reference.stale()
    assert not stale, f"run `make docs` and commit: {', '.join(stale)}"


def test_the_pages_are_the_same_twice(reference: ModuleType) -> None:
    assert reference.pages() == reference.pages()


def test_every_rule_and_every_figure_has_its_place(reference: ModuleType) -> None:
    pages = reference.pages()
    figures = "\n".join(text for name, text in pages.items() if "/figures/" in name)
    assert all(f"docs/law/reference/rules/{name}.md" in pages for name in reference.RULES)
    assert all(f"\n## {id}\n" in figures for id in reference.figures())


def test_a_page_that_should_not_be_there_is_told(reference: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "pages", dict)
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    monkeypatch.setattr(reference, "REFERENCE", tmp_path)
    (tmp_path / "left.md").write_text("an old page", encoding="utf-8")
    assert reference.stale() == ["left.md"]
