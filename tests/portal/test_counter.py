"""An office at work: spells, cards, somebody at the counter, employers and sponsors. Each write is asked twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from desks import (
    MONTH,
    REASON,
    TODAY,
    VILLAGE,
    Town,
    asked_twice,
    count,
    day,
    month,
    person_url,
    stored,
    text_of,
)  # fmt: skip

from jamsostek.core.months import add_months
from jamsostek.registry.models import (
    Card,
    Cover,
    DuplicateQuestion,
    Employer,
    Employment,
    Participant,
    Sponsor,
)
from jamsostek.registry.queries.people import show
from tests import cast

pytestmark = pytest.mark.usefixtures("town_undone")


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
    assert "Penghasilan sebulan Rata-rata" in second, "not marked as free: needed unless somebody else pays"
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
    assert "sesudah iuran pertama masuk" in told and "Buat kode bayar" in told


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
    page = client.get(answer["Location"])
    assert "diberikan oleh penyelia cabang" in text_of(page) and "Undang pengguna" not in text_of(page)


def test_those_who_may_are_shown_the_way_to_give_access_to_a_new_payer(town: Town) -> None:
    client = town.client("supervisor")
    data = {**FIRM, "name": "PT Baru", "npwp": "", "halaman": "2", "industry": "1.1", "langkah": "simpan"}
    firm = client.post("/kantor/perusahaan/daftar/", data, follow=True)
    csr = {"name": "CSR PT Baru", "kind": "csr", "regency_code": str(cast.SIDOARJO), "langkah": "simpan"}
    sponsor = client.post("/kantor/pembayar/daftar/", csr, follow=True)
    for page, role in ((firm, "employer_approver"), (sponsor, "sponsor_approver")):
        assert "dengan Undang pengguna di halaman ini" in text_of(page)
        way = page.content.decode().split('href="/kantor/pengguna/undang/')[1].split('"')[0].replace("&amp;", "&")
        form = client.get(f"/kantor/pengguna/undang/{way}").content.decode()
        assert f'value="{role}" selected' in form
        assert f'value="{way.split("atas=")[1]}"' in form


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
