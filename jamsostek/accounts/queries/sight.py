"""Whose money somebody may see: their own, and at an office that of the people there. An employer sees nobody's."""

from __future__ import annotations

from collections.abc import Collection

from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.registry.models import Participant


def sees_money(person: Participant, ids: Collection[int]) -> bool:
    """Whether the scope in force may see what a person in sight has. The row rules show lines to these and no others."""
    scope = current()
    return bool(scope.own & set(ids)) or scope.may(Can.EDIT_PERSON, Place(regency=person.regency_code))
