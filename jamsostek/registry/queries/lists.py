"""Lists of people by who pays for them: an employer's workers, a sponsor's people, a village's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from jamsostek.access.vault import blind_index
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from jamsostek.core.text import _
from jamsostek.law.parameters import law_at
from jamsostek.linkage.names import search_words
from jamsostek.registry.actions.people import match
from jamsostek.registry.actions.uploads.finding import likely_same, names_of
from jamsostek.registry.models import (
    Cover,
    DuplicateQuestion,
    Employer,
    EmployerUnit,
    Employment,
    Participant,
    Project,
    Region,
    Sponsor,
    Wage,
)
from jamsostek.registry.queries.timeline import standings

ALL = 10**9
WORKER_STATES = ("working", "joined", "leaving", "left", "reported", "all")
COVER_STATES = ("covered", "ending", "ended", "all")


@dataclass(frozen=True)
class Asked:
    """What is looked for in a list: a KPJ, a NIK, or words of a name; nothing of it is kept."""

    words: tuple[str, ...] = ()
    kpj: str | None = None
    nik: bytes | None = None


def asked_for(text: str) -> Asked:
    """What a person typed into a list's search box."""
    digits = re.sub(r"[\s.\-]", "", text)
    if re.fullmatch(r"\d{11}", digits):
        return Asked(kpj=digits)
    if re.fullmatch(r"\d{16}", digits):
        return Asked(nik=blind_index("nik", digits))
    words = search_words(text) if text.strip() else []
    return Asked(tuple(words)) if words or not text.strip() else Asked(("-",))


def _ids(function: str, parameters: Sequence[Any]) -> list[int]:
    holes = ", ".join(["%s"] * len(parameters))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({holes})", [*parameters])  # noqa: S608  (a name of ours)
        return [row[0] for row in cursor.fetchall()]


# --- an employer's workers --------------------------------------------------------------------------------------------


def staff(
    employer_id: int,
    month: int,
    *,
    text: str = "",
    state: str = "working",
    unit_id: int | None = None,
    skip: int = 0,
    take: int = ALL,
) -> list[Employment]:
    """An employer's spells of work by the worker's name, each with `wage_rupiah`: the wage in force in the month, or the last."""
    asked = asked_for(text)
    ids = _ids("registry_staff", [employer_id, month, list(asked.words), asked.kpj, asked.nik, state, unit_id, skip, take])
    return employments(ids, month)


def employments(ids: Sequence[int], month: int) -> list[Employment]:
    """Spells of work in the order of their ids, with the worker and the wage."""
    rows = (
        Employment.objects.filter(pk__in=ids)
        .select_related("participant", "unit", "project")
        .annotate(wage_rupiah=Subquery(_wages(month).values("wage_rupiah")[:1]))
    )
    found = {row.pk: row for row in rows}
    return [found[one] for one in ids if one in found]


def _wages(month: int) -> QuerySet[Wage]:
    """The wage in force in a month comes first, else the earliest to come."""
    rows = Wage.objects.filter(employment=OuterRef("pk"))
    return rows.extra(select={"later": "from_month > %s"}, select_params=[month], order_by=["later", "-from_month"])


def wage_of(job: Employment) -> int | None:
    """The wage that `staff` and `employments` found for a job."""
    found: int | None = getattr(job, "wage_rupiah", None)
    return found


def wages(employment_id: int) -> list[Wage]:
    """All wages of a spell, the newest first."""
    return list(Wage.objects.filter(employment_id=employment_id).order_by("-from_month"))


def employment(employment_id: int) -> Employment | None:
    """A spell in sight, with its worker, employer and unit."""
    rows = Employment.objects.select_related("participant", "employer", "unit", "project")
    return rows.filter(pk=employment_id).first()


@dataclass(frozen=True)
class StaffNumbers:
    """An employer in figures."""

    working: int
    joined: int
    left: int
    reported: int
    asked: int
    """Workers who may be registered twice, before an officer now."""


def staff_numbers(employer_id: int, month: int) -> StaffNumbers:
    """How many work there in a month, joined or left in it; leavings that workers reported since the month before."""
    mine = Employment.objects.filter(employer_id=employer_id)
    open_then = Q(to_month=None) | Q(to_month__gte=month)
    reported = mine.filter(leaving_reported_by="worker", to_month__gte=add_months(month, -2))
    return StaffNumbers(
        mine.filter(open_then, from_month__lte=month).count(),
        mine.filter(from_month=month).count(),
        mine.filter(to_month=month).count(),
        reported.count(),
        open_questions(employer_id),
    )


def open_questions(employer_id: int) -> int:
    """Open duplicate questions about an employer's workers."""
    people = Employment.objects.filter(employer_id=employer_id, to_month=None).values("participant_id")
    return DuplicateQuestion.objects.filter(Q(first__in=people) | Q(second__in=people), state="open").count()


def my_employers(ids: Sequence[int]) -> list[Employer]:
    """Employers by id, by name."""
    return list(Employer.objects.filter(pk__in=list(ids)).order_by("name_key", "pk"))


def employer_by_npp(npp: str) -> Employer | None:
    """An employer in sight."""
    return Employer.objects.filter(npp=npp).first()


def units(employer_id: int) -> list[EmployerUnit]:
    """An employer's units by code."""
    return list(EmployerUnit.objects.filter(employer_id=employer_id).order_by("code"))


def projects(employer_id: int) -> list[Project]:
    """An employer's construction projects, the newest first."""
    return list(Project.objects.filter(employer_id=employer_id).order_by("-starts_on", "-pk"))


# --- a sponsor's people -----------------------------------------------------------------------------------------------


def covered(
    sponsor_id: int, month: int, *, text: str = "", state: str = "covered", skip: int = 0, take: int = ALL
) -> list[Cover]:
    """A sponsor's spells of cover by the person's name. `ending`: the last month is this one or the next."""
    asked = asked_for(text)
    ids = _ids("registry_covered", [sponsor_id, month, list(asked.words), asked.kpj, asked.nik, state, skip, take])
    found = {row.pk: row for row in Cover.objects.filter(pk__in=ids).select_related("participant")}
    return [found[one] for one in ids if one in found]


def cover(cover_id: int) -> Cover | None:
    """A spell of cover in sight."""
    return Cover.objects.select_related("participant", "sponsor").filter(pk=cover_id).first()


@dataclass(frozen=True)
class CoverNumbers:
    """A sponsor in figures."""

    covered: int
    ending: int
    """Whose cover ends with this month or the next, and nothing of this sponsor follows."""
    began: int


def cover_numbers(sponsor_id: int, month: int) -> CoverNumbers:
    """How many are covered in a month, how many lose it soon, how many began in it."""
    mine = Cover.objects.filter(sponsor_id=sponsor_id)
    follows = Cover.objects.filter(
        sponsor_id=sponsor_id, participant=OuterRef("participant"), from_month__gt=OuterRef("to_month")
    )
    ending = mine.filter(from_month__lte=month, to_month__range=(month, add_months(month, 1)))
    return CoverNumbers(
        mine.filter(Q(to_month=None) | Q(to_month__gte=month), from_month__lte=month).count(),
        ending.annotate(next=Subquery(follows.values("pk")[:1])).filter(next=None).count(),
        mine.filter(from_month=month).count(),
    )


def cover_by_month(sponsor_id: int, months: Sequence[int]) -> list[tuple[int, int]]:
    """How many people a sponsor covers in each month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, count(DISTINCT c.participant_id) FROM unnest(%s::int[]) AS month LEFT JOIN registry_cover c"
            " ON c.sponsor_id = %s AND c.from_month <= month AND coalesce(c.to_month, 999912) >= month"
            " GROUP BY month ORDER BY month",
            [list(months), sponsor_id],
        )
        return [(month, count) for month, count in cursor.fetchall()]


def my_sponsors(ids: Sequence[int]) -> list[Sponsor]:
    """Sponsors by id, by name."""
    return list(Sponsor.objects.filter(pk__in=list(ids)).order_by("name", "pk"))


def sponsor_by_number(number: str) -> Sponsor | None:
    """A sponsor in sight."""
    return Sponsor.objects.filter(number=number).first()


# --- whose number is this ---------------------------------------------------------------------------------------------


def nik_answer(nik: str, name: str) -> str:
    """`new`, `known` (a participant of such a name, in sight or not) or `other_name`."""
    known = match([blind_index("nik", nik)]) if nik else {}
    if not known:
        return "new"
    ((person, _died),) = known.values()
    return "known" if likely_same(name, names_of([person]).get(person, "")) else "other_name"


def refuse_other_name(nik: str, name: str) -> None:
    """Raises `InputError` where a NIK is that of somebody with another name."""
    if nik_answer(nik, name) == "other_name":
        raise InputError(
            _("NIK ini milik peserta dengan nama lain."),
            field="nik",
            remedy=_("Cocokkan NIK dan nama dengan KTP. Bila keduanya benar, laporkan ke kantor cabang."),
        )


# --- a village's people -----------------------------------------------------------------------------------------------


def villagers(village_code: int, *, text: str = "") -> QuerySet[Participant]:
    """People who live in a village, by name."""
    asked = asked_for(text)
    rows = Participant.objects.filter(village_code=village_code)
    if asked.kpj:
        rows = rows.filter(kpj=asked.kpj)
    if asked.nik:
        rows = rows.filter(nik_index=asked.nik)
    for word in asked.words:
        rows = rows.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return rows.order_by("name_key", "pk")


def protected_villagers(village_code: int, month: int) -> list[int]:
    """People who live in a village and are covered in a month, by name: those whose cards can be printed."""
    return protected(list(villagers(village_code).values_list("pk", flat=True)), month)


def protected(participant_ids: Sequence[int], month: int) -> list[int]:
    """Those of them who live and are covered in a month, in their order."""
    alive = set(Participant.objects.filter(pk__in=participant_ids, died_on=None).values_list("pk", flat=True))
    found = standings([one for one in participant_ids if one in alive], month)
    return [one for one in participant_ids if one in found]


def village_sponsor(village_code: int) -> Sponsor | None:
    """The sponsor that a village itself is, if it is one."""
    return Sponsor.objects.filter(region_code=village_code, kind="village", closed_on=None).order_by("pk").first()


def village_name(code: int) -> str:
    """A village's name; its code where no list of villages was imported."""
    found = Region.objects.filter(pk=code).first()
    return found.name if found else _("Desa {code}").format(code=code)


def least_income(month: int) -> int:
    """The base of the lowest income band for people who work for themselves, by the law of a month; rupiah."""
    return int(law_at(month).table("bpu.bands")["base_rupiah"][0])
