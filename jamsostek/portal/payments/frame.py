"""Who deals with money at an office, what stands above its pages, and a page with a question to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.collection.queries import payments
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.officer.frame import DECIDERS, HEAD_OFFICE, OFFICERS, home
from jamsostek.portal.screens import Link, Tab, page
from jamsostek.portal.screens.words import moment

__all__ = ["DECIDERS", "HEAD_OFFICE", "OFFICERS", "PAYERS", "above", "name_of", "screen", "tabs"]

PAYERS = (
    Role.WORKER, Role.HEIR, Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER, Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER,
)  # fmt: skip


def above(*more: Link) -> list[Link]:
    """The pages between the office's first one and this."""
    return [Link(_("Uang masuk"), reverse("payments:home")), *more]


def tabs(request: HttpRequest, here: str) -> list[Tab]:
    """The lists, with how much waits on each; money that is nobody's, and whole statements, are the head office's."""
    work = payments.work()
    lists = [
        ("home", _("Semua"), 0), ("unknown", _("Belum dikenal"), work.unknown), ("overpaid", _("Lebih bayar"), work.overpaid),
        ("matches", _("Usulan"), work.matches), ("refunds", _("Pengembalian"), work.refunds),
        ("receipts", _("Catatan tangan"), work.receipts), ("statements", _("Rekening koran"), work.statements),
    ]  # fmt: skip
    if not request.scope.everyone:  # type: ignore[attr-defined]
        lists = [one for one in lists if one[0] not in ("unknown", "matches", "statements")]
    return [
        Tab(f"{text} ({format_number(count)})" if count else text, reverse(f"payments:{name}"), name == here)
        for name, text, count in lists
    ]


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, crumbs: list[Link], live: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page of an office."""
    return page(request, template, context, title=title, crumbs=[home(), *crumbs], live=live, status=status)


def name_of(user_id: int | None) -> str:
    """Who it was; the installation itself where nobody was signed in."""
    found = User.objects.filter(pk=user_id or 0).first()
    return str(found.name) if found else _("Sistem")


def by(user_id: int | None, at: Any) -> str:
    """`Ibu Petugas, 5 Maret 2026 14.30 WIB`."""
    return f"{name_of(user_id)}, {moment(at)}"
