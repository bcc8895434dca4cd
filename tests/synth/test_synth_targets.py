"""The comparison read off the plan is the one counted in the files, and weighted it adds up to the labour force."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from jamsostek.core.regions import PROVINCES
from jamsostek.synth import assumptions as assumed
from jamsostek.synth import published, synth
from jamsostek.synth.measure import Counts, count_nation
from jamsostek.synth.plan import make_plan
from jamsostek.synth.planned import planned_counts
from jamsostek.synth.report import SynthReport, compare
from jamsostek.synth.weights import TOLERANCE_PERSONS, weights

WORKERS = 30_000


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> tuple[SynthReport, dict[int, Counts]]:
    out: Path = tmp_path_factory.mktemp("nation")
    report = synth(out, WORKERS, 7, threads=2)
    minimum = {code: figure.value for code, figure in published.minimum_wages().items()}
    return report, count_nation(out, minimum)


def test_the_plan_tells_what_the_files_hold(counted):
    found, planned = counted[1], planned_counts(make_plan(WORKERS))
    assert set(found) == set(planned) == set(PROVINCES)
    for code, one in planned.items():
        for field in dataclasses.fields(one):
            if field.name != "wage":  # drawn by chance
                assert (getattr(one, field.name) == getattr(found[code], field.name)).all(), (code, field.name)
        assert abs(one.wage.sum() - found[code].wage.sum()) <= 5, "each class is rounded by itself"


def test_the_page_s_table_is_the_report_s(counted):
    read = compare(make_plan(WORKERS), planned_counts(make_plan(WORKERS)), 0)
    assert read.exact and counted[0].exact
    for left, right in zip((*read.marginals, *read.weighted), (*counted[0].marginals, *counted[0].weighted), strict=True):
        assert (left.key, left.basis, left.source, len(left.lines)) == (right.key, right.basis, right.source, len(right.lines))
        if not left.by_chance:
            assert left.lines == right.lines, left.key


def test_weighted_people_are_the_labour_force_by_province_sex_and_formal_work(counted):
    sexes, kinds = counted[0].weighted
    assert (sexes.key, kinds.key) == ("labour_force", "formal_share")
    force = published.labour_force()
    printed = [count for code in PROVINCES for count in (force[code].men, force[code].women)]
    assert [line.target for line in sexes.lines] == printed and sum(printed) == 154_004_718
    assert max(abs(line.found - count) for line, count in zip(sexes.lines, printed, strict=True)) < TOLERANCE_PERSONS
    for place, code in enumerate(PROVINCES):
        formal, informal = (line.found for line in kinds.lines[2 * place : 2 * place + 2])
        share = force[code].formal / force[code].employed
        assert abs(formal - share * (formal + informal)) < TOLERANCE_PERSONS, code


def test_weights_are_of_everybody_positive_and_keep_the_nation_s_own_mixture():
    plan = make_plan(1_000_000)
    for code, one in plan.provinces.items():
        found = weights(one.who.sum(axis=(2, 3)), code)
        assert found is not None and (found > 0).all()
        odds = found[0, 0] * found[1, 1] / found[0, 1] / found[1, 0]
        assert odds == pytest.approx(1, abs=1e-6), "fitting to margins never changes the odds ratio"


def test_a_nation_too_small_for_weights_has_none_and_a_wrong_one_deviates(counted):
    small = make_plan(500)
    assert compare(small, planned_counts(small), 0).weighted == ()
    wrong = {code: dataclasses.replace(one, segment_sex=one.segment_sex.copy()) for code, one in counted[1].items()}
    wrong[35].segment_sex[assumed.BPU] = wrong[35].segment_sex[assumed.BPU][::-1].copy()  # men and women of East Java exchanged
    sexes, kinds = compare(make_plan(WORKERS), wrong, 7).weighted
    assert sexes.deviation > 10_000 and PROVINCES[35].name in sexes.worst.label
    assert np.any([line.deviation for line in kinds.lines])
