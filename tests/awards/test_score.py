"""The score of a contest, by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from jamsostek.awards.reading import read, samples
from jamsostek.awards.scoring import HALF, LARGEST, MILLION, MISSING, Field, said, score, screen
from jamsostek.awards.scoring.normal import median, normalise
from jamsostek.core.errors import InputError
from tests.awards.contests import contest, even, field


def normal(category, of):
    return normalise(category, of, category.criteria)[0].tolist()


def test_min_max_is_the_way_from_the_worst_to_the_best_rounded_half_up():
    found = normal(contest([MILLION]), field([[10], [40], [20], [13]]))
    assert found == [[0], [MILLION], [333_333], [100_000]]


def test_where_less_is_better_the_least_is_whole():
    found = normal(contest([MILLION]), field([[10], [40], [20]], ["less"]))
    assert found == [[MILLION], [0], [666_667]]


def test_percentile_counts_whom_one_passes_and_an_equal_as_half():
    found = normal(contest([MILLION], "percentile"), field([[5], [7], [7], [9], [1]]))
    assert found == [[250_000], [625_000], [625_000], [MILLION], [0]]


def test_z_is_fifty_and_ten_times_the_standard_deviations():
    # Mean 5, deviation (of all eight) 2: the textbook's 2, 4, 4, 4, 5, 5, 7, 9.
    found = normal(contest([MILLION], "z"), field([[2], [4], [4], [4], [5], [5], [7], [9]]))
    assert [one[0] for one in found] == [350_000, 450_000, 450_000, 450_000, 500_000, 500_000, 600_000, 700_000]


def test_z_below_the_mean_stays_above_zero_and_is_cut_at_five_deviations():
    found = normal(contest([MILLION], "z"), field([[0]] * 99 + [[-LARGEST]]))
    # One of a hundred far away: 9.95 deviations.
    assert found[-1] == [0]
    assert found[0] == [510_050]


def test_z_of_the_largest_measures_is_exact():
    values = [LARGEST, -LARGEST, LARGEST - 1, 7]
    mean = Fraction(sum(values), 4)
    variance = sum((one - mean) ** 2 for one in values) / 4
    wanted = [round(500_000 + 100_000 * float(one - mean) / float(variance) ** 0.5) for one in values]
    assert [one[0] for one in normal(contest([MILLION], "z"), field([[one] for one in values]))] == wanted


def test_a_benchmark_is_reached_at_most_whole():
    category = contest(even(2), "benchmark", benchmarks=[100_000, MILLION])
    found = normal(category, field([[50_000, 2_000_000], [100_000, 500_000], [900_000, 0], [-5, MILLION]], ["more", "less"]))
    assert found == [[500_000, 500_000], [MILLION, MILLION], [MILLION, MILLION], [0, MILLION]]


def test_a_judged_criterion_without_a_benchmark_is_measured_against_full_marks():
    assert normal(contest([MILLION], "benchmark", benchmarks=[None]), field([[730_000]])) == [[730_000]]


@pytest.mark.parametrize("how", ["min_max", "z", "percentile"])
@pytest.mark.parametrize("rows", [[[7]], [[7], [7], [7]]])
def test_what_tells_nobody_apart_is_half_for_all(how, rows):
    assert normal(contest([MILLION], how), field(rows)) == [[HALF]] * len(rows)


def test_a_missing_measure_is_zero_the_median_or_left_out():
    rows = [[0, 10], [50, 20], [100, 40], [None, 40], [80, 0]]
    weights = [600_000, 400_000]
    assert normal(contest(weights, missing="zero"), field(rows))[3] == [0, MILLION]
    # Of 0, 500000, 1000000, 800000: half way between the two in the middle.
    assert normal(contest(weights, missing="median"), field(rows))[3] == [650_000, MILLION]
    left = score(contest(weights, missing="leave_out"), field(rows))
    assert left.normal[3].tolist() == [MISSING, MILLION]
    assert (left.scores[3], left.parts[3].tolist()) == (MILLION, [0, MILLION])


def test_zero_for_a_missing_measure_is_the_worst_also_where_less_is_better():
    assert normal(contest(even(2)), field([[1, 5], [9, 6], [None, 7]], ["less", "more"]))[2][0] == 0


def test_the_median_between_two_is_rounded_half_up_and_half_of_nothing():
    assert median(np.array([3, 0, 1, 4])) == 2
    assert median(np.array([0, 1])) == 1
    assert median(np.array([], np.int64)) == HALF


@pytest.mark.parametrize("missing", ["zero", "median", "leave_out"])
@pytest.mark.parametrize("how", ["weighted_sum", "topsis", "geometric"])
def test_who_has_no_measure_at_all_has_no_score_and_is_not_honoured(missing, how):
    found = score(contest(even(2), aggregate=how, missing=missing), field([[1, 2], [None, None], [3, 4], [2, 9]]))
    assert (found.scores[1], found.honoured[1], found.why[1]) == (0, False, ("nothing_measured",))
    assert found.ranks[1] >= 3


def test_the_weighted_sum_is_rounded_once_and_its_parts_add_up_to_it():
    found = score(contest([333_333, 333_333, 333_334]), field([[0, 0, 0], [1, 1, 1], [3, 3, 3]]))
    assert found.normal[1].tolist() == [333_333] * 3
    assert found.scores.tolist() == [0, 333_333, MILLION]
    assert found.parts.tolist()[1] == [111_111, 111_111, 111_111]
    assert found.parts.sum(axis=1).tolist() == found.scores.tolist()


def test_what_is_left_over_goes_to_the_largest_remainder():
    # 0.333334 x 500001 = 166667.333 and 0.666666 x 1 = 0.667: 166668.0 together.
    found = score(contest([333_334, 666_666], "benchmark"), field([[500_001, 1]]))
    assert found.scores.tolist() == [166_668]
    assert found.parts.tolist() == [[166_667, 1]]


def test_topsis_by_hand():
    # Weights 3:1. Normal (1, 0), (0, 1), (0.5, 0.5): distances to best 1, 3, sqrt(2.25 + 0.25); to worst 3, 1, the same.
    found = score(contest([750_000, 250_000], aggregate="topsis"), field([[10, 0], [0, 10], [5, 5]]))
    assert found.scores.tolist() == [750_000, 250_000, 500_000]
    assert found.ranks.tolist() == [1, 3, 2]


def test_topsis_of_an_only_competitor_is_half():
    assert score(contest(even(3), aggregate="topsis"), field([[1, 2, 3]])).scores.tolist() == [HALF]


def test_the_geometric_mean_by_hand():
    category = contest([500_000, 500_000], "benchmark", "geometric")
    found = score(category, field([[250_000, MILLION], [640_000, 250_000], [0, MILLION], [MILLION, MILLION], [1, 1]]))
    assert found.scores.tolist() == [500_000, 400_000, 0, MILLION, 1]


def test_the_geometric_mean_leaves_out_what_is_missing():
    category = contest([500_000, 300_000, 200_000], "benchmark", "geometric", "leave_out")
    found = score(category, field([[None, 810_000, 810_000], [0, None, 810_000]]))
    assert found.scores.tolist() == [810_000, 0]


def test_equal_scores_share_a_rank_and_the_next_one_is_skipped():
    found = score(contest(even(2)), field([[4, 0], [0, 4], [4, 4], [0, 0], [4, 0]]))
    assert found.ranks.tolist() == [2, 2, 1, 5, 2]
    assert found.tied == ((0, 1, 4),)
    assert set(found.separated) == {""}
    assert found.order() == [2, 0, 1, 4, 3]


def test_tie_breaks_decide_in_their_order_on_the_measure_itself():
    # All 500000 by score; b tells all apart but the second and the third, and those are equal on a as well.
    category = contest([500_000, 500_000], tie_breaks=["b", "a"])
    of = field([[0, 10, 1], [10, 0, 1], [10, 0, 1], [5, 5, 1]])
    found = score(category, of)
    assert found.scores.tolist() == [HALF] * 4
    assert found.ranks.tolist() == [1, 3, 3, 2]
    assert found.separated == ("", "b", "b", "b")
    assert found.tied == ((1, 2),)


def test_a_later_tie_break_decides_where_the_first_cannot_and_less_is_better_where_it_is():
    category = contest([500_000, 500_000, 0], tie_breaks=["a", "c"])
    found = score(category, field([[3, 3, 8], [3, 3, 2], [3, 3, None]], ["more", "more", "less"]))
    assert found.ranks.tolist() == [2, 1, 3]
    assert found.separated == ("c", "", "c")


def test_ties_at_the_last_place_are_all_winners():
    found = score(contest([MILLION]), field([[9], [7], [5], [5], [5], [1]]))
    assert found.winners(3) == (0, 1, 2, 3, 4)
    assert found.winners(2) == (0, 1)


def test_who_is_not_honoured_keeps_the_rank_and_gives_up_the_place():
    found = score(contest(even(2), leasts=[0, 300_000]), field([[9, 1], [6, 5], [5, 10], [0, 0]]))
    # Normal: (1, .1), (.667, .5), (.556, 1), (0, 0).
    assert found.ranks.tolist() == [3, 2, 1, 4]
    assert found.honoured.tolist() == [False, True, True, False]
    assert found.why == (("least:b",), (), (), ("least:b",))
    assert found.places().tolist() == [0, 2, 1, 0]
    assert found.winners(3) == (2, 1)


def test_a_least_that_cannot_be_computed_bars_where_the_measure_is_left_out():
    rows = [[9, None], [6, 5], [5, 9]]
    found = score(contest(even(2), missing="leave_out", leasts=[0, 1]), field(rows))
    assert found.why[0] == ("missing:b",)
    assert score(contest(even(2), missing="median", leasts=[0, 1]), field(rows)).why[0] == ()


def test_the_least_score_bars_those_below_it():
    found = score(contest([MILLION], least=500_000), field([[10], [5], [4], [0]]))
    assert found.why == ((), (), ("least_score",), ("least_score",))


def test_reasons_are_said_with_the_criterion_in_both_languages():
    edition = read(samples()["peragaan-2026"])
    assert said("least:firm_workers", edition.criteria) == "Di bawah nilai terendah ukuran: Semua pekerja"
    assert said("nothing_measured", edition.criteria)


def test_before_juries_have_marked_the_criteria_there_are_share_all():
    category = contest([500_000, 300_000, 200_000], tie_breaks=["c", "a"])
    of = field([[0, 6], [10, 0], [5, 10]])
    early = screen(category, of)
    assert early.criteria == ("a", "b")
    # Normal (0, .6), (1, 0), (.5, 1) with weights 5:3 of 8.
    assert early.scores.tolist() == [225_000, 625_000, 687_500]
    assert early.parts.sum(axis=1).tolist() == early.scores.tolist()


def test_a_criterion_that_the_data_lack_is_refused_by_name():
    with pytest.raises(InputError, match="Ukuran c tidak ada"):
        score(contest(even(3)), field([[1, 2]]))
    with pytest.raises(InputError):
        screen(contest(even(1)), Field(("x",), ("other",), np.array([[1]]), ("more",)))


def test_a_contest_without_competitors_has_no_ranks():
    for how in ("weighted_sum", "topsis", "geometric"):
        found = score(contest(even(2), aggregate=how), field([], ["more", "more"]))
        assert (len(found), found.tied, found.winners(3), found.order()) == (0, (), (), [])


@pytest.mark.parametrize(
    ("keys", "values", "better"),
    [
        (("x",), [[1], [2]], ("more",)),
        (("x", "x"), [[1], [2]], ("more",)),
        (("x",), [[LARGEST + 1]], ("more",)),
        (("x",), [[-LARGEST - 1]], ("more",)),
        (("x",), [[1]], ("most",)),
    ],
)
def test_a_field_that_does_not_fit_is_refused(keys, values, better):
    with pytest.raises(ValueError, match=r"."):
        Field(keys, ("a",), np.array(values, np.int64), better)


def test_every_category_of_the_sample_scores():
    edition = read(samples()["peragaan-2026"])
    random = np.random.default_rng(3)
    for category in edition.categories.values():
        criteria = tuple(one.criterion for one in category.criteria)
        values = random.integers(0, MILLION, (40, len(criteria)))
        values[random.random(values.shape) < 0.1] = MISSING
        of = Field(tuple(map(str, range(40))), criteria, values, tuple(edition.criteria[one].better for one in criteria))
        found = score(category, of)
        assert 0 <= found.scores.min() <= found.scores.max() <= MILLION
        assert found.ranks.min() == 1
        assert all(bool(why) != may for why, may in zip(found.why, found.honoured, strict=True))
