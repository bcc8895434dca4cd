"""Months of the books: open or closed, under which digest, and closing the oldest that has ended."""

from __future__ import annotations

import base64
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import signing
from jamsostek.access.doors import door
from jamsostek.access.models import User
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger import actions, queries
from jamsostek.ledger.models import Period
from jamsostek.ledger.queries.digest import written
from jamsostek.portal.books.frame import CLOSERS, READERS, screen
from jamsostek.portal.screens import Column, Confirm, Empty, Fact, Link, Tag, done, page, paged, table, today
from jamsostek.portal.screens.words import NOTHING, moment
from jamsostek.portal.screens.words import month as month_words


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    found = paged(request, queries.periods())
    columns = [
        Column(_("Bulan"), lambda one: Link(month_words(one.month), reverse("books:month", args=[one.month]))),
        Column(_("Keadaan"), _state),
        Column(_("Ditutup"), lambda one: moment(one.closed_at) if one.closed_at else NOTHING),
        Column(_("Transfer"), lambda one: format_number(one.transfers) if one.closed_at else NOTHING, number=True),
        Column(_("Jumlah rupiah"), lambda one: format_rupiah(one.rupiah) if one.closed_at else NOTHING, number=True),
    ]
    context = {
        "table": table(_("Bulan pembukuan"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada bulan yang dibuka"), _("Bulan dibuka begitu sesuatu dibukukan di dalamnya.")),
        "closing": _next(),
    }
    return screen(request, "months.html", context, title=_("Bulan pembukuan"), here="months")


def _state(one: Period) -> Tag:
    return Tag(_("Terbuka"), "info") if one.closed_at is None else Tag(_("Ditutup"), "good")


def _next() -> Link | None:
    """The way to close the oldest open month, for who may, once it has ended."""
    still = min((one.month for one in queries.periods() if one.closed_at is None), default=None)
    if still is None or still >= month_of(today()) or not current().may(Can.CLOSE_BOOKS):
        return None
    return Link(_("Tutup {month}").format(month=month_words(still)), reverse("books:close", args=[still]))


def _period(month: int) -> Period:
    found = Period.objects.filter(pk=month).first()
    if found is None:
        raise Http404
    return found


@door(*READERS)
@require_safe
def show(request: HttpRequest, month: int) -> HttpResponse:
    """One month: what it holds, and what is needed to verify its digest elsewhere."""
    row = _period(month)
    closing = _next()
    context: dict[str, Any] = {
        "facts": _facts(row),
        "row": row,
        "closing": closing if closing and closing.url == reverse("books:close", args=[month]) else None,
    }
    above = [Link(_("Bulan pembukuan"), reverse("books:months"))]
    return screen(request, "month.html", context, title=month_words(month), above=above)


def _facts(row: Period) -> list[Fact]:
    count, rupiah = written(row.month)
    told = [
        Fact(_("Keadaan"), _state(row)),
        Fact(_("Dibuka"), moment(row.opened_at)),
        Fact(_("Transfer"), format_number(count)),
        Fact(_("Jumlah rupiah"), format_rupiah(rupiah)),
    ]
    if row.closed_at is None:
        return told
    maker = User.objects.filter(pk=row.closed_by).first() if row.closed_by else None
    return [
        *told,
        Fact(_("Ditutup"), moment(row.closed_at)),
        Fact(_("Oleh"), maker.name if maker else _("Sistem")),
        Fact(_("Sidik"), _grouped(bytes(row.digest or b"").hex())),
        Fact(_("Sidik bulan sebelumnya"), _grouped(bytes(row.previous or b"").hex())),
        Fact(_("Tanda tangan Ed25519"), _grouped(base64.b64encode(bytes(row.signature or b"")).decode())),
        Fact(_("Kunci umum"), _grouped(_public(row.key_id or ""))),
    ]


def _public(key_id: str) -> str:
    try:
        return base64.b64encode(signing.public("ledger", key_id).public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    except KeyError:
        return ""


def _grouped(text: str) -> str:
    """In groups of four, so that it wraps and no long run of digits stands on a page."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)) or NOTHING


@door(*CLOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, month: int) -> HttpResponse:
    """Asks, then closes; what the books refuse is told above the question."""
    row = _period(month)
    problem = ""
    if request.method == "POST":
        try:
            with transaction.atomic():  # what the books refuse ends no more than this
                actions.close_period(month)
        except InputError as error:
            problem = str(error)
        else:
            told = _("{month} ditutup; sidiknya ditandatangani.").format(month=month_words(month))
            return done(request, reverse("books:month", args=[month]), told)
    count, rupiah = written(row.month)
    confirm = Confirm(
        question=_("Tutup {month}?").format(month=month_words(month)),
        yes=_("Tutup bulan ini"),
        back=Link(_("Kembali"), reverse("books:month", args=[month])),
        text=_("Sesudah ditutup tidak ada yang dapat dibukukan lagi di bulan ini. Yang keliru dibalik di bulan yang terbuka."),
        facts=[Fact(_("Transfer"), format_number(count)), Fact(_("Jumlah rupiah"), format_rupiah(rupiah))],
        danger=True,
    )
    above = [Link(_("Pembukuan"), reverse("books:home")), Link(_("Bulan pembukuan"), reverse("books:months"))]
    return page(request, "books/close.html", {"confirm": confirm, "problem": problem}, title=confirm.question, crumbs=above)
