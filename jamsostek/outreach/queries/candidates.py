"""Candidates as people look at them: lists with filters, one with all that is known, what a village is asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from jamsostek.access import audit
from jamsostek.access.audit import Entry
from jamsostek.access.errors import not_yours
from jamsostek.access.scope import acting, current, system_scope
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import N_, _
from jamsostek.outreach import eligibility, priority
from jamsostek.outreach.models import Candidate, CandidateStep, Programme, Register
from jamsostek.outreach.queries.effects import as_table
from jamsostek.outreach.queries.programmes import BY_HAND, meets_all
from jamsostek.outreach.sealing import kept_key, nik_of

READER = N_("Gerakan perlindungan pekerja rentan")
ASKED = {"alive": "alive", "resident": "resident", "works": "works", "not_asn": "is_asn", "has_nik": "nik"}
"""Conditions a village can answer, and what it is asked."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty: all. `unknown` and `reason` are keys of conditions, `village` a code, 0: not known."""

    state: str = ""
    village: int | None = None
    unknown: str = ""
    reason: str = ""
    occupation: str = ""
    sex: str = ""
    name: str = ""


def listed(programme: Programme, wanted: Wanted) -> QuerySet[Candidate]:
    """People of a programme in the order of its rule."""
    rows = Candidate.objects.select_related("person").filter(programme_id=programme.pk).order_by("-points", "lot", "pk")
    keys = {one.key for one in eligibility.CONDITIONS}
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.village is not None:
        rows = rows.filter(village_code=wanted.village) if wanted.village else rows.filter(village_code=None)
    if wanted.unknown in keys:
        rows = rows.filter(state="proposed", **{f"answers__{wanted.unknown}": eligibility.UNKNOWN})
    if wanted.reason in keys:
        rows = rows.filter(**{f"answers__{wanted.reason}": eligibility.NOT_MET})
    elif wanted.reason == BY_HAND:
        met = Q()
        for key in keys:
            met |= Q(**{f"answers__{key}": eligibility.NOT_MET})
        rows = rows.filter(state="refused").exclude(met)
    if wanted.occupation:
        rows = rows.filter(facts__occupation=wanted.occupation)
    if wanted.sex:
        rows = rows.filter(facts__sex=wanted.sex)
    for word in wanted.name.split():
        rows = rows.filter(person__name__icontains=word)
    return rows


def one(candidate_id: int) -> Candidate:
    """A candidate in sight. Raises `Refused`."""
    row = Candidate.objects.select_related("person").filter(pk=candidate_id).first()
    if row is None:
        raise not_yours(_("Calon ini tidak ada, atau bukan di daerah Anda."))
    return row


@dataclass(frozen=True)
class About:
    """What may be told to everybody who sees a candidate of their programme and register."""

    programme_id: int
    number: int
    title: str
    year: int
    region_code: int
    rule: priority.Rule
    state: str
    register: str
    snapshot_on: dt.date | None
    source: str


def about(row: Candidate) -> About:
    """A village sees its own people, neither programme nor register: their names are read for it."""
    with acting(system_scope(_(READER))):
        programme = Programme.objects.select_related("rule").get(pk=row.programme_id)
        register = Register.objects.filter(pk=row.register_id).first()
        source = row.source.title if row.source_id and row.source else ""
    rule = priority.Rule.from_json(json.dumps(programme.rule.rule))
    return About(
        programme.pk, programme.number, programme.title, programme.year, programme.region_code, rule, programme.state,
        register.title if register else "", register.snapshot_on if register else None, source,
    )  # fmt: skip


def masked_nik(row: Candidate) -> str:
    """The NIK with its digits starred; '' where none is known."""
    if row.person is None and row.nik is None:
        return ""
    with acting(system_scope(_(READER))):
        whole = nik_of(row, kept_key(row.register_id))
    return mask_nik(whole) if whole else ""


def points_explained(row: Candidate, rule: priority.Rule) -> list[tuple[str, str, Any, int]]:
    """Each measure of the rule: its key, its name, the fact, the points."""
    told = priority.explained(as_table([(row.facts, bytes(row.record_key))]), rule, 0)
    return [(one.field, *line) for one, line in zip(rule.criteria, told, strict=True)]


def steps(row: Candidate) -> list[CandidateStep]:
    """What became of somebody, in order."""
    return list(CandidateStep.objects.filter(candidate_id=row.pk))


def place_in_line(row: Candidate) -> int:
    """The number of somebody who waits, from 1, among all of the programme; a village sees only its own and is told it too."""
    before = Q(points__gt=row.points) | Q(points=row.points, lot__lt=row.lot)
    with acting(system_scope(_(READER))):
        line = Candidate.objects.filter(programme_id=row.programme_id, state="waiting")
        return 1 + line.filter(before | Q(points=row.points, lot=row.lot, pk__lt=row.pk)).count()


def replaces(row: Candidate) -> Candidate | None:
    """Whose place somebody took."""
    return Candidate.objects.select_related("person").filter(pk=row.replaces_id).first() if row.replaces_id else None


def unknown_of(row: Candidate) -> list[str]:
    """Keys of the conditions nobody knows of somebody."""
    return [one.key for one in eligibility.CONDITIONS if row.answers.get(one.key) == eligibility.UNKNOWN]


def looked(rows: Iterable[Candidate], fields: Sequence[str], reason: str) -> None:
    """Remembers that people of a register were looked at."""
    if not current().system:
        audit.record_many(Entry("look", "candidate", one.pk, tuple(fields), None, reason) for one in rows)


# --- a village ---------------------------------------------------------------------------------------------------------------


def of_village(village: int) -> QuerySet[Candidate]:
    """Everybody of a village in any programme, as proposed first."""
    return Candidate.objects.select_related("person").filter(village_code=village).order_by("-points", "lot", "pk")


def asked_of(village: int) -> QuerySet[Candidate]:
    """Proposed people of a village of whom it can answer something."""
    some = Q()
    for key in ASKED:
        some |= Q(**{f"answers__{key}": eligibility.UNKNOWN})
    return of_village(village).filter(state="proposed").filter(some)


def ready_in(village: int) -> QuerySet[Candidate]:
    """Proposed people of a village who meet everything."""
    return meets_all(of_village(village).filter(state="proposed"))
