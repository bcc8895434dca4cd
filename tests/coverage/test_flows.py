"""Monthly flows of a registry: the identity, the cliff of January, and bounds that come out the same again."""

from __future__ import annotations

import numpy as np
import pytest

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from jamsostek.coverage.flows import back_test, course, flows, monthly


def past(months: int = 36, cliff: float = 0.4) -> object:
    """Ten thousand people, joining 100 a month, a tenth of the lapsed returning; in January `cliff` of the active lapse."""
    active, ever, told = 6_000.0, 10_000.0, []
    for step in range(months):
        month = add_months(202301, step)
        joined, returned = 100.0, 0.1 * (ever - active)
        lapsed = (cliff if month % 100 == 1 else 0.02) * active
        if step:
            active, ever = active + joined + returned - lapsed, ever + joined
        told.append((month, active, ever, joined, returned))
    return flows(*(list(one) for one in zip(*told, strict=True)))  # type: ignore[arg-type]


def test_who_lapsed_is_what_is_left_of_the_others() -> None:
    found = flows([202501, 202502], [100, 90], [200, 205], [0, 5], [0, 7])
    assert found.lapsed.tolist() == [22]


def test_january_keeps_its_own_rate_once_seen_twice() -> None:
    rates = monthly(past())  # type: ignore[arg-type]
    assert rates.own_months == tuple(range(1, 13))
    assert rates.lapsing[0] == pytest.approx(0.4) and rates.lapsing[1:] == pytest.approx(0.02)
    assert rates.returning == pytest.approx(0.1) and rates.joining == pytest.approx(100)
    short = monthly(past(8, cliff=0.02))  # type: ignore[arg-type]
    assert short.own_months == () and short.lapsing == pytest.approx(0.02)


def test_the_course_shows_the_cliff_and_the_way_back() -> None:
    whole = past(48)
    known = flows(*(one[:36] for one in (whole.months, whole.active, whole.ever, whole.joined, whole.returned)))  # type: ignore[attr-defined]
    found = course(known, 12)
    assert found.middle == pytest.approx(whole.active[36:48], rel=1e-6)  # type: ignore[attr-defined]
    assert found.months[0] == 202601 and found.middle[0] < 0.75 * known.active[-1] < found.middle[11]


def test_bounds_come_out_the_same_again_and_hold_the_middle() -> None:
    rng = np.random.default_rng(7)
    whole = past()
    joined = whole.joined + rng.integers(0, 60, len(whole.joined))  # type: ignore[attr-defined]
    noisy = flows(whole.months, whole.active, whole.ever, joined, whole.returned)  # type: ignore[attr-defined]
    one, two = course(noisy, 24, draws=60), course(noisy, 24, draws=60)
    assert (one.low == two.low).all() and (one.high == two.high).all()
    assert (one.low <= one.middle).all() and (one.middle <= one.high).all() and (one.high - one.low)[-1] > 0
    assert not (course(noisy, 24, draws=60, seed=1).low == one.low).all()


def test_the_flows_beat_carrying_on_where_they_made_the_past() -> None:
    found = {one.ahead: one for one in back_test(past(48))}  # type: ignore[arg-type]
    assert set(found) == {1, 3, 6, 12} and all(one.tries > 0 for one in found.values())
    assert found[1].flows < found[1].last


@pytest.mark.parametrize(
    "wrong",
    [
        ([202501, 202503], [1, 1], [2, 2], [0, 0], [0, 0]),
        ([202501], [3], [2], [0], [0]),
        ([202501], [1], [2], [-1], [0]),
        ([202501, 202502], [1], [2, 2], [0, 0], [0, 0]),
    ],
)
def test_months_with_holes_and_impossible_counts_are_refused(wrong: tuple) -> None:
    with pytest.raises(InputError):
        flows(*wrong)


def test_too_short_a_past_is_not_projected() -> None:
    with pytest.raises(InputError):
        monthly(past(6))  # type: ignore[arg-type]
