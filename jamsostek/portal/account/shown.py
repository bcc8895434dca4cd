"""What several pages about other people's accounts show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from jamsostek.access.actions.codes import LIVES
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Fact, Link, page, url_of
from jamsostek.portal.screens.words import moment

if TYPE_CHECKING:
    from jamsostek.access.models import User

_LANGUAGES = (("id", N_("Bahasa Indonesia")), ("en", N_("Bahasa Inggris")))


def languages() -> list[tuple[str, str]]:
    """The languages to choose from."""
    return [(code, _(name)) for code, name in _LANGUAGES]


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Gives a field of a form its choices, known only now."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def me(request: HttpRequest) -> User:
    """Who is signed in; behind a door somebody is."""
    return cast("User", request.user)


def asks_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view before which somebody who signed in a while ago shows again that it is them.

    The library raises; here it becomes the way to that page and back. What was posted is not repeated: the form is.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ReauthenticationRequired:
            ways = get_adapter().get_reauthentication_methods(request.user)
            where = ways[0]["url"] if ways else url_of("account_login")
            return redirect(f"{where}?{urlencode({'next': request.path})}")

    return asked


def code_page(
    request: HttpRequest, name: str, username: str, code: str, crumbs: Sequence[Link], *, factor: bool = False
) -> HttpResponse:
    """The page with a one-time code, to print and hand over: the only time it is seen."""
    context = {
        "code": code,
        "factor": factor,
        "facts": [
            Fact(_("Nama"), name),
            Fact(_("Nama pengguna"), username),
            Fact(_("Berlaku sampai"), moment(timezone.now() + LIVES)),
        ],
    }
    return page(request, "account/code_made.html", context, title=_("Kode sekali pakai"), crumbs=crumbs)
