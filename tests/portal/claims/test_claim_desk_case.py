"""One claim through the pages of two people: papers, facts, account, proposal, decision, letter; and who is not offered what."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pypdfium2
import pytest
from claim_desks import DIED, Desk, dead, sent
from desks import TODAY, asked_twice, day, stored, text_of

from jamsostek.access.models import AuditEntry
from jamsostek.claims.models import Claim, Decision, Document, Fact, Objection, Party, Payout
from jamsostek.core.numbers import format_number
from tests import cast
from tests.claims import offices

pytestmark = pytest.mark.usefixtures("desk_undone")
WHY = "sesuai akta kematian"


def pdf(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def checked(desk: Desk, name: str) -> None:
    """Everything looked at by the officer, through actions."""
    with cast.everyone():
        offices.checked(desk.claims[name], desk.at, TODAY)


def proposed(desk: Desk, name: str, answer: str = "setuju") -> Decision:
    """Proposed by the officer on the page."""
    told = {"answer": answer, "reason": WHY}
    assert asked_twice(desk.client("officer"), desk.url(name, "usulkan/"), told).status_code == 302
    return stored(Decision, claim=desk.claims[name])


def decided(desk: Desk, name: str) -> Claim:
    """Agreed to by the supervisor on the page."""
    assert (
        asked_twice(desk.client("supervisor"), desk.url(name, "putuskan/"), {"answer": "setuju", "reason": ""}).status_code == 302
    )
    return stored(Claim, pk=desk.claims[name].pk)


def test_a_death_claim_goes_through_the_pages_by_two_people(desk: Desk) -> None:
    officer, supervisor, claim = desk.client("officer"), desk.client("supervisor"), desk.claims["first"]
    case = text_of(officer.get(desk.url("first")))
    for words in (
        "Perlindungan: siapa membayar bulan mana",
        "PT Almarhum First",
        "Kematian terbukti",
        "Belum dibuktikan",
        "Dewi Lestari",
    ):
        assert words in case
    assert "990000123450" not in case and "450" in case
    with cast.everyone():
        papers = list(Document.objects.filter(claim=claim).order_by("id"))
    for row in papers:
        answer = asked_twice(officer, desk.url("first", f"berkas/{row.pk}/"), {"answer": "ya", "reason": ""})
        assert answer.status_code == 302
    told = {"names": ["died_on", "cause"], "note": "akta kematian nomor 12"}
    assert asked_twice(officer, desk.url("first", "fakta/sesuai/"), told).status_code == 302
    party = stored(Party, claim=claim, claimant=True)
    assert asked_twice(officer, desk.url("first", f"orang/{party.pk}/rekening/"), {"answer": "ya", "note": ""}).status_code == 302
    look = text_of(officer.post(desk.url("first", "usulkan/"), {"answer": "setuju", "reason": WHY}))
    for words in ("Dewi Lestari: Santunan kematian", "Rp20.000.000", "Rp12.000.000", "Rp10.000.000", "Rp42.000.000"):
        assert words in look
    proposed(desk, "first")
    page = text_of(supervisor.get(desk.url("first", "putuskan/")))
    assert WHY in page and desk.at.officer.name in page and "Syarat" in page and "Rp42.000.000" in page
    assert decided(desk, "first").state == "approved"
    with cast.everyone():
        assert sum(row.gross_rupiah for row in Payout.objects.filter(claim_id=claim.pk)) == 42_000_000
    done = text_of(officer.get(desk.url("first")))
    assert "Disetujui, sedang dibayar" in done and "Belum dikirim ke bank" in done


def test_who_proposed_is_told_that_another_decides(desk: Desk) -> None:
    checked(desk, "first")
    with cast.as_user(desk.at.supervisor):
        from jamsostek.claims.actions import deciding

        deciding.propose(claim_id=desk.claims["first"].pk, approve=True, reason=WHY, today=TODAY)
    mine = desk.client("supervisor")
    for page in (mine.get(desk.url("first")), mine.get(desk.url("first", "putuskan/"))):
        assert "orang lain yang memutuskannya" in text_of(page)
        assert 'name="answer"' not in page.content.decode()
    assert desk.url("first", "putuskan/") not in mine.get(desk.url("first")).content.decode()
    refused = text_of(mine.post(desk.url("first", "putuskan/"), {"answer": "setuju", "reason": ""}))
    assert "orang lain yang memutuskannya" in refused
    assert stored(Decision, claim=desk.claims["first"]).final is None
    assert "Menunggu keputusan penyelia" in text_of(desk.client("officer").get(desk.url("first")))


def test_a_proposal_is_sent_back_with_its_reason(desk: Desk) -> None:
    checked(desk, "first")
    proposed(desk, "first")
    client, url = desk.client("supervisor"), desk.url("first", "putuskan/")
    assert "Alasannya belum ditulis" in text_of(client.post(url, {"answer": "kembali", "reason": ""}))
    assert asked_twice(client, url, {"answer": "kembali", "reason": "Buku nikah belum dilihat"}).status_code == 302
    assert stored(Claim, pk=desk.claims["first"].pk).state == "submitted"
    assert "Buku nikah belum dilihat" in text_of(desk.client("officer").get(desk.url("first", "riwayat/")))


def test_a_letter_of_approval_has_every_step_and_who_is_paid_in_both_languages(desk: Desk) -> None:
    checked(desk, "first")
    proposed(desk, "first")
    decided(desk, "first")
    letter = pdf(desk.client("officer").get(desk.url("first", "surat.pdf")))
    for words in (
        "Klaim disetujui",
        "The claim was approved",
        "Dewi Lestari",
        "Rp42.000.000",
        "Rp42,000,000",
        "Penyelia cabang",
        "Petugas cabang",
    ):
        assert words in letter, words
    assert "PP 44/2015" in letter and "Pasal" in letter and "keberatan" in letter.lower()
    assert desk.at.supervisor.name not in letter
    made = stored(Decision, claim=desk.claims["first"])
    assert made.assessment_id and stored(type(made.assessment), pk=made.assessment_id).law_digest[:32] in letter.replace("\n", "")


def test_each_amount_opens_its_derivation_for_the_office_and_for_the_family(desk: Desk) -> None:
    claim = desk.claims["first"]
    own = f"/hak/{claim.number}/"
    assert "Belum diputuskan" in text_of(desk.client("heir").get(own))
    assert desk.client("heir").get(f"{own}surat.pdf").status_code == 404
    assert "Belum diputuskan. Ini hitungan" in text_of(desk.client("officer").get(desk.url("first", "hitungan/")))
    checked(desk, "first")
    proposed(desk, "first")
    decided(desk, "first")
    for who, url in (("officer", desk.url("first", "hitungan/")), ("heir", own)):
        page = text_of(desk.client(who).get(url))
        for words in ("Santunan kematian: Rp20.000.000", "Cara menghitungnya", "PP 82/2019", "Pembukuan", "Sidik hukum"):
            assert words in page, (who, words)
    assert "Klaim disetujui" in pdf(desk.client("heir").get(f"{own}surat.pdf"))
    assert desk.client("heir").get(f"/hak/{desk.claims['second'].number}/").status_code == 403
    assert desk.client("clerk").get(own).status_code == 403


def refusable(desk: Desk) -> None:
    """A claim for a death that is a work accident's: its cause is found so."""
    with cast.everyone():
        desk.claims["refused"] = sent(dead("Almarhum Kerja"), account="990000777001")
        offices.checked(desk.claims["refused"], desk.at, TODAY, cause="work")


def test_a_letter_of_refusal_names_the_article_and_how_to_object(desk: Desk) -> None:
    refusable(desk)
    look = text_of(
        desk.client("officer").post(desk.url("refused", "usulkan/"), {"answer": "tolak", "reason": "Kecelakaan kerja"})
    )
    assert "Usul Tolak" in look and "Pasal" in look
    proposed(desk, "refused", "tolak")
    assert decided(desk, "refused").state == "refused"
    letter = pdf(desk.client("officer").get(desk.url("refused", "surat.pdf")))
    for words in (
        "Klaim ditolak",
        "The claim was refused",
        "Syarat yang tidak terpenuhi",
        "PP 44/2015",
        "Pasal",
        "tidak dikenai biaya",
    ):
        assert words in letter, words
    assert "Pasal 45" in letter and "costs nothing" in letter


def test_an_objection_is_judged_by_who_had_no_part_in_it(desk: Desk) -> None:
    refusable(desk)
    proposed(desk, "refused", "tolak")
    decided(desk, "refused")
    told = {"level": "objection", "grounds": "Suami saya sakit, bukan kecelakaan."}
    assert asked_twice(desk.client("officer"), desk.url("refused", "keberatan/"), told).status_code == 302
    row = stored(Objection, claim=desk.claims["refused"])
    judge = desk.url("refused", f"keberatan/{row.pk}/")
    seen = desk.client("supervisor").get(desk.url("refused"))
    assert judge not in seen.content.decode() and "diputuskan orang lain" in text_of(seen)
    assert judge in desk.client("head").get(desk.url("refused")).content.decode()
    told = {"answer": "ya", "reason": "Surat dokter menunjukkan penyakit"}
    assert asked_twice(desk.client("head"), judge, told).status_code == 302
    assert stored(Claim, pk=desk.claims["refused"].pk).state == "submitted"


def test_an_unsettled_point_shows_both_readings_and_leads_to_its_text(desk: Desk) -> None:
    """Two employers in the month of the death: one benefit or two (interpretation 44)."""
    with cast.everyone():
        who = dead("Almarhum Dua")
        cast.works(who, cast.employer("PT Kedua"), 202501)
        desk.claims["open"] = sent(who, account="990000777002")
    page = text_of(desk.client("officer").get(desk.url("open")))
    for words in ("Hukumnya belum jelas", "Bacaan kami: Terpenuhi", "Bacaan lain: Tidak terpenuhi", "Tafsir nomor 44"):
        assert words in page, words
    text = text_of(desk.client("officer").get("/kantor/klaim/tafsir/44/"))
    assert "JKM of a worker with several employers" in text
    assert desk.client("officer").get("/kantor/klaim/tafsir/9999/").status_code == 404


def test_who_looked_is_in_the_persons_trail(desk: Desk) -> None:
    person = desk.claims["second"].participant_id
    with cast.everyone():
        before = AuditEntry.objects.filter(subject_id=person, action="look").count()
        row = Document.objects.filter(claim=desk.claims["second"]).order_by("id")[0]
    client = desk.client("officer")
    for rest in ("", "riwayat/", "hitungan/", f"berkas/{row.pk}/1.jpg"):
        assert client.get(desk.url("second", rest)).status_code == 200
    with cast.everyone():
        seen = AuditEntry.objects.filter(subject_id=person, action="look", user_id=desk.at.officer.pk)
        assert seen.count() == before + 4


def test_a_paper_stands_beside_its_facts_and_is_small_enough_to_load(desk: Desk) -> None:
    client = desk.client("officer")
    with cast.everyone():
        row = Document.objects.get(claim=desk.claims["second"], kind="death_certificate")
    page = text_of(client.get(desk.url("second", f"berkas/{row.pk}/")))
    assert "Hari meninggal" in page and "Ya, terima" in page
    picture = client.get(desk.url("second", f"berkas/{row.pk}/1.jpg"))
    assert picture["Content-Type"] == "image/jpeg" and len(picture.content) < 100_000
    assert "attachment" in client.get(desk.url("second", f"berkas/{row.pk}/asli/"))["Content-Disposition"]
    url = desk.url("second", f"berkas/{row.pk}/")
    assert "Alasannya belum ditulis" in text_of(client.post(url, {"answer": "tidak", "reason": ""}))
    assert asked_twice(client, url, {"answer": "tidak", "reason": "Tanggalnya terpotong"}).status_code == 302
    assert "Ditolak, menunggu gantinya" in text_of(client.get(desk.url("second")))
    assert client.get(desk.url("third", f"berkas/{row.pk}/")).status_code == 403


def test_a_page_of_a_pdf_is_drawn(desk: Desk) -> None:
    from jamsostek.claims.actions import intake
    from jamsostek.messages.letter import Letter, Part, draw_letter_pdf

    paper = draw_letter_pdf(Letter("AKTA", TODAY, "hari ini", ["Almarhum"], [Part("id", "Akta kematian")]))
    with cast.everyone():
        row = intake.add_document(
            claim_id=desk.claims["second"].pk, kind="death_certificate", content=paper, file_name="akta.pdf", today=TODAY
        )
    drawn = desk.client("officer").get(desk.url("second", f"berkas/{row.pk}/1.jpg"))
    assert drawn.content[:2] == b"\xff\xd8"
    assert desk.client("officer").get(desk.url("second", f"berkas/{row.pk}/asli/"))["Content-Type"] == "application/pdf"


def test_a_fact_is_found_with_from_what_and_what_was_stated_stays_seen(desk: Desk) -> None:
    client, url = desk.client("officer"), desk.url("second", "fakta/died_on/")
    other = DIED - dt.timedelta(days=2)
    assert "Sumber temuan belum diisi" in text_of(client.post(url, {**day("value", other), "note": ""}))
    assert asked_twice(client, url, {**day("value", other), "note": "akta kematian"}).status_code == 302
    page = text_of(client.get(desk.url("second")))
    assert "ditemukan petugas" in page and "Semula dinyatakan" in page
    assert stored(Fact, claim=desk.claims["second"], name="died_on", found=True).value == other.isoformat()
    assert client.get(desk.url("second", "fakta/tidak-ada/")).status_code == 404


def test_children_are_found_line_by_line(desk: Desk) -> None:
    client = desk.client("officer")
    told = {
        "name": "Rani Kecil", "kin": "child", **day("birth_date", dt.date(TODAY.year - 9, 3, 1)), "nik": "", "share": "1",
        "account_bank": "", "account_number": "", "account_name": "", "guardian": "Dewi Lestari", "guardian_bank": "BRI",
        "guardian_number": "990000123450",
    }  # fmt: skip
    assert asked_twice(client, desk.url("second", "orang/tambah/"), told).status_code == 302
    child = stored(Party, claim=desk.claims["second"], kin="child")
    assert child.guardian_id is not None
    told = {"party_1": str(child.pk), "primary_1": "3", "note": "surat sekolah"}
    assert asked_twice(client, desk.url("second", "fakta/children/"), told).status_code == 302
    kept = stored(Fact, claim=desk.claims["second"], name="children", found=True).value
    assert kept == [{"party": child.pk, "levels": {"primary": 3}}]
    assert "Rani Kecil: Sekolah dasar 3 tahun" in text_of(client.get(desk.url("second")))
    assert (
        asked_twice(client, desk.url("second", f"orang/{child.pk}/keluarkan/"), {"because": "bukan anaknya"}).status_code == 302
    )


def test_nobody_checks_an_account_they_wrote_and_a_whole_number_is_shown_once(desk: Desk) -> None:
    client, party = desk.client("officer"), stored(Party, claim=desk.claims["second"], claimant=True)
    told = {"bank": "BNI", "account_number": "5551234567", "account_name": "Dewi Lestari"}
    assert asked_twice(client, desk.url("second", f"orang/{party.pk}/rekening/ganti/"), told).status_code == 302
    mine = text_of(client.post(desk.url("second", f"orang/{party.pk}/rekening/"), {"answer": "ya", "note": ""}))
    assert "diperiksa orang lain" in mine
    colleague = desk.client("colleague")
    whole = text_of(colleague.post(desk.url("second", f"orang/{party.pk}/rekening/tampilkan/"), {"reason": "account"}))
    assert "5551 2345 67" in whole
    with cast.everyone():
        entry = AuditEntry.objects.filter(subject_id=desk.claims["second"].participant_id, action="show").latest("id")
    assert entry.user_id == desk.at.colleague.pk
    assert (
        asked_twice(colleague, desk.url("second", f"orang/{party.pk}/rekening/"), {"answer": "ya", "note": ""}).status_code == 302
    )
    assert stored(Party, pk=party.pk).account_state == "verified"


def test_what_is_missing_is_asked_for_at_once_and_the_clock_stands(desk: Desk) -> None:
    client = desk.client("officer")
    told = {"waiting_for": "court", "text": "Ada dua istri: kirim penetapan pengadilan."}
    assert asked_twice(client, desk.url("second", "minta/"), told).status_code == 302
    page = text_of(client.get(desk.url("second")))
    assert "Jam berhenti" in page and "penetapan pengadilan" in page
    assert "dua istri" in text_of(client.get(desk.url("second", "riwayat/")))
    answer = client.post(desk.url("second", "terjawab/"), {"langkah": "simpan"})
    assert answer.status_code == 302 and stored(Claim, pk=desk.claims["second"].pk).state == "submitted"


def test_a_message_and_a_stored_computation_stand_in_the_history(desk: Desk) -> None:
    client = desk.client("officer")
    assert asked_twice(client, desk.url("second", "pesan/"), {"text": "Kami sedang memeriksa."}).status_code == 302
    assert asked_twice(client, desk.url("second", "hitung/"), {"because": "pemeriksaan pertama"}).status_code == 302
    page = text_of(client.get(desk.url("second", "riwayat/")))
    assert "Kami sedang memeriksa." in page and "Hitungan yang disimpan" in page
    assert asked_twice(client, desk.url("second", "fakta/cause/"), {"value": "work", "note": "surat polisi"}).status_code == 302
    changed = text_of(client.get(desk.url("second")))
    assert "Berbeda dari hitungan yang disimpan terakhir" in changed and "Sebab meninggal" in changed


def test_a_decided_claim_is_opened_again(desk: Desk) -> None:
    checked(desk, "first")
    proposed(desk, "first")
    decided(desk, "first")
    assert asked_twice(desk.client("officer"), desk.url("first", "buka-lagi/"), {"because": "Ada anak lain"}).status_code == 302
    assert stored(Claim, pk=desk.claims["first"].pk).state == "submitted"
    assert "Sudah diputuskan" in text_of(desk.client("officer").get(desk.url("first")))


def test_the_number_of_a_claim_stands_in_the_letter_and_on_the_page(desk: Desk) -> None:
    number = format_number("claim", desk.claims["first"].number)
    assert number in text_of(desk.client("officer", "en").get(desk.url("first")))
