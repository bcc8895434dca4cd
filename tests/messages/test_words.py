"""Every text of uploads, payroll and bill has its English, with the same places to fill in."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import jamsostek

ROOT = Path(jamsostek.__file__).parent


def said() -> set[str]:
    """The Indonesian texts in the code."""
    paths = [*(ROOT / "messages").rglob("*.py"), ROOT / "cli" / "employer.py"]
    found = (
        text for path in paths for _line, text, *_rest in extract_from_file("python", path, keywords={"_": None, "N_": None})
    )
    return {text for text in found if isinstance(text, str) and " " in text.strip()}


def translations(room: str = "messages") -> dict[str, str]:
    """The catalogue of a room: of these texts, or of a room whose texts are said here too."""
    with (ROOT / room / "locale" / "en.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_every_text_has_its_english() -> None:
    assert len(said()) > 100
    rooms = [path.parent.parent.name for path in ROOT.glob("*/locale/en.po")]
    assert said() - {text for room in rooms for text in translations(room)} == set()


def test_translations_fill_in_the_same_places() -> None:
    for text, english in translations().items():
        assert english.strip(), text
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", english)), text


def test_no_translation_is_left_of_a_text_no_longer_said() -> None:
    sources = "".join(path.read_text() for path in [*(ROOT / "messages").rglob("*.py"), ROOT / "cli" / "employer.py"])
    joined = re.sub(r'"\s*\n\s*"', "", sources)
    assert [text for text in translations() if text.replace('"', '\\"') not in joined] == []
