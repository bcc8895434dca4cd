"""Bills as people look at them: a payer's, the newest first; one with its lines, payer and how far it is paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.collection import codes
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.models import Bill, BillLine, LawUsed, Void
from jamsostek.collection.queries.payments import BillState, bill_states
from jamsostek.core import numbers
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.ledger.models import Group
from jamsostek.registry.models import Employer, Participant, Placement, Project, Sponsor
from jamsostek.registry.queries.lists import asked_for

PART = 5_000
"""Lines read at a time for a file."""
PROGRAMMES = ("jkk", "jkm", "jht", "jp")
ALL = 10**9
_VILLAGES = 10**9
"""Codes of regions above this are villages'."""


# --- one bill ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How far a bill is paid on a day; whole rupiah.

    `state`: `void`, `paid`, `nothing` (nothing to pay), `credit` (it gives back), `partly`, `overdue`, `open`.
    """

    state: str
    paid_rupiah: int
    left_rupiah: int
    paid_on: dt.date | None = None
    void: Void | None = None


@dataclass(frozen=True)
class Shown:
    """A bill with its code and how far it is paid."""

    bill: Bill
    code: str
    standing: Standing


def shown(rows: Sequence[Bill], today: dt.date) -> list[Shown]:
    """Bills with what was paid of them, in their order."""
    found = standings(rows, today)
    return [Shown(one, codes.code_of(one.number), found[one.pk]) for one in rows]


def standings(rows: Sequence[Bill], today: dt.date) -> dict[int, Standing]:
    """How far bills are paid on a day, by id."""
    ids = [one.pk for one in rows]
    voids = {one.bill_id: one for one in Void.objects.filter(bill_id__in=ids)}
    paid = bill_states(ids, today)
    return {one.pk: _standing(one, voids.get(one.pk), paid[one.pk]) for one in rows}


def _standing(bill: Bill, void: Void | None, paid: BillState) -> Standing:
    state = "nothing" if bill.total_rupiah == 0 and void is None else str(paid.standing)
    return Standing(state, paid.paid_rupiah, paid.outstanding_rupiah, paid.last_paid_on, void)


def first_due(bill: Bill) -> dt.date:
    """The day by which all of it is in time."""
    days = [
        (bill.jkk_rupiah or bill.jkm_rupiah, bill.due_on),
        (bill.jht_rupiah, bill.jht_due_on),
        (bill.jp_rupiah, bill.jp_due_on),
    ]
    return min((day for rupiah, day in days if rupiah), default=bill.due_on)


def get(bill_id: int) -> Bill:
    """A bill in sight; raises `Refused`, the same whether it is there or not."""
    found = Bill.objects.select_related("law").filter(pk=bill_id).first()
    if found is None:
        raise not_yours(_("Tagihan ini tidak ada, atau bukan milik Anda."))
    return found


def by_code(code: str) -> Bill:
    """The bill of a payment code, in sight; raises `Refused`, and `InputError` for what cannot be a code."""
    number = codes.number_of(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bill_id FROM collection_code WHERE number = %s", [number])
        row = cursor.fetchone()
    return get(int(row[0]) if row else 0)


def code_words(code: str) -> str:
    """A payment code to be read aloud and typed: groups of five."""
    return numbers.format_number("bill", code)


@dataclass(frozen=True)
class Programme:
    """What a bill asks for one programme, and what of it is withheld from wages; whole rupiah."""

    name: str
    rupiah: int
    fine_rupiah: int
    due_on: dt.date


def programmes(bill: Bill) -> list[Programme]:
    """A bill by programme, those that ask something."""
    due = {"jht": bill.jht_due_on, "jp": bill.jp_due_on}
    found = [
        Programme(name, getattr(bill, f"{name}_rupiah"), getattr(bill, f"fine_{name}_rupiah"), due.get(name, bill.due_on))
        for name in PROGRAMMES
    ]
    if bill.payer_kind == PayerKind.STATE:
        found.append(Programme("jkp", bill.jkp_government_rupiah, 0, bill.due_on))
    return [one for one in found if one.rupiah or one.fine_rupiah]


@dataclass(frozen=True)
class Payer:
    """Who is asked: the public number (NPP, sponsor's number, KPJ, project's number) and the name."""

    kind: PayerKind
    name: str
    number: str
    address: str = ""
    about: str = ""
    """What it is for, beside the payer: a project's name."""
    region_code: int = 0
    village: int = 0
    """The village that a sponsor is."""


def payers_of(rows: Collection[Bill]) -> dict[int, Payer]:
    """Payers of bills by the bill's id; who is out of sight has no name."""
    wanted: dict[int, set[int]] = {}
    for one in rows:
        wanted.setdefault(one.payer_kind, set()).add(one.payer_id)
    found = {
        (kind, number): payer
        for kind, ids in wanted.items()
        if kind in _PAYERS
        for number, payer in _PAYERS[PayerKind(kind)](ids).items()
    }
    return {one.pk: found.get((one.payer_kind, one.payer_id)) or Payer(PayerKind(one.payer_kind), "", "") for one in rows}


def payer_of(bill: Bill) -> Payer:
    """The payer of one bill."""
    return payers_of([bill])[bill.pk]


def _employers(ids: Collection[int]) -> dict[int, Payer]:
    rows = Employer.objects.filter(pk__in=ids)
    return {one.pk: Payer(PayerKind.EMPLOYER, one.name, one.npp, one.address, region_code=one.regency_code) for one in rows}


def _sponsors(ids: Collection[int]) -> dict[int, Payer]:
    rows = Sponsor.objects.filter(pk__in=ids)
    return {
        one.pk: Payer(
            PayerKind.SPONSOR, one.name, one.number, region_code=_regency(one.region_code),
            village=one.region_code if one.region_code > _VILLAGES else 0,
        )
        for one in rows
    }  # fmt: skip


def _people(ids: Collection[int]) -> dict[int, Payer]:
    rows = Participant.objects.filter(pk__in=ids)
    return {one.pk: Payer(PayerKind.PERSON, one.name, one.kpj, region_code=one.regency_code) for one in rows}


def _projects(ids: Collection[int]) -> dict[int, Payer]:
    rows = Project.objects.filter(pk__in=ids).select_related("employer")
    return {
        one.pk: Payer(PayerKind.PROJECT, one.employer.name, one.employer.npp, one.employer.address, one.name, one.regency_code)
        for one in rows
    }


def _placements(ids: Collection[int]) -> dict[int, Payer]:
    rows = Placement.objects.filter(pk__in=ids).select_related("participant")
    return {
        one.pk: Payer(
            PayerKind.PLACEMENT,
            one.participant.name,
            one.participant.kpj,
            region_code=one.participant.regency_code,
            about=one.country,
        )
        for one in rows
    }


def _state(ids: Collection[int]) -> dict[int, Payer]:
    return {one: Payer(PayerKind.STATE, _("Pemerintah"), "") for one in ids}


_PAYERS: dict[PayerKind, Callable[[Collection[int]], dict[int, Payer]]] = {
    PayerKind.EMPLOYER: _employers, PayerKind.SPONSOR: _sponsors, PayerKind.PERSON: _people, PayerKind.PROJECT: _projects,
    PayerKind.PLACEMENT: _placements, PayerKind.STATE: _state,
}  # fmt: skip


def _regency(region: int) -> int:
    return region // 1_000_000 if region > _VILLAGES else region


@dataclass(frozen=True)
class Booked:
    """The group of the ledger that made a bill a receivable."""

    group_id: int
    reference: str
    month: int


def booked(bill: Bill) -> Booked | None:
    """Where a bill stands in the books, for whoever may read them."""
    if bill.group_id is None:
        return None
    found = Group.objects.filter(pk=bill.group_id).first()
    return Booked(found.pk, found.reference, month_of(found.effective_on)) if found else None


# --- a payer's bills --------------------------------------------------------------------------------------------------


class Bills:
    """A payer's bills, the newest first, read a page at a time by slicing."""

    def __init__(self, rows: QuerySet[Bill], today: dt.date) -> None:
        self.rows, self.today = rows.order_by("-month", "-from_month", "-pk"), today

    def __getitem__(self, wanted: slice) -> list[Shown]:
        return shown(list(self.rows[wanted]), self.today)

    def open(self) -> list[Shown]:
        """Those with something left to pay, the oldest first; of the newest 200."""
        found = [one for one in self[0:200] if one.standing.left_rupiah > 0 and one.standing.state != "void"]
        return found[::-1]


def of_employer(employer_id: int, today: dt.date) -> Bills:
    """An employer's bills, with those of its projects."""
    return Bills(Bill.objects.filter(employer_id=employer_id), today)


def of_sponsor(sponsor_id: int, today: dt.date) -> Bills:
    """A sponsor's bills."""
    return Bills(Bill.objects.filter(sponsor_id=sponsor_id), today)


def of_person(ids: Collection[int], today: dt.date) -> Bills:
    """Bills for a person's own cover and contracts abroad, under any of their numbers."""
    return Bills(Bill.objects.filter(participant_id__in=list(ids)), today)


def in_sight(
    *, after: int | None = None, limit: int = PART, employer_id: int | None = None, sponsor_id: int | None = None,
    participant_ids: Collection[int] | None = None, month: int | None = None,
) -> list[Bill]:  # fmt: skip
    """Bills in sight by id, the newest first, those below `after`."""
    given: dict[str, Any] = {"employer_id": employer_id, "sponsor_id": sponsor_id, "month": month, "pk__lt": after}
    if participant_ids is not None:
        given["participant_id__in"] = list(participant_ids)
    chosen = {name: value for name, value in given.items() if value is not None}
    return list(Bill.objects.filter(**chosen).order_by("-pk")[:limit])


# --- lines ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One person's month on a bill. `person` is None for somebody out of sight: the amount is told, the name is not."""

    row: BillLine
    person: Participant | None

    @property
    def total_rupiah(self) -> int:
        """All that the line asks."""
        return self.employer_rupiah + self.worker_rupiah

    @property
    def employer_rupiah(self) -> int:
        """What the payer owes of its own."""
        return self.row.jkk_rupiah + self.row.jkm_rupiah + self.row.jht_employer_rupiah + self.row.jp_employer_rupiah

    @property
    def worker_rupiah(self) -> int:
        """What is the worker's share: withheld from the wage, or a person's own JHT."""
        return self.row.jht_worker_rupiah + self.row.jp_worker_rupiah


def has_lines(bill: Bill) -> bool:
    """Whether it was made of people, not of a contract."""
    return bill.payer_kind in (PayerKind.EMPLOYER, PayerKind.SPONSOR, PayerKind.PERSON)


def lines(bill: Bill, *, text: str = "", skip: int = 0, take: int = ALL) -> list[Line]:
    """Lines of a bill by name; `text` is a name, KPJ or NIK."""
    asked = asked_for(text)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participant_id, for_month FROM collection_lines_by_name(%s, %s, %s, %s, %s, %s)",
            [bill.pk, list(asked.words), asked.kpj, asked.nik, skip, take],
        )
        wanted = [(int(person), int(month)) for person, month in cursor.fetchall()]
    return [one for at in range(0, len(wanted), PART) for one in _lines(bill, wanted[at : at + PART])]


def _lines(bill: Bill, wanted: Sequence[tuple[int, int]]) -> Iterator[Line]:
    ids = list({person for person, _month in wanted})
    rows = BillLine.objects.filter(month=bill.month, part=bill.part, bill_id=bill.pk, participant_id__in=ids)
    found = {(row.participant_id, row.for_month): row for row in rows}
    people = Participant.objects.in_bulk(ids)
    return (Line(found[key], people.get(key[0])) for key in wanted if key in found)


def line(bill: Bill, kpj: str, for_month: int) -> Line:
    """One line, by the number it was written under; raises `Refused`."""
    person = Participant.objects.filter(kpj=kpj).values_list("pk", flat=True).first()
    found = list(_lines(bill, [(person, for_month)])) if person is not None else []
    if not found:
        raise not_yours(_("Baris ini tidak ada dalam tagihan itu."))
    return found[0]


def laws(rows: Sequence[BillLine]) -> dict[int, LawUsed]:
    """The laws lines were computed under, by id."""
    return LawUsed.objects.in_bulk({row.law_id for row in rows})


def people_of(ids: Collection[int]) -> dict[int, Participant]:
    """People in sight, by id."""
    return Participant.objects.in_bulk(list(ids))
