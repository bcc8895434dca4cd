"""What a user may see and do now: grants turned into one frozen `Scope`, and into what the database's row rules read.

Every request, job and command runs inside `acting(...)`: one transaction whose first statement sets the scope with
`set_config(…, is_local)`. Outside it the row rules find nothing set and show no row. The rules themselves are in the
migrations of the apps that own the tables; this module is the only place that sets what they read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from django.db import connection, transaction
from django.db.models import Q

from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.models import Grant, User
from jamsostek.access.roles import ROLES, Can, Kind, Role
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import N_, _, translate

VISITOR = N_("Pengunjung")
"""The actor of whoever has not signed in, as the trail keeps it."""


@dataclass(frozen=True)
class Held:
    """One grant in force."""

    role: Role
    kind: Kind
    target: int


@dataclass(frozen=True)
class Place:
    """What an action touches; a grant covers it when any part lies within."""

    regency: int | None = None
    village: int | None = None
    employer: int | None = None
    sponsor: int | None = None
    participant: int | None = None


ANYWHERE = Place()


@dataclass(frozen=True)
class Scope:
    """Who acts, with what in force. `system` is the installation itself (jobs, the command line of the operator)."""

    user_id: int | None
    actor: str
    held: tuple[Held, ...] = ()
    system: bool = False
    allowed: frozenset[Can] | None = None
    """Where set (an API token), nothing beyond this may be done."""
    reason: str = ""
    request: str = ""
    claims: frozenset[int] = frozenset()
    """Claims that a visitor holds the code of."""
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(one.role for one in self.held))

    @property
    def everyone(self) -> bool:
        """Whether every person in the nation is in sight."""
        return self.system or any(one.kind == Kind.NATION and ROLES[one.role].sees_people for one in self.held)

    def targets(self, kind: Kind) -> frozenset[int]:
        """Targets of a kind that show people."""
        return frozenset(one.target for one in self.held if one.kind == kind and ROLES[one.role].sees_people)

    @property
    def selves(self) -> frozenset[int]:
        """Participants the user is, or stands for."""
        return self.targets(Kind.SELF)

    @property
    def all_claims(self) -> bool:
        """Whether every claim in the nation is in sight."""
        return self.system or any(one.kind == Kind.NATION and Can.SEE_CLAIMS in ROLES[one.role].can for one in self.held)

    @property
    def claim_regions(self) -> frozenset[int]:
        """Regions in which the user works on claims: health and family are in them, so a region's grant alone is not enough."""
        return frozenset(one.target for one in self.held if one.kind == Kind.REGION and Can.SEE_CLAIMS in ROLES[one.role].can)

    @property
    def movement_everywhere(self) -> bool:
        """Whether every register of the movement is in sight."""
        return self.system or any(one.kind == Kind.NATION and Can.SEE_MOVEMENT in ROLES[one.role].can for one in self.held)

    def movement_targets(self, kind: Kind) -> frozenset[int]:
        """Regions or villages whose unprotected the user works for."""
        return frozenset(one.target for one in self.held if one.kind == kind and Can.SEE_MOVEMENT in ROLES[one.role].can)

    @property
    def awards_everywhere(self) -> bool:
        """Whether all evidence of the award is in sight: national committee, national jury, auditor."""
        nation = (one.role for one in self.held if one.kind == Kind.NATION)
        return self.system or any(one == Role.AUDITOR or ROLES[one].can & {Can.RUN_AWARD, Can.MARK_AWARD} for one in nation)

    @property
    def award_provinces(self) -> frozenset[int]:
        """Provinces whose entries the user judges or runs."""
        held = (one for one in self.held if one.kind == Kind.REGION)
        return frozenset(one.target for one in held if ROLES[one.role].can & {Can.RUN_AWARD, Can.MARK_AWARD})

    @property
    def award_regions(self) -> frozenset[int]:
        """Regions for which the user competes, by their codes of today: those held, and none above or below."""
        held = (one for one in self.held if one.kind == Kind.REGION)
        mine = {one.target for one in held if Can.NOMINATE in ROLES[one.role].can and Can.RUN_AWARD not in ROLES[one.role].can}
        return frozenset(code_of_today(one) for one in mine)

    @property
    def own(self) -> frozenset[int]:
        """Participants the user is. An heir sees somebody who died, and changes nothing of theirs."""
        return frozenset(one.target for one in self.held if one.kind == Kind.SELF and one.role == Role.WORKER)

    def may(self, can: Can, place: Place = ANYWHERE) -> bool:
        """Whether some grant allows this there."""
        if self.system:
            return True
        if self.allowed is not None and can not in self.allowed:
            return False
        return any(can in ROLES[one.role].can and _covers(one, place) for one in self.held)

    def need(self, can: Can, place: Place = ANYWHERE) -> None:
        """Raises `Refused` where `may` is false."""
        if not self.may(can, place):
            raise not_yours()


def _covers(held: Held, place: Place) -> bool:
    if place == ANYWHERE or held.kind in (Kind.NATION, Kind.OFFICE):
        return True
    if held.kind == Kind.EMPLOYER:
        return place.employer == held.target
    if held.kind == Kind.SPONSOR:
        return place.sponsor == held.target
    if held.kind == Kind.VILLAGE:
        return place.village == held.target
    if held.kind == Kind.SELF:
        return place.participant == held.target
    return place.regency is not None and within(place.regency, held.target)


def within(regency: int, region: int) -> bool:
    """Whether a region is the other or lies in it (a province has two digits); former codes follow their successor."""
    return regency == region or regency in regencies_below(region)


def code_of_today(region: int) -> int:
    """A region's code after the new provinces of 2022, where it had another; every other code stays."""
    return next((one.code for one in REGENCIES.values() if region == one.code_before_2022), region)


def regencies_below(region: int) -> frozenset[int]:
    """All regency codes, of today and from before 2022, that a province or regency grant shows."""
    mine = [one for one in REGENCIES.values() if region in (one.code, one.province_code)]
    return frozenset({one.code for one in mine} | {one.code_before_2022 for one in mine if one.code_before_2022})


def scope_of(user: User, month: int, *, allowed: frozenset[Can] | None = None, reason: str = "", request: str = "") -> Scope:
    """The scope of a user in a month (YYYYMM)."""
    if not user.is_active:
        return Scope(user.pk, user.name, reason=reason, request=request)
    rows = Grant.objects.filter(Q(to_month=None) | Q(to_month__gte=month), user=user, ended_at=None, from_month__lte=month)
    held = tuple(Held(Role(row.role), Kind(row.kind), row.target) for row in rows.order_by("id"))
    return Scope(user.pk, user.name, held, allowed=allowed, reason=reason, request=request)


def nobody(request: str = "", *, claims: frozenset[int] = frozenset()) -> Scope:
    """A visitor who has not signed in; `claims` are those they hold the code of."""
    return Scope(None, VISITOR, request=request, claims=claims)


def is_visitor(actor: str) -> bool:
    """Whether an actor of the trail, without a user, was a visitor: older entries have the word in the language of the page."""
    return actor in (VISITOR, translate(VISITOR, "en"))


def system_scope(name: str) -> Scope:
    """The installation itself, under the name of the job or command."""
    return Scope(None, name, system=True)


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope:
    """The scope of this transaction; raises `Refused` outside one."""
    scope = _current.get()
    if scope is None:
        raise Refused(_("Tidak ada hak akses yang berlaku di sini."))
    return scope


@contextmanager
def acting(scope: Scope) -> Iterator[Scope]:
    """One transaction under a scope. Inside another one, a savepoint whose scope ends with it."""
    before = _current.get()
    with transaction.atomic():
        _tell_database(scope)
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
            if before is not None and not connection.needs_rollback:
                _tell_database(before)


@contextmanager
def everything_in_sight() -> Iterator[None]:
    """The same person with every row in sight, for work that reaches further than what they see. Rights were asked before."""
    mine = current()
    if mine.system:
        yield
        return
    with acting(replace(mine, system=True)):
        yield


def _tell_database(scope: Scope) -> None:
    regions = {code for target in scope.targets(Kind.REGION) for code in regencies_below(target)}
    settings = {
        "user": str(scope.user_id or 0),
        "all": "1" if scope.everyone else "",
        "audit": "1" if scope.may(Can.READ_AUDIT) else "",
        "cells": "1" if scope.may(Can.READ_CELLS) else "",
        "books": "1" if scope.may(Can.READ_BOOKS) else "",
        "award": "1" if scope.may(Can.RUN_AWARD) else "",
        "regions": _array(regions),
        "villages": _array(scope.targets(Kind.VILLAGE)),
        "employers": _array(scope.targets(Kind.EMPLOYER)),
        "sponsors": _array(scope.targets(Kind.SPONSOR)),
        "selves": _array(scope.selves),
        "agent": "1" if Role.AGENT in scope.roles else "",
        "claims_all": "1" if scope.all_claims else "",
        "claim_regions": _array({code for target in scope.claim_regions for code in regencies_below(target)}),
        "movement_all": "1" if scope.movement_everywhere else "",
        "movement_regions": _array({code for target in scope.movement_targets(Kind.REGION) for code in regencies_below(target)}),
        "movement_provinces": _array({target for target in scope.movement_targets(Kind.REGION) if target < 100}),
        "movement_villages": _array(scope.movement_targets(Kind.VILLAGE)),
        "offices": _array(scope.targets(Kind.OFFICE)),
        "awards_all": "1" if scope.awards_everywhere else "",
        "award_provinces": _array(scope.award_provinces),
        "award_regions": _array(scope.award_regions),
        "claims": _array(scope.claims),
    }
    names = ", ".join("set_config(%s, %s, true)" for _name in settings)
    parameters = [part for name, value in settings.items() for part in (f"jamsostek.{name}", value)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names}", parameters)


def _array(values: frozenset[int] | set[int]) -> str:
    return "{" + ",".join(map(str, sorted(values))) + "}"
