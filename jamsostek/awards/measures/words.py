"""What each measure is of, in words: its numerator, its denominator, its unit, and what it does not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek.core.text import N_

SHARE, RATIO = "share", "ratio"


@dataclass(frozen=True)
class Words:
    """A measure in words, Indonesian, to be translated when shown. `unit`: a share of a whole, or a ratio that may exceed one."""

    above: str
    below: str
    unit: str
    unseen: str


UNITS: dict[str, str] = {"share": N_("persen"), "ratio": N_("kali")}
WORDS: Mapping[str, Words] = {
    "region.coverage_pu": Words(
        N_("Peserta aktif penerima upah yang tinggal di sana"), N_("Buruh, karyawan, dan pegawai (Sakernas)"), SHARE,
        N_("Aparatur negara ada di pembagi. Pembagi kabupaten dibagi dari provinsinya menurut penduduk."),
    ),
    "region.coverage_bpu": Words(
        N_("Peserta aktif bukan penerima upah yang tinggal di sana"),
        N_("Penduduk bekerja selain buruh, karyawan, dan pegawai (Sakernas)"), SHARE,
        N_("Pekerja keluarga tanpa upah ada di pembagi. Pembagi kabupaten dibagi dari provinsinya menurut penduduk."),
    ),
    "region.overall": Words(
        N_("Peserta aktif yang tinggal di sana"), N_("Penduduk bekerja (Sakernas)"), SHARE,
        N_("Aparatur negara ada di pembagi; pekerja migran tidak. Pembagi kabupaten dibagi dari provinsinya."),
    ),
    "region.gap_closed": Words(
        N_("Tambahan peserta aktif sejak bulan pembanding"), N_("Penduduk bekerja yang belum terlindungi pada bulan pembanding"),
        SHARE, N_("Penduduk bekerja dianggap sama pada kedua bulan. Peserta yang berkurang membuatnya negatif."),
    ),
    "region.women": Words(
        N_("Cakupan perempuan yang bekerja"), N_("Cakupan semua penduduk bekerja"), RATIO,
        N_("Satu berarti setara. Jumlah perempuan bekerja di kabupaten dibagi dari provinsinya."),
    ),
    "region.disability": Words(
        N_("Peserta aktif yang tercatat sebagai penyandang disabilitas"), N_("Peserta aktif"), SHARE,
        N_("Disabilitas yang tidak dicatat tidak terlihat; berapa yang bekerja tidak diketahui."),
    ),
    "region.vulnerable_paid": Words(
        N_("Calon terdaftar yang bulan itu dibayar daerah"), N_("Calon yang memenuhi syarat program daerah"), SHARE,
        N_("Pekerja rentan yang tidak masuk daftar calon tidak terlihat."),
    ),
    "region.months_kept": Words(
        N_("Bulan orang yang tagihannya dibayar"), N_("Bulan orang yang dijanjikan dalam setahun"), SHARE,
        N_("Dibayar berarti bagian JKK dan JKM tagihan penanggungnya lunas."),
    ),
    "region.budget_executed": Words(
        N_("Iuran yang dibayar untuk bulan-bulan tahun itu"), N_("Uang yang disediakan program tahun itu"), SHARE,
        N_("Uang program yang dibayar di luar sistem ini tidak terlihat. Tahunnya tahun bulan ukuran, sampai bulan itu."),
    ),
    "region.non_asn": Words(
        N_("Pegawai non-ASN aktif yang tinggal di sana"), N_("Yang pernah terlindungi sebagai pegawai non-ASN"), SHARE,
        N_("Pegawai non-ASN yang tidak pernah dilaporkan tidak terlihat."),
    ),
    "region.employers_paying": Words(
        N_("Pemberi kerja yang membayar bulan itu"), N_("Pemberi kerja yang mempunyai pekerja pada bulan itu"), SHARE,
        N_("Pemberi kerja yang tidak terdaftar tidak terlihat. Dihitung menurut kantor pusat."),
    ),
    "region.claims_in_time": Words(
        N_("Klaim yang selesai dalam tenggat"), N_("Klaim yang diputus dan selesai dalam setahun"), SHARE,
        N_("Hari menunggu pihak lain tidak dihitung. Klaim yang masih berjalan tidak termasuk."),
    ),
    "region.regulations": Words(
        N_("Hal yang diatur peraturan daerah yang disahkan dua orang"),
        N_("Lima hal: kelompok, anggaran, perizinan, dana desa, non-ASN"), SHARE,
        N_("Hanya peraturan daerah itu sendiri yang berlaku pada hari terakhir bulan ukuran; isinya tidak dinilai."),
    ),
    "village.covered": Words(
        N_("Peserta aktif yang tinggal di desa"), N_("Peserta terdaftar yang tinggal di desa"), SHARE,
        N_("Warga yang belum pernah terdaftar tidak terlihat: pekerja per desa tidak diumumkan."),
    ),
    "village.checked": Words(
        N_("Calon desa yang sudah diperiksa syaratnya"), N_("Calon desa dalam program tahun itu"), SHARE,
        N_("Warga yang tidak masuk daftar tidak terlihat."),
    ),
    "firm.workers_paid": Words(
        N_("Pekerja yang iuran bulan itu dibayar"), N_("Pekerja yang tercatat bekerja pada bulan itu"), SHARE,
        N_("Pekerja yang tidak pernah dilaporkan tidak terlihat; tagihan selisih tidak dihitung."),
    ),
    "firm.programmes": Words(
        N_("Program yang dibayar, semua pekerja"), N_("Program yang wajib menurut skala usaha, semua pekerja"), SHARE,
        N_("JKP tidak dihitung karena tidak dibayar perusahaan. JP hanya sampai usia pensiun."),
    ),
    "firm.wages": Words(
        N_("Pekerja yang upah terlapornya paling sedikit upah minimum"), N_("Pekerja yang upahnya terlapor"), SHARE,
        N_("Upah yang tidak dilaporkan tidak terlihat. Upah minimum kabupaten jarang diketahui; dipakai provinsinya."),
    ),
    "firm.peers": Words(
        N_("Upah tengah yang dilaporkan perusahaan"), N_("Upah tengah perusahaan seindustri"), RATIO,
        N_("Industri adalah bagian KBLI di seluruh negeri, paling sedikit lima perusahaan; wilayah dan jabatan tidak dibedakan."),
    ),
    "firm.on_time": Words(
        N_("Bulan yang dibayar sampai jatuh temponya"), N_("Bulan yang ditagih dalam setahun"), SHARE,
        N_("Yang dilihat bagian JKK dan JKM tagihan bulanan."),
    ),
    "firm.no_arrears": Words(
        N_("Akhir bulan tanpa tagihan yang terlambat lebih dari sebulan"),
        N_("Bulan sejak tagihan pertama, paling banyak setahun"), SHARE, N_("Denda yang belum dibayar tidak dihitung."),
    ),
    "firm.safety": Words(
        N_("Kecelakaan kerja setahun per pekerja"), N_("Kecelakaan kerja setahun per pekerja di bagian KBLI yang sama"), RATIO,
        N_("Kecelakaan yang tidak dilaporkan tidak terlihat; perusahaan kecil sering nol karena kebetulan."),
    ),
    "firm.helps": Words(
        N_("Pekerja rentan yang bulan itu dibayar perusahaan sebagai penanggung"), N_("Pekerja sendiri"), RATIO,
        N_("Penanggung dikenali dari nama yang sama persis. Bantuan lewat pihak lain tidak terlihat."),
    ),
}  # fmt: skip
"""By name, as in `names.SUBJECT_OF`."""
ABSENT: dict[str, str] = {
    "no_cube": N_("Belum ada potret cakupan"),
    "outside_cube": N_("Potret cakupan tidak memuat bulan ukuran"),
    "no_baseline": N_("Potret cakupan tidak memuat bulan pembanding menurut peta hari ini"),
    "no_workers": N_("Tidak ada pekerja yang diketahui"),
    "no_gap": N_("Tidak ada kekurangan cakupan pada bulan pembanding"),
    "nobody_covered": N_("Tidak ada peserta aktif"),
    "no_non_asn": N_("Tidak ada pegawai non-ASN yang pernah tercatat"),
    "no_candidates": N_("Tidak ada calon yang memenuhi syarat"),
    "nothing_promised": N_("Tidak ada bulan yang dijanjikan"),
    "no_budget": N_("Tidak ada uang yang disediakan"),
    "no_employers": N_("Tidak ada pemberi kerja dengan pekerja"),
    "no_claims": N_("Tidak ada klaim yang selesai"),
    "no_members": N_("Tidak ada peserta terdaftar di desa itu"),
    "no_wages": N_("Upah minimum atau upahnya tidak diketahui"),
    "few_peers": N_("Kurang dari lima perusahaan seindustri, atau KBLI tidak tercatat"),
    "no_bills": N_("Tidak ada tagihan dalam setahun"),
    "no_accidents": N_("Tidak ada kecelakaan di bagian KBLI itu, atau KBLI tidak tercatat"),
}  # fmt: skip
"""Why a measure cannot be told."""
