"""A firm's profile tells of those that compete, and nothing of any other firm."""

from __future__ import annotations

from typing import Any

import juries_made as juries
import pytest
import results_made as made

from tests import cast

pytestmark = pytest.mark.usefixtures("db")
ABSENT = 990
"""Measured best of all, and not competing."""


def _said(count: int) -> tuple[Any, dict[str, Any], list[Any]]:
    """A contest of so many firms with shares 80, 79, …, beside one of 99 that does not compete."""
    from jamsostek.awards import outcome
    from jamsostek.awards.queries.snapshots import content
    from jamsostek.awards.reading import read

    of = made.edition()
    keys = range(901, 901 + count)
    entries = [
        juries.entry(of, key, category=made.LARGE, subject="employer", name=f"PT Rekaan {key}", regency=made.SIDOARJO)
        for key in keys
    ]
    firms = [made.firm(key, f"PT Rekaan {key}", 80 - at) for at, key in enumerate(keys)]
    firms.append(made.firm(ABSENT, "PT Tidak Ikut", 99))
    snapshot = made.final(of, entries, {made.SIDOARJO: 10}, firms=firms)
    with cast.everyone():
        said = outcome.outcome(content(snapshot), made.LARGE, "province", made.JATIM)
    return read(of.versions.first().content), said, entries


def _more(says: Any, told: Any) -> list[Any]:
    """Measured, and the more the better."""
    known = says.criteria
    return [one for one in told.measures if (known[one.criterion].kind, known[one.criterion].better) == ("measured", "more")]


def test_the_middle_and_the_best_are_of_those_that_compete() -> None:
    from jamsostek.awards import profile

    says, said, entries = _said(5)
    assert max(one["best"] for one in said["yardstick"].values()) == 800_000
    for found in (said, said | {"yardstick": {name: one | {"best": 990_000} for name, one in said["yardstick"].items()}}):
        told = profile.of_entry(says, found, entries[1].code)
        assert told is not None and not told.few
        assert {(one.value, one.best, one.median, one.rank, one.count) for one in _more(says, told)} == {
            (790_000, 800_000, 780_000, 2, 5)
        }


def test_among_few_firms_the_middle_and_the_best_are_not_told() -> None:
    from jamsostek.awards import profile
    from jamsostek.portal.award.profile_parts import shown

    says, said, entries = _said(4)
    told = profile.of_entry(says, said, entries[1].code)
    assert told is not None and told.few and told.strengths
    assert {(one.median, one.best) for one in told.measures} == {(None, None)}
    assert {one.rank for one in _more(says, told)} == {2}
    page = shown(says, told)
    assert "Kurang dari 5 perusahaan" in page["few"] and not any("tengah" in line for line in page["strengths"])
    assert [str(one.title) for one in page["measures"].headings] == ["Ukuran", "Hasil", "Peringkat di ukuran ini", "Bobot"]
