"""Who of a region is covered and what changed: one person once, in one region, whichever way the spells are read."""

from __future__ import annotations

from typing import Any

import pytest
from cast import LUMAJANG, MONTH, SIDOARJO

from jamsostek.registry.actions import merging
from jamsostek.registry.models import Participant
from jamsostek.registry.queries import changed
from tests import cast


@pytest.fixture(params=[3, 0], ids=["every spell", "spells of the region"], autouse=True)
def way(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of the registry lives there, or few of it."""
    monkeypatch.setattr(changed, "MOST_OF_ALL", request.param)


def counts(name: str, *regencies: int) -> int:
    _segments, villages = changed.changed_in(regencies, MONTH)
    return sum(getattr(one, name) for one in villages)


@pytest.fixture
def people(db: Any) -> dict[str, Any]:
    with cast.everyone():
        firm, sponsor = cast.employer(), cast.sponsor()
        made = {name: cast.participant(name) for name in ("Ani", "Beni", "Cici", "Dodi", "Eka")}
        made["Ani lama"] = cast.participant("Ani", regency_code=LUMAJANG)
        made["Ani tua"] = cast.participant("Ani", regency_code=LUMAJANG)
        cast.works(made["Ani tua"], firm, 202501)
        cast.covered(made["Beni"], sponsor, 202601, 202612)
        cast.covered(made["Cici"], sponsor, 202601, 202612)
        cast.works(made["Cici"], firm, 202701)
        cast.covered(made["Dodi"], sponsor, 202612, 202612)
        cast.covered(made["Eka"], sponsor, 202601, 202611)
        for old, new in (("Ani tua", "Ani lama"), ("Ani lama", "Ani")):
            merging.merge(source_id=made[old].pk, into_id=made[new].pk, reason="Orang yang sama menurut KTP")
    return made


def test_somebody_with_three_numbers_counts_once_where_the_kept_one_lives(people: dict[str, Any]) -> None:
    with cast.everyone():
        assert counts("now", SIDOARJO) == 4, "Ani by her oldest number, Beni, Cici, Eka"
        assert counts("now", LUMAJANG) == 0
        assert counts("now", SIDOARJO, LUMAJANG) == 4


def test_regions_counted_one_after_another_add_up(people: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with cast.everyone():
        together = changed.changed_in([SIDOARJO, LUMAJANG], MONTH)
        monkeypatch.setattr(changed, "TOGETHER", 1)
        assert changed.changed_in([SIDOARJO, LUMAJANG], MONTH) == together


def test_the_cliff_is_whom_others_pay_for_until_december_and_nothing_covers_after(people: dict[str, Any]) -> None:
    with cast.everyone():
        assert counts("year_end", SIDOARJO) == 2, "Beni, and Dodi who begins in December; Cici works after, Eka ends before"


def test_who_is_only_funded_is_added_unless_the_registry_has_them(people: dict[str, Any]) -> None:
    with cast.everyone():
        ids = {name: one.pk for name, one in people.items()}
        index = {name: bytes(Participant.objects.get(pk=number).nik_index or b"") for name, number in ids.items()}
        new = b"x" * 16

        def uncounted(*niks: bytes) -> int:
            return changed.ending_with_year(niks, [SIDOARJO], MONTH)

        assert uncounted(new, new) == 1
        assert uncounted(index["Eka"], new) == 2, "she is covered until November alone"
        assert uncounted(index["Beni"], index["Cici"], index["Dodi"], index["Ani"], index["Ani lama"]) == 0
        assert changed.ending_with_year([index["Beni"]], [LUMAJANG], MONTH) == 1, "counted only where he lives"
