"""Batches: the list, one with its steps and transfers, approved by another, cancelled, and its files for the bank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import paying
from jamsostek.claims.choices import BatchState, Sent
from jamsostek.claims.models import Batch
from jamsostek.claims.queries import payouts
from jamsostek.claims.queries.payouts import Sending
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.messages.payout.reasons import reason
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import (
    PAYERS,
    READERS,
    FilterForm,
    ReasonForm,
    above,
    choices,
    claim_link,
    may_approve,
    may_pay,
    name_of,
    screen,
    tabs,
)
from jamsostek.portal.payouts.owed import FUND_CHOICES
from jamsostek.portal.screens import (
    Column,
    Empty,
    Event,
    Fact,
    Link,
    Tab,
    done,
    export,
    paged,
    part,
    table,
    wants_part,
    with_query,
)
from jamsostek.portal.screens.export import CSV
from jamsostek.portal.screens.words import date, moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.downloads import sent

FILED = (BatchState.EXPORTED, BatchState.ANSWERED)
EXPORTED = 20_000


class BatchesForm(FilterForm):
    """What is shown."""

    keadaan = forms.ChoiceField(
        label=N_("Keadaan"), choices=choices({state: told[0] for state, told in words.BATCHES.items()}), required=False
    )
    dana = forms.ChoiceField(label=N_("Dana"), choices=choices(FUND_CHOICES), required=False)

    def rows(self) -> Any:
        """What is asked for."""
        told = self.asked()
        return payouts.batches(state=told["keadaan"], fund=told["dana"])


def crumbs(*more: Link) -> list[Link]:
    """The pages above one of a batch."""
    return above(Link(_("Berkas bank"), reverse("payouts:batches")), *more)


def link(row: Batch) -> Link:
    """A batch's page."""
    return Link(row.message_id, reverse("payouts:batch", args=[row.pk]))


def batches_table(caption: str, rows: Iterable[Batch]) -> Any:
    """Batches in a table."""
    shown = list(rows)
    names = payouts.names_of(who for one in shown for who in (one.prepared_by, one.approved_by))
    columns = [
        Column(_("Berkas"), link),
        Column(_("Dana"), lambda one: words.fund(one.fund)),
        Column(_("Hari bayar"), lambda one: date(one.pay_on)),
        Column(_("Transfer"), lambda one: format_number(one.count), number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Keadaan"), words.batch_tag),
        Column(_("Disiapkan"), lambda one: name_of(names, one.prepared_by)),
        Column(_("Disetujui"), lambda one: name_of(names, one.approved_by) if one.approved_by else ""),
    ]
    return table(caption, columns, shown)


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first."""
    form = BatchesForm(request.GET)
    found = paged(request, form.rows())
    narrowed = any(form.asked().values())
    context = {
        "tabs": tabs("batches"),
        "filter": form,
        "narrowed": narrowed,
        "everything": reverse("payouts:batches"),
        "table": batches_table(_("Berkas bank, yang terbaru di atas"), found.rows),
        "paged": found,
        "ways": [Link(_("Siapkan berkas untuk bank"), reverse("payouts:prepare"))] if may_pay() else [],
        "export_url": f"{reverse('payouts:batches_file')}{with_query(request, hal=None)}",
        "empty": Empty(_("Tidak ada berkas seperti itu"), _("Ubah saringannya."))
        if narrowed
        else Empty(_("Belum ada berkas"), _("Berkas disiapkan dari yang harus dibayar, lalu disetujui orang lain.")),
    }
    return screen(request, "payouts/list.html", context, title=_("Berkas bank"))


@door(*READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same as a file; it names nobody who is paid."""
    headings = [
        _("Berkas"), _("Dana"), _("Hari bayar"), _("Transfer"), _("Jumlah"), _("Keadaan"), _("Disiapkan"), _("Disetujui"),
        _("Sidik berkas (SHA-256)"), _("Alasan"),
    ]  # fmt: skip
    rows = list(BatchesForm(request.GET).rows()[:EXPORTED])
    names = payouts.names_of(who for one in rows for who in (one.prepared_by, one.approved_by))

    def line(one: Batch) -> Sequence[Any]:
        return [
            one.message_id, words.fund(one.fund), one.pay_on, one.count, one.rupiah, words.batch_tag(one).text,
            name_of(names, one.prepared_by), name_of(names, one.approved_by) if one.approved_by else "",
            words.digest(one.file_digest) if one.file_digest else "",
            one.reason,
        ]  # fmt: skip

    return export(request, _("berkas-bank"), headings, map(line, rows))


# --- one ----------------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def show(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Where it stands, what is in it, and what may be done with it."""
    return _page(request, payouts.batch(batch_id))


@door(*READERS)
@require_safe
def state(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Where it stands, for a page that looks again by itself; a change of state loads the whole page."""
    row = payouts.batch(batch_id)
    if not wants_part(request):
        return _page(request, row)
    response = part(request, "payouts/batch_state.html", _state(row))
    if request.GET.get("dari") != row.state:
        response["HX-Refresh"] = "true"
    return response


def _state(row: Batch) -> dict[str, Any]:
    return {"batch": row, "tag": words.batch_tag(row), "running": row.state == BatchState.APPROVED}


def _page(request: HttpRequest, row: Batch) -> HttpResponse:
    outcomes = payouts.outcomes(row)
    asked = request.GET.get("hasil", "")
    asked = asked if asked in {"0", *(str(int(one)) for one in Sent)} else ""
    found = paged(request, payouts.transfers(row, asked))
    names = payouts.names_of([row.prepared_by, row.approved_by])
    context: dict[str, Any] = {
        **_state(row),
        "events": _steps(row, names),
        "facts": _facts(row),
        "why_not": _why_not(row, names),
        "ways": _ways(row),
        "files": _files(row),
        "results": _results(request, row, outcomes, asked),
        "table": table(_("Transfer"), _columns(row), payouts.sendings(found.rows)),
        "paged": found,
        "export_url": f"{reverse('payouts:transfers_file', args=[row.pk])}?" if current().may(Can.EXPORT_PEOPLE) else "",
    }
    title = _("Berkas {number}").format(number=row.message_id)
    return screen(request, "payouts/batch.html", context, title=title, crumbs=crumbs(), live=row.state == BatchState.APPROVED)


def _steps(row: Batch, names: dict[int, str]) -> list[Event]:
    prepared = Event(_("Disiapkan"), f"{name_of(names, row.prepared_by)}, {moment(row.prepared_at)}")
    if row.state == BatchState.CANCELLED:
        return [prepared, Event(_("Dibatalkan"), "", row.reason)]
    approved = f"{name_of(names, row.approved_by)}, {moment(row.approved_at)}" if row.approved_at else ""
    steps = [
        (_("Disetujui orang lain"), approved, bool(approved), _("Yang menyiapkan tidak menyetujui.")),
        (
            _("Berkas dibuat"), moment(row.exported_at) if row.exported_at else "", row.exported_at is not None,
            _("Dibuat sendiri sesudah disetujui; lalu diunduh dan dikirim ke bank."),
        ),
        (
            _("Dijawab bank"), "", row.state == BatchState.ANSWERED,
            _("Kirim jawaban bank di sini; baru sesudah itu sesuatu disebut sudah dibayar."),
        ),
    ]  # fmt: skip
    done_steps = sum(told[2] for told in steps)
    return [prepared] + [
        Event(title, when) if at < done_steps else Event(title, "", text, "now" if at == done_steps else "next")
        for at, (title, when, _done, text) in enumerate(steps)
    ]


def _facts(row: Batch) -> list[Fact]:
    found = [
        Fact(_("Dana"), words.fund(row.fund)),
        Fact(_("Banyak transfer"), format_number(row.count)),
        Fact(_("Jumlah seluruhnya"), format_rupiah(row.rupiah)),
        Fact(_("Hari bayar"), date(row.pay_on)),
        Fact(_("Dari rekening"), f"{row.debtor_name}, {row.debtor_bank} {words.reference(row.debtor_account)}"),
    ]
    if row.roll_id is not None:
        roll = payouts.roll(row.roll_id)
        found.append(Fact(_("Daftar bulanan"), Link(words.roll_title(roll), reverse("payouts:roll", args=[roll.pk]))))
    if row.file_digest:
        found.append(Fact(_("Sidik berkas (SHA-256)"), words.digest(row.file_digest)))
    return found


def _why_not(row: Batch, names: dict[int, str]) -> str:
    """Why this reader does not approve; nothing where they do or nobody has to."""
    if row.state != BatchState.PREPARED:
        return ""
    if not may_approve():
        return _("Menunggu penyetuju: Anda hanya dapat melihatnya.")
    if row.prepared_by == current().user_id:
        return _("Anda yang menyiapkan berkas ini, jadi orang lain yang menyetujuinya. Minta rekan Anda di bagian pembayaran.")
    return ""


def _ways(row: Batch) -> list[Link]:
    found = []
    if row.state == BatchState.PREPARED and may_approve() and row.prepared_by != current().user_id:
        found.append(Link(_("Periksa dan setujui"), reverse("payouts:approve", args=[row.pk])))
    if row.state in FILED and may_pay():
        found.append(Link(_("Kirim jawaban bank"), reverse("payouts:answers")))
    if row.state in (BatchState.PREPARED, BatchState.APPROVED) and may_pay():
        found.append(Link(_("Batalkan"), reverse("payouts:cancel", args=[row.pk])))
    return found


def _files(row: Batch) -> list[Link]:
    if row.state not in FILED or not may_pay():
        return []
    return [
        Link(_("Unduh pain.001 (XML)"), reverse("payouts:xml", args=[row.pk])),
        Link(_("Unduh CSV bank"), reverse("payouts:csv", args=[row.pk])),
    ]


def _results(request: HttpRequest, row: Batch, outcomes: payouts.Outcomes, asked: str) -> list[Tab]:
    """What became of the transfers, each a view of the list; only where there is more than one kind."""
    if len(outcomes.by) < 2:
        return []
    found = [
        Tab(_("Semua ({count})").format(count=format_number(row.count)), with_query(request, hasil=None, hal=None), not asked)
    ]
    for outcome, (text, _tone) in words.OUTCOMES.items():
        told, name = outcomes.of(outcome), str(int(outcome or 0))
        if told.count:
            shown = f"{_(text)} ({format_number(told.count)})"
            found.append(Tab(shown, with_query(request, hasil=name, hal=None), asked == name))
    return found


def _columns(row: Batch) -> list[Column]:
    def told(one: Sending) -> str:
        code = one.transfer.reason_code
        return f"{reason(code).message} {code}" if code else ""

    columns = [
        Column(_("Nomor acuan"), lambda one: one.name),
        Column(_("Klaim"), lambda one: claim_link(one.claim, whole=False)),
        Column(_("Untuk"), lambda one: f"{one.title}, {month_words(one.transfer.month)}"),
        Column(_("Pemilik rekening"), lambda one: one.transfer.account_name),
        Column(_("Rekening"), lambda one: f"{one.transfer.account_bank} {one.account}"),
        Column(_("Jumlah"), lambda one: format_rupiah(one.transfer.rupiah), number=True),
    ]
    if row.state in FILED:
        columns += [
            Column(_("Hasil"), lambda one: words.outcome_tag(one.transfer.outcome)),
            Column(_("Masuk pada"), lambda one: date(one.transfer.settled_on) if one.transfer.settled_on else ""),
            Column(_("Alasan bank"), told),
        ]
    return columns


# --- what may be done -----------------------------------------------------------------------------------------------------


@door(*PAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Another person lets it go to the bank."""
    row = payouts.batch(batch_id)
    here = reverse("payouts:batch", args=[row.pk])
    form = forms.Form(request.POST if request.method == "POST" else None)
    why_not = _why_not(row, {}) or ("" if row.state == BatchState.PREPARED else _("Berkas ini tidak lagi menunggu persetujuan."))
    problem = ""
    if request.method == "POST" and not why_not:
        try:
            paying.approve(batch_id=row.pk, now=timezone.now())
        except Refused:
            raise
        except InputError as error:
            problem = str(error)
        else:
            return done(request, here, _("Disetujui. Berkasnya sedang dibuat."))
    fund = payouts.fund(row.fund)
    facts = _facts(row)
    if fund.cash_rupiah is not None:
        facts.append(Fact(_("Kas di buku"), format_rupiah(fund.cash_rupiah)))
    beyond = fund.free_rupiah is not None and fund.free_rupiah < 0
    context = {
        "form": None if why_not else form,
        "why_not": why_not,
        "notice": problem or (_("Kas dana ini tidak cukup untuk semua berkas yang sedang berjalan.") if beyond else ""),
        "facts": facts,
        "about": ""
        if why_not
        else _("Sesudah disetujui berkasnya dibuat dan dapat dikirim ke bank. Ini tidak dapat ditarik kembali."),
        "yes": _("Setujui"),
        "back": here,
    }
    title = _("Setujui berkas {number}?").format(number=row.message_id)
    return screen(request, "payouts/form.html", context, title=title, crumbs=crumbs(link(row)), status=409 if problem else 200)


@door(*PAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Takes it apart before it goes to the bank."""
    current().need(Can.PAY_CLAIMS)
    row = payouts.batch(batch_id)
    here = reverse("payouts:batch", args=[row.pk])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            paying.cancel(batch_id=row.pk, reason=form.cleaned_data["reason"])
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, here, _("Berkas dibatalkan; isinya kembali ke daftar yang harus dibayar."))
    open_still = row.state in (BatchState.PREPARED, BatchState.APPROVED)
    context = {
        "form": form if open_still or form.is_bound else None,
        "why_not": "" if open_still else _("Berkas yang sudah dibuat tidak dapat dibatalkan: mungkin sudah ada di bank."),
        "facts": _facts(row),
        "yes": _("Batalkan berkas"),
        "danger": True,
        "back": here,
    }
    title = _("Batalkan berkas {number}?").format(number=row.message_id)
    return screen(request, "payouts/form.html", context, title=title, crumbs=crumbs(link(row)))


# --- files ----------------------------------------------------------------------------------------------------------------


@door(*PAYERS)
@require_safe
def xml(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The order as ISO 20022 pain.001; who took it is remembered."""
    try:
        content, name = paying.file_of(batch_id=batch_id)
    except Refused:
        raise
    except InputError as error:
        return done(request, reverse("payouts:batch", args=[batch_id]), str(error))
    return sent(content, name, "application/xml")


@door(*PAYERS)
@require_safe
def csv(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The order for a bank that takes no XML; who took it is remembered."""
    try:
        content, name = payouts.csv_of(batch_id)
    except Refused:
        raise
    except InputError as error:
        return done(request, reverse("payouts:batch", args=[batch_id]), str(error))
    return sent(content, name, CSV)


@door(*PAYERS)
@require_safe
def transfers_file(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The transfers as the page shows them: accounts are starred."""
    current().need(Can.EXPORT_PEOPLE)
    row = payouts.batch(batch_id)
    headings = [
        _("Nomor acuan"), _("Nomor klaim"), _("Untuk"), _("Bulan"), _("Pemilik rekening"), _("Bank"), _("Rekening"), _("Jumlah"),
        _("Hasil"), _("Masuk pada"), _("Kembali"), _("Kode alasan"), _("Referensi bank"),
    ]  # fmt: skip

    def line(one: Sending) -> Sequence[Any]:
        told = one.transfer
        return [
            one.name, format_public("claim", one.claim.number) if one.claim else "", one.title, month_words(told.month),
            told.account_name, told.account_bank, one.account, told.rupiah, words.outcome_tag(told.outcome).text, told.settled_on,
            told.returned_on, told.reason_code, words.reference(told.bank_reference),
        ]  # fmt: skip

    found = payouts.sendings(payouts.transfers(row)[: paying.MOST], "unduh pembayaran manfaat")
    return export(request, f"{_('transfer')}-{row.message_id}", headings, map(line, found))
