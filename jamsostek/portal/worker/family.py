"""One's family, and who would receive a benefit in the order of law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.roles import Role
from jamsostek.core.text import N_, _
from jamsostek.law import law_on
from jamsostek.law.labels import citation, text_label
from jamsostek.portal.screens import Column, DateField, Form, Link, Table, Tag, done, page, table, today
from jamsostek.portal.screens.words import NOTHING, date, inside
from jamsostek.portal.worker.data import refused
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.actions import family as actions
from jamsostek.registry.choices import TITLES, Kin, Sex
from jamsostek.registry.heirs import GROUPS, Step
from jamsostek.registry.queries import own
from jamsostek.registry.queries.own import Me, Relative

FIRST_DAY = dt.date(1900, 1, 1)
WHY = (("salah", N_("Salah catat")), ("cerai", N_("Bercerai")), ("meninggal", N_("Meninggal dunia")))


class RelativeForm(Form):
    """Somebody of the family."""

    kin = forms.ChoiceField(label=N_("Hubungan"), choices=list(TITLES[Kin].items()), widget=forms.RadioSelect)
    name = forms.CharField(
        label=N_("Nama lengkap"), help_text=N_("Seperti di Kartu Keluarga."), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    sex = forms.ChoiceField(label=N_("Jenis kelamin"), choices=list(TITLES[Sex].items()), widget=forms.RadioSelect)
    birth_date = DateField(
        label=N_("Tanggal lahir"), help_text=N_("Menentukan hak beasiswa anak."), required=False, earliest=FIRST_DAY
    )


class EndForm(Form):
    """Why somebody stands here no more, and since when."""

    why = forms.ChoiceField(label=N_("Mengapa?"), choices=list(WHY), widget=forms.RadioSelect)
    on = DateField(label=N_("Sejak tanggal"), earliest=FIRST_DAY)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Rank:
    """A step of the order: what the law calls it, who stands there, whether they come first."""

    title: str
    names: str
    first: bool
    last: bool
    """Where nobody of the family stands: what happens then."""


@about(Role.WORKER)
@require_safe
def family(request: HttpRequest, me: Me) -> HttpResponse:
    """Everybody told, then the order."""
    rows = own.family(me)
    ranks, source = ranks_of(me)
    context = {"rows": _table(rows) if rows else None, "ranks": ranks, "source": source}
    return page(request, "worker/family.html", context, title=_("Keluarga dan ahli waris"), crumbs=crumbs())


def _table(rows: Sequence[Relative]) -> Table:
    columns = [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Hubungan"), lambda one: _(TITLES[Kin][one.kin])),
        Column(_("Tanggal lahir"), lambda one: date(one.birth_date) if one.birth_date else NOTHING),
        Column(_("Keadaan"), _state),
        Column(
            _("Ubah"),
            lambda one: "" if one.to_date or one.died_on else Link(_("Akhiri"), reverse("worker:end_relative", args=[one.pk])),
        ),
    ]
    return table(_("Keluarga yang tercatat"), columns, rows)


def _state(one: Relative) -> Tag:
    if one.died_on:
        return Tag(_("Meninggal {day}").format(day=date(one.died_on)), "plain")
    if one.to_date:
        return Tag(_("Berakhir {day}").format(day=date(one.to_date)), "plain")
    return Tag(_("Tercatat"), "good")


def ranks_of(me: Me) -> tuple[list[Rank], str]:
    """The order of law with the names in it, and the article it comes from."""
    day = me.person.died_on or today()
    row = law_on(day).in_force("jkm.heirs").row
    steps = own.order_of_heirs(me, day)
    ranks = [_rank(one) for one in steps]
    return ranks, citation(f"{row.regulation} {row.article}") if row else ""


def _rank(step: Step) -> Rank:
    title, names = text_label(step.name), [str(getattr(who, "name", "")) for who in step.members]
    return Rank(title[:1].upper() + title[1:], ", ".join(names), step.entitled, step.name not in GROUPS)


@about(Role.WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, me: Me) -> HttpResponse:
    """Adds somebody; an office may ask for papers when it comes to a claim."""
    form = RelativeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        kinsman = actions.Kinsman(**form.cleaned_data)
        if refused(form, lambda: actions.add_relative(participant_id=me.person.pk, kinsman=kinsman, today=today())):
            return done(request, "worker:family", _("{name} tercatat.").format(name=kinsman.name))
    context = {"form": form, "button": _("Simpan"), "back": reverse("worker:family")}
    return page(request, "worker/form.html", context, title=_("Tambah anggota keluarga"), crumbs=_above())


@about(Role.WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, me: Me, relative_id: int) -> HttpResponse:
    """Divorce, death, or a mistake; the row stays in sight."""
    found = own.relative(me, relative_id)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    if found.died_on or found.to_date:
        return done(request, "worker:family")
    if form.is_bound and form.is_valid():
        why, on = form.cleaned_data["why"], form.cleaned_data["on"]
        actions.end_relative(relative_id=found.pk, on=on, died=why == "meninggal", reason=dict(WHY)[why])
        return done(request, "worker:family", _("Perubahan tersimpan."))
    told = f"{found.name}, {inside(_(TITLES[Kin][found.kin]))}"
    context = {"form": form, "about": told, "button": _("Simpan"), "back": reverse("worker:family")}
    return page(request, "worker/form.html", context, title=_("Akhiri hubungan keluarga"), crumbs=_above())


def _above() -> list[Link]:
    return crumbs(Link(_("Keluarga dan ahli waris"), reverse("worker:family")))
