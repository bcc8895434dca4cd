"""A region's own goals: by two, counted by hand, a straight path, nothing told to everybody that finds a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import cast
import pytest
from django.db import Error, transaction

from jamsostek.access.errors import Refused
from jamsostek.access.models import User
from jamsostek.access.scope import acting, nobody, scope_of
from jamsostek.core.errors import InputError
from jamsostek.coverage import cube
from jamsostek.coverage.cube.schema import OPEN, SEGMENTS, at
from jamsostek.coverage.denominators import denominator
from jamsostek.outreach.actions import goals
from jamsostek.outreach.actions.goals import NewGoal
from jamsostek.outreach.goals import Measured, Standing, on_path, standing
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.queries import goals as queries
from tests.coverage import invented_people as people_of
from tests.coverage.invented_people import Person, Tie

TODAY = dt.date(2026, 6, 20)
HERE, NEAR = 3201, 3273
JUNE, JULY = 202606, 202607
MEN, WOMEN, DISABLED, OWN, SPONSORED_WOMEN, GONE = 130, 50, 12, 15, 5, 3
"""Active people here, by hand: men and women at firms, of the men 12 with a disability; women with own cover, of whom some are
sponsored as well; people who lapsed."""


def person(number: int, *, sex: int = 0, disability: int = 0, segments: tuple[str, ...] = ("pu",), last: int = OPEN) -> Person:
    ties = tuple(Tie(at(202501), last, True, SEGMENTS.index(one), 3, 0, 1, HERE) for one in segments)
    return Person(number, at(202501), OPEN, sex, 90 * 12, disability, HERE, 1, ties)


def everybody(more_disabled: int = 0) -> list[Person]:
    told: list[dict[str, Any]] = [{} for _each in range(MEN - DISABLED)]
    told += [{"disability": 1 + each % 5} for each in range(DISABLED + more_disabled)]
    told += [{"sex": 1} for _each in range(WOMEN)]
    told += [{"sex": 1, "segments": ("bpu_self",)} for _each in range(OWN - SPONSORED_WOMEN)]
    told += [{"sex": 1, "segments": ("bpu_self", "bpu_sponsored")} for _each in range(SPONSORED_WOMEN)]
    told += [{"sex": 1, "disability": 1, "last": at(202512)} for _each in range(GONE)]
    return [person(number, **one) for number, one in enumerate(told, 1)]


@pytest.fixture
def night(db: Any, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Cells of last night: the people above."""
    settings.JAMSOSTEK_DATA = tmp_path
    people_of.photographed(tmp_path / "coverage", everybody())
    yield tmp_path
    queries._counts.cache_clear()


def user(role: str, region: int = HERE) -> Any:
    name = f"{role}{region}"
    kind, target = ("nation", 0) if role == "auditor" else ("region", region)
    return User.objects.filter(username=name).first() or cast.user(name, role, kind, target)


def by(role: str = "regional_officer", region: int = HERE) -> Any:
    return acting(scope_of(user(role, region), JUNE))


def proposed(**more: Any) -> RegionGoal:
    facts: dict[str, Any] = {
        "region_code": HERE, "kind": "women_share", "target": 4_000, "year": 2027, "why": "Tertinggal",
    } | more  # fmt: skip
    with by(region=facts["region_code"]):
        return goals.propose(goal=NewGoal(**facts), today=TODAY)


def confirmed(**more: Any) -> RegionGoal:
    row = proposed(**more)
    with by("regional_head", row.region_code):
        return goals.confirm(code=row.code, today=TODAY)


def refused(act: Any) -> str:
    with pytest.raises(Error) as error, transaction.atomic():
        act()
    return str(error.value)


# --- the path -----------------------------------------------------------------------------------------------------------------


def test_the_path_is_straight_from_the_start_to_december() -> None:
    start = Measured(202606, 100)
    assert [on_path(start, 280, 2027, month) for month in (202606, 202607, 202703, 202712, 202801)] == [100, 110, 190, 280, 280]
    assert on_path(Measured(202606, 101), 280, 2027, 202607) == 111, "110.9 people are 111"
    share = Measured(202606, 30, 120)
    assert share.value == 2_500 and on_path(share, 3_400, 2027, 202703) == 2_950


@pytest.mark.parametrize(
    ("month", "persons", "word"),
    [
        (202607, 111, Standing.AHEAD), (202607, 110, Standing.ON), (202607, 109, Standing.BEHIND),
        (202607, 280, Standing.REACHED),
        (202712, 279, Standing.MISSED), (202712, 280, Standing.REACHED), (202711, 279, Standing.AHEAD),
    ],
)  # fmt: skip
def test_ahead_and_behind_are_told_in_words(month: int, persons: int, word: Standing) -> None:
    assert standing(Measured(202606, 100), Measured(month, persons), 280, 2027) is word


# --- two people -----------------------------------------------------------------------------------------------------------------


def test_a_goal_is_public_once_another_confirmed_it(night: Path) -> None:
    row = proposed()
    assert proposed().pk == row.pk, "the same again is the same"
    with by("regional_head"):
        mine = goals.propose(goal=NewGoal(HERE, "disability", 30, 2028, "Kuota"), today=TODAY)
        with pytest.raises(InputError, match="mengesahkan"):
            goals.confirm(code=mine.code, today=TODAY)
    with acting(nobody()):
        assert not queries.public().exists()
        with pytest.raises(Refused):
            queries.goal(row.code)
    with by(), pytest.raises(Refused):
        goals.confirm(code=row.code, today=TODAY)
    with by("regional_head", NEAR), pytest.raises(Refused):
        goals.confirm(code=row.code, today=TODAY)
    with by(region=NEAR), pytest.raises(Refused):
        goals.propose(goal=NewGoal(HERE, "disability", 30, 2028, "Kuota"), today=TODAY)
    with by("regional_head"):
        assert goals.confirm(code=row.code, today=TODAY).confirmed_on == TODAY
        assert goals.confirm(code=row.code, today=TODAY + dt.timedelta(days=9)).confirmed_on == TODAY
    with acting(nobody()):
        assert [one.code for one in queries.public()] == [row.code]
        assert [one.code for one in queries.public(32)] == [row.code] and not queries.public(31).exists()


def test_what_stands_in_a_goal_never_changes(night: Path) -> None:
    row = confirmed()
    with by("regional_head"):
        for change in ({"target": 1}, {"start_persons": 1}, {"confirmed_on": dt.date(2026, 1, 1)}, {"state": "proposed"},
                       {"state": "replaced", "ended_on": TODAY}, {"reason": "lain"}):  # fmt: skip
            assert "goal" in refused(lambda told=change: RegionGoal.objects.filter(pk=row.pk).update(**told)), change
        assert refused(lambda: RegionGoal.objects.filter(pk=row.pk).delete())


def test_a_goal_that_is_replaced_or_withdrawn_stays_to_be_read(night: Path) -> None:
    old = confirmed()
    with pytest.raises(InputError, match="sudah diusulkan") as waits:
        proposed(kind="disability", target=30), proposed(kind="disability", target=40)
    assert waits.value.field == "year"
    again = proposed(target=4_500)
    with by("regional_head"), pytest.raises(InputError, match="sudah punya sasaran"):
        goals.confirm(code=again.code, today=TODAY)
    with by():
        goals.withdraw(code=again.code, reason="Salah isi", today=TODAY)
        with pytest.raises(Refused):
            goals.withdraw(code=old.code, reason="Tidak mau", today=TODAY)
    with pytest.raises(InputError, match="sejenis"):
        proposed(kind="own_account", target=90, replaces=old.code)
    new = confirmed(target=4_500, replaces=old.code)
    with by("regional_head"):
        with pytest.raises(InputError, match="Alasan"):
            goals.withdraw(code=new.code, reason=" ", today=TODAY)
        goals.withdraw(code=new.code, reason="Anggaran dipotong", today=TODAY)
    with acting(nobody()):
        told = [(one.code, one.state, one.reason, one.ended_on) for one in queries.public()]
    assert told == [(old.code, "replaced", "", TODAY), (new.code, "withdrawn", "Anggaran dipotong", TODAY)]
    with by():
        assert queries.here(HERE).count() == 4, "the withdrawn proposal and the one that waits are the region's to read"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "anak"}, "kind"), ({"target": 0}, "target"), ({"target": 10_001}, "target"), ({"year": 2025}, "year"),
        ({"year": 2052}, "year"), ({"why": " "}, "why"), ({"denominator": "employed"}, "denominator"),
        ({"kind": "coverage"}, "denominator"),
        ({"kind": "coverage", "denominator": "ucj", "region_code": 3273}, "denominator"), ({"regulation": 1}, "regulation"),
    ],
)  # fmt: skip
def test_a_goal_that_makes_no_sense_is_refused_at_its_field(db: Any, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as error:
        proposed(**more)
    assert error.value.field == field


# --- figures ------------------------------------------------------------------------------------------------------------------


def test_the_start_is_counted_when_it_is_confirmed(night: Path) -> None:
    women, all_of_them = WOMEN + OWN, MEN + WOMEN + OWN
    starts = {
        "women_share": (women, all_of_them), "disability": (DISABLED, None), "own_account": (OWN, None),
    }  # fmt: skip
    for kind, (persons, base) in starts.items():
        row = confirmed(kind=kind, target=6_000)
        assert (row.start_persons, row.start_base, row.start_month, row.start_as_of) == (persons, base, JUNE, people_of.DAY), kind
    row = confirmed(kind="coverage", denominator="employed", target=6_000)
    known = denominator(HERE, JUNE, "employed")
    assert known is not None and known.persons is not None
    assert (row.start_persons, row.start_base) == (all_of_them, known.persons)
    assert (row.base_as_of, row.base_status, row.base_source) == ("2025-08", "assumed", "S06")


def test_a_goal_needs_a_night_and_something_to_reach(night: Path, settings: Any, tmp_path: Path) -> None:
    low = proposed(target=3_000)
    with by("regional_head"), pytest.raises(InputError, match="sudah tercapai"):
        goals.confirm(code=low.code, today=TODAY)
    settings.JAMSOSTEK_DATA = tmp_path / "none"
    high = proposed(target=9_000, year=2028)
    with by("regional_head"), pytest.raises(InputError, match="Belum ada potret"):
        goals.confirm(code=high.code, today=TODAY)


def test_the_region_reads_exact_counts_and_everybody_rounded_ones(night: Path) -> None:
    share, disabled = confirmed(), confirmed(kind="disability", target=30)
    rows = [share, disabled]
    with by():
        exact = queries.progress(rows)
    assert [(one.now.persons, one.now.base) for one in exact if one.now] == [(65, 195), (12, None)]
    assert [one.standing for one in exact] == [Standing.ON, Standing.ON]
    with acting(nobody()):
        told = queries.public_progress(rows)
    assert [(one.now.persons, one.now.base) for one in told if one.now] == [(70, 200), (10, None)]
    assert told[1].path == 10, "the path begins at what everybody may know"
    with by(region=NEAR), pytest.raises(Refused):
        queries.progress(rows)


def test_progress_moves_with_the_nights_and_a_few_people_are_never_told(night: Path) -> None:
    disabled = confirmed(kind="disability", target=30)
    first = cube.latest()
    assert first is not None
    disabled.start_month, disabled.start_persons = 202605, 9  # a month earlier and fewer than ten
    [told] = queries.public_progress([disabled])
    assert (told.start, told.path, told.standing) == (None, None, None) and told.now is not None
    disabled.start_persons = 11
    people_of.photographed(night / "coverage", everybody(more_disabled=3))
    with by():
        [moved] = queries.progress([disabled])
        [before] = queries.progress([disabled], 202604)
    assert moved.now is not None and moved.now.persons == DISABLED + 3
    assert moved.path == 11 + Fraction(19, 19) and moved.standing is Standing.AHEAD
    assert before.now is None, "before it began there is nothing to tell"
