"""Results: by two, append-only, with ties told; published once; certificates that can be checked; the best go on."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import results_made as made
from django.db import DatabaseError, connection, transaction

from jamsostek.access.errors import Refused
from jamsostek.access.scope import acting, nobody
from jamsostek.core.errors import InputError
from tests import cast

pytestmark = pytest.mark.usefixtures("db")


def _standing(of: Any, category: str = made.COVERAGE) -> Any:
    from jamsostek.awards.queries import results

    with cast.everyone():
        return results.standing(of.pk, category, "province", made.JATIM)


def _ready(shares: Any = made.SHARES) -> tuple[Any, dict[int, Any], Any]:
    of = made.edition()
    entries = made.entered(of, shares)
    made.reveal(entries.values())
    return of, entries, made.final(of, entries.values(), shares)


def test_a_result_is_computed_by_one_and_decided_by_another() -> None:
    _of, entries, snapshot = _ready()
    one, two = made.committee("satu"), made.committee("dua")
    row = made.computed(one, snapshot)
    assert [(place["name"], place["place"], place["honoured"]) for place in row.said["rows"]] == [
        ("Kabupaten Sidoarjo", 1, True), ("Kabupaten Lumajang", 2, True), ("Kabupaten Malang", 3, True),
        ("Kabupaten Gresik", 0, False),
    ]  # fmt: skip
    assert (row.state, row.root, len(entries)) == ("proposed", snapshot.root, 4)
    with pytest.raises(Refused, match="menghitung"):
        made.decided(one, row)
    assert made.decided(two, row).state == "decided"
    assert made.computed(one, snapshot).code == row.code


def test_who_computed_cannot_decide_past_the_application_either() -> None:
    _of, _entries, snapshot = _ready()
    one = made.committee("satu")
    row = made.computed(one, snapshot)
    with cast.as_user(one), pytest.raises(DatabaseError, match="another"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO awards_resultanswer (result_id, decided, by_id) VALUES (%s, true, 999999)", [row.id])
    with cast.everyone(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE awards_result SET content = '{}' WHERE id = %s", [row.id])
    with cast.everyone(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO awards_result (code, edition_id, version, category, level, area, snapshot_id, root, content, digest) "
            "SELECT 'abcdefghjk', edition_id, version, category, level, area, snapshot_id, root, content || ' ', digest "
            "FROM awards_result WHERE id = %s", [row.id],
        )  # fmt: skip


def test_the_digest_is_of_what_is_kept_and_scores_come_out_the_same_again() -> None:
    from jamsostek.awards import outcome
    from jamsostek.awards.models import Result
    from jamsostek.awards.reading import read, samples

    _of, _entries, snapshot = _ready()
    row = made.computed(made.committee("satu"), snapshot)
    with cast.everyone():
        content = Result.objects.get(pk=row.id).content
    assert hashlib.sha256(content.encode()).hexdigest() == row.digest
    said = json.loads(content)
    again = outcome.scored_in(said, read(samples()["peragaan-2026"]).category(made.COVERAGE))
    assert {key: int(score) for key, score in zip(again.keys, again.scores, strict=True)} == {
        place["entry"]: place["score"] for place in said["rows"]
    }


def test_marks_that_are_not_revealed_make_no_result() -> None:
    of = made.edition()
    entries = made.entered(of)
    snapshot = made.final(of, entries.values(), made.SHARES)
    with pytest.raises(InputError, match="belum dibuka"):
        made.computed(made.committee("satu"), snapshot)


def test_marks_far_apart_are_discussed_first() -> None:
    import juries_made as juries

    of = made.edition()
    entry = juries.entry(of, made.SIDOARJO)
    users = [juries.juror(f"juri{at}", seat) for at, seat in enumerate(("chair", "labour", "union"))]
    for (user, seat), marks in zip(users, (20, 60, 90), strict=True):
        juries.marks(user, seat, entry, innovation=marks)
        juries.frozen(user, seat)
    juries.revealed()
    snapshot = made.final(of, [entry], {made.SIDOARJO: 50})
    with pytest.raises(InputError, match="belum dibahas"):
        made.computed(made.committee("satu"), snapshot, category=made.INNOVATION)


def test_a_snapshot_of_an_older_version_or_of_measures_alone_is_refused() -> None:
    import datetime as dt

    import juries_made as juries

    of, entries, snapshot = _ready()
    measured = made.final(of, entries.values(), {**made.SHARES, made.GRESIK: 21}, kind="measured")
    with pytest.raises(InputError, match="potret akhir"):
        made.computed(made.committee("satu"), measured)
    juries.moved(of, dt.timedelta(hours=5))
    with pytest.raises(InputError, match="versi"):
        made.computed(made.committee("satu"), snapshot)


def test_who_shares_the_last_place_is_honoured_too() -> None:
    shares = {made.SIDOARJO: 80, made.LUMAJANG: 70, made.MALANG: 50, made.GRESIK: 50, made.JOMBANG: 10}
    _of, _entries, snapshot = _ready(shares)
    row = made.computed(made.committee("satu"), snapshot)
    assert [place["rank"] for place in row.said["rows"]] == [1, 2, 3, 3, 5]
    assert [place["honoured"] for place in row.said["rows"]] == [True, True, True, True, False]
    assert row.said["winners"] == 3


def test_a_contest_below_the_least_score_has_no_winner() -> None:
    import juries_made as juries

    from jamsostek.awards import outcome
    from jamsostek.awards.queries.snapshots import content

    of = made.edition()
    entry = juries.entry(of, 901, category=made.LARGE, subject="employer", name="PT Rekaan", regency=made.SIDOARJO)
    snapshot = made.final(of, [entry], {made.SIDOARJO: 10}, firms=[made.firm(901, "PT Rekaan", 5)], unmarked=True)
    with cast.everyone():
        said = outcome.outcome(content(snapshot), made.LARGE, "province", made.JATIM)
    assert [(row["place"], row["honoured"]) for row in said["rows"]] == [(0, False)]
    assert "least_score" in said["rows"][0]["why"] and outcome.winners_in(said) == []


def test_a_decided_result_is_replaced_only_with_a_reason_and_before_it_is_public() -> None:
    of, entries, snapshot = _ready()
    one, two = made.committee("satu"), made.committee("dua")
    first = made.decided(two, made.computed(one, snapshot))
    other = made.final(of, entries.values(), {**made.SHARES, made.GRESIK: 90})
    with pytest.raises(InputError, match="mengapa"):
        made.computed(one, other)
    second = made.computed(one, other, reason="Ukuran Gresik diperbaiki")
    assert (second.replaces, second.reason, _standing(of).code) == (first.code, "Ukuran Gresik diperbaiki", second.code)
    made.decided(two, second, yes=False, reason="Belum lengkap")
    assert _standing(of).code == first.code
    made.published(two)
    with pytest.raises(InputError, match="diumumkan"):
        made.computed(one, made.final(of, entries.values(), {**made.SHARES, made.GRESIK: 91}), reason="Lagi")


def test_nothing_is_published_while_a_contest_is_open() -> None:
    of = made.edition()
    entries, other = made.entered(of), made.entered(of, [made.SIDOARJO], category=made.INNOVATION)
    made.reveal(entries.values())
    snapshot = made.final(of, entries.values(), made.SHARES)
    made.decided(made.committee("dua"), made.computed(made.committee("satu"), snapshot))
    with pytest.raises(InputError, match="Belum semua lomba"):
        made.published(made.committee("tiga"))
    assert other


def test_the_best_of_a_province_goes_on_to_the_zone_of_its_province() -> None:
    from jamsostek.awards.queries.entries import entries as competing

    of, entries, _row = made.announced()
    with cast.everyone():
        found = competing(of.pk, level="nation")
    assert [(one.name, one.area, one.state) for one in found] == [("Kabupaten Sidoarjo", 2, "accepted")]
    assert found[0].promoted_from_id == entries[made.SIDOARJO].pk


def test_a_committee_of_another_province_neither_computes_nor_sees() -> None:
    from jamsostek.awards.queries import results

    _of, _entries, snapshot = _ready()
    row = made.computed(made.committee("satu"), snapshot)
    other = made.committee("jateng", made.JATENG)
    with pytest.raises(Refused):
        made.computed(other, snapshot)
    with cast.as_user(other):
        assert results.result(row.code) is None
    with acting(nobody()):
        assert results.result(row.code) is None


def test_a_certificate_is_checked_forged_and_revoked() -> None:
    from jamsostek.awards.actions import results as actions
    from jamsostek.awards.models import Certificate
    from jamsostek.awards.queries.results import check, whole

    _of, entries, row = made.announced()
    with acting(nobody()):
        given = {one.entry.code: one for one in Certificate.objects.select_related("entry")}
        assert set(given) == {entries[code].code for code in (made.SIDOARJO, made.LUMAJANG, made.MALANG)}
        mine = given[entries[made.SIDOARJO].code]
        found = check(f"{mine.code[:4]}-{mine.code[4:]}".lower(), row.digest[:16])
        assert (found.holds, found.says and found.says["name"]) == ("valid", "Kabupaten Sidoarjo")
        assert check("ABCDEFGHJKLM").holds == "unknown"
        assert check(mine.code, "0" * 16).holds == "changed"
    for change in ({"statement": mine.statement.replace("Sidoarjo", "Gresik")}, {"rank": 2}, {"number": "PALSU"}):
        for name, value in change.items():
            setattr(mine, name, value)
        assert not whole(mine)
        mine.refresh_from_db()
    assert whole(mine)
    with cast.everyone(), pytest.raises(DatabaseError, match="no certificate"), transaction.atomic():
        Certificate.objects.create(
            code="PALSUPALSU22", number="PALSU", result_id=row.id, entry=entries[made.GRESIK], rank=1, statement=mine.statement,
            key_id=mine.key_id, signature=bytes(mine.signature),
        )  # fmt: skip
    one, two = made.committee("satu"), made.committee("dua")
    with cast.as_user(one):
        actions.ask_annulment(code=row.code, reason="Ukuran keliru")
        with pytest.raises(Refused):
            actions.answer_annulment(code=row.code, confirmed=True)
    with cast.as_user(two):
        assert actions.answer_annulment(code=row.code, confirmed=True).state == "annulled"
    with acting(nobody()):
        found = check(mine.code)
        assert (found.holds, found.why) == ("revoked", "Ukuran keliru")


def test_the_nation_decides_on_who_a_standing_result_sent_only() -> None:
    from jamsostek.awards.actions import entries as nominations
    from jamsostek.awards.actions import results as actions
    from jamsostek.awards.models import Entry

    of, _entries, row = made.announced()
    one, two = made.committee("satu"), made.committee("dua")
    with cast.everyone():
        gone_on = list(Entry.objects.filter(edition=of, level="nation"))
    zone = gone_on[0].area
    assert [entry.name for entry in gone_on] == ["Kabupaten Sidoarjo"]
    made.reveal(gone_on, area=zone, level="nation")
    snapshot = made.final(of, gone_on, made.SHARES, level="nation")
    national = made.computed(one, snapshot, level="nation", area=zone)
    assert [(place["name"], place["place"]) for place in national.said["rows"]] == [("Kabupaten Sidoarjo", 1)]
    with cast.as_user(one):
        actions.ask_annulment(code=row.code, reason="Ukuran keliru")
    with cast.as_user(two):
        actions.answer_annulment(code=row.code, confirmed=True)
    with pytest.raises(InputError, match="Kabupaten Sidoarjo sudah dibatalkan"):
        made.computed(one, snapshot, level="nation", area=zone)
    with pytest.raises(InputError, match="Kabupaten Sidoarjo sudah dibatalkan"):
        made.decided(two, national)
    with cast.as_user(one):
        nominations.disqualify(code=gone_on[0].code, reason="Hasil provinsinya dibatalkan")
    assert made.computed(one, snapshot, level="nation", area=zone).code == national.code


def test_an_annulment_is_confirmed_by_another_past_the_application_too() -> None:
    from jamsostek.awards.actions import results as actions

    _of, _entries, row = made.announced()
    one = made.committee("satu")
    with cast.as_user(one):
        asked = actions.ask_annulment(code=row.code, reason="Ukuran keliru")
        with pytest.raises(DatabaseError, match="another"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO awards_annulmentanswer (annulment_id, confirmed) VALUES (%s, true)", [asked.pk])
