"""The pages of the JHT return: the year so far, the floor, a proposal with its effect, the decision; in both languages."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client

from jamsostek.accounts.queries.floors import floors
from jamsostek.fund.queries.jht_return import proposals
from jamsostek.ledger.actions import Leg, Posting, post
from tests import cast
from tests.accounts import money

pytestmark = pytest.mark.usefixtures("committed_db")
AT = "/dana/hasil-jht/"
FLOOR = {"from_month-m": "7", "from_month-y": "2026", "rate": "3,25", "source": "https://contoh.example/suku-bunga"}
TYPED = {"from_month-m": "7", "from_month-y": "2026", "rate": "5,6", "reference": "HJ/2026/1", "reason": "Sesuai hasil"}


@pytest.fixture
def users() -> dict[str, Any]:
    """The actuary, the chief, two at head office, a dealer; and a member's money with a result of the fund in May."""
    with cast.everyone():
        found = {
            role: cast.user(role.replace("_", "."), role, name=f"Pengguna {role}")
            for role in ("actuary", "chief", "head_office", "dealer", "auditor", "researcher")
        }
        found["other"] = cast.user("pusat.dua", "head_office", name="Pusat Dua")
        siti = cast.participant()
        money.move({siti.pk: 100_000_000}, dt.date(2025, 12, 31))
        money.open_month(202605)
        legs = (
            Leg("investment:jht", "investment_income:jht", 4_000_000), Leg("investment_cost:jht", "investment:jht", 100_000),
            Leg("revaluation:jht", "unrealised:jht", 2_000_000),
        )  # fmt: skip
        post(Posting("uji:hasil", "uji", dt.date(2026, 5, 20), legs))
    return found


def client(users: dict[str, Any], who: str, lang: str = "id") -> Client:
    found = cast.signed_in(Client(), users[who])
    found.cookies["jamsostek_language"] = lang
    return found  # type: ignore[no-any-return]


def text_of(response: Any) -> str:
    page = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_year_so_far_tells_each_source_what_is_kept_and_the_rate_it_bears(users: dict[str, Any]) -> None:
    page = client(users, "chief").get(f"{AT}?until-m=6&until-y=2026")
    text = text_of(page)
    # 4,000,000 − 100,000 = 3,900,000; 5 % kept = 195,000; 3,705,000 × 365 ÷ (100 m × 181) = 7.4715… %
    for told in ("Rp4.000.000", "Rp3.900.000", "Rp195.000", "Rp3.705.000", "7,47 %", "tidak dihitung", "Rp2.000.000", "105,9 %"):
        assert told in text, told
    assert 'href="/buku/akun/investment_income:jht/"' in page.content.decode()
    english = text_of(client(users, "dealer", "en").get(f"{AT}?until-m=6&until-y=2026"))
    assert "7.47 %" in english and "not counted" in english and "Set aside as reserve" in english
    for who in ("dealer", "auditor"):
        assert client(users, who).get("/buku/akun/investment_income:jht/").status_code == 200


def test_the_year_as_a_file_has_the_same_rupiah(users: dict[str, Any]) -> None:
    answer = client(users, "auditor").get(f"{AT}unduh/?until-m=6&until-y=2026&bentuk=csv")
    told = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "3900000" in told and "195000" in told and "3705000" in told and "100000000" in told


def test_a_floor_then_a_proposal_then_the_decision(users: dict[str, Any]) -> None:
    actuary, chief = client(users, "actuary"), client(users, "chief")
    assert "Bunga deposito tahun itu belum disahkan" in text_of(actuary.post(f"{AT}usulan/baru/", {**TYPED, "lihat": "1"}))
    assert "belum dicatat" in text_of(actuary.post(f"{AT}usulan/baru/", TYPED))
    made = actuary.post(f"{AT}bunga-deposito/catat/", FLOOR, follow=True)
    assert "Berlaku sesudah orang lain mengesahkannya" in text_of(made)
    path = made.redirect_chain[-1][0]
    assert "Kantor pusat atau direktur investasi yang mengesahkannya" in text_of(actuary.get(path))
    assert actuary.post(path, {"answer": "ya", "decision": ""}).status_code == 403
    assert "Bunga deposito disahkan" in text_of(chief.post(path, {"answer": "ya", "decision": ""}, follow=True))

    looked = text_of(actuary.post(f"{AT}usulan/baru/", {**TYPED, "reference": "", "reason": "", "lihat": "1"}))
    assert "5,6 %, yang Anda tulis" in looked and "3,25 %, batas bawah" in looked and "7,47 %, didukung hasil" in looked
    assert "belum diisi" not in looked, "looking asks for no reason yet"
    assert "di bawah rata-rata bunga deposito" in text_of(actuary.post(f"{AT}usulan/baru/", {**TYPED, "rate": "3,24"}))
    made = actuary.post(f"{AT}usulan/baru/", TYPED, follow=True)
    path = made.redirect_chain[-1][0]
    assert "Direktur investasi yang menetapkannya" in text_of(made)
    # 100 m × 181 ÷ 365 × 5.6 % = 2,776,986.3; kept 3,900,000 − 2,776,986
    assert "Rp2.776.986" in text_of(made) and "Rp1.123.014" in text_of(made)
    assert actuary.post(path, {"answer": "ya", "decree": "KEP/1"}).status_code == 403

    answer = {"answer": "ya", "decision": "", "decree": "", "decreed_on-d": "", "decreed_on-m": "", "decreed_on-y": ""}
    assert "Nomor dan tanggal keputusannya belum diisi" in text_of(chief.post(path, answer))
    signed = {**answer, "decree": "KEP/9/072026", "decreed_on-d": "1", "decreed_on-m": "7", "decreed_on-y": "2026"}
    done = text_of(chief.post(path, signed, follow=True))
    assert "Tingkat ditetapkan." in done and "KEP/9/072026" in done and "Pengguna chief" in done
    with cast.everyone():
        (found,) = proposals()
        assert (found.state, found.rate.rate_ppm, found.rate.decree) == ("adopted", 56_000, "KEP/9/072026")
    listed = text_of(client(users, "auditor").get(f"{AT}usulan/"))
    assert "HJ/2026/1" in listed and "Ditetapkan" in listed and "3,25 %" in listed


def test_a_refusal_needs_its_reason(users: dict[str, Any]) -> None:
    money.floor(users["head_office"], users["other"], 202607, 32_500)
    path = client(users, "actuary").post(f"{AT}usulan/baru/", TYPED, follow=True).redirect_chain[-1][0]
    chief = client(users, "chief", "en")
    no = {"answer": "tidak", "decision": "", "decree": "", "decreed_on-d": "", "decreed_on-m": "", "decreed_on-y": ""}
    assert "reason" in text_of(chief.post(path, no)).lower()
    assert "The proposal is refused." in text_of(chief.post(path, {**no, "decision": "Reserve too thin"}, follow=True))
    with cast.everyone():
        assert proposals()[0].rate.reason == "Reserve too thin"


def test_the_page_of_the_books_does_not_decide_what_the_fund_proposed(users: dict[str, Any]) -> None:
    money.floor(users["head_office"], users["other"], 202607, 32_500)
    client(users, "actuary").post(f"{AT}usulan/baru/", TYPED)
    with cast.everyone():
        rate = proposals()[0].rate.id
    head = client(users, "head_office")
    page = head.get(f"/pengkreditan/tingkat/{rate}/")
    assert "Direktur investasi yang menetapkannya" in text_of(page) and 'name="answer"' not in page.content.decode()
    assert head.post(f"/pengkreditan/tingkat/{rate}/", {"answer": "ya", "decision": ""}).status_code == 403


def test_the_page_of_rates_asks_for_the_floor_first(users: dict[str, Any]) -> None:
    typed = {**FLOOR, "decree": "", "decreed_on-d": "", "decreed_on-m": "", "decreed_on-y": "", "rate": "3,2"}
    head = client(users, "head_office")
    assert "mencatatnya dahulu di halaman Bunga deposito" in text_of(head.post("/pengkreditan/tingkat/catat/", typed))
    money.floor(users["head_office"], users["other"], 202607, 32_500)
    refused = text_of(head.post("/pengkreditan/tingkat/catat/", typed))
    assert "Tingkat 3,2 % di bawah rata-rata bunga deposito bank pemerintah, 3,25 %" in refused


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("bunga-deposito/catat/", {**FLOOR, "rate": "21"}, "antara 0 dan 20 %"),
        ("bunga-deposito/catat/", {**FLOOR, "rate": "3,25001"}, "empat angka"),
        ("bunga-deposito/catat/", {**FLOOR, "source": ""}, "Sumber belum diisi"),
        ("usulan/baru/", {**TYPED, "rate": "-1"}, "antara 0 dan 20 %"),
        ("usulan/baru/", {**TYPED, "rate": "99999999"}, "antara 0 dan 20 %"),
        ("usulan/baru/", {**TYPED, "reference": "huruf kecil"}, "Nomor usulan"),
        ("usulan/baru/", {**TYPED, "from_month-y": "2028"}, "terlalu jauh"),
        ("usulan/baru/", {**TYPED, "from_month-y": "2012", "lihat": "1"}, "Belum ada hukum yang berlaku"),
        ("usulan/baru/", {**TYPED, "from_month-y": "2012"}, "Belum ada hukum yang berlaku"),
    ],
    ids=str,
)
def test_a_wrong_form_says_what_to_do(users: dict[str, Any], path: str, typed: dict[str, str], told: str) -> None:
    assert told in text_of(client(users, "actuary").post(f"{AT}{path}", typed))
    with cast.everyone():
        assert floors() == [] and proposals() == []


def test_the_history_names_each_page_and_what_is_missing(users: dict[str, Any]) -> None:
    text = text_of(client(users, "researcher").get(f"{AT}riwayat/"))
    assert "Anda tidak" in text or client(users, "researcher").get(f"{AT}riwayat/").status_code == 403
    text = text_of(client(users, "dealer").get(f"{AT}riwayat/"))
    assert "7,19 %" in text and "4,88 %" in text and "5,59 %" in text and "5,63 %" in text and "tidak ditemukan" in text


def test_doors(users: dict[str, Any]) -> None:
    for path, allowed in (
        ("", {"actuary", "chief", "head_office", "dealer", "auditor"}), ("bunga-deposito/catat/", {"actuary", "head_office"}),
        ("usulan/baru/", {"actuary"}),
    ):  # fmt: skip
        seen = {who for who in users if who != "other" and client(users, who).get(f"{AT}{path}").status_code == 200}
        assert seen == allowed, path
    assert client(users, "chief").get(f"{AT}usulan/99/").status_code == 404
    assert client(users, "chief").get(f"{AT}bunga-deposito/99/").status_code == 404
