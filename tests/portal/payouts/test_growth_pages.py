"""Pensions grow once a year through the pages: looked at, proposed by one, approved by another, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from desks import TODAY, asked_twice, count, stored, text_of
from treasury import HOME, office_of, pensioner

from jamsostek.claims.models import Benefit, Growth

if TYPE_CHECKING:
    from desks import Town

PAGE = f"{HOME}kenaikan/"
NEXT = TODAY.year + 1
GIVEN = {"year": str(NEXT), "inflation": "2,92", "source": "BPS, rekaan untuk uji"}


@pytest.fixture(autouse=True)
def undone(town_undone: None) -> Iterator[None]:
    """What a test does is taken back."""
    yield


def test_one_proposes_sees_what_it_would_do_and_another_lets_every_pension_grow(town: Town) -> None:
    claim = pensioner(town)
    head, treasurer = town.client("head"), town.client("treasurer")
    assert "Belum ada kenaikan" in text_of(head.get(PAGE))
    look = text_of(head.post(f"{PAGE}usulkan/", GIVEN))
    assert "2,92 %" in look and "Rp900.000" in look and "Rp926.280" in look and count(Growth) == 0
    assert asked_twice(head, f"{PAGE}usulkan/", GIVEN)["Location"] == f"{PAGE}{NEXT}/"
    said = text_of(head.get(f"{PAGE}{NEXT}/"))
    assert "Anda yang mengusulkan kenaikan ini" in said and "Setujui dan naikkan" not in said
    assert "Yang mengusulkan tidak menyetujui" in text_of(head.post(f"{PAGE}{NEXT}/setujui/"), 409)
    assert "Pensiun cacat" in text_of(treasurer.get(f"{PAGE}{NEXT}/"))
    assert treasurer.post(f"{PAGE}{NEXT}/setujui/").status_code == 302
    assert stored(Benefit, claim=claim).rupiah == 926_280
    said = text_of(head.get(PAGE))
    assert "Rp926.280" in said and "Berlaku" in said and "BPS, rekaan untuk uji" in said
    assert "sudah berlaku" in text_of(treasurer.post(f"{PAGE}{NEXT}/setujui/"), 409)


def test_a_proposal_that_waits_is_corrected_and_nonsense_is_told_at_its_field(town: Town) -> None:
    office_of(town)
    head = town.client("head")
    asked_twice(head, f"{PAGE}usulkan/", GIVEN)
    assert "2,92" in head.get(f"{PAGE}usulkan/?tahun={NEXT}").content.decode()
    asked_twice(head, f"{PAGE}usulkan/", {**GIVEN, "inflation": "3,1"})
    assert stored(Growth).inflation_ppm == 31_000
    assert head.post(f"{PAGE}usulkan/", {**GIVEN, "inflation": "banyak"}).status_code == 200
    assert count(Growth) == 1


def test_who_does_not_pay_only_looks_and_english_is_spoken(town: Town) -> None:
    office_of(town)
    assert town.client("officer").get(PAGE).status_code == 403
    assert "Growth of pensions" in text_of(town.client("head", "en").get(PAGE))
