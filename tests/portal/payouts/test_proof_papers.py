"""Letters and photos that show a proof: sent from a phone, judged by an officer, refused with a way out, seen by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from desks import count, stored, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from treasury import OWN, RIGHTS, office_of, pensioner, right_of

from jamsostek.claims.actions import proof_papers, rights
from jamsostek.claims.models import Benefit, Proof, ProofPaper
from jamsostek.core.errors import InputError
from jamsostek.portal.screens.bodies import most_bytes
from tests import cast
from tests.claims.offices import photo, scripted_pdf

if TYPE_CHECKING:
    from desks import Town


DOCX = b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml" + b"\0" * 200


@pytest.fixture(autouse=True)
def undone(town_undone: None) -> Iterator[None]:
    """What a test does is taken back."""
    yield


def letter(content: bytes | None = None, name: str = "surat dokter.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content, kind)


def healing(town: Town) -> Benefit:
    """Wages lost since an accident, and the one who lost them to sign in as."""
    from tests.claims.test_rights_go_on import healing as began

    at = office_of(town)
    with cast.everyone():
        claim = began(at)
        town.users["joko"] = cast.user("joko.uji", "worker", "self", claim.participant_id)
        return Benefit.objects.get(claim=claim)


def test_a_doctors_letter_goes_from_the_phone_to_the_officer_who_judges_it(town: Town) -> None:
    right = healing(town)
    own, officer = town.client("joko"), town.client("officer")
    page = f"{OWN}{right.pk}/bukti/"
    assert 'enctype="multipart/form-data"' in own.get(page).content.decode()
    assert "Foto surat dokter belum diisi" in text_of(own.post(page, {"days": "30"})) and count(Proof) == 0
    assert own.post(page, {"days": "30", "papers": [letter(), letter(photo((90, 90, 90)), "hal 2.jpg")]}).status_code == 302
    proof = stored(Proof)
    with cast.everyone():
        first, second = ProofPaper.objects.filter(proof=proof)
    assert (first.file_name, second.file_name, first.media) == ("surat dokter.jpg", "hal 2.jpg", "image/jpeg")
    mine = f"{page}{proof.pk}/{first.pk}/"
    assert mine in own.get(f"{OWN}{right.pk}/").content.decode()
    assert Image.open(BytesIO(own.get(mine).content)).size == (1200, 900)
    judge = f"{RIGHTS}bukti/{proof.pk}/"
    seen = officer.get(judge).content.decode()
    assert f"{judge}{first.pk}/kecil/" in seen and f"{judge}{second.pk}/" in seen and "Tidak ada foto" not in seen
    small = officer.get(f"{judge}{first.pk}/kecil/")
    assert small["Content-Type"] == "image/jpeg" and max(Image.open(BytesIO(small.content)).size) <= 320
    whole = officer.get(f"{judge}{first.pk}/")
    assert whole["Content-Disposition"].startswith("attachment") and "no-store" in whole["Cache-Control"]
    assert officer.post(judge, {"answer": "ya", "reason": ""}).status_code == 302
    assert stored(Proof).accepted is True
    with cast.as_user(town.users["joko"]), pytest.raises(InputError, match="sudah diperiksa"):
        proof_papers.add(proof_id=proof.pk, content=photo((1, 2, 3)), file_name="telat.jpg")


def test_nobody_else_sees_the_letter(town: Town) -> None:
    right = healing(town)
    with cast.as_user(town.users["joko"]):
        given = {"month": right.from_month, "data": {"days": 30}, "papers": [(photo(), "surat.jpg")]}
        proof = rights.give_proof(benefit_id=right.pk, today=cast.TODAY, **given)  # type: ignore[arg-type]
    with cast.everyone():
        paper = proof.papers.get()
    other = right_of(pensioner(town))
    mine, judge = f"{OWN}{right.pk}/bukti/{proof.pk}/{paper.pk}/", f"{RIGHTS}bukti/{proof.pk}/{paper.pk}/"
    stranger = town.client("wayan")
    assert stranger.get(mine).status_code == 404
    assert stranger.get(f"{OWN}{other.pk}/bukti/{proof.pk}/{paper.pk}/").status_code == 404, "not by a right of one's own"
    assert town.client("joko").get(f"{OWN}{right.pk}/bukti/{proof.pk}/{paper.pk + 1}/").status_code in (403, 404)
    assert stranger.get(judge).status_code == 403 and town.client("officer").get(judge).status_code == 200


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("surat.pdf", scripted_pdf, "application/pdf")], ("surat.pdf", "skrip (JavaScript)")),
        ([("surat.jpg", lambda: DOCX, "image/jpeg")], ("surat.jpg", "Word")),
        ([("baik.jpg", photo, "image/jpeg"), ("rusak.jpg", lambda: photo()[:300], "image/jpeg")], ("rusak.jpg",)),
        ([(f"{n}.jpg", lambda: photo(), "image/jpeg") for n in range(5)], ("Paling banyak 4 berkas",)),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_named_and_nothing_is_kept(town: Town, files: list[Any], words: tuple[str, ...]) -> None:
    right = healing(town)
    sent = [letter(content(), name, kind) for name, content, kind in files]
    told = town.client("joko").post(f"{OWN}{right.pk}/bukti/", {"days": "30", "papers": sent})
    for one in words:
        assert one in text_of(told), one
    assert count(Proof) == count(ProofPaper) == 0


def test_what_is_far_too_long_is_refused_before_it_is_read(town: Town) -> None:
    right = healing(town)
    body = BytesIO(b"")
    told = town.client("joko").post(
        f"{OWN}{right.pk}/bukti/", data=body, content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(most_bytes() + 1)
    )  # fmt: skip
    assert told.status_code == 413 and told["Connection"] == "close" and count(Proof) == 0


def test_an_officer_who_saw_the_paper_needs_no_photo_and_the_judge_is_told_that_there_is_none(town: Town) -> None:
    right = healing(town)
    assert town.client("officer").post(f"{RIGHTS}{right.pk}/bukti/", {"days": "30"}).status_code == 302
    told = text_of(town.client("supervisor").get(f"{RIGHTS}bukti/{stored(Proof).pk}/"))
    assert "Tidak ada foto atau surat yang dikirim. Terima hanya bila Anda sudah melihat aslinya." in told


def test_the_same_file_again_is_the_same_paper_and_a_proof_has_no_more_than_six(town: Town) -> None:
    right = healing(town)
    with cast.as_user(town.users["joko"]):

        def gives(name: str) -> Proof:
            given = {"month": right.from_month, "data": {"days": 30}, "papers": [(photo(), name)]}
            return rights.give_proof(benefit_id=right.pk, today=cast.TODAY, **given)  # type: ignore[arg-type]

        proof = gives("surat.jpg")
        assert gives("lagi.jpg").pk == proof.pk and proof.papers.count() == 1
        for shade in range(5):
            proof_papers.add(proof_id=proof.pk, content=photo((shade * 9, 9, 9)), file_name=f"{shade}.jpg")
        with pytest.raises(InputError, match="Sudah ada 6 berkas"):
            proof_papers.add(proof_id=proof.pk, content=photo((200, 9, 200)), file_name="7.jpg")
        assert proof.papers.count() == 6
