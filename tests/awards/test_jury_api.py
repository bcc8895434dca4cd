"""Juries by API: the same walls as on pages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests import cast
from tests.api.town import Api, token_of
from tests.awards import juries_made as made


@pytest.fixture
def jury(committed_db: Any) -> SimpleNamespace:
    """Two candidates, three jurors and a committee, each with a token."""
    with cast.everyone():
        edition = made.edition()
        found = SimpleNamespace(
            edition=edition,
            first=made.entry(edition, made.SIDOARJO),
            second=made.entry(edition, made.LUMAJANG),
            seats=[
                made.juror(f"juri-{name}", seat, declared=False)
                for name, seat in zip("abc", ("chair", "labour", "union"), strict=True)
            ],
        )
        found.committee = Api(token_of(cast.user("panitia", "award_committee")))
        found.auditor = Api(token_of(cast.user("auditor", "auditor")))
        found.apis = [Api(token_of(user)) for user, _seat in found.seats]
        cast.user("juri-d", "jury")
    return found


def test_a_contest_goes_from_declaring_to_discussing_and_nobody_reads_too_early(jury: SimpleNamespace) -> None:
    base = f"/award/editions/{jury.edition.code}"
    contest = {"category": made.CATEGORY, "area": made.EAST_JAVA}
    for at, (api, (_user, seat)) in enumerate(zip(jury.apis, jury.seats, strict=True)):
        mine = f"/award/seats/{seat.code}"
        body = {"entry": jury.first.code, "marks": [{"criterion": "innovation", "marks": 20 + 30 * at}]}
        assert api.post(f"{mine}/marks", body).status_code == 422  # nothing is declared yet
        assert api.post(f"{mine}/interests", {"kind": "none"}).status_code == 200
        for entry in (jury.first, jury.second):
            marks = [
                {"criterion": "innovation", "marks": 20 + 30 * at},
                {"criterion": "understanding", "marks": 70, "note": "Cukup"},
            ]
            assert api.post(f"{mine}/marks", {"entry": entry.code, "marks": marks}).status_code == 200
        assert len(api.get(f"{mine}/marks").json()["items"]) == 4
        assert api.post(f"{mine}/freezes", contest).status_code == 200
        changed = {"entry": jury.first.code, "marks": [{"criterion": "innovation", "marks": 1}]}
        assert api.post(f"{mine}/marks", changed).status_code == 422
    first = f"/award/seats/{jury.seats[0][1].code}"
    for api in (jury.apis[1], jury.committee, jury.auditor):
        assert api.get(f"{first}/marks").status_code in (403, 404)
        assert api.get(f"{base}/marks?level=province").json()["items"] == []
    told = jury.committee.get(f"{base}/contests").json()["items"]
    assert [(one["jurors"], one["frozen"], one["short"], one["revealed"]) for one in told] == [(3, 3, [], False)]
    assert jury.committee.post(f"{base}/reveals", contest | {"level": "province"}).json()["unfrozen"] == []
    found = jury.apis[1].get(f"{base}/marks?level=province").json()["items"]
    assert [one["spread"] for one in found if one["criterion"] == "innovation"] == [60, 60]
    assert found == jury.auditor.get(f"{base}/marks?level=province&limit=200").json()["items"]
    part = jury.auditor.get(f"{base}/marks?level=province&limit=3").json()
    assert len(part["items"]) == 3
    assert len(jury.auditor.get(f"{base}/marks?level=province&limit=3&cursor={part['next']}").json()["items"]) == 1
    note = {"criterion": "innovation", "note": "Dibahas"}
    assert jury.apis[1].post(f"/award/entries/{jury.first.code}/discussions", note).status_code == 403
    assert jury.apis[0].post(f"/award/entries/{jury.first.code}/discussions", note).status_code == 200


def test_seats_are_given_and_left(jury: SimpleNamespace) -> None:
    base = f"/award/editions/{jury.edition.code}/seats"
    body = {"level": "province", "area": 35, "seat": "social", "username": "juri-d", "home_regency": 3578}
    made_one = jury.committee.post(base, body)
    assert made_one.status_code == 201
    assert jury.committee.post(base, body).json()["code"] == made_one.json()["code"]
    assert jury.committee.post(base, body | {"seat": "dapur"}).status_code == 422
    assert jury.committee.post(base, body | {"area": 99}).status_code == 422
    assert jury.apis[0].post(base, body).status_code == 403
    assert len(jury.apis[0].get(base).json()["items"]) == 1
    assert len(jury.auditor.get(base).json()["items"]) == 4
    code = made_one.json()["code"]
    assert jury.apis[0].post(f"/award/seats/{code}/departure", {"how": "own_wish", "reason": "x"}).status_code == 404
    left = jury.committee.post(f"/award/seats/{code}/departure", {"how": "replaced", "reason": "Sakit"})
    assert left.json()["left_reason"] == "Sakit"


def test_an_interest_is_read_by_committee_and_auditor_alone(jury: SimpleNamespace) -> None:
    mine = f"/award/seats/{jury.seats[0][1].code}/interests"
    body = {"kind": "other", "entry": jury.first.code, "note": "Ipar bupati"}
    assert jury.apis[0].post(mine, body).json()["conflicts"] == {jury.first.code: "other"}
    assert jury.apis[0].post(mine, body).status_code == 200
    for api in (jury.committee, jury.auditor):
        assert [one["note"] for one in api.get(mine).json()["items"]] == ["Ipar bupati"]
    assert jury.apis[1].get(mine).status_code == 404


def test_an_interview_is_planned_moved_held_and_read_by_who_sits_in_it(jury: SimpleNamespace) -> None:
    base, first = f"/award/editions/{jury.edition.code}/interviews", f"/award/entries/{jury.first.code}/interviews"
    plan = {"starts_at": "2026-11-02T09:00:00+07:00", "minutes": 45, "jurors": [jury.seats[0][1].code], "leader": "Bupati Contoh"}
    plan["place"] = "Ruang rapat"
    planned = jury.committee.post(first, plan)
    assert planned.status_code == 201 and planned.json()["ends_at"] == "2026-11-02T09:45:00+07:00"
    mine = f"/award/interviews/{planned.json()['code']}"
    assert planned.headers["Location"].endswith(mine) and jury.committee.post(first, plan).json() == planned.json()
    clash = jury.committee.post(f"/award/entries/{jury.second.code}/interviews", plan)
    assert clash.status_code == 422 and "Clashes with the interview of" in clash.json()["detail"]
    for wrong in (
        {"minutes": 2},
        {"starts_at": "2026-11-02T09:00:00"},
        {"jurors": ["tidak-ada"]},
        {"leader": ""},
        {"place": " "},
    ):
        assert jury.committee.post(first, plan | wrong).status_code == 422
    assert jury.apis[0].post(first, plan).status_code == 403 and jury.apis[1].get(mine).status_code == 404
    later = plan | {"starts_at": "2026-11-03T09:00:00+07:00", "reason": "Bupati dinas luar"}
    assert jury.committee.post(f"{mine}/move", later).json()["reason"] == "Bupati dinas luar"
    other = jury.committee.post(f"/award/entries/{jury.second.code}/interviews", plan).json()["code"]
    stopped = jury.committee.post(f"/award/interviews/{other}/cancellation", {"reason": "Mundur"})
    assert (stopped.json()["state"], stopped.json()["reason"]) == ("cancelled", "Mundur")
    came = {"jurors": plan["jurors"], "leader_came": True, "officials_came": 2}
    held = jury.committee.post(f"{mine}/attendance", came).json()
    assert (held["state"], held["came"], held["leader_came"], held["officials_came"]) == ("held", plan["jurors"], True, 2)
    assert jury.apis[0].get(mine).json() == held
    assert [len(api.get(base).json()["items"]) for api in (jury.committee, jury.auditor, *jury.apis)] == [2, 2, 2, 0, 0]
    part = jury.auditor.get(f"{base}?limit=1").json()
    assert [one["code"] for one in part["items"]] == [other]
    assert [one["code"] for one in jury.auditor.get(f"{base}?limit=1&cursor={part['next']}").json()["items"]] == [held["code"]]
