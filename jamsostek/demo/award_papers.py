"""A page of paper for the demo's award: a PDF that says that it is invented."""

from __future__ import annotations

import io

import pikepdf

from jamsostek.core.text import _


def paper(title: str, about: str) -> bytes:
    """One page with a title, whom it is about, and that nothing in it is true."""
    lines = (title, about, _("Rekaan untuk peragaan: tidak ada yang benar di halaman ini."))
    drawn = " ".join(f"({_plain(line)}) Tj 0 -28 Td" for line in lines)
    with pikepdf.new() as book:
        page = book.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=book.make_indirect(font)))
        page.Contents = book.make_stream(f"BT /F1 16 Tf 60 760 Td {drawn} ET".encode("latin-1", "replace"))
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return out.getvalue()


def _plain(text: str) -> str:
    """A text between the brackets of PDF."""
    return text.replace("\\", "").replace("(", "[").replace(")", "]")
