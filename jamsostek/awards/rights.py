"""Which committee runs what: the nation's everything, a province's its own stage."""

from __future__ import annotations

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import current
from jamsostek.awards.choices import Level
from jamsostek.core.text import _


def runs(level: str, area: int) -> bool:
    """Whether who acts runs the award at a level, there (a province's code at the province's level)."""
    scope = current()
    if not scope.may(Can.RUN_AWARD):
        return False
    mine = [one for one in scope.held if one.role == Role.AWARD_COMMITTEE]
    return (
        scope.system
        or any(one.kind == Kind.NATION for one in mine)
        or (level == Level.PROVINCE and any(one.kind == Kind.REGION and one.target == area for one in mine))
    )


def need_committee(level: str, area: int) -> None:
    """Raises `Refused` for whoever is not of that committee."""
    current().need(Can.RUN_AWARD)
    if not runs(level, area):
        raise Refused(
            _("Ini dikerjakan panitia tingkat itu."), remedy=_("Minta panitia provinsinya, atau panitia nasional, melakukannya.")
        )
