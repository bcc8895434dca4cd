"""What must hold of every contest, whatever its measures and its arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek.awards.choices import AGGREGATIONS, NORMALISATIONS
from jamsostek.awards.choices import MISSING as MISSING_WAYS
from jamsostek.awards.scoring import LARGEST, MILLION, MISSING, Field, score
from jamsostek.awards.scoring.logs import from_logs, log2, logs
from jamsostek.awards.scoring.normal import normalise
from jamsostek.awards.scoring.weights import drawn, to_million
from tests.awards.contests import NAMES, contest

MEASURES = st.one_of(st.integers(0, 12), st.integers(0, MILLION), st.integers(-LARGEST, LARGEST))


@st.composite
def weights(draw, count):
    parts = draw(st.lists(st.integers(1, 1000), min_size=count, max_size=count))
    return to_million(np.array([parts], np.int64))[0].tolist()


@st.composite
def contests(draw, missing=True, normalise=tuple(NORMALISATIONS), most=7):
    """A category, and a field for it."""
    width, count = draw(st.integers(1, 4)), draw(st.integers(1, most))
    cell = st.one_of(MEASURES, st.just(MISSING)) if missing else MEASURES
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=count, max_size=count))
    how = draw(st.sampled_from(normalise))
    category = contest(
        draw(weights(width)), how, draw(st.sampled_from(list(AGGREGATIONS))), draw(st.sampled_from(list(MISSING_WAYS))),
        least=draw(st.sampled_from([0, 400_000])),
        leasts=draw(st.lists(st.sampled_from([0, 300_000]), min_size=width, max_size=width)),
        benchmarks=[draw(st.integers(1, LARGEST)) if how == "benchmark" else None for _each in range(width)],
        tie_breaks=draw(st.permutations(NAMES[:width]))[: draw(st.integers(0, width))],
    )  # fmt: skip
    better = tuple(draw(st.lists(st.sampled_from(["more", "less"]), min_size=width, max_size=width)))
    return category, Field(tuple(f"s{at}" for at in range(count)), tuple(NAMES[:width]), np.array(rows, np.int64), better)


@given(contests())
def test_scores_stay_between_nothing_and_whole_and_parts_add_up(made):
    category, of = made
    found = score(category, of)
    assert ((found.scores >= 0) & (found.scores <= MILLION)).all()
    counted = found.normal != MISSING
    assert ((found.normal[counted] >= 0) & (found.normal[counted] <= MILLION)).all()
    whole = np.maximum(np.where(counted, found.weights, 0).sum(axis=1), 1)
    product = (np.where(counted, found.normal, 0) * found.weights).sum(axis=1)
    assert (found.parts.sum(axis=1) == (2 * product + whole) // (2 * whole)).all()
    assert (found.parts >= 0).all()
    if category.aggregate == "weighted_sum":
        assert (found.parts.sum(axis=1) == found.scores).all()


@given(contests())
def test_a_rank_is_one_more_than_how_many_stand_ahead(made):
    category, of = made
    found = score(category, of)
    turned = [of.column(name) for name in category.tie_breaks]
    keys = [
        (int(found.scores[row]), *(int(values[row]) if known[row] else MISSING for values, known in turned))
        for row in range(len(of))
    ]
    assert found.ranks.tolist() == [1 + sum(other > key for other in keys) for key in keys]
    for row, name in enumerate(found.separated):
        assert (name == "") == (not any(other > keys[row] and other[0] == keys[row][0] for other in keys))
    groups = {frozenset(at for at, other in enumerate(keys) if other == key) for key in keys}
    assert {frozenset(group) for group in found.tied} == {group for group in groups if len(group) > 1}


@given(contests(), st.randoms())
def test_the_order_of_rows_changes_nothing(made, random):
    category, of = made
    order = list(range(len(of)))
    random.shuffle(order)
    one, other = score(category, of), score(category, of.only(np.array(order)))
    for name in ("scores", "ranks", "normal", "parts", "honoured"):
        assert (getattr(one, name)[order] == getattr(other, name)).all()
    assert [one.why[at] for at in order] == list(other.why)
    assert [one.separated[at] for at in order] == list(other.separated)
    assert [one.keys[at] for at in one.order()] == [other.keys[at] for at in other.order()]


@given(contests(normalise=("min_max",)), st.integers(1, 10**6))
def test_min_max_knows_no_scale(made, factor):
    category, of = made
    small = Field(of.keys, of.criteria, np.where(of.values == MISSING, MISSING, of.values // 10**6), of.better)
    large = replace(small, values=np.where(small.values == MISSING, MISSING, small.values * factor))
    assert (normalise(category, small, category.criteria)[0] == normalise(category, large, category.criteria)[0]).all()


@settings(max_examples=300)
@given(contests(), st.data())
def test_a_better_measure_never_lowers_the_own_score(made, data):
    category, of = made
    row = data.draw(st.integers(0, len(of) - 1))
    at = data.draw(st.integers(0, len(of.criteria) - 1))
    before = int(of.values[row, at])
    if before == MISSING:
        return
    step = data.draw(st.one_of(st.integers(1, 5), st.integers(1, LARGEST)))
    after = min(LARGEST, before + step) if of.better[at] == "more" else max(-LARGEST, before - step)
    values = of.values.copy()
    values[row, at] = after
    one, other = score(category, of), score(category, replace(of, values=values))
    assert other.normal[row, at] >= one.normal[row, at]
    assert other.scores[row] >= one.scores[row]


@given(contests())
def test_the_same_for_all_on_top_changes_no_order_of_a_weighted_sum(made):
    category, of = made
    category = replace(category, aggregate="weighted_sum", normalise="min_max", missing="zero")
    moved = replace(of, values=np.where(of.values == MISSING, MISSING, of.values // 2 + 12_345))
    still = replace(of, values=np.where(of.values == MISSING, MISSING, of.values // 2))
    assert (score(category, still).scores == score(category, moved).scores).all()


@given(st.lists(st.integers(0, MILLION), min_size=1, max_size=50))
def test_a_share_comes_back_from_its_logarithm(shares):
    ppm = np.array(shares, np.int64)
    assert (from_logs(logs(ppm)) == ppm).all()


@given(st.lists(st.integers(1, 2**32 - 1), min_size=2, max_size=50))
def test_logarithms_are_monotone_and_within_two_to_the_minus_29(values):
    found = log2(np.array(sorted(values), np.int64))
    assert (np.diff(found) >= 0).all()
    exact = np.log2(np.array(sorted(values), np.float64)) * 2.0**32
    assert np.abs(found - exact).max() < 8


@given(weights(5), st.integers(1, 50), st.integers(0, 2**63), st.integers(0, MILLION))
def test_drawn_weights_are_a_million_together_and_stay_inside_the_spread(base, draws, seed, spread):
    made = drawn(np.array(base), draws, seed, spread)
    assert made.shape == (draws, 5)
    assert (made.sum(axis=1) == MILLION).all()
    assert (made >= 0).all()
    if spread == 0:
        assert (made == base).all()
    # Before all are brought to a million each stays within the spread; afterwards within the ratio of two extremes.
    low, high = MILLION - spread, MILLION + spread
    assert (made * high + high >= np.array(base) * low - high).all()
    assert (drawn(np.array(base), draws, seed, spread) == made).all()
