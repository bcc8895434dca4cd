"""The bank over HTTP, on this machine only.

POST /pay         {"payment_code": "81234…", "amount": "1008000", "paid_at": "…"}   a payer pays; paid_at may be left out
                  answers what was paid: reference, payment_code, amount, paid_at, bank, account, currency
POST /transfers   a pain.001.001.09 file (application/xml)                      an order to pay, answered by a pain.002:
                  the same file again gets the same answer and pays nothing; another file under its number is refused (409)
GET  /answers     ?date=2025-11-03                                              a camt.054: transfers paid and sent back that day
GET  /statement   ?format=camt053|mt940|csv&date=2025-11-03                     the statement of a day
GET  /            what the bank is, and how much it received
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.demo.bank.courier import Attempt, Courier
from jamsostek.demo.bank.transfers import Desk, Move, OrderConflict
from jamsostek.demo.bank.troubles import Dice, Troubles
from jamsostek.demo.bank.vault import WIB, WRITERS, Vault
from jamsostek.messages.bank.notification import Notification, NotificationError, write_notification

LOOPBACK = "127.0.0.1"
_LARGEST_BODY, _LARGEST_ORDER = 10_000, 64 << 20
_XML = ("application/xml", "text/xml")


def now_in_jakarta() -> dt.datetime:
    """The time, with its offset."""
    return dt.datetime.now(WIB).replace(microsecond=0)


class Bank:
    """A bank that runs inside a `with` block. `notify` is told of payments by webhooks signed with `secret`; None: nobody.

    `clock` is the bank's own time, on whose day payments are booked; webhooks are always sent at the real time.
    """

    def __init__(
        self,
        *,
        notify: str | None = None,
        secret: str = "",
        seed: int = 1,
        troubles: Troubles | None = None,
        name: str = "SIMULASI",
        account: str = "1234567890",
        opening_rupiah: int = 0,
        first: int = 0,
        port: int = 0,
        retry_seconds: float = 0.5,
        hold_seconds: float = 1.0,
        clock: Callable[[], dt.datetime] = now_in_jakarta,
    ) -> None:
        self.troubles = troubles or Troubles()
        self.clock = clock
        self.dice = Dice(self.troubles, seed)
        self.vault = Vault(name, account, opening_rupiah, first)
        self.desk = Desk(name, account, first)
        courier = Courier(notify, secret, retry_seconds=retry_seconds, hold_seconds=hold_seconds) if notify else None
        self.courier = courier
        self._seed = seed
        self._port = port
        self._requests = count()
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Bank:
        self._server = ThreadingHTTPServer((LOOPBACK, self._port), _handler(self))
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="bank", daemon=True).start()
        if self.courier:
            self.courier.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        if self.courier:
            self.courier.stop()

    @property
    def url(self) -> str:
        """The bank's address."""
        assert self._server is not None
        return f"http://{LOOPBACK}:{self._server.server_port}"

    @property
    def payments(self) -> tuple[Notification, ...]:
        """What was paid, oldest first."""
        return tuple(self.vault.payments)

    @property
    def moves(self) -> tuple[Move, ...]:
        """What transfers moved and will move, in the order in which it was decided."""
        return tuple(self.desk.moves)

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Every webhook sent, oldest first."""
        return tuple(self.courier.attempts) if self.courier else ()

    def pay(self, code: str, rupiah: int, paid_at: dt.datetime | None = None) -> Notification:
        """A payer pays under a payment code; with `partial` or `over` another amount than asked. Raises `NotificationError`."""
        asked = self.vault.asked(code, str(rupiah), (paid_at or self.clock()).isoformat())
        number, payment = self.vault.receive(code, lambda number: self.dice.paid(number, rupiah), asked.paid_at)
        if self.courier:
            id = f"msg_{uuid.uuid5(uuid.NAMESPACE_URL, f'{self._seed}/{payment.reference}').hex}"
            self.courier.send(id, write_notification(payment), self.dice.fate(number), self.troubles.delay_seconds)
        return payment

    def statement(self, format: str, day: dt.date) -> bytes:
        """The statement of a day: `camt053`, `mt940` or `csv`. Raises KeyError for another format."""
        return WRITERS[format][1](self.vault.statement(day, format, self.desk.entries()))

    def transfer(self, order: bytes) -> bytes:
        """Takes an order to pay (pain.001) and answers it (pain.002). Raises `InputError`."""
        return self.desk.take(order, self.clock())

    def answers(self, day: dt.date) -> bytes:
        """The transfers that were paid and sent back on a day (camt.054)."""
        return self.desk.notification(day)

    def settle(self, seconds: float = 10.0) -> bool:
        """Waits until every webhook is taken; false when that takes longer."""
        return self.courier is None or self.courier.wait(seconds)

    def fails_this_request(self) -> bool:
        """Whether this request is one that the bank fails."""
        return self.dice.fails(next(self._requests))


def _handler(bank: Bank) -> type[BaseHTTPRequestHandler]:
    """The requests of one bank."""

    class Requests(_Requests):
        pass

    Requests.bank = bank
    return Requests


class _Requests(BaseHTTPRequestHandler):
    """One request. Errors are JSON: what is wrong, in which field, and the way out."""

    bank: Bank
    server_version = "SimulasiBank"
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """The statement of a day, its transfers, or what the bank is."""
        parts = urlsplit(self.path)
        if self.bank.fails_this_request():
            self._refuse(503, "", _("Bank sedang tidak melayani; coba lagi."))
        elif parts.path == "/statement":
            self._statement(parse_qs(parts.query))
        elif parts.path == "/answers":
            self._answers(parse_qs(parts.query))
        elif parts.path == "/":
            payments = self.bank.payments
            told = {"bank": self.bank.vault.bank, "account": self.bank.vault.account, "payments": len(payments)}
            self._tell(200, told | {"received": str(sum(payment.amount_rupiah for payment in payments))})
        else:
            self._refuse(404, "path", _("Alamat ini tidak ada."))

    def do_POST(self) -> None:
        """A payer pays, or we order transfers."""
        path = urlsplit(self.path).path
        body = self._body(_LARGEST_ORDER if path == "/transfers" else _LARGEST_BODY)
        if body is None and path == "/transfers":
            self._refuse(413, "body", _("Kirim berkas yang lebih kecil, dengan Content-Length."))
        elif body is None:
            self._refuse(413, "body", _("Kirim JSON yang pendek, dengan Content-Length."))
        elif self.bank.fails_this_request():
            self._refuse(503, "", _("Bank sedang tidak melayani; coba lagi."))
        elif path == "/transfers":
            self._transfer(body)
        elif path != "/pay":
            self._refuse(404, "path", _("Alamat ini tidak ada."))
        elif self.headers.get_content_type() != "application/json":
            self._refuse(415, "Content-Type", _("Kirim JSON (application/json)."))
        else:
            self._pay(body)

    def _body(self, longest: int) -> bytes | None:
        """The body; None where it is too long or does not say how long it is."""
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > longest:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _pay(self, body: bytes) -> None:
        try:
            given = json.loads(body)
            if not isinstance(given, dict):
                raise ValueError("no object")
            paid_at = given.get("paid_at") or self.bank.clock().isoformat()
            asked = self.bank.vault.asked(given.get("payment_code"), given.get("amount"), paid_at)
        except NotificationError as error:
            self._refuse(422, error.field or "", f"{error.message} {error.remedy}")
            return
        except (ValueError, RecursionError):
            self._refuse(400, "body", _("Kirim JSON (application/json)."))
            return
        payment = self.bank.pay(asked.payment_code, asked.amount_rupiah, asked.paid_at)
        self._tell(201, json.loads(write_notification(payment))["data"])

    def _transfer(self, body: bytes) -> None:
        if self.headers.get_content_type() not in _XML:
            self._refuse(415, "Content-Type", _("Kirim XML (application/xml)."))
            return
        try:
            self._answer(200, _XML[0], self.bank.transfer(body))
        except InputError as error:
            self._refuse(409 if isinstance(error, OrderConflict) else 422, error.field or "body", str(error))

    def _answers(self, query: dict[str, list[str]]) -> None:
        if day := self._day(query):
            self._answer(200, _XML[0], self.bank.answers(day))

    def _statement(self, query: dict[str, list[str]]) -> None:
        format = query.get("format", [""])[0]
        if format not in WRITERS:
            self._refuse(422, "format", _("Pilihan: {names}.").format(names=", ".join(WRITERS)))
            return
        if day := self._day(query):
            self._answer(200, WRITERS[format][2], self.bank.statement(format, day))

    def _day(self, query: dict[str, list[str]]) -> dt.date | None:
        """The day asked for; None where it is none, and that is answered."""
        try:
            return dt.date.fromisoformat(query.get("date", [""])[0])
        except ValueError:
            self._refuse(422, "date", _("Tulis tanggal seperti 2025-11-03."))
            return None

    def _tell(self, status: int, told: dict[str, Any]) -> None:
        self._answer(status, "application/json", json.dumps(told).encode())

    def _refuse(self, status: int, field: str, message: str) -> None:
        self._tell(status, {"field": field, "detail": message})

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a log would hold payment codes."""
