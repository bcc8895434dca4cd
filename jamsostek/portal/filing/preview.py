"""What a claim will come to: each condition with its fact and article, the amounts as an estimate, the months of cover.

Who only has the code is told conditions and amounts, and neither payers nor numbers; a hospital's desk no amounts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.scope import everything_in_sight
from jamsostek.claims.choices import Channel, Kind
from jamsostek.claims.computing import Assessed, Part
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim
from jamsostek.claims.queries.cases import component_title
from jamsostek.claims.queries.knowing import comes_to, facts_of
from jamsostek.collection.queries import cover
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.entitlement import OUTCOME_WORDS, Condition, Met, Outcome
from jamsostek.portal.filing.frame import is_stranger, looked, screen
from jamsostek.portal.filing.holder import of_claim, url
from jamsostek.portal.screens import Tag, today
from jamsostek.portal.screens.explanation import worded
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.statements.worker import Line
from jamsostek.portal.statements.worker import lines as month_lines

_TONES: dict[Met, Tone] = {Met.MET: "good", Met.NOT_MET: "bad", Met.UNKNOWN: "warn"}
_OUTCOMES: dict[Outcome, Tone] = {
    Outcome.ENTITLED: "good", Outcome.NOT_ENTITLED: "warn", Outcome.UNSETTLED: "warn", Outcome.UNKNOWN: "info"
}  # fmt: skip
RECURS = {
    "month": N_("setiap bulan"), "year": N_("setiap tahun ajaran"), "promise": N_("seluruhnya, dibayar setiap tahun ajaran"),
}  # fmt: skip
HELD = {"arrears": N_("Dibayar sesudah tunggakan iuran dilunasi.")}
MONTHS = 18
"""So many lines of the months of cover are shown."""
MAY_SEE_COVER = (Channel.SELF, Channel.HEIR, Channel.COUNTER, Channel.VILLAGE, Channel.AGENT)
"""A firm and a hospital are not told of work and cover elsewhere."""


@dataclass(frozen=True)
class Held:
    """A condition as it is shown."""

    title: str
    tag: Tag
    fact: str
    article: str
    remedy: str


@dataclass(frozen=True)
class Amount:
    """A part of the benefit as it is shown."""

    title: str
    rupiah: str
    notes: Sequence[str]


@require_safe
def _preview(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    looked(claim)
    facts = facts_of(claim, today=today())
    found = comes_to(claim, today=today(), facts=facts)
    stranger = is_stranger(request, claim)
    event = facts.date(OF[Kind(claim.kind)].event)
    told = {one: [held(c, stranger) for c in found.conditions if c.met == one and c.required] for one in Met}
    context: dict[str, Any] = {
        "tone": _OUTCOMES[found.outcome],
        "outcome": _(OUTCOME_WORDS[found.outcome]),
        "not_met": told[Met.NOT_MET],
        "unknown": told[Met.UNKNOWN],
        "met": told[Met.MET],
        "noted": [held(c, stranger) for c in found.conditions if not c.required],
        "amounts": [] if claim.channel == Channel.HOSPITAL else amounts(found),
        "hospital": claim.channel == Channel.HOSPITAL,
        "total": format_rupiah(found.rupiah) if found.rupiah else "",
        "months": _months(claim, event, stranger),
        "event": event,
        "next": url("check", claim),
    }
    return screen(request, "filing/preview.html", claim, context, title=_("Perkiraan"))


preview = of_claim()(_preview)


def held(one: Condition, stranger: bool) -> Held:
    """A fact with an amount of the person's in it is not told to a stranger."""
    hidden = stranger and any(name.endswith("_rupiah") for name in one.values)
    fact = "" if hidden else worded(one.fact_words)
    return Held(one.title_words, Tag(one.met_words, _TONES[one.met]), fact, one.article_words, worded(one.remedy_words))


def amounts(found: Assessed) -> list[Amount]:
    """What would be paid, part by part."""
    return [Amount(component_title(part.component), format_rupiah(part.rupiah), _notes(part)) for part in found.parts]


def _notes(part: Part) -> list[str]:
    notes = [_(RECURS.get(str(part.recurs.get("of")), RECURS["month"]))] if part.recurs is not None else []
    if part.tax_rupiah:
        notes.append(_("Pajaknya {tax}.").format(tax=format_rupiah(part.tax_rupiah)))
    if part.held:
        notes.append(_(HELD.get(part.held, HELD["arrears"])))
    if part.readings:
        notes.append(_("Hukumnya dapat dibaca berbeda; petugas memutuskan dengan melihat keduanya."))
    return notes


def _months(claim: Claim, event: dt.date | None, stranger: bool) -> list[Line]:
    """Which months were paid, up to the day it happened; where the gap is, and why."""
    if claim.channel not in MAY_SEE_COVER:
        return []
    try:
        with everything_in_sight():
            found = month_lines(cover.months_of(claim.participant_id, min(event or today(), today())))
    except InputError:  # before the law that is known, as a mistyped year is
        return []
    return [replace(one, who="", text="") if stranger else one for one in found[:MONTHS]]
