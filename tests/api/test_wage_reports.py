"""The wage report through the API: a month from the draft to the bill, and what is refused on the way."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.utils import timezone
from town import Api, person_in, token_of

from jamsostek.core.months import format_month, month_of

MONTH = format_month(month_of(timezone.localdate()))


@pytest.fixture
def firm(town: SimpleNamespace) -> SimpleNamespace:
    """A company of the test's own with a clerk and an approver."""
    with cast.everyone():
        employer = cast.employer("PT Laporan Contoh")
        worker = cast.participant("Ani Laporan")
        cast.works(worker, employer)
        clerk = cast.user(f"c{employer.npp}", "employer_clerk", "employer", employer.pk)
        boss = cast.user(f"b{employer.npp}", "employer_approver", "employer", employer.pk)
    return SimpleNamespace(npp=employer.npp, kpj=worker.kpj, clerk=Api(token_of(clerk)), boss=Api(token_of(boss)), town=town)


def begun(firm: SimpleNamespace) -> str:
    answer = firm.clerk.post(f"/employers/{firm.npp}/reports", {"month": MONTH})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def sent(api: Api, path: str, body: Any = None, status: int = 200) -> Any:
    answer = api.post(path, body)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_month_from_the_draft_to_the_bill(firm: SimpleNamespace) -> None:
    report = begun(firm)
    change = {"kpj": firm.kpj, "kind": "wage", "wage_rupiah": 6_000_000}
    assert sent(firm.clerk, f"/reports/{report}/changes", change) == {"status": "taken"}
    person = {key: value for key, value in person_in("Agus Laporan").items() if key != "reason"}
    joiner = {"person": person, "joined_on": f"{MONTH}-01", "wage_rupiah": 4_000_000}
    assert sent(firm.clerk, f"/reports/{report}/joiners", joiner) == {"status": "taken"}
    listed = firm.clerk.get(f"/reports/{report}/changes").json()["items"]
    assert [(one["kind"], one["wage_rupiah"]) for one in listed] == [("wage", 6_000_000), ("join", 4_000_000)]
    told = firm.clerk.get(f"/reports/{report}").json()
    assert (told["state"], told["totals"]["now"]["wage_rupiah"]) == ("draft", 10_000_000)
    assert sent(firm.clerk, f"/reports/{report}/submission", {})["state"] == "prepared"
    assert sent(firm.boss, f"/reports/{report}/approval", {})["state"] == "billed"
    told = firm.boss.get(f"/reports/{report}").json()
    assert len(told["bills"]) == 1 and told["totals"]["now"]["people"] == 2
    assert [one["version"] for one in firm.boss.get(f"/employers/{firm.npp}/reports").json()["items"]] == [1]


def test_the_same_key_approves_once(firm: SimpleNamespace) -> None:
    report = begun(firm)
    sent(firm.clerk, f"/reports/{report}/submission", {})
    first = firm.boss.post(f"/reports/{report}/approval", {}, idempotency_key="one-approval")
    again = firm.boss.post(f"/reports/{report}/approval", {}, idempotency_key="one-approval")
    assert (first.status_code, again.status_code) == (200, 200) and first.json() == again.json()
    other = firm.boss.post(f"/reports/{report}/approval", {})
    assert other.status_code == 409 and "approved" in other.json()["detail"]


def test_an_exception_is_undone_and_a_wrong_one_is_told_at_its_field(firm: SimpleNamespace) -> None:
    report = begun(firm)
    wrong = firm.clerk.post(f"/reports/{report}/changes", {"kpj": firm.kpj, "kind": "leave", "left_on": f"{MONTH}-01"})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "leaving"
    sent(firm.clerk, f"/reports/{report}/changes", {"kpj": firm.kpj, "kind": "absent"})
    (row,) = firm.clerk.get(f"/reports/{report}/changes").json()["items"]
    sent(firm.clerk, f"/reports/{report}/changes/{row['id']}/undoing", {})
    assert firm.clerk.get(f"/reports/{report}/changes").json()["items"] == []
    assert firm.clerk.post(f"/reports/{report}/changes/{row['id']}/undoing", {}).status_code == 404


def test_who_submitted_does_not_approve_and_strangers_find_nothing(firm: SimpleNamespace) -> None:
    report = begun(firm)
    sent(firm.boss, f"/reports/{report}/submission", {})
    assert firm.boss.post(f"/reports/{report}/approval", {}).status_code == 403
    assert firm.clerk.post(f"/reports/{report}/approval", {}).status_code == 403
    for who in ("clerk_b", "other_officer"):
        assert firm.town.as_clerk_b.get(f"/reports/{report}").status_code == 404, who
    assert sent(firm.boss, f"/reports/{report}/withdrawal", {"reason": "Salah bulan"})["state"] == "withdrawn"
