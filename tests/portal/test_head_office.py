"""Two numbers that may be one person, and what the head office keeps: the map and the keys of cards."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from desks import (
    REASON,
    TODAY,
    Town,
    asked_twice,
    count,
    day,
    stored,
    text_of,
)  # fmt: skip
from django.core.files.uploadedfile import SimpleUploadedFile

from jamsostek.registry.models import (
    Card,
    DuplicateQuestion,
    Merge,
    Participant,
    Region,
)
from tests import cast

pytestmark = pytest.mark.usefixtures("town_undone")


# --- two numbers, one person ------------------------------------------------------------------------------------------


def test_a_pair_stands_side_by_side_with_what_agrees_in_words(town: Town) -> None:
    told = text_of(town.client("supervisor").get(f"/kantor/ganda/{town.ids['question']}/"))
    for words in ("Moh. Djoko Susilo", "Muhammad Joko Susilo", "Namanya", "Nama ibu kandungnya sama", "Tinggal di kabupaten"):
        assert words in told


def test_a_supervisor_decides_which_number_goes_on(town: Town) -> None:
    client, url = town.client("supervisor"), f"/kantor/ganda/{town.ids['question']}/"
    question = stored(DuplicateQuestion, pk=town.ids["question"])
    asked_twice(client, url, {"answer": str(question.first_id), "reason": REASON})
    merge = stored(Merge, into_id=question.first_id)
    assert (merge.source_id, merge.reason) == (question.second_id, REASON)
    assert "Sudah diputuskan" in text_of(client.get(url))
    assert "Orang yang sama" in text_of(client.get("/kantor/ganda/?bagian=selesai"))
    asked_twice(client, f"/kantor/gabungan/{merge.pk}/batal/", {"reason": "Ternyata kembar"})
    assert stored(DuplicateQuestion, pk=question.pk).state == "open"
    assert "Dibatalkan" in text_of(client.get("/kantor/gabungan/"))


def test_two_people_are_told_apart(town: Town) -> None:
    asked_twice(town.client("supervisor"), f"/kantor/ganda/{town.ids['question']}/", {"answer": "different", "reason": REASON})
    assert stored(DuplicateQuestion, pk=town.ids["question"]).state == "different"
    assert count(Merge, undone_at=None) == 1


def test_who_may_not_decide_is_told_why(town: Town) -> None:
    for who, question, why in (
        ("officer", "question", "Anda sendiri yang mendaftarkan"),
        ("supervisor", "own_question", "Anda sendiri yang mendaftarkan"),
        ("officer", "own_question", "Penyelia cabang atau kantor pusat"),
        ("supervisor", "far_question", "terdaftar di wilayah lain"),
    ):
        url = f"/kantor/ganda/{town.ids[question]}/"
        told = text_of(town.client(who).get(url))
        assert why in told, (who, question)
        answer = town.client(who).post(url, {"answer": "different", "reason": REASON, "langkah": "simpan"})
        assert answer.status_code == 200
        assert stored(DuplicateQuestion, pk=town.ids[question]).state == "open"


def test_the_other_side_of_a_border_shows_nothing_and_the_head_office_decides(town: Town) -> None:
    url = f"/kantor/ganda/{town.ids['far_question']}/"
    far = text_of(town.client("supervisor").get(url))
    assert "Data orang ini tidak tampak bagi kantor Anda" in far
    asked_twice(town.client("head"), url, {"answer": "different", "reason": REASON})
    assert stored(DuplicateQuestion, pk=town.ids["far_question"]).state == "different"


# --- the head office --------------------------------------------------------------------------------------------------


def upload(text: str, name: str = "wilayah.csv") -> dict[str, Any]:
    """A file of regions."""
    return {"file": SimpleUploadedFile(name, text.encode(), content_type="text/csv")}


def test_districts_and_villages_come_from_a_file_and_wrong_rows_are_told(town: Town) -> None:
    text = "kode;nama;bps\n35.15.02;Contoh Timur;\n3515022001;Desa Baru;3515020001\nxx;Tanpa Kode\n3515992001;Desa Yatim\n"
    text += "3515022001;Desa Kembar\n351503;Contoh Utara;satu\n"
    text += f"351504;{'x' * 121}\n"
    told = text_of(town.client("head").post("/kantor/wilayah/", upload(text)))
    assert "2 wilayah dimasukkan atau diperbarui. 5 baris keliru." in told
    assert "4 Kolom pertama bukan kode wilayah. xx | Tanpa Kode" in told
    assert "5 Wilayah induk 351599 tidak ada" in told
    assert "6 Kode ini sudah ada di baris 3" in told and "7 Kolom ketiga bukan kode BPS. satu" in told
    assert "8 Nama ini terlalu panjang." in told
    village = stored(Region, pk=3515022001)
    assert (village.name, village.bps_code, village.parent_code) == ("Desa Baru", 3515020001, 351502)


def test_a_file_that_is_no_list_is_refused(town: Town) -> None:
    client = town.client("head")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("a.txt", "x")
    for data in (
        upload(""),
        upload(f"3515022001;{'x' * 2_000_000}"),
        {"file": SimpleUploadedFile("wilayah.csv", packed.getvalue())},
        {},
    ):
        assert "Ada yang perlu diperbaiki" in text_of(client.post("/kantor/wilayah/", data))


def test_the_head_office_erases_whom_nobody_covers_and_their_account(town: Town) -> None:
    head, siti, idle = town.client("head"), town.people["siti"], town.people["idle"]
    told = text_of(head.post(f"/kantor/peserta/{siti.kpj}/hapus/", {"reason": REASON}))
    assert "Orang ini masih terlindungi atau masih bekerja bulan ini." in told
    with cast.everyone():
        account = cast.user("tanpa", "worker", "self", idle.pk, name="Tanpa Iuran")
    asked_twice(head, f"/kantor/peserta/{idle.kpj}/hapus/", {"reason": REASON})
    assert stored(Participant, pk=idle.pk).name == "-"
    account.refresh_from_db()
    assert (account.name, account.is_active, account.has_usable_password()) == ("-", False, False)
    assert "Data pribadi dihapus." in text_of(head.get(f"/kantor/peserta/{idle.kpj}/"))
    assert town.client("supervisor").get(f"/kantor/peserta/{idle.kpj}/hapus/").status_code == 403


def test_a_new_key_signs_from_its_day_and_old_cards_still_verify(town: Town, tmp_path: Path, settings: Any) -> None:
    settings.JAMSOSTEK_KEYS = shutil.copytree(settings.JAMSOSTEK_KEYS, tmp_path / "keys")
    from jamsostek.messages.card.keys import key_set
    from jamsostek.messages.card.token import verify
    from jamsostek.registry.actions.cards import public_keys

    client, tomorrow = town.client("head"), TODAY + dt.timedelta(days=1)
    late = text_of(client.post("/kantor/kunci/", day("since", TODAY - dt.timedelta(days=1))))
    assert "sudah lewat" in late
    before = len(public_keys())
    look = text_of(client.post("/kantor/kunci/", day("since", tomorrow)))
    assert "tidak dapat dihapus" in look and len(public_keys()) == before
    client.post("/kantor/kunci/", {**day("since", tomorrow), "langkah": "simpan"})
    keys = public_keys()
    assert len(keys) == before + 1 and keys[-1].first_day == tomorrow
    card = stored(Card, serial=town.ids["card"])
    assert verify(card.token, key_set(keys), today=TODAY).state == "valid"
    assert "pilih hari sesudahnya" in text_of(client.post("/kantor/kunci/", day("since", tomorrow)))
