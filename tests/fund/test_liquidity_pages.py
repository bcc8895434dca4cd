"""Pages of liquidity, stress and reports: what they tell, who may do what, files, and the report everybody may read."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from decimal import Decimal
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from holding import House, paper, price, share

from jamsostek.core.months import add_months, month_of
from jamsostek.fund.actions import reports
from jamsostek.fund.models import Report, StressRun
from jamsostek.portal.screens import today
from tests import cast

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def house(db: Any) -> House:
    found = House()
    found.money("jkk", 9_000_000_000)
    found.money("jkm", 400_000_000)
    stock = share("SHM-9")
    found.carried(fund="jkk", instrument_id=stock, quantity=1_000, price=Decimal(500_000))
    price(stock, dt.date(2026, 1, 20), 500_000)
    found.carried(fund="jkk", instrument_id=paper("OBL-9"), quantity=1_000, price=Decimal(1_000_000))
    return found


def client(house: House, role: str, language: str = "id") -> Client:
    found = cast.signed_in(Client(), house.people[role])
    found.cookies["jamsostek_language"] = language
    return found


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, (answer.status_code, answer.get("Location"))
    body = re.sub(r"<head>.*?</head>", " ", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def content(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


PAGES = (
    "/dana/likuiditas/", "/dana/likuiditas/dana/jkk/", "/dana/likuiditas/uji/", "/dana/likuiditas/tersimpan/",
    "/dana/likuiditas/tersimpan/banding/", "/dana/laporan/", "/dana/laporan/terbitan/", "/dana/laporan-tahunan/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_both_languages(house: House, path: str, language: str) -> None:
    said = text_of(client(house, "chief", language).get(path))
    assert said
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", said)


def test_liquidity_tells_each_fund_beside_what_was_published(house: House) -> None:
    said = text_of(client(house, "head_office").get("/dana/likuiditas/"))
    assert "254 bulan (Desember 2022, C26)" in said
    assert "95,2 % (Februari 2021, C24)" in said
    assert "Dana JKK Rp8,00 miliar" not in said  # its worth is what came in, less nothing
    assert "Rp9,00 miliar" in said


def test_a_scenario_is_in_the_address_and_comes_as_a_file(house: House) -> None:
    who = client(house, "risk")
    asked = "/dana/likuiditas/uji/?skenario=market&p_fall-equity=50"
    said = text_of(who.get(asked))
    assert "Nilai yang hilang seketika Rp250,00 juta" in said
    assert "50,00 %, diubah dari 37,75 %" in said
    assert "Apa yang mematahkan kita" in said
    rows = content(who.get(f"{asked}&bentuk=csv")).decode("utf-8-sig")
    assert "JKK,Seketika sesudahnya,9000000000,8750000000" in rows


@pytest.mark.parametrize(
    "query",
    ["skenario=meteor", "skenario=quake", "skenario=quake&wilayah=99", "p_fall-equity=101", "on-d=31&on-m=2&on-y=2026",
     "peserta=-5", "p_layoffs-months=banyak", "skenario=quake&wilayah=²"],
)  # fmt: skip
def test_nonsense_is_told_at_its_field_and_never_fails(house: House, query: str) -> None:
    assert "Perlu diperbaiki" in client(house, "risk").get(f"/dana/likuiditas/uji/?{query}").content.decode()


def test_an_earthquake_says_where_and_how_many(house: House) -> None:
    said = text_of(client(house, "actuary" if "actuary" in house.people else "risk").get(
        "/dana/likuiditas/uji/?skenario=quake&wilayah=35&peserta=20000"
    ))  # fmt: skip
    assert "Gempa di satu wilayah: Jawa Timur, sekitar 20.000 peserta" in said


def test_risk_keeps_a_run_and_the_chief_answers_it(house: House) -> None:
    risk = client(house, "risk")
    kept = risk.post(
        "/dana/likuiditas/uji/simpan/?skenario=market&p_fall-equity=60", {"judul": "Saham jatuh", "rujukan": "uji-7"}
    )
    run = StressRun.objects.get(reference="UJI-7")
    assert (kept.status_code, run.changed) == (302, {"fall.equity": 600_000})
    path = f"/dana/likuiditas/tersimpan/{run.pk}/"
    assert "Simpan keputusan" not in text_of(risk.get(path))
    chief = client(house, "chief")
    assert "Simpan keputusan" in text_of(chief.get(path))
    assert chief.post(path, {"answer": "tidak"}).status_code == 200  # without a reason it is asked again
    assert chief.post(path, {"answer": "ya"}).status_code == 302
    assert "Disetujui" in text_of(risk.get("/dana/likuiditas/tersimpan/"))
    assert b"UJI-7" in chief.get(f"/dana/likuiditas/tersimpan/banding/?a={run.pk}&b={run.pk}").content
    assert content(chief.get(f"{path}unduh/?bentuk=xlsx"))[:2] == b"PK"
    assert client(house, "dealer").post("/dana/likuiditas/uji/simpan/", {}).status_code == 403


def test_what_is_not_there_is_a_page_that_is_not_there(house: House) -> None:
    who = client(house, "chief")
    for path in (
        "/dana/likuiditas/dana/xyz/", "/dana/likuiditas/tersimpan/999/", "/dana/laporan/999/", "/dana/laporan/999/laporan.pdf",
        "/dana/laporan-tahunan/2019/",
    ):  # fmt: skip
        assert who.get(path).status_code == 404, path


def test_a_report_is_asked_for_read_signed_and_taken_away(house: House) -> None:
    office, chief = client(house, "head_office"), client(house, "chief")
    asked = office.post("/dana/laporan/minta/", {"dana": "jkk", "bulan-m": "3", "bulan-y": "2026", "catatan": ""})
    report = Report.objects.get()
    path = f"/dana/laporan/{report.pk}/"
    assert asked["Location"] == path
    page = office.get(path).content.decode()
    assert 'href="/buku/akun/investment:jkk/?first-d=1&amp;first-m=3&amp;first-y=2026&amp;last-d=31' in page
    assert "9.000.000.000" in page
    assert "/buku/" not in text_of(chief.get(path))
    assert 'href="/buku/' not in chief.get(path).content.decode()  # who may not open the books gets no door to them
    assert "Simpan keputusan" not in text_of(office.get(path))
    assert chief.post(path, {"answer": "ya"}).status_code == 302
    assert "Isinya sama dengan yang ditandatangani Cocok" in text_of(chief.get(path))
    book = openpyxl.load_workbook(io.BytesIO(content(chief.get(f"{path}laporan.xlsx"))))
    sheet = next(one for one in book.worksheets if one.title.startswith("1."))
    rows = {row[1]: row[2] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["investment:jkk"] == 1_500_000_000
    with pypdfium2.PdfDocument(content(chief.get(f"{path}laporan.pdf"))) as paper_:
        told = "".join(one.get_textpage().get_text_bounded() for one in paper_)
    assert "Laporan Dana JKK Maret 2026" in told
    assert "1.500.000.000" in told
    assert bytes(report.answer.digest).hex()[:20] in told.replace("\r\n", "")


def test_a_month_to_come_is_refused_at_its_field(house: House) -> None:
    ahead = add_months(month_of(today()), 1)
    answer = client(house, "risk").post(
        "/dana/laporan/minta/", {"dana": "jht", "bulan-m": str(ahead % 100), "bulan-y": str(ahead // 100)}
    )
    assert "Masa ini belum berakhir" in text_of(answer)


def test_a_report_in_the_making_says_how_far_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "AT_ONCE", -1)
    with house.act("head_office"):
        report = reports.ask(kind="monthly", fund="jkk", period=202603, today=today())
    who = client(house, "chief")
    assert "0 dari 6 bagian selesai" in text_of(who.get(f"/dana/laporan/{report.pk}/"))
    part = who.get(f"/dana/laporan/{report.pk}/keadaan/?dari=making", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part
    assert who.get(f"/dana/laporan/{report.pk}/laporan.pdf").status_code == 404
    reports.build(report_id=report.pk)
    part = who.get(f"/dana/laporan/{report.pk}/keadaan/?dari=making", headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"


def test_everybody_reads_the_year_once_it_was_signed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Client()
    assert "Belum ada laporan tahunan" in text_of(visitor.get("/dana/laporan-tahunan/"))
    with house.act("head_office"):
        report = reports.ask(kind="annual", fund="all", period=2026, today=dt.date(2027, 1, 5))
    monkeypatch.setattr("jamsostek.fund.reports.building.last_month", lambda _report: 202612)
    assert visitor.get("/dana/laporan-tahunan/2026/").status_code == 404
    with house.act("chief"):
        reports.answer(report_id=report.pk, signed=True)
    said = text_of(visitor.get("/dana/laporan-tahunan/2026/"))
    assert "Dana JKK" in said
    assert "2026" in text_of(visitor.get("/dana/laporan-tahunan/"))
    assert content(visitor.get("/dana/laporan-tahunan/2026/laporan.pdf")).startswith(b"%PDF")
    assert visitor.get(f"/dana/laporan/{report.pk}/").status_code in (302, 403)
