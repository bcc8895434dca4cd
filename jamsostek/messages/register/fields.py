"""What a register may tell of a person: the fields a column can be mapped to."""

from __future__ import annotations

from jamsostek.core.text import N_, _

IGNORED = "ignored"
FIELDS: dict[str, str] = {
    "name": N_("Nama"),
    "nik": N_("NIK"),
    "kk": N_("Nomor KK"),
    "sex": N_("Jenis kelamin"),
    "birth_date": N_("Tanggal lahir"),
    "birth_place": N_("Tempat lahir"),
    "mother_name": N_("Nama ibu kandung"),
    "phone": N_("Nomor HP"),
    "village_code": N_("Kode desa/kelurahan"),
    "village": N_("Desa/Kelurahan"),
    "district": N_("Kecamatan"),
    "regency": N_("Kabupaten/Kota"),
    "address": N_("Alamat"),
    "hamlet": N_("RT/RW/Dusun"),
    "relation": N_("Hubungan dengan kepala keluarga"),
    "decile": N_("Desil"),
    "occupation": N_("Pekerjaan"),
    "employment": N_("Status pekerjaan"),
    "income": N_("Penghasilan"),
    "disability": N_("Jenis disabilitas"),
    "marital": N_("Status kawin"),
    "woman_head": N_("Perempuan kepala keluarga"),
    "children_school": N_("Jumlah anak sekolah"),
    "asn": N_("ASN/TNI/Polri"),
    "civil_status": N_("Status kependudukan"),
    "note": N_("Keterangan"),
    "source_id": N_("Nomor di daftar asal"),
    IGNORED: N_("Tidak dipakai"),
}
"""Field -> what people call it; a mapping offers these."""
SEVERAL = frozenset({"hamlet", "note", IGNORED})
"""Fields that more than one column may feed: their texts are joined."""
PAIRS = (("birth_place", "birth_date"),)
"""Two fields that one column may hold: `Sleman, 12-03-1980`."""
ONE_OF = ("nik", "birth_date", "village_code", "village")
"""Beside the name a register needs one of these, or nobody in it can be told from another."""


def title_of(field: str) -> str:
    """A field in the reader's language."""
    return _(FIELDS[field])
