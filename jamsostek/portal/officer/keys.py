"""The keys that sign cards: which there are, and a new one from a day on. Old cards go on verifying with old keys."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.core.text import N_, _
from jamsostek.messages.card.keys import SigningKey
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.officer.asking import hidden_of
from jamsostek.portal.officer.frame import HEAD_OFFICE, home, screen
from jamsostek.portal.screens import Column, DateField, Fact, Form, Link, Tag, done, page, table, today
from jamsostek.portal.screens.words import date
from jamsostek.registry.actions.cards import rotate_key, signing_keys


class RotateForm(Form):
    """From when a new key signs."""

    since = DateField(label=N_("Kunci baru dipakai mulai tanggal"), help_text=N_("Hari ini atau sesudahnya."))

    def clean_since(self) -> dt.date:
        """Days go forward: a key never signs from before the one in use."""
        day: dt.date = self.cleaned_data["since"]
        if day < today():
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        newest = signing_keys()[-1].public.first_day
        if day <= newest:
            raise forms.ValidationError(_("Kunci terakhir dipakai mulai {day}; pilih hari sesudahnya.").format(day=date(newest)))
        return day


@door(*HEAD_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The keys; a new one is made after a look."""
    form = RotateForm(request.POST or None, initial={"since": today() + dt.timedelta(days=1)})
    if request.method == "POST" and form.is_valid() and step_of(request) != "ubah":
        since = form.cleaned_data["since"]
        if step_of(request) == "simpan":
            rotate_key(since=since)
            return done(request, "officer:keys", _("Kunci baru dibuat; dipakai mulai {day}.").format(day=date(since)))
        return _look(request, form, since)
    columns = [
        Column(_("Sidik kunci"), lambda one: one.public.id.hex(" ", 2)),
        Column(_("Mulai"), lambda one: date(one.public.first_day)),
        Column(_("Keadaan"), _state),
    ]
    context = {"table": table(_("Kunci kartu"), columns, reversed(signing_keys())), "form": form}
    return screen(request, "officer/keys.html", context, title=_("Kunci kartu"))


def _state(one: SigningKey) -> Tag:
    if one.public.could_sign_on(today()):
        return Tag(_("Menandatangani"), "good")
    if one.public.first_day > today():
        return Tag(_("Belum dipakai"), "info")
    return Tag(_("Hanya memeriksa kartu lama"), "plain")


def _look(request: HttpRequest, form: RotateForm, since: dt.date) -> HttpResponse:
    context = {
        "facts": [Fact(_("Kunci baru dipakai mulai tanggal"), date(since))],
        "text": _(
            "Kunci tidak dapat dihapus atau dikembalikan. Kartu lama tetap sah; halaman pemeriksa mengambil kunci baru sendiri."
        ),
        "yes": _("Buat kunci baru"),
        "danger": True,
        "back": reverse("officer:keys"),
        "hidden": hidden_of(request, form),
    }
    crumbs = [home(), Link(_("Kunci kartu"), reverse("officer:keys"))]
    return page(request, "officer/check.html", context, title=_("Buat kunci baru"), crumbs=crumbs)
