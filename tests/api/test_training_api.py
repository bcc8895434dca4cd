"""Training after a claim through the API: offered, taken part in, marked, told afterwards and summed; nothing of others."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.utils import timezone
from town import Api, token_of

from tests.claims.training import courses


def day(later: int = 0) -> str:
    """Today, or so many days later."""
    return (timezone.localdate() + dt.timedelta(days=later)).isoformat()


OFFER: dict[str, Any] = {
    "kind": "heirs_training", "title": "Membuat kue basah", "title_en": "Making wet cakes", "region_code": cast.SIDOARJO,
    "place": "Balai desa", "provider": "BLK Contoh", "starts_on": day(), "ends_on": day(), "sessions": 2, "capacity": 10,
    "cost_rupiah": 12_000_000, "sponsor_kind": "region", "sponsor": "Kabupaten Contoh",
}  # fmt: skip


@pytest.fixture(scope="module")
def office(town: SimpleNamespace) -> SimpleNamespace:
    """The town's office, and a widow's paid claim with a token of hers."""
    with cast.everyone():
        claim = courses.widowed()
        heir = cast.user("ahli.waris", "heir", "self", claim.participant_id)
        ministry = cast.user("kementerian", "ministry")
    return SimpleNamespace(
        officer=town.as_officer, supervisor=town.as_supervisor, far=town.as_other_officer, claim=claim,
        heir=Api(token_of(heir)), ministry=Api(token_of(ministry)),
    )  # fmt: skip


def fields(answer: Any) -> list[str]:
    """Where an answer says what is wrong."""
    assert answer.status_code == 422, answer.content
    return [one["field"] for one in answer.json()["errors"]]


def opened(office: SimpleNamespace, **given: Any) -> str:
    """The address of an open offer."""
    made = office.supervisor.post("/trainings", {**OFFER, **given})
    assert made.status_code == 201, made.content
    path = str(made.headers["Location"]).removeprefix("/api/v1")
    assert office.supervisor.post(f"{path}/opening").json()["state"] == "open"
    return path


def test_from_an_offer_to_the_sums_of_it(office: SimpleNamespace) -> None:
    path = opened(office)
    assert office.supervisor.post(f"{path}/invitations").json() == {"invited": 1}
    (row,) = office.officer.get(f"{path}/trainees").json()["items"]
    assert (row["name"], row["state"], row["claim"]) == ("Dewi Lestari", "invited", office.claim.number)
    who = f"/trainees/{row['id']}"
    assert office.heir.get(who).json()["state"] == "invited"
    assert office.heir.post(f"{who}/answer", {"accepted": True}).json()["state"] == "accepted"
    assert office.heir.post(f"{who}/finishing").status_code == 403
    sheet = {"session": 1, "on": day(), "came": {row["id"]: True}}
    assert office.officer.post(f"{path}/attendance", sheet).json() == {"marked": 1}
    assert office.officer.get(who).json()["sessions"] == {"1": True}
    early = {"month": 3, "working": True, "business": False}
    assert fields(office.officer.post(f"{who}/outcomes", early)) == ["trainee"]
    done = {"finished": [row["id"]], "spent_rupiah": 9_000_000}
    assert office.supervisor.post(f"{path}/completion", done).json()["spent_rupiah"] == 9_000_000
    assert office.officer.get(who).json()["state"] == "finished"
    assert fields(office.officer.post(f"{who}/outcomes", early)) == ["month"]
    (told,) = office.officer.get("/training-results?by=kind").json()["items"]
    assert (told["name"], told["finished"], told["cost_rupiah"], told["hidden"]) == ("heirs_training", 1, 9_000_000, 0)
    (hidden,) = office.ministry.get("/training-results?by=kind").json()["items"]
    assert (hidden["finished"], hidden["cost_rupiah"], hidden["hidden"]) == (0, 0, 1)
    assert office.ministry.get("/training-results?region=3508").json()["items"] == []
    assert fields(office.ministry.get("/training-results?region=99")) == ["region"]
    assert office.officer.get("/training-work").json() == {"unanswered": [], "due": []}


def test_an_officer_enrols_by_the_claims_number_and_a_repeat_changes_nothing(office: SimpleNamespace) -> None:
    path = opened(office, kind="entrepreneurship", starts_on=day(3), ends_on=day(5))
    told = {"claim": office.claim.number, "before_rupiah": 400_000}
    first = office.officer.post(f"{path}/trainees", told, idempotency_key="pelatihan-1")
    assert first.status_code == 201 and first.json()["state"] == "accepted" and first.json()["before_rupiah"] == 400_000
    assert office.officer.post(f"{path}/trainees", told, idempotency_key="pelatihan-1").json() == first.json()
    who = f"/trainees/{first.json()['id']}"
    assert fields(office.officer.post(f"{who}/leaving", {"reason": " "})) == ["reason"]
    assert office.heir.post(f"{who}/answer", {"accepted": False, "reason": "Sakit"}).json()["reason"] == "Sakit"
    assert office.officer.post(f"{who}/answer", {"accepted": True}).status_code == 422


def test_nothing_is_told_to_another_office(office: SimpleNamespace) -> None:
    path = opened(office, kind="financial_literacy", starts_on=day(3), ends_on=day(5))
    (row,) = [office.officer.post(f"{path}/trainees", {"claim": office.claim.number}).json()]
    assert office.far.get(path).status_code == office.far.get(f"/trainees/{row['id']}").status_code == 404
    assert office.far.get("/trainings").json()["items"] == []
    assert office.far.post(f"{path}/closing").status_code == 403
    assert office.officer.post(f"{path}/closing").status_code == 403
    assert office.supervisor.post(f"{path}/closing").json()["state"] == "closed"
    assert [one["number"] for one in office.officer.get("/trainings?state=closed").json()["items"]] == [int(path.split("/")[-1])]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cost_rupiah": -1}, "cost_rupiah"), ({"capacity": 0}, "capacity"), ({"kind": "menari"}, "kind"),
        ({"ends_on": "2020-01-01"}, "ends_on"), ({"sponsor": ""}, "sponsor"), ({"warna": "merah"}, "warna"),
    ],
)  # fmt: skip
def test_an_offer_that_makes_no_sense_is_refused_at_its_field(office: SimpleNamespace, given: dict[str, Any], field: str) -> None:
    assert fields(office.supervisor.post("/trainings", {**OFFER, **given})) == [field]
