"""Six months without work: each month proven on the phone, each month's money by a list that two have looked at."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests import cast
from tests.claims import offices

LEFT = dt.date(2026, 10, 30)
MONTHS = (202611, 202612, 202701, 202702, 202703, 202704)
MONTHLY = 2_700_000
"""60 per cent of 4.5 million, each of six months (PP 6/2025)."""


def worker() -> Any:
    """Somebody whose firm dismissed him and said so; and his account to sign in with."""
    from jamsostek.registry.actions.employ import leave
    from jamsostek.registry.choices import Leaving

    who = offices.member("Joko Purnomo", since=dt.date(2024, 1, 2), birth_date=dt.date(1990, 2, 3), bank_account="990000555666")
    job = cast.works(who, cast.employer("PT Tutup Pabrik"), 202401, wage_rupiah=4_500_000)
    leave(employment_id=job, left_on=LEFT, leaving=Leaving.DISMISSED)
    return cast.user("joko", "worker", "self", who.pk, name="Joko Purnomo")


def test_six_months_of_lost_work_each_proven_and_no_seventh(stage: Any) -> None:
    from telling import begins, begun_with, decided, gives_papers, papers_checked, proposed

    user = stage.beside(worker)
    joko = stage.phone("joko", user)

    number = begins(joko, "Kehilangan pekerjaan")
    joko.fill(left_on=LEFT, reason="dismissed", willing=True, contract="permanent")
    joko.press("Simpan dan lanjut")
    joko.fill(citizen=True)
    joko.press("Simpan dan lanjut")
    gives_papers(joko)
    joko.press("Lanjut")
    joko.press("Lihat perkiraannya")
    joko.sees("Rp2.700.000")
    joko.press("Periksa dan kirim")
    joko.press("Kirim klaim")

    begun_with(stage, number)
    papers_checked(stage, number, proof=True)
    proposed(stage, number)
    decided(stage, number)

    # The first month comes with the decision; each other one against what he did to find work.
    joko.open("/peserta/hak/")
    joko.sees("Rp2.700.000", "Agar Desember 2026 dibayar, kirim bukti mencari kerja paling lambat 31 Desember 2026.")
    month_paid(stage, 202611, by_hand=True)
    for month in MONTHS[1:]:
        stage.later(on=dt.date(month // 100, month % 100, 10))
        joko = stage.phone("joko", user)
        if month == 202701:
            looked_for_work(stage, joko, enough=False, applications=4)
            looked_for_work(stage, joko, interviews=1)
        else:
            looked_for_work(stage, joko, judged=month == 202612, applications=5, note="PT Contoh, CV Maju, dan tiga lagi")
        month_paid(stage, month, by_hand=False)

    assert stage.beside(what_he_got, number) == [(month, MONTHLY, True) for month in MONTHS]
    joko.open("/peserta/hak/")
    joko.press("Uang tunai kehilangan pekerjaan")
    joko.sees("November 2026 sampai April 2027", "Tidak ada lagi bukti yang perlu dikirim.")
    joko.press("April 2027")
    joko.sees("Rp2.700.000", "Uang tunai tiap bulan", "Permenaker 2/2025", "Masuk ke rekening 10 April 2027")

    # There is no seventh month: nothing to prove, nothing to pay.
    stage.later(on=dt.date(2027, 5, 10))
    joko = stage.phone("joko", user)
    joko.open("/peserta/hak/")
    joko.sees("Bulan terakhirnya sudah lewat", "Bulan terakhirnya April 2027.")
    joko.sees_not("Kirim bukti", "Masih dibayar")
    stage.beside(no_seventh, number, stage.today)
    treasurer = stage.desk("treasurer")
    treasurer.open("/kantor/pembayaran/bulanan/coba/")
    treasurer.fill(jenis="jkp")
    treasurer.page.select_option("main [name='bulan-m']", "5")
    treasurer.page.fill("main [name='bulan-y']", "2027")
    treasurer.press("Coba")
    treasurer.sees("Tidak ada yang harus dibayar untuk bulan itu.")


def no_seventh(number: str, today: dt.date) -> None:
    """Not for who asks beside the pages either."""
    from telling import claim

    from jamsostek.claims.actions import rights
    from jamsostek.claims.models import Benefit
    from jamsostek.core.errors import InputError

    right = Benefit.objects.get(claim=claim(number))
    with pytest.raises(InputError, match="di luar hak ini"):
        rights.give_proof(benefit_id=right.pk, month=202705, data={"applications": 5}, today=today)


def looked_for_work(stage: Any, joko: Any, *, enough: bool = True, judged: bool = True, **did: Any) -> None:
    """Told on the phone, looked at by an officer; four applications are not what the law asks for."""
    joko.open("/peserta/hak/")
    joko.press("Kirim bukti")
    joko.sees("Cukup salah satu: 5 lamaran, 1 wawancara, atau hadir 80 persen pelatihan.")
    joko.fill(working_again=False, **did)
    joko.press("Kirim bukti")
    joko.sees("Bukti Anda sudah kami terima.")
    if not judged:
        stage.beside(accepted, stage)
        return
    officer = stage.desk("officer")
    officer.open("/kantor/hak/bukti/")
    officer.press("Bukti mencari kerja")
    officer.fill(answer="ya")
    officer.press("Simpan")
    if enough:
        officer.sees("Bukti diterima.")
        return
    officer.sees("4 lamaran, 0 wawancara")
    officer.fill(answer="tidak", reason="Baru empat lamaran; hukum meminta lima, atau satu wawancara.")
    officer.press("Simpan")
    joko.open("/peserta/hak/")
    joko.press("Uang tunai kehilangan pekerjaan")
    joko.sees("Baru empat lamaran")


def accepted(stage: Any) -> None:
    """What waits is found to be enough, beside the pages."""
    from jamsostek.claims.actions import rights
    from jamsostek.claims.models import Proof

    with cast.as_user(stage.office.officer):
        rights.judge_proof(proof_id=Proof.objects.get(accepted=None).pk, accepted=True, today=stage.today)


def month_paid(stage: Any, month: int, *, by_hand: bool) -> None:
    """Tried and kept by the treasurer, approved by the head office, posted, batched, settled; on the pages, or beside them."""
    from telling import TREASURY

    if not by_hand:
        stage.beside(month_paid_beside, stage, month)
        return
    treasurer, head = stage.desk("treasurer"), stage.desk("head")
    treasurer.open(f"{TREASURY}bulanan/coba/")
    treasurer.fill(jenis="jkp")
    treasurer.page.select_option("main [name='bulan-m']", str(month % 100))
    treasurer.page.fill("main [name='bulan-y']", str(month // 100))
    treasurer.press("Coba")
    treasurer.sees("Rp2.700.000")
    treasurer.press("Simpan")
    roll = treasurer.address()
    treasurer.sees("jadi orang lain yang menyetujuinya")
    head.open(roll)
    head.press("Setujui dan bukukan")
    stage.works()
    treasurer.open(roll)
    treasurer.press("Siapkan berkas dari daftar ini")
    treasurer.press("Lihat dahulu")
    treasurer.press("Siapkan berkas")
    stage.bank.settles(treasurer.address())


def month_paid_beside(stage: Any, month: int) -> None:
    """The same steps by the same people, as often as the months are dull."""
    from telling import settled_beside

    from tests.claims.test_rolls import rolled

    settled_beside(stage, "jkp", rolled(stage.office, month, "jkp", stage.today).pk)


def what_he_got(number: str) -> list[tuple[int, int, bool]]:
    """Month by month: how much, and whether the bank has settled it."""
    from telling import claim

    from jamsostek.claims.choices import PayoutState
    from jamsostek.claims.models import Payout

    rows = Payout.objects.filter(claim_id=claim(number).pk).order_by("month")
    return [(one.month, one.gross_rupiah - one.tax_rupiah, one.state == PayoutState.PAID) for one in rows]
