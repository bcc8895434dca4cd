"""Where somebody lives: a regency, then one of its villages where the map has them. Two looks at one form, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from jamsostek.access.roles import Kind
from jamsostek.access.scope import current, regencies_below
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.person_form import regency_choices
from jamsostek.portal.screens import Form
from jamsostek.registry.queries import counts

_DISTRICT = 10_000
"""A village's code divided by this is its district's."""


class RegencyFields(Form):
    """One of all regencies and cities."""

    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota tempat tinggal"), choices=regency_choices, coerce=int)


class VillageFields(RegencyFields):
    """And its village, in the same form: asked where the map has the regency's villages, as soon as it is chosen."""

    village_code = forms.TypedChoiceField(label=N_("Desa atau kelurahan"), coerce=int, empty_value=None, required=False)
    missing_village = N_("Pilih desanya, atau pilih “Tidak diketahui”.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.data.get("regency_code", "")) if self.is_bound else str(self.initial.get("regency_code") or "")
        code = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) == 4 else 0
        self.fields["village_code"].choices = village_choices(code)  # type: ignore[attr-defined]
        self.fields["village_code"].error_messages["invalid_choice"] = _("Pilih desa di kabupaten atau kota ini.")
        if len(self.fields["village_code"].choices) < 2:  # type: ignore[attr-defined]
            del self.fields["village_code"]

    def clean(self) -> dict[str, Any]:
        """The village was chosen among those of this regency; one of another regency is asked for again."""
        told = super().clean() or {}
        told.setdefault("village_code", None)
        if self.is_bound and "village_code" in self.fields and "village_code" not in self.data:
            self.add_error("village_code", _(self.missing_village))
        return told


def village_choices(regency_code: int) -> list[tuple[str, Any]]:
    """Villages of a regency under their districts; the first choice is none of them."""
    villages = counts.villages(regency_code) if regency_code in REGENCIES else {}
    names = counts.places({code // _DISTRICT for code in villages})
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name in villages.items():
        groups.setdefault(names.get(code // _DISTRICT, str(code // _DISTRICT)), []).append((str(code), name))
    return [("", _("Tidak diketahui")), *groups.items()]


def my_regency_choices() -> Sequence[tuple[str, Any]]:
    """Regencies and cities that whoever looks works for; all where that is the nation or no region at all."""
    scope = current()
    mine = {code for region in scope.targets(Kind.REGION) for code in regencies_below(region) if code in REGENCIES}
    if scope.everyone or not mine:
        return regency_choices()
    by_province: dict[str, list[tuple[str, str]]] = {}
    for code in sorted(mine):
        by_province.setdefault(PROVINCES[REGENCIES[code].province_code].name, []).append((str(code), REGENCIES[code].name))
    return [("", _("Pilih")), *by_province.items()]


def usual_regency() -> int | None:
    """The only regency there is to choose from, if there is only one."""
    found = [code for _province, places in my_regency_choices() if isinstance(places, list) for code, _name in places]
    return int(found[0]) if len(found) == 1 else None
