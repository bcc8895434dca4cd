"""A person's JHT balance and JP record: to themself and at an office, figure by figure; and crediting a month at head office."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from desks import count, stored, text_of
from django.urls import reverse

from tests import cast

if TYPE_CHECKING:
    from desks import Town

JANUARY, FEBRUARY = 202001, 202002


@pytest.fixture(scope="module")
def town(module_db: Any) -> Town:
    """The town, with money of 2020 for Siti (under two numbers) and Wati, of which January and February are credited."""
    from desks import build

    from jamsostek.accounts.models import LineKind, Programme
    from jamsostek.collection.billing.writing import bill_id
    from jamsostek.registry.actions.merging import merge
    from tests.accounts import money

    found = build()
    siti, wati = found.people["siti"], found.people["wati"]
    with cast.everyone():
        other = found.people["siti_lama"] = cast.participant("Siti Lama", regency_code=cast.LUMAJANG)
        merge(source_id=other.pk, into_id=siti.pk, reason="Menurut akta yang ditunjukkan di loket")
        work = found.ids["jht_bill"] = bill_id(JANUARY, 1, found.payers["firm"].pk)
        far = bill_id(JANUARY, 1, found.payers["far_firm"].pk)
        own = bill_id(JANUARY, 3, siti.pk)
        money.move({siti.pk: 342_000}, dt.date(2020, 1, 10), for_month=201912, source_id=work)
        money.move({siti.pk: 180_000}, dt.date(2020, 1, 10), for_month=201912, source_id=work, programme=Programme.JP)
        money.move({siti.pk: 20_000}, dt.date(2020, 2, 3), for_month=202001, source_id=own)
        money.move({other.pk: 50_000}, dt.date(2020, 2, 3), for_month=202001, source_id=far)
        money.move({wati.pk: 9_000_000}, dt.date(2020, 2, 3), for_month=202001, source_id=far)
    for month in (JANUARY, FEBRUARY):
        money.credit(month)
    with cast.everyone():
        money.move({siti.pk: -100_000}, dt.date(2020, 3, 5), kind=LineKind.WITHDRAWAL)
        found.users["idle"] = cast.user("tanpa", "worker", "self", found.people["idle"].pk, name="Tanpa Iuran")
        found.users["heir"] = cast.user("ahli", "heir", "self", found.people["dead"].pk, name="Ahli Waris")
    return found


pytestmark = pytest.mark.usefixtures("town_undone")

# 342,000 × 21 days × 0.0563 ÷ 366 = 1,104.8; 342,000 × 29 + 20,000 × 26 … = 1,605.6; 50,000 × 26 … = 200.0
BALANCE = 342_000 + 1_105 + 20_000 + 1_606 + 50_000 + 200 - 100_000


# --- one's own --------------------------------------------------------------------------------------------------------


def test_the_first_page_leads_to_the_balance(town: Town) -> None:
    client = town.client("worker")
    assert 'href="/peserta/saldo/"' in client.get("/peserta/").content.decode()
    text = text_of(client.get("/peserta/saldo/"))
    assert "Saldo JHT hari ini Rp314.911" in text
    assert "dengan hasil sampai Februari 2020" in text
    assert "Bulan JP yang iurannya diterima 1" in text and "Rp180.000" in text
    assert "2020 Rp0 Rp412.000 Rp2.911 -Rp100.000 Rp314.911" in text
    assert BALANCE == 314_911


def test_a_year_goes_month_by_month_with_its_rate_and_source(town: Town) -> None:
    text = text_of(town.client("worker").get("/peserta/saldo/2020/"))
    assert "Januari 2020 Rp342.000 5,63 % Rp1.105 Rp0 Rp343.105" in text
    assert "Februari 2020 Rp70.000 5,63 % Rp1.806 Rp0 Rp414.911" in text
    assert "Maret 2020 Rp0 – belum -Rp100.000 Rp314.911" in text
    assert "Desember 2019 10 Januari 2020 PT Contoh Makmur Sentosa Rp180.000" in text
    assert "Januari 2020 – Februari 2020: 5,63 % setahun PP 46/2015 Pasal 27, sumber kedua" in text
    assert "kabarpriangan.pikiran-rakyat.com" in text


def test_a_month_tells_where_each_figure_comes_from(town: Town) -> None:
    text = text_of(town.client("worker").get("/peserta/saldo/bulan/2020-02/"))
    assert "3 Februari 2020 Iuran Januari 2020 Peserta sendiri 26 hari Rp20.000" in text
    assert "3 Februari 2020 Iuran Januari 2020 PT Jauh Di Sana 26 hari Rp50.000" in text
    assert "Hasil pengembangan Rp1.606 untuk nomor" in text and "Hasil pengembangan Rp200 untuk nomor" in text
    assert "5,63 %" in text and "PP 46/2015" in text and "366" in text
    assert "berubah sesudah bulan ini" not in text and "memberi hasil lain" not in text


def test_a_month_that_waits_says_so(town: Town) -> None:
    text = text_of(town.client("worker").get("/peserta/saldo/bulan/2020-03/"))
    assert "belum dibukukan" in text and "Dibayarkan kepada peserta" in text


def test_what_the_employer_reported_stands_beside_the_contribution(town: Town) -> None:
    """The person sees their own line of a bill that is not theirs to see."""
    from desks import MONTH, TODAY

    from jamsostek.collection.actions.bills import bill_employer
    from jamsostek.collection.models import Bill
    from jamsostek.core.months import add_months, format_month
    from tests.accounts import money

    siti = town.people["siti"]
    with cast.everyone():
        bill = bill_employer(employer_id=town.payers["firm"].pk, month=add_months(MONTH, -1), today=TODAY)
        money.move({siti.pk: 256_500}, TODAY, for_month=add_months(MONTH, -1), source_id=bill.pk)
    text = text_of(town.client("worker").get(f"/peserta/saldo/bulan/{format_month(MONTH)}/"))
    words = "PT Contoh Makmur Sentosa: upah Rp4.500.000, bagian pemberi kerja Rp166.500, bagian pekerja Rp90.000"
    assert words in text and "hari Rp256.500" in text
    with cast.as_user(town.users["worker"]):
        assert Bill.objects.filter(pk=bill.pk).count() == 0


def test_the_pages_speak_english(town: Town) -> None:
    client = town.client("worker", "en")
    assert "JHT balance today Rp314,911" in text_of(client.get("/peserta/saldo/"))
    assert "January 2020 Rp342,000 5.63 % Rp1,105" in text_of(client.get("/peserta/saldo/2020/"))
    assert "Return Rp1,606 for number" in text_of(client.get("/peserta/saldo/bulan/2020-02/"))


def test_without_money_the_page_says_what_to_expect(town: Town) -> None:
    client = town.client("idle")
    assert "Belum ada saldo JHT" in text_of(client.get("/peserta/saldo/"))
    assert "Tidak ada uang JHT atau JP yang masuk atau keluar tahun ini" in text_of(client.get("/peserta/saldo/2020/"))
    assert client.get("/peserta/saldo/bulan/2020-02/").status_code == 404


@pytest.mark.parametrize(
    "path", ["1999/", "9999/", "bulan/2020-13/", "bulan/dua/", "bulan/202002/", "1999/rincian.pdf", "9999/unduh/"]
)
def test_what_cannot_be_is_not_there(town: Town, path: str) -> None:
    assert town.client("worker").get(f"/peserta/saldo/{path}").status_code == 404


def test_heirs_do_not_see_the_balance(town: Town) -> None:
    client = town.client("heir")
    assert client.get("/peserta/saldo/").status_code == 403
    assert "/peserta/saldo/" not in client.get("/peserta/").content.decode()


def test_a_year_is_taken_away_as_csv_with_the_balance_after_each_line(town: Town) -> None:
    answer = town.client("worker").get("/peserta/saldo/2020/unduh/?bentuk=csv")
    assert answer["Content-Disposition"].endswith('filename="rincian-jht-2020.csv"')
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == ["Tanggal", "Program", "Jenis", "Untuk bulan", "Dari", "Rupiah", "Saldo JHT sesudahnya"]
    assert rows[1] == ["2020-01-10", "JHT", "Iuran", "2019-12", "PT Contoh Makmur Sentosa", "342000", "342000"]
    assert rows[2] == ["2020-01-31", "JHT", "Hasil pengembangan", "2020-01", "", "1105", "343105"]
    assert ["2020-03-05", "JHT", "Dibayarkan kepada peserta", "2020-03", "", "-100000", "314911"] in rows
    assert ["2020-01-10", "JP", "Iuran", "2019-12", "PT Contoh Makmur Sentosa", "180000", ""] in rows
    assert rows[-1][0].startswith("Diunduh oleh siti")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_year_is_printed(town: Town, language: str) -> None:
    import pypdfium2

    answer = town.client("worker", language).get("/peserta/saldo/2020/rincian.pdf")
    document = pypdfium2.PdfDocument(answer.content)
    text = " ".join(" ".join(one.get_textpage().get_text_bounded().split()) for one in document)
    told = {
        "id": ["Rincian saldo JHT dan iuran JP 2020", "Saldo JHT Rp314.911", "5,63 %", "PT Contoh Makmur", "Peserta sendiri"],
        "en": ["JHT balance and JP contributions 2020", "JHT balance Rp314,911", "5.63 %", "PT Contoh Makmur", "Source:"],
    }[language]
    assert [one for one in told if one not in text] == []
    assert f"testserver{reverse('worker:savings_year', args=[2020])}" in text
    assert town.people["siti"].kpj[:4] in text


def test_the_print_view_shows_everything_open(town: Town) -> None:
    page = town.client("worker").get("/peserta/saldo/bulan/2020-02/?cetak=1").content.decode()
    assert "<details open" in page and "<details>" not in page


# --- at an office -----------------------------------------------------------------------------------------------------


def test_an_officer_sees_the_same_and_it_is_written_down(town: Town) -> None:
    from jamsostek.access.models import AuditEntry

    siti = town.people["siti"]
    client = town.client("officer")
    assert f'href="/kantor/peserta/{siti.kpj}/saldo/"' in client.get(f"/kantor/peserta/{siti.kpj}/").content.decode()
    for path, told in [("", "Rp314.911"), ("2020/", "Rp1.105"), ("bulan/2020-02/", "PT Jauh Di Sana")]:
        before = count(AuditEntry, action="look", subject_id=siti.pk, reason="saldo JHT peserta")
        assert told in text_of(client.get(f"/kantor/peserta/{siti.kpj}/saldo/{path}"))
        assert count(AuditEntry, action="look", subject_id=siti.pk, reason="saldo JHT peserta") == before + 1
    for path in ("2020/rincian.pdf", "2020/unduh/?bentuk=csv"):
        assert client.get(f"/kantor/peserta/{siti.kpj}/saldo/{path}").status_code == 200
    assert count(AuditEntry, subject_id=siti.pk, reason="unduh rincian JHT peserta") == 2
    told = text_of(town.client("worker").get("/peserta/jejak/"))
    assert "Ibu Petugas" in told and "saldo JHT, iuran JP" in told and "saldo JHT peserta" in told
    assert "a member's JHT balance" in text_of(town.client("worker", "en").get("/peserta/jejak/"))


@pytest.mark.parametrize("who", ["far_officer", "clerk", "viewer", "agent", "auditor", "ministry", "hospital"])
@pytest.mark.parametrize("path", ["", "2020/", "bulan/2020-02/", "2020/rincian.pdf", "2020/unduh/"])
def test_nobody_else_opens_it(town: Town, who: str, path: str) -> None:
    answer = town.client(who).get(f"/kantor/peserta/{town.people['siti'].kpj}/saldo/{path}")
    assert answer.status_code == 403
    assert b"314" not in answer.content


# --- crediting --------------------------------------------------------------------------------------------------------


def credited(month: int) -> None:
    """The worker does its job."""
    from jamsostek.accounts import jobs

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jobs, "close_old_connections", lambda: None)  # the test's own transaction is on it
        jobs.credit_month(month=month)


def test_head_office_credits_the_next_month(town: Town) -> None:
    from jamsostek.accounts.models import Crediting

    client = town.client("head")
    assert 'href="/pengkreditan/"' in client.get("/kantor/").content.decode()
    text = text_of(client.get("/pengkreditan/"))
    assert "Berikutnya: Maret 2020" in text
    assert "Akun dengan saldo 3" in text and "Tingkat pengembangan setahun 5,63 %" in text and "sumber kedua" in text
    assert "Masuk dikurangi keluar -Rp100.000 1 akun" in text
    look = client.get("/pengkreditan/mulai/")
    assert "Kreditkan hasil JHT Maret 2020?" in text_of(look) and count(Crediting, month=202003) == 0
    answer = client.post("/pengkreditan/mulai/", {"month": "202003"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/pengkreditan/202003/"
    assert "Menunggu giliran" in text_of(answer) and "Pengkreditan dimulai" in text_of(answer)
    assert stored(Crediting, month=202003).started_by == town.users["head"].pk
    credited(202003)
    text = text_of(client.get("/pengkreditan/202003/"))
    assert "Selesai" in text and "Hasil yang dikreditkan Rp" in text and "Akun 3" in text
    assert "Berikutnya: April 2020" in text_of(client.get("/pengkreditan/"))


def test_a_month_that_was_not_meant_is_not_begun(town: Town) -> None:
    from jamsostek.accounts.models import Crediting

    client = town.client("head")
    for month in ("202004", "202002", "", "x"):
        answer = client.post("/pengkreditan/mulai/", {"month": month}, follow=True)
        assert "Bulan yang berikutnya sudah lain" in text_of(answer)
    assert count(Crediting) == 2


def test_the_page_looks_again_by_itself_and_changes_with_the_state(town: Town) -> None:
    client = town.client("head")
    client.post("/pengkreditan/mulai/", {"month": "202003"})
    page = client.get("/pengkreditan/202003/").content.decode()
    assert 'hx-get="/pengkreditan/202003/keadaan/?dari=waiting"' in page
    again = client.get("/pengkreditan/202003/keadaan/?dari=waiting", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in again and "Menunggu giliran" in again.content.decode()
    credited(202003)
    over = client.get("/pengkreditan/202003/keadaan/?dari=waiting", headers={"HX-Request": "true"})
    assert over["HX-Refresh"] == "true"
    assert "Selesai" in text_of(client.get("/pengkreditan/202003/keadaan/")), "without scripts it is a page"


def test_a_run_that_stopped_says_why_and_goes_on(town: Town) -> None:
    from django.db import connection

    from jamsostek.accounts.actions import crediting

    client = town.client("head")
    client.post("/pengkreditan/mulai/", {"month": "202003"})
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE queueing_lock = 'accounts.credit:202003'")
    crediting.stop(month=202003, problem="Saldo JHT peserta kurang dari nol.")
    text = text_of(client.get("/pengkreditan/202003/"))
    assert "Pengkreditan berhenti" in text and "Saldo JHT peserta kurang dari nol." in text
    answer = client.post("/pengkreditan/202003/lanjutkan/", follow=True)
    assert "Menunggu giliran" in text_of(answer)
    credited(202003)
    assert "Selesai" in text_of(client.get("/pengkreditan/202003/"))
    assert client.post("/pengkreditan/202003/lanjutkan/").status_code == 302, "after the end there is nothing to do"


def test_the_job_keeps_what_stopped_it_in_the_language_of_who_began(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.accounts.actions import crediting
    from jamsostek.accounts.queries.crediting import runs
    from jamsostek.core.errors import InputError
    from jamsostek.core.text import _

    town.client("head").post("/pengkreditan/mulai/", {"month": "202003"})

    def refused(**_given: Any) -> None:
        raise InputError(_("Saldo JHT peserta tidak cukup."))

    monkeypatch.setattr(crediting, "credit", refused)
    with cast.everyone():
        type(town.users["head"]).objects.filter(pk=town.users["head"].pk).update(language="en")
    credited(202003)
    assert runs(month=202003)[0].problem == "The member's JHT balance does not suffice."

    def broken(**_given: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(crediting, "credit", broken)
    with pytest.raises(ZeroDivisionError):
        credited(202003)
    assert runs(month=202003)[0].problem == "Something went wrong on our side. Staff have been told."


@pytest.mark.parametrize("who", ["supervisor", "officer", "worker", "auditor", "actuary"])
def test_crediting_is_head_offices(town: Town, who: str) -> None:
    client = town.client(who)
    for path in ("", "mulai/", "202002/", "202002/keadaan/"):
        assert client.get(f"/pengkreditan/{path}").status_code == 403
    assert client.post("/pengkreditan/mulai/", {"month": "202003"}).status_code == 403
    assert client.post("/pengkreditan/202002/lanjutkan/").status_code == 403


def test_a_run_that_never_was_is_not_there(town: Town) -> None:
    client = town.client("head")
    for path in ("202003/", "202003/keadaan/"):
        assert client.get(f"/pengkreditan/{path}").status_code == 404
    assert client.post("/pengkreditan/202003/lanjutkan/").status_code == 404


def test_without_a_declared_rate_the_page_says_what_is_missing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.portal.books_crediting import pages

    monkeypatch.setattr(pages, "next_month", lambda: 202101)
    client = town.client("head")
    assert "Tingkat pengembangan JHT untuk 2021-01 belum ditetapkan" in text_of(client.get("/pengkreditan/"))
    assert client.get("/pengkreditan/mulai/")["Location"] == "/pengkreditan/"
    answer = client.post("/pengkreditan/mulai/", {"month": "202101"})
    assert "belum ditetapkan" in text_of(answer, 409)
    monkeypatch.setattr(pages, "next_month", lambda: 209901)
    assert "sesudah bulan itu berakhir" in text_of(client.get("/pengkreditan/"))
    monkeypatch.setattr(pages, "next_month", lambda: None)
    assert "Belum ada uang JHT" in text_of(client.get("/pengkreditan/"))


def test_everything_that_is_taken_away_has_the_money_in_it(town: Town) -> None:
    told = town.client("worker").post("/peserta/data/unduh/").json()["savings"]
    assert {"on": "2020-01-10", "programme": "jp", "kind": "contribution", "for_month": 201912, "rupiah": 180_000} in told
    assert {"on": "2020-02-29", "programme": "jht", "kind": "return", "for_month": 202002, "rupiah": 200} in told


def test_a_year_in_which_nothing_moved_still_says_what_is_there(town: Town) -> None:
    text = text_of(town.client("worker").get("/peserta/saldo/2022/"))
    assert "Saldo awal tahun Rp314.911" in text and "Saldo akhir Rp314.911" in text and "masuk atau keluar tahun ini" in text
