"""Nominations: who may name whom, in time by the database's clock, accepted by another; what is refused says the way out."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jamsostek.access.errors import Refused
from jamsostek.awards.actions import editions, entries
from jamsostek.awards.choices import EntryState, Step
from jamsostek.awards.queries import entries as queries
from jamsostek.core.errors import InputError
from tests import cast
from tests.awards.competing import EDITION, HOUR, JATENG, JATIM, committee, edition, entered, moved, officer


@pytest.fixture
def running(db: Any) -> Any:
    with cast.everyone():
        made = edition()
        yield made


def nominate(user: Any, **given: Any) -> Any:
    facts: dict[str, Any] = {
        "edition": EDITION,
        "category": "regency_coverage",
        "subject": "regency",
        "subject_code": cast.SIDOARJO,
    }
    with cast.as_user(user):
        return entries.nominate(**facts | given)


def test_a_region_enters_itself_and_again_is_the_same_entry(running: Any) -> None:
    dinas = officer()
    made = nominate(dinas)
    assert (made.state, made.area, made.level, made.name) == (EntryState.NOMINATED, JATIM, "province", "Kabupaten Sidoarjo")
    assert nominate(dinas).code == made.code
    assert nominate(dinas, category="regency_innovation").code != made.code
    assert [one.category for one in queries.entries(running.pk)] == ["regency_coverage", "regency_innovation"]


def test_nobody_enters_another_region(running: Any) -> None:
    with pytest.raises(Refused):
        nominate(officer(target=cast.LUMAJANG))
    with pytest.raises(Refused):
        nominate(officer("provinsi", JATIM))
    assert nominate(officer("gubernur", JATIM), category="province", subject="province", subject_code=JATIM).area == 2


def test_a_village_and_a_firm_enter_themselves(running: Any) -> None:
    from jamsostek.registry.models import Region

    Region.objects.update_or_create(code=3515012001, defaults={"level": 4, "name": "Contoh", "parent_code": 351501})
    village = cast.user("desa", "village_operator", "village", 3515012001)
    assert nominate(village, category="village", subject="village", subject_code=3515012001).regency_code == cast.SIDOARJO
    firm = cast.employer("PT Uji Lomba", scale="small")
    clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    made = nominate(clerk, category="employer_small", subject="employer", subject_code=firm.pk)
    assert (made.name, made.area) == ("PT Uji Lomba", JATIM)
    with pytest.raises(InputError, match=r"skala besar; skala yang tercatat kecil"):
        nominate(clerk, category="employer_large", subject="employer", subject_code=firm.pk)
    with pytest.raises(InputError, match="KBLI perusahaan ini belum tercatat"):
        nominate(clerk, category="sector_finance", subject="employer", subject_code=firm.pk)


def test_a_firm_competes_once_in_each_category_that_fits(running: Any) -> None:
    from jamsostek.registry.models import Employer

    firm = cast.employer("PT Dua Kategori")
    Employer.objects.filter(pk=firm.pk).update(kbli="10110")
    clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    made = [
        nominate(clerk, category=one, subject="employer", subject_code=firm.pk)
        for one in ("employer_large", "sector_industry", "employer_large")
    ]
    assert made[0].code == made[2].code != made[1].code


def test_a_committee_that_names_somebody_outside_its_area_is_told_at_the_field(running: Any) -> None:
    with pytest.raises(InputError, match="di Provinsi Jawa Timur, di luar wilayah panitia Anda") as told:
        nominate(committee("semarang", JATENG))
    assert not isinstance(told.value, Refused) and told.value.field == "subject_code" and told.value.remedy


def test_an_office_is_no_firm(running: Any) -> None:
    office = cast.employer("Dinas Contoh", kind="government")
    with pytest.raises(InputError, match="bukan perusahaan"):
        nominate(committee(), category="employer_large", subject="employer", npp=office.npp)


def test_a_firm_in_two_provinces_is_told_where_its_head_office_is(running: Any) -> None:
    firm = cast.employer("PT Dua Provinsi")
    clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    there = committee("semarang", JATENG)
    for user, more in ((clerk, {"subject_code": firm.pk, "province": JATENG}), (there, {"npp": firm.npp})):
        with pytest.raises(InputError) as told:
            nominate(user, category="employer_large", subject="employer", **more)
        assert "Kabupaten Sidoarjo, Provinsi Jawa Timur" in told.value.message and "Jawa Tengah" in told.value.message
        assert told.value.field == "province" and "pekerjanya di semua provinsi" in (told.value.remedy or "")
    here = nominate(committee("surabaya", JATIM), category="employer_large", subject="employer", npp=firm.npp)
    assert here.area == JATIM
    assert nominate(clerk, category="employer_large", subject="employer", subject_code=firm.pk).code == here.code


def test_a_code_that_ended_with_the_provinces_of_2022_names_its_successor(running: Any) -> None:
    with pytest.raises(InputError) as told:
        nominate(committee(), subject_code=9101)
    assert "9301 Kabupaten Merauke, Provinsi Papua Selatan" in (told.value.remedy or "") and told.value.value == 9101
    made = nominate(officer("merauke", 9101), subject_code=9301)
    assert (made.province_code, made.area) == (93, 93), "a grant of the old code is for the region of today"


@pytest.mark.parametrize("hours", [-2, 0, 2])
def test_only_the_clock_of_the_database_says_whether_nominations_are_open(
    running: Any, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    dinas, panitia = officer(), committee()
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + hours * HOUR)
    moved(running, nominate_until=HOUR)
    nominate(dinas)
    moved(running, nominate_until=-HOUR)
    with pytest.raises(InputError, match="Pencalonan ditutup") as told:
        nominate(panitia, subject_code=cast.LUMAJANG)
    assert "WIB" in told.value.message and "menurut jam server" in (told.value.remedy or "")
    moved(running, nominate_from=HOUR, nominate_until=2 * HOUR)
    with pytest.raises(InputError, match="Pencalonan dibuka"):
        nominate(panitia, subject_code=cast.LUMAJANG)


def test_a_day_ends_at_midnight_in_words() -> None:
    from jamsostek.awards.edition import end
    from jamsostek.awards.words import left_words, moment_words
    from jamsostek.core.text import speaking

    until = end(dt.date(2026, 12, 31))
    assert moment_words(until) == "31 Desember 2026 pukul 24.00 WIB"
    with speaking("en"):
        assert moment_words(until) == "31 December 2026 at 24:00 WIB"
    assert left_words(until, until - dt.timedelta(days=12, hours=3)) == "12 hari lagi"
    assert left_words(until, until - dt.timedelta(hours=26)) == "26 jam 0 menit lagi"
    assert left_words(until, until) == ""


def test_an_edition_that_does_not_run_takes_nobody(db: Any) -> None:
    with cast.everyone():
        edition(opened=False)
        dinas = officer()
        with pytest.raises(InputError, match="belum dibuka"):
            nominate(dinas)
        editions.step(code=EDITION, step=Step.OPENED)
        nominate(dinas)
        editions.step(code=EDITION, step=Step.CANCELLED, reason="Uji")
        with pytest.raises(InputError, match="dibatalkan"):
            nominate(dinas, category="regency_innovation")


def test_another_than_who_nominated_accepts(running: Any) -> None:
    one, two = committee("satu"), committee("dua", JATIM)
    made = nominate(one)
    with cast.as_user(one), pytest.raises(Refused, match="Anda sendiri yang mencalonkan"):
        entries.accept(code=made.code)
    with cast.as_user(two):
        assert entries.accept(code=made.code).state == EntryState.ACCEPTED
        assert entries.accept(code=made.code).state == EntryState.ACCEPTED
        with pytest.raises(InputError):
            entries.refuse(code=made.code, reason="Terlambat")
        assert entries.disqualify(code=made.code, reason="Data palsu").state == EntryState.DISQUALIFIED
    with cast.as_user(one), pytest.raises(InputError, match="tidak diterima di kategori ini: Data palsu"):
        entries.nominate(edition=EDITION, category="regency_coverage", subject="regency", subject_code=cast.SIDOARJO)


def test_the_database_itself_lets_nobody_accept_whom_they_nominated(running: Any) -> None:
    one = committee("satu")
    made = nominate(one)
    for told in (one.pk, None, 999_999):
        with cast.as_user(one), pytest.raises(DatabaseError, match="another than who nominated"), transaction.atomic():
            connection.cursor().execute(
                "INSERT INTO awards_entrystep (entry_id, step, by_id) VALUES (%s, 'accepted', %s)", [made.id, told]
            )


def test_a_committee_decides_about_its_own_province_alone(running: Any) -> None:
    made = nominate(officer())
    with cast.as_user(committee("semarang", JATENG)), pytest.raises(Refused, match="panitia lain"):
        entries.accept(code=made.code)
    with cast.as_user(officer("lain", cast.LUMAJANG)), pytest.raises(Refused):
        entries.accept(code=made.code)


def test_who_competes_withdraws_and_does_not_come_back(running: Any) -> None:
    panitia, dinas = committee(), officer()
    made = nominate(panitia)
    with cast.as_user(officer("lain", cast.LUMAJANG)), pytest.raises(Refused):
        entries.withdraw(code=made.code, reason="Bukan urusan kami")
    with cast.as_user(dinas), pytest.raises(InputError, match="Alasan belum diisi"):
        entries.withdraw(code=made.code, reason=" ")
    with cast.as_user(dinas):
        assert entries.withdraw(code=made.code, reason="Fokus bencana").state == EntryState.WITHDRAWN
    with pytest.raises(InputError, match="sudah mengundurkan diri"):
        nominate(dinas)


def test_who_won_a_province_goes_on_and_is_accepted_there(running: Any) -> None:
    panitia = committee()
    made = nominate(officer())
    with cast.as_user(panitia):
        with pytest.raises(InputError, match="Hanya calon yang diterima"):
            entries.promote(code=made.code)
        entries.accept(code=made.code)
        up = entries.promote(code=made.code)
        assert (up.level, up.area, up.state, up.origin_id) == ("nation", 2, EntryState.ACCEPTED, made.id)
        assert entries.promote(code=made.code).code == up.code
        with pytest.raises(InputError, match="tidak dinilai di tingkat berikutnya"):
            entries.promote(code=up.code)


@pytest.mark.usefixtures("committed_db")
def test_twenty_who_send_the_same_nomination_make_one_entry() -> None:
    with cast.everyone():
        made, dinas = edition(), officer()

    def once(_at: int) -> str:
        try:
            return str(entered(dinas).code)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        codes = set(pool.map(once, range(20)))
    with cast.everyone():
        assert len(codes) == 1 and len(queries.entries(made.pk)) == 1
