"""Who holds a claim: somebody signed in who filed it or whom it is about, or whoever typed its code into this browser.

A code is typed once; the session then keeps, signed, which claim it opened and the seal of the code as it was. A page of a
claim that somebody does not hold answers the same as one that is not there: it asks for the code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.scope import acting, nobody
from jamsostek.access.vault import Unreadable, house_key
from jamsostek.claims.choices import State
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import filing
from jamsostek.portal.register.views import private

View = Callable[..., HttpResponseBase]
HELD, CODES = "claims", "claim_codes"
"""Where the session keeps what was opened by codes, and codes that were not written down yet, sealed."""
SALT = "filing"


def open_with_code(request: HttpRequest, claim: Claim, code: str = "") -> None:
    """This browser holds a claim from now on; a `code` that is new is kept till its holder says it is written down."""
    request.session[HELD] = {
        **request.session.get(HELD, {}), claim.number: signing.dumps([claim.pk, filing.seal_of(claim)], salt=SALT)
    }  # fmt: skip
    if code:
        sealed = house_key(SALT).seal(f"code:{claim.number}", code).hex()
        request.session[CODES] = {**request.session.get(CODES, {}), claim.number: sealed}


def new_code(request: HttpRequest, claim: Claim) -> str:
    """The code of a claim begun here that was not written down yet; empty where there is none."""
    sealed = request.session.get(CODES, {}).get(claim.number)
    if not sealed:
        return ""
    try:
        return house_key(SALT).open(f"code:{claim.number}", bytes.fromhex(sealed))
    except (Unreadable, ValueError):
        return ""


def forget_code(request: HttpRequest, claim: Claim) -> None:
    """It is written down."""
    request.session[CODES] = {number: kept for number, kept in request.session.get(CODES, {}).items() if number != claim.number}


def let_go(request: HttpRequest, claim: Claim) -> None:
    """This browser holds the claim no longer."""
    forget_code(request, claim)
    request.session[HELD] = {number: kept for number, kept in request.session.get(HELD, {}).items() if number != claim.number}


def opened_here(request: HttpRequest) -> list[str]:
    """Numbers of the claims that this browser opened by a code."""
    return list(request.session.get(HELD, {}))


@contextmanager
def held(request: HttpRequest, number: str) -> Iterator[Claim | None]:
    """The claim under a number in the scope of whoever holds it; None for everybody else. `request.by_code` says how."""
    request.by_code = False  # type: ignore[attr-defined]
    found = filing.in_sight(number)
    if found is not None and filing.holds(found):
        yield found
        return
    kept = _kept(request, number)
    if kept is None:
        yield None
        return
    with acting(nobody(getattr(request, "id", ""), claims=frozenset({kept[0]}))):
        found = filing.in_sight(number)
        still = found is not None and found.pk == kept[0] and bool(kept[1]) and filing.seal_of(found) == kept[1]
        request.by_code = still  # type: ignore[attr-defined]
        yield found if still else None


def _kept(request: HttpRequest, number: str) -> tuple[int, str] | None:
    """What the session says of a claim, where we signed it."""
    token = request.session.get(HELD, {}).get(number)
    try:
        claim_id, seal = signing.loads(token, salt=SALT) if isinstance(token, str) else (None, None)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return (claim_id, seal) if isinstance(claim_id, int) and isinstance(seal, str) else None


def of_claim(*, draft: bool = False, sent: bool = False) -> Callable[[View], View]:
    """A page of a claim for who holds it; given the claim. `draft`: only while it is filled in; `sent`: only after."""

    def mark(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with held(request, number) as claim:
                if claim is None:
                    return HttpResponseRedirect(reverse("filing:resume"))
                begun = claim.state == State.DRAFT
                if (draft and not begun) or (sent and begun):
                    return HttpResponseRedirect(url("show", claim))
                return view(request, claim, *args, **kwargs)

        return door(PUBLIC)(private(shown))  # type: ignore[arg-type]

    return mark


def url(name: str, claim: Claim, *args: Any) -> str:
    """The address of one of a claim's pages."""
    return reverse(f"filing:{name}", args=[claim.number, *args])
