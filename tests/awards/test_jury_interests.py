"""Nobody judges where they have an interest: declared or found, by the action and by raw SQL, early or late."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from tests import cast
from tests.awards import juries_made as made

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def edition() -> Any:
    """Open."""
    return made.edition()


def raw_mark(user: Any, seat: Any, entry: Any) -> str:
    """The name of the refusal that a mark by raw SQL meets."""
    with cast.as_user(user), pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO awards_mark (juror_id, entry_id, criterion, marks) VALUES (%s, %s, %s, 50)",
            [seat.pk, entry.pk, "firm_innovation" if entry.subject == "employer" else "innovation"],
        )
    return str(error.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def give(user: Any, seat: Any, entry: Any) -> None:
    """Marks for a firm."""
    from jamsostek.awards.actions.marks import Given, give

    with cast.as_user(user):
        give(juror=seat.code, entry=entry.code, marks={"firm_innovation": Given(50), "understanding": Given(50)})


def declare(user: Any, seat: Any, kind: str, entry: Any = None, note: str = "") -> Any:
    from jamsostek.awards.actions.juries import declare

    with cast.as_user(user):
        return declare(juror=seat.code, kind=kind, entry=entry.code if entry else "", note=note)


def test_nobody_marks_before_declaring(edition: Any) -> None:
    entry = made.entry(edition, made.SIDOARJO)
    user, seat = made.juror("juri", "chair", declared=False)
    with pytest.raises(InputError, match="belum menyatakan"):
        made.marks(user, seat, entry)
    assert raw_mark(user, seat, entry) == "awards_mark_undeclared"
    declare(user, seat, "none")
    assert len(made.marks(user, seat, entry)) == 2


def test_the_own_region_is_found_without_a_word(edition: Any) -> None:
    here = made.entry(edition, made.HOME)
    village = made.entry(edition, made.HOME * 1_000_000 + 11001, category="village", subject="village", regency=made.HOME)
    there = made.entry(edition, made.SIDOARJO)
    province = made.entry(edition, made.EAST_JAVA, category="province", level="nation", area=2, subject="province")
    user, seat = made.juror("juri", "chair")
    for entry in (here, village):
        assert raw_mark(user, seat, entry) == "awards_mark_conflict"
    nation, national = made.juror("juri-nasional", "chair", level="nation", area=0)
    assert raw_mark(nation, national, province) == "awards_mark_conflict"
    assert len(made.marks(user, seat, there)) == 2


@pytest.mark.parametrize("role", ["employer_clerk", "employer_approver"])
def test_a_firm_the_juror_works_for_in_the_system_is_found(edition: Any, role: str) -> None:
    from jamsostek.access.models import Grant

    with cast.everyone():
        firm = cast.employer()
    entry = made.entry(edition, firm.pk, category="employer_large", subject="employer")
    user, seat = made.juror("juri", "chair")
    Grant.objects.create(user=user, role=role, kind="employer", target=firm.pk, from_month=202601)
    assert raw_mark(user, seat, entry) == "awards_mark_conflict"


def test_the_firm_that_employs_the_juror_is_found(edition: Any) -> None:
    from jamsostek.access.models import Grant

    with cast.everyone():
        firm, worker = cast.employer(), cast.participant()
        cast.works(worker, firm)
    entry = made.entry(edition, firm.pk, category="employer_large", subject="employer")
    user, seat = made.juror("juri", "chair")
    Grant.objects.create(user=user, role="worker", kind="self", target=worker.pk, from_month=202601)
    assert raw_mark(user, seat, entry) == "awards_mark_conflict"


def test_a_relatives_firm_is_declared_once_for_all_its_entries(edition: Any) -> None:
    with cast.everyone():
        firm = cast.employer()
    entries = [
        made.entry(edition, firm.pk, category=category, subject="employer") for category in ("employer_large", "sector_trade")
    ]
    user, seat = made.juror("juri", "chair", declared=False)
    first = declare(user, seat, "relative", entries[0])
    assert declare(user, seat, "relative", entries[0]).pk == first.pk
    for entry in entries:
        assert raw_mark(user, seat, entry) == "awards_mark_conflict"
        with pytest.raises(InputError, match="kepentingan"):
            give(user, seat, entry)


def test_a_late_declaration_strikes_the_marks_and_keeps_them(edition: Any) -> None:
    from jamsostek.awards.models import Mark, Strike
    from jamsostek.awards.queries.juries import Contest, marked, missing, revealed

    entry, other = made.entry(edition, made.SIDOARJO), made.entry(edition, made.LUMAJANG)
    seats = [made.juror(f"juri-{at}", seat) for at, seat in enumerate(("chair", "labour", "union", "law"))]
    for user, seat in seats:
        made.marks(user, seat, entry)
        made.marks(user, seat, other)
        made.frozen(user, seat)
    user, seat = seats[0]
    declare(user, seat, "other", entry, "Baru diketahui")
    contest = Contest(made.CATEGORY, "province", made.EAST_JAVA)
    with cast.as_user(user):
        assert Mark.objects.filter(entry=entry).count() == 2
        assert Strike.objects.get().reason == "Baru diketahui"
        assert missing(seat.pk, contest) == {}
        assert {one.entry.pk: one.marks for one in marked(edition.pk, contest)} == {entry.pk: 3, other.pk: 4}
    made.revealed()
    with cast.everyone():
        seen = {one.seat_code for one in revealed(edition.pk, "province") if one.entry_code == entry.code}
    assert seen == {seat.code for _user, seat in seats[1:]}


def test_an_interest_that_arises_after_the_marks_is_found_when_they_are_revealed(edition: Any) -> None:
    from jamsostek.access.models import Grant
    from jamsostek.awards.queries.juries import revealed

    with cast.everyone():
        firm = cast.employer()
    entry = made.entry(edition, firm.pk, category="sector_trade", subject="employer")
    seats = [made.juror(f"juri-{at}", seat) for at, seat in enumerate(("chair", "labour", "union", "law"))]
    for user, seat in seats:
        give(user, seat, entry)
        made.frozen(user, seat, "sector_trade")
    Grant.objects.create(user=seats[1][0], role="employer_clerk", kind="employer", target=firm.pk, from_month=202601)
    made.revealed("sector_trade")
    with cast.everyone():
        assert {one.seat_code for one in revealed(edition.pk, "province")} == {seats[at][1].code for at in (0, 2, 3)}


def test_nobody_declares_for_another(edition: Any) -> None:
    user, _seat = made.juror("juri", "chair")
    _other, theirs = made.juror("juri-b", "labour")
    with pytest.raises(Refused):
        declare(user, theirs, "none")
    with cast.as_user(user), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO awards_interest (juror_id, kind) VALUES (%s, 'none')", [theirs.pk])


def test_who_reads_interests(edition: Any) -> None:
    from jamsostek.awards.models import Interest

    entry = made.entry(edition, made.SIDOARJO)
    user, seat = made.juror("juri", "chair", declared=False)
    declare(user, seat, "other", entry, "Ipar")
    other, _theirs = made.juror("juri-b", "labour")
    for who, seen in (
        (user, 1), (other, 0), (cast.user("auditor", "auditor"), 1), (cast.user("panitia", "award_committee"), 1),
        (cast.user("menteri", "ministry"), 0),
    ):  # fmt: skip
        with cast.as_user(who):
            assert Interest.objects.filter(juror=seat).count() == seen


def test_none_names_nobody_and_a_kind_fits_whom_it_is_about(edition: Any) -> None:
    from jamsostek.awards.models import Interest

    with cast.everyone():
        firm = cast.employer()
    region, company = (
        made.entry(edition, made.SIDOARJO),
        made.entry(edition, firm.pk, category="sector_trade", subject="employer"),
    )
    user, seat = made.juror("juri", "chair", declared=False)
    for kind, entry, words in (
        ("none", region, "juga memilih calon"), ("relative", region, "bukan perusahaan"), ("region", company, "bukan daerah"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=words) as error:
            declare(user, seat, kind, entry)
        assert error.value.field == "entry"
        with cast.as_user(user), pytest.raises(DatabaseError, match="awards_interest_"), transaction.atomic():
            Interest.objects.create(
                juror=seat, kind=kind, subject=entry.subject, subject_code=entry.subject_code, subject_name=entry.name
            )
    with cast.as_user(user):
        assert not Interest.objects.exists()
    for kind, entry in (("relative", company), ("region", region), ("employed", company), ("employed", region)):
        assert declare(user, seat, kind, entry).subject_code == entry.subject_code


def test_a_chair_with_an_interest_does_not_discuss_and_the_committee_does(edition: Any) -> None:
    from jamsostek.awards.actions.marks import chaired, discuss
    from jamsostek.awards.models import Discussion

    mine, other = made.entry(edition, made.SIDOARJO), made.entry(edition, made.LUMAJANG)
    seats = [made.juror(f"juri-{at}", seat) for at, seat in enumerate(("chair", "labour", "union", "law"))]
    chair = seats[0]
    for at, (user, seat) in enumerate(seats):
        for entry in (mine, other):
            made.marks(user, seat, entry, 20 * at, 70)
        made.frozen(user, seat)
    declare(*chair, "other", mine, "Ipar")
    made.revealed()
    both = cast.user("rangkap", "award_committee")
    with cast.as_user(chair[0]):
        assert chaired([mine, other]) == {other.pk}
        with pytest.raises(Refused, match="punya kepentingan"):
            discuss(entry=mine.code, criterion="innovation", note="Dari ketua")
        with pytest.raises(DatabaseError, match="interest in entry"), transaction.atomic():
            Discussion.objects.create(entry=mine, criterion="innovation", note="Langsung")
        assert discuss(entry=other.code, criterion="innovation", note="Dari ketua").pk
    with cast.as_user(both):
        assert discuss(entry=mine.code, criterion="innovation", note="Dari panitia").pk
