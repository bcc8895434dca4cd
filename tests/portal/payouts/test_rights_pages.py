"""Rolls and rights through the pages: tried, approved, posted; proofs from a phone and at a desk; ends and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from desks import MONTH, TODAY, asked_twice, count, day, month, stored, text_of
from django.utils import timezone
from treasury import HOME, OWN, RIGHTS, funds, office_of, pensioner, right_of, rolled

from jamsostek.access.scope import acting, nobody
from jamsostek.claims.actions import paying, rights, rolls
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Batch, Benefit, Change, Overpaid, Payout, Proof, Roll
from jamsostek.core.months import add_months
from tests import cast

if TYPE_CHECKING:
    from desks import Town


@pytest.fixture(autouse=True)
def undone(town_undone: None) -> Iterator[None]:
    """What a test does is taken back."""
    yield


def tried(client: Any, at: int = MONTH) -> Any:
    """A month of pensions tried and kept through the pages; where that leads."""
    given = {"jenis": "pension", **month("bulan", at)}
    look = text_of(client.post(f"{HOME}bulanan/coba/", given))
    assert "Simpan untuk disetujui" in look, look[:1500]
    return client.post(f"{HOME}bulanan/coba/", {**given, **day("pay_on", TODAY), "langkah": "simpan"})


def test_a_roll_is_tried_approved_posted_and_made_into_batches_through_the_pages(town: Town) -> None:
    claim = pensioner(town)
    funds()
    head, treasurer = town.client("head"), town.client("treasurer")
    said = text_of(head.post(f"{HOME}bulanan/coba/", {"jenis": "pension", **month("bulan", MONTH)}))
    assert "Rp900.000" in said and "Baru" in said and claim.number[:4] in said and count(Roll) == 0
    page = tried(head)["Location"]
    row = stored(Roll)
    assert "Anda yang menyiapkan daftar ini" in text_of(head.get(page))
    assert "Yang menyiapkan tidak menyetujui" in text_of(head.post(f"{page}setujui/"), 409)
    assert treasurer.post(f"{page}setujui/").status_code == 302
    waiting = head.get(page).content.decode()
    assert 'hx-trigger="every 1500ms"' in waiting
    rolls.post_roll(roll_id=row.pk, now=timezone.now(), today=TODAY)
    assert "Sudah dibukukan" in text_of(head.get(page)) and "Siapkan berkas dari daftar ini" in text_of(head.get(page))
    done = asked_twice(head, f"{page}siapkan/", day("pay_on", TODAY))
    batch = stored(Batch, roll_id=row.pk)
    assert done["Location"] == f"{HOME}berkas/{batch.pk}/" and (batch.fund, batch.rupiah) == ("jp", 900_000)
    assert "Siapkan berkas dari daftar ini" not in text_of(head.get(page))


def test_a_roll_that_changed_since_its_trial_says_so_and_pays_nothing(town: Town) -> None:
    claim = pensioner(town)
    head, treasurer = town.client("head"), town.client("treasurer")
    page = tried(head)["Location"]
    assert treasurer.post(f"{page}setujui/").status_code == 302
    with cast.everyone():
        right = Benefit.objects.get(claim=claim)
        Change.objects.create(
            benefit=right, claim=claim, kind="corrected", from_month=right.from_month, was_rupiah=900_000, rupiah=950_000,
            because="uji",
        )  # fmt: skip
        Benefit.objects.filter(claim=claim).update(rupiah=950_000)
    rolls.post_roll(roll_id=stored(Roll).pk, now=timezone.now(), today=TODAY)
    assert "Berubah sejak dicoba" in text_of(head.get(page)) and count(Payout) == 0
    assert "Changed since the trial" in text_of(town.client("head", "en").get(page))


def test_a_trial_that_nobody_wants_is_dropped_and_an_empty_month_says_so(town: Town) -> None:
    pensioner(town)
    head = town.client("head")
    page = tried(head)["Location"]
    assert head.post(f"{page}batalkan/").status_code == 302
    assert stored(Roll).state == "cancelled"
    nothing = head.post(f"{HOME}bulanan/coba/", {"jenis": "jkp", **month("bulan", MONTH)})
    assert "Tidak ada yang harus dibayar untuk bulan itu" in text_of(nothing)


def test_a_pensioner_gives_a_proof_of_life_from_the_phone_and_an_officer_accepts_it(town: Town) -> None:
    right = right_of(pensioner(town))
    own, officer = town.client("wayan"), town.client("officer")
    assert "Kirim bukti hidup paling lambat" in text_of(own.get(OWN))
    page = f"{OWN}{right.pk}/bukti/"
    assert "Centang kotak ini" in text_of(own.post(page, {}))
    assert own.post(page, {"alive": "on"}).status_code == 302
    assert "sedang diperiksa" in text_of(own.get(OWN))
    assert own.post(page, {"alive": "on"}).status_code == 302 and count(Proof) == 1
    proof = stored(Proof)
    assert proof.accepted is None, "nobody accepts their own"
    assert "Wayan Sudarma" in text_of(officer.get(f"{RIGHTS}bukti/"))
    judge = f"{RIGHTS}bukti/{proof.pk}/"
    assert "Masih cacat total tetap" in text_of(officer.get(judge))
    assert "Alasannya belum ditulis" in text_of(officer.post(judge, {"answer": "tidak", "reason": ""}))
    assert officer.post(judge, {"answer": "ya", "reason": ""}).status_code == 302
    assert stored(Benefit, pk=right.pk).proof_until == add_months(MONTH, 3)
    assert "Berikutnya paling lambat" in text_of(own.get(OWN))


def test_a_suspended_pension_says_why_and_is_paid_again_after_the_proof(town: Town) -> None:
    claim = pensioner(town)
    right = right_of(claim)
    with cast.everyone():
        Benefit.objects.filter(pk=right.pk).update(proof_until=add_months(MONTH, -1))
        assert rights.suspend_unproven(month=MONTH, today=TODAY) == 1
    own, officer = town.client("wayan"), town.client("officer")
    assert "Pembayaran ditunda karena bukti hidup belum datang" in text_of(own.get(f"{OWN}{right.pk}/"))
    assert "bukti hidup belum datang" in text_of(officer.get(f"{RIGHTS}{right.pk}/"))
    assert "Wayan Sudarma" in text_of(officer.get(f"{RIGHTS}?keadaan=suspended&jenis=pension"))
    assert officer.post(f"{RIGHTS}{right.pk}/bukti/", {"alive": "on"}).status_code == 302
    assert stored(Benefit, pk=right.pk).state == "active", "an officer who saw the person need not ask another"


def test_who_only_holds_a_claims_code_does_not_prove_that_somebody_lives(town: Town) -> None:
    claim = pensioner(town)
    right = right_of(claim)
    with acting(nobody(claims=frozenset({claim.pk}))):
        made = rights.give_proof(benefit_id=right.pk, month=MONTH, data={}, today=TODAY)
    assert made.accepted is None


def test_a_right_that_ends_shows_first_what_it_asks_back_and_what_comes_back_is_counted_once(town: Town) -> None:
    claim = pensioner(town)
    right = right_of(claim)
    funds()
    roll = rolled(town)
    at = office_of(town)
    with cast.as_user(at.head):
        batch = paying.prepare(fund="jp", pay_on=TODAY, today=TODAY, roll_id=roll.pk).batches[0]
    officer, head = town.client("officer"), town.client("head")
    page = f"{RIGHTS}{right.pk}/akhiri/"
    given = {**month("last_month", add_months(MONTH, -1)), "because": "meninggal dunia"}
    look = text_of(officer.post(page, given))
    assert "Rp900.000" in look and stored(Benefit, pk=right.pk).state == "active" and count(Overpaid) == 0
    assert asked_twice(officer, page, given).status_code == 302
    owed = stored(Overpaid)
    assert (owed.rupiah, stored(Benefit, pk=right.pk).state) == (900_000, "ended")
    back = f"{RIGHTS}kelebihan/{owed.pk}/"
    assert "Jumlah yang diterima" not in text_of(officer.get(back))
    for _again in range(2):
        assert asked_twice(head, back, {"rupiah": "400.000", "reference": "setor 1"}).status_code == 302
    assert stored(Overpaid).recovered_rupiah == 400_000
    assert "Rp500.000" in text_of(head.get(f"{RIGHTS}kelebihan/")) and batch.count == 1
    wrong = text_of(head.post(back, {"rupiah": "600.000", "reference": "setor 2"}))
    assert "melebihi yang masih harus dikembalikan" in wrong


def test_an_auditor_reads_rights_and_judges_nothing(town: Town) -> None:
    right = right_of(pensioner(town))
    auditor = town.client("auditor")
    assert "Wayan Sudarma" in text_of(auditor.get(RIGHTS))
    page = text_of(auditor.get(f"{RIGHTS}{right.pk}/"))
    assert "Akhiri hak ini" not in page and "Rp900.000 sebulan" in page
    assert auditor.post(f"{RIGHTS}{right.pk}/akhiri/", {}).status_code == 403


@pytest.mark.parametrize(("language", "words"), [("id", "Pensiun cacat"), ("en", "Disability pension")])
def test_rights_speak_both_languages_and_leave_in_a_file(town: Town, language: str, words: str) -> None:
    right = right_of(pensioner(town))
    rolled(town)
    client, own = town.client("officer", language), town.client("wayan", language)
    here, mine = f"{RIGHTS}{right.pk}/", f"{OWN}{right.pk}/"
    pages = [(client, one) for one in (RIGHTS, here, f"{here}bukti/", f"{here}akhiri/")]
    for one, page in [*pages, *((own, one) for one in (OWN, mine, f"{mine}bukti/"))]:
        assert words in text_of(one.get(page)), page
    answer: Any = client.get(f"{RIGHTS}unduh/?bentuk=csv")
    assert words in b"".join(answer.streaming_content).decode("utf-8-sig")
    with cast.everyone():
        assert Payout.objects.get().state == PayoutState.DUE


def test_each_month_of_a_pension_opens_down_to_its_article_its_book_and_its_deciders(town: Town) -> None:
    from jamsostek.claims.queries.explained import key_of

    claim = pensioner(town)
    rolled(town)
    right, own = right_of(claim), town.client("wayan")
    row = stored(Payout, claim_id=claim.pk)
    page = f"{OWN}{right.pk}/uang/{key_of(row)}/"
    assert page in own.get(f"{OWN}{right.pk}/").content.decode()
    said = text_of(own.get(page))
    assert "Rp900.000" in said and "Cara menghitungnya" in said and "Pasal" in said
    assert "Daftar bulanan disetujui" in said and "Kantor pusat" in said and "Bu Bendahara" not in said
    assert "Bagian pembayaran ini dari pembukuan sebulan" in said, "and not what all others are paid"
    assert own.get(f"{page}rincian.pdf")["Content-Type"] == "application/pdf"
    assert own.get(f"{OWN}{right.pk}/uang/202001-1-40/").status_code == 404
    officer = town.client("officer")
    assert f"/kantor/klaim/{claim.number}/uang/{key_of(row)}/" in officer.get(f"{RIGHTS}{right.pk}/").content.decode()
    assert "Bu Bendahara" in text_of(officer.get(f"/kantor/klaim/{claim.number}/uang/{key_of(row)}/"))
