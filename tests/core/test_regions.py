"""The map: codes, names, the provinces of 2022 and the way out when a code is unknown."""

import dataclasses

import numpy as np
import pytest

from jamsostek.core import regions
from jamsostek.core.errors import InputError


def test_38_provinces_and_514_regencies_add_up():
    assert len(regions.PROVINCES) == 38 and len(regions.REGENCIES) == 514
    assert {p.zone for p in regions.PROVINCES.values()} == set(regions.ZONES)
    for code, province in regions.PROVINCES.items():
        inside = regions.regencies_of(code)
        assert len(inside) == province.kabupaten + province.kota
        assert sum(r.kind.startswith("kota") for r in inside) == province.kota
        assert sum(r.population_2024h2 for r in inside) == province.population_2024h2
        assert all(r.code // 100 == code for r in inside)
    assert sum(p.population_2024h2 for p in regions.PROVINCES.values()) == 284_973_643


def test_codes_are_unique_and_those_of_bps_differ():
    assert len({p.bps_code for p in regions.PROVINCES.values()}) == 38
    assert len({r.bps_code_2020 for r in regions.REGENCIES.values()}) == 514
    assert sum(r.bps_code_2020 != r.code for r in regions.REGENCIES.values()) == 199


def test_a_region_is_found_by_its_code_and_cannot_be_changed():
    assert regions.province(31).name == "Daerah Khusus Ibukota Jakarta"
    assert regions.regency(1171).name == "Kota Banda Aceh"
    with pytest.raises(dataclasses.FrozenInstanceError):
        regions.province(31).name = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("find", "code", "near"),
    [
        (regions.province, 10, "11 Aceh"),
        (regions.province, 0, "11 Aceh"),
        (regions.regency, 3280, "3279 Kota Banjar"),
        (regions.regencies_of, 99, "96 Papua Barat Daya"),
        (regions.successor, 9100, "9103 Kabupaten Jayapura"),
    ],
)
def test_an_unknown_region_names_the_nearest(find, code, near):
    with pytest.raises(regions.UnknownRegion, match=near) as caught:
        find(code)
    assert isinstance(caught.value, InputError) and str(code) in str(caught.value)


def test_papua_before_2022_leads_to_the_regency_of_today():
    assert regions.successor(9101) == 9301  # Merauke
    assert regions.successor(9271) == 9671  # Kota Sorong
    assert regions.successor(1171) == 1171
    moved = [r for r in regions.REGENCIES.values() if r.code_before_2022]
    assert len(moved) == 26
    assert all(r.code_before_2022 not in regions.REGENCIES for r in moved)
    assert {p.code: p.parent_before_2022 for p in regions.PROVINCES.values() if p.parent_before_2022} == {
        93: 91, 94: 91, 95: 91, 96: 92,
    }  # fmt: skip


def test_the_region_of_a_nik_is_known_on_either_map():
    assert regions.known_regions(np.array([117101, 910107, 930107, 999999, 0])).tolist() == [
        True,
        True,
        True,
        False,
        False,
    ]
