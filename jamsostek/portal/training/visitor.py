"""Invitations without an account: by the claim's number and the participant's birth date, or by the claim's code.

Nothing else of a claim is shown here, people by their initials; a browser that told both is believed for an hour.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.scope import acting, nobody
from jamsostek.claims.models import Claim
from jamsostek.core.text import _
from jamsostek.portal.filing.holder import of_claim
from jamsostek.portal.filing.track import TrackForm, asked_for
from jamsostek.portal.register.views import private
from jamsostek.portal.screens import Link, page, url_of
from jamsostek.portal.training import own
from jamsostek.portal.training.own import Ways

View = Callable[..., HttpResponseBase]
KEPT, SALT, SECONDS = "training", "training", 3600
VISITOR = Ways("invitations:mine")


@door(PUBLIC)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@private
def start(request: HttpRequest) -> HttpResponse:
    """The question; wrong ones are counted as where a claim is tracked."""
    form = TrackForm(request.POST if request.method == "POST" else None, initial={"number": request.GET.get("nomor", "")[:20]})
    if form.is_bound and form.is_valid():
        found = asked_for(request, form)
        if isinstance(found, HttpResponse):
            return found
        if found is not None:
            return _kept(request, found.claim)
    return page(request, "training/start.html", {"form": form}, title=_("Pelatihan sesudah klaim"), crumbs=_above()[:1])


@of_claim(sent=True)
@require_safe
def by_code(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    """From the pages of a claim that this browser holds."""
    return _kept(request, claim)


def _kept(request: HttpRequest, claim: Claim) -> HttpResponseRedirect:
    request.session[KEPT] = signing.dumps(claim.pk, salt=SALT)
    return HttpResponseRedirect(VISITOR.url(""))


def of_visitor(view: View) -> View:
    """A page for whoever told number and birth date here within the hour; given the claim, in sight of it alone."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            claim_id = signing.loads(request.session.get(KEPT, ""), salt=SALT, max_age=SECONDS)
        except signing.BadSignature:
            return HttpResponseRedirect(reverse("invitations:start"))
        with acting(nobody(getattr(request, "id", ""), claims=frozenset({int(claim_id)}))):
            return view(request, Claim.objects.get(pk=claim_id), *args, **kwargs)

    return door(PUBLIC)(private(shown))  # type: ignore[arg-type]


@of_visitor
@require_safe
def mine(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    """Invitations of the claim's people, and what is open to them."""
    context = own.context_of([claim], VISITOR, named=False)
    return page(request, "training/mine.html", context, title=_("Pelatihan sesudah klaim"), crumbs=_above()[:1])


@of_visitor
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, claim: Claim, trainee_id: int) -> HttpResponseBase:
    """Yes."""
    return own.say_yes(request, [claim], trainee_id, VISITOR, _above())


@of_visitor
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, claim: Claim, trainee_id: int) -> HttpResponseBase:
    """No."""
    return own.say_no(request, [claim], trainee_id, VISITOR, _above())


@of_visitor
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, claim: Claim, number: int) -> HttpResponseBase:
    """Uninvited."""
    return own.take_part(request, [claim], number, VISITOR, _above(), named=False)


def _above() -> list[Link]:
    return [Link(_("Beranda"), url_of("public:home")), Link(_("Pelatihan sesudah klaim"), VISITOR.url(""))]
