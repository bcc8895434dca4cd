"""How many of whom: whole people that add up to the published tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, PPM
from jamsostek.synth import assumptions as assumed
from jamsostek.synth import published
from jamsostek.synth.allocate import split, spread
from jamsostek.synth.names import names_of
from jamsostek.synth.plan import make_plan, segment_weights
from jamsostek.synth.wages import BINS, quantile_ppm, tables, wages

WEIGHTS = st.lists(st.integers(0, 10**7), min_size=1, max_size=40).filter(any)


@given(st.integers(0, 10**8), WEIGHTS)
def test_shares_add_up_and_are_within_one_of_the_proportion(total, weights):
    shares = split(total, weights)
    exact = np.array(weights) * (total / sum(weights))
    assert shares.sum() == total
    assert (abs(shares - exact) < 1 + 1e-6).all()
    assert (shares[np.array(weights) == 0] == 0).all()


@given(st.lists(st.integers(0, 10**5), min_size=1, max_size=12), WEIGHTS)
def test_a_table_keeps_both_margins(rows, weights):
    table = spread(rows, weights)
    assert (table >= 0).all()
    assert table.sum(axis=1).tolist() == rows
    assert table.sum(axis=0).tolist() == split(sum(rows), weights).tolist()


def test_the_published_tables_are_complete_and_sourced():
    assert sum(f.value for f in published.coverage("PU").values()) == 26_442_185
    assert sum(f.value for f in published.coverage("BPU").values()) == 9_395_802
    assert set(published.minimum_wages()) == set(published.labour_force()) == set(PROVINCES)
    assert set(published.coverage("PU")) == set(PROVINCES) - set(published.PARENTS)
    for figure in (*published.minimum_wages().values(), *published.national().values()):
        assert figure.source and figure.status in {"verified", "derived", "conflict", "seed"}
    assert sum(f.note.startswith("not found") for f in published.minimum_wages().values()) == 4


@pytest.mark.parametrize("workers", [1, 38, 100, 12_345, 41_117_987, 70_000_000, 154_000_000])
def test_every_size_adds_up_in_every_direction(workers):
    plan = make_plan(workers)
    assert plan.segments.sum() == workers
    assert plan.segments.sum(axis=0).tolist() == split(workers, segment_weights()).tolist()
    assert (plan.segments >= plan.women).all() and (plan.women >= 0).all()
    for place, code in enumerate(plan.codes):
        province = plan.provinces[code]
        assert province.who.min() >= 0
        assert province.segments.tolist() == plan.segments[place].tolist()
        assert province.who[:, 1].sum(axis=(1, 2)).tolist() == plan.women[place].tolist()
        for segment, work in enumerate(province.work):
            assert work.people.min() >= 0 and work.people.sum() == plan.segments[place, segment]


def test_at_full_size_the_plan_is_the_published_table_itself():
    plan = make_plan(int(segment_weights().sum()))
    assert plan.segments.sum(axis=0).tolist() == segment_weights().tolist()
    of = dict(zip(plan.codes, plan.segments.tolist(), strict=True))
    for segment, columns in (("PU", (assumed.PU, assumed.NON_ASN)), ("BPU", (assumed.BPU,))):
        for code, figure in published.coverage(segment).items():
            family = [code, *(child for child, parent in published.PARENTS.items() if parent == code)]
            assert sum(of[c][column] for c in family for column in columns) == figure.value
    force = published.labour_force()
    for code, women in zip(plan.codes, plan.women.sum(axis=1).tolist(), strict=True):
        exact = sum(of[code]) * force[code].women / (force[code].men + force[code].women)
        assert abs(women - exact) < 1


def test_a_parent_shares_with_its_new_provinces_by_formal_work():
    plan = make_plan(41_117_987)
    of = dict(zip(plan.codes, plan.segments.tolist(), strict=True))
    force = published.labour_force()
    family = (91, 93, 94, 95)
    formal = sum(force[c].formal for c in family)
    for code in family:
        exact = published.coverage("PU")[91].value * force[code].formal / formal
        assert abs(of[code][assumed.PU] + of[code][assumed.NON_ASN] - exact) < 1


def test_members_of_programmes_are_those_of_the_published_shares():
    plan = make_plan(41_117_987)
    pu = int(plan.segments[:, assumed.PU].sum())
    members = 25_004_000 - 4_300_000
    assert plan.scales[:, :2].sum() == pytest.approx(pu * 14_410_000 / members, abs=1)
    assert plan.scales[:, :3].sum() == pytest.approx(pu * (18_270_000 - 632_794) / members, abs=2)
    assert plan.jkp.sum() == pytest.approx(pu * 13_450_000 / members, abs=1)
    bpu = int(plan.segments[:, assumed.BPU].sum())
    assert plan.jht.sum() == pytest.approx(bpu * 632_794 / 9_190_000, abs=1)
    assert plan.payers[:, 2:4].sum() == pytest.approx(bpu * 2_900_000 / 8_990_000, abs=1)
    assert (plan.jkp <= plan.scales[:, :3].sum(axis=1)).all() and (plan.jht <= plan.payers[:, 0]).all()


def test_no_number_repeats_up_to_eighty_million():
    assert make_plan(80_000_000).repeated_niks == 0
    assert make_plan(154_000_000).repeated_niks > 0


def test_assumed_shares_are_whole():
    assert {sum(shares) for shares in assumed.AGE_SHARES} == {1_000}
    assert sum(assumed.RISK_SHARES) == sum(assumed.UNSUBSIDISED_PAYERS) == sum(assumed.CONTRACT_SHARES) == 1_000


def test_wages_rise_with_the_bits_and_stay_below_the_law_s_largest():
    bits = np.arange(0, 2**32, 9_973, dtype=np.int64)
    for number, model in enumerate(assumed.WAGE_MODELS):
        found = wages(np.full(len(bits), number), bits, 5_729_876)
        assert (np.diff(found) >= 0).all() and found.max() < MAX_MONTHLY_RUPIAH and found.min() > 0
        assert np.mean(found < 5_729_876) == pytest.approx(share_below(model), abs=1e-4)
        assert np.median(found) == pytest.approx(5_729_876 * quantile_ppm(model, 0.5) / PPM, rel=1e-4)


def share_below(model: assumed.WageModel) -> float:
    if not model.free:
        return model.below_4096 / BINS
    return float(np.mean([quantile_ppm(model, (i + 0.5) / 50_000) < PPM for i in range(50_000)]))


def test_only_small_and_micro_firms_pay_less_than_the_minimum():
    below = [model.below_4096 for model in assumed.WAGE_MODELS[:4]]
    assert below[:2] == [0, 0] and min(below[2:]) > 0
    scales = make_plan(1_000_000).scales.sum(axis=0)
    assert 0.02 < sum(b * n for b, n in zip(below, scales.tolist(), strict=True)) / BINS / scales.sum() < 0.06


def test_the_highest_wages_are_in_the_pareto_tail():
    whole, top = (t.reshape(-1, BINS + 1) for t in tables())
    assert (np.diff(whole) >= 0).all() and (np.diff(top) >= 0).all()
    assert (top[:, 0] == whole[:, BINS - 1]).all()
    # A Pareto tail: from 1 in 2^14 to 1 in 2^18 the wage grows by 16^(1/alpha).
    for number, model in enumerate(assumed.WAGE_MODELS):
        rare, rarer = (top[number, BINS - BINS // 2**k] for k in (2, 6))
        assert rarer / rare == pytest.approx(16 ** (1 / model.alpha), rel=1e-3)


def test_names_are_of_the_province_and_the_sex():
    for code in PROVINCES:
        names = names_of(code)
        assert len(names.draw) == 2 * 65_536 and len(set(names.values)) == len(names.values) > 500
        assert names.draw.min() == 0 and names.draw.max() == len(names.values) - 1
    bali = names_of(51)
    men, women = ({bali.values[i] for i in np.unique(half)} for half in (bali.draw[:65_536], bali.draw[65_536:]))
    assert any(name.startswith("I Wayan ") for name in men) and not any(name.startswith("Ni ") for name in men)
    assert any(name.startswith("Ni Luh ") for name in women) and not any(name.startswith("I ") for name in women)
    java = names_of(33)
    single = np.mean([" " not in java.values[i] for i in java.draw.tolist()])
    assert 0.3 < single < 0.45
