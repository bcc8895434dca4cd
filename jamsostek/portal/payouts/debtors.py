"""The accounts that funds pay from: which one now, which ones before, and a new one asked twice."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import paying
from jamsostek.claims.banks import BICS, code_of
from jamsostek.claims.models import Debtor
from jamsostek.claims.queries import payouts
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Answers, Ask, ask
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import READERS, above, base, may_pay, name_of, screen, tabs
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, paged, table
from jamsostek.portal.screens.words import moment

FIELDS = {"debtor_name": "name", "debtor_bank": "bank", "debtor_account": "account"}


class AccountForm(Form):
    """An account as the bank's own papers have it."""

    name = forms.CharField(label=N_("Nama pemilik rekening"), max_length=140, help_text=N_("Seperti tercatat di bank."))
    bank = forms.CharField(
        label=N_("Bank"), max_length=35, help_text=N_("Nama singkat (BRI, BNI, Mandiri, BTN, BCA, BSI), BIC, atau kode kliring.")
    )
    account = forms.CharField(label=N_("Nomor rekening"), max_length=34, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def number(row: Debtor) -> str:
    """Bank and number."""
    return f"{row.bank} {words.reference(row.account)}"


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """One for each fund, or that it has none."""
    known = payouts.debtors()
    names = payouts.names_of(row.set_by for row in known.values())

    def shown(fund: str) -> str | Tag:
        return number(known[fund]) if fund in known else Tag(_("Belum ada: dana ini belum dapat membayar"), "bad")

    columns = [
        Column(_("Dana"), lambda one: Link(words.fund(one), reverse("payouts:debtor", args=[one]))),
        Column(_("Rekening"), shown),
        Column(_("Atas nama"), lambda one: known[one].name if one in known else ""),
        Column(_("Sejak"), lambda one: moment(known[one].set_at) if one in known else ""),
        Column(_("Dicatat"), lambda one: name_of(names, known[one].set_by) if one in known else ""),
    ]
    context = {
        "tabs": tabs("debtors"),
        "about": _("Dari rekening mana manfaat setiap dana dibayar. Yang terbaru berlaku; yang lama tetap tercatat."),
        "table": table(_("Rekening setiap dana"), columns, payouts.FUNDS),
    }
    return screen(request, "payouts/list.html", context, title=_("Rekening dana"))


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, fund: str) -> HttpResponseBase:
    """The accounts of a fund; who pays puts a new one, after a look."""
    if fund not in payouts.FUNDS:
        raise Http404(fund)
    crumbs = above(Link(_("Rekening dana"), reverse("payouts:debtors")))
    if request.method != "POST" and "ganti" not in request.GET:
        return _history(request, fund, crumbs)
    current().need(Can.PAY_CLAIMS)
    here = reverse("payouts:debtor", args=[fund])

    def act(told: Answers) -> Debtor:
        try:
            return paying.set_debtor(fund=fund, name=told["name"], bank=told["bank"], account="".join(told["account"].split()))
        except InputError as error:
            error.field = FIELDS.get(error.field or "", error.field)
            raise

    def facts(told: Answers) -> list[Fact]:
        return [
            Fact(_("Dana"), words.fund(fund)),
            Fact(_("Atas nama"), told["name"]),
            Fact(_("Bank"), code_of(told["bank"])),
            Fact(_("Nomor rekening"), words.reference("".join(told["account"].split()))),
        ]

    form = AccountForm(request.POST if request.method == "POST" else None)
    asked = Ask(
        title=_("Rekening baru untuk {fund}").format(fund=words.fund(fund)),
        crumbs=[*crumbs, Link(words.fund(fund), here)],
        yes=_("Catat rekening"),
        act=act,
        done=lambda _made, _told: done(
            request, here, _("Rekening dicatat. Berkas yang sudah disiapkan tetap memakai yang lama.")
        ),
        facts=facts,
        text=_("Contoh bank yang dikenal: {names}.").format(names=", ".join(BICS)),
        base=base(),
    )
    return ask(request, form, asked)


def _history(request: HttpRequest, fund: str, crumbs: list[Link]) -> HttpResponseBase:
    found = paged(request, payouts.debtor_history(fund))
    names = payouts.names_of(row.set_by for row in found.rows)
    newest = payouts.debtors().get(fund)
    columns = [
        Column(_("Dicatat"), lambda one: moment(one.set_at)),
        Column(_("Rekening"), number),
        Column(_("Atas nama"), lambda one: one.name),
        Column(_("Oleh"), lambda one: name_of(names, one.set_by)),
        Column(
            _("Keadaan"),
            lambda one: Tag(_("Berlaku"), "good") if newest and one.pk == newest.pk else Tag(_("Dahulu"), "plain"),
        ),
    ]
    context = {
        "table": table(_("Rekening, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "ways": [Link(_("Catat rekening baru"), f"{reverse('payouts:debtor', args=[fund])}?ganti=1")] if may_pay() else [],
        "empty": Empty(_("Belum ada rekening"), _("Tanpa rekening dana ini belum dapat membayar.")),
    }
    title = _("Rekening {fund}").format(fund=words.fund(fund))
    return screen(request, "payouts/list.html", context, title=title, crumbs=crumbs)
