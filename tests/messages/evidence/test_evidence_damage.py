"""Whatever the bytes: a picture or PDF made anew, or a refusal with a way out; never another error."""

from __future__ import annotations

import io

import pytest
from evidence_files import encoded, good, noted, pdf, photo
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import ObjectStreamMode
from PIL import Image

from jamsostek.messages.evidence.documents import clean_document
from jamsostek.messages.evidence.kinds import kind_of
from jamsostek.messages.evidence.pictures import clean_picture
from jamsostek.messages.evidence.reader import clean
from jamsostek.messages.evidence.records import PDF, Evidence, Limits
from jamsostek.messages.evidence.segments import bare_jpeg
from jamsostek.messages.limited import FileUnreadable

SMALL = Limits(side=300, seconds=20)
pytestmark = pytest.mark.filterwarnings("ignore:(Corrupt EXIF|Truncated File|Tag data)")
PIECES = [
    b"",
    b"\0",
    b"\xff",
    b"\xff\xd9",
    b"\xff\xda",
    b"\xff\xe1\0\x08",
    b"PK\3\4",
    b"endobj",
    b"stream",
    b"<<",
    b">>",
    b"1 0 R",
    b"\x80" * 9,
]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """A small good file of each kind."""
    picture = photo(240, 160)
    made = {format: encoded(picture, format, exif=noted(6)) for format in ("JPEG", "PNG", "WEBP", "HEIF")}
    made["progressive"] = encoded(picture, "JPEG", progressive=True)
    made["PDF"] = pdf(picture=made["JPEG"], object_stream_mode=ObjectStreamMode.disable)
    made["packed PDF"] = pdf(picture=made["JPEG"], object_stream_mode=ObjectStreamMode.generate)
    return made


def taken_or_refused(content: bytes, *, in_child: bool = False) -> None:
    """Passes where a file is taken and can be opened again, or refused as it should be."""
    try:
        evidence = clean(content, "a", SMALL) if in_child else taken(content)
    except FileUnreadable as error:
        assert error.kind
        assert error.remedy
        assert error.field == "file"
        return
    if evidence.kind == "jpeg":
        picture = Image.open(io.BytesIO(evidence.content))
        picture.load()
        assert (picture.format, picture.size) == ("JPEG", (evidence.width, evidence.height))
    assert evidence.pages >= 1


def taken(content: bytes) -> Evidence:
    """What the child does, here: thousands of children would take an hour."""
    kind = kind_of(content, SMALL)
    return clean_document(content, SMALL) if kind == PDF else clean_picture(content, kind, SMALL)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes(content: bytes) -> None:
    taken_or_refused(content)


@pytest.mark.parametrize("name", ["JPEG", "progressive", "PNG", "WEBP", "PDF", "packed PDF"])
@given(data=st.data())
@settings(max_examples=60)
def test_any_beginning_of_a_good_file(name: str, files: dict[str, bytes], data: st.DataObject) -> None:
    content = files[name]
    taken_or_refused(content[: data.draw(st.integers(0, len(content)))])


@pytest.mark.parametrize("name", ["JPEG", "progressive", "PNG", "WEBP", "PDF", "packed PDF"])
@given(data=st.data())
@settings(max_examples=120)
def test_any_damage_to_a_good_file(name: str, files: dict[str, bytes], data: st.DataObject) -> None:
    taken_or_refused(damaged(files[name], data))


@given(data=st.data())
@settings(max_examples=15)
def test_any_damage_to_a_heic_is_the_childs_alone(files: dict[str, bytes], data: st.DataObject) -> None:
    taken_or_refused(damaged(files["HEIF"], data), in_child=True)


@given(data=st.data())
@settings(max_examples=150)
def test_any_damage_to_a_jpeg_inside_a_pdf_is_told_or_harmless(files: dict[str, bytes], data: st.DataObject) -> None:
    try:
        bare = bare_jpeg(damaged(files["JPEG"], data))
    except ValueError:
        return
    assert bare.content.startswith(b"\xff\xd8")
    assert bare.content.endswith(b"\xff\xd9")


def test_every_beginning_of_a_photos_head_is_refused(files: dict[str, bytes]) -> None:
    for name in ("JPEG", "PNG", "WEBP"):
        for length in range(0, 400, 3):
            with pytest.raises(FileUnreadable):
                taken(files[name][:length])


def damaged(content: bytes, data: st.DataObject) -> bytes:
    """A few pieces of a file put in place of others."""
    for _change in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from((0, 1, 2, 5, 40, 900)))
        content = content[:start] + data.draw(st.sampled_from(PIECES)) + content[start + length :]
    return content


def test_a_good_file_passes_undamaged(files: dict[str, bytes]) -> None:
    assert {name: taken(content).kind for name, content in files.items()} == {
        **dict.fromkeys(files, "jpeg"), "PDF": "pdf", "packed PDF": "pdf",
    }  # fmt: skip
    assert good("JPEG").startswith(b"\xff\xd8")
