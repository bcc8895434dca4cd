"""A register linked to the participants of the registry, asked about, and linked again with what people answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from jamsostek.core.errors import InputError
from jamsostek.outreach.actions import linking
from jamsostek.outreach.models import Answer, Link, Person, Run
from tests import cast
from tests.outreach.test_registers import as_user, csv, officer, read, sent

BORN = dt.date(1980, 3, 12)


def line(name: str, nik: str = "", born: dt.date = BORN, sex: str = "P", village: int = 3515511001) -> str:
    return f"{name},{nik},{sex},{born:%d-%m-%Y},{village},1"


@pytest.fixture
def people(committed_db: Any) -> Any:
    """Participants, and a register in which some of them are."""
    with cast.everyone():
        known = [
            cast.participant(
                f"Orang{chr(97 + n % 26)}{chr(97 + n // 26)} Contoh{chr(97 + n % 17)}",
                birth_date=BORN + dt.timedelta(days=n * 37),
                sex="f",
                village_code=None,
            )
            for n in range(60)
        ]
        from jamsostek.registry.queries.linking import written_people

        written = {row["id"]: row for table in written_people() for row in table.to_pylist()}
    rows = [line(one.name.upper(), written[one.pk]["nik"], one.birth_date) for one in known[:40]]
    rows += [line(f"Lain{chr(97 + n)} Sekali", born=BORN + dt.timedelta(days=n * 91)) for n in range(20)]
    with as_user(officer()):
        register = sent(csv(*rows))
    return known, read(register)


def linked(register: Any, **against: Any) -> Run:
    with as_user(officer()):
        run = linking.ask_for(register_id=register.pk, **against)
        assert linking.ask_for(register_id=register.pk, **against).pk == run.pk
    linking.work(run.pk, now=timezone.now())
    with cast.everyone():
        return Run.objects.get(pk=run.pk)


def test_a_register_is_linked_and_every_person_has_an_outcome(people: Any) -> None:
    known, register = people
    run = linked(register)
    assert run.state == "done", run.error
    with as_user(officer()):
        found = {one.person_id: one for one in Link.objects.filter(run_id=run.pk)}
        assert len(found) == Person.objects.count() == 60
        same = [one for one in found.values() if one.outcome == "same"]
        assert len(same) >= 35
        by_row = {one.pk: one.row_number for one in Person.objects.all()}
        assert all(known[by_row[one.person_id] - 2].pk == one.member_id for one in same)
        assert sum(run.counts.values()) == 60
    with as_user(officer(3516)):
        assert Link.objects.count() == Run.objects.count() == 0


def test_answers_are_remembered_for_the_next_snapshot(people: Any) -> None:
    _known, register = people
    run = linked(register)
    with cast.everyone():
        one = Link.objects.filter(run_id=run.pk, outcome="same").first()
        assert one is not None
    with as_user(officer()):
        with pytest.raises(InputError):
            linking.answer(run_id=run.pk, person_id=one.person_id, answer="different", reason=" ", blind=True)
        linking.answer(
            run_id=run.pk, person_id=one.person_id, answer="different", reason="Orang lain, kata kepala dusun", blind=True
        )
    again = linked(register)
    with cast.everyone():
        assert Link.objects.get(run_id=again.pk, person_id=one.person_id).outcome == "different"
        assert Answer.objects.count() == 1
    with as_user(officer()):
        linking.answer(run_id=run.pk, person_id=one.person_id, answer="withdrawn", reason="Keliru", blind=False)
    third = linked(register)
    with cast.everyone():
        assert Link.objects.get(run_id=third.pk, person_id=one.person_id).outcome == "same"


def test_somebody_twice_in_a_list_or_in_the_civil_register_is_asked_about(people: Any) -> None:
    _known, register = people
    with cast.everyone():
        first, last = Person.objects.order_by("pk").first(), Person.objects.order_by("pk").last()
    assert first is not None and last is not None
    rows = [
        line("Warga Baru Sendiri", born=dt.date(1999, 9, 9)),
        *2 * [line(first.name, born=first.birth_date, village=3515511002)],
    ]
    with as_user(officer()):
        other = sent(csv(*rows))
        with pytest.raises(InputError):
            linking.ask_for(register_id=other.pk, against="register", against_id=register.pk)
    other = read(other)
    with as_user(officer()):
        for wrong in ({"against": "register"}, {"against": "register", "against_id": other.pk}, {"against": "civil"}):
            with pytest.raises(InputError):
                linking.ask_for(register_id=other.pk, **wrong)
    doubles = linked(other, against="within")
    met = linked(other, against="register", against_id=register.pk)
    with cast.everyone():
        twice = Link.objects.get(run_id=doubles.pk)
        assert (twice.outcome, twice.reasons, twice.person.row_number) == ("ask", ["keeps_out"], 4)
        assert Person.objects.get(pk=twice.member_id).row_number == 3
        assert {one.member_id for one in Link.objects.filter(run_id=met.pk)} == {first.pk}
        assert doubles.counts == {"same": 0, "ask": 1, "different": 2}


@pytest.mark.parametrize(
    ("answers", "certain"),
    [([], None), (["same"], None), (["same", "same"], "same"), (["different"], "different"), (["same", "different"], None),
     (["unsure", "same"], None), (["withdrawn"], None), (["village", "different"], "different")],
)  # fmt: skip
def test_keeping_somebody_out_takes_two(answers: list[str], certain: str | None, db: Any) -> None:
    record, member = b"r" * 16, b"m" * 16
    with cast.everyone():
        for by, said in enumerate(answers):
            Answer.objects.create(
                region_code=3515, record_key=record, member_key=member, answer=said, reason="x", blind=True, by=by + 1
            )
        assert linking.settled(3515).get((record, member)) == certain
