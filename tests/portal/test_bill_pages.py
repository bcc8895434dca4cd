"""Bills as everybody sees them: lists, one bill, its lines down to the article, own cover, sponsors, contracts, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from desks import Town


@pytest.fixture(scope="module")
def billed(town: Town) -> Any:
    """The town with its bills of the month before."""
    from bill_desks import bill_all

    return bill_all(town)


def test_smoke(billed: Any) -> None:
    for who, url in billed.urls:
        for lang in ("id", "en"):
            answer = billed.town.client(who, lang).get(url, follow=True)
            assert answer.status_code == 200, (who, url, answer.status_code)
