"""A family without an account: from the first page to the receipt."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from families import DIED, HEIR, NAME, TODAY, Filer, alive, claim_of, day, dead, forget_guesses, text_of

from jamsostek.claims.choices import Channel, Kind, State
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim, Party
from jamsostek.portal.filing import limits
from jamsostek.portal.filing.asking import CHILDREN, PAGES
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_widow_files_from_the_first_page_to_the_receipt() -> None:
    who, widow = dead(), Filer()
    assert "Meninggal dunia" in text_of(widow.client.get("/klaim/"))
    assert widow.begin("jkm", who).status_code == 302 and widow.number
    code = widow.code()
    assert text_of(widow.post("kode/"), 302) is not None
    told = text_of(widow.get())
    assert "Siapa yang mengajukan" in told and NAME not in told and "B. Q." in told
    widow.widow()
    assert "Rp" in text_of(widow.get("perkiraan/"))
    widow.send_papers()
    party = re.search(r"/rekening/(\d+)/", widow.get("rekening/")["Location"])[1]  # type: ignore[index]
    widow.post(f"rekening/{party}/", {"account_bank": "BRI", "account_number": "9900 0012 3456", "account_name": HEIR})
    check = text_of(widow.get("periksa/"))
    assert HEIR in check and "BRI …456" in check and "990000123456" not in check
    assert widow.post("periksa/")["Location"].endswith("/tanda-terima/")
    receipt = text_of(widow.get("tanda-terima/"))
    claim = claim_of(widow.number)
    assert claim.state == State.SUBMITTED and claim.channel == Channel.HEIR and claim.filed_by is None
    assert f"{widow.number[:4]} {widow.number[4:8]} {widow.number[8:]}" in receipt
    assert code not in receipt


def test_sending_twice_is_one_claim() -> None:
    who, widow = dead(), Filer()
    widow.begin("jkm", who)
    widow.widow()
    first, second = widow.post("periksa/"), widow.post("periksa/")
    assert first["Location"] == second["Location"]
    with cast.everyone():
        assert Claim.objects.filter(participant_id=who.pk).count() == 1


def test_the_receipt_has_no_nik_and_no_full_name() -> None:
    import pypdfium2

    who, widow = dead(), Filer()
    widow.begin("jkm", who)
    widow.widow()
    widow.post("periksa/")
    told = text_of(widow.get("tanda-terima/"))
    pdf = widow.get("tanda-terima.pdf")
    with pypdfium2.PdfDocument(pdf.content) as document:
        paper = "\n".join(page.get_textpage().get_text_range() for page in document)
    for text in (told, paper):
        assert not re.search(r"\d{16}", text) and NAME not in text and HEIR not in text and who.kpj not in text
        assert f"{widow.number[:4]} {widow.number[4:8]} {widow.number[8:]}" in text
    assert "wa.me" in widow.get("tanda-terima/").content.decode()


def test_a_wrong_number_and_a_wrong_birth_date_are_told_alike() -> None:
    who, stranger = dead(), Filer()
    wrong_day = text_of(stranger.begin("jkm", who, **day("birth_date", who.birth_date + dt.timedelta(days=1))))
    wrong_number = text_of(stranger.begin("jkm", who, number="12345678901"))
    blame = "Nomor dan tanggal lahir ini tidak cocok dengan peserta mana pun."
    assert blame in wrong_day and blame in wrong_number
    strip = re.compile(r"Peragaan[^.]*\.")
    assert strip.sub("", wrong_day) == strip.sub("", wrong_number)


def test_guessing_a_birth_date_ends_after_a_few_tries_from_anywhere(one_window: None) -> None:
    forget_guesses()
    who = dead()
    for place in range(limits.MEMBER.about):
        guess = day("birth_date", dt.date(1960, 1, 1) + dt.timedelta(days=place))
        assert Filer(Client(REMOTE_ADDR=f"10.0.0.{place}")).begin("jkm", who, **guess).status_code == 200
    late = Filer(Client(REMOTE_ADDR="10.9.9.9"))
    assert late.begin("jkm", who).status_code == 429
    forget_guesses()
    assert late.begin("jkm", who).status_code == 302


def test_one_address_may_be_wrong_so_often(one_window: None) -> None:
    forget_guesses()
    client = Client(REMOTE_ADDR="10.1.1.1")
    for place in range(limits.CODE.wrong):
        assert client.post("/klaim/lanjut/", {"code": f"AAAAA-{place:05d}"}).status_code == 200
    assert client.post("/klaim/lanjut/", {"code": "AAAAA-BBBBB"}).status_code == 429
    assert Client(REMOTE_ADDR="10.1.1.2").post("/klaim/lanjut/", {"code": "AAAAA-BBBBB"}).status_code == 200
    forget_guesses()


def test_the_code_opens_the_right_draft_and_no_other() -> None:
    who, other = dead(), alive("Sari Wexomira", sex="f")
    widow, neighbour = Filer(), Filer()
    widow.begin("jkm", who)
    neighbour.begin("jkk", other, kin="self")
    code = widow.code()
    phone = Filer()
    answer = phone.opened(phone.client.post("/klaim/lanjut/", {"code": code.lower().replace("-", " ")}))
    assert phone.number == widow.number and answer.status_code == 302
    assert "B. Q." in text_of(phone.get())
    phone.number = neighbour.number
    assert phone.get()["Location"] == "/klaim/lanjut/"
    for page in ("isian/kejadian/", "berkas/", "periksa/", "tanda-terima/", "rekening/", "perkiraan/"):
        assert phone.get(page)["Location"] == "/klaim/lanjut/"
        assert phone.post(page).status_code in (302, 405)
    assert "Tidak ada klaim dengan kode ini" in text_of(Client().post("/klaim/lanjut/", {"code": "AAAAA-AAAAA"}))


def test_a_strangers_claim_in_the_session_is_refused() -> None:
    from django.core import signing

    who, other = dead(), alive("Sari Wexomira", sex="f")
    widow, stranger = Filer(), Filer()
    widow.begin("jkm", who)
    stranger.begin("jkk", other, kin="self")
    claim, mine = claim_of(widow.number), stranger.client.session["claims"][stranger.number]
    forged = (
        claim.pk, "", mine, signing.dumps([claim.pk, ""], salt="filing"), signing.dumps([claim.pk, "00" * 16], salt="filing"),
        signing.dumps([claim.pk, bytes(claim.resume_digest).hex()], salt="other"), [claim.pk, bytes(claim.resume_digest).hex()],
    )  # fmt: skip
    for token in forged:
        session = stranger.client.session
        session["claims"] = {**session["claims"], widow.number: token}
        session.save()
        answer = stranger.client.get(f"/klaim/{widow.number}/")
        assert (answer.status_code, answer["Location"]) == (302, "/klaim/lanjut/"), token


def test_a_code_is_shown_until_it_is_written_down_and_never_again() -> None:
    widow = Filer()
    widow.begin("jkm", dead())
    assert widow.code() == widow.code()
    widow.post("kode/")
    assert widow.get("kode/").status_code == 302
    session = str(dict(widow.client.session))
    assert not re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", session)


def test_who_is_under_age_files_with_a_guardian() -> None:
    who, child = dead(), Filer()
    child.begin("jkm", who, kin="child", name="Rani Zalvinda")
    born = dt.date(TODAY.year - 12, 5, 6)
    asked = text_of(
        child.post("pemohon/", {"name": "Rani Zalvinda", "kin": "child", **day("birth_date", born), "phone": "081234567890"})
    )
    assert "Nama wali" in asked and "Nama wali belum diisi" not in asked
    guardian = {"guardian_name": "Pak Paman", **day("guardian_birth_date", dt.date(1970, 1, 2)), "guardian_phone": "081234567891"}
    typed = {"name": "Rani Zalvinda", "kin": "child", **day("birth_date", born), "phone": "081234567890", **guardian}
    assert child.post("pemohon/", typed).status_code == 302
    assert child.post("pemohon/", typed).status_code == 302
    with cast.everyone():
        rows = Party.objects.filter(claim=claim_of(child.number), left_on=None)
        assert sorted((row.kin, row.claimant, row.beneficiary) for row in rows) == [
            ("child", True, True), ("guardian", False, False)
        ]  # fmt: skip


def test_children_at_school_are_paid_through_who_files() -> None:
    who, widow = dead(), Filer()
    widow.begin("jkm", who)
    widow.widow()
    for at, name in enumerate(("Adi Kecil", "Rani Kecil")):
        typed = {"name": name, **day("birth_date", dt.date(TODAY.year - 10 - at, 1, 2)), "level": "primary", "years": "3"}
        assert widow.post("anak/tambah/", typed).status_code == 302
    assert "Rani Kecil" in text_of(widow.get("anak/"))
    assert widow.get("anak/tambah/").status_code == 302, "the law promises it to two"
    widow.widow()  # who files is written again, and still stands for the children
    with cast.everyone():
        rows = list(Party.objects.filter(claim=claim_of(widow.number), kin="child", left_on=None).select_related("guardian"))
    assert [(row.guardian.claimant, row.guardian.left_on) for row in rows if row.guardian] == [(True, None)] * 2
    widow.post(f"penerima/{rows[0].pk}/hapus/", {"kembali": "anak"})
    assert "Adi Kecil dihapus" in text_of(widow.get("anak/")) and "Adi Kecil" not in text_of(widow.get("anak/"))


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost() -> None:
    who, widow = dead(), Filer()
    widow.begin("jkm", who)
    page = widow.post("isian/kematian/", {**day("died_on", TODAY + dt.timedelta(days=3)), "cause": "illness"})
    assert "belum tiba" in text_of(page) and 'href="#id_died_on-d"' in page.content.decode()
    widow.post("isian/kematian/", {**day("died_on", DIED), "cause": "illness"})
    assert f'value="{DIED.year}"' in widow.get("isian/kematian/").content.decode()
    assert "Belum diisi" in text_of(widow.post("periksa/")), "who files has not said who they are"


def test_a_code_alone_is_told_conditions_and_amounts_and_nothing_of_the_person() -> None:
    who, widow = dead(), Filer()
    widow.begin("jkm", who)
    widow.widow()
    told = text_of(widow.get("perkiraan/"))
    assert "Santunan kematian" in told and "Kantor yang memutuskan" in told
    assert NAME not in told and who.kpj not in told and "PT Contoh Raya" not in told and "5.000.000" not in told


def test_every_question_of_every_kind_stands_on_one_page() -> None:
    for kind in Kind:
        asked = sorted(one.name for one in OF[kind].asked if one.name != CHILDREN)
        placed = sorted(name for page in PAGES[kind] for name in page.names)
        assert asked == placed, kind
        assert all(len(page.names) <= 4 for page in PAGES[kind])


@pytest.mark.parametrize(
    ("kind", "pages"),
    [
        ("jkk", {"kejadian": {**day("happened_on", DIED), "kind": "accident", "story": "Jatuh dari tangga"},
                 "biaya": {"care_rupiah": "350.000"}}),
        ("jht", {"alasan": {"cause": "resigned"},
                 "kapan": {**day("event_on", DIED), **day("letter_on", DIED), "tax_number": "ya"}}),
        ("jht_partial", {"jumlah": {"purpose": "housing", "amount_asked_rupiah": "1 juta"}}),
        ("jp_old_age", {"kapan": day("event_on", DIED)}),
        ("jp_disability", {"kapan": day("event_on", DIED)}),
        ("jkp", {"berhenti": {**day("left_on", DIED), "reason": "dismissed", "willing": "ya", "contract": "fixed"},
                 "kontrak": {**day("contract_end_on", TODAY), "citizen": "ya"}}),
    ],
)  # fmt: skip
def test_a_worker_without_an_account_files_each_kind(kind: str, pages: dict[str, dict[str, str]]) -> None:
    who, worker = alive(), Filer()
    worker.begin(kind, who, kin="self", name=NAME)
    worker.post("pemohon/", {"name": NAME, **day("birth_date", who.birth_date), "phone": "081234567890"})
    for slug, typed in pages.items():
        answer = worker.post(f"isian/{slug}/", typed)
        assert answer.status_code == 302, text_of(answer)
    assert "Perkiraan" in text_of(worker.get("perkiraan/"))
    assert worker.post("periksa/").status_code == 302, text_of(worker.post("periksa/"))
    assert claim_of(worker.number).channel == Channel.SELF
    assert claim_of(worker.number).state in (State.WAITING, State.SUBMITTED)
