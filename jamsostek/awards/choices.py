"""The closed lists of this room, with their words."""

from __future__ import annotations

from enum import StrEnum

from jamsostek.core.text import N_


class Level(StrEnum):
    """Where it is decided; winners of a province go on to the nation."""

    PROVINCE = "province"
    NATION = "nation"


LEVELS: dict[str, str] = {"province": N_("Tingkat provinsi"), "nation": N_("Tingkat nasional")}


class Subject(StrEnum):
    """Who is honoured."""

    PROVINCE = "province"
    REGENCY = "regency"
    VILLAGE = "village"
    EMPLOYER = "employer"


SUBJECTS: dict[str, str] = {
    "province": N_("Provinsi"), "regency": N_("Kabupaten atau kota"), "village": N_("Desa atau kelurahan"),
    "employer": N_("Perusahaan"),
}  # fmt: skip


class Step(StrEnum):
    """What happened to an edition as a whole, in this order."""

    OPENED = "opened"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EditionState(StrEnum):
    """Where an edition stands: what its steps come to."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


EDITION_STATES: dict[str, str] = {
    "draft": N_("Disiapkan"), "open": N_("Berjalan"), "closed": N_("Selesai"), "cancelled": N_("Dibatalkan"),
}  # fmt: skip


class EntryStep(StrEnum):
    """What happened to an entry after it was made."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"


class EntryState(StrEnum):
    """Where an entry stands."""

    NOMINATED = "nominated"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"


ENTRY_STATES: dict[str, str] = {
    "nominated": N_("Menunggu diperiksa panitia"), "accepted": N_("Diterima sebagai calon"), "refused": N_("Tidak diterima"),
    "withdrawn": N_("Mengundurkan diri"), "disqualified": N_("Didiskualifikasi"),
}  # fmt: skip

NORMALISATIONS: dict[str, str] = {
    "min_max": N_("Jarak antara yang terendah dan tertinggi"), "z": N_("Simpangan baku dari rata-rata"),
    "percentile": N_("Bagian yang dilampaui"), "benchmark": N_("Bagian dari patokan"),
}  # fmt: skip
AGGREGATIONS: dict[str, str] = {
    "weighted_sum": N_("Jumlah tertimbang"), "topsis": N_("TOPSIS: dekat dengan yang terbaik, jauh dari yang terburuk"),
    "geometric": N_("Rata-rata geometris tertimbang"),
}  # fmt: skip
MISSING: dict[str, str] = {
    "zero": N_("Nilai nol"), "median": N_("Nilai tengah para calon"), "leave_out": N_("Ukuran itu tidak ikut dihitung baginya"),
}  # fmt: skip
"""What stands for a measure that cannot be computed."""

SCALES: dict[str, str] = {"micro": N_("mikro"), "small": N_("kecil"), "medium": N_("menengah"), "large": N_("besar")}
SECTIONS: dict[str, str] = {
    "a": N_("pertanian, kehutanan, perikanan"), "b": N_("pertambangan"), "c": N_("pengolahan"), "d": N_("listrik dan gas"),
    "e": N_("air dan sampah"), "f": N_("konstruksi"), "g": N_("perdagangan"), "h": N_("angkutan dan pergudangan"),
    "i": N_("penginapan dan makan minum"), "j": N_("informasi dan komunikasi"), "k": N_("keuangan dan asuransi"),
    "l": N_("properti"), "mn": N_("jasa perusahaan"), "o": N_("pemerintahan"), "p": N_("pendidikan"),
    "q": N_("kesehatan dan kegiatan sosial"), "rstu": N_("jasa lain"),
}  # fmt: skip
"""Sections of KBLI 2020 as the cube has them."""
REGENCY_KINDS: dict[str, str] = {"kabupaten": N_("kabupaten"), "kota": N_("kota")}

INTERESTS: dict[str, str] = {
    "none": N_("Tidak ada kepentingan"), "region": N_("Daerah saya sendiri"), "relative": N_("Perusahaan keluarga saya"),
    "employed": N_("Saya bekerja di sana"), "other": N_("Kepentingan lain"),
}  # fmt: skip
"""What a juror declares."""
CONFLICTS: dict[str, str] = {
    "region": N_("Daerah sendiri, menurut pernyataan juri"), "relative": N_("Perusahaan keluarga, menurut pernyataan juri"),
    "employed": N_("Bekerja di sana, menurut pernyataan juri"), "other": N_("Kepentingan lain, menurut pernyataan juri"),
    "home": N_("Daerah tempat tinggal juri"), "works_for": N_("Juri punya tugas di sana"),
    "employee": N_("Juri terdaftar bekerja di sana"),
}  # fmt: skip
"""Why a juror may not judge somebody: declared, or found by the system."""
LEAVINGS: dict[str, str] = {"own_wish": N_("Atas permintaan sendiri"), "replaced": N_("Diganti panitia")}
INTERVIEW_STATES: dict[str, str] = {"planned": N_("Dijadwalkan"), "cancelled": N_("Dibatalkan"), "held": N_("Sudah berlangsung")}
INTERVIEW_STEPS: dict[str, str] = {
    "planned": N_("Dijadwalkan"), "moved": N_("Dipindahkan"), "cancelled": N_("Dibatalkan"), "held": N_("Sudah berlangsung"),
}  # fmt: skip
