"""The forms of proofs: what is asked for that a right goes on, and what the answers are called in the actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from jamsostek.claims.actions import rights
from jamsostek.claims.choices import Component
from jamsostek.claims.models import Benefit
from jamsostek.core.text import N_, _
from jamsostek.law import law_on
from jamsostek.law.entitlement import holds
from jamsostek.portal.payouts import words
from jamsostek.portal.screens import Form, ShareField, YesNoField

PPM = 1_000_000


class AliveForm(Form):
    """That somebody lives; of a widow or widower whether they married again, of a child also whether it works."""

    married = YesNoField(label=N_("Apakah sudah menikah lagi?"))
    working = YesNoField(label=N_("Apakah sudah bekerja?"))
    alive = forms.BooleanField(label=N_("Penerima masih hidup, dan jawaban di halaman ini benar"))

    def __init__(self, row: Benefit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = words.ASKED.get(Component(row.component), ())
        for name in {"married", "working"}.difference(asked):
            del self.fields[name]


class SchoolForm(Form):
    """Where a child goes to school."""

    level = forms.ChoiceField(label=N_("Jenjang sekolah tahun ini"), choices=list(words.LEVELS.items()), widget=forms.RadioSelect)
    married = YesNoField(label=N_("Apakah anak ini sudah menikah?"))
    working = YesNoField(label=N_("Apakah anak ini sudah bekerja?"))

    def __init__(self, row: Benefit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ActivityForm(Form):
    """What somebody did to find work."""

    working_again = YesNoField(label=N_("Apakah sudah bekerja lagi?"))
    applications = forms.IntegerField(
        label=N_("Berapa lamaran dikirim bulan sebelumnya?"), min_value=0, max_value=999, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
    )  # fmt: skip
    interviews = forms.IntegerField(
        label=N_("Berapa kali diwawancarai?"), min_value=0, max_value=999, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
    )  # fmt: skip
    attendance = ShareField(
        label=N_("Bila ikut pelatihan: berapa persen hadir?"), min_value=0, max_value=1, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-4"}),
    )  # fmt: skip
    note = forms.CharField(
        label=N_("Ke mana melamar, atau pelatihan apa?"), max_length=500, required=False, widget=forms.Textarea,
        help_text=N_("Nama perusahaannya cukup. Simpan buktinya; petugas dapat memintanya."),
    )  # fmt: skip

    def __init__(self, row: Benefit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class UnfitForm(Form):
    """How long a doctor says somebody cannot work."""

    days = forms.IntegerField(
        label=N_("Berapa hari bulan itu tidak dapat bekerja?"), min_value=1, max_value=31,
        help_text=N_("Salin dari surat dokter. Simpan suratnya; petugas memintanya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
    )  # fmt: skip

    def __init__(self, row: Benefit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


FORMS: Mapping[str, type[Form]] = {
    rights.ALIVE: AliveForm, rights.SCHOOL: SchoolForm, rights.ACTIVITY: ActivityForm, rights.UNFIT: UnfitForm,
}  # fmt: skip


def told(form: Form) -> dict[str, Any]:
    """The answers as the action takes them."""
    data = {name: value for name, value in form.cleaned_data.items() if name not in ("alive", "attendance")}
    share = form.cleaned_data.get("attendance")
    return data | ({"attendance_ppm": int(share * PPM)} if share is not None else {})


def enough_words(kind: str, on: dt.date) -> str:
    """What of a proof is enough on a day, told before it is sent; empty where the form itself says it."""
    law = law_on(on)
    if kind != rights.ACTIVITY or not holds(law, "jkp.activity.applications"):
        return ""
    return _("Cukup salah satu: {applications} lamaran, {interviews} wawancara, atau hadir {percent} persen pelatihan.").format(
        applications=law.number("jkp.activity.applications"), interviews=law.number("jkp.activity.interviews"),
        percent=law.ppm("jkp.activity.training_attendance") * 100 // PPM,
    )  # fmt: skip
