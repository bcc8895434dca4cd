"""What signing in leaves in the trail. Thin: each receiver writes one entry, naming the account and never what was typed.

Some signals arrive after the request's transaction, so an entry opens its own scope: the visitor, or whoever acts.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from jamsostek.access import audit
from jamsostek.access.models import User
from jamsostek.access.scope import acting, nobody
from jamsostek.access.sessions import SECOND_FACTOR
from jamsostek.access.usernames import tidy


def _note(action: str, user: Any, request: HttpRequest | None, *fields: str) -> None:
    with acting(nobody(getattr(request, "id", ""))):
        audit.record(action, "user", getattr(user, "pk", None), fields=fields)


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **_given: Any) -> None:
    """A sign-in that went all the way."""
    _note("account.signed_in", user, request)


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **_given: Any) -> None:
    """A sign-out, by the person or by idling."""
    if user is not None:
        _note("account.signed_out", user, request)


@receiver(user_login_failed)
def refused(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_given: Any) -> None:
    """A password that was wrong. Of a username that is nobody's, nothing but that is kept."""
    typed = tidy(str(credentials.get("username") or ""))
    _note("account.password_refused", User.objects.filter(username=typed).first(), request)


@receiver(user_locked_out)
def locked(sender: Any, request: HttpRequest, **_given: Any) -> None:
    """A sign-in refused for too many failures."""
    typed = tidy(str(request.POST.get("login", "")))
    _note("account.locked", User.objects.filter(username=typed).first(), request)


@receiver(mfa.authentication_failed)
def factor_refused(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_given: Any) -> None:
    """A second factor that was wrong."""
    _note("account.factor_refused", user, request, str(authenticator.type))


@receiver(mfa.authenticator_added)
def factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_given: Any) -> None:
    """A second factor was set up."""
    _note("account.factor_added", user, request, str(authenticator.type))


@receiver(mfa.authenticator_removed)
def factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_given: Any) -> None:
    """A second factor was taken away; the door asks again whether there is one."""
    request.session.pop(SECOND_FACTOR, None)
    _note("account.factor_removed", user, request, str(authenticator.type))


@receiver(mfa.authenticator_reset)
def factor_renewed(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_given: Any) -> None:
    """New recovery codes."""
    _note("account.factor_renewed", user, request, str(authenticator.type))
