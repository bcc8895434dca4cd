"""Money out as those who pay it see it: what each fund owes beside its cash, batches, what failed and why, answers, rolls."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from jamsostek import law
from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.models import User
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.access.vault import house_key
from jamsostek.claims.actions import paying
from jamsostek.claims.actions.common import SECRET
from jamsostek.claims.actions.late import RULES
from jamsostek.claims.choices import COMPONENTS, BatchState, Component, PayoutState, Sent
from jamsostek.claims.models import Answer, Batch, Claim, Debtor, Party, Payout, Roll, Transfer
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of, months_between
from jamsostek.core.text import _
from jamsostek.ledger.queries import trial_balance
from jamsostek.messages.payout.csvfile import write_csv

FUNDS = ("jkk", "jkm", "jht", "jp", "jkp", "carrier")
"""Those that pay benefits, and the carrier's own, which pays for lateness."""
OPEN = (PayoutState.DUE, PayoutState.HELD, PayoutState.BATCHED, PayoutState.SENT, PayoutState.FAILED)
READY = (PayoutState.DUE, PayoutState.FAILED)
"""What a batch would gather."""
MOST_DAYS = 900
"""The law's rule of lateness counts no further; who is later is paid by hand."""
_NET = F("gross_rupiah") - F("tax_rupiah")


# --- what is owed -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sums:
    """So many, and whole rupiah as they arrive."""

    count: int = 0
    rupiah: int = 0


NONE = Sums()


@dataclass(frozen=True)
class Fund:
    """What a fund owes by state, and its cash in the books; whole rupiah. Cash is None where the reader may not read books."""

    fund: str
    states: Mapping[PayoutState, Sums]
    cash_rupiah: int | None

    def of(self, *states: PayoutState) -> Sums:
        """The sums of some states."""
        found = [self.states.get(state, NONE) for state in states]
        return Sums(sum(one.count for one in found), sum(one.rupiah for one in found))

    @property
    def free_rupiah(self) -> int | None:
        """Cash that no batch has a claim on: it leaves the books only when the bank has settled it."""
        return None if self.cash_rupiah is None else self.cash_rupiah - self.of(PayoutState.BATCHED, PayoutState.SENT).rupiah

    @property
    def left_rupiah(self) -> int | None:
        """What would be left if all that is due were paid; below zero it cannot."""
        return None if self.free_rupiah is None else self.free_rupiah - self.of(*READY).rupiah


def funds() -> list[Fund]:
    """Every fund that pays."""
    rows = Payout.objects.filter(state__in=OPEN).values("fund", "state").annotate(count=Count("claim_id"), rupiah=Sum(_NET))
    found: dict[str, dict[PayoutState, Sums]] = {fund: {} for fund in FUNDS}
    for row in rows:
        found.setdefault(row["fund"], {})[PayoutState(row["state"])] = Sums(row["count"], int(row["rupiah"]))
    cash = _cash()
    return [Fund(name, states, None if cash is None else cash.get(f"cash:{name}", 0)) for name, states in found.items()]


def fund(name: str) -> Fund:
    """One of them."""
    return next(one for one in funds() if one.fund == name)


def _cash() -> dict[str, int] | None:
    if not current().may(Can.READ_BOOKS):
        return None
    return {one.code: one.balance_rupiah for one in trial_balance() if one.code.startswith("cash:")}


@dataclass(frozen=True)
class OfPayout:
    """What every view of a payout tells."""

    payout: Payout

    @property
    def component(self) -> Component:
        """Which part of the benefit."""
        return Component(self.payout.component)

    @property
    def title(self) -> str:
        """What it is called."""
        return _(COMPONENTS[self.component].title)

    @property
    def state(self) -> PayoutState:
        """Where the money stands."""
        return PayoutState(self.payout.state)

    @property
    def net_rupiah(self) -> int:
        """What arrives; whole rupiah."""
        return int(self.payout.gross_rupiah - self.payout.tax_rupiah)


@dataclass(frozen=True)
class Line(OfPayout):
    """One payout: the claim it is of, who it is owed to, whose account takes it, why the last attempt failed, what bars it."""

    claim: Claim | None
    party: Party | None
    into: Party | None
    reason: str = ""
    why_not: str = ""
    late_rupiah: int | None = None


def owed(*, state: PayoutState | None = None, fund: str = "", late_on: dt.date | None = None) -> QuerySet[Payout]:
    """Payouts that are still open, the oldest due day first; `late_on` keeps those past it."""
    rows = Payout.objects.filter(state__in=OPEN if state is None else [state])
    if fund:
        rows = rows.filter(fund=fund)
    if late_on is not None:
        rows = rows.filter(state__in=READY, due_on__lt=late_on)
    return rows.order_by("due_on", "month", "claim_id", "party_id", "component")


def lines(rows: Iterable[Payout], today: dt.date) -> list[Line]:
    """Payouts with what stands around them. The looks stay in the trails of the people."""
    found = list(rows)
    claims = Claim.objects.in_bulk({row.claim_id for row in found})
    parties = {
        one.pk: one for one in Party.objects.filter(pk__in={row.party_id for row in found}).select_related("guardian")
    }  # fmt: skip
    audit.looked({one.participant_id for one in claims.values()}, ("name", "claim"), "pembayaran manfaat")
    costs = dict(zip(map(_key, found), late_costs(found, today), strict=True))
    made = []
    for row in found:
        party = parties.get(row.party_id)
        into = None if party is None else paying._pays_into(party)
        why = paying._why_not(into, today) if into is not None and row.state in READY else ""
        made.append(
            Line(row, claims.get(row.claim_id), party, into, getattr(row, "reason", "") or "", why, costs[_key(row)])
        )  # fmt: skip
    return made


def _key(row: Any) -> tuple[int, int, int, int]:
    return row.month, row.claim_id, row.party_id, row.component


def left_out(*, fund: str, roll_id: int | None, today: dt.date, most: int = 50) -> list[Line]:
    """Some of what a batch of this fund would leave behind."""
    rows = Payout.objects.filter(fund=fund, state__in=READY, roll_id=roll_id).order_by("due_on", "claim_id")[:2_000]
    return [one for one in lines(rows, today) if one.why_not][:most]


# --- late ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Late:
    """What is past its day: how much is owed, what that costs if it is paid today; `uncounted` are too old for the law's rule."""

    fund: str
    owed: Sums
    cost_rupiah: int
    uncounted: int = 0


def late(today: dt.date) -> list[Late]:
    """By fund."""
    rows = owed(late_on=today)
    sums = {row["fund"]: Sums(row["count"], int(row["rupiah"])) for row in _sums(rows, "fund")}
    costs: dict[str, list[int | None]] = {}
    charged = list(rows.filter(fund__in=list(RULES), roll_id=None, attempts=0))
    for row, cost in zip(charged, late_costs(charged, today), strict=True):
        costs.setdefault(row.fund, []).append(cost)
    return [
        Late(name, sums[name], sum(one or 0 for one in costs.get(name, ())), costs.get(name, []).count(None))
        for name in FUNDS
        if name in sums
    ]


def _sums(rows: QuerySet[Payout], *by: str) -> Any:
    return rows.order_by().values(*by).annotate(count=Count("claim_id"), rupiah=Sum(_NET))


def late_costs(rows: Sequence[Payout], today: dt.date) -> list[int | None]:
    """What each costs for being late if it is paid today, by the law of its due day; None where the rule counts no further.

    Nothing where the law asks nothing, and, as `late_payments` has it, for months of a roll and for what was tried before.
    """
    found: list[int | None] = [0] * len(rows)
    for name, rule in RULES.items():
        mine = [
            at for at, row in enumerate(rows)
            if row.fund == name and row.due_on < today and row.roll_id is None and not row.attempts and row.state in READY
            and row.component != Component.LATE
        ]  # fmt: skip
        counted = [at for at in mine if (today - rows[at].due_on).days <= MOST_DAYS]
        for at in set(mine) - set(counted):
            found[at] = None
        if counted:
            for at, cost in zip(counted, _penalties(rule, name, [rows[at] for at in counted], today), strict=True):
                found[at] = cost
    return found


def _penalties(rule: str, name: str, rows: Sequence[Payout], today: dt.date) -> list[int]:
    rupiah = np.array([row.gross_rupiah for row in rows], np.int64)
    days = np.array([row.due_on for row in rows], "datetime64[D]")
    if name == "jp":
        months = np.array([max(1, months_between(month_of(row.due_on), month_of(today))) for row in rows], np.int64)
        told = law.calculate_many(rule, date=days, due_rupiah=rupiah, months_late=months)
    else:
        since = np.array([(today - row.due_on).days for row in rows], np.int64)
        told = law.calculate_many(rule, date=days, benefit_rupiah=rupiah, days_late=since)
    return [int(one) for one in told["penalty_rupiah"]]


def compensations() -> Sums:
    """What the carrier owes for lateness and has not sent yet."""
    rows = Payout.objects.filter(component=int(Component.LATE), state__in=READY)
    told = rows.aggregate(count=Count("claim_id"), rupiah=Sum(_NET))
    return Sums(told["count"], int(told["rupiah"] or 0))


# --- what failed --------------------------------------------------------------------------------------------------------


def failed(reason: str | None = None) -> QuerySet[Payout]:
    """What the bank refused or sent back, with the code of the last attempt as `reason`; the oldest first."""
    last = Transfer.objects.filter(
        month=OuterRef("month"), claim_id=OuterRef("claim_id"), party_id=OuterRef("party_id"), component=OuterRef("component")
    ).order_by("-batch_id")  # fmt: skip
    rows = Payout.objects.filter(state=PayoutState.FAILED).annotate(reason=Subquery(last.values("reason_code")[:1]))
    rows = rows if reason is None else rows.filter(reason=reason)
    return rows.order_by("due_on", "claim_id", "party_id", "component")


def failed_by_reason() -> list[tuple[str, Sums]]:
    """How much failed for which code, the most first."""
    rows = [(row["reason"] or "", Sums(row["count"], int(row["rupiah"]))) for row in _sums(failed(), "reason")]
    return sorted(rows, key=lambda one: -one[1].count)


# --- batches ------------------------------------------------------------------------------------------------------------


def batches(*, state: str = "", fund: str = "", roll_id: int | None = None) -> QuerySet[Batch]:
    """The newest first."""
    rows = Batch.objects.order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if fund:
        rows = rows.filter(fund=fund)
    return rows if roll_id is None else rows.filter(roll_id=roll_id)


def batch(batch_id: int) -> Batch:
    """One in sight; raises `Refused`."""
    row = Batch.objects.filter(pk=batch_id).first()
    if row is None:
        raise not_yours(_("Berkas pembayaran ini tidak ada, atau bukan wewenang Anda."))
    return row


@dataclass(frozen=True)
class Outcomes:
    """What became of a batch's transfers, by what the bank said; None is nothing yet."""

    by: Mapping[Sent | None, Sums] = field(default_factory=dict)

    def of(self, outcome: Sent | None) -> Sums:
        """The sums of one."""
        return self.by.get(outcome, NONE)


def outcomes(row: Batch) -> Outcomes:
    """How a batch has fared."""
    rows = Transfer.objects.filter(batch=row).values("outcome").annotate(count=Count("number"), rupiah=Sum("rupiah"))
    return Outcomes({(Sent(one["outcome"]) if one["outcome"] else None): Sums(one["count"], int(one["rupiah"])) for one in rows})


def transfers(row: Batch, outcome: str = "") -> QuerySet[Transfer]:
    """A batch's transfers in their order; `outcome` is a number of `Sent`, 0 for what has no answer."""
    rows = Transfer.objects.filter(batch=row).order_by("number")
    if outcome == "0":
        return rows.filter(outcome=None)
    return rows.filter(outcome=int(outcome)) if outcome else rows


@dataclass(frozen=True)
class Sending:
    """A transfer with its claim; the account is starred."""

    transfer: Transfer
    claim: Claim | None
    account: str

    @property
    def name(self) -> str:
        """What it is called at every bank."""
        return paying.end_to_end(self.transfer.batch_id, self.transfer.number)

    @property
    def title(self) -> str:
        """Which part of the benefit."""
        return _(COMPONENTS[Component(self.transfer.component)].title)


def sendings(rows: Iterable[Transfer], reason: str = "pembayaran manfaat") -> list[Sending]:
    """Transfers for people to read. The looks stay in the trails."""
    found, key = list(rows), house_key(SECRET)
    claims = Claim.objects.in_bulk({row.claim_id for row in found})
    audit.looked({one.participant_id for one in claims.values()}, ("name", "claim"), reason)
    return [
        Sending(row, claims.get(row.claim_id), starred(key.open(f"account:{row.account_party_id}", row.account_sealed)))
        for row in found
    ]


def starred(account: str) -> str:
    """`990000123456` -> `••••3456`."""
    return f"••••{account[-4:]}" if len(account) > 6 else "••••"


def csv_of(batch_id: int) -> tuple[bytes, str]:
    """A batch for a bank that takes no ISO 20022, and its name; who took it is remembered. Raises `InputError`, `Refused`."""
    current().need(Can.PAY_CLAIMS)
    row = batch(batch_id)
    if row.state not in (BatchState.EXPORTED, BatchState.ANSWERED):
        raise InputError(_("Berkas ini belum dibuat."), field="state", value=row.state, remedy=_("Tunggu persetujuannya."))
    audit.record("payout.file_taken", "batch", row.pk, fields=("file",))
    return write_csv(paying.order_of(row)), f"{row.message_id}.csv"


# --- answers ------------------------------------------------------------------------------------------------------------


def answers() -> QuerySet[Answer]:
    """What banks said, the newest first."""
    return Answer.objects.order_by("-id")


def answer(answer_id: int) -> Answer:
    """One of them; raises `Refused`."""
    row = Answer.objects.filter(pk=answer_id).first()
    if row is None:
        raise not_yours(_("Jawaban bank ini tidak ada, atau bukan wewenang Anda."))
    return row


def taken_before(content: bytes) -> Answer | None:
    """The same file, where it was taken already."""
    return Answer.objects.filter(file_digest=hashlib.sha256(content).hexdigest()).first()


# --- accounts that funds pay from ---------------------------------------------------------------------------------------


def debtors() -> dict[str, Debtor]:
    """The account of each fund that has one."""
    return {row.fund: row for row in Debtor.objects.order_by("id")}


def debtor_history(name: str) -> QuerySet[Debtor]:
    """The accounts of a fund, the newest first."""
    return Debtor.objects.filter(fund=name).order_by("-id")


# --- rolls --------------------------------------------------------------------------------------------------------------


def all_rolls(*, kind: str = "") -> QuerySet[Roll]:
    """The newest first."""
    rows = Roll.objects.order_by("-id")
    return rows.filter(kind=kind) if kind else rows


def roll(roll_id: int) -> Roll:
    """One of them; raises `Refused`."""
    row = Roll.objects.filter(pk=roll_id).first()
    if row is None:
        raise not_yours(_("Daftar pembayaran ini tidak ada, atau bukan wewenang Anda."))
    return row


def roll_funds(row: Roll) -> dict[str, Mapping[PayoutState, Sums]]:
    """Where the payouts of a posted roll stand, by fund."""
    found: dict[str, dict[PayoutState, Sums]] = {}
    for one in _sums(Payout.objects.filter(roll_id=row.pk, month__lte=row.month), "fund", "state"):
        found.setdefault(one["fund"], {})[PayoutState(one["state"])] = Sums(one["count"], int(one["rupiah"]))
    return dict(found)


def claims_of(ids: Iterable[int]) -> list[Claim]:
    """Claims by their keys, in that order; those out of sight are left out."""
    wanted = list(ids)
    known = Claim.objects.in_bulk(wanted)
    audit.looked({one.participant_id for one in known.values()}, ("claim",), "pembayaran manfaat")
    return [known[one] for one in dict.fromkeys(wanted) if one in known]


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Who these users are."""
    return dict(User.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))
