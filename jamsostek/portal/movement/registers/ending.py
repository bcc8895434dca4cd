"""Stopping and deleting, each asked about first."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import registers as actions
from jamsostek.outreach.queries import registers
from jamsostek.portal.movement.frame import MOVERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import Confirm, Fact, Form, Link, done, page

PLAIN = "movement/plain.html"


@door(*MOVERS)
def cancel(request: HttpRequest, number: int) -> HttpResponseBase:
    """No: stop it."""
    register = registers.get(number)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    url = reverse("movement:register", args=[number])
    if request.method == "POST":
        try:
            actions.cancel(register_id=register.pk, now=timezone.now())
        except InputError as error:
            return done(request, url, str(error))
        return done(request, url, _("Daftar dibatalkan; yang sudah dibaca dihapus."))
    confirm = Confirm(
        _("Batalkan daftar ini?"), _("Ya, batalkan"), Link(_("Tidak, kembali"), url),
        _("Yang sudah dibaca dihapus, juga berkasnya. Daftar ini dapat dikirim lagi."), danger=True,
    )  # fmt: skip
    crumbs = shown.crumbs(shown.link(register))
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=confirm.question, crumbs=crumbs)


class DeleteForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200, help_text=N_("Alasan ini tetap tercatat."))


@door(*MOVERS)
def delete(request: HttpRequest, number: int) -> HttpResponseBase:
    """Deletes everybody of a register."""
    register = registers.get(number)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    url = reverse("movement:register", args=[number])
    it = Ask(
        title=_("Hapus daftar"), crumbs=shown.crumbs(shown.link(register)), yes=_("Ya, hapus"), about=register.title, danger=True,
        text=_("Semua orang di daftar ini, berkasnya, dan kuncinya dihapus dan tidak dapat kembali."),
        act=lambda given: actions.delete(register_id=register.pk, reason=given["reason"], now=timezone.now()),
        facts=lambda given: [
            Fact(_("Orang yang dihapus"), format_number(register.rows_kept)), Fact(_("Alasan"), given["reason"])
        ],
        done=lambda _register, _given: done(request, url, _("Daftar dihapus.")),
        base=PLAIN,
    )  # fmt: skip
    return ask(request, DeleteForm(request.POST or None), it)
