"""The demo's award: an edition under way, and a trial round that was decided, lived through the same actions as in life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from jamsostek.awards.reading import read
from tests import cast

TODAY = timezone.localdate()


def test_the_days_of_both_editions_fit_any_day() -> None:
    from jamsostek.demo.award import RUNNING, TRIAL, edition_text, running_days, trial_days

    for today in (dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2028, 2, 29)):
        running = read(edition_text(RUNNING, running_days(today), today))
        assert running.days.nominate_from <= today < running.days.nominate_until < running.days.evidence_until
        before, after = (read(edition_text(TRIAL, trial_days(today, over=over), today)) for over in (False, True))
        assert before.days.nominate_until > today > after.days.marks_until["province"]
        assert running.invented and before.invented and after.invented
        assert before.measured_month == after.measured_month == running.measured_month < today.year * 100 + today.month


@pytest.fixture(scope="module")
def lived(module_db: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """A very small demo region in which the award was lived."""
    from django.test import override_settings

    from jamsostek.core.months import add_months, month_of
    from jamsostek.demo.award import live_award
    from jamsostek.demo.enter import enter
    from jamsostek.synth.regency import make_regency

    told: list[str] = []
    folder = tmp_path_factory.mktemp("peragaan")
    with override_settings(JAMSOSTEK_DATA=folder, JAMSOSTEK_KEYS=folder):
        made = make_regency(1, workers=1_000, employers=40, month=add_months(month_of(TODAY), -1))
        enter(made, today=TODAY, now=timezone.now(), tell=lambda *_told: None)
        live_award(today=TODAY, tell=lambda what, done, whole: told.append(f"{what} {done}/{whole}"))
        live_award(today=TODAY, tell=lambda *_told: told.append("again"))
        yield told


def test_the_award_is_lived_once(lived: list[str]) -> None:
    assert lived[-1] == "Paritrana 7/7"


def test_one_edition_is_under_way_and_the_other_was_decided_in_its_province(lived: list[str]) -> None:
    from jamsostek.awards.queries import results
    from jamsostek.awards.queries.editions import standing
    from jamsostek.awards.queries.waiting import waiting

    with cast.everyone():
        running, trial = standing("peragaan-2026"), standing("putaran-percobaan")
        assert running is not None and trial is not None
        assert (running.state, trial.state, trial.version) == ("open", "open", 2)
        assert waiting(running, None).nominations == 1
        assert waiting(running, None).evidence == 1
        assert waiting(trial, frozenset({35})).to_compute == 0
        found = results.results(trial.id, level="province")
        assert {one.category for one in found} >= {"regency_coverage", "regency_innovation", "village"}
        assert {one.state for one in found} == {"decided"}
        assert all(one.made_by != one.answered_by for one in found)
        assert results.publications(trial.id)
        assert results.certificates([one.id for one in found])


def test_who_won_in_the_province_goes_on_to_the_nation(lived: list[str]) -> None:
    from jamsostek.awards.queries.editions import standing
    from jamsostek.awards.queries.entries import entries

    with cast.everyone():
        trial = standing("putaran-percobaan")
        assert trial is not None
        national = entries(trial.id, level="nation")
        assert {one.category for one in national} >= {"regency_coverage", "regency_innovation"}
        assert {one.state for one in national} == {"accepted"}
