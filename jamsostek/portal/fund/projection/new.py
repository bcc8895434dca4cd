"""A new projection: a title, and every figure to change, with its source and grade beside; then a job computes it."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from jamsostek.access.background import enqueue
from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import projections as actions
from jamsostek.fund.actions.projections import LONGEST_TITLE, Asked
from jamsostek.fund.projection import GRADES, GROUPS, MOST_PATHS, PATHS, SEED, UNITS, Assumption, base
from jamsostek.fund.queries import projections as queries
from jamsostek.fund.queries.projections import RUN
from jamsostek.portal.fund.projection import frame
from jamsostek.portal.screens import Form, Link, Quote, done, today
from jamsostek.portal.screens.words import date


class NumberField(forms.FloatField):
    """A number with a decimal comma or point; rupiah may have their separators."""

    widget = forms.TextInput

    def __init__(self, one: Assumption, **given: Any) -> None:
        super().__init__(localize=False, **given)
        self.one = one

    def to_python(self, value: Any) -> Any:
        """As typed."""
        if value is None or isinstance(value, float | int):
            return value
        text = str(value).strip()[:40]
        text = text.replace(".", "").replace(",", "") if self.one.unit == "rupiah" else text.replace(",", ".")
        return super().to_python(text)

    def clean(self, value: Any) -> Any:
        """Within the assumption's bounds."""
        found = super().clean(value)
        try:
            return self.one.checked(found)
        except InputError as error:
            raise forms.ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        """As a reader writes it."""
        return typed(self.one, value) if isinstance(value, float | int) else value


def typed(one: Assumption, value: float) -> str:
    """A figure as it stands in a box."""
    return frame.number(round(value)) if one.unit == "rupiah" else frame.number(value)


class NewForm(Form):
    """The title, the paths, and every figure; those of the base stand in the boxes."""

    title = forms.CharField(
        label=N_("Judul"), max_length=LONGEST_TITLE, help_text=N_("Apa yang lain dari dasar, misalnya: tarif naik bertahap.")
    )
    paths = forms.IntegerField(
        label=N_("Jalur ekonomi"), min_value=0, max_value=MOST_PATHS, initial=PATHS,
        help_text=N_("0 tanpa sebaran; 1.000 cukup untuk melihatnya, 5.000 untuk laporan."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    seed = forms.IntegerField(
        label=N_("Benih"), min_value=0, max_value=actions.MOST_SEED, initial=SEED,
        help_text=N_("Benih yang sama memberi jalur yang sama."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    reference = forms.CharField(widget=forms.HiddenInput, max_length=actions.LONGEST_REFERENCE)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.headed: dict[str, str] = {}
        seen = set()
        for id, one in base().items():
            name = id.replace(".", "__")
            if one.group not in seen:
                seen.add(one.group)
                self.headed[name] = _(GROUPS[one.group])
            self.fields[name] = NumberField(one, label=_title(one), help_text=about(one), initial=one.value)
            self.fields[name].widget.attrs["inputmode"] = "decimal"
            self.fields[name].error_messages["invalid"] = _("Tulis angka.")
            self.fields[name].error_messages["required"] = _("Tulis angka; angka dasarnya {value}.").format(
                value=typed(one, one.value)
            )

    def changed(self) -> dict[str, float]:
        """Every figure as typed; those of the base are left out later."""
        return {id: self.cleaned_data[id.replace(".", "__")] for id in base()}

    def refuse(self, error: InputError) -> None:
        """At the figure it names."""
        if error.field:
            error.field = error.field.replace(".", "__")
        super().refuse(error)


def _title(one: Assumption) -> str:
    return _("{title}, {unit}").format(title=one.title, unit=_(UNITS[one.unit]))


def about(one: Assumption) -> str:
    """The base, its bounds, how good it is and where it was read."""
    return format_html(
        _("Dasar {value}; {least} sampai {most}. Mutu: {grade}. {source}."), value=typed(one, one.value),
        least=typed(one, one.least), most=typed(one, one.most), grade=_(GRADES[one.grade]), source=str(Quote(one.source, "id")),
    )  # fmt: skip


@door(*frame.PROJECTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """The form; `?dari=` begins with the figures of another run."""
    form = NewForm(request.POST) if request.method == "POST" else NewForm(initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            run = actions.begin(Asked(told["reference"], told["title"], form.changed(), told["paths"], told["seed"]), on=today())
        except InputError as error:
            form.refuse(error)
        else:
            enqueue(RUN, projection_id=run.id)
            words = _("Proyeksi dimulai. Berjalan sendiri; halaman ini boleh ditutup.")
            return done(request, reverse("projection:run", args=[run.id]), words)
    context = {"form": form, "back": reverse("projection:home"), "estimate": _(frame.ESTIMATE), "population": _(frame.PUBLISHED)}
    return frame.screen(
        request, "new.html", context, title=_("Proyeksi baru"), above=[Link(_("Semua proyeksi"), reverse("projection:list"))]
    )


def _initial(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {"reference": secrets.token_hex(12)}
    asked = request.GET.get("dari", "")
    run = queries.run(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else None
    if run is not None:
        found |= {id.replace(".", "__"): value for id, value in run.assumptions.items() if id in base()}
        found["title"] = _("{title}, {date}").format(title=run.title, date=date(today()))[:LONGEST_TITLE]
    return found
