"""Names of places, for reading lists in which villages, districts and regencies stand by name."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.core.regions import REGENCIES
from jamsostek.registry.models import Region

_DISTRICT, _VILLAGE = 3, 4


@dataclass(frozen=True)
class Names:
    """Names by Kemendagri code."""

    villages: dict[int, str]
    districts: dict[int, str]
    regencies: dict[int, str]


def names_within(region: int) -> Names:
    """The places of a regency (4 digits), or of all regencies of a province (2)."""
    regencies = {one.code: one.name for one in REGENCIES.values() if region in (one.code, one.province_code)}
    span = (min(regencies, default=0), max(regencies, default=0))

    def below(level: int, digits: int) -> dict[int, str]:
        scale = 10 ** (digits - 4)
        rows = Region.objects.filter(level=level, valid_to=None, code__range=(span[0] * scale, (span[1] + 1) * scale - 1))
        return {code: name for code, name in rows.values_list("code", "name") if code // scale in regencies}

    return Names(below(_VILLAGE, 10), below(_DISTRICT, 6), regencies)
