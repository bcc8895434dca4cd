"""Papers sent as photos: taken in, told what was done to them, refused with the way out."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from families import Filer, claim_of, dead, text_of

from jamsostek.claims.choices import State, Waiting
from jamsostek.claims.models import Document
from jamsostek.portal.screens.bodies import most_bytes
from tests import cast
from tests.claims.offices import photo, scripted_pdf

pytestmark = pytest.mark.django_db
DOCX = b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml" + b"\0" * 200


@pytest.fixture
def widow() -> Filer:
    filer = Filer()
    filer.begin("jkm", dead())
    filer.widow()
    return filer


def documents(filer: Filer) -> list[Any]:
    with cast.everyone():
        return list(Document.objects.filter(claim=claim_of(filer.number)).exclude(state="removed").order_by("id"))


def heic() -> bytes:
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    out = BytesIO()
    Image.open(BytesIO(photo())).save(out, "HEIF")
    return out.getvalue()


def test_the_checklist_tells_what_why_and_what_we_have(widow: Filer) -> None:
    told = text_of(widow.get("berkas/"))
    assert "Akta kematian" in told or "kematian" in told
    assert "Sudah ada pada kami" in told and "Pasal" in told


def test_a_photo_is_kept_shown_small_and_taken_back(widow: Filer) -> None:
    assert widow.upload("death_certificate", photo())["Location"].endswith("#berkas-death_certificate")
    assert widow.upload("death_certificate", photo((90, 90, 200)), "belakang.jpg").status_code == 302
    rows = documents(widow)
    assert [row.kind for row in rows] == ["death_certificate"] * 2
    page = widow.get("berkas/").content.decode()
    assert page.count("/kecil/") == 2
    small = widow.get(f"berkas/{rows[0].pk}/kecil/")
    assert small["Content-Type"] == "image/jpeg" and len(small.content) < 60_000 and "no-store" in small["Cache-Control"]
    assert widow.get(f"berkas/{rows[0].pk}/unduh/").content[:2] == b"\xff\xd8"
    widow.post(f"berkas/{rows[0].pk}/hapus/")
    assert len(documents(widow)) == 1


def test_the_same_photo_again_is_the_same_paper(widow: Filer) -> None:
    widow.upload("death_certificate", photo())
    widow.upload("death_certificate", photo())
    assert len(documents(widow)) == 1


def test_a_photo_of_an_iphone_becomes_one_that_everybody_can_open(widow: Filer) -> None:
    assert widow.upload("death_certificate", heic(), "IMG_0042.HEIC").status_code == 302
    assert documents(widow)[0].media == "image/jpeg"
    assert "HEIC diubah menjadi JPEG" in text_of(widow.get("berkas/"))


def test_a_blurry_photo_is_kept_and_asked_for_again(widow: Filer) -> None:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (1400, 1000), (230, 230, 230)).save(out, "JPEG")
    assert widow.upload("death_certificate", out.getvalue()).status_code == 302
    assert "kabur: foto lagi" in text_of(widow.get("berkas/"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("surat.pdf", scripted_pdf, ("surat.pdf", "skrip (JavaScript)", "Cetak, Simpan sebagai PDF")),
        ("akta.jpg", lambda: DOCX, ("akta.jpg", "dokumen Word", "foto kertasnya")),
        ("kosong.jpg", lambda: b"", ("Pilih foto atau berkasnya dahulu.",)),
        ("rusak.jpg", lambda: photo()[:3000], ("rusak.jpg", "rusak atau terpotong", "Foto lagi kertasnya")),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_with_the_way_out(widow: Filer, name: str, content: Any, words: tuple[str, ...]) -> None:
    answer = widow.upload("death_certificate", content(), name)
    told = text_of(answer, 422)
    if name != "kosong.jpg":
        assert all(word in told for word in words), told[:900]
        assert 'href="#foto-death_certificate"' in answer.content.decode()
    assert documents(widow) == []


def test_of_several_photos_the_good_ones_stay(widow: Filer) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = [SimpleUploadedFile("satu.jpg", photo()), SimpleUploadedFile("dua.jpg", b"halo dunia")]
    told = text_of(widow.post("berkas/death_certificate/", {"berkas": files}), 422)
    assert "dua.jpg" in told and "satu.jpg:" not in told
    assert len(documents(widow)) == 1


def test_two_hundred_megabytes_are_refused_by_their_length(widow: Filer) -> None:
    url = f"/klaim/{widow.number}/berkas/death_certificate/"
    answer = widow.client.generic(
        "POST", url, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 << 20)
    )
    assert "lebih besar dari" in text_of(answer, 413) and answer["Connection"] == "close"
    assert most_bytes() < 200 << 20


def test_the_body_of_a_sending_still_needs_its_token(widow: Filer) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = widow.client.cookies
    answer = strict.post(f"/klaim/{widow.number}/berkas/death_certificate/", {"foto": BytesIO(photo())})
    assert answer.status_code == 403


def test_only_papers_of_the_checklist_are_taken(widow: Filer) -> None:
    assert widow.upload("passport", photo()).status_code == 404
    assert widow.upload("participant_card", photo()).status_code == 404, "we have it already"


def test_with_the_last_paper_a_sent_claim_goes_back_to_the_office(widow: Filer) -> None:
    widow.post("periksa/")
    claim = claim_of(widow.number)
    assert (claim.state, claim.waiting_for) == (State.WAITING, Waiting.PAPERS) and claim.due_on is None
    assert "Kirim berkas" in text_of(widow.get())
    widow.send_papers()
    claim = claim_of(widow.number)
    assert claim.state == State.SUBMITTED and claim.due_on is not None


def test_papers_that_replace_each_other_are_told_so() -> None:
    from families import DIED, NAME, alive, day

    who, worker = alive(), Filer()
    worker.begin("jkp", who, kin="self", name=NAME)
    worker.post("isian/berhenti/", {**day("left_on", DIED), "reason": "dismissed", "willing": "ya", "contract": "permanent"})
    told = text_of(worker.get("berkas/"))
    assert "Pilih salah satu" in told and "Salah satu dari yang berikut ini sudah cukup." in told


def test_nobody_else_opens_a_paper(widow: Filer) -> None:
    widow.upload("death_certificate", photo())
    row = documents(widow)[0]
    other = Filer()
    other.begin("jkm", dead())
    for page in ("kecil", "unduh"):
        assert other.client.get(f"/klaim/{widow.number}/berkas/{row.pk}/{page}/").status_code == 302
        assert other.get(f"berkas/{row.pk}/{page}/").status_code == 404
    assert re.search("[0-9]", str(row.pk))


def test_of_papers_that_replace_each_other_one_completes_the_list() -> None:
    from families import DIED, NAME, alive, day

    who, worker = alive(), Filer()
    worker.begin("jkp", who, kin="self", name=NAME)
    worker.post("isian/berhenti/", {**day("left_on", DIED), "reason": "dismissed", "willing": "ya", "contract": "permanent"})
    assert "Berkas yang belum ada: 1" in text_of(worker.get("berkas/"))
    worker.upload("report_of_dismissal", photo())
    assert "Tidak ada berkas yang kurang" in text_of(worker.get("berkas/"))
