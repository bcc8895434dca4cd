"""What everybody may see of coverage: nation and registry apart, every definition, the past as printed, charts to take away."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import speaking
from jamsostek.coverage import cube, protected
from jamsostek.coverage.denominators import denominator, denominators
from jamsostek.messages.brief.draw import Brief, Grid, draw_brief_pdf
from jamsostek.portal.coverage import own
from jamsostek.portal.coverage.brief import told
from jamsostek.portal.coverage.charts import CHARTS
from jamsostek.portal.coverage.denominators import NOTES, share_words
from jamsostek.portal.coverage.grid import PLACES, bounds_of, class_of
from jamsostek.portal.coverage.province import regency_counts
from jamsostek.portal.jobs import draw_public_charts
from jamsostek.portal.screens import charts
from tests.coverage import invented_people

PEOPLE, SEED = 4_000, 7


def text(path: str, language: str = "id") -> str:
    """A page's words, tags taken out."""
    client = Client()
    client.cookies["jamsostek_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of an installation of invented people, with one night's cells."""
    made = tmp_path_factory.mktemp("cakupan")
    invented_people.photographed(made / "coverage", invented_people.drawn(PEOPLE, SEED))
    return made


@pytest.fixture
def night(folder: Path, db: Any, settings: Any) -> Iterator[None]:
    """The installation with its cells."""
    settings.JAMSOSTEK_DATA = folder
    charts._failed.clear()
    yield
    protected._told.cache_clear()


@pytest.fixture
def no_night(tmp_path: Path, db: Any, settings: Any) -> None:
    """An installation in which nothing was counted yet."""
    settings.JAMSOSTEK_DATA = tmp_path


def test_the_founding_figures_are_read_off_one_page(no_night: None) -> None:
    said = text("/cakupan/sejarah/")
    for line in (
        "7,1 juta dari 9 juta: 79 % dari sasaran RPJMN 2020-2024",
        "Peserta aktif Oktober 2023 40.200.000", "Bukan penerima upah (BPU) Oktober 2023 7.100.000",
        "Pegawai non-ASN Oktober 2023 4.300.000", "Pekerja rentan yang dibayari Oktober 2023 1.800.000",
        "Dana kelolaan Oktober 2023 Rp688 triliun", "Klaim dibayar Januari sampai Oktober 2023 Rp40 triliun",
        "Kasus klaim Januari sampai Oktober 2023 3.400.000", "Beasiswa Januari sampai Oktober 2023 Rp279 miliar",
        "Beasiswa Januari sampai Oktober 2023 65.000", "Rencana strategis BPJS 2026 70.000.000",
        "Rencana strategis BPJS 2026 Rp1.000 triliun", "RPJPN 2025-2045 2045 99,5 %",
    ):  # fmt: skip
        assert line in said, line
    assert "7.1 million of 9 million: 79 %" in text("/cakupan/sejarah/", "en")


def test_sums_that_hold_and_conflicts_stand_on_the_page(no_night: None) -> None:
    said = text("/cakupan/sejarah/")
    assert "35.684.564 tepat" in said and "40.196.096 tepat" in said and "70.426 tepat" in said
    assert "41.560.000 (C08) atau 41.460.000 (C12)" in said and "sumber lain: Rp21,2 triliun" in said


def test_every_series_can_be_read_page_by_page(no_night: None) -> None:
    for name in ("peserta", "dana", "klaim", "sasaran", "semesta", "kerja", "upah"):
        assert "Sumber" in text(f"/cakupan/sejarah/{name}/")
    assert (
        "Rp2.446.880" in " ".join(text(f"/cakupan/sejarah/upah/?hal={page}") for page in (1, 2))
        and Client().get("/cakupan/sejarah/lain/").status_code == 404
    )


def test_without_a_night_the_dashboard_tells_the_published_nation_alone(no_night: None) -> None:
    said = text("/cakupan/")
    assert "Dari 146,5 juta orang yang bekerja, 35,8 juta terlindungi" in said
    assert "Belum ada potret malam dari daftar ini." in said
    assert "Belum ada angka kabupaten dan kota" in text("/cakupan/provinsi/35/")


def test_the_nation_and_this_registry_are_told_apart(night: None) -> None:
    said = text("/cakupan/")
    at = own.now()
    assert at is not None
    [whole] = own.told((at.month,), ("active",))
    assert whole["active"] % 10 == 0
    assert "Bukan angka nasional: hanya orang yang tercatat di sistem ini" in said and "39,0 juta" in said
    assert f"Aktif {whole['active']:,}".replace(",", ".") in said


def test_nothing_under_ten_and_nothing_unrounded_is_told(night: None) -> None:
    at = own.now()
    assert at is not None
    lines = own.told((at.month,), ("active", "ever"), ("regency", "sex"))
    counts = [line[name] for line in lines for name in ("active", "ever") if line[name] is not None]
    assert counts and min(counts) >= 10 and all(count % 10 == 0 for count in counts)
    for name in ("arus", "pembayar", "kesenjangan"):
        made = CHARTS[name]()
        assert made is not None and made.rows
        numbers = [value for row in made.rows for key, value in row.items() if key in ("persons", "active", "ever") and value]
        assert numbers and all(number % 10 == 0 for number in numbers)


@pytest.mark.parametrize("key", ["bekerja", "angkatan-kerja", "upah", "mandiri", "kantor"])
def test_every_definition_has_its_map_ranking_and_table(no_night: None, key: str) -> None:
    answer = Client().get(f"/cakupan/?dasar={key}").content.decode()
    assert len(re.findall(r'class="place q\d"', answer)) == 38
    assert f'id="peringkat-{key}"' in answer and answer.count(f"/?dasar={key}") >= 76, "each province in the map and in the table"


def test_the_table_is_sorted_as_asked(no_night: None) -> None:
    pages = {order: Client().get(f"/cakupan/?urut={order}").content.decode() for order in ("cakupan", "-cakupan", "-peserta")}
    first = {order: re.findall(r'data-label="Provinsi"><a[^>]*>([^<]*)<', html) for order, html in pages.items()}
    assert first["cakupan"][0].startswith("Papua") and first["cakupan"] != first["-cakupan"]
    assert first["-peserta"][0] == "Jawa Barat"


def test_new_provinces_say_where_their_members_are_counted(no_night: None) -> None:
    for code in (93, 94, 95, 96):
        assert "masih dihitung dalam Papua dan Papua Barat" in text(f"/cakupan/provinsi/{code}/")
    assert Client().get("/cakupan/provinsi/99/").status_code == 404


def test_every_denominator_of_a_place_stands_there_with_its_source(no_night: None) -> None:
    nation, province = text("/cakupan/"), text("/cakupan/provinsi/33/")
    for line in (
        "Semua pekerja 149.380.000 Desember 2024 dibaca pada naskahnya C42", "Semua pekerja 154.004.720 Agustus 2025",
        "Pekerja menurut RPJMN Semua pekerja –", "Semua pekerja 107.692.308", "Perempuan 58.470.383", "Ombudsman: yang terdaftar",
    ):  # fmt: skip
        assert line in nation, line
    assert "Semua pekerja 12.706.261 April 2022" in province and "149.380.000" not in province
    assert "All known denominators" in text("/cakupan/", "en")
    assert "milik provinsi ini sendiri" in text("/cakupan/provinsi/91/") and "milik provinsi ini sendiri" not in province


def test_every_note_of_a_denominator_has_its_words() -> None:
    noted = {one.note for region in (0, *PROVINCES, *REGENCIES) for one in denominators(region, 202611)}
    said_by_the_definition = {"", "employed less formal", "70 million members in 2026 (SEED) stated as 65 % (C10)"}
    assert noted - said_by_the_definition == set(NOTES) - {"121.02 less the 2.61 million told as the growth of a year"}


def test_shares_of_regencies_are_told_with_the_assumption_they_stand_on(night: None) -> None:
    shown = {code: counts for code in PROVINCES if any((counts := regency_counts(code)).values())}
    code, counts = next(iter(shown.items()))
    answer = Client().get(f"/cakupan/provinsi/{code}/").content.decode()
    tiles = answer[answer.index('class="regencies"') : answer.index('id="kabupaten"')]
    assert "adalah anggapan kami" in tiles and tiles.count("%</span>") == sum(1 for one in counts.values() if one)
    empty = next(iter(set(PROVINCES) - set(shown)), None)
    assert empty is None or "anggapan kami" not in text(f"/cakupan/provinsi/{empty}/").split("Tabel kabupaten dan kota")[0]
    assert (share_words(0, 1000), share_words(1, 10_000), share_words(5, 1000)) == ("0,0 %", "< 0,1 %", "0,5 %")


def test_every_province_has_a_tile_of_its_own() -> None:
    assert set(PLACES) == set(PROVINCES)
    places = {(x, y) for _short, x, y in PLACES.values()}
    assert len(places) == 38 and all(0 <= x < 15 and 0 <= y < 7 for x, y in places)
    assert len({short for short, _x, _y in PLACES.values()}) == 38


def test_classes_of_colour_go_from_the_lowest_to_the_highest() -> None:
    bounds = bounds_of([5, 1, 4, None, 2, 3])
    assert [class_of(value, bounds) for value in (1, 2, 3, 4, 5, None)] == [1, 2, 3, 4, 5, 0]
    assert class_of(7, bounds_of([7])) == 5 and bounds_of([None]) == []


def test_a_chart_has_its_address_its_csv_and_a_frame_for_other_sites(night: None) -> None:
    for name in ("peserta", "persen", "arus"):
        assert "Sematkan di situs lain" in text(f"/cakupan/grafik/{name}/")
        lines = b"".join(Client().get(f"/cakupan/grafik/{name}/?bentuk=csv")).decode("utf-8-sig").splitlines()
        assert len(lines) > 3 and "Sumber" in lines[0]
        frame, page = Client().get(f"/cakupan/sisipan/{name}/"), Client().get(f"/cakupan/grafik/{name}/")
        assert "X-Frame-Options" not in frame and "frame-ancestors *" in frame["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert "<script" not in frame.content.decode() and "<form" not in frame.content.decode()
    assert Client().get("/cakupan/grafik/tidak-ada/").status_code == 404


def test_every_public_chart_can_be_drawn_in_both_languages(night: None) -> None:
    made = draw_public_charts()
    assert made >= 4 * (len(CHARTS) - 4 * len(PROVINCES)) and draw_public_charts() == 0, "what is kept is not drawn again"


def test_the_data_are_given_away_as_they_stand(no_night: None) -> None:
    from jamsostek.coverage.published import DATA

    assert Client().get("/cakupan/data/terbitan.csv").content == (DATA / "published.csv").read_bytes()
    assert "Sakernas Aug 2025" in text("/cakupan/data/") and Client().get("/cakupan/data/rahasia.csv").status_code == 404


def test_the_page_of_data_lists_the_charts_that_have_something_to_show(night: None) -> None:
    listed = re.findall(r"/cakupan/grafik/([\w-]+)/\"", Client().get("/cakupan/data/").content.decode())
    assert listed == [name for name, build in CHARTS.items() if (made := build()) and made.rows] and "arus" in listed
    assert "Who pays" in text("/cakupan/data/", "en") and "Siapa yang membayar" in text("/cakupan/data/")


def test_without_a_night_no_chart_of_the_registry_is_listed(no_night: None) -> None:
    listed = Client().get("/cakupan/data/").content.decode()
    assert "/cakupan/grafik/peserta/" in listed and "/cakupan/grafik/arus" not in listed


def test_the_lines_of_a_province_are_those_asked_for_it_alone(night: None) -> None:
    at = own.now()
    assert at is not None
    for code in (32, 35, 94):
        question = cube.Question((at.month,), ("active", "ever"), ("sex", "segment"), {"province": (code,)})
        alone = cube.protect(cube.ask(question)).dicts()
        lines = own.told((at.month,), ("active", "ever"), ("sex", "segment"), province=(code,))
        assert [{name: line[name] for name in alone[0]} for line in lines] == alone if alone else lines == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_province_fits_on_two_pages(night: None, language: str) -> None:
    for code in (31, 33, 35, 65, 93):
        client = Client()
        client.cookies["jamsostek_language"] = language
        answer = client.get(f"/cakupan/provinsi/{code}/ringkasan.pdf")
        with pypdfium2.PdfDocument(answer.content) as document:
            words = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
            assert len(document) == 2
        assert PROVINCES[code].name in words and ("Sumber" if language == "id" else "Source") in words
        assert ("Angkatan kerja (Sakernas)" if language == "id" else "Labour force (Sakernas survey)") in words
        assert of_formal(code, language) in words, "every denominator side by side"


def test_a_brief_with_much_to_tell_stands_smaller_and_never_on_a_third_page() -> None:
    def brief(rows: int) -> Brief:
        grid = Grid("Tabel", ["Apa", "Nilai"], [[f"Baris {row}", "1"] for row in range(rows)])
        return Brief(
            "id", "Judul", "Dua halaman", dt.date(2026, 11, 23), [("Peserta", "1", "")], [], [grid], "Kedua", [grid], ["Sumber"]
        )

    heights = []
    for rows in (20, 68):
        with pypdfium2.PdfDocument(draw_brief_pdf(brief(rows))) as document:
            assert len(document) == 2
            text = document[0].get_textpage()
            _left, bottom, _right, top = text.get_charbox(text.get_text_range().index("Baris 1"))
            heights.append(top - bottom)
    assert heights[1] < 0.95 * heights[0]
    with pytest.raises(ValueError, match="pages"):
        draw_brief_pdf(brief(120))


def of_formal(region: int, language: str) -> str:
    found = denominator(region, 202611, "formal")
    assert found is not None
    with speaking(language):
        return format_number(found.persons or 0)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_regency_that_was_counted_fits_on_two_pages(night: None, language: str) -> None:
    client = Client()
    client.cookies["jamsostek_language"] = language
    for code in sorted(set(invented_people.REGENCIES) & set(REGENCIES)):
        answer = client.get(f"/cakupan/kabupaten/{code}/ringkasan.pdf")
        with pypdfium2.PdfDocument(answer.content) as document:
            words = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
            assert len(document) == 2
        assert REGENCIES[code].name in words and of_formal(code, language) in words
        assert ("anggapan" if language == "id" else "assumption") in words
    assert f"/cakupan/kabupaten/{1101}/ringkasan.pdf" in client.get("/cakupan/provinsi/11/").content.decode()


def test_a_regency_without_a_count_has_no_brief(no_night: None) -> None:
    for code in (1101, 9999):
        assert Client().get(f"/cakupan/kabupaten/{code}/ringkasan.pdf").status_code == 404


def test_the_brief_of_each_province_tells_its_own(no_night: None) -> None:
    with speaking("id"):
        assert {told(code, "").title for code in (11, 31)} == {"Cakupan di Aceh", "Cakupan di Daerah Khusus Ibukota Jakarta"}


def test_the_api_gives_figures_with_their_sources_and_protected_cells(night: None) -> None:
    found = Client().get("/api/v1/coverage/published?series=members&region=0").json()["items"]
    [one] = [item for item in found if item["as_of"] == "2025-03" and item["segment"] == "all"]
    assert (one["value"], one["status"], one["source_text"]) == ("40196096", "verified", "tarunakota (Q1 2025)")
    printed = Client().get("/api/v1/coverage/published?series=members&region=1971").json()["denominators"]
    assert next(line["persons"] for line in printed if line["definition"] == "ucj") == 70_426, "Pangkalpinang as printed"
    assert {line["status"] for line in printed if line["definition"] == "employed"} == {"assumed"}
    aceh = Client().get("/api/v1/coverage/cells?province=11").json()["denominators"]
    assert {line["definition"] for line in aceh} >= {"labour_force", "employed", "formal"}
    cells = Client().get("/api/v1/coverage/cells?by=sex").json()
    assert {line["key"] for line in cells["items"]} == {"m", "f"} and all(line["active"] % 10 == 0 for line in cells["items"])
    assert Client().get("/api/v1/coverage/cells?by=person").status_code == 422


def test_the_api_says_when_nothing_was_counted_yet(no_night: None) -> None:
    found = Client().get("/api/v1/coverage/cells").json()
    assert found.pop("denominators") and found == {"as_of": None, "month": None, "by": None, "items": []}
