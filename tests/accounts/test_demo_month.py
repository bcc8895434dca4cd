"""The demo's workers have a JHT return, at a rate that says it is invented."""

from __future__ import annotations

from typing import Any

import pytest

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of
from jamsostek.accounts.paper import rate_notes
from jamsostek.accounts.queries.crediting import next_month, runs
from jamsostek.accounts.queries.rates import declarations
from jamsostek.accounts.queries.statement import derivations, statement
from jamsostek.demo.enter import enter
from jamsostek.demo.months import live_through
from jamsostek.demo.returns import DECREE, EXAMPLE_PPM, WAITING_PPM, leave_one_waiting
from jamsostek.fund.queries.jht_return import proposals
from jamsostek.ledger.checks import check
from jamsostek.synth.regency import make_regency
from tests import cast


def nothing(*_told: Any) -> None:
    """Nobody watches the bars."""


@pytest.fixture
def demo(committed_db: Any, settings: Any, tmp_path: Any) -> None:
    settings.JAMSOSTEK_KEYS, kept = tmp_path, settings.JAMSOSTEK_KEYS
    enter(make_regency(1, workers=1_000, employers=40, month=202610), today=cast.TODAY, now=cast.NOW, tell=nothing)
    settings.JAMSOSTEK_KEYS = kept
    live_through(today=cast.TODAY, tell=nothing)


def test_closed_months_are_credited_at_an_example_that_two_of_its_people_decided(demo: None) -> None:
    worker = User.objects.get(username="pekerja")
    with acting(scope_of(worker, 202611)) as scope:
        (mine,) = scope.selves
        told = statement([mine], 2026)
        (month,) = [one for one in told.months if one.rate is not None]
        assert (month.month, month.sums.return_rupiah > 0) == (202609, True)
        assert [note.grade for note in rate_notes(told)] == ["contoh, rekaan untuk demonstrasi"]
        assert all(one.holds for one in derivations([mine], 202609))
    with cast.everyone():
        (one,) = declarations()
        roles = [User.objects.get(pk=who).grants.get().role for who in (one.declared_by, one.answered_by)]
        assert (one.rate_ppm, one.invented, one.credited) == (EXAMPLE_PPM, True, (202609,))
        assert (roles, one.decree) == ([Role.ACTUARY, Role.CHIEF], DECREE)
        assert ([run.month for run in runs()], next_month()) == ([202609], 202610)
        assert check() == []
    live_through(today=cast.TODAY, tell=nothing)
    with cast.everyone():
        assert len(runs()) == len(declarations()) == 1
    for _twice in range(2):
        leave_one_waiting(today=cast.TODAY)
    with cast.everyone():
        waiting, adopted = proposals()
        assert (waiting.state, adopted.state) == ("waiting", "adopted")
        assert (waiting.rate.rate_ppm, waiting.rate.invented, waiting.basis_month) == (WAITING_PPM, True, 202610)
        assert waiting.figures["members_rupiah"] > 0 and waiting.figures["last_ppm"] == EXAMPLE_PPM
