"""Savings refused because nobody reported that he left, an objection typed on a phone, and money less tax."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from tests import cast
from tests.claims import offices
from tests.claims.filed import saved

BORN = dt.date(1985, 8, 17)
LEFT = dt.date(2026, 10, 15)
SAVED, TAX = 80_000_000, 1_500_000
"""What is above 50 million is taxed at 5 per cent (PP 68/2009)."""
GROUNDS = "Saya sudah berhenti 15 Oktober, suratnya saya lampirkan. Perusahaan belum melapor."


def worker() -> Any:
    """Somebody with savings, whose firm goes on reporting him; and his account to sign in with."""
    who = offices.member("Agus Salim", since=dt.date(2019, 1, 3), birth_date=BORN, bank_account="990000765432")
    cast.works(who, cast.employer("PT Lupa Melapor"), 201901)
    saved(who.pk, SAVED, dt.date(2026, 11, 2))
    return cast.user("agus", "worker", "self", who.pk, name="Agus Salim")


def test_savings_are_refused_objected_to_and_paid_less_tax(stage: Any) -> None:
    from telling import begins, begun_with, decided, gives_papers, paid_out, papers_checked, proposed, twice, words_of

    user = stage.beside(worker)
    agus = stage.phone("agus", user)

    number = begins(agus, "Jaminan hari tua")
    agus.fill(cause="resigned")
    agus.press("Simpan dan lanjut")
    agus.fill(event_on=LEFT, letter_on=LEFT, tax_number=True)
    agus.press("Simpan dan lanjut")
    agus.sees("Berkas dan foto")
    gives_papers(agus)
    agus.press("Lanjut")
    agus.press("Lihat perkiraannya")
    agus.sees("Yang belum terpenuhi", "Sudah berhenti bekerja", "Tercatat masih bekerja.")
    agus.press("Periksa dan kirim")
    agus.press("Kirim klaim")
    agus.sees("Klaim sudah dikirim")

    # Our records say that he still works: refused by two, with the article and what would change it.
    begun_with(stage, number)
    papers_checked(stage, number)
    proposed(stage, number, "tolak", "Menurut laporan perusahaan Anda masih bekerja.")
    decided(stage, number)
    agus.open(f"/klaim/{number}/")
    agus.sees("Ditolak", "Klaim ditolak. Alasannya ada di surat; Anda dapat mengajukan keberatan.")
    letter = words_of(agus.save("Unduh surat keputusan"))
    for told in (
        "Klaim ditolak", "Sudah berhenti bekerja: Tidak terpenuhi", "Tercatat masih bekerja.", "PP 60/2015 Pasal 26 ayat (5)",
        "minta perusahaan melaporkannya, atau laporkan sendiri", "Ajukan keberatan kepada kantor cabang mana pun",
        "Keberatan tidak dikenai biaya, dan diputuskan orang yang tidak ikut memutuskan klaim ini.",
    ):  # fmt: skip
        assert told in letter, letter

    # He objects; somebody who had no part in it finds him right, and says why.
    agus.press("Ajukan keberatan")
    agus.fill(grounds=GROUNDS)
    agus.press("Kirim keberatan")
    agus.sees("Keberatan terkirim", GROUNDS)
    stage.later(days=2)
    supervisor = stage.desk("supervisor")
    supervisor.open(f"/kantor/klaim/{number}/")
    supervisor.sees("Anda ikut memutuskan klaim ini; keberatannya diputuskan orang lain.")
    supervisor.sees_not("Putuskan keberatan")
    head = stage.desk("head")
    head.open(f"/kantor/klaim/{number}/")
    head.press("Putuskan keberatan")
    twice(head, "Simpan putusan", answer="ya", reason="Surat pengunduran dirinya sah; catatan kami keliru.")

    # What our records had wrong is found anew, and from what; then two decide again.
    officer = stage.desk("officer")
    officer.open(f"/kantor/klaim/{number}/fakta/working/")
    twice(officer, "Simpan", value=False, note="Surat pengunduran diri 15 Oktober 2026, dicocokkan ke perusahaan.")
    officer.sees("Masih bekerja")
    proposed(stage, number)
    decided(stage, number)
    paid_out(stage, "jht")
    agus = stage.phone("agus", user)
    agus.open(f"/klaim/{number}/")
    agus.sees("Selesai dibayar", "Rp78.500.000", "Dibenarkan: Surat pengunduran dirinya sah; catatan kami keliru.")
    agus.press("Lihat asal setiap jumlah")
    agus.press("Jaminan hari tua")
    agus.sees("Sebelum pajak Rp80.000.000", "Pajak yang dipotong Rp1.500.000", "Yang diterima Rp78.500.000")
    agus.unfolds("Pajaknya")
    agus.sees("PP 68/2009")
    slip = re.search(r"BP-202611-[0-9]+-[0-9]+", agus.words())[0]  # type: ignore[index]
    assert slip in words_of(agus.save("Unduh PDF"))
    treasurer = stage.desk("treasurer")
    treasurer.open("/kantor/pembayaran/pajak/")
    treasurer.press("November 2026")
    treasurer.sees(slip, "Agus Salim", "Rp1.500.000", "Belum disetor")
    assert stage.beside(what_he_got, number) == [(SAVED, TAX)]


def what_he_got(number: str) -> list[tuple[int, int]]:
    """What was paid, and the tax kept of it."""
    from telling import claim

    from jamsostek.claims.choices import PayoutState
    from jamsostek.claims.models import Payout

    rows = Payout.objects.filter(claim_id=claim(number).pk, state=PayoutState.PAID)
    return [(one.gross_rupiah, one.tax_rupiah) for one in rows]
