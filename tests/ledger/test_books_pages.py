"""Pages of the books: who comes in, what they are told, closing a month, asking for a check; and the same by the API."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from books import BEFORE, DAY, LAST, MONTH, Books, post
from django.db import connection
from django.test import Client

from jamsostek.ledger import actions, kinds
from jamsostek.ledger.queries import number_words
from jamsostek.portal.books import behind
from jamsostek.portal.screens import Link
from tests import cast

PAGES = (
    "/buku/",
    "/buku/neraca/",
    "/buku/akun/",
    "/buku/akun/cash:jkk/",
    "/buku/bulan/",
    "/buku/bulan/2026-10/",
    "/buku/periksa/",
)


@pytest.fixture
def filled(books: Books, monkeypatch: pytest.MonkeyPatch) -> Books:
    """Some money in two funds, a group that was reversed, and people who read the books."""
    monkeypatch.setattr(kinds, "_named", {**kinds._named, "test": "Bulan"})
    made = post(("cash:jkk", "fund:jkk", 4_500_000), reference="modal:1", day=dt.date(2026, 8, 3))
    wrong = post(("cash:jkk", "fund:jkk", 1_250), ("cash:jht", "fund:jht", 70), reference="keliru:1")
    with cast.everyone():
        back = actions.mirrored(wrong.group_id, reference="balik:1", kind="test", effective_on=DAY)
        actions.post(back)
    books.ids |= {"made": made.group_id, "wrong": wrong.group_id, "back": back.group_id}
    return books


def client(role: str, language: str = "id") -> Client:
    """A browser of somebody with a role."""
    kind, target = ("region", cast.SIDOARJO) if role.startswith(("branch", "regional")) else ("nation", 0)
    found = cast.signed_in(Client(), cast.user(role.replace("_", "."), role, kind, target, name=f"Orang {role}"))
    found.cookies["jamsostek_language"] = language
    return found


def text_of(answer: Any, status: int = 200) -> str:
    """What a page says, without its markup."""
    assert answer.status_code == status, (answer.status_code, answer.get("Location"))
    body = re.sub(r"<head>.*?</head>", " ", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def days(first: dt.date, last: dt.date) -> dict[str, str]:
    """Two days as their boxes are sent."""
    return {f"{name}-{part}": str(value) for name, day in (("first", first), ("last", last))
            for part, value in zip("dmy", (day.day, day.month, day.year), strict=True)}  # fmt: skip


@pytest.mark.parametrize("role", ["head_office", "auditor", "actuary"])
def test_who_reads_the_books_opens_every_page(filled: Books, role: str) -> None:
    who = client(role)
    group = f"/buku/kelompok/{number_words(filled.ids['wrong'])}/"
    for path in (*PAGES, group):
        assert "Pembukuan" in text_of(who.get(path)), path
    assert "Pembukuan" in text_of(who.get("/kantor/" if role == "head_office" else "/pantau/"))


@pytest.mark.parametrize("role", ["branch_supervisor", "ministry", "researcher", "regional_viewer", "hospital_desk"])
def test_others_do_not(filled: Books, role: str) -> None:
    who = client(role)
    for path in (*PAGES, "/buku/bulan/2026-08/tutup/", "/buku/neraca/unduh/", "/buku/akun/cash:jkk/unduh/"):
        assert who.get(path).status_code == 403, path


def test_the_first_page_tells_funds_days_and_months(filled: Books) -> None:
    told = text_of(client("auditor").get("/buku/"))
    assert "Dana JKK Rp4.500.000 Rp0 Rp4.500.000" in told
    assert "Agustus 2026, September 2026, Oktober 2026" in told
    assert "Belum pernah" in told
    with cast.everyone():
        actions.close_day(cast.TODAY - dt.timedelta(days=1))
        actions.close_period(BEFORE)
        actions.keep_check(asked_by=None)
    told = text_of(client("head_office", "en").get("/buku/"))
    assert "20 November 2026" in told and "Last month closed August 2026" in told and "It fits" in told


def test_the_trial_balance_of_now_and_of_then(filled: Books) -> None:
    who = client("actuary")
    told = text_of(who.get("/buku/neraca/"))
    assert "Kas dana JKK Aset 4.501.250 1.250 4.500.000" in told
    assert "Jumlah 4.502.500 4.502.500" in told
    then = text_of(who.get("/buku/neraca/", {"on-d": "30", "on-m": "9", "on-y": "2026"}))
    assert "Kas dana JKK Aset 4.500.000 0 4.500.000" in then
    assert "Berlaku sampai 30 September 2026" in then
    known = {"known-d": "1", "known-m": "10", "known-y": "2026", "clock": "17.30"}
    told = text_of(who.get("/buku/neraca/", known))
    assert "Seperti tercatat 1 Oktober 2026 17.30 WIB" in told and "Belum ada yang dibukukan" in told
    wrong = text_of(who.get("/buku/neraca/", {**known, "clock": "25.00"}))
    assert "Tulis jam dan menit" in wrong and "4.500.000" in wrong


def test_a_statement_can_be_leafed_through_printed_and_taken_away(filled: Books) -> None:
    with cast.everyone():
        for at in range(30):
            actions.post(actions.Posting(f"banyak:{at}", "test", DAY, (actions.Leg("cash:jkk", "fund:jkk", 1_000 + at),)))
    who, span = client("auditor"), days(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    first, second = (text_of(who.get("/buku/akun/cash:jkk/", {**span, "hal": page})) for page in ("1", "2"))
    assert "Saldo awal Rp4.500.000" in first and "Saldo akhir Rp4.530.435" in first
    assert first.count("12 Oktober 2026") == 25 and second.count("12 Oktober 2026") == 7
    printed = text_of(who.get("/buku/akun/cash:jkk/", {**span, "cetak": "1"}))
    assert printed.count("12 Oktober 2026") == 32 and "Berikutnya" not in printed
    file = b"".join(who.get("/buku/akun/cash:jkk/unduh/", {**span, "bentuk": "csv"})).decode("utf-8-sig")
    lines = file.splitlines()
    assert lines[0] == "Tanggal,Dicatat,Kelompok,Jenis,Rujukan,Akun lawan,Rupiah,Saldo"
    assert len(lines) == 34 and lines[1].endswith(",keliru:1,fund:jkk,1250,4501250")
    assert "Diunduh oleh auditor" in lines[-1]
    assert b"".join(who.get("/buku/akun/cash:jkk/unduh/", span))[:2] == b"PK"
    balances = b"".join(who.get("/buku/neraca/unduh/?bentuk=csv")).decode("utf-8-sig")
    assert "JKK,cash:jkk,Kas dana JKK,Aset,4531685,1250,4530435" in balances
    trail = filled.ask("SELECT count(*) FROM access_auditentry WHERE action = 'ledger.exported'")
    assert trail == [(3,)]
    wrong = text_of(who.get("/buku/akun/cash:jkk/", days(DAY, dt.date(2026, 10, 1))))
    assert "sebelum tanggal pertama" in wrong
    assert who.get("/buku/akun/cash:none/").status_code == 404


def test_a_group_tells_its_transfers_and_what_reversed_it(filled: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    who = client("auditor")
    number, back = number_words(filled.ids["wrong"]), number_words(filled.ids["back"])
    page = who.get(f"/buku/kelompok/{number}/")
    told = text_of(page)
    assert "sudah dibalik" in told and f"Dibalik oleh {back}" in told
    assert "Kas dana JKK Dana JKK Rp1.250" in told and "Jumlah Rp1.320" in told
    assert f"Membalik {number}" in text_of(who.get(f"/buku/kelompok/{back}/"))
    monkeypatch.setattr(behind, "_finders", {"test": lambda reference: Link(reference.upper(), "/pantau/")})
    assert '<a href="/pantau/">KELIRU:1</a>' in who.get(f"/buku/kelompok/{number}/").content.decode()
    assert who.get("/buku/kelompok/00000000-00000000/").status_code == 404
    assert who.get("/buku/kelompok/ffffffff-ffffffff/").status_code == 404


def test_the_oldest_month_is_closed_after_a_question(filled: Books) -> None:
    head, auditor = client("head_office"), client("auditor")
    assert "Tutup Agustus 2026" in text_of(head.get("/buku/bulan/"))
    assert "Tutup Agustus 2026" not in text_of(auditor.get("/buku/bulan/"))
    assert auditor.get("/buku/bulan/2026-08/tutup/").status_code == 403
    asked = text_of(head.get("/buku/bulan/2026-08/tutup/"))
    assert "Tutup Agustus 2026?" in asked and "Transfer 1 Jumlah rupiah Rp4.500.000" in asked
    assert filled.ask("SELECT count(*) FROM ledger_period WHERE closed_at IS NOT NULL") == [(0,)]
    done = text_of(head.post("/buku/bulan/2026-08/tutup/", follow=True))
    assert "Agustus 2026 ditutup" in done and "Tanda tangan Ed25519" in done and "Orang head_office" in done
    assert "Periode itu sudah ditutup" in text_of(head.post("/buku/bulan/2026-08/tutup/"))
    assert "Masih ada bulan sebelumnya" in text_of(head.post("/buku/bulan/2026-10/tutup/"))
    assert head.get("/buku/bulan/2030-01/").status_code == 404
    assert head.get("/buku/bulan/2026-13/").status_code == 404
    english = text_of(client_again("head.office", "en").get("/buku/bulan/2026-08/"))
    assert "Digest of the month before 0000 0000" in english


def client_again(username: str, language: str) -> Client:
    """A second browser of somebody."""
    from jamsostek.access.models import User

    found = cast.signed_in(Client(), User.objects.get(username=username))
    found.cookies["jamsostek_language"] = language
    return found


def test_a_check_is_asked_for_and_its_findings_are_told(filled: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.ledger.jobs import check_books

    monkeypatch.setattr("jamsostek.ledger.jobs.close_old_connections", lambda: None)
    who = client("actuary")
    assert "Belum pernah diperiksa" in text_of(who.get("/buku/periksa/"))
    assert "Pemeriksaan berjalan" in text_of(who.post("/buku/periksa/jalankan/", follow=True))
    assert "sudah diminta" in text_of(who.post("/buku/periksa/jalankan/", follow=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'asked_by' FROM procrastinate_jobs WHERE task_name = 'ledger.check'")
        [(asked_by,)] = cursor.fetchall()
    check_books(asked_by=int(asked_by))
    told = text_of(who.get("/buku/periksa/"))
    assert "Semuanya cocok" in told and "Orang actuary" in told and "Setiap kelompok utuh" in told
    filled.tamper(f"UPDATE ledger_transfer SET amount_rupiah = 7 WHERE group_id = {filled.ids['made']}")
    check_books(asked_by=int(asked_by))
    told = text_of(who.get("/buku/periksa/"))
    assert "1 temuan" in told and f"Agustus 2026: transfer 1 kelompok {number_words(filled.ids['made'])} berbeda" in told
    assert who.get("/buku/periksa/jalankan/").status_code == 405


# --- the same by the API ------------------------------------------------------------------------------------------------


def test_the_api_tells_what_the_pages_tell(filled: Books) -> None:
    who = client("actuary", "en")
    path, english = "/api/v1/ledger/trial-balance", {"accept-language": "en"}
    funds = who.get("/api/v1/ledger/funds").json()["funds"]
    assert funds[0] == {"fund": "jkk", "assets_rupiah": 4_500_000, "liabilities_rupiah": 0, "worth_rupiah": 4_500_000}
    [cash] = [one for one in who.get(path, headers=english).json()["accounts"] if one["code"] == "cash:jkk"]
    assert cash == {
        "code": "cash:jkk", "title": "Cash of the JKK fund", "kind": "asset", "fund": "jkk", "debit_rupiah": 4_501_250,
        "credit_rupiah": 1_250, "balance_rupiah": 4_500_000,
    }  # fmt: skip
    asked = "/api/v1/ledger/trial-balance?effective=2026-09-30"
    assert [one["debit_rupiah"] for one in who.get(asked).json()["accounts"]] == [4_500_000, 0]
    assert who.get("/api/v1/ledger/trial-balance?known_at=2026-10-01T00:00:00Z").json() == {"accounts": []}


def test_a_statement_by_the_api_goes_on_at_its_cursor(filled: Books) -> None:
    who = client("auditor", "en")
    path = "/api/v1/ledger/accounts/cash:jkk/statement?first=2026-08-01&last=2026-10-31&limit=2"
    first = who.get(path).json()
    assert [one["rupiah"] for one in first["items"]] == [4_500_000, 1_250]
    assert (first["opening_rupiah"], first["closing_rupiah"]) == (0, 4_500_000)
    second = who.get(f"{path}&cursor={first['next']}").json()
    assert [(one["rupiah"], one["balance_rupiah"], one["reference"]) for one in second["items"]] == [
        (-1_250, 4_500_000, "balik:1")
    ]
    assert second["next"] is None
    assert second["items"][0]["group"] == number_words(filled.ids["back"])
    assert who.get(path.replace("cash:jkk", "cash:none")).status_code == 404
    assert who.get(path.replace("cash:jkk", "bukan-akun")).status_code == 422
    assert who.get(path.replace("2026-08-01", "2026-11-01")).json()["errors"][0]["field"] == "last"
    for wrong in ("first=0001-01-01&last=0001-01-01", "first=9999-12-31&last=9999-12-31"):
        assert who.get(f"/api/v1/ledger/accounts/cash:jkk/statement?{wrong}").status_code == 422
    for wrong in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00", "2026-01-01T00:00:00"):
        assert who.get(f"/api/v1/ledger/funds?known_at={wrong}").status_code == 422


def test_months_by_the_api_carry_what_verifies_them(filled: Books) -> None:
    with cast.everyone():
        actions.close_period(BEFORE)
    who = client("auditor")
    rows = who.get("/api/v1/ledger/periods").json()["items"]
    assert [one["month"] for one in rows] == ["2026-10", "2026-09", "2026-08"]
    assert (rows[0]["closed_at"], rows[0]["digest"]) == (None, None)
    assert (len(rows[2]["digest"]), rows[2]["previous"], rows[2]["transfers"]) == (64, "00" * 32, 1)
    page = who.get("/api/v1/ledger/periods?limit=2").json()
    assert [one["month"] for one in who.get(f"/api/v1/ledger/periods?limit=2&cursor={page['next']}").json()["items"]] == [
        "2026-08"
    ]
    assert MONTH > LAST
    supervisor = client("branch_supervisor")
    for path in ("funds", "trial-balance", "periods", "accounts/cash:jkk/statement?first=2026-08-01&last=2026-10-31"):
        assert supervisor.get(f"/api/v1/ledger/{path}").status_code == 403, path
