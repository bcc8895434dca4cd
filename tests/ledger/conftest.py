"""Books for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from books import Books


@pytest.fixture
def books(committed_db: object) -> Books:
    """Books in a database of the test's own."""
    from books import Books  # Django is not there yet when this file is read

    return Books(committed_db)


@pytest.fixture(scope="module")
def shared_books(module_db: object) -> Books:
    """Books for the tests of a module, which take back what they write."""
    from books import Books

    return Books(module_db)
