"""Of how many: every denominator of a place side by side, with what it means, how old it is, and how far to rely on it."""

from __future__ import annotations

from decimal import Decimal

from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage.denominators import DEFINITIONS, Denominator, denominator, denominators
from jamsostek.coverage.published import WHOLE
from jamsostek.portal.coverage import words
from jamsostek.portal.coverage.history import source_link
from jamsostek.portal.screens import Column, Table, status_tag, table, today
from jamsostek.portal.screens import words as said

LEAST = Decimal("0.1")
"""Per cent; what is below is told as such."""
NOTES = {
    "39.7 million active in April 2025 (C16) over the indicator's 35.68 % (C20); the denominator itself was not printed": N_(
        "39,7 juta aktif pada April 2025 (C16) dibagi indikator 35,68 % (C20); pembaginya sendiri tidak dicetak."
    ),
    "32.15 % in 2025 and 43.92 % in 2029 are printed, of how many workers is not": N_(
        "32,15 % pada 2025 dan 43,92 % pada 2029 dicetak, dari berapa pekerja tidak."
    ),
    "Ombudsman: registered, not active, over the labour force; informal 84.13 million (59.17%)": N_(
        "Ombudsman: yang terdaftar, bukan yang aktif, dibagi angkatan kerja."
    ),
    "sum over provinces": N_("Jumlah semua provinsi."),
    "121.02 less the 2.61 million told as the growth of a year": N_(
        "121,02 juta dikurangi 2,61 juta yang disebut bertambah setahun."
    ),
    "narrow definition; 0.53 % of the employed; 277,018 a year before, so the series is not steady": N_(
        "Pengertian sempit, 0,53 % dari yang bekerja; setahun sebelumnya 277.018, jadi deretnya tidak ajek."
    ),
    "any difficulty, slight to severe; 5.37 % of the employed": N_("Kesulitan apa pun; 5,37 % dari yang bekerja."),
    "denominator: employees in Sakernas Feb 2024": N_("Pembagi: buruh dan karyawan, Sakernas Februari 2024."),
    "employed less employees": N_("Yang bekerja dikurangi buruh, karyawan, dan pegawai."),
    "reckoned from employed people, TPT and TPAK": N_("Dihitung dari yang bekerja, TPT, dan TPAK."),
    "the province's figure spread by population of 2024": N_(
        "Anggapan kami: angka provinsi dibagi ke kabupaten dan kota menurut penduduk 2024."
    ),
    "uncovered 22,724 + 18,662 = 41,386": N_("Yang belum terlindungi 22.724 + 18.662 = 41.386."),
    "denominator computed: 123k + 524k": N_("Dihitung dari 123 ribu terlindungi dan 524 ribu belum."),
}
"""Notes of the data, which are in English, and of what we reckon. What a definition already says is not said again."""


def side_by_side(region: int) -> Table:
    """Every denominator of a region (0: the nation), the nearest to this month of each definition and group."""
    columns = [
        Column(_("Pengertian"), lambda one: _(one.title)),
        Column(_("Siapa"), who),
        Column(_("Orang"), lambda one: persons(one), number=True),
        Column(_("Kapan"), lambda one: words.moment(one.as_of)),
        Column(_("Status"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), lambda one: source_link(one)),
        Column(_("Catatan"), about),
    ]
    return table(_("Semua pembagi, berdampingan"), columns, denominators(region, month_of(today())))


def assumed(regency: int) -> int:
    """Its labour force, which is our assumption: the province's, spread by population."""
    found = denominator(regency, month_of(today()), "labour_force")
    assert found is not None and found.persons, "the survey of every province"
    return found.persons


def share_words(persons: int, workers: int) -> str:
    """People of workers in per cent; what would be rounded to nothing is told as less than a tenth."""
    percent = Decimal(100) * persons / workers
    return words.percent(percent) if percent >= LEAST or not persons else f"< {words.percent(LEAST)}"


def who(one: Denominator) -> str:
    """The group of workers."""
    return _("Semua pekerja") if one.group == WHOLE else _(words.SEGMENTS[one.group])


def persons(one: Denominator) -> str:
    """How many, or a dash where it was not found."""
    return said.NOTHING if one.persons is None else format_number(one.persons)


def about(one: Denominator) -> str:
    """What the definition leaves out, and what is to be said of this figure."""
    texts = [DEFINITIONS[one.definition].note, *([NOTES[one.note]] if one.note in NOTES else [])]
    return " ".join(_(text) for text in texts)
