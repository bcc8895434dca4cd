"""Folders for servers of a test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest


def _folder() -> Iterator[Path]:
    """Right under the system's folder for temporary things: pytest shuts its own to all but us, the server's user too."""
    made = Path(mkdtemp(prefix="jamsostek-test-")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


folder = pytest.fixture(_folder, name="folder")
module_folder = pytest.fixture(_folder, scope="module", name="module_folder")
