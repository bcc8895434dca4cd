"""Interviews: planned, moved, cancelled and held by the committee; read by it, by who sits in them, and by auditors."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam
from pydantic import AwareDatetime, Field, StrictBool, StrictInt, StringConstraints

from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.award_editions import EditionCode
from jamsostek.api.v1.award_juries import READERS, EntryCode, SeatCode
from jamsostek.api.v1.common import located, page
from jamsostek.api.v1.shapes import In, Out, Page, Query, text
from jamsostek.awards.actions import interviews as actions
from jamsostek.awards.choices import EditionState
from jamsostek.awards.models import Entry
from jamsostek.awards.queries.editions import standing
from jamsostek.awards.queries.interviews import Meeting, interview, interviews
from jamsostek.awards.rights import runs
from jamsostek.core.text import N_

award_interviews = Resource("award_interviews", N_("Wawancara Paritrana"))
NOT_FOUND = frozenset({404})
InterviewCode = Annotated[str, StringConstraints(pattern=r"^[a-f0-9]{10}$")]
Seats = Annotated[list[SeatCode], Field(min_length=1, max_length=40)]
Words = text(actions.MOST_TEXT)
Said = text(actions.MOST_TEXT, 1)


class AwardInterviewIn(In):
    """When (with its zone), how long, where, and who comes."""

    starts_at: AwareDatetime
    minutes: Annotated[StrictInt, Field(ge=5, le=480)]
    jurors: Seats
    leader: Said  # type: ignore[valid-type]
    officials: Words = ""  # type: ignore[valid-type]
    place: Words = ""  # type: ignore[valid-type]
    link: Words = ""  # type: ignore[valid-type]


class AwardInterviewMoveIn(AwardInterviewIn):
    """All of a plan anew, and why."""

    reason: Said  # type: ignore[valid-type]


class AwardInterviewCancelIn(In):
    """Why it does not take place."""

    reason: Said  # type: ignore[valid-type]


class AwardInterviewHeldIn(In):
    """Who came."""

    jurors: Annotated[list[SeatCode], Field(max_length=40)]
    leader_came: StrictBool
    officials_came: Annotated[StrictInt, Field(ge=0, le=20)]


class AwardInterviewOut(Out):
    """An interview as it stands; `jurors` are seats."""

    code: str
    entry: str
    name: str
    state: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    link: str
    jurors: list[str]
    leader: str
    officials: str
    reason: str
    came: list[str]
    leader_came: bool | None
    officials_came: int | None


@award_interviews.get(
    "/award/editions/{edition}/interviews", Page[AwardInterviewOut], title=N_("Wawancara sebuah edisi Paritrana"), needs=READERS,
    problems=NOT_FOUND,
)  # fmt: skip
def listed(request: HttpRequest, edition: EditionCode, query: QueryParam[Query]) -> Any:
    """By time: a committee's own, an auditor's all, a juror's own."""
    of = standing(edition)
    if of is None or of.state == EditionState.DRAFT:
        raise unknown()
    whole = [one for one in interviews(of.id) if _sees(one)]

    def rows(after: list[Any] | None, limit: int) -> list[Meeting]:
        return [one for one in whole if after is None or _place(one) > after][:limit]

    found, following = page(request, query, rows, _place, first=None)
    return {"items": [_told(one) for one in found], "next": following}


@award_interviews.post(
    "/award/entries/{entry}/interviews", AwardInterviewOut, status=201, title=N_("Rencanakan wawancara Paritrana"),
    needs=(Can.RUN_AWARD,), problems=NOT_FOUND,
)  # fmt: skip
def schedule(request: HttpRequest, response: HttpResponse, entry: EntryCode, given: AwardInterviewIn) -> Any:
    """Of an accepted candidate, before marking closes; neither it nor a juror is elsewhere then. The same again is the same."""
    if not Entry.objects.filter(code=entry).exists():
        raise unknown()
    made = actions.schedule(entry=entry, plan=actions.Plan(**given.model_dump()))
    located(response, f"/award/interviews/{made.code}")
    return _told(_one(made.code))


@award_interviews.get(
    "/award/interviews/{interview}", AwardInterviewOut, title=N_("Satu wawancara Paritrana"), needs=READERS, problems=NOT_FOUND
)
def shown(request: HttpRequest, interview: InterviewCode) -> Any:
    """As it stands."""
    return _told(_one(interview))


@award_interviews.post(
    "/award/interviews/{interview}/move", AwardInterviewOut, title=N_("Pindahkan wawancara Paritrana"), needs=(Can.RUN_AWARD,),
    problems=NOT_FOUND,
)  # fmt: skip
def move(request: HttpRequest, interview: InterviewCode, given: AwardInterviewMoveIn) -> Any:
    """To another time, place or jury, with a reason."""
    plan = actions.Plan(**given.model_dump(exclude={"reason"}))
    return _told(_one(actions.move(interview=_one(interview).row.code, plan=plan, reason=given.reason).code))


@award_interviews.post(
    "/award/interviews/{interview}/cancellation", AwardInterviewOut, title=N_("Batalkan wawancara Paritrana"),
    needs=(Can.RUN_AWARD,), problems=NOT_FOUND,
)  # fmt: skip
def cancel(request: HttpRequest, interview: InterviewCode, given: AwardInterviewCancelIn) -> Any:
    """With a reason; again it changes nothing."""
    return _told(_one(actions.cancel(interview=_one(interview).row.code, reason=given.reason).code))


@award_interviews.post(
    "/award/interviews/{interview}/attendance", AwardInterviewOut, title=N_("Catat wawancara Paritrana"), needs=(Can.RUN_AWARD,),
    problems=NOT_FOUND,
)  # fmt: skip
def hold(request: HttpRequest, interview: InterviewCode, given: AwardInterviewHeldIn) -> Any:
    """It took place: which jurors came, whether the leader came in person, how many officials."""
    return _told(_one(actions.hold(interview=_one(interview).row.code, **given.model_dump()).code))


# --- inside -----------------------------------------------------------------------------------------------------------


def _one(code: str) -> Meeting:
    found = interview(code)
    if found is None or not _sees(found):
        raise unknown()
    return found


def _sees(one: Meeting) -> bool:
    entry = one.row.entry
    sits = any(juror.user_id == current().user_id for juror in one.jurors)
    return sits or current().may(Can.READ_AUDIT) or runs(entry.level, entry.area)


def _place(one: Meeting) -> list[Any]:
    return [one.row.starts_at.isoformat(), one.row.code]


def _told(one: Meeting) -> dict[str, Any]:
    row = one.row
    told = (
        "code", "state", "starts_at", "ends_at", "place", "link", "leader", "officials", "reason", "leader_came",
        "officials_came",
    )  # fmt: skip
    return {name: getattr(row, name) for name in told} | {
        "entry": row.entry.code, "name": row.entry.name, "jurors": [juror.code for juror in one.jurors],
        "came": [juror.code for juror in one.jurors if juror.pk in row.came_ids],
    }  # fmt: skip
