"""Reasons and actors of the trail that come from code, in the reader's language. What a person typed stays as typed."""

from __future__ import annotations

import re
from functools import cache

from jamsostek.core.text import N_, _, translate
from jamsostek.law.documents import DOCUMENTS

REASONS = frozenset({
    N_("Lampiran keputusan"),
    N_("NIK sudah terdaftar"), N_("selesai mendaftarkan"), N_("daftar agen"), N_("halaman agen"),
    N_("daftar orang yang dilindungi"), N_("unduh daftar orang yang dilindungi"), N_("daftar orang yang mungkin ganda"),
    N_("perbandingan orang yang mungkin ganda"), N_("daftar pekerja"), N_("unduh daftar pekerja"), N_("halaman pekerja"),
    N_("daftar pekerja yang dibayarkan"), N_("unduh daftar pekerja yang dibayarkan"), N_("daftar penggabungan"),
    N_("daftar warga desa"), N_("daftar warga yang segera berakhir"), N_("halaman warga desa"),
    N_("halaman peserta"), N_("perlindungan peserta"), N_("keluarga peserta"), N_("kartu peserta"),
    N_("riwayat peserta"), N_("pembetulan data"), N_("pencatatan kematian"), N_("kartu untuk dicetak"), N_("hasil pencarian"),
    N_("unduh hasil pencarian"), N_("hasil unggahan"), N_("unduh daftar perusahaan"), N_("unduh daftar pembayar iuran"),
    N_("unduh daftar perusahaan wilayah"), N_("unduh daftar pembayar iuran wilayah"), N_("rumah sakit menanyakan kepesertaan"),
    N_("Daftar pengguna"), N_("Dibuka ahli waris"), N_("Diubah sendiri"), N_("Dilaporkan pekerja sendiri"),
    N_("Diubah penyetuju perusahaan"), N_("Mencocokkan dengan kartu identitas"), N_("Menghubungi peserta"),
    N_("Mencocokkan rekening sebelum pembayaran"), N_("Memperbaiki data yang keliru"), N_("Diminta oleh peserta sendiri"),
    N_("Salah catat"), N_("Bercerai"), N_("Meninggal dunia"), N_("Hilang"), N_("Dicuri"), N_("Rusak atau tidak terbaca"),
    N_("Dipakai orang lain"), N_("Peragaan"), N_("saldo JHT peserta"), N_("unduh rincian JHT peserta"),
    N_("temuan kepatuhan"), N_("unduh daftar penunggak"), N_("unduh rekening iuran"), N_("iuran peserta"),
    N_("laporan upah"), N_("unduh laporan upah"), N_("tagihan peserta"), N_("rincian tagihan"), N_("unduh rincian tagihan"),
    N_("penjelasan tagihan"), N_("pembayaran peserta"),
    N_("pembayaran manfaat"), N_("unduh pembayaran manfaat"), N_("hak yang dibayar"), N_("daftar hak yang dibayar"),
    N_("unduh hak yang dibayar"),
    N_("peserta pelatihan"), N_("unduh peserta pelatihan"),
    N_("daftar perusahaan yang didatangi kepala daerah"), N_("surat kepala daerah kepada perusahaan"),
    N_("daftar calon"), N_("halaman calon"), N_("unduh daftar calon"), N_("lampiran keputusan"), N_("angka tiap desa"),
    N_("klaim"), N_("daftar klaim"), N_("unduh daftar klaim"), N_("pajak JHT"), N_("bukti hak"),
})  # fmt: skip
"""Reasons that are chosen or written by the pages themselves."""
ACTORS = frozenset({
    N_("Pengunjung"), N_("Pendaftaran mandiri"), N_("Berkas massal"), N_("Pembaca berkas"), N_("Peragaan"), N_("Laporan upah"),
    N_("Pengkreditan JHT"), N_("Akhir bulan dana"),
    N_("Penagihan bulanan"), N_("Rekening koran"),
})  # fmt: skip
"""Those who act without being anybody's user; jobs and commands have names that are not translated."""
WAYS = {
    "totp": N_("aplikasi pembuat kode"), "webauthn": N_("kunci sandi"), "recovery_codes": N_("kode cadangan"),
    "printed": N_("dicetak"), "mailed": N_("lewat surel"), "factor": N_("untuk pengaman kedua"),
}  # fmt: skip
"""Ways of signing in that entries about accounts name as fields."""
_UPLOAD = re.compile(r"unggahan (\d+)")
_REPORT = re.compile(r"laporan (\d+)")
_PAPER = re.compile(r"klaim ([a-z_]+)")


@cache
def _known(texts: frozenset[str]) -> dict[str, str]:
    """The Indonesian of each text, by itself and by its English: older entries were written in the language of the page."""
    return {translate(text, "en"): text for text in texts} | {text: text for text in texts}


def reason_words(reason: str) -> str:
    """A reason as the reader reads it."""
    upload = _UPLOAD.fullmatch(reason)
    if upload:
        return _("unggahan {number}").format(number=upload[1])
    report = _REPORT.fullmatch(reason)
    if report:
        return _("laporan {number}").format(number=report[1])
    paper = _PAPER.fullmatch(reason)
    if paper and paper[1] in DOCUMENTS:
        return _("berkas klaim: {paper}").format(paper=DOCUMENTS[paper[1]].title_words)
    known = _known(REASONS).get(reason)
    return reason if known is None else _(known)


def actor_words(actor: str, *, by_system: bool) -> str:
    """Who did it: a user's name as it is, the installation's own names in words."""
    known = _known(ACTORS).get(actor) if by_system else None
    return actor if known is None else _(known)
