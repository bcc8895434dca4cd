"""The practice bank over real HTTP: everything that can go wrong goes wrong, and every payment arrives and stands once."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from bank_statements import DAY, MAJU, SARI, WIRA

from jamsostek.core.errors import InputError
from jamsostek.demo.bank import Bank, Troubles
from jamsostek.messages.bank.notification import Notification, NotificationError, read_notification
from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.bank.signature import SignatureError, make_secret, verify

ROOT = Path(__file__).resolve().parents[3]
SECRET = make_secret(lambda size: b"s" * size)
FORMATS = ("camt053", "mt940", "csv")
FAST = {"retry_seconds": 0.01, "hold_seconds": 5.0}
MORNING = dt.datetime(2025, 11, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@dataclass
class Receiver:
    """Who is told of payments: verifies every webhook, and knows each id once."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    """What the next requests are answered, whatever they are; then honestly."""
    received: list[Notification] = field(default_factory=list)
    """Payments, each once, in the order in which they came."""
    ids: list[str] = field(default_factory=list)
    """The id of every verified webhook, copies too."""
    refused: list[str] = field(default_factory=list)
    """Why webhooks were not believed."""

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """One request; the status to answer."""
        if self.answers:
            return self.answers.pop(0)
        try:
            verified = verify([SECRET], headers, body, dt.datetime.now(dt.UTC))
        except SignatureError as error:
            self.refused.append(type(error).__name__)
            return 401
        self.ids.append(verified.id)
        if self.ids.count(verified.id) == 1:
            self.received.append(read_notification(body))
        return 204


@contextmanager
def receiving(answers: list[int] | None = None) -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    receiver = Receiver(answers=answers or [])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take(dict(self.headers.items()), body)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/webhooks/bank"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def practise(troubles: Troubles, answers: list[int] | None = None, payments: int = 6, seed: int = 2) -> tuple[Receiver, Bank]:
    """Pays a few times under these troubles and waits until all is told; the last payment should not be one held back."""
    with receiving(answers) as receiver, Bank(notify=receiver.url, secret=SECRET, seed=seed, troubles=troubles, **FAST) as bank:
        for number in range(payments):
            bank.pay((MAJU, SARI, WIRA)[number % 3], 1_008_000 + number, MORNING + dt.timedelta(minutes=number))
        assert bank.settle()
    return receiver, bank


def stands_once(bank: Bank) -> None:
    """Every payment stands once in the statement of its day, in every format."""
    for format in FORMATS:
        read = parse_statement(bank.statement(format, DAY))
        told = [(one.reference, one.amount_rupiah, one.code) for one in read.entries]
        assert told == [(one.reference, one.amount_rupiah, one.payment_code) for one in bank.payments]
        assert (read.whole, read.proven) == (True, True)


# --- troubles ---------------------------------------------------------------------------------------------------------


def test_every_payment_is_told_once_and_stands_in_the_statement() -> None:
    receiver, bank = practise(Troubles())
    assert receiver.received == list(bank.payments)
    assert (len(receiver.ids), receiver.refused) == (6, [])
    stands_once(bank)


def test_a_webhook_is_sent_again_until_it_is_taken() -> None:
    receiver, bank = practise(Troubles(), answers=[500, 503, 404, 302, 500], payments=2)
    assert sorted(one.reference for one in receiver.received) == sorted(one.reference for one in bank.payments)
    assert [one.status for one in bank.attempts].count(204) == 2
    assert len(bank.attempts) == 7
    stands_once(bank)


def test_a_receiver_that_is_away_is_told_when_it_is_back() -> None:
    with receiving() as receiver:
        url = receiver.url
    with Bank(notify=url, secret=SECRET, **FAST) as bank:
        bank.pay(MAJU, 1_000, MORNING)
        assert not bank.settle(0.2)
        assert {one.status for one in bank.attempts} == {0}


@pytest.mark.parametrize("trouble", ["drop", "wrong_signature", "old_timestamp"])
def test_a_spoilt_attempt_is_followed_by_the_real_one(trouble: str) -> None:
    receiver, bank = practise(Troubles(**{trouble: 100}))
    expected = {"drop": [], "wrong_signature": ["WrongSignature"] * 6, "old_timestamp": ["StaleTimestamp"] * 6}
    assert receiver.refused == expected[trouble]
    assert sorted(one.reference for one in receiver.received) == [one.reference for one in bank.payments]
    assert [one.spoilt for one in bank.attempts].count(trouble) == 6
    stands_once(bank)


def test_a_copy_has_the_same_id() -> None:
    receiver, bank = practise(Troubles(duplicate=100))
    assert len(receiver.ids) == 12
    assert len(set(receiver.ids)) == 6
    assert len(receiver.received) == 6
    stands_once(bank)


def test_a_webhook_held_back_comes_after_a_later_one() -> None:
    receiver, bank = practise(Troubles(reorder=50), seed=1)
    assert sorted(one.reference for one in receiver.received) == [one.reference for one in bank.payments]
    assert [one.reference for one in receiver.received] != [one.reference for one in bank.payments]
    stands_once(bank)


def test_a_delayed_webhook_waits() -> None:
    with receiving() as receiver, Bank(notify=receiver.url, secret=SECRET, troubles=Troubles(delay_seconds=0.3), **FAST) as bank:
        bank.pay(MAJU, 1_000, MORNING)
        assert not bank.settle(0.1)
        assert receiver.received == []
        assert bank.settle()
        assert len(receiver.received) == 1


def test_payers_pay_less_and_more() -> None:
    assert all(0 < one.amount_rupiah < 1_008_000 for one in practise(Troubles(partial=100))[1].payments)
    assert all(one.amount_rupiah > 1_008_000 for one in practise(Troubles(over=100))[1].payments)


def test_everything_at_once_and_still_every_payment_once() -> None:
    troubles = Troubles(drop=40, wrong_signature=40, old_timestamp=40, duplicate=40, reorder=40, partial=30, over=30)
    receiver, bank = practise(troubles, answers=[500, 502], payments=15, seed=4)
    assert sorted(one.reference for one in receiver.received) == [one.reference for one in bank.payments]
    stands_once(bank)


def test_the_same_seed_has_the_same_troubles() -> None:
    troubles = Troubles(drop=50, wrong_signature=50, duplicate=50, partial=50)
    first, second, other = (practise(troubles, seed=seed)[1] for seed in (3, 3, 5))
    assert first.payments == second.payments
    assert sorted((one.id, one.spoilt) for one in first.attempts) == sorted((one.id, one.spoilt) for one in second.attempts)
    assert [one.amount_rupiah for one in first.payments] != [one.amount_rupiah for one in other.payments]


def test_a_chance_is_a_percentage() -> None:
    with pytest.raises(ValueError, match="drop"):
        Troubles(drop=101)


# --- over HTTP --------------------------------------------------------------------------------------------------------


def ask(bank: Bank, method: str, path: str, told: object = None, **headers: str) -> tuple[int, str, bytes]:
    """One request: status, media type, body."""
    address = urlsplit(bank.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        body = told if isinstance(told, bytes) else json.dumps(told).encode() if told is not None else None
        connection.request(method, path, body, {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()


def test_a_payer_pays_and_asks_for_the_statement_over_http() -> None:
    with Bank(opening_rupiah=500) as bank:
        paid = {"payment_code": MAJU, "amount": "1008000", "paid_at": MORNING.isoformat()}
        status, _kind, body = ask(bank, "POST", "/pay", paid)
        told = json.loads(body)
        assert (status, told) == (201, told | paid)
        assert told["reference"] == bank.payments[0].reference
        for format in FORMATS:
            status, _kind, content = ask(bank, "GET", f"/statement?format={format}&date={DAY}")
            read = parse_statement(content)
            assert (status, read.opening_rupiah, read.closing_rupiah, len(read.entries)) == (200, 500, 1_008_500, 1)
        later = parse_statement(ask(bank, "GET", f"/statement?format=mt940&date={DAY + dt.timedelta(days=1)}")[2])
        assert (later.opening_rupiah, later.entries) == (1_008_500, ())
        assert json.loads(ask(bank, "GET", "/")[2])["received"] == "1008000"


@pytest.mark.parametrize(
    ("method", "path", "told", "status", "name"),
    [
        ("POST", "/pay", {"payment_code": "nota", "amount": "5"}, 422, "payment_code"),
        ("POST", "/pay", {"payment_code": MAJU, "amount": 5}, 422, "amount"),
        ("POST", "/pay", {"payment_code": MAJU, "amount": "-5"}, 422, "amount"),
        ("POST", "/pay", {"payment_code": MAJU}, 422, "amount"),
        ("POST", "/pay", [], 400, "body"),
        ("POST", "/pay", b"{", 400, "body"),
        ("POST", "/pay", b"x" * 20_000, 413, "body"),
        ("POST", "/other", {}, 404, "path"),
        ("GET", "/other", None, 404, "path"),
        ("GET", "/statement?format=pdf&date=2025-11-03", None, 422, "format"),
        ("GET", "/statement?format=csv&date=kemarin", None, 422, "date"),
        ("GET", "/statement", None, 422, "format"),
    ],
)
def test_a_wrong_request_is_told_by_field(method: str, path: str, told: object, status: int, name: str) -> None:
    with Bank() as bank:
        answered, kind, body = ask(bank, method, path, told)
        assert (answered, kind, json.loads(body)["field"]) == (status, "application/json", name)
        assert json.loads(body)["detail"]
        assert bank.payments == ()


def test_only_json_pays() -> None:
    with Bank() as bank:
        assert ask(bank, "POST", "/pay", {"payment_code": MAJU, "amount": "5"}, **{"Content-Type": "text/plain"})[0] == 415


def test_a_bank_that_fails_answers_503_the_same_way_every_time() -> None:
    runs = []
    for _run in range(2):
        with Bank(troubles=Troubles(fail=50), seed=2) as bank:
            runs.append([ask(bank, "GET", f"/statement?format=csv&date={DAY}")[0] for _request in range(12)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 503}


def test_a_payment_that_no_notice_could_carry_is_refused() -> None:
    with Bank() as bank:
        for code, rupiah in (("nota", 5), (MAJU, 0), (MAJU, -5)):
            with pytest.raises(NotificationError):
                bank.pay(code, rupiah)
        assert bank.payments == ()


def test_a_wrong_secret_shows_at_once() -> None:
    with pytest.raises(InputError):
        Bank(notify="http://127.0.0.1:9/", secret="rahasia")
    with pytest.raises(ValueError, match="http"):
        Bank(notify="ftp://127.0.0.1/", secret=SECRET)


def test_the_command_says_its_address_and_serves() -> None:
    with receiving() as receiver:
        command = [sys.executable, "-m", "jamsostek.demo.bank", "--port", "0", "--notify", receiver.url, "--secret", SECRET]
        process = subprocess.Popen([*command, "--lang", "en"], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
            assert found
            connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
            paid = json.dumps({"payment_code": MAJU, "amount": "1008000"})
            connection.request("POST", "/pay", paid, {"Content-Type": "application/json"})
            assert connection.getresponse().status == 201
            connection.close()
            deadline = time.monotonic() + 10
            while not receiver.received and time.monotonic() < deadline:
                time.sleep(0.02)
            assert [one.amount_rupiah for one in receiver.received] == [1_008_000]
        finally:
            process.terminate()
            process.wait(10)
