"""What a person's record was: what was known on a day about a month, changes, merges, and who looked (for auditors)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.frame import OFFICERS, screen
from jamsostek.portal.officer.merges import merge_columns
from jamsostek.portal.officer.person import crumbs, person_of, tabs
from jamsostek.portal.officer.shown import SEGMENTS, actor_of, fields_words, months_words
from jamsostek.portal.screens import Column, DateField, Fact, Form, MonthField, paged, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.trail import reason_words
from jamsostek.portal.screens.words import NOTHING, date, moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.known import Change, KnownMonth, changes, known
from jamsostek.registry.queries.questions import Merges, names_of
from jamsostek.registry.queries.timeline import payers_of
from jamsostek.registry.queries.trail import ACTIONS, Entries, Wanted

SHOWN = 50


class KnownForm(Form):
    """On which day, about which month."""

    day = DateField(label=N_("Pada tanggal"), earliest=dt.date(2015, 7, 1))
    month = MonthField(label=N_("Tentang bulan"))


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, kpj: str) -> HttpResponse:
    """The page."""
    person = person_of(kpj)
    audit.looked([person.pk], ("timeline",), "riwayat peserta")
    asked = any(name.startswith(("day-", "month-")) for name in request.GET)
    form = KnownForm(request.GET if asked else None, initial={"day": today(), "month": month_of(today())})
    merges = Merges(person.pk)[:SHOWN]
    context = {
        "person": person,
        "tabs": tabs(person, "person_past"),
        "form": form,
        "known": _known(person, form.cleaned_data) if asked and form.is_valid() else None,
        "changes": _changes(changes(person.pk)[:SHOWN]),
        "merges": table(_("Nomor yang digabungkan"), merge_columns(), merges) if merges else None,
        **(_trail(request, person) if current().may(Can.READ_AUDIT) else {}),
    }
    return screen(request, "officer/past.html", context, title=person.name, above=crumbs(person)[1:])


def _known(person: Participant, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the registry knew at the end of a day."""
    end = dt.datetime.combine(told["day"], dt.time.max, timezone.get_current_timezone())
    found = known(person.pk, told["month"], min(end, timezone.now()))
    words = _("Yang diketahui pada {day} tentang {month}").format(day=date(told["day"]), month=month_words(told["month"]))
    return {"title": words, "facts": _known_facts(found)}


def _known_facts(found: KnownMonth) -> list[Fact]:
    if found.regency_code is None:
        return [Fact(_("Peserta"), _("Belum terdaftar pada tanggal itu"))]
    employers = {one["employer_id"] for one in found.employments}
    payers = payers_of(employers, {one["sponsor_id"] for one in found.covers if one["sponsor_id"]})
    facts = [Fact(_("Tempat tinggal"), regions_name(found.regency_code))]
    for job in found.employments:
        wage = found.wages.get(job["id"])
        told = [
            payers["employer", job["employer_id"]][0], _(SEGMENTS[job["segment"]]),
            months_words(job["from_month"], job["to_month"]), format_rupiah(wage) if wage else "",
        ]  # fmt: skip
        facts.append(Fact(_("Hubungan kerja"), " · ".join(filter(None, told))))
    for cover in found.covers:
        payer = payers["sponsor", cover["sponsor_id"]][0] if cover["sponsor_id"] else _("Peserta sendiri")
        facts.append(Fact(_("Perlindungan"), f"{payer} · {months_words(cover['from_month'], cover['to_month'])}"))
    if not found.employments and not found.covers:
        facts.append(Fact(_("Perlindungan"), _("Tidak ada yang tercatat")))
    return facts


def _changes(found: list[Change]) -> Table | None:
    if not found:
        return None
    names = names_of(one.user_id for one in found if one.user_id)
    columns = [
        Column(_("Kapan"), lambda one: moment(one.at)),
        Column(_("Yang diubah"), lambda one: fields_words(one.columns) or NOTHING),
        Column(_("Oleh"), lambda one: names.get(one.user_id or 0, "") or _("Sistem")),
    ]
    return table(_("Perubahan data"), columns, found)


def _trail(request: HttpRequest, person: Participant) -> dict[str, Any]:
    """Who did and looked at what; the newest 25, more by leafing."""
    rows = paged(request, Entries(Wanted(dt.date(2015, 7, 1), today(), number=person.kpj)))
    columns = [
        Column(_("Kapan"), lambda one: moment(one.at)),
        Column(_("Yang terjadi"), lambda one: _(ACTIONS.get(one.action, one.action))),
        Column(_("Oleh"), actor_of),
        Column(_("Data"), lambda one: fields_words(one.fields)),
        Column(_("Alasan"), lambda one: reason_words(one.reason)),
    ]
    return {"trail": table(_("Siapa melakukan dan melihat apa"), columns, rows.rows), "paged": rows}
