"""Bills through the API: listed, read, explained; own cover and a sponsor's list billed; the month's runs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cast
import pytest
from town import Api, token_of

from jamsostek.core.months import add_months


@pytest.fixture(scope="module")
def billed(town: SimpleNamespace) -> SimpleNamespace:
    """The town with a bill of the employer and of the sponsor, and somebody who pays for themself."""
    from django.utils import timezone

    from jamsostek.collection import codes
    from jamsostek.collection.actions import bills, runs
    from jamsostek.core.months import month_of
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself

    today = timezone.localdate()
    month, made = add_months(month_of(today), -1), {}
    with cast.everyone():
        made["a"] = bills.bill_employer(employer_id=town.a.pk, month=month, today=today)
        made["b"] = bills.bill_employer(employer_id=town.b.pk, month=month, today=today)
        alone = cast.participant("Nelayan Contoh")
        cover_oneself(Covering(alone.pk, month, 1_000_000, "Nelayan"))
        user = cast.user("nelayan", "worker", "self", alone.pk)
        supervisor = cast.user("penyelia2", "branch_supervisor", "region", cast.SIDOARJO)
    with cast.as_user(supervisor):
        run = runs.start_run(month=month, region=cast.SIDOARJO, today=today, enqueue_it=False)
    runs.work(run.pk, now=timezone.now)
    return SimpleNamespace(
        town=town, month=month, codes={name: codes.code_of(bill.number) for name, bill in made.items()}, bills=made, alone=alone,
        fisher=Api(token_of(user)), supervisor=Api(token_of(supervisor)),
    )  # fmt: skip


def test_a_bill_is_read_with_its_lines_and_why(billed: SimpleNamespace) -> None:
    clerk, code = billed.town.as_clerk_a, billed.codes["a"]
    told = clerk.get(f"/bills/{code}").json()
    assert (told["payer"], told["number"], told["state"]) == ("employer", billed.town.a.npp, told["state"])
    assert told["total_rupiah"] == billed.bills["a"].total_rupiah == sum(one["rupiah"] for one in told["programmes"])
    lines = clerk.get(f"/bills/{code}/lines").json()["items"]
    assert [one["name"] for one in lines] == ["Ani Contoh"] and lines[0]["total_rupiah"] == told["total_rupiah"]
    month = f"{billed.month // 100}-{billed.month % 100:02d}"
    why = clerk.get(f"/bills/{code}/lines/{lines[0]['kpj']}/{month}").json()
    assert why["same"] and why["changes"] == [] and why["stored"]["jkk"] == why["found"]["jkk"]
    assert "PP 44/2015" in str(why["explanation"]["figures"])
    assert clerk.get(f"/bills/{code}/lines/{lines[0]['kpj']}/2020-01").status_code == 404


def test_a_bill_of_others_is_as_if_it_were_not_there(billed: SimpleNamespace) -> None:
    clerk = billed.town.as_clerk_a
    for path in ("", "/lines", f"/lines/{billed.alone.kpj}/2026-01"):
        assert clerk.get(f"/bills/{billed.codes['b']}{path}").status_code == 404
    assert {one["code"] for one in clerk.get("/bills").json()["items"]} == {billed.codes["a"]}
    assert clerk.get(f"/bills?employer={billed.town.b.npp}").status_code == 404
    assert clerk.get("/bills/123456789012341").status_code in (404, 422)


def test_own_cover_is_billed_once_for_its_months(billed: SimpleNamespace) -> None:
    month = add_months(billed.month, 2)
    given = {"kpj": billed.alone.kpj, "from_month": f"{month // 100}-{month % 100:02d}", "months": 3}
    made = billed.fisher.post("/bills", given)
    assert made.status_code == 201, made.content
    told = made.json()
    assert made.headers["Location"] == f"/api/v1/bills/{told['code']}"
    assert {one["code"] for one in billed.fisher.get(f"/bills?kpj={billed.alone.kpj}").json()["items"]} >= {told["code"]}
    assert billed.fisher.post("/bills", given).status_code == 422, "the months are asked for already"
    assert billed.fisher.post("/bills", {**given, "months": 2}).status_code == 422
    assert billed.town.as_clerk_a.post("/bills", given).status_code == 404, "nobody they see"
    assert billed.town.as_auditor.post("/bills", given).status_code == 403


def test_a_sponsor_bills_its_list_once_a_month(billed: SimpleNamespace) -> None:
    payer, month = billed.town.as_payer, add_months(billed.month, 1)
    given, path = {"month": f"{month // 100}-{month % 100:02d}"}, f"/sponsors/{billed.town.payer.number}/bills"
    made = payer.post(path, given)
    assert made.status_code == 201 and made.json()["total_rupiah"] > 0, made.content
    again = payer.post(path, given)
    assert again.status_code == 409 and again.headers["Content-Type"].startswith("application/problem+json")


def test_runs_are_told_to_who_runs_months(billed: SimpleNamespace) -> None:
    (run,) = billed.supervisor.get("/month-runs").json()["items"]
    whole: dict[str, Any] = billed.supervisor.get(f"/month-runs/{run['id']}").json()
    assert whole["state"] == "done" and [one["region_code"] for one in whole["regions"]] == [cast.SIDOARJO]
    assert billed.town.as_clerk_a.get("/month-runs").status_code == 403
    assert billed.supervisor.get(f"/month-runs/{'A' * 32}").status_code == 404
