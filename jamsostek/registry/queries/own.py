"""A person about themself, and the family of somebody who died: which people a user stands for, and what each may see.

Numbers that were merged are one person: their work, cover, cards and trail are one history here, whichever of them the
user's grant names. Everything about one of the people is read inside `as_one`, whose scope holds that person and nothing
else the user may hold elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import F

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Kind, Role
from jamsostek.access.scope import Held, acting, current
from jamsostek.core.months import add_months
from jamsostek.core.text import _
from jamsostek.registry import heirs
from jamsostek.registry.actions.changes import as_person
from jamsostek.registry.models import Card, Employment, Participant, Relative, Wage
from jamsostek.registry.queries.cards import card_status
from jamsostek.registry.queries.merged import one_person, survivor
from jamsostek.registry.queries.registers import merged_numbers
from jamsostek.registry.queries.timeline import Gap, Spell, Standing, gaps, spells_of, standing

__all__ = ["Card", "Coverage", "Employment", "Job", "Me", "Mine", "Relative", "Seen"]

OWN = (Role.WORKER, Role.HEIR)


@dataclass(frozen=True)
class Mine:
    """Somebody a user stands for: themself (`worker`), or somebody who died and whose heir they are."""

    participant_id: int
    role: Role
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Me:
    """One of them, in sight. `ids` are all numbers that are this person, the one that goes on first."""

    person: Participant
    role: Role
    ids: tuple[int, ...]

    @property
    def is_self(self) -> bool:
        """Whether the user is this person."""
        return self.role == Role.WORKER


def mine() -> list[Mine]:
    """The people the scope in force stands for, themself first; merged numbers are one."""
    found: dict[int, Mine] = {}
    for held in current().held:
        if held.kind == Kind.SELF and held.role in OWN:
            goes_on = survivor(held.target)
            if goes_on not in found or held.role == Role.WORKER:
                others = [one for one in one_person(goes_on) if one != goes_on]
                found[goes_on] = Mine(goes_on, held.role, (goes_on, *sorted(others)))
    return sorted(found.values(), key=lambda one: (one.role != Role.WORKER, one.participant_id))


@contextmanager
def as_one(one: Mine) -> Iterator[Me]:
    """Acts for one of them, seeing all their numbers and nobody else. Raises `Refused` where the person is not there."""
    held = tuple(Held(one.role, Kind.SELF, number) for number in one.ids)
    with acting(replace(current(), held=held)):
        person = Participant.objects.filter(pk=one.participant_id).first()
        if person is None:
            raise not_yours(_("Peserta ini tidak ada, atau di luar wilayah kerja Anda."))
        yield Me(person, one.role, one.ids)


def names(people: Sequence[Mine]) -> dict[int, tuple[str, str]]:
    """Names and numbers of the people a user may choose among."""
    held = tuple(Held(one.role, Kind.SELF, one.participant_id) for one in people)
    with acting(replace(current(), held=held)):
        rows = Participant.objects.filter(pk__in=[one.participant_id for one in people]).values_list("pk", "name", "kpj")
        return {number: (name, kpj) for number, name, kpj in rows}


# --- cover ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Coverage:
    """Who pays for which months. `ends` is the last covered month in a row from now, where one is known."""

    month: int
    spells: Sequence[Spell]
    gaps: Sequence[Gap]
    now: Standing | None
    ends: int | None
    promised: Sequence[Spell]
    """Cover the person means to pay themself and that nothing has come for."""


def coverage(me: Me, month: int) -> Coverage:
    """A person's cover as it stands in a month; months after a death are no gap."""
    found = spells_of(me.ids, month)
    spells = sorted((spell for ids in found.values() for spell in ids), key=_newest_first)
    died = me.person.died_on
    upto = month if died is None else min(month, died.year * 100 + died.month)
    now = standing(spells, month) if died is None else None
    promised = [spell for spell in spells if not spell.paid and spell.runs_in(month) and died is None]
    return Coverage(month, spells, gaps(spells, upto), now, _ends(spells, month) if now else None, promised)


def _newest_first(spell: Spell) -> tuple[int, int]:
    return -(spell.to_month or 999912), -spell.from_month


def _ends(spells: Sequence[Spell], month: int) -> int | None:
    """The last month of unbroken cover from `month` on; None where nobody has said an end."""
    end = month
    while True:
        after = add_months(end, 1)
        on = [spell for spell in spells if spell.paid and (spell.runs_in(end) or spell.runs_in(after))]
        if any(spell.to_month is None for spell in on):
            return None
        last = max((spell.to_month or 0 for spell in on), default=end)
        if last <= end:
            return end
        end = last


# --- cards, work, family ----------------------------------------------------------------------------------------------


def cards(me: Me) -> list[Card]:
    """A person's cards, the newest first."""
    return list(Card.objects.filter(participant_id__in=me.ids).order_by("-id"))


def card(me: Me, month: int) -> tuple[Card, str] | None:
    """The newest card that is not revoked, and whether it is `active` or `lapsed`."""
    found = Card.objects.filter(participant_id__in=me.ids, revoked_at=None).order_by("-id").first()
    return (found, card_status(str(found.serial), month)) if found else None


@dataclass(frozen=True)
class Job:
    """Work for an employer, with the wages reported for it, the newest first."""

    spell: Employment
    wages: Sequence[Wage]


def jobs(me: Me) -> list[Job]:
    """A person's work, what goes on and what is newest first."""
    rows = Employment.objects.filter(participant_id__in=me.ids).select_related("employer", "unit")
    rows = rows.order_by(F("to_month").desc(nulls_first=True), "-from_month")
    wages: dict[int, list[Wage]] = {}
    for wage in Wage.objects.filter(employment__participant_id__in=me.ids).order_by("-from_month"):
        wages.setdefault(wage.employment_id, []).append(wage)
    return [Job(row, wages.get(row.pk, [])) for row in rows]


def job(me: Me, employment_id: int) -> Employment:
    """One of a person's jobs; raises `Refused`."""
    found = Employment.objects.filter(pk=employment_id, participant_id__in=me.ids).select_related("employer").first()
    if found is None:
        raise not_yours(_("Pekerjaan ini bukan milik Anda."))
    return found


def family(me: Me) -> list[Relative]:
    """A person's family, in the order it was told."""
    return list(Relative.objects.filter(participant_id__in=me.ids).order_by("id"))


def relative(me: Me, relative_id: int) -> Relative:
    """One of the family; raises `Refused`."""
    found = Relative.objects.filter(pk=relative_id, participant_id__in=me.ids).first()
    if found is None:
        raise not_yours(_("Anggota keluarga ini bukan keluarga Anda."))
    return found


def order_of_heirs(me: Me, on: dt.date, programme: str = "jkm") -> list[heirs.Step]:
    """Who would receive a benefit, in the order of law; of somebody who died, as on that day."""
    return heirs.order(family(me), on=me.person.died_on or on, programme=programme)


# --- the trail --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """An entry of a person's own trail: done by themself, by somebody else, or by the installation."""

    at: dt.datetime
    actor: str
    by_me: bool
    by_system: bool
    action: str
    fields: tuple[str, ...]
    reason: str


def trail(me: Me, *, limit: int, offset: int = 0) -> list[Seen]:
    """Who did and saw what about a person, under any of their numbers, the newest first. Not for heirs."""
    _only_self(me)
    sql = """
        SELECT at, actor, user_id, action, fields, reason FROM access_auditentry
        WHERE subject_kind = 'participant' AND subject_id = ANY(%s) ORDER BY id DESC LIMIT %s OFFSET %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(me.ids), limit, offset])
        rows = cursor.fetchall()
    return [_seen(*row) for row in rows]


def _seen(at: dt.datetime, actor: str, user_id: int | None, action: str, names: str, reason: str) -> Seen:
    by_me = user_id is not None and user_id == current().user_id
    return Seen(at, actor, by_me, user_id is None, action, tuple(filter(None, names.split(","))), reason)


# --- one's own data, whole --------------------------------------------------------------------------------------------

WHOLE = (
    "name", "nik", "sex", "birth_date", "birth_place", "mother_name", "regency_code", "village_code", "address", "phone",
    "bank_code", "bank_account", "disability_type", "disability_degree",
)  # fmt: skip

CARD = ("serial", "programmes", "from_month", "to_month", "issued_at", "revoked_at")
TRAIL_TAKEN = 10_000


def everything(me: Me, month: int) -> dict[str, Any]:
    """All that is kept about a person, as plain values, to be taken away (UU 27/2022 Pasal 13). The taking is remembered."""
    whole = as_person(_only_self(me))
    audit.record("data.exported", "participant", me.person.pk, fields=("all",))
    return {
        "person": {
            "kpj": me.person.kpj,
            "other_numbers": merged_numbers(me.person.pk),
            "registered_on": me.person.registered_on,
            "registered_via": me.person.registered_via,
            "domicile_since": me.person.domicile_since,
            **{name: getattr(whole, name) for name in WHOLE},
        },
        "family": [_plain(one, ("kin", "name", "sex", "birth_date", "from_date", "to_date", "died_on")) for one in family(me)],
        "work": [_job(one) for one in jobs(me)],
        "cover": [_spell(one) for one in coverage(me, month).spells if one.kind != "work"],
        "cards": [_plain(one, CARD) for one in cards(me)],
        "trail": [_plain(one, ("at", "actor", "action", "fields", "reason")) for one in trail(me, limit=TRAIL_TAKEN)],
    }


def _only_self(me: Me) -> Participant:
    if not me.is_self:
        raise not_yours()
    return me.person


def _plain(row: Any, names: Collection[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _job(one: Job) -> dict[str, Any]:
    told = _plain(one.spell, ("segment", "position", "from_month", "to_month", "joined_on", "left_on", "leaving"))
    wages = [_plain(wage, ("from_month", "wage_rupiah")) for wage in one.wages]
    return {"employer": one.spell.employer.name, "npp": one.spell.employer.npp, **told, "wages": wages}


def _spell(one: Spell) -> dict[str, Any]:
    return _plain(one, ("kind", "payer", "segment", "from_month", "to_month", "programmes", "paid"))
