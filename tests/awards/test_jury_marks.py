"""Marks are blind until they are revealed, by every way into the database; then they stay as they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from jamsostek.core.errors import InputError
from tests import cast
from tests.awards import competing
from tests.awards import juries_made as made

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def jury() -> dict[str, Any]:
    """Two candidates and three jurors who declared that they have no interest."""
    edition = made.edition()
    return {
        "edition": edition,
        "first": made.entry(edition, made.SIDOARJO),
        "second": made.entry(edition, made.LUMAJANG),
        "a": made.juror("juri-a", "chair"),
        "b": made.juror("juri-b", "labour"),
        "c": made.juror("juri-c", "union"),
    }


def all_marked(jury: dict[str, Any], freeze: bool = True) -> None:
    for at, name in enumerate("abc"):
        for entry in ("first", "second"):
            made.marks(*jury[name], jury[entry], 50 + 10 * at, 70)
        if freeze:
            made.frozen(*jury[name])


def read(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def test_nobody_reads_the_marks_of_another_before_they_are_revealed(jury: dict[str, Any]) -> None:
    from jamsostek.awards.models import CountedMark, Mark

    all_marked(jury)
    user, seat = jury["a"]
    with cast.as_user(user):
        assert {row[0] for row in read("SELECT DISTINCT juror_id FROM awards_mark")} == {seat.pk}
        assert {row[0] for row in read("SELECT DISTINCT juror_id FROM awards_counted")} == {seat.pk}
    people = [cast.user("panitia", "award_committee"), cast.user("pusat", "head_office"), cast.user("auditor", "auditor")]
    for who in people:
        with cast.as_user(who):
            assert read("SELECT count(*), max(marks), count(note) FROM awards_mark") == [(0, None, 0)]
            assert not Mark.objects.exists()
            assert not CountedMark.objects.exists()
    with cast.everyone():
        assert not Mark.objects.exists()


def test_after_the_reveal_they_are_read_and_counted(jury: dict[str, Any]) -> None:
    from jamsostek.awards.queries.juries import revealed

    all_marked(jury)
    with cast.everyone():
        assert revealed(jury["edition"].pk, "province") == []
    made.revealed()
    with cast.everyone():
        found = revealed(jury["edition"].pk, "province")
    assert len(found) == 12
    assert sorted(one.marks for one in found if one.criterion == "innovation") == [50, 50, 60, 60, 70, 70]
    assert {one.seat_code for one in found} == {jury[name][1].code for name in "abc"}


def test_a_mark_of_another_is_refused_by_raw_sql(jury: dict[str, Any]) -> None:
    user, _seat = jury["a"]
    with cast.as_user(user), pytest.raises(DatabaseError), transaction.atomic():
        read(
            "INSERT INTO awards_mark (juror_id, entry_id, criterion, marks) VALUES (%s, %s, 'innovation', 1) RETURNING id",
            jury["b"][1].pk, jury["first"].pk,
        )  # fmt: skip


def test_the_last_revision_counts_and_the_same_again_is_nothing_new(jury: dict[str, Any]) -> None:
    from jamsostek.awards.models import Mark
    from jamsostek.awards.queries.juries import revealed

    user, _seat = jury["a"]
    assert len(made.marks(user, jury["a"][1], jury["first"], 10, 20)) == 2
    assert made.marks(user, jury["a"][1], jury["first"], 10, 20) == []
    assert len(made.marks(user, jury["a"][1], jury["first"], 11, 20)) == 1
    with cast.as_user(user):
        assert list(Mark.objects.filter(criterion="innovation").values_list("marks", flat=True)) == [10, 11]
        with pytest.raises(DatabaseError), transaction.atomic():
            Mark.objects.update(marks=99)
        with pytest.raises(DatabaseError), transaction.atomic():
            Mark.objects.all().delete()
    made.marks(user, jury["a"][1], jury["second"])
    made.frozen(*jury["a"])
    for name in "bc":
        made.marks(*jury[name], jury["first"])
        made.marks(*jury[name], jury["second"])
        made.frozen(*jury[name])
    made.revealed()
    with cast.everyone():
        found = {(one.entry_code, one.criterion, one.seat_code): one.marks for one in revealed(jury["edition"].pk, "province")}
    assert found[jury["first"].code, "innovation", jury["a"][1].code] == 11


def test_frozen_marks_do_not_change(jury: dict[str, Any]) -> None:
    for entry in ("first", "second"):
        made.marks(*jury["a"], jury[entry])
    first = made.frozen(*jury["a"])
    assert made.frozen(*jury["a"]).pk == first.pk
    with pytest.raises(InputError, match="sudah dikunci"):
        made.marks(*jury["a"], jury["first"], 1, 2)


def test_freezing_names_whom_marks_are_missing_for(jury: dict[str, Any]) -> None:
    made.marks(*jury["a"], jury["first"])
    with pytest.raises(InputError, match=f"belum lengkap: {jury['second'].name}"):
        made.frozen(*jury["a"])
    user, seat = jury["a"]
    with cast.as_user(user), pytest.raises(DatabaseError) as error, transaction.atomic():
        read("INSERT INTO awards_freeze (juror_id, category, area) VALUES (%s, %s, %s) RETURNING id", seat.pk, made.CATEGORY, 35)
    assert error.value.__cause__.diag.constraint_name == "awards_freeze_incomplete"  # type: ignore[union-attr]


def test_revealing_waits_for_everybody_who_sits(jury: dict[str, Any]) -> None:
    for name in "ab":
        made.marks(*jury[name], jury["first"])
        made.marks(*jury[name], jury["second"])
        made.frozen(*jury[name])
    with pytest.raises(InputError, match=jury["c"][1].name):
        made.revealed()


def test_after_the_reveal_nothing_changes_but_notes(jury: dict[str, Any]) -> None:
    from jamsostek.awards.actions import juries
    from jamsostek.awards.actions.marks import discuss

    all_marked(jury)
    first = made.revealed()
    assert made.revealed().pk == first.pk
    with pytest.raises(InputError, match="sudah dibuka"):
        made.marks(*jury["a"], jury["first"], 1, 2)
    user, seat = jury["a"]
    with cast.as_user(user), pytest.raises(InputError, match="sudah dibuka"):
        juries.declare(juror=seat.code, kind="other", entry=jury["first"].code, note="Terlambat")
    made.closed(over=False)
    with pytest.raises(DatabaseError, match="revealed"), transaction.atomic():
        made.entry(jury["edition"], made.MALANG, accepted=False)
    with cast.everyone():
        assert discuss(entry=jury["first"].code, criterion="innovation", note="Dibahas").pk


def raw_reveal(edition: Any) -> str:
    """The name of the refusal that revealing by raw SQL meets."""
    with cast.everyone(), pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO awards_reveal (edition_id, category, level, area) VALUES (%s, %s, 'province', %s)",
            [edition.pk, made.CATEGORY, made.EAST_JAVA],
        )
    return str(error.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def test_marks_are_not_revealed_while_evidence_is_taken_or_a_nomination_waits(jury: dict[str, Any]) -> None:
    from jamsostek.awards.actions.marks import reveal
    from jamsostek.awards.models import EntryStep

    all_marked(jury)
    asked = {"edition": made.SAMPLE, "category": made.CATEGORY, "level": "province", "area": made.EAST_JAVA}
    assert raw_reveal(jury["edition"]) == "awards_reveal_open"
    with cast.everyone(), pytest.raises(InputError, match=r"Bukti masih diterima sampai .* WIB"):
        reveal(**asked)
    waiting = made.entry(jury["edition"], made.MALANG, name="Kabupaten Menunggu", accepted=False)
    elsewhere = made.entry(jury["edition"], made.MALANG, category="regency_coverage", accepted=False)
    made.closed()
    assert raw_reveal(jury["edition"]) == "awards_reveal_waiting"
    with cast.everyone(), pytest.raises(InputError, match="belum dijawab: Kabupaten Menunggu"):
        reveal(**asked)
    with cast.everyone():
        EntryStep.objects.create(entry=waiting, step="refused", reason="Tidak lengkap")
        assert reveal(**asked).pk
    assert elsewhere.pk


def test_after_the_reveal_no_evidence_comes_or_goes_even_where_a_version_opens_the_days_again(jury: dict[str, Any]) -> None:
    from jamsostek.awards.actions import evidence

    dinas = competing.officer("dinas", made.SIDOARJO)
    sent = competing.send(dinas, jury["first"].code)
    all_marked(jury)
    made.revealed()
    made.closed(over=False)
    with pytest.raises(InputError, match="sudah dibuka, jadi buktinya tidak berubah"):
        competing.send(dinas, jury["first"].code, competing.pdf("Lain"))
    with cast.as_user(dinas), pytest.raises(InputError, match="sudah dibuka, jadi buktinya tidak berubah"):
        evidence.withdraw(code=sent.code)


def test_a_candidate_accepted_after_freezing_is_marked_and_frozen_too(jury: dict[str, Any]) -> None:
    from jamsostek.awards.queries.juries import revealed

    all_marked(jury)
    late = made.entry(jury["edition"], made.MALANG)
    with pytest.raises(InputError, match="Belum mengunci"):
        made.revealed()
    for name in "abc":
        made.marks(*jury[name], late)
        made.frozen(*jury[name])
    made.revealed()
    with cast.everyone():
        assert len(revealed(jury["edition"].pk, "province")) == 18
