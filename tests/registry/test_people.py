"""Registering, finding, showing and changing people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from jamsostek.access.errors import Refused
from jamsostek.access.models import SubjectKey
from jamsostek.registry.actions import changes
from jamsostek.registry.actions.people import KNOWN, NEW, REPEATED, register_people, register_person
from jamsostek.registry.identity import Problems, check
from jamsostek.registry.models import DuplicateQuestion, Participant, ParticipantSecret
from jamsostek.registry.queries import people as found
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_person_gets_a_number_that_says_nothing_and_secrets_are_sealed() -> None:
    with cast.everyone():
        somebody = cast.person("Budi", sex="m")
        answer = register_person(somebody, via="counter", today=cast.TODAY)
        row = Participant.objects.get(pk=answer.participant_id)
        secret = ParticipantSecret.objects.get(pk=row.pk)
        assert answer.status == NEW
        assert len(row.kpj) == 11
        assert somebody.nik.encode() not in bytes(secret.nik)
        assert changes.as_person(row) == somebody


def test_the_same_nik_is_found_not_doubled() -> None:
    with cast.everyone():
        somebody = cast.person()
        first, twin = register_people([somebody, somebody], via="upload", today=cast.TODAY)
        again = register_person(somebody, via="upload", today=cast.TODAY)
        assert (first.status, twin.status, again.status) == (NEW, REPEATED, KNOWN)
        assert first.participant_id == twin.participant_id == again.participant_id


def test_same_mother_birth_date_and_a_like_name_is_a_question_to_a_human() -> None:
    with cast.everyone():
        born = dt.date(1985, 5, 17)
        first, second, brother = (
            register_person(
                cast.person(name, sex="m", birth_date=born, mother_name=mother, nik=None), via="agent", today=cast.TODAY
            )
            for name, mother in (
                ("Moh. Djoko Susilo", "Soeminah"),
                ("Muhammad Joko Susilo", "Suminah"),
                ("Agus Hariyanto", "Suminah"),
            )
        )
        assert (first.asked, second.asked, brother.asked) == (0, 1, 0)
        (question,) = DuplicateQuestion.objects.all()
        assert {question.first_id, question.second_id} == {first.participant_id, second.participant_id}
        assert question.clues["mother"] == "same"


def test_alike_people_in_one_list_are_asked_about_too() -> None:
    with cast.everyone():
        born = dt.date(1990, 2, 3)
        twice = [cast.person("Sri Wahjuni", birth_date=born, mother_name="Aminah", nik=None) for _time in range(2)]
        answers = register_people(twice, via="upload", today=cast.TODAY)
        assert [one.status for one in answers] == [NEW, NEW]
        assert DuplicateQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "12345"}, "name"),
        ({"sex": "x"}, "sex"),
        ({"nik": "35150"}, "nik"),
        ({"nik": "3515019902010000"}, "nik"),
        ({"birth_date": dt.date(2020, 1, 1), "nik": None}, "birth_date"),
        ({"regency_code": 9999, "nik": None}, "regency_code"),
        ({"village_code": 3508012001}, "village_code"),
        ({"phone": "123"}, "phone"),
        ({"bank_code": ""}, "bank_code"),
        ({"bank_account": "abc"}, "bank_account"),
        ({"disability_degree": "light"}, "disability_degree"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Problems) as caught:
        check(cast.person(**wrong), today=cast.TODAY)
    assert field in [one.field for one in caught.value.found]
    assert all(one.remedy for one in caught.value.found)


def test_a_nik_of_another_sex_or_birth_date_is_asked_about() -> None:
    somebody = cast.person(sex="f")
    others = cast.nik(somebody.birth_date, "m")
    with pytest.raises(Problems) as caught:
        check(cast.person(birth_date=somebody.birth_date, nik=others), today=cast.TODAY)
    assert "laki-laki" in str(caught.value)
    with pytest.raises(Problems) as caught:
        check(cast.person(birth_date=dt.date(1999, 9, 9), nik=somebody.nik), today=cast.TODAY)
    assert "lahir tanggal" in str(caught.value)
    assert somebody.nik not in str(caught.value), "an error never repeats a NIK"


def test_search_finds_by_number_nik_phone_and_unfinished_words_in_any_order() -> None:
    with cast.everyone():
        somebody = cast.person("Siti Noer Aisjah")
        one = register_person(somebody, via="counter", today=cast.TODAY).participant_id
        kpj = Participant.objects.get(pk=one).kpj
        for text in (kpj, f"{kpj[:4]} {kpj[4:]}", somebody.nik, somebody.phone, "siti nur", "AISYAH", "nur sit", "Aisj"):
            assert one in [p.pk for p in found.search(text).people], text
        assert not found.search("tidak ada orangnya").people
        assert not found.search("").people


def test_secrets_are_masked_and_showing_one_needs_a_reason_and_is_remembered() -> None:
    with cast.everyone():
        somebody = cast.participant("Dewi")
        officer = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
        worker = cast.user("dewi", "worker", "self", somebody.pk)
        whole = changes.as_person(somebody)
    with cast.as_user(officer):
        assert whole.nik not in str(found.masked([somebody.pk]))
        with pytest.raises(Exception, match="Alasan"):
            found.show(participant_id=somebody.pk, field="nik", reason="")
        assert found.show(participant_id=somebody.pk, field="nik", reason="Mencocokkan KTP di loket") == whole.nik
    with cast.as_user(worker):
        newest = found.trail(somebody.pk)[0]
        assert (newest.action, newest.fields, newest.reason) == ("show", ("nik",), "Mencocokkan KTP di loket")


def test_a_change_is_checked_sealed_in_the_trail_and_kept_in_history() -> None:
    with cast.everyone():
        somebody = cast.participant("Ratna")
        changes.move(
            participant_id=somebody.pk, regency_code=cast.LUMAJANG, village_code=None, address="Jalan Contoh 1",
            today=cast.TODAY, now=cast.NOW, reason="Pindah rumah",
        )  # fmt: skip
        somebody.refresh_from_db()
        assert somebody.regency_code == cast.LUMAJANG
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM registry_history WHERE table_name = 'registry_participant' AND row_id = %s", [somebody.pk]
            )
            assert cursor.fetchone() == (1,)
        taken = changes.as_person(cast.participant("Orang Lain"))
        with pytest.raises(Problems):
            changes.change_person(
                participant_id=somebody.pk, changes={"nik": taken.nik}, today=cast.TODAY, now=cast.NOW, reason="Salah ketik"
            )


def test_a_clerk_may_not_change_a_person() -> None:
    with cast.everyone():
        firm, somebody = cast.employer(), cast.participant()
        cast.works(somebody, firm)
        clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    with cast.as_user(clerk), pytest.raises(Refused):
        changes.change_person(participant_id=somebody.pk, changes={"name": "Lain"}, today=cast.TODAY, now=cast.NOW, reason="-")


def test_death_ends_work_and_cover_with_its_month() -> None:
    with cast.everyone():
        somebody, firm, payer = cast.participant(), cast.employer(), cast.sponsor()
        work, cover = cast.works(somebody, firm), cast.covered(somebody, payer)
        changes.record_death(participant_id=somebody.pk, died_on=dt.date(2026, 10, 5), today=cast.TODAY, reason="Akta kematian")
        from jamsostek.registry.models import Cover, Employment

        assert Employment.objects.get(pk=work).to_month == 202610
        assert Cover.objects.get(pk=cover).to_month == 202610
        with pytest.raises(Exception, match="sudah tercatat"):
            changes.record_death(participant_id=somebody.pk, died_on=dt.date(2026, 10, 5), today=cast.TODAY, reason="-")


def test_erasing_destroys_the_key_and_what_names_the_person() -> None:
    with cast.everyone():
        somebody = cast.participant("Nama Rahasia")
        changes.change_person(
            participant_id=somebody.pk, changes={"address": "Jalan Lama"}, today=cast.TODAY, now=cast.NOW, reason="Pindah"
        )
        changes.erase_person(participant_id=somebody.pk, today=cast.TODAY, now=cast.NOW, reason="Permintaan tertulis")
        somebody.refresh_from_db()
        assert (somebody.name, somebody.nik_index) == ("-", None)
        assert SubjectKey.objects.get(pk=somebody.pk).wrapped is None
        assert found.masked([somebody.pk])[somebody.pk].nik == "—"
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM registry_history WHERE was::text LIKE '%%Rahasia%%'")
            assert cursor.fetchone() == (0,)
        assert not found.search("Rahasia").people
