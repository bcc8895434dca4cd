"""The registers in a stable order, a part at a time, and rows by their public numbers. Row rules decide what is there.

A part begins after the row it is told (`after`, the place of the last row seen): rows added meanwhile shift nothing.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery

from jamsostek.access.errors import not_yours
from jamsostek.access.vault import blind_index
from jamsostek.core.text import _
from jamsostek.linkage.names import search_key
from jamsostek.registry.models import (
    Card,
    Cover,
    Employer,
    EmployerUnit,
    Employment,
    Merge,
    Participant,
    ParticipantSecret,
    Project,
    Region,
    Relative,
    Sponsor,
    Upload,
    Wage,
)
from jamsostek.registry.queries.merged import one_person, survivor

Row = TypeVar("Row", bound=Model)


def _part(rows: QuerySet[Row], after: int, limit: int, key: str = "id") -> list[Row]:
    return list(rows.filter(**{f"{key}__gt": after}).order_by(key)[:limit])


def _in_month(month: int | None) -> Q:
    return Q() if month is None else Q(from_month__lte=month) & (Q(to_month=None) | Q(to_month__gte=month))


# --- people -----------------------------------------------------------------------------------------------------------


def participants(
    *, after: int, limit: int, regency_code: int | None = None, employer_id: int | None = None, sponsor_id: int | None = None
) -> list[Participant]:
    """People in sight; of an employer or sponsor those tied to it in any month."""
    rows = Participant.objects.all()
    if regency_code is not None:
        rows = rows.filter(regency_code=regency_code)
    if employer_id is not None:
        rows = rows.filter(pk__in=Employment.objects.filter(employer_id=employer_id).values("participant_id"))
    if sponsor_id is not None:
        rows = rows.filter(pk__in=Cover.objects.filter(sponsor_id=sponsor_id).values("participant_id"))
    return _part(rows, after, limit)


def kpj_in_sight(participant_id: int) -> str | None:
    """The number of a person in sight, merges followed; None out of sight."""
    return Participant.objects.filter(pk=survivor(participant_id)).values_list("kpj", flat=True).first()


def merged_numbers(participant_id: int) -> list[str]:
    """Other numbers that lead to this person."""
    rows = Merge.objects.filter(into_id=participant_id, undone_at=None).order_by("id")
    return list(rows.values_list("source__kpj", flat=True))


def active_merge(kpj: str) -> Merge | None:
    """The merge by which a number leads to another one."""
    return Merge.objects.filter(source__kpj=kpj, undone_at=None).first()


def person_version(participant_id: int, *, hold: bool = False) -> str:
    """What is another text after every change of a person; held, nobody changes them until the transaction ends."""
    rows = Participant.objects.select_for_update(no_key=True) if hold else Participant.objects.all()
    recorded = rows.filter(pk=participant_id).values_list("recorded_at", flat=True).first()
    sealed = ParticipantSecret.objects.filter(pk=participant_id).values_list(
        "nik", "phone", "mother_name", "bank_account", "bank_code"
    )
    told = [bytes(one).hex() if isinstance(one, (bytes, memoryview)) else str(one) for row in sealed for one in row]
    return blind_index("version", f"{participant_id}:{recorded}:{':'.join(told)}").hex()


def relatives(participant_id: int) -> list[Relative]:
    """A person's family, in the order it was told."""
    return list(Relative.objects.filter(participant_id__in=one_person(participant_id)).order_by("id"))


def public_number(kind: str, target: int) -> str | None:
    """What a grant's target is called outside: a code, or the number of somebody in sight."""
    if kind in ("region", "village"):
        return str(target)
    if kind == "self":
        return kpj_in_sight(target)
    if kind == "employer":
        return Employer.objects.filter(pk=target).values_list("npp", flat=True).first()
    if kind == "sponsor":
        return Sponsor.objects.filter(pk=target).values_list("number", flat=True).first()
    return None


# --- employers and work ----------------------------------------------------------------------------------------------


def employers(*, after: int, limit: int, name: str = "", regency_code: int | None = None) -> list[Employer]:
    """Employers in sight; `name` is words of the name."""
    rows = Employer.objects.all()
    if regency_code is not None:
        rows = rows.filter(regency_code=regency_code)
    for word in search_key(name).split():
        rows = rows.filter(name_key__contains=word)
    return _part(rows, after, limit)


def employer_by_npp(npp: str) -> Employer:
    """An employer in sight; raises `Refused`, the same whether hidden or not there at all."""
    found = Employer.objects.filter(npp=npp).first()
    if found is None:
        raise not_yours(_("Perusahaan ini tidak ada, atau bukan milik Anda."))
    return found


def employer_version(employer_id: int, *, hold: bool = False) -> str:
    """As `person_version`, of an employer."""
    rows = Employer.objects.select_for_update(no_key=True) if hold else Employer.objects.all()
    recorded = rows.filter(pk=employer_id).values_list("recorded_at", flat=True).first()
    return blind_index("version", f"employer:{employer_id}:{recorded}").hex()


def units(employer_id: int) -> list[EmployerUnit]:
    """An employer's branches and units, by code."""
    return list(EmployerUnit.objects.filter(employer_id=employer_id).order_by("code"))


def unit_by_code(employer_id: int, code: str) -> EmployerUnit | None:
    """A unit of an employer."""
    return EmployerUnit.objects.filter(employer_id=employer_id, code=code).first()


def projects(employer_id: int) -> list[Project]:
    """An employer's construction projects."""
    return list(Project.objects.filter(employer_id=employer_id).order_by("id"))


def project_by_number(employer_id: int, number: str) -> Project | None:
    """A project of an employer."""
    return Project.objects.filter(employer_id=employer_id, number=number).first()


def employments(*, employer_id: int, month: int | None, wages_of: int, after: int, limit: int) -> list[Employment]:
    """Spells of work at an employer, those of one month or all; each with `wage_rupiah`, that of the month `wages_of`."""
    paid = Wage.objects.filter(employment=OuterRef("pk"), from_month__lte=wages_of).order_by("-from_month").values("wage_rupiah")
    rows = Employment.objects.filter(_in_month(month), employer_id=employer_id)
    rows = rows.select_related("participant", "unit", "project").annotate(wage_rupiah=Subquery(paid[:1]))
    return _part(rows, after, limit)


def spells_there(employer_id: int, participant_id: int, project_id: int | None = None) -> list[Employment]:
    """Spells of a person at an employer (on a project), the newest first."""
    same = one_person(participant_id)
    rows = Employment.objects.filter(Q(project_id=project_id), employer_id=employer_id, participant_id__in=same)
    return list(rows.order_by(F("to_month").desc(nulls_first=True), "-from_month"))


# --- sponsors, cover, cards ------------------------------------------------------------------------------------------


def sponsors(*, after: int, limit: int, region_code: int | None = None) -> list[Sponsor]:
    """Sponsors in sight."""
    rows = Sponsor.objects.all()
    if region_code is not None:
        rows = rows.filter(region_code=region_code)
    return _part(rows, after, limit)


def sponsor_by_number(number: str) -> Sponsor:
    """A sponsor in sight; raises `Refused`."""
    found = Sponsor.objects.filter(number=number).first()
    if found is None:
        raise not_yours(_("Pembayar iuran ini tidak ada, atau bukan milik Anda."))
    return found


def covers(
    *, month: int | None, after: int, limit: int, sponsor_id: int | None = None, participant_id: int | None = None
) -> list[Cover]:
    """Spells of cover by a sponsor or of a person, those of one month or all."""
    rows = Cover.objects.filter(_in_month(month)).select_related("participant", "sponsor")
    if sponsor_id is not None:
        rows = rows.filter(sponsor_id=sponsor_id)
    if participant_id is not None:
        rows = rows.filter(participant_id__in=one_person(participant_id))
    return _part(rows, after, limit)


def covers_by(participant_id: int, sponsor_id: int | None) -> list[Cover]:
    """Spells of a person's cover by a sponsor, or (None) paid by the person, the newest first."""
    rows = Cover.objects.filter(Q(sponsor_id=sponsor_id), participant_id__in=one_person(participant_id))
    return list(rows.order_by(F("to_month").desc(nulls_first=True), "-from_month"))


def card(serial: int) -> Card | None:
    """A card in sight."""
    return Card.objects.filter(serial=serial).first()


# --- the map, and files ----------------------------------------------------------------------------------------------


def regions(*, after: int, limit: int, parent_code: int | None = None, level: int | None = None) -> list[Region]:
    """Regions by code."""
    rows = Region.objects.all()
    if parent_code is not None:
        rows = rows.filter(parent_code=parent_code)
    if level is not None:
        rows = rows.filter(level=level)
    return _part(rows, after, limit, "code")


def region(code: int) -> Region | None:
    """A region by code."""
    return Region.objects.filter(pk=code).first()


def uploads(*, after: int | None, limit: int) -> list[Upload]:
    """Bulk files in sight, the newest first; `after` is the last one seen."""
    rows = Upload.objects.select_related("employer", "sponsor")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-id")[:limit])
