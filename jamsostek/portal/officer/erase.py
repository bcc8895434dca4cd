"""Erasing a person's data at their wish (UU 27/2022): for the head office, when nobody pays for the person any more."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from jamsostek.access.doors import door
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import HEAD_OFFICE
from jamsostek.portal.officer.person import crumbs, person_of
from jamsostek.portal.screens import Fact, done, today
from jamsostek.registry.actions.changes import erase_person

GOES = N_("nama, NIK, alamat, telepon, rekening, nama ibu kandung, keluarga, dan akun orangnya")
STAYS = N_("nomor peserta, tanggal lahir, bulan kepesertaan, upah, dan jejak tanpa nilainya")


@door(*HEAD_OFFICE)
def erase(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """What goes and what stays, then the deed; it cannot be undone, not even by us."""
    person = person_of(kpj)
    it = Ask(
        title=_("Hapus data pribadi"),
        crumbs=crumbs(person),
        yes=_("Hapus untuk selamanya"),
        about=person.name,
        text=_("Kunci yang membuka data orang ini dihancurkan. Tidak seorang pun dapat mengembalikannya, kami pun tidak."),
        act=lambda told: erase_person(participant_id=person.pk, today=today(), now=timezone.now(), reason=told["reason"]),
        facts=lambda told: [
            Fact(_("Peserta"), f"{person.name}, {format_number('kpj', person.kpj)}"),
            Fact(_("Dihapus"), _(GOES)),
            Fact(_("Tetap disimpan menurut hukum"), _(STAYS)),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _none, _told: done(request, reverse("officer:person", args=[person.kpj]), _("Data pribadi dihapus.")),
        danger=True,
    )
    return ask(request, ReasonForm(request.POST or None), it)
