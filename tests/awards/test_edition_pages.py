"""The committee's pages of editions: written, looked at, compared, opened by another, closed, cancelled."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from jamsostek.awards.reading import samples
from tests import cast

BASE = "/paritrana/panitia/"
SAMPLE = samples()["peragaan-2026"]


@pytest.fixture
def committee(db: Any) -> dict[str, Client]:
    """Two of the nation's committee, one of a province's."""
    people = {
        "one": cast.user("panitia.satu", "award_committee"), "other": cast.user("panitia.dua", "award_committee"),
        "province": cast.user("panitia.provinsi", "award_committee", "region", 35),
    }  # fmt: skip
    return {name: cast.signed_in(Client(), user) for name, user in people.items()}


def _new(client: Client, text: str = SAMPLE, **more: str) -> Any:
    return client.post(f"{BASE}edisi/baru/?dari=contoh:peragaan-2026", {"content": text, **more})


def _html(client: Client, path: str) -> str:
    answer = client.get(f"{BASE}{path}")
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_an_edition_is_begun_from_the_sample_and_opened_by_another(committee: dict[str, Client]) -> None:
    one, other = committee["one"], committee["other"]
    assert "Tidak ada edisi yang berjalan" in _html(one, "")
    assert "contoh:peragaan-2026" in _html(one, "edisi/baru/")
    assert _new(one).status_code == 302
    assert "Anda yang menulis versi ini" in _html(one, "edisi/peragaan-2026/")
    assert one.post(f"{BASE}edisi/peragaan-2026/buka/", {"version": 1}).status_code == 403
    assert "Bobot" in _html(other, "edisi/peragaan-2026/buka/")
    assert other.post(f"{BASE}edisi/peragaan-2026/buka/", {"version": 1}).status_code == 302
    assert "Berjalan" in _html(one, "edisi/peragaan-2026/")
    assert "Juri belum mengunci nilai" in _html(one, "")


def test_what_is_wrong_is_told_with_its_place_and_nothing_is_kept(committee: dict[str, Client]) -> None:
    answer = _new(committee["one"], SAMPLE.replace("weight: 18", "weight: 19", 1))
    assert "categories.employer_large.criteria: Bobot Perusahaan besar berjumlah 101 %" in answer.content.decode()
    assert "Belum ada edisi" in _html(committee["one"], "edisi/")


def test_a_change_after_opening_needs_a_reason_and_is_compared_in_words(committee: dict[str, Client]) -> None:
    one, other = committee["one"], committee["other"]
    _new(one)
    other.post(f"{BASE}edisi/peragaan-2026/buka/", {"version": 1})
    later = SAMPLE.replace("nominate_until: 2026-12-31", "nominate_until: 2027-01-15")
    looked = {"content": later, "after": 1, "lihat": "1", "reason": ""}
    seen = one.post(f"{BASE}edisi/peragaan-2026/ubah/", looked).content.decode()
    assert "31 Desember 2026" in seen and "15 Januari 2027" in seen
    refused = one.post(f"{BASE}edisi/peragaan-2026/ubah/", {"content": later, "after": 1, "reason": ""})
    assert "perubahannya memerlukan alasan" in refused.content.decode()
    why = {"content": later, "after": 1, "reason": "Banjir di tiga provinsi"}
    assert one.post(f"{BASE}edisi/peragaan-2026/ubah/", why).status_code == 302
    stale = one.post(f"{BASE}edisi/peragaan-2026/ubah/", {**why, "content": later.replace("winners: 3", "winners: 2")})
    assert "sudah ditulis ulang sejak Anda membacanya" in stale.content.decode()
    assert "Banjir di tiga provinsi" in _html(one, "edisi/peragaan-2026/versi/")
    told = _html(committee["province"], "edisi/peragaan-2026/versi/1/2/")
    assert "Hari terakhir pencalonan" in told and "15 Januari 2027" in told
    assert "nominate_until: 2026-12-31" in _html(one, "edisi/peragaan-2026/versi/1/")


def test_a_preview_tells_what_a_new_text_says(committee: dict[str, Client]) -> None:
    seen = _new(committee["one"], lihat="1").content.decode()
    assert "Kategori, siapa yang boleh ikut, dan berapa yang menang" in seen and "TOPSIS" in seen
    assert "Belum ada edisi" in _html(committee["one"], "edisi/")


def test_the_code_is_not_changed_and_not_taken_twice(committee: dict[str, Client]) -> None:
    one = committee["one"]
    _new(one)
    assert "sudah ada" in _new(one).content.decode()
    other = {"content": SAMPLE.replace("code: peragaan-2026", "code: peragaan-x"), "after": 1, "reason": ""}
    assert "Kode edisi tidak dapat diganti" in one.post(f"{BASE}edisi/peragaan-2026/ubah/", other).content.decode()


def test_cancelling_needs_a_reason_and_ends_it(committee: dict[str, Client]) -> None:
    one = committee["one"]
    _new(one)
    assert "belum diisi" in one.post(f"{BASE}edisi/peragaan-2026/batalkan/", {"version": 1, "reason": " "}).content.decode()
    assert one.post(f"{BASE}edisi/peragaan-2026/batalkan/", {"version": 1, "reason": "Keliru tahun"}).status_code == 302
    assert "Keliru tahun" in _html(one, "edisi/peragaan-2026/")
    assert "tidak lagi di tahap itu" in one.post(f"{BASE}edisi/peragaan-2026/tutup/", {"version": 1}).content.decode()


def test_a_province_reads_its_own_and_writes_no_edition(committee: dict[str, Client]) -> None:
    _new(committee["one"])
    province = committee["province"]
    assert "Jawa Timur" in _html(province, "")
    assert "Jawa Timur" in _html(province, "edisi/peragaan-2026/lomba/")
    assert "Jawa Barat" not in _html(province, "edisi/peragaan-2026/lomba/")
    for path in ("edisi/baru/", "edisi/peragaan-2026/ubah/", "edisi/peragaan-2026/buka/", "edisi/peragaan-2026/batalkan/"):
        assert province.get(BASE + path).status_code == 403, path


def test_pages_that_are_not_there(committee: dict[str, Client]) -> None:
    _new(committee["one"])
    for path in ("edisi/tidak-ada/", "edisi/peragaan-2026/versi/7/", "edisi/peragaan-2026/versi/1/9/"):
        assert committee["one"].get(BASE + path).status_code == 404, path


def test_everything_is_said_in_english_too(committee: dict[str, Client]) -> None:
    one = committee["one"]
    _new(one)
    one.cookies["jamsostek_language"] = "en"
    for path in ("", "edisi/", "edisi/baru/", "edisi/peragaan-2026/", "edisi/peragaan-2026/isi/", "edisi/peragaan-2026/versi/"):
        assert 'lang="en"' in _html(one, path), path
    assert "Coverage of wage earners" in _html(one, "edisi/peragaan-2026/isi/")


def test_whoever_opens_it_reads_who_may_enter_and_how_every_contest_is_decided(committee: dict[str, Client]) -> None:
    _new(committee["one"])
    for path in ("edisi/peragaan-2026/isi/", "edisi/peragaan-2026/buka/"):
        seen = _html(committee["other"], path)
        for words in (
            "Perusahaan, skala besar", "Perusahaan, sektor keuangan dan asuransi", "Kabupaten atau kota, semua",
            "1. Cakupan pekerja bukan penerima upah", "Simpangan baku dari rata-rata", "Jumlah tertimbang",
            "Ukuran itu tidak ikut dihitung baginya", "3 pemenang, 1 maju ke tingkat nasional", "Piala provinsi (rekaan)",
            "Pedoman nilai: Inovasi dan pelaksanaan", "Berjalan di seluruh wilayah dengan hasil terukur",
        ):  # fmt: skip
            assert words in seen, (path, words)
    from jamsostek.awards.reading import read

    for category in read(SAMPLE).categories.values():
        assert f"Aturan {category.name}" in seen and f"Bobot: {category.name}" in seen, category.key


def test_days_are_told_as_the_days_they_are(committee: dict[str, Client]) -> None:
    _new(committee["one"])
    seen = _html(committee["other"], "edisi/peragaan-2026/buka/")
    assert "31 Januari 2027" in seen and "1 Februari 2027" not in seen
    committee["other"].post(f"{BASE}edisi/peragaan-2026/buka/", {"version": 1})
    home = str(committee["one"].get("/paritrana/calon/").content.decode())
    assert "5 Januari 2026" in home and "4 Januari 2026" not in home


def test_a_running_edition_is_not_offered_to_be_opened_again(committee: dict[str, Client]) -> None:
    one, other = committee["one"], committee["other"]
    _new(one)
    assert "<form" not in _main(_html(one, "edisi/peragaan-2026/buka/")), "who wrote it reads that another opens it"
    assert "belum dibuka" in _html(one, "edisi/peragaan-2026/tutup/")
    other.post(f"{BASE}edisi/peragaan-2026/buka/", {"version": 1})
    seen = _main(_html(other, "edisi/peragaan-2026/buka/"))
    assert "Edisi ini sudah dibuka." in seen and "<form" not in seen
    one.post(f"{BASE}edisi/peragaan-2026/tutup/", {"version": 1})
    assert "Edisi ini sudah berakhir." in _html(one, "edisi/peragaan-2026/batalkan/")


def _main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def test_nothing_changed_is_said_and_makes_no_version(committee: dict[str, Client]) -> None:
    one = committee["one"]
    _new(one)
    again = one.post(f"{BASE}edisi/peragaan-2026/ubah/", {"content": f"# sama\n{SAMPLE}", "after": 1, "reason": ""}, follow=True)
    seen = again.content.decode()
    assert (
        "Tidak ada yang berubah, jadi tidak ada versi baru." in seen and "Versi tersimpan" not in seen and "Versi 2" not in seen
    )
    other = SAMPLE.replace("ceremony_on: 2027-10-20", "ceremony_on: 2027-11-20")
    saved = one.post(
        f"{BASE}edisi/peragaan-2026/ubah/", {"content": other, "after": 1, "reason": ""}, follow=True
    ).content.decode()
    assert "Versi tersimpan." in saved and "Versi 2" in saved


def test_the_contents_of_an_edition_are_called_so_in_english(committee: dict[str, Client]) -> None:
    _new(committee["one"])
    committee["one"].cookies["jamsostek_language"] = "en"
    seen = _main(_html(committee["one"], "edisi/peragaan-2026/isi/"))
    assert ">Contents<" in seen and "Fill it in" not in seen
