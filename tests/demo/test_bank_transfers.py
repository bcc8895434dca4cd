"""The practice bank pays transfers: every order once, every transfer's fate known beforehand, all of it in the statement."""

from __future__ import annotations

import datetime as dt
import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from jamsostek.core.errors import InputError
from jamsostek.demo.bank import Bank, Troubles
from jamsostek.demo.bank.transfers import OrderConflict
from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.payout.pain001 import write_pain001
from jamsostek.messages.payout.reader import parse_answer
from jamsostek.messages.payout.records import ACCEPTED, PARTIAL, PENDING, REJECTED, RETURNED, SETTLED, Answer, Batch, Transfer

WIB = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2025, 11, 3, 9, 12, tzinfo=WIB)
PAY_ON = dt.date(2025, 11, 4)
ACCOUNT = "1234567890"
ENDINGS = ("11", "01", "04", "07", "08")
FORMATS = ("camt053", "mt940", "csv")


def batch(*endings: str, message_id: str = "PAY-1", first: int = 1, **other: object) -> Batch:
    """An order to accounts with these endings."""
    transfers = tuple(
        Transfer(f"JHT-{number}", number * 1_000, "Sari Wulandari", "014", f"70000{number:03d}{ending}", "JHT")
        for number, ending in enumerate(endings, first)
    )
    plain = Batch(message_id, NOW, PAY_ON, "BPJS Ketenagakerjaan", "014", ACCOUNT, transfers)
    return replace(plain, **other)  # type: ignore[arg-type]


def told(answer: Answer) -> list[tuple[str, str, str]]:
    """The outcomes in short."""
    return [(one.end_to_end_id, one.status, one.reason_code) for one in answer.outcomes]


@pytest.fixture
def bank() -> Iterator[Bank]:
    """A bank on the morning of the third."""
    with Bank(opening_rupiah=1_000_000, clock=lambda: NOW) as one:
        yield one


def send(bank: Bank, order: Batch) -> Answer:
    """Sends an order and reads what the bank says."""
    return parse_answer(bank.transfer(write_pain001(order)))


def moved(bank: Bank, days: int) -> list[tuple[str, str, str]]:
    """What the notification of a day tells, counted from the day to pay."""
    return told(parse_answer(bank.answers(PAY_ON + dt.timedelta(days=days))))


# --- what becomes of a transfer ---------------------------------------------------------------------------------------


def test_the_end_of_an_account_says_what_becomes_of_a_transfer(bank: Bank) -> None:
    answer = send(bank, batch(*ENDINGS))
    assert (answer.status, answer.original_message_id) == (PARTIAL, "PAY-1")
    assert told(answer) == [
        ("JHT-1", ACCEPTED, ""),
        ("JHT-2", REJECTED, "AC01"),
        ("JHT-3", REJECTED, "AC04"),
        ("JHT-4", ACCEPTED, ""),
        ("JHT-5", PENDING, ""),
    ]
    assert [moved(bank, days) for days in range(-1, 4)] == [
        [],
        [("JHT-1", SETTLED, ""), ("JHT-4", SETTLED, "")],
        [("JHT-5", SETTLED, "")],
        [("JHT-4", RETURNED, "AC06")],
        [],
    ]


def test_every_transfer_taken_stands_in_the_statement_of_its_day(bank: Bank) -> None:
    bank.pay("800000000000017", 500, NOW.replace(day=4))
    send(bank, batch(*ENDINGS))
    balances = []
    for format in FORMATS:
        days = [parse_statement(bank.statement(format, PAY_ON + dt.timedelta(days=days))) for days in range(-1, 4)]
        assert all(one.whole and one.proven for one in days)
        assert [[entry.signed_rupiah for entry in one.entries] for one in days] == [
            [],
            [500, -1_000, -4_000],
            [-5_000],
            [4_000],
            [],
        ]
        balances.append([one.closing_rupiah for one in days])
        left = days[1].entries[1]
        assert left.text == "TRANSFER JHT-1"
        assert left.code == ""
    assert balances == [[1_000_000, 995_500, 990_500, 994_500, 994_500]] * 3


def test_notification_and_statement_call_money_the_same(bank: Bank) -> None:
    send(bank, batch(*ENDINGS))
    for days in range(3):
        day = PAY_ON + dt.timedelta(days=days)
        outcomes = parse_answer(bank.answers(day)).outcomes
        entries = parse_statement(bank.statement("camt053", day)).entries
        assert [(one.reference, one.amount_rupiah, one.booked_on) for one in outcomes] == [
            (one.reference.removesuffix("/D"), one.amount_rupiah, one.booked_on) for one in entries
        ]


def test_a_day_that_is_past_is_paid_today(bank: Bank) -> None:
    send(bank, batch("11", pay_on=dt.date(2025, 10, 1)))
    assert told(parse_answer(bank.answers(NOW.date()))) == [("JHT-1", SETTLED, "")]


def test_a_notification_of_one_order_names_it_and_of_two_none(bank: Bank) -> None:
    send(bank, batch("11"))
    assert parse_answer(bank.answers(PAY_ON)).original_message_id == "PAY-1"
    send(bank, batch("11", message_id="PAY-2", first=2))
    assert parse_answer(bank.answers(PAY_ON)).original_message_id == ""


# --- once -------------------------------------------------------------------------------------------------------------


def test_the_same_order_again_gets_the_same_bytes_and_pays_nothing(bank: Bank) -> None:
    order = write_pain001(batch(*ENDINGS))
    first = bank.transfer(order)
    moves = bank.moves
    assert [bank.transfer(order) for _time in range(3)] == [first] * 3
    assert bank.moves == moves


def test_another_order_under_the_same_number_is_refused_and_pays_nothing(bank: Bank) -> None:
    send(bank, batch("11"))
    moves = bank.moves
    with pytest.raises(OrderConflict) as caught:
        send(bank, batch("11", "11"))
    assert (caught.value.field, caught.value.value, bank.moves) == ("message_id", "PAY-1", moves)
    assert caught.value.remedy


def test_a_transfer_taken_before_is_refused_in_another_order_and_one_refused_may_come_again(bank: Bank) -> None:
    send(bank, batch("11", "01"))
    again = batch("11", "11", message_id="PAY-2")
    assert told(send(bank, again)) == [("JHT-1", REJECTED, "DU04"), ("JHT-2", ACCEPTED, "")]
    assert len(bank.moves) == 2


def test_an_order_sent_by_many_at_once_is_paid_once(bank: Bank) -> None:
    order = write_pain001(batch(*ENDINGS))
    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(bank.transfer, [order] * 4))
    assert len(answers) == 1
    assert len(bank.moves) == 4


def test_an_order_from_another_account_is_refused_whole(bank: Bank) -> None:
    answer = send(bank, batch("11", debtor_account="9999999999"))
    assert (answer.status, answer.reason_code, answer.outcomes, bank.moves) == (REJECTED, "AC02", (), ())


def test_a_batch_all_of_which_fares_alike_says_so(bank: Bank) -> None:
    assert send(bank, batch("11", "12")).status == ACCEPTED
    assert send(bank, batch("01", "04", message_id="PAY-2", first=3)).status == REJECTED


def test_the_same_bank_says_the_same_in_the_same_words() -> None:
    runs = []
    for _run in range(2):
        with Bank(clock=lambda: NOW) as bank:
            runs.append((bank.transfer(write_pain001(batch(*ENDINGS))), bank.answers(PAY_ON), bank.statement("mt940", PAY_ON)))
    assert runs[0] == runs[1]


def test_what_is_no_order_is_refused(bank: Bank) -> None:
    for content in (b"", b"halo", bank.answers(PAY_ON), write_pain001(batch("11")).replace(b"<NbOfTxs>1", b"<NbOfTxs>2")):
        with pytest.raises(InputError):
            bank.transfer(content)
    assert bank.moves == ()


# --- over HTTP --------------------------------------------------------------------------------------------------------


def ask(bank: Bank, method: str, path: str, body: bytes | None = None, kind: str = "application/xml") -> tuple[int, str, bytes]:
    """One request: status, media type, body."""
    address = urlsplit(bank.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    try:
        connection.request(method, path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()


def test_an_order_is_sent_answered_and_notified_over_http(bank: Bank) -> None:
    order = write_pain001(batch(*ENDINGS))
    status, kind, first = ask(bank, "POST", "/transfers", order)
    assert (status, kind, parse_answer(first).status) == (200, "application/xml", PARTIAL)
    assert ask(bank, "POST", "/transfers", order, "text/xml") == (200, "application/xml", first)
    status, kind, notice = ask(bank, "GET", f"/answers?date={PAY_ON}")
    assert (status, kind, notice) == (200, "application/xml", bank.answers(PAY_ON))


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status", "field"),
    [
        ("POST", "/transfers", b"{}", "application/json", 415, "Content-Type"),
        ("POST", "/transfers", b"<a/>", "application/xml", 422, "body"),
        (
            "POST",
            "/transfers",
            write_pain001(batch("11")).replace(b"<NbOfTxs>1", b"<NbOfTxs>2"),
            "application/xml",
            422,
            "NbOfTxs",
        ),
        ("POST", "/transfers", write_pain001(batch("12")), "application/xml", 409, "message_id"),
        ("GET", "/answers", None, "application/xml", 422, "date"),
        ("GET", "/answers?date=kemarin", None, "application/xml", 422, "date"),
        ("POST", "/answers", b"", "application/xml", 404, "path"),
    ],
)
def test_a_wrong_request_is_told_by_field(
    bank: Bank, method: str, path: str, body: bytes | None, kind: str, status: int, field: str
) -> None:
    send(bank, batch("11"))
    answered, media, told = ask(bank, method, path, body, kind)
    assert (answered, media, json.loads(told)["field"]) == (status, "application/json", field)
    assert json.loads(told)["detail"]
    assert len(bank.moves) == 1


def test_an_order_that_is_too_long_is_refused_unread(bank: Bank) -> None:
    address = urlsplit(bank.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    connection.putrequest("POST", "/transfers")
    connection.putheader("Content-Length", str(65 << 20))
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["field"]) == (413, "body")
    connection.close()


def test_a_bank_that_fails_is_asked_again_and_still_pays_once() -> None:
    order = write_pain001(batch("11"))
    with Bank(troubles=Troubles(fail=50), seed=2, clock=lambda: NOW) as bank:
        answers = [ask(bank, "POST", "/transfers", order) for _time in range(8)]
        assert {status for status, _kind, _body in answers} == {200, 503}
        assert len({body for status, _kind, body in answers if status == 200}) == 1
        assert len(bank.moves) == 1
