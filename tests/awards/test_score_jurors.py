"""How far jurors agree."""

from __future__ import annotations

import statistics

import numpy as np

from jamsostek.awards.scoring import MILLION, agreement


def table(rows):
    """(entry, juror) -> marks, from a row an entry; None: did not mark."""
    return {
        (f"e{at}", f"j{juror}"): mark for at, row in enumerate(rows) for juror, mark in enumerate(row) if mark is not None
    }  # fmt: skip


def test_the_spread_and_who_stands_farthest_are_told_of_each_entry():
    found = agreement(table([[70, 75, 80], [20, 60, 65], [50, 50, 50]]), discuss_from=25)
    assert [(one.entry, one.low, one.high, one.spread, one.discuss) for one in found.entries] == [
        ("e0", 70, 80, 10, False),
        ("e1", 20, 65, 45, True),
        ("e2", 50, 50, 0, False),
    ]
    assert [one.farthest for one in found.entries] == [("j0", "j2"), ("j0",), ()]
    assert [one.mean_ppm for one in found.entries] == [750_000, 483_333, 500_000]
    assert found.entries[1].deviation_ppm == round(statistics.pstdev([20, 60, 65]) * 10_000)
    assert found.mean_spread_ppm == 183_333


def test_a_spread_that_reaches_the_limit_is_to_be_discussed():
    assert agreement(table([[50, 75]]), 25).entries[0].discuss
    assert not agreement(table([[51, 75]]), 25).entries[0].discuss


def test_one_mark_alone_is_never_an_outlier():
    (only,) = agreement(table([[50, None]]), 0).entries
    assert (only.marks, only.discuss, only.deviation_ppm) == (1, False, 0)


def test_full_agreement_and_none():
    same = agreement(table([[10, 20], [30, 50], [70, 90], [80, 95]]), 25)
    assert (same.kendalls_w, same.mean_spearman, same.pairs, same.marked_by_all) == (MILLION, MILLION, 1, 4)
    against = agreement(table([[10, 90], [30, 50], [70, 20], [80, 10]]), 25)
    assert (against.kendalls_w, against.mean_spearman) == (0, -MILLION)


def test_jurors_with_an_interest_leave_gaps_that_pairs_can_do_without():
    rows = [[10, 20, None], [30, 40, 35], [50, 60, 55], [70, 80, 90], [None, 85, 95]]
    found = agreement(table(rows), 25)
    assert (found.jurors, found.marked_by_all, found.pairs) == (3, 3, 3)
    assert (found.kendalls_w, found.mean_spearman) == (MILLION, MILLION)


def test_too_little_to_compare_is_none_and_no_marks_are_nothing():
    found = agreement(table([[10, 20], [30, 10]]), 25)
    assert (found.pairs, found.mean_spearman, found.kendalls_w) == (0, None, 0)
    nothing = agreement({}, 25)
    assert (nothing.entries, nothing.jurors, nothing.kendalls_w, nothing.mean_spread_ppm) == ((), 0, None, None)


def test_the_order_in_which_marks_come_changes_nothing():
    marks = table(np.random.default_rng(1).integers(0, 101, (6, 4)).tolist())
    assert agreement(marks, 25) == agreement(dict(reversed(marks.items())), 25)
