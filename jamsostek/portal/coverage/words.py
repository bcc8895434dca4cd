"""Published figures in words: when, how many, of what."""

from __future__ import annotations

from decimal import Decimal

from jamsostek.core.rupiah import format_decimal, format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.coverage.nation_history import Aim
from jamsostek.coverage.published import Figure
from jamsostek.coverage.shares import Share
from jamsostek.portal.screens import words

MILLION = 1_000_000
SEGMENTS = {
    "all": N_("Semua segmen"),
    "PU": N_("Penerima upah (PU)"),
    "BPU": N_("Bukan penerima upah (BPU)"),
    "Jakon": N_("Jasa konstruksi"),
    "PMI": N_("Pekerja migran (PMI)"),
    "Jakon+PMI": N_("Jasa konstruksi dan pekerja migran"),
    "non-ASN": N_("Pegawai non-ASN"),
    "PU excl. non-ASN": N_("Penerima upah tanpa non-ASN"),
    "vulnerable workers (subsidised)": N_("Pekerja rentan yang dibayari"),
    "employers": N_("Pemberi kerja"),
    "JHT members": N_("Peserta JHT"),
    "JHT members BPU": N_("Peserta JHT bukan penerima upah"),
    "JP members": N_("Peserta JP"),
    "JKP members": N_("Peserta JKP"),
    "women / disabled": N_("Perempuan dan penyandang disabilitas"),
    "BPU farmers": N_("Petani"),
    "BPU fishers": N_("Nelayan"),
    "all (registered)": N_("Semua yang terdaftar"),
    "informal": N_("Pekerja informal"),
    "scholarship": N_("Beasiswa"),
    "by programme": N_("Per program"),
    "BPJS": N_("Badan penyelenggara"),
    "DJS (four programmes)": N_("Dana jaminan sosial (empat program)"),
    "men": N_("Laki-laki"),
    "women": N_("Perempuan"),
    "disabled": N_("Penyandang disabilitas"),
    "disabled (any difficulty)": N_("Penyandang disabilitas, kesulitan ringan sampai parah"),
    "disabled men": N_("Laki-laki penyandang disabilitas"),
    "disabled women": N_("Perempuan penyandang disabilitas"),
    "BPJS annual": N_("Rencana tahunan BPJS"),
    "BPJS long plan": N_("Rencana jangka panjang BPJS"),
    "regional planning target": N_("Sasaran perencanaan daerah"),
    "BPJS strategic plan": N_("Rencana strategis BPJS"),
    "BPJS programme": N_("Program BPJS"),
    "BPJS statement": N_("Pernyataan BPJS"),
}
"""Segments, programmes and plans as the data name them; one that is not here is shown as it stands (JHT, RPJMN 2020-2024)."""
MEASURES = {
    "active": N_("Peserta aktif"),
    "registered": N_("Terdaftar"),
    "inactive": N_("Tidak aktif"),
    "employers": N_("Pemberi kerja"),
    "coverage": N_("Cakupan"),
    "eligible": N_("Pekerja yang dihitung"),
    "paid": N_("Klaim dibayar"),
    "cases": N_("Kasus klaim"),
    "managed_fund": N_("Dana kelolaan"),
    "invested_fund": N_("Dana investasi"),
    "invested_fund_other_report": N_("Dana investasi menurut laporan lain"),
    "contributions": N_("Iuran"),
    "investment_return": N_("Hasil investasi"),
    "yield_on_investment": N_("Imbal hasil investasi"),
    "jht_rate": N_("Bunga JHT"),
    "jht_funding_ratio": N_("Rasio kecukupan dana JHT"),
    "jht_solvency": N_("Solvabilitas JHT"),
    "total_assets": N_("Jumlah aset"),
    "assets": N_("Aset"),
    "liabilities_to_members": N_("Kewajiban kepada peserta"),
    "share_government_linked": N_("Penempatan pada negara dan BUMN"),
    "claim_paying_ability": N_("Ketahanan membayar klaim"),
    "active members": N_("Peserta aktif"),
    "managed fund": N_("Dana kelolaan"),
    "BPU (informal) members": N_("Peserta BPU"),
    "BPU share of its universe": N_("Peserta BPU dari semua pekerja mandiri"),
    "UCJ coverage (regional indicator)": N_("Cakupan semesta Jamsostek (indikator daerah)"),
    "vulnerable workers in GN Lingkaran": N_("Pekerja rentan dalam GN Lingkaran"),
    "PERISAI agents": N_("Agen PERISAI"),
    "vulnerable workers under Inpres 8/2025": N_("Pekerja rentan menurut Inpres 8/2025"),
    "RPJMN 2020-2024 all other figures": N_("Angka lain RPJMN 2020-2024"),
    "employed": N_("Penduduk bekerja"),
    "employed_formal": N_("Bekerja di kegiatan formal"),
    "labour_force": N_("Angkatan kerja"),
    "employees": N_("Buruh, karyawan, dan pegawai"),
    "self_employed": N_("Berusaha sendiri"),
    "unpaid_family": N_("Pekerja keluarga"),
    "unemployment": N_("Tingkat pengangguran terbuka"),
    "participation": N_("Tingkat partisipasi angkatan kerja"),
    "formal_share": N_("Bagian pekerja formal"),
    "minimum_wage": N_("Upah minimum provinsi"),
}
decimal = format_decimal
BASES = {"domicile": N_("menurut domisili"), "office": N_("menurut kantor pendaftar")}


def millions(persons: int | Decimal, digits: int = 1) -> str:
    """`40196096` -> `40,2 juta`."""
    return _("{number} juta").format(number=decimal(Decimal(persons) / MILLION, digits))


def percent(value: int | float | Decimal, digits: int = 1) -> str:
    """`24.456` -> `24,5 %`."""
    return f"{decimal(value, digits)} %"


def aim(one: Aim) -> str:
    """What a goal is: `70 juta`, or `99,5 %`."""
    return millions(one.persons, 0) if one.persons is not None else percent(100 * (one.share or 0))


def share(one: Share | None) -> tuple[str, str, str]:
    """Members, whom they are held against, and the share; dashes where no figure was told."""
    if one is None:
        return (words.NOTHING,) * 3
    return format_number(one.active), format_number(one.eligible), percent(one.percent)


def moment(as_of: str) -> str:
    """`2025-03` -> `Maret 2025`; a year stays one."""
    year, _dash, month = as_of.partition("-")
    return words.month(int(year) * 100 + int(month)) if len(month) == 2 else as_of.replace("-", "–")


def when(one: Figure) -> str:
    """The moment or the time a figure is of."""
    if one.period == "to_date":
        year, _dash, month = one.as_of.partition("-")
        return _("{first} sampai {last} {year}").format(first=_(words.MONTHS[0]), last=_(words.MONTHS[int(month) - 1]), year=year)
    return moment(one.as_of)


def value(one: Figure) -> str:
    """A figure in its unit, with the digits its source printed."""
    if one.value is None:
        return words.NOTHING
    digits = max(0, -int(one.value.as_tuple().exponent))
    if one.unit == "percent":
        return percent(one.value, digits)
    if one.unit == "trillion_rupiah" and abs(one.value) < 1:
        return _("Rp{number} miliar").format(number=decimal(1000 * one.value, max(0, digits - 3)))
    if one.unit == "trillion_rupiah":
        return _("Rp{number} triliun").format(number=decimal(one.value, digits))
    if one.unit == "rupiah_a_month":
        return format_rupiah(int(one.value))
    if one.unit == "months":
        return _("{number} bulan").format(number=format_number(int(one.value)))
    return format_number(int(one.value))


def segment(one: Figure) -> str:
    """Who or what a figure is of."""
    return _(SEGMENTS[one.segment]) if one.segment in SEGMENTS else one.segment


def measure(one: Figure) -> str:
    """What is told."""
    return _(MEASURES.get(one.measure, one.measure))


NOTES = {
    "another source 21.2 trillion": N_("sumber lain: Rp21,2 triliun"),
    "vice president speech figure; financial report says 41.56": N_(
        "angka pidato wakil presiden; laporan keuangan menyebut 41,56 juta"
    ),
    "CONFLICT: first reported unchanged; CNN copy later about 3.93 million (+6.7%); 0.00% on the year before": N_(
        "mula-mula diberitakan tidak berubah; salinan CNN kemudian sekitar Rp3,93 juta (+6,7 %)"
    ),
    "CONFLICT: Kemnaker recap unchanged 4,285,848 (0%), a detik copy 4,295,848; 0.00% on the year before": N_(
        "rekap Kemnaker tetap Rp4.285.848, salinan detik Rp4.295.848"
    ),
}
"""Notes of figures that conflict; the data keep notes in English."""


def note(text: str) -> str:
    """A source's note in the reader's language, where it was translated."""
    return _(NOTES[text]) if text in NOTES else text
