"""Pairs judged through the pages: blind at first, two for what keeps out, a third where two disagree, the village where asked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import cast
import pytest
from django.db import connection
from django.test import Client
from test_linking_action import line
from test_registers import HOME, as_user, csv, officer, read, sent

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.outreach.actions import linking
from jamsostek.outreach.models import Answer, Link, Person, Run
from jamsostek.outreach.queries import cards, review
from jamsostek.outreach.queries.goodness import goodness

VILLAGE = 3515511001
GROUND = {"ground": "names", "note": "Sama ibunya"}


def client(user: Any) -> Client:
    return cast.signed_in(Client(), user)


@pytest.fixture
def run(committed_db: Any) -> Run:
    """A list in which three people stand twice, linked within itself: every such pair is asked about."""
    twice = [
        line(name, born=dt.date(1970 + at, 3, 5 + at), village=VILLAGE)
        for at, name in enumerate(("Siti Aminah Contoh", "Wahyuni Lestari Contoh", "Endang Rahayu Contoh"))
    ]
    others = [line(f"Lain{chr(97 + n)} Sekali", born=dt.date(1960, 1, 2) + dt.timedelta(days=n * 401)) for n in range(15)]
    with as_user(officer()):
        register = sent(csv(*twice, *twice, *others))
    read(register)
    mine = client(officer())
    page = mine.post(f"/gerakan/daftar/{register.number}/padankan/", {"against": "within"})
    with cast.everyone():
        run = Run.objects.get()
    assert page["Location"] == f"/gerakan/padanan/{run.pk}/"
    linking.work(run.pk, now=cast.NOW)
    with cast.everyone():
        return Run.objects.get()


def colleague(name: str, role: str = "regional_officer", region: int = HOME) -> Any:
    return cast.user(name, role, "region", region)


def asked(run: Run) -> list[int]:
    with cast.everyone():
        return list(Link.objects.filter(run_id=run.pk, outcome="ask").order_by("person_id").values_list("person_id", flat=True))


def answer(who: Any, run: Run, person: int, said: str) -> Any:
    return client(who).post(f"/gerakan/padanan/{run.pk}/orang/{person}/?antrean=ask", {"answer": said, **GROUND})


def outcome(run: Run, person: int) -> str | None:
    with cast.everyone():
        link = Link.objects.get(run_id=run.pk, person_id=person)
        return linking.settled(HOME).get((bytes(link.record_key), bytes(link.member_key)))


def queued(who: Any, run: Run, queue: str = "ask") -> list[int]:
    with as_user(who):
        return review.pairs(review.run_of(run.pk), review.Filter(queue), 50)


def test_the_page_of_a_run_says_what_happened_and_what_waits(run: Run) -> None:
    page = client(officer()).get(f"/gerakan/padanan/{run.pk}/").content.decode()
    assert run.counts["ask"] == 3 and "Perlu dijawab" in page and "0 dari 3" in page
    assert "Padanan yang keliru membuat pekerja miskin tidak terlindungi" in page


def test_a_card_shows_both_masked_and_the_weight_only_after_an_answer(run: Run) -> None:
    mine, person = client(officer()), asked(run)[0]
    went = mine.get(f"/gerakan/padanan/{run.pk}/nilai/")
    assert went["Location"] == f"/gerakan/padanan/{run.pk}/orang/{person}/?antrean=ask"
    page = mine.get(went["Location"]).content.decode()
    assert page.count("Siti Aminah Contoh") == 2 and "Petunjuk" in page and "Bobot seluruhnya:" not in page
    assert "Desil" not in page and "Penghasilan" not in page
    after = mine.post(went["Location"], {"answer": "same", **GROUND})
    assert after["Location"] == f"/gerakan/padanan/{run.pk}/nilai/?antrean=ask"
    following = mine.get(after["Location"])["Location"]
    assert following.split("?")[0] == f"/gerakan/padanan/{run.pk}/orang/{asked(run)[1]}/"
    shown = mine.get(f"/gerakan/padanan/{run.pk}/orang/{person}/").content.decode()
    assert "Bobot seluruhnya:" in shown and "Tarik kembali" in shown
    assert "Mulai +6,6 sistem menganggapnya sama, di bawah -1,0 berbeda." in shown
    with cast.everyone():
        kept = Answer.objects.get()
        assert (kept.blind, kept.reason) == (True, "Nama dan tanggal lahir: Sama ibunya")
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT subject_id FROM access_auditentry WHERE action = 'look' AND subject_kind = 'person'")
        link = Link.objects.get(run_id=run.pk, person_id=person)
        assert {person, link.member_id} <= {row[0] for row in cursor.fetchall()}


def test_keeping_out_takes_two_and_letting_in_one(run: Run) -> None:
    first, second, _third = asked(run)
    one, other = officer(), colleague("kedua")
    answer(one, run, first, "same")
    assert outcome(run, first) is None and first not in queued(one, run) and first in queued(other, run)
    answer(one, run, first, "same")
    with cast.everyone():
        assert Answer.objects.count() == 1, "the same answer again is that answer"
    answer(other, run, first, "same")
    assert outcome(run, first) == "same" and first not in queued(colleague("ketiga"), run)
    answer(one, run, second, "different")
    assert outcome(run, second) == "different" and second not in queued(other, run)


def test_a_third_decides_where_two_disagree(run: Run) -> None:
    person = asked(run)[0]
    one, other, third = officer(), colleague("kedua"), colleague("ketiga")
    answer(one, run, person, "same")
    answer(other, run, person, "different")
    assert outcome(run, person) is None
    assert queued(one, run, "third") == [] and queued(third, run, "third") == [person] and person not in queued(third, run)
    answer(third, run, person, "same")
    assert outcome(run, person) == "same"


def test_an_answer_is_taken_back(run: Run) -> None:
    person = asked(run)[0]
    answer(officer(), run, person, "different")
    mine = client(officer())
    assert "Siti Aminah" in mine.get(f"/gerakan/padanan/{run.pk}/jawaban/").content.decode()
    mine.post(f"/gerakan/padanan/{run.pk}/orang/{person}/tarik/")
    assert outcome(run, person) is None and person in queued(officer(), run)
    answer(officer(), run, person, "same")
    with cast.everyone():
        assert not Answer.objects.latest("pk").blind, "they have seen the weight"


def test_a_village_answers_what_it_is_asked_about_its_own(run: Run) -> None:
    here = cast.user("desa", "village_operator", "village", VILLAGE)
    elsewhere = cast.user("desa-lain", "village_operator", "village", 3515511002)
    person, other, _third = asked(run)
    page = f"/gerakan/padanan/{run.pk}/orang/{person}/"
    assert client(here).get(page).status_code == 403, "not asked yet"
    answer(officer(), run, person, "village")
    assert queued(officer(), run, "village") == [] and person not in queued(colleague("kedua"), run)
    assert "Siti Aminah" in client(here).get("/gerakan/desa/").content.decode()
    assert "Siti Aminah" not in client(elsewhere).get("/gerakan/desa/").content.decode()
    assert client(elsewhere).get(page).status_code == 403
    assert client(here).get(f"/gerakan/padanan/{run.pk}/orang/{other}/").status_code == 403
    shown = client(here).get(page).content.decode()
    assert "Tanyakan ke desa" not in shown and "Bobot seluruhnya:" not in shown
    client(here).post(page, {"answer": "different", "ground": "known"})
    assert outcome(run, person) == "different"
    assert "Siti Aminah" not in client(here).get("/gerakan/desa/").content.decode()
    with as_user(elsewhere):
        assert Answer.objects.count() == 0
        with pytest.raises(Refused):
            linking.answer(run_id=run.pk, person_id=person, answer="same", reason="x", blind=True)
    with as_user(here):
        assert Answer.objects.count() == 2 and Link.objects.count() == 3
        with pytest.raises(Refused):
            linking.answer(run_id=run.pk, person_id=other, answer="same", reason="x", blind=True)


def test_queues_are_narrowed_by_reason_and_village(run: Run) -> None:
    with as_user(officer()):
        here = review.run_of(run.pk)
        reasons, villages = review.places(here)
        assert reasons["keeps_out"] == 3 and villages == {VILLAGE: 3}
        assert len(review.pairs(here, review.Filter(reason="keeps_out", village=VILLAGE), 9)) == 3
        assert review.pairs(here, review.Filter(reason="two_people"), 9) == []
        assert review.pairs(here, review.Filter(village=3515511002), 9) == []


def test_other_regions_reach_no_run_and_no_card(run: Run) -> None:
    stranger, person = client(officer(3516)), asked(run)[0]
    for path in ("", "keadaan/", "nilai/", "jawaban/", f"orang/{person}/"):
        assert stranger.get(f"/gerakan/padanan/{run.pk}/{path}").status_code == 403, path
    with as_user(officer(3516)), pytest.raises(Refused):
        cards.card(run.pk, person)
    branch = client(cast.user("cabang", "branch_officer", "region", HOME))
    assert branch.get(f"/gerakan/padanan/{run.pk}/orang/{person}/").status_code == 200


# --- how good it is -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_participants(committed_db: Any) -> Run:
    """Forty participants of a list of sixty, linked."""
    with cast.everyone():
        known = [
            cast.participant(
                f"Orang{chr(97 + n % 26)}{chr(97 + n // 26)} Contoh{chr(97 + n % 17)}", sex="f",
                birth_date=dt.date(1975, 3, 12) + dt.timedelta(days=n * 37), village_code=None,
            )
            for n in range(60)
        ]  # fmt: skip
        from jamsostek.registry.queries.linking import written_people

        written = {row["id"]: row for table in written_people() for row in table.to_pylist()}
    rows = [line(one.name.upper(), written[one.pk]["nik"], one.birth_date) for one in known[:40]]
    rows += [line(f"Lain{chr(97 + n)} Sekali", born=dt.date(1980, 1, 1) + dt.timedelta(days=n * 91)) for n in range(20)]
    with as_user(officer()):
        register = sent(csv(*rows))
    read(register)
    with as_user(officer()):
        run = linking.ask_for(register_id=register.pk)
    linking.work(run.pk, now=cast.NOW)
    with cast.everyone():
        return Run.objects.get()


def test_recall_is_told_by_group_and_precision_after_two_judged_alike(with_participants: Run) -> None:
    run = with_participants
    recall = run.quality["recall"]
    assert recall["all"][0] >= 35 and recall["women"] == recall["all"] and recall["men"] == [0, 0]
    assert recall["fifty"][0] < recall["all"][0] and all(found <= hidden for hidden, found in recall.values())
    sample = run.quality["sample"]
    assert len(sample) == len(set(sample)) == sum(run.quality["bands"])
    one, other = officer(), colleague("kedua")
    with as_user(one):
        assert goodness(review.run_of(run.pk)).precision is None
        assert set(review.pairs(review.run_of(run.pk), review.Filter("sample"), 500)) == set(sample)
    wrong = sample[-1]
    for who in (one, other):
        with as_user(who):
            for person in sample:
                said = "different" if person == wrong else "same"
                linking.answer(run_id=run.pk, person_id=person, answer=said, reason="Contoh mutu", blind=True)
    with as_user(one):
        good = goodness(review.run_of(run.pk))
        assert review.pairs(review.run_of(run.pk), review.Filter("sample"), 500) == []
    assert good.judged == len(sample) and good.precision is not None
    assert 0.9 < good.precision.value < 1 and good.precision.low < good.precision.value < good.precision.high
    page = client(one).get(f"/gerakan/padanan/{run.pk}/").content.decode()
    assert re.search(r"Taksiran: \d+,\d % dari yang dianggap sama", page)
    assert "Umur 50 ke atas" in page and "tidak dapat ditaksir" in page


def test_a_participant_is_looked_at_for_the_record_and_never_shown_whole(with_participants: Run) -> None:
    run = with_participants
    person = run.quality["sample"][0]
    page = client(officer()).get(f"/gerakan/padanan/{run.pk}/orang/{person}/?antrean=sample").content.decode()
    with cast.everyone(), connection.cursor() as cursor:
        link = Link.objects.get(run_id=run.pk, person_id=person)
        looked = "action = 'look' AND subject_kind = 'participant' AND subject_id = %s"
        cursor.execute(f"SELECT count(*) FROM access_auditentry WHERE {looked}", [link.member_id])
        assert cursor.fetchone()[0] == 1
    assert not re.search(r"\d{16}", page)


def test_a_person_without_a_counterpart_can_only_be_let_in(with_participants: Run) -> None:
    with as_user(officer()):
        alone = Link.objects.filter(run_id=with_participants.pk, member_id=None).first()
        assert alone is not None
        with pytest.raises(InputError):
            linking.answer(run_id=alone.run_id, person_id=alone.person_id, answer="same", reason="x", blind=True)
        assert Person.objects.filter(pk=alone.person_id).exists()


# --- who sees which row -------------------------------------------------------------------------------------------------------

TABLES = ("mapping", "register", "person", "problem", "run", "link", "answer")
WHOLE = (1, 1, 21, 24, 1, 21, 1)


@pytest.mark.parametrize(
    ("role", "kind", "target", "seen"),
    [
        ("regional_officer", "region", HOME, True), ("regional_head", "region", HOME, True),
        ("branch_officer", "region", HOME, True),
        ("head_office", "nation", 0, True), ("regional_officer", "region", 35, True), ("regional_officer", "region", 3516, False),
        ("regional_officer", "region", 36, False), ("regional_viewer", "region", HOME, False), ("ministry", "nation", 0, False),
        ("auditor", "nation", 0, False), ("researcher", "nation", 0, False), ("village_operator", "village", 3515511002, False),
    ],
)  # fmt: skip
def test_every_table_of_registers_keeps_to_its_region(run: Run, role: str, kind: str, target: int, seen: bool) -> None:
    _everything_once(run)
    assert _counts(cast.user(f"uji-{role}", role, kind, target)) == (WHOLE if seen else (0,) * 7)


def test_a_village_sees_its_own_people_and_what_it_is_asked(run: Run) -> None:
    _everything_once(run)
    here = cast.user("desa-ini", "village_operator", "village", VILLAGE)
    assert _counts(here) == (0, 0, 21, 0, 0, 21, 1)
    with as_user(here), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM outreach_person WHERE village_code <> %s", [VILLAGE])
        assert cursor.fetchone() == (0,)


def _everything_once(run: Run) -> None:
    """A row of each table; the run has one outcome for everybody."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO outreach_mapping (region_code, fingerprint, name, columns) VALUES (3515, 'x', 'x', '{}')")
        cursor.execute(
            "INSERT INTO outreach_link (run_id, person_id, register_id, outcome, record_key)"
            " SELECT %s, id, register_id, 'different', decode(lpad(to_hex(id), 32, '0'), 'hex') FROM outreach_person"
            " ON CONFLICT DO NOTHING",
            [run.pk],
        )
    answer(officer(), run, asked(run)[0], "village")


def _counts(who: Any) -> tuple[int, ...]:
    with as_user(who), connection.cursor() as cursor:
        found = []
        for name in TABLES:
            cursor.execute(f"SELECT count(*) FROM outreach_{name}")
            found.append(cursor.fetchone()[0])
        return tuple(found)
