"""A thumb lost at a machine: the report, papers from a phone, lost wages, the doctor's word, a partial disability."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests import cast
from tests.claims import offices

HURT, CONCLUDED = dt.date(2026, 11, 21), dt.date(2027, 1, 11)
TRANSPORT, FIRST, SECOND, THUMB = 1_200_000, 4_000_000, 6_000_000, 72_000_000
"""The fare, as on the receipt; 20, then 30 days of 6 million at the full wage; 15 per cent x 80 months x 6 million."""


def people() -> tuple[Any, Any, str]:
    """A firm's clerk, its worker with an account, and where the clerk reports what happened to him."""
    who = offices.member("Eko Prasetyo", since=dt.date(2021, 1, 4), birth_date=dt.date(1992, 5, 6), bank_account="990000222333")
    firm = cast.employer("PT Mesin Contoh")
    job = cast.works(who, firm, 202101, wage_rupiah=6_000_000)
    clerk = cast.user("hrd", "employer_clerk", "employer", firm.pk, name="Bagian SDM")
    return clerk, cast.user("eko", "worker", "self", who.pk, name="Eko Prasetyo"), f"/klaim/perusahaan/{firm.npp}/{job}/"


def test_an_accident_from_the_report_to_a_partial_disability(stage: Any) -> None:
    from telling import begun_with, decided, gives_papers, paid_out, papers_checked, proposed, twice

    clerk_user, eko_user, where = stage.beside(people)

    # Within two days the firm reports; it knows little yet, and sends what it knows.
    clerk = stage.phone("hrd", clerk_user, for_all=True)
    clerk.open(where)
    clerk.press("Kecelakaan kerja")
    clerk.press("Mulai")
    number = clerk.address().split("/")[2]
    clerk.press("Lanjut mengisi")
    clerk.fill(happened_on=HURT, kind="accident", story="Ibu jari kanan terjepit mesin pres saat bekerja.")
    clerk.press("Simpan dan lanjut")
    clerk.fill(hospital="RS Contoh Sidoarjo", unfit_days=20, wage_kept=False)
    clerk.press("Simpan dan lanjut")
    clerk.fill(land_rupiah="1,2 juta")
    clerk.press("Simpan dan lanjut")
    clerk.open(f"/klaim/{number}/periksa/")
    clerk.press("Kirim klaim")
    clerk.sees("Klaim sudah dikirim", "Surat keterangan dokter", "Kuitansi biaya angkutan")

    # The worker finds it under his name, and sends the papers from his bed.
    eko = stage.phone("eko", eko_user, for_all=True)
    eko.open("/klaim/saya/")
    eko.press(f"{number[:4]} {number[4:8]} {number[8:]}")
    eko.press("Kirim berkas")
    gives_papers(eko)

    # Transport and the first lost wages; how it ends is not known yet.
    begun_with(stage, number)
    papers_checked(stage, number, by_work=True, result="healing", reported_on=stage.today.isoformat())
    proposed(stage, number)
    decided(stage, number)
    paid_out(stage, "jkk")
    assert stage.beside(what_he_got, number) == [(8, FIRST), (9, TRANSPORT)]

    # A month later he still cannot work: the doctor's days, typed on the phone.
    stage.later(on=dt.date(2026, 12, 21))
    eko = stage.phone("eko", eko_user, for_all=True)
    eko.open("/peserta/hak/")
    eko.sees("menurut hari di surat dokter", "Selama belum dapat bekerja, kirim jumlah harinya menurut surat dokter")
    eko.press("Kirim bukti")
    eko.fill(days=30)
    eko.gives("[name='papers']", offices.photo(), "surat dokter.jpg")
    eko.press("Kirim bukti")
    stage.beside(month_paid, stage)
    eko.open("/peserta/hak/")
    eko.press("Santunan sementara tidak mampu bekerja")
    eko.sees("Rp6.000.000", "Sudah masuk ke rekening")

    # The doctor concludes. He says so, and the case is taken up again: the injury found by the law's table, decided and paid.
    stage.later(on=dt.date(2027, 1, 18))
    eko = stage.phone("eko", eko_user, for_all=True)
    eko.open(f"/klaim/{number}/")
    eko.sees("Menunggu surat dokter")
    eko.press("Sudah ada: beri tahu kantor")
    eko.sees("Kantor sudah diberi tahu.")
    officer = stage.desk("officer")
    stage.beside(found, stage, number, result="partial", concluded_on=CONCLUDED.isoformat(), unfit_days=50,
                 second_report_on="2027-01-12")  # fmt: skip
    officer.open(f"/kantor/klaim/{number}/fakta/injuries/")
    twice(officer, "Simpan", code_1="thumb_right", loss_1="100", note="Surat dokter tahap II, halaman 1.")
    papers_checked(stage, number)
    proposed(stage, number).sees("Rp72.000.000")
    decided(stage, number)
    paid_out(stage, "jkk")
    assert stage.beside(what_he_got, number) == [(7, THUMB), (8, FIRST), (8, SECOND), (9, TRANSPORT)]
    eko.open(f"/klaim/{number}/")
    eko.sees("Selesai dibayar", "Rp72.000.000")
    eko.press("Lihat asal setiap jumlah")
    eko.press("Santunan cacat sebagian")
    eko.sees("ibu jari tangan kanan: 15 % × 1", "15 % × 80 × Rp6.000.000", "PP 82/2019 Lampiran III", "18 Januari 2027")


def found(stage: Any, number: str, **values: Any) -> None:
    """What the doctor's letter says, written down by the officer."""
    from telling import claim

    from jamsostek.claims.actions import work

    with cast.as_user(stage.office.officer):
        work.find_facts(claim_id=claim(number).pk, values=values, note="Surat dokter tahap II.", today=stage.today)


def month_paid(stage: Any) -> None:
    """The proof is accepted, its month's list posted, batched and settled, by the people whose work that is."""
    from telling import settled_beside

    from jamsostek.claims.actions import rights
    from jamsostek.claims.models import Proof
    from tests.claims.test_rolls import rolled

    with cast.as_user(stage.office.officer):
        rights.judge_proof(proof_id=Proof.objects.get(accepted=None).pk, accepted=True, today=stage.today)
    settled_beside(stage, "jkk", rolled(stage.office, 202612, "incapacity", stage.today).pk)


def what_he_got(number: str) -> list[tuple[int, int]]:
    """What the bank has settled, part by part."""
    from telling import claim

    from jamsostek.claims.choices import PayoutState
    from jamsostek.claims.models import Payout

    rows = Payout.objects.filter(claim_id=claim(number).pk)
    assert {one.state for one in rows} == {PayoutState.PAID}
    return sorted((one.component, one.gross_rupiah) for one in rows)
