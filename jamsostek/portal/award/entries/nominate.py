"""A nomination: who, in which category that fits, and why the others do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards.actions import entries as actions
from jamsostek.awards.choices import SUBJECTS, EntryState
from jamsostek.awards.competitors import Competitor
from jamsostek.awards.edition import told
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import EntryRow, Fit
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import N_, _
from jamsostek.portal.award.entries import frame
from jamsostek.portal.award.frame import NOMINATORS, edition_of
from jamsostek.portal.screens import Column, Fact, Form, Table, done, table


class OwnForm(Form):
    """Which of one's own, in which category: only what fits is offered."""

    chosen = forms.ChoiceField(label=N_("Calon dan kategori"), widget=forms.RadioSelect)
    province = forms.TypedChoiceField(
        label=N_("Bersaing di provinsi"), coerce=int, empty_value=None, required=False,
        help_text=N_(
            "Kosongkan. Perusahaan bersaing di satu provinsi, yaitu kantor pusatnya, di setiap kategori yang cocok; pekerja di"
            " semua provinsi ikut dihitung."
        ),
    )  # fmt: skip

    def __init__(self, open_fits: Sequence[tuple[Competitor, Fit]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (f"{one.subject}:{one.code}:{fit.category.key}", f"{one.name}: {fit.category.name}") for one, fit in open_fits
        ]
        if any(one.subject == "employer" for one, _fit in open_fits):
            self.fields["province"].choices = _provinces()  # type: ignore[attr-defined]
        else:
            del self.fields["province"]


class CommitteeForm(Form):
    """Anybody in the committee's area, by code or number."""

    subject = forms.ChoiceField(label=N_("Yang dicalonkan"), choices=list(SUBJECTS.items()), widget=forms.RadioSelect)
    number = forms.CharField(
        label=N_("Kode wilayah atau NPP"), max_length=20,
        help_text=N_("Provinsi dua angka, kabupaten atau kota empat, desa sepuluh; perusahaan delapan (NPP)."),
    )  # fmt: skip
    category = forms.ChoiceField(label=N_("Kategori"))
    province = forms.TypedChoiceField(label=N_("Bersaing di provinsi"), coerce=int, empty_value=None, required=False)

    def __init__(self, of: Standing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(key, f"{_(SUBJECTS[one.subject])}: {one.name}") for key, one in of.says.categories.items()]
        self.fields["category"].choices = [("", _("Pilih kategorinya")), *found]  # type: ignore[attr-defined]
        self.fields["province"].choices = _provinces()  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """Digits, whatever stands between them."""
        digits = "".join(sign for sign in self.cleaned_data["number"] if sign not in " .-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 10):
            raise forms.ValidationError(_("Tulis nomornya dengan angka saja."))
        return digits


def _provinces() -> list[tuple[Any, str]]:
    return [("", _("Provinsi kantor pusatnya, atau provinsinya sendiri")), *((code, one.name) for code, one in PROVINCES.items())]


@door(*NOMINATORS)
def nominate(request: HttpRequest, edition: str) -> HttpResponseBase:
    """The form; afterwards the entry's page."""
    of = edition_of(edition)
    by_committee = current().may(Can.RUN_AWARD)
    fits = [(one, fit) for one in queries.own_competitors() for fit in queries.fits(of, one)]
    free = [(one, fit) for one, fit in fits if not fit.why and fit.entry is None]
    given = frame.answers(request)
    form: OwnForm | CommitteeForm = CommitteeForm(of, given) if by_committee else OwnForm(free, given)
    now = queries.database_now()
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(of, form)
            return done(request, frame.entry_link(made).url, _said(made, now))
        except Refused:
            raise
        except InputError as error:
            error.field = _field(form, error.field)
            form.refuse(error)
    context = {
        "about": told(of.says.title),
        "facts": [
            Fact(_("Batas pencalonan"), frame.deadline_words(of.nominate_until, now)),
            Fact(_("Batas bukti"), frame.deadline_words(of.evidence_until, now)),
        ],
        "form": form if by_committee or free else None,
        "text": "" if by_committee or free else _("Tidak ada kategori yang masih dapat Anda ikuti di edisi ini."),
        "yes": _("Calonkan"), "back": reverse("award_entries:home"),
        "sections": [] if by_committee else [(_("Semua kategori"), "", _table(fits), None)],
    }  # fmt: skip
    return frame.shown(request, "form.html", context, title=_("Calonkan"), of=of, crumbs=frame.above())


def _said(made: EntryRow, began: dt.datetime) -> str:
    """What is to be said of an entry that was made now, or was there before."""
    if made.state == EntryState.ACCEPTED:
        return _("Sudah dicalonkan sebelumnya, dan panitia sudah menerimanya.")
    if made.made_at < began:
        return _("Sudah dicalonkan sebelumnya. Panitia memeriksanya.")
    return _("Tercatat. Panitia memeriksanya.")


def _made(of: Standing, form: OwnForm | CommitteeForm) -> EntryRow:
    told = form.cleaned_data
    province = told.get("province")
    if isinstance(form, OwnForm):
        subject, code, category = told["chosen"].split(":")
        return actions.nominate(edition=of.code, category=category, subject=subject, subject_code=int(code), province=province)
    npp = told["number"] if told["subject"] == "employer" else ""
    return actions.nominate(
        edition=of.code, category=told["category"], subject=told["subject"], subject_code=0 if npp else int(told["number"]),
        npp=npp, province=province,
    )  # fmt: skip


def _field(form: Form, name: str | None) -> str | None:
    """The field of this form that an action's field is told at."""
    if name in form.fields:
        return name
    found = {"subject_code": "number", "category": "chosen"}.get(name or "", "")
    return found if found in form.fields else None


def _table(fits: Sequence[tuple[Competitor, Fit]]) -> Table:
    """Every category, and why one is not open to somebody."""
    columns = [
        Column(_("Kategori"), lambda row: row[1].category.name),
        Column(_("Nama calon"), lambda row: row[0].name),
        Column(_("Keadaan"), lambda row: frame.state_tag(row[1].entry) if row[1].entry else row[1].why or _("Dapat diikuti")),
    ]
    return table(_("Kategori edisi ini, yang cocok di atas"), columns, fits)
