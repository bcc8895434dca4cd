"""Planning a trade: what it comes to, what it does to cash and to the limits, before it is written down."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.accounts.actions.rates import takes_examples
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import trading
from jamsostek.fund.actions.proposal import MOST_RUPIAH, MOST_UNITS, NewTrade, Priced, priced
from jamsostek.fund.choices import SIDES
from jamsostek.fund.limits import findings_after
from jamsostek.fund.models import Instrument
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.queries import balance
from jamsostek.messages.tables.cells import amount
from jamsostek.portal.fund.frame import fund_title, screen
from jamsostek.portal.fund.trading.frame import choose, finding_columns, price_words, units
from jamsostek.portal.screens import DateField, Empty, Fact, Form, Link, MoneyField, done, table, today
from jamsostek.portal.screens.words import date

FIRST_DAY = dt.date(2009, 1, 1)


class PriceField(forms.CharField):
    """Rupiah for a unit, with up to six digits after a decimal comma."""

    def to_python(self, value: Any) -> Any:
        """A decimal, None where nothing was typed."""
        text = str(value or "").replace("Rp", "").replace(" ", "").strip()
        if not text:
            return None
        text = text.replace(".", "").replace(",", ".") if "," in text or text.count(".") != 1 or _thousands(text) else text
        try:
            found = Decimal(text)
        except ArithmeticError:
            found = Decimal("NaN")
        if not text.isascii() or not found.is_finite():
            raise forms.ValidationError(_("Tulis rupiah untuk satu unit, misalnya 4.250 atau 1.012.500,5."))
        return found


def _thousands(text: str) -> bool:
    """Whether a single point parts thousands: `4.250`."""
    return len(text.rpartition(".")[2]) == 3


class UnitsField(forms.CharField):
    """A whole number of units, with or without separators."""

    def to_python(self, value: Any) -> Any:
        """A whole number, None where nothing was typed."""
        if not str(value or "").strip():
            return None
        read = amount(str(value)[:60])
        if read.value is None or read.problem == "wage_fraction" or not 0 < read.value <= MOST_UNITS:
            raise forms.ValidationError(_("Tulis banyaknya unit sebagai bilangan bulat."))
        return int(read.value)


class PlanForm(Form):
    """What a dealer asks for."""

    reference = forms.CharField(
        label=N_("Nomor rujukan"), max_length=40, help_text=N_("Nomor Anda sendiri, dipakai satu kali. Misalnya JHT-2026-0148.")
    )
    fund = forms.ChoiceField(label=N_("Dana"), widget=forms.RadioSelect, choices=())
    side = forms.ChoiceField(label=N_("Arah"), choices=list(SIDES.items()), widget=forms.RadioSelect)
    instrument = forms.ChoiceField(label=N_("Efek"), choices=())
    quantity = UnitsField(label=N_("Jumlah unit"), help_text=N_("Deposito: satu unit adalah satu rupiah."))
    price = PriceField(label=N_("Harga satu unit, dalam rupiah"), help_text=N_("Tanpa bunga berjalan; bukan persen."))
    fee = MoneyField(label=N_("Biaya transaksi"), required=False, most=MOST_RUPIAH)
    trade_on = DateField(label=N_("Tanggal transaksi"), earliest=FIRST_DAY)
    settle_on = DateField(label=N_("Tanggal penyelesaian"), earliest=FIRST_DAY, help_text=N_("Hari uang dan efek berpindah."))
    reason = forms.CharField(label=N_("Alasan"), max_length=500, help_text=N_("Mengapa transaksi ini, untuk dana ini."))
    invented = forms.BooleanField(
        label=N_("Ini transaksi rekaan untuk peragaan"),
        required=False,
        help_text=N_("Ditandai di setiap halaman yang memuatnya."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "fund", [(fund, fund_title(fund)) for fund in PROGRAMMES])
        rows = Instrument.objects.order_by("code").values_list("pk", "code", "name")
        choose(self, "instrument", [("", _("Pilih")), *((str(pk), f"{code} · {name}") for pk, code, name in rows)])
        if not takes_examples():
            del self.fields["invented"]

    def new(self) -> NewTrade:
        """As the action takes it."""
        given = self.cleaned_data
        return NewTrade(
            given["reference"].strip().upper(), given["fund"], given["side"], int(given["instrument"]), given["quantity"],
            given["price"], given["trade_on"], given["settle_on"], given["reason"].strip(), given["fee"] or 0,
            given.get("invented", False),
        )  # fmt: skip


@door(Role.DEALER)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponseBase:
    """Shows what a trade comes to; with a second yes it is written down."""
    form = PlanForm(request.POST or None, initial={"trade_on": today(), "settle_on": today()})
    context: dict[str, Any] = {"form": form, "back": reverse("trading:home")}
    if request.method == "POST" and form.is_valid():
        new = form.new()
        try:
            told = priced(new)
            if request.POST.get("ya") == "1":
                made = trading.plan(
                    reference=new.reference, fund=new.fund, side=new.side, instrument_id=new.instrument_id,
                    quantity=new.quantity, price=new.price, trade_on=new.trade_on, settle_on=new.settle_on, reason=new.reason,
                    fee_rupiah=new.fee_rupiah, invented=new.invented,
                )  # fmt: skip
                words = _("Rencana tersimpan. Orang lain memeriksanya terhadap batas investasi.")
                return done(request, reverse("trading:trade", args=[made.id]), words)
            context |= _preview(new, told)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
    if not Instrument.objects.exists():
        context = {
            "empty": Empty(
                _("Belum ada efek"),
                _("Efek dan penerbitnya dicatat dahulu."),
                Link(_("Lihat semua transaksi"), reverse("trading:home")),
            )
        }
    above = [Link(_("Transaksi investasi"), reverse("trading:home"))]
    return screen(request, "trade_plan.html", context, title=_("Rencanakan transaksi"), here="trading:home", above=above)


def _preview(new: NewTrade, told: Priced) -> dict[str, Any]:
    cash = balance(f"cash:{new.fund}")
    left = cash + told.cash_rupiah
    facts = [
        Fact(_("Efek"), f"{told.security.code} · {told.security.name}"),
        Fact(_("Unit"), units(new.quantity)),
        Fact(_("Harga satu unit"), price_words(new.price)),
        Fact(_("Nilai"), format_rupiah(told.amount_rupiah)),
        Fact(_("Bunga berjalan"), format_rupiah(told.accrued_rupiah)),
        Fact(_("Biaya transaksi"), format_rupiah(told.fee_rupiah)),
        Fact(_("Kas dana sekarang"), format_rupiah(cash)),
        Fact(_("Kas sesudah transaksi ini"), format_rupiah(left)),
        Fact(_("Penyelesaian"), date(new.settle_on)),
    ]
    if told.yearly_yield is not None:
        facts.insert(3, Fact(_("Imbal hasil efektif setahun"), format_percent(round(told.yearly_yield * 1_000_000))))
    found = findings_after(
        fund=new.fund, instrument_id=new.instrument_id, side=new.side, quantity=new.quantity, amount_rupiah=told.amount_rupiah,
        on=new.settle_on,
    )  # fmt: skip
    return {
        "facts": facts,
        "short": left < 0,
        "breaches": len(trading.breaches_of(found)),
        "findings": table(_("Batas investasi sebelum dan sesudah"), finding_columns(), found) if found else None,
    }
