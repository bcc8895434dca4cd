"""Who may call what: every operation says it, a token narrows it, and nobody sees what is another's."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.test import Client
from town import Api, person_in, token_of

from jamsostek.access.roles import PUBLIC, SIGNED_IN, Can
from jamsostek.api import door, urls
from jamsostek.api.operations import declared
from jamsostek.api.v1.service import RESOURCES

OPERATIONS = [(method, path, function) for resource in RESOURCES for (method, path), function in resource.functions.items()]
NAMES = [f"{method} {path}" for method, path, _function in OPERATIONS]


@pytest.mark.parametrize(("method", "path", "function"), OPERATIONS, ids=NAMES)
def test_every_operation_says_what_right_it_needs(method: str, path: str, function: Any) -> None:
    told = declared(function)
    assert told is not None
    assert told.needs in (PUBLIC, SIGNED_IN) or all(isinstance(one, Can) for one in told.needs)
    if method == "PATCH":
        assert told.versioned
    if told.writes:
        assert told.needs not in (PUBLIC, SIGNED_IN), "a write needs a right, not just somebody"


def test_every_operation_that_ninja_knows_is_one_of_ours() -> None:
    known = {f"{resource.name}_{function.__name__}" for resource in RESOURCES for function in resource.functions.values()}
    served = {
        operation.operation_id
        for bound in urls.service._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
    }
    assert served == known


def test_an_operation_without_a_declaration_is_refused(town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "declared", lambda _function: None)
    refused = town.as_head.get("/me")
    assert refused.status_code == 403
    assert refused.json()["status"] == 403


def test_every_view_has_a_door() -> None:
    assert [str(one.pattern) for one in urls.urlpatterns if getattr(one.callback, "door", None) is None] == []


@pytest.mark.parametrize(("method", "path", "function"), OPERATIONS, ids=NAMES)
def test_without_a_sign_in_there_is_a_401_and_never_a_redirect(
    town: SimpleNamespace, method: str, path: str, function: Any
) -> None:
    told = declared(function)
    assert told is not None
    asked = path.format(
        kpj=town.ani.kpj, npp=town.a.npp, number=town.payer.number, id="x" * 32, rule="contribution.pu", code=3515,
        year=2020, month="2020-01", change_id="x" * 32, step_id="x" * 32, paper_id="x" * 32, person="x" * 32,
        trade_id="x" * 32, event_id="x" * 32, fund="jht", other="1", edition="peragaan-2026", seat="juri", result="x" * 10,
        entry="X" * 10, interview="0" * 10, certificate="x" * 12, level="province", subject="regency", older=1, newer=2,
    )  # fmt: skip
    answer = Api().send(method, asked, {} if told.body else None)
    if told.needs == PUBLIC and not told.signed:
        assert answer.status_code != 401
        return
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Signature" if told.signed else "Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "header", ["Bearer jk_none", "Bearer ", "Basic abc", "jk_x", f"Bearer jk_{'a' * 43}", "Bearer jk_é", "Bearer \x00"]
)
def test_what_is_no_token_is_told_so(town: SimpleNamespace, header: str) -> None:
    answer = Api().get("/me", authorization=header)
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_token_never_does_more_than_it_says(town: SimpleNamespace) -> None:
    reads = Api(token_of(town.users["boss_a"], str(Can.UPLOAD)))
    assert reads.get("/me").json()["rights"] == ["upload"]
    refused = reads.post("/participants", person_in())
    assert refused.status_code == 403
    assert "register_person" in refused.json()["detail"]
    own = Api(token_of(town.users["worker"], str(Can.ISSUE_CARD)))
    version = own.get(f"/participants/{town.ani.kpj}").headers["ETag"]
    body = {"reason": "pindah rumah", "address": "Jalan Contoh 2"}
    assert own.patch(f"/participants/{town.ani.kpj}", body, if_match=version).status_code == 403


def test_a_new_place_comes_with_the_day_of_the_move(town: SimpleNamespace) -> None:
    api = Api(token_of(town.users["officer"]))
    version = api.get(f"/participants/{town.ani.kpj}").headers["ETag"]
    body = {"reason": "pindah rumah", "village_code": None, "domicile_since": "2026-08-17"}
    told = api.patch(f"/participants/{town.ani.kpj}", body, if_match=version)
    assert told.status_code == 200, told.content
    with cast.everyone():
        town.ani.refresh_from_db()
        assert str(town.ani.domicile_since) == "2026-08-17"


def test_a_revoked_token_and_a_user_who_left_are_out(town: SimpleNamespace) -> None:
    from django.utils import timezone

    from jamsostek.access.actions.tokens import revoke_token
    from jamsostek.access.models import ApiToken

    api = Api(token_of(town.users["clerk_b"]))
    assert api.get("/me").status_code == 200
    with cast.as_user(town.users["clerk_b"]):
        newest = ApiToken.objects.filter(user=town.users["clerk_b"]).latest("id")
        revoke_token(token_id=newest.pk, now=timezone.now())
    assert api.get("/me").status_code == 401


# --- the browser's session --------------------------------------------------------------------------------------------


def test_a_session_reads_and_writes_only_with_its_csrf_token(town: SimpleNamespace) -> None:
    client = cast.signed_in(Client(enforce_csrf_checks=True), town.users["officer"])
    api = Api(client=client)
    assert api.get("/me").json()["name"] == "Officer"
    refused = api.post("/participants", person_in())
    assert refused.status_code == 403
    assert "X-CSRFToken" in refused.json()["remedy"]
    client.get("/akun/masuk/")
    token = client.cookies["jamsostek_csrf"].value
    assert api.post("/participants", person_in("Rina Contoh"), X_CSRFToken=token).status_code == 201


def test_staff_without_a_second_factor_are_told_where_to_set_it_up(town: SimpleNamespace) -> None:
    client = Client()
    client.force_login(town.users["other_officer"], backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = Api(client=client).get("/participants")
    assert refused.status_code == 403
    assert refused.json()["remedy"].startswith("/")


# --- nobody sees another's --------------------------------------------------------------------------------------------


def paths_of(kpj: str, npp: str) -> list[str]:
    """Every address that tells something of a person or employer."""
    person = ["", "/timeline", "/known?month=2026-01&known_on=2026-01-31", "/relatives", "/covers", "/card", "/trail"]
    firm = ["", "/units", "/projects", "/employments"]
    return [f"/participants/{kpj}{one}" for one in person] + [f"/employers/{npp}{one}" for one in firm]


def test_an_employer_sees_nothing_of_another(town: SimpleNamespace) -> None:
    for path in paths_of(town.budi.kpj, town.b.npp):
        assert town.as_clerk_a.get(path).status_code == 404, path
    for path in paths_of(town.ani.kpj, town.a.npp):
        assert town.as_clerk_b.get(path).status_code == 404, path


@pytest.mark.parametrize("who", ["researcher", "other_officer", "payer", "clerk_b"])
def test_a_list_holds_only_what_is_in_sight(town: SimpleNamespace, who: str) -> None:
    api = getattr(town, f"as_{who}")
    seen = {one["kpj"] for one in api.get("/participants").json()["items"]}
    mine = {"researcher": set(), "other_officer": {town.far.kpj}, "payer": {town.dewi.kpj}, "clerk_b": {town.budi.kpj}}[who]
    assert seen == mine
    for text in ("Ani Contoh", town.ani.kpj):
        assert api.post("/participants/search", {"text": text}).json()["items"] == []


def test_writing_about_somebody_out_of_sight_is_as_if_they_were_not_there(town: SimpleNamespace) -> None:
    kpj = town.budi.kpj
    body = {"from_month": "2026-02", "wage_rupiah": 1, "reason": "x"}
    assert town.as_clerk_a.post(f"/employers/{town.b.npp}/employments/{kpj}/wages", body).status_code == 404
    assert town.as_clerk_a.post(f"/employers/{town.a.npp}/employments/{kpj}/wages", body).status_code == 404
    taken = {"kpj": kpj, "from_month": "2026-02", "wage_rupiah": 3_000_000}
    assert town.as_clerk_a.post(f"/employers/{town.a.npp}/employments", taken).status_code == 404
    assert town.as_clerk_a.post(f"/participants/{kpj}/cards").status_code == 404


def test_a_role_without_the_right_is_refused_before_anything_is_looked_up(town: SimpleNamespace) -> None:
    firm = {"name": "PT Baru", "kind": "company", "regency_code": 3515, "industry": "1.1", "scale": "small"}
    for who in ("clerk_a", "worker", "researcher", "auditor", "payer"):
        assert getattr(town, f"as_{who}").post("/employers", firm).status_code == 403


def test_a_trail_is_for_the_person_and_the_auditor(town: SimpleNamespace) -> None:
    town.as_officer.get(f"/participants/{town.ani.kpj}")
    mine = town.as_worker.get(f"/participants/{town.ani.kpj}/trail").json()["items"]
    assert {"actor": "Officer", "action": "look"}.items() <= mine[0].items()
    assert town.as_auditor.get(f"/participants/{town.ani.kpj}/trail").json()["items"]
    assert town.as_officer.get(f"/participants/{town.ani.kpj}/trail").json()["items"] == []
