"""What the registry may answer to a good row beyond "done", in words, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.core.text import N_
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING


@dataclass(frozen=True)
class VerdictKind:
    """`severity` as of the problems of the file: error (nothing was written), warning, note."""

    severity: str
    title: str
    remedy: str


VERDICTS: dict[str, VerdictKind] = {
    "died": VerdictKind(
        ERROR,
        N_("Orang ini tercatat sudah meninggal"),
        N_("Periksa NIK-nya. Bila masih hidup, laporkan ke kantor cabang; bila benar, hapus baris ini."),
    ),
    "not_found": VerdictKind(
        ERROR,
        N_("Orang ini tidak tercatat pada Anda"),
        N_("Periksa NIK atau KPJ-nya; yang belum pernah terdaftar pada Anda tidak dapat keluar atau diubah."),
    ),
    "kpj_differs": VerdictKind(
        ERROR,
        N_("KPJ ini bukan milik orang dengan nama dan tanggal lahir itu"),
        N_("Cocokkan KPJ dengan kartu peserta, atau kosongkan dan isi NIK-nya."),
    ),
    "name_differs": VerdictKind(
        ERROR,
        N_("NIK atau KPJ ini milik orang dengan nama lain"),
        N_("Cocokkan nomor dan nama dengan KTP. Bila keduanya benar, laporkan ke kantor cabang."),
    ),
    "before_joining": VerdictKind(
        ERROR,
        N_("Tanggal keluar sebelum mulai"),
        N_("Periksa tanggal keluar dan tanggal mulainya."),
    ),
    "not_then": VerdictKind(
        ERROR,
        N_("Orang ini tidak bekerja di sini pada bulan itu"),
        N_("Upah hanya dapat diubah selama masa kerjanya; kirim baris MASUK bila mulai bekerja lagi."),
    ),
    "covered_by_other_months": VerdictKind(
        ERROR,
        N_("Sebagian bulan ini sudah Anda lindungi, sebagian belum"),
        N_("Kirim hanya bulan yang belum terlindungi."),
    ),
    "office_only": VerdictKind(
        WARNING,
        N_("Nama, tanggal lahir, jenis kelamin, atau NIK tidak diubah"),
        N_("Data ini dicocokkan dengan KTP: ubah di kantor cabang. Upah dan alamat pada baris ini tetap diproses."),
    ),
    "not_only_here": VerdictKind(
        WARNING,
        N_("Alamat dan telepon tidak diubah: orang ini juga terdaftar di tempat lain"),
        N_("Orangnya sendiri yang mengubah, lewat halaman peserta atau kantor cabang."),
    ),
    "maybe_same": VerdictKind(
        WARNING,
        N_("Mungkin orang ini sudah terdaftar"),
        N_("Sudah terdaftar dan terlindungi; petugas kantor cabang memeriksa apakah ini orang yang sama. Tidak perlu diubah."),
    ),
    "unit_unknown": VerdictKind(
        WARNING,
        N_("Unit tidak dikenal, dicatat tanpa unit"),
        N_("Tambahkan unitnya lebih dahulu di halaman Cabang dan unit, lalu kirim ulang baris ini dengan Timpa = Ya."),
    ),
    "already_left": VerdictKind(
        WARNING,
        N_("Sudah keluar sebelumnya"),
        N_("Tidak ada yang diubah."),
    ),
    "already_there": VerdictKind(
        NOTE,
        N_("Sudah tercatat pada Anda, tidak diubah"),
        N_("Bila upah atau datanya perlu diganti, tulis Ya di kolom Timpa lalu kirim ulang baris ini."),
    ),
    "updated": VerdictKind(
        NOTE,
        N_("Data lama diganti sesuai kolom Timpa"),
        N_("Tidak perlu diubah."),
    ),
    "unchanged": VerdictKind(
        NOTE,
        N_("Sama dengan yang sudah tercatat"),
        N_("Tidak perlu diubah."),
    ),
    "repeated": VerdictKind(
        NOTE,
        N_("Orang yang sama dengan baris sebelumnya"),
        N_("Hanya baris pertama yang didaftarkan."),
    ),
    "known": VerdictKind(
        NOTE,
        N_("Sudah menjadi peserta; dikaitkan dengan nomor yang sama"),
        N_("Tidak perlu diubah."),
    ),
}
"""The gravest first: of several answers to one row the first of these is kept."""

ORDER = {kind: place for place, kind in enumerate(VERDICTS)}


class Verdicts:
    """The answers to the rows of a batch, one a row: the gravest."""

    def __init__(self) -> None:
        self.found: dict[int, tuple[str, int | None]] = {}

    def say(self, row: int, kind: str, participant_id: int | None = None) -> None:
        """Notes an answer, unless a graver one is there."""
        known = self.found.get(row)
        if known is None or ORDER[kind] < ORDER[known[0]]:
            self.found[row] = (kind, participant_id)
