"""What all actions on claims share: the claim held while it is written, what is remembered of it, and its clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.roles import Kind as GrantKind
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import SubjectKey, house_key
from jamsostek.claims.choices import KINDS, Channel, Kind, State, Waiting
from jamsostek.claims.models import Claim, Event
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line
from jamsostek.law.entitlement import working_days_after, working_days_between
from jamsostek.law.parameters import NoLawError, law_on

SHOWN = True
PENSION_DAYS = "jp.first_payment.days"
SECRET = "claims"  # noqa: S105


def held(claim_id: int, *states: State) -> Claim:
    """A claim in sight, locked till the transaction ends, in one of these states (any where none is named).

    Raises `Refused` where it is out of sight, `InputError` where it stands elsewhere.
    """
    claim = Claim.objects.select_for_update().filter(pk=claim_id).first()
    if claim is None:
        raise not_yours(_("Klaim ini tidak ada, atau bukan wewenang Anda."))
    if states and State(claim.state) not in states:
        raise InputError(
            _("Klaim ini tidak lagi di tahap itu."), field="state", value=claim.state, remedy=_("Muat ulang halamannya.")
        )
    return claim


def place_of(claim: Claim) -> Place:
    """What a claim touches, for whoever must be allowed there."""
    return Place(regency=claim.regency_code, participant=claim.participant_id, employer=claim.employer_id)


def need(claim: Claim, can: Can) -> int:
    """The user, who may do this there; raises `Refused`. Nobody works on a claim of their own or their family's filing."""
    scope = current()
    scope.need(can, place_of(claim))
    if scope.user_id is None:
        raise not_yours(_("Ini hanya untuk orang yang masuk dengan akunnya."))
    if claim.participant_id in scope.selves:
        raise not_yours(_("Tidak seorang pun memeriksa klaimnya sendiri."))
    return scope.user_id


def holds(claim: Claim) -> bool:
    """Whether whoever acts may go on with a claim in sight: who filed it, who it is about, its desk, its code's holder.

    What came in at a counter belongs to the office, not to one officer.
    """
    scope = current()
    return (
        scope.system
        or claim.pk in scope.claims
        or (claim.filed_by is not None and claim.filed_by == scope.user_id)
        or claim.participant_id in scope.own
        or (claim.office_id is not None and claim.office_id in scope.targets(GrantKind.OFFICE))
        or (claim.channel == Channel.COUNTER and scope.may(Can.ASSESS_CLAIM, Place(regency=claim.regency_code)))
    )


def works_on(claim: Claim) -> bool:
    """Whether whoever acts may work on a claim; never on one about themself."""
    scope = current()
    return claim.participant_id not in scope.selves and scope.may(Can.ASSESS_CLAIM, place_of(claim))


def need_holder(claim: Claim, *, family: bool = False, office: bool = False) -> None:
    """Raises `Refused` for everybody who only sees a claim and does not hold it.

    `family` lets in who stands for the person it is about, `office` who works on claims there (never on their own).
    """
    if holds(claim) or (family and claim.participant_id in current().selves) or (office and works_on(claim)):
        return
    raise not_yours(_("Klaim ini bukan Anda yang mengajukan."))


def happened(
    claim: Claim, kind: str, on: dt.date, *, shown: bool = SHOWN, text: str = "", audited: bool = True, **data: Any
) -> Event:
    """Remembers what happened, in the claim's own history and in the trail of the person it is about."""
    made = Event.objects.create(claim=claim, kind=kind, on_date=on, shown=shown, text=text, data=data, by=current().user_id)
    if audited:
        audit.record(f"claim.{kind}", "participant", claim.participant_id, fields=("claim",), reason=text[:200])
    return made


def key() -> SubjectKey:
    """The key that seals accounts, NIK and telephones of those who have to do with claims."""
    return house_key(SECRET)


def words_wanted(text: str, field: str = "reason") -> str:
    """A reason of three letters or more; raises `InputError`."""
    told = one_line(text)
    if len(told) < 3:
        raise InputError(_("Alasannya belum ditulis."), field=field, remedy=_("Tulis sekurang-kurangnya satu kalimat."))
    if len(told) > 2000:
        raise InputError(_("Alasannya terlalu panjang."), field=field, remedy=_("Paling panjang 2.000 huruf."))
    return told


# --- the clock ----------------------------------------------------------------------------------------------------------


def days_to_pay(kind: Kind, day: dt.date) -> tuple[int, bool] | None:
    """How many days the law gives from whole papers to the money, and whether working days; none where it is silent."""
    law, figure = law_on(day), KINDS[kind].days_figure
    try:
        return (law.number(figure), True) if figure else (law.number(PENSION_DAYS), False)
    except NoLawError:
        return None


def start_clock(claim: Claim, today: dt.date) -> None:
    """The clock runs from today, with what was used of it before."""
    given = days_to_pay(Kind(claim.kind), today)
    claim.clock_from, claim.due_on = today, None
    if given is not None:
        days, working = given
        left = max(0, days - claim.clock_used)
        claim.due_on = working_days_after(today, left) if working else today + dt.timedelta(days=left)


def stop_clock(claim: Claim, today: dt.date) -> None:
    """The clock stands while others have to act; what was used of it stays used."""
    if claim.clock_from is not None:
        _days, working = days_to_pay(Kind(claim.kind), claim.clock_from) or (0, True)
        used = working_days_between(claim.clock_from, today) if working else (today - claim.clock_from).days
        claim.clock_used += max(0, used)
    claim.clock_from, claim.due_on = None, None


def move(claim: Claim, state: State, today: dt.date, *, waiting_for: Waiting | None = None) -> None:
    """Brings a claim to a state and its clock with it, and writes it."""
    runs = state in (State.SUBMITTED, State.PROPOSED, State.SECONDED, State.APPROVED)
    if runs and claim.clock_from is None:
        start_clock(claim, today)
    elif not runs:
        stop_clock(claim, today)
    claim.state, claim.waiting_for = state, waiting_for or ""
    if state in (State.PAID, State.REFUSED, State.WITHDRAWN, State.EXPIRED):
        claim.ended_on = today
    claim.save()
