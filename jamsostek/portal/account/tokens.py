"""API tokens: made, shown once, revoked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.actions import tokens
from jamsostek.access.doors import SIGNED_IN, door
from jamsostek.access.errors import not_yours
from jamsostek.access.queries import Token, own_tokens
from jamsostek.access.words import CANS
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.portal.account.home import crumbs
from jamsostek.portal.account.shown import asks_again, offer
from jamsostek.portal.screens import Column, Confirm, Empty, Fact, Form, Link, Tag, done, page, table, url_of
from jamsostek.portal.screens.words import date

LIVES = (("30", N_("30 hari")), ("90", N_("90 hari")), ("180", N_("180 hari")), ("365", N_("1 tahun")))


class TokenForm(Form):
    """What a token is for, what it may do, how long."""

    name = forms.CharField(label=N_("Untuk apa"), help_text=N_("Nama program atau orang yang memakainya."), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=N_("Boleh melakukan"),
        help_text=N_("Tanpa pilihan, token hanya membaca yang boleh Anda lihat."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(label=N_("Berlaku"), choices=LIVES, widget=forms.RadioSelect, initial="90")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "scopes", sorted(((str(can), _(CANS[can])) for can in tokens.allowable()), key=lambda pair: pair[1]))


@door(SIGNED_IN)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's tokens."""
    now = timezone.now()
    columns = [
        Column(_("Untuk apa"), lambda one: one.name),
        Column(_("Akhirnya"), lambda one: f"…{one.hint}"),
        Column(_("Keadaan"), lambda one: _state(one, now)),
        Column(_("Berlaku sampai"), lambda one: date(one.expires_at)),
        Column(_("Terakhir dipakai"), lambda one: date(one.last_used_at) if one.last_used_at else _("Belum pernah")),
        Column("", lambda one: Link(_("Cabut"), url_of_token(one)) if _valid(one, now) else ""),
    ]
    found = own_tokens()
    empty = Empty(_("Belum ada token"), _("Token dipakai program untuk bekerja atas nama Anda."))
    context = {"tokens": table(_("Token saya"), columns, found) if found else None, "empty": empty}
    return page(request, "account/tokens.html", context, title=_("Token API"), crumbs=crumbs())


def url_of_token(one: Token) -> str:
    """Where a token is revoked."""
    return reverse("account:revoke_token", args=[one.id])


def _valid(one: Token, now: dt.datetime) -> bool:
    return one.revoked_at is None and one.expires_at > now


def _state(one: Token, now: dt.datetime) -> Tag:
    if one.revoked_at is not None:
        return Tag(_("Dicabut"), "plain")
    return Tag(_("Berlaku"), "good") if one.expires_at > now else Tag(_("Habis masanya"), "plain")


@door(SIGNED_IN)
@asks_again
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Makes one; the answer to the form is the only page that ever shows it."""
    form = TokenForm(request.POST or None)
    if form.is_valid():
        told, now = form.cleaned_data, timezone.now()
        expires = now + dt.timedelta(days=int(told["days"]))
        try:
            issued = tokens.issue_token(name=told["name"], scopes=told["scopes"], expires_at=expires, now=now)
        except InputError as error:
            form.refuse(error)
        else:
            context = {
                "text": issued.text,
                "facts": [Fact(_("Untuk apa"), told["name"]), Fact(_("Berlaku sampai"), date(expires))],
            }
            return page(request, "account/token_made.html", context, title=_("Token baru"), crumbs=_below())
    return page(request, "account/token_new.html", {"form": form}, title=_("Buat token"), crumbs=_below())


@door(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Asks, then revokes."""
    row = next((one for one in own_tokens() if one.id == token_id), None)
    if row is None:
        raise not_yours(_("Token ini tidak ada."))
    if request.method == "POST":
        tokens.revoke_token(token_id=token_id, now=timezone.now())
        return done(request, "account:tokens", _("Token dicabut."))
    confirm = Confirm(
        question=_("Cabut token ini?"),
        text=_("Program yang memakainya langsung berhenti bekerja."),
        yes=_("Cabut token"),
        back=Link(_("Kembali"), url_of("account:tokens")),
        facts=[Fact(_("Untuk apa"), row.name), Fact(_("Akhirnya"), f"…{row.hint}")],
        danger=True,
    )
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Cabut token"), crumbs=_below())


def _below() -> list[Link]:
    return [*crumbs(), Link(_("Token API"), url_of("account:tokens"))]
