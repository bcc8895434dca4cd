"""A batch is asked for, looked at (how many, how much, what is left out and why, what lateness adds, the cash), and made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import paying
from jamsostek.claims.models import Batch, Roll
from jamsostek.claims.queries import payouts
from jamsostek.claims.queries.payouts import NONE, Sums
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.officer.asking import hidden_of, tried
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import PAYERS, above, claim_link, screen
from jamsostek.portal.payouts.owed import FUND_CHOICES
from jamsostek.portal.screens import Column, DateField, Fact, Form, Link, done, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words


class PrepareForm(Form):
    """Of which fund, and when it is to leave the account."""

    dana = forms.ChoiceField(label=N_("Dana"), choices=list(FUND_CHOICES.items()), widget=forms.RadioSelect)
    pay_on = DateField(label=N_("Hari bayar"), help_text=N_("Hari bank memindahkan uangnya; hari ini atau sesudahnya."))


class DayForm(Form):
    """When it is to leave the account."""

    pay_on = DateField(label=N_("Hari bayar"), help_text=N_("Hari bank memindahkan uangnya; hari ini atau sesudahnya."))


@dataclass(frozen=True)
class Gathered:
    """What a fund's batch would be; `late` is what was added for lateness, owed by the carrier."""

    fund: str
    prepared: paying.Prepared
    late: Sums
    free_rupiah: int | None

    @property
    def count(self) -> int:
        """Transfers."""
        return sum(one.count for one in self.prepared.batches)

    @property
    def rupiah(self) -> int:
        """What leaves the account."""
        return sum(one.rupiah for one in self.prepared.batches)

    @property
    def left_rupiah(self) -> int | None:
        """Cash after it; below zero it is beyond the cash."""
        return None if self.free_rupiah is None else self.free_rupiah - self.rupiah


def gather(funds: Sequence[str], pay_on: dt.date, roll_id: int | None, day: dt.date) -> list[Gathered]:
    """Makes the batches; raises `InputError` where a fund has no account to pay from."""
    found = []
    for name in funds:
        free, before = payouts.fund(name).free_rupiah, payouts.compensations()
        made = paying.prepare(fund=name, pay_on=pay_on, today=day, roll_id=roll_id)
        after = payouts.compensations()
        added = NONE if name == "carrier" else Sums(after.count - before.count, after.rupiah - before.rupiah)
        found.append(Gathered(name, made, added, free))
    return found


@door(*PAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest) -> HttpResponseBase:
    """What a fund owes now, into a batch."""
    current().need(Can.PAY_CLAIMS)
    asked = request.GET.get("dana", "")
    form = PrepareForm(
        request.POST if request.method == "POST" else None,
        initial={"pay_on": today(), "dana": asked if asked in FUND_CHOICES else ""},
    )
    return _ask(request, form, roll=None, crumbs=above(), title=_("Siapkan berkas untuk bank"))


@door(*PAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def of_roll(request: HttpRequest, roll_id: int) -> HttpResponseBase:
    """What a posted roll owes, into a batch for each of its funds."""
    current().need(Can.PAY_CLAIMS)
    row = payouts.roll(roll_id)
    form = DayForm(request.POST if request.method == "POST" else None, initial={"pay_on": max(row.pay_on, today())})
    here = Link(words.roll_title(row), reverse("payouts:roll", args=[row.pk]))
    crumbs = above(Link(_("Daftar bulanan"), reverse("payouts:rolls")), here)
    title = _("Siapkan berkas: {title}").format(title=words.roll_title(row))
    return _ask(request, form, roll=row, crumbs=crumbs, title=title)


def _ask(request: HttpRequest, form: Form, *, roll: Roll | None, crumbs: list[Link], title: str) -> HttpResponseBase:
    if request.method != "POST" or step_of(request) == "ubah" or not form.is_valid():
        return _form(request, form, roll, crumbs, title)
    given, day, keep = form.cleaned_data, today(), step_of(request) == "simpan"
    roll_id = None if roll is None else roll.pk
    funds = [given["dana"]] if roll is None else sorted(roll.trial["funds"])
    try:
        found = tried(lambda: gather(funds, given["pay_on"], roll_id, day), keep=keep)
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
        return _form(request, form, roll, crumbs, title)
    made = [one for each in found for one in each.prepared.batches]
    if not keep:
        return _check(request, form, found, roll_id, crumbs, title)
    if not made:
        return done(request, crumbs[-1].url, _("Tidak ada yang dapat dibayar sekarang; tidak ada berkas yang dibuat."))
    return done(request, _after(made, roll), _("Berkas disiapkan. Orang lain menyetujuinya."))


def _after(made: Sequence[Batch], roll: Roll | None) -> str:
    if len(made) == 1:
        return reverse("payouts:batch", args=[made[0].pk])
    return reverse("payouts:batches") if roll is None else reverse("payouts:roll", args=[roll.pk])


def _form(request: HttpRequest, form: Form, roll: Roll | None, crumbs: list[Link], title: str) -> HttpResponseBase:
    context = {
        "form": form,
        "about": _("Belum ada yang dibuat: sesudah ini Anda melihat dahulu apa yang akan dibayar dan apa yang tertinggal."),
        "yes": _("Lihat dahulu"),
        "back": crumbs[-1].url,
        "table": _funds() if roll is None else None,
    }
    return screen(request, "payouts/form.html", context, title=title, crumbs=crumbs)


def _funds() -> Table:
    def left(one: payouts.Fund) -> str:
        return "" if one.free_rupiah is None else format_rupiah(one.free_rupiah)

    columns = [
        Column(_("Dana"), lambda one: words.fund(one.fund)),
        Column(_("Menunggu dibayar"), lambda one: format_number(one.of(*payouts.READY).count), number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one.of(*payouts.READY).rupiah), number=True),
        Column(_("Kas yang bebas"), left, number=True),
    ]
    return table(_("Yang menunggu sekarang"), columns, payouts.funds())


def _check(
    request: HttpRequest, form: Form, found: Sequence[Gathered], roll_id: int | None, crumbs: list[Link], title: str
) -> HttpResponseBase:  # fmt: skip
    day = today()
    left = [line for one in found for line in payouts.left_out(fund=one.fund, roll_id=roll_id, today=day)]
    columns = [
        Column(_("Klaim"), lambda one: claim_link(one.claim, whole=False)),
        Column(_("Penerima"), lambda one: one.party.name if one.party else ""),
        Column(_("Untuk"), lambda one: f"{one.title}, {month_words(one.payout.month)}"),
        Column(_("Jumlah"), lambda one: format_rupiah(one.net_rupiah), number=True),
        Column(_("Sebabnya"), words.why_not),
    ]
    context: dict[str, Any] = {
        "beyond": [_beyond(one) for one in found if one.left_rupiah is not None and one.left_rupiah < 0],
        "groups": [(words.fund(one.fund), _facts(one, form.cleaned_data["pay_on"])) for one in found],
        "table": table(_("Tertinggal, dan sebabnya"), columns, left) if left else None,
        "nothing": not any(one.prepared.batches for one in found),
        "hidden": hidden_of(request, form),
        "back": crumbs[-1].url,
    }
    return screen(request, "payouts/prepare_check.html", context, title=title, crumbs=crumbs)


def _beyond(one: Gathered) -> str:
    told = _(
        "{fund}: berkas ini melebihi kas yang bebas sebanyak {rupiah}. Isi dahulu rekeningnya dan bukukan; jawaban bank atas "
        "uang yang tidak ada tidak dapat dibukukan."
    )
    return told.format(fund=words.fund(one.fund), rupiah=format_rupiah(-(one.left_rupiah or 0)))


def _facts(one: Gathered, pay_on: dt.date) -> list[Fact]:
    found = [
        Fact(_("Banyak transfer"), format_number(one.count)),
        Fact(_("Jumlah seluruhnya"), format_rupiah(one.rupiah)),
        Fact(_("Hari bayar"), date(pay_on)),
    ]
    if one.prepared.batches:
        debtor = one.prepared.batches[0]
        account = f"{debtor.debtor_name}, {debtor.debtor_bank} {words.reference(debtor.debtor_account)}"
        found.append(Fact(_("Dari rekening"), account))
    if len(one.prepared.batches) > 1:
        found.append(Fact(_("Banyak berkas"), format_number(len(one.prepared.batches))))
    if one.free_rupiah is not None and one.left_rupiah is not None:
        found += [
            Fact(_("Kas yang bebas sekarang"), format_rupiah(one.free_rupiah)),
            Fact(_("Sesudah berkas ini"), format_rupiah(one.left_rupiah)),
        ]
    found += [
        Fact(_("Tertinggal: {why}").format(why=_(paying.WHY_NOT[why])), format_number(count))
        for why, count in sorted(one.prepared.left.items())
    ]
    if one.late.count:
        told = _("{count} orang, {rupiah}; dibayar penyelenggara lewat berkasnya sendiri")
        text = told.format(count=format_number(one.late.count), rupiah=format_rupiah(one.late.rupiah))
        found.append(Fact(_("Ganti rugi keterlambatan yang ditambahkan"), text))
    return found
