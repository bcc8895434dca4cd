"""Who opens a bill, in whose name, and the page of theirs that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Kind, Role
from jamsostek.access.scope import Held, acting, current
from jamsostek.collection import codes
from jamsostek.collection.models import Bill
from jamsostek.collection.queries import bills
from jamsostek.collection.queries.bills import Payer
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.portal.screens import Link
from jamsostek.registry.queries.merged import one_person

OFFICES = (Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)
READERS = (
    Role.WORKER, Role.HEIR, Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER, Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER,
    Role.VILLAGE_OPERATOR, Role.AGENT, *OFFICES, Role.AUDITOR,
)  # fmt: skip
FINDERS = (Role.AGENT, *OFFICES, Role.AUDITOR)
"""Those to whom somebody comes with a payment code; payers have the list of their own bills."""
TAKERS = (
    Role.WORKER, Role.HEIR, Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER, Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER, *OFFICES,
)  # fmt: skip
"""Who may take a bill's lines away: with the right to take lists of people, or their own."""
PAYMENT_READERS = (
    Role.WORKER, Role.HEIR, Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER, Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER, *OFFICES,
    Role.AUDITOR,
)  # fmt: skip
"""Who sees the payments of a bill; a village and an agent see on the bill itself how far it is paid."""
BOOKS = (Role.HEAD_OFFICE, Role.AUDITOR)
BASE = "agent/base.html"
"""What forms are drawn on: nothing but the page."""
View = Callable[..., HttpResponseBase]


def of_bill(*roles: Role) -> Callable[[View], View]:
    """A page about one bill; its view is given the bill. A person sees the bills of all their merged numbers."""

    def mark(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            scope = current()
            mine = [one for one in scope.held if one.kind == Kind.SELF]
            numbers = [Held(one.role, Kind.SELF, number) for one in mine for number in one_person(one.target)]
            with acting(replace(scope, held=(*scope.held, *numbers))):
                try:
                    bill = bills.by_code(code)
                except Refused:
                    raise
                except InputError as error:
                    raise Http404(str(error)) from error
                return view(request, bill, *args, **kwargs)

        return door(*roles)(shown)

    return mark


def url(bill: Bill, page: str = "bill", *more: object) -> str:
    """One of a bill's pages."""
    return reverse(f"bills:{page}", args=[codes.code_of(bill.number), *more])


def payer_link(bill: Bill, payer: Payer) -> Link | None:
    """The page of the payer that this reader has; None where they have none."""
    scope = current()
    at_office = bool(scope.roles & frozenset(OFFICES))
    if bill.participant_id is not None and bill.participant_id in scope.selves:
        return Link(_("Kepesertaan saya"), reverse("worker:home"))
    if not payer.number:
        return None
    if bill.participant_id is not None:
        name = "officer:person" if at_office else "agent:person" if Role.AGENT in scope.roles else ""
    elif bill.employer_id is not None:
        name = "employer:company" if bill.employer_id in scope.targets(Kind.EMPLOYER) else "officer:employer" if at_office else ""
    elif payer.village in scope.targets(Kind.VILLAGE):
        return Link(payer.name, reverse("village:village", args=[payer.village]))
    else:
        name = "sponsor:sponsor" if bill.sponsor_id in scope.targets(Kind.SPONSOR) else "officer:sponsor" if at_office else ""
    return Link(payer.name, reverse(name, args=[payer.number])) if name else None


def crumbs(bill: Bill, payer: Payer, *more: Link) -> list[Link]:
    """The pages above one of a bill's: the payer's, and the list of their bills, which lies right below it."""
    own = payer_link(bill, payer)
    if own is not None:
        return [own, Link(_("Daftar tagihan"), f"{own.url}tagihan/"), *more]
    finds = current().roles & frozenset(FINDERS)
    return [*([Link(_("Cari tagihan"), reverse("bills:find"))] if finds else []), *more]
