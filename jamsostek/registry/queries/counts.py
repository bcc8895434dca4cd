"""Figures: what waits at an office, how many people of a region are covered, and the cells that those read who see no person."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.months import add_months
from jamsostek.linkage.names import search_words
from jamsostek.registry.choices import QuestionState, UploadState
from jamsostek.registry.models import Cover, DuplicateQuestion, Employer, Employment, Participant, Region, Sponsor, Upload
from jamsostek.registry.queries.timeline import payers_of

K = TypeVar("K")
KEPT_SECONDS = 300
MANY = 1_000
"""Queues are counted no further."""
VILLAGE = 4

# --- what waits at an office ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Queue:
    """How much waits (at most `MANY`), and since when the oldest does."""

    count: int
    oldest: dt.datetime | dt.date | None = None

    @property
    def more(self) -> bool:
        """Whether there may be more than counted."""
        return self.count >= MANY


def waiting_questions() -> Queue:
    """Open questions whether two people are one, in sight."""
    return _queue(DuplicateQuestion.objects.filter(state=QuestionState.OPEN), "asked_at")


def waiting_uploads() -> Queue:
    """Bulk files in sight that wait for a person's yes."""
    return _queue(Upload.objects.filter(state=UploadState.READY), "created_at")


def uploads_waiting() -> QuerySet[Upload]:
    """The same, oldest first, with whose they are."""
    return Upload.objects.filter(state=UploadState.READY).select_related("employer", "sponsor").order_by("pk")


def _queue(rows: QuerySet[DuplicateQuestion] | QuerySet[Upload], since: str) -> Queue:
    some = rows.order_by("pk").values_list(since, flat=True)[:MANY]
    found = list(some)
    return Queue(len(found), min(found, default=None))


def waiting_cards(month: int, *, since: dt.date, via: Iterable[str], mine: bool = False) -> Queue:
    """People without a card; see `without_card`."""
    found = without_card(month, since=since, via=via, mine=mine)
    return Queue(len(found), min((one.registered_on for one in found), default=None))


def without_card(month: int, *, since: dt.date, via: Iterable[str], mine: bool = False, take: int = MANY) -> list[Participant]:
    """People who came by these doors since a day, are covered in the month and have no card that says so; oldest first.

    Cover that somebody only means to pay themself gives no card.

    `mine`: only those whom this user registered.
    """
    sql = """
        SELECT p.id FROM registry_participant p
        WHERE p.registered_on >= %s AND p.registered_via = ANY (%s) AND p.died_on IS NULL
          AND (NOT %s OR p.created_by = %s)
          AND NOT EXISTS (SELECT FROM registry_merge m WHERE m.source_id = p.id AND m.undone_at IS NULL)
          AND NOT EXISTS (SELECT FROM registry_card c WHERE c.participant_id = p.id AND c.revoked_at IS NULL AND c.to_month >= %s)
          AND (EXISTS (SELECT FROM registry_cover c WHERE c.participant_id = p.id AND c.payer = 'sponsor'
                       AND c.from_month <= %s AND coalesce(c.to_month, 999912) >= %s)
               OR EXISTS (SELECT FROM registry_employment e WHERE e.participant_id = p.id
                          AND e.from_month <= %s AND coalesce(e.to_month, 999912) >= %s))
        ORDER BY p.registered_on, p.id LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [since, list(via), mine, current().user_id or 0, *[month] * 5, take])
        ids = [row[0] for row in cursor.fetchall()]
    people = Participant.objects.in_bulk(ids)
    return [people[one] for one in ids if one in people]


def registered_by_me(text: str = "") -> QuerySet[Participant]:
    """People whom this user registered, the newest first; a text is a KPJ, or words of the name."""
    rows = Participant.objects.filter(created_by=current().user_id).order_by("-pk")
    digits = "".join(text.split())
    if digits.isdecimal() and len(digits) == 11:
        return rows.filter(kpj=digits)
    for word in search_words(text) if text.strip() else []:
        rows = rows.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return rows


@dataclass(frozen=True)
class Registrations:
    """How many people one registered in a month; how many of them mean to pay themselves; for how many somebody pays."""

    registered: int
    promised: int
    covered: int


def my_registrations(month: int) -> Registrations:
    """What this user did in a month."""
    mine = registered_by_me().filter(registered_on__year=month // 100, registered_on__month=month % 100)
    then = Q(to_month=None) | Q(to_month__gte=month)
    covers = Cover.objects.filter(then, participant=OuterRef("pk"), from_month__lte=month)
    jobs = Employment.objects.filter(then, participant=OuterRef("pk"), from_month__lte=month)
    promised = mine.filter(Exists(covers.filter(payer="self")))
    paid = mine.filter(Q(Exists(covers.filter(payer="sponsor"))) | Q(Exists(jobs)))
    return Registrations(mine.count(), promised.count(), paid.count())


# --- payers in sight --------------------------------------------------------------------------------------------------


def employers(text: str = "") -> QuerySet[Employer]:
    """Employers in sight by name; a text is an NPP, or words of the name."""
    return _named(Employer.objects.all(), "npp", text).order_by("name_key", "pk")


def _named(rows: QuerySet[Employer], number: str, text: str) -> QuerySet[Employer]:
    digits = "".join(text.split())
    if digits.isdecimal() and len(digits) == 8:
        return rows.filter(**{number: digits})
    for word in search_words(text) if text.strip() else []:
        rows = rows.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return rows


def regencies_of_employers(ids: Iterable[int]) -> dict[int, int]:
    """Where employers in sight are."""
    return dict(Employer.objects.filter(pk__in=set(ids)).values_list("pk", "regency_code"))


def sponsors(text: str = "") -> QuerySet[Sponsor]:
    """Sponsors in sight by name; a text is a number, or words of the name as they stand."""
    digits = "".join(text.split())
    rows = Sponsor.objects.all()
    if digits.isdecimal() and len(digits) == 8:
        return rows.filter(number=digits)
    for word in text.split():
        rows = rows.filter(name__icontains=word)
    return rows.order_by("name", "pk")


def workers_at(employer_id: int, month: int) -> int:
    """How many work for an employer in sight in a month, wherever they live."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM registry_staff(%s, %s, '{}', NULL, NULL, 'working', NULL, 0, 1000000000)", [employer_id, month]
        )
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class Paying:
    """What a sponsor pays: people now, and those whose cover ends with this month or the next and is not followed by more."""

    covered: int
    ending: int
    ends_first: int | None


def paid_by(sponsor_ids: Sequence[int], month: int) -> dict[int, Paying]:
    """Figures of sponsors in sight. People who live elsewhere are not among them."""
    follows = Cover.objects.filter(
        sponsor=OuterRef("sponsor"), participant=OuterRef("participant"), from_month__gt=OuterRef("to_month")
    )
    now = Cover.objects.filter(Q(to_month=None) | Q(to_month__gte=month), sponsor_id__in=list(sponsor_ids), from_month__lte=month)
    ends = Q(to_month__lte=add_months(month, 1), next=None)
    rows = (
        now.annotate(next=Subquery(follows.values("pk")[:1]))
        .values("sponsor_id")
        .annotate(covered=Count("pk"), ending=Count("pk", filter=ends), first=Min("to_month", filter=ends))
    )
    return {row["sponsor_id"]: Paying(row["covered"], row["ending"], row["first"]) for row in rows}


def sponsored(
    month: int, *, sponsor_id: int | None = None, village_code: int | None = None, ending: bool = False
) -> QuerySet[Cover]:
    """Sponsored people in sight who are covered in a month, by name; `ending`: with this month or the next."""
    rows = Cover.objects.filter(Q(to_month=None) | Q(to_month__gte=month), payer="sponsor", from_month__lte=month)
    if sponsor_id is not None:
        rows = rows.filter(sponsor_id=sponsor_id)
    if village_code is not None:
        rows = rows.filter(participant__village_code=village_code)
    if ending:
        rows = rows.filter(to_month__lte=add_months(month, 1))
    return rows.select_related("participant").order_by("participant__name_key", "pk")


def names_of_sponsors(ids: Iterable[int | None]) -> dict[int, str]:
    """Names of those who pay for people in sight, of other regions too."""
    return {number: name for (_kind, number), (name, _scale) in payers_of((), {one for one in ids if one}).items()}


# --- people of a region -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Covered:
    """How many people of a place are covered, under a segment or (None) under any."""

    regency_code: int
    village_code: int | None
    segment: str | None
    sex: str
    persons: int


@dataclass(frozen=True)
class Figures:
    """People covered in the regions in sight, how many of those whom sponsors there pay for end soon, and when it was counted."""

    covered: list[Covered]
    ending: int
    at: dt.datetime


def figures_here(month: int, *, by_village: bool, now: dt.datetime) -> Figures:
    """People who live in the regions in sight and are covered in a month, by segment and sex; by village or by regency.

    Every person is counted, so the figures are kept for five minutes, for their reader and the rights they hold alone.
    """
    rights = hashlib.sha256(repr(sorted(map(repr, current().held))).encode()).hexdigest()[:16]
    key = f"figures:{current().user_id}:{rights}:{month}:{int(by_village)}"
    kept = cache.get(key)
    if kept is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM registry_counts(%s, %s)", [month, by_village])
            rows = cursor.fetchall()
        ending = sum(one.ending for one in paid_by([sponsor.pk for sponsor in sponsors()], month).values())
        kept = rows, ending, now
        cache.set(key, kept, KEPT_SECONDS)
    rows, ending, at = kept
    return Figures([Covered(*row) for row in rows], ending, at)


def villages(regency_code: int) -> dict[int, str]:
    """Villages of a regency by code, where the map has them."""
    rows = Region.objects.filter(level=VILLAGE, code__range=(regency_code * 1_000_000, regency_code * 1_000_000 + 999_999))
    return dict(rows.order_by("code").values_list("code", "name"))


def places(codes: Iterable[int]) -> dict[int, str]:
    """Names of districts and villages by code, where the map has them."""
    return dict(Region.objects.filter(code__in=set(codes)).values_list("code", "name"))


# --- cells ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """People of one regency, segment, sex and disability in a month; None where they are fewer than five."""

    regency_code: int
    segment: str
    sex: str
    disabled: bool
    persons: int | None


def cells(month: int) -> list[Cell]:
    """All cells of the nation; raises `Refused`."""
    if not (current().may(Can.READ_CELLS) or current().everyone):
        raise not_yours()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_cells(%s) ORDER BY 1, 2, 3, 4", [month])
        return [Cell(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Sum:
    """A sum of cells: what those that are told come to, and how many are not told.

    Totals add only told cells, so that nobody finds a hidden one by subtraction.
    """

    told: int = 0
    hidden: int = 0

    def plus(self, cell: Cell) -> Sum:
        """With one cell more."""
        return Sum(self.told + (cell.persons or 0), self.hidden + (cell.persons is None))


def summed(found: Iterable[Cell], key: Callable[[Cell], K]) -> dict[K, Sum]:
    """Sums of cells by what they have in common."""
    sums: dict[K, Sum] = {}
    for cell in found:
        sums[key(cell)] = sums.get(key(cell), Sum()).plus(cell)
    return sums
