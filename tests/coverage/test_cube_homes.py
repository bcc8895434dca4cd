"""Where people lived: who moved counts in the old place before, who was written down wrongly never was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from jamsostek.access.scope import system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.months import span
from jamsostek.coverage.actions import take_snapshot
from jamsostek.coverage.cube import Question, ask
from jamsostek.registry.actions import changes, merging
from jamsostek.registry.models import Participant
from tests import cast

HERE, THERE, CITY = cast.SIDOARJO, cast.LUMAJANG, 3578
MONTHS = tuple(span(202605, 202611))


@pytest.fixture(autouse=True)
def alone(db: Any) -> Iterator[None]:
    """Everything is done by the installation itself."""
    with cast.everyone():
        yield


def _working(name: str = "Siti", **given: Any) -> Participant:
    """Somebody with a job in the first place since May."""
    somebody: Participant = cast.participant(name, **given)
    cast.works(somebody, cast.employer(), 202605)
    return somebody


def _lives(person: Participant, regency: int, moved_on: dt.date | None = None, village: int | None = None) -> None:
    changes.change_person(
        participant_id=person.pk, changes={"regency_code": regency, "village_code": village}, moved_on=moved_on,
        today=cast.TODAY, now=cast.NOW, reason="uji",
    )  # fmt: skip


def _day(month: int) -> dt.date:
    return dt.date(2026, month, 17)


def _homes(folder: Path) -> list[int]:
    """The only person's regency in each month in which they are active; once each, in one place."""
    made = take_snapshot(scope=system_scope("uji"), day=cast.TODAY, folder=folder)
    told = ask(Question(MONTHS, ("active",), ("month", "regency")), snapshot=made).rows
    assert len({row[0] for row in told}) == len(told)
    assert all(row[2] == 1 for row in told)
    cells = ask(Question(MONTHS, ("active", "joined"), ("month", "province", "regency")), snapshot=made)
    assert cells.source == "cells"
    assert [row[2] for row in cells.rows] == [row[1] for row in told]
    assert sum(row[4] for row in cells.rows) == 1
    return [row[1] for row in told]


def test_who_moves_counts_in_the_new_place_from_that_month_on(tmp_path: Path) -> None:
    siti = _working()
    changes.move(
        participant_id=siti.pk, regency_code=THERE, village_code=None, address="", today=cast.TODAY, now=cast.NOW, reason="uji"
    )
    assert _homes(tmp_path) == [HERE] * 6 + [THERE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT regency_code FROM registry_cells(%s)", [cast.MONTH])
        assert cursor.fetchall() == [(THERE,)]


def test_a_move_told_late_counts_from_its_own_month(tmp_path: Path) -> None:
    siti = _working()
    _lives(siti, THERE, _day(8))
    assert _homes(tmp_path) == [HERE] * 3 + [THERE] * 4


def test_who_moves_back_was_away_in_between(tmp_path: Path) -> None:
    siti = _working()
    _lives(siti, THERE, _day(7))
    _lives(siti, HERE, _day(10))
    assert _homes(tmp_path) == [HERE] * 2 + [THERE] * 3 + [HERE] * 2


def test_a_place_written_wrongly_was_never_true(tmp_path: Path) -> None:
    siti = _working()
    _lives(siti, THERE)
    assert _homes(tmp_path) == [THERE] * 7


def test_a_correction_of_a_move_changes_the_months_since_it(tmp_path: Path) -> None:
    siti = _working()
    _lives(siti, THERE, _day(8))
    _lives(siti, CITY)
    assert _homes(tmp_path / "place") == [HERE] * 3 + [CITY] * 4
    _lives(siti, CITY, _day(10))
    assert _homes(tmp_path / "later") == [HERE] * 5 + [CITY] * 2
    _lives(siti, CITY, _day(6))
    assert _homes(tmp_path / "sooner") == [HERE] * 1 + [CITY] * 6
    _lives(siti, HERE)
    assert _homes(tmp_path / "never moved") == [HERE] * 7


def test_what_has_nothing_to_do_with_the_place_changes_no_month(tmp_path: Path) -> None:
    siti = _working()
    _lives(siti, THERE, _day(8))
    for facts in ({"phone": "+6280000999999"}, {"address": "Jalan Contoh 9"}):
        changes.change_person(participant_id=siti.pk, changes=facts, today=cast.TODAY, now=cast.NOW, reason="uji")
    street = {"address": "Jalan Contoh 10"}
    changes.change_person(participant_id=siti.pk, changes=street, today=cast.TODAY, now=cast.NOW, reason="uji", moved_on=_day(11))
    assert _homes(tmp_path) == [HERE] * 3 + [THERE] * 4  # another street is no other place


def test_two_numbers_lived_where_the_one_that_goes_on_lived(tmp_path: Path) -> None:
    siti, also = _working(), cast.participant("Siti R", regency_code=CITY)
    _lives(siti, THERE, _day(9))
    _lives(also, HERE, _day(6))
    merging.merge(source_id=also.pk, into_id=siti.pk, reason="uji")
    assert _homes(tmp_path) == [HERE] * 4 + [THERE] * 3


def test_who_died_after_moving_is_missed_where_they_went(tmp_path: Path) -> None:
    siti = _working()
    _lives(siti, THERE, _day(8))
    changes.record_death(participant_id=siti.pk, died_on=_day(9), today=cast.TODAY, reason="uji")
    assert _homes(tmp_path) == [HERE] * 3 + [THERE] * 2
    made = take_snapshot(scope=system_scope("uji"), day=cast.TODAY, folder=tmp_path)
    for source in ("cells", "rows"):
        told = ask(Question(MONTHS, ("died",), ("month", "regency")), snapshot=made, source=source)
        assert told.rows == [(202610, THERE, 1)]


def test_a_move_before_the_first_month_is_where_they_always_lived(tmp_path: Path) -> None:
    siti = _working()
    _lives(siti, THERE, dt.date(2020, 3, 1))
    assert _homes(tmp_path) == [THERE] * 7


def test_codes_before_2022_are_told_by_those_of_today(tmp_path: Path) -> None:
    from jamsostek.core.regions import REGENCIES

    manokwari = next(one for one in REGENCIES.values() if one.code_before_2022)
    assert manokwari.code_before_2022
    siti = _working()
    Participant.objects.filter(pk=siti.pk).update(regency_code=manokwari.code_before_2022)
    _lives(siti, HERE, _day(8))
    assert _homes(tmp_path) == [manokwari.code] * 3 + [HERE] * 4


@pytest.mark.parametrize("day", [dt.date(2026, 11, 22), dt.date(1960, 1, 1)])
def test_a_day_of_a_move_that_cannot_be_is_refused(day: dt.date) -> None:
    siti = _working()
    with pytest.raises(InputError, match="Hari pindah"):
        _lives(siti, THERE, day)
