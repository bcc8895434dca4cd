"""Seats: one person one seat, leaving before and after freezing, the last day by the database's clock, two at once."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from tests import cast
from tests.awards import juries_made as made

CONTEST = (made.CATEGORY, "province", made.EAST_JAVA)


@pytest.fixture
def jury(db: None) -> dict[str, Any]:
    """Two candidates and three jurors."""
    return _jury()


def _jury() -> dict[str, Any]:
    edition = made.edition()
    return {
        "edition": edition,
        "entries": [made.entry(edition, made.SIDOARJO), made.entry(edition, made.LUMAJANG)],
        "seats": [made.juror("juri-a", "chair"), made.juror("juri-b", "labour"), made.juror("juri-c", "union")],
    }


def leave(seat: Any, how: str = "replaced", reason: str = "Sakit") -> Any:
    from jamsostek.awards.actions.juries import leave

    with cast.everyone():
        return leave(juror=seat.code, how=how, reason=reason)


def mark_all(jury: dict[str, Any], user: Any, seat: Any, freeze: bool = True) -> None:
    for entry in jury["entries"]:
        made.marks(user, seat, entry)
    if freeze:
        made.frozen(user, seat)


def codes(jury: dict[str, Any]) -> set[str]:
    from jamsostek.awards.queries.juries import revealed

    with cast.everyone():
        return {one.seat_code for one in revealed(jury["edition"].pk, "province")}


def test_one_person_has_one_seat_at_a_level_and_a_seat_one_person(jury: dict[str, Any]) -> None:
    from jamsostek.awards.actions.juries import appoint

    given = {"edition": made.SAMPLE, "level": "province", "area": 35, "home_regency": made.HOME, "today": cast.TODAY}
    cast.user("juri-d", "jury")
    with cast.everyone():
        with pytest.raises(InputError, match="pernah duduk"):
            appoint(seat="law", username="juri-a", **given)
        with pytest.raises(InputError, match="sudah diduduki"):
            appoint(seat="chair", username="juri-d", **given)
        assert appoint(seat="chair", username="juri-a", **given).pk == jury["seats"][0][1].pk
        assert appoint(seat="chair", username="juri-a", **given | {"level": "nation", "area": 0}).pk


@pytest.mark.parametrize(("changed", "words"), [
    ({"username": "siapa"}, "bukan juri"), ({"username": "orang-lain"}, "bukan juri"), ({"username": "jateng"}, "bukan juri"),
    ({"seat": "dapur"}, "tidak dikenal"), ({"home_regency": 9999}, "tidak ada"), ({"area": 1}, "tidak ada"),
    ({"level": "nation"}, "tidak ada"),
])  # fmt: skip
def test_who_cannot_be_seated_is_told_why(db: None, changed: dict[str, Any], words: str) -> None:
    from jamsostek.awards.actions.juries import appoint

    made.edition()
    cast.user("juri", "jury")
    cast.user("orang-lain", "dealer")
    cast.user("jateng", "jury", "region", 33)
    given = {
        "edition": made.SAMPLE, "level": "province", "area": 35, "seat": "law", "username": "juri", "home_regency": made.HOME,
        "today": cast.TODAY,
    }  # fmt: skip
    with cast.everyone(), pytest.raises(InputError, match=words):
        appoint(**given | changed)


def test_committees_seat_jurors_in_their_own_province_and_never_themselves(db: None) -> None:
    from jamsostek.awards.actions.juries import appoint

    made.edition()
    both = cast.user("rangkap", "jury")
    from jamsostek.access.models import Grant

    Grant.objects.create(user=both, role="award_committee", kind="nation", target=0, from_month=202601)
    given = {
        "edition": made.SAMPLE,
        "level": "province",
        "area": 35,
        "seat": "law",
        "home_regency": made.HOME,
        "today": cast.TODAY,
    }
    with cast.as_user(both), pytest.raises(Refused, match="diri sendiri"):
        appoint(username="rangkap", **given)
    other = cast.user("jateng", "award_committee", "region", 33)
    with cast.as_user(other), pytest.raises(Refused, match="panitia tingkat itu"):
        appoint(username="rangkap", **given)
    with cast.as_user(cast.user("jatim", "award_committee", "region", 35)):
        assert appoint(username="rangkap", **given).pk


def test_marks_frozen_before_leaving_stay_and_count(jury: dict[str, Any]) -> None:
    for user, seat in jury["seats"]:
        mark_all(jury, user, seat)
    gone = leave(jury["seats"][2][1])
    assert gone.left_reason == "Sakit"
    assert leave(jury["seats"][2][1]).left_at == gone.left_at
    made.revealed()
    assert codes(jury) == {seat.code for _user, seat in jury["seats"]}


def test_marks_that_were_not_frozen_before_leaving_do_not_count_and_the_seat_is_free(jury: dict[str, Any]) -> None:
    from jamsostek.awards.queries.juries import Contest, marked

    for at, (user, seat) in enumerate(jury["seats"]):
        mark_all(jury, user, seat, freeze=at < 2)
    user, seat = jury["seats"][2]
    with cast.as_user(user):
        from jamsostek.awards.actions.juries import leave as go

        go(juror=seat.code, how="own_wish", reason="Pindah")
    for refused in (lambda: made.frozen(user, seat), lambda: made.marks(user, seat, jury["entries"][0], 1, 2)):
        with pytest.raises(InputError, match="tidak lagi duduk"):
            refused()
    with pytest.raises(InputError, match="kurang untuk Calon 3508; Calon 3515"):
        made.revealed()
    with cast.everyone():
        found = marked(jury["edition"].pk, Contest(*CONTEST))
    assert [(one.marks, one.least, one.short) for one in found] == [(2, 3, True), (2, 3, True)]
    after, taken = made.juror("juri-pengganti", "union")
    mark_all(jury, after, taken)
    made.revealed()
    assert codes(jury) == {jury["seats"][0][1].code, jury["seats"][1][1].code, taken.code}


def test_too_few_marks_are_revealed_only_with_a_reason_and_named(jury: dict[str, Any]) -> None:
    from jamsostek.awards.queries.juries import short_of_marks

    for user, seat in jury["seats"][:2]:
        mark_all(jury, user, seat)
    leave(jury["seats"][2][1])
    with pytest.raises(InputError, match="kurang untuk"):
        made.revealed()
    assert made.revealed(note="Tidak ada pengganti").note == "Tidak ada pengganti"
    with cast.everyone():
        assert {one.entry.pk for one in short_of_marks(jury["edition"].pk, "province")} == {one.pk for one in jury["entries"]}


def test_after_the_last_moment_of_the_databases_clock_no_mark_and_no_freeze(jury: dict[str, Any]) -> None:
    user, seat = jury["seats"][0]
    made.marks(user, seat, jury["entries"][0])
    made.moved(jury["edition"], -dt.timedelta(seconds=1))
    with pytest.raises(InputError, match="sudah lewat"):
        made.marks(user, seat, jury["entries"][1])
    with cast.as_user(user), pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(  # whatever moment an application writes, the database writes its own
            "INSERT INTO awards_mark (juror_id, entry_id, criterion, marks, made_at)"
            " VALUES (%s, %s, 'innovation', 5, '2020-01-01')",
            [seat.pk, jury["entries"][1].pk],
        )
    assert error.value.__cause__.diag.constraint_name == "awards_mark_late"  # type: ignore[union-attr]


def test_when_the_time_is_over_who_did_not_freeze_is_named_and_does_not_count(jury: dict[str, Any]) -> None:
    extra = made.juror("juri-lambat", "law")
    for user, seat in jury["seats"]:
        mark_all(jury, user, seat)
    mark_all(jury, *extra, freeze=False)
    with pytest.raises(InputError, match="Juri-Lambat"):
        made.revealed()
    made.moved(jury["edition"], -dt.timedelta(seconds=1))
    assert made.revealed().unfrozen == extra[1].code
    assert codes(jury) == {seat.code for _user, seat in jury["seats"]}


def test_an_edition_without_a_last_moment_takes_no_marks(db: None) -> None:
    from jamsostek.awards.models import Version

    edition = made.edition()
    user, seat = made.juror("juri", "chair")
    entry = made.entry(edition, made.SIDOARJO)
    with cast.everyone():
        last = edition.versions.first()
        Version.objects.create(
            edition=edition, number=2, content=last.content, digest=last.digest, nominate_from=last.nominate_from,
            nominate_until=last.nominate_until, evidence_until=last.evidence_until, reason="Uji",
            marking=last.marking | {"until": {}}, deciding=last.deciding,
        )  # fmt: skip
    with pytest.raises(InputError, match="sudah lewat"):
        made.marks(user, seat, entry)


def test_one_who_does_not_compete_is_not_marked(jury: dict[str, Any]) -> None:
    from jamsostek.awards.models import EntryStep

    user, seat = jury["seats"][0]
    waiting = made.entry(jury["edition"], made.MALANG, accepted=False)
    elsewhere = made.entry(jury["edition"], 3374, area=33)
    for entry in (waiting, elsewhere):
        with pytest.raises(InputError, match="bukan untuk Anda nilai"):
            made.marks(user, seat, entry)
    with cast.everyone():
        EntryStep.objects.create(entry=jury["entries"][0], step="withdrawn", reason="Mundur")
    with pytest.raises(InputError, match="bukan untuk Anda nilai"):
        made.marks(user, seat, jury["entries"][0])


def test_marks_and_freezing_at_once_wait_for_each_other(committed_db: Any) -> None:
    """Whichever comes first, no mark is changed after it was frozen."""
    from jamsostek.awards.models import Freeze, Mark

    jury = _jury()
    user, seat = jury["seats"][0]
    for entry in jury["entries"]:
        made.marks(user, seat, entry, 40, 40)
    ready = threading.Barrier(2)
    told: list[str] = []

    def change() -> None:
        ready.wait()
        try:
            made.marks(user, seat, jury["entries"][0], 90, 90)
        except InputError as error:
            told.append(str(error))
        finally:
            connections.close_all()

    def freeze() -> None:
        ready.wait()
        try:
            made.frozen(user, seat)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for one in (change, freeze)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    with cast.as_user(user):
        frozen = Freeze.objects.get().at
        assert all(one.made_at <= frozen for one in Mark.objects.all())
        changed = Mark.objects.filter(marks=90).count()
    assert changed == (0 if told else 2)


def test_two_clicks_freeze_and_reveal_once(committed_db: Any) -> None:
    from jamsostek.awards.models import Freeze, Reveal

    jury = _jury()
    for user, seat in jury["seats"]:
        mark_all(jury, user, seat, freeze=user.username != "juri-a")
    user, seat = jury["seats"][0]

    def twice(action: Any) -> None:
        ready = threading.Barrier(2)

        def run() -> None:
            ready.wait()
            try:
                action()
            except InputError:
                pass
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run) for _at in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)

    twice(lambda: made.frozen(user, seat))
    with cast.everyone():
        assert Freeze.objects.filter(juror=seat).count() == 1
    made.closed()
    twice(made.revealed)
    with cast.everyone():
        assert Reveal.objects.count() == 1
