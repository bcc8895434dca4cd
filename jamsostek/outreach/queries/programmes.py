"""Programmes as people look at them: their money, their people by state, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from jamsostek.access.errors import not_yours
from jamsostek.core.text import N_, _
from jamsostek.outreach import eligibility
from jamsostek.outreach.models import (
    Candidate,
    CandidateStep,
    Decree,
    DecreeLine,
    Intake,
    Programme,
    Quota,
    Reconciliation,
    Register,
    Rule,
    Run,
    Source,
)

STATES = {
    "proposed": N_("Diusulkan"), "verified": N_("Disahkan"), "waiting": N_("Menunggu dana"), "funded": N_("Didanai"),
    "enrolled": N_("Terlindungi"), "refused": N_("Ditolak"), "lapsed": N_("Berhenti"),
}  # fmt: skip
"""States of a candidate, as they follow each other."""
PROGRAMME_STATES = {"draft": N_("Draf"), "open": N_("Dibuka"), "closed": N_("Ditutup")}
BY_HAND = "by_hand"
"""A refusal for a reason that somebody wrote."""


@dataclass(frozen=True)
class Shown:
    """A programme with its money and its people by state. Whole rupiah."""

    row: Programme
    rupiah: int
    spent_rupiah: int
    people: Mapping[str, int]
    ready: int
    """Proposed who meet every condition."""
    unlisted: int
    """Funded who stand on no list."""
    lists: int
    """Lists that wait for approval."""

    @property
    def left_rupiah(self) -> int:
        """What nobody has yet."""
        return self.rupiah - self.spent_rupiah

    @property
    def everybody(self) -> int:
        """All who were taken in."""
        return sum(self.people.values())

    @property
    def unclear(self) -> int:
        """Proposed of whom something is still asked."""
        return self.people.get("proposed", 0) - self.ready


def programmes() -> QuerySet[Programme]:
    """Programmes in sight, the newest year first."""
    return Programme.objects.select_related("rule").order_by("-year", "-pk")


def by_number(number: int) -> Programme:
    """A programme in sight. Raises `Refused`."""
    row = Programme.objects.select_related("rule").filter(number=number).first()
    if row is None:
        raise not_yours(_("Program ini tidak ada, atau bukan milik daerah Anda."))
    return row


def meets_all(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those who meet every condition, and whose number is known."""
    wanted = {f"answers__{one.key}": eligibility.MET for one in eligibility.CONDITIONS}
    return rows.filter(nik_index__isnull=False, **wanted)


def shown(rows: Iterable[Programme]) -> list[Shown]:
    """Figures of programmes, in their order."""
    listed = list(rows)
    ids = [one.pk for one in listed]
    people: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    spent: dict[int, int] = {}
    counted = Candidate.objects.filter(programme_id__in=ids).order_by().values_list("programme_id", "state")
    for programme, state, count, rupiah in counted.annotate(people=Count("pk"), rupiah=Sum("rupiah")):
        people[programme][state] = count
        spent[programme] = spent.get(programme, 0) + int(rupiah)
    money = _sums(Source.objects.filter(programme_id__in=ids).order_by(), Sum("rupiah"))
    ready = _sums(meets_all(Candidate.objects.filter(programme_id__in=ids, state="proposed")).order_by(), Count("pk"))
    unlisted = _sums(_unlisted(ids).order_by(), Count("pk"))
    lists = _sums(Decree.objects.filter(programme_id__in=ids, state="prepared").order_by(), Count("pk"))
    return [
        Shown(
            one, money.get(one.pk, 0), spent.get(one.pk, 0), people[one.pk], ready.get(one.pk, 0), unlisted.get(one.pk, 0),
            lists.get(one.pk, 0),
        )
        for one in listed
    ]  # fmt: skip


def _sums(rows: QuerySet[Any], what: Any) -> dict[int, int]:
    return {programme: int(value or 0) for programme, value in rows.values_list("programme_id").annotate(value=what)}


def _unlisted(ids: list[int]) -> QuerySet[Candidate]:
    live = DecreeLine.objects.exclude(decree__state="withdrawn").filter(decree__programme_id__in=ids).values("candidate_id")
    return Candidate.objects.filter(programme_id__in=ids, state="funded").exclude(pk__in=live)


# --- one programme -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    """A step that people reach: how many did, whatever became of them."""

    state: str
    people: int


def funnel(programme: Programme) -> list[Stage]:
    """From who was judged to who is covered: each counts all who ever reached it."""
    rows = CandidateStep.objects.filter(candidate__programme_id=programme.pk).order_by().values_list("state")
    reached = dict(rows.annotate(people=Count("candidate_id", distinct=True)))
    whole = Candidate.objects.filter(programme_id=programme.pk).count()
    steps = [Stage(state, reached.get(state, 0)) for state in ("proposed", "verified", "funded", "enrolled")]
    return [Stage("", whole), *steps]


def refusals(programme: Programme) -> list[tuple[str, int]]:
    """Of those refused: each condition not met and how many; `BY_HAND` where somebody wrote why. One person may have several."""
    rows = Candidate.objects.filter(programme_id=programme.pk, state="refused")
    conditions = {one.key: Q(**{f"answers__{one.key}": eligibility.NOT_MET}) for one in eligibility.CONDITIONS}
    counted = rows.aggregate(**{key: Count("pk", filter=wanted) for key, wanted in conditions.items()})
    some = Q()
    for wanted in conditions.values():
        some |= wanted
    told = [(key, int(count)) for key, count in counted.items() if count]
    others = rows.exclude(some).count()
    return sorted([*told, *([(BY_HAND, others)] if others else [])], key=lambda one: -one[1])


def unknowns(rows: QuerySet[Candidate]) -> list[tuple[str, int]]:
    """Of those proposed: each condition that is unknown, and how many."""
    counted = rows.filter(state="proposed").aggregate(**{
        one.key: Count("pk", filter=Q(**{f"answers__{one.key}": eligibility.UNKNOWN})) for one in eligibility.CONDITIONS
    })  # fmt: skip
    return sorted([(key, int(count)) for key, count in counted.items() if count], key=lambda one: -one[1])


@dataclass(frozen=True)
class VillageFigures:
    """A village in a programme: people by state, its quota (None: none set), what is paid. Whole rupiah."""

    code: int
    people: Mapping[str, int]
    quota: int | None
    rupiah: int

    def count(self, *states: str) -> int:
        """People in some states; all where none is named."""
        return sum(count for state, count in self.people.items() if not states or state in states)


def by_village(programme: Programme) -> list[VillageFigures]:
    """Every village with somebody or a quota; 0 stands for people whose village is unknown."""
    people: dict[int, dict[str, int]] = {}
    rupiah: dict[int, int] = {}
    rows = Candidate.objects.filter(programme_id=programme.pk).order_by().values_list("village_code", "state")
    for village, state, count, paid in rows.annotate(people=Count("pk"), paid=Sum("rupiah")):
        code = village or 0
        people.setdefault(code, {})[state] = count
        rupiah[code] = rupiah.get(code, 0) + int(paid)
    quotas = quotas_of(programme)
    return [
        VillageFigures(code, people.get(code, {}), quotas.get(code) if quotas else None, rupiah.get(code, 0))
        for code in sorted({*people, *quotas})
    ]


def quotas_of(programme: Programme) -> dict[int, int]:
    """The most people of each village; empty: villages have none."""
    return dict(Quota.objects.filter(programme_id=programme.pk).values_list("village_code", "people"))


def sources_of(programme: Programme) -> list[Source]:
    """Sources in order."""
    return list(Source.objects.filter(programme_id=programme.pk))


# --- registers taken in ------------------------------------------------------------------------------------------------------


def registers_for(region_code: int) -> list[tuple[Register, bool]]:
    """Registers of people of a region that are read, and whether each is linked with the participants."""
    rows = Register.objects.filter(region_code=region_code, state="ready").exclude(kind__in=("civil", "deaths", "servants"))
    linked = set(Run.objects.filter(against="participants", state="done").values_list("register_id", flat=True))
    return [(one, one.pk in linked) for one in rows.order_by("-snapshot_on", "-pk")]


def registers_there(region_codes: Iterable[int]) -> tuple[int, int]:
    """How many registers of regions are read, and how many of these are linked."""
    found = [linked for code in region_codes for _register, linked in registers_for(code)]
    return len(found), sum(found)


def intakes(programme: Programme) -> list[Intake]:
    """Registers taken into a programme, the newest first."""
    return list(Intake.objects.filter(programme_id=programme.pk).select_related("register").order_by("-pk"))


def intake(intake_id: int) -> Intake:
    """One. Raises `Refused`."""
    row = Intake.objects.select_related("register", "programme__rule").filter(pk=intake_id).first()
    if row is None:
        raise not_yours(_("Pengambilan calon ini tidak ada, atau bukan milik daerah Anda."))
    return row


# --- rules, lists, reconciliations -------------------------------------------------------------------------------------------


def rules() -> QuerySet[Rule]:
    """Rules in sight, the newest first."""
    return Rule.objects.order_by("-pk")


def rule(rule_id: int) -> Rule:
    """One. Raises `Refused`."""
    row = Rule.objects.filter(pk=rule_id).first()
    if row is None:
        raise not_yours(_("Aturan ini tidak ada, atau bukan milik daerah Anda."))
    return row


def decrees_of(programme: Programme) -> list[Decree]:
    """Its lists, the newest first."""
    return list(Decree.objects.filter(programme_id=programme.pk).order_by("-pk"))


def decree(code: int) -> Decree:
    """A list by its code. Raises `Refused`."""
    row = Decree.objects.select_related("programme__rule").filter(code=code).first()
    if row is None:
        raise not_yours(_("Lampiran ini tidak ada, atau bukan milik daerah Anda."))
    return row


def left_out(row: Decree) -> list[tuple[str, int]]:
    """Why people of a list lapsed, and how many for each reason."""
    gone = Candidate.objects.filter(lines__decree_id=row.pk, state="lapsed").order_by()
    return sorted(gone.values_list("reason").annotate(people=Count("pk")), key=lambda one: -one[1])


def reconciliations(programme: Programme) -> list[Reconciliation]:
    """What each look found, the newest first."""
    return list(Reconciliation.objects.filter(programme_id=programme.pk).order_by("-pk"))
