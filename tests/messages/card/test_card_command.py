"""`jamsostek card verify` as a person runs it: a code, a photo, a PDF, a text file; no network, no database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from cards import ISSUER, KEY, KEYS, OLD_KEY, STRANGER, URL, card, face, faces

from jamsostek.cli.main import main
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number
from jamsostek.messages.card.draw import draw_card_pdf, draw_card_png, draw_sheet_pdf
from jamsostek.messages.card.keys import publish
from jamsostek.messages.card.qr import link
from jamsostek.messages.card.scan import Found, read_codes
from jamsostek.messages.card.token import issue


class Done(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str


Verify = Callable[..., Done]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The published keys as a file."""
    path = tmp_path / "kunci.json"
    path.write_text(publish(KEYS.values()))
    return path


@pytest.fixture
def verify(keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Runs the command line's own `main`, in this process, in either language."""

    def run(target: object, *more: str, lang: str = "id", date: str = "2026-12-01") -> Done:
        words = ["jamsostek", "--lang", lang, "card", "verify", str(target), "--keys", str(keys), "--date", date, *more]
        monkeypatch.setattr(sys, "argv", words)
        status: object = 0
        try:
            main()
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return Done(int(str(status or 0)), out, err)

    return run


def test_a_valid_code_ends_with_status_0_and_says_what_the_card_says(verify: Verify) -> None:
    claims = card()
    done = verify(issue(claims, KEY))
    assert done.status == 0, done.err
    for text in ("Kartu berlaku", claims.name, format_number("kpj", claims.kpj), "JKK, JKM, JHT", "April 2027", ISSUER):
        assert text in done.out
    english = verify(link(issue(claims, KEY), URL), lang="en")
    assert english.status == 0
    assert "Valid card" in english.out
    assert "Non-wage worker" in english.out


@pytest.mark.parametrize(
    ("token", "date", "title"),
    [
        (issue(card(), KEY), "2027-05-01", "Kartu sudah tidak berlaku"),
        (issue(card(), KEY), "2026-10-31", "Kartu belum berlaku"),
        (issue(card(), KEY)[:-4] + "0000", "2026-12-01", "Kartu tidak asli"),
        (issue(card(), STRANGER), "2026-12-01", "Penerbit kartu tidak dikenal"),
        (issue(card(), KEY)[:100], "2026-12-01", "Kode tidak terbaca"),
    ],
)
def test_any_other_code_ends_with_status_1_and_says_why(verify: Verify, token: str, date: str, title: str) -> None:
    done = verify(token, date=date)
    assert done.status == 1
    assert title in done.out


def test_a_card_of_a_rotated_key_is_valid(verify: Verify) -> None:
    old = card(issued_on=OLD_KEY.first_day, from_month=202501, until_month=202612)
    assert verify(issue(old, OLD_KEY)).status == 0


def test_a_picture_and_a_pdf_are_read(verify: Verify, tmp_path: Path) -> None:
    (tmp_path / "kartu.png").write_bytes(draw_card_png(face(card()), 200))
    (tmp_path / "kartu.pdf").write_bytes(draw_card_pdf(face(card())))
    for name in ("kartu.png", "kartu.pdf"):
        done = verify(tmp_path / name)
        assert done.status == 0, done.err
        assert card().name in done.out


def test_a_sheet_is_verified_code_by_code_before_the_ceremony(verify: Verify, tmp_path: Path) -> None:
    (tmp_path / "lembar.pdf").write_bytes(draw_sheet_pdf(faces(13)))
    done = verify(tmp_path / "lembar.pdf")
    assert done.status == 0
    assert "Kartu berlaku: 13" in done.out
    assert done.out.count("halaman 1") == 10
    assert done.out.count("halaman 2") == 3


def test_a_text_file_tells_each_line_and_one_bad_line_makes_it_status_1(verify: Verify, tmp_path: Path) -> None:
    lines = [issue(card(seed=1), KEY), "", issue(card(seed=2), KEY), "JK1:RUSAK"]
    (tmp_path / "kode.txt").write_text("\n".join(lines))
    done = verify(tmp_path / "kode.txt")
    assert done.status == 1
    assert "Kartu berlaku: 2, Kode tidak terbaca: 1" in done.out
    assert "baris 4" in done.out


def test_of_many_codes_only_those_that_are_not_valid_are_listed(verify: Verify, tmp_path: Path) -> None:
    lines = [issue(card(seed=at), KEY) for at in range(40)] + [issue(card(until_month=202611), KEY)]
    (tmp_path / "kode.txt").write_text("\n".join(lines))
    done = verify(tmp_path / "kode.txt")
    assert done.status == 1
    assert done.out.count("baris ") == 1
    assert "Kartu berlaku: 40, Kartu sudah tidak berlaku: 1" in done.out


def test_what_cannot_be_verified_at_all_ends_with_status_2_and_a_way_out(verify: Verify, tmp_path: Path, keys: Path) -> None:
    (tmp_path / "kosong.txt").write_text("tidak ada kode di sini")
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.7 rusak")
    (tmp_path / "rusak.png").write_bytes(b"\x89PNG rusak")
    for name, told in [
        ("kosong.txt", "Tidak ada kode di kosong.txt"),
        ("hilang.pdf", "tidak dapat dibuka"),
        ("rusak.pdf", "tidak terbaca"),
        ("rusak.png", "tidak terbaca"),
    ]:
        done = verify(tmp_path / name)
        assert done.status == 2, name
        assert told in done.err, name
    keys.write_text("{}")
    assert verify(issue(card(), KEY)).status == 2


def test_the_command_needs_no_database_and_no_web_framework(keys: Path) -> None:
    script = (
        "import sys; sys.argv = ['jamsostek', 'card', 'verify', sys.argv[1], '--keys', sys.argv[2], '--date', '2026-12-01']\n"
        "from jamsostek.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "assert not {'django', 'psycopg', 'typst', 'pypdfium2'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, issue(card(), KEY), str(keys)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_codes_come_page_by_page_and_from_top_to_bottom() -> None:
    drawn = faces(12)
    found = read_codes(draw_sheet_pdf(drawn))
    assert found == [Found(1 + at // 10, link(one.token, URL)) for at, one in enumerate(drawn)]


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    """A PNG of a few bytes that claims 100,000 x 100,000 pixels."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    with pytest.raises(InputError, match="tidak terbaca"):
        read_codes(bomb)
    with pytest.raises(InputError, match="lebih besar dari"):
        read_codes(b"%PDF" + bytes(51 << 20))
