"""The pages of jurors and of those who run juries: what each shows, and that nobody's marks are among it too early."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from jamsostek.awards.edition import JAKARTA
from jamsostek.core.text import day_words
from tests import cast
from tests.awards import competing
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
    assert reverse("award_committee:reveal", args=contest(jury)) not in (
        page := seen(who, "award_committee:marks", *contest(jury)).content.decode()
    )
    assert "sesudah pencalonan dan bukti ditutup" in page
    assert _to_reveal() == 0
    assert "Bukti masih diterima" in sent(who, "award_committee:reveal", *contest(jury), data={"note": ""}).content.decode()
    made.closed()
    assert (
        reverse("award_committee:reveal", args=contest(jury))
        in seen(who, "award_committee:marks", *contest(jury)).content.decode()
    )
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


def _to_reveal() -> int:
    """Contests that the overview of the nation's committee calls ready to be revealed."""
    from jamsostek.awards.queries.editions import standing
    from jamsostek.awards.queries.waiting import waiting

    with cast.everyone():
        of = standing(made.SAMPLE)
        assert of is not None
        return waiting(of, None).to_reveal


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
    made.moved(jury["edition"], dt.timedelta(days=90))
    day = dt.datetime.now(JAKARTA).date() + dt.timedelta(days=30)
    told = day_words(day)
    assert jury["first"].name in seen(who, "award_committee:schedule", code).content.decode()
    plan = {
        "day-d": day.day, "day-m": day.month, "day-y": day.year, "starts": "09.30", "minutes": "45", "place": "Ruang A",
        "link": "", "leader": "Bupati Contoh", "officials": "Kepala dinas; sekretaris", "jurors": [jury["a"][1].code],
    }  # fmt: skip
    client = cast.signed_in(Client(), who)
    url = reverse("award_committee:schedule", args=[code])
    assert client.post(f"{url}?calon={jury['first'].code}", plan).status_code == 302
    clash = client.post(f"{url}?calon={jury['second'].code}", plan | {"starts": "10.00"})
    assert f"Bentrok dengan wawancara Kabupaten Pertama, {told} pukul 09.30 WIB" in clash.content.decode()
    page = seen(who, "award_committee:interviews", code).content.decode()
    assert "09.30 sampai 10.15 WIB" in page
    assert told in page
    dinas = competing.officer("dinas", made.SIDOARJO)
    mine = seen(dinas, "award_entries:entry", jury["first"].code).content.decode()
    assert told in mine and "09.30 sampai 10.15 WIB" in mine and "Ruang A" in mine
    assert "Ruang A" not in seen(who, "award_entries:entry", jury["first"].code).content.decode()
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
    assert f"DTSTART:{day:%Y%m%d}T060000Z\r\n".encode() in ics.content
    assert b"SEQUENCE:1\r\n" in ics.content
    early = sent(
        who, "award_committee:hold_interview", *args, data={"leader": "ya", "officials": "2", "jurors": [jury["a"][1].code]}
    )
    assert "belum mulai" in early.content.decode()
    assert sent(who, "award_committee:cancel_interview", *args, data={"reason": "Bencana"}).status_code == 302
    page = seen(who, "award_committee:interview", *args).content.decode()
    assert "Bencana" in page
    assert "Dipindahkan" in page


# --- the form of marks ------------------------------------------------------------------------------------------------


def stands(jury: dict[str, Any], criterion: str = "innovation") -> int:
    """The mark of juror a for the first candidate as it stands."""
    from jamsostek.awards.models import Mark

    with cast.as_user(jury["a"][0]):
        return Mark.objects.filter(entry=jury["first"], criterion=criterion).latest("id").marks


def gives(jury: dict[str, Any], follow: bool = False, **data: str) -> Any:
    """What juror a sends for the first candidate."""
    client = cast.signed_in(Client(), jury["a"][0])
    return client.post(reverse("award_jury:mark", args=[jury["a"][1].code, jury["first"].code]), data, follow=follow)


def test_a_step_that_is_chosen_wins_over_a_figure_that_was_left_as_it_stood(jury: dict[str, Any]) -> None:
    gives(jury, innovation_step="antara", innovation_marks="60")
    assert stands(jury) == 60
    page = seen(jury["a"][0], "award_jury:mark", jury["a"][1].code, jury["first"].code).content.decode()
    assert 'value="antara" checked' in page
    said = gives(jury, follow=True, innovation_step="25", innovation_marks="60").content.decode()
    assert stands(jury) == 25
    assert "tersimpan: Inovasi dan pelaksanaan 25." in said
    gives(jury, innovation_step="25", innovation_marks="30")
    assert stands(jury) == 30, "a figure that was changed is meant"
    gives(jury, innovation_step="antara", innovation_marks="31")
    assert stands(jury) == 31


def test_an_emptied_mark_is_an_error_and_never_kept_in_silence(jury: dict[str, Any]) -> None:
    gives(jury, innovation_step="antara", innovation_marks="60", innovation_note="Rekaan")
    emptied = gives(jury, innovation_step="antara", innovation_marks="", understanding_step="75")
    assert emptied.status_code == 200
    assert "Angkanya belum ditulis" in emptied.content.decode()
    for answer in (gives(jury, understanding_step="75"), gives(jury, understanding_note="Hanya catatan", innovation_step="50")):
        assert answer.status_code == 200
        assert "Nilainya belum dipilih" in answer.content.decode()
    assert stands(jury) == 60
    assert gives(jury, innovation_step="25").status_code == 302, "what was never marked may wait"


def test_a_rubric_is_not_told_to_be_left_empty(jury: dict[str, Any]) -> None:
    page = seen(jury["a"][0], "award_jury:mark", jury["a"][1].code, jury["first"].code).content.decode()
    legends = [one.split("</legend>")[0] for one in page.split("<legend>")[1:]]
    assert len(legends) == 2
    assert not any("boleh kosong" in one for one in legends)


# --- who opens an entry -----------------------------------------------------------------------------------------------


def test_who_has_not_declared_or_has_an_interest_opens_neither_the_entry_nor_its_evidence(jury: dict[str, Any]) -> None:
    from jamsostek.awards.actions.juries import declare

    sent_one = competing.send(competing.officer("dinas", made.SIDOARJO), jury["first"].code, title="Judul yang tertutup")
    user, seat = made.juror("juri-baru", "social", declared=False)

    def answers() -> list[Any]:
        return [
            seen(user, "award_jury:mark", seat.code, jury["first"].code), seen(user, "award_entries:evidence", sent_one.code),
            seen(user, "award_entries:file", sent_one.code),
        ]  # fmt: skip

    for page in answers()[:2]:
        assert "Nyatakan kepentingan Anda dahulu" in page.content.decode()
        assert reverse("award_jury:declare", args=[seat.code]) in page.content.decode()
        assert "Judul yang tertutup" not in page.content.decode()
    assert answers()[2].status_code == 403
    assert "innovation_step" not in answers()[0].content.decode()
    with cast.as_user(user):
        declare(juror=seat.code, kind="none")
    assert all("Nyatakan kepentingan Anda dahulu" not in page.content.decode() for page in answers()[:2])
    assert answers()[2].status_code == 200
    with cast.as_user(user):
        declare(juror=seat.code, kind="other", entry=jury["first"].code, note="Ipar")
    for page in answers()[:2]:
        assert "Calon ini tidak terbuka bagi Anda" in page.content.decode()
        assert "Judul yang tertutup" not in page.content.decode()
    assert answers()[2].status_code == 403
    assert seen(user, "award_jury:mark", seat.code, jury["second"].code).status_code == 200


def test_a_chair_with_an_interest_finds_no_way_to_the_note(jury: dict[str, Any]) -> None:
    from jamsostek.awards.actions.juries import declare

    made.marks(*made.juror("juri-d", "law"), jury["first"], 90)
    for at, name in enumerate("abc"):
        for entry in ("first", "second"):
            made.marks(*jury[name], jury[entry], 20 + 30 * at, 70)
        made.frozen(*jury[name])
    user, seat = jury["a"]
    with cast.as_user(user):
        declare(juror=seat.code, kind="other", entry=jury["first"].code, note="Ipar")
    from jamsostek.awards.actions.juries import leave
    from jamsostek.awards.models import Juror

    with cast.everyone():
        leave(juror=Juror.objects.get(name="Juri-D").code, how="replaced", reason="Uji")
    made.revealed(note="Satu juri punya kepentingan")
    page = seen(user, "award_jury:contest", seat.code, made.CATEGORY, made.EAST_JAVA).content.decode()
    ways = [reverse("award_jury:discuss", args=[seat.code, jury[one].code, "innovation"]) for one in ("first", "second")]
    assert [way in page for way in ways] == [False, True]
    assert seen(user, "award_jury:discuss", seat.code, jury["first"].code, "innovation").status_code == 404


# --- forms of the committee -------------------------------------------------------------------------------------------


def test_a_province_left_empty_is_told_at_its_field_and_the_own_one_is_there(jury: dict[str, Any]) -> None:
    cast.user("juri-d", "jury")
    code, given = jury["edition"].code, {"level": "province", "seat": "social", "username": "juri-d", "home_regency": "3578"}
    answer = sent(jury["committee"], "award_committee:appoint", code, data={**given, "area": ""})
    assert answer.status_code == 200
    assert "Provinsi belum dipilih" in answer.content.decode()
    here = cast.user("panitia-jatim", "award_committee", "region", made.EAST_JAVA)
    page = seen(here, "award_committee:appoint", code).content.decode()
    select = page.split('name="area"')[1].split("</select>")[0]
    assert select.count("<option") == 1 and "Jawa Timur" in select
    assert "boleh kosong" not in page.split('name="area"')[0].rsplit("<label", 1)[1]
    empty = sent(here, "award_committee:appoint", code, data={**given, "area": ""})
    assert empty.status_code == 200
    assert "Provinsi belum dipilih" in empty.content.decode()
    assert sent(here, "award_committee:appoint", code, data={**given, "area": "35"}).status_code == 302


@pytest.mark.parametrize(
    ("days", "changed", "words"),
    [
        (-61, {}, "lebih dari 60 hari berlalu"), (91, {}, "harus selesai sebelum penilaian ditutup"),
        (30, {"link": "javascript:alert(1)"}, "harus dimulai dengan https://"), (30, {"minutes": "empat"}, "Tulis angka bulat"),
    ],
)  # fmt: skip
def test_an_interview_on_a_day_or_at_a_link_that_cannot_be_is_refused(
    jury: dict[str, Any], days: int, changed: dict[str, str], words: str
) -> None:
    made.moved(jury["edition"], dt.timedelta(days=90))
    day = dt.datetime.now(JAKARTA).date() + dt.timedelta(days=days)
    plan = {
        "day-d": day.day, "day-m": day.month, "day-y": day.year, "starts": "09.30", "minutes": "45", "place": "Ruang A",
        "link": "", "leader": "Bupati Contoh", "officials": "", "jurors": [jury["a"][1].code], **changed,
    }  # fmt: skip
    url = reverse("award_committee:schedule", args=[jury["edition"].code])
    answer = cast.signed_in(Client(), jury["committee"]).post(f"{url}?calon={jury['first'].code}", plan)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    from jamsostek.awards.models import Interview

    if "minutes" in changed:
        return
    with cast.everyone(), pytest.raises(DatabaseError, match=r"interview lies|link begins"), transaction.atomic():
        starts = dt.datetime.combine(day, dt.time(9), JAKARTA)
        Interview.objects.create(
            code="a" * 10, entry=jury["first"], starts_at=starts, ends_at=starts + dt.timedelta(hours=1),
            juror_ids=[jury["a"][1].pk], leader="Bupati", officials="", place="A", link=changed.get("link", ""),
        )  # fmt: skip
