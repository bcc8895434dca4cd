"""What compliance works on: findings that wait, one with its lines, lists that came from other registers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.vault import house_key
from jamsostek.collection.models import Case, Finding, ForeignList, Listed
from jamsostek.core.text import _
from jamsostek.registry.models import Employer

SEAL = "compliance"
"""What the house's key seals names of lists for."""


@dataclass(frozen=True)
class Shown:
    """A finding with its employer and, where it became one, its case."""

    finding: Finding
    employer: Employer
    case_id: int | None = None


def findings(*, open_only: bool = True, kind: str = "", employer_id: int | None = None) -> QuerySet[Finding]:
    """Findings in sight; those that wait the longest first, decided ones the newest first."""
    rows = Finding.objects.select_related("list")
    if open_only:
        rows = rows.filter(outcome=None)
    if kind:
        rows = rows.filter(kind=kind)
    if employer_id is not None:
        rows = rows.filter(employer_id=employer_id)
    return rows.order_by("found_on", "pk") if open_only else rows.order_by("-pk")


def shown(rows: Sequence[Finding]) -> list[Shown]:
    """Findings with whose they are."""
    employers = Employer.objects.in_bulk({one.employer_id for one in rows})
    cases = dict(Case.objects.filter(finding_id__in=[one.pk for one in rows]).values_list("finding_id", "pk"))
    return [Shown(one, employers[one.employer_id], cases.get(one.pk)) for one in rows if one.employer_id in employers]


def one(finding_id: int) -> Shown:
    """A finding in sight; raises `Refused`."""
    found = Finding.objects.select_related("list").filter(pk=finding_id).first()
    told = shown([found]) if found is not None else []
    if not told:
        raise not_yours(_("Temuan ini tidak ada, atau di luar wilayah kerja Anda."))
    return told[0]


@dataclass(frozen=True)
class Line:
    """A row of a list that did not match; the number is starred."""

    row: int
    verdict: str
    name: str
    nik: str
    wage_rupiah: int | None
    reported_rupiah: int | None


VERDICTS = {"workers": ("missing", "left"), "wage_list": ("lower",)}


def lines(finding: Finding, *, limit: int = 200) -> Iterator[Line]:
    """The rows of the list that a finding rests on. Looking at registered people is remembered in their trail."""
    if finding.list_id is None or finding.kind not in VERDICTS:
        return
    rows = list(Listed.objects.filter(list_id=finding.list_id, verdict__in=VERDICTS[finding.kind]).order_by("row")[:limit])
    known = [one.participant_id for one in rows if one.participant_id is not None]
    audit.looked(known, ("name", "wage_rupiah"), "temuan kepatuhan")
    key = house_key(SEAL)
    for each in rows:
        name, nik = json.loads(key.open(f"{each.list_id}:{each.row}", bytes(each.name_sealed)))
        yield Line(each.row, each.verdict, name, nik, each.wage_rupiah, each.reported_rupiah)


def waiting() -> dict[str, int]:
    """How many findings in sight wait, by kind."""
    rows = Finding.objects.filter(outcome=None).values_list("kind").annotate(count=Count("pk"))
    return dict(rows)


def lists(employer_id: int) -> QuerySet[ForeignList]:
    """Lists that were held against an employer's register, the newest first."""
    return ForeignList.objects.filter(employer_id=employer_id).order_by("-pk")
