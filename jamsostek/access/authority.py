"""Who may give, end and repair whose access: roles below one's own, over what lies within what one holds."""

from __future__ import annotations

from collections.abc import Iterable

from jamsostek.access.roles import ROLES, Can, Kind, Role
from jamsostek.access.scope import Held, Scope, regencies_below
from jamsostek.access.targets import Target, find

_EMPLOYER = frozenset({Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER})
_SPONSOR = frozenset({Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER})
GIVES: dict[Role, frozenset[Role]] = {
    Role.EMPLOYER_APPROVER: _EMPLOYER,
    Role.SPONSOR_APPROVER: _SPONSOR,
    Role.BRANCH_SUPERVISOR: _EMPLOYER | _SPONSOR | {
        Role.WORKER, Role.HEIR, Role.VILLAGE_OPERATOR, Role.AGENT, Role.HOSPITAL_DESK, Role.BRANCH_OFFICER, Role.REGIONAL_VIEWER,
    },
    Role.HEAD_OFFICE: frozenset(Role),
}  # fmt: skip
"""Nobody makes their own equals but employers, sponsors and the head office, who have nobody above them here."""


CARES = (Can.GIVE_GRANT, Can.RESET_LOGIN, Can.SERVE_TICKET)
"""Whoever may do one of these has accounts in their care."""


def gives(scope: Scope) -> frozenset[Role]:
    """Roles that somebody may give over something."""
    if scope.system:
        return frozenset(Role)
    if not scope.may(Can.GIVE_GRANT):
        return frozenset()
    return frozenset().union(*(GIVES.get(role, frozenset()) for role in scope.roles))


def may_give(scope: Scope, one: Held, target: Target | None) -> bool:
    """Whether this grant is theirs to give, and so to end. `target` is what the grant is over, where it was found."""
    return scope.system or (scope.may(Can.GIVE_GRANT) and any(_gives(held, one, target) for held in scope.held))


def may_repair(scope: Scope, can: Can, grants: Iterable[Held]) -> bool:
    """Whether all grants of a user lie within what somebody may repair by `can`.

    All of them: a new password to an account that reaches further than one's own would be a way up. An account without a
    grant in force is the head office's.
    """
    if scope.system:
        return True
    if not scope.may(can):
        return False
    wanted = list(grants)
    if not wanted:
        return any(held.kind == Kind.NATION and can in ROLES[held.role].can for held in scope.held)
    targets = find((one.kind, one.target) for one in wanted)
    able = [held for held in scope.held if can in ROLES[held.role].can]
    return all(any(_gives(held, one, targets.get((one.kind, one.target))) for held in able) for one in wanted)


def may_see(scope: Scope, grants: Iterable[Held]) -> bool:
    """Whether an account is in one's care: some grant of it lies within what one looks after."""
    if scope.system:
        return True
    able = [held for held in scope.held if any(can in ROLES[held.role].can and scope.may(can) for can in CARES)]
    wanted = list(grants)
    targets = find((one.kind, one.target) for one in wanted) if able else {}
    return any(_reaches(held, one, targets.get((one.kind, one.target))) for held in able for one in wanted)


def _gives(held: Held, one: Held, target: Target | None) -> bool:
    return one.role in GIVES.get(held.role, ()) and _reaches(held, one, target)


def _reaches(held: Held, one: Held, target: Target | None) -> bool:
    if held.kind == Kind.NATION:
        return True
    if held.kind == Kind.REGION:
        return target is not None and bool(target.regencies) and target.regencies <= regencies_below(held.target)
    return (held.kind, held.target) == (one.kind, one.target)
