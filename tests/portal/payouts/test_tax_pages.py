"""JHT tax through the pages: a month by rate and person, its file, paid over once with the state's receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from desks import MONTH, text_of
from treasury import HOME, office_of

from jamsostek.core.months import format_month

if TYPE_CHECKING:
    from desks import Town

PAGE = f"{HOME}pajak/"


@pytest.fixture(autouse=True)
def undone(town_undone: None) -> Iterator[None]:
    """What a test does is taken back."""
    yield


def test_a_month_without_jht_says_so_and_nothing_can_be_paid_over(town: Town) -> None:
    office_of(town)
    head = town.client("head")
    assert "Belum ada JHT yang dibayar" in text_of(head.get(PAGE))
    page = f"{PAGE}{format_month(MONTH)}/"
    assert "Tidak ada JHT yang dibayar bulan itu" in text_of(head.get(page))
    assert "belum selesai" in text_of(head.post(page, {"reference": "NTPN-123"}))
    assert head.get(f"{page}unduh/?bentuk=csv").status_code == 200
    assert head.get(f"{PAGE}tidak-ada/").status_code == 404
    assert town.client("officer").get(PAGE).status_code == 403
    assert "JHT tax" in text_of(town.client("head", "en").get(PAGE))
