"""What grants over people, employers, sponsors, villages and offices are over. Row rules hide what is out of sight."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from jamsostek.access.roles import Kind
from jamsostek.access.scope import regencies_below
from jamsostek.access.targets import Target, found_by
from jamsostek.core.numbers import format_number
from jamsostek.core.regions import PROVINCES, REGENCIES
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


def number_of(kind: Kind, typed: str) -> int | None:
    """What somebody typed as a grant's target: NPP, sponsor's number, KPJ, office's or region's code, or a region's name."""
    text = " ".join(typed.split())
    digits = text.replace(" ", "").replace(".", "").replace("-", "")
    if kind == Kind.NATION:
        return 0
    if kind in (Kind.REGION, Kind.VILLAGE):
        return _region_number(kind, text, digits)
    rows: QuerySet[Any] = {
        Kind.EMPLOYER: Employer.objects.filter(npp=digits),
        Kind.SPONSOR: Sponsor.objects.filter(number=digits),
        Kind.SELF: Participant.objects.filter(kpj=digits),
        Kind.OFFICE: Office.objects.filter(code__iexact=text),
    }[kind]
    return rows.values_list("pk", flat=True).first()


def _region_number(kind: Kind, text: str, digits: str) -> int | None:
    if digits.isascii() and digits.isdecimal() and len(digits) <= 10:
        return int(digits)
    if kind == Kind.VILLAGE:
        return None
    places = {one.code: one.name for one in PROVINCES.values()} | {one.code: one.name for one in REGENCIES.values()}
    named = [code for code, name in places.items() if name.casefold() == text.casefold()]
    return named[0] if len(named) == 1 else None


def register() -> None:
    """Tells the room of access how ours are found."""
    for kind, finder in (
        (Kind.EMPLOYER, _employers), (Kind.SPONSOR, _sponsors), (Kind.SELF, _people), (Kind.VILLAGE, _villages),
        (Kind.OFFICE, _offices),
    ):  # fmt: skip
        found_by(kind, finder)
