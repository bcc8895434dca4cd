"""What is in a register, in tables: how good its numbers and dates are, who the people are, where they live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from jamsostek.core.rupiah import format_number, separated
from jamsostek.core.text import N_, _
from jamsostek.messages.register.fields import FIELDS, title_of
from jamsostek.messages.register.profile import Profile
from jamsostek.outreach.queries import registers
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.screens import Column, table
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date

if TYPE_CHECKING:
    from jamsostek.outreach.models import Register

TOP = 20
SEXES = {"male": N_("Laki-laki"), "female": N_("Perempuan"), "unknown": N_("Tidak diketahui")}
DISABILITIES = {
    "physical": N_("Fisik"), "sensory": N_("Sensorik"), "intellectual": N_("Intelektual"), "mental": N_("Mental"),
    "multiple": N_("Ganda"),
}  # fmt: skip
HINTS = {"dead": N_("Mungkin sudah meninggal"), "moved": N_("Mungkin sudah pindah"), "asn": N_("Mungkin ASN, TNI, atau Polri")}
Words = Callable[[str], str]


def tables(register: Register) -> list[Table]:
    """The counts of everybody kept; nothing where nobody was."""
    told = registers.profile(register)
    if told is None or not told.kept:
        return []
    named = _regions(told)
    made = [
        _counts(_("NIK"), _("Keadaan NIK"), told.nik.items(), told.kept, shown.nik_words),
        _counts(_("Yang tidak terisi"), _("Isian"), _missing(told), told.kept, title_of),
        _counts(_("Petunjuk"), _("Petunjuk di daftar"), told.hints.items(), told.kept, lambda one: _(HINTS[one])),
        _counts(_("Umur pada tanggal data"), _("Umur"), sorted(told.ages.items(), key=_band), told.kept, _age, ordered=True),
        _counts(_("Jenis kelamin"), _("Jenis kelamin"), told.sex.items(), told.kept, lambda one: _(SEXES[one])),
        _counts(_("Disabilitas"), _("Jenis"), told.disability.items(), told.kept, lambda one: _(DISABILITIES.get(one, one))),
        _counts(_("Pekerjaan terbanyak"), _("Pekerjaan seperti tertulis"), told.top_occupations, told.kept, lambda one: one),
        _counts(_("Desa terbanyak"), _("Desa atau kelurahan"), named, told.kept, _village),
        _deciles(register),
    ]
    return [one for one in made if one is not None]


def _counts(
    caption: str, first: str, rows: Iterable[tuple[str, int]], kept: int, words: Words, *, ordered: bool = False
) -> Table | None:
    """The most frequent first, or in their own order."""
    listed = [one for one in rows if one[1]]
    if not ordered:
        listed.sort(key=lambda one: -one[1])
    columns = [
        Column(first, lambda one: words(one[0])),
        Column(_("Orang"), lambda one: format_number(one[1]), number=True),
        Column(_("Bagian"), lambda one: share_words(one[1], kept), number=True),
    ]
    return table(caption, columns, listed) if listed else None


def share_words(part: int, whole: int) -> str:
    """`41,3 %`."""
    return separated(f"{100 * part / whole:.1f}") + " %" if whole else ""


def _missing(told: Profile) -> list[tuple[str, int]]:
    names = {"income_rupiah": "income", "is_asn": "asn"}
    return [
        (name, count)
        for field, count in told.missing.items()
        if (name := names.get(field, field)) in FIELDS and count < told.kept
    ]


def _regions(told: Profile) -> list[tuple[str, int]]:
    return sorted(told.villages.items(), key=lambda one: -one[1])[:TOP]


def _village(code: str) -> str:
    return shown.village_words(None if code == "unknown" else int(code))


def _band(one: tuple[str, int]) -> int:
    return 999 if one[0] == "unknown" else int(one[0].rstrip("+").partition("-")[0])


def _age(band: str) -> str:
    return _("Tidak diketahui") if band == "unknown" else _("{band} tahun").format(band=band.replace("-", "–"))


def _deciles(register: Register) -> Table | None:
    rows = registers.deciles(register)

    def of(decile: str) -> Callable[[tuple[Register, Mapping[str, int]]], str]:
        return lambda one: format_number(one[1].get(decile, 0))

    columns = [
        Column(_("Tanggal data"), lambda one: date(one[0].snapshot_on)),
        *(Column(_("Desil {number}").format(number=number), of(str(number)), number=True) for number in range(1, 11)),
        Column(_("Tanpa desil"), of("unknown"), number=True),
    ]
    return table(_("Desil menurut tanggal data"), columns, rows) if rows else None
