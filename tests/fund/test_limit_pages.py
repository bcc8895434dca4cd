"""Pages of limits: how they stand, what if, broken ones with a plan by two, the board's own by two, files."""

from __future__ import annotations

import datetime as dt
import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from holding import House, issuer, paper, price, share

from jamsostek.fund.queries.breaches import broken_now, plans
from jamsostek.fund.queries.limits import day
from jamsostek.portal.screens import today
from tests import cast

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def house() -> House:
    """A fund of government bonds with room for everything, and a share that then grew beyond its limit."""
    made = House()
    made.money("jht", 10**12)
    with cast.everyone():
        bond, stock = paper("SUN1"), share("SAHM")
        deposit = paper(
            "DEPO", asset_class="deposit", issuer_id=issuer("BANKX", "bank", "Induk"), measured="cost", coupons_a_year=0,
            coupon_ppm=None, matures_on=None, issued_on=None, unit_rupiah=1,
        )  # fmt: skip
    made.carried(instrument_id=bond, quantity=900)
    made.carried(instrument_id=stock, quantity=40_000, price=Decimal(1_000))
    made.carried(instrument_id=deposit, quantity=60_000_000, price=Decimal(1))
    with cast.everyone():
        price(stock, dt.date(2026, 2, 27), 2_000)
    return made


def client(house: House, who: str, lang: str = "id") -> Client:
    found = cast.signed_in(Client(), house.people[who])
    found.cookies["jamsostek_language"] = lang
    return found  # type: ignore[no-any-return]


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_limit_tells_how_it_stands_where_it_is_written_and_how_well_that_is_known(house: House) -> None:
    reads = client(house, "dealer")
    home = text_of(reads.get("/dana/batas/"))
    assert "Dana JHT" in home and "Rp1.040.000.000" in home
    told = text_of(reads.get("/dana/batas/jht/"))
    assert "PP 99/2013 jo. PP 55/2015, Pasal 37 ayat (1) huruf c" in told and "paling banyak 5 %" in told
    assert "Contoh PTCONTOH" in told and "-Rp29.473.685" in told and "7,6923 %" in told and "Dilampaui" in told
    assert "POJK 1/POJK.05/2016 (tanpa sumber)" in told
    before = text_of(reads.get("/dana/batas/jht/", {"on-d": "26", "on-m": "2", "on-y": "2026"}))
    assert "Rp10.526.315" in before and "Dilampaui" not in before
    assert "belum tiba" in text_of(reads.get("/dana/batas/jht/", {"on-d": "1", "on-m": "1", "on-y": "2090"}))


def test_a_limit_drills_down_to_holdings_and_to_past_month_ends(house: House) -> None:
    reads = client(house, "chief")
    told = text_of(reads.get("/dana/batas/jht/equity.issuer/"))
    assert "SAHM" in told and "naskah resmi" in told and "1 Juli 2015" in told and "Dua belas akhir bulan terakhir" in told
    assert "31 Januari 2026" in told and re.search(r"28 Februari 2026 Bagian 7,6923 %", told)
    group = text_of(reads.get("/dana/batas/jht/party/"))
    assert "Induk" in group and "DEPO" in group and "hubungan kepemilikan langsung" in group and "nomor 106" in group
    all_funds = text_of(reads.get("/dana/batas/jp/government_bond.least/"))
    assert "Semua dana" in all_funds and "tanpa sumber" in all_funds and "SUN1" in all_funds
    assert reads.get("/dana/batas/jht/barred/").status_code == 404
    assert reads.get("/dana/batas/jht/tidak.ada/").status_code == 404
    assert "Tidak ada yang dihitung di sini" in text_of(reads.get("/dana/batas/jp/repo.party/"))


def test_a_trade_can_be_tried_before_anybody_plans_it(house: House) -> None:
    tries = client(house, "dealer")
    assert "Hitung" in text_of(tries.get("/dana/batas/coba/"))
    with cast.everyone():
        other = share("LAIN", issuer_id=issuer("PTLAIN", "company"))
    asked = {"fund": "jht", "side": "buy", "instrument": str(other), "quantity": "1"}
    room = 1_040_000_000 * 5 // 95
    told = text_of(tries.get("/dana/batas/coba/", asked | {"amount": str(room)}))
    assert "Contoh PTLAIN 0 % 5 %" in told and "tidak melampaui batas apa pun" in told
    assert "Sudah dilampaui sebelumnya" in told  # the share that grew; this trade does not touch it
    over = text_of(tries.get("/dana/batas/coba/", asked | {"amount": str(room + 1)}))
    assert "Batas yang dilampaui transaksi ini: 1." in over and "Dilampaui oleh transaksi ini" in over
    assert "Jumlah harus antara" in text_of(tries.get("/dana/batas/coba/", asked | {"amount": "0"}))


def test_a_broken_limit_gets_a_plan_by_one_and_a_yes_by_another(house: House) -> None:
    risk, chief = client(house, "risk"), client(house, "chief")
    told = text_of(risk.get("/dana/batas/pelampauan/"))
    assert "28 Februari 2026" in told and "Usulkan rencana" in told and "PP 99/2013, Pasal 27 (diturunkan)" in told
    link = html.unescape(
        re.search(r'href="(/dana/batas/pelampauan/usul/[^"]+)"', risk.get("/dana/batas/pelampauan/").content.decode())[1]
    )  # type: ignore[index]
    assert chief.get(link).status_code == 403
    assert "28 Februari 2027" in text_of(risk.get(link))
    late = today() + dt.timedelta(days=60)
    typed = {"plan": "Dijual 10.000 unit", "mend_by-d": late.day, "mend_by-m": late.month, "mend_by-y": late.year}
    assert "belum diisi" in text_of(risk.post(link, typed | {"plan": ""}))
    assert "harus sesudah hari ini" in text_of(risk.post(link, typed | {"mend_by-y": "2020"}))
    assert "satu tahun" in text_of(risk.post(link, typed | {"mend_by-y": "2029"}))
    done = risk.post(link, typed, follow=True)
    assert "Berlaku sesudah pimpinan dana menyetujuinya" in text_of(done) and "Menunggu pimpinan" in text_of(done)
    path = done.redirect_chain[-1][0]
    assert risk.post(path, {"answer": "ya", "decision": ""}).status_code == 403
    assert "Alasan" in text_of(chief.post(path, {"answer": "tidak", "decision": ""}))
    assert "Rencana disetujui." in text_of(chief.post(path, {"answer": "ya", "decision": "Setuju"}, follow=True))
    assert "Rencana sampai" in text_of(risk.get("/dana/batas/pelampauan/"))
    assert risk.post(link, typed | {"plan": "Lain"}).status_code == 200  # one plan at a time
    with cast.everyone():
        later = late + dt.timedelta(days=1)
        assert [one.state for one in broken_now(day(later)) if one.standing.subject == "PTCONTOH"] == ["overdue"]
        (told_plan,) = plans(day(later))
        assert (told_plan.state, told_plan.row.since) == ("overdue", dt.date(2026, 2, 28))
    with cast.everyone():
        price(next(iter(pk for pk, code in _codes() if code == "SAHM")), today(), 1_000)
        assert [one.state for one in plans(day(today()))] == ["mended"]


def _codes() -> list[tuple[int, str]]:
    from jamsostek.fund.queries.limits import instruments

    return [(pk, code) for pk, code, _name in instruments()]


def test_a_limit_of_the_board_holds_once_another_confirmed_it(house: House) -> None:
    risk, chief = client(house, "risk"), client(house, "chief")
    assert "Belum ada batas internal" in text_of(risk.get("/dana/batas/internal/"))
    now = today()
    typed = {
        "fund": "jht", "rule": "deposit.bank", "share": "10", "since-d": now.day, "since-m": now.month, "since-y": now.year,
        "decree": "KEP/7", "decreed_on-d": now.day, "decreed_on-m": now.month, "decreed_on-y": now.year, "reason": "Hati-hati",
    }  # fmt: skip
    path = "/dana/batas/internal/catat/"
    assert chief.get(path).status_code == 403
    assert "lebih longgar daripada peraturan: 15 %" in text_of(risk.post(path, typed | {"share": "15,0001"}))
    assert "antara 0 dan 100" in text_of(risk.post(path, typed | {"share": "101"}))
    assert "sebelum diputuskan" in text_of(risk.post(path, typed | {"decreed_on-y": str(now.year + 1)}))
    done = risk.post(path, typed, follow=True)
    mine = done.redirect_chain[-1][0]
    assert "Menunggu pengesahan" in text_of(done) and "paling banyak 15 % dari investasi dana ini" in text_of(done)
    assert risk.post(mine, {"answer": "ya", "decision": ""}).status_code == 403
    assert "KEP/7 (internal)" not in text_of(risk.get("/dana/batas/jht/"))
    assert "Batas internal disahkan." in text_of(chief.post(mine, {"answer": "ya", "decision": ""}, follow=True))
    told = text_of(risk.get("/dana/batas/jht/"))
    assert "KEP/7 (internal)" in told and "paling banyak 10 %" in told
    assert "Keputusannya" in text_of(risk.get("/dana/batas/jht/board:deposit.bank/"))
    lifted = risk.post(path, typed | {"share": "", "decree": "KEP/8"}, follow=True).redirect_chain[-1][0]
    chief.post(lifted, {"answer": "ya", "decision": ""})
    assert "(internal)" not in text_of(risk.get("/dana/batas/jht/"))
    assert "Diganti keputusan lain" in text_of(risk.get("/dana/batas/internal/"))


def test_limits_are_taken_along_as_a_file(house: House) -> None:
    reads = client(house, "head_office")
    response = reads.get("/dana/batas/jht/unduh/", {"bentuk": "csv"})
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    (line,) = (row for row in rows if "Contoh PTCONTOH" in row and "Saham satu emiten" in row)
    assert "80000000,1040000000,76923,50000,52000000" in line and "gazette,https://" in line
    assert reads.get("/dana/batas/jht/unduh/").status_code == 200


def test_the_pages_speak_english_too(house: House) -> None:
    reads = client(house, "chief", "en")
    told = text_of(reads.get("/dana/batas/jht/"))
    assert "Shares of one issuer" in told and "at most 5 %" in told and "Passed" in told
    for word in ("Batas", "Ruang", "Dilampaui", "peraturan"):
        assert word not in told
    tried = reads.get(
        "/dana/batas/coba/", {"fund": "jht", "side": "sell", "instrument": str(_codes()[0][0]), "quantity": "1", "amount": "5"}
    )
    assert "Every limit before and after that trade" in text_of(tried)
    assert "Propose" not in text_of(reads.get("/dana/batas/pelampauan/")) and "No plan yet" in text_of(
        reads.get("/dana/batas/pelampauan/")
    )
