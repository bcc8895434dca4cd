"""The pages of jurors and of those who run juries: what each shows, and that nobody's marks are among it too early."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.awards import juries_made as made

pytestmark = pytest.mark.usefixtures("db")
SECRET = "Catatan rahasia juri"


@pytest.fixture
def jury() -> dict[str, Any]:
    """Two candidates, three jurors, a committee of the nation."""
    edition = made.edition()
    return {
        "edition": edition,
        "first": made.entry(edition, made.SIDOARJO, name="Kabupaten Pertama"),
        "second": made.entry(edition, made.LUMAJANG, name="Kabupaten Kedua"),
        "a": made.juror("juri-a", "chair"),
        "b": made.juror("juri-b", "labour"),
        "c": made.juror("juri-c", "union"),
        "committee": cast.user("panitia", "award_committee"),
    }


def seen(who: Any, name: str, *args: Any, **given: Any) -> Any:
    client = cast.signed_in(Client(), who)
    return client.get(reverse(name, args=args), given)


def sent(who: Any, name: str, *args: Any, data: dict[str, Any]) -> Any:
    client = cast.signed_in(Client(), who)
    return client.post(reverse(name, args=args), data)


def contest(jury: dict[str, Any]) -> tuple[Any, ...]:
    return jury["edition"].code, made.CATEGORY, "province", made.EAST_JAVA


def test_a_juror_works_from_the_first_page_to_the_frozen_marks(jury: dict[str, Any]) -> None:
    user, seat = jury["a"]
    assert seat.code in seen(user, "award_jury:home").content.decode()
    page = seen(user, "award_jury:seat", seat.code).content.decode()
    assert "0 dari 2 dinilai" in page
    assert "karang" in page  # the sample's words stand on every page
    for entry in ("first", "second"):
        answer = sent(user, "award_jury:mark", seat.code, jury[entry].code, data={
            "innovation_step": "50", "innovation_marks": "63", "innovation_note": SECRET, "understanding_step": "75",
        })  # fmt: skip
        assert answer.status_code == 302, answer.content.decode()
    page = seen(user, "award_jury:mark", seat.code, jury["first"].code).content.decode()
    assert 'value="63"' in page
    assert SECRET in seen(user, "award_jury:mine", seat.code).content.decode()
    assert "63" in b"".join(seen(user, "award_jury:mine", seat.code, bentuk="csv").streaming_content).decode()
    asked = seen(user, "award_jury:freeze", seat.code, made.CATEGORY, made.EAST_JAVA)
    assert asked.status_code == 200
    assert sent(user, "award_jury:freeze", seat.code, made.CATEGORY, made.EAST_JAVA, data={}).status_code == 302
    assert "Sudah dikunci" in seen(user, "award_jury:contest", seat.code, made.CATEGORY, made.EAST_JAVA).content.decode()
    assert "<button" not in _main(seen(user, "award_jury:mark", seat.code, jury["first"].code).content.decode())


def _main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.parametrize(
    ("marks", "words"), [("101", "antara 0 dan 100"), ("7,5", "antara 0 dan 100"), ("-1", "antara 0 dan 100")]
)
def test_a_wrong_figure_is_told_at_its_field(jury: dict[str, Any], marks: str, words: str) -> None:
    user, seat = jury["a"]
    answer = sent(user, "award_jury:mark", seat.code, jury["first"].code, data={"innovation_marks": marks})
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_no_page_shows_the_marks_of_another_before_the_reveal(jury: dict[str, Any]) -> None:
    user, seat = jury["a"]
    other, theirs = jury["b"]
    from jamsostek.awards.actions.marks import Given, give

    for name in ("first", "second"):
        with cast.as_user(user):
            marks = {"innovation": Given(37, SECRET), "understanding": Given(38, SECRET)}
            give(juror=seat.code, entry=jury[name].code, marks=marks)
    made.frozen(user, seat)
    pages = [
        seen(other, "award_jury:seat", theirs.code),
        seen(other, "award_jury:contest", theirs.code, made.CATEGORY, made.EAST_JAVA),
        seen(other, "award_jury:mark", theirs.code, jury["first"].code), seen(other, "award_jury:mine", theirs.code),
        seen(jury["committee"], "award_committee:juries", jury["edition"].code),
        seen(jury["committee"], "award_committee:juror", jury["edition"].code, seat.code),
        seen(jury["committee"], "award_committee:marks", *contest(jury)),
        seen(jury["committee"], "award_committee:reveal", *contest(jury)),
    ]  # fmt: skip
    for page in pages:
        assert page.status_code == 200
        assert SECRET not in page.content.decode()
        assert ">37<" not in page.content.decode()
    for name, args in (("seat", ()), ("mine", ()), ("mark", (jury["first"].code,)), ("declare", ())):
        assert seen(other, f"award_jury:{name}", seat.code, *args).status_code == 404
    assert "1 dari 3 juri" in pages[4].content.decode()


def test_the_committee_opens_the_marks_and_writes_what_was_said(jury: dict[str, Any]) -> None:
    from jamsostek.awards.queries.juries import open_discussions

    for at, name in enumerate("abc"):
        for entry in ("first", "second"):
            made.marks(*jury[name], jury[entry], 20 + 30 * at if entry == "first" else 60, 70)
    who = jury["committee"]
    early = sent(who, "award_committee:reveal", *contest(jury), data={"note": ""})
    assert "Belum mengunci nilainya" in early.content.decode()
    for name in "abc":
        made.frozen(*jury[name])
    assert sent(who, "award_committee:reveal", *contest(jury), data={"note": ""}).status_code == 302
    page = seen(who, "award_committee:marks", *contest(jury)).content.decode()
    assert "Harus dibahas" in page
    assert "Kendall W" in page
    with cast.everyone():
        assert [(one.entry.pk, one.criterion, one.spread) for one in open_discussions(jury["edition"].pk, "province")] == [
            (jury["first"].pk, "innovation", 60)
        ]
    note = sent(
        who, "award_committee:discuss", jury["edition"].code, jury["first"].code, "innovation", data={"note": "Dibahas bersama"}
    )
    assert note.status_code == 302
    with cast.everyone():
        assert open_discussions(jury["edition"].pk, "province") == []
    assert "Dibahas bersama" in seen(who, "award_committee:marks", *contest(jury)).content.decode()
    assert (
        "Nilai semua juri"
        in seen(jury["b"][0], "award_jury:contest", jury["b"][1].code, made.CATEGORY, made.EAST_JAVA).content.decode()
    )


def test_only_the_chair_of_the_jury_discusses_among_jurors(jury: dict[str, Any]) -> None:
    for at, name in enumerate("abc"):
        for entry in ("first", "second"):
            made.marks(*jury[name], jury[entry], 20 + 30 * at, 70)
        made.frozen(*jury[name])
    made.revealed()
    asked = (jury["first"].code, "innovation")
    assert seen(jury["b"][0], "award_jury:discuss", jury["b"][1].code, *asked).status_code == 404
    assert seen(jury["a"][0], "award_jury:discuss", jury["a"][1].code, *asked).status_code == 200
    assert sent(jury["a"][0], "award_jury:discuss", jury["a"][1].code, *asked, data={"note": "Ketua"}).status_code == 302


def test_a_committee_of_another_province_sees_nothing_of_it(jury: dict[str, Any]) -> None:
    other = cast.user("panitia-jateng", "award_committee", "region", 33)
    here = cast.user("panitia-jatim", "award_committee", "region", made.EAST_JAVA)
    assert seen(other, "award_committee:marks", *contest(jury)).status_code == 404
    assert seen(other, "award_committee:juror", jury["edition"].code, jury["a"][1].code).status_code == 404
    assert "Juri-A" not in seen(other, "award_committee:juries", jury["edition"].code).content.decode()
    assert "Juri-A" in seen(here, "award_committee:juries", jury["edition"].code).content.decode()
    assert seen(here, "award_committee:marks", *contest(jury)).status_code == 200


def test_a_seat_is_given_and_taken_on_pages(jury: dict[str, Any]) -> None:
    cast.user("juri-d", "jury")
    code = jury["edition"].code
    assert seen(jury["committee"], "award_committee:appoint", code).status_code == 200
    given = {"level": "province", "area": "35", "seat": "social", "username": "juri-d", "home_regency": "3578"}
    assert sent(jury["committee"], "award_committee:appoint", code, data=given).status_code == 302
    assert (
        "Satu orang satu kursi"
        in sent(jury["committee"], "award_committee:appoint", code, data=given | {"seat": "law"}).content.decode()
    )
    from jamsostek.awards.models import Juror

    with cast.everyone():
        row = Juror.objects.get(name="Juri-D")
    answer = sent(jury["committee"], "award_committee:replace_juror", code, row.code, data={"reason": "Sakit"})
    assert answer.status_code == 302
    assert "Diganti panitia" in seen(jury["committee"], "award_committee:juror", code, row.code).content.decode()


def test_interests_are_declared_on_a_page_and_read_by_auditors(jury: dict[str, Any]) -> None:
    user, seat = jury["a"]
    answer = sent(
        user, "award_jury:declare", seat.code, data={"kind": "other", "entry": jury["first"].code, "note": "Ipar bupati"}
    )
    assert answer.status_code == 302
    assert "Ipar bupati" in seen(user, "award_jury:declare", seat.code).content.decode()
    auditor = cast.user("auditor", "auditor")
    assert "Ipar bupati" in seen(auditor, "award_committee:interests").content.decode()
    file = seen(auditor, "award_committee:interests", bentuk="csv")
    assert "Ipar bupati" in b"".join(file.streaming_content).decode()
    assert "Ipar bupati" not in seen(jury["b"][0], "award_jury:declare", jury["b"][1].code).content.decode()


def test_a_juror_leaves_on_a_page(jury: dict[str, Any]) -> None:
    user, seat = jury["a"]
    assert sent(user, "award_jury:leave", seat.code, data={"reason": "Pindah tugas"}).status_code == 302
    assert "Sudah keluar" in seen(user, "award_jury:home").content.decode()


def test_interviews_are_planned_moved_held_and_exported(jury: dict[str, Any]) -> None:
    who, code = jury["committee"], jury["edition"].code
    assert jury["first"].name in seen(who, "award_committee:schedule", code).content.decode()
    plan = {
        "day-d": "5", "day-m": "3", "day-y": "2027", "starts": "09.30", "minutes": "45", "place": "Ruang A", "link": "",
        "leader": "Bupati Contoh", "officials": "Kepala dinas; sekretaris", "jurors": [jury["a"][1].code],
    }  # fmt: skip
    client = cast.signed_in(Client(), who)
    url = reverse("award_committee:schedule", args=[code])
    assert client.post(f"{url}?calon={jury['first'].code}", plan).status_code == 302
    clash = client.post(f"{url}?calon={jury['second'].code}", plan | {"starts": "10.00"})
    assert "Bentrok dengan wawancara Kabupaten Pertama, 5 Maret 2027 pukul 09.30 WIB" in clash.content.decode()
    page = seen(who, "award_committee:interviews", code).content.decode()
    assert "09.30 sampai 10.15 WIB" in page
    assert "5 Maret 2027" in page
    from jamsostek.awards.models import Interview

    with cast.everyone():
        row = Interview.objects.get()
    args = (code, row.code)
    assert seen(who, "award_committee:move_interview", *args).status_code == 200
    assert (
        sent(who, "award_committee:move_interview", *args, data=plan | {"starts": "13:00", "reason": "Bentrok"}).status_code
        == 302
    )
    ics = seen(jury["a"][0], "award_jury:calendar", jury["a"][1].code)
    assert ics["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20270305T060000Z\r\n" in ics.content
    assert b"SEQUENCE:1\r\n" in ics.content
    early = sent(
        who, "award_committee:hold_interview", *args, data={"leader": "ya", "officials": "2", "jurors": [jury["a"][1].code]}
    )
    assert "belum mulai" in early.content.decode()
    assert sent(who, "award_committee:cancel_interview", *args, data={"reason": "Bencana"}).status_code == 302
    page = seen(who, "award_committee:interview", *args).content.decode()
    assert "Bencana" in page
    assert "Dipindahkan" in page
