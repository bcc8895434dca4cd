"""A PDF is stored without what acts and without what tells on its maker; what it shows stays."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pypdfium2
import pytest
from evidence_files import HOSTILE, OWNER, acting, annotate, corners, encoded, good, noted, pdf, photo, script
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode
from PIL import Image

from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.messages.evidence.reader import clean, thumbnail
from jamsostek.messages.evidence.records import Limits
from jamsostek.messages.limited import FileUnreadable

pytestmark = pytest.mark.filterwarnings("ignore:This document has 1 form widget")


def refusal(content: bytes, limits: Limits | None = None) -> FileUnreadable:
    """The refusal of a PDF, which must say the way out."""
    with pytest.raises(FileUnreadable) as caught:
        clean(content, "surat.pdf", limits or Limits())
    assert caught.value.remedy
    assert caught.value.field == "file"
    assert caught.value.value == "surat.pdf"
    return caught.value


def drawn(content: bytes) -> Image.Image:
    """The first page as a reader shows it."""
    with pypdfium2.PdfDocument(content) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")


def opened(content: bytes) -> pikepdf.Pdf:
    """A stored PDF."""
    return pikepdf.open(io.BytesIO(content))


def test_a_scan_is_stored_and_looks_as_it_did() -> None:
    content = pdf(pages=3)
    evidence = clean(content, "akta.pdf")
    assert (evidence.kind, evidence.media_type, evidence.pages) == ("pdf", "application/pdf", 3)
    assert (evidence.width, evidence.height, evidence.original_bytes) == (595, 842, len(content))
    assert evidence.notes == ()
    assert drawn(evidence.content).tobytes() == drawn(content).tobytes()


def test_the_same_pdf_gives_the_same_bytes() -> None:
    assert clean(pdf(), "a.pdf").content == clean(pdf(), "b.pdf").content


def test_a_page_that_lies_on_its_side_is_measured_as_it_is_shown() -> None:
    evidence = clean(pdf(lambda made: made.pages[0].__setattr__("Rotate", 90)), "a.pdf")
    assert (evidence.width, evidence.height) == (842, 595)


def test_what_tells_about_the_maker_is_gone() -> None:
    def tell(made: pikepdf.Pdf) -> None:
        made.docinfo["/Author"] = OWNER
        with made.open_metadata() as told:
            told["dc:creator"] = [OWNER]
        made.trailer.Secret = OWNER
        made.pages[0].PieceInfo = Dictionary(App=Dictionary(Private=OWNER))
        made.pages[0].Thumb = made.make_stream(b"\0" * 12, Width=2, Height=2)

    evidence = clean(pdf(tell), "a.pdf")
    with opened(evidence.content) as stored:
        assert "/Info" not in stored.trailer
        assert "/Secret" not in stored.trailer
        assert "/Metadata" not in stored.Root
        assert {"/PieceInfo", "/Thumb"} & set(stored.pages[0].keys()) == set()
        assert not any(OWNER.encode() in bytes(one.unparse(resolved=True)) for one in stored.objects)


@pytest.mark.parametrize("packed", [False, True])
def test_a_photo_inside_keeps_its_pixels_and_loses_its_place(packed: bool) -> None:
    picture = encoded(photo(), "JPEG", exif=noted(), comment=OWNER.encode()) + b"PK\3\4 after the end"

    def pack(made: pikepdf.Pdf) -> None:
        filters = Array([Name.FlateDecode, Name.DCTDecode])
        made.pages[0].Resources.XObject.Im0.write(zlib.compress(picture), filter=filters)

    content = pdf(pack if packed else None, picture=picture)
    evidence = clean(content, "a.pdf")
    with opened(evidence.content) as stored:
        raw = stored.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert evidence.notes == ("location_removed",)
    assert OWNER.encode() not in raw
    assert b"Exif" not in raw
    assert b"after the end" not in raw
    assert Image.open(io.BytesIO(raw)).tobytes() == Image.open(io.BytesIO(picture)).tobytes()
    assert drawn(evidence.content).tobytes() == drawn(content).tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_photos_in_many_scans_or_in_cmyk_are_shown_as_before(progressive: bool) -> None:
    picture = encoded(photo().convert("CMYK"), "JPEG", progressive=progressive)

    def four(made: pikepdf.Pdf) -> None:
        made.pages[0].Resources.XObject.Im0.ColorSpace = Name.DeviceCMYK

    content = pdf(four, picture=picture)
    assert drawn(clean(content, "a.pdf").content).tobytes() == drawn(content).tobytes()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_acts_is_refused(name: str) -> None:
    kind, change = HOSTILE[name]
    assert refusal(pdf(change)).kind == kind


def test_what_acts_is_refused_in_object_streams_too() -> None:
    content = pdf(HOSTILE["a script in an annotation"][1], object_stream_mode=ObjectStreamMode.generate)
    assert b"JavaScript" not in content
    assert b"ObjStm" in content
    assert refusal(content).kind == "script"


def test_what_acts_is_refused_however_its_name_is_written() -> None:
    content = pdf(HOSTILE["opens with a script"][1], object_stream_mode=ObjectStreamMode.disable)
    hidden = content.replace(b"/JavaScript", b"/#4aavaScript").replace(b"/JS", b"/#4aS")
    assert hidden != content
    assert refusal(hidden).kind == "script"


def test_what_acts_is_refused_in_an_earlier_version_of_the_file_too() -> None:
    first = pdf(HOSTILE["a script behind references"][1], object_stream_mode=ObjectStreamMode.disable)
    with opened(first) as made:
        number, pages = made.Root.objgen[0], made.Root.Pages.objgen[0]
    at = len(first)
    later = b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (number, pages)
    start = int(first[first.rfind(b"startxref") + 9 :].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size 20/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    both = first + later + table % (number, at, number, start, at + len(later))
    with opened(both) as made:
        assert "/Hidden" not in made.Root
    assert refusal(both).kind == "script"


def test_links_lead_nowhere_any_more_and_it_is_noted() -> None:
    link = acting("URI", URI="https://contoh.invalid/ambil")
    evidence = clean(pdf(lambda made: annotate(made, Subtype=Name.Link, A=link)), "a.pdf")
    assert "links_removed" in evidence.notes
    with opened(evidence.content) as stored:
        assert not any(b"contoh.invalid" in one.unparse(resolved=True) for one in stored.objects)


def test_moving_within_the_document_is_no_reason_to_refuse_it() -> None:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])
        annotate(made, Subtype=Name.Link, A=acting("Named", N=Name.NextPage))

    assert clean(pdf(change), "a.pdf").pages == 1


def test_a_lost_electronic_signature_is_noted() -> None:
    signature = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]), Contents=b"\0" * 64)
    evidence = clean(pdf(lambda made: annotate(made, Subtype=Name.Widget, FT=Name.Sig, V=signature)), "akta-dukcapil.pdf")
    assert evidence.notes == ("signature_lost",)


@pytest.mark.parametrize("user", ["rahasia", ""])
def test_a_locked_pdf_is_refused_even_when_it_opens_without_its_password(user: str) -> None:
    assert refusal(pdf(encryption=Encryption(owner="pemilik", user=user))).kind == "password"


def test_more_pages_than_thirty_are_refused() -> None:
    assert clean(pdf(pages=30), "a.pdf").pages == 30
    error = refusal(pdf(pages=31))
    assert error.kind == "pages"
    assert "31" in error.message


def test_a_pdf_without_pages_is_refused() -> None:
    assert refusal(pdf(lambda made: made.pages.__delitem__(0))).kind == "damaged"


@pytest.mark.parametrize("cut", [0.02, 0.5, 0.98])
def test_a_pdf_cut_short_is_refused(cut: float) -> None:
    content = pdf(pages=3)
    assert refusal(content[: int(len(content) * cut)]).kind == "damaged"


def test_a_pdf_with_an_archive_after_its_end_is_refused() -> None:
    assert refusal(pdf() + b"PK\3\4" + b"x" * 5000).kind == "damaged"


def test_a_picture_with_too_many_pixels_is_refused_by_its_dictionary_and_by_its_own_header() -> None:
    def declare(made: pikepdf.Pdf) -> None:
        made.pages[0].Resources.XObject.Im0.Width = 50_000
        made.pages[0].Resources.XObject.Im0.Height = 50_000

    assert refusal(pdf(declare)).kind == "bomb"
    assert refusal(pdf(), Limits(pixels=1_000_000)).kind == "bomb"


@pytest.mark.parametrize("packed", ["flate", "twice", "ascii"])
def test_a_stream_that_unpacks_to_too_much_is_refused(packed: str) -> None:
    import base64

    once = zlib.compress(b"0 0 m " * (20 << 20), 9)
    raw, filters = {
        "flate": (once, Name.FlateDecode),
        "twice": (zlib.compress(once, 9), Array([Name.FlateDecode, Name.FlateDecode])),
        "ascii": (base64.a85encode(once) + b"~>", Array([Name.ASCII85Decode, Name.FlateDecode])),
    }[packed]

    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents.write(raw, filter=filters)

    assert refusal(pdf(change), Limits(pixels=20_000_000)).kind == "bomb"


def test_a_pdf_of_too_many_objects_is_refused() -> None:
    def many(made: pikepdf.Pdf) -> None:
        made.Root.Many = Array([made.make_indirect(Dictionary(A=n)) for n in range(3000)])

    assert refusal(pdf(many), Limits(objects=2000)).kind == "bomb"


def test_a_page_that_refers_to_itself_ends() -> None:
    def loop(made: pikepdf.Pdf) -> None:
        made.Root.Pages.Kids.append(made.Root.Pages)

    try:
        clean(pdf(loop), "a.pdf")
    except FileUnreadable as error:
        assert error.kind == "damaged"


def test_a_pdf_is_known_by_its_bytes_even_after_a_blank_line() -> None:
    assert clean(b"\r\n" + pdf(), "surat.jpg").kind == "pdf"


def test_a_thumbnail_of_a_pdf_shows_its_first_page() -> None:
    small = Image.open(io.BytesIO(thumbnail(clean(pdf(), "a.pdf").content)))
    assert small.format == "JPEG"
    assert max(small.size) == 320
    assert small.size[0] == pytest.approx(320 * 595 / 842, abs=1)
    assert corners(encoded(small))[2] == (255, 255, 255)


def test_a_dark_scan_is_hinted_at() -> None:
    dark = encoded(photo().point(lambda value: value // 6))

    def fill(made: pikepdf.Pdf) -> None:
        made.pages[0].MediaBox = Array([30, 400, 565, 782])

    assert clean(pdf(fill, picture=dark), "a.pdf").notes == ("dark",)
    assert clean(pdf(fill, picture=good("JPEG")), "a.pdf").notes == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_of_the_child_speaks_the_readers_language(language: str) -> None:
    with speaking(language):
        error = refusal(pdf(lambda made: made.Root.__setitem__("/OpenAction", script())))
    assert ("skrip" in error.message) is (language == "id")
    assert ("script" in error.message) is (language == "en")
