"""Reads about users: their grants, those one looks after, what happened to one's own account, tickets waiting."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from jamsostek.access import audit
from jamsostek.access.authority import CARES, gives, may_give, may_repair, may_see
from jamsostek.access.errors import not_yours
from jamsostek.access.models import ApiToken, Grant, Ticket, User
from jamsostek.access.roles import ROLES, Can, Kind, Role
from jamsostek.access.scope import Held, current, is_visitor, regencies_below
from jamsostek.access.targets import find
from jamsostek.access.usernames import tidy
from jamsostek.access.vault import house_key
from jamsostek.core import numbers
from jamsostek.core.text import N_, _

FOUND_AT_MOST = 200
LISTED = N_("Daftar pengguna")

# --- grants and their holders -----------------------------------------------------------------------------------------


def held_by(user_id: int, month: int) -> list[Held]:
    """Grants of a user that are in force in a month, or will be."""
    rows = Grant.objects.filter(Q(to_month=None) | Q(to_month__gte=month), user_id=user_id, ended_at=None).order_by("id")
    return [Held(Role(row.role), Kind(row.kind), row.target) for row in rows]


@dataclass(frozen=True)
class Holding:
    """A grant as a list shows it. `endable` says whether the reader may end it."""

    grant_id: int
    user_id: int
    username: str
    name: str
    role: str
    kind: str
    target: int
    over: str
    from_month: int
    to_month: int | None
    given_by: str
    given_at: dt.datetime
    started: bool
    """Whether its holder has chosen a password."""
    endable: bool


def holdings_over(kind: Kind) -> list[Holding]:
    """All grants over the employers, or sponsors, whose roles one gives; by name."""
    scope = current()
    mine = [one.target for one in scope.held if one.kind == kind and Can.GIVE_GRANT in ROLES[one.role].can]
    rows = Grant.objects.filter(kind=kind, target__in=mine, ended_at=None)
    return _holdings(rows.order_by("target", "user__name", "id")[:FOUND_AT_MOST])


def holdings_in_care(text: str = "") -> list[Holding]:
    """Grants within one's care: of users whose name or username has a text, or, without one, those over regions and villages."""
    scope = current()
    if not scope.system and not any(scope.may(can) for can in CARES):
        raise not_yours()
    rows = Grant.objects.filter(ended_at=None, user__is_active=True)
    if text.strip():
        rows = rows.filter(Q(user__username__icontains=text.strip().lower()) | Q(user__name__icontains=text.strip()))
    elif scope.everyone:
        rows = rows.filter(kind__in=[Kind.NATION, Kind.REGION, Kind.OFFICE])
    else:
        below = sorted({code for region in scope.targets(Kind.REGION) for code in regencies_below(region)})
        villages = [Q(target__range=(code * 1_000_000, code * 1_000_000 + 999_999)) for code in below]
        here = Q(kind=Kind.REGION, target__in=[*below, *scope.targets(Kind.REGION)])
        for village in villages:
            here |= Q(kind=Kind.VILLAGE) & village
        rows = rows.filter(here)
    found = _holdings(rows.order_by("user__name", "id")[:FOUND_AT_MOST], only_in_care=True)
    _looked(found)
    return found


def holdings_of_people(participant_ids: Collection[int]) -> list[Holding]:
    """Grants over participants themselves, within one's care: whether somebody has an account. The look is remembered."""
    rows = Grant.objects.filter(kind=Kind.SELF, target__in=participant_ids, ended_at=None, user__is_active=True)
    found = _holdings(rows.order_by("id")[:FOUND_AT_MOST], only_in_care=True)
    _looked(found)
    return found


def _looked(found: Sequence[Holding]) -> None:
    """The name of a participant's account is a look at the participant."""
    people = {one.target for one in found if one.kind == Kind.SELF}
    audit.looked(people, ("name", "username"), LISTED)


def _holdings(rows: QuerySet[Grant], *, only_in_care: bool = False) -> list[Holding]:
    scope, found = current(), []
    known = list(rows.select_related("user", "given_by"))
    targets = find((row.kind, row.target) for row in known)
    for row in known:
        one, target = Held(Role(row.role), Kind(row.kind), row.target), targets.get((row.kind, row.target))
        if only_in_care and not may_see(scope, [one]):
            continue
        endable = row.user_id != scope.user_id and may_give(scope, one, target)
        found.append(
            Holding(
                row.pk, row.user_id, row.user.username, row.user.name, row.role, row.kind, row.target,
                target.name if target else "–",
                row.from_month, row.to_month, row.given_by.name if row.given_by else _("Sistem"), row.given_at,
                row.user.has_usable_password(), endable,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Account:
    """A user in one's care, and what one may do for them."""

    id: int
    username: str
    name: str
    has_email: bool
    language: str
    started: bool
    second_factor: bool
    last_login: dt.datetime | None
    grants: Sequence[Holding]
    may_code: bool
    may_first_code: bool
    gives: frozenset[Role]


def account(user_id: int, month: int) -> Account:
    """A user in one's care; raises `Refused`, the same whether out of reach or not there at all. The look is remembered."""
    from allauth.mfa.models import Authenticator

    scope = current()
    user, held = User.objects.filter(pk=user_id, is_active=True).first(), held_by(user_id, month)
    repairs = may_repair(scope, Can.RESET_LOGIN, held)
    if user is None or not (repairs or may_see(scope, held)):
        raise not_yours(_("Akun ini tidak ada, atau di luar kewenangan Anda."))
    grants = _holdings(Grant.objects.filter(user=user, ended_at=None).order_by("id"))
    audit.record("account.opened_by_other", "user", user.pk, fields=("name", "username"))
    _looked(grants)
    other, started = user.pk != scope.user_id, user.has_usable_password()
    return Account(
        user.pk, user.username, user.name, bool(user.email), user.language, started,
        Authenticator.objects.filter(user=user).exclude(type="recovery_codes").exists(), user.last_login,
        grants, other and repairs, other and not started and may_repair(scope, Can.GIVE_GRANT, held), gives(scope),
    )  # fmt: skip


def endable(grant_id: int) -> Holding:
    """A grant that is the reader's to end; raises `Refused`."""
    found = _holdings(Grant.objects.filter(pk=grant_id, ended_at=None))
    if not found or not found[0].endable:
        raise not_yours(_("Hak akses ini tidak ada, atau di luar kewenangan Anda."))
    return found[0]


def user_named(username: str) -> User | None:
    """The user with exactly this username."""
    return User.objects.filter(username=tidy(username), is_active=True).first()


# --- one's own account ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happened:
    """Something done to or with one's own account.

    `by_visitor`: by somebody who had not signed in and used this username, perhaps its owner. `by_system`: by the
    installation, whose `actor` is then the name of a job or command.
    """

    at: dt.datetime
    action: str
    fields: tuple[str, ...]
    actor: str
    by_me: bool
    by_visitor: bool
    by_system: bool


def own_trail(*, limit: int = 26, offset: int = 0) -> list[Happened]:
    """What happened to the account of whoever reads it, the newest first (row rules show no other)."""
    me = current().user_id
    sql = """
        SELECT at, action, fields, actor, user_id FROM access_auditentry
        WHERE subject_kind = 'user' AND subject_id = %s ORDER BY id DESC LIMIT %s OFFSET %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [me, limit, offset])
        rows = cursor.fetchall()
    return [
        Happened(
            at, action, tuple(filter(None, fields.split(","))), actor, by == me, by is None and is_visitor(actor),
            by is None and not is_visitor(actor),
        )
        for at, action, fields, actor, by in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Token:
    """One of one's own API tokens, without its text."""

    id: int
    name: str
    hint: str
    scopes: tuple[str, ...]
    expires_at: dt.datetime
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None


def own_tokens() -> list[Token]:
    """One's own tokens, the newest first; revoked ones stay in sight."""
    return [
        Token(row.pk, row.name, row.hint, tuple(row.scopes), row.expires_at, row.last_used_at, row.revoked_at)
        for row in ApiToken.objects.filter(user_id=current().user_id or 0).order_by("-id")
    ]


# --- tickets ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A ticket in the queue. `overtaken` counts older ones of its regency that nobody had served when this one was taken."""

    number: str
    kind: str
    regency_code: int
    made_at: dt.datetime
    taken_at: dt.datetime | None
    taken_by: str
    closed_at: dt.datetime | None
    outcome: str
    overtaken: int


_QUEUE = """
    SELECT t.number, t.kind, t.regency_code, t.made_at, t.taken_at, coalesce(u.name, ''), t.closed_at, t.outcome,
           CASE WHEN t.taken_at IS NULL THEN 0 ELSE (
               SELECT count(*) FROM access_ticket o
               WHERE o.regency_code = t.regency_code AND o.id < t.id AND (o.taken_at IS NULL OR o.taken_at > t.taken_at)
                 AND (o.closed_at IS NULL OR o.closed_at > t.taken_at)
           ) END
    FROM access_ticket t LEFT JOIN access_user u ON u.id = t.taken_by_id
    WHERE {which} ORDER BY {order} LIMIT %s OFFSET %s
"""
QUEUES = {
    "open": ("t.closed_at IS NULL", "t.id"),
    "mine": ("t.closed_at IS NULL AND t.taken_by_id = %s", "t.id"),
    "closed": ("t.closed_at IS NOT NULL", "t.id DESC"),
}


def tickets(queue: str = "open", *, limit: int = 26, offset: int = 0) -> list[Waiting]:
    """Tickets of one's region: open ones in the order they came, one's own, or closed ones."""
    scope = current()
    scope.need(Can.SERVE_TICKET)
    which, order = QUEUES[queue]
    mine = [scope.user_id] if queue == "mine" else []
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE.format(which=which, order=order), [*mine, limit, offset])
        return [Waiting(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Asked:
    """A ticket opened by whoever serves it."""

    waiting: Waiting
    who: str
    phone: str
    told: str
    taken_by_me: bool


def ticket(number: str) -> Asked:
    """A ticket with what its sender wrote; raises `Refused`. Who opened it is remembered."""
    current().need(Can.SERVE_TICKET)
    row = Ticket.objects.filter(number=number).first()
    if row is None:
        raise not_yours(_("Tiket ini tidak ada, atau di luar wilayah kerja Anda."))
    audit.record("ticket.opened", "ticket", row.pk, fields=("who", "phone", "told"))
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE.format(which="t.id = %s", order="t.id"), [row.pk, 1, 0])
        waiting = Waiting(*cursor.fetchone())
    told = json.loads(house_key("ticket").open(number, bytes(row.contact or b"")))
    return Asked(waiting, told["who"], told["phone"], told["told"], row.taken_by_id == current().user_id)


@dataclass(frozen=True)
class TicketState:
    """Where a ticket stands, as its number alone tells."""

    number: str
    kind: str
    made_at: dt.datetime
    taken_at: dt.datetime | None
    closed_at: dt.datetime | None
    regency_code: int
    ahead: int


def ticket_state(typed: str) -> TicketState | None:
    """Where a ticket stands, for whoever holds its number; raises `InputError` for what is no such number."""
    number = numbers.check("ticket", typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, made_at, taken_at, closed_at, regency_code, ahead FROM access_ticket_state(%s)", [number])
        row = cursor.fetchone()
    return TicketState(number, *row) if row else None


@dataclass(frozen=True)
class OwnTicket:
    """A ticket as whoever asked while signed in finds it again: where it stands, not what was written."""

    number: str
    kind: str
    made_at: dt.datetime
    taken_at: dt.datetime | None
    closed_at: dt.datetime | None


def own_tickets() -> list[OwnTicket]:
    """One's own tickets, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, kind, made_at, taken_at, closed_at FROM access_own_tickets()")
        return [OwnTicket(*row) for row in cursor.fetchall()]
