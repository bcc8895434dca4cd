"""What can be wrong with how and where people live: relation, decile, status, disability, village."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.messages.roster.kinds import KINDS as ROSTER
from jamsostek.messages.tables.problems import WARNING, Kind

_UNNOTED = N_("Perbaiki bila perlu; sementara ini tidak dicatat.")
_VILLAGE = N_("Tulis kode desa 10 angka atau nama desa seperti di peraturan; tanpa itu orang ini sulit dicari.")
KINDS: dict[str, Kind] = {
    "relation_unknown": Kind(
        WARNING,
        N_("Hubungan dengan kepala keluarga tidak dikenal"),
        N_("kepala keluarga, suami, istri, anak, menantu, cucu, orang tua, mertua, atau lainnya"),
        _UNNOTED,
    ),
    "decile_outside": Kind(WARNING, N_("Desil di luar 1 sampai 10"), N_("angka 1 sampai 10"), _UNNOTED),
    "marital_unknown": Kind(
        WARNING, N_("Status kawin tidak dikenal"), N_("kawin, belum kawin, cerai hidup, atau cerai mati"), _UNNOTED
    ),
    "civil_status_unknown": Kind(WARNING, N_("Status kependudukan tidak dikenal"), N_("hidup, meninggal, atau pindah"), _UNNOTED),
    "status_dead": Kind(
        WARNING,
        N_("Status orang ini meninggal"),
        N_("orang yang masih hidup"),
        N_("Orang ini ditandai mungkin sudah meninggal dan diperiksa petugas; perbaiki statusnya bila masih hidup."),
    ),
    "status_moved": Kind(
        WARNING,
        N_("Status orang ini pindah"),
        N_("orang yang masih tinggal di desa ini"),
        N_("Orang ini ditandai pindah dan diperiksa petugas; perbaiki statusnya bila masih tinggal di sini."),
    ),
    "disability_type_unknown": ROSTER["disability_type_unknown"],
    "answer_unknown": Kind(WARNING, N_("Jawaban tidak dikenal"), N_("Ya atau Tidak"), _UNNOTED),
    "children_unclear": Kind(WARNING, N_("Jumlah anak sekolah tidak terbaca"), N_("angka 0 sampai 20"), _UNNOTED),
    "income_unclear": ROSTER["income_unclear"],
    "asn_job": Kind(
        WARNING,
        N_("Pekerjaan ini sudah dilindungi program lain"),
        N_("pekerja yang bukan ASN, TNI, atau Polri"),
        N_("Orang ini ditandai sebagai ASN untuk diperiksa; bila honorer atau pensiunan, tulis demikian."),
    ),
    "village_missing": Kind(WARNING, N_("Desa kosong"), N_("kode atau nama desa"), _VILLAGE),
    "village_code_form": Kind(
        WARNING, N_("Kode desa bukan 10 angka"), N_("10 angka Kemendagri, misalnya 35.15.14.2001"), _VILLAGE
    ),
    "village_unknown": Kind(WARNING, N_("Desa tidak dikenal"), N_("yang terdekat: {nearest}"), _VILLAGE),
    "village_ambiguous": Kind(
        WARNING,
        N_("Ada beberapa desa bernama ini"),
        N_("salah satu dari: {nearest}"),
        N_("Isi kecamatannya, atau tulis kode desa 10 angka."),
    ),
    "village_elsewhere": Kind(
        WARNING,
        N_("Desa ini di kabupaten atau kota lain"),
        N_("desa di {nearest}"),
        N_("Periksa apakah orang ini memang warga daerah Anda."),
    ),
    "village_inactive": Kind(
        WARNING,
        N_("Kode desa ini sudah tidak berlaku"),
        N_("kode penggantinya {nearest}"),
        N_("Ganti dengan kode yang berlaku; dibaca sebagai penggantinya."),
    ),
    "village_differs": Kind(
        WARNING,
        N_("Kode dan nama desa tidak cocok: mana yang benar?"),
        N_("menurut kode {nearest}"),
        N_("Perbaiki yang keliru; kodenya yang dipakai."),
    ),
}
