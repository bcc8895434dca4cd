"""The example reforms of the package, and what they give on a modest nation, reckoned beforehand (data/examples.json)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent / "examples"
RESULT = Path(__file__).parent / "data" / "examples.json"


def example_files() -> dict[str, Path]:
    """The example reforms by name, in order."""
    return {path.stem: path for path in sorted(EXAMPLES.glob("*.yaml"))}


@cache
def example_result() -> dict[str, Any]:
    """The kept result of the examples side by side."""
    found: dict[str, Any] = json.loads(RESULT.read_text(encoding="utf-8"))
    return found
