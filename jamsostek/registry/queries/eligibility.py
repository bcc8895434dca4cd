"""Whether somebody is covered, for those who may see no person: they must know number and birth date already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.scope import acting, system_scope
from jamsostek.registry.queries.timeline import standings

WHY = "rumah sakit menanyakan kepesertaan"


@dataclass(frozen=True)
class Eligibility:
    """`known` where number and birth date are one participant's; `programmes` of the month, none where nobody pays."""

    known: bool
    programmes: tuple[str, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether anything covers them."""
        return bool(self.programmes)

    @property
    def words(self) -> str:
        """`JKK, JKM`."""
        return ", ".join(programme.upper() for programme in self.programmes)


def eligibility(*, kpj: str, birth_date: dt.date, month: int) -> Eligibility:
    """The answer; asking is remembered for the person, and a number that is nobody's without one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT participant_id, birth_date, died FROM registry_by_kpj(%s)", [[kpj]])
        row = cursor.fetchone()
    if row is None or row[1] != birth_date:
        audit.record("eligibility.asked", "", None, reason=WHY)
        return Eligibility(known=False)
    participant_id, _born, died = row
    audit.looked([participant_id], ("timeline",), WHY)
    with acting(system_scope("eligibility")):
        found = None if died else standings([participant_id], month).get(participant_id)
    return Eligibility(known=True, programmes=found.programmes if found else ())
