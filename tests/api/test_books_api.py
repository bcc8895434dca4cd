"""The month and the books through the API: runs, bills taken back, groups, the check of all, crediting, closing."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.utils import timezone
from town import Api, token_of

from jamsostek.core.months import add_months, format_month, month_of

EARLY = 202001
"""A month with a rate of JHT of its own, and before all others that are booked here."""


def fields(answer: Any) -> list[str]:
    """Where an answer says what is wrong."""
    assert answer.status_code == 422, answer.content
    return [one["field"] for one in answer.json()["errors"]]


@pytest.fixture(scope="module")
def books(town: SimpleNamespace) -> SimpleNamespace:
    """Money of two members in an early month, a bill, and an actuary."""
    from jamsostek.accounts.actions.lines import NewLine, add_lines, open_month
    from jamsostek.accounts.models import LineKind, Programme
    from jamsostek.collection import codes
    from jamsostek.collection.actions import bills
    from jamsostek.ledger.actions import Posting, mirrored, post, signed

    day = dt.date(2020, 1, 15)
    with cast.everyone():
        open_month(EARLY)
        posting = Posting("uji:masuk", "payment", day, signed("recoverable:jht", "members:jht", 1_342_000))
        post(posting)
        people = ((town.ani, 1_000_000), (town.budi, 342_000))
        add_lines([
            NewLine(posting.group_id, who.pk, Programme.JHT, EARLY, LineKind.CONTRIBUTION, rupiah, day, 0)
            for who, rupiah in people
        ])  # fmt: skip
        wrong = Posting("uji:keliru", "uji", day, signed("cash:jkk", "fund:jkk", 1_000))
        post(wrong)
        back = mirrored(wrong.group_id, reference="uji:balik", kind="reversal", effective_on=day)
        post(back)
        bill = bills.bill_employer(employer_id=town.b.pk, month=202609, today=timezone.localdate())
        actuary = cast.user("aktuaris", "actuary")
    return SimpleNamespace(
        head=town.as_head, auditor=town.as_auditor, actuary=Api(token_of(actuary)), supervisor=town.as_supervisor,
        group=posting.group_id, wrong=wrong.group_id, back=back.group_id, code=codes.code_of(bill.number),
    )  # fmt: skip


# --- the month --------------------------------------------------------------------------------------------------------


def test_a_run_is_started_once_and_looked_at(books: SimpleNamespace) -> None:
    month = format_month(add_months(month_of(timezone.localdate()), -1))
    answer = books.supervisor.post("/month-runs", {"month": month, "region_code": cast.SIDOARJO})
    made = answer.json()
    assert (answer.status_code, made["month"], made["region_code"], made["state"]) == (202, month, cast.SIDOARJO, "waiting")
    path = answer.headers["Location"].removeprefix("/api/v1")
    assert [one["state"] for one in books.supervisor.get(path).json()["regions"]] == ["waiting"]
    again = books.supervisor.post("/month-runs", {"month": month, "region_code": cast.SIDOARJO})
    assert again.status_code == 409
    assert books.supervisor.post("/month-runs", {"month": month, "region_code": cast.LUMAJANG}).status_code == 403
    assert books.supervisor.post("/month-runs", {"month": month, "region_code": None}).status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [({"month": "2029-01"}, "month"), ({"region_code": 9}, "region_code"), ({"month": "2026-13"}, "month")],
    ids=str,
)  # fmt: skip
def test_a_run_that_cannot_be_is_refused_at_its_field(books: SimpleNamespace, given: dict[str, object], field: str) -> None:
    assert fields(books.head.post("/month-runs", {"month": "2026-09", "region_code": cast.SIDOARJO, **given})) == [field]


def test_the_nation_is_billed_only_where_it_is_said(books: SimpleNamespace) -> None:
    assert fields(books.head.post("/month-runs", {"month": "2026-09"})) == ["region_code"]


def test_a_bill_is_taken_back_once_with_a_reason(town: SimpleNamespace, books: SimpleNamespace) -> None:
    path = f"/bills/{books.code}/void"
    assert fields(books.supervisor.post(path, {"reason": " "})) == ["reason"]
    for who, status in (("clerk_b", 403), ("boss_a", 404), ("auditor", 403), ("other_officer", 404)):
        assert getattr(town, f"as_{who}").post(path, {"reason": "Salah"}).status_code == status, who
    told = books.supervisor.post(path, {"reason": "Salah kelas risiko"}).json()
    assert (told["state"], told["void_reason"]) == ("void", "Salah kelas risiko")
    assert fields(books.supervisor.post(path, {"reason": "Lagi"})) == [""]


def test_a_bill_that_was_paid_on_is_not_taken_back(town: SimpleNamespace, books: SimpleNamespace) -> None:
    from jamsostek.collection import codes
    from jamsostek.collection.actions import bills, payments
    from jamsostek.collection.actions.payments import Notice
    from jamsostek.collection.choices import Channel

    today = timezone.localdate()
    with cast.everyone():
        bill = bills.bill_employer(employer_id=town.a.pk, month=202609, today=today)
        code = codes.code_of(bill.number)
        payments.receive(Notice("1234567890", "T1", code, 1_000, timezone.now(), Channel.WEBHOOK), today=today)
    answer = books.supervisor.post(f"/bills/{code}/void", {"reason": "Salah"})
    assert answer.status_code == 409
    assert "errors" not in answer.json()


# --- the books --------------------------------------------------------------------------------------------------------


def test_a_group_is_read_whole_with_what_it_reverses(books: SimpleNamespace) -> None:
    from jamsostek.ledger.queries import number_words

    number, wrong, back = (number_words(one) for one in (books.group, books.wrong, books.back))
    told = books.actuary.get(f"/ledger/groups/{number}").json()
    assert (told["number"], told["title"], told["effective_on"], told["made_by"]) == (number, "Payment", "2020-01-15", "")
    assert told["transfers"] == [{"debit": "recoverable:jht", "credit": "members:jht", "rupiah": 1_342_000}]
    assert (told["reverses"], told["reversed_by"]) == (None, None)
    assert books.auditor.get(f"/ledger/groups/{wrong}").json()["reversed_by"] == back
    assert books.auditor.get(f"/ledger/groups/{back}").json()["reverses"] == wrong
    for strange in ("00000000-00000001", "ffffffff-ffffffff"):
        assert books.auditor.get(f"/ledger/groups/{strange}").status_code == 404
    assert books.auditor.get("/ledger/groups/1").status_code == 422


def test_a_check_of_the_books_is_asked_for_and_told(books: SimpleNamespace) -> None:
    from jamsostek.ledger.jobs import check_books

    before = books.auditor.get("/ledger/checks").json()
    assert before["newest"] is None and len(before["checks"]) > 5
    for _again in range(2):
        asked = books.auditor.post("/ledger/checks")
        assert (asked.status_code, asked.headers["Location"]) == (202, "/api/v1/ledger/checks")
    check_books(asked_by=None)
    newest = books.actuary.get("/ledger/checks").json()["newest"]
    assert newest["rows"] > 0 and newest["findings"] == [] and newest["by"] == ""


# --- crediting --------------------------------------------------------------------------------------------------------


def test_a_month_is_credited_once_and_in_its_turn(town: SimpleNamespace, books: SimpleNamespace) -> None:
    from jamsostek.accounts.jobs import credit_month

    assert books.auditor.get("/jht/creditings").json() == {"next_month": "2020-01", "items": []}
    assert books.auditor.get("/jht/creditings/2020-01").status_code == 404
    this_month = format_month(month_of(timezone.localdate()))
    assert fields(books.head.post("/jht/creditings", {"month": this_month})) == ["month"]
    assert books.head.post("/jht/creditings", {"month": "2020-02"}).status_code == 409, "not its turn"
    for _goes_on in range(2):
        answer = books.head.post("/jht/creditings", {"month": "2020-01"})
        assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    path = answer.headers["Location"].removeprefix("/api/v1")
    credit_month(month=EARLY)
    told = books.auditor.get(path).json()
    assert (told["state"], told["done"], told["accounts"], told["rate_ppm"], told["rate"]) == (
        "done",
        told["parts"],
        2,
        56_300,
        None,
    )
    assert told["return_rupiah"] == 2_461 + 842, "1,000,000 and 342,000 for 16 days of 366 at 5.63 %"
    assert told["balance_rupiah"] == 1_342_000 + told["return_rupiah"]
    assert town.as_worker.get(f"/participants/{town.ani.kpj}/jht?on=2020-01-31").json()["balance_rupiah"] == 1_002_461
    assert fields(books.head.post("/jht/creditings", {"month": "2020-01"})) == ["month"]
    listed = books.head.get("/jht/creditings").json()
    assert (listed["next_month"], [one["month"] for one in listed["items"]]) == ("2020-02", ["2020-01"])


def test_a_month_of_the_books_is_closed_once_and_in_its_turn(books: SimpleNamespace) -> None:
    this_month = format_month(month_of(timezone.localdate()))
    assert books.head.post(f"/ledger/periods/{this_month}/closing").status_code == 409
    assert books.head.post("/ledger/periods/2019-01/closing").status_code == 409, "never opened"
    closed = books.head.post("/ledger/periods/2020-01/closing").json()
    assert (closed["month"], len(closed["digest"])) == ("2020-01", 64)
    assert closed["transfers"] >= 3 and closed["closed_at"] is not None and closed["signature"]
    assert books.head.post("/ledger/periods/2020-01/closing").status_code == 409
    listed = books.auditor.get("/ledger/periods?limit=200").json()["items"]
    assert next(one for one in listed if one["month"] == "2020-01") == closed


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk_a", "payer", "worker", "researcher", "officer", "supervisor"])
def test_the_books_are_of_those_who_read_them(town: SimpleNamespace, who: str) -> None:
    api = getattr(town, f"as_{who}")
    for path in ("/ledger/groups/00000000-00000001", "/ledger/checks", "/jht/creditings", "/jht/creditings/2020-01"):
        assert api.get(path).status_code == 403, path
    assert api.post("/ledger/checks").status_code == 403


@pytest.mark.parametrize("who", ["clerk_a", "payer", "worker", "officer", "supervisor", "auditor"])
def test_a_month_ends_by_who_closes_books(town: SimpleNamespace, who: str) -> None:
    api = getattr(town, f"as_{who}")
    assert api.post("/ledger/periods/2020-01/closing").status_code == 403
    assert api.post("/jht/creditings", {"month": "2020-01"}).status_code == 403


@pytest.mark.parametrize("who", ["clerk_a", "boss_a", "payer", "worker", "officer", "auditor"])
def test_a_run_is_started_by_who_runs_the_month(town: SimpleNamespace, who: str) -> None:
    assert getattr(town, f"as_{who}").post("/month-runs", {"month": "2026-09", "region_code": cast.SIDOARJO}).status_code == 403
