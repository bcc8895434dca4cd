"""What the planner is asked: where and to which share, from which members, and on which assumptions."""

from __future__ import annotations

from typing import Any

from django import forms

from jamsostek.core.regions import PROVINCES, REGENCIES, regencies_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage.assumptions import ABOUT, Assumed
from jamsostek.coverage.published import NATION
from jamsostek.coverage.starts import BASES, OWN, Members
from jamsostek.portal.coverage import words
from jamsostek.portal.screens import Form, MoneyField, ShareField

_PERCENT = {"inputmode": "decimal", "maxlength": 6, "class": "w-4"}
_YEAR = {"inputmode": "numeric", "maxlength": 4, "class": "w-4"}
FIELDS = {
    "biaya_pengawasan": "compliance_rupiah", "biaya_sosialisasi": "campaign_rupiah", "biaya_kembali": "renewal_rupiah",
    "bertahan_pengawasan": "compliance_keep", "bertahan_sosialisasi": "campaign_keep", "bertahan_kembali": "renewal_keep",
    "mampu_pengawasan": "compliance_most", "mampu_sosialisasi": "campaign_most", "mampu_kembali": "renewal_most",
    "rentan": "vulnerable_share", "pertumbuhan": "workers_growth", "alami": "natural_growth", "anggaran": "budget_rupiah",
}  # fmt: skip
"""Names in the address, and the assumption each sets."""
_OWN_FIELDS = ("peserta_pu", "peserta_bpu", "berhenti")
MOST_PER_PERSON = 10_000_000


def places(chosen: int) -> list[Any]:
    """The nation and the 38 provinces; of the province chosen, or of the regency's, also its regencies."""
    found: list[Any] = [(str(NATION), _("Indonesia")), *((str(one.code), one.name) for one in PROVINCES.values())]
    above = REGENCIES[chosen].province_code if chosen in REGENCIES else chosen
    if above in PROVINCES:
        group = _("Kabupaten dan kota di {name}").format(name=PROVINCES[above].name)
        found.append((group, [(str(one.code), one.name) for one in regencies_of(above)]))
    return found


class GoalForm(Form):
    """Where to, and by when."""

    wilayah = forms.TypedChoiceField(
        label=N_("Wilayah"), coerce=int, help_text=N_("Setelah provinsi dihitung, kabupaten dan kotanya ada di akhir daftar.")
    )
    sasaran = ShareField(
        label=N_("Sasaran, persen dari orang yang bekerja"), min_value=0.01, max_value=1, widget=forms.TextInput(attrs=_PERCENT)
    )
    tahun = forms.IntegerField(label=N_("Tercapai pada akhir tahun"), widget=forms.TextInput(attrs=_YEAR))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("wilayah", ""))
        self.fields["wilayah"].choices = places(int(asked) if asked.isdecimal() else NATION)  # type: ignore[attr-defined]


def _persons(label: str) -> forms.Field:
    box = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9, "class": "w-10"})
    return forms.IntegerField(label=label, min_value=0, max_value=200_000_000, required=False, widget=box)


class MembersForm(Form):
    """Where the members are known from."""

    dasar = forms.ChoiceField(
        label=N_("Peserta menurut"), required=False,
        choices=[("", N_("Angka terbitan; bila tidak ada, daftar pemasangan ini")), *BASES.items()],
    )  # fmt: skip
    peserta_pu = _persons(N_("Peserta penerima upah"))
    peserta_bpu = _persons(N_("Peserta mandiri dan yang dibayari"))
    berhenti = _persons(N_("Pernah terdaftar, kini tidak aktif"))

    def clean(self) -> dict[str, Any]:
        """Own figures are used where they are chosen, or typed and nothing else chosen; then all three are needed."""
        found = super().clean() or {}
        if not found.get("dasar") and any(found.get(name) is not None for name in _OWN_FIELDS):
            found["dasar"] = OWN
        for name in _OWN_FIELDS:
            if found.get("dasar") == OWN and found.get(name) is None and name not in self.errors:
                self.add_error(name, _("{label} belum diisi.").format(label=_(str(self.fields[name].label))))
        return found

    @property
    def members(self) -> Members | None:
        """Own figures, where those are used."""
        told = self.cleaned_data
        return Members(*(told[name] for name in _OWN_FIELDS)) if told["dasar"] == OWN else None


def _field(name: str) -> forms.Field:
    told = ABOUT[name]
    given: dict[str, Any] = {"label": told.title, "help_text": told.why}
    if name == "budget_rupiah":
        return MoneyField(required=False, most=10**15, **given)
    if name.endswith("_rupiah"):
        return MoneyField(most=MOST_PER_PERSON, **given)
    least, most = (-0.05, 0.05) if name.endswith("_growth") else (0, 1)
    return ShareField(min_value=least, max_value=most, widget=forms.TextInput(attrs=_PERCENT), **given)


_made: dict[str, Any] = {name: _field(key) for name, key in FIELDS.items()}
AssumedForm: type[Form] = type("AssumedForm", (Form,), _made)


def typed(assumed: Assumed) -> dict[str, str]:
    """The assumptions as somebody would type them."""
    return {name: _typed(key, getattr(assumed, key)) for name, key in FIELDS.items()}


def _typed(name: str, value: Any) -> str:
    if value is None:
        return ""
    return format_number(value) if name.endswith("_rupiah") else words.decimal(100 * value, 0 if 100 * value % 1 == 0 else 1)


def assumed_of(cleaned: dict[str, Any]) -> Assumed:
    """What a form said."""
    values = {key: cleaned[name] for name, key in FIELDS.items()}
    made: dict[str, Any] = {key: one if key.endswith("_rupiah") else float(one) for key, one in values.items()}
    return Assumed(**made)
