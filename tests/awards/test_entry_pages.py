"""Pages of nominations and evidence: who competes finds what is missing, committees decide, anybody checks a receipt."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.awards.competing import (
    EDITION,
    HOUR,
    JATENG,
    JATIM,
    committee,
    edition,
    entered,
    moved,
    officer,
    pdf,
    regulation,
    send,
)


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2_000]
    whole = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", whole)).split())


def visits(user: Any = None, language: str = "id") -> Client:
    client = Client()
    client.cookies["jamsostek_language"] = language
    return cast.signed_in(client, user) if user is not None else client


@pytest.fixture
def running(db: Any) -> Any:
    with cast.everyone():
        return edition()


def does(client: Client, url: str, said: str, **answers: Any) -> str:
    """Sends a form; what the page after it says."""
    answer = client.post(url, answers or {"x": "1"}, follow=True)
    text = text_of(answer)
    assert answer.redirect_chain, text[:1_500]
    assert said in text, text[:1_500]
    return text


def test_a_region_nominates_itself_sends_evidence_and_keeps_its_receipt(running: Any) -> None:
    dinas = officer()
    client, anybody = visits(dinas), visits()
    home = text_of(client.get(reverse("award_entries:home")))
    assert "Belum ada pencalonan" in home and "24.00 WIB" not in home and "lagi)" in home and "dikarang untuk peragaan" in home
    new = reverse("award_entries:nominate", args=[EDITION])
    page = text_of(client.get(new))
    assert "Kabupaten Sidoarjo: Kabupaten/kota, cakupan" in page and "Kategori ini untuk Provinsi." in page
    assert "belum dipilih" in text_of(client.post(new, {}))
    does(client, new, "Menunggu diperiksa panitia", chosen="regency:3515:regency_coverage")
    from jamsostek.awards.queries.entries import entries

    with cast.everyone():
        row = entries(running.pk)[0]
    show = reverse("award_entries:entry", args=[row.code])
    assert "Masih kurang: bukti untuk Peraturan daerah, Inovasi dan pelaksanaan." in text_of(client.get(show))
    to = reverse("award_entries:send", args=[row.code, "innovation", "innovation"])
    refused = text_of(client.post(to, {"title": "", "summary": "", "file": ""}))
    assert "Judul belum diisi" in refused and "Uraian belum diisi" in refused and "Berkas belum diisi" in refused
    wrong = SimpleUploadedFile("surat.docx", b"PK\x03\x04 word/", "application/octet-stream")
    assert "dokumen Word" in text_of(client.post(to, {"title": "A", "summary": "B", "file": wrong}))
    file = SimpleUploadedFile("inovasi.pdf", pdf(), "application/pdf")
    told = does(client, to, "Simpan tanda terimanya", title="Desa sadar", summary="Kader mendata.", file=file)
    code = re.search(r"Nomor tanda terima ([A-Z0-9]{12})", told)
    assert code is not None
    receipt = text_of(anybody.get(reverse("award_entries:receipts"), {"cari": code[1].lower()}, follow=True))
    assert "Desa sadar" in receipt and "Kader mendata" not in receipt and re.search(r"[0-9a-f]{64}", receipt)
    assert anybody.get(reverse("award_entries:receipt_pdf", args=[code[1]])).content.startswith(b"%PDF-")
    assert anybody.get(reverse("award_entries:file", args=[code[1]])).status_code == 302
    assert client.get(reverse("award_entries:file", args=[code[1]])).content.startswith(b"%PDF-")
    assert "Received" in text_of(visits(language="en").get(reverse("award_entries:receipt", args=[code[1]])))
    assert "Bukti ditarik" in does(client, reverse("award_entries:evidence_withdraw", args=[code[1]]), "Bukti ditarik")
    assert "Ditarik" in text_of(anybody.get(reverse("award_entries:receipt", args=[code[1]])))
    does(client, reverse("award_entries:withdraw", args=[row.code]), "Pencalonan ini berakhir", reason="Mundur")


def test_a_receipt_that_does_not_exist_is_said_so(running: Any) -> None:
    anybody = visits()
    assert "Tidak ada tanda terima" in text_of(anybody.get(reverse("award_entries:receipts"), {"cari": "ABC\0"}))
    assert anybody.get(reverse("award_entries:receipt", args=["ABCDEFGHJKMN"])).status_code == 404


def test_a_regulation_is_chosen_from_the_register(running: Any) -> None:
    with cast.everyone():
        dinas = officer()
        row = entered(dinas)
    client = visits(dinas)
    to = reverse("award_entries:send", args=[row.code, "regulation", "regulation"])
    assert "Catat dahulu di daftar peraturan" in text_of(client.get(to))
    with cast.everyone():
        rule, other = regulation(), regulation(cast.LUMAJANG, "9")
    assert f'value="{rule.code}"' in client.get(to).content.decode()
    assert "Select a valid" not in text_of(client.post(to, {"regulation": other.code}))
    does(client, to, "Disahkan di daftar peraturan", regulation=rule.code)


def test_after_the_deadline_nothing_is_offered_and_nothing_is_taken(running: Any) -> None:
    with cast.everyone():
        dinas = officer()
        row = entered(dinas)
        sent = send(dinas, row.code)
        moved(running, nominate_until=-2 * HOUR, evidence_until=-HOUR)
    client = visits(dinas)
    page = text_of(client.get(reverse("award_entries:entry", args=[row.code])))
    assert "Batas waktu bukti sudah lewat" in page and "Kirim:" not in page
    assert "Tarik" not in text_of(client.get(reverse("award_entries:evidence", args=[sent.code])))
    to = reverse("award_entries:send", args=[row.code, "innovation", "innovation"])
    file = SimpleUploadedFile("inovasi.pdf", pdf("Susulan"), "application/pdf")
    assert "sudah lewat" in text_of(client.post(to, {"title": "A", "summary": "B", "file": file}))
    assert "sudah lewat" in text_of(client.post(reverse("award_entries:evidence_withdraw", args=[sent.code])))
    assert "Pencalonan ditutup" in text_of(
        visits(dinas).post(reverse("award_entries:nominate", args=[EDITION]), {"chosen": "regency:3515:regency_innovation"})
    )


def test_a_body_that_is_too_long_is_refused_before_it_is_read(running: Any) -> None:
    with cast.everyone():
        dinas = officer()
        row = entered(dinas)
    client = visits(dinas)
    to = reverse("award_entries:send", args=[row.code, "innovation", "innovation"])
    answer = client.generic("POST", to, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2 << 30))
    told = text_of(answer, 413)
    assert "lebih besar dari 15 MB" in told and answer["Connection"] == "close"
    assert "Paling besar 15 MB untuk Uraian inovasi" in told and "isian lain perlu diketik lagi" in told
    assert f'href="{to}">Kembali ke formulir' in answer.content.decode()


def test_evidence_that_is_there_already_is_told_so_and_what_differs_leads_to_it(running: Any) -> None:
    with cast.everyone():
        dinas = officer()
        row = entered(dinas)
    client, content = visits(dinas), pdf()
    to = reverse("award_entries:send", args=[row.code, "innovation", "budget"])

    def told(rupiah: str, **more: Any) -> dict[str, Any]:
        file = SimpleUploadedFile("dpa.pdf", content, "application/pdf")
        return {"title": "DPA 2026", "budget_year": "2026", "budget_rupiah": rupiah, "file": file} | more

    assert "Jumlah harus antara Rp1 dan" in text_of(client.post(to, told("0")))
    first = does(client, to, "Diterima. Simpan tanda terimanya.", **told("1,2 triliun"))
    assert "Rp1.200.000.000.000" in first and "sudah diterima sebelumnya" not in first
    again = does(client, to, "sudah diterima sebelumnya", **told("1.200.000.000.000"))
    assert "Simpan tanda terimanya" not in again
    answer = client.post(to, told("1,3 triliun"))
    assert "dengan jumlah anggaran yang lain" in text_of(answer)
    code = re.search(r"nomor tanda terima ([A-Z0-9]{12})", text_of(answer))
    assert code is not None and reverse("award_entries:evidence", args=[code[1]]) in answer.content.decode()


def test_the_form_is_taken_with_its_token_only(running: Any) -> None:
    with cast.everyone():
        dinas = officer()
        row = entered(dinas)
    client = cast.signed_in(Client(enforce_csrf_checks=True), dinas)
    to = reverse("award_entries:send", args=[row.code, "innovation", "innovation"])
    file = SimpleUploadedFile("inovasi.pdf", pdf(), "application/pdf")
    assert client.post(to, {"title": "A", "summary": "B", "file": file}).status_code == 403


def test_a_committee_decides_by_two_and_checks_files_by_two(running: Any) -> None:
    with cast.everyone():
        dinas, one, two, far = officer(), committee("satu", JATIM), committee("dua"), committee("jauh", JATENG)
        row = entered(one)
        sent = send(dinas, row.code)
    first, second, other = visits(one), visits(two), visits(far)
    listing = reverse("award_committee:entries", args=[EDITION])
    assert "Kabupaten Sidoarjo" in text_of(first.get(listing)) and "Tidak ada calon" in text_of(other.get(listing))
    assert "Tidak ada calon" in text_of(first.get(listing, {"keadaan": "accepted"}))
    assert b"dikarang" not in b"".join(first.get(listing, {"bentuk": "csv"}).streaming_content)
    assert b"Rekaan untuk peragaan" in b"".join(first.get(listing, {"bentuk": "csv"}).streaming_content)
    accept, show = reverse("award_committee:entry_accept", args=[row.code]), reverse("award_committee:entry", args=[row.code])
    assert accept not in first.get(show).content.decode() and first.post(accept).status_code == 403
    assert other.get(show).status_code == 403
    does(second, accept, "Diterima sebagai calon")
    check = reverse("award_committee:evidence", args=[sent.code])
    page = first.get(check)
    assert "Judul Desa sadar jaminan sosial" in text_of(page) and "Untuk ukuran Inovasi dan pelaksanaan" in text_of(page)
    assert reverse("award_entries:file", args=[sent.code]) in page.content.decode()
    contests = reverse("award_committee:contests", args=[EDITION])
    assert re.search(r"Jawa Timur 1 0 1 1( |$)", text_of(first.get(contests))), text_of(first.get(contests))
    assert "Alasan belum diisi" in text_of(first.post(check, {"answer": "tidak"}))
    does(first, check, "menunggu disahkan", answer="tidak", reason="Bukan uraian")
    assert "orang lain yang mengesahkan" in text_of(first.get(check))
    does(second, check, "Dikembalikan untuk diperiksa lagi", answer="tidak", reason="Halaman dua jelas")
    does(second, check, "menunggu disahkan", answer="ya")
    does(first, check, "Sah menurut panitia", answer="ya")
    assert "Jawa Timur 1 0 1 –" in text_of(first.get(contests))
    csv = b"".join(first.get(contests, {"bentuk": "csv"}).streaming_content).decode()
    assert "Berkas belum diperiksa dua orang" in csv and ",1,0,1,0" in csv
    refuse = reverse("award_committee:entry_refuse", args=[row.code])
    assert "sudah diterima" in text_of(first.post(refuse, {"reason": "Terlambat"}))
    does(first, reverse("award_committee:entry_disqualify", args=[row.code]), "Didiskualifikasi", reason="Data palsu")


def test_a_committee_names_anybody_of_its_area_by_number(running: Any) -> None:
    with cast.everyone():
        firm, here = cast.employer("PT Uji Lomba"), committee("jatim", JATIM)
        there = committee("jateng", JATENG)
    new = reverse("award_entries:nominate", args=[EDITION])
    told = {"subject": "employer", "category": "employer_large", "number": firm.npp}
    assert "Kantor pusat PT Uji Lomba di Kabupaten Sidoarjo" in text_of(visits(there).post(new, told))
    client = visits(here)
    assert "Tulis nomornya dengan angka saja" in text_of(client.post(new, {**told, "number": "abc"}))
    assert "9301 Kabupaten Merauke" in text_of(
        client.post(new, {"subject": "regency", "category": "regency_coverage", "number": "9101"})
    )
    refused = client.post(new, {"subject": "regency", "category": "regency_coverage", "number": "3273"})
    assert "Kota Bandung di Provinsi Jawa Barat, di luar wilayah panitia Anda" in text_of(refused)
    assert 'value="3273"' in refused.content.decode() and 'aria-invalid="true"' in refused.content.decode(), "at its field"
    does(client, new, "Tercatat. Panitia memeriksanya", **told)
    does(client, new, "Sudah dicalonkan sebelumnya. Panitia memeriksanya.", **told)
    from jamsostek.awards.actions import entries as actions
    from jamsostek.awards.queries.entries import entries

    with cast.as_user(committee("pusat")):
        actions.accept(code=entries(running.pk)[0].code)
    assert "Panitia memeriksanya" not in does(client, new, "panitia sudah menerimanya", **told)
    whole = visits(here).get(reverse("award_committee:entries", args=[EDITION]), {"keadaan": "accepted"}).content.decode()
    assert "?keadaan=accepted&amp;bentuk=xlsx" in whole
    assert '"?bentuk=xlsx"' in visits(here).get(reverse("award_committee:entries", args=[EDITION])).content.decode()


def test_nobody_opens_the_entry_or_evidence_of_others(running: Any) -> None:
    with cast.everyone():
        dinas, other = officer(), officer("lain", cast.LUMAJANG)
        row = entered(dinas)
        sent = send(dinas, row.code)
    client = visits(other)
    assert client.get(reverse("award_entries:entry", args=[row.code])).status_code == 403
    for name in ("evidence", "file", "evidence_withdraw"):
        assert client.get(reverse(f"award_entries:{name}", args=[sent.code])).status_code == 404, name
    to = reverse("award_entries:send", args=[row.code, "innovation", "innovation"])
    assert client.get(to).status_code == 403
    for missing in ("award_entries:entry", "award_committee:entry", "award_entries:evidence", "award_entries:receipt"):
        assert visits(dinas).get(reverse(missing, args=["TIDAKADA"])).status_code in (403, 404), missing
