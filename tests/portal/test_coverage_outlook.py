"""Who is left behind, where members are going, and what must be true: pages everybody may open, answers in the address."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jamsostek.coverage.assumptions import Assumed
from jamsostek.coverage.levers import Goal, plan
from jamsostek.coverage.nation_history import outlook
from jamsostek.coverage.starts import start_of
from jamsostek.portal.screens.words import today
from tests.coverage import budget_town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.JAMSOSTEK_DATA = tmp_path


def text(name: str, client: Client, language: str = "id", **asked: Any) -> str:
    client.cookies["jamsostek_language"] = language
    answer = client.get(reverse(f"coverage:{name}"), asked)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows(name: str, client: Client, **asked: Any) -> list[list[str]]:
    answer = client.get(reverse(f"coverage:{name}"), {**asked, "bentuk": "csv"})
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content)))[:-1]


def test_the_gap_of_women_is_told_with_its_denominator(client: Client) -> None:
    found = text("gaps", client)
    assert "12.570.000" in found and "58.470.383" in found and "21,5 %" in found and "32,9 %" in found
    assert "6.669.494" in found, "women missing for the coverage of men"
    assert "tidak ditemukan" in found and "720.748" in found and "7.040.000" in found


def test_the_parts_of_a_provinces_gap_add_up_in_the_file(client: Client) -> None:
    found = rows("gaps", client)[1:]
    assert len(found) == 34
    for line in found:
        assert float(line[4]) + float(line[5]) == pytest.approx(float(line[3]), abs=2e-6), line


def test_the_projection_says_how_wrong_it_was(client: Client) -> None:
    found = text("projection", client)
    assert "14,2 %" in found and "19,2 %" in found and "Arus bergabung, kembali, dan berhenti" in found
    assert "kurang dari 1 %" in found


def test_a_way_and_a_growth_asked_for_stand_in_the_address_and_the_file(client: Client) -> None:
    told = outlook(way="drift", growth=0.015)
    lines = rows("projection", client, cara="drift", pertumbuhan="1,5")
    last = lines[-1]
    assert last[0] == "2045" and int(last[1]) == round(told.at(2045).middle) and int(last[6]) == round(told.at(2045).most)
    assert "pembanding sederhana, bukan" in text("projection", client, cara="last")


def test_the_plan_of_the_address_is_the_plan_shown_and_filed(client: Client) -> None:
    first = today().year + 1
    made = plan(start_of(32, first), Assumed(renewal_rupiah=20_000), Goal(0.45, first + 4, first))
    lines = rows("planner", client, wilayah="32", sasaran="45", tahun=str(first + 4), biaya_kembali="20.000")
    assert [int(line[-1]) for line in lines[1:]] == [sum(one.rupiah) for one in made.years]
    assert "Jawa Barat" in text("planner", client, wilayah="32", sasaran="45", tahun=str(first + 4))


def test_the_form_shows_its_own_assumptions_and_reads_them_back(client: Client) -> None:
    from jamsostek.portal.coverage.planner_form import AssumedForm, assumed_of, typed

    for one in (Assumed(), Assumed(budget_rupiah=5_000_000_000, natural_growth=-0.012)):
        form = AssumedForm(typed(one))
        assert form.is_valid(), form.errors
        assert assumed_of(form.cleaned_data) == one


def test_what_cannot_be_reached_says_so(client: Client) -> None:
    found = text("planner", client, sasaran="99", tahun=str(today().year + 2))
    assert "Tidak terjangkau dengan anggapan ini" in found and "Yang sudah sampai batasnya" in found


@pytest.mark.parametrize("asked", [{"tahun": "1999"}, {"sasaran": "200"}, {"wilayah": "93"}, {"rentan": "abc"}, {"tahun": ""}])
def test_nonsense_is_asked_again(client: Client, asked: dict[str, str]) -> None:
    assert "Perlu diperbaiki" in text("planner", client, **asked) or "anggapan di bawah" not in text("planner", client, **asked)


@pytest.mark.parametrize("name", ["gaps", "projection", "planner"])
def test_every_page_is_read_in_both_languages(client: Client, name: str) -> None:
    found = text(name, client, language="en")
    assert not re.search(r"\b(yang|dengan|orang|tahun)\b", found, re.IGNORECASE), found


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three years of an invented registry as its cells would tell it: men farm and stay, women trade and lapse."""
    import datetime as dt

    from jamsostek.coverage import cube
    from jamsostek.portal.coverage import own

    def told(months: tuple, measures: tuple, by: tuple = (), **where: Any) -> list[dict[str, Any]]:
        women = "f" in where.get("sex", ()) or "physical" in where.get("disability", ())
        if by == ("occupation",) and "registered" not in measures:
            kinds = [("farmer", 100, 80), ("market", 300, 150)] if women else [("farmer", 600, 480), ("market", 100, 50)]
            return [{"occupation": kind, "ever": ever, "active": active} for kind, ever, active in kinds]
        if not by:
            return [{"registered": 800 if women else 1_000}]
        values = {"province": (35, 0), **cube.LISTS}[by[0]]
        return [{by[0]: one, "registered": 800, "ever": 400, "active": 230 if at else None} for at, one in enumerate(values)]

    monkeypatch.setattr(own, "now", lambda: own.Now(202512, dt.date(2025, 12, 31)))
    monkeypatch.setattr(own, "told", told)


def test_the_registry_says_why_fewer_women_are_active(client: Client, registry: None) -> None:
    found = text("gaps", client)
    told = "Pekerjaan yang dilakukan −10,9 Pernah terlindungi −13,3 Tetap aktif 0,0 Selisih −24,3 (28,7 % − 53,0 %)"
    assert told in found, found[-900:]


@pytest.mark.parametrize("view", ["jenis-kelamin", "disabilitas", "umur", "pekerjaan", "tempat", "omong-kosong"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_registry_is_told_by_every_view(client: Client, registry: None, view: str, language: str) -> None:
    found = text("gaps", client, language=language, menurut=view)
    assert ("kurang dari 10" if language == "id" else "fewer than 10") in found


@pytest.fixture(scope="module")
def photographed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    budget_town.photographed(folder / "coverage")
    return folder


@pytest.fixture
def budget(photographed: Path, settings: Any, folder: None) -> None:
    settings.JAMSOSTEK_DATA = photographed


def region(client: Client, code: int, language: str = "id", **asked: Any) -> Any:
    client.cookies["jamsostek_language"] = language
    return client.get(reverse("coverage:region_projection", args=[code]), asked)


def said(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_registrys_course_shows_its_january(client: Client, budget: None) -> None:
    found = text("projection", client)
    assert "Seberapa tepat arus bulanan di masa lalu" in found
    assert "Januari: dari yang dibayari pemerintah daerah, 100,0 (99,9–100,0) persen berhenti" in found
    assert "paling banyak 0,1" in found and "Terlihat pada 3 Januari" in found


def test_a_region_is_told_by_its_own_flows_and_by_the_nations_step(client: Client, budget: None) -> None:
    found = said(region(client, 32))
    assert "Jawa Barat" in found and "Galat mutlak rata-rata di tempat ini" in found and "Akhir 2045" in found
    assert "kurang dari 1 persen orang yang bekerja di sini" in found, "a small registry is not held against a region's targets"
    assert "Sasaran nasional 99,5 %: bagian yang sama di sini" in found, "what was published is"
    assert "Pemerintah daerah 400" in found and "Kota Bandung" in found


def test_what_is_not_known_of_a_region_is_said(client: Client, budget: None) -> None:
    regency = said(region(client, budget_town.TOWN))
    assert "anggapan kami" in regency and "Belum ada angka peserta" in regency and "Arus" in regency
    nowhere = said(region(client, 9501))
    assert "kurang dari 1.000 peserta aktif di sini" in nowhere and "tidak mencatat cukup orang" in nowhere
    assert region(client, 99).status_code == region(client, 3299).status_code == 404


def test_the_file_of_a_region_has_every_year_of_both_ways(client: Client, budget: None) -> None:
    answer = region(client, 32, bentuk="csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    for ways in ({"Langkah Indonesia"}, {"Arus semua peserta", "Arus tiap pembayar"}):
        years = [line[1] for line in lines if line and line[0] in ways]
        assert years[-1] == "2045" and "2030" in years


@pytest.mark.parametrize("code", [32, 91, 93, budget_town.TOWN])
def test_a_region_is_read_in_both_languages(client: Client, budget: None, code: int) -> None:
    found = said(region(client, code, "en"))
    assert not re.search(r"\b(yang|dengan|orang|tahun)\b", found, re.IGNORECASE), found


def test_a_regency_plans_from_the_registry_from_own_figures_or_says_why_not(client: Client, budget: None) -> None:
    asked = {"sasaran": "40", "tahun": str(today().year + 4)}
    here = text("planner", client, wilayah=str(budget_town.TOWN), **asked)
    assert "dihitung dari daftar pemasangan ini, Juni 2026" in here and "1.600" in here and "anggapan kami" in here
    unknown = text("planner", client, wilayah="9501", **asked)
    assert "tidak diketahui" in unknown and "Isi jumlah peserta" in unknown
    own = text("planner", client, wilayah="9501", peserta_pu="900", peserta_bpu="300", berhenti="50", **asked)
    assert "angka Anda sendiri" in own and "1.200" in own
    assert "belum diisi" in text("planner", client, wilayah="9501", peserta_pu="900", **asked)


def test_the_list_of_places_has_the_regencies_of_the_province_chosen(client: Client) -> None:
    client.cookies["jamsostek_language"] = "id"
    page = client.get(reverse("coverage:planner"), {"wilayah": "93"}).content.decode()
    assert page.count("<option") > 38 and "Kabupaten dan kota di Papua Selatan" in page and "Merauke" in page


def test_the_error_of_the_past_is_said_in_a_sentence_and_try_by_try(client: Client) -> None:
    found = text("projection", client)
    assert "Cara yang dipakai meleset rata-rata 14,2 %; membiarkan angka terakhir meleset 19,2 %" in found
    told = outlook()
    one = next(one for one in told.tries if one.way == told.way)
    assert f"{one.told / 1e6:.1f}".replace(".", ",") in found and "Setiap percobaan" in found


def test_a_regions_own_goal_stands_beside_the_projection(client: Client, budget: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from jamsostek.portal.coverage import region_projection

    row = SimpleNamespace(region_code=32, denominator="employed", target=4_500, year=2030, invented=True)
    rows = SimpleNamespace(filter=lambda **asked: [row] if asked["region_code"] == 32 else [])
    monkeypatch.setattr(region_projection.region_goals, "public", lambda: rows)
    found = said(region(client, 32))
    assert "Sasaran daerah: 45,00 % dari penduduk bekerja (Sakernas) (contoh)" in found
    assert "Sasaran daerah" not in said(region(client, 33))
