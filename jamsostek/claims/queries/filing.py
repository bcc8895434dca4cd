"""What whoever files a claim needs of it: whose it is to go on with, a claim by its code, lists of one's own, a party as given.

To have a claim in sight is less than to hold it: a firm sees that a colleague reported something, and may not open it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.scope import acting, current, everything_in_sight, system_scope
from jamsostek.claims.actions import intake
from jamsostek.claims.actions.common import holds as holds
from jamsostek.claims.actions.common import key
from jamsostek.claims.actions.parties import Someone, account_number
from jamsostek.claims.choices import Channel, Kind, State, Waiting
from jamsostek.claims.models import Claim, Event, Objection, Party
from jamsostek.claims.queries.papers import lines, still_wanted
from jamsostek.core.months import month_of
from jamsostek.registry.models import Office, Participant

OF_DEATH = (Kind.JKM, Kind.JP_SURVIVOR)
PARENTS = (Kind.JKM, Kind.JKK)
"""Kinds that a child's scholarship follows."""


def kinds_for(channel: Channel) -> tuple[Kind, ...]:
    """What may be begun through a door; a scholarship is begun from the claim it follows."""
    return tuple(one for one in intake._BY_OTHERS.get(channel, tuple(Kind)) if one != Kind.SCHOLARSHIP)


def kinds_of_heirs() -> tuple[Kind, ...]:
    """What the family of somebody who died may ask for."""
    return (Kind.JKM, Kind.JKK, Kind.JHT, Kind.JP_SURVIVOR)


def kinds_of_oneself() -> tuple[Kind, ...]:
    """What somebody alive asks for themself."""
    return tuple(one for one in kinds_for(Channel.SELF) if one not in OF_DEATH)


# --- whose it is --------------------------------------------------------------------------------------------------------


def by_code(code: str) -> Claim | None:
    """The claim that a code opens; nothing is told of any other."""
    with acting(system_scope("klaim")):
        return Claim.objects.filter(resume_digest=intake.code_digest(code)).first()


def seal_of(claim: Claim) -> str:
    """What says that a claim was opened by its code as it is now; empty where it has none."""
    return bytes(claim.resume_digest).hex() if claim.resume_digest is not None else ""


def in_sight(number: str) -> Claim | None:
    """The claim under a number, where whoever acts sees it."""
    return Claim.objects.filter(number=number).first()


def patient(*, kpj: str, birth_date: dt.date) -> int | None:
    """The participant a hospital's desk reports, for who knows number and birth date; that it was asked is remembered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT participant_id, birth_date FROM registry_by_kpj(%s)", [[kpj]])
        row = cursor.fetchone()
    if row is None or row[1] != birth_date:
        audit.record("eligibility.asked", "", None, reason="klaim")
        return None
    audit.looked([row[0]], ("claim",), "klaim")
    return int(row[0])


def office_name(office_id: int) -> str:
    """What the desk that reports is called."""
    with everything_in_sight():
        return Office.objects.get(pk=office_id).name


def person_name(claim: Claim) -> str:
    """The participant's name, for those who may read it."""
    with everything_in_sight():
        return Participant.objects.values_list("name", flat=True).get(pk=claim.participant_id)


# --- lists --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mine:
    """A claim of a list: whether it may be opened, and how many papers still have to come."""

    claim: Claim
    name: str
    held: bool
    wanted: int


def about(participant_ids: Collection[int]) -> list[Mine]:
    """Claims about somebody, in sight, the newest first."""
    return _mine(Claim.objects.filter(participant_id__in=participant_ids).order_by("-id")[:200])


def of_employer(employer_id: int) -> list[Mine]:
    """Claims that a firm reported, the newest first."""
    return _mine(Claim.objects.filter(employer_id=employer_id).order_by("-id")[:200])


def of_office(office_ids: Collection[int]) -> list[Mine]:
    """Claims that a desk reported, the newest first."""
    return _mine(Claim.objects.filter(office_id__in=office_ids).order_by("-id")[:200])


def filed_by_me(channel: Channel) -> list[Mine]:
    """Claims that whoever acts filed through a door, the newest first."""
    return _mine(Claim.objects.filter(filed_by=current().user_id or 0, channel=channel).order_by("-id")[:200])


def at_counter() -> list[Mine]:
    """Drafts begun at the counters of one's regions: an office's work, whoever of it began."""
    rows = Claim.objects.filter(channel=Channel.COUNTER, state=State.DRAFT).order_by("-id")[:200]
    return [one for one in _mine(rows) if one.held]


def _mine(rows: Collection[Claim]) -> list[Mine]:
    found = list(rows)
    with everything_in_sight():
        names = dict(Participant.objects.filter(pk__in=[one.participant_id for one in found]).values_list("pk", "name"))
    return [Mine(one, names.get(one.participant_id, ""), holds(one), _wanted(one)) for one in found]


def _wanted(claim: Claim) -> int:
    waits = claim.state == State.WAITING and claim.waiting_for == Waiting.PAPERS
    return len(still_wanted(claim)) if waits and holds(claim) else 0


# --- parties and what happened ------------------------------------------------------------------------------------------


def parties(claim: Claim) -> list[Party]:
    """Those who have to do with a claim now, in the order they were named."""
    return list(Party.objects.filter(claim=claim, left_on=None).select_related("guardian").order_by("id"))


def claimant(claim: Claim) -> Party | None:
    """Who files."""
    return Party.objects.filter(claim=claim, claimant=True, left_on=None).select_related("guardian").first()


def party(claim: Claim, party_id: int) -> Party | None:
    """One of them."""
    return Party.objects.filter(claim=claim, pk=party_id, left_on=None).select_related("guardian").first()


def someone_of(row: Party) -> Someone:
    """A party as it was given, with its secrets: to be written again beside what changes."""
    sealed = {"nik": row.nik_sealed, "phone": row.phone_sealed}
    opened = {name: key().open(f"{name}:{row.pk}", value) if value is not None else "" for name, value in sealed.items()}
    return Someone(
        row.name, row.kin, row.birth_date, opened["nik"], opened["phone"], row.account_bank, account_number(row),
        row.account_name, row.relative_id, someone_of(row.guardian) if row.guardian is not None else None, row.share,
    )  # fmt: skip


def happenings(claim: Claim) -> list[Event]:
    """What happened to a claim that is shown to who filed it, the newest first."""
    return list(Event.objects.filter(claim=claim, shown=True).order_by("-id")[:60])


def objections(claim: Claim) -> Sequence[Objection]:
    """What was said against its decisions, the newest first."""
    return list(Objection.objects.filter(claim=claim).order_by("-id"))


def given_count(claim: Claim) -> int:
    """How many papers of its frozen checklist were given."""
    return sum(1 for one in lines(claim) if one.state in ("given", "accepted"))


def month_of_event(claim: Claim) -> int | None:
    """The month it happened."""
    return month_of(claim.event_on) if claim.event_on is not None else None
