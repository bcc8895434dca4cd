"""Spells of work and cover, what was known when, merging, heirs, cards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from jamsostek.core.errors import InputError
from jamsostek.messages.card import token
from jamsostek.messages.card.keys import key_set
from jamsostek.registry import heirs
from jamsostek.registry.actions import cards, changes, employ, employers, family, merging, sponsors
from jamsostek.registry.actions.people import register_person
from jamsostek.registry.models import DuplicateQuestion, Employment, Merge, Wage
from jamsostek.registry.queries import cards as card_queries
from jamsostek.registry.queries import known, timeline
from jamsostek.registry.queries import people as found
from tests import cast

pytestmark = pytest.mark.django_db


def test_taking_on_twice_is_once() -> None:
    with cast.everyone():
        firm, somebody = cast.employer(), cast.participant()
        work = employ.Work(somebody.pk, 202601, 4_000_000)
        first, twin = employ.take_on(employer_id=firm.pk, work=[work, work])
        (again,) = employ.take_on(employer_id=firm.pk, work=[work])
        assert (first.status, twin.status, again.status) == ("taken_on", "working", "working")
        assert first.employment_id == twin.employment_id == again.employment_id


def test_spells_that_overlap_are_refused_by_the_database() -> None:
    with cast.everyone():
        firm, somebody = cast.employer(), cast.participant()
        cast.works(somebody, firm, 202601)
        with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
            Employment.objects.create(employer=firm, participant=somebody, segment="pu", from_month=202605)
        with pytest.raises(IntegrityError), transaction.atomic():
            Employment.objects.create(employer=firm, participant=somebody, segment="pu", from_month=202613)


def test_one_person_several_jobs_and_segments() -> None:
    with cast.everyone():
        somebody = cast.participant()
        cast.works(somebody, cast.employer("PT Contoh Satu"), 202601)
        cast.works(somebody, cast.employer("PT Contoh Dua"), 202603)
        cast.covered(somebody, cast.sponsor(), 202602, 202612)
        spells = timeline.spells_of([somebody.pk], cast.MONTH)[somebody.pk]
        assert len(spells) == 3
        assert timeline.standings([somebody.pk], cast.MONTH)[somebody.pk].programmes[:2] == ("jkk", "jkm")


def test_wages_change_leaving_and_coming_back() -> None:
    with cast.everyone():
        firm, somebody = cast.employer(), cast.participant()
        job = cast.works(somebody, firm, 202601, 4_000_000)
        employ.change_wage(employment_id=job, from_month=202606, wage_rupiah=4_500_000)
        assert Wage.objects.filter(employment_id=job).count() == 2
        with pytest.raises(InputError, match="lebih dari nol"):
            employ.change_wage(employment_id=job, from_month=202607, wage_rupiah=0)
        with pytest.raises(InputError, match="sebelum mulai"):
            employ.leave(employment_id=job, left_on=dt.date(2025, 12, 1))
        employ.leave(employment_id=job, left_on=dt.date(2026, 8, 15), leaving="resigned")
        with pytest.raises(InputError, match="sudah berakhir"):
            employ.leave(employment_id=job, left_on=dt.date(2026, 9, 1))
        back = cast.works(somebody, firm, 202610)
        assert back != job
        with pytest.raises(InputError, match="sudah bekerja lagi"):
            employ.reopen(employment_id=job, reason="Keliru")


def test_gaps_are_told() -> None:
    with cast.everyone():
        somebody, payer = cast.participant(), cast.sponsor()
        cast.covered(somebody, payer, 202501, 202512)
        cast.covered(somebody, payer, 202602, 202606)
        spells = timeline.spells_of([somebody.pk], cast.MONTH)[somebody.pk]
        assert timeline.gaps(spells, cast.MONTH) == [timeline.Gap(202607, None), timeline.Gap(202601, 202601)]
        assert somebody.pk not in timeline.standings([somebody.pk], cast.MONTH)


def test_cover_lasts_until_the_first_gap_whoever_pays_what_follows() -> None:
    with cast.everyone():
        somebody, payer, other = cast.participant(), cast.sponsor(), cast.sponsor("CSR Lain", kind="csr")
        cast.covered(somebody, payer, 202610, 202612)
        cast.covered(somebody, other, 202701, 202703)
        cast.covered(somebody, payer, 202705, 202706)
        standing = timeline.standings([somebody.pk], cast.MONTH)[somebody.pk]
        assert (standing.to_month, standing.until) == (202612, 202703)
        cast.covered(somebody, other, 202704)
        assert timeline.standings([somebody.pk], cast.MONTH)[somebody.pk].until is None


def test_cover_by_the_same_sponsor_is_not_doubled_and_ends() -> None:
    with cast.everyone():
        somebody, payer = cast.participant(), cast.sponsor()
        first = cast.covered(somebody, payer, 202601, 202606)
        spell = sponsors.Covering(somebody.pk, 202604, 1_000_000, "Petani")
        (there,) = sponsors.cover_by_sponsor(sponsor_id=payer.pk, people=[spell])
        assert there == sponsors.Covered(first, "already", 202601, 202606)
        sponsors.end_cover(cover_id=first, to_month=202603, reason="Pindah desa")
        assert sponsors.cover_by_sponsor(sponsor_id=payer.pk, people=[spell])[0].status == "covered"
        with pytest.raises(InputError):
            sponsors.end_cover(cover_id=first, to_month=202512, reason="-")


def test_npwp_is_one_employer_and_industry_gives_the_risk_class() -> None:
    with cast.everyone():
        firm = cast.employer(npwp="01.234.567.8-901.000")
        assert firm.risk_class == "very_low"
        with pytest.raises(InputError, match="NPWP"):
            cast.employer("PT Contoh Lain", npwp="012345678901000")
        with pytest.raises(InputError, match="lampiran"):
            cast.employer("PT Contoh Lain", industry="9.9")
        employers.add_unit(employer_id=firm.pk, code="A", name="Cabang A", regency_code=cast.SIDOARJO)
        with pytest.raises(InputError, match="sudah dipakai"):
            employers.add_unit(employer_id=firm.pk, code="A", name="Cabang B", regency_code=cast.SIDOARJO)


def test_what_we_knew_on_a_day_about_a_month() -> None:
    with cast.everyone():
        firm, somebody = cast.employer(), cast.participant()
        job = cast.works(somebody, firm, 202601, 4_000_000)
        before = _moment()
        employ.change_wage(employment_id=job, from_month=202601, wage_rupiah=4_200_000)
        employ.leave(employment_id=job, left_on=dt.date(2026, 3, 10))
        changes.move(
            participant_id=somebody.pk, regency_code=cast.LUMAJANG, village_code=None, address="",
            today=cast.TODAY, now=cast.NOW, reason="Pindah",
        )  # fmt: skip
        then, now = known.known(somebody.pk, 202605, before), known.known(somebody.pk, 202605, _moment())
        assert [row["id"] for row in then.employments] == [job]
        assert now.employments == ()
        assert (then.regency_code, now.regency_code) == (cast.SIDOARJO, cast.LUMAJANG)
        assert known.known(somebody.pk, 202602, before).wages == {job: 4_000_000}
        assert known.known(somebody.pk, 202602, _moment()).wages == {job: 4_200_000}
        assert known.known(somebody.pk, 202602, dt.datetime(2020, 1, 1, tzinfo=dt.UTC)).employments == ()


def _moment() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def test_merging_leads_both_numbers_to_one_and_can_be_undone() -> None:
    with cast.everyone():
        stays, goes = cast.participant("Hasan"), cast.participant("Hasan")
        done = merging.merge(source_id=goes.pk, into_id=stays.pk, reason="KTP sama")
        assert found.by_kpj(goes.kpj).pk == stays.pk
        assert [p.pk for p in found.search(goes.kpj).people] == [stays.pk]
        again = register_person(changes.as_person(goes), via="counter", today=cast.TODAY)
        assert again.participant_id == stays.pk, "the NIK of a merged number answers with the number that goes on"
        with pytest.raises(InputError, match="sudah digabungkan"):
            merging.merge(source_id=goes.pk, into_id=stays.pk, reason="Lagi")
        merging.unmerge(merge_id=done.pk, now=cast.NOW, reason="Keliru, saudara kembar")
        assert found.by_kpj(goes.kpj).pk == goes.pk
        assert Merge.objects.count() == 1, "undoing deletes nothing"


def test_who_registered_a_pair_does_not_decide_on_it() -> None:
    with cast.everyone():
        officer = cast.user("penyelia-satu", "branch_supervisor", "region", cast.SIDOARJO)
        other = cast.user("penyelia-dua", "branch_supervisor", "region", cast.SIDOARJO)
        born = dt.date(1988, 8, 8)
        first = cast.participant("Sulastri", birth_date=born, mother_name="Painem", nik=None)
    with cast.as_user(officer):
        second = cast.participant("Soelastri", birth_date=born, mother_name="Painem", nik=None)
        (question,) = found_questions(first.pk)
        with pytest.raises(InputError, match="Anda sendiri"):
            merging.decide(question_id=question, same=True, into_id=first.pk, now=cast.NOW, reason="Sama")
    with cast.as_user(other):
        merging.decide(question_id=question, same=True, into_id=first.pk, now=cast.NOW, reason="KK sama")
        assert found.by_kpj(second.kpj).pk == first.pk


def found_questions(participant_id: int) -> list[int]:
    return [question.pk for question in DuplicateQuestion.objects.filter(first_id=participant_id)]


def test_heirs_stand_in_the_order_of_law() -> None:
    with cast.everyone():
        somebody = cast.participant("Pak Tani", sex="m")
        wife, _mother = (
            family.add_relative(participant_id=somebody.pk, kinsman=family.Kinsman(kin, name, "f"), today=cast.TODAY)
            for kin, name in (("spouse", "Ibu Tani"), ("parent", "Mbah Tani"))
        )
        steps = heirs.order(somebody.relatives.all(), on=cast.TODAY)
        assert [step.entitled for step in steps][:2] == [True, False]
        assert [one.name for one in steps[0].members] == ["Ibu Tani"]
        family.end_relative(relative_id=wife.pk, on=dt.date(2025, 1, 1), reason="Cerai")
        steps = heirs.order(somebody.relatives.all(), on=cast.TODAY, programme="jht")
        assert [step.name for step in steps if step.entitled] == ["blood_line_to_second_degree"]
        assert steps[-1].name == "estate_office"


def test_a_card_verifies_offline_says_no_nik_and_its_revoking_is_told_online() -> None:
    with cast.everyone():
        somebody, payer = cast.participant("Ibu Sayur"), cast.sponsor()
        with pytest.raises(InputError, match="Belum ada perlindungan"):
            cards.issue_card(participant_id=somebody.pk, today=cast.TODAY)
        cast.covered(somebody, payer, 202601, 202612)
        card = cards.issue_card(participant_id=somebody.pk, today=cast.TODAY)
        verdict = token.verify(card.token, key_set(cards.public_keys()), today=cast.TODAY)
        assert verdict.claims is not None
        assert (verdict.claims.kpj, verdict.claims.until_month) == (somebody.kpj, 202612)
        assert verdict.claims.programmes == ("jkk", "jkm")
        assert changes.as_person(somebody).nik not in str(verdict.claims)
        serial = verdict.claims.serial
        assert card_queries.card_status(serial, cast.MONTH) == "active"
        assert card_queries.card_status(serial, 202701) == "lapsed"
        cards.revoke_card(card_id=card.pk, now=cast.NOW, reason="Hilang")
        assert card_queries.card_status(serial, cast.MONTH) == "revoked"
        assert card_queries.card_status("1234567890123", cast.MONTH) == "unknown"


def test_cards_for_a_whole_village_at_once() -> None:
    with cast.everyone():
        payer = cast.sponsor()
        people = [cast.participant(f"Warga {n}") for n in "abcdefghij"]
        for one in people[:7]:
            cast.covered(one, payer)
        issued = cards.issue_cards(participant_ids=[p.pk for p in people], today=cast.TODAY)
        assert [card.participant_id for card in issued] == [p.pk for p in people[:7]]
        assert len({card.serial for card in issued}) == 7


def test_ending_cover_never_prolongs_it() -> None:
    with cast.everyone():
        somebody, payer = cast.participant(), cast.sponsor()
        cover = cast.covered(somebody, payer, 202601, 202606)
        with pytest.raises(InputError, match="sudah berakhir"):
            sponsors.end_cover(cover_id=cover, to_month=202607, reason="Keliru")
        sponsors.end_cover(cover_id=cover, to_month=202605, reason="Lebih awal")
