"""A programme from a register to enrolled people: who is chosen, who pays, who comes after whom; nobody twice."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.outreach import plan, priority
from jamsostek.outreach.actions import candidates, decrees, funding, programmes, reconciling, rules
from jamsostek.outreach.eligibility import Programme as Asks
from jamsostek.outreach.models import Candidate, CandidateStep, Decree, FundedMonth, Programme, Rule, Source
from jamsostek.registry.models import Cover, Participant
from tests import cast
from tests.outreach.movement import (
    HOME,
    RULE,
    TODAY,
    VILLAGES,
    Poor,
    as_user,
    enrolled,
    funded,
    head,
    linked,
    officer,
    poor,
    programme,
    registered,
    states,
    taken,
    who,
)

MONTH_RUPIAH = 16_800
YEAR = 12 * MONTH_RUPIAH
LIST = [
    *poor(30),
    Poor("Terlalu Tua", dt.date(1955, 2, 3)),
    Poor("Belum Dewasa", dt.date(2012, 2, 3)),
    Poor("Sudah Kaya", dt.date(1991, 2, 3), decile=8),
    Poor("Pegawai Negeri", dt.date(1992, 2, 3), asn="ya"),
    Poor("Ibu Rumah", dt.date(1993, 2, 3), occupation="Mengurus rumah tangga"),
    Poor("Tanpa Nomor", dt.date(1994, 2, 3), nik=""),
    Poor("Karyawan Pabrik", dt.date(1995, 2, 3)),
    Poor("Difabel Kuat", dt.date(1996, 2, 3), decile=2, disability="fisik"),
]


@pytest.fixture
def walked(committed_db: Any) -> Programme:
    """A programme that has taken in a linked register; one of it works for an employer."""
    with cast.everyone():
        working = next(one for one in LIST if one.name.startswith("Karyawan"))
        person = cast.participant(working.name, birth_date=working.born, sex="f", nik=working.number, village_code=None)
        cast.works(person, cast.employer())
        for one in poor(40, 200):
            cast.participant(one.name, birth_date=one.born, sex="f", nik=one.number, village_code=None)
    register = registered(*LIST)
    linked(register)
    made = programme(rupiah=20 * YEAR)
    taken(made, register)
    return made


def test_the_sex_a_list_does_not_tell_is_taken_from_the_nik(committed_db: Any) -> None:
    with cast.everyone():
        for one in poor(40, 200):
            cast.participant(one.name, birth_date=one.born, sex="f", nik=one.number, village_code=None)
    silent = [*poor(3, tells_sex=False), Poor("Bapak Contoh", dt.date(1979, 3, 4), sex="m", tells_sex=False)]
    register = registered(*silent)
    linked(register)
    made = programme()
    taken(made, register)
    funded(made)
    enrolled(made)
    assert states(made) == {"enrolled": 4}
    with cast.everyone():
        ids = Candidate.objects.filter(programme_id=made.pk).values_list("participant_id", flat=True)
        sexes = Participant.objects.filter(pk__in=list(ids)).values_list("name", "sex")
        assert sorted(sexes) == sorted([("Bapak Contoh", "m"), *((one.name, "f") for one in silent[:3])])


def test_everybody_is_judged_and_each_refusal_has_its_reason(walked: Programme) -> None:
    assert states(walked) == {"proposed": 32, "refused": 6}
    assert {name: who(walked, name).reason for name in ("Terlalu", "Kaya", "Negeri", "Rumah", "Karyawan")} == {
        "Terlalu": "Umurnya di luar batas program.",
        "Kaya": "Desilnya di luar sasaran program.",
        "Negeri": "ASN, TNI, atau Polri.",
        "Rumah": "Tidak bekerja.",
        "Karyawan": "Sudah terlindungi lewat jalur lain.",
    }
    missing = who(walked, "Tanpa")
    assert (missing.state, missing.answers["has_nik"]) == ("proposed", 0)


def test_taking_in_again_adds_only_who_is_new(walked: Programme) -> None:
    register = registered(*poor(3), *poor(2, 100), title="Nelayan", kind="fishers")
    linked(register)
    taken(walked, register)
    assert states(walked) == {"proposed": 34, "refused": 6}


def test_the_village_completes_what_is_missing(walked: Programme) -> None:
    one = who(walked, "Tanpa")
    with cast.everyone():
        village = cast.user("desa", "village_operator", "village", VILLAGES[0])
        elsewhere = cast.user("desa2", "village_operator", "village", VILLAGES[1])
    with as_user(elsewhere), pytest.raises(Refused):
        candidates.tell_about(candidate_id=one.pk, told={"works": True}, reason="Kenal", today=TODAY)
    good = cast.nik(dt.date(1994, 2, 3), "f", HOME, 51)[:-1] + "7"
    with as_user(village):
        assert candidates.verify(programme_id=walked.pk, candidate_ids=[one.pk], village=VILLAGES[0], today=TODAY) == 0
        with pytest.raises(InputError):
            candidates.tell_about(candidate_id=one.pk, told={}, reason="KTP dilihat", nik="3515511231990001", today=TODAY)
        told = candidates.tell_about(candidate_id=one.pk, told={"alive": True}, reason="KTP dilihat", nik=good, today=TODAY)
        assert told.answers["has_nik"] == 1
        assert candidates.verify(programme_id=walked.pk, candidate_ids=[one.pk], village=VILLAGES[0], today=TODAY) == 1
        gone = who(walked, "Rentana Ujia")
        assert (
            candidates.tell_about(candidate_id=gone.pk, told={"alive": False}, reason="Dimakamkan", today=TODAY).state
            == "refused"
        )
        with pytest.raises(Refused):
            candidates.refuse(candidate_id=who(walked, "Rentanb Ujia").pk, reason="Desa lain", today=TODAY)


def test_money_goes_to_the_first_and_the_others_wait(walked: Programme) -> None:
    given = funded(walked)
    assert given == funding.Given(20, 11, 0, 20 * YEAR)
    with cast.everyone():
        assert Candidate.objects.filter(state="funded").count() == 20
        assert FundedMonth.objects.count() == 240
        worst = Candidate.objects.filter(state="funded").order_by("points").first()
        best = Candidate.objects.filter(state="waiting").order_by("-points").first()
        assert worst is not None and best is not None and worst.points >= best.points
    assert who(walked, "Difabel").points == 45
    with as_user(officer()):
        assert funding.fund(programme_id=walked.pk, today=TODAY) == funding.Given(0, 11, 0, 0)


def test_another_rule_says_whom_it_would_change_before_it_is_adopted(walked: Programme) -> None:
    funded(walked)
    kinder = priority.Rule("Contoh", 1, (priority.Criterion("disability", {"true": 500}),), "contoh", sample=True)
    with as_user(officer()):
        second = rules.propose_rule(region_code=HOME, rule=kinder, today=TODAY)
        assert (second.version, rules.propose_rule(region_code=HOME, rule=kinder, today=TODAY).pk) == (2, second.pk)
        with pytest.raises(InputError):
            programmes.use_rule(programme_id=walked.pk, rule_id=second.pk)
        with pytest.raises(Refused):
            rules.adopt_rule(rule_id=second.pk, today=TODAY)
    with as_user(head()):
        adopted = rules.adopt_rule(rule_id=second.pk, today=TODAY)
    (effect,) = adopted.effect["programmes"]
    assert effect["stay"] + effect["enter"] == effect["count"] == 20
    assert effect["enter"] == effect["leave"] == sum(cell[1] for cell in effect["by"]["sex"].values())
    with as_user(head()):
        own = rules.propose_rule(region_code=HOME, rule=RULE, today=TODAY)
        with pytest.raises(InputError):
            rules.adopt_rule(rule_id=own.pk, today=TODAY)
        programmes.use_rule(programme_id=walked.pk, rule_id=second.pk)
    assert who(walked, "Difabel").points == 45  # funded: no longer in line
    with cast.everyone(), pytest.raises(Error):
        Rule.objects.filter(pk=second.pk).update(name="Lain")


def test_a_list_is_prepared_by_one_and_approved_by_another(walked: Programme) -> None:
    funded(walked)
    with as_user(head()):
        own = decrees.prepare(programme_id=walked.pk, title="Lampiran", today=TODAY)
        with pytest.raises(InputError):
            decrees.approve(decree_id=own.pk, number="188/1", today=TODAY)
        with pytest.raises(InputError):
            decrees.prepare(programme_id=walked.pk, title="Lagi", today=TODAY)
        decrees.withdraw(decree_id=own.pk, reason="Salah judul")
    decree = enrolled(walked)
    assert (decree.state, decree.people, decree.enrolled, decree.lapsed) == ("enrolled", 20, 20, 0)
    with cast.everyone():
        covers = Cover.objects.filter(sponsor_id=walked.sponsor_id)
        assert {(one.from_month, one.to_month, one.income_rupiah) for one in covers} == {(202701, 202712, 1_000_000)}
        assert covers.count() == Candidate.objects.filter(state="enrolled").count() == 20
        assert all(one.participant_id for one in Candidate.objects.filter(state="enrolled"))
        known = Participant.objects.count()
    decrees.enrol(decree.pk, now=timezone.now(), today=TODAY)
    with cast.everyone():
        assert Participant.objects.count() == known
        key = decrees.signing.public(decrees.PURPOSE, decree.signature["key"])
        key.verify(decrees.base64.b64decode(decree.signature["signature"]), decrees.statement(decree))
        with pytest.raises(Error):
            Decree.objects.filter(pk=decree.pk).update(digest="0" * 64)


def test_somebody_who_lapsed_after_the_list_was_prepared_makes_it_another_list(walked: Programme) -> None:
    funded(walked)
    with as_user(officer()):
        decree = decrees.prepare(programme_id=walked.pk, title="Lampiran", today=TODAY)
        gone = Candidate.objects.filter(state="funded").order_by("pk").first()
        assert gone is not None
        assert funding.lapse(candidate_id=gone.pk, last_month=202612, reason="Meninggal", today=TODAY) == YEAR
        assert not FundedMonth.objects.filter(candidate_id=gone.pk).exists()
    with as_user(head()), pytest.raises(InputError):
        decrees.approve(decree_id=decree.pk, number="188/2", today=TODAY)


def test_who_lapses_gives_money_back_and_the_first_in_line_takes_the_place(walked: Programme) -> None:
    funded(walked)
    enrolled(walked)
    july = dt.date(2027, 7, 5)
    with cast.everyone():
        gone, moved, works = Candidate.objects.filter(state="enrolled").order_by("pk")[:3]
        Participant.objects.filter(pk=gone.participant_id).update(died_on=dt.date(2027, 4, 9))
        Participant.objects.filter(pk=moved.participant_id).update(regency_code=3578, village_code=None)
        cast.works(Participant.objects.get(pk=works.participant_id), cast.employer("PT Lain"), 202706)
    with as_user(officer()):
        kept = reconciling.reconcile(programme_id=walked.pk, today=july)
    assert kept.lapsed == {"died": 1, "moved": 1, "employed": 1}
    assert kept.saved_rupiah == (8 + 5 + 7) * MONTH_RUPIAH
    assert (kept.looked, kept.replaced) == (20, 4)  # twenty months come back: four people for five
    with cast.everyone():
        ends = dict(Cover.objects.filter(sponsor_id=walked.sponsor_id).values_list("participant_id", "to_month"))
        assert [ends[one.participant_id] for one in (gone, moved, works)] == [202704, 202707, 202705]
        fresh = Candidate.objects.filter(state="funded")
        assert {(one.from_month, one.to_month, one.rupiah) for one in fresh} == {(202708, 202712, 5 * MONTH_RUPIAH)}
        assert {one.replaces_id for one in fresh} == {gone.pk, moved.pk, works.pk, None}
        steps = CandidateStep.objects.filter(candidate_id=gone.pk).values_list("state", flat=True)
        assert list(steps) == ["proposed", "verified", "funded", "enrolled", "lapsed"]
    with as_user(officer()):
        again = reconciling.reconcile(programme_id=walked.pk, today=july)
    assert (again.looked, again.lapsed, again.saved_rupiah) == (17, {}, 0)


def test_two_regions_at_once_do_not_fund_one_person_twice(walked: Programme) -> None:
    with cast.everyone():
        register_id = Candidate.objects.filter(programme_id=walked.pk).values_list("register_id", flat=True).first()
    other = programme_again(walked)
    with as_user(officer()):
        intake = candidates.take_in(programme_id=other.pk, register_id=register_id, today=TODAY)
    candidates.take(intake.pk, now=timezone.now())
    with as_user(officer()):
        for made in (walked, other):
            candidates.verify(programme_id=made.pk, today=TODAY)
    told: list[Any] = []
    both = threading.Barrier(2)

    def give(made: Programme) -> None:
        try:
            both.wait()
            with as_user(officer()):
                told.append(funding.fund(programme_id=made.pk, today=TODAY))
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=give, args=[one]) for one in (walked, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with cast.everyone():
        paid = Candidate.objects.filter(state="funded")
        assert paid.count() == 31
        assert len({bytes(one.nik_index or b"") for one in paid}) == paid.count()
        assert FundedMonth.objects.count() == 12 * paid.count()
    assert sorted(one.funded for one in told) == [11, 20], told


def programme_again(made: Programme) -> Programme:
    with as_user(officer()):
        other = programmes.make_programme(
            region_code=HOME, title="Program lain", year=2027, sponsor_id=made.sponsor_id, rule_id=made.rule_id,
            asks=Asks("contoh", deciles=frozenset({1, 2, 3, 4})), income_rupiah=1_000_000,
        )  # fmt: skip
        programmes.set_sources(
            programme_id=other.pk, sources=[(plan.Source("desa", "apbd", 20 * YEAR, 202701, 202712), "Lain", "x")]
        )
    with as_user(head()):
        programmes.open_programme(programme_id=other.pk, today=TODAY)
    return other


def test_a_source_never_pays_more_than_it_has(walked: Programme) -> None:
    funded(walked)
    with as_user(officer()):
        for rupiah in (20 * YEAR - 1, 0):
            with pytest.raises((InputError, Error)):
                money = plan.Source("apbd", "apbd", rupiah, 202701, 202712)
                programmes.set_sources(programme_id=walked.pk, sources=[(money, "APBD", "x")])
    for statement in (
        "UPDATE outreach_candidate SET rupiah = rupiah + 1 WHERE state = 'funded'",
        "UPDATE outreach_candidate SET state = 'enrolled', participant_id = 1 WHERE state = 'funded'",
        "UPDATE outreach_candidate SET state = 'funded' WHERE state = 'waiting'",
        "UPDATE outreach_candidate SET from_month = 202702 WHERE state = 'funded'",
        "DELETE FROM outreach_fundedmonth",
        "DELETE FROM outreach_candidate",
        "DELETE FROM outreach_candidatestep",
        "UPDATE outreach_programme SET income_rupiah = 1",
        "DELETE FROM outreach_source",
    ):
        with as_user(officer()), pytest.raises(Error), connection.cursor() as cursor:
            cursor.execute(statement)
    with cast.everyone():
        assert Source.objects.get().rupiah == 20 * YEAR


def test_villages_have_no_more_than_their_quota(walked: Programme) -> None:
    with as_user(officer()):
        with pytest.raises(InputError):
            programmes.set_quotas(programme_id=walked.pk, quotas={3516011001: 3})
        programmes.set_quotas(programme_id=walked.pk, quotas={VILLAGES[0]: 3, VILLAGES[1]: 2})
    assert funded(walked).funded == 5
    with cast.everyone():
        held = Candidate.objects.filter(state="funded").values_list("village_code", flat=True)
        assert sorted(held) == [VILLAGES[0]] * 3 + [VILLAGES[1]] * 2
    with as_user(officer(3516)), pytest.raises(Refused):
        funding.fund(programme_id=walked.pk, today=TODAY)
