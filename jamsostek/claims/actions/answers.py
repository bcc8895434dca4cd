"""What the bank says of transfers: taken, settled, refused, come back. The same news again changes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import tell
from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import happened, move
from jamsostek.claims.actions.owing import post
from jamsostek.claims.actions.training import invite_after
from jamsostek.claims.choices import BatchState, Kind, PayoutState, Sent, State, Waiting
from jamsostek.claims.models import Answer, Assessment, Batch, Claim, Party, Payout, Transfer
from jamsostek.core.text import N_, one_line
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.errors import refusals
from jamsostek.messages.payout.reader import read_answer
from jamsostek.messages.payout.records import ACCEPTED, REJECTED, RETURNED, SETTLED, Outcome

_NAME = re.compile(r"JS([0-9]{1,18})-([0-9]{1,9})")
_LOCK = 820_231
UNKNOWN, AMOUNT, IMPOSSIBLE = "unknown", "amount", "impossible"
PROBLEMS = {
    UNKNOWN: N_("Nomor acuan ini bukan dari kita."),
    AMOUNT: N_("Jumlahnya bukan yang kita kirim."),
    IMPOSSIBLE: N_("Kabar ini bertentangan dengan kabar sebelumnya."),
}


@dataclass
class _News:
    """What is new of one transfer after all its outcomes in a file."""

    transfer: Transfer
    outcome: Sent | None
    settled_on: dt.date | None
    returned_on: dt.date | None
    reason_code: str
    reference: str
    steps: tuple[str, ...] = ()


def take(*, content: bytes, file_name: str, today: dt.date) -> Answer:
    """Brings transfers, payouts, books and claims to what a bank's file says. Raises `FileUnreadable`, `Refused`."""
    current().need(Can.PAY_CLAIMS)
    digest = hashlib.sha256(content).hexdigest()
    known = Answer.objects.filter(file_digest=digest).first()
    if known is not None:
        return known
    answer = read_answer(content, file_name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    known = Answer.objects.filter(file_digest=digest).first()
    if known is not None:
        return known
    with everything_in_sight():
        problems: list[dict[str, Any]] = [{"what": "unread", "text": one.message} for one in answer.problems]
        news = _news(answer.outcomes, answer.original_message_id, answer.status, answer.reason_code, problems)
        _apply(news, digest, today)
        counts = Counter(step for one in news for step in one.steps)
        made = Answer.objects.create(
            kind=answer.kind, file_name=one_line(file_name)[-160:], file_digest=digest, counts=dict(counts),
            problems=problems[:1000], taken_by=current().user_id, taken_on=today,
        )  # fmt: skip
        audit.record("payout.answered", "answer", made.pk, fields=tuple(sorted(counts)))
    return made


def _news(
    outcomes: Iterable[Outcome], message_id: str, status: str, reason: str, problems: list[dict[str, Any]]
) -> list[_News]:  # fmt: skip
    told = list(outcomes)
    if not told and status in (ACCEPTED, REJECTED) and message_id:
        told = _whole_batch(message_id, status, reason)
    by_name: dict[tuple[int, int], list[Outcome]] = {}
    for one in told:
        found = _NAME.fullmatch(one.end_to_end_id)
        if found is None:
            problems.append({"what": UNKNOWN, "reference": one.end_to_end_id[:35]})
        else:
            by_name.setdefault((int(found[1]), int(found[2])), []).append(one)
    rows = _transfers(by_name)
    news = []
    for at, mine in by_name.items():
        row = rows.get(at)
        if row is None:
            problems.append({"what": UNKNOWN, "reference": mine[0].end_to_end_id})
        else:
            news.append(_after(row, mine, problems))
    return [one for one in news if one.steps]


def _whole_batch(message_id: str, status: str, reason: str) -> list[Outcome]:
    """A bank that takes or refuses a batch as a whole need not list its transfers."""
    batch = Batch.objects.filter(message_id=message_id).first()
    if batch is None:
        return []
    return [Outcome(f"JS{batch.pk}-{number}", status, reason) for number in range(1, batch.count + 1)]


def _transfers(names: Mapping[tuple[int, int], Any]) -> dict[tuple[int, int], Transfer]:
    batches = {batch for batch, _number in names}
    rows = Transfer.objects.select_for_update(of=("self",)).filter(batch_id__in=batches, batch__exported_at__isnull=False)
    return {(row.batch_id, row.number): row for row in rows.order_by("batch_id", "number") if (row.batch_id, row.number) in names}


_ORDER = {ACCEPTED: 0, REJECTED: 1, SETTLED: 2, RETURNED: 3}


def _after(row: Transfer, told: Iterable[Outcome], problems: list[dict[str, Any]]) -> _News:
    news = _News(
        row, Sent(row.outcome) if row.outcome else None, row.settled_on, row.returned_on, row.reason_code, row.bank_reference
    )  # fmt: skip
    for one in sorted((one for one in told if one.status in _ORDER), key=lambda it: _ORDER[it.status]):
        if one.amount_rupiah is not None and one.amount_rupiah != row.rupiah:
            problems.append({"what": AMOUNT, "reference": one.end_to_end_id, "told": one.amount_rupiah, "sent": row.rupiah})
            continue
        _step(news, one, problems)
    return news


def _step(news: _News, one: Outcome, problems: list[dict[str, Any]]) -> None:
    now, day = news.outcome, one.booked_on or news.transfer.batch.pay_on
    if one.status == ACCEPTED and now is None:
        news.outcome, news.steps = Sent.TAKEN, (*news.steps, ACCEPTED)
    elif one.status == REJECTED and now in (None, Sent.TAKEN):
        news.outcome, news.reason_code, news.steps = Sent.REJECTED, one.reason_code, (*news.steps, REJECTED)
    elif one.status == SETTLED and now in (None, Sent.TAKEN):
        news.outcome, news.settled_on, news.steps = Sent.SETTLED, day, (*news.steps, SETTLED)
        news.reference = one.reference or news.reference
    elif one.status == RETURNED and now in (None, Sent.TAKEN, Sent.SETTLED):
        if now != Sent.SETTLED:
            news.settled_on, news.steps = day, (*news.steps, SETTLED)
        news.outcome, news.returned_on, news.reason_code = Sent.RETURNED, day, one.reason_code
        news.steps = (*news.steps, RETURNED)
    elif not _same(one.status, now):
        problems.append(
            {"what": IMPOSSIBLE, "reference": one.end_to_end_id, "told": one.status, "known": now.name.lower() if now else ""}
        )


def _same(status: str, now: Sent | None) -> bool:
    """Whether the news is old: what is known says as much already."""
    known = {Sent.TAKEN: (ACCEPTED,), Sent.SETTLED: (ACCEPTED, SETTLED), Sent.REJECTED: (ACCEPTED, REJECTED)}
    return (now == Sent.RETURNED and status != REJECTED) or (now is not None and status in known.get(now, ()))


# --- what follows -------------------------------------------------------------------------------------------------------


def _apply(news: list[_News], digest: str, today: dt.date) -> None:
    with refusals():
        _write(news, settled=True)
        _write([one for one in news if one.outcome == Sent.RETURNED], settled=False)
        _book(news, digest, today)
    ids = {one.transfer.batch_id for one in news}
    Batch.objects.filter(pk__in=ids, state=BatchState.EXPORTED).update(state=BatchState.ANSWERED)
    _tell_claims(news, today)


def _write(news: list[_News], *, settled: bool) -> None:
    """Transfers first, then payouts: in two steps where money left and came back within one file."""

    def outcome(one: _News) -> int:
        passes = settled and SETTLED in one.steps and one.outcome == Sent.RETURNED
        return int(Sent.SETTLED if passes else one.outcome or Sent.TAKEN)

    mine = [one for one in news if settled or RETURNED in one.steps]
    mine = [one for one in mine if not (settled and one.steps == (RETURNED,))]
    if not mine:
        return
    states = {
        Sent.TAKEN: PayoutState.SENT,
        Sent.SETTLED: PayoutState.PAID,
        Sent.REJECTED: PayoutState.FAILED,
        Sent.RETURNED: PayoutState.FAILED,
    }
    columns = (
        ("bigint", [one.transfer.batch_id for one in mine]), ("int", [one.transfer.number for one in mine]),
        ("int", [outcome(one) for one in mine]), ("text", [one.reason_code for one in mine]),
        ("text", [one.reference for one in mine]), ("date", [one.settled_on for one in mine]),
        ("date", [None if settled else one.returned_on for one in mine]),
        ("int", [int(states[Sent(outcome(one))]) for one in mine]),
    )  # fmt: skip
    arrays = ", ".join(f"%b::{kind}[]" for kind, _values in columns)
    given = f"unnest({arrays}) AS n (batch, number, outcome, reason, reference, settled, returned, state)"
    tell(
        "UPDATE claims_transfer t SET outcome = n.outcome::smallint, reason_code = n.reason, bank_reference = n.reference,"  # noqa: S608
        f" settled_on = n.settled, returned_on = n.returned FROM {given} WHERE (t.batch_id, t.number) = (n.batch, n.number)",
        *columns,
    )
    tell(
        "UPDATE claims_payout p SET state = n.state::smallint,"  # noqa: S608
        " batch_id = CASE n.state WHEN 6 THEN NULL ELSE p.batch_id END,"
        f" paid_on = CASE n.state WHEN 5 THEN n.settled END FROM {given}"
        " JOIN claims_transfer t ON (t.batch_id, t.number) = (n.batch, n.number)"
        " WHERE (p.month, p.claim_id, p.party_id, p.component) = (t.month, t.claim_id, t.party_id, t.component)"
        " AND p.state <> n.state"
        " AND p.batch_id = t.batch_id", *columns,
    )  # fmt: skip


def _book(news: list[_News], digest: str, today: dt.date) -> None:
    """Money that left and money that came back, by fund and day; one group each."""
    sums: dict[tuple[str, str, dt.date], int] = {}
    for one in news:
        fund = one.transfer.batch.fund
        if SETTLED in one.steps and one.settled_on is not None:
            sums["paid", fund, one.settled_on] = sums.get(("paid", fund, one.settled_on), 0) + one.transfer.rupiah
        if RETURNED in one.steps and one.returned_on is not None:
            sums["returned", fund, one.returned_on] = sums.get(("returned", fund, one.returned_on), 0) + one.transfer.rupiah
    for (what, fund, day), rupiah in sorted(sums.items()):
        owed, cash = f"payable:{fund}", f"cash:{fund}"
        leg = ledger.Leg(owed, cash, rupiah) if what == "paid" else ledger.Leg(cash, owed, rupiah)
        post(f"{what}:{digest[:24]}:{fund}:{day:%Y%m%d}", f"benefit_{what}", [leg], min(day, today))


def _tell_claims(news: list[_News], today: dt.date) -> None:
    """Claims whose money has all arrived are paid; those whose account was refused say what to do."""
    alone = {
        one.transfer.claim_id for one in news
        if one.transfer.batch.roll_id is None or one.outcome in (Sent.REJECTED, Sent.RETURNED)
    }  # fmt: skip
    rolled = {one.transfer.claim_id for one in news} - alone  # many thousands in a month: only those it is news for
    first = Claim.objects.filter(pk__in=rolled, state=State.APPROVED).values_list("pk", flat=True)
    by_claim: dict[int, list[_News]] = {claim_id: [] for claim_id in (*alone, *first)}
    for one in news:
        if one.transfer.claim_id in by_claim:
            by_claim[one.transfer.claim_id].append(one)
    for claim in Claim.objects.select_for_update().filter(pk__in=by_claim).order_by("pk"):
        mine = by_claim[claim.pk]
        refused = [one for one in mine if one.outcome in (Sent.REJECTED, Sent.RETURNED)]
        for one in refused:
            Party.objects.filter(pk=one.transfer.account_party_id).update(
                account_state="failed", account_checked_by=None, account_checked_on=None, account_note=one.reason_code
            )
            happened(claim, "bank_refused", today, party=one.transfer.party_id, reason=one.reason_code)
        if any(one.transfer.batch.roll_id is None for one in refused) and claim.state == State.PAID:
            move(claim, State.APPROVED, today)
        elif any(SETTLED in one.steps for one in mine):
            finished(claim, today)


def finished(claim: Claim, today: dt.date) -> bool:
    """Brings a claim whose money has all arrived to its end, or to what its case waits for next."""
    rows = Payout.objects.filter(claim_id=claim.pk, roll_id=None).exclude(state__in=(PayoutState.PAID, PayoutState.CANCELLED))
    if claim.state != State.APPROVED or rows.exclude(state=PayoutState.HELD).exists():
        return False
    happened(claim, "paid", today)
    move(claim, State.PAID, today)
    invite_after(claim, today)
    claim.clock_used = 0  # what comes next is a stage of its own
    if rows.filter(state=PayoutState.HELD).exists():
        move(claim, State.WAITING, today, waiting_for=Waiting.ARREARS)
    elif claim.kind == Kind.JKK and _still_treated(claim):
        move(claim, State.WAITING, today, waiting_for=Waiting.DOCTOR)
    return True


def _still_treated(claim: Claim) -> bool:
    kept = Assessment.objects.filter(claim=claim).order_by("-number").first()
    return kept is not None and kept.facts.get("result", {}).get("value") in (None, "healing")


__all__ = ["PROBLEMS", "finished", "take"]
