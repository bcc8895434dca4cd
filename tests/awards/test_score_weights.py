"""How much of a ranking is the weights, and which criterion decides."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from jamsostek.awards.scoring import MILLION, decides, score, sensitivity
from jamsostek.awards.scoring.weights import GENERATOR, drawn
from jamsostek.core.errors import InputError
from tests.awards.contests import contest, even, field

# The first is best at everything; the next two trade a for b almost evenly; the last is worst at everything.
ROWS = [[100, 100, 100], [60, 40, 50], [40, 61, 50], [0, 0, 0]]


def test_the_same_seed_gives_the_same_weights_from_the_raw_words_of_the_generator():
    assert GENERATOR == "PCG64"
    words = [int(word) >> 44 for word in np.random.PCG64(1).random_raw(6)]
    for made, pair in zip(drawn(np.array([600_000, 400_000]), 3, 1, 500_000).tolist(), batched(words), strict=True):
        # A spread of a half: factors from 0.5 to 1.5.
        moved = [
            base * (Fraction(1, 2) + Fraction(2 * word + 1, 2**21)) for base, word in zip((600_000, 400_000), pair, strict=True)
        ]
        assert all(abs(one - exact * MILLION / sum(moved)) < 1 for one, exact in zip(made, moved, strict=True))
    assert drawn(np.array([600_000, 400_000]), 1, 1, 500_000).tolist() == [[511331, 488669]]


def batched(words: list[int]) -> list[list[int]]:
    return [words[at : at + 2] for at in range(0, len(words), 2)]


def test_who_is_best_at_everything_stays_first_and_close_ones_are_tied_in_truth():
    found = sensitivity(contest(even(3)), field(ROWS), places=1, draws=2_000, seed=3)
    assert found.survives[0] == found.first[0] == found.honoured[0] == MILLION
    assert found.survives[3] == MILLION
    assert (found.low.tolist(), found.high.tolist()) == ([1, 2, 2, 4], [1, 3, 3, 4])
    assert 300_000 < found.survives[1] < 700_000
    assert found.honoured[1:].tolist() == [0, 0, 0]
    assert found.bands == (tuple(found.order[1:3]),)
    assert found.holds[0] == found.holds[2] == MILLION


def test_without_a_spread_every_rank_survives_every_draw():
    found = sensitivity(contest(even(3)), field(ROWS), places=2, draws=50, spread_ppm=0)
    assert found.survives.tolist() == [MILLION] * 4
    assert found.bands == ()
    assert (found.low == found.high).all()


def test_those_who_share_a_rank_are_tied_in_truth_as_well():
    found = sensitivity(contest(even(2)), field([[9, 9], [5, 5], [5, 5], [0, 0]]), places=2, draws=100)
    assert found.bands == ((1, 2),)
    assert found.honoured.tolist() == [MILLION, MILLION, MILLION, 0]


def test_a_chain_of_close_neighbours_does_not_tie_the_first_with_the_last():
    # Each trades a little of a for a little less of b: neighbours are close, the ends are not.
    rows = [[100 - 3 * at, 2 * at + (at % 2)] for at in range(20)]
    category, of = contest([550_000, 450_000]), field(rows)
    found = sensitivity(category, of, places=1, draws=1_000, spread_ppm=150_000)
    assert (found.holds < 950_000).sum() >= 10
    assert found.bands
    ranks = np.array(
        [score(contest(one.tolist()), of).ranks for one in drawn(np.array([550_000, 450_000]), 1_000, 2026, 150_000)]
    )
    for band in found.bands:
        assert all((ranks[:, band[0]] < ranks[:, row]).mean() < 0.95 for row in band[1:])
        assert all((ranks[:, one] < ranks[:, other]).mean() < 0.95 for one, other in pairwise(band))
    joined = {pair for band in found.bands for pair in pairwise(band)}
    for at, pair in enumerate(pairwise(found.order)):
        assert pair in joined or found.holds[at] >= 950_000 or any(band[-1] == pair[0] for band in found.bands)
    assert max(len(band) for band in found.bands) < 20


def test_shares_agree_with_scoring_every_draw_by_itself():
    category = contest(even(3), "percentile", "topsis", "leave_out", least=450_000, leasts=[0, 0, 100_000], tie_breaks=["b"])
    random = np.random.default_rng(2)
    rows = random.integers(0, 30, (9, 3)).tolist()
    rows[4][2] = None
    of, draws = field(rows), 120
    found = sensitivity(category, of, places=3, draws=draws, seed=9)
    base = score(category, of)
    survived, first, honoured = np.zeros(9, int), np.zeros(9, int), np.zeros(9, int)
    for weights in drawn(base.weights, draws, 9, found.spread_ppm):
        made = score(contest(weights.tolist(), "percentile", "topsis", "leave_out", least=450_000, leasts=[0, 0, 100_000],
                             tie_breaks=["b"]), of)  # fmt: skip
        survived += made.ranks == base.ranks
        first += made.places() == 1
        honoured[list(made.winners(3))] += 1
    for ours, counted in ((found.survives, survived), (found.first, first), (found.honoured, honoured)):
        assert ours.tolist() == [(2 * MILLION * one + draws) // (2 * draws) for one in counted.tolist()]


def test_intervals_are_nearest_ranks():
    of = field(np.random.default_rng(4).integers(0, 1000, (12, 4)).tolist())
    category, draws = contest(even(4)), 137
    found = sensitivity(category, of, places=3, draws=draws, seed=11)
    ranks = np.array([score(contest(one.tolist()), of).ranks for one in drawn(np.array(even(4)), draws, 11, found.spread_ppm)])
    ranks.sort(axis=0)
    assert found.low.tolist() == ranks[7 - 1].tolist()  # 6.85 of 137
    assert found.high.tolist() == ranks[131 - 1].tolist()  # 130.15


def test_too_many_draws_for_memory_are_refused_with_how_many_there_may_be():
    with pytest.raises(InputError, match="Paling banyak 25000000 undian"):
        sensitivity(contest(even(3)), field(ROWS), places=1, draws=25_000_001)


def test_the_criterion_that_decides_is_the_one_without_which_the_order_turns():
    # s0 leads by c alone; without a or b it stays ahead.
    found = decides(contest(even(3)), field([[50, 50, 100], [60, 60, 60], [0, 0, 0], [90, 90, 0]]))
    pairs = {(one.ahead, one.behind): one for one in found}
    assert [one.ahead for one in found] == [0, 3, 1]
    assert (pairs[0, 3].how, pairs[0, 3].criterion, pairs[0, 3].turned) == ("criterion", "c", ("c",))
    assert pairs[3, 1].how == "criterion"
    assert set(pairs[3, 1].turned) == {"a", "b"}


def test_who_leads_everywhere_leads_broadly_and_the_largest_part_is_told():
    (only,) = decides(contest(even(2), "benchmark"), field([[500_000, 900_000], [400_000, 100_000]]))
    assert (only.how, only.criterion, only.turned, only.lead_ppm) == ("broad", "b", (), 450_000)


def test_equal_scores_are_told_apart_by_the_tie_break_or_not_at_all():
    found = decides(contest(even(2), tie_breaks=["b"]), field([[9, 0], [0, 9], [9, 0]]))
    assert [(one.ahead, one.behind, one.how, one.criterion) for one in found] == [
        (1, 0, "tie_break", "b"),
        (0, 2, "shared", ""),
    ]


def test_a_contest_of_one_criterion_is_decided_by_it():
    (only,) = decides(contest([MILLION]), field([[9], [1]]))
    assert (only.how, only.turned) == ("criterion", ("a",))
