"""Pages of a region's strategy: a regulation by two to the public, a plan to its proof, a report to the ministry."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jamsostek.outreach.models import HalfReport, PlanItem, Regulation
from tests import cast
from tests.portal.desks import day, stored, text_of, undone

TODAY = cast.TODAY
HERE = cast.SIDOARJO
PEOPLE = {
    "officer": ("regional_officer", "region", HERE), "head": ("regional_head", "region", HERE),
    "second": ("regional_head", "region", HERE), "far": ("regional_officer", "region", cast.LUMAJANG),
    "province": ("regional_officer", "region", 35), "ministry": ("ministry", "nation", 0), "auditor": ("auditor", "nation", 0),
    "centre": ("head_office", "nation", 0), "viewer": ("regional_viewer", "region", HERE),
}  # fmt: skip


@pytest.fixture(scope="module")
def users(module_db: Any) -> dict[str, Any]:
    return {name: cast.user(name, *grant) for name, grant in PEOPLE.items()}


@pytest.fixture
def client(users: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Browsers of people who signed in, on a day of the tests; what a test writes is taken back."""
    for name in ("frame", "home", "nation", "plans", "regulations", "reports", "rules"):
        monkeypatch.setattr(f"jamsostek.portal.strategy.{name}.today", lambda: TODAY)
    monkeypatch.setattr("jamsostek.portal.strategy.items.now_day", lambda: TODAY)
    monkeypatch.setattr("jamsostek.portal.strategy.reports.timezone", SimpleNamespace(now=lambda: cast.NOW))

    def make(who: str = "", language: str = "id") -> Client:
        found = cast.signed_in(Client(), users[who]) if who else Client()
        found.cookies["jamsostek_language"] = language
        return found

    with undone():
        yield make


def pdf(height: int = 400) -> SimpleUploadedFile:
    file, document = io.BytesIO(), pypdfium2.PdfDocument.new()
    document.new_page(300, height)
    document.save(file)
    return SimpleUploadedFile("naskah.pdf", file.getvalue(), "application/pdf")


def told(**more: Any) -> dict[str, Any]:
    """A regulation as its form sends it."""
    return {
        "kind": "perkada", "number": "12", "year": "2025", "title": "Perlindungan petani", "settles": ["groups", "budget"],
        **day("signed_on", dt.date(2025, 3, 4)), **day("in_force_from", dt.date(2025, 3, 5)), "file": pdf(),
    } | more  # fmt: skip


def does(client: Client, url: str, said: str, **answers: Any) -> str:
    """Sends a form; what the page after it says."""
    answer = client.post(url, answers or {"x": "1"}, follow=True)
    text = text_of(answer)
    assert answer.redirect_chain, text[:900]
    assert said in text
    return text


def confirmed(client: Any, **more: Any) -> Regulation:
    does(client("officer"), reverse("strategy:regulation_new", args=[HERE]), "Orang lain yang mengesahkannya", **told(**more))
    row = stored(Regulation, number=more.get("number", "12"))
    does(client("head"), reverse("strategy:regulation_confirm", args=[row.code]), "Siapa pun dapat membacanya")
    return row


def test_a_regulation_goes_from_the_officer_by_the_head_to_everybody(client: Any) -> None:
    officer, head, anybody = client("officer"), client("head"), client()
    new = reverse("strategy:regulation_new", args=[HERE])
    assert "Belum ada peraturan" in text_of(officer.get(reverse("strategy:regulations", args=[HERE])))
    assert "harus PDF" in text_of(officer.post(new, told(file=SimpleUploadedFile("a.png", _png(), "image/png"))))
    assert "Naskah belum diisi" in text_of(officer.post(new, {**told(), "file": ""}))
    does(officer, new, "Menunggu disahkan", **told())
    row = stored(Regulation)
    here, public = reverse("strategy:regulation", args=[row.code]), reverse("rules:show", args=[row.code])
    assert reverse("strategy:regulation_confirm", args=[row.code]) not in officer.get(here).content.decode()
    assert anybody.get(public).status_code == 404
    assert "Tidak ada peraturan" in text_of(anybody.get(reverse("rules:list")))
    assert officer.post(reverse("strategy:regulation_confirm", args=[row.code])).status_code == 403
    does(head, reverse("strategy:regulation_confirm", args=[row.code]), "Disahkan")
    page = text_of(anybody.get(public))
    assert "Perlindungan petani" in page and "Kelompok yang dilindungi, Kewajiban menganggarkan" in page
    paper = anybody.get(reverse("rules:paper", args=[row.code]))
    assert paper["Content-Type"] == "application/pdf" and paper.content[:5] == b"%PDF-"
    for query, found in (
        ("cari=petani", True), ("cari=nelayan", False), ("jenis=perda", False), ("mengatur=groups", True), ("daerah=35", True),
        ("daerah=3508", False), ("tahun=2025", True), ("tahun=1999&jenis=lain", False), ("daerah=99&tahun=abc", True),
    ):  # fmt: skip
        assert ("Perlindungan petani" in text_of(anybody.get(f"{reverse('rules:list')}?{query}"))) is found, query
    assert b"Perlindungan petani" in b"".join(anybody.get(f"{reverse('rules:file')}?bentuk=csv").streaming_content)
    assert "Regulation of the head of region 12/2025" in text_of(client(language="en").get(public))


def _png() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (30, 30), "white").save(file, "png")
    return file.getvalue()


def test_a_regulation_that_is_replaced_or_ends_says_so(client: Any) -> None:
    old = confirmed(client)
    new = confirmed(client, number="30", replaces=str(old.code), file=pdf(500), **day("in_force_from", dt.date(2026, 1, 1)))
    page = text_of(client().get(reverse("rules:show", args=[old.code])))
    assert "Tidak berlaku lagi" in page and "Diganti oleh Peraturan kepala daerah 30/2025" in page
    assert "31 Desember 2025" in page
    head, second = client("head"), client("second")
    end = {"reason": "Dicabut", **day("until", dt.date(2026, 10, 31))}
    does(head, reverse("strategy:regulation_end", args=[new.code]), "menunggu disahkan", **end)
    assert "disahkan orang lain" in text_of(head.post(reverse("strategy:regulation_ended", args=[new.code]), {"x": "1"}))
    does(second, reverse("strategy:regulation_ended", args=[new.code]), "Tidak berlaku lagi")
    does(second, reverse("strategy:regulation_withdraw", args=[old.code]), "Ditarik", reason="Salah catat")
    assert client().get(reverse("rules:show", args=[old.code])).status_code == 404


def test_a_plan_from_the_duties_to_its_proof(client: Any) -> None:
    rule, officer = confirmed(client), client("officer")
    here = reverse("strategy:plan", args=[HERE, 2026])
    assert "Belum ada rencana tahun ini" in text_of(officer.get(here))
    does(officer, reverse("strategy:suggest", args=[HERE, 2026]), "Daftarkan semua pegawai non-ASN daerah")
    assert "Register all of the region's non-ASN staff" in text_of(client("officer", "en").get(here))
    new = {"pillar": "budget", "title": "Anggarkan petani tembakau", "office": "Dinas Pertanian", "officer": "Bu Ani", "duty": ""}
    add = reverse("strategy:item_new", args=[HERE, 2026])
    assert "Kantor yang mengerjakan belum diisi" in text_of(officer.post(add, {**new, "office": ""}))
    page = does(officer, add, "Anggarkan petani tembakau", **new, **day("due_on", dt.date(2026, 9, 1)))
    assert "Terlambat" in page
    item = stored(PlanItem, title="Anggarkan petani tembakau")
    move = reverse("strategy:item_move", args=[item.pk])
    assert "Belum ada buktinya" in text_of(officer.post(move, {"state": "done"}))
    assert "Alasan belum diisi" in text_of(officer.post(move, {"state": "dropped"}))
    does(officer, move, "Sedang dikerjakan", state="under_way", file=pdf())
    does(officer, move, "Selesai, sejak 21 November 2026", state="done", regulation=str(rule.code))
    shown = officer.get(reverse("strategy:item", args=[item.pk]))
    text = text_of(shown)
    assert "keadaan: Direncanakan menjadi Sedang dikerjakan" in text and "Butir ditambahkan" in text
    assert "Bukti: peraturan Peraturan kepala daerah 12/2025" in text
    assert officer.get(reverse("strategy:item_file", args=[item.pk])).content[:5] == b"%PDF-"
    change = {**new, "title": "Anggarkan petani cengkih", **day("due_on", dt.date(2026, 12, 1))}
    does(officer, reverse("strategy:item_change", args=[item.pk]), "Anggarkan petani cengkih", **change)
    does(officer, reverse("strategy:copy", args=[HERE, 2027]), "Anggarkan petani cengkih")
    assert b"Bu Ani" in b"".join(officer.get(f"{reverse('strategy:plan_file', args=[HERE, 2026])}?bentuk=csv").streaming_content)
    words = _words(officer.get(reverse("strategy:plan_paper", args=[HERE, 2026])).content)
    assert "Anggarkan petani cengkih" in words and "Plan for employment social security 2026" in words
    assert "1 dari 14" in text_of(officer.get(reverse("strategy:home"))), "the region at a glance"


def _words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_report_goes_from_the_draft_by_the_head_to_the_ministry(client: Any) -> None:
    confirmed(client)
    officer, head, ministry = client("officer"), client("head"), client("ministry")
    new = reverse("strategy:report_new", args=[HERE])
    assert "2027" not in text_of(officer.get(new))
    does(officer, new, "Draf tersusun", when="2026-1")
    row = stored(HalfReport)
    here = reverse("strategy:report", args=[row.pk])
    written = {"obstacles": "Data NIK belum padan\nLima desa jauh", "help": "Pelatihan operator"}
    does(officer, reverse("strategy:report_write", args=[row.pk]), "Lima desa jauh", **written)
    does(officer, reverse("strategy:report_count", args=[row.pk]), "Angka dihitung ulang")
    assert ministry.get(here).status_code == 403
    assert officer.post(reverse("strategy:report_sign", args=[row.pk])).status_code == 403
    does(head, reverse("strategy:report_sign", args=[row.pk]), "Ditandatangani")
    does(head, reverse("strategy:report_reopen", args=[row.pk]), "Draf", reason="Salah ketik")
    does(head, reverse("strategy:report_sign", args=[row.pk]), "Ditandatangani")
    does(head, reverse("strategy:report_send", args=[row.pk]), "Terkirim")
    page = text_of(ministry.get(here))
    assert "Peraturan kepala daerah 12/2025" in page and "Pelatihan operator" in page
    words = _words(ministry.get(reverse("strategy:report_paper", args=[row.pk])).content)
    assert "Laporan semester" in words and "Half-yearly report" in words and "Data NIK belum padan" in words
    csv = b"".join(ministry.get(f"{reverse('strategy:report_file', args=[row.pk])}?bentuk=csv").streaming_content).decode()
    assert "Pelatihan operator" in csv and "Yang dilindungi semester ini,Orang terlindungi,Jumlah,0" in csv
    assert "Klaim yang dibayar semester ini,Jaminan Kematian (JKM),Klaim,0" in csv and "terjadi pada bulan yang dibayari" in csv
    assert "Jaminan Kematian (JKM)" in page and "terjadi pada bulan yang dibayari daerah" in page
    assert "terjadi pada bulan yang dibayari daerah" in words and "Claims paid this half-year" in words
    assert client("far").get(here).status_code == 403
    does(officer, reverse("strategy:report_correct", args=[row.pk]), "Versi perbaikan tersusun", reason="Satu desa terlewat")
    assert "Versi 2" in text_of(officer.get(reverse("strategy:report", args=[stored(HalfReport, version=2).pk])))


def test_who_has_done_what(client: Any) -> None:
    rule = confirmed(client)
    nation, officer, head = reverse("strategy:nation"), client("officer"), client("head")
    does(officer, reverse("strategy:suggest", args=[HERE, 2026]), "Rencana diisi")
    does(officer, reverse("strategy:report_new", args=[HERE]), "Draf tersusun", when="2026-1")
    report = stored(HalfReport)
    does(head, reverse("strategy:report_sign", args=[report.pk]), "Ditandatangani")
    does(head, reverse("strategy:report_send", args=[report.pk]), "Terkirim")
    for who in ("ministry", "auditor", "centre"):
        page = text_of(client(who).get(f"{nation}?tahun=2026"))
        assert "1 di 1 dari 39 daerah" in page and "1 dari 552" in page, who
        inside = client(who).get(f"{nation}?tahun=2026&provinsi=35&urut=-peraturan")
        text = text_of(inside)
        assert text.index("Sidoarjo") < text.index("Lumajang") and "Belum, 144 hari" in text and "0 dari 13" in text
        assert reverse("strategy:report", args=[report.pk]) in inside.content.decode()
    csv = b"".join(
        client("ministry").get(f"{reverse('strategy:nation_file')}?tahun=2026&provinsi=35&bentuk=csv").streaming_content
    )
    lines = csv.decode().splitlines()
    assert len(lines) == 1 + 39 + 1
    assert any(line.startswith("3515,") and ",2026,1,0,0,13,0,0,Ya,Tidak" in line for line in lines), lines
    assert f"/peraturan/{rule.code}/" in client().get(f"{reverse('rules:list')}?daerah=3515").content.decode()
    assert client("viewer").get(nation).status_code == 403


def test_other_regions_have_no_way_in(client: Any) -> None:
    far = client("far")
    for name, args in (
        ("region", [HERE]), ("regulations", [HERE]), ("regulation_new", [HERE]), ("plan", [HERE, 2026]), ("reports", [HERE]),
        ("item_new", [35, 2026]), ("plan", [99, 2026]), ("region", [123456789012345678901]),
    ):  # fmt: skip
        assert far.get(reverse(f"strategy:{name}", args=args)).status_code == 403, name
    assert far.get(reverse("strategy:plan", args=[cast.LUMAJANG, 99999])).status_code == 404
    assert client("centre").get(reverse("strategy:plan", args=[HERE, 2026])).status_code == 200
    assert client("centre").get(reverse("strategy:item_new", args=[HERE, 2026])).status_code == 403
    assert reverse("strategy:region", args=[HERE]) in client("province").get(reverse("strategy:home")).content.decode()
    assert client("province").get(reverse("strategy:item_new", args=[35, 2026])).status_code == 200


def test_the_duties_say_what_is_not_known(client: Any) -> None:
    page = text_of(client().get(reverse("strategy:duties")))
    assert "Inpres 2/2021" in page and "Setiap 6 bulan" in page and "tidak ditemukan" in page and "sumber kedua" in page
    assert "Every 6 months" in text_of(client(language="en").get(reverse("strategy:duties")))
