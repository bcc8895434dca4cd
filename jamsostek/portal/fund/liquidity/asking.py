"""What a stress test is asked: scenario, day, region, and every parameter within its bounds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.html import format_html

from jamsostek.core.rupiah import PPM, format_decimal, format_number
from jamsostek.core.text import N_, _
from jamsostek.fund import scenarios
from jamsostek.fund.scenarios import Parameter
from jamsostek.fund.stress import SCENARIOS
from jamsostek.portal.coverage.planner_form import places
from jamsostek.portal.screens import DateField, Form, MoneyField, Quote, ShareField

_PERCENT = {"inputmode": "decimal", "maxlength": 8, "class": "w-4"}
_NUMBER = {"inputmode": "numeric", "maxlength": 9, "class": "w-10"}
EARLIEST = dt.date(2015, 1, 31)


class ScenarioForm(Form):
    """Which scenario, of which day; an earthquake also where."""

    skenario = forms.ChoiceField(label=N_("Skenario"), choices=[(name, scenarios.TITLES[name]) for name in SCENARIOS])
    on = DateField(label=N_("Keadaan pada tanggal"), earliest=EARLIEST)
    wilayah = forms.TypedChoiceField(
        label=N_("Wilayah gempa"), coerce=int, empty_value=None, required=False,
        help_text=N_("Hanya untuk gempa. Setelah provinsi dihitung, kabupaten dan kotanya ada di akhir daftar."),
    )  # fmt: skip
    peserta = forms.IntegerField(
        label=N_("Peserta di wilayah itu"), min_value=0, max_value=scenarios.MEMBERS_MOST, required=False,
        widget=forms.TextInput(attrs=_NUMBER),
        help_text=N_("Kosong: diperkirakan dari iuran JKM yang ditagih di sana; peserta mandiri tidak ikut."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("wilayah", ""))
        found = places(int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0)[1:]
        self.fields["wilayah"].choices = [("", "–"), *found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A region is needed for an earthquake."""
        told = super().clean() or {}
        if told.get("skenario") == "quake" and told.get("wilayah") is None and "wilayah" not in self.errors:
            self.add_error("wilayah", _("Pilih wilayah gempanya."))
        return told


def name_of(parameter: str) -> str:
    """`fall.equity` -> `p_fall_equity`, as it stands in an address."""
    return "p_" + parameter.replace(".", "-")


def _field(one: Parameter) -> forms.Field:
    grade = _(scenarios.GRADES[one.grade])
    said = format_html("{}: {}", grade, str(Quote(one.source, "en"))) if one.source else grade
    given: dict[str, Any] = {"label": one.title, "help_text": said}
    if one.unit == "rupiah":
        return MoneyField(least=one.least, most=one.most, **given)
    if one.unit == "ppm":
        bounds: dict[str, Any] = {"min_value": one.least / PPM, "max_value": one.most / PPM}
        return ShareField(widget=forms.TextInput(attrs=_PERCENT), **bounds, **given)
    box = forms.TextInput(attrs=_NUMBER)
    return forms.IntegerField(min_value=one.least, max_value=one.most, widget=box, **given)


def parameter_form(known: dict[str, Parameter], data: dict[str, str]) -> Form:
    """A form of every parameter, each group under its heading; what an address does not say stands as it is known."""
    made: dict[str, Any] = {name_of(name): _field(one) for name, one in known.items()}
    form = type("ParameterForm", (Form,), made)({name_of(name): typed(one) for name, one in known.items()} | data)
    headed, last = {}, None
    for name in known:
        group = scenarios.group_of(name)
        if group != last:
            headed[name_of(name)] = _(scenarios.GROUPS[group])
            last = group
    form.headed = headed
    return form  # type: ignore[no-any-return]


def typed(one: Parameter) -> str:
    """A value as somebody would type it."""
    if one.unit == "ppm":
        shown = one.value * 100 / PPM
        return format_decimal(shown, next(digits for digits in (0, 1, 2, 4) if round(shown, digits) == shown or digits == 4))
    return format_number(one.value) if one.unit == "rupiah" else str(one.value)


def changed(known: dict[str, Parameter], cleaned: dict[str, Any]) -> dict[str, int]:
    """Parameters that were not left as they stand; in their own units."""
    found = {}
    for name, one in known.items():
        given = cleaned[name_of(name)]
        value = round(float(given) * PPM) if one.unit == "ppm" else int(given)
        if value != one.value:
            found[name] = value
    return found


__all__ = ["ScenarioForm", "changed", "name_of", "parameter_form", "typed"]
