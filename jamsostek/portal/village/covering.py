"""The months a village pays for somebody, in a form and as the registry takes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django import forms

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.shown import months_words
from jamsostek.portal.screens import Form, MoneyField, MonthField
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.actions import sponsors
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.registry.models import Cover, Sponsor

FIELDS = ("occupation", "income_rupiah", "from_month", "to_month")


class CoverFields(Form):
    """Somebody's work, and for which months the village pays."""

    occupation = forms.CharField(
        label=N_("Pekerjaan"), help_text=N_("Misalnya petani, nelayan, pemulung, guru mengaji."), max_length=80
    )
    income_rupiah = MoneyField(label=N_("Penghasilan sebulan"), help_text=N_("Bila diketahui."), least=1, required=False)
    from_month = MonthField(label=N_("Terlindungi mulai bulan"))
    to_month = MonthField(label=N_("Sampai bulan"), help_text=N_("Bulan terakhir yang dibayar desa."))


def through_december(month: int) -> dict[str, int]:
    """From a month to the end of its year: what a form of `CoverFields` begins with."""
    return {"from_month": month, "to_month": add_months(month, 12 - month % 100)}


def cover(form: CoverFields, participant_id: int, payer: Sponsor, *, after: Cover | None = None) -> None:
    """Begins the cover, as what it comes after was; raises `InputError` where the village pays some of the months already."""
    given = form.cleaned_data
    wish = sponsors.Covering(
        participant_id,
        given["from_month"],
        given["income_rupiah"] or lists.least_income(given["from_month"]),
        given["occupation"],
        given["to_month"],
    )
    if after is not None:
        wish = replace(wish, sector=after.sector, jht_member=after.jht_member)
    (made,) = sponsors.cover_by_sponsor(sponsor_id=payer.pk, people=[wish])
    if made.status == sponsors.ALREADY:
        raise _paid_already(made)


def _paid_already(there: sponsors.Covered) -> InputError:
    told = _("Desa sudah membayar iuran orang ini: {months}.").format(months=months_words(there.from_month, there.to_month))
    if there.to_month is None:
        remedy = _("Tidak perlu dilanjutkan: perlindungannya tidak berbatas bulan.")
    else:
        remedy = _("Mulailah pada {month}, atau pilih bulan lain yang belum dibayar.").format(
            month=month_words(add_months(there.to_month, 1))
        )
    return InputError(told, field="from_month", remedy=remedy)
