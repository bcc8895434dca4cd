"""Codes: made by whoever may, for whom they may, used once, told to nobody twice."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from jamsostek.access.actions import codes
from jamsostek.access.errors import Refused
from tests import cast
from tests.access.doorway import PASSWORD, actions_about, set_up_app, sign_in, text_of

pytestmark = pytest.mark.usefixtures("limits")
NEW = "kalimat yang baru sama sekali"


@pytest.fixture
def people() -> dict[str, Any]:
    """An officer's region with a firm and a worker in it, and the same elsewhere."""
    with cast.everyone():
        here, there = cast.employer(), cast.employer("PT Jauh", regency_code=cast.LUMAJANG)
        worker, far = cast.participant(), cast.participant("Jono", regency_code=cast.LUMAJANG)
    return {
        "supervisor": cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO),
        "second": cast.user("penyelia.dua", "branch_supervisor", "region", cast.SIDOARJO),
        "officer": cast.user("petugas", "branch_officer", "region", cast.SIDOARJO),
        "province": cast.user("provinsi", "branch_supervisor", "region", 35),
        "head": cast.user("pusat", "head_office"),
        "clerk": cast.user("staf.upah", "employer_clerk", "employer", here.pk),
        "far_clerk": cast.user("staf.jauh", "employer_clerk", "employer", there.pk),
        "worker": cast.user("siti", "worker", "self", worker.pk),
        "far_worker": cast.user("jono", "worker", "self", far.pk),
        "nobody": cast.user("tanpa.peran"),
    }


def code_by(officer: Any, user: Any, kind: str = "issue_code") -> str:
    with cast.as_user(officer):
        return getattr(codes, kind)(user_id=user.pk, now=timezone.now())


def use(client: Any, username: str, code: str, password: str = NEW) -> Any:
    return client.post("/akun/kode/", {"username": username, "code": code, "password": password})


@pytest.mark.parametrize("name", ["clerk", "worker"])
def test_a_code_gives_a_new_password_once(client: Any, people: dict[str, Any], name: str) -> None:
    user = people[name]
    code = code_by(people["supervisor"], user)
    assert re.fullmatch(r"[2-9A-HJ-NP-TV-Z]{5}-[2-9A-HJ-NP-TV-Z]{5}", code)
    typed = f" {code.lower().replace('-', ' ')} "
    assert use(client, user.username.upper(), typed)["Location"] == "/masuk/"
    assert sign_in(client, user.username, NEW).status_code == 302
    client.post("/keluar/")
    assert "Kode salah" in text_of(use(client, user.username, code, "sandi yang lain lagi"))
    assert actions_about(user)[:2] == ["account.code_issued", "account.password_reset"]


def test_a_code_opens_only_the_account_it_was_made_for(client: Any, people: dict[str, Any]) -> None:
    code = code_by(people["supervisor"], people["worker"])
    assert "Kode salah" in text_of(use(client, "staf.upah", code))


def test_a_new_code_voids_the_one_before(client: Any, people: dict[str, Any]) -> None:
    first = code_by(people["supervisor"], people["worker"])
    second = code_by(people["supervisor"], people["worker"])
    assert use(client, "siti", first).status_code == 200
    assert use(client, "siti", second).status_code == 302


def test_a_code_dies_after_two_days_and_after_five_tries(client: Any, people: dict[str, Any]) -> None:
    with cast.as_user(people["supervisor"]):
        old = codes.issue_code(user_id=people["worker"].pk, now=timezone.now() - codes.LIVES - dt.timedelta(minutes=1))
        tried = codes.issue_code(user_id=people["clerk"].pk, now=timezone.now())
    assert use(client, "siti", old).status_code == 200
    for _try in range(codes.TRIES):
        assert use(client, "staf.upah", "22222-22222").status_code == 200
    assert use(client, "staf.upah", tried).status_code == 200


def test_a_refused_password_leaves_the_code_good(client: Any, people: dict[str, Any]) -> None:
    code = code_by(people["supervisor"], people["worker"])
    assert use(client, "siti", code, "pendek").status_code == 200
    assert use(client, "siti", code).status_code == 302


def test_the_answer_does_not_say_whether_a_name_exists(client: Any, people: dict[str, Any]) -> None:
    code_by(people["supervisor"], people["worker"])

    def shown(username: str) -> str:
        page = text_of(use(client, username, "22222-22222"))
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(username, "")

    assert shown("siti") == shown("tidak.ada") == shown("staf.upah")


def test_only_a_hash_of_a_code_is_kept(people: dict[str, Any]) -> None:
    from jamsostek.access.models import AuditEntry, ResetCode

    code = code_by(people["supervisor"], people["worker"])
    plain = code.replace("-", "").encode()
    with cast.everyone():
        kept = str(list(ResetCode.objects.values())) + str(list(AuditEntry.objects.values()))
    assert plain.decode() not in kept
    assert code not in kept


@pytest.mark.parametrize(
    ("by", "for_whom"),
    [
        ("supervisor", "far_clerk"), ("supervisor", "far_worker"), ("supervisor", "head"), ("supervisor", "second"),
        ("supervisor", "province"), ("supervisor", "nobody"), ("supervisor", "supervisor"), ("officer", "worker"),
        ("clerk", "worker"), ("worker", "far_worker"), ("head", "head"),
    ],
)  # fmt: skip
def test_codes_are_refused_beyond_ones_scope_and_for_oneself(people: dict[str, Any], by: str, for_whom: str) -> None:
    with pytest.raises(Refused):
        code_by(people[by], people[for_whom])


@pytest.mark.parametrize(
    ("by", "for_whom"),
    [
        ("province", "far_clerk"),
        ("province", "far_worker"),
        ("supervisor", "officer"),
        ("head", "supervisor"),
        ("head", "nobody"),
    ],
)
def test_codes_reach_as_far_as_the_scope(people: dict[str, Any], by: str, for_whom: str) -> None:
    assert code_by(people[by], people[for_whom])


def test_an_account_that_reaches_further_is_not_ones_to_repair(people: dict[str, Any]) -> None:
    from jamsostek.access.models import Grant

    user = people["officer"]
    Grant.objects.create(user=user, role="auditor", kind="nation", from_month=202601)
    with pytest.raises(Refused):
        code_by(people["supervisor"], user)
    assert code_by(people["head"], user)


def test_the_database_refuses_a_code_for_oneself(people: dict[str, Any]) -> None:
    from django.db import IntegrityError, transaction

    from jamsostek.access.models import ResetCode

    user = people["supervisor"]
    with pytest.raises(IntegrityError, match="resetcode_not_for_oneself"), transaction.atomic():
        ResetCode.objects.create(user=user, made_by=user, digest=b"x", way="printed", expires_at=timezone.now())


def test_a_code_lifts_a_lock(client: Any, people: dict[str, Any]) -> None:
    for _try in range(10):
        sign_in(client, "siti", "salah-salah-salah")
    assert sign_in(client, "siti").status_code == 429
    use(client, "siti", code_by(people["supervisor"], people["worker"]))
    assert sign_in(client, "siti", NEW).status_code == 302


def test_a_lost_second_factor_needs_a_code_and_the_password(client: Any, people: dict[str, Any]) -> None:
    sign_in(client, "petugas")
    set_up_app(client)
    client.post("/keluar/")
    told = {"username": "petugas", "code": code_by(people["supervisor"], people["officer"], "issue_factor_code")}
    assert client.post("/akun/kode/pengaman/", {**told, "password": "bukan-ini-bukan"}).status_code == 200
    assert use(client, "petugas", told["code"]).status_code == 200, "it gives no password"
    assert client.post("/akun/kode/pengaman/", {**told, "password": PASSWORD})["Location"] == "/masuk/"
    assert sign_in(client, "petugas").status_code == 302
    assert client.get("/kantor/pengguna/")["Location"].startswith("/akun/pengaman/"), "and a new one is set up"


@pytest.mark.parametrize(("first", "then"), [("issue_code", "issue_factor_code"), ("issue_factor_code", "issue_code")])
def test_nobody_issues_both_kinds_of_code_to_one_account(people: dict[str, Any], first: str, then: str) -> None:
    code_by(people["supervisor"], people["officer"], first)
    with pytest.raises(Refused, match="dua petugas"):
        code_by(people["supervisor"], people["officer"], then)
    assert code_by(people["second"], people["officer"], then)


def test_a_mailed_code_is_made_by_the_job_and_brings_its_holder_in(client: Any, people: dict[str, Any], mailoutbox: Any) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from jamsostek.access.jobs import mail_code

    people["clerk"].email = "staf@contoh.example"
    people["clerk"].save()
    pages = [text_of(client.post("/akun/lupa/", {"username": name})) for name in ("staf.upah", "siti", "tidak.ada")]
    assert len({re.sub(r'value="\w+"', "", page) for page in pages}) == 1, "the same answer for all"
    jobs = list(ProcrastinateJob.objects.values_list("args", flat=True))
    assert {"user_id": people["clerk"].pk} in jobs
    for args in jobs:
        mail_code(**args)
    assert [mail.to for mail in mailoutbox] == [["staf@contoh.example"]]
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", mailoutbox[0].body)[0]
    assert not mail_code(people["clerk"].pk), "not again within ten minutes"
    assert use(client, "staf.upah", code).status_code == 302


def test_an_officer_has_a_code_printed_or_mailed(client: Any, people: dict[str, Any]) -> None:
    cast.signed_in(client, people["supervisor"])
    url = f"/kantor/pengguna/{people['worker'].pk}/kode/"
    assert "lewat surel" not in text_of(client.get(url))
    answer = client.post(url, {"way": "printed", "reason": "KTP dilihat di loket"})
    assert answer["Cache-Control"] == "no-store"
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", text_of(answer))[0]
    client.post("/keluar/")
    assert use(client, "siti", code).status_code == 302
    cast.signed_in(client, people["officer"])
    assert client.get(url).status_code == 403
    page = text_of(client.get(f"/kantor/pengguna/{people['worker'].pk}/"))
    assert "dibuat oleh penyelia" in page


def test_limits_hold_against_trying_many_codes(client: Any, people: dict[str, Any]) -> None:
    for _try in range(31):
        page = text_of(use(client, "siapa.pun", "22222-22222"))
    assert "Terlalu banyak percobaan" in page
