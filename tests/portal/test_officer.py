"""The pages of an office: who sees whom, what waits, finding and showing people, changing them."""

from __future__ import annotations

import datetime as dt

import pytest
from desks import (
    MONTH,
    OTHER_VILLAGE,
    REASON,
    TODAY,
    Town,
    asked_twice,
    count,
    day,
    month,
    person_url,
    stored,
    text_of,
)  # fmt: skip
from django.db import connection

from jamsostek.core.months import add_months, month_of
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.actions import changes
from jamsostek.registry.models import (
    Employment,
    Participant,
    Relative,
)
from jamsostek.registry.queries.people import masked, show
from tests import cast

pytestmark = pytest.mark.usefixtures("town_undone")


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
    head = text_of(town.client("head").get("/kantor/"))
    assert "Daftar kecamatan dan desa" in head
    assert "Akun di wilayah ini" in told and "Akun di wilayah ini" not in head


def test_the_head_office_is_called_so_on_all_its_pages(town: Town) -> None:
    head, branch = town.client("head"), town.client("officer")
    for path in ("/kantor/", "/kantor/pengguna/", "/kantor/tiket/", person_url(town, "siti")):
        assert "Kantor cabang" not in text_of(head.get(path)) and "Kantor pusat" in text_of(head.get(path)), path
        assert "Kantor cabang" in text_of(branch.get(path)) and "Kantor pusat" not in text_of(branch.get(path)), path


def test_accounts_left_out_of_the_list_are_told(town: Town) -> None:
    for who, word in (("supervisor", "loket rumah sakit"), ("head", "pembayar iuran, dan desa")):
        client = town.client(who)
        assert word in text_of(client.get("/kantor/pengguna/"))
        assert "Tanpa pencarian" not in text_of(client.get("/kantor/pengguna/?cari=ibu"))


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


def test_a_new_home_is_a_move_since_a_day_or_a_correction(town: Town) -> None:
    siti, client, url = town.people["siti"], town.client("officer"), person_url(town, "siti", "pindah/")
    there = {"regency_code": str(cast.LUMAJANG), "village_code": "", "address": "", "reason": REASON}
    tomorrow = {**there, **day("domicile_since", TODAY + dt.timedelta(days=1)), "langkah": "simpan"}
    assert "Hari pindah tidak mungkin" in text_of(client.post(url, tomorrow))
    before = {**there, **day("domicile_since", dt.date(2026, 8, 17))}
    assert f"menjadi {date(dt.date(2026, 8, 17))}" in text_of(client.post(url, before))
    client.post(url, {**before, "langkah": "simpan"})
    moved = stored(Participant, pk=siti.pk)
    assert (moved.regency_code, moved.domicile_since) == (cast.LUMAJANG, dt.date(2026, 8, 17))
    assert entries("participant.changed", siti.pk)[0] == ("regency_code,village_code,address,domicile_since", REASON)
    with cast.everyone():  # the day stays where only the place was wrong
        changes.change_person(
            participant_id=siti.pk, changes={"regency_code": cast.SIDOARJO}, today=TODAY, now=cast.NOW, reason=REASON
        )
    assert stored(Participant, pk=siti.pk).domicile_since == dt.date(2026, 8, 17)


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
    month = month_words(month_of(TODAY - dt.timedelta(days=2)))
    assert f"Berakhir dengan {month} PT Contoh Makmur Sentosa" in text_of(client.post(url, data)), "what will end is named"
    assert client.post(url, {**data, "langkah": "simpan"}).status_code == 302
    job = stored(Employment, pk=town.ids["job"])
    assert job.to_month is not None and job.leaving == "died"
    assert "Meninggal" in text_of(client.get(person_url(town, "siti")))
    again = client.post(url, data)
    assert "sudah tercatat" in text_of(again)
    told = text_of(client.get(person_url(town, "siti", "meninggal/batal/")))
    assert "daftarkan lagi, mulai bulan sesudah bulan terakhirnya" in told, "cover has no way back but a new beginning"
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
