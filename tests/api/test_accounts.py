"""A person's JHT and JP through the API: their own, and at an office; nobody else's, and never an employer's."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import cast
import pytest


@pytest.fixture(scope="module")
def saved(town: SimpleNamespace) -> SimpleNamespace:
    """Ani's money of 2020 under two numbers; January is credited."""
    from jamsostek.accounts.actions import floors
    from jamsostek.accounts.models import Programme
    from jamsostek.collection.billing.writing import bill_id
    from jamsostek.registry.actions.merging import merge
    from tests.accounts import money

    bill = bill_id(202001, 1, town.a.pk)
    with cast.everyone():
        other = cast.participant("Ani Lama")
        merge(source_id=other.pk, into_id=town.ani.pk, reason="Menurut akta yang ditunjukkan di loket")
        money.move({town.ani.pk: 342_000}, dt.date(2020, 1, 10), for_month=201912, source_id=bill)
        money.move({other.pk: 50_000}, dt.date(2020, 1, 10), for_month=201912)
        money.move({town.ani.pk: 180_000}, dt.date(2020, 1, 10), for_month=201912, source_id=bill, programme=Programme.JP)
    money.credit(202001)
    with cast.everyone():
        found = floors.record(floors.NewFloor(202101, 30_000, "https://contoh.example/suku-bunga"))
    with cast.as_user(town.users["head"]):
        floors.answer(floor_id=found.id, confirmed=True)
    return town


def test_a_worker_reads_their_balance_under_all_their_numbers(saved: SimpleNamespace) -> None:
    told = saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht").json()
    # (342,000 × 21 × 0.0563 ÷ 366 = 1,104.8) and (50,000 × 21 … = 161.5)
    assert (told["kpj"], told["balance_rupiah"], told["year_return_rupiah"]) == (saved.ani.kpj, 393_267, 0)
    assert told["credited_until"] == "2020-01"
    assert told["years"][-1:] == [
        {
            "year": 2020, "opening_rupiah": 0, "closing_rupiah": 393_267, "in_rupiah": 392_000, "return_rupiah": 1_267,
            "out_rupiah": 0, "corrected_rupiah": 0,
        }
    ]  # fmt: skip
    assert saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht?on=2020-01-30").json()["balance_rupiah"] == 392_000
    then = saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht?on=2020-01-31").json()
    assert (then["balance_rupiah"], then["year_return_rupiah"]) == (393_267, 1_267)


def test_a_statement_names_who_paid(saved: SimpleNamespace) -> None:
    told = saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht/years/2020").json()
    assert (told["opening_rupiah"], told["closing_rupiah"], told["pension_rupiah"]) == (0, 393_267, 180_000)
    (month,) = told["months"]
    assert (month["month"], month["rate_ppm"], month["return_rupiah"]) == ("2020-01", 56_300, 1_267)
    assert [(one["on"], one["kind"], one["for_month"], one["rupiah"], one["payer"]) for one in month["lines"]] == [
        ("2020-01-10", "contribution", "2019-12", 342_000, "PT Alfa Contoh"),
        ("2020-01-10", "contribution", "2019-12", 50_000, None),
        ("2020-01-31", "return", "2020-01", 1_105, None),
        ("2020-01-31", "return", "2020-01", 162, None),
    ]
    assert told["pension"] == [{"for_month": "2019-12", "rupiah": 180_000, "on": "2020-01-10", "payer": "PT Alfa Contoh"}]


def test_a_return_explains_itself(saved: SimpleNamespace) -> None:
    told = saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht/returns/2020-01").json()
    assert [(one["return_rupiah"], one["holds"], one["changes"]) for one in told] == [(1_105, True, []), (162, True, [])]
    assert told[0]["explanation"]["rule"] == "benefit.jht.monthly_return"
    assert told[0]["explanation"]["figures"]["jht.development_rate"]
    assert saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht/returns/2020-02").json() == []


def test_an_office_reads_the_people_of_its_region_and_each_look_is_kept(saved: SimpleNamespace) -> None:
    path = f"/participants/{saved.ani.kpj}/jht"
    assert saved.as_officer.get(path).json()["balance_rupiah"] == 393_267
    assert saved.as_head.get(path).json()["balance_rupiah"] == 393_267
    assert saved.as_other_officer.get(path).status_code == 404
    trail = saved.as_worker.get(f"/participants/{saved.ani.kpj}/trail").json()["items"]
    assert [one["fields"] for one in trail[:2]] == [["jht"], ["jht"]]


@pytest.mark.parametrize("who", ["clerk_a", "boss_a", "clerk_b", "payer", "auditor", "researcher"])
@pytest.mark.parametrize("what", ["", "/years/2020", "/returns/2020-01"])
def test_employers_sponsors_and_watchers_are_told_of_nothing(saved: SimpleNamespace, who: str, what: str) -> None:
    answer = getattr(saved, f"as_{who}").get(f"/participants/{saved.ani.kpj}/jht{what}")
    assert answer.status_code == 404
    told = answer.json()
    told.pop("instance")  # the number of the request, which may have any digits
    assert "393" not in str(told)


def test_a_worker_reads_nobody_elses(saved: SimpleNamespace) -> None:
    for other in (saved.budi, saved.dewi, saved.far):
        assert saved.as_worker.get(f"/participants/{other.kpj}/jht").status_code == 404


@pytest.mark.parametrize("wrong", ["years/1999", "years/abcd", "returns/2020-13", "returns/202001", "?on=kemarin"])
def test_what_cannot_be_is_told_in_the_usual_form(saved: SimpleNamespace, wrong: str) -> None:
    answer = saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht{'' if wrong.startswith('?') else '/'}{wrong}")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")


# --- rates declared -----------------------------------------------------------------------------------------------------

NEW = {"from_month": "2021-01", "rate_ppm": 55_300, "source": "https://contoh.example/siaran-pers/17"}


def test_a_rate_is_declared_by_one_and_confirmed_by_another(saved: SimpleNamespace) -> None:
    answer = saved.as_supervisor.post("/jht/rates", NEW)
    made = answer.json()
    assert (answer.status_code, made["state"], made["to_month"], made["credited"]) == (201, "waiting", "2021-12", [])
    path = answer.headers["Location"].removeprefix("/api/v1")
    assert saved.as_auditor.get(path).json() == made
    assert saved.as_supervisor.post(f"{path}/answer", {"confirmed": True}).status_code == 403
    own = saved.as_head.post("/jht/rates", NEW).json()
    refused = saved.as_head.post(f"/jht/rates/{own['id']}/answer", {"confirmed": True})
    assert (refused.status_code, "yourself" in refused.json()["detail"]) == (403, True)
    told = saved.as_head.post(f"{path}/answer", {"confirmed": True}).json()
    assert (told["state"], told["answered_at"] is not None) == ("confirmed", True)
    assert saved.as_head.post(f"{path}/answer", {"confirmed": True}).status_code == 422
    assert [one["id"] for one in saved.as_head.get("/jht/rates").json()["items"]] == [own["id"], made["id"]]
    first = saved.as_head.get("/jht/rates?limit=1").json()
    second = saved.as_head.get(f"/jht/rates?limit=1&cursor={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == [own["id"], made["id"]]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"from_month": "2020-06"}, "from_month"), ({"from_month": "2019-12"}, "from_month"), ({"rate_ppm": 200_001}, "rate_ppm"),
        ({"source": ""}, "source"), ({"decree": "KEP/1"}, "decree"), ({"invented": True}, "invented"),
    ],
    ids=str,
)  # fmt: skip
def test_a_rate_that_is_none_is_refused_at_its_field(saved: SimpleNamespace, given: dict[str, object], field: str) -> None:
    answer = saved.as_head.post("/jht/rates", {**NEW, **given})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("who", ["clerk_a", "boss_a", "payer", "officer", "worker", "researcher"])
def test_rates_are_of_those_who_keep_the_books(saved: SimpleNamespace, who: str) -> None:
    assert getattr(saved, f"as_{who}").get("/jht/rates").status_code == 403
    assert getattr(saved, f"as_{who}").post("/jht/rates", NEW).status_code == 403


def test_the_months_of_a_year_say_where_their_rate_stands(saved: SimpleNamespace) -> None:
    (month,) = saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht/years/2020").json()["months"]
    assert (month["rate"]["grade"], month["rate"]["invented"]) == ("second-hand source", False)
    assert month["rate"]["sources"] and month["rate"]["cited"].endswith("27")
    (why, _other) = saved.as_worker.get(f"/participants/{saved.ani.kpj}/jht/returns/2020-01").json()
    assert (why["rate_ppm"], why["rate"]) == (56_300, month["rate"])
