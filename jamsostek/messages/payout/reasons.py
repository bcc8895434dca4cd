"""Why a bank refuses a transfer or sends it back, in plain words, and what to do next.

The codes are ISO 20022's (ExternalStatusReason1Code, ExternalReturnReason1Code), as far as they are met in credit transfers.
The words are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.core.text import N_, _
from jamsostek.messages.bank.problems import short

PERSON, BANK, US = "person", "bank", "us"
"""Who must do something: the receiver, the bank, we ourselves."""

_ASK_ACCOUNT = N_("Minta nomor rekening baru kepada penerima, periksa namanya, lalu bayar lagi dengan nomor acuan baru.")
_ASK_BANK = N_("Tanyakan sebabnya kepada bank, lalu bayar lagi dengan nomor acuan baru.")
_OUR_ACCOUNT = N_("Hubungi bank tentang rekening pengirim; penerima tidak perlu berbuat apa-apa.")
_MEND_FILE = N_("Perbaiki berkasnya, lalu kirim dengan nomor berkas baru.")
_LOOK_FIRST = N_("Periksa apakah yang pertama sudah dibayar; jangan bayar lagi sebelum jelas.")
_WAIT = N_("Coba lagi pada hari kerja berikutnya dengan nomor acuan baru.")


@dataclass(frozen=True)
class Reason:
    """A reason: its code, who must do something, and whether the receiver's account can be used again as it is."""

    code: str
    who: str
    told: str
    """In Indonesian, as `remedy_told`."""
    remedy_told: str
    account_is_good: bool = True

    @property
    def message(self) -> str:
        """Why, in the reader's language."""
        return _(self.told).format(code=short(self.code))

    @property
    def remedy(self) -> str:
        """What to do next, in the reader's language."""
        return _(self.remedy_told)


_KNOWN = (
    Reason("AC01", PERSON, N_("Nomor rekening penerima salah."), _ASK_ACCOUNT, False),
    Reason("AC02", US, N_("Nomor rekening pengirim salah."), _OUR_ACCOUNT),
    Reason("AC03", PERSON, N_("Nomor rekening penerima tidak sah."), _ASK_ACCOUNT, False),
    Reason("AC04", PERSON, N_("Rekening penerima sudah ditutup."), _ASK_ACCOUNT, False),
    Reason("AC05", US, N_("Rekening pengirim sudah ditutup."), _OUR_ACCOUNT),
    Reason(
        "AC06",
        PERSON,
        N_("Rekening penerima diblokir."),
        N_("Minta penerima menghubungi banknya, atau minta nomor rekening lain; lalu bayar lagi dengan nomor acuan baru."),
        False,
    ),
    Reason("AC07", PERSON, N_("Rekening penerima sudah ditutup."), _ASK_ACCOUNT, False),
    Reason("AC13", US, N_("Jenis rekening pengirim tidak dapat dipakai."), _OUR_ACCOUNT),
    Reason("AC14", PERSON, N_("Jenis rekening penerima tidak dapat menerima transfer."), _ASK_ACCOUNT, False),
    Reason("AG01", PERSON, N_("Rekening penerima tidak boleh menerima transfer ini."), _ASK_ACCOUNT, False),
    Reason("AG02", US, N_("Kode transaksi tidak berlaku."), _MEND_FILE),
    Reason("AG09", BANK, N_("Uangnya tidak sampai di bank penerima."), _ASK_BANK),
    Reason("AM01", US, N_("Jumlahnya nol."), _MEND_FILE),
    Reason("AM02", US, N_("Jumlahnya di luar batas bank."), N_("Bagi jumlahnya, atau pakai jalur transfer lain.")),
    Reason("AM03", US, N_("Mata uangnya tidak dapat dipakai."), _MEND_FILE),
    Reason(
        "AM04", US, N_("Saldo rekening pengirim tidak cukup."), N_("Isi rekening pengirim, lalu kirim dengan nomor berkas baru.")
    ),
    Reason("AM05", US, N_("Bank menganggapnya pembayaran ganda."), _LOOK_FIRST),
    Reason("AM09", US, N_("Jumlahnya tidak sama dengan yang disepakati atau diterima."), _LOOK_FIRST),
    Reason("AM10", US, N_("Jumlah seluruh transfer tidak sama dengan yang tertulis."), _MEND_FILE),
    Reason("AM18", US, N_("Banyaknya transfer tidak sama dengan yang tertulis."), _MEND_FILE),
    Reason("BE01", PERSON, N_("Nama penerima tidak sama dengan nama pemilik rekening."), _ASK_ACCOUNT, False),
    Reason("BE05", US, N_("Bank tidak mengenal pengirimnya."), _OUR_ACCOUNT),
    Reason("CH03", US, N_("Hari bayarnya terlalu jauh."), _MEND_FILE),
    Reason("CNOR", PERSON, N_("Bank penerima tidak ikut jalur transfer ini."), _ASK_ACCOUNT, False),
    Reason("CURR", US, N_("Mata uangnya tidak dapat dipakai."), _MEND_FILE),
    Reason("CUST", US, N_("Dibatalkan atas permintaan pengirim."), N_("Tidak perlu berbuat apa-apa.")),
    Reason("DNOR", US, N_("Bank pengirim tidak ikut jalur transfer ini."), _OUR_ACCOUNT),
    Reason("DS02", US, N_("Berkasnya belum disetujui semua pejabat yang berwenang."), N_("Setujui di bank, atau kirim lagi.")),
    Reason("DT01", US, N_("Hari bayarnya tidak sah."), _MEND_FILE),
    Reason("DU01", US, N_("Nomor berkas sudah pernah dipakai."), _LOOK_FIRST),
    Reason("DU04", US, N_("Nomor acuan sudah pernah dipakai."), _LOOK_FIRST),
    Reason("ED05", BANK, N_("Penyelesaian antarbank gagal."), _WAIT),
    Reason("FF01", US, N_("Bentuk berkasnya salah."), _MEND_FILE),
    Reason("FOCR", US, N_("Dikembalikan karena diminta ditarik."), N_("Tidak perlu berbuat apa-apa.")),
    Reason(
        "MD07",
        PERSON,
        N_("Bank mencatat penerima sudah meninggal."),
        N_("Hentikan pembayaran, periksa catatan kematian, lalu bayar ahli warisnya bila berhak."),
        False,
    ),
    Reason(
        "MS02", PERSON, N_("Ditolak penerima tanpa sebab yang disebut."), N_("Tanyakan kepada penerima sebelum membayar lagi.")
    ),
    Reason("MS03", BANK, N_("Ditolak bank tanpa sebab yang disebut."), _ASK_BANK),
    Reason("NARR", BANK, N_("Sebabnya tertulis dalam keterangan bank."), N_("Baca keterangan bank di sebelahnya.")),
    Reason("RC01", PERSON, N_("Kode bank penerima salah."), _ASK_ACCOUNT, False),
    Reason("RC04", PERSON, N_("Kode bank penerima salah."), _ASK_ACCOUNT, False),
    Reason(
        "RR04",
        BANK,
        N_("Ditahan karena aturan."),
        N_("Tanyakan kepada bank dokumen yang diperlukan; jangan bayar lewat jalan lain."),
    ),
    Reason("TECH", BANK, N_("Gangguan teknis di bank."), _WAIT),
    Reason("TM01", US, N_("Berkasnya datang sesudah batas jam bank."), _WAIT),
)
REASONS = {reason.code: reason for reason in _KNOWN}
"""By code."""


def reason(code: str) -> Reason:
    """Why a transfer failed; a code that we do not know is told as it is, and '' is no reason given."""
    if code in REASONS:
        return REASONS[code]
    return Reason(
        code, BANK, N_("Bank memberi alasan {code}, yang tidak kami kenal.") if code else REASONS["MS03"].told, _ASK_BANK
    )
