"""Where a claim stands: for whoever has its number and a birth date, and for who holds it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from families import DIED, HEIR, NAME, TODAY, Filer, claim_of, day, dead, forget_guesses, text_of

from jamsostek.claims.actions import deciding, work
from jamsostek.claims.choices import PayoutState, State, Waiting
from jamsostek.claims.models import Objection, Payout
from jamsostek.portal.filing import limits
from tests import cast
from tests.claims import offices

pytestmark = pytest.mark.django_db


def sent(who: Any) -> Filer:
    """A widow's claim with every paper, sent."""
    widow = Filer()
    widow.begin("jkm", who)
    widow.post("kode/")
    widow.widow()
    widow.send_papers()
    party = widow.get("rekening/")["Location"].rstrip("/").split("/")[-1]
    widow.post(f"rekening/{party}/", {"account_bank": "BRI", "account_number": "990000123456", "account_name": HEIR})
    widow.post("periksa/")
    return widow


def track(number: str, born: dt.date, **more: str) -> Any:
    return Client(**more).post("/klaim/lacak/", {"number": number, **day("birth_date", born)})


def test_tracking_tells_six_stages_and_nothing_of_a_person() -> None:
    who = dead()
    widow = sent(who)
    told = text_of(track(widow.number, who.birth_date))
    for stage in ("Diterima", "Berkas diperiksa", "Hak dihitung", "Diputuskan", "Dibayar", "Selesai"):
        assert stage in told
    assert "Kantor cabang" in told and "Batas waktu menurut hukum" in told
    for secret in (NAME, HEIR, "B. Q.", who.kpj, "990000123456", "…456", "081"):
        assert secret not in told


def test_a_wrong_claim_number_and_a_wrong_birth_date_are_told_alike() -> None:
    from jamsostek.core.numbers import make

    who = dead()
    widow = sent(who)
    other = make("claim", lambda count: b"\x17" * count)
    wrong_day = text_of(track(widow.number, who.birth_date + dt.timedelta(days=1)))
    wrong_number = text_of(track(other, who.birth_date))
    blame = "Nomor klaim dan tanggal lahir ini tidak cocok."
    assert blame in wrong_day and blame in wrong_number
    assert wrong_day.replace(widow.number, "") == wrong_number.replace(other, "")


def test_guessing_at_a_claim_ends_after_a_few_tries_from_anywhere(one_window: None) -> None:
    forget_guesses()
    who = dead()
    widow = sent(who)
    for place in range(limits.NUMBER.about):
        answer = track(widow.number, dt.date(1960, 1, 1) + dt.timedelta(days=place), REMOTE_ADDR=f"10.2.0.{place}")
        assert answer.status_code == 200
    assert track(widow.number, who.birth_date, REMOTE_ADDR="10.2.9.9").status_code == 429
    forget_guesses()


def test_a_draft_is_not_tracked() -> None:
    who, widow = dead(), Filer()
    widow.begin("jkm", who)
    assert "tidak cocok" in text_of(track(widow.number, who.birth_date))


def test_a_message_goes_to_the_office_and_its_answer_comes_back() -> None:
    with cast.everyone():
        at = offices.office()
    widow = sent(dead())
    assert widow.post("pesan/", {"text": "Kapan diperiksa?"}).status_code == 302
    with cast.as_user(at.officer):
        work.message(claim_id=claim_of(widow.number).pk, text="Minggu ini.", today=TODAY)
    told = text_of(widow.get())
    assert "Pesan Anda" in told and "Kapan diperiksa?" in told and "Pesan dari kantor" in told and "Minggu ini." in told


def test_it_is_never_called_paid_before_the_bank_has_settled_it() -> None:
    with cast.everyone():
        at = offices.office()
    who = dead()
    widow = sent(who)
    with cast.everyone():
        claim = claim_of(widow.number)
        offices.checked(claim, at, TODAY)
        offices.approved(claim, at, TODAY)
    for told in (text_of(widow.get()), text_of(track(widow.number, who.birth_date))):
        assert "Belum dikirim ke bank" in told and "Sudah masuk ke rekening" not in told and "Sudah dibayar" not in told
    with cast.everyone():
        assert set(Payout.objects.filter(claim_id=claim.pk).values_list("state", flat=True)) == {PayoutState.DUE}


def test_a_refused_claim_is_objected_to_by_who_holds_it() -> None:
    with cast.everyone():
        at = offices.office()
    widow = sent(dead())
    with cast.everyone():
        claim = claim_of(widow.number)
        offices.checked(claim, at, TODAY, cause="work")
    with cast.as_user(at.officer):
        deciding.propose(claim_id=claim.pk, approve=False, reason="Meninggal karena kecelakaan kerja", today=TODAY)
    with cast.as_user(at.supervisor):
        deciding.decide(claim_id=claim.pk, agrees=True, today=TODAY)
    assert "Ajukan keberatan" in text_of(widow.get())
    assert "Alasannya belum ditulis" in text_of(widow.post("keberatan/", {"grounds": "x"}))
    assert widow.post("keberatan/", {"grounds": "Saya istrinya yang sah."}).status_code == 302
    with cast.everyone():
        assert Objection.objects.get(claim=claim).grounds == "Saya istrinya yang sah."
    told = text_of(widow.get())
    assert "Saya istrinya yang sah." in told
    assert widow.post("keberatan/", {"grounds": "Lagi, sekali lagi."}).status_code == 200, "one at a time"


def test_withdrawing_is_asked_and_then_done() -> None:
    widow = sent(dead())
    assert "tidak dapat dilanjutkan lagi" in text_of(widow.get("tarik/"))
    assert claim_of(widow.number).state == State.SUBMITTED
    widow.post("tarik/", {"because": "Salah orang"})
    assert claim_of(widow.number).state == State.WITHDRAWN
    assert "Ditarik kembali" in text_of(widow.get())


def test_what_only_the_family_knows_to_have_come_is_said_by_a_button() -> None:
    with cast.everyone():
        at = offices.office()
    widow = sent(dead())
    with cast.as_user(at.officer):
        work.serve(claim_id=claim_of(widow.number).pk, today=TODAY)
        work.ask_papers(claim_id=claim_of(widow.number).pk, text="Kirim penetapan.", today=TODAY, waiting_for=Waiting.COURT)
    assert "Sudah ada: beri tahu kantor" in text_of(widow.get())
    widow.post("sudah/")
    assert claim_of(widow.number).state == State.SUBMITTED


def test_the_pages_of_a_claim_speak_english_too() -> None:
    who = dead()
    widow = sent(who)
    widow.client.cookies["jamsostek_language"] = "en"
    told = text_of(widow.get("tanda-terima/"))
    assert "The claim was sent" in told and "What happens next" in told
    assert "Track a claim" in text_of(widow.client.get("/klaim/lacak/"))


def test_the_death_is_asked_once() -> None:
    widow = Filer()
    widow.begin("jkm", dead())
    widow.widow()
    page = widow.get("isian/kematian/").content.decode()
    assert f'value="{DIED.day}"' in page
