"""The money of a claim for who holds it: every amount with its steps, who decided, the books and the bank, as page and paper."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from families import NAME, TODAY, Filer, claim_of, dead, text_of
from test_filing_tracking import sent

from jamsostek.claims.actions import paying
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Payout, Transfer
from jamsostek.claims.queries.explained import key_of
from jamsostek.ledger.queries import number_words
from tests import cast
from tests.claims import offices

pytestmark = pytest.mark.django_db


def decided() -> tuple[Filer, offices.Office]:
    """A widow's claim that two people approved."""
    with cast.everyone():
        at = offices.office()
    widow = sent(dead())
    with cast.everyone():
        claim = claim_of(widow.number)
        offices.checked(claim, at, TODAY)
        offices.approved(claim, at, TODAY)
    return widow, at


def amounts_of(widow: Filer) -> list[Payout]:
    with cast.everyone():
        return list(Payout.objects.filter(claim_id=claim_of(widow.number).pk).order_by("component"))


def to_the_bank(at: offices.Office) -> Any:
    from jamsostek.claims.actions.owing import post
    from jamsostek.ledger.actions import Leg

    with cast.everyone():
        post("uji-kas:jkm", "uji", [Leg("cash:jkm", "fund:jkm", 1_000_000_000)], TODAY)
        paying.set_debtor(fund="jkm", name="BPJS Ketenagakerjaan", bank="BRI", account="990011112222")
    with cast.as_user(at.head):
        batch = paying.prepare(fund="jkm", pay_on=TODAY, today=TODAY).batches[0]
    with cast.as_user(at.treasurer):
        paying.approve(batch_id=batch.pk, now=timezone.now())
    return paying.export(batch_id=batch.pk, now=timezone.now())


def pdf_text(answer: Any) -> str:
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf", answer.status_code
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_every_amount_opens_to_its_steps_its_deciders_and_its_entry_in_the_books() -> None:
    widow, _at = decided()
    assert "Lihat asal setiap jumlah" in text_of(widow.get())
    rows, listed = amounts_of(widow), text_of(widow.get("uang/"))
    assert len(rows) == 3 and "Rp42.000.000" in listed
    for row in rows:
        told = text_of(widow.get(f"uang/{key_of(row)}/"))
        assert "Cara menghitungnya" in told and "Pasal" in told and "Sidik hukum" in told
        assert "Klaim diputuskan" in told and "Penyelia" in told
        assert number_words(row.group_id) in told and "Belum dikirim ke bank" in told
        assert NAME not in told, "who only has the code reads no name of the dead"


def test_the_bank_and_its_reference_are_told_once_it_has_answered() -> None:
    from jamsostek.claims.actions import answers
    from jamsostek.messages.payout.camt054 import write_camt054
    from jamsostek.messages.payout.records import SETTLED, Answer, Outcome

    widow, at = decided()
    batch = to_the_bank(at)
    with cast.everyone():
        rows = list(Transfer.objects.filter(batch=batch))
    lines = tuple(
        Outcome(paying.end_to_end(batch.pk, one.number), SETTLED, "", "", f"BANK{one.number}", TODAY, one.rupiah) for one in rows
    )
    content = write_camt054(Answer("camt.054", "A-1", batch.message_id, "", lines), batch.debtor_account, TODAY)
    with cast.as_user(at.head):
        answers.take(content=content, file_name="jawaban.xml", today=TODAY)
    row = amounts_of(widow)[0]
    assert row.state == PayoutState.PAID
    told = text_of(widow.get(f"uang/{key_of(row)}/"))
    assert "Sudah masuk ke rekening" in told and "BANK" in told and "••••3456" in told and "990000123456" not in told
    paper = pdf_text(widow.get(f"uang/{key_of(row)}/rincian.pdf"))
    assert "Rincian pembayaran" in paper and "Details of a payment" in paper and "BANK" in paper and "Pasal" in paper
    assert number_words(row.group_id) in paper


def test_the_paper_is_the_same_when_drawn_again() -> None:
    widow, _at = decided()
    page = f"uang/{key_of(amounts_of(widow)[0])}/rincian.pdf"
    assert widow.get(page).content == widow.get(page).content


def test_nobody_else_sees_it_and_what_is_not_of_the_claim_is_not_there() -> None:
    widow, _at = decided()
    key = key_of(amounts_of(widow)[0])
    for page in ("uang/", f"uang/{key}/", f"uang/{key}/rincian.pdf", "surat.pdf"):
        assert Client().get(f"/klaim/{widow.number}/{page}").status_code == 302
    for wrong in ("tidak-ada", "1-2-3", "202611-0-20", "9" * 30):
        assert widow.get(f"uang/{wrong}/").status_code == 404


def test_the_letter_of_the_decision_is_the_familys_too_and_all_of_it_speaks_english() -> None:
    widow, _at = decided()
    assert "Klaim disetujui" in pdf_text(widow.get("surat.pdf"))
    widow.client.cookies["jamsostek_language"] = "en"
    told = text_of(widow.get(f"uang/{key_of(amounts_of(widow)[0])}/"))
    assert "Who decided" in told and "In the books and at the bank" in told and "Claim decided" in told


def test_the_office_opens_the_same_amount_with_names_and_the_way_to_the_books() -> None:
    widow, at = decided()
    row = amounts_of(widow)[0]
    office = cast.signed_in(Client(), at.supervisor)
    page = f"/kantor/klaim/{widow.number}/"
    assert key_of(row) in office.get(f"{page}hitungan/").content.decode()
    told = text_of(office.get(f"{page}uang/{key_of(row)}/"))
    assert at.supervisor.name in told and "Cara menghitungnya" in told
    assert office.get(f"{page}uang/{key_of(row)}/rincian.pdf")["Content-Type"] == "application/pdf"
