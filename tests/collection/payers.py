"""Payers with their people, by the registry's own actions; calls stand inside `cast.everyone()`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests import cast

BATCH = 3_000


def people(count: int, regency: int = cast.SIDOARJO, first: int = 0) -> list[int]:
    """So many registered people; their ids."""
    from jamsostek.registry.actions.people import register_people
    from jamsostek.registry.identity import Person

    found: list[int] = []
    for at in range(first, first + count, BATCH):
        batch = [
            Person(
                name=f"Pekerja Contoh {_letters(one)}", sex="f" if one % 2 else "m", birth_date=_born(one), regency_code=regency,
                nik=cast.nik(_born(one), "f" if one % 2 else "m", regency, one // 18_000 % 90 + 1),
                mother_name=f"Ibu {_letters(one)}",
            )
            for one in range(at, min(at + BATCH, first + count))
        ]  # fmt: skip
        found += [one.participant_id for one in register_people(batch, via="upload", today=cast.TODAY)]
    return found


def _born(one: int) -> dt.date:
    return dt.date(1958, 1, 1) + dt.timedelta(days=one % 18_000)


def _letters(one: int) -> str:
    return "".join(chr(97 + one // 26**place % 26) for place in range(4))


def listed(
    sponsor: Any, ids: list[int], from_month: int, to_month: int | None = None, income: int = 1_000_000, **given: Any
) -> None:
    """Puts people on a sponsor's list."""
    from jamsostek.registry.actions.sponsors import Covering, cover_by_sponsor

    for at in range(0, len(ids), BATCH):
        spells = [Covering(one, from_month, income, "Petani", to_month, **given) for one in ids[at : at + BATCH]]
        cover_by_sponsor(sponsor_id=sponsor.pk, people=spells)


def employed(employer: Any, ids: list[int], wages: list[int], from_month: int = 202501, **given: Any) -> None:
    """Has people work for an employer."""
    from jamsostek.registry.actions.employ import Work, take_on

    work = [Work(one, from_month, wage, **given) for one, wage in zip(ids, wages, strict=True)]
    for at in range(0, len(work), BATCH):
        take_on(employer_id=employer.pk, work=work[at : at + BATCH])


def alone(participant_id: int, from_month: int, income: int = 1_000_000, sector: str = "other", jht: bool = False) -> None:
    """Has somebody pay for themself."""
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself

    cover_oneself(Covering(participant_id, from_month, income, "Nelayan", None, sector, jht))


RISKS, SCALES = ("very_low", "low", "medium", "high", "very_high"), ("micro", "small", "medium", "large")
INDUSTRIES = {"very_low": "1.1", "low": "2.1", "medium": "3.1", "high": "4.1", "very_high": "5.1"}


def town(regencies: tuple[int, ...] = (cast.SIDOARJO, cast.LUMAJANG), each: int = 6) -> dict[str, list[int]]:
    """Payers of every segment in each regency: every scale and risk, government, trainees, sponsors, people alone."""
    from jamsostek.registry.models import Employer

    made: dict[str, list[int]] = {"employer": [], "sponsor": [], "person": []}
    for place, regency in enumerate(regencies):
        ids = people(each * 23 + 12, regency, first=place * 2_000)
        wages = [1_500_000 + 812_345 * (one % 17) for one in range(len(ids))]
        at = 0
        for number, (risk, scale) in enumerate((risk, scale) for risk in RISKS for scale in SCALES):
            kbli = "14111" if number % 3 == 0 else "46100"
            firm = cast.employer(f"PT Contoh {risk} {scale} {regency}", regency_code=regency, scale=scale, kbli=kbli)
            Employer.objects.filter(pk=firm.pk).update(risk_class=risk)
            employed(firm, ids[at : at + each], wages[at : at + each])
            made["employer"].append(firm.pk)
            at += each
        office = cast.employer(f"Dinas Contoh {regency}", regency_code=regency, kind="government")
        employed(office, ids[at : at + each], wages[at : at + each], segment="non_asn")
        school = cast.employer(f"Sekolah Contoh {regency}", regency_code=regency)
        employed(school, ids[at + each : at + 2 * each], wages[:each], segment="trainee")
        made["employer"] += [office.pk, school.pk]
        at += 2 * each
        for kind in ("regional_government", "csr"):
            payer = cast.sponsor(f"Pembayar {kind} {regency}", kind=kind, region_code=regency)
            listed(payer, ids[at : at + each // 2], 202501, sector="transport" if kind == "csr" else "other")
            made["sponsor"].append(payer.pk)
            at += each // 2
        for number, one in enumerate(ids[at : at + 12]):
            alone(one, 202501, 900_000 + 700_000 * number, "transport" if number % 2 else "other", bool(number % 3))
            made["person"].append(one)
    return made
