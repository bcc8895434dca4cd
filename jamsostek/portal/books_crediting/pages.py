"""Crediting the JHT return of a month: what would come, yes or no, how far it is, what came of it. Survives closing the tab."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jamsostek.access.background import enqueue
from jamsostek.access.doors import door
from jamsostek.accounts.actions import crediting
from jamsostek.accounts.paper import rate_words
from jamsostek.accounts.queries.crediting import CREDIT, Preview, Run, next_month, preview, runs, state_of
from jamsostek.accounts.queries.rates import rate_of
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.books_crediting.rates import rate_facts
from jamsostek.portal.officer.frame import HEAD_OFFICE
from jamsostek.portal.officer.frame import home as office_home
from jamsostek.portal.screens import (
    Column,
    Confirm,
    Empty,
    Fact,
    Link,
    Progress,
    Tag,
    Tile,
    done,
    page,
    part,
    table,
    today,
    wants_part,
)
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import moment
from jamsostek.portal.screens.words import month as month_words

STATES: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("Menunggu giliran"), "info"), "running": (N_("Sedang berjalan"), "info"), "done": (N_("Selesai"), "good"),
    "stopped": (N_("Berhenti"), "bad"),
}  # fmt: skip
TITLE = N_("Pengkreditan JHT")


def crumbs(*more: Link) -> list[Link]:
    """The pages above."""
    return [office_home(), *more]


def _first() -> Link:
    return Link(_(TITLE), reverse("crediting:home"))


def _tag(run: Run) -> Tag:
    text, tone = STATES[state_of(run)]
    return Tag(_(text), tone)


# --- what will come ---------------------------------------------------------------------------------------------------


@door(*HEAD_OFFICE)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The next month, what it would take in, and the runs so far."""
    found = runs()
    columns = [
        Column(_("Bulan"), lambda one: Link(month_words(one.month), reverse("crediting:run", args=[one.month]))),
        Column(_("Keadaan"), _tag),
        Column(_("Tingkat setahun"), lambda one: rate_words(rate_of(one.rate_ppm, one.rate_id)), number=True),
        Column(_("Akun"), lambda one: format_number(one.accounts), number=True),
        Column(_("Hasil pengembangan"), lambda one: format_rupiah(one.return_rupiah), number=True),
        Column(_("Saldo"), lambda one: format_rupiah(one.balance_rupiah), number=True),
    ]
    context = {**_next(found), "table": table(_("Pengkreditan sampai sekarang"), columns, found), "runs": found}
    return page(request, "books_crediting/home.html", context, title=_(TITLE), crumbs=crumbs())


def _next(found: list[Run]) -> dict[str, Any]:
    """The month that comes next; or why none can be credited now."""
    month = next_month()
    if month is None:
        return {"empty": Empty(_("Belum ada uang JHT"), _("Pengkreditan dimulai dengan bulan pertama yang punya iuran."))}
    if any(one.month == month for one in found):
        return {"open": Link(month_words(month), reverse("crediting:run", args=[month]))}
    if month >= month_of(today()):
        return {"later": month_words(month)}
    try:
        told = preview(month)
    except InputError as error:
        return {"month": month, "problem": str(error)}
    return {"month": month, "tiles": _tiles(told), "facts": rate_facts(month, told.rate)}


def _tiles(told: Preview) -> list[Tile]:
    return [
        Tile(_("Akun dengan saldo"), format_number(told.accounts)),
        Tile(_("Saldo awal bulan"), format_rupiah(told.before_rupiah)),
        Tile(_("Masuk dikurangi keluar"), format_rupiah(told.moved_rupiah), _accounts(told.moved_accounts)),
        Tile(_("Perkiraan hasil"), format_rupiah(told.estimate_rupiah), _("dibulatkan sekali, bukan per akun"), tone="good"),
    ]


def _accounts(count: int) -> str:
    return _("{count} akun").format(count=format_number(count))


# --- yes --------------------------------------------------------------------------------------------------------------


@door(*HEAD_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Says what it means, and begins it."""
    month = next_month()
    if month is None or any(one.month == month for one in runs(month=month)):
        return done(request, "crediting:home")
    if request.method == "POST":
        if request.POST.get("month") != str(month):
            return done(request, "crediting:home", _("Bulan yang berikutnya sudah lain. Lihat lagi sebelum memulai."))
        return _begun(request, month)
    try:
        told = preview(month)
    except InputError:
        return done(request, "crediting:home")
    facts = [Fact(tile.label, tile.figure) for tile in _tiles(told)]
    confirm = Confirm(
        _("Kreditkan hasil JHT {month}?").format(month=month_words(month)),
        _("Ya, kreditkan"),
        _first(),
        _("Sesudah dimulai, tidak ada lagi uang JHT yang dibukukan ke bulan ini. Hasil yang dikreditkan tidak dapat ditarik."),
        [*rate_facts(month, told.rate), *facts],
        hidden={"month": str(month)},
    )
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=confirm.question, crumbs=crumbs(_first()))


def _begun(request: HttpRequest, month: int) -> HttpResponseBase:
    try:
        crediting.begin(month=month, today=today())
    except InputError as error:
        return page(
            request, "books_crediting/refused.html", {"problem": str(error)}, title=_(TITLE), crumbs=crumbs(_first()), status=409
        )
    enqueue(CREDIT, month=month)
    words = _("Pengkreditan dimulai. Berjalan sendiri; halaman ini boleh ditutup.")
    return done(request, reverse("crediting:run", args=[month]), words)


@door(*HEAD_OFFICE)
@require_POST
def go_on(request: HttpRequest, month: int) -> HttpResponseBase:
    """Has a run that stopped taken up again; what is done stays done."""
    run = _one(month)
    if run.ended_at is None:
        crediting.begin(month=month, today=today())
        enqueue(CREDIT, month=month)
    return done(request, reverse("crediting:run", args=[month]), _("Dilanjutkan: bagian yang sudah selesai tidak diulang."))


# --- how far, and what came of it ---------------------------------------------------------------------------------------


def _one(month: int) -> Run:
    found = runs(month=month)
    if not found:
        raise Http404
    return found[0]


@door(*HEAD_OFFICE)
@require_safe
def run(request: HttpRequest, month: int) -> HttpResponseBase:
    """How far it is; when it has ended, what it credited."""
    return _page(request, _one(month))


@door(*HEAD_OFFICE)
@require_safe
def state(request: HttpRequest, month: int) -> HttpResponseBase:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    one = _one(month)
    if not wants_part(request):
        return _page(request, one)
    response = part(request, "books_crediting/state.html", _state(one))
    if request.GET.get("dari") != state_of(one):
        response["HX-Refresh"] = "true"
    return response


def _page(request: HttpRequest, one: Run) -> HttpResponse:
    told = _state(one)
    context = {
        **told,
        "tiles": [
            Tile(_("Akun"), format_number(one.accounts)),
            Tile(_("Hasil yang dikreditkan"), format_rupiah(one.return_rupiah), tone="good"),
            Tile(_("Saldo sesudahnya"), format_rupiah(one.balance_rupiah)),
        ],
        "facts": [
            *rate_facts(one.month, rate_of(one.rate_ppm, one.rate_id)),
            Fact(_("Dimulai"), moment(one.started_at)),
            *([Fact(_("Selesai"), moment(one.ended_at))] if one.ended_at else []),
        ],
    }
    title = _("Pengkreditan JHT {month}").format(month=month_words(one.month))
    live = told["state"] in ("waiting", "running")
    return page(request, "books_crediting/run.html", context, title=title, crumbs=crumbs(_first()), live=live)


def _state(one: Run) -> dict[str, Any]:
    words = _("{done} dari {whole} bagian selesai, {accounts} akun.")
    shown = words.format(
        done=format_number(one.done), whole=format_number(one.parts), accounts=format_number(one.accounts)
    )  # fmt: skip
    now = state_of(one)
    return {
        "run": one, "state": now, "tag": _tag(one), "problem": one.problem if now == "stopped" else "",
        "progress": Progress(shown, one.done, max(one.parts, 1)) if now != "done" else None,
    }  # fmt: skip
