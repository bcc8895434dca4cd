"""One trade: what it is, who held which step, and the next step for whom it waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import trading
from jamsostek.fund.choices import SIDES, STEPS, Side, Step
from jamsostek.fund.queries.trades import StepTold, TradeTold, trade
from jamsostek.ledger.queries import balance
from jamsostek.portal.books.behind import shown_by
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.trading.frame import (
    finding_columns,
    group_link,
    lots_link,
    may_any,
    price_words,
    state_tag,
    trade_link,
    units,
)
from jamsostek.portal.screens import DateField, Event, Fact, Form, Link, done, table, today
from jamsostek.portal.screens.words import date, moment

Done = Callable[[], TradeTold]


class CheckForm(Form):
    """Yes or no of risk management, and why."""

    answer = forms.ChoiceField(
        label=N_("Keputusan Anda"), choices=[("ya", N_("Setuju")), ("tidak", N_("Tolak"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=N_("Alasan"), required=False, max_length=500, help_text=N_("Wajib bila menolak."))


class BreachForm(Form):
    """How a breach is mended, and by when."""

    plan = forms.CharField(
        label=N_("Rencana perbaikan"), max_length=1_000, widget=forms.Textarea,
        help_text=N_("Bagaimana dana ini kembali ke dalam batas."),
    )  # fmt: skip
    mended_by = DateField(label=N_("Diperbaiki paling lambat"))


class WithdrawForm(Form):
    """Why a trade is taken back."""

    reason = forms.CharField(label=N_("Alasan"), max_length=500)


class SettleForm(Form):
    """Nothing to fill in: a yes."""


def _found(trade_id: int) -> TradeTold:
    found = trade(trade_id)
    if found is None:
        raise Http404
    return found


@door(*READERS)
@require_safe
def show(request: HttpRequest, trade_id: int) -> HttpResponseBase:
    """The whole trade, with links to the steps that whoever looks may take."""
    found = _found(trade_id)
    context = {**_told(found), "ways": _ways(found), "why_not": _why_not(found)}
    return _screen(request, found, context)


def _screen(request: HttpRequest, found: TradeTold, context: dict[str, Any], title: str = "") -> HttpResponseBase:
    words = _("{side} {code} untuk {fund}").format(
        side=_(SIDES[found.side]), code=found.security.code, fund=fund_title(found.fund)
    )  # fmt: skip
    above = [Link(_("Transaksi investasi"), reverse("trading:home"))]
    if title:
        above.append(Link(words, reverse("trading:trade", args=[found.id])))
    return screen(request, "trade.html", context, title=title or words, here="trading:home", above=above)


def _told(found: TradeTold) -> dict[str, Any]:
    newest = next((one for one in reversed(found.steps) if one.findings), None)
    caption = _("Batas investasi sebelum dan sesudah, seperti adanya pada langkah terakhir")
    return {
        "tag": state_tag(found.state),
        "invented": found.invented,
        "facts": _facts(found),
        "events": _events(found),
        "findings": table(caption, finding_columns(), newest.findings) if newest else None,
    }


def _facts(found: TradeTold) -> list[Fact]:
    group = found.group_id
    facts = [
        Fact(_("Rujukan"), found.reference),
        Fact(_("Efek"), f"{found.security.code} · {found.security.name}"),
        Fact(_("Penerbit"), found.security.issuer_name),
        Fact(_("Unit"), units(found.quantity)),
        Fact(_("Harga satu unit"), price_words(found.price)),
        Fact(_("Nilai"), format_rupiah(found.amount_rupiah)),
        Fact(_("Bunga berjalan"), format_rupiah(found.accrued_rupiah)),
        Fact(_("Biaya transaksi"), format_rupiah(found.fee_rupiah)),
        Fact(_("Kas keluar") if found.side == Side.BUY else _("Kas masuk"), format_rupiah(abs(found.cash_rupiah))),
        Fact(_("Tanggal transaksi"), date(found.trade_on)),
        Fact(_("Penyelesaian"), date(found.settle_on)),
        Fact(_("Alasan"), found.reason),
    ]
    if group is not None:
        facts.append(Fact(_("Kelompok di pembukuan"), group_link(group)))
        facts.append(Fact(_("Yang dimiliki sekarang"), lots_link(found.fund, found.security)))
    return facts


def _events(found: TradeTold) -> list[Event]:
    """Who held which step, and what comes next."""
    first = Event(_("Direncanakan"), _by(found.planned_by, found.planned_at), "")
    told = [first, *(_event(one) for one in found.steps)]
    coming = {
        Can.CHECK_TRADE: _("Pemeriksaan oleh manajemen risiko"), Can.APPROVE_BREACH: _("Persetujuan pelampauan oleh direktur"),
        Can.SETTLE_TRADE: _("Penyelesaian oleh bagian penyelesaian"),
    }  # fmt: skip
    if found.waits_for is not None:
        told.append(Event(coming[found.waits_for], state="next"))
    return told


def _by(name: str, at: Any) -> str:
    return f"{name or _('Sistem')}, {moment(at)}"


def _event(one: StepTold) -> Event:
    texts = [one.reason, one.plan]
    if one.mended_by is not None:
        texts.append(_("Diperbaiki paling lambat {day}.").format(day=date(one.mended_by)))
    if one.step == Step.CHECKED and one.breaches:
        texts.append(_("Batas yang dilampaui: {count}.").format(count=one.breaches))
    return Event(_(STEPS[one.step]), _by(one.by, one.at), " ".join(text for text in texts if text))


def _ways(found: TradeTold) -> list[Link]:
    scope, ways = current(), []
    told = {
        Can.CHECK_TRADE: (_("Periksa"), "check"), Can.APPROVE_BREACH: (_("Putuskan pelampauan"), "approve"),
        Can.SETTLE_TRADE: (_("Selesaikan"), "settle"),
    }  # fmt: skip
    needed = found.waits_for
    if needed is not None and scope.may(needed) and scope.user_id not in found.hands:
        text, name = told[needed]
        ways.append(Link(text, reverse(f"trading:{name}", args=[found.id])))
    if found.open and may_any(Can.PLAN_TRADE, Can.APPROVE_BREACH):
        ways.append(Link(_("Batalkan transaksi"), reverse("trading:withdraw", args=[found.id])))
    return ways


def _why_not(found: TradeTold) -> str:
    """Why whoever looks cannot go on with it, although their role could."""
    needed, scope = found.waits_for, current()
    if needed is not None and scope.may(needed) and scope.user_id in found.hands:
        return _("Anda sudah memegang satu langkah transaksi ini. Orang lain yang melanjutkannya.")
    return ""


# --- steps ------------------------------------------------------------------------------------------------------------


def _step(
    request: HttpRequest, found: TradeTold, form: Form, act: Done, *, title: str, yes: str, words: str, about: str = "",
    danger: bool = False, more: dict[str, Any] | None = None,
) -> HttpResponseBase:  # fmt: skip
    """A page with a question: the trade, the limits as they stand now, and a form."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("trading:trade", args=[found.id]), words)
    context = {
        **_told(found), "form": form, "yes": yes, "about": about, "danger": danger,
        "back": reverse("trading:trade", args=[found.id]), **(more or {}),
    }  # fmt: skip
    if found.open and not danger:
        now = trading.findings_of(found)
        context["findings"] = table(_("Batas investasi sekarang"), finding_columns(), now) if now else None
        context["breaches"] = len(trading.breaches_of(now))
    return _screen(request, found, context, title)


@door(Role.RISK)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, trade_id: int) -> HttpResponseBase:
    """Risk management says yes or no."""
    found = _found(trade_id)
    form = CheckForm(request.POST or None)

    def act() -> TradeTold:
        if form.cleaned_data["answer"] == "tidak":
            return trading.refuse(trade_id=trade_id, reason=form.cleaned_data["reason"])
        return trading.check(trade_id=trade_id, reason=form.cleaned_data["reason"])

    return _step(
        request, found, form, act, title=_("Periksa transaksi"), yes=_("Simpan keputusan"), words=_("Keputusan Anda tersimpan."),
        about=_("Yang melampaui batas boleh dilanjutkan hanya dengan persetujuan bernama dan rencana perbaikan."),
    )  # fmt: skip


@door(Role.CHIEF)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, trade_id: int) -> HttpResponseBase:
    """The chief lets a trade pass a limit, with a plan."""
    found = _found(trade_id)
    form = BreachForm(request.POST or None)
    return _step(
        request, found, form,
        lambda: trading.approve_breach(
            trade_id=trade_id, plan=form.cleaned_data["plan"], mended_by=form.cleaned_data["mended_by"]
        ),
        title=_("Setujui pelampauan batas"), yes=_("Setujui dengan rencana ini"), words=_("Pelampauan disetujui."),
        about=_("Nama Anda tercatat. Yang tidak disetujui dibatalkan dari halaman transaksinya."),
    )  # fmt: skip


@door(Role.SETTLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, trade_id: int) -> HttpResponseBase:
    """Money and paper change hands, and the books say so."""
    found = _found(trade_id)
    form = SettleForm(request.POST if request.method == "POST" else None)
    cash = balance(f"cash:{found.fund}")
    money = [
        Fact(_("Kas dana sekarang"), format_rupiah(cash)),
        Fact(_("Kas sesudah transaksi ini"), format_rupiah(cash + found.cash_rupiah)),
    ]
    return _step(
        request, found, form, lambda: trading.settle(trade_id=trade_id, today=today()), title=_("Selesaikan transaksi"),
        yes=_("Bukukan sekarang"), words=_("Transaksi dibukukan."),
        about=_("Batas investasi dibaca sekali lagi saat dibukukan. Yang sudah dibukukan tidak dapat diubah."),
        more={"facts": [*money, *_facts(found)]},
    )  # fmt: skip


@door(Role.DEALER, Role.CHIEF)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, trade_id: int) -> HttpResponseBase:
    """Taken back before it is settled."""
    found = _found(trade_id)
    form = WithdrawForm(request.POST or None)
    return _step(
        request, found, form, lambda: trading.withdraw(trade_id=trade_id, reason=form.cleaned_data["reason"]),
        title=_("Batalkan transaksi"), yes=_("Batalkan transaksi ini"), words=_("Transaksi dibatalkan."), danger=True,
    )  # fmt: skip


def _behind(reference: str) -> Link | None:
    from jamsostek.fund.models import Trade

    row = Trade.objects.filter(reference=reference.removeprefix("trade/")).values_list("pk", flat=True).first()
    found = trade(row) if row else None
    return trade_link(found) if found else None


for _kind in ("investment_buy", "investment_sell"):
    shown_by(_kind, _behind)

__all__ = ["approve", "check", "settle", "show", "withdraw"]
