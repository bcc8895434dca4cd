"""The real past: what five articles said can be read off, parts add up to their wholes, and disagreement is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from jamsostek.core.regions import province, regency
from jamsostek.coverage.published import NATION, PERIODS, SERIES, STATUSES, Figure, conflicts, figures, sources, sums


def one(series: str, as_of: str, segment: str, measure: str, **more: Any) -> Figure:
    found = [told for told in figures(series, measure, segment=segment, **more) if told.as_of == as_of]
    assert len(found) == 1, found
    return found[0]


SAID = [
    ("members", "2023-10", "all", "active", 40_200_000), ("members", "2023-10", "BPU", "active", 7_100_000),
    ("members", "2023-10", "non-ASN", "active", 4_300_000),
    ("members", "2023-10", "vulnerable workers (subsidised)", "active", 1_800_000),
    ("funds", "2023-10", "all", "managed_fund", 688), ("claims", "2023-10", "all", "paid", 40),
    ("claims", "2023-10", "all", "cases", 3_400_000), ("claims", "2023-10", "scholarship", "paid", Decimal("0.279")),
    ("claims", "2023-10", "scholarship", "cases", 65_000),
    ("targets", "2026", "BPJS strategic plan", "active members", 70_000_000),
    ("targets", "2026", "BPJS strategic plan", "managed fund", 1_000),
    ("targets", "2045", "RPJPN 2025-2045", "coverage", Decimal("99.5")),
    ("targets", "2024", "RPJMN 2020-2024", "BPU (informal) members", 9_000_000),
]  # fmt: skip


@pytest.mark.parametrize(("series", "as_of", "segment", "measure", "value"), SAID)
def test_the_articles_the_project_began_from_can_be_read_off(
    series: str, as_of: str, segment: str, measure: str, value: int | Decimal
) -> None:
    assert one(series, as_of, segment, measure).value == value


def test_seventy_nine_per_cent_of_the_plan_for_informal_workers() -> None:
    reached = one("members", "2023-10", "BPU", "active").value
    planned = one("targets", "2024", "RPJMN 2020-2024", "BPU (informal) members").value
    assert reached and planned and round(100 * reached / planned) == 79


def test_parts_add_up_to_the_wholes_that_were_printed() -> None:
    found = {(told.whole.series, told.whole.as_of, told.whole.measure, told.whole.source): told for told in sums()}
    assert len(found) > 14
    exact = [
        ("members", "2022-09", "active", "C10"),
        ("members", "2025-03", "active", "C18"),
        ("members", "2025-04", "active", "C16"),
    ]
    assert [found[key].difference for key in exact] == [0, 0, 0]
    assert len(found[exact[0]].parts) == 5 and len(found[exact[2]].parts) == 4
    pangkalpinang = [found["universal", "2025-05", measure, "C40"] for measure in ("eligible", "active")]
    assert [(str(told.whole.value), told.difference == 0) for told in pangkalpinang] == [("70426", True), ("29040", True)]
    # Of 2023 by programme: what is missing is what rounding to two digits can hide, of claims and of returns.
    assert abs(found["claims", "2023", "paid", "C33"].difference) < Decimal("0.03")
    assert abs(found["funds", "2023", "investment_return", "C08"].difference) < Decimal("0.03")


def test_the_share_of_a_town_is_reckoned_as_printed() -> None:
    eligible, active = (one("universal", "2025-05", "all", measure, region=1971).value for measure in ("eligible", "active"))
    assert eligible and active
    assert (
        round(100 * active / eligible, 2) == one("universal", "2025-05", "all", "coverage", region=1971).value == Decimal("41.23")
    )


def test_figures_that_disagree_are_told() -> None:
    told = [[(figure.as_of, figure.segment, str(figure.value)) for figure in one] for one in conflicts()]
    assert [("2023-12", "all", "41560000"), ("2023-12", "all", "41460000")] in told
    assert any(("2017", "all", "25.36") in one for one in told)


def test_every_figure_has_its_source_status_and_place() -> None:
    everything = [told for series in SERIES for told in figures(series)]
    assert len(everything) == 557 + 790 + 35 + 3
    known = sources()
    for told in everything:
        assert told.status in STATUSES and told.period in PERIODS, told
        assert (told.value is None) == (told.status == "missing"), told
        assert all(name in known for name in told.source.split()) and (told.source or told.status == "missing"), told
        if told.region != NATION:
            assert (province if told.region < 100 else regency)(told.region).name, told
