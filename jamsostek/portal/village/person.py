"""One resident: whether and until when they are protected, their card, and going on paying for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused, not_yours
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _
from jamsostek.portal.officer.shown import kpj_words, months_words, programmes_words, standing_tag
from jamsostek.portal.screens import Fact, Link, done, page, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.sheets import one_card
from jamsostek.portal.village.covering import CoverFields, cover, through_december
from jamsostek.portal.village.place import OWNERS, crumbs, payer_of, village_of
from jamsostek.registry.choices import TITLES, Sex
from jamsostek.registry.queries import lists, people
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.registers import covers_by
from jamsostek.registry.queries.timeline import Spell, spells_of, standing

if TYPE_CHECKING:
    from jamsostek.registry.models import Cover, Participant, Sponsor


def _resident(request: HttpRequest, code: int, kpj: str) -> tuple[str, Participant]:
    """The village's name and somebody who lives there; raises `Refused`, the same for all others."""
    name = village_of(request, code)
    person = lists.villagers(code).filter(kpj=kpj).first()
    if person is None:
        raise not_yours(_("Orang ini tidak ada, atau tidak tercatat tinggal di desa Anda."))
    return name, person


def _url(code: int, person: Participant) -> str:
    return reverse("village:person", args=[code, person.kpj])


@door(*OWNERS)
@require_safe
def show(request: HttpRequest, code: int, kpj: str) -> HttpResponse:
    """Their facts, starred, and for which months somebody pays."""
    name, person = _resident(request, code, kpj)
    audit.looked([person.pk], ("name", "birth_date", "timeline"), "halaman warga desa")
    spells = [one for found in spells_of(one_person(person.pk), month_of(today())).values() for one in found]
    payer = lists.village_sponsor(code)
    last, now = _last(person, payer), standing(spells, month_of(today()))
    context = {
        "code": code,
        "person": person,
        "kpj": kpj_words(person.kpj),
        "tag": standing_tag(person, now),
        "covered": now is not None and person.died_on is None,
        "payable": payer is not None and person.died_on is None and (last is None or last.to_month is not None),
        "way": _title(last),
        "facts": [*_facts(person), *(Fact(_("Perlindungan"), _spell(one, payer)) for one in spells)],
    }
    return page(request, "village/person.html", context, title=person.name, crumbs=crumbs(code, name))


def _facts(person: Participant) -> list[Fact]:
    hidden = people.masked([person.pk]).get(person.pk)
    return [
        Fact(_("NIK"), hidden.nik if hidden else NOTHING),
        Fact(_("Tanggal lahir"), date(person.birth_date)),
        Fact(_("Jenis kelamin"), _(TITLES[Sex][person.sex])),
        Fact(_("Nomor telepon"), hidden.phone if hidden else NOTHING),
    ]


def _spell(one: Spell, payer: Sponsor | None) -> str:
    """Months and programmes; who pays only where it is the village."""
    told = [months_words(one.from_month, one.to_month), programmes_words(one.programmes)]
    ours = payer is not None and one.sponsor_id == payer.pk
    return " · ".join([*told, *([_("dibayar desa")] if ours else []), *([] if one.paid else [_("menunggu iuran")])])


@door(*OWNERS)
@require_POST
def card(request: HttpRequest, code: int, kpj: str) -> HttpResponse:
    """A new card as PDF."""
    name, person = _resident(request, code, kpj)
    return one_card(request, person, back=_url(code, person), crumbs=crumbs(code, name))


# --- going on paying --------------------------------------------------------------------------------------------------


def _last(person: Participant, payer: Sponsor | None) -> Cover | None:
    """The cover by the village that ends last."""
    return next(iter(covers_by(person.pk, payer.pk)), None) if payer is not None else None


def _title(last: Cover | None) -> str:
    return _("Mulai perlindungan") if last is None else _("Lanjutkan perlindungan")


@door(*OWNERS)
def extend(request: HttpRequest, code: int, kpj: str) -> HttpResponse:
    """Pays for further months; the form begins where the cover there is ends."""
    name, person = _resident(request, code, kpj)
    payer = payer_of(code)
    last = _last(person, payer)
    form = CoverFields(request.POST or None, initial=_initial(last))
    if request.method == "POST" and form.is_valid():
        try:
            if person.died_on is not None:
                raise InputError(_("Orang ini tercatat sudah meninggal."))
            cover(form, person.pk, payer, after=last)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            told = _("Iuran {name} dibayar desa sampai {month}.")
            back = reverse("village:ending", args=[code]) if _ends_soon(last) else _url(code, person)
            return done(request, back, told.format(name=person.name, month=month_words(form.cleaned_data["to_month"])))
    above = [*crumbs(code, name), Link(person.name, _url(code, person))]
    context = {"form": form, "button": _("Simpan"), "about": person.name, "back": above[-1].url}
    return page(request, "employer/form.html", context, title=_title(last), crumbs=above)


def _initial(last: Cover | None) -> dict[str, object]:
    now = month_of(today())
    if last is None:
        return {**through_december(now)}
    first = max(now, add_months(last.to_month, 1)) if last.to_month is not None else now
    return {"occupation": last.occupation, "income_rupiah": last.income_rupiah, **through_december(first)}


def _ends_soon(last: Cover | None) -> bool:
    now = month_of(today())
    return last is not None and last.to_month is not None and now <= last.to_month <= add_months(now, 1)
