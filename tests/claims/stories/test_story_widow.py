"""A widow with two children at school, a phone and no account: from the first page to money in her account."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import Any

from tests import cast
from tests.claims import offices

DIED = dt.date(2026, 11, 2)
BORN = dt.date(1984, 6, 9)
WIDOW = "Dewi Lestari"
SUMS = {20: 20_000_000, 21: 12_000_000, 22: 10_000_000}
"""Santunan kematian, berkala, pemakaman: PP 82/2019 Pasal 34."""


def husband() -> Any:
    """A worker of a firm for four years; the civil register told of his death."""
    from jamsostek.registry.actions.changes import record_death

    who = offices.member("Budi Santoso", since=dt.date(2022, 1, 3), birth_date=BORN)
    cast.works(who, cast.employer("PT Kayu Contoh"), 202201)
    record_death(participant_id=who.pk, died_on=DIED, today=dt.date(2026, 11, 9), reason="akta kematian")
    return who


def taken_with_a_phone(shade: int) -> bytes:
    """A photo as phones make them: with the place where it was taken, and the phone's name."""
    from PIL import Image

    picture = Image.open(BytesIO(offices.photo((shade, 190, 180))))
    exif = Image.Exif()
    exif[0x0110] = "Telepon Contoh 5"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "S", (7.0, 26.0, 48.0), "E", (112.0, 43.0, 12.0)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=85)
    assert b"Telepon Contoh 5" in out.getvalue()
    return out.getvalue()


def test_a_widows_claim_from_the_first_page_to_money_in_her_account(stage: Any) -> None:
    from telling import begun_with, decided, gives_paper, paid_out, papers_checked, proposed, wanted_papers

    man = stage.beside(husband)
    widow = stage.phone("janda", for_all=True)

    # What happened, whom it is about, the code to come back by.
    widow.open("/klaim/")
    widow.press("Meninggal dunia")
    widow.fill(number=man.kpj, birth_date=BORN, kin="spouse", name=WIDOW)
    widow.press("Lanjut")
    code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", widow.words())[0]  # type: ignore[index]
    widow.press("Sudah saya catat, lanjut")
    number = widow.address().split("/")[2]

    # A few questions at a time.
    widow.press("Lanjut mengisi")
    widow.fill(birth_date=dt.date(1987, 3, 4), phone="0812 3456 7890")
    widow.press("Simpan dan lanjut")
    widow.fill(died_on=DIED, cause="illness")
    widow.press("Simpan dan lanjut")
    for child, born, level, years in (
        ("Adi Santoso", dt.date(2016, 5, 1), "primary", 3),
        ("Rina Santoso", dt.date(2013, 2, 8), "junior", 2),
    ):
        widow.press("Tambah anak")
        widow.fill(name=child, birth_date=born, level=level, years=years)
        widow.press("Simpan")
    widow.press("Lanjut")
    widow.sees("Penerima lain")
    widow.press("Lanjut")
    accounts(widow)

    # One paper now; the phone is put away, and the rest comes from another one by the code.
    wanted = wanted_papers(widow)
    for paper in wanted[:1]:
        gives_paper(widow, paper, taken_with_a_phone(40))
    widow.sees("Sudah dikirim")
    daughter = stage.phone("anak", for_all=True)
    back_by_code(daughter, code)
    daughter.open(f"/klaim/{number}/berkas/")
    for paper in wanted[1:]:
        gives_paper(daughter, paper, taken_with_a_phone(80))
    daughter.sees("Tidak ada berkas yang kurang.")
    stage.beside(no_place_is_kept, number)
    daughter.press("Lanjut")
    daughter.sees("Dewi Lestari", "Adi Santoso", "Rina Santoso", "BRI …456")
    daughter.press("Lihat perkiraannya")
    daughter.sees("Rp20.000.000", "Rp12.000.000", "Rp10.000.000", "Rp42.000.000")
    daughter.press("Periksa dan kirim")
    daughter.press("Kirim klaim")
    daughter.sees("Klaim sudah dikirim", "Simpan nomor ini.", "Tidak ada biaya apa pun.")

    # Anybody with the claim's number and his birth date sees where it stands; no name, no account.
    track(widow, number)
    widow.sees("Diterima")
    widow.sees_not(WIDOW, "Budi", "BRI")

    # The office.
    begun_with(stage, number)
    papers_checked(stage, number)
    proposed(stage, number).sees("Diusulkan")
    decided(stage, number)
    stage.later(days=1)
    paid_out(stage, "jkm")
    track(widow, number)
    widow.sees("Uang sudah masuk ke rekening", "Rp42.000.000", "Dibayar Selesai · 24 November 2026")

    # By her code she sees where each rupiah comes from.
    back_by_code(widow, code)
    widow.sees("Rp42.000.000")
    widow.press("Lihat asal setiap jumlah")
    widow.sees("Dewi Lestari Rp6.666.667", "Adi Santoso Rp6.666.667", "Rina Santoso Rp6.666.666", "Rp42.000.000")
    widow.press("Santunan kematian")
    widow.sees(
        "Rp6.666.667 / Rp20.000.000", "Santunan berkala Rp12.000.000", "Biaya pemakaman Rp10.000.000", "PP 82/2019 Pasal 34",
        "Masuk ke rekening 24 November 2026",
    )  # fmt: skip
    assert stage.beside(what_is_theirs, number) == [
        ("Adi Santoso", 60, {"primary": 3}), ("Rina Santoso", 60, {"junior": 2}), SUMS,
    ]  # fmt: skip


def what_is_theirs(number: str) -> list[Any]:
    """The children's rights, and what was paid of each part."""
    from collections import Counter

    from telling import claim

    from jamsostek.claims.choices import PayoutState
    from jamsostek.claims.models import Benefit, Payout

    paid: Counter[int] = Counter()
    for row in Payout.objects.filter(claim_id=claim(number).pk, state=PayoutState.PAID):
        paid[row.component] += row.gross_rupiah
    rights = Benefit.objects.filter(claim=claim(number)).select_related("party").order_by("party__name")
    return [*((one.party.name, one.component, one.terms["levels"]) for one in rights), dict(paid)]


def back_by_code(hand: Any, code: str) -> None:
    """As it was written down: in small letters, without its dash."""
    hand.open("/klaim/lanjut/")
    hand.fill(code=code.lower().replace("-", " "))
    hand.press("Lanjut")


def accounts(hand: Any) -> None:
    """Hers; the children's money comes there too."""
    hand.sees("Belum berumur 18 tahun: uangnya masuk ke rekening Dewi Lestari.")
    hand.press("Isi rekening Dewi")
    hand.fill(account_bank="BRI", account_number="990000123456", account_name=WIDOW)
    hand.press("Simpan")


def no_place_is_kept(number: str) -> None:
    """Of no photo the place, nor the phone."""
    from PIL import Image
    from telling import claim

    from jamsostek.claims.models import Document
    from jamsostek.claims.queries import evidence

    rows = Document.objects.filter(claim=claim(number))
    assert rows
    for row in rows:
        content, _media = evidence.content(row.pk)
        exif = Image.open(BytesIO(content)).getexif()
        assert not exif.get_ifd(0x8825) and 0x0110 not in exif and b"Telepon Contoh" not in content


def track(hand: Any, number: str) -> None:
    """Where a claim stands, without an account."""
    hand.open("/klaim/lacak/")
    hand.fill(number=number, birth_date=BORN)
    hand.press("Lacak")
