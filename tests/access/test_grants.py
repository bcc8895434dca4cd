"""Roles are given by those above, over what they hold, never to oneself; scopes follow the months of grants."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from jamsostek.access.actions.accounts import invite
from jamsostek.access.actions.grants import end_grant, give_grant
from jamsostek.access.errors import Refused
from jamsostek.access.models import Grant, User
from jamsostek.access.roles import ROLES, Can, Kind, Role
from jamsostek.access.scope import Place, acting, scope_of, system_scope, within
from jamsostek.core.errors import InputError
from tests import cast
from tests.access.doorway import actions_about, text_of

pytestmark = pytest.mark.usefixtures("limits")
VILLAGE_HERE, VILLAGE_THERE = 3515012001, 3508012001


@pytest.fixture
def firms() -> tuple[Any, Any]:
    with cast.everyone():
        return cast.employer("PT Dekat"), cast.employer("PT Jauh", regency_code=cast.LUMAJANG)


@pytest.fixture
def someone() -> Any:
    return cast.user("orang.baru")


def gives(giver: Any, user: Any, role: str, kind: str, target: int) -> int:
    with cast.as_user(giver):
        return give_grant(user_id=user.pk, role=role, kind=kind, target=target, from_month=cast.MONTH)


# --- who may give what -----------------------------------------------------------------------------------------------


def test_an_approver_gives_the_roles_of_its_own_firm(firms: tuple[Any, Any], someone: Any) -> None:
    here, there = firms
    approver = cast.user("penyetuju", "employer_approver", "employer", here.pk)
    for role in ("employer_clerk", "employer_approver"):
        assert gives(approver, someone, role, "employer", here.pk)
    for role, kind, target in (
        ("employer_clerk", "employer", there.pk), ("branch_officer", "region", cast.SIDOARJO), ("worker", "self", 1),
        ("head_office", "nation", 0), ("sponsor_clerk", "sponsor", here.pk),
    ):  # fmt: skip
        with pytest.raises(Refused):
            gives(approver, someone, role, kind, target)


def test_a_supervisor_gives_within_the_region_and_not_to_equals(firms: tuple[Any, Any], someone: Any) -> None:
    here, there = firms
    supervisor = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
    with cast.everyone():
        worker, far = cast.participant(), cast.participant("Jono", regency_code=cast.LUMAJANG)
        village = cast.sponsor("Desa Dekat", kind="village", region_code=VILLAGE_HERE)
    for role, kind, target in (
        ("branch_officer", "region", cast.SIDOARJO), ("village_operator", "village", VILLAGE_HERE), ("worker", "self", worker.pk),
        ("employer_approver", "employer", here.pk), ("sponsor_clerk", "sponsor", village.pk),
    ):  # fmt: skip
        assert gives(supervisor, someone, role, kind, target)
    for role, kind, target in (
        ("branch_officer", "region", cast.LUMAJANG), ("branch_officer", "region", 35),
        ("branch_supervisor", "region", cast.SIDOARJO), ("village_operator", "village", VILLAGE_THERE),
        ("worker", "self", far.pk), ("employer_clerk", "employer", there.pk), ("head_office", "nation", 0),
        ("jury", "region", cast.SIDOARJO),
    ):  # fmt: skip
        with pytest.raises(Refused):
            gives(supervisor, someone, role, kind, target)


def test_the_head_office_gives_any_role_over_what_exists(firms: tuple[Any, Any], someone: Any) -> None:
    head = cast.user("pusat", "head_office")
    for role, facts in ROLES.items():
        kind = facts.kinds[0]
        if kind in (Kind.NATION, Kind.REGION, Kind.VILLAGE, Kind.EMPLOYER):
            target = {Kind.NATION: 0, Kind.REGION: 35, Kind.VILLAGE: VILLAGE_HERE, Kind.EMPLOYER: firms[0].pk}[kind]
            assert gives(head, someone, role, kind, target)
    with pytest.raises(InputError, match="tidak ditemukan"):
        gives(head, someone, "employer_clerk", "employer", 999_999)


def test_nobody_gives_to_themself(firms: tuple[Any, Any]) -> None:
    from django.db import IntegrityError, transaction

    head = cast.user("pusat", "head_office")
    with pytest.raises(Refused, match="orang lain"):
        gives(head, head, "auditor", "nation", 0)
    with pytest.raises(IntegrityError, match="grant_not_to_oneself"), transaction.atomic():
        Grant.objects.create(user=head, given_by=head, role="auditor", kind="nation", from_month=202601)


def test_a_role_is_held_over_its_own_kinds(someone: Any) -> None:
    head = cast.user("pusat", "head_office")
    for role, kind in (("worker", "nation"), ("head_office", "region"), ("nothing", "nation"), ("worker", "nothing")):
        with pytest.raises(InputError):
            gives(head, someone, role, kind, 35)


def test_a_clerk_gives_nothing(firms: tuple[Any, Any], someone: Any) -> None:
    clerk = cast.user("staf", "employer_clerk", "employer", firms[0].pk)
    with pytest.raises(Refused):
        gives(clerk, someone, "employer_clerk", "employer", firms[0].pk)


def test_a_token_gives_nothing_even_for_those_who_may(someone: Any) -> None:
    head = cast.user("pusat", "head_office")
    with acting(scope_of(head, cast.MONTH, allowed=frozenset({Can.EMPLOY}))), pytest.raises(Refused):
        give_grant(user_id=someone.pk, role="auditor", kind="nation", target=0, from_month=cast.MONTH)


def test_an_ended_grant_ends_at_once_and_stays_in_sight(client: Any, firms: tuple[Any, Any], someone: Any) -> None:
    approver = cast.user("penyetuju", "employer_approver", "employer", firms[0].pk)
    grant = gives(approver, someone, "employer_approver", "employer", firms[0].pk)
    cast.signed_in(client, someone)
    assert client.get("/perusahaan/pengguna/").status_code == 200
    with cast.as_user(approver):
        end_grant(grant_id=grant, now=timezone.now())
    assert client.get("/perusahaan/pengguna/").status_code == 403
    row = Grant.objects.get(pk=grant)
    assert (row.ended_by, row.ended_at is not None) == (approver, True)
    assert actions_about(someone) == ["grant.given", "account.signed_in", "grant.ended"]


def test_nobody_ends_what_they_could_not_give_nor_their_own(firms: tuple[Any, Any]) -> None:
    approver = cast.user("penyetuju", "employer_approver", "employer", firms[0].pk)
    other = cast.user("penyetuju.jauh", "employer_approver", "employer", firms[1].pk)
    for user in (approver, other):
        with cast.as_user(approver), pytest.raises(Refused):
            end_grant(grant_id=user.grants.get().pk, now=timezone.now())


def test_an_invitation_that_is_refused_leaves_no_account(firms: tuple[Any, Any]) -> None:
    approver = cast.user("penyetuju", "employer_approver", "employer", firms[0].pk)
    with cast.as_user(approver):
        facts = {"username": "tamu", "name": "Tamu", "from_month": cast.MONTH, "now": timezone.now()}
        with pytest.raises(Refused):
            invite(**facts, role="employer_clerk", kind="employer", target=firms[1].pk)
        assert not User.objects.filter(username="tamu").exists()
        assert invite(**facts, role="employer_clerk", kind="employer", target=firms[0].pk).code


@pytest.mark.parametrize(
    "username", ["si", "3515012345670000", "siti 1", "siti@contoh", "08123456789", "1siti", "x" * 41, "STAF.UPAH"]
)
def test_names_that_cannot_be_used_are_told(firms: tuple[Any, Any], username: str) -> None:
    cast.user("staf.upah")
    with cast.everyone(), pytest.raises(InputError) as told:
        invite(
            username=username, name="Siti", role="employer_clerk", kind="employer", target=firms[0].pk, from_month=cast.MONTH,
            now=timezone.now(),
        )  # fmt: skip
    assert told.value.field == "username"
    assert "3515012345670000" not in str(told.value)


# --- pages -----------------------------------------------------------------------------------------------------------


def test_an_approver_invites_prints_and_ends(client: Any, firms: tuple[Any, Any]) -> None:
    approver = cast.user("penyetuju", "employer_approver", "employer", firms[0].pk)
    cast.signed_in(client, approver)
    form = {"name": "Siti Upah", "username": "siti.upah", "role": "employer_clerk", "target": firms[0].pk, "language": "id"}
    assert client.post("/perusahaan/pengguna/undang/", {**form, "target": firms[1].pk}).status_code == 200
    answer = client.post("/perusahaan/pengguna/undang/", form)
    assert "siti.upah" in text_of(answer)
    page = text_of(client.get("/perusahaan/pengguna/"))
    assert "Siti Upah" in page
    assert "Belum memakai kodenya" in page
    grant = Grant.objects.get(user__username="siti.upah")
    assert client.get(f"/perusahaan/pengguna/{grant.pk}/kode/").status_code == 200
    assert "Kode sekali pakai" in text_of(client.post(f"/perusahaan/pengguna/{grant.pk}/kode/"))
    assert client.get(f"/perusahaan/pengguna/{grant.pk}/akhiri/").status_code == 200
    assert client.post(f"/perusahaan/pengguna/{grant.pk}/akhiri/").status_code == 302
    assert "Peran Siti Upah diakhiri" in text_of(client.get("/perusahaan/pengguna/"))
    assert "siti.upah" not in text_of(client.get("/perusahaan/pengguna/"))


def test_an_approver_sees_only_its_own_firms_people(client: Any, firms: tuple[Any, Any]) -> None:
    approver = cast.user("penyetuju", "employer_approver", "employer", firms[0].pk)
    far = cast.user("jauh.sekali", "employer_clerk", "employer", firms[1].pk, name="Orang Jauh")
    cast.signed_in(client, approver)
    assert "Orang Jauh" not in text_of(client.get("/perusahaan/pengguna/"))
    assert client.get(f"/perusahaan/pengguna/{far.grants.get().pk}/akhiri/").status_code == 403


def test_an_office_finds_the_accounts_of_its_region_only(client: Any, firms: tuple[Any, Any]) -> None:
    supervisor = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
    near = cast.user("dekat", "employer_clerk", "employer", firms[0].pk, name="Rini Dekat")
    far = cast.user("jauh", "employer_clerk", "employer", firms[1].pk, name="Rini Jauh")
    cast.signed_in(client, supervisor)
    page = text_of(client.get("/kantor/pengguna/?cari=rini"))
    assert ("Rini Dekat" in page, "Rini Jauh" in page) == (True, False)
    assert client.get(f"/kantor/pengguna/{near.pk}/").status_code == 200
    assert client.get(f"/kantor/pengguna/{far.pk}/").status_code == 403
    assert client.get("/kantor/pengguna/999999/").status_code == 403, "as if out of reach"
    assert "account.opened_by_other" in actions_about(near)


def test_an_office_gives_roles_over_what_is_typed(client: Any, firms: tuple[Any, Any]) -> None:
    supervisor = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
    user = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
    cast.signed_in(client, supervisor)
    url = f"/kantor/pengguna/{user.pk}/beri/"
    npp = f"{firms[0].npp[:4]} {firms[0].npp[4:]}"
    assert client.post(url, {"role": "employer_clerk", "over": npp}).status_code == 302
    assert client.post(url, {"role": "regional_viewer", "over": "kabupaten sidoarjo"}).status_code == 302
    assert client.post(url, {"role": "employer_clerk", "over": firms[1].npp}).status_code == 200, "refused"
    assert "Tidak ditemukan" in text_of(client.post(url, {"role": "employer_clerk", "over": "11111111"}))
    assert "bukan wewenang Anda" in text_of(client.post(url, {"role": "branch_officer", "over": "3508"}))
    grant = user.grants.get(role="employer_clerk")
    assert client.post(f"/kantor/pengguna/peran/{grant.pk}/akhiri/").status_code == 302


def test_looking_at_a_participants_account_is_told_to_the_participant(client: Any) -> None:
    from jamsostek.registry.queries.people import trail

    with cast.everyone():
        person = cast.participant()
    worker = cast.user("siti", "worker", "self", person.pk)
    cast.signed_in(client, cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO))
    client.get(f"/kantor/pengguna/{worker.pk}/")
    with cast.as_user(worker):
        assert "look" in [one.action for one in trail(person.pk)]


# --- scopes ----------------------------------------------------------------------------------------------------------


def test_a_grant_holds_in_its_months_only() -> None:
    user = cast.user("sementara")
    Grant.objects.create(user=user, role="auditor", kind="nation", from_month=202603, to_month=202605)
    held = [bool(scope_of(user, month).roles) for month in (202602, 202603, 202604, 202605, 202606)]
    assert held == [False, True, True, True, False]


def test_an_inactive_user_holds_nothing() -> None:
    user = cast.user("pusat", "head_office")
    user.is_active = False
    assert not scope_of(user, cast.MONTH).roles


def test_a_right_asked_for_in_a_place_is_asked_of_grants_that_reach_it() -> None:
    officer = scope_of(cast.user("petugas", "branch_officer", "region", 35), cast.MONTH)
    assert officer.may(Can.EDIT_PERSON, Place(regency=cast.SIDOARJO))
    assert not officer.may(Can.EDIT_PERSON, Place(regency=1101))
    assert not officer.may(Can.MERGE, Place(regency=cast.SIDOARJO))
    clerk = scope_of(cast.user("staf", "employer_clerk", "employer", 7), cast.MONTH)
    assert clerk.may(Can.EMPLOY, Place(employer=7))
    assert not clerk.may(Can.EMPLOY, Place(employer=8, regency=cast.SIDOARJO))


def test_a_token_narrows_and_never_widens() -> None:
    user = cast.user("petugas", "branch_officer", "region", 35)
    narrow = scope_of(user, cast.MONTH, allowed=frozenset({Can.EMPLOY, Can.ERASE}))
    assert narrow.may(Can.EMPLOY)
    assert not narrow.may(Can.EDIT_PERSON)
    assert not narrow.may(Can.ERASE)


def test_former_regencies_follow_their_successor() -> None:
    from jamsostek.core.regions import REGENCIES

    moved = next(one for one in REGENCIES.values() if one.code_before_2022)
    assert within(moved.code_before_2022, moved.province_code)
    assert within(moved.code_before_2022, moved.code)


def test_outside_a_scope_nothing_acts() -> None:
    from jamsostek.access.scope import current

    with pytest.raises(Refused):
        current()
    with acting(system_scope("uji")):
        assert current().system


def test_inside_another_a_scope_ends_with_its_block() -> None:
    from django.db import connection

    def told() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('jamsostek.user')")
            return cursor.fetchone()[0]

    user = cast.user("petugas", "branch_officer", "region", 35)
    with acting(system_scope("uji")):
        with cast.as_user(user):
            assert told() == str(user.pk)
        assert told() == "0"


def test_every_role_says_over_what_it_is_held() -> None:
    assert set(ROLES) == set(Role)
    assert all(facts.kinds for facts in ROLES.values())
