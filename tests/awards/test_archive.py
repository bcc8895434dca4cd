"""The archive of the real editions: whole, cited, and honest about what is not known."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from jamsostek.awards import archive
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import speaking

pytestmark = pytest.mark.usefixtures("db")


def test_eighty_one_winners_are_kept_each_with_sources_that_are_known() -> None:
    found = archive.winners()
    assert len(found) == 81
    assert Counter(one.assessment_year for one in found) == {
        2017: 12,
        2018: 6,
        2019: 6,
        2020: 2,
        2021: 7,
        2022: 7,
        2023: 32,
        2024: 9,
    }
    for one in (*found, *archive.editions(), *archive.criteria()):
        assert set(one.sources) <= set(archive.sources())
    assert all(one.sources for one in (*found, *archive.editions()))
    assert [one.name["id"] for one in archive.criteria() if not one.sources] == [
        "Upah sebenarnya, tepat waktu, keselamatan kerja"
    ]


def test_a_name_that_is_a_region_is_linked_to_its_code_of_today() -> None:
    for one in archive.winners():
        if one.region is not None:
            name = PROVINCES[one.region].name if one.region < 100 else REGENCIES[one.region].name
            told = {"DKI Jakarta": "Daerah Khusus Ibukota Jakarta"}.get(one.name, one.name)
            assert told.replace(" ", "") == name.replace(" ", ""), (one.name, name)
    ampat = {one.region for one in archive.winners() if one.name == "Kabupaten Raja Ampat"}
    assert {REGENCIES[code].province_code for code in ampat if code} == {96}
    unlinked = [one.name for one in archive.winners() if one.region is None and one.category in ("province", "regency")]
    assert unlinked == ["Kota atau Kabupaten Tegal"]


def test_three_dates_are_told_apart_and_a_missing_one_is_not_filled() -> None:
    seventh = archive.edition(2023)
    assert seventh is not None and seventh.label.startswith("Paritrana 2024") and seventh.ceremony_on == dt.date(2024, 9, 12)
    assert [one.assessment_year for one in archive.editions() if one.ceremony_on is None] == [2024, 2019]
    assert all(one.weight == "" for one in archive.criteria())


def test_what_no_source_tells_is_said_of_each_edition() -> None:
    gaps = {one.assessment_year: " ".join(archive.gaps(one)) for one in archive.editions()}
    assert all(gaps.values())
    assert "Tanggal penyerahan tidak tercatat" in gaps[2019] and "Tanggal penyerahan tidak tercatat" not in gaps[2018]
    assert "Provinsi: 1 dari 3" in gaps[2020] and "Usaha kecil dan mikro: pemenang nasional tidak ditemukan" in gaps[2017]
    assert "13 pemenang tanpa peringkat" in gaps[2023] and "Kota atau Kabupaten Tegal" in gaps[2023]
    with speaking("en"):
        assert not any(set(archive.gaps(one)) & set(text.split(". ")) for one in archive.editions() for text in gaps.values())


def test_a_search_finds_by_words_year_level_and_province() -> None:
    assert {one.assessment_year for one in archive.search("jember")} == {2017, 2021}
    assert [one.name for one in archive.search("jawa timur", year=2017)] == ["Jawa Timur"]
    assert {one.province for one in archive.search(province=96)} == {96}
    assert archive.search("tidak ada begitu") == []
    assert archive.by_province()[72] == 8


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_archive_is_open_to_everybody_in_both_languages(language: str) -> None:
    client = Client()
    client.cookies["jamsostek_language"] = language
    for path in ("/paritrana/", "/paritrana/arsip/", "/paritrana/arsip/pemenang/", *(
        f"/paritrana/arsip/{one.assessment_year}/" for one in archive.editions()
    )):  # fmt: skip
        assert client.get(path).status_code == 200, path
    assert client.get("/paritrana/arsip/2016/").status_code == 404


def test_the_archive_says_the_years_it_holds() -> None:
    client, years = Client(), [one.assessment_year for one in archive.editions()]
    assert (min(years), max(years)) == (2017, 2024)
    for path in ("/paritrana/", "/paritrana/arsip/"):
        page = client.get(path).content.decode()
        assert "Arsip edisi tahun penilaian 2017 sampai 2024" in page and "2017 sampai 2025" not in page
    page = client.get("/paritrana/arsip/2020/").content.decode()
    assert "?tahun=2020&amp;bentuk=xlsx" in page
    assert client.get("/paritrana/arsip/pemenang/?tahun=2020&bentuk=xlsx").status_code == 200


def test_nobody_is_promised_what_only_some_can_do() -> None:
    page = Client().get("/paritrana/").content.decode()
    assert "oleh siapa pun" not in page and "yang berhak atas potretnya" in page


def test_the_export_holds_what_was_filtered_and_says_each_source() -> None:
    rows = _csv(Client().get("/paritrana/arsip/pemenang/?tahun=2020&bentuk=csv"))
    assert sorted(row[5] for row in rows[1:-1]) == ["Kabupaten Raja Ampat", "Papua Barat"]
    assert all(row[8] == "A05" for row in rows[1:-1])
    whole = _csv(Client().get("/paritrana/arsip/pemenang/?bentuk=csv"))
    assert len(whole) == 1 + 81 + 1


def _csv(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
