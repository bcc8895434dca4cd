"""Words in templates: `{% t "Halo {name}" name=person.name %}` and filters that show values the way people read them.

Texts are Indonesian in the template and English in a room's catalogue, as everywhere (`jamsostek.core.text`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from jamsostek.core import nik, regions, rupiah
from jamsostek.core.text import _, language
from jamsostek.portal.screens import words as said

register = template.Library()


@register.simple_tag
def t(text: str, **values: Any) -> SafeString:
    """A text in the reader's language, its holes filled with escaped values. The text itself holds no HTML."""
    # A literal of a template is marked safe by Django; joining makes it plain, so that it is escaped like any text.
    plain = escape("".join(_(text)))
    return format_html(plain, **values) if values else plain


@register.filter(name="rupiah", is_safe=True)
def as_rupiah(amount: int | None) -> str:
    """`4500000` -> `Rp4.500.000`; nothing known -> a dash."""
    return said.NOTHING if amount is None else rupiah.format_rupiah(amount)


@register.filter(is_safe=True)
def number(value: int | None) -> str:
    """`4500000` -> `4.500.000`."""
    return said.NOTHING if value is None else rupiah.format_number(value)


@register.filter(is_safe=True)
def percent(rate_ppm: int | None) -> str:
    """`8900` parts per million -> `0,89 %`."""
    return said.NOTHING if rate_ppm is None else rupiah.format_percent(rate_ppm)


@register.filter
def month(value: int | None) -> str:
    """`202603` -> `Maret 2026`."""
    return said.NOTHING if value is None else said.month(value)


@register.filter
def date(value: dt.date | None) -> str:
    """A day -> `5 Maret 2026`."""
    return said.NOTHING if value is None else said.date(value)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """An instant -> `5 Maret 2026 14.30 WIB`."""
    return said.NOTHING if value is None else said.moment(value)


@register.filter
def masked_nik(value: str | int | None) -> str:
    """A NIK as it may be shown: regency and last two digits."""
    return said.NOTHING if value in (None, "") else nik.mask_nik(value)


@register.filter
def region(code: int | str | None) -> str:
    """The name of a province's or regency's code, of today or from before 2022."""
    return said.NOTHING if code in (None, "") else regions_name(int(code))


def regions_name(code: int) -> str:
    """`11` -> `Aceh`, `1171` -> `Kota Banda Aceh`."""
    return regions.province(code).name if code < 100 else regions.regency(regions.successor(code)).name


@register.simple_tag
def lang() -> str:
    """The language of the page, for `<html lang>`."""
    return language()
