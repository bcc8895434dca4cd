"""Why two records got their weight, in words: one clue for each fact that was compared, and the start that all pairs share.

Bits are powers of two of odds: +3 makes "the same person" eight times as likely as before, -3 eight times less.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jamsostek.core.text import N_, _, language
from jamsostek.linkage import decide
from jamsostek.linkage.indonesia import BORN, HOME, NAME, NIK, ORIGIN, SEX

_FACTS = {
    NIK: N_("NIK"),
    NAME: N_("Nama"),
    BORN: N_("Tanggal lahir"),
    SEX: N_("Jenis kelamin"),
    HOME: N_("Rumah tangga dan tempat tinggal"),
    ORIGIN: N_("Tempat lahir"),
}
_LEVELS: dict[str, dict[str | None, str]] = {
    NIK: {
        None: N_("tidak dapat dibandingkan, atau hanya berbeda satu dua angka (bukan petunjuk)"),
        "same": N_("NIK sendiri, sama"),
        "cut": N_("15 angka pertama sama; angka terakhir hilang di lembar kerja"),
        "other": N_("keduanya punya NIK sendiri, berbeda"),
    },
    NAME: {
        None: N_("tidak ada di salah satu daftar"),
        "same": N_("sama sesudah ejaan, gelar, dan singkatan disamakan"),
        "core": N_("sama kecuali kata umum seperti Muhammad atau Siti"),
        "nearly": N_("hampir sama, seperti salah ketik"),
        "first": N_("kata pertamanya sama"),
        "last": N_("kata terakhirnya sama, atau urutannya terbalik"),
        "part": N_("sebagian sama"),
        "sounds": N_("bunyinya mirip"),
        "other": N_("berbeda"),
    },
    BORN: {
        None: N_("tidak ada di salah satu daftar"),
        "same": N_("sama"),
        "same_default": N_("sama, tetapi tanggal yang biasa ditulis bila hanya tahunnya diketahui"),
        "slip": N_("satu angka berbeda, atau hari dan bulan tertukar"),
        "year_default": N_("tahunnya sama; salah satunya hanya tahun"),
        "year": N_("hanya tahunnya sama"),
        "next_year_default": N_("tahunnya selisih satu; salah satunya hanya tahun"),
        "years_default": N_("tahunnya selisih dua atau tiga; salah satunya hanya tahun"),
        "near": N_("tahunnya dekat, atau hari dan bulannya sama"),
        "other": N_("berbeda"),
    },
    SEX: {None: N_("tidak ada di salah satu daftar"), "same": N_("sama"), "other": N_("berbeda")},
    HOME: {
        None: N_("tidak dapat dibandingkan"),
        "card_mother": N_("kartu keluarga dan nama ibu sama"),
        "card": N_("kartu keluarga sama"),
        "card_other_mother": N_("kartu keluarga sama, nama ibu berbeda"),
        "pointed": N_("NIK di daftar milik kerabat yang tercatat"),
        "phone": N_("telepon sama, dan desa atau nama ibu sama"),
        "village_mother": N_("desa dan nama ibu sama"),
        "phone_only": N_("telepon sama"),
        "regency_mother": N_("kabupaten atau kota dan nama ibu sama"),
        "mother": N_("nama ibu sama"),
        "village": N_("desa sama"),
        "village_other_mother": N_("desa sama, nama ibu berbeda"),
        "district": N_("kecamatan sama"),
        "district_other_mother": N_("kecamatan sama, nama ibu berbeda"),
        "regency": N_("kabupaten atau kota sama"),
        "regency_other_mother": N_("kabupaten atau kota sama, nama ibu berbeda"),
        "elsewhere": N_("tempat tinggal lain"),
        "elsewhere_other_mother": N_("tempat tinggal lain, nama ibu berbeda"),
    },
    ORIGIN: {
        None: N_("tidak dihitung: serumah, sekabupaten, atau tidak diketahui"),
        "same": N_("sama"),
        "nearly": N_("hampir sama"),
        "other": N_("berbeda"),
    },
}
REASONS = {
    decide.BETWEEN: N_("Petunjuknya belum cukup untuk memutuskan."),
    decide.NAMES_DIFFER: N_("Petunjuk lain kuat, tetapi namanya berbeda."),
    decide.TWO_PEOPLE: N_("Ada peserta lain yang hampir sama cocoknya."),
    decide.POOR: N_("Datanya sangat sedikit: tanpa NIK, tanpa tanggal lahir yang pasti, nama satu kata."),
}
"""Why a person is asked, as shown."""


@dataclass(frozen=True)
class Clue:
    """What one comparison said."""

    fact: str
    level: str | None
    bits: float

    @property
    def title(self) -> str:
        """The fact's name."""
        return _(_FACTS[self.fact])

    @property
    def said(self) -> str:
        """What was found, in words."""
        return _(_LEVELS[self.fact][self.level])

    @property
    def sentence(self) -> str:
        """`Nama: kata pertamanya sama (+5,8)`."""
        return f"{self.title}: {self.said} ({bits_text(self.bits)})"


def clues(pair: Mapping[str, Any]) -> list[Clue]:
    """The clues of a pair as `score` gives it, the strongest first; those that say nothing last."""
    told = [Clue(fact, pair.get(fact), float(pair.get(f"{fact}_bits") or 0.0)) for fact in _FACTS]
    return sorted(told, key=lambda clue: -abs(clue.bits))


def start_bits(prior: float) -> float:
    """What every pair begins with: most records are of two people."""
    return math.log2(prior / (1 - prior))


def chance(weight: float) -> float:
    """The model's probability for a weight in bits; an estimate that is known to be too sure of itself."""
    return float(1 / (1 + 2.0**-weight))


def bits_text(bits: float) -> str:
    """`+5,8`, `-3,9`, `0`."""
    shown = round(bits, 1)
    text = "0" if shown == 0 else f"{shown:+.1f}"
    return text.replace(".", ",") if language() == "id" else text
