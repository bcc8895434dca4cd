"""Arrears on any day: what is owed, unpaid and past its due day, by bill, payer, region, programme and age.

Each programme is late by its own due day. What a fine would be *so far* is an estimate: it is assessed on what was paid
(`actions.arrears.fines`). Whole rupiah; months overdue are those begun (`penalty.months_late`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet

from jamsostek.access.roles import Kind
from jamsostek.access.rows import Rows, copy_out
from jamsostek.access.scope import current, regencies_below
from jamsostek.collection.models import Agreed, Agreement, Bill, Case, Fine, Instalment, Step
from jamsostek.core.text import N_
from jamsostek.law import calculate_many
from jamsostek.registry.models import Employer, Sponsor

PROGRAMMES = ("jkk", "jkm", "jht", "jp")
AGES: tuple[tuple[int, int | None, str], ...] = (
    (1, 1, N_("1 bulan")), (2, 2, N_("2 bulan")), (3, 3, N_("3 bulan")), (4, 6, N_("4 sampai 6 bulan")),
    (7, 12, N_("7 sampai 12 bulan")), (13, None, N_("lebih dari 12 bulan")),
)  # fmt: skip
"""Months overdue: first, last, what it is called."""
DUE = {"jkk": "due_on", "jkm": "due_on", "jht": "jht_due_on", "jp": "jp_due_on"}
"""Whose due day is whose."""
KEPT_SECONDS = 300
_COLUMNS = (
    "bill_id, coalesce(employer_id, 0) AS employer_id, coalesce(sponsor_id, 0) AS sponsor_id, regency_code, kind, from_month,"
    " due_on, jht_due_on, jp_due_on, jkk, jkm, jht, jp, fine"
)


def unpaid(
    day: dt.date,
    *,
    regencies: Collection[int] | None = None,
    employers: Collection[int] | None = None,
    sponsors: Collection[int] | None = None,
) -> Rows:
    """Bills in sight that are not settled on a day, also those not yet due; columns as in `_COLUMNS`."""
    payers = employers is not None or sponsors is not None
    places = None if payers else sorted(regencies) if regencies is not None else _my_regencies()
    given = [None if one is None else sorted(one) for one in (employers, sponsors)]
    sql = f"SELECT {_COLUMNS} FROM collection_unpaid(%s::date, %s::integer[], %s::bigint[], %s::bigint[])"  # noqa: S608
    return copy_out(sql, [day, places, *given])


def _my_regencies() -> list[int] | None:
    """The regencies of who works for regions; none where the whole nation is in sight."""
    scope = current()
    if scope.everyone:
        return None
    found = {code for target in scope.targets(Kind.REGION) for code in regencies_below(target)}
    return sorted({*found, *(target for target in scope.targets(Kind.REGION))})


def months_late(due: Any, day: dt.date) -> Any:
    """Months begun after due days, by the law's rule; 0 where not yet due."""
    if not len(due):
        return np.zeros(0, np.int64)
    told = calculate_many(
        "penalty.months_late",
        month=day.year * 100 + day.month,
        due_date=due,
        paid_on=np.full(len(due), np.datetime64(day, "D")),
    )
    return np.asarray(told["months_late"], np.int64)


@dataclass(frozen=True)
class Overdue:
    """Unpaid bills as columns: what of them is overdue on a day, by programme, and since how many months."""

    rows: Rows
    day: dt.date
    late: dict[str, Any]
    """Months overdue by programme; the fine's stand under `fine` with the due day of JKK and JKM."""

    def rupiah(self, programme: str) -> Any:
        """What is overdue of a programme; 0 where it is not yet due."""
        return np.where(self.late[programme] > 0, self.rows[programme], 0)

    @property
    def total(self) -> Any:
        """All of it, the fines too."""
        return sum((self.rupiah(name) for name in (*PROGRAMMES, "fine")), np.zeros(len(self.rows), np.int64))

    @property
    def months(self) -> Any:
        """Months overdue of the oldest part of each bill."""
        found = [np.where(self.rows[name] > 0, self.late[name], 0) for name in (*PROGRAMMES, "fine")]
        return np.max(np.stack(found), axis=0) if len(self.rows) else np.zeros(0, np.int64)


def overdue(day: dt.date, **where: Any) -> Overdue:
    """What of the unpaid bills in sight is past its due day (`unpaid`)."""
    rows = unpaid(day, **where)
    by_due = {name: months_late(rows[name], day) for name in ("due_on", "jht_due_on", "jp_due_on")}
    late = {name: by_due[DUE[name]] for name in PROGRAMMES} | {"fine": by_due["due_on"]}
    found = Overdue(rows, day, late)
    kept = found.total > 0
    return Overdue(rows[kept], day, {name: values[kept] for name, values in late.items()})


# --- ageing -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aged:
    """A line of a table by age: `rupiah` by the places of `AGES`."""

    key: int | str
    rupiah: tuple[int, ...]
    payers: int

    @property
    def total(self) -> int:
        """Of all ages."""
        return sum(self.rupiah)


@dataclass(frozen=True)
class Ageing:
    """Arrears on a day: all, by programme, by regency."""

    day: dt.date
    whole: Aged
    programmes: tuple[Aged, ...]
    regencies: tuple[Aged, ...]


def age_of(months: Any) -> Any:
    """The place in `AGES` of months overdue; -1 where nothing is."""
    return np.searchsorted(np.array([first for first, _last, _title in AGES]), months, side="right") - 1


def ageing(day: dt.date, **where: Any) -> Ageing:
    """Arrears in sight by age; each programme by its own months."""
    found = overdue(day, **where)
    payers = found.rows["employer_id"] * 2 + (found.rows["sponsor_id"] > 0) + found.rows["sponsor_id"] * 2
    ages = len(AGES)
    by_programme, by_place = [], np.zeros((len(found.rows), ages), np.int64)
    for name in (*PROGRAMMES, "fine"):
        rupiah, age = found.rupiah(name), age_of(found.late[name])
        by_place[np.arange(len(age)), np.maximum(age, 0)] += rupiah
        sums = tuple(int(rupiah[age == at].sum()) for at in range(ages))
        by_programme.append(Aged(name, sums, len(np.unique(payers[rupiah > 0]))))
    codes, where_in = np.unique(found.rows["regency_code"], return_inverse=True)
    table = np.zeros((len(codes), ages), np.int64)
    np.add.at(table, where_in, by_place)
    regencies = tuple(
        Aged(int(code), tuple(map(int, table[at])), len(np.unique(payers[where_in == at]))) for at, code in enumerate(codes)
    )
    whole = Aged("", tuple(map(int, by_place.sum(axis=0))) if len(by_place) else (0,) * ages, len(np.unique(payers)))
    return Ageing(day, whole, tuple(by_programme), regencies)


def ageing_kept(day: dt.date) -> Ageing:
    """`ageing` of all in sight, as it was at most five minutes ago."""
    places = _my_regencies()
    key = f"arrears:{day}:{'all' if places is None else ','.join(map(str, places))}"
    found = cache.get(key)
    if not isinstance(found, Ageing):
        found = ageing(day)
        cache.set(key, found, KEPT_SECONDS)
    return found


# --- payers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Debtor:
    """A payer with arrears; whole rupiah."""

    kind: str
    """`employer` or `sponsor`."""
    payer_id: int
    number: str
    name: str
    regency_code: int
    rupiah: int
    months: int
    bills: int
    programmes: tuple[int, ...]
    """By the places of `PROGRAMMES`."""
    fine_rupiah: int
    """Fines assessed and unpaid, contained in `rupiah`."""


def debtors(
    day: dt.date, *, kind: str = "", age: int | None = None, regency: int | None = None, named: bool = True
) -> list[Debtor]:
    """Payers in sight with arrears, the largest first; `age` is a place in `AGES`, by their oldest bill."""
    found = overdue(day, regencies=None if regency is None else sorted({regency, *regencies_below(regency)}))
    rows = found.rows
    sponsor = rows["sponsor_id"] > 0
    keys = np.where(sponsor, rows["sponsor_id"], rows["employer_id"]) * 2 + sponsor
    ids, first, at = np.unique(keys, return_index=True, return_inverse=True)
    months = np.zeros(len(ids), np.int64)
    np.maximum.at(months, at, found.months)
    sums = {name: _sums(found.rupiah(name), at, len(ids)) for name in (*PROGRAMMES, "fine")}
    totals, bills = sum(sums.values(), np.zeros(len(ids), np.int64)), np.bincount(at, minlength=len(ids))
    wanted = np.ones(len(ids), bool)
    if kind:
        wanted &= (ids % 2 == 1) == (kind == "sponsor")
    if age is not None:
        wanted &= age_of(months) == age
    order = [one for one in np.argsort(-totals, kind="stable").tolist() if wanted[one]]
    bare = [
        Debtor(
            "sponsor" if ids[one] % 2 else "employer",
            int(ids[one]) // 2,
            "",
            "",
            int(rows["regency_code"][first[one]]),
            int(totals[one]),
            int(months[one]),
            int(bills[one]),
            tuple(int(sums[name][one]) for name in PROGRAMMES),
            int(sums["fine"][one]),
        )
        for one in order
    ]
    return with_names(bare) if named else bare


def _sums(values: Any, at: Any, count: int) -> Any:
    found = np.zeros(count, np.int64)
    np.add.at(found, at, values)
    return found


def with_names(rows: Sequence[Debtor]) -> list[Debtor]:
    """The same with names and public numbers; a page of a list is named by itself."""
    ids: dict[str, list[int]] = {"employer": [], "sponsor": []}
    for one in rows:
        ids[one.kind].append(one.payer_id)
    told: dict[tuple[str, int], tuple[str, str]] = {
        ("employer", pk): (number, name)
        for pk, number, name in Employer.objects.filter(pk__in=ids["employer"]).values_list("pk", "npp", "name")
    }
    told |= {
        ("sponsor", pk): (number, name)
        for pk, number, name in Sponsor.objects.filter(pk__in=ids["sponsor"]).values_list("pk", "number", "name")
    }
    found = []
    for one in rows:
        number, name = told.get((one.kind, one.payer_id), ("", ""))
        found.append(Debtor(**{**one.__dict__, "number": number, "name": name}))
    return found


# --- one payer --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """What one programme of an unpaid bill asks: whole rupiah, its due day, months overdue, and the fine so far."""

    programme: str
    rupiah: int
    due_on: dt.date
    months: int
    estimate_rupiah: int


@dataclass(frozen=True)
class Unsettled:
    """A bill of a payer that is not settled."""

    bill: Bill
    rupiah: int
    overdue_rupiah: int
    parts: tuple[Part, ...]
    fine_rupiah: int

    @property
    def estimate_rupiah(self) -> int:
        """What the fine on what is unpaid would be if it came today."""
        return sum(one.estimate_rupiah for one in self.parts)


def of_payer(day: dt.date, *, employer_id: int | None = None, sponsor_id: int | None = None) -> list[Unsettled]:
    """A payer's unsettled bills, the oldest first; the fine so far where the payer owes one (interpretation 83)."""
    rows = unpaid(
        day,
        employers=[employer_id] if employer_id is not None else None,
        sponsors=[sponsor_id] if sponsor_id is not None else None,
    )
    rows = rows[np.argsort(rows["bill_id"])]
    bills = Bill.objects.in_bulk(rows["bill_id"].tolist())
    late = {name: months_late(rows[name], day) for name in ("due_on", "jht_due_on", "jp_due_on")}
    estimates = {name: estimated(rows[name], late[DUE[name]], rows) for name in PROGRAMMES}
    found = []
    for at, row in enumerate(rows):
        parts = tuple(
            Part(
                name, int(row[name]), row[DUE[name]].astype(object), int(late[DUE[name]][at]), int(estimates[name][at])
            )
            for name in PROGRAMMES
            if row[name]
        )  # fmt: skip
        fine = int(row["fine"])
        past = sum(one.rupiah for one in parts if one.months) + (fine if late["due_on"][at] else 0)
        found.append(Unsettled(bills[int(row["bill_id"])], sum(one.rupiah for one in parts) + fine, past, parts, fine))
    return found


def estimated(rupiah: Any, months: Any, rows: Rows) -> Any:
    """The fine on amounts so many months late, each month's bill by its own law; none of sponsors, on fines or on credits."""
    owes = (rows["employer_id"] > 0) & (rupiah > 0) & (rows["kind"] <= 2)
    found = np.zeros(len(rows), np.int64)
    at = np.flatnonzero(owes & (months > 0))
    if len(at):
        told = calculate_many(
            "penalty.late", month=rows["from_month"][at], due_rupiah=rupiah[at].astype(np.int64), months_late=months[at]
        )
        found[at] = told["penalty_rupiah"]
    return found


def fines_of(employer_id: int) -> QuerySet[Fine]:
    """Fines assessed of an employer, the newest first."""
    return Fine.objects.filter(employer_id=employer_id).order_by("-id")


def fines_in(fine_bill_id: int) -> list[Fine]:
    """What a fine's bill is made of."""
    return list(Fine.objects.filter(fine_bill_id=fine_bill_id).order_by("bill_id", "number", "programme"))


# --- agreements -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """How far an agreement is kept on a day; whole rupiah. `state`: proposed, refused, kept, broken, done, ended."""

    agreement: Agreement
    instalments: Sequence[Instalment]
    state: str
    paid_rupiah: int
    due_rupiah: int
    """What should have been paid by then."""
    next_due: Instalment | None = None
    covered: dict[int, int] = field(default_factory=dict)
    """What of each instalment is paid, by its number; the earlier ones first."""


def kept(agreement: Agreement, day: dt.date) -> Kept:
    """Where an agreement stands. An instalment is broken from the day after it was due."""
    instalments = list(agreement.instalments.all())
    agreed = dict(agreement.bills.values_list("bill_id", "rupiah"))
    paid = agreement.total_rupiah - sum(_left_of(agreed, day).values()) if agreement.approved else 0
    due = sum(one.rupiah for one in instalments if one.due_on < day)
    covered, rest = {}, paid
    for one in instalments:
        covered[one.number] = min(rest, one.rupiah)
        rest -= covered[one.number]
    following = next((one for one in instalments if covered[one.number] < one.rupiah), None)
    return Kept(agreement, instalments, _state(agreement, paid, due), paid, due, following, covered)


def _left_of(agreed: dict[int, int], day: dt.date) -> dict[int, int]:
    """What of the bills of an agreement is still unpaid, at most what it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT bill_id, jkk + jkm + jht + jp + fine FROM collection_left(%s, %s)", [list(agreed), day])
        return {bill: min(int(left), agreed[bill]) for bill, left in cursor.fetchall()}


def _state(agreement: Agreement, paid: int, due: int) -> str:
    if agreement.approved is None:
        return "proposed"
    if not agreement.approved:
        return "refused"
    if paid >= agreement.total_rupiah:
        return "done"
    if agreement.ended_on is not None:
        return "ended"
    return "kept" if paid >= due else "broken"


def agreements(*, employer_id: int | None = None, sponsor_id: int | None = None) -> QuerySet[Agreement]:
    """Agreements in sight, of one payer or all, the newest first."""
    rows = Agreement.objects.order_by("-id")
    if employer_id is not None:
        rows = rows.filter(employer_id=employer_id)
    return rows.filter(sponsor_id=sponsor_id) if sponsor_id is not None else rows


def kept_agreement(employer_id: int, day: dt.date) -> Kept | None:
    """The employer's agreement that is kept on a day: while it is, no sanction goes on."""
    for one in agreements(employer_id=employer_id).filter(approved=True, ended_on=None):
        found = kept(one, day)
        if found.state == "kept":
            return found
    return None


def agreed_bills(agreement: Agreement) -> list[tuple[Bill, int]]:
    """The bills of an agreement with what was unpaid of them, the oldest first."""
    told = dict(Agreed.objects.filter(agreement=agreement).values_list("bill_id", "rupiah"))
    bills = Bill.objects.in_bulk(list(told))
    return [(bills[one], told[one]) for one in sorted(told) if one in bills]


# --- cases ------------------------------------------------------------------------------------------------------------


def cases(*, employer_id: int | None = None, open_only: bool = False) -> QuerySet[Case]:
    """Sanction cases in sight, the newest first."""
    rows = Case.objects.order_by("-id")
    if employer_id is not None:
        rows = rows.filter(employer_id=employer_id)
    return rows.filter(closed_on=None) if open_only else rows


@dataclass(frozen=True)
class Standing:
    """Where a case stands: its steps, and what is to be done next.

    `act`: sign, deliver, wait, decide, mended, kept, end, closed; `step` is the step it is about.
    """

    case: Case
    steps: Sequence[Step]
    act: str
    step: int
    until: dt.date | None = None


LAST_STEP = 4


def standing(case: Case, day: dt.date, *, owed: Callable[[], int] | None = None) -> Standing:
    """What the law and the calendar ask next of a case (PP 86/2013 Pasal 5 to 10)."""
    steps = list(case.steps.all())
    if case.closed_on is not None:
        return Standing(case, steps, "closed", 0)
    valid = [one for one in steps if one.signed is not False]
    last = max(valid, key=lambda one: one.step, default=None)
    if last is not None and last.signed is None:
        return Standing(case, steps, "sign", last.step)
    if last is not None and last.delivered_on is None:
        return Standing(case, steps, "deliver", last.step)
    if mended(case, day) if owed is None else owed() == 0:
        return Standing(case, steps, "mended", last.step if last else 0)
    if kept_agreement(case.employer_id, day) is not None:
        return Standing(case, steps, "kept", last.step if last else 0)
    if last is None:
        return Standing(case, steps, "decide", 1)
    if last.due_on is not None and last.due_on >= day:
        return Standing(case, steps, "wait", last.step, last.due_on)
    return Standing(case, steps, "decide" if last.step < LAST_STEP else "end", min(last.step + 1, LAST_STEP))


def mended(case: Case, day: dt.date) -> bool:
    """Whether an arrears case has nothing overdue left; what a finding is about is for a person to judge."""
    return case.cause == "arrears" and not len(overdue(day, employers=[case.employer_id]).rows)


def waiting_cases(day: dt.date) -> list[Standing]:
    """Open cases in sight with what is to be done, what is overdue first."""
    order = ("sign", "deliver", "decide", "mended", "end", "wait", "kept")
    found = [standing(one, day) for one in cases(open_only=True).prefetch_related("steps")]
    return sorted(found, key=lambda one: (order.index(one.act), one.until or dt.date.min, one.case.pk))
