"""Work for an employer: taking on, wages, leaving, and units. An array of one is one worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import ask, insert_rows, next_ids
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, month_of
from jamsostek.core.text import _
from jamsostek.registry.choices import Leaving, Segment
from jamsostek.registry.models import Employer, EmployerUnit, Employment, Wage

TAKEN_ON, WORKING = "taken_on", "working"


@dataclass(frozen=True)
class Work:
    """One person's work for an employer, from a month on."""

    participant_id: int
    from_month: int
    wage_rupiah: int
    segment: str = Segment.PU
    unit_id: int | None = None
    project_id: int | None = None
    position: str = ""
    joined_on: dt.date | None = None
    to_month: int | None = None
    """Set for a spell that is over, entered afterwards."""
    later_wages: tuple[tuple[int, int], ...] = ()
    """Month and wage in rupiah of each change after the first."""


@dataclass(frozen=True)
class TakenOn:
    """`taken_on`, or `working` where the person works there already (nothing was changed)."""

    employment_id: int
    status: str


class NotWorkingHere(InputError):
    """A change for somebody who does not work for this employer then."""


def _employer(employer_id: int) -> Employer:
    """The employer, held for this transaction: writes about one employer take turns."""
    found = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if found is None:
        raise InputError(_("Perusahaan ini tidak ditemukan."), remedy=_("Periksa NPP, atau hak akses Anda."))
    return found


def _allowed(employer: Employer, can: Can = Can.EMPLOY) -> None:
    current().need(can, Place(employer=employer.pk, regency=employer.regency_code))


def take_on(*, employer_id: int, work: Sequence[Work], reason: str = "", upload_id: int | None = None) -> list[TakenOn]:
    """Begins spells of work, in order; somebody who works there in that month already is left as they are."""
    employer = _employer(employer_id)
    _allowed(employer)
    if employer.closed_on is not None:
        raise InputError(_("Perusahaan ini sudah ditutup."), remedy=_("Buka kembali perusahaan di kantor cabang dahulu."))
    for unit_id in {one.unit_id for one in work if one.unit_id}:
        if not EmployerUnit.objects.filter(pk=unit_id, employer=employer).exists():
            raise InputError(_("Unit ini bukan milik perusahaan ini."), field="unit")
    working = _working(employer_id, work)
    fresh, seen = [], set()
    for at, one in enumerate(work):
        key = (one.participant_id, one.project_id)
        if key not in working and key not in seen:
            fresh.append(at)
            seen.add(key)
    ids = dict(zip(fresh, _write(employer_id, [work[at] for at in fresh], upload_id), strict=True))
    fields = ("employer", "from_month", "wage_rupiah")
    audit.record_many(
        audit.Entry("employment.begun", "participant", work[at].participant_id, fields, None, reason) for at in fresh
    )
    began = {(work[at].participant_id, work[at].project_id): one for at, one in ids.items()}
    answers = []
    for at, one in enumerate(work):
        key = (one.participant_id, one.project_id)
        answers.append(TakenOn(ids[at], TAKEN_ON) if at in ids else TakenOn(working.get(key) or began[key], WORKING))
    return answers


def _working(employer_id: int, work: Sequence[Work]) -> dict[tuple[int, int | None], int]:
    """Spells there that the new ones would overlap, under whichever of a merged person's numbers they stand."""
    people = [one.participant_id for one in work]
    rows = ask(
        "SELECT asked.person, e.project_id, e.id"
        " FROM unnest(%b::bigint[], %b::int[], %b::int[]) AS asked (person, first, last)"
        " JOIN registry_one_person(%b::bigint[]) same ON same.asked = asked.person"
        " JOIN registry_employment e ON e.participant_id = same.person AND e.employer_id = ANY (%b::bigint[])"
        " WHERE coalesce(e.to_month, 999912) >= asked.first AND e.from_month <= coalesce(asked.last, 999912)",
        ("bigint", people),
        ("int", [one.from_month for one in work]),
        ("int", [one.to_month for one in work]),
        ("bigint", people),
        ("bigint", [employer_id]),
    )
    return {(person, project): spell for person, project, spell in rows}


def _write(employer_id: int, work: Sequence[Work], upload_id: int | None) -> list[int]:
    ids = next_ids("registry_employment_id_seq", len(work)) if work else []
    by = current().user_id
    insert_rows(
        "registry_employment",
        {
            "id": ("bigint", ids),
            "employer_id": ("bigint", [employer_id] * len(work)),
            "participant_id": ("bigint", [w.participant_id for w in work]),
            "segment": ("text", [str(w.segment) for w in work]),
            "unit_id": ("bigint", [w.unit_id for w in work]),
            "project_id": ("bigint", [w.project_id for w in work]),
            "position": ("text", [w.position[:80] for w in work]),
            "from_month": ("int", [w.from_month for w in work]),
            "to_month": ("int", [w.to_month for w in work]),
            "joined_on": ("date", [w.joined_on for w in work]),
            "leaving_reported_by": ("text", [""] * len(work)),
            "upload_id": ("bigint", [upload_id] * len(work)),
            "created_by": ("bigint", [by] * len(work)),
        },
    )
    steps = [(one, *step) for one, w in zip(ids, work, strict=True) for step in ((w.from_month, w.wage_rupiah), *w.later_wages)]
    insert_rows(
        "registry_wage",
        {
            "employment_id": ("bigint", [one for one, _month, _wage in steps]),
            "from_month": ("int", [month for _one, month, _wage in steps]),
            "wage_rupiah": ("bigint", [wage for _one, _month, wage in steps]),
            "created_by": ("bigint", [by] * len(steps)),
        },
    )
    return ids


def spells(employer_id: int, participant_ids: Sequence[int], month: int) -> dict[int, Employment]:
    """Spells at an employer that cover a month, by participant."""
    rows = Employment.objects.filter(employer_id=employer_id, participant_id__in=list(participant_ids), from_month__lte=month)
    return {row.participant_id: row for row in rows.order_by("from_month") if row.to_month is None or row.to_month >= month}


def _spell(employment_id: int) -> Employment:
    found = Employment.objects.filter(pk=employment_id).first()
    if found is None:
        raise NotWorkingHere(_("Hubungan kerja ini tidak ditemukan."))
    _employer(found.employer_id)
    found.refresh_from_db()
    return found


def change_wage(*, employment_id: int, from_month: int, wage_rupiah: int, reason: str = "") -> None:
    """The wage from a month on; the same month again corrects it (what it was stays in the history)."""
    spell = _spell(employment_id)
    _allowed(spell.employer)
    if wage_rupiah <= 0:
        raise InputError(
            _("Upah harus lebih dari nol."), field="wage_rupiah", value=wage_rupiah, remedy=_("Tulis upah sebulan dalam rupiah.")
        )
    if from_month < spell.from_month or (spell.to_month is not None and from_month > spell.to_month):
        raise NotWorkingHere(
            _("Pekerja ini tidak bekerja di sini pada {month}.").format(month=format_month(from_month)),
            field="from_month",
            remedy=_("Pilih bulan di dalam masa kerjanya."),
        )
    known = Wage.objects.filter(employment=spell, from_month=from_month).first()
    if known is None:
        Wage.objects.create(employment=spell, from_month=from_month, wage_rupiah=wage_rupiah, created_by=current().user_id)
    elif known.wage_rupiah != wage_rupiah:
        known.wage_rupiah = wage_rupiah
        known.save(update_fields=["wage_rupiah"])
    else:
        return
    audit.record("wage.changed", "participant", spell.participant_id, values={"wage_rupiah": wage_rupiah}, reason=reason)


def leave(
    *, employment_id: int, left_on: dt.date, leaving: Leaving = Leaving.OTHER, reported_by: str = "employer", reason: str = ""
) -> None:
    """Ends a spell: its last month is the month of the day. A worker may report their own leaving (`reported_by="worker"`)."""
    spell = _spell(employment_id)
    if reported_by == "worker":
        current().need(Can.REGISTER_SELF, Place(participant=spell.participant_id))
    else:
        _allowed(spell.employer)
    month = month_of(left_on)
    if month < spell.from_month:
        raise InputError(
            _("Tanggal keluar sebelum mulai bekerja ({month}).").format(month=format_month(spell.from_month)),
            field="left_on",
            value=left_on.isoformat(),
            remedy=_("Periksa tanggal keluar dan tanggal masuk."),
        )
    if spell.to_month is not None:
        raise InputError(
            _("Hubungan kerja ini sudah berakhir pada {month}.").format(month=format_month(spell.to_month)),
            field="left_on",
            remedy=_("Tidak ada yang perlu dilakukan; untuk memperbaiki bulannya, buka riwayatnya."),
        )
    spell.to_month, spell.left_on, spell.leaving, spell.leaving_reported_by = month, left_on, str(leaving), reported_by
    spell.save(update_fields=["to_month", "left_on", "leaving", "leaving_reported_by"])
    audit.record(
        "employment.ended", "participant", spell.participant_id, fields=("employer", "to_month", "leaving"), reason=reason
    )


def reopen(*, employment_id: int, reason: str) -> None:
    """Takes back a leaving that was a mistake."""
    spell = _spell(employment_id)
    _allowed(spell.employer)
    same: dict[str, Any] = {"employer": spell.employer_id, "participant": spell.participant_id, "project": spell.project_id}
    later = Employment.objects.filter(from_month__gt=spell.from_month, **same).first()
    if later is not None:
        raise InputError(
            _("Orang ini sudah bekerja lagi di sini sejak {month}.").format(month=format_month(later.from_month)),
            remedy=_("Tidak ada yang perlu dibatalkan; lihat masa kerjanya yang baru."),
        )
    spell.to_month, spell.left_on, spell.leaving, spell.leaving_reported_by = None, None, None, ""
    spell.save(update_fields=["to_month", "left_on", "leaving", "leaving_reported_by"])
    audit.record("employment.reopened", "participant", spell.participant_id, fields=("to_month",), reason=reason)


# --- many at once -----------------------------------------------------------------------------------------------------

LEFT, NOT_FOUND, ALREADY_LEFT, BEFORE_JOINING = "left", "not_found", "already_left", "before_joining"
CHANGED, SAME, NOT_THEN = "changed", "same", "not_then"


@dataclass(frozen=True)
class Goodbye:
    """Somebody who left an employer on a day."""

    participant_id: int
    left_on: dt.date
    leaving: str = Leaving.OTHER


@dataclass(frozen=True)
class NewWage:
    """What somebody earns from a month on."""

    participant_id: int
    from_month: int
    wage_rupiah: int


def leave_many(*, employer_id: int, people: Sequence[Goodbye], reason: str = "") -> list[str]:
    """Ends all open spells of these people there, in one statement; answers in order.

    `left`, `not_found` (never worked there), `already_left`, `before_joining` (the day is before the spell begins).
    """
    _allowed(_employer(employer_id))
    if not people:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE, [*_columns(people), employer_id])
        ended: dict[int, int] = dict(cursor.fetchall())
    fields = ("employer", "to_month", "leaving")
    audit.record_many(audit.Entry("employment.ended", "participant", one, fields, None, reason) for one in set(ended.values()))
    others = _standing(employer_id, [people[at].participant_id for at in range(len(people)) if at not in ended])
    seen: set[int] = set()
    answers = []
    for at, one in enumerate(people):
        first = at in ended and one.participant_id not in seen
        seen.add(one.participant_id)
        answers.append(LEFT if first else ALREADY_LEFT if at in ended else others[one.participant_id])
    return answers


# Of several rows about one person the first counts. `at` is the row's place, so that the answer finds its way back.
_LEAVE = """
    WITH given AS (
        SELECT DISTINCT ON (person) person, day, month, leaving, at - 1 AS at
        FROM unnest(%s::bigint[], %s::date[], %s::int[], %s::text[]) WITH ORDINALITY AS g (person, day, month, leaving, at)
        ORDER BY person, at
    ), found AS (
        SELECT given.at, given.day, given.month, given.leaving, e.id, e.participant_id
        FROM given JOIN registry_one_person((SELECT array_agg(person) FROM given)) same ON same.asked = given.person
        JOIN registry_employment e ON e.participant_id = same.person
        WHERE e.employer_id = %s AND e.to_month IS NULL AND e.from_month <= given.month
    )
    UPDATE registry_employment e
    SET to_month = found.month, left_on = found.day, leaving = found.leaving, leaving_reported_by = 'employer'
    FROM found WHERE e.id = found.id RETURNING found.at, e.participant_id
"""


def _columns(people: Sequence[Goodbye]) -> list[list[object]]:
    return [
        [one.participant_id for one in people], [one.left_on for one in people],
        [month_of(one.left_on) for one in people], [str(one.leaving) for one in people],
    ]  # fmt: skip


def _standing(employer_id: int, people: Sequence[int]) -> dict[int, str]:
    """Why nothing was ended: an open spell that begins later, ended ones, or none at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT same.asked, bool_or(e.to_month IS NULL) FROM registry_one_person(%s) same"
            " JOIN registry_employment e ON e.participant_id = same.person AND e.employer_id = %s GROUP BY 1",
            [list(people), employer_id],
        )
        known = {person: BEFORE_JOINING if later else ALREADY_LEFT for person, later in cursor.fetchall()}
    return {person: known.get(person, NOT_FOUND) for person in people}


def known_there(employer_id: int, people: Sequence[int]) -> set[int]:
    """Those who work or worked there."""
    return {one for one, why in _standing(employer_id, people).items() if why != NOT_FOUND}


def change_wages(*, employer_id: int, wages: Sequence[NewWage], reason: str = "") -> list[str]:
    """Wages from a month on, as `change_wage`, in two statements; answers in order.

    `changed`, `same` (that wage is in force then already), `not_then` (does not work there in that month). Of several rows
    about one person the last counts. Somebody in several projects is paid in the one without a project, else the newest.
    """
    _allowed(_employer(employer_id))
    if not wages:
        return []
    with connection.cursor() as cursor:
        people = [one.participant_id for one in wages]
        cursor.execute(_WAGES_THEN, [people, [one.from_month for one in wages], people, employer_id])
        then = {at: (spell, person, rupiah) for at, spell, person, rupiah in cursor.fetchall()}
    last = {then[at][0]: at for at in range(len(wages)) if at in then}
    fresh = [at for at in sorted(last.values()) if then[at][2] != wages[at].wage_rupiah]
    _write_wages([(then[at][0], wages[at]) for at in fresh])
    _record_wages([(then[at][1], wages[at].wage_rupiah) for at in fresh], reason)
    written = set(fresh)
    return [NOT_THEN if at not in then else CHANGED if at in written else SAME for at in range(len(wages))]


_WAGES_THEN = """
    WITH given AS (
        SELECT person, month, at - 1 AS at FROM unnest(%s::bigint[], %s::int[]) WITH ORDINALITY AS g (person, month, at)
    ), spell AS (
        SELECT DISTINCT ON (given.at) given.at, given.month, e.id, e.participant_id
        FROM given JOIN registry_one_person(%s) same ON same.asked = given.person
        JOIN registry_employment e ON e.participant_id = same.person AND e.employer_id = %s
        WHERE e.from_month <= given.month AND coalesce(e.to_month, 999912) >= given.month
        ORDER BY given.at, e.project_id IS NOT NULL, e.from_month DESC
    )
    SELECT spell.at, spell.id, spell.participant_id, (
        SELECT w.wage_rupiah FROM registry_wage w WHERE w.employment_id = spell.id AND w.from_month <= spell.month
        ORDER BY w.from_month DESC LIMIT 1
    ) FROM spell
"""


def _write_wages(wages: Sequence[tuple[int, NewWage]]) -> None:
    if not wages:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_wage (employment_id, from_month, wage_rupiah, created_by)"
            " SELECT spell, month, rupiah, %s FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS g (spell, month, rupiah)"
            " ON CONFLICT (employment_id, from_month) DO UPDATE SET wage_rupiah = EXCLUDED.wage_rupiah",
            [
                current().user_id,
                [spell for spell, _wage in wages],
                [wage.from_month for _spell, wage in wages],
                [wage.wage_rupiah for _spell, wage in wages],
            ],
        )


def _record_wages(changed: Sequence[tuple[int, int]], reason: str) -> None:
    keys = audit.subject_keys([person for person, _rupiah in changed])
    audit.record_many(
        audit.Entry(
            "wage.changed",
            "participant",
            person,
            ("wage_rupiah",),
            audit.seal_values(keys[person], {"wage_rupiah": rupiah}) if person in keys else None,
            reason,
        )
        for person, rupiah in changed
    )
