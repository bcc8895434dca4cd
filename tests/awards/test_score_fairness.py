"""Whether a contest is fair to the small and the remote."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jamsostek.awards.scoring import MILLION, MISSING, fairness, score
from jamsostek.awards.scoring.fairness import by_counts, gap_closed, size_classes
from jamsostek.awards.scoring.statistics import kendall, spearman
from tests.awards.contests import contest, even, field

SIZE = np.array([10, 20, 30, 40, 50, 60, 70, 80], np.int64)
ZONES = ["w", "w", "w", "w", "e", "e", "e", "e"]


def test_a_contest_that_goes_with_size_says_so():
    of = field([[100_000 * one] for one in (1, 2, 3, 4, 5, 6, 7, 8)])
    found = fairness(contest([MILLION]), of, size=SIZE, zones=ZONES, places=2, also={"far": -SIZE})
    assert [(one.what, one.spearman, one.kendall) for one in found.goes_with] == [
        ("size", MILLION, MILLION),
        ("far", -MILLION, -MILLION),
    ]
    assert [(one.name, one.count, one.mean_rank_ppm, one.winners) for one in found.by_size] == [
        ("1", 2, 7_500_000, 0),
        ("2", 2, 5_500_000, 0),
        ("3", 2, 3_500_000, 0),
        ("4", 2, 1_500_000, 2),
    ]
    assert [(one.name, one.mean_rank_ppm, one.winners) for one in found.by_zone] == [("w", 6_500_000, 0), ("e", 2_500_000, 2)]
    assert (found.mean_size, found.mean_size_winners) == (45, 75)


def test_counts_instead_of_shares_let_the_large_win():
    # The smallest has the best share; ten times as many people beat it by count.
    of = field([[900_000], [500_000], [400_000], [300_000], [300_000], [300_000], [300_000], [200_000]])
    found = fairness(contest([MILLION]), of, size=SIZE, zones=ZONES, places=1)
    assert score(contest([MILLION]), of).winners(1) == (0,)
    counts = {one.rule: one for one in found.others}["counts"]
    # 9, 10, 12, 12, 15, 18, 21, 16: the seventh.
    assert (counts.winners, counts.changed, counts.mean_size) == (1, 1, 70)
    assert by_counts(of, SIZE).values[:, 0].tolist()[:2] == [112_500, 125_000]


def test_classes_by_size_give_each_class_its_winners():
    of = field([[100_000 * one] for one in (1, 2, 3, 4, 5, 6, 7, 8)])
    found = fairness(contest([MILLION]), of, size=SIZE, zones=ZONES, places=5)
    classes = {one.rule: one for one in found.others}["size_classes"]
    # Best of each class, and the second of the smallest: rows 1, 0, 3, 5, 7 instead of 7, 6, 5, 4, 3.
    assert (classes.winners, classes.changed, classes.mean_size) == (5, 2, (20 + 10 + 40 + 60 + 80 + 2) // 5)
    # Inside its class the larger one is first here: 1 / sqrt(21).
    assert classes.with_size == 218_218


def test_equal_sizes_stand_in_one_class():
    assert size_classes(np.array([5, 5, 5, 9])).tolist() == [0, 0, 0, 3]
    assert size_classes(np.array([], np.int64)).tolist() == []


def test_progress_is_the_share_of_the_gap_that_closed():
    now = field([[700_000, 30], [MILLION, 10], [200_000, 80], [None, 5], [500_000, 5]], ["more", "less"])
    before = field([[400_000, 60], [MILLION, 0], [400_000, 40], [100, 5], [500_000, 5]], ["more", "less"])
    before = replace(before, keys=(*before.keys[:4], "other"))
    assert gap_closed(now, before).values.tolist() == [
        [500_000, 500_000],
        [MISSING, MISSING],
        [-333_333, -MILLION],
        [MISSING, 0],
        [MISSING, MISSING],
    ]


def test_by_progress_who_started_low_can_win():
    before = field([[800_000], [100_000], [500_000], [500_000]])
    now = field([[820_000], [500_000], [520_000], [500_000]])
    found = fairness(contest([MILLION]), now, size=SIZE[:4], zones=ZONES[:4], places=1, before=before)
    progress = {one.rule: one for one in found.others}["progress"]
    assert (progress.winners, progress.changed, progress.mean_size) == (1, 1, 20)


def test_the_figures_are_those_of_the_whole_field():
    random = np.random.default_rng(8)
    of, size = field(random.integers(0, MILLION, (90, 3)).tolist()), random.integers(10**4, 10**7, 90)
    category = contest(even(3), "percentile", "topsis")
    found, made = fairness(category, of, size=size, zones=["x"] * 90, places=6), score(category, of)
    assert found.goes_with[0].spearman == spearman(made.scores, size)
    assert found.goes_with[0].kendall == kendall(made.scores, size)
    assert sum(one.winners for one in found.by_size) == len(made.winners(6)) == found.by_zone[0].winners
    assert sum(one.count for one in found.by_size) == 90
