"""Districts, villages and offices that do not exist: a regency keeps its real code and name, what lies in it is invented.

District codes begin at 51 and village codes are ten digits as Kemendagri's are (4 regency, 2 district, 4 village: 1001… a
kelurahan, 2001… a desa). No regency has fifty districts, so no real village is ever renamed. Every name says Contoh.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.core.regions import province, regencies_of, regency
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.allocate import split
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Draw

FIRST_DISTRICT = 51
SETTINGS = ("farm", "coast", "town")
FARM, COAST, TOWN = range(3)
MARK = "Contoh"
"""In every invented name of a place, firm, office or bank."""

_BIRDS = (
    "Kenari", "Merpati", "Jalak", "Kutilang", "Elang", "Merak", "Camar", "Perkutut", "Gelatik", "Cendrawasih", "Nuri", "Pipit",
    "Bangau", "Kepodang", "Rajawali", "Murai", "Kasuari", "Maleo", "Walet", "Pelatuk", "Serindit", "Trucukan", "Derkuku",
    "Sikatan",
)  # fmt: skip
_PLANTS = (
    "Melati", "Mawar", "Kenanga", "Cempaka", "Anggrek", "Dahlia", "Teratai", "Flamboyan", "Kamboja", "Seruni", "Bougenvil",
    "Soka", "Asoka", "Wijaya Kusuma", "Sedap Malam", "Kemuning", "Tanjung", "Lavender", "Alamanda", "Matahari", "Jati",
    "Mahoni", "Sengon", "Cemara", "Pinus", "Trembesi", "Waru", "Randu", "Beringin", "Ketapang", "Cendana", "Gaharu", "Meranti",
    "Akasia", "Sawo", "Duku", "Rambutan", "Durian", "Manggis", "Salak", "Jambu", "Kelapa", "Aren", "Pandan", "Serai", "Kunyit",
    "Jahe", "Kencur", "Laos", "Salam",
)  # fmt: skip
_AFTER = ("", " Asri", " Rejo", " Makmur", " Jaya", " Indah", " Lor", " Kidul")
STREETS = _PLANTS[:30]

MOST_DISTRICTS, MOST_VILLAGES = len(_BIRDS), len(_PLANTS) * len(_AFTER)
FEWEST_DISTRICTS = 6


@dataclass(frozen=True)
class Places:
    """The regency's map. A village's district and office are places in the arrays here; codes are Kemendagri's form."""

    regency: int
    districts: Int64Array
    """Codes of six digits."""
    district_names: tuple[str, ...]
    district_office: Int64Array
    """The office (1 branch, 2 sub-branch) each district belongs to."""
    villages: Int64Array
    """Codes of ten digits."""
    village_names: tuple[str, ...]
    village_kinds: tuple[str, ...]
    village_district: Int64Array
    setting: Int64Array
    people: Int64Array
    """Weight of each village when people are settled."""
    other_regencies: Int64Array
    """Codes of the other regencies of the province, for who came from or went elsewhere."""

    @property
    def desa(self) -> Int64Array:
        """Places of the villages that have a village government and budget."""
        return np.flatnonzero(np.array(self.village_kinds) == "desa")


def make_places(draw: Draw, code: int) -> Places:
    """As many districts and villages as an average regency of the province has."""
    of_province = province(regency(code).province_code)
    regencies = of_province.kabupaten + of_province.kota
    districts = int(np.clip(of_province.kecamatan // regencies, FEWEST_DISTRICTS, MOST_DISTRICTS))
    villages = int(np.clip((of_province.kelurahan + of_province.desa) // regencies, 4 * districts, MOST_VILLAGES))
    sizes = split(villages, 60 + draw.whole(districts, 0, 60))
    district = np.repeat(np.arange(districts), sizes)
    setting = _settings(district, districts)
    kinds = tuple("kelurahan" if kind == TOWN else "desa" for kind in setting)
    number = np.concatenate([np.arange(size) for size in sizes]) + np.where(setting == TOWN, 1001, 2001)
    codes = (code * 100 + FIRST_DISTRICT + np.arange(districts)).astype(np.int64)
    order = draw.order(MOST_VILLAGES)[:villages].tolist()
    names = [f"{_PLANTS[place % len(_PLANTS)]}{_AFTER[place // len(_PLANTS)]}" for place in order]
    others = np.array([r.code for r in regencies_of(of_province.code) if r.code != code] or [code], dtype=np.int64)
    return Places(
        regency=code,
        districts=codes,
        district_names=tuple(f"Kecamatan {MARK} {name}" for name in _BIRDS[:districts]),
        district_office=np.where(np.arange(districts) < -(-districts * 2 // 3), 1, 2),
        villages=codes[district] * 10_000 + number,
        village_names=tuple(f"{kind.title()} {MARK} {name}" for kind, name in zip(kinds, names, strict=True)),
        village_kinds=kinds,
        village_district=district,
        setting=setting,
        people=np.where(setting == TOWN, 2, 1) * draw.whole(villages, 2_000, 8_000),
        other_regencies=others,
    )


def _settings(district: Int64Array, districts: int) -> Int64Array:
    """The first districts are the town, the last lie on the coast, the others farm."""
    towns = max(1, districts * assumed.TOWN_OF_VILLAGES // 1_000)
    coasts = max(1, districts * assumed.COAST_OF_VILLAGES // 1_000)
    return np.select([district < towns, district >= districts - coasts], [TOWN, COAST], FARM)
