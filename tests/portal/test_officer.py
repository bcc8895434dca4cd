"""The pages of an office: who sees whom, what each action does after being asked twice, and what is remembered."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import (
    MONTH,
    OTHER_VILLAGE,
    REASON,
    TODAY,
    VILLAGE,
    Town,
    asked_twice,
    build,
    count,
    day,
    month,
    stored,
    text_of,
    undone,
)  # fmt: skip
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from jamsostek.core.months import add_months
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.models import (
    Card,
    Cover,
    DuplicateQuestion,
    Employer,
    Employment,
    Merge,
    Participant,
    Region,
    Relative,
    Sponsor,
)
from jamsostek.registry.queries.people import masked, show
from tests import cast


@pytest.fixture(scope="module")
def town(module_db: Any) -> Town:
    """The people and their users."""
    return build()


@pytest.fixture(autouse=True)
def _undone(town: Town) -> Iterator[None]:
    with undone():
        yield


def person_url(town: Town, who: str, rest: str = "") -> str:
    """A person's page at an office."""
    return f"/kantor/peserta/{town.people[who].kpj}/{rest}"


def entries(action: str, participant_id: int) -> list[tuple[str, str]]:
    """Fields and reason of what the trail has of an action about a person, the newest first."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT fields, reason FROM access_auditentry WHERE action = %s AND subject_id = %s ORDER BY id DESC",
            [action, participant_id],
        )
        return cursor.fetchall()


# --- who comes in, who sees whom --------------------------------------------------------------------------------------


def test_nobody_but_officers_opens_an_office(town: Town) -> None:
    for who in ("agent", "viewer", "ministry", "auditor", "hospital", "worker", "clerk"):
        assert town.client(who).get("/kantor/").status_code == 403, who
        assert town.client(who).get(person_url(town, "siti")).status_code == 403, who


def test_pages_of_the_head_office_are_closed_to_branches(town: Town) -> None:
    for path in ("/kantor/wilayah/", "/kantor/kunci/", "/pantau/jejak/", "/pantau/jejak/rantai/"):
        assert town.client("supervisor").get(path).status_code == 403, path
        assert town.client("head").get(path).status_code == 200, path


def test_an_office_sees_its_own_people_and_the_head_office_all(town: Town) -> None:
    for who, whom, status in (
        ("officer", "siti", 200), ("officer", "wati", 403), ("far_officer", "wati", 200), ("far_officer", "siti", 403),
        ("head", "siti", 200), ("head", "wati", 200),
    ):  # fmt: skip
        for rest in ("", "perlindungan/", "keluarga/", "kartu/", "riwayat/", "identitas/", "meninggal/"):
            assert town.client(who).get(person_url(town, whom, rest)).status_code == status, (who, whom, rest)


def test_lists_hold_only_what_is_in_sight(town: Town) -> None:
    for path, mine, other in (
        ("/kantor/cari/?cari=wati", "Tidak ditemukan", "Wati Di Lumajang"),
        ("/kantor/perusahaan/", "PT Contoh Makmur Sentosa", "PT Jauh Di Sana"),
        ("/kantor/pembayar/", "Pemerintah Kabupaten Contoh", "Pemerintah Kabupaten Jauh"),
    ):
        told = text_of(town.client("officer").get(path))
        assert mine in told
        assert other not in told
        assert other in text_of(town.client("head").get(path))


def test_downloads_hold_only_what_is_in_sight(town: Town) -> None:
    client = town.client("officer")
    for path, mine, other in (
        ("/kantor/perusahaan/unduh/?bentuk=csv", "PT Contoh Makmur", "PT Jauh"),
        ("/kantor/pembayar/unduh/?bentuk=csv", "Desa Sumberwaras", "Kabupaten Jauh"),
        ("/kantor/cari/unduh/?cari=siti&bentuk=csv", "Siti Rahmawati", "Wati"),
    ):
        content = b"".join(client.get(path)).decode("utf-8-sig")
        assert mine in content and other not in content
        assert "petugas" in content.splitlines()[-1], "who took it"


# --- the first page ---------------------------------------------------------------------------------------------------


def test_the_first_page_counts_what_waits_and_how_long(town: Town) -> None:
    told = text_of(town.client("officer").get("/kantor/"))
    assert "Orang yang mungkin ganda 3 yang tertua hari ini" in told
    assert "Kartu untuk dicetak 3" in told, "who has a card, a merged number, or nobody who pays does not wait"
    assert "Daftar kecamatan dan desa" not in told
    assert "Daftar kecamatan dan desa" in text_of(town.client("head").get("/kantor/"))


def test_printing_cards_takes_people_off_the_list(town: Town) -> None:
    client = town.client("officer")
    assert "Budi Hartono" in text_of(client.get("/kantor/kartu/"))
    answer = client.post("/kantor/kartu/lembar/")
    assert b"".join(answer).startswith(b"%PDF")
    assert "Tidak ada kartu yang menunggu" in text_of(client.get("/kantor/kartu/"))


def test_a_file_that_waits_stands_in_the_queue(town: Town) -> None:
    from jamsostek.registry.models import Upload

    with cast.everyone():
        Upload.objects.create(
            layout="employer", employer=town.payers["firm"], file_name="daftar.xlsx", file_digest="0" * 64, month=MONTH,
            state="ready", rows_good=12,
        )  # fmt: skip
    told = text_of(town.client("officer").get("/kantor/berkas/"))
    assert "daftar.xlsx PT Contoh Makmur Sentosa" in told


# --- finding ----------------------------------------------------------------------------------------------------------


def test_a_nik_is_posted_and_never_stands_in_an_address(town: Town) -> None:
    with cast.everyone():
        nik = show(participant_id=town.people["siti"].pk, field="nik", reason=REASON)
    client = town.client("officer")
    answer = client.post("/kantor/cari/", {"peserta": nik})
    assert answer["Location"] == person_url(town, "siti")
    typed = client.get(f"/kantor/cari/?cari={nik}", follow=True)
    assert typed.redirect_chain[0][0] == "/kantor/cari/"
    assert nik not in typed.content.decode()
    assert "Nomor orang tidak boleh ada di alamat" in text_of(typed)


def test_a_person_is_found_by_number_telephone_and_old_spelling(town: Town) -> None:
    client, siti = town.client("officer"), town.people["siti"]
    with cast.everyone():
        phone = show(participant_id=siti.pk, field="phone", reason=REASON)
    for typed in (siti.kpj, f"{siti.kpj[:4]} {siti.kpj[4:8]} {siti.kpj[8:]}", phone, phone.replace("+62", "0")):
        assert client.post("/kantor/cari/", {"peserta": typed})["Location"] == person_url(town, "siti"), typed
    answer = client.post("/kantor/cari/", {"peserta": "siti rahmawati"}, follow=True)
    assert answer.redirect_chain[0][0] == "/kantor/cari/?cari=siti%20rahmawati"
    assert "Siti Rahmawati" in text_of(answer)
    assert "Muhammad Joko Susilo" in text_of(client.get("/kantor/cari/?cari=djoko"))


def test_found_people_are_starred_and_the_look_is_remembered(town: Town) -> None:
    siti = town.people["siti"]
    told = text_of(town.client("officer").get("/kantor/cari/?cari=siti"))
    with cast.everyone():
        assert masked([siti.pk])[siti.pk].nik in told
        assert show(participant_id=siti.pk, field="nik", reason=REASON) not in told
    assert entries("look", siti.pk)[0] == ("name,kpj,birth_date", "hasil pencarian")


def test_a_nik_nobody_here_has_is_told_without_a_word_of_elsewhere(town: Town) -> None:
    with cast.everyone():
        nik = show(participant_id=town.people["wati"].pk, field="nik", reason=REASON)
    told = text_of(town.client("officer").post("/kantor/cari/", {"peserta": nik}))
    assert "NIK ini tidak ada di wilayah Anda" in told and "Wati" not in told


def test_too_many_are_told_as_too_many(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.portal.officer import search
    from jamsostek.registry.queries.people import search as real

    monkeypatch.setattr(search, "search", lambda text: real(text, limit=1))
    assert "Lebih dari 200 orang cocok" in text_of(town.client("officer").get("/kantor/cari/?cari=ni+luh"))


# --- one person -------------------------------------------------------------------------------------------------------


def test_a_secret_is_shown_once_for_a_reason_that_the_person_can_read(town: Town) -> None:
    siti, client = town.people["siti"], town.client("officer")
    with cast.everyone():
        nik = show(participant_id=siti.pk, field="nik", reason=REASON)
    page = client.get(person_url(town, "siti"))
    assert nik not in page.content.decode().replace(" ", "")
    answer = client.post(person_url(town, "siti", "tampilkan/"), {"what": "nik", "reason": "match"})
    assert " ".join(nik[at : at + 4] for at in range(0, 16, 4)) in text_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert entries("show", siti.pk)[0] == ("nik", "Mencocokkan dengan kartu identitas")
    assert nik not in client.get(person_url(town, "siti")).content.decode().replace(" ", "")


def test_nothing_is_shown_without_a_known_reason_or_out_of_sight(town: Town) -> None:
    client = town.client("officer")
    for data in ({"what": "nik", "reason": "iseng"}, {"what": "kpj", "reason": "match"}, {}):
        assert client.post(person_url(town, "siti", "tampilkan/"), data).status_code == 302
    assert client.post(person_url(town, "wati", "tampilkan/"), {"what": "nik", "reason": "match"}).status_code == 403
    assert not entries("show", town.people["wati"].pk)


def test_shows_are_capped_by_the_hour(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.portal.officer import person

    monkeypatch.setattr(person, "SHOWN_AN_HOUR", "2/h/user")
    client, url = town.client("officer"), person_url(town, "siti", "tampilkan/")
    answers = [client.post(url, {"what": "phone", "reason": "call"}).status_code for _time in range(3)]
    assert answers == [200, 200, 429]


def test_a_merged_number_leads_to_the_one_that_goes_on(town: Town) -> None:
    answer = town.client("officer").get(person_url(town, "old"), follow=True)
    assert answer.redirect_chain[-1][0] == person_url(town, "new")
    assert "sudah digabungkan" in text_of(answer)


def test_the_timeline_shows_payers_and_the_months_nobody_paid(town: Town) -> None:
    told = text_of(town.client("officer").get(person_url(town, "siti", "perlindungan/")))
    hole = f"{month_words(add_months(MONTH, -11))} sampai {month_words(add_months(MONTH, -7))}"
    assert hole in told and "Tidak ada yang membayar" in told
    assert "Rp4.500.000" in told and "PT Contoh Makmur Sentosa" in told


def test_the_order_of_heirs_names_its_article_and_who_comes_first(town: Town) -> None:
    told = text_of(town.client("officer").get(person_url(town, "siti", "keluarga/")))
    assert "Urutan ahli waris JKM PP 44/2015 Pasal 40" in told or "PP 44/2015" in told
    assert "Janda, duda, atau anak Berhak Hadi Prasetyo, Rani Prasetyo" in told


def test_what_was_known_on_a_day_about_a_month(town: Town) -> None:
    url = person_url(town, "siti", "riwayat/")
    told = text_of(town.client("officer").get(url, {**day("day", TODAY), **month("month", MONTH)}))
    assert f"Yang diketahui pada {date(TODAY)} tentang {month_words(MONTH)}" in told
    assert "PT Contoh Makmur Sentosa" in told and "Rp4.500.000" in told
    before = text_of(town.client("officer").get(url, {**day("day", TODAY - dt.timedelta(days=1)), **month("month", MONTH)}))
    assert "Belum terdaftar pada tanggal itu" in before


def test_the_trail_of_a_person_is_for_those_who_read_the_trail(town: Town) -> None:
    url = person_url(town, "siti", "riwayat/")
    assert "Siapa melakukan dan melihat apa" not in text_of(town.client("officer").get(url))
    assert "Peserta didaftarkan" in text_of(town.client("head").get(url))


# --- changing a person ------------------------------------------------------------------------------------------------


IDENTITY = {"name": "Siti Rahmawati Binti Contoh", "sex": "f", "birth_place": "Sidoarjo", "reason": REASON}


def test_a_correction_is_asked_twice_and_leaves_old_and_new(town: Town) -> None:
    siti, client = town.people["siti"], town.client("officer")
    data = {**IDENTITY, **day("birth_date", siti.birth_date)}
    url = person_url(town, "siti", "identitas/")
    look = text_of(client.post(url, data))
    assert "Siti Rahmawati menjadi Siti Rahmawati Binti Contoh" in look
    assert stored(Participant, pk=siti.pk).name == "Siti Rahmawati", "a look changes nothing"
    assert client.post(url, {**data, "langkah": "simpan"})["Location"] == person_url(town, "siti")
    assert stored(Participant, pk=siti.pk).name == "Siti Rahmawati Binti Contoh"
    assert entries("participant.changed", siti.pk)[0] == ("name,birth_place", REASON)
    assert "nama, tempat lahir Ibu Petugas" in text_of(client.get(person_url(town, "siti", "riwayat/")))


def test_what_the_registry_refuses_is_told_at_its_field(town: Town) -> None:
    siti, client = town.people["siti"], town.client("officer")
    data = {**IDENTITY, **day("birth_date", siti.birth_date), "sex": "m", "nik": "12345"}
    answer = client.post(person_url(town, "siti", "identitas/"), data)
    assert "NIK harus 16 angka" in text_of(answer)
    assert '<a href="#id_nik">' in answer.content.decode()
    same = {"name": siti.name, "sex": siti.sex, **day("birth_date", siti.birth_date), "birth_place": "", "reason": REASON}
    assert "Tidak ada yang diubah" in text_of(client.post(person_url(town, "siti", "identitas/"), same))
    assert "Alasan belum diisi" in text_of(client.post(person_url(town, "siti", "identitas/"), {**data, "reason": ""}))


def test_a_nik_of_somebody_else_is_refused(town: Town) -> None:
    with cast.everyone():
        twin = cast.participant("Kembar Lain", birth_date=town.people["siti"].birth_date, nik=None)
        nik = show(participant_id=town.people["siti"].pk, field="nik", reason=REASON)
    data = {"name": twin.name, "sex": "f", **day("birth_date", twin.birth_date), "nik": nik, "reason": REASON}
    told = text_of(town.client("officer").post(f"/kantor/peserta/{twin.kpj}/identitas/", data))
    assert "sudah menjadi NIK peserta lain" in told and nik not in told.split("Perbaiki identitas")[0]


def test_telephone_and_account_are_changed_without_being_shown(town: Town) -> None:
    siti, client = town.people["siti"], town.client("officer")
    url = person_url(town, "siti", "kontak/")
    alone = client.post(url, {"bank_code": "BRI", "reason": REASON})
    assert "diubah bersama-sama" in text_of(alone)
    asked_twice(client, url, {"phone": "0812 0000 9999", "reason": REASON})
    with cast.everyone():
        assert show(participant_id=siti.pk, field="phone", reason=REASON) == "+6281200009999"
    asked_twice(client, url, {"no_phone": "on", "reason": REASON})
    with cast.everyone():
        assert show(participant_id=siti.pk, field="phone", reason=REASON) == ""


def test_a_disability_is_noted_and_taken_away(town: Town) -> None:
    client, siti = town.client("officer"), town.people["siti"]
    url = person_url(town, "siti", "disabilitas/")
    asked_twice(client, url, {"disability_type": "sensory", "disability_degree": "light", "reason": REASON})
    siti = stored(Participant, pk=siti.pk)
    assert (siti.disability_type, siti.disability_degree) == ("sensory", "light")
    asked_twice(client, url, {"disability_type": "", "disability_degree": "", "reason": REASON})
    siti = stored(Participant, pk=siti.pk)
    assert (siti.disability_type, siti.disability_degree) == (None, None)


def test_moving_asks_for_the_village_once_the_regency_is_known(town: Town) -> None:
    client, url = town.client("head"), person_url(town, "siti", "pindah/")
    data = {"regency_code": str(cast.LUMAJANG), "address": "Jalan Baru 2", "reason": REASON}
    first = client.post(url, data)
    assert "Pasirian Contoh" in first.content.decode() and "Pilih desanya" in text_of(first)
    asked_twice(client, url, {**data, "village_code": str(OTHER_VILLAGE)})
    siti = stored(Participant, pk=town.people["siti"].pk)
    assert (siti.regency_code, siti.village_code, siti.address) == (cast.LUMAJANG, OTHER_VILLAGE, "Jalan Baru 2")


def test_a_death_ends_what_runs_and_can_be_taken_back(town: Town) -> None:
    client, url = town.client("officer"), person_url(town, "siti", "meninggal/")
    data = {**day("died_on", TODAY - dt.timedelta(days=2)), "reason": REASON}
    assert "PT Contoh Makmur Sentosa" in text_of(client.post(url, data)), "what will end is named"
    assert client.post(url, {**data, "langkah": "simpan"}).status_code == 302
    job = stored(Employment, pk=town.ids["job"])
    assert job.to_month is not None and job.leaving == "died"
    assert "Meninggal" in text_of(client.get(person_url(town, "siti")))
    again = client.post(url, data)
    assert "sudah tercatat" in text_of(again)
    asked_twice(client, person_url(town, "siti", "meninggal/batal/"), {"reason": REASON})
    asked_twice(client, person_url(town, "siti", f"kerja/{job.pk}/buka/"), {"reason": REASON})
    assert stored(Employment, pk=job.pk).to_month is None
    assert stored(Participant, pk=town.people["siti"].pk).died_on is None


def test_a_death_in_the_future_is_refused(town: Town) -> None:
    data = {**day("died_on", TODAY + dt.timedelta(days=2)), "reason": REASON}
    assert "Tanggal meninggal tidak mungkin" in text_of(town.client("officer").post(person_url(town, "siti", "meninggal/"), data))


def test_family_is_added_and_ended(town: Town) -> None:
    client = town.client("officer")
    data = {"kin": "sibling", "name": "Dewi Rahmawati", "sex": "f", "reason": REASON}
    asked_twice(client, person_url(town, "siti", "keluarga/tambah/"), data)
    assert count(Relative, participant=town.people["siti"], kin="sibling") == 1
    bad = client.post(person_url(town, "siti", "keluarga/tambah/"), {**data, "nik": "123"})
    assert "NIK terdiri dari 16 angka" in text_of(bad)
    url = person_url(town, "siti", f"keluarga/{town.ids['spouse']}/akhiri/")
    asked_twice(client, url, {"died": "tidak", **day("on", TODAY), "reason": REASON})
    told = text_of(client.get(person_url(town, "siti", "keluarga/")))
    assert "Janda, duda, atau anak Berhak Rani Prasetyo" in told, "a divorced spouse is no heir"


def test_the_relative_of_another_is_not_ended_here(town: Town) -> None:
    url = person_url(town, "budi", f"keluarga/{town.ids['spouse']}/akhiri/")
    assert town.client("officer").get(url).status_code == 403


# --- work, cover, cards -----------------------------------------------------------------------------------------------


def test_work_is_ended_with_its_reason(town: Town) -> None:
    client, url = town.client("officer"), person_url(town, "siti", f"kerja/{town.ids['job']}/akhiri/")
    asked_twice(client, url, {**day("left_on", TODAY), "leaving": "resigned", "reason": REASON})
    job = stored(Employment, pk=town.ids["job"])
    assert (job.to_month, job.leaving) == (MONTH, "resigned")
    again = client.post(url, {**day("left_on", TODAY), "leaving": "resigned", "reason": REASON})
    assert "sudah berakhir" in text_of(again)


def test_sponsored_cover_is_ended_with_a_month(town: Town) -> None:
    client, url = town.client("officer"), person_url(town, "tomo", f"perlindungan/{town.ids['tomo_cover']}/akhiri/")
    early = client.post(url, {**month("to_month", add_months(MONTH, -9)), "reason": REASON})
    assert "baru mulai" in text_of(early)
    asked_twice(client, url, {**month("to_month", MONTH), "reason": REASON})
    assert stored(Cover, pk=town.ids["tomo_cover"]).to_month == MONTH


def test_own_cover_waits_for_its_first_contribution(town: Town) -> None:
    client, url = town.client("officer"), person_url(town, "idle", "perlindungan/mulai/")
    data = {"work": "ojek", "income_rupiah": "1,5 juta", "jht_member": "tidak", **month("from_month", MONTH), "reason": REASON}
    asked_twice(client, url, data)
    cover = stored(Cover, participant=town.people["idle"])
    assert (cover.sector, cover.income_rupiah, cover.payer) == ("transport", 1_500_000, "self")
    told = text_of(client.get(person_url(town, "idle", "perlindungan/")))
    assert "Menunggu iuran" in told and "Tidak terlindungi" in told
    assert "sudah tercatat" in text_of(client.post(url, data))


def test_spells_of_another_person_are_not_reached_through_this_one(town: Town) -> None:
    client = town.client("officer")
    assert client.get(person_url(town, "budi", f"kerja/{town.ids['job']}/akhiri/")).status_code == 403
    assert client.get(person_url(town, "siti", f"perlindungan/{town.ids['cover']}/akhiri/")).status_code == 403
    assert client.get(person_url(town, "budi", f"kartu/{town.ids['card']}/cabut/")).status_code == 403


def test_a_card_is_issued_as_pdf_and_revoked_by_a_supervisor(town: Town) -> None:
    answer = town.client("officer").post(person_url(town, "siti", "kartu/terbit/"))
    assert b"".join(answer).startswith(b"%PDF")
    assert count(Card, participant=town.people["siti"]) == 2
    url = person_url(town, "siti", f"kartu/{town.ids['card']}/cabut/")
    assert "Cabut</a>" not in town.client("officer").get(person_url(town, "siti", "kartu/")).content.decode()
    asked_twice(town.client("supervisor"), url, {"reason": REASON})
    assert stored(Card, serial=town.ids["card"]).revoked_at is not None
    assert "Dicabut" in text_of(town.client("officer").get(person_url(town, "siti", "kartu/")))


def test_who_may_not_revoke_is_refused_by_the_action(town: Town) -> None:
    url = person_url(town, "siti", f"kartu/{town.ids['card']}/cabut/")
    assert town.client("officer").post(url, {"reason": REASON, "langkah": "simpan"}).status_code == 403
    assert stored(Card, serial=town.ids["card"]).revoked_at is None


def test_no_card_without_cover(town: Town) -> None:
    answer = town.client("officer").post(person_url(town, "idle", "kartu/terbit/"))
    assert "belum ada kartu" in text_of(answer, 409)


# --- registering at the counter ---------------------------------------------------------------------------------------


def somebody(town: Town, **given: Any) -> dict[str, str]:
    """The first page about somebody new."""
    born = dt.date(1991, 3, 4)
    facts = {
        "nik": cast.nik(born, "f", cast.SIDOARJO, 77), "name": "Orang Baru", "birth_place": "Sidoarjo", **day("birth_date", born),
        "sex": "f", "mother_name": "Ibu Baru", "phone": "0813 0000 1111", "regency_code": str(cast.SIDOARJO),
        "address": "Jalan Melati 5",
    }  # fmt: skip
    return facts | given


HOME = {"halaman": "2", "village_code": str(VILLAGE), "own": "tidak"}
OWN_WORK = {"own": "ya", "work": "petani", "income_rupiah": "1000000", "jht_member": "ya", **month("from_month", MONTH)}


def test_somebody_is_registered_in_two_pages_and_a_look(town: Town) -> None:
    client, data = town.client("officer"), somebody(town)
    second = text_of(client.post("/kantor/daftar/", {**data, "halaman": "1"}))
    assert "Langkah 2 dari 2 · Orang Baru" in second
    assert "Sumberwaras" in second
    look = client.post("/kantor/daftar/", {**data, **HOME, **OWN_WORK})
    told = text_of(look)
    assert "Periksa jawaban Anda" in told and "Petani atau pekebun" in told and data["nik"] not in told
    assert not count(Participant, name="Orang Baru"), "a look registers nobody"
    answer = client.post("/kantor/daftar/", {**data, **HOME, **OWN_WORK, "langkah": "simpan"})
    person = stored(Participant, name="Orang Baru")
    assert answer["Location"] == f"/kantor/daftar/selesai/{person.kpj}/"
    assert (person.registered_via, person.village_code, person.address) == ("counter", VILLAGE, "Jalan Melati 5")
    assert stored(Cover, participant=person).jht_member
    told = text_of(client.get(answer["Location"]))
    assert f"{person.kpj[:4]} {person.kpj[4:8]} {person.kpj[8:]}" in told
    assert "sesudah iuran pertama masuk" in told


def test_answers_travel_in_forms_and_survive_going_back(town: Town) -> None:
    client, data = town.client("officer"), somebody(town)
    back = client.post("/kantor/daftar/", {**data, **HOME, "langkah": "awal"}).content.decode()
    assert 'value="Orang Baru"' in back and f'name="village_code" value="{VILLAGE}"' in back
    again = client.post("/kantor/daftar/", {**data, **HOME, "langkah": "ubah"}).content.decode()
    assert "Jalan Melati 5" in again and f'name="nik" value="{data["nik"]}"' in again


def test_what_is_wrong_is_told_on_its_own_page(town: Town) -> None:
    client = town.client("officer")
    first = text_of(client.post("/kantor/daftar/", somebody(town, sex="m")))
    assert "Menurut NIK, pemiliknya perempuan" in first and "Langkah 1" in first
    second = text_of(client.post("/kantor/daftar/", {**somebody(town), **HOME, **OWN_WORK, "income_rupiah": ""}))
    assert "Penghasilan sebulan belum diisi" in second and "Langkah 2" in second
    bank = text_of(client.post("/kantor/daftar/", {**somebody(town), **HOME, "bank_code": "BRI", "bank_account": "12"}))
    assert "Nomor rekening 5 sampai 20 angka" in bank


def test_an_office_registers_only_people_of_its_region(town: Town) -> None:
    told = text_of(town.client("officer").post("/kantor/daftar/", somebody(town, regency_code=str(cast.LUMAJANG))))
    assert "Langkah 1 dari 2" in told
    assert str(cast.LUMAJANG) not in town.client("officer").get("/kantor/daftar/").content.decode()


def test_a_known_nik_shows_who_it_is_where_that_is_in_sight(town: Town) -> None:
    for who, shown in (("siti", True), ("wati", False)):
        person = town.people[who]
        with cast.everyone():
            nik = show(participant_id=person.pk, field="nik", reason=REASON)
        data = somebody(
            town, nik=nik, name=person.name, regency_code=str(cast.SIDOARJO), **day("birth_date", person.birth_date)
        )  # fmt: skip
        told = text_of(town.client("officer").post("/kantor/daftar/", data))
        assert "Sudah terdaftar" in told
        assert ("Buka halamannya" in told) is shown
        assert ("Terdaftar di wilayah lain" in told) is not shown
        assert (f"{person.kpj[:4]} {person.kpj[4:8]}" in told) is shown


def test_a_nik_with_another_name_is_not_confirmed(town: Town) -> None:
    person = town.people["siti"]
    with cast.everyone():
        nik = show(participant_id=person.pk, field="nik", reason=REASON)
    data = somebody(town, nik=nik, name="Nama Lain Sekali", **day("birth_date", person.birth_date))
    assert "NIK ini milik peserta dengan nama lain" in text_of(town.client("officer").post("/kantor/daftar/", data))


def test_somebody_alike_is_registered_and_becomes_a_question_for_another(town: Town) -> None:
    client = town.client("officer")
    twin = stored(Participant, pk=town.people["officer_twin"].pk)
    data = somebody(
        town, nik="", name="Mohamad Djoko Susilo", sex="m", mother_name="Soeminah", **day("birth_date", twin.birth_date)
    )  # fmt: skip
    assert "Mungkin sudah terdaftar" in text_of(client.post("/kantor/daftar/", {**data, **HOME}))
    answer = client.post("/kantor/daftar/", {**data, **HOME, "langkah": "simpan"}, follow=True)
    assert "Lihat keduanya" in text_of(answer)
    with cast.everyone():
        question = DuplicateQuestion.objects.latest("pk")
    assert "Anda sendiri yang mendaftarkan" in text_of(client.get(f"/kantor/ganda/{question.pk}/"))


# --- employers and sponsors -------------------------------------------------------------------------------------------


FIRM = {
    "name": "PT Roti Contoh", "kind": "company", "npwp": "01.234.567.8-901.000", "scale": "small", "labour_intensive": "tidak",
    "kbli": "10710", "regency_code": str(cast.SIDOARJO), "address": "Jalan Roti 1",
}  # fmt: skip


def test_an_employer_is_registered_with_the_risk_class_of_its_industry(town: Town) -> None:
    client, url = town.client("officer"), "/kantor/perusahaan/daftar/"
    assert "Langkah 2 dari 2" in text_of(client.post(url, {**FIRM, "halaman": "1"}))
    found = client.post(url, {**FIRM, "halaman": "2", "langkah": "cari", "words": "roti"})
    told = text_of(found)
    assert "roti" in told.lower() and "Kelas risiko" in told
    code = found.content.decode().split('name="industry" value="')[1].split('"')[0]
    look = text_of(client.post(url, {**FIRM, "halaman": "2", "words": "roti", "industry": code}))
    assert "PP 82/2019, lampiran" in look and "Usaha kecil" in look
    assert not count(Employer, name="PT Roti Contoh")
    answer = client.post(url, {**FIRM, "halaman": "2", "words": "roti", "industry": code, "langkah": "simpan"})
    firm = stored(Employer, name="PT Roti Contoh")
    assert answer["Location"] == f"/kantor/perusahaan/{firm.npp}/"
    assert (firm.industry, firm.kbli, firm.registered_via) == (code, "10710", "counter")


def test_the_industry_is_asked_for_and_words_that_find_nothing_say_so(town: Town) -> None:
    client, url = town.client("officer"), "/kantor/perusahaan/daftar/"
    assert "Jenis usaha belum dipilih" in text_of(client.post(url, {**FIRM, "halaman": "2"}))
    none = text_of(client.post(url, {**FIRM, "halaman": "2", "langkah": "cari", "words": "xyzzy"}))
    assert "Tidak ada jenis usaha dengan kata itu" in none


def test_a_tax_number_belongs_to_one_employer(town: Town) -> None:
    client, url = town.client("officer"), "/kantor/perusahaan/daftar/"
    data = {**FIRM, "halaman": "2", "industry": "1.1"}
    client.post(url, {**data, "langkah": "simpan"})
    assert "NPWP ini sudah terdaftar" in text_of(client.post(url, {**data, "name": "PT Lain"}))
    assert "NPWP 15 atau 16 angka" in text_of(client.post(url, {**FIRM, "npwp": "123"}))


def test_an_employers_page_tells_facts_units_projects_and_workers(town: Town) -> None:
    client = town.client("officer")
    told = text_of(client.get(f"/kantor/perusahaan/{town.payers['firm'].npp}/"))
    assert "Pekerja aktif 3" in told and "Gudang Barat" in told
    assert "Jembatan Contoh" in text_of(client.get(f"/kantor/perusahaan/{town.payers['builder'].npp}/"))
    assert client.get(f"/kantor/perusahaan/{town.payers['far_firm'].npp}/").status_code == 403


def test_facts_of_an_employer_are_changed_with_a_reason(town: Town) -> None:
    firm, client = town.payers["firm"], town.client("officer")
    data = {
        "name": firm.name, "industry": "5.1", "kbli": "", "scale": "medium", "labour_intensive": "tidak",
        "regency_code": str(cast.SIDOARJO), "address": "Jalan Baru", "reason": REASON,
    }  # fmt: skip
    asked_twice(client, f"/kantor/perusahaan/{firm.npp}/ubah/", data)
    row = stored(Employer, pk=firm.pk)
    assert (row.industry, row.scale, row.risk_class, row.address) == ("5.1", "medium", "very_high", "Jalan Baru")


def test_a_sponsor_is_registered_for_a_regency_or_a_village(town: Town) -> None:
    client, url = town.client("officer"), "/kantor/pembayar/daftar/"
    data = {"name": "CSR PT Contoh", "kind": "csr", "regency_code": str(cast.SIDOARJO)}
    asked_twice(client, url, data)
    assert stored(Sponsor, name="CSR PT Contoh").region_code == cast.SIDOARJO
    village = {**data, "name": "Desa Karangsari", "kind": "village"}
    assert "Pilih desanya" in text_of(client.post(url, village))
    asked_twice(client, url, {**village, "village_code": "3515012002"})
    assert stored(Sponsor, name="Desa Karangsari").region_code == 3515012002


def test_a_sponsors_page_tells_how_many_and_who_is_about_to_lose_it(town: Town) -> None:
    told = text_of(town.client("officer").get(f"/kantor/pembayar/{town.payers['regency'].number}/"))
    assert "Orang terlindungi 1" in told and "Segera berakhir 1" in told
    assert town.client("officer").get(f"/kantor/pembayar/{town.payers['far_sponsor'].number}/").status_code == 403


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
    told = text_of(town.client("head").post("/kantor/wilayah/", upload(text)))
    assert "2 wilayah dimasukkan atau diperbarui. 2 baris keliru." in told
    assert "4 Kolom pertama bukan kode wilayah. xx | Tanpa Kode" in told
    assert "5 Wilayah induk 351599 tidak ada" in told
    village = stored(Region, pk=3515022001)
    assert (village.name, village.bps_code, village.parent_code) == ("Desa Baru", 3515020001, 351502)


def test_a_file_that_is_no_list_is_refused(town: Town) -> None:
    client = town.client("head")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("a.txt", "x")
    for data in (upload(""), {"file": SimpleUploadedFile("wilayah.csv", packed.getvalue())}, {}):
        assert "Ada yang perlu diperbaiki" in text_of(client.post("/kantor/wilayah/", data))


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
