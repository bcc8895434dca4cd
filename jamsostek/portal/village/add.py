"""One vulnerable worker of the village: a form, a look at the answers, done; paid by the village where it pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.scope import Place
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.text import _
from jamsostek.portal.employer.person_form import DisabilityFields, PersonForm, carried, step_of
from jamsostek.portal.officer.shown import months_words
from jamsostek.portal.screens import Fact, done, page, today
from jamsostek.portal.village.covering import FIELDS, CoverFields, cover, through_december
from jamsostek.portal.village.place import OWNERS, crumbs, village_of
from jamsostek.registry.actions.people import KNOWN, Registered, register_person
from jamsostek.registry.choices import Via
from jamsostek.registry.identity import Person
from jamsostek.registry.queries import lists
from jamsostek.registry.queries.people import get

if TYPE_CHECKING:
    from jamsostek.registry.models import Sponsor


class VillagerForm(CoverFields, DisabilityFields, PersonForm):
    """A person of the village, their work, and for which months the village pays."""

    field_order = (
        "nik", "name", "birth_place", "birth_date", "sex", "mother_name", "address", "phone", "disability_type",
        "disability_degree", *FIELDS,
    )  # fmt: skip

    def __init__(self, *args: object, pays: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not pays:
            for name in FIELDS:
                del self.fields[name]

    def in_village(self, code: int) -> Person | None:
        """The person, checked, with the village as their home."""
        disability = {name: self.cleaned_data.get(name) or None for name in ("disability_type", "disability_degree")}
        return self.person(regency_code=code // 1_000_000, village_code=code, **disability)


@door(*OWNERS)
def show(request: HttpRequest, code: int) -> HttpResponse:
    """The form, the look at its answers, and keeping them."""
    name = village_of(request, code)
    payer = lists.village_sponsor(code)
    if request.method != "POST":
        form = VillagerForm(pays=payer is not None, initial=through_december(month_of(today())))
        return _form(request, code, name, form)
    form = VillagerForm(request.POST, pays=payer is not None)
    if not form.is_valid() or step_of(request) == "ubah":
        return _form(request, code, name, form)
    person = form.in_village(code)
    if person is None:
        return _form(request, code, name, form)
    if step_of(request) != "simpan":
        return _look(request, code, name, form, person)
    try:
        with transaction.atomic():
            return _keep(request, code, form, person, payer)
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
        return _form(request, code, name, form)


def _form(request: HttpRequest, code: int, name: str, form: VillagerForm) -> HttpResponse:
    above = crumbs(code, name)
    context = {"form": form, "button": _("Lanjut"), "back": above[-1].url}
    return page(request, "employer/form.html", context, title=_("Daftarkan satu orang"), crumbs=above)


def _look(request: HttpRequest, code: int, name: str, form: VillagerForm, person: Person) -> HttpResponse:
    facts, given = [*form.answers(), Fact(_("Desa"), name)], form.cleaned_data
    if "occupation" in given:
        months = months_words(given["from_month"], given["to_month"])
        facts += [Fact(_("Pekerjaan"), given["occupation"]), Fact(_("Terlindungi"), months)]
    context = {
        "facts": facts,
        "hidden": carried(request),
        "known": lists.nik_answer(person.nik or "", person.name),
        "button": _("Daftarkan"),
    }
    return page(request, "employer/look.html", context, title=_("Periksa jawaban Anda"), crumbs=crumbs(code, name))


def _keep(request: HttpRequest, code: int, form: VillagerForm, person: Person, payer: Sponsor | None) -> HttpResponse:
    """Registers, and covers where the village pays; nothing is half-done when either is refused."""
    lists.refuse_other_name(person.nik or "", person.name)
    who = register_person(person, via=Via.SPONSOR, today=today(), place=Place(village=code, regency=code // 1_000_000))
    if who.died:
        raise InputError(
            _("Orang ini tercatat sudah meninggal."), field="nik", remedy=_("Periksa NIK, atau tanyakan ke kantor cabang.")
        )
    if payer is not None:
        cover(form, who.participant_id, payer)
    return done(request, reverse("village:village", args=[code]), _told(person, who, payer))


def _told(person: Person, who: Registered, payer: Sponsor | None) -> str:
    if who.status == KNOWN and payer is None:
        return _("{name} sudah peserta; tidak ada yang diubah.").format(name=person.name)
    if who.status == KNOWN:
        return _("{name} sudah peserta; sekarang iurannya dibayar desa.").format(name=person.name)
    kpj = format_public("kpj", get(who.participant_id).kpj)
    return _("{name} terdaftar: KPJ {kpj}.").format(name=person.name, kpj=kpj)
