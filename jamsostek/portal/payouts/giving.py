"""The forms of proofs: what is asked for that a right goes on, and what the answers are called in the actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from jamsostek.access.errors import Refused
from jamsostek.claims.actions import rights
from jamsostek.claims.choices import Component
from jamsostek.claims.models import Benefit, Proof
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.law import law_on
from jamsostek.law.entitlement import holds
from jamsostek.messages.evidence.reader import too_large
from jamsostek.messages.evidence.records import DEFAULT
from jamsostek.messages.limited import FileUnreadable
from jamsostek.portal.payouts import words
from jamsostek.portal.screens import Form, ShareField, YesNoField, today
from jamsostek.portal.screens.bodies import AT_ONCE

PPM = 1_000_000


class PapersInput(forms.FileInput):
    """Several at once."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Photos or PDFs, each within what a paper may weigh; the value is their bytes and names."""

    widget = PapersInput(attrs={"accept": "image/*,application/pdf", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[tuple[bytes, str]]:
        """All of them, or what is wrong with the first that is."""
        files = [one for one in data or [] if one]
        if not files:
            super().clean(None, initial)
        if len(files) > AT_ONCE:
            raise forms.ValidationError(_("Paling banyak {most} berkas sekali kirim.").format(most=AT_ONCE))
        for one in files:
            refusal = too_large(one.size)
            if refusal is not None:
                raise forms.ValidationError(f"{one.name}: {refusal}")
        return [(one.read(), str(one.name)[-60:]) for one in files]


class ProofForm(Form):
    """What all proofs share: who sends it from home shows the paper; an officer has seen it, or the person."""

    wanted = False
    """Whether a proof sent from home says nothing without its paper."""

    def __init__(self, row: Benefit, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = self.fields["papers"]
        papers.required = own and self.wanted
        text = _("Terang dan lurus, semua tulisan terbaca. Paling banyak {count} berkas, masing-masing paling besar {most} MB.")
        papers.help_text = text.format(count=AT_ONCE, most=DEFAULT.file_bytes >> 20)


class AliveForm(ProofForm):
    """That somebody lives; of a widow or widower whether they married again, of a child also whether it works."""

    married = YesNoField(label=N_("Apakah sudah menikah lagi?"))
    working = YesNoField(label=N_("Apakah sudah bekerja?"))
    papers = PapersField(label=N_("Foto penerima hari ini, atau surat keterangan hidup"), required=False)
    alive = forms.BooleanField(label=N_("Penerima masih hidup, dan jawaban di halaman ini benar"))

    def __init__(self, row: Benefit, *args: Any, **kwargs: Any) -> None:
        super().__init__(row, *args, **kwargs)
        asked = words.ASKED.get(Component(row.component), ())
        for name in {"married", "working"}.difference(asked):
            del self.fields[name]


class SchoolForm(ProofForm):
    """Where a child goes to school."""

    wanted = True

    level = forms.ChoiceField(label=N_("Jenjang sekolah tahun ini"), choices=list(words.LEVELS.items()), widget=forms.RadioSelect)
    married = YesNoField(label=N_("Apakah anak ini sudah menikah?"))
    working = YesNoField(label=N_("Apakah anak ini sudah bekerja?"))
    papers = PapersField(label=N_("Foto surat dari sekolah atau kampus"))


class ActivityForm(ProofForm):
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
        help_text=N_("Nama perusahaannya cukup."),
    )  # fmt: skip
    papers = PapersField(label=N_("Foto lamaran, undangan wawancara, atau daftar hadir"), required=False)


class UnfitForm(ProofForm):
    """How long a doctor says somebody cannot work."""

    wanted = True

    days = forms.IntegerField(
        label=N_("Berapa hari bulan itu tidak dapat bekerja?"), min_value=1, max_value=31,
        help_text=N_("Salin dari surat dokter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
    )  # fmt: skip
    papers = PapersField(label=N_("Foto surat dokter"))


FORMS: Mapping[str, type[ProofForm]] = {
    rights.ALIVE: AliveForm, rights.SCHOOL: SchoolForm, rights.ACTIVITY: ActivityForm, rights.UNFIT: UnfitForm,
}  # fmt: skip


def told(form: Form) -> dict[str, Any]:
    """The answers as the action takes them."""
    data = {name: value for name, value in form.cleaned_data.items() if name not in ("alive", "attendance", "papers")}
    share = form.cleaned_data.get("attendance")
    return data | ({"attendance_ppm": int(share * PPM)} if share is not None else {})


def given(form: Form, row: Benefit, month: int) -> Proof | None:
    """The proof as it was given; none where the form was refused, and then it says why. Raises `Refused`."""
    papers = form.cleaned_data["papers"]
    try:
        return rights.give_proof(benefit_id=row.pk, month=month, data=told(form), papers=papers, today=today())
    except Refused:
        raise
    except FileUnreadable as error:
        form.add_error("papers", f"{error.value}: {error}")
    except InputError as error:
        form.refuse(error)
    return None


def enough_words(kind: str, on: dt.date) -> str:
    """What of a proof is enough on a day, told before it is sent; empty where the form itself says it."""
    law = law_on(on)
    if kind != rights.ACTIVITY or not holds(law, "jkp.activity.applications"):
        return ""
    return _("Cukup salah satu: {applications} lamaran, {interviews} wawancara, atau hadir {percent} persen pelatihan.").format(
        applications=law.number("jkp.activity.applications"), interviews=law.number("jkp.activity.interviews"),
        percent=law.ppm("jkp.activity.training_attendance") * 100 // PPM,
    )  # fmt: skip
