"""Partial registration: a list from another register beside ours, and what the bills themselves show."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from owing import billed

from jamsostek.access.errors import Refused
from jamsostek.collection.actions import arrears
from jamsostek.collection.models import Case, Finding, Listed
from jamsostek.collection.queries import compliance
from jamsostek.core.errors import InputError
from tests import cast

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 4, 2)


def listed(*rows: tuple[str, str, int]) -> bytes:
    """A list as a tax office sends it: name, NIK, wage."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Nama", "NIK", "Upah"])
    writer.writerows(rows)
    return text.getvalue().encode()


def world() -> tuple[Any, Any, bytes]:
    """A firm with two workers, an officer, and a list of four: one alike, one with a higher wage, two unknown."""
    with cast.everyone():
        employer = cast.employer()
        people = [cast.person(f"Pekerja {at}") for at in range(4)]
        from jamsostek.registry.actions.people import register_person
        from jamsostek.registry.models import Participant

        for at, one in enumerate(people[:2]):
            number = register_person(one, via="counter", today=cast.TODAY).participant_id
            cast.works(Participant.objects.get(pk=number), employer, 202501, 5_000_000)
            assert at < 2
        officer = cast.user("petugas.patuh", "branch_officer", "region", cast.SIDOARJO)
    wages = (5_000_000, 7_500_000, 6_000_000, 6_000_000)
    return employer, officer, listed(*((one.name, one.nik, wage) for one, wage in zip(people, wages, strict=True)))


def compared(employer: Any, officer: Any, content: bytes, **given: Any) -> Any:
    with cast.as_user(officer):
        facts = {"file_name": "pajak.csv", "source": "tax", "month": 202503, "today": DAY} | given
        return arrears.compare(employer_id=employer.pk, content=content, **facts)


def test_a_list_shows_who_is_missing_and_whose_wage_is_lower() -> None:
    employer, officer, content = world()
    found = compared(employer, officer, content, declared=40)
    assert found.counts == {"same": 1, "missing": 2, "lower": 1, "left": 0}
    facts = {one.kind: one.facts for one in found.findings}
    assert (facts["workers"]["missing"], facts["workers"]["people"]) == (2, 4)
    assert facts["workers"]["rupiah"] == 2 * (14_400 + 18_000 + 342_000 + 180_000), "what a month of both would cost"
    assert facts["head_count"] == {"declared": 40, "registered": 2, "article": facts["head_count"]["article"]}
    assert facts["wage_list"]["short_rupiah"] == 2_500_000
    assert "UU 24/2011 Pasal 15" in facts["workers"]["article"]


def test_names_of_a_list_are_sealed_and_numbers_starred() -> None:
    employer, officer, content = world()
    found = compared(employer, officer, content)
    with cast.as_user(officer):
        (finding,) = [one for one in found.findings if one.kind == "workers"]
        lines = list(compliance.lines(finding))
        assert [one.name for one in lines] == ["Pekerja 2", "Pekerja 3"]
        assert all("*" in one.nik or "•" in one.nik for one in lines), lines
        row = Listed.objects.filter(list=found.list).first()
        assert row is not None
        assert b"Pekerja" not in bytes(row.name_sealed)


def test_the_same_file_is_not_taken_twice_and_nobody_else_sees_it() -> None:
    employer, officer, content = world()
    compared(employer, officer, content)
    with pytest.raises(InputError, match="sudah diperiksa"):
        compared(employer, officer, content)
    with cast.everyone():
        clerk = cast.user("staf.firma", "employer_approver", "employer", employer.pk)
        far = cast.user("petugas.jauh", "branch_officer", "region", cast.LUMAJANG)
    with cast.as_user(clerk):
        assert not Finding.objects.exists()
        assert not Listed.objects.exists()
    with cast.as_user(far):
        assert not Finding.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM collection_staff(%s, 202503)", [employer.pk])
            assert cursor.fetchone() == (0,)
        with pytest.raises(InputError):
            arrears.compare(
                employer_id=employer.pk, content=content, file_name="x.csv", source="tax", month=202503, today=DAY
            )  # fmt: skip


def test_a_worker_who_left_is_told_apart() -> None:
    employer, officer, content = world()
    with cast.everyone():
        from jamsostek.registry.actions import employ
        from jamsostek.registry.models import Employment

        job = Employment.objects.filter(employer=employer).order_by("pk").first()
        assert job is not None
        employ.leave(employment_id=job.pk, left_on=dt.date(2025, 1, 31), reason="Berhenti")
    assert compared(employer, officer, content).counts == {"same": 0, "missing": 2, "lower": 1, "left": 1}


def test_bills_show_wages_under_the_minimum_and_programmes_left_out() -> None:
    with cast.everyone():
        low, trainees = cast.employer("PT Murah"), cast.employer("PT Magang")
        cast.works(cast.participant("Murah"), low, 202501, 1_000_000)
        from jamsostek.registry.actions.employ import Work, take_on

        take_on(employer_id=trainees.pk, work=[Work(cast.participant("Magang").pk, 202501, 3_000_000, segment="trainee")])
        for employer in (low, trainees):
            billed(employer, 202503, DAY)
        officer = cast.user("petugas.patuh", "branch_officer", "region", cast.SIDOARJO)
    with cast.as_user(officer):
        assert arrears.scan(region=cast.SIDOARJO, month=202503, today=DAY) >= 2
        assert arrears.scan(region=cast.SIDOARJO, month=202503, today=DAY) == 0, "found once"
        by = {(one.kind, one.employer_id): one.facts for one in Finding.objects.all()}
        assert by["wage_minimum", low.pk]["lowest_rupiah"] == 1_000_000
        assert by["programmes", trainees.pk]["programmes"] == ["jht", "jp"]
        assert ("programmes", low.pk) not in by


def test_a_finding_is_decided_once_and_may_become_a_case() -> None:
    employer, officer, content = world()
    found = compared(employer, officer, content)
    with cast.as_user(officer):
        workers = next(one for one in found.findings if one.kind == "workers")
        wage = next(one for one in found.findings if one.kind == "wage_list")
        arrears.decide_finding(finding_id=wage.pk, outcome="explained", note="Ada tunjangan tidak tetap", today=DAY)
        arrears.decide_finding(finding_id=workers.pk, outcome="case", note="Menolak mendaftarkan", today=DAY)
        case = Case.objects.get(finding_id=workers.pk)
        assert (case.cause, case.facts["missing"]) == ("finding", 2)
        with pytest.raises(InputError, match="sudah diputuskan"):
            arrears.decide_finding(finding_id=wage.pk, outcome="mended", note="Lagi", today=DAY)
        step = arrears.decide_step(case_id=case.pk, today=DAY, reason="Belum mendaftarkan")
        assert step.facts["missing"] == 2
        assert compliance.waiting() == {}


def test_who_works_for_the_employer_may_not_compare() -> None:
    employer, _officer, content = world()
    with cast.everyone():
        clerk = cast.user("staf.firma", "employer_approver", "employer", employer.pk)
    with pytest.raises(Refused):
        compared(employer, clerk, content)
