"""Doors: who may open a URL. A view without one is refused, so that a forgotten rule shows at once and leaks nothing.

    @door(Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR)
    def people(request): ...

`request.scope` is the visitor's scope, already in force in the view's one transaction. Doors are coarse; what a person
may see inside is decided by row rules, and what they may do by the action (`scope.need`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from jamsostek.access.errors import Refused
from jamsostek.access.roles import FIRST_FACTOR, PUBLIC, SIGNED_IN, STAFF, Role
from jamsostek.access.scope import Scope, acting, nobody, scope_of
from jamsostek.access.sessions import SECOND_FACTOR, ended_by_idling
from jamsostek.core.months import month_of

__all__ = ["FIRST_FACTOR", "PUBLIC", "SIGNED_IN", "Door", "DoorMiddleware", "door", "door_of"]

View = Callable[..., HttpResponseBase]
Door = frozenset[str]

FOREIGN_DOORS: dict[str, Door] = {"django.contrib.staticfiles.": frozenset({PUBLIC})}
"""Views of libraries that stand in no list of ours, by the module they come from. Those of signing in get their doors where
they get their addresses (`portal.account.urls`)."""


def door(*who: str | Role) -> Callable[[View], View]:
    """Marks a view with who may open it: roles, `SIGNED_IN` or `PUBLIC`."""

    def mark(view: View) -> View:
        view.door = frozenset(str(one) for one in who)  # type: ignore[attr-defined]
        return view

    return mark


def door_of(view: View) -> Door | None:
    """The door of a view, or None where it has none."""
    mine = getattr(view, "door", None)
    if mine is not None:
        return mine  # type: ignore[no-any-return]
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return next((there for prefix, there in FOREIGN_DOORS.items() if module.startswith(prefix)), None)


class DoorMiddleware:
    """Runs every view in one transaction under the visitor's scope, after its door let them in. Stands last in the list."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.id = f"r{uuid.uuid4().hex[:15]}"  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
        """Opens the door or refuses; a view that fails leaves nothing half-done. One with `own_scope` sees to both itself."""
        mine = door_of(view)
        if mine is None:
            raise PermissionDenied("a view without a door")
        if getattr(view, "own_scope", False):
            return view(request, *args, **kwargs)
        with acting(visitor(request)) as scope:
            request.scope = scope  # type: ignore[attr-defined]
            refused = None if getattr(view, "own_sign_in", False) else _refusal(request, scope, mine)
            if refused is not None:
                return refused
            try:
                response = view(request, *args, **kwargs)
            except Refused as error:
                raise PermissionDenied(str(error)) from error
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def visitor(request: HttpRequest) -> Scope:
    """The scope of whoever sent the request; of nobody where the session stood idle for too long."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return nobody(request.id)  # type: ignore[attr-defined]
    scope = scope_of(user, month_of(timezone.localdate()), request=request.id)  # type: ignore[attr-defined]
    if ended_by_idling(request, staff=bool(scope.roles & STAFF), now=timezone.now()):
        return nobody(request.id)  # type: ignore[attr-defined]
    return scope


def _refusal(request: HttpRequest, scope: Scope, mine: Door) -> HttpResponseBase | None:
    if PUBLIC in mine:
        return None
    if scope.user_id is None:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
        return _with_next(request, settings.LOGIN_URL)
    if FIRST_FACTOR in mine:
        return None
    if scope.roles & STAFF and not has_second_factor(request):
        return _with_next(request, settings.MFA_SETUP_URL)
    if SIGNED_IN in mine or scope.roles & mine:
        return None
    raise PermissionDenied


def _with_next(request: HttpRequest, where: str) -> HttpResponseBase:
    """To another page, and from there back to the one wanted."""
    return redirect(f"{resolve_url(where)}?{urlencode({'next': request.get_full_path()})}")


def has_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor is set up; asked once a session, and again when one was taken away."""
    if request.session.get(SECOND_FACTOR):
        return True
    from allauth.mfa.models import Authenticator

    found = Authenticator.objects.filter(user_id=request.user.pk, type__in=("totp", "webauthn")).exists()
    if found:
        request.session[SECOND_FACTOR] = True
    return bool(found)
