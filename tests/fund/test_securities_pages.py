"""Pages of instruments, prices and custody: what each role reads and may do, in both languages."""

from __future__ import annotations

import datetime as dt
import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from holding import House, paper, price, share

from jamsostek.fund.models import Custody, Explanation, Instrument, Issuer, Price, PriceFile
from tests import cast

READS = ("dealer", "settlement", "risk", "chief", "head_office")


@pytest.fixture
def house(db: None) -> House:
    """A fund that holds a bond and a share with prices."""
    made = House()
    made.money("jht", 1_000_000_000)
    with cast.everyone():
        bond, one = paper("FR9001"), share("XAAA")
        for day, rupiah in ((14, 1_001_000), (15, 1_002_500), (16, 1_003_000)):
            price(bond, dt.date(2026, 1, day), rupiah)
        price(one, dt.date(2026, 1, 15), 4_000)
    made.carried(instrument_id=bond, quantity=100, price=Decimal(1_000_000))
    made.carried(instrument_id=one, quantity=1_000, price=Decimal(4_000))
    return made


def client(house: House, role: str, language: str = "id") -> Any:
    made = cast.signed_in(Client(), house.people[role])
    made.cookies["jamsostek_language"] = language
    return made


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def upload(content: str, name: str = "berkas.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def test_the_list_finds_by_words_and_class_and_what_is_held(house: House) -> None:
    with cast.everyone():
        share("XZZZ")
    page = client(house, "dealer")
    whole = text_of(page.get(reverse("securities:home")))
    assert all(code in whole for code in ("FR9001", "XAAA", "XZZZ", "100,3 %", "Rp4.000"))
    found = text_of(page.get(reverse("securities:home"), {"cari": "fr90", "golongan": "government_bond"}))
    assert "FR9001" in found
    assert "XAAA" not in found
    assert "XZZZ" not in text_of(page.get(reverse("securities:home"), {"dimiliki": "on"}))
    assert "Tidak ada efek seperti ini" in text_of(page.get(reverse("securities:home"), {"cari": "takada"}))
    taken = page.get(reverse("securities:file"), {"bentuk": "csv"})
    assert b"FR9001" in b"".join(taken.streaming_content)


@pytest.mark.parametrize("role", READS)
def test_an_instrument_tells_its_facts_prices_holders_and_coupons(house: House, role: str) -> None:
    one = Instrument.objects.get(code="FR9001")
    told = text_of(client(house, role).get(reverse("securities:instrument", args=[one.pk])))
    for words in ("6 % setahun, setengah tahun sekali", "15 Mei 2030", "Dana JHT", "100,3 % per 16 Januari 2026", "Rp3.000.000"):
        assert words in told, words
    assert text_of(client(house, role).get(reverse("securities:issuer", args=[one.issuer_id]))).count("FR9001") >= 1
    assert client(house, role).get(reverse("securities:instrument", args=[one.pk + 999])).status_code == 404


def test_the_pages_speak_english_too(house: House) -> None:
    one = Instrument.objects.get(code="FR9001")
    for name, args in (
        ("home", []), ("instrument", [one.pk]), ("issuers", []), ("issuer", [one.issuer_id]), ("prices", []), ("custody", []),
        ("new", []), ("new_issuer", []),
    ):  # fmt: skip
        told = text_of(client(house, "risk", "en").get(reverse(f"securities:{name}", args=args)))
        assert "Penerbit" not in told, name


def test_an_issuer_and_an_instrument_are_written_down_by_hand(house: House) -> None:
    page = client(house, "settlement")
    made = page.post(
        reverse("securities:new_issuer"), {"code": "ptb", "name": "PT B Tbk", "kind": "company", "corporate_group": "B"}
    )
    assert made.status_code == 302
    assert Issuer.objects.get(code="PTB").corporate_group == "B"
    facts = {
        "code": "PTB01", "name": "Obligasi B", "asset_class": "corporate_bond", "issuer": "PTB", "unit_rupiah": "1.000.000",
        "coupon": "9,25", "coupons_a_year": "4", "day_count": "30/360", "matures_on-d": "1", "matures_on-m": "2",
        "matures_on-y": "2031", "listed": "on", "rating": "idAA",
    }  # fmt: skip
    wrong = text_of(page.post(reverse("securities:new"), {**facts, "coupon": ""}))
    assert "Surat utang korporasi memerlukan bunga atau kupon setahun" in wrong
    assert page.post(reverse("securities:new"), facts).status_code == 302
    one = Instrument.objects.get(code="PTB01")
    assert (one.coupon_ppm, one.matures_on, one.measured) == (92_500, dt.date(2031, 2, 1), "amortised")
    for role in ("dealer", "chief", "head_office"):
        assert client(house, role).get(reverse("securities:new")).status_code == 403


def test_prices_are_sent_looked_at_and_taken_with_a_yes(house: House) -> None:
    page = client(house, "risk")
    body = "Kode;Tanggal;Harga\nFR9001;20-01-2026;99,5\nXAAA;20-01-2026;9000\nHANTU;20-01-2026;1\n"
    made = page.post(reverse("securities:prices"), {"file": upload(body), "source": "PHEI"})
    file = PriceFile.objects.get()
    assert made.url == reverse("securities:price_file", args=[file.pk])
    seen = text_of(page.get(made.url))
    for words in (
        "Efek belum tercatat",
        "HANTU",
        "dari Rp4.000 pada 15 Januari 2026 menjadi Rp9.000 (+125,00 %)",
        "Catat 2 harga",
    ):
        assert words in seen, words
    assert "belum dipastikan: XAAA" in text_of(page.post(made.url))
    assert page.post(made.url, {"pasti": ["XAAA"]}).status_code == 302
    assert Price.objects.get(instrument__code="FR9001", priced_on=dt.date(2026, 1, 20)).price == Decimal(995_000)
    assert "2 harga dicatat" in text_of(page.get(reverse("securities:prices")))
    mend = page.get(reverse("securities:price_problems", args=[file.pk]), {"bentuk": "csv"})
    assert b"HANTU" in b"".join(mend.streaming_content)
    dealer = client(house, "dealer")
    assert "Catat 2 harga" not in text_of(dealer.get(made.url))
    assert dealer.post(made.url, {"pasti": ["XAAA"]}).status_code == 403
    assert dealer.post(reverse("securities:prices"), {"file": upload(body), "source": "x"}).status_code == 403
    bad = text_of(page.post(reverse("securities:prices"), {"file": upload("a;b\n1;2\n"), "source": "x"}))
    assert "Tidak ada baris judul" in bad


def test_a_statement_is_compared_explained_and_confirmed_on_pages(house: House) -> None:
    page = client(house, "settlement")
    given = {
        "fund": "jht", "custodian": "Bank Contoh", "stated_on-d": "31", "stated_on-m": "1", "stated_on-y": "2026",
        "file": upload("Kode;Jumlah unit\nFR9001;100\nXAAA;900\n"),
    }  # fmt: skip
    made = page.post(reverse("securities:custody"), given)
    one = Custody.objects.get()
    seen = text_of(page.get(made.url))
    assert "1 selisih terbuka" in seen
    assert "−100" in seen
    assert "1 selisih dengan kustodian masih terbuka" in text_of(client(house, "chief").get(reverse("fund:home")))
    way = f"{reverse('securities:explain', args=[one.pk])}?efek=XAAA"
    assert way.replace("&", "&amp;") in page.get(made.url).content.decode()
    assert page.post(way, {"reason": "Penyelesaian besok"}).status_code == 302
    explained = Explanation.objects.get()
    answer = reverse("securities:explanation", args=[explained.pk])
    assert "Anda sendiri" not in text_of(client(house, "risk").get(answer))
    assert client(house, "settlement").post(answer, {"answer": "ya"}).status_code == 403
    assert client(house, "chief").post(answer, {"answer": "ya"}).status_code == 302
    assert "Dijelaskan dan disahkan" in text_of(page.get(made.url))
    assert "kustodian masih terbuka" not in text_of(client(house, "chief").get(reverse("fund:home")))
    taken = page.get(reverse("securities:statement_file", args=[one.pk]), {"bentuk": "csv"})
    assert b"Penyelesaian besok" in b"".join(taken.streaming_content)


@pytest.mark.parametrize(("language", "word"), [("id", "Hasil atas rata-rata"), ("en", "Income over the average")])
def test_yields_are_told_by_fund_and_class_beside_what_was_published(house: House, language: str, word: str) -> None:
    page = client(house, "chief", language)
    asked = {"bulan-m": "1", "bulan-y": "2026", "rentang": "month", "dasar": "market"}
    told = text_of(page.get(reverse("securities:yields"), asked))
    sign = "," if language == "id" else "."
    assert word in told
    assert f"9{sign}4 %" in told
    assert "liputan6.com" in told
    # a bond at 100.3 % with 16 more days of interest: (300,000 + 1,276,243 - 1,011,050) of 105,011,050 that came in
    assert f"+0{sign}54 %" in told
    taken = page.get(reverse("securities:yields_file"), {**asked, "bentuk": "csv"})
    assert b"".join(taken.streaming_content).count(b"\n") > 8
    assert text_of(page.get(reverse("securities:yields"), {"bulan-m": "x"}))
