"""Who comes in here, what stands above the pages, and words that they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.scope import current
from jamsostek.awards.actions.entries import edition_of
from jamsostek.awards.choices import ENTRY_STATES, LEVELS, EntryState
from jamsostek.awards.edition import told
from jamsostek.awards.queries import contests
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import EntryRow
from jamsostek.awards.queries.evidence import EvidenceRow
from jamsostek.awards.words import left_words, moment_words
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_decimal
from jamsostek.core.text import N_, _, language
from jamsostek.portal.award.frame import sample_words, screen
from jamsostek.portal.screens import Fact, Form, Link, Tag, done
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date

HERE = "award_entries:home"
_STATES: dict[str, Tone] = {
    "nominated": "warn", "accepted": "good", "refused": "bad", "withdrawn": "plain", "disqualified": "bad",
}  # fmt: skip
EVIDENCE_STATES: dict[str, tuple[str, Tone]] = {
    "sent": (N_("Diterima"), "info"), "checked": (N_("Diperiksa, menunggu disahkan"), "warn"),
    "rejected": (N_("Ditolak, menunggu disahkan"), "warn"), "withdrawn": (N_("Ditarik"), "plain"),
    "register": (N_("Disahkan di daftar peraturan"), "good"),
}  # fmt: skip
CONFIRMED: dict[str, tuple[str, Tone]] = {
    "checked": (N_("Sah menurut panitia"), "good"), "rejected": (N_("Ditolak panitia"), "bad")
}  # fmt: skip


def above(*more: Link) -> list[Link]:
    """The pages between the award's first one and this."""
    return [Link(_("Pencalonan"), reverse(HERE)), *more]


def state_tag(row: EntryRow) -> Tag:
    """Where an entry stands."""
    return Tag(_(ENTRY_STATES[row.state]), _STATES[row.state])


def evidence_tag(one: EvidenceRow) -> Tag:
    """Where a piece of evidence stands."""
    if one.row.form == "regulation" and one.state == "sent":
        text, tone = EVIDENCE_STATES["register"]
    else:
        text, tone = CONFIRMED[one.state] if one.confirmed and one.state in CONFIRMED else EVIDENCE_STATES[one.state]
    return Tag(_(text), tone)


def entry_link(row: EntryRow) -> Link:
    """The page of an entry, by the name of who competes."""
    return Link(row.name, reverse("award_entries:entry", args=[row.code]))


def category_words(of: Standing, key: str) -> str:
    """A category's title; its key where the version in force has it no more."""
    return of.says.categories[key].name if key in of.says.categories else key


def criterion_words(of: Standing, key: str) -> str:
    """A criterion's title."""
    return told(of.says.criteria[key].title) if key in of.says.criteria else key


def kind_words(of: Standing, key: str) -> str:
    """A kind of evidence."""
    return told(of.says.evidence[key].title) if key in of.says.evidence else key


def area_words(of: Standing, row: EntryRow) -> str:
    """Where it competes."""
    return contests.area_words(of, row.level, row.area)


def level_words(row: EntryRow) -> str:
    """At which level."""
    return _(LEVELS[row.level])


def deadline_words(until: dt.datetime, now: dt.datetime) -> str:
    """A deadline, and how long there still is."""
    left = left_words(until, now)
    return f"{moment_words(until)} ({left})" if left else _("{moment}, sudah lewat").format(moment=moment_words(until))


def exact(value: dt.datetime) -> str:
    """A moment to the second: `5 Maret 2026 14.30.05 WIB`."""
    local = timezone.localtime(value)
    mark = ":" if language() == "en" else "."
    return f"{date(local)} {local:%H}{mark}{local:%M}{mark}{local:%S} WIB"


def size_words(size: int) -> str:
    """Bytes as people read them."""
    return f"{format_decimal(size / 1_000_000, 1)} MB" if size >= 1_000_000 else f"{format_decimal(max(size / 1_000, 0.1), 1)} kB"


def entry_of(code: str) -> tuple[EntryRow, Standing]:
    """An entry of whoever looks, or of a committee's area, with its edition; there is no other page."""
    row = queries.entry(code)
    if row is None:
        raise Http404
    if not (queries.own(row.subject, row.subject_code) or queries.runs(row) or row.made_by == current().user_id):
        raise not_yours(_("Ini bukan pencalonan Anda."))
    return row, edition_of(row)


def shown(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    of: Standing | None = None,
    crumbs: Iterable[Link] = (),
    status: int = 200,
    here: str = HERE,
) -> HttpResponse:
    """A page of this room; one about an invented edition says so."""
    sample = "" if of is None else sample_words(of)
    answer = screen(request, f"entries/{template}", {"sample": sample, **context}, title=title, here=here, above=crumbs)
    answer.status_code = status
    return answer


@dataclass(frozen=True)
class Deed:
    """A form, or a question, and what its button does; `act` gets the form's answers, `to` the result."""

    title: str
    crumbs: Sequence[Link]
    yes: str
    act: Callable[[Mapping[str, Any]], Any]
    to: Callable[[Any], str]
    said: str
    about: str = ""
    text: str = ""
    facts: Sequence[Fact] = ()
    danger: bool = False
    of: Standing | None = None
    here: str = HERE


def deed(request: HttpRequest, form: Form, it: Deed) -> HttpResponseBase:
    """The form, or what came of it; what the domain refuses is told at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = it.act(form.cleaned_data)
            return done(request, it.to(made), it.said)
        except Refused:
            raise
        except InputError as error:
            error.field = "file" if error.field is None and "file" in form.fields else error.field
            form.refuse(error)
    context = {
        "form": form, "about": it.about, "text": it.text, "facts": it.facts, "yes": it.yes, "danger": it.danger,
        "back": it.crumbs[-1].url,
    }  # fmt: skip
    return shown(request, "form.html", context, title=it.title, of=it.of, crumbs=it.crumbs, here=it.here)


def answers(request: HttpRequest) -> Any:
    """What was sent, for a form that may have nothing to fill in."""
    return request.POST if request.method == "POST" else None


class YesForm(Form):
    """Nothing to fill in."""


def waits(row: EntryRow) -> bool:
    """Whether it still competes."""
    return row.state in (EntryState.NOMINATED, EntryState.ACCEPTED)
