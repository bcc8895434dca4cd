"""What if: a purchase or sale that nobody has planned yet, and every limit before and after it. Nothing is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.limits import Finding, findings_after
from jamsostek.fund.limits.rules import LAW
from jamsostek.fund.queries.limits import instruments
from jamsostek.law.labels import GRADES
from jamsostek.portal.fund.frame import READERS, screen
from jamsostek.portal.fund.limits.words import (
    TRY,
    FundField,
    above,
    cited,
    finding_tag,
    finding_title,
    share_words,
    subject_words,
)
from jamsostek.portal.screens import Column, Empty, Form, MoneyField, Table, table, today

MOST_RUPIAH = 10**15


class TryForm(Form):
    """A trade as it might be planned."""

    fund = FundField()
    side = forms.ChoiceField(label=N_("Arah"), choices=[("buy", N_("Beli")), ("sell", N_("Jual"))], widget=forms.RadioSelect)
    instrument = forms.TypedChoiceField(label=N_("Efek"), coerce=int)
    quantity = forms.IntegerField(
        label=N_("Jumlah unit"), min_value=1, max_value=10**15, help_text=N_("Yang dijual dihitung menurut unit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    amount = MoneyField(
        label=N_("Nilai dalam rupiah"), least=1, most=MOST_RUPIAH, help_text=N_("Tanpa bunga berjalan dan biaya.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [(pk, f"{code}, {name}") for pk, code, name in instruments()]  # type: ignore[attr-defined]


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The form, and what such a trade would do today."""
    asked = "instrument" in request.GET
    form = TryForm(request.GET if asked else None, initial={"side": "buy"})
    found = _found(form) if asked and form.is_valid() else None
    context = {
        "form": form,
        "some": bool(instruments()),
        "table": _table(found) if found is not None else None,
        "broken": sum(one.breach for one in found or ()),
        "asked": found is not None,
        "empty": Empty(_("Belum ada efek"), _("Catat efeknya dahulu; sesudah itu transaksinya dapat dicoba di sini.")),
        "untouched": Empty(_("Tidak ada batas yang tersentuh"), _("Tidak satu pun batas menghitung efek ini.")),
    }
    return screen(request, "limits/try.html", context, title=_(TRY), here="limits:try", above=[above()])


def _found(form: TryForm) -> list[Finding]:
    given = form.cleaned_data
    return findings_after(
        fund=given["fund"], instrument_id=given["instrument"], side=given["side"], quantity=given["quantity"],
        amount_rupiah=given["amount"], on=today(),
    )  # fmt: skip


def _table(found: list[Finding]) -> Table:
    columns = [
        Column(_("Batas"), finding_title),
        Column(_("Tentang"), lambda one: subject_words(one.subject_name)),
        Column(_("Sebelum"), lambda one: share_words(one.before_rupiah, one.before_base_rupiah), number=True),
        Column(_("Sesudah"), lambda one: share_words(one.after_rupiah, one.base_rupiah), number=True),
        Column(_("Nilai sesudahnya"), lambda one: format_rupiah(one.after_rupiah), number=True),
        Column(_("Ruang sesudahnya"), lambda one: format_rupiah(one.room_rupiah), number=True),
        Column(_("Keadaan"), finding_tag),
        Column(_("Dasar"), _basis),
    ]
    return table(_("Setiap batas, sebelum dan sesudah transaksi itu"), columns, found)


def _basis(one: Finding) -> str:
    told = cited(one.regulation, one.article)
    return f"{told} ({_(GRADES[one.grade])})" if one.basis == LAW and one.grade != "gazette" else told
