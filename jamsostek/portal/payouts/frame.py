"""Who deals with money out, what stands above its pages, and a filter asked in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from jamsostek.access.roles import ROLES, Can, Role
from jamsostek.access.scope import current
from jamsostek.claims.choices import KINDS, Kind
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import payouts
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.frame import OFFICERS
from jamsostek.portal.officer.frame import home as office
from jamsostek.portal.screens import Form, Link, Tab, page

PAYERS = tuple(role for role, facts in ROLES.items() if facts.can & {Can.PAY_CLAIMS, Can.APPROVE_PAYOUT})
"""Who prepares and approves."""
READERS = (*PAYERS, Role.AUDITOR)
"""Who may look; an auditor does nothing."""
ASSESSORS = OFFICERS
RIGHT_READERS = (*OFFICERS, Role.AUDITOR)
OFFICE, PLAIN = "officer/base.html", "agent/base.html"
ALL = ("", N_("Semua"))


def base() -> str:
    """What pages are drawn on: an office's have its search."""
    return OFFICE if current().roles & set(OFFICERS) else PLAIN


def first() -> list[Link]:
    """The first page of whoever looks."""
    return [office()] if current().roles & set(OFFICERS) else [Link(_("Pemantauan"), reverse("oversight:home"))]


def above(*more: Link) -> list[Link]:
    """The pages between the first one and one of money out."""
    return [*first(), Link(_("Uang keluar"), reverse("payouts:home")), *more]


def above_right(*more: Link) -> list[Link]:
    """The pages between the first one and one of rights."""
    return [*first(), Link(_("Hak yang dibayar terus"), reverse("rights:home")), *more]


def tabs(here: str) -> list[Tab]:
    """The parts of money out."""
    parts = [
        ("home", _("Ringkasan")), ("owed", _("Yang harus dibayar")), ("failed", _("Gagal")), ("batches", _("Berkas bank")),
        ("answers", _("Jawaban bank")), ("rolls", _("Daftar bulanan")), ("growths", _("Kenaikan pensiun")),
        ("taxes", _("Pajak JHT")), ("debtors", _("Rekening dana")),
    ]  # fmt: skip
    return [Tab(text, reverse(f"payouts:{name}"), name == here) for name, text in parts]


def right_tabs(here: str) -> list[Tab]:
    """The parts of rights."""
    parts = [("home", _("Semua hak")), ("proofs", _("Bukti menunggu")), ("overpaid", _("Kelebihan bayar"))]
    return [Tab(text, reverse(f"rights:{name}"), name == here) for name, text in parts]


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, crumbs: Sequence[Link] | None = None,
    live: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page of the head office, or of an auditor."""
    whole = {"base": base(), **context}
    return page(request, template, whole, title=title, crumbs=above() if crumbs is None else crumbs, live=live, status=status)


def may_pay() -> bool:
    """Whether the reader prepares."""
    return current().may(Can.PAY_CLAIMS)


def may_approve() -> bool:
    """Whether the reader approves what another prepared."""
    return current().may(Can.APPROVE_PAYOUT)


def claim_link(claim: Claim | None, *, whole: bool = True) -> Link | str:
    """A claim's page, named by its number, in one piece; `whole` says before it what it is about."""
    if claim is None:
        return ""
    text = format_public("claim", claim.number).replace(" ", "\u00a0")
    if whole:
        text = f"{_(KINDS[Kind(claim.kind)].title)} {text}"
    try:
        return Link(text, reverse("claims:case", args=[claim.number]))
    except NoReverseMatch:  # an installation without the desks of claims
        return text


def name_of(names: Mapping[int, str], user_id: int | None) -> str:
    """Who it was; the installation itself where nobody was signed in."""
    return names.get(user_id or 0) or _("Sistem")


def who(user_id: int | None) -> str:
    """The same for one."""
    return name_of(payouts.names_of([user_id]), user_id)


class FilterForm(Form):
    """What of a list is shown; asked in the address, nonsense asks for nothing."""

    def asked(self) -> dict[str, Any]:
        """The answers that hold; empty texts for the rest."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def choices(told: Mapping[Any, str]) -> list[tuple[str, str]]:
    """All, and each."""
    return [ALL, *((str(value), text) for value, text in told.items())]


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)
