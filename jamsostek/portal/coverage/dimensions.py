"""What the cube counts, and by what, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _
from jamsostek.coverage import cube
from jamsostek.coverage.cube.schema import NEVER
from jamsostek.portal.coverage.own import DISABILITIES, PAYERS, SEXES
from jamsostek.portal.screens.words import month
from jamsostek.registry import occupations
from jamsostek.registry.choices import TITLES, Segment

MEASURES: dict[str, tuple[str, str]] = {
    "registered": (N_("Terdaftar"), N_("Punya nomor dan masih hidup pada bulan itu.")),
    "ever": (N_("Pernah terlindungi"), N_("Dari yang terdaftar: terlindungi pada bulan itu atau suatu bulan sebelumnya.")),
    "active": (N_("Aktif"), N_("Terlindungi pada bulan itu, seperti kata kartunya.")),
    "reported": (N_("Dilaporkan"), N_("Dilaporkan bekerja atau ditanggung untuk bulan itu, dibayar atau belum.")),
    "joined": (N_("Masuk pertama kali"), N_("Aktif untuk pertama kali.")),
    "returned": (N_("Kembali"), N_("Aktif lagi sesudah paling sedikit sebulan tidak.")),
    "lapsed": (N_("Berhenti"), N_("Aktif sebulan sebelumnya, bulan itu tidak, dan masih hidup.")),
    "died": (N_("Meninggal"), N_("Aktif sebulan sebelumnya, ketika meninggal.")),
}
"""What is counted: its title, and what it means."""
DIMENSIONS: dict[str, str] = {
    "month": N_("Bulan"), "province": N_("Provinsi"), "regency": N_("Kabupaten atau kota"), "village": N_("Desa atau kelurahan"),
    "segment": N_("Cara terlindungi"), "programme": N_("Program"), "sex": N_("Jenis kelamin"), "age": N_("Umur"),
    "disability": N_("Disabilitas"), "occupation": N_("Pekerjaan"), "payer": N_("Pembayar"),
}  # fmt: skip
BASES = {"domicile": N_("Tempat tinggal"), "office": N_("Tempat yang membayar")}
SEGMENTS: dict[str, str] = {
    **TITLES[Segment], "bpu_self": N_("Membayar sendiri"), "bpu_sponsored": N_("Iurannya dibayarkan"),
    "migrant": N_("Pekerja migran"),
}  # fmt: skip
PROGRAMMES = {"jkk": "JKK", "jkm": "JKM", "jht": "JHT", "jp": "JP", "jkp": "JKP"}
SECTIONS = {
    "a": N_("Pertanian, kehutanan, dan perikanan"), "b": N_("Pertambangan dan penggalian"), "c": N_("Industri pengolahan"),
    "d": N_("Listrik dan gas"), "e": N_("Air, sampah, dan limbah"), "f": N_("Konstruksi"),
    "g": N_("Perdagangan dan reparasi kendaraan"), "h": N_("Transportasi dan pergudangan"),
    "i": N_("Akomodasi serta makan dan minum"), "j": N_("Informasi dan komunikasi"), "k": N_("Keuangan dan asuransi"),
    "l": N_("Real estat"), "mn": N_("Jasa perusahaan"), "o": N_("Administrasi pemerintahan"), "p": N_("Pendidikan"),
    "q": N_("Kesehatan dan kegiatan sosial"), "rstu": N_("Jasa lainnya"),
}  # fmt: skip
"""Sections of KBLI 2020 as BPS tells 17 industries, in short."""
LISTED = tuple(cube.LISTS)
"""Dimensions whose values are few enough to be ticked."""
_KINDS = {kind.key: kind.title for kind in occupations.KINDS}
Words = Callable[[Any], str]


def values(dimension: str) -> list[tuple[str, str]]:
    """The values of a dimension that has a list, each with its words."""
    names = (*cube.LISTS[dimension], NEVER) if dimension in ("segment", "programme", "payer") else cube.LISTS[dimension]
    say = words_of(dimension)
    return [(name, say(name)) for name in names]


def words_of(dimension: str, villages: Mapping[int, str] | None = None) -> Words:
    """How the values of a dimension are read; names of villages come from the caller, who has the map."""
    if dimension == "month":
        return month
    if dimension in ("province", "regency"):
        return _region
    if dimension == "village":
        return lambda code: _("Tidak diketahui") if code is None else (villages or {}).get(code, str(code))
    if dimension == "occupation":
        return _occupation
    if dimension == "age":
        return lambda band: _("{ages} tahun").format(ages=str(band).replace("-", "–"))
    titles: Mapping[str, str] = {
        "segment": SEGMENTS, "programme": PROGRAMMES, "payer": {**PAYERS, NEVER: N_("Belum pernah terlindungi")}, "sex": SEXES,
        "disability": DISABILITIES,
    }[dimension]  # fmt: skip
    return lambda name: _(titles.get(name, N_("Belum pernah terlindungi")))


def _region(code: int | None) -> str:
    """A province, or a regency; where a province is all that is known of a regency it stands for it."""
    if code is None or code not in (PROVINCES if code < 100 else REGENCIES):
        return _("Tidak diketahui")
    return PROVINCES[code].name if code < 100 else REGENCIES[code].name


def _occupation(key: str) -> str:
    if key == NEVER:
        return _("Belum pernah terlindungi")
    if key in _KINDS:
        return _(_KINDS[key])
    if key.startswith("kbli_"):
        return _("Industri: {section}").format(section=_(SECTIONS[key.removeprefix("kbli_")]))
    return _("Di luar negeri") if key == "abroad" else _("Pekerjaan lain")
