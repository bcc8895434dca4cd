"""Why a bill asks what it asks: due days by the law's calendar, reliefs by the facts that opened them, the law itself.

For those who audit, all of its lines computed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.collection.queries import bills, explaining
from jamsostek.collection.queries.explaining import Due, Relief, Wrong
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law import get_rule
from jamsostek.law.explain import plain
from jamsostek.law.explanation import in_unit, unit_of
from jamsostek.law.labels import citation, input_label, label
from jamsostek.portal.bills import words
from jamsostek.portal.bills.lines import amount_words, differing_table
from jamsostek.portal.bills.who import BOOKS, READERS, crumbs, of_bill, url
from jamsostek.portal.screens import Column, Fact, Link, Tag, Tile, page, table
from jamsostek.portal.screens.explanation import told, worded, worded_steps
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill

RELIEFS = {
    "relief.labour_intensive": N_("Keringanan JKK industri padat karya"),
    "relief.bpu": N_("Keringanan JKK dan JKM bukan penerima upah"),
}


@of_bill(*READERS)
@require_safe
def show(request: HttpRequest, bill: Bill) -> HttpResponseBase:
    """The page."""
    payer = bills.payer_of(bill)
    explained = None if bills.has_lines(bill) or bill.rule not in WHOLE else explaining.whole(bill)
    context: dict[str, Any] = {
        "about": words.title(bill, payer),
        "facts": [Fact(_("Jumlah"), format_rupiah(bill.total_rupiah)), *_people(bill)],
        "explained": explained,
        "told": told(explained.told) if explained is not None and explained.told is not None else None,
        "changes": [change.text() for change in explained.changes] if explained else [],
        "differing": differing_table(explained) if explained else None,
        "reliefs": [_relief(one) for one in explaining.reliefs(bill)],
        "dues": [_due(one) for one in explaining.due_days(bill)],
        "kept": _kept(bill),
    }
    above = crumbs(bill, payer, Link(words.title(bill, payer), url(bill)))
    return page(request, "bills/why.html", context, title=_("Mengapa sebesar ini?"), crumbs=above)


WHOLE = (explaining.CONSTRUCTION, explaining.MIGRANT)


def _people(bill: Bill) -> list[Fact]:
    if not bills.has_lines(bill):
        return []
    way = Link(_("Rincian setiap orang"), url(bill, "lines"))
    return [
        Fact(_("Orang"), format_number(bill.people), way),
        Fact(_("Cara menghitung"), _("Iuran setiap orang dihitung dan dibulatkan sendiri, lalu dijumlahkan.")),
    ]


def _relief(one: Relief) -> dict[str, Any]:
    months = ", ".join(map(month_words, one.months))
    text = (
        _("Berlaku dalam tagihan ini untuk {months}.")
        if one.opened
        else _("Berjalan pada {months}, tetapi tidak mengenai tagihan ini.")
    )
    named = "; ".join(f"{input_label(one.rule, name)}: {value}" for name, value in _told_inputs(one).items())
    conditions = [(label(name).capitalize(), _met(met)) for name, met in one.conditions.items() if name != "relief_in_force"]
    source = citation(one.told.rule.source)
    return {
        "title": _(RELIEFS[one.rule]), "opened": one.opened, "conditions": conditions,
        "text": " ".join([text.format(months=months), f"{named[:1].upper()}{named[1:]}.", f"({source})"]),
    }  # fmt: skip


def _told_inputs(one: Relief) -> dict[str, str]:
    """The facts in the reader's words, as the law itself words them."""
    held = one.told.root.inputs
    return {name: worded(in_unit(unit_of(name), plain(held[name]))) for name in one.told.inputs}


def _met(met: bool) -> Tag:
    return Tag(_("terpenuhi"), "good") if met else Tag(_("tidak terpenuhi"), "plain")


_DUE_STEPS = {"jkk": "risk_due", "jkm": "risk_due", "jht": "jht_due", "jp": "jp_due"}


def _due(one: Due) -> dict[str, Any]:
    steps = worded_steps(one.told.as_dict()["steps"]) if one.told is not None else []
    mine = [step for step in steps if step["step"] in {_DUE_STEPS[name] for name in one.programmes}] or steps
    return {"names": words.names_of(one.programmes), "day": date(one.day), "steps": mine, "changed": not one.same}


def _kept(bill: Bill) -> list[Fact]:
    """What the bill keeps of its law."""
    return [
        Fact(_("Aturan"), f"{_(get_rule(bill.rule).title)} ({bill.rule})"),
        Fact(_("Bulan hukumnya"), month_words(bill.law.month)),
        Fact(_("Sidik hukum"), bill.law.digest[:16]),
        Fact(_("Angka hukum yang tersimpan"), format_number(len(bill.law.figures.get("figures", {})))),
    ]


# --- all of it again --------------------------------------------------------------------------------------------------


@of_bill(*BOOKS)
@require_safe
def check(request: HttpRequest, bill: Bill) -> HttpResponseBase:
    """Every line of a bill computed again by the law's kernels, and those that differ."""
    if not bills.has_lines(bill):
        raise Http404
    payer = bills.payer_of(bill)
    found = explaining.verify_lines(bill)
    people = bills.people_of([one.participant_id for one in found.wrong])
    audit.looked(sorted(people), ("name", "wage_rupiah"), "penjelasan tagihan")

    def who(one: Wrong) -> Link | str:
        person = people.get(one.participant_id)
        return Link(person.name, url(bill, "line", person.kpj, one.for_month)) if person else _("Di luar wilayah kerja Anda")

    def parts(values: Any) -> str:
        return ", ".join(f"{amount_words(name)} {format_rupiah(value)}" for name, value in values.items() if value)

    columns = [
        Column(_("Nama"), who),
        Column(_("Bulan"), lambda one: month_words(one.for_month)),
        Column(_("Pada tagihan"), lambda one: parts(one.stored)),
        Column(_("Menurut hukum sekarang"), lambda one: parts(one.found)),
    ]
    context: dict[str, Any] = {
        "about": words.title(bill, payer),
        "holds": found.holds,
        "tiles": [
            Tile(_("Baris dihitung ulang"), format_number(found.lines), tone="good"),
            Tile(_("Berbeda"), format_number(found.differing), tone="bad" if found.differing else "good"),
        ],
        "changes": [change.text() for change in found.changes],
        "table": table(_("Baris yang berbeda"), columns, found.wrong) if found.wrong else None,
        "more": format_number(found.differing) if found.differing > len(found.wrong) else "",
    }
    above = crumbs(bill, payer, Link(words.title(bill, payer), url(bill)))
    return page(request, "bills/check.html", context, title=_("Hitung ulang semua baris"), crumbs=above)
