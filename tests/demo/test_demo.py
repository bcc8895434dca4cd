"""The demo is entered whole through the registry's own actions, and everybody can sign in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from jamsostek.access.models import Grant, User
from jamsostek.access.roles import ROLES, Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.demo import logins
from jamsostek.demo.enter import enter
from jamsostek.registry.models import Cover, DuplicateQuestion, Employer, Employment, Participant, Relative, Sponsor, Wage
from jamsostek.registry.queries import people
from jamsostek.synth.regency import Regency, make_regency, usual_employers
from jamsostek.synth.regency.make import FEWEST_EMPLOYERS, FEWEST_WORKERS, MOST_WORKERS, WORKERS_PER_EMPLOYER
from tests import cast

WORKERS, EMPLOYERS = 1_000, 40


@pytest.fixture(scope="module")
def regency() -> Regency:
    return make_regency(1, workers=WORKERS, employers=EMPLOYERS, month=202610)


def test_any_number_of_workers_that_is_allowed_has_a_number_of_employers_that_is() -> None:
    assert [usual_employers(workers) for workers in (50_000, 5_000)] == [400, 40]
    for workers in (FEWEST_WORKERS, 5_000, MOST_WORKERS):
        assert FEWEST_EMPLOYERS <= usual_employers(workers) <= workers // WORKERS_PER_EMPLOYER


@pytest.fixture
def entered(regency: Regency, db: None, settings: object, tmp_path: object) -> Iterator[Regency]:
    settings.JAMSOSTEK_KEYS, kept = tmp_path, settings.JAMSOSTEK_KEYS  # type: ignore[attr-defined]
    enter(regency, today=cast.TODAY, now=cast.NOW, tell=lambda *_told: None)
    yield regency
    settings.JAMSOSTEK_KEYS = kept  # type: ignore[attr-defined]


def test_every_row_of_the_regency_is_in_the_registry(entered: Regency) -> None:
    with acting(system_scope("uji")):
        assert Participant.objects.count() == entered["people"].num_rows
        assert Relative.objects.count() == entered["relatives"].num_rows
        assert Employer.objects.count() == EMPLOYERS
        assert Sponsor.objects.count() == entered["sponsors"].num_rows
        holding = [row for row in entered["employments"].to_pylist() if row["version_of"] is None]
        assert Employment.objects.count() == len(holding)
        assert Wage.objects.count() == entered["wages"].num_rows
        covers = [row for row in entered["covers"].to_pylist() if row["version_of"] is None]
        assert Cover.objects.count() == len(covers)
        dead = [row for row in entered["people"].to_pylist() if row["died_on"] is not None]
        assert Participant.objects.exclude(died_on=None).count() == len(dead)


def test_planted_duplicates_are_asked_about(entered: Regency) -> None:
    with acting(system_scope("uji")):
        assert DuplicateQuestion.objects.count() >= entered["duplicates"].num_rows // 2


def test_each_role_has_somebody_who_can_sign_in_and_staff_have_a_second_factor(entered: Regency) -> None:
    known = logins.logins()
    assert {login.role for login in known} == set(Role)
    for login in known:
        user = User.objects.get(username=login.username)
        assert user.check_password(login.password)
        assert (login.totp_secret is not None) == ROLES[login.role].staff
        assert Grant.objects.filter(user=user, ended_at=None).count() == 1
    staff = next(login for login in known if login.totp_secret)
    assert len(logins.code(staff)) == 6


def test_a_demo_worker_sees_themself_alone(entered: Regency) -> None:
    worker = User.objects.get(username="pekerja")
    with acting(scope_of(worker, 202610)) as scope:
        (mine,) = scope.selves
        assert people.get(mine).pk == mine
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_auditentry")
            assert cursor.fetchone()[0] > 0
