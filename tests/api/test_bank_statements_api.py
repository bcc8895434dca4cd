"""Bank statements through the API: sent by one, read, booked by another; what became of the rows."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from paid import ACCOUNT, billed, fields, made, pay, sent_file
from town import Api

from jamsostek.messages.bank.records import CAMT053, Entry, Statement
from jamsostek.messages.bank.write import write_camt053

pytestmark = pytest.mark.usefixtures("account")
_key = count(1)


def content(*entries: tuple[str, int, str, str], name: str = "S1") -> bytes:
    """A statement of money that came in: reference, rupiah, payment code, what is written."""
    today = timezone.localdate()
    told = [Entry(at, ref, rupiah, True, today, today, code, text) for at, (ref, rupiah, code, text) in enumerate(entries, 1)]
    closing = sum(one.amount_rupiah for one in told)
    return write_camt053(Statement(CAMT053, ACCOUNT, "IDR", name, today, today, 0, closing, tuple(told)))


def sent(api: Api, file: bytes) -> Any:
    return sent_file(api, "/bank-statements", f"statement-key-{next(_key):04d}", file=SimpleUploadedFile("koran.xml", file))


def read(id: str) -> None:
    """What the job does when a file was sent."""
    from jamsostek.api.references import row_of
    from jamsostek.collection.actions.payments import statement_work

    statement_work.read(row_of("statement", id), now=timezone.now())


def book(id: str) -> None:
    """What the job does when a statement was confirmed."""
    from jamsostek.api.references import row_of
    from jamsostek.collection.actions.payments import statement_work

    statement_work.book(row_of("statement", id), today=timezone.localdate(), now=timezone.now())


def test_a_statement_is_sent_by_one_booked_by_another_and_its_rows_told(town: SimpleNamespace, second: Api) -> None:
    _firm, bill, code = billed("PT Koran Contoh")
    known = pay(code, 5_000, "KORAN00000003")
    file = content(
        ("KORAN00000001", bill.total_rupiah, code, "IURAN"), ("KORAN00000002", 55_000, "", "NIK 3515012003900001 BUDI"),
        ("KORAN00000003", 5_000, code, "IURAN"), ("KORAN00000004", 66_000, "", "TANPA KODE"),
    )  # fmt: skip
    answer = sent(town.as_head, file)
    told = made(answer, 202)
    path = f"/bank-statements/{told['id']}"
    assert (told["state"], told["account"], answer.headers["Location"]) == ("received", "", f"/api/v1{path}")
    again = sent(second, file)
    assert again.status_code == 409 and f"/api/v1{path}" in again.json()["remedy"]
    assert second.post(f"{path}/confirmation").status_code == 409, "not read yet"
    read(told["id"])
    whole = made(second.get(path))
    assert (whole["state"], whole["format"], whole["proven"], whole["account"]) == (
        "ready",
        "camt.053",
        True,
        "Bank Contoh •3456",
    )
    assert (whole["credit_rupiah"], whole["opening_rupiah"], whole["first"]) == (bill.total_rupiah + 126_000, 0, town.today)
    counts = whole["counts"]
    assert [counts[name] for name in ("credits", "debits", "known", "unknown", "errors")] == [4, 0, 1, 2, 0]
    assert whole["problems"] == [] and counts["kinds"] == {}
    assert town.as_head.post(f"{path}/confirmation").status_code == 403, "their own"
    assert made(second.post(f"{path}/confirmation"))["state"] == "booking"
    book(told["id"])
    whole = made(second.get(path))
    assert (whole["state"], whole["rows_done"], whole["counts"]["kinds"]) == ("done", 4, {"again": 1, "unknown": 2})
    assert second.post(f"{path}/cancellation").status_code == 409, "booked"
    rows = made(second.get(f"{path}/rows?kind=unknown"))["items"]
    assert [(one["row"], one["amount_rupiah"], one["refund"]) for one in rows] == [(2, 55_000, None), (4, 66_000, None)]
    assert "3515012003900001" not in str(rows) and "BUDI" in rows[0]["text"]
    page = made(second.get(f"{path}/rows?kind=unknown&limit=1"))
    assert made(second.get(f"{path}/rows?kind=unknown&limit=1&cursor={page['next']}"))["items"] == rows[1:]
    assert [one["payment"] for one in made(second.get(f"{path}/rows?kind=again"))["items"]] == [known]
    assert made(second.get(f"/payments/{rows[0]['payment']}"))["state"] == "unknown"
    assert fields(second.get(f"{path}/rows?kind=other")) == fields(second.get(f"{path}/rows")) == ["kind"]


def test_a_statement_is_put_aside_before_it_is_booked(town: SimpleNamespace) -> None:
    file = content(("BATAL00000001", 1_000, "", "X"), name="BATAL")
    told = made(sent(town.as_head, file), 202)
    assert made(town.as_head.post(f"/bank-statements/{told['id']}/cancellation"))["state"] == "cancelled"
    assert town.as_head.post(f"/bank-statements/{told['id']}/confirmation").status_code == 409
    again = made(sent(town.as_head, file), 202)
    page = made(town.as_head.get("/bank-statements?limit=1"))
    assert [one["id"] for one in page["items"]] == [again["id"]] != [told["id"]]
    after = made(town.as_head.get(f"/bank-statements?limit=1&cursor={page['next']}"))
    assert [one["id"] for one in after["items"]] == [told["id"]]


def test_a_file_that_cannot_be_believed_says_why(town: SimpleNamespace) -> None:
    assert fields(sent(town.as_head, b"")) == ["file"]
    assert fields(sent_file(town.as_head, "/bank-statements", "statement-key-none")) == ["file"]
    file = SimpleUploadedFile("koran.xml", b"x")
    assert fields(sent_file(town.as_head, "/bank-statements", "statement-key-more", file=file, month="2026-10")) == ["month"]
    told = made(sent(town.as_head, b"no statement at all"), 202)
    read(told["id"])
    failed = made(town.as_head.get(f"/bank-statements/{told['id']}"))
    assert failed["state"] == "failed" and failed["error"] and failed["finished_at"]


def test_statements_are_the_head_offices(town: SimpleNamespace) -> None:
    told = made(sent(town.as_head, content(("PUSAT00000001", 1_000, "", "X"), name="PUSAT")), 202)
    assert sent(town.as_supervisor, content(("CABANG0000001", 1_000, "", "X"), name="CABANG")).status_code == 403
    assert sent(town.as_clerk_a, b"x").status_code == 403
    assert town.as_supervisor.get("/bank-statements").json()["items"] == []
    for path in ("", "/rows?kind=unknown"):
        assert town.as_supervisor.get(f"/bank-statements/{told['id']}{path}").status_code == 404
    for step in ("confirmation", "cancellation"):
        assert town.as_supervisor.post(f"/bank-statements/{told['id']}/{step}").status_code == 404
