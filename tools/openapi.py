"""Writes docs/reference/openapi.json: the description of the API, in English, as the application gives it."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "openapi.json"


def text() -> str:
    """The description as it is kept."""
    from jamsostek.api.pages import described

    return json.dumps(described("en"), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Writes the page; Django needs a folder for its keys, not a database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
        os.environ["JAMSOSTEK_DATA"] = folder
        import django

        django.setup()
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
