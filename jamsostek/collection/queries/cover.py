"""Cover from payments: is somebody protected on a day, who pays a benefit first, and which months were paid by whom (ADR 18).

The way goes from a person's spells to their payers' bills, whose ids are known, and never over lines. A month counts as paid
when the part of its regular bill for JKK and JKM is in; the law's rule `cover.status` says what follows from the last month
paid. Where the books of a payer do not reach (no bill at all, months before the first one, a bill not yet due), what was
reported counts, as it did before there were bills.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.db import connection

from jamsostek.collection.choices import PayerKind
from jamsostek.core.months import add_months, last_day, month_of, months_between
from jamsostek.core.text import N_
from jamsostek.law import calculate, law_at
from jamsostek.registry.models import Participant
from jamsostek.registry.queries import timeline
from jamsostek.registry.queries.timeline import Spell, Spells

EVER = dt.date(9999, 12, 31)
FIRST_MONTH = 200901
PU, BPU = "pu", "bpu"
_SEGMENT = {PayerKind.EMPLOYER: PU, PayerKind.SPONSOR: BPU, PayerKind.PERSON: BPU, PayerKind.PLACEMENT: BPU}
WORDS = {
    "paid": N_("Iuran sudah masuk."),
    "reported": N_("Dilaporkan; iurannya belum ditagih atau belum jatuh tempo."),
    "grace": N_("Belum dibayar, tetapi masih dalam batas tunggakan."),
    "employer_late": N_("Perusahaan menunggak lewat batas: perusahaan menanggung santunan dahulu, hak pekerja tidak hilang."),
    "never_paid": N_("Iuran pertama belum masuk."),
    "lapsed": N_("Menunggak lebih dari batas: tidak ada hak sampai dibayar."),
    "not_registered": N_("Tidak ada yang mendaftarkan atau membayar pada bulan itu."),
    "died": N_("Sudah meninggal dunia."),
    "unknown": N_("Peserta ini tidak ditemukan."),
}  # fmt: skip
"""Why somebody is protected, or is not."""


@dataclass(frozen=True)
class Billed:
    """A month a payer was billed for; `paid_on` and `reference` once the part for JKK and JKM is in."""

    bill_id: int
    due_on: dt.date
    paid_on: dt.date | None
    reference: str | None


Payer = tuple[PayerKind, int]


@dataclass(frozen=True)
class Books:
    """What payers were billed for and have paid, as it was on a day."""

    months: dict[Payer, dict[int, Billed]]
    first: dict[Payer, int]
    """The first month each was ever billed for; none where it never was."""

    def last_paid(self, payer: Payer, upto: int, since: int = FIRST_MONTH) -> int | None:
        """The last month paid up to a month, not before another."""
        paid = [m for m, one in self.months.get(payer, {}).items() if since <= m <= upto and one.paid_on is not None]
        return max(paid, default=None)


def books_of(payers: Iterable[Payer], upto: int, day: dt.date) -> Books:
    """The books of payers up to a month as they stood on a day; two statements a kind of payer."""
    by_kind: dict[PayerKind, set[int]] = {}
    for kind, number in payers:
        by_kind.setdefault(kind, set()).add(number)
    months: dict[Payer, dict[int, Billed]] = {}
    first: dict[Payer, int] = {}
    with connection.cursor() as cursor:
        for kind, ids in by_kind.items():
            cursor.execute(
                "SELECT payer_id, month, bill_id, due_on, paid_on, reference FROM collection_months(%s, %s, %s, %s, %s)",
                [int(kind), sorted(ids), FIRST_MONTH, upto, day],
            )
            for payer, month, *told in cursor.fetchall():
                months.setdefault((kind, payer), {})[month] = Billed(*told)
            cursor.execute("SELECT payer_id, month FROM collection_first_months(%s, %s)", [int(kind), sorted(ids)])
            first |= {(kind, payer): month for payer, month in cursor.fetchall()}
    return Books(months, first)


def payer_of(spell: Spell, participant_id: int) -> Payer:
    """Who is billed for a spell."""
    if spell.employer_id is not None:
        return PayerKind.EMPLOYER, spell.employer_id
    if spell.sponsor_id is not None:
        return PayerKind.SPONSOR, spell.sponsor_id
    if spell.placement_id is not None:
        return PayerKind.PLACEMENT, spell.placement_id
    return PayerKind.PERSON, participant_id


@cache
def grace_months(month: int) -> tuple[int, int]:
    """How many months may be overdue without the right being lost: of employers, of BPU."""
    found = law_at(month).numbers("grace.months")
    return int(found[0]), int(found[1])


@cache
def due_day(month: int, segment: str) -> dt.date:
    """When JKK and JKM of a month fall due."""
    told: dt.date = calculate("calendar.due_date", month=month, segment=segment)["jkk_jkm_due"]
    return told


# --- on a day -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cover:
    """The answer for one person on a day.

    `pays_first` is `bpjs`, `employer` or `nobody`; `until` the last day on which that stays so if nothing more is paid or
    reported (none: no end is known); `why` a key of `WORDS`; `payer` a name, empty for one's own cover.
    """

    participant_id: int
    day: dt.date
    covered: bool
    pays_first: str
    why: str
    kind: PayerKind | None = None
    payer_id: int | None = None
    payer: str = ""
    last_paid_month: int | None = None
    overdue_months: int = 0
    until: dt.date | None = None
    bill_id: int | None = None
    """The oldest bill that is due and unpaid on the day."""
    due_on: dt.date | None = None
    programmes: tuple[str, ...] = ()


_RANK = {"bpjs": 2, "employer": 1, "nobody": 0}


def cover_on(participant_ids: Collection[int], day: dt.date) -> dict[int, Cover]:
    """Whether people are protected on a day, as far as is known of it now; those out of sight are told as unknown.

    Payments count by the day the money came in: what came later than the day does not change the answer for it.
    """
    ids = list(dict.fromkeys(participant_ids))
    died = dict(Participant.objects.filter(pk__in=ids).values_list("pk", "died_on"))
    same = timeline.numbers_of([one for one in ids if one in died])
    spells = timeline.declared({one for numbers in same.values() for one in numbers}, month_of(day))
    running = {
        one: [(payer_of(spell, number), spell) for number in numbers for spell in spells[number] if spell.runs_in(month_of(day))]
        for one, numbers in same.items()
    }
    books = books_of({payer for found in running.values() for payer, _spell in found}, month_of(day), day)
    answers = {}
    for one in ids:
        if one not in died:
            answers[one] = Cover(one, day, False, "nobody", "unknown")
        elif (gone := died[one]) is not None and gone < day:
            answers[one] = Cover(one, day, False, "nobody", "died")
        else:
            told = [_by_spell(one, day, payer, spell, books) for payer, spell in running[one]]
            none = Cover(one, day, False, "nobody", "not_registered")
            answers[one] = max(told, key=lambda it: (it.covered, _RANK[it.pays_first], it.until or EVER), default=none)
    return answers


def _by_spell(person: int, day: dt.date, payer: Payer, spell: Spell, books: Books) -> Cover:
    kind, number = payer
    segment = _SEGMENT[kind]
    found = Cover(
        person, day, True, "bpjs", "reported", kind, number, spell.payer, programmes=spell.programmes, until=_end_of(spell)
    )  # fmt: skip
    if kind == PayerKind.PLACEMENT:
        return _placement(found, books.months.get(payer, {}))
    begins = begin_of(payer, spell, books)
    if begins is None:  # no book of this payer
        return found if kind != PayerKind.PERSON else replace(found, covered=False, pays_first="nobody", why="never_paid")
    last = books.last_paid(payer, month_of(day), since=begins)
    if last is None:
        last = _reported_before(payer, spell, books)
    if last is None:
        return _before_the_first(found, day, segment, begins, books.months.get(payer, {}))
    told = calculate("cover.status", month=month_of(day), segment=segment, last_paid_month=last, on_date=day)
    billed = books.months.get(payer, {})
    bill = next((billed[m] for m in sorted(billed) if m > last and billed[m].paid_on is None and billed[m].due_on < day), None)
    return replace(
        found,
        covered=bool(told["protected"]),
        pays_first=str(told["pays_first"]),
        why=_why(bool(told["protected"]), str(told["pays_first"]), int(told["overdue_months"])),
        last_paid_month=last,
        overdue_months=int(told["overdue_months"]),
        until=_until(spell, last, segment, day) if told["pays_first"] == "bpjs" else None,
        bill_id=bill.bill_id if bill else None,
        due_on=bill.due_on if bill else None,
    )


def _why(covered: bool, pays_first: str, overdue: int) -> str:
    if not covered:
        return "lapsed"
    if pays_first == "employer":
        return "employer_late"
    return "grace" if overdue else "paid"


def begin_of(payer: Payer, spell: Spell, books: Books) -> int | None:
    """The first month of a spell that its payer's books reach; none where it was never billed for anything."""
    first = books.first.get(payer)
    return None if first is None else max(first, spell.from_month)


def _reported_before(payer: Payer, spell: Spell, books: Books) -> int | None:
    """The month before the books begin, where the spell had begun by then: it counts as it was reported. Not of own cover."""
    first = books.first[payer]
    return add_months(first, -1) if payer[0] != PayerKind.PERSON and spell.from_month < first else None


def _before_the_first(found: Cover, day: dt.date, segment: str, begins: int, billed: dict[int, Billed]) -> Cover:
    """Nothing was ever paid for this spell: what was reported counts till the first bill is overdue. Own cover counts nothing."""
    bill = billed.get(begins)
    due = bill.due_on if bill else due_day(begins, segment)
    told = replace(found, bill_id=bill.bill_id if bill else None, due_on=due)
    if found.kind == PayerKind.PERSON:
        return replace(told, covered=False, pays_first="nobody", why="never_paid", until=None)
    if day <= due:
        return replace(told, until=due)
    if found.kind == PayerKind.EMPLOYER:
        overdue = _overdue(begins, day, segment)
        return replace(told, pays_first="employer", why="employer_late", overdue_months=overdue, until=None)
    return replace(told, covered=False, pays_first="nobody", why="never_paid", until=None)


def _overdue(begins: int, day: dt.date, segment: str) -> int:
    told = calculate(
        "cover.status", month=month_of(day), segment=segment, last_paid_month=add_months(begins, -1), on_date=day
    )  # fmt: skip
    return int(told["overdue_months"])


def _placement(found: Cover, billed: dict[int, Billed]) -> Cover:
    """A migrant's package is paid once, before departure: without it there is no cover once it was billed."""
    if not billed or all(one.paid_on is not None for one in billed.values()):
        return replace(found, why="paid" if billed else "reported")
    bill = next(one for one in billed.values() if one.paid_on is None)
    return replace(
        found, covered=False, pays_first="nobody", why="never_paid", bill_id=bill.bill_id, due_on=bill.due_on, until=None
    )  # fmt: skip


def _end_of(spell: Spell) -> dt.date | None:
    return last_day(spell.to_month) if spell.to_month is not None else None


def _until(spell: Spell, last: int, segment: str, day: dt.date) -> dt.date:
    """The last day on which no more months are overdue than the law forgives, or the last day of the spell."""
    grace = grace_months(month_of(day))[0 if segment == PU else 1]
    edge = due_day(add_months(last, grace + 1), segment)
    end = _end_of(spell)
    return min(edge, end) if end is not None else edge


# --- the judge of timelines ---------------------------------------------------------------------------------------------


def judge(spells: Spells, month: int) -> Spells:
    """Splits spells into months paid, months not lost yet, and months that do not cover; `month` is the present one.

    Work for an employer covers whoever has paid (PP 44/2015 Pasal 38): it is left as it is. `until` the day is asked by
    `cover_on`; here whole months count.
    """
    payers = {
        payer_of(spell, person) for person, found in spells.items() for spell in found if spell.employer_id is None
    }  # fmt: skip
    if not payers:
        return spells
    books = books_of(payers, 210012, EVER)
    return {
        person: [part for spell in found for part in _judged(spell, payer_of(spell, person), books, month)]
        for person, found in spells.items()
    }


def _judged(spell: Spell, payer: Payer, books: Books, month: int) -> list[Spell]:
    kind = payer[0]
    if kind == PayerKind.EMPLOYER or payer not in books.first:
        return [spell]
    if kind == PayerKind.PLACEMENT:
        return [replace(spell, paid=all(one.paid_on is not None for one in books.months[payer].values()))]
    if kind == PayerKind.PERSON:
        return _own(spell, books.months.get(payer, {}), month)
    return _sponsored(spell, payer, books, month)


def _own(spell: Spell, billed: dict[int, Billed], month: int) -> list[Spell]:
    """Own cover month by month: paid, in the grace after a paid one, or nothing."""
    paid = sorted(m for m, one in billed.items() if one.paid_on is not None and spell.runs_in(m))
    if not paid:
        return [spell]
    grace = grace_months(month)[1]
    ends = max(add_months(paid[-1], grace + 1), add_months(month, 1))

    def state(one: int) -> tuple[bool, bool]:
        if one in paid_set:
            return True, False
        before = max((m for m in paid if m < one), default=None)
        return False, before is not None and months_between(before, one) <= grace

    paid_set = set(paid)
    return _runs(spell, ends, state, (False, False))


def _sponsored(spell: Spell, payer: Payer, books: Books, month: int) -> list[Spell]:
    """A sponsor's spell: reported months count till the law says that the right is lost, and months to come as they do now."""
    billed, begins = books.months.get(payer, {}), begin_of(payer, spell, books)
    if begins is None or begins > month or (spell.to_month or 999912) < begins:
        return [spell]
    grace, before = grace_months(month)[1], _reported_before(payer, spell, books)

    def state(one: int) -> tuple[bool, bool]:
        if one < begins or (one in billed and billed[one].paid_on is not None):
            return True, False
        last = max((m for m, told in billed.items() if begins <= m < one and told.paid_on is not None), default=before)
        if last is None:
            return one == month == begins, False
        gone = months_between(last, one)
        return one == month and gone == 1, gone <= grace

    return _runs(spell, month, state, None)


def _runs(spell: Spell, last: int, state: Callable[[int], tuple[bool, bool]], after: tuple[bool, bool] | None) -> list[Spell]:
    """A spell cut where its months differ, up to a month; then as `after` says, or as the last one stands."""
    found: list[Spell] = []
    one = spell.from_month
    end = min(last, spell.to_month or last)
    while one <= end:
        told = state(one)
        if found and (found[-1].paid, found[-1].grace) == told:
            found[-1] = replace(found[-1], to_month=one)
        else:
            found.append(replace(spell, from_month=one, to_month=one, paid=told[0], grace=told[1]))
        one = add_months(one, 1)
    if spell.to_month is not None and spell.to_month <= end:
        return found
    if after is None and found:
        after = (found[-1].paid or found[-1].grace, False)
    rest = after if after is not None else (spell.paid, spell.grace)
    if found and (found[-1].paid, found[-1].grace) == rest:
        found[-1] = replace(found[-1], to_month=spell.to_month)
    else:
        found.append(replace(spell, from_month=max(one, spell.from_month), to_month=spell.to_month, paid=rest[0], grace=rest[1]))
    return found


def register() -> None:
    """Tells the registry who says which months are paid."""
    timeline.judged_by(judge)


# --- month by month -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MonthOf:
    """A month of one person: `state` is paid, reported, grace, late (of an employer), unpaid or gap."""

    month: int
    state: str
    kind: PayerKind | None = None
    payer_id: int | None = None
    payer: str = ""
    bill_id: int | None = None
    due_on: dt.date | None = None
    paid_on: dt.date | None = None
    reference: str = ""
    on_bill: bool | None = None
    """Whether the bill names the person; not known where there is no bill."""


@dataclass(frozen=True)
class Warned:
    """A gap that opens on the day after `until` if nothing is done: what to pay, and by when."""

    until: dt.date
    month: int
    kind: PayerKind
    payer: str
    bill_id: int | None
    pay_by: dt.date


@dataclass(frozen=True)
class Coverage:
    """A person's months, the newest first, how they stand today, and what threatens."""

    today: Cover
    months: Sequence[MonthOf]
    warning: Warned | None


_STATES = ("gap", "unpaid", "late", "grace", "reported", "paid")
"""The better of two payers of a month is told."""


def months_of(participant_id: int, day: dt.date) -> Coverage:
    """The coverage timeline of one person, under all numbers that are this person; raises nothing, out of sight there is none."""
    numbers = timeline.numbers_of([participant_id])[participant_id]
    declared = timeline.declared(numbers, month_of(day))
    spells = [(payer_of(spell, number), spell) for number in numbers for spell in declared[number]]
    books = books_of({payer for payer, _spell in spells}, 210012, day)
    named = bills_naming(numbers, {payer for payer, _spell in spells}, month_of(day))
    now = cover_on([participant_id], day)[participant_id]
    died = Participant.objects.filter(pk=participant_id).values_list("died_on", flat=True).first()
    end = month_of(min(day, died)) if died else _last_shown(spells, books, month_of(day))
    first = min((spell.from_month for _payer, spell in spells), default=None)
    found = []
    one = end
    while first is not None and one >= first:
        told = [_month(one, payer, spell, books, named, day) for payer, spell in spells if spell.runs_in(one)]
        found.append(max(told, key=lambda it: _STATES.index(it.state), default=MonthOf(one, "gap")))
        one = add_months(one, -1)
    return Coverage(now, found, _warned(now, books, day))


def _last_shown(spells: Sequence[tuple[Payer, Spell]], books: Books, month: int) -> int:
    """This month, or the last one paid ahead."""
    ahead = [books.last_paid(payer, 210012) or month for payer, _spell in spells]
    return max([month, *ahead])


def bills_naming(people: Collection[int], payers: Iterable[Payer], upto: int) -> set[tuple[int, int]]:
    """Bill and month of every line about people on their payers' bills, differences too."""
    found: set[tuple[int, int]] = set()
    by_kind: dict[int, set[int]] = {}
    for kind, number in payers:
        if kind != PayerKind.PLACEMENT:
            by_kind.setdefault(int(kind), set()).add(number)
    with connection.cursor() as cursor:
        for kind_, ids in by_kind.items():
            cursor.execute(
                "SELECT bill_id, for_month FROM collection_named(%s, %s, %s, (SELECT coalesce(min(month), %s)"
                " FROM collection_first_months(%s, %s)), %s)",
                [list(people), kind_, sorted(ids), upto, kind_, sorted(ids), upto],
            )
            found |= set(cursor.fetchall())
    return found


def _month(one: int, payer: Payer, spell: Spell, books: Books, named: set[tuple[int, int]], day: dt.date) -> MonthOf:
    kind, number = payer
    billed = books.months.get(payer, {}).get(one)
    if kind == PayerKind.PLACEMENT:
        billed = next(iter(books.months.get(payer, {}).values()), None)
    told = MonthOf(one, _state(one, payer, spell, books, billed, day), kind, number, spell.payer)
    if billed is None:
        return told
    on_bill = None if kind == PayerKind.PLACEMENT else (billed.bill_id, one) in named or _by_difference(one, billed, named)
    return replace(
        told,
        bill_id=billed.bill_id,
        due_on=billed.due_on,
        paid_on=billed.paid_on,
        reference=billed.reference or "",
        on_bill=on_bill,
    )


def _by_difference(one: int, billed: Billed, named: set[tuple[int, int]]) -> bool:
    """Whether a later bill names the person for the month."""
    return any(month == one and bill != billed.bill_id for bill, month in named)


def _state(one: int, payer: Payer, spell: Spell, books: Books, billed: Billed | None, day: dt.date) -> str:
    if billed is not None and billed.paid_on is not None:
        return "paid"
    if payer[0] == PayerKind.PERSON and payer not in books.first:
        return "unpaid"
    if payer not in books.first or (payer[0] != PayerKind.PERSON and one < books.first[payer]):
        return "reported"
    if payer[0] == PayerKind.PLACEMENT:
        return "unpaid"
    if payer[0] == PayerKind.EMPLOYER:
        return "late" if (billed.due_on if billed else due_day(one, PU)) < day else "reported"
    (part,) = [p for p in _judged(spell, payer, books, month_of(day)) if p.runs_in(one)]
    if part.grace:
        return "grace"
    return "reported" if part.paid else "unpaid"


def _warned(now: Cover, books: Books, day: dt.date) -> Warned | None:
    """Warns of a gap within the months that are already overdue or fall due next."""
    if not now.covered or now.kind is None or now.payer_id is None or now.until is None or now.pays_first != "bpjs":
        return None
    payer = (now.kind, now.payer_id)
    billed = books.months.get(payer, {})
    unpaid = [(m, one) for m, one in sorted(billed.items()) if one.paid_on is None and m > (now.last_paid_month or 0)]
    segment = _SEGMENT[now.kind]
    if now.kind == PayerKind.PERSON:
        month = add_months(now.last_paid_month, 1) if now.last_paid_month is not None else month_of(day)
        known = dict(unpaid).get(month)
        if due_day(month, segment) > day and month > add_months(month_of(day), 1):
            return None
        return Warned(now.until, month, now.kind, now.payer, known.bill_id if known else None, due_day(month, segment))
    late = [(m, one) for m, one in unpaid if one.due_on < day]
    if not late:
        ends = month_of(now.until) <= add_months(month_of(day), 1) and now.until == last_day(month_of(now.until))
        return Warned(now.until, add_months(month_of(now.until), 1), now.kind, now.payer, None, now.until) if ends else None
    month, one = late[0]
    return Warned(now.until, month, now.kind, now.payer, one.bill_id, one.due_on)
