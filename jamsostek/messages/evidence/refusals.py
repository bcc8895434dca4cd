"""Files refused as evidence, each with what was seen and the way out; `kind` is the reason's stable name."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from jamsostek.core.text import N_, _
from jamsostek.messages.limited import FileUnreadable

PHOTOGRAPH = N_("Foto kertasnya dengan kamera ponsel, lalu kirim fotonya.")
AGAIN = N_("Foto lagi kertasnya, atau kirim ulang salinan berkas yang utuh.")
PRINT = N_("Buka PDF-nya, pilih Cetak, Simpan sebagai PDF, lalu kirim hasilnya; atau foto kertasnya.")


def _refusal(message: str, kind: str, remedy: str, detail: str = "") -> FileUnreadable:
    return FileUnreadable(message, kind=kind, field="file", remedy=_(remedy), detail=detail)


def empty() -> FileUnreadable:
    """No bytes at all."""
    return _refusal(_("Berkas kosong (0 byte)."), "empty", AGAIN)


def over_size(megabytes: int) -> FileUnreadable:
    """More bytes than are looked at."""
    remedy = N_("Foto dengan ukuran yang lebih kecil, atau kirim PDF dengan halaman yang lebih sedikit.")
    return _refusal(_("Berkas lebih besar dari {size} MB.").format(size=megabytes), "too_large", remedy)


def foreign(called: str, kind: str, remedy: str) -> FileUnreadable:
    """Something else than a photo or a PDF; `called` says what, in the reader's language."""
    return _refusal(_("Ini bukan foto atau PDF, melainkan {called}.").format(called=called), kind, remedy)


def damaged(detail: str) -> FileUnreadable:
    """Bytes that begin as a picture or a PDF and do not go on as one; `detail` is for the log."""
    return _refusal(_("Berkas rusak atau terpotong."), "damaged", AGAIN, detail)


def too_many_pixels(width: int, height: int, most: int) -> FileUnreadable:
    """A picture whose header promises more pixels than are decoded."""
    told = _("Gambar ini {width} x {height} titik; paling banyak {most} juta titik.")
    remedy = N_("Pilih ukuran foto yang lebih kecil di kamera ponsel, lalu foto lagi.")
    return _refusal(told.format(width=width, height=height, most=most // 1_000_000), "bomb", remedy)


def inflated(megabytes: int) -> FileUnreadable:
    """A PDF with a part that unpacks to more than it may."""
    told = _("PDF ini berisi bagian yang mengembang menjadi lebih dari {size} MB.")
    return _refusal(told.format(size=megabytes), "bomb", PRINT)


def moving() -> FileUnreadable:
    """More than one picture shown in turn."""
    return _refusal(_("Gambar ini bergerak (animasi)."), "animated", PHOTOGRAPH)


def no_heic() -> FileUnreadable:
    """A HEIC where its decoder is not installed."""
    remedy = N_("Di ponsel pilih format foto JPEG (iPhone: Pengaturan, Kamera, Format, Paling Kompatibel), lalu foto lagi.")
    return _refusal(_("Foto HEIC belum dapat dibaca di sini."), "heic", remedy)


def locked() -> FileUnreadable:
    """A PDF that is encrypted, whether it asks for its password or not."""
    remedy = N_("Buka PDF-nya dengan kata sandinya, pilih Cetak, Simpan sebagai PDF, lalu kirim hasilnya; atau foto kertasnya.")
    return _refusal(_("PDF ini dikunci dengan kata sandi."), "password", remedy)


def too_many_pages(pages: int, most: int) -> FileUnreadable:
    """A PDF that is longer than evidence is."""
    remedy = N_("Kirim hanya halaman yang diperlukan, atau bagi menjadi beberapa PDF.")
    return _refusal(_("PDF ini {pages} halaman; paling banyak {most}.").format(pages=pages, most=most), "pages", remedy)


def too_many_objects(most: int) -> FileUnreadable:
    """A PDF of more parts than are walked."""
    return _refusal(_("PDF ini berisi lebih dari {most} bagian.").format(most=most), "bomb", PRINT)


ACTIVE = {
    "script": N_("PDF ini berisi skrip (JavaScript)."),
    "action": N_("PDF ini berisi perintah untuk membuka, mengirim, atau mengambil berkas."),
    "attachment": N_("PDF ini berisi berkas lain di dalamnya."),
    "form": N_("PDF ini berupa formulir aktif (XFA)."),
    "media": N_("PDF ini berisi suara, video, atau benda tiga dimensi."),
    "external": N_("PDF ini mengambil isinya dari berkas lain."),
}
"""What a PDF may hold besides pages, by kind."""


def active(kind: str) -> FileUnreadable:
    """A PDF that would do something when it is opened; `kind` is one of `ACTIVE`."""
    return _refusal(_(ACTIVE[kind]), kind, PRINT)


BROKEN: tuple[type[Exception], ...] = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, OverflowError, RuntimeError,
    ZeroDivisionError, struct.error, zlib.error,
)  # fmt: skip
"""What decoders raise over damaged bytes; more than they document."""


@contextmanager
def decoding(*more: type[Exception]) -> Iterator[None]:
    """A block in which damaged bytes are told as such; `more` are the errors of its own decoder."""
    try:
        yield
    except FileUnreadable:
        raise
    except (*BROKEN, *more) as error:
        raise damaged(repr(error)) from error


STOPPED = frozenset({"time", "memory", "crash", "answer"})
"""How a child ends that met its limits: `run_limited` tells it in the words of workbooks."""


def stopped(error: FileUnreadable) -> FileUnreadable:
    """The same end in the words of photos; its kind and detail stay."""
    told = _("Berkas ini tidak terbaca: terlalu berat, atau rusak.")
    return _refusal(told, error.kind, AGAIN, error.detail)
