"""What grants over people, employers, sponsors, villages and offices are over. Row rules hide what is out of sight."""

from __future__ import annotations

from collections.abc import Collection

from jamsostek.access.roles import Kind
from jamsostek.access.scope import regencies_below
from jamsostek.access.targets import Target, found_by
from jamsostek.core.numbers import format_number
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import _
from jamsostek.registry.models import Employer, Office, Participant, Region, Sponsor

_VILLAGE = 1_000_000
"""A village's code divided by this is its regency's."""


def _employers(ids: Collection[int]) -> dict[int, Target]:
    rows = Employer.objects.filter(pk__in=ids).values_list("pk", "name", "regency_code")
    return {number: Target(name, frozenset({regency})) for number, name, regency in rows}


def _sponsors(ids: Collection[int]) -> dict[int, Target]:
    rows = Sponsor.objects.filter(pk__in=ids).values_list("pk", "name", "region_code")
    return {number: Target(name, _regencies_of(code)) for number, name, code in rows}


def _regencies_of(code: int) -> frozenset[int]:
    """The regencies a region's code stands for: its own, all of a province, or the one a village lies in."""
    if code >= _VILLAGE:
        return frozenset({code // _VILLAGE})
    return regencies_below(code)


def _people(ids: Collection[int]) -> dict[int, Target]:
    rows = Participant.objects.filter(pk__in=ids).values_list("pk", "kpj", "regency_code")
    told = _("Peserta {kpj}")
    return {number: Target(told.format(kpj=format_number("kpj", kpj)), frozenset({regency})) for number, kpj, regency in rows}


def _villages(codes: Collection[int]) -> dict[int, Target]:
    """Villages of the map; where a regency's villages were never read in, their codes speak for them."""
    known = dict(Region.objects.filter(pk__in=codes, level=4).values_list("code", "name"))
    there = {code: code // _VILLAGE for code in codes if code // _VILLAGE in REGENCIES}
    return {code: Target(known.get(code) or str(code), frozenset({regency})) for code, regency in there.items()}


def _offices(ids: Collection[int]) -> dict[int, Target]:
    rows = Office.objects.filter(pk__in=ids).values_list("pk", "name", "regency_code")
    return {number: Target(name, frozenset({regency})) for number, name, regency in rows}


def register() -> None:
    """Tells the room of access how ours are found."""
    for kind, finder in (
        (Kind.EMPLOYER, _employers), (Kind.SPONSOR, _sponsors), (Kind.SELF, _people), (Kind.VILLAGE, _villages),
        (Kind.OFFICE, _offices),
    ):  # fmt: skip
        found_by(kind, finder)
