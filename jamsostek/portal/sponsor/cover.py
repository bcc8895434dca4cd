"""Ending somebody's cover before its time."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused, not_yours
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Form, MonthField, done, page, today
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.sponsor.payer import OWNERS, crumbs, people_link, sponsor_of
from jamsostek.registry.actions import sponsors
from jamsostek.registry.queries import lists


class EndForm(Form):
    """The last month and why."""

    to_month = MonthField(
        label=N_("Bulan terakhir yang dibayar"), help_text=N_("Sesudah akhir bulan ini orangnya tidak terlindungi lagi.")
    )
    reason = forms.CharField(label=N_("Mengapa berakhir?"), max_length=200, help_text=N_("Orangnya dapat membaca alasan ini."))


@door(*OWNERS)
def end(request: HttpRequest, number: str, cover_id: int) -> HttpResponse:
    """Ends a spell with a month."""
    sponsor = sponsor_of(request, number)
    cover = lists.cover(cover_id)
    if cover is None or cover.sponsor_id != sponsor.pk:
        raise not_yours(_("Orang ini tidak ada, atau bukan Anda yang membayar iurannya."))
    form = EndForm(request.POST or None, initial={"to_month": cover.to_month or month_of(today())})
    back = people_link(sponsor)
    if request.method == "POST" and form.is_valid():
        try:
            sponsors.end_cover(cover_id=cover.pk, **form.cleaned_data)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            told = _("Perlindungan {name} berakhir pada akhir {month}.")
            return done(
                request, back.url, told.format(name=cover.participant.name, month=month_words(form.cleaned_data["to_month"]))
            )
    context = {"form": form, "button": _("Akhiri perlindungan"), "about": cover.participant.name, "back": back.url}
    return page(request, "employer/form.html", context, title=_("Akhiri perlindungan"), crumbs=crumbs(sponsor, back))
