"""Money out through the pages: prepared by one, approved by another, sent, answered; and what may go wrong on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from desks import TODAY, asked_twice, count, day, stored, text_of
from django.utils import timezone
from treasury import HOME, answered, file, funds, office_of, sent, told, widow

from jamsostek.claims.actions import paying
from jamsostek.claims.choices import PayoutState, State
from jamsostek.claims.models import Answer, Batch, Claim, Debtor, Party, Payout
from jamsostek.messages.payout.pain001 import read_pain001
from jamsostek.messages.payout.records import ACCEPTED, REJECTED, RETURNED, SETTLED
from tests import cast

if TYPE_CHECKING:
    from desks import Town


@pytest.fixture(autouse=True)
def undone(town_undone: None) -> Iterator[None]:
    """What a test does is taken back."""
    yield


def prepared(town: Town, fund: str = "jkm") -> Batch:
    """A batch made through the pages by the head office."""
    office_of(town)
    client = town.client("head")
    given = {"dana": fund, **day("pay_on", TODAY)}
    look = text_of(client.post(f"{HOME}siapkan/", given))
    assert "Periksa dahulu" in look and count(Batch) == 0
    answer = client.post(f"{HOME}siapkan/", {**given, "langkah": "simpan"})
    assert answer.status_code == 302, text_of(answer)
    with cast.everyone():
        return Batch.objects.latest("id")


def exported(town: Town, batch: Batch) -> Batch:
    """Approved by the other and made into a file."""
    assert town.client("treasurer").post(f"{HOME}berkas/{batch.pk}/setujui/").status_code == 302
    return paying.export(batch_id=batch.pk, now=timezone.now())


def test_two_people_bring_money_from_owed_to_paid_through_the_pages(town: Town) -> None:
    claim = widow(town)
    funds()
    head, treasurer = town.client("head"), town.client("treasurer")
    assert "Rp42.000.000 (3)" in text_of(head.get(HOME))
    batch = prepared(town)
    page = f"{HOME}berkas/{batch.pk}/"
    assert "Anda yang menyiapkan berkas ini, jadi orang lain yang menyetujuinya" in text_of(head.get(page))
    assert "Anda yang menyiapkan" in text_of(head.post(f"{page}setujui/"))
    assert stored(Batch, pk=batch.pk).state == "prepared"
    assert "Sesudah disetujui berkasnya dibuat" in text_of(treasurer.get(f"{page}setujui/"))
    assert head.get(f"{page}pain001.xml").status_code == 302, "there is no file before it is approved"
    batch = exported(town, batch)
    order = read_pain001(head.get(f"{page}pain001.xml").content)
    assert (order.count, order.total_rupiah) == (3, 42_000_000)
    assert "Nomor Berkas;" + batch.message_id in head.get(f"{page}bank.csv").content.decode()
    shown = text_of(head.get(page))
    assert batch.file_digest[:8] in shown and "••••3456" in shown and "990000123456" not in shown
    settled = told(batch, (1, SETTLED, ""), (2, SETTLED, ""), (3, SETTLED, ""))
    assert count(Answer) == 0
    answer = answered(treasurer, settled)
    assert "3" in text_of(treasurer.get(answer["Location"])) and stored(Claim, pk=claim.pk).state == State.PAID
    assert "Sudah masuk" in text_of(head.get(page))
    assert "Tidak ada yang harus dibayar" in text_of(head.get(f"{HOME}daftar/"))


def test_an_answer_that_was_only_looked_at_changes_nothing(town: Town) -> None:
    claim = widow(town)
    funds()
    batch = sent(town)
    look = town.client("head").post(f"{HOME}jawaban/", {"file": file(told(batch, (1, SETTLED, "")))})
    assert "Belum ada yang dicatat" in text_of(look)
    assert count(Answer) == 0 and stored(Claim, pk=claim.pk).state == State.APPROVED
    assert count(Payout, state=PayoutState.PAID) == 0


def test_the_same_answer_again_says_that_nothing_changed(town: Town) -> None:
    widow(town)
    funds()
    content = told(sent(town), (1, SETTLED, ""), (2, ACCEPTED, ""))
    client = town.client("head")
    first = answered(client, content)
    again = client.post(f"{HOME}jawaban/", {"file": file(content, "lagi.xml")}, follow=True)
    assert again.redirect_chain[-1][0] == first["Location"]
    assert "sudah pernah diterima; tidak ada yang berubah" in text_of(again)
    assert count(Answer) == 1


def test_a_sealed_file_of_somebody_else_is_not_taken(town: Town) -> None:
    widow(town)
    funds()
    batch = sent(town)
    look = town.client("head").post(f"{HOME}jawaban/", {"file": file(told(batch, (1, SETTLED, "")))}).content.decode()
    sealed = look.split('name="berkas" value="')[1].split('"')[0]
    for given in (sealed, sealed + "x", ""):
        assert town.client("treasurer").post(f"{HOME}jawaban/", {"berkas": given})["Location"] == f"{HOME}jawaban/"
    assert count(Answer) == 0


def test_a_file_that_is_no_answer_is_refused_at_its_field(town: Town) -> None:
    page = text_of(town.client("head").post(f"{HOME}jawaban/", {"file": file(b"<html>halo</html>", "x.xml")}))
    assert "Ada yang perlu diperbaiki" in page and count(Answer) == 0


def test_a_refused_account_lands_in_the_work_list_in_plain_words(town: Town) -> None:
    claim = widow(town)
    funds()
    batch = sent(town)
    client = town.client("head")
    result = answered(client, told(batch, (1, REJECTED, "AC04"), (2, REJECTED, "AC04"), (3, ACCEPTED, "")))
    assert "Ada yang ditolak atau kembali" in text_of(client.get(result["Location"]))
    for page in (f"{HOME}gagal/", f"{HOME}gagal/?alasan=AC04"):
        said = text_of(client.get(page))
        assert "Rekening penerima sudah ditutup." in said and "Minta nomor rekening baru" in said
        assert claim.number[:4] in said
    assert "The receiver's account is closed." in text_of(town.client("head", "en").get(f"{HOME}gagal/"))
    assert "Tidak ada yang ditolak bank" in text_of(client.get(f"{HOME}gagal/?alasan=AC06"))


def test_money_that_came_back_after_it_arrived_is_owed_again(town: Town) -> None:
    widow(town)
    funds()
    batch = sent(town)
    client = town.client("head")
    answered(client, told(batch, (1, SETTLED, ""), (2, SETTLED, ""), (3, SETTLED, "")))
    answered(client, told(batch, (2, RETURNED, "AC01")))
    assert "Nomor rekening penerima salah." in text_of(client.get(f"{HOME}gagal/"))
    assert "Masuk, lalu kembali (1)" in text_of(client.get(f"{HOME}berkas/{batch.pk}/?hasil=4"))


def test_news_of_a_transfer_that_is_not_ours_is_told_with_what_to_do(town: Town) -> None:
    widow(town)
    funds()
    batch = sent(town)
    client = town.client("head")
    result = answered(client, told(batch, (1, SETTLED, ""), (77, SETTLED, "")))
    said = text_of(client.get(result["Location"]))
    assert f"JS{batch.pk}-77" in said and "bukan dari kita" in said and "jangan membayar apa pun karenanya" in said


def test_what_is_left_out_and_what_goes_beyond_the_cash_is_seen_before_a_batch_is_made(town: Town) -> None:
    widow(town)
    other = widow(town, "Slamet Riyadi")
    funds(1_000_000)
    with cast.everyone():
        Party.objects.filter(claim=other, claimant=True).update(account_state="given")
    said = text_of(town.client("head").post(f"{HOME}siapkan/", {"dana": "jkm", **day("pay_on", TODAY)}))
    assert "melebihi kas yang bebas sebanyak Rp41.000.000" in said
    assert "rekening belum diperiksa" in said and "Rp42.000.000" in said
    assert count(Batch) == 0


def test_a_fund_without_an_account_says_so_at_its_field(town: Town) -> None:
    widow(town)
    said = text_of(town.client("head").post(f"{HOME}siapkan/", {"dana": "jkm", **day("pay_on", TODAY)}))
    assert "belum punya rekening untuk membayar" in said


def test_a_cancelled_batch_was_no_attempt_and_its_money_is_owed_again(town: Town) -> None:
    widow(town)
    funds()
    batch = prepared(town)
    page = f"{HOME}berkas/{batch.pk}/"
    client = town.client("head")
    assert "Alasan belum diisi" in text_of(client.post(f"{page}batalkan/", {"reason": ""}))
    assert client.post(f"{page}batalkan/", {"reason": "salah hari"}).status_code == 302
    assert "salah hari" in text_of(client.get(page))
    with cast.everyone():
        assert {(row.state, row.attempts) for row in Payout.objects.all()} == {(PayoutState.DUE, 0)}


def test_paying_late_is_told_with_what_it_costs(town: Town) -> None:
    import datetime as dt

    from jamsostek.claims.queries import payouts

    claim = widow(town)
    funds()
    assert claim.due_on is not None
    late = claim.due_on + dt.timedelta(days=2)
    with cast.as_user(town.users["head"]):
        found = payouts.late(late)
        assert [(one.fund, one.owed.rupiah, one.cost_rupiah) for one in found] == [("jkm", 42_000_000, 840_000)]
        rows = list(payouts.owed(late_on=late))
        assert sum(one or 0 for one in payouts.late_costs(rows, late)) == 840_000
        assert payouts.late_costs(rows, late + dt.timedelta(days=1_000)) == [None, None, None]
    given = {"dana": "jkm", **day("pay_on", late)}
    said = text_of(town.client("head").post(f"{HOME}siapkan/", given))
    assert "Ganti rugi keterlambatan yang ditambahkan" in said and "Rp840.000" in said
    assert count(Payout, fund="carrier") == 0, "a look adds nothing"
    assert "Tidak ada yang terlambat" in text_of(town.client("head").get(f"{HOME}terlambat/"))


def test_an_account_to_pay_from_is_asked_twice_and_the_old_one_stays_on_record(town: Town) -> None:
    funds()
    client = town.client("head")
    page = f"{HOME}rekening/jkm/"
    wrong = client.post(page, {"name": "BPJS", "bank": "BRI", "account": "12-x"})
    assert "Nomor rekening" in text_of(wrong) or "rekening" in text_of(wrong)
    given = {"name": "BPJS Ketenagakerjaan", "bank": "Bank Mandiri", "account": "1122 3344 55"}
    assert asked_twice(client, page, given).status_code == 302
    said = text_of(client.get(page))
    assert "BMRIIDJA" in said and "BRINIDJA" in said and "Dahulu" in said
    assert count(Debtor, fund="jkm") == 2
    auditor = town.client("auditor")
    assert "Catat rekening baru" not in text_of(auditor.get(page)) and auditor.post(page, given).status_code == 403


def test_a_list_taken_away_runs_nothing_in_a_spreadsheet(town: Town) -> None:
    claim = widow(town)
    funds()
    with cast.everyone():
        Party.objects.filter(claim=claim, claimant=True).update(name='=HYPERLINK("http://x")', account_name="+62 Dewi")
    batch = sent(town)
    client = town.client("head")
    for page in (f"{HOME}daftar/unduh/?bentuk=csv", f"{HOME}berkas/{batch.pk}/unduh/?bentuk=csv"):
        answer = client.get(page)
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert len(rows) == 5 and "Diunduh oleh" in rows[-1][0]
        assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")] == []
        assert any(cell.startswith(("'=", "'+")) for row in rows for cell in row)
    batch.refresh_from_db()
    listed = b"".join(client.get(f"{HOME}berkas/unduh/?bentuk=csv").streaming_content).decode()
    groups = " ".join(batch.file_digest[at : at + 8] for at in range(0, 64, 8))
    assert groups in listed, "in groups, so that no run of its digits reads as a NIK"


def test_officers_of_a_branch_an_employer_and_a_worker_get_nothing(town: Town) -> None:
    widow(town)
    funds()
    batch = sent(town)
    pages = [HOME, f"{HOME}daftar/", f"{HOME}siapkan/", f"{HOME}berkas/{batch.pk}/", f"{HOME}berkas/{batch.pk}/pain001.xml",
             f"{HOME}jawaban/", f"{HOME}rekening/", f"{HOME}bulanan/"]  # fmt: skip
    for who in ("officer", "far_officer", "supervisor", "clerk", "worker", "hospital", "ministry"):
        client = town.client(who)
        assert [page for page in pages if client.get(page).status_code != 403] == [], who


def test_an_auditor_reads_and_changes_nothing(town: Town) -> None:
    widow(town)
    funds()
    batch = prepared(town)
    auditor, page = town.client("auditor"), f"{HOME}berkas/{batch.pk}/"
    for url in (HOME, f"{HOME}daftar/", f"{HOME}berkas/", page, f"{HOME}jawaban/", f"{HOME}rekening/", f"{HOME}terlambat/"):
        assert auditor.get(url).status_code == 200, url
    assert "Anda hanya dapat melihatnya" in text_of(auditor.get(page))
    for url in (f"{page}setujui/", f"{page}batalkan/", f"{HOME}siapkan/"):
        assert auditor.post(url, {"reason": "coba"}).status_code == 403, url
    assert auditor.post(f"{HOME}jawaban/", {"file": file(b"x")}).status_code == 403
    assert stored(Batch, pk=batch.pk).state == "prepared"


@pytest.mark.parametrize(("language", "title"), [("id", "Uang keluar"), ("en", "Money out")])
def test_every_page_of_money_out_speaks_both_languages(town: Town, language: str, title: str) -> None:
    widow(town)
    funds()
    batch = sent(town)
    client = town.client("head", language)
    answered(town.client("head"), told(batch, (1, REJECTED, "AC04"), (2, SETTLED, "")))
    number = stored(Answer).pk
    pages = [
        "",
        "daftar/",
        "gagal/",
        "terlambat/",
        "siapkan/",
        "berkas/",
        f"berkas/{batch.pk}/",
        "jawaban/",
        f"jawaban/{number}/",
    ]
    for page in (*pages, "rekening/", "rekening/jkm/", "rekening/jkm/?ganti=1", "bulanan/", "bulanan/coba/"):
        assert title in text_of(client.get(f"{HOME}{page}")), page
    assert client.get(f"{HOME}rekening/tidak-ada/").status_code == 404


def test_a_batch_that_is_being_made_looks_again_by_itself(town: Town) -> None:
    widow(town)
    funds()
    batch = prepared(town)
    town.client("treasurer").post(f"{HOME}berkas/{batch.pk}/setujui/")
    page = town.client("head").get(f"{HOME}berkas/{batch.pk}/").content.decode()
    assert 'hx-trigger="every 1500ms"' in page and 'http-equiv="refresh"' in page
    paying.export(batch_id=batch.pk, now=timezone.now())
    part: Any = town.client("head").get(f"{HOME}berkas/{batch.pk}/keadaan/?dari=approved", headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true" and "hx-get" not in part.content.decode()
