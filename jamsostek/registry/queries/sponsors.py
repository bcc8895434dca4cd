"""Sponsors of a region by name: institutions, in sight of whoever plans for the region."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.access.scope import acting, regencies_below, system_scope
from jamsostek.registry.choices import SponsorKind
from jamsostek.registry.models import Sponsor


@dataclass(frozen=True)
class SponsorName:
    """Who pays for others."""

    id: int
    number: str
    name: str
    kind: str
    region_code: int


def sponsors_within(region_code: int) -> list[SponsorName]:
    """Sponsors of a regency or province and of its villages, governments first."""
    regencies = regencies_below(region_code)
    with acting(system_scope("sponsors")):
        rows = Sponsor.objects.order_by("name").values_list("pk", "number", "name", "kind", "region_code")
        found = [SponsorName(*row) for row in rows.filter(region_code__in=[region_code, *regencies])]
        for code in sorted(regencies):
            found += [SponsorName(*row) for row in rows.filter(region_code__range=(code * 10**6, code * 10**6 + 999_999))]
    return sorted(found, key=lambda one: (one.kind != SponsorKind.REGIONAL_GOVERNMENT, one.name))
