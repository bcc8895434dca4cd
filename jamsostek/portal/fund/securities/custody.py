"""Statements of custodians: sent, compared with our books; differences explained by one and confirmed by another."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.fund.actions.custody import answer_explanation, explain_difference, record_custody
from jamsostek.fund.actions.price_files import LARGEST_BYTES
from jamsostek.fund.models import Custody, Explanation
from jamsostek.fund.queries import custody as queries
from jamsostek.fund.queries.custody import Matched, Reconciliation
from jamsostek.ledger.chart import FUND_TITLES
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.securities.registering import takes_examples
from jamsostek.portal.fund.securities.words import (
    KEEPERS,
    by,
    decimal_words,
    example,
    home,
    keeps,
    problem_rows,
    problems_table,
    rupiah_or_nothing,
)
from jamsostek.portal.screens import (
    Column,
    DateField,
    DecideForm,
    Empty,
    Fact,
    Form,
    Link,
    Tag,
    Tile,
    done,
    export,
    paged,
    table,
    today,
)
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date

STATES = {
    "agree": N_("Sama di keduanya"), "differ": N_("Berbeda"), "missing_here": N_("Tidak ada di pembukuan"),
    "missing_there": N_("Tidak ada di kustodian"),
}  # fmt: skip
STANDINGS = {
    "agree": (N_("Sama di keduanya"), "good"), "open": (N_("Terbuka"), "bad"),
    "waiting": (N_("Dijelaskan, menunggu pengesahan"), "warn"),
    "explained": (N_("Dijelaskan dan disahkan"), "good"),
}  # fmt: skip


class SendForm(Form):
    """A statement: whose, of which fund and day."""

    fund = forms.ChoiceField(label=N_("Dana"), choices=[("", N_("Pilih")), *((one, FUND_TITLES[one]) for one in FUNDS)])
    custodian = forms.CharField(label=N_("Bank kustodian"), max_length=200)
    stated_on = DateField(label=N_("Posisi akhir hari"))
    file = forms.FileField(
        label=N_("Laporan posisi"),
        help_text=N_("CSV atau Excel dengan kolom Kode atau ISIN, Jumlah unit atau Nominal; seluruh efek dana itu."),
    )


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Statements, the newest day first; who keeps them sends another."""
    sent = request.method == "POST"
    form = SendForm(request.POST, request.FILES) if sent else SendForm()
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            made = record_custody(
                content=given["file"].read(LARGEST_BYTES + 1), file_name=given["file"].name, fund=given["fund"],
                custodian=given["custodian"], stated_on=given["stated_on"], today=today(), invented=takes_examples(),
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            error.field = error.field or "file"
            form.refuse(error)
        else:
            return done(request, _url(made))
    found = paged(request, queries.statements())
    columns = [
        Column(_("Posisi akhir hari"), lambda one: Link(date(one.stated_on), _url(one))),
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Bank kustodian"), lambda one: one.custodian),
        Column(_("Dicatat"), lambda one: by(one.recorded_by, one.recorded_at)),
        Column(_("Keadaan"), _state),
    ]
    context = {
        "form": form if keeps() else None,
        "table": table(_("Laporan kustodian, hari terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada laporan kustodian"), _("Kirim laporan posisi setiap akhir bulan.")),
        "yes": _("Kirim dan cocokkan"),
        "about": _(
            "Yang disimpan kustodian dicocokkan dengan pembukuan; setiap selisih dijelaskan seorang dan disahkan orang lain."
        ),
    }
    return screen(request, "securities/files.html", context, title=_("Kustodian"), here="securities:custody")


def _url(one: Custody) -> str:
    return reverse("securities:statement", args=[one.pk])


def _state(one: Custody) -> Tag:
    if not queries.is_newest(one):
        return Tag(_("Diganti laporan lain"), "plain")
    still = len(queries.reconciliation(one).open)
    return Tag(_("{count} selisih terbuka").format(count=format_number(still)), "bad") if still else Tag(_("Beres"), "good")


def _statement(custody_id: int) -> Custody:
    try:
        return queries.statement(custody_id)
    except Refused as error:
        raise Http404 from error


@door(*READERS)
@require_safe
def show(request: HttpRequest, custody_id: int) -> HttpResponse:
    """Line by line, differences first."""
    one = _statement(custody_id)
    told = queries.reconciliation(one)
    wrong = queries.problems_of(one, today=today())
    judged = [line for line in told.lines if line.state != "agree"]
    agreed = [line for line in told.lines if line.state == "agree"]
    context: dict[str, Any] = {
        "tag": _state(one),
        "example": example(one.invented),
        "tiles": _tiles(told),
        "differences": _lines(_("Yang berbeda"), one, judged) if judged else None,
        "agreed": _lines(_("Yang cocok"), one, agreed) if agreed else None,
        "explanations": _explanations(one),
        "problems": problems_table(wrong) if wrong else None,
        "mend_url": f"{reverse('securities:statement_problems', args=[one.pk])}?" if wrong and keeps() else "",
        "export_url": f"{reverse('securities:statement_file', args=[one.pk])}?",
        "facts": [
            Fact(_("Dana"), fund_title(one.fund)),
            Fact(_("Bank kustodian"), one.custodian),
            Fact(_("Berkas"), one.file_name),
            Fact(_("Dicatat"), by(one.recorded_by, one.recorded_at)),
            Fact(_("Sidik berkas"), " ".join(one.file_digest[at : at + 4] for at in range(0, 64, 4))),
        ],
    }
    title = _("{fund}, {day}").format(fund=fund_title(one.fund), day=date(one.stated_on))
    return screen(request, "securities/statement.html", context, title=title, above=[home(), _list()])


def _list() -> Link:
    return Link(_("Kustodian"), reverse("securities:custody"))


def _tiles(told: Reconciliation) -> list[Tile]:
    tiles = []
    for state, title in STATES.items():
        count = sum(1 for line in told.lines if line.state == state)
        tiles.append(Tile(_(title), format_number(count), _("efek"), tone="good" if state == "agree" or not count else "warn"))
    still = len(told.open)
    return [*tiles, Tile(_("Masih terbuka"), format_number(still), _("selisih"), tone="bad" if still else "good")]


def _standing(line: Matched) -> Tag:
    words, tone = STANDINGS[line.standing]
    return Tag(_(words), tone)  # type: ignore[arg-type]


def _lines(title: str, one: Custody, lines: list[Matched]) -> Table:
    may = keeps()

    def code(line: Matched) -> Link | str:
        if line.instrument_id:
            return Link(line.code, reverse("securities:instrument", args=[line.instrument_id]))
        return line.code

    def way(line: Matched) -> Link | Tag:
        if line.standing == "open" and may and queries.is_newest(one):
            return Link(_("Jelaskan"), f"{reverse('securities:explain', args=[one.pk])}?efek={quote(line.code)}")
        return _standing(line)

    columns = [
        Column(_("Kode"), code),
        Column(_("Nama"), lambda line: line.name or _("belum tercatat")),
        Column(_("Di pembukuan"), lambda line: decimal_words(line.units_here, 4), number=True),
        Column(_("Di kustodian"), lambda line: decimal_words(line.units_there, 4), number=True),
        Column(_("Beda unit"), lambda line: _signed(line.units_there - line.units_here), number=True),
        Column(_("Nilai menurut kustodian"), lambda line: rupiah_or_nothing(line.rupiah_there), number=True),
        Column(_("Hasil"), lambda line: _(STATES[line.state])),
        Column(_("Keadaan"), way),
    ]
    return table(title, columns, lines)


def _signed(value: Decimal) -> str:
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return f"{sign}{decimal_words(abs(value), 4)}"


def _explanations(one: Custody) -> Table | None:
    given = list(one.explanations.select_related("answer").order_by("-id"))
    columns = [
        Column(_("Kode"), lambda each: Link(each.code, reverse("securities:explanation", args=[each.pk]))),
        Column(_("Penjelasan"), lambda each: each.reason),
        Column(_("Oleh"), lambda each: by(each.explained_by, each.explained_at)),
        Column(_("Keputusan"), _answer),
    ]
    return table(_("Penjelasan"), columns, given) if given else None


def _answer(given: Explanation) -> Tag:
    answer = getattr(given, "answer", None)
    if answer is None:
        return Tag(_("Menunggu pengesahan"), "warn")
    return Tag(_("Disahkan"), "good") if answer.confirmed else Tag(_("Ditolak"), "plain")


class ExplainForm(Form):
    """Why."""

    reason = forms.CharField(
        label=N_("Mengapa berbeda"), max_length=1_000, widget=forms.Textarea,
        help_text=N_("Misalnya penyelesaian transaksi sehari kemudian; sebut nomor transaksinya."),
    )  # fmt: skip


@door(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, custody_id: int) -> HttpResponse:
    """Says why one instrument differs; another person confirms it."""
    one = _statement(custody_id)
    code = request.GET.get("efek", "")
    line = next((each for each in queries.reconciliation(one).lines if each.code == code and each.state != "agree"), None)
    if line is None:
        raise Http404
    form = ExplainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            explain_difference(custody_id=one.pk, code=line.code, reason=form.cleaned_data["reason"])
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, _url(one), _("Penjelasan dicatat. Berlaku sesudah orang lain mengesahkannya."))
    context = {
        "form": form,
        "yes": _("Catat penjelasan"),
        "back": _url(one),
        "facts": [
            Fact(_("Efek"), f"{line.code} {line.name}".strip()),
            Fact(_("Di pembukuan"), decimal_words(line.units_here, 4)),
            Fact(_("Di kustodian"), decimal_words(line.units_there, 4)),
            Fact(_("Hasil"), _(STATES[line.state])),
        ],
    }
    title = _("Jelaskan selisih {code}").format(code=line.code)
    return screen(request, "securities/form.html", context, title=title, above=[home(), _list(), _way(one)])


def _way(one: Custody) -> Link:
    return Link(_("{fund}, {day}").format(fund=fund_title(one.fund), day=date(one.stated_on)), _url(one))


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def explanation(request: HttpRequest, explanation_id: int) -> HttpResponse:
    """An explanation with what it is for; whoever may confirm it does so here."""
    given = Explanation.objects.select_related("custody", "answer").filter(pk=explanation_id).first()
    if given is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if form.did(
        lambda: answer_explanation(explanation_id=given.pk, confirmed=form.approved, reason=form.cleaned_data["decision"])
    ):
        return done(request, request.path, _("Penjelasan disahkan.") if form.approved else _("Penjelasan ditolak."))
    answer, why_not = getattr(given, "answer", None), _why_not(given)
    facts = [
        Fact(_("Efek"), given.code),
        Fact(_("Di pembukuan"), decimal_words(given.units_here, 4)),
        Fact(_("Di kustodian"), decimal_words(given.units_there, 4)),
        Fact(_("Penjelasan"), given.reason),
        Fact(_("Oleh"), by(given.explained_by, given.explained_at)),
    ]
    if answer is not None:
        label = _("Disahkan") if answer.confirmed else _("Ditolak")
        facts.append(Fact(label, f"{by(answer.answered_by, answer.answered_at)} {answer.reason}".strip()))
    context = {
        "tag": _answer(given),
        "facts": facts,
        "why_not": why_not,
        "form": form if answer is None and not why_not else None,
        "back": _url(given.custody),
    }
    title = _("Penjelasan selisih {code}").format(code=given.code)
    return screen(
        request, "securities/explanation.html", context, title=title, above=[home(), _list(), _way(given.custody)]
    )  # fmt: skip


def _why_not(given: Explanation) -> str:
    if getattr(given, "answer", None) is not None:
        return ""
    scope = current()
    if not (scope.may(Can.CHECK_TRADE) or scope.may(Can.APPROVE_FUND)):
        return _("Manajemen risiko atau direktur investasi yang mengesahkannya.")
    if given.explained_by == scope.user_id:
        return _("Anda sendiri yang menjelaskannya. Orang lain yang memeriksa dan mengesahkannya.")
    return ""


@door(*READERS)
@require_safe
def statement_file(request: HttpRequest, custody_id: int) -> HttpResponseBase:
    """The whole comparison as a file."""
    one = _statement(custody_id)
    headings = [
        _("Kode"), _("Nama"), _("Di pembukuan"), _("Di kustodian"), _("Nilai di pembukuan"), _("Nilai menurut kustodian"),
        _("Hasil"), _("Keadaan"), _("Penjelasan"),
    ]  # fmt: skip
    rows = (
        [
            line.code, line.name, format(line.units_here, "f"), format(line.units_there, "f"), line.rupiah_here,
            line.rupiah_there, _(STATES[line.state]), _(STANDINGS[line.standing][0]),
            line.explanation.reason if line.explanation else "",
        ]
        for line in queries.reconciliation(one).lines
    )  # fmt: skip
    return export(request, f"{_('kustodian')}-{one.fund}-{one.stated_on:%Y%m%d}", headings, rows)


@door(*KEEPERS)
@require_safe
def statement_problems(request: HttpRequest, custody_id: int) -> HttpResponseBase:
    """What is to be mended, as a file."""
    one = _statement(custody_id)
    headings, rows = problem_rows(queries.problems_of(one, today=today()))
    return export(request, f"{_('perbaikan')}-{one.pk}", headings, rows)
