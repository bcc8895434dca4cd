"""Asking a person for help with signing in, and seeing where that stands: no account needed."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.actions import tickets
from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.queries import TicketState, own_tickets, ticket_state
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.account.shown import offer
from jamsostek.portal.screens import Event, Fact, Form, Link, SearchBox, done, page, url_of
from jamsostek.portal.screens.places import find_regencies
from jamsostek.portal.screens.words import moment
from jamsostek.portal.templatetags.words import regions_name

MATCHES = 12


class AskForm(Form):
    """Who asks, how to reach them, where."""

    who = forms.CharField(
        label=N_("Nama Anda, atau nomor yang diingat"),
        help_text=N_("Nama lengkap, nomor peserta (KPJ), atau nama pengguna. NIK tidak perlu."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=N_("Nomor telepon"),
        help_text=N_("Petugas menghubungi nomor ini."),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    place = forms.CharField(
        label=N_("Kabupaten atau kota tempat tinggal"), help_text=N_("Misalnya Sidoarjo, atau Kota Bandung."), max_length=60
    )
    regency = forms.ChoiceField(label=N_("Yang mana?"), required=False, widget=forms.RadioSelect)
    told = forms.CharField(label=N_("Apa yang terjadi?"), required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = find_regencies(str(self.data.get("place", "")))[:MATCHES] if self.is_bound else []
        self.found = [str(one.code) for one in found]
        offer(self, "regency", [(str(one.code), one.name) for one in found])
        if len(found) < 2:
            self.fields["regency"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """One regency: the only one found, or the one chosen among those found."""
        told = super().clean() or {}
        if not told.get("place"):
            return told
        if not self.found:
            self.add_error("place", _("Tidak ada kabupaten atau kota bernama begitu; periksa ejaannya."))
        elif len(self.found) == 1:
            told["regency"] = self.found[0]
        elif told.get("regency") not in self.found:
            self.add_error("regency", _("Pilih satu kabupaten atau kota dari daftar ini."))
        return told


@door(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, then on to the ticket's own page; or straight there with a number (`?nomor=`)."""
    asked = request.GET.get("nomor", "").strip()[:20]
    if asked:
        try:
            return done(request, reverse("account:ticket", args=[numbers.check("ticket", asked)]))
        except InputError as error:
            messages.warning(request, str(error))
            return done(request, "account:ask")
    form = AskForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        if not ratelimit.consume(request, action="ticket"):
            form.add_error(None, _("Sudah beberapa tiket dari sini dalam satu jam. Tiket yang ada sedang dilayani."))
        else:
            try:
                number = tickets.open_ticket(
                    kind=tickets.SIGN_IN, who=told["who"], phone=told["phone"], regency_code=int(told["regency"]),
                    told=told["told"], now=timezone.now(),
                )  # fmt: skip
            except InputError as error:
                form.refuse(error)
            else:
                return done(request, reverse("account:ticket", args=[number]), _("Permintaan bantuan terkirim."))
    context = {"form": form, "search": SearchBox(_("Sudah punya nomor tiket?"), name="nomor")}
    return page(request, "account/ask.html", context, title=_("Minta bantuan masuk"), crumbs=_crumbs(request))


@door(PUBLIC)
@require_safe
def state(request: HttpRequest, number: str) -> HttpResponse:
    """Where a ticket stands, by its number; nothing about who asked."""
    try:
        found = ticket_state(number)
    except InputError as error:
        raise Http404(str(error)) from error
    if found is None:
        raise Http404(_("Tiket ini tidak ada."))
    context = {
        "facts": [
            Fact(_("Nomor tiket"), format_number("ticket", found.number)),
            Fact(_("Perihal"), _(tickets.KINDS[found.kind])),
            Fact(_("Dikirim"), moment(found.made_at)),
            Fact(_("Kantor"), regions_name(found.regency_code)),
        ],
        "events": _events(found),
        "ahead": found.ahead,
        "waiting": found.taken_at is None and found.closed_at is None,
        "closed": found.closed_at is not None,
        "known": request.user.is_authenticated,
        "mine": request.user.is_authenticated and any(one.number == found.number for one in own_tickets()),
    }
    return page(request, "account/ticket.html", context, title=_("Tiket bantuan"), crumbs=_crumbs(request))


def _events(found: TicketState) -> list[Event]:
    taken, closed = found.taken_at, found.closed_at
    return [
        Event(_("Tiket diterima"), moment(found.made_at)),
        Event(
            _("Petugas menghubungi Anda"),
            moment(taken) if taken else "",
            _("Siapkan KTP; petugas memastikan dahulu bahwa ini Anda."),
            "done" if closed else "now" if taken else "next",
        ),
        Event(_("Selesai"), moment(closed) if closed else "", "", "done" if closed else "next"),
    ]


def _crumbs(request: HttpRequest) -> list[Link]:
    if request.user.is_authenticated:
        return [Link(_("Akun saya"), url_of("account:home"))]
    return [Link(_("Masuk"), url_of("account_login"))]
