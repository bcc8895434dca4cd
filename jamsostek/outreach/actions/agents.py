"""Agents' codes: given by the branch, ended by it; and through whose code somebody became a member, once and for good."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.models import User
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.outreach.actions.campaigns import fresh_code
from jamsostek.outreach.campaigning import CODE_LENGTH, CODE_LETTERS, plain_code
from jamsostek.outreach.models import Code, Referral
from jamsostek.outreach.queries.agents import known_code, office_of


def give_code(*, username: str, body: str, today: dt.date) -> Code:
    """Gives an agent a code under the legal body they work for; one that has a code keeps it. Raises `InputError`, `Refused`."""
    user = User.objects.filter(username=username.strip().lower()).first()
    office = None if user is None else office_of(user.pk, today)
    if user is None or office is None:
        raise InputError(
            _("Agen dengan nama pengguna ini tidak ada."), field="username",
            remedy=_("Periksa ejaannya, atau beri orang itu peran agen di loketnya dahulu."),
        )  # fmt: skip
    current().need(Can.GIVE_GRANT, Place(regency=office.regency_code))
    kept = " ".join(body.split())[:160]
    if len(kept) < 3:
        raise InputError(_("Nama badan hukumnya belum diisi."), field="body", remedy=_("Misalnya nama koperasi atau yayasan."))
    known = Code.objects.filter(user_id=user.pk, ended_on=None).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made = Code.objects.create(
                code=fresh_code(), region_code=office.regency_code, user_id=user.pk, agent_name=user.name or user.username,
                body=kept, given_on=today, given_by=current().user_id,
            )  # fmt: skip
    except IntegrityError:
        return Code.objects.get(user_id=user.pk, ended_on=None)
    audit.record("agent.code_given", "user", user.pk, fields=("code",))
    return made


def end_code(*, code_id: int, reason: str, today: dt.date) -> Code:
    """Ends an agent's code; who was brought in by it stays so. Ended it already is, nothing happens."""
    row = Code.objects.select_for_update().filter(pk=code_id, meeting=None).first()
    if row is None:
        raise not_yours(_("Kode ini tidak ada, atau bukan wewenang Anda."))
    current().need(Can.GIVE_GRANT, Place(regency=row.region_code))
    if row.ended_on is None:
        told = " ".join(reason.split())[:200]
        if not told:
            raise InputError(_("Alasannya belum diisi."), field="reason")
        row.ended_on, row.ended_by, row.ended_reason = today, current().user_id, told
        row.save()
        audit.record("agent.code_ended", "user", row.user_id, fields=("code",), reason=told)
    return row


def check_code(code: str) -> str:
    """A code in force, as it is kept; "" stays "". Raises `InputError`."""
    plain = plain_code(code)
    if not plain:
        return ""
    if len(plain) != CODE_LENGTH or set(plain) - set(CODE_LETTERS) or known_code(plain) is None:
        raise InputError(
            _("Kode rujukan ini tidak dikenal."), field="referral_code",
            remedy=_("Periksa tulisannya, atau kosongkan: pendaftaran tetap berjalan."),
        )  # fmt: skip
    return plain


def refer(*, participant_id: int, code: str, today: dt.date) -> bool:
    """Notes through whose code somebody has just become a member. The first holds for good; whether this was it.

    For whoever registered them, who has them in sight; a code that is none, or no more, is passed over.
    """
    found = known_code(plain_code(code)) if code else None
    if found is None:
        return False
    try:
        with transaction.atomic():
            made = Referral(participant_id=participant_id, code_id=found, referred_on=today, made_by=current().user_id)
            made.save(force_insert=True)
    except IntegrityError:
        return False
    audit.record("participant.referred", "participant", participant_id, fields=("code",))
    return True


def refer_own(*, participant_id: int, today: dt.date) -> bool:
    """The same for an agent, whose own code it is; an agent without a code has nothing noted."""
    mine = current()
    if Role.AGENT not in mine.roles:
        return False
    own = Code.objects.filter(user_id=mine.user_id, ended_on=None).first()
    return own is not None and refer(participant_id=participant_id, code=own.code, today=today)


def refer_visitor(*, participant_id: int, code: str, today: dt.date) -> bool:
    """The same for somebody who has just registered themself; called after their registration and nowhere else."""
    with everything_in_sight():
        return refer(participant_id=participant_id, code=code, today=today)
