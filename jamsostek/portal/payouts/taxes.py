"""Tax withheld from JHT: the months for the tax office, each with its slips, and that it was paid over to the state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import taxes as actions
from jamsostek.claims.queries import taxing
from jamsostek.claims.queries.taxing import Month, Slip
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, month_of, parse_month
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.ledger.queries import number_words
from jamsostek.portal.officer.asking import Answers, Ask, ask
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import PAYERS, READERS, above, base, may_pay, screen, tabs
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, export, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words


class OverForm(Form):
    """The state's receipt."""

    reference = forms.CharField(
        label=N_("Nomor bukti penerimaan negara (NTPN)"), max_length=40,
        help_text=N_("Bukti yang sama tidak terhitung dua kali."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _url(name: str, one: Month) -> str:
    return reverse(f"payouts:{name}", args=[format_month(one.month)])


def tag(one: Month) -> Tag:
    """Whether it was paid over."""
    if not one.tax_rupiah:
        return Tag(_("Tidak ada pajak"), "plain")
    if not one.reference:
        return Tag(_("Belum disetor"), "warn")
    if one.over_rupiah != one.tax_rupiah:
        return Tag(_("Disetor, tetapi jumlahnya berubah sesudahnya"), "bad")
    return Tag(_("Sudah disetor"), "good")


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest month first."""
    found = paged(request, taxing.months())
    count, tax = taxing.waiting()
    columns = [
        Column(_("Bulan dibayar"), lambda one: Link(month_words(one.month), _url("tax_month", one))),
        Column(_("Orang"), lambda one: format_number(one.people), number=True),
        Column(_("Sebelum pajak"), lambda one: format_rupiah(one.gross_rupiah), number=True),
        Column(_("Pajak yang dipotong"), lambda one: format_rupiah(one.tax_rupiah), number=True),
        Column(_("Keadaan"), tag),
    ]
    context = {
        "tabs": tabs("taxes"),
        "about": _("Pajak penghasilan atas JHT menurut bulan uangnya sampai, untuk kantor pajak."),
        "notice": _("{count} pembayaran dengan pajak {rupiah} belum sampai ke penerimanya dan belum masuk laporan.").format(
            count=format_number(count), rupiah=format_rupiah(tax)
        )
        if count
        else "",
        "table": table(_("Pajak JHT menurut bulan"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada JHT yang dibayar"), _("Bulan pertama tampak di sini begitu bank membayarnya.")),
    }
    return screen(request, "payouts/list.html", context, title=_("Pajak JHT"))


def _month(text: str) -> int:
    try:
        return parse_month(text)
    except InputError as error:
        raise Http404(text) from error


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, month: str) -> HttpResponseBase:
    """A month by rate and by person; who pays records that it was paid over."""
    one = taxing.month(_month(month))
    crumbs = above(Link(_("Pajak JHT"), reverse("payouts:taxes")))
    if request.method == "POST":
        return _pay_over(request, one, crumbs)
    slips = taxing.slips(one.month)
    rates = [
        Column(_("Tarif"), lambda it: _(taxing.RATES[it.rate])),
        Column(_("Orang"), lambda it: format_number(it.people), number=True),
        Column(_("Sebelum pajak"), lambda it: format_rupiah(it.gross_rupiah), number=True),
        Column(_("Pajak yang dipotong"), lambda it: format_rupiah(it.tax_rupiah), number=True),
    ]
    found = paged(request, slips)
    open_ = bool(one.tax_rupiah) and not one.reference and one.month < month_of(today())
    context: dict[str, Any] = {
        "tag": tag(one),
        "facts": _facts(one),
        "rates": table(_("Menurut tarif"), rates, taxing.by_rate(slips)) if slips else None,
        "table": table(_("Menurut orang"), _columns(), found.rows),
        "paged": found,
        "export_url": f"{_url('tax_file', one)}?" if slips and current().may(Can.EXPORT_PEOPLE) and may_pay() else "",
        "form": OverForm() if open_ and may_pay() else None,
        "empty": Empty(_("Tidak ada JHT yang dibayar bulan itu"), _("Pilih bulan lain.")),
    }
    title = _("Pajak JHT, {month}").format(month=month_words(one.month))
    return screen(request, "payouts/tax_month.html", context, title=title, crumbs=crumbs)


def _facts(one: Month) -> list[Fact]:
    found = [
        Fact(_("Orang"), format_number(one.people)),
        Fact(_("Sebelum pajak"), format_rupiah(one.gross_rupiah)),
        Fact(_("Pajak yang dipotong"), format_rupiah(one.tax_rupiah)),
    ]
    if one.reference:
        found += [
            Fact(_("Disetor"), format_rupiah(one.over_rupiah)),
            Fact(_("Nomor bukti penerimaan negara (NTPN)"), words.reference(one.reference)),
            Fact(_("Nomor pembukuan"), number_words(one.group_id or 0)),
        ]
    return found


def _columns() -> list[Column]:
    def slip(one: Slip) -> Any:
        if one.claim is None:
            return one.number
        return Link(one.number, reverse("claims:amount", args=[one.claim.number, one.number.removeprefix("BP-")]))

    return [
        Column(_("Nomor bukti potong"), slip),
        Column(_("Penerima"), lambda one: one.party.name if one.party else ""),
        Column(_("Untuk"), lambda one: one.title),
        Column(_("Dibayar"), lambda one: date(one.payout.paid_on)),
        Column(_("Tarif"), lambda one: one.rate_words),
        Column(_("Sebelum pajak"), lambda one: format_rupiah(one.payout.gross_rupiah), number=True),
        Column(_("Pajak yang dipotong"), lambda one: format_rupiah(one.payout.tax_rupiah), number=True),
    ]


def _pay_over(request: HttpRequest, one: Month, crumbs: list[Link]) -> HttpResponseBase:
    current().need(Can.PAY_CLAIMS)
    here = _url("tax_month", one)

    def act(told: Answers) -> Any:
        return actions.pay_over(month=one.month, reference=told["reference"], today=today())

    def facts(told: Answers) -> list[Fact]:
        return [
            Fact(_("Bulan dibayar"), month_words(one.month)),
            Fact(_("Disetor"), format_rupiah(one.tax_rupiah)),
            Fact(_("Nomor bukti penerimaan negara (NTPN)"), words.reference(told["reference"])),
        ]

    asked = Ask(
        title=_("Catat pajak yang disetor"), crumbs=[*crumbs, Link(month_words(one.month), here)], yes=_("Catat setoran"),
        act=act, done=lambda _made, _told: done(request, here, _("Setoran pajak dicatat.")), facts=facts, base=base(),
        text=_("Keluar dari kas dana JHT; satu bulan disetor satu kali."),
    )  # fmt: skip
    return ask(request, OverForm(request.POST), asked)


HEADINGS = (
    N_("Nomor bukti potong"), N_("Penerima"), N_("Nomor klaim"), N_("Untuk"), N_("Dibayar"), N_("Tarif"), N_("Bruto"),
    N_("Pajak"),
)  # fmt: skip


@door(*PAYERS)
@require_safe
def download(request: HttpRequest, month: str) -> HttpResponseBase:
    """Every slip of a month as a file."""
    current().need(Can.EXPORT_PEOPLE)
    at = _month(month)
    return export(request, f"{_('pajak-jht')}-{format_month(at)}", [_(one) for one in HEADINGS], _cells(taxing.slips(at)))


def _cells(rows: Sequence[Slip]) -> Iterator[Sequence[Any]]:
    for one in rows:
        yield (
            one.number, one.party.name if one.party else "", format_public("claim", one.claim.number) if one.claim else "",
            one.title, one.payout.paid_on, one.rate_words, one.payout.gross_rupiah, one.payout.tax_rupiah,
        )  # fmt: skip
