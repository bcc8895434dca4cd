"""The score beside pymcdm, written by others: TOPSIS, weighted sum, min-max, rank correlations. It computes in doubles."""

from __future__ import annotations

import numpy as np
import pymcdm.correlations
import pymcdm.methods
import pymcdm.normalizations
import pytest

from jamsostek.awards.scoring import MILLION, score
from jamsostek.awards.scoring.logs import log2
from jamsostek.awards.scoring.normal import normalise
from jamsostek.awards.scoring.statistics import doubled_ranks, kendall, kendalls_w, over_root, pearson, spearman
from jamsostek.awards.scoring.weights import to_million
from tests.awards.contests import contest, field

SEEDS = range(12)


def made(seed, count=60, width=7):
    random = np.random.default_rng(seed)
    weights = to_million(random.integers(1, 100, (1, width)))[0]
    values = random.integers(0, 10 ** random.integers(1, 13), (count, width))
    types = random.choice([-1, 1], width)
    of = field(values.tolist(), ["more" if one > 0 else "less" for one in types])
    return weights.tolist(), of, types


@pytest.mark.parametrize("seed", SEEDS)
def test_min_max_agrees(seed):
    weights, of, types = made(seed)
    ours = normalise(contest(weights), of, contest(weights).criteria)[0]
    theirs = np.stack(
        [
            pymcdm.normalizations.minmax_normalization(of.values[:, at].astype(float), cost=types[at] < 0)
            for at in range(len(types))
        ],
        axis=1,
    )
    assert np.abs(ours - theirs * MILLION).max() <= 0.501


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("how", "peer"), [("topsis", "TOPSIS"), ("weighted_sum", "WSM"), ("geometric", "WPM")])
def test_scores_and_ranks_agree(seed, how, peer):
    weights, of, types = made(seed)
    found = score(contest(weights, aggregate=how), of)
    # The peer starts from our whole ppm, so that only the way to add up is compared; the rounding of measures is tested above.
    matrix = found.normal.astype(float)
    method = getattr(pymcdm.methods, peer)
    theirs = (
        method(normalization_function=pymcdm.normalizations.minmax_normalization) if peer == "TOPSIS"
        else method(normalization_function=lambda values, cost=False: values / MILLION)
    )(matrix, np.array(weights) / MILLION, np.ones(len(types)))  # fmt: skip
    assert np.abs(found.scores - theirs * MILLION).max() <= 0.51
    ranks = [1 + int((np.round(theirs * MILLION) > one).sum()) for one in np.round(theirs * MILLION)]
    assert found.ranks.tolist() == ranks


@pytest.mark.parametrize("seed", SEEDS)
def test_topsis_agrees_from_the_measures_themselves(seed):
    weights, of, types = made(seed)
    found = score(contest(weights, aggregate="topsis"), of)
    peer = pymcdm.methods.TOPSIS(normalization_function=pymcdm.normalizations.minmax_normalization)
    theirs = peer(of.values.astype(float), np.array(weights) / MILLION, types)
    assert np.abs(found.scores - theirs * MILLION).max() <= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_z_agrees_with_the_mean_and_deviation_of_numpy(seed):
    weights, of, _types = made(seed)
    of = field((of.values // 10**4).tolist())
    ours = normalise(contest(weights, "z"), of, contest(weights).criteria)[0]
    values = of.values.astype(float)
    deviation = values.std(axis=0)
    theirs = 500_000 + 100_000 * (values - values.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    assert np.abs(ours - theirs).max() <= 0.51


@pytest.mark.parametrize("seed", SEEDS)
def test_rank_correlations_agree(seed):
    random = np.random.default_rng(seed)
    one, other = random.permutation(40), random.permutation(40)
    assert abs(spearman(one, other) - pymcdm.correlations.spearman(one, other) * MILLION) <= 0.51
    assert abs(kendall(one, other) - pymcdm.correlations.kendall_tau(one, other) * MILLION) <= 0.51
    # Its Spearman is the correlation of what it is given: with equals, mid-ranks.
    tied, others = random.integers(0, 6, 40), random.integers(0, 9, 40)
    ranks = doubled_ranks(tied) / 2, doubled_ranks(others) / 2
    assert abs(spearman(tied, others) - pymcdm.correlations.spearman(*ranks) * MILLION) <= 0.51
    assert abs(pearson(tied, others) - pymcdm.correlations.pearson(tied, others) * MILLION) <= 0.51


def test_tau_b_with_ties_by_hand():
    # Pairs of (1,1) (2,1) (2,2) (3,2): 4 in order, 0 against, 1 tied on a, 2 tied on b, of 6: 4 - 0 over sqrt(5 x 4).
    assert kendall(np.array([1, 2, 2, 3]), np.array([1, 1, 2, 2])) == 670_820
    assert kendall(np.array([1, 2, 2, 3]), np.array([2, 2, 1, 1])) == -670_820


def test_statistics_that_do_not_exist_are_none():
    same, other = np.array([3, 3, 3]), np.array([1, 2, 3])
    assert spearman(same, other) is None
    assert kendall(other, same) is None
    assert kendalls_w([same, same]) is None
    assert kendalls_w([other]) is None
    with pytest.raises(ValueError, match="20000"):
        kendall(np.arange(20_001), np.arange(20_001))


def test_kendalls_w_follows_from_the_mean_spearman_of_all_pairs_where_there_are_no_ties():
    assert kendalls_w([np.array([1, 2, 3, 4]), np.array([10, 20, 30, 40])]) == MILLION
    for seed in SEEDS:
        judges = [np.random.default_rng(seed * 10 + at).permutation(8) for at in range(4)]
        pairs = [pymcdm.correlations.spearman(judges[a], judges[b]) for a in range(4) for b in range(a)]
        assert abs(kendalls_w(judges) - (1 + 3 * np.mean(pairs)) / 4 * MILLION) <= 1


def test_kendalls_w_with_ties_by_hand():
    # Ranks 1,2,3 and 1.5,1.5,3: sums 2.5, 3.5, 6; S = 6.5; ties 6: 12 x 6.5 / (4 x 24 - 2 x 6).
    assert kendalls_w([np.array([1, 2, 3]), np.array([5, 5, 9])]) == 928_571


def test_a_root_is_rounded_once():
    assert over_root(1, 2) == 707_107
    assert over_root(-1, 2) == -707_107
    assert over_root(1, 0) is None


def test_logarithms_agree_with_a_correctly_rounded_library():
    from decimal import Decimal, localcontext

    values = np.unique(np.concatenate([np.arange(1, 60), np.random.default_rng(1).integers(1, 2_000_000, 300)]))
    with localcontext() as context:
        context.prec = 40
        exact = [Decimal(int(one)).ln() / Decimal(2).ln() * 2**32 for one in values]
    away = [Decimal(int(found)) - one for found, one in zip(log2(values), exact, strict=True)]
    assert max(away) <= 0
    assert min(away) > -8
