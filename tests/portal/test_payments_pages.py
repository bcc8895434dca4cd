"""Money in at the office, and what payers see of theirs: every page, by hand of two people, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from desks import MONTH, TODAY, count, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jamsostek.collection import banks
from jamsostek.collection.actions import bills, payments
from jamsostek.collection.actions.payments import Notice, statement_work
from jamsostek.collection.choices import Channel
from jamsostek.collection.codes import code_of
from jamsostek.collection.models import Bounce, Match, Payment, Receipt, Refund, Statement
from jamsostek.collection.queries import payments as queries
from jamsostek.messages.bank.records import CAMT053, Entry
from jamsostek.messages.bank.records import Statement as Told
from jamsostek.messages.bank.write import write_camt053
from tests import cast

if TYPE_CHECKING:
    from desks import Town

ACCOUNT = "1234567890123456"
PDF = b"%PDF-1.7 bukti"


@pytest.fixture(autouse=True)
def undone(town_undone: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account of ours; what a test does is taken back."""
    monkeypatch.setattr(banks, "_path", lambda: tmp_path / "banks.json")
    banks.add_account(ACCOUNT, "Bank Contoh")
    yield


@pytest.fixture
def bill(town: Town) -> Any:
    with cast.everyone():
        return bills.bill_employer(employer_id=town.payers["firm"].pk, month=MONTH, today=TODAY)


def pay(code: str, rupiah: int, reference: str = "9900110022003300") -> str:
    """Money that came now; its name."""
    from django.utils import timezone

    with cast.everyone():
        told = payments.receive(Notice(ACCOUNT, reference, code, rupiah, timezone.now(), Channel.WEBHOOK), today=TODAY)
        return queries.name_of(told.payment_id)


@pytest.mark.parametrize(("language", "word"), [("id", "Uang masuk"), ("en", "Money in")])
def test_the_lists_speak_both_languages_and_show_no_long_number(town: Town, bill: Any, language: str, word: str) -> None:
    name = pay(code_of(bill.number), bill.total_rupiah + 5_000)
    pay("123", 70_000, "LAIN-1")
    client = town.client("head", language)
    for page in ("home", "unknown", "overpaid", "matches", "refunds", "receipts", "statements"):
        said = text_of(client.get(reverse(f"payments:{page}")))
        assert ACCOUNT not in said
    assert word in text_of(client.get(reverse("payments:home")))
    shown = text_of(client.get(reverse("payments:payment", args=[name])))
    assert "990 011 002 200 330 0" in shown
    assert town.payers["firm"].name in shown
    assert "9900110022003300" not in shown


def test_a_payment_is_found_by_its_code_its_reference_and_its_name(town: Town, bill: Any) -> None:
    name = pay(code_of(bill.number), bill.total_rupiah)
    client = town.client("officer")
    for asked in (code_of(bill.number), "9900110022003300", name):
        assert name in client.get(reverse("payments:home"), {"cari": asked}).content.decode(), asked
    assert "Tidak ada yang cocok" in text_of(client.get(reverse("payments:home"), {"cari": "tidak ada"}))
    assert name not in town.client("far_officer").get(reverse("payments:home")).content.decode()
    assert town.client("far_officer").get(reverse("payments:payment", args=[name])).status_code == 403


def test_unknown_money_is_proposed_by_one_and_confirmed_by_another(town: Town, bill: Any) -> None:
    name = pay("123", bill.total_rupiah)
    with cast.everyone():
        town.users["head2"] = cast.user("pusat-dua", "head_office", name="Orang Kedua")
    client = town.client("head")
    page = reverse("payments:propose", args=[name])
    assert "Uang siapa ini?" in text_of(client.get(page))
    assert "tidak dikenal" in text_of(client.post(page, {"code": "999", "reason": "x"}))
    assert client.post(page, {"code": code_of(bill.number), "reason": "bukti transfer"}).status_code == 302
    with cast.everyone():
        row = Match.objects.get()
    decide = reverse("payments:match", args=[row.pk])
    assert "Menunggu penyetuju lain" in text_of(client.get(decide))
    other = town.client("head2")
    assert "Alasannya belum diisi" in text_of(other.post(decide, {"answer": "tidak"}))
    assert other.post(decide, {"answer": "ya"}).status_code == 302
    assert count(Payment) == 1
    assert "Terpakai seluruhnya" in text_of(client.get(reverse("payments:payment", args=[name])))


def test_a_refund_goes_its_way_through_the_pages(town: Town, bill: Any) -> None:
    name = pay(code_of(bill.number), bill.total_rupiah + 90_000)
    officer, supervisor = town.client("officer"), town.client("supervisor")
    page = reverse("payments:ask_refund", args=[name])
    asked = {
        "amount": "90.000",
        "account_bank": "BRI",
        "account_name": "PT Contoh",
        "account_number": "000100020003",
        "reason": "surat",
    }
    assert officer.post(page, asked).status_code == 302
    with cast.everyone():
        row = Refund.objects.get()
    show = reverse("payments:refund", args=[row.pk])
    assert "yang meminta tidak memutuskannya sendiri" in text_of(officer.get(show)) or "penyelia" in text_of(officer.get(show))
    assert supervisor.post(show, {"answer": "ya", "decision": ""}).status_code == 302
    assert "PGB" in text_of(officer.get(show))
    opened = officer.post(reverse("payments:refund_account", args=[row.pk]), {"why": "membayar"})
    assert "000 100 020 003" in text_of(opened)
    left = {"paid_on-d": str(TODAY.day), "paid_on-m": str(TODAY.month), "paid_on-y": str(TODAY.year), "reference": "OUT1"}
    assert officer.post(show, left).status_code == 302
    assert "Sudah keluar" in text_of(officer.get(show))


def test_a_receipt_by_hand_is_entered_with_its_proof_and_approved_by_another(town: Town, bill: Any) -> None:
    officer, supervisor = town.client("officer"), town.client("supervisor")
    page = reverse("payments:enter_receipt")
    assert "Catat pembayaran" in text_of(officer.get(page))
    given = {
        "regency_code": cast.SIDOARJO, "bank": ACCOUNT, "reference": "SLIP-9", "code": code_of(bill.number),
        "amount_rupiah": "1.000.000,00", "paid_on-d": str(TODAY.day), "paid_on-m": str(TODAY.month), "paid_on-y": str(TODAY.year),
    }  # fmt: skip
    assert "Bukti belum diisi" in text_of(officer.post(page, given))
    wrong = SimpleUploadedFile("bukti.pdf", b"MZ not a picture")
    assert "PDF, PNG, atau JPEG" in text_of(officer.post(page, {**given, "proof": wrong}))
    assert officer.post(page, {**given, "proof": SimpleUploadedFile("bukti.pdf", PDF)}).status_code == 302
    with cast.everyone():
        row = Receipt.objects.get()
        assert row.amount_rupiah == 1_000_000
    show = reverse("payments:receipt_entry", args=[row.pk])
    proof = supervisor.get(reverse("payments:proof", args=[row.pk]))
    assert (proof.content, proof["Content-Type"], "attachment" in proof["Content-Disposition"]) == (PDF, "application/pdf", True)
    assert "petugas tidak memutuskannya" in text_of(officer.get(show))
    assert supervisor.post(show, {"answer": "ya"}).status_code == 302
    assert count(Payment) == 1
    assert town.client("far_officer").get(show).status_code == 403


def test_what_the_bank_took_back_is_said_with_its_consequences(town: Town, bill: Any) -> None:
    name = pay(code_of(bill.number), bill.total_rupiah)
    supervisor = town.client("supervisor")
    page = reverse("payments:bounce", args=[name])
    assert "saldo JHT pesertanya berkurang" in text_of(supervisor.get(page))
    assert supervisor.post(page, {"reason": "dana tidak cukup"}).status_code == 302
    assert count(Bounce) == 1
    assert "Ditarik kembali oleh bank" in text_of(supervisor.get(reverse("payments:payment", args=[name])))
    assert town.client("officer").post(page, {"reason": "lagi"}).status_code == 403


def test_a_statement_is_sent_read_and_booked_by_two(town: Town, bill: Any) -> None:
    from django.utils import timezone

    entries = (
        Entry(1, "SB0000000001", bill.total_rupiah, True, TODAY, TODAY, code_of(bill.number), "IURAN"),
        Entry(2, "SB0000000002", 55_000, True, TODAY, TODAY, "", "NIK 3515012003900001 BUDI"),
    )
    whole = Told(CAMT053, ACCOUNT, "IDR", "S1", TODAY, TODAY, 0, bill.total_rupiah + 55_000, entries)
    head = town.client("head")
    file = SimpleUploadedFile("koran.xml", write_camt053(whole))
    answer = head.post(reverse("payments:statements"), {"file": file})
    assert answer.status_code == 302
    page = answer["Location"]
    assert "Sedang dibaca" in text_of(head.get(page)) or "Diterima" in text_of(head.get(page))
    with cast.everyone():
        row = Statement.objects.get()
    statement_work.read(row.pk, now=timezone.now())
    assert "Menunggu orang lain" in text_of(head.get(page))
    assert head.post(reverse("payments:confirm", args=[row.pk])).status_code == 403
    with cast.everyone():
        town.users["head2"] = cast.user("pusat-dua", "head_office", name="Orang Kedua")
    other = town.client("head2")
    assert other.post(reverse("payments:confirm", args=[row.pk])).status_code == 302
    part = other.get(reverse("payments:state", args=[row.pk]), {"dari": "booking"}, headers={"HX-Request": "true"})
    assert "0 dari 2 baris" in text_of(part)
    statement_work.book(row.pk, today=TODAY, now=timezone.now())
    assert "Semua baris yang terbaca sudah dibukukan" in text_of(head.get(page))
    rows = text_of(head.get(reverse("payments:rows", args=[row.pk, "unknown"])))
    assert "Rp55.000" in rows
    assert "3515012003900001" not in rows
    assert head.get(reverse("payments:rows", args=[row.pk, "lain"])).status_code == 404
    again = SimpleUploadedFile("lagi.xml", write_camt053(whole))
    assert head.post(reverse("payments:statements"), {"file": again})["Location"] == page
    assert town.client("supervisor").get(page).status_code == 403


def test_a_payer_sees_theirs_and_a_receipt_that_anybody_can_check(town: Town, bill: Any) -> None:
    name = pay(code_of(bill.number), bill.total_rupiah + 1_000)
    clerk = town.client("clerk")
    assert name in clerk.get(reverse("payments:mine")).content.decode()
    assert name in clerk.get(reverse("payments:paid_for", args=[code_of(bill.number)])).content.decode()
    page = clerk.get(reverse("payments:receipt", args=[name]))
    shown = text_of(page)
    assert "Kwitansi" in shown
    assert "Menunggu tagihan berikutnya" in shown
    with cast.everyone():
        seal = queries.seal_of(queries.id_of_name(name) or 0)
    proof = reverse("payments:verify", args=[name, seal])
    assert proof in page.content.decode()
    from django.test import Client

    public = text_of(Client().get(proof))
    assert "Kwitansi ini benar" in public
    assert town.payers["firm"].name not in public
    assert "Bukan kwitansi kami" in text_of(Client().get(reverse("payments:verify", args=[name, "salah"])), 404)
    assert town.client("worker").get(reverse("payments:receipt", args=[name])).status_code == 403
    assert name not in town.client("worker").get(reverse("payments:mine")).content.decode()
