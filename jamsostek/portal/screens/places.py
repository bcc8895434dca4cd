"""Finding a regency or city by what people type: part of its name, its province's name, or its code."""

from __future__ import annotations

import re

from jamsostek.core.regions import PROVINCES, REGENCIES, Regency

FOUND = 40


def find_regencies(asked: str) -> list[Regency]:
    """Up to 40 regencies and cities; those whose own name begins with the words come first.

    The words are looked for as they stand, in the name or the province's name; only where that finds nothing, one by one.
    """
    words = re.findall(r"\w+", asked.casefold())
    if not words:
        return []
    if words[0].isdecimal():
        code = "".join(words)
        return [one for one in REGENCIES.values() if str(one.code).startswith(code)][:FOUND]
    phrase = " ".join(words)
    found = [one for one in REGENCIES.values() if any(phrase in name for name in _names(one))]
    found = found or [one for one in REGENCIES.values() if all(word in " ".join(_names(one)) for word in words)]
    return sorted(found, key=lambda one: (not _own_name(one).startswith(words[0]), _own_name(one)))[:FOUND]


def _names(one: Regency) -> tuple[str, str]:
    return one.name.casefold(), PROVINCES[one.province_code].name.casefold()


def _own_name(one: Regency) -> str:
    """Its name without what it is: `kabupaten bandung` -> `bandung`."""
    return re.sub(r"^(kabupaten|kota)( administrasi)? ", "", one.name.casefold())
