"""The demo is entered whole through the registry's own actions, and everybody can sign in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection

from jamsostek.access.models import Grant, User
from jamsostek.access.roles import ROLES, Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.demo import coverage, logins, movement
from jamsostek.demo.enter import enter
from jamsostek.outreach.models import Candidate, Reconciliation, RegionGoal
from jamsostek.registry.models import Cover, DuplicateQuestion, Employer, Employment, Participant, Relative, Sponsor, Wage
from jamsostek.registry.queries import people
from jamsostek.synth.regency import Regency, make_regency, usual_employers
from jamsostek.synth.regency.make import FEWEST_EMPLOYERS, FEWEST_WORKERS, MOST_WORKERS, WORKERS_PER_EMPLOYER
from jamsostek.synth.regency.poor_list import make_poor_list
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


def test_the_movement_lives_in_the_demo(regency: Regency, committed_db: object, settings: object, tmp_path: object) -> None:
    settings.JAMSOSTEK_KEYS = settings.JAMSOSTEK_DATA = tmp_path  # type: ignore[attr-defined]
    enter(regency, today=cast.TODAY, now=cast.NOW, tell=lambda *_told: None)
    movement.keep_lists(regency)
    told: list[int] = []
    found = movement.live_movement(today=cast.TODAY, now=cast.NOW, tell=lambda _what, at, _all: told.append(at))
    assert found is not None and found == movement.told_found()
    assert found.members * 8 // 10 <= found.found <= found.members and found.wrong <= 1 and told == [*range(1, 8)]
    assert movement.live_movement(today=cast.TODAY, now=cast.NOW, tell=lambda *_told: None) is None
    movement.live_on(today=cast.TODAY)
    with acting(system_scope("uji")):
        states = Counter(Candidate.objects.values_list("state", flat=True))
        assert states["enrolled"] > 10 and states["waiting"] > 10 and states["refused"] > 5 and states["lapsed"] >= 2
        (looked,) = Reconciliation.objects.all()
        assert looked.lapsed["died"] == 2 and looked.saved_rupiah > 0
        assert Cover.objects.filter(sponsor_id=looked.programme.sponsor_id).exists()
    for _time in range(2):
        coverage.take_coverage(today=cast.TODAY, tell=lambda *_told: None)
    with acting(system_scope("uji")):
        public, waits = RegionGoal.objects.order_by("pk")
        assert (public.kind, public.state, public.invented) == ("coverage", "confirmed", True)
        assert (waits.kind, waits.state, waits.invented) == ("women_share", "proposed", True)
        assert public.proposed_by != public.confirmed_by and public.start_persons and public.start_base


def test_the_poor_list_is_of_nobody_and_the_same_each_time(regency: Regency) -> None:
    one, again = make_poor_list(regency), make_poor_list(regency)
    assert one.rows.equals(again.rows) and one.truth.equals(again.truth)
    numbers = [nik for nik in one.rows["NIK"].to_pylist() if nik and len(set(nik[-4:])) == 1]
    assert len(numbers) > 50 and one.truth["nik"].to_pylist() != one.rows["NIK"].to_pylist()
    assert all(nik.endswith("0000") for nik in [*one.truth["nik"].to_pylist(), *one.deaths["NIK"].to_pylist()])
    assert all(card is None or card.endswith("0000") for card in one.rows["Nomor KK"].to_pylist())
    assert set(one.truth["member"].to_pylist()) == {True, False} and any(one.truth["again"].to_pylist())
