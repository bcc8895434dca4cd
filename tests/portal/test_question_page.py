"""The page on which researchers, actuaries and ministries ask the cube: its door, its answers, what is protected, what waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jamsostek.coverage import questions
from jamsostek.coverage.cube import Question, ask, protect
from jamsostek.coverage.cube.schema import DIMENSIONS, LISTS, MEASURES
from jamsostek.portal.coverage import dimensions
from tests import cast
from tests.coverage import invented_people as people_of

ASK = "/pantau/tanya/"
ON_ROWS = f"{ASK}?dari=2026-06&ukuran=active&ukuran=reported&menurut=sex"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tanya")
    people_of.photographed(made / "coverage", people_of.drawn(900, seed=11))
    return made


@pytest.fixture
def night(folder: Path, db: Any, settings: Any) -> Iterator[None]:
    settings.JAMSOSTEK_DATA = folder
    yield
    for one in questions._folders():
        for file in one.iterdir():
            file.unlink()
        one.rmdir()


@pytest.fixture
def clients(db: Any) -> dict[str, Client]:
    made = {}
    for role in ("researcher", "actuary", "ministry", "auditor", "jury", "head_office"):
        made[role] = cast.signed_in(Client(), cast.user(f"ia-{role}", role))
    made["officer"] = cast.signed_in(Client(), cast.user("petugas", "branch_officer", "region", cast.SIDOARJO))
    made["agent"] = cast.signed_in(Client(), cast.user("pekerja", "worker", "self", 1))
    return made


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def lines(answer: Any) -> list[list[str]]:
    """The cells of the table's lines."""
    body = answer.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [[unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def trail() -> list[tuple[str, str]]:
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, reason FROM access_auditentry WHERE action IN ('coverage.exact_seen', 'cells.read') ORDER BY id"
        )
        return cursor.fetchall()


def test_the_door_is_for_those_who_read_figures_and_the_head_office(night: None, clients: dict[str, Client]) -> None:
    for who in ("researcher", "actuary", "ministry", "auditor", "jury", "head_office"):
        assert "Pertanyaan Anda" in words(clients[who].get(ASK)), who
    for who in ("officer", "agent"):
        assert clients[who].get(ASK).status_code == 403
        assert clients[who].post(f"{ASK}hitung/").status_code == 403
    assert Client().get(ASK).status_code == 302
    assert clients["researcher"].get(f"{ASK}hitung/").status_code == 405


def test_what_cells_hold_comes_at_once_protected_and_says_how(night: None, clients: dict[str, Client]) -> None:
    path = f"{ASK}?dari=2026-06&ukuran=active&ukuran=lapsed&menurut=regency&menurut=segment"
    answer = clients["researcher"].get(path)
    told = words(answer)
    true = ask(Question((202606,), ("active", "lapsed"), ("regency", "segment")))
    shown = protect(true)
    assert any(row[2] is not None and row[2] % 10 for row in true.rows), "nothing to hide: the test could not fail"
    assert len(lines(answer)) == min(len(shown.rows), 25)
    figures = {cell for row in lines(answer) for cell in row[2:]}
    assert figures <= {"< 10"} | {str(number) for number in range(10, 1000, 10)}
    assert "Aktif dan berhenti, Juni 2026, menurut kabupaten atau kota dan cara terlindungi; dihitung di tempat tinggal." in told
    assert "Sel yang dihitung malam itu" in told and "17 Juni 2026" in told and "Dibulatkan ke puluhan" in told
    assert "jumlah baris dapat melebihi orangnya" in told
    assert not trail()


def test_the_whole_question_is_in_the_address(night: None, clients: dict[str, Client]) -> None:
    """Sent with empty boxes it is tidied; the link to cite has neither page nor order."""
    sent = clients["ministry"].get(f"{ASK}?dari=2026-06&sampai=&ukuran=active&menurut=regency&kabupaten=&desa=&dasar=office")
    assert sent.status_code == 302
    assert sent["Location"] == f"{ASK}?dari=2026-06&ukuran=active&menurut=regency&dasar=office"
    answer = clients["ministry"].get(f"{sent['Location']}&urut=-active&hal=1")
    assert f'href="{ASK}?dari=2026-06&amp;ukuran=active&amp;menurut=regency&amp;dasar=office"' in answer.content.decode()
    assert 'value="office" checked' in answer.content.decode()
    told = [int(row[1]) for row in lines(answer) if row[1] != "< 10"]
    assert told == sorted(told, reverse=True) and len(told) > 2
    up = [int(row[1]) for row in lines(clients["ministry"].get(f"{sent['Location']}&urut=active")) if row[1] != "< 10"]
    assert up == told[::-1]


def test_filters_are_words(night: None, clients: dict[str, Client]) -> None:
    path = f"{ASK}?dari=2026-01&sampai=2026-06&ukuran=joined&menurut=month&kelamin=f&umur=25-34"
    path += "&kabupaten=Kota+Bandung,+Kabupaten+Bogor"
    told = words(clients["researcher"].get(path))
    assert "Masuk pertama kali, Januari 2026 sampai Juni 2026, menurut bulan;" in told
    for part in (
        "hanya jenis kelamin: Perempuan;",
        "hanya umur: 25–34 tahun;",
        "hanya kabupaten atau kota: Kota Bandung, Kabupaten Bogor;",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("dari=2026-06&ukuran=aktiv", "ukuran", "Ukuran 'aktiv' tidak dikenal. Maksud Anda active?"),
        ("dari=2026-06&ukuran=active&menurut=provincy", "menurut", "Maksud Anda province?"),
        ("dari=2026-06&ukuran=active&dasar=rumah", "dasar", "Dasar wilayah 'rumah' tidak dikenal."),
        ("dari=kemarin&ukuran=active", "dari", "kemarin"),
        ("dari=2026-07&ukuran=reported", "dari", "Potret 17 Juni 2026 memuat"),
        ("dari=2026-06&sampai=2026-01&ukuran=active", "sampai", "Bulan ini sebelum bulan pertama."),
        ("dari=2026-01&sampai=2026-06&ukuran=active", "menurut", "Rinci per bulan, atau pilih satu bulan."),
        ("dari=2026-06", "ukuran", "Yang dihitung belum dipilih."),
        ("dari=2026-06&ukuran=active&menurut=village&dasar=office", "dasar", "Desa hanya dikenal menurut domisili."),
        ("dari=2026-06&ukuran=active&segmen=bpu", "segmen", "tidak dikenal."),
        ("dari=2026-06&ukuran=active&provinsi=99", "provinsi", "Provinsi '99' tidak dikenal."),
        ("dari=2026-06&ukuran=active&provinsi=%C2%B2", "provinsi", "tidak dikenal."),
        ("dari=2026-06&ukuran=active&kabupaten=bandung", "kabupaten", "Maksud Anda Kabupaten Bandung atau Kota Bandung?"),
        ("dari=2026-06&ukuran=active&kabupaten=Slemann", "kabupaten", "Maksud Anda Kabupaten Sleman?"),
        ("dari=2026-06&ukuran=active&desa=Sumberwaras", "desa", "Sebut dulu kabupaten atau kotanya."),
        ("dari=2026-06&ukuran=reported&menurut=payer", "menurut", "Pilih ukuran lain."),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(
    night: None, clients: dict[str, Client], query: str, field: str, said: str
) -> None:
    answer = clients["researcher"].get(f"{ASK}?{query}")
    assert "Perlu diperbaiki" in words(answer)
    at = re.search(rf'id="id_{field}-error">(.*?)</p>', answer.content.decode(), re.DOTALL)
    assert at and said in unescape(at[1]), answer.context["form"].errors
    assert "Tentang jawaban ini" not in words(answer)


def test_a_question_on_rows_waits_for_a_worker_and_is_then_there(night: None, clients: dict[str, Client]) -> None:
    client = clients["actuary"]
    first = words(client.get(ON_ROWS))
    assert "Sel malam tidak memuat pertanyaan ini." in first and "Hitung pada baris" in first
    assert not questions.waited_for(), "opening a page must not start the work"

    began = client.post(f"{ASK}hitung/?{ON_ROWS.partition('?')[2]}")
    assert (began.status_code, began["Location"]) == (302, ON_ROWS)
    waiting = client.get(ON_ROWS)
    assert "Menunggu giliran." in words(waiting) and "Hentikan" in words(waiting)
    assert '<meta http-equiv="refresh"' in waiting.content.decode()
    part = client.get(ON_ROWS, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part.headers and "<html" not in part.content.decode()
    assert "Hitung pada baris" in words(clients["ministry"].get(ON_ROWS)), "who did not ask sees nobody's waiting"

    questions.work()

    assert client.get(ON_ROWS, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    told = words(client.get(ON_ROWS))
    assert "Baris, dihitung sesudah ditanyakan" in told
    shown = protect(ask(Question((202606,), ("active", "reported"), ("sex",))))
    assert lines(client.get(ON_ROWS)) == [
        ["Laki-laki", *map(str, shown.rows[0][1:])],
        ["Perempuan", *map(str, shown.rows[1][1:])],
    ]
    assert "Baris, dihitung" in words(clients["ministry"].get(ON_ROWS)), "the answer is there for who asks the same"


def test_waiting_can_be_stopped(night: None, clients: dict[str, Client]) -> None:
    query = ON_ROWS.partition("?")[2]
    clients["actuary"].post(f"{ASK}hitung/?{query}")
    stopped = clients["actuary"].post(f"{ASK}hitung/?{query}", {"langkah": "berhenti"}, follow=True)
    assert "Anda tidak menunggu pertanyaan ini lagi." in words(stopped)
    assert "Hitung pada baris" in words(stopped)
    assert not questions.waited_for()


def test_progress_is_shown(night: None, clients: dict[str, Client]) -> None:
    clients["actuary"].post(f"{ASK}hitung/?{ON_ROWS.partition('?')[2]}")
    (questions._open()[0] / "progress").write_text("0.43")
    page = clients["actuary"].get(ON_ROWS)
    assert "43 % sudah dihitung." in words(page)
    assert 'max="100" value="43"' in page.content.decode()


def test_nonsense_is_not_begun(night: None, clients: dict[str, Client]) -> None:
    answer = clients["actuary"].post(f"{ASK}hitung/?dari=2026-06&ukuran=aktiv")
    assert answer.status_code == 302
    assert not questions.waited_for()
    for by in ("sex", "age", "disability", "province"):
        answer = clients["actuary"].post(f"{ASK}hitung/?dari=2026-06&ukuran=reported&menurut={by}", follow=True)
    assert "Anda sudah menunggu 3 pertanyaan." in words(answer)


def test_exact_figures_are_for_few_and_remembered(night: None, clients: dict[str, Client]) -> None:
    path = f"{ASK}?dari=2026-06&ukuran=active&menurut=regency&tepat=on"
    true = ask(Question((202606,), ("active",), ("regency",)))
    for who in ("researcher", "actuary", "ministry", "auditor", "jury"):
        told = lines(clients[who].get(path))
        assert all(row[1] == "< 10" or int(row[1]) % 10 == 0 for row in told), who
        assert "Angka tepat" not in words(clients[who].get(path))
    assert not trail()

    answer = clients["head_office"].get(path)

    assert [row[1] for row in lines(answer)] == [str(row[1]) for row in true.rows]
    assert "Tepat" in words(answer)
    [(action, reason)] = trail()
    assert action == "coverage.exact_seen"
    assert reason == "Aktif, Juni 2026, menurut kabupaten atau kota; dihitung di tempat tinggal."
    assert "Jumlah tepat peserta dilihat" in words(clients["auditor"].get("/pantau/jejak/"))


def test_an_answer_counted_for_the_head_office_is_protected_for_others(night: None, clients: dict[str, Client]) -> None:
    path = ON_ROWS.replace("menurut=sex", "menurut=regency") + "&tepat=on"
    clients["head_office"].post(f"{ASK}hitung/?{path.partition('?')[2]}")
    questions.work()
    exact, shown = (lines(clients[who].get(path)) for who in ("head_office", "researcher"))
    assert any(int(cell) % 10 for row in exact for cell in row[1:])
    assert all(cell == "< 10" or int(cell) % 10 == 0 for row in shown for cell in row[1:])


def test_files_have_every_line_with_codes_and_say_what_they_are(night: None, clients: dict[str, Client]) -> None:
    path = f"{ASK}?dari=2026-06&ukuran=active&menurut=regency&menurut=segment&bentuk="
    text = b"".join(clients["researcher"].get(f"{path}csv").streaming_content).decode("utf-8-sig")
    rows = [row.split(",") for row in text.splitlines()]
    shown = protect(ask(Question((202606,), ("active",), ("regency", "segment"))))
    assert rows[0] == [
        "Kabupaten atau kota (kode)", "Kabupaten atau kota", "Cara terlindungi (kode)", "Cara terlindungi", "Aktif",
        "Potret", "Ketepatan",
    ]  # fmt: skip
    assert len(rows) == len(shown.rows) + 2  # the headings, and who took it
    segment = shown.rows[0][1]
    assert rows[1][:5] == [
        "1101",
        "Kabupaten Aceh Selatan",
        segment,
        dimensions.words_of("segment")(segment),
        str(shown.rows[0][2]),
    ]
    assert rows[1][5:] == ["17 Juni 2026", "Dibulatkan ke puluhan"]
    assert "Diunduh oleh ia-researcher" in rows[-1][0]
    sheet = b"".join(clients["researcher"].get(f"{path}xlsx").streaming_content)
    assert sheet[:2] == b"PK"
    assert [action for action, _reason in trail()] == ["cells.read", "cells.read"]


def test_one_month_by_one_thing_and_months_by_few_are_drawn(night: None, clients: dict[str, Client]) -> None:
    def drawn(query: str) -> bool:
        return '<svg class="wide-chart"' in clients["researcher"].get(f"{ASK}?{query}").content.decode()

    assert drawn("dari=2026-06&ukuran=active&menurut=age")
    assert drawn("dari=2026-01&sampai=2026-06&ukuran=active&ukuran=ever&menurut=month")
    assert drawn("dari=2026-01&sampai=2026-06&ukuran=active&menurut=month&menurut=sex")
    assert not drawn("dari=2026-06&ukuran=active&menurut=age&menurut=sex")
    assert not drawn("dari=2026-06&ukuran=active")
    some = clients["researcher"].get(f"{ASK}?dari=2026-01&sampai=2026-06&ukuran=active&menurut=month&menurut=occupation")
    assert "Digambar hanya 5 yang terbanyak." in words(some)


def test_a_question_of_nobody_says_so(night: None, clients: dict[str, Client]) -> None:
    told = words(
        clients["researcher"].get(f"{ASK}?dari=2026-06&ukuran=active&menurut=sex&provinsi=94&umur=65%2B&disabilitas=mental")
    )
    assert "Tidak ada yang dapat disebut" in told


def test_too_long_an_answer_is_refused_and_a_page_tells_what_it_leaves_out(
    night: None, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{ASK}?dari=2026-01&sampai=2026-06&ukuran=active&menurut=month&menurut=regency&menurut=segment"
    count = len(protect(ask(Question(tuple(range(202601, 202607)), ("active",), ("month", "regency", "segment")))).rows)
    assert count > 30
    monkeypatch.setattr("jamsostek.portal.oversight.question_shown.ON_SCREEN", 30)
    assert f"Halaman ini memuat 30 dari {count} baris" in words(clients["researcher"].get(path))
    monkeypatch.setattr(questions, "MOST_LINES", 30)
    assert "Jawabannya lebih dari 30 baris. Kurangi rinciannya" in words(clients["researcher"].get(path))


def test_printing_has_the_lines_on_one_page(night: None, clients: dict[str, Client]) -> None:
    path = f"{ASK}?dari=2026-01&sampai=2026-06&ukuran=active&menurut=month&menurut=regency&menurut=segment"
    whole = len(protect(ask(Question(tuple(range(202601, 202607)), ("active",), ("month", "regency", "segment")))).rows)
    assert whole > 25
    assert len(lines(clients["researcher"].get(path))) == 25
    assert len(lines(clients["researcher"].get(f"{path}&cetak=1"))) == whole


def test_before_the_first_night_the_page_says_so(tmp_path: Path, settings: Any, clients: dict[str, Client]) -> None:
    settings.JAMSOSTEK_DATA = tmp_path
    assert "Belum ada potret cakupan" in words(clients["researcher"].get(f"{ASK}?dari=2026-06&ukuran=active"))
    assert clients["researcher"].post(f"{ASK}hitung/?dari=2026-06&ukuran=active").status_code == 302


def test_both_languages(night: None, clients: dict[str, Client]) -> None:
    clients["researcher"].cookies["jamsostek_language"] = "en"
    told = words(clients["researcher"].get(f"{ASK}?dari=2026-06&ukuran=active&menurut=occupation&pembayar=self&dasar=office"))
    assert "Active, June 2026, by occupation; only payer: " in told
    assert "Industry: " in told and "Penerima" not in told


def test_everything_the_cube_knows_has_words() -> None:
    assert set(dimensions.MEASURES) == set(MEASURES)
    assert set(dimensions.DIMENSIONS) == set(DIMENSIONS)
    for name in LISTS:
        said = [text for _value, text in dimensions.values(name)]
        assert len(set(said)) == len(said), f"two values of {name} read alike"
        assert not {value for value, text in dimensions.values(name) if text == value}


def test_other_pages_lead_to_it(night: None, clients: dict[str, Client]) -> None:
    assert f'href="{ASK}"' in clients["researcher"].get("/pantau/").content.decode()
    assert f'href="{ASK}"' in clients["head_office"].get("/kantor/").content.decode()
    public = Client().get("/cakupan/data/")
    assert f'href="{ASK}"' in public.content.decode() and "yang sudah masuk" in words(public)
