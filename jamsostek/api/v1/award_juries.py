"""Juries: seats, interests, marks. A juror reads the own marks alone until a contest is revealed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictInt, StringConstraints

from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.award_editions import EditionCode
from jamsostek.api.v1.common import located, page
from jamsostek.api.v1.shapes import In, Out, Page, Query, RegencyCode, text
from jamsostek.awards.actions import juries as actions
from jamsostek.awards.actions import marks as marking
from jamsostek.awards.choices import EditionState
from jamsostek.awards.models import Entry, Interest, Juror, Mark, Reveal
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.editions import Standing, standing
from jamsostek.awards.queries.juries import Contest, Spread
from jamsostek.awards.rights import runs
from jamsostek.core.text import N_

award_juries = Resource("award_juries", N_("Juri Paritrana"))
NOT_FOUND = frozenset({404})
READERS = (Can.RUN_AWARD, Can.MARK_AWARD, Can.READ_AUDIT)
SeatCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{3,60}$")]
EntryCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,60}$")]
LevelName = Literal["province", "nation"]
Area = Annotated[StrictInt, Field(ge=0, le=99, description=N_("Kode provinsi; nomor zona; 0 untuk seluruh negeri."))]


class AwardSeatIn(In):
    """Who is to sit where."""

    level: LevelName
    area: Area
    seat: Key
    username: text(60, 1)  # type: ignore[valid-type]
    home_regency: RegencyCode


class AwardSeatOut(Out):
    """A seat and who sits or sat in it."""

    code: str
    level: str
    area: int
    seat: str
    name: str
    home_regency: int
    declared: bool
    appointed_at: dt.datetime
    left_at: dt.datetime | None
    left_how: str
    left_reason: str


class AwardDepartureIn(In):
    """Why somebody leaves the jury."""

    how: Literal["own_wish", "replaced"]
    reason: text(actions.MOST_NOTE, 1)  # type: ignore[valid-type]


class AwardInterestIn(In):
    """In whom a juror has an interest; `entry` names the subject, and is empty for none."""

    kind: Literal["none", "region", "relative", "employed", "other"]
    entry: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,60}$")] = ""
    note: text(actions.MOST_NOTE) = ""  # type: ignore[valid-type]


class AwardInterestOut(Out):
    """What was declared."""

    kind: str
    subject: str | None
    subject_code: int | None
    subject_name: str
    note: str
    made_at: dt.datetime


class AwardInterestsOut(Out):
    """What was declared, and whom the juror may not judge for whatever reason."""

    items: list[AwardInterestOut]
    conflicts: dict[str, str] = Field(description=N_("Kode calon dan alasannya."))


class AwardMarkIn(In):
    """Marks at a criterion."""

    criterion: Key
    marks: Annotated[StrictInt, Field(ge=0, le=100)]
    note: text(actions.MOST_NOTE) = ""  # type: ignore[valid-type]


class AwardMarksIn(In):
    """Marks of a juror for an entry."""

    entry: EntryCode
    marks: Annotated[list[AwardMarkIn], Field(min_length=1, max_length=40)]


class AwardMarkOut(Out):
    """A mark of one's own, as it stands."""

    entry: str
    criterion: str
    marks: int
    note: str
    made_at: dt.datetime


class AwardMarksOut(Out):
    """Own marks."""

    items: list[AwardMarkOut]


class AwardContestIn(In):
    """A contest of a seat's level."""

    category: Key
    area: Area


class AwardFreezeOut(Out):
    """Marks that are final."""

    category: str
    area: int
    at: dt.datetime


class AwardRevealIn(In):
    """A contest whose marks are to be opened."""

    category: Key
    level: LevelName
    area: Area
    note: text(actions.MOST_NOTE) = ""  # type: ignore[valid-type]


class AwardRevealOut(Out):
    """A contest whose marks everybody in it may read; `unfrozen` are seats whose marks do not count."""

    category: str
    level: str
    area: int
    note: str
    unfrozen: list[str]
    at: dt.datetime


class AwardProgressOut(Out):
    """A contest: how many of its jurors have frozen, and who has too few marks. Never a mark."""

    category: str
    level: str
    area: int
    jurors: int
    frozen: int
    short: list[str] = Field(description=N_("Kode calon yang nilainya masih kurang."))
    revealed: bool


class AwardContestsOut(Out):
    """Contests that juries judge."""

    items: list[AwardProgressOut]


class AwardSpreadOut(Out):
    """Revealed marks for an entry at a criterion, by seat; mean and deviation are estimates."""

    entry: str
    category: str
    area: int
    criterion: str
    marks: dict[str, int]
    spread: int
    mean: float
    deviation: float
    outlying: bool
    discussed: bool


class AwardSpreadQuery(Query):
    """Of which level."""

    level: LevelName = "province"


class AwardDiscussionIn(In):
    """What was said of marks that lie far apart."""

    criterion: Key
    note: text(actions.MOST_NOTE, 1)  # type: ignore[valid-type]


class AwardDiscussionOut(Out):
    """A note."""

    criterion: str
    note: str
    at: dt.datetime


@award_juries.get(
    "/award/editions/{edition}/seats", Page[AwardSeatOut], title=N_("Kursi juri sebuah edisi"), needs=READERS, problems=NOT_FOUND
)
def seats(request: HttpRequest, edition: EditionCode, query: QueryParam[Query]) -> Any:
    """A committee's own, an auditor's all, a juror's own; also of those who left."""
    of = _edition(edition)
    whole = [one for one in Juror.objects.filter(edition_id=of.id).order_by("-pk") if _sees(one)]

    def rows(before: int | None, limit: int) -> list[Juror]:
        return [one for one in whole if before is None or one.pk < before][:limit]

    found, following = page(request, query, rows, lambda one: one.pk, first=None)
    return {"items": [_seat(one) for one in found], "next": following}


@award_juries.post(
    "/award/editions/{edition}/seats", AwardSeatOut, status=201, title=N_("Angkat juri"), needs=(Can.RUN_AWARD,),
    problems=NOT_FOUND,
)  # fmt: skip
def appoint(request: HttpRequest, response: HttpResponse, edition: EditionCode, given: AwardSeatIn) -> Any:
    """Seats a user who holds the jury's role."""
    made = actions.appoint(edition=_edition(edition).code, today=timezone.localdate(), **given.model_dump())
    located(response, f"/award/seats/{made.code}/interests")
    made.refresh_from_db()
    return _seat(made)


@award_juries.post(
    "/award/seats/{seat}/departure", AwardSeatOut, title=N_("Juri keluar"), needs=(Can.RUN_AWARD, Can.MARK_AWARD),
    problems=NOT_FOUND,
)  # fmt: skip
def leave(request: HttpRequest, seat: SeatCode, given: AwardDepartureIn) -> Any:
    """On the own wish, or replaced by the committee."""
    return _seat(actions.leave(juror=_juror(seat).code, how=given.how, reason=given.reason))


@award_juries.get(
    "/award/seats/{seat}/interests", AwardInterestsOut, title=N_("Kepentingan seorang juri"), needs=READERS, problems=NOT_FOUND
)
def interests(request: HttpRequest, seat: SeatCode) -> Any:
    """Declared, and found by the system."""
    return _interests(_juror(seat))


@award_juries.post(
    "/award/seats/{seat}/interests", AwardInterestsOut, title=N_("Nyatakan kepentingan"), needs=(Can.MARK_AWARD,),
    problems=NOT_FOUND,
)  # fmt: skip
def declare(request: HttpRequest, seat: SeatCode, given: AwardInterestIn) -> Any:
    """None, without an entry; or of a kind that fits the entry. Marks already given there are struck."""
    row = _own(seat)
    actions.declare(juror=row.code, **given.model_dump())
    return _interests(row)


@award_juries.get(
    "/award/seats/{seat}/marks", AwardMarksOut, title=N_("Nilai yang Anda berikan"), needs=(Can.MARK_AWARD,), problems=NOT_FOUND
)
def marks(request: HttpRequest, seat: SeatCode) -> Any:
    """One's own, as they stand."""
    return {"items": _marks(_own(seat))}


@award_juries.post(
    "/award/seats/{seat}/marks", AwardMarksOut, title=N_("Beri nilai"), needs=(Can.MARK_AWARD,), problems=NOT_FOUND
)
def give(request: HttpRequest, seat: SeatCode, given: AwardMarksIn) -> Any:
    """Another time revises them, until they are frozen."""
    row = _own(seat)
    marking.give(
        juror=row.code, entry=given.entry, marks={one.criterion: marking.Given(one.marks, one.note) for one in given.marks}
    )
    return {"items": _marks(row)}


@award_juries.post(
    "/award/seats/{seat}/freezes", AwardFreezeOut, title=N_("Kunci nilai"), needs=(Can.MARK_AWARD,), problems=NOT_FOUND
)
def freeze(request: HttpRequest, seat: SeatCode, given: AwardContestIn) -> Any:
    """Final for everybody who had been accepted in that contest."""
    made = marking.freeze(juror=_own(seat).code, category=given.category, area=given.area)
    made.refresh_from_db()
    return made


@award_juries.get(
    "/award/editions/{edition}/contests", AwardContestsOut, title=N_("Lomba yang dinilai juri"), needs=READERS, problems=NOT_FOUND
)
def contests(request: HttpRequest, edition: EditionCode) -> Any:
    """How far each jury is; never a mark."""
    of = _edition(edition)
    opened = queries.revealed_contests(of.id)
    found = [one for one in queries.judged_contests(of.id, of.says) if _reads(of, one)]
    return {"items": [_progress(of, one, one in opened) for one in found]}


@award_juries.post(
    "/award/editions/{edition}/reveals", AwardRevealOut, title=N_("Buka nilai"), needs=(Can.RUN_AWARD,), problems=NOT_FOUND
)
def reveal(request: HttpRequest, edition: EditionCode, given: AwardRevealIn) -> Any:
    """Once nominations and evidence are over and answered, and every sitting juror has frozen (or the time is over)."""
    return _reveal(marking.reveal(edition=_edition(edition).code, **given.model_dump()))


@award_juries.get(
    "/award/editions/{edition}/marks", Page[AwardSpreadOut], title=N_("Nilai juri yang sudah dibuka"), needs=READERS,
    problems=NOT_FOUND,
)  # fmt: skip
def spreads(request: HttpRequest, edition: EditionCode, query: QueryParam[AwardSpreadQuery]) -> Any:
    """Revealed contests alone, with how far the marks lie apart."""
    of = _edition(edition)
    opened = [one for one in sorted(queries.revealed_contests(of.id, query.level)) if _reads(of, one)]
    whole = _sorted(of, opened)

    def rows(after: tuple[int, str] | list[Any] | None, limit: int) -> list[Spread]:
        return [one for one in whole if after is None or (one.entry.pk, one.criterion) > tuple(after)][:limit]

    found, following = page(request, query, rows, lambda one: [one.entry.pk, one.criterion], first=None)
    return {"items": [_spread(one) for one in found], "next": following}


@award_juries.post(
    "/award/entries/{entry}/discussions", AwardDiscussionOut, title=N_("Catat pembahasan nilai"),
    needs=(Can.RUN_AWARD, Can.MARK_AWARD), problems=NOT_FOUND,
)  # fmt: skip
def discuss(request: HttpRequest, entry: EntryCode, given: AwardDiscussionIn) -> Any:
    """By the committee, or by the jury's chair without an interest in the entry."""
    if not Entry.objects.filter(code=entry).exists():
        raise unknown()
    made = marking.discuss(entry=entry, criterion=given.criterion, note=given.note)
    made.refresh_from_db()
    return made


# --- inside -----------------------------------------------------------------------------------------------------------


def _edition(code: str) -> Standing:
    found = standing(code)
    if found is None or found.state == EditionState.DRAFT:
        raise unknown()
    return found


def _sees(one: Juror) -> bool:
    return one.user_id == current().user_id or current().may(Can.READ_AUDIT) or runs(one.level, one.area)


def _juror(code: str) -> Juror:
    found = Juror.objects.filter(code=code).first()
    if found is None or not _sees(found):
        raise unknown()
    return found


def _own(code: str) -> Juror:
    found = _juror(code)
    if found.user_id != current().user_id:
        raise unknown()
    return found


def _reads(of: Standing, one: Contest) -> bool:
    """Whether whoever asks runs a contest, audits, or sits or sat in its jury."""
    if current().may(Can.READ_AUDIT) or runs(one.level, one.area):
        return True
    rows = Juror.objects.filter(edition_id=of.id, level=one.level, user_id=current().user_id or 0)
    return any(row.level == "nation" or row.area == one.area for row in rows)


def _seat(one: Juror) -> dict[str, Any]:
    told = ("code", "level", "area", "seat", "name", "home_regency", "appointed_at", "left_at", "left_how", "left_reason")
    return {name: getattr(one, name) for name in told} | {"declared": one.interests.exists()}


def _interests(one: Juror) -> dict[str, Any]:
    entries = {row.pk: row.code for row in Entry.objects.filter(edition_id=one.edition_id, level=one.level)}
    found = queries.conflicts(one.pk, list(entries))
    return {"items": list(Interest.objects.filter(juror=one)), "conflicts": {entries[pk]: why for pk, why in found.items()}}


def _marks(one: Juror) -> list[dict[str, Any]]:
    last = {(row.entry_id, row.criterion): row for row in Mark.objects.filter(juror=one).select_related("entry")}
    return [
        {"entry": row.entry.code, "criterion": row.criterion, "marks": row.marks, "note": row.note, "made_at": row.made_at}
        for row in sorted(last.values(), key=lambda row: (row.entry.code, row.criterion))
    ]


def _progress(of: Standing, one: Contest, opened: bool) -> dict[str, Any]:
    seated = queries.seated(of.id, one)
    return {
        "category": one.category, "level": one.level, "area": one.area, "jurors": len(seated),
        "frozen": sum(seat.frozen for seat in seated),
        "short": [row.entry.code for row in queries.marked(of.id, one) if row.short], "revealed": opened,
    }  # fmt: skip


def _reveal(one: Reveal) -> dict[str, Any]:
    told = ("category", "level", "area", "note", "at")
    return {name: getattr(one, name) for name in told} | {"unfrozen": one.unfrozen.split()}


def _sorted(of: Standing, opened: list[Contest]) -> list[Spread]:
    found = [one for contest in opened for one in queries.spreads(of.id, contest)]
    return sorted(found, key=lambda one: (one.entry.pk, one.criterion))


def _spread(one: Spread) -> dict[str, Any]:
    return {
        "entry": one.entry.code, "category": one.entry.category, "area": one.entry.area, "criterion": one.criterion,
        "marks": dict(one.marks), "spread": one.spread, "mean": round(one.mean, 4), "deviation": round(one.deviation, 4),
        "outlying": one.outlying, "discussed": bool(one.discussed),
    }  # fmt: skip
