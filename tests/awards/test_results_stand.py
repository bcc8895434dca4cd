"""Which result of a contest stands: with the marks in it, after annulments, and on rules that changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import juries_made as juries
import pytest
import results_made as made
from django.db import DatabaseError, connection, transaction

from jamsostek.core.errors import InputError
from tests import cast

pytestmark = pytest.mark.usefixtures("db")
OTHER = {**made.SHARES, made.GRESIK: 90}
THIRD = {**made.SHARES, made.GRESIK: 91}


def _ready() -> tuple[Any, dict[int, Any]]:
    of = made.edition()
    entries = made.entered(of)
    made.reveal(entries.values())
    return of, entries


def _people() -> tuple[Any, Any]:
    return made.committee("satu"), made.committee("dua")


def _annulled(row: Any, why: str = "Ukuran keliru") -> Any:
    from jamsostek.awards.actions import results as actions

    one, two = _people()
    with cast.as_user(one):
        actions.ask_annulment(code=row.code, reason=why)
    with cast.as_user(two):
        return actions.answer_annulment(code=row.code, confirmed=True)


def _states(of: Any) -> list[str]:
    """Oldest first; what SQL says stands is what the query says stands."""
    from jamsostek.awards.queries import results

    with cast.everyone():
        found = results.results(of.pk, level="province", area=made.JATIM, category=made.COVERAGE)
        stands = [one.id for one in found if one.state in ("proposed", "decided")]
        with connection.cursor() as cursor:
            cursor.execute("SELECT awards_standing_result(%s, %s, 'province', %s)", [of.pk, made.COVERAGE, made.JATIM])
            assert stands == [one for one in cursor.fetchone() if one is not None]
    return [str(one.state) for one in reversed(found)]


def _inserted(snapshot: Any, content: str = "{}") -> None:
    """A row of a result, past the application."""
    import hashlib

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO awards_result (code, edition_id, version, category, level, area, snapshot_id, root, content, digest) "
            "VALUES ('abcdefghjk', %s, %s, %s, 'province', %s, %s, %s, %s, %s)",
            [
                snapshot.edition_id, snapshot.version, made.COVERAGE, made.JATIM, snapshot.pk, snapshot.root, content,
                hashlib.sha256(content.encode()).hexdigest(),
            ],
        )  # fmt: skip


def test_a_snapshot_from_before_the_marks_makes_no_result() -> None:
    of = made.edition()
    entries = made.entered(of)
    juries.closed()
    before = made.final(of, entries.values(), made.SHARES, unmarked=True)
    made.reveal(entries.values())
    one, _two = _people()
    with pytest.raises(InputError, match="sebelum nilai juri") as told:
        made.computed(one, before)
    assert "potret akhir yang baru" in told.value.remedy
    with cast.as_user(one), pytest.raises(DatabaseError, match="before the marks"):
        _inserted(before)
    after = made.final(of, entries.values(), made.SHARES)
    assert made.computed(one, after).state == "proposed"


def test_a_snapshot_that_was_read_before_the_marks_and_written_after_makes_no_result() -> None:
    of, entries = _ready()
    late = made.final(of, entries.values(), made.SHARES, unmarked=True)
    with pytest.raises(InputError, match="sebelum nilai juri"):
        made.computed(made.committee("satu"), late)


def test_what_was_replaced_stays_so_when_its_successor_is_annulled() -> None:
    of, entries = _ready()
    one, two = _people()
    made.decided(two, made.computed(one, made.final(of, entries.values(), made.SHARES)))
    second = made.decided(two, made.computed(one, made.final(of, entries.values(), OTHER), reason="Ukuran diperbaiki"))
    assert _states(of) == ["replaced", "decided"]
    made.published(two)
    _annulled(second)
    assert _states(of) == ["replaced", "annulled"]
    third = made.computed(one, made.final(of, entries.values(), THIRD), reason="Ukuran diperbaiki lagi")
    assert (third.replaces, _states(of)) == (second.code, ["replaced", "annulled", "proposed"])
    made.decided(two, third)
    assert _states(of) == ["replaced", "annulled", "decided"]


def test_a_proposal_that_was_replaced_gives_way_when_its_successor_is_annulled() -> None:
    of, entries = _ready()
    one, two = _people()
    first = made.final(of, entries.values(), made.SHARES)
    made.computed(one, first)
    second = made.decided(two, made.computed(one, made.final(of, entries.values(), OTHER), reason="Ukuran diperbaiki"))
    made.published(two)
    _annulled(second)
    assert _states(of) == ["replaced", "annulled"]
    again = made.computed(one, first, reason="Yang pertama benar")
    assert _states(of) == ["replaced", "annulled", "proposed"]
    assert again.digest == made.decided(two, again).digest


def test_a_refused_successor_leaves_what_stood() -> None:
    of, entries = _ready()
    one, two = _people()
    made.decided(two, made.computed(one, made.final(of, entries.values(), made.SHARES)))
    other = made.final(of, entries.values(), OTHER)
    for at in range(2):
        made.decided(two, made.computed(one, other, reason="Ukuran diperbaiki"), yes=False, reason="Belum lengkap")
        assert _states(of) == ["decided", *["refused"] * (at + 1)]


def test_what_was_annulled_is_not_computed_the_same_again() -> None:
    of, entries = _ready()
    one, two = _people()
    snapshot = made.final(of, entries.values(), made.SHARES)
    row = made.decided(two, made.computed(one, snapshot))
    _annulled(row, "Ukuran Gresik keliru")
    with pytest.raises(InputError, match="sudah dibatalkan: Ukuran Gresik keliru"):
        made.computed(one, snapshot, reason="Lagi")
    from jamsostek.awards.models import Result

    with cast.everyone():
        content = Result.objects.get(pk=row.id).content
    with cast.as_user(one), pytest.raises(DatabaseError, match="was annulled"):
        _inserted(snapshot, content)
    assert _states(of) == ["annulled"]


def test_a_proposal_in_a_public_level_gives_way_to_another() -> None:
    of, entries = _ready()
    one, two = _people()
    row = made.decided(two, made.computed(one, made.final(of, entries.values(), made.SHARES)))
    made.published(two)
    _annulled(row)
    other = made.final(of, entries.values(), OTHER)
    made.computed(one, other, reason="Ukuran diperbaiki")
    third = made.computed(one, made.final(of, entries.values(), THIRD), reason="Ukuran diperbaiki lagi")
    assert _states(of) == ["annulled", "replaced", "proposed"]
    made.decided(two, third)
    with pytest.raises(InputError, match="sudah diumumkan"):
        made.computed(one, other, reason="Lagi")


def test_a_proposal_on_older_rules_says_that_only_computing_anew_helps() -> None:
    of, entries = _ready()
    one, two = _people()
    row = made.computed(one, made.final(of, entries.values(), made.SHARES))
    juries.moved(of, dt.timedelta(hours=5))
    with pytest.raises(InputError, match="Aturan edisi ini berubah") as told:
        made.decided(two, row)
    assert "hitung lagi" in told.value.remedy
    assert made.decided(two, row, yes=False, reason="Aturannya berubah").state == "refused"
