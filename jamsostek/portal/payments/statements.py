"""Bank statements: sent, looked at by another, booked; how far, and what became of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import statements as actions
from jamsostek.collection.choices import ROW_KINDS, RowKind, StatementState
from jamsostek.collection.queries import payments
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.messages.bank.problems import short
from jamsostek.messages.bank.reader import LARGEST_BYTES
from jamsostek.portal.payments import words
from jamsostek.portal.payments.frame import HEAD_OFFICE, above, by, name_of, screen, tabs
from jamsostek.portal.payments.incoming import payment_url
from jamsostek.portal.screens import (
    Column,
    Empty,
    Fact,
    Form,
    Link,
    Progress,
    Tile,
    done,
    paged,
    part,
    table,
    wants_part,
)
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date, moment

if TYPE_CHECKING:
    from jamsostek.collection.models import Statement, StatementRow

RUNNING = (StatementState.RECEIVED, StatementState.READING, StatementState.BOOKING)
PROBLEMS_SHOWN = 50


class SendForm(Form):
    """A file as the bank gives it."""

    file = forms.FileField(label=N_("Berkas rekening koran"), help_text=N_("camt.053, MT940, atau CSV; jangan diubah."))


@door(*HEAD_OFFICE)
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first, and the form to send one."""
    sent = request.method == "POST"
    form = SendForm(request.POST, request.FILES) if sent else SendForm()
    if sent and form.is_valid():
        try:
            made = actions.send(
                content=form.cleaned_data["file"].read(LARGEST_BYTES + 1), file_name=form.cleaned_data["file"].name
            )
        except actions.SentBefore as error:
            return done(request, _url(error.statement), _("Berkas ini sudah pernah dikirim; ini hasilnya."))
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, _url(made))
    found = paged(request, payments.statements())
    columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, _url(one))),
        Column(_("Rekening"), lambda one: banks.title_of(one.bank) if one.bank else ""),
        Column(_("Tanggal"), _days),
        Column(_("Jumlah baris"), lambda one: format_number(one.rows_total), number=True),
        Column(_("Uang masuk"), lambda one: format_rupiah(one.credit_rupiah), number=True),
        Column(_("Keadaan"), words.statement_tag),
    ]
    context = {
        "tabs": tabs(request, "statements"),
        "form": form,
        "table": table(_("Rekening koran, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada rekening koran"), _("Unduh dari bank setiap hari kerja, lalu kirim di sini.")),
    }
    return screen(request, "payments/statements.html", context, title=_("Rekening koran"), crumbs=above())


def _url(row: Statement) -> str:
    return reverse("payments:statement", args=[row.pk])


def _days(row: Statement) -> str:
    if row.from_date is None or row.to_date is None:
        return ""
    if row.from_date == row.to_date:
        return date(row.from_date)
    return _("{first} sampai {last}").format(first=date(row.from_date), last=date(row.to_date))


@door(*HEAD_OFFICE)
@require_safe
def show(request: HttpRequest, statement_id: int) -> HttpResponse:
    """One in its state."""
    return _page(request, payments.statement(statement_id))


@door(*HEAD_OFFICE)
@require_safe
def state(request: HttpRequest, statement_id: int) -> HttpResponse:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    row = payments.statement(statement_id)
    if not wants_part(request):
        return _page(request, row)
    response = part(request, "payments/state.html", _state(row))
    if request.GET.get("dari") != row.state:
        response["HX-Refresh"] = "true"
    return response


@door(*HEAD_OFFICE)
@require_POST
def confirm(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Yes: book it."""
    try:
        actions.confirm(statement_id=statement_id, now=timezone.now())
    except Refused:
        raise
    except InputError as error:
        return _page(request, payments.statement(statement_id), problem=str(error), status=409)
    return done(request, reverse("payments:statement", args=[statement_id]), _("Pembukuan berjalan; halaman ini boleh ditutup."))


@door(*HEAD_OFFICE)
@require_POST
def cancel(request: HttpRequest, statement_id: int) -> HttpResponse:
    """No: put it aside."""
    try:
        actions.cancel(statement_id=statement_id, now=timezone.now())
    except Refused:
        raise
    except InputError as error:
        return _page(request, payments.statement(statement_id), problem=str(error), status=409)
    return done(request, reverse("payments:statement", args=[statement_id]), _("Rekening koran dibatalkan."))


def _page(request: HttpRequest, row: Statement, *, problem: str = "", status: int = 200) -> HttpResponse:
    found = payments.problems(row)
    own = row.sent_by is not None and row.sent_by == request.scope.user_id  # type: ignore[attr-defined]
    unseen = payments.unseen(row) if row.state == StatementState.DONE else 0
    context: dict[str, Any] = {
        **_state(row),
        "problem": problem,
        "running": row.state in RUNNING,
        "own": own,
        "facts": _facts(row),
        "tiles": _tiles(row) if row.bank else [],
        "kinds": _kinds(row),
        "unseen": unseen,
        "problems": _problems(found[:PROBLEMS_SHOWN]) if found else None,
        "unread": format_rupiah(row.counts["unread_rupiah"]) if row.counts.get("unread_rupiah") else "",
    }
    crumbs = above(Link(_("Rekening koran"), reverse("payments:statements")))
    live = row.state in RUNNING
    return screen(request, "payments/statement.html", context, title=row.file_name, crumbs=crumbs, live=live, status=status)


def _state(row: Statement) -> dict[str, Any]:
    progress = None
    if row.state == StatementState.BOOKING:
        text = _("{done} dari {whole} baris sudah dibukukan.")
        shown = text.format(done=format_number(row.rows_done), whole=format_number(row.rows_total))
        progress = Progress(shown, row.rows_done, max(row.rows_total, 1))
    return {"statement": row, "tag": words.statement_tag(row), "progress": progress}


def _facts(row: Statement) -> list[Fact]:
    found = [Fact(_("Dikirim"), by(row.sent_by, row.sent_at))]
    if row.bank:
        found += [Fact(_("Rekening"), banks.title_of(row.bank)), Fact(_("Tanggal"), _days(row)), Fact(_("Bentuk"), row.format)]
    if row.opening_rupiah is not None and row.closing_rupiah is not None:
        found += [
            Fact(_("Saldo awal"), format_rupiah(row.opening_rupiah)),
            Fact(_("Saldo akhir"), format_rupiah(row.closing_rupiah)),
        ]
    if row.confirmed_at is not None:
        found.append(Fact(_("Dikonfirmasi"), f"{name_of(row.confirmed_by)}, {moment(row.confirmed_at)}"))
    if row.finished_at is not None:
        found.append(Fact(_("Selesai"), moment(row.finished_at)))
    return found


def _tiles(row: Statement) -> list[Tile]:
    counts = {name: format_number(row.counts.get(name, 0)) for name in ("credits", "debits", "known", "errors")}
    wrong = bool(row.counts.get("errors"))
    return [
        Tile(_("Uang masuk"), format_rupiah(row.credit_rupiah), _("{count} baris").format(count=counts["credits"])),
        Tile(_("Uang keluar"), format_rupiah(row.debit_rupiah), _("{count} baris").format(count=counts["debits"])),
        Tile(_("Sudah tercatat"), counts["known"], _("baris, dari pemberitahuan bank")),
        Tile(_("Tidak terbaca"), counts["errors"], _("baris"), tone="bad" if wrong else "good"),
    ]


def _kinds(row: Statement) -> Table | None:
    found = sorted(row.counts.get("kinds", {}).items())
    columns = [
        Column(
            _("Yang terjadi"), lambda one: Link(_(ROW_KINDS[RowKind(one[0])]), reverse("payments:rows", args=[row.pk, one[0]]))
        ),
        Column(_("Jumlah baris"), lambda one: format_number(one[1]), number=True),
    ]
    return table(_("Baris selain pembayaran baru"), columns, found) if found else None


def _problems(found: Any) -> Table:
    columns = [
        Column(_("Baris"), lambda one: format_number(one.row) if one.row else "–"),
        Column(_("Yang ditemukan"), lambda one: one.message),
        Column(_("Tertulis"), lambda one: one.value),
        Column(_("Seharusnya"), lambda one: one.expected),
        Column(_("Cara memperbaiki"), lambda one: one.remedy),
    ]
    return table(_("Baris yang tidak terbaca"), columns, found)


@door(*HEAD_OFFICE)
@require_safe
def rows(request: HttpRequest, statement_id: int, kind: str) -> HttpResponse:
    """Rows of one kind."""
    row = payments.statement(statement_id)
    if kind not in {str(one) for one in RowKind}:
        raise Http404(kind)
    found = paged(request, payments.rows_of(row, RowKind(kind)))
    columns = [
        Column(_("Baris"), lambda one: format_number(one.row)),
        Column(_("Hari"), lambda one: date(one.booked_on)),
        Column(_("Referensi bank"), lambda one: words.reference(one.reference)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.amount_rupiah), number=True),
        Column(_("Tertulis"), lambda one: short(payments.text_of(one))),
        Column(_("Pembayaran"), _payment),
    ]
    title = _(ROW_KINDS[RowKind(kind)])
    context = {
        "table": table(title, columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada baris seperti ini")),
    }
    crumbs = above(Link(_("Rekening koran"), reverse("payments:statements")), Link(row.file_name, _url(row)))
    return screen(request, "officer/list.html", context, title=title, crumbs=crumbs)


def _payment(row: StatementRow) -> Link | str:
    if row.refund_id is not None:
        return Link(_("Pengembalian"), reverse("payments:refund", args=[row.refund_id]))
    name = payments.name_of(row.payment_id) if row.payment_id else ""
    return Link(name, payment_url(name)) if name else ""
