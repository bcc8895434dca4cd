"""What the cube says of the registry is what the registry says itself."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from jamsostek.access.errors import Refused
from jamsostek.access.models import AuditEntry
from jamsostek.access.roles import Kind, Role
from jamsostek.access.scope import Held, Scope, acting, nobody, system_scope
from jamsostek.core.months import add_months, month_of
from jamsostek.coverage.actions import take_snapshot
from jamsostek.coverage.cube import Question, Snapshot, ask
from jamsostek.registry.actions import changes, merging
from jamsostek.registry.models import Cover, Employment, Merge, Participant, Placement
from jamsostek.registry.queries import timeline
from tests import cast

TODAY = cast.TODAY
NOW = month_of(TODAY)
SYSTEM = system_scope("uji")


@pytest.fixture(scope="module")
def entered(module_db: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small demo with its bills, payments, deaths and merges."""
    from django.conf import settings

    from jamsostek.demo.enter import enter
    from jamsostek.synth.regency import make_regency

    kept, settings.JAMSOSTEK_KEYS = settings.JAMSOSTEK_KEYS, tmp_path_factory.mktemp("keys")
    enter(make_regency(1, workers=1_000, employers=40, month=202610), today=TODAY, now=cast.NOW, tell=lambda *_told: None)
    with acting(SYSTEM):
        _merge_somebody()
        _bury_somebody()
    yield
    settings.JAMSOSTEK_KEYS = kept


def _merge_somebody() -> None:
    """Two numbers, each with a job: one person."""
    merged = set(Merge.objects.values_list("source_id", "into_id"))
    jobs = Employment.objects.filter(to_month=None, participant__died_on=None).order_by("participant_id")
    ids = [one for one in dict.fromkeys(jobs.values_list("participant_id", flat=True)) if not any(one in pair for pair in merged)]
    merging.merge(source_id=ids[0], into_id=ids[1], reason="uji")
    merging.merge(source_id=ids[1], into_id=ids[2], reason="uji")


def _bury_somebody() -> None:
    """Somebody whose job was never ended by the employer."""
    job = Employment.objects.filter(to_month=None, participant__died_on=None, from_month__lt=202601).order_by("-pk").first()
    assert job is not None
    changes.record_death(participant_id=job.participant_id, died_on=dt.date(2026, 8, 9), today=TODAY, reason="uji")


@pytest.fixture(scope="module")
def snapshot(entered: None, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return take_snapshot(scope=SYSTEM, day=TODAY, folder=tmp_path_factory.mktemp("cube"))


def _people() -> dict[int, list[int]]:
    """Those who go on, each with all their numbers."""
    gone = dict(Merge.objects.filter(undone_at=None).values_list("source_id", "into_id"))
    found: dict[int, list[int]] = {}
    for one in Participant.objects.values_list("pk", flat=True):
        at = one
        while at in gone:
            at = gone[at]
        found.setdefault(at, []).append(one)
    return found


def _counted(snapshot: Snapshot, question: Question) -> dict[Any, int]:
    return {row[:-1] if len(row) > 2 else row[0]: row[-1] for row in ask(question, snapshot=snapshot).rows}


def test_active_is_whom_the_card_and_the_timeline_call_covered(snapshot: Snapshot) -> None:
    with acting(SYSTEM):
        people = _people()
        died = {pk: month_of(day) for pk, day in Participant.objects.exclude(died_on=None).values_list("pk", "died_on")}
        spells = timeline.spells_of([one for ids in people.values() for one in ids], NOW)
    months = [add_months(NOW, -back) for back in range(30)]
    expected = Counter(
        month
        for month in months
        for person, ids in people.items()
        if died.get(person, 999912) >= month and timeline.standing([spell for one in ids for spell in spells[one]], month)
    )
    told = _counted(snapshot, Question(tuple(months), by=("month",)))
    assert told == dict(expected)
    assert max(expected.values()) > 500
    assert len(set(expected.values())) > 5


def test_programmes_of_the_active_are_those_of_the_timeline(snapshot: Snapshot) -> None:
    with acting(SYSTEM):
        alive = set(Participant.objects.filter(died_on=None).values_list("pk", flat=True))
        people = [one for one in _people() if one in alive]
        expected = Counter(one for found in timeline.standings(people, NOW).values() for one in found.programmes)
    dead = ask(Question((NOW,), ("registered",)), snapshot=snapshot).rows[0][0] - len(people)
    assert dead == 0  # nobody died in this month
    assert _counted(snapshot, Question((NOW,), by=("programme",))) == dict(expected)


def test_reported_is_what_the_registrys_cells_count(snapshot: Snapshot) -> None:
    """Cells hide fewer than five, leave migrants out, and count numbers rather than persons."""
    question = Question((NOW,), ("reported",), by=("regency", "segment", "sex", "disability"))
    told: Counter[Any] = Counter()
    for *keys, disability, persons in ask(question, snapshot=snapshot).rows:
        told[*keys, disability != "none"] += persons
    with acting(SYSTEM):
        twice = _twice_counted()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM registry_cells(%s)", [NOW])
            cells = {tuple(row[:4]): row[4] for row in cursor.fetchall()}
    assert len([one for one in cells.values() if one]) > 8
    assert sum(twice.values()) >= 1
    for key, persons in cells.items():
        if persons is not None:
            assert told[key] == persons - twice[key], key
    assert sum(told[key] for key in told if key not in cells and key[1] != "migrant") == 0


def _running(rows: Any) -> Any:
    from django.db.models import Q

    return rows.filter(Q(to_month=None) | Q(to_month__gte=NOW), from_month__lte=NOW)


def _ties() -> Iterator[tuple[Participant, str]]:
    for job in _running(Employment.objects.select_related("participant")):
        yield job.participant, job.segment
    for cover in _running(Cover.objects.select_related("participant")):
        yield cover.participant, "bpu_sponsored" if cover.payer == "sponsor" else "bpu_self"


def _key(person: Participant, segment: str) -> tuple[Any, ...]:
    return person.regency_code, segment, person.sex, person.disability_type is not None


def _twice_counted() -> Counter[tuple[Any, ...]]:
    """Ties of merged numbers under a segment that another number of the person has already, or that go to another cell."""
    goes = {one: person for person, ids in _people().items() for one in ids}
    who = Participant.objects.in_bulk()
    cells = Counter(dict.fromkeys({(person.pk, *_key(person, segment)) for person, segment in _ties()}, 1))
    whole = {(goes[one], *_key(who[goes[one]], segment)) for one, _r, segment, _s, _d in cells}
    difference = Counter(key[1:] for key in cells)
    difference.subtract(Counter(key[1:] for key in whole))
    return difference


def test_reported_by_village_is_what_a_regions_own_page_counts(snapshot: Snapshot) -> None:
    """That count follows merges; it knows persons by the village of each of their numbers."""
    with acting(SYSTEM):
        (regency,) = {
            row[0] for row in Participant.objects.values_list("regency_code").annotate(n=Count("pk")).order_by("-n")[:1]
        }
        merged = {one for pair in Merge.objects.values_list("source_id", "into_id") for one in pair}
        elsewhere = set(Participant.objects.filter(pk__in=merged).values_list("village_code", flat=True))
    with acting(Scope(None, "uji", (Held(Role.BRANCH_OFFICER, Kind.REGION, regency),))), connection.cursor() as cursor:
        cursor.execute(
            "SELECT village_code, segment, sum(persons) FROM registry_counts(%s, true) WHERE segment <> '' GROUP BY 1, 2", [NOW]
        )
        expected = {(village, segment): persons for village, segment, persons in cursor.fetchall() if village not in elsewhere}
    question = Question((NOW,), ("reported",), by=("village", "segment"), where={"regency": (regency,)})
    told = {
        (village, segment): persons
        for village, segment, persons in ask(question, snapshot=snapshot).rows
        if village not in elsewhere
    }
    assert told == expected
    assert len(told) > 50


def test_registered_are_all_who_live_once_each(snapshot: Snapshot) -> None:
    with acting(SYSTEM):
        alive = Participant.objects.filter(died_on=None, pk__in=list(_people())).count()
        assert ask(Question((NOW,), ("registered",)), snapshot=snapshot).rows == [(alive,)]
        assert Placement.objects.exists()
    assert ask(Question((NOW,), ("active",), where={"segment": ("migrant",)}), snapshot=snapshot).rows[0][0] > 0


def test_the_dead_are_told_in_the_month_after_and_are_no_lapse(snapshot: Snapshot) -> None:
    told = ask(Question((202609,), ("died",)), snapshot=snapshot)
    assert told.rows[0][0] >= 1


def test_no_name_and_no_number_of_a_person_is_in_the_files(snapshot: Snapshot) -> None:
    with acting(SYSTEM):
        people = list(Participant.objects.values_list("kpj", "name")[:200])
    blob = b"".join(one.read_bytes() for one in snapshot.folder.rglob("*") if one.is_file())
    assert len(blob) > 10_000
    assert not [kpj for kpj, name in people if kpj.encode() in blob or name.encode() in blob]
    assert snapshot.folder.stat().st_mode & 0o077 == 0
    assert not list(snapshot.folder.rglob("*.csv"))


def test_only_those_who_see_everybody_may_take_one_and_the_trail_tells(snapshot: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        take_snapshot(scope=nobody(), day=TODAY, folder=tmp_path)
    with acting(SYSTEM):
        entry = AuditEntry.objects.filter(action="coverage.snapshot_made").latest("pk")
    assert entry.reason == snapshot.name


def test_the_same_registry_gives_the_same_rows_again(snapshot: Snapshot) -> None:
    again = take_snapshot(scope=SYSTEM, day=TODAY, folder=snapshot.folder.parent)
    assert again.rows == snapshot.rows
    assert again.cells == snapshot.cells
    assert all(one.stat().st_nlink > 1 for one in (again.folder / "cells").rglob("*.parquet"))
