"""Sends webhooks and sends them again until they are taken (2xx), with pauses that double.

One thread sends one webhook at a time. An attempt that was spoilt on purpose (dropped, wrong secret, old time) counts as
not taken, whatever the answer: the real one follows.
"""

from __future__ import annotations

import heapq
import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

from jamsostek.demo.bank.troubles import Fate
from jamsostek.messages.bank.signature import make_secret, sign, signed_headers

_HOUR = 3600
_SECONDS = 10.0
"""How long an answer is waited for."""
_OTHER_SECRET = make_secret(lambda size: b"x" * size)


@dataclass(order=True)
class _Parcel:
    """A webhook on its way; ordered by when it is due."""

    due: float
    number: int
    id: str = field(compare=False)
    body: bytes = field(compare=False)
    spoilt: list[str] = field(compare=False)
    """What goes wrong with the next attempts, one each."""
    copies: int = field(compare=False)
    """How often it is sent again although it was taken."""
    attempts: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Attempt:
    """One sending: which webhook, how it was spoilt ('' for not), and the answer (0 for none)."""

    id: str
    spoilt: str
    status: int


class Courier:
    """A queue of webhooks and the thread that empties it."""

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        retry_seconds: float,
        longest_retry_seconds: float = 60.0,
        hold_seconds: float = 1.0,
    ) -> None:
        sign(secret, "check", 0, b"")  # a wrong secret shows here, not in the thread
        self.url = urlsplit(url)
        if self.url.scheme not in ("http", "https") or not self.url.hostname:
            raise ValueError(f"{url!r} is no address of http or https")
        self.secret = secret
        self.retry_seconds, self.longest_retry_seconds, self.hold_seconds = retry_seconds, longest_retry_seconds, hold_seconds
        self.attempts: list[Attempt] = []
        self._queue: list[_Parcel] = []
        self._held: list[_Parcel] = []
        self._numbers = count()
        self._busy = False
        self._ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begins to send."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the attempt under way; what is not taken stays unsent."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join()

    def send(self, id: str, body: bytes, fate: Fate, delay_seconds: float) -> None:
        """Takes a webhook over."""
        spoilt = [name for name in ("drop", "wrong_signature", "old_timestamp") if getattr(fate, name)]
        parcel = _Parcel(time.monotonic() + delay_seconds, next(self._numbers), id, body, spoilt, int(fate.duplicate))
        with self._changed:
            if fate.reorder:
                parcel.due += self.hold_seconds
                self._held.append(parcel)
            else:
                heapq.heappush(self._queue, parcel)
            self._changed.notify_all()

    def wait(self, seconds: float = 10.0) -> bool:
        """Waits until every webhook is taken and every copy sent; false when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not (self._queue or self._held or self._busy), seconds)

    # --- the thread

    def _run(self) -> None:
        while (parcel := self._next()) is not None:
            self._deliver(parcel)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _next(self) -> _Parcel | None:
        """The next parcel when it is due; None at the end."""
        with self._changed:
            while not self._ended:
                self._release(lambda parcel: parcel.due <= time.monotonic())
                due = self._queue[0].due if self._queue else None
                if due is not None and due <= time.monotonic():
                    self._busy = True
                    return heapq.heappop(self._queue)
                waits = [one for one in (due, *(parcel.due for parcel in self._held)) if one is not None]
                self._changed.wait(max(0.0, min(waits) - time.monotonic()) if waits else None)
            return None

    def _release(self, which: Callable[[_Parcel], bool]) -> None:
        """Held parcels that go now; the caller holds the lock."""
        for parcel in [one for one in self._held if which(one)]:
            self._held.remove(parcel)
            parcel.due = min(parcel.due, time.monotonic())
            heapq.heappush(self._queue, parcel)

    def _deliver(self, parcel: _Parcel) -> None:
        """One attempt, and what follows from it."""
        spoilt = parcel.spoilt.pop(0) if parcel.spoilt else ""
        status = 0 if spoilt == "drop" else self._post(parcel, spoilt)
        pause = min(self.retry_seconds * 2**parcel.attempts, self.longest_retry_seconds)
        parcel.attempts += 1
        with self._changed:
            self.attempts.append(Attempt(parcel.id, spoilt, status))
            if spoilt or not 200 <= status < 300:
                self._again(parcel, pause)
                return
            self._release(lambda held: held.number < parcel.number)
            if parcel.copies:
                parcel.copies -= 1
                self._again(parcel, 0.0)

    def _again(self, parcel: _Parcel, pause: float) -> None:
        parcel.due = time.monotonic() + pause
        heapq.heappush(self._queue, parcel)

    def _post(self, parcel: _Parcel, spoilt: str) -> int:
        """Sends it once; 0 where nobody answers."""
        sent = int(time.time()) - (_HOUR if spoilt == "old_timestamp" else 0)
        secret = _OTHER_SECRET if spoilt == "wrong_signature" else self.secret
        headers = {"Content-Type": "application/json", **signed_headers(secret, parcel.id, sent, parcel.body)}
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        assert self.url.hostname is not None
        connection = kind(self.url.hostname, self.url.port, timeout=_SECONDS)
        try:
            path = (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")
            connection.request("POST", path, parcel.body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
