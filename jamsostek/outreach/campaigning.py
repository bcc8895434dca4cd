"""Words of campaigns: audiences, age groups, what a consent is for, the kinds of reminders and what stands in them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jamsostek.core.text import N_

AUDIENCES = {
    "fishers": N_("Nelayan"), "farmers": N_("Petani"), "drivers": N_("Pengemudi ojek"), "traders": N_("Pedagang pasar"),
    "home": N_("Pekerja rumahan dan rumah tangga"), "cadres": N_("Kader desa"), "disabled": N_("Penyandang disabilitas"),
    "everyone": N_("Semua warga"),
}  # fmt: skip
AGE_GROUPS = {
    "below_18": N_("Di bawah 18 tahun"), "18_29": N_("18 sampai 29 tahun"), "30_44": N_("30 sampai 44 tahun"),
    "45_59": N_("45 sampai 59 tahun"), "60_up": N_("60 tahun ke atas"),
}  # fmt: skip
PURPOSES = {"meeting": N_("Undangan pertemuan"), "contribution": N_("Pengingat iuran dan perlindungan")}
HOWS = {"sheet": N_("Di lembar hadir"), "spoken": N_("Lisan"), "written": N_("Tertulis")}
"""How a consent was given."""
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what looks alike on paper: 0 and O, 1 and I."""
CODE_LENGTH = 6


def plain_code(text: str) -> str:
    """A code as people write it -> as it is kept: capitals without spaces and dashes."""
    return re.sub(r"[\s-]", "", text).upper()


# --- reminders ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reminding:
    """A kind of reminder: what it is called, what it needs consent for, which holes its texts may have."""

    title: str
    purpose: str
    holes: tuple[str, ...]


REMINDERS = {
    "meeting": Reminding(N_("Pertemuan besok"), "meeting", ("nama", "desa", "tempat", "hari", "jam")),
    "unpaid": Reminding(N_("Bulan pertama yang belum dibayar"), "contribution", ("nama", "bulan")),
    "ending": Reminding(N_("Perlindungan berakhir sebulan lagi"), "contribution", ("nama", "bulan")),
}
BUILT_IN = {
    ("meeting", "id"): (
        "Bpk/Ibu {nama}, besok {hari} pukul {jam} ada pertemuan Jamsostek di {tempat}, {desa}. Gratis. Balas STOP untuk berhenti."
    ),
    ("meeting", "en"): (
        "{nama}, tomorrow {hari} at {jam}: Jamsostek meeting at {tempat}, {desa}. Free of charge. Reply STOP to end messages."
    ),
    ("unpaid", "id"): (
        "Bpk/Ibu {nama}, iuran Jamsostek {bulan} belum masuk. Bayar agar tetap terlindungi. Balas STOP untuk berhenti."
    ),
    ("unpaid", "en"): (
        "{nama}, your Jamsostek contribution for {bulan} has not come in. Pay to stay covered. Reply STOP to end messages."
    ),
    ("ending", "id"): (
        "Bpk/Ibu {nama}, perlindungan Jamsostek Anda sampai {bulan}. Tanya lanjutannya di kantor desa. Balas STOP untuk berhenti."
    ),
    ("ending", "en"): (
        "{nama}, your Jamsostek cover lasts until {bulan}. Ask at the village office how it goes on. Reply STOP to end messages."
    ),
}
"""Texts to begin with. They are messages in one language each, and count only once a region has approved them."""

_HOLE = re.compile(r"\{([^{}]*)\}")
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")
"""The alphabet of a text message of seven bits, and what takes two places in it (3GPP TS 23.038)."""


def holes_of(text: str) -> list[str]:
    """The names between braces, in order."""
    return _HOLE.findall(text)


def filled(text: str, values: dict[str, str]) -> str:
    """The text with its holes filled; a hole without a value is an error of ours."""
    return _HOLE.sub(lambda hole: values[hole[1]], text)


@dataclass(frozen=True)
class Length:
    """How long a text message is: `places` taken, how many parts it is sent in, whether in letters beyond the seven-bit ones."""

    places: int
    parts: int
    wide: bool


def length_of(text: str) -> Length:
    """160 places in one part, 153 in each of several; with any other letter 70 and 67 (3GPP TS 23.038, 23.040)."""
    wide = any(sign not in _GSM and sign not in _GSM_TWICE for sign in text)
    places = len(text.encode("utf-16-be")) // 2 if wide else sum(2 if sign in _GSM_TWICE else 1 for sign in text)
    alone, each = (70, 67) if wide else (160, 153)
    return Length(places, 1 if places <= alone else -(-places // each), wide)
