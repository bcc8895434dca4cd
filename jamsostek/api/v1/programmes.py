"""The movement's programmes: rules of who comes first, money, candidates taken in and funded, lists by decree, looks again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest, wrong
from jamsostek.api.v1.shapes import In, Line, Month, MonthOut, Name, Out, Page, Query, Reason, Reference, VillageCode
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.outreach import eligibility, plan, priority
from jamsostek.outreach.actions import candidates, funding, reconciling, rules
from jamsostek.outreach.actions import programmes as actions
from jamsostek.outreach.models import Decree, Programme, Register, Rule
from jamsostek.outreach.queries.money import monthly
from jamsostek.outreach.queries.overview import Overview, overview_of
from jamsostek.outreach.queries.programmes import by_number
from jamsostek.registry.queries.sponsors import sponsors_within

programmes = Resource("programmes", N_("Program perlindungan pekerja rentan"))
READS, PLANS, DECIDES, VERIFIES = (Can.SEE_MOVEMENT,), (Can.PLAN_MOVEMENT,), (Can.APPROVE_MOVEMENT,), (Can.VERIFY_CANDIDATE,)
NOT_FOUND = frozenset({404})
ProgrammeNumber = Annotated[int, Field(ge=1, le=2_000_000_000)]
RegionOf = Annotated[StrictInt, Field(ge=11, le=9999, examples=[3515])]
Points = Annotated[StrictInt, Field(ge=0, le=priority.MOST_POINTS)]
SourceKind = Literal["apbd", "apbd_change", "dbh_sawit", "dbhcht", "village", "csr", "donor", "sertakan"]
Budget = Annotated[StrictInt, Field(ge=0, le=10**14)]
Package = Literal["jkk_jkm", "jkk_jkm_jht"]
PACKAGES: dict[str, tuple[str, ...]] = {"jkk_jkm": ("jkk", "jkm"), "jkk_jkm_jht": ("jkk", "jkm", "jht")}


class CriterionIn(In):
    """Points for one fact: for each value, or so many for each unit up to a most."""

    field: Literal[
        "decile", "occupation_risk", "disability", "woman_head", "children_school", "age", "sex", "occupation", "village_code"
    ]
    values: dict[Line, Points] | None = Field(None, max_length=500)
    each: Points = 0
    most: Points = 0


class PriorityRuleIn(In):
    """A rule of who comes first, and where it is written."""

    region_code: RegionOf
    name: Name
    regulation: Name
    criteria: list[CriterionIn] = Field(min_length=1, max_length=9)
    sample: StrictBool = False


class CriterionOut(Out):
    """As `CriterionIn`."""

    field: str
    values: dict[str, int] | None
    each: int
    most: int


class PriorityRuleOut(Out):
    """A version of a rule; `effect` is what it changed when it was adopted."""

    id: str
    region_code: int
    name: str
    version: int
    regulation: str
    criteria: list[CriterionOut]
    digest: str
    sample: bool
    proposed_on: dt.date
    adopted_on: dt.date | None
    effect: dict[str, Any]


class ProtectionProgrammeIn(In):
    """What a region means to do in a year; income of a month, whole rupiah."""

    region_code: RegionOf
    title: Name
    year: Annotated[StrictInt, Field(ge=2016, le=2100)]
    sponsor: Annotated[str, Field(pattern=r"^[0-9]{8,14}$", description=N_("Nomor pembayar iuran."))]
    rule: Reference
    regulation: Name
    least_age: Annotated[StrictInt, Field(ge=15, le=99)] = 18
    below_age: Annotated[StrictInt, Field(ge=16, le=100)] = 65
    deciles: list[Annotated[StrictInt, Field(ge=1, le=10)]] | None = Field(None, max_length=10)
    takes_over_own_cover: StrictBool = False
    income_rupiah: Annotated[StrictInt, Field(ge=1, le=100_000_000)] = 1_000_000
    package: Package = "jkk_jkm"


class FundSourceIn(In):
    """Money for some months, both ends in; whole rupiah."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
    kind: SourceKind
    title: Name
    rupiah: Budget
    from_month: Month
    to_month: Month
    only: list[Literal["palm", "tobacco"]] = Field(default_factory=list, max_length=2)
    villages: list[VillageCode] = Field(default_factory=list, max_length=10_000)
    regulation: Line = ""


class FundSourcesIn(In):
    """All sources of a programme, the first used first."""

    sources: list[FundSourceIn] = Field(min_length=1, max_length=actions.MOST_SOURCES)


class QuotasIn(In):
    """The most people of each village; none: no village has a limit."""

    quotas: dict[str, Annotated[StrictInt, Field(ge=0, le=1_000_000)]] = Field(max_length=20_000)


class FundSourceOut(Out):
    """A source, and what is left in it; whole rupiah."""

    key: str
    kind: str
    title: str
    regulation: str
    rupiah: int
    from_month: MonthOut
    to_month: MonthOut
    people: int
    spent_rupiah: int
    left_rupiah: int
    each_rupiah: int = Field(description=N_("Iuran satu orang selama bulan-bulannya."))


class ProtectionProgrammeOut(Out):
    """A programme, its people by state and its money; whole rupiah."""

    number: int
    region_code: int
    title: str
    year: int
    state: str = Field(examples=["draft", "open", "closed"])
    rule: str
    eligibility: dict[str, Any]
    income_rupiah: int
    programmes: list[str]
    invented: bool = Field(description=N_("Tiruan, dari peragaan."))
    opened_on: dt.date | None
    people: dict[str, int]
    sources: list[FundSourceOut]
    decrees: list[int]


class ProgrammeQuery(Query):
    """Which programmes; all in sight when nothing is said."""

    year: Annotated[int, Field(ge=2016, le=2100)] | None = None
    region: Annotated[int, Field(ge=11, le=9999)] | None = None


class IntakeIn(In):
    """A register of the same region that is linked with the participants."""

    register_number: Annotated[StrictInt, Field(ge=1, le=2_000_000_000)]


class IntakeOut(Out):
    """How far a register is taken in."""

    state: str = Field(examples=["waiting", "judging", "done", "failed"])
    people: int
    counts: dict[str, int]


class VerificationIn(In):
    """Of whom: a village's, or everybody who meets every condition."""

    village_code: VillageCode | None = None


class CountOut(Out):
    """How many."""

    count: int


class FundingIn(In):
    """Not before this month, where it is said."""

    from_month: Month | None = None


class FundingOut(Out):
    """What giving money did; whole rupiah."""

    funded: int
    waiting: int
    elsewhere: int = Field(description=N_("Sudah dibayari program lain pada bulan yang sama."))
    rupiah: int


class ReconciliationOut(Out):
    """What a look at everybody enrolled found; whole rupiah."""

    month: MonthOut
    looked: int
    lapsed: dict[str, int]
    saved_rupiah: int
    replaced: int


class ClosureIn(In):
    """Why a programme ends."""

    reason: Reason


class BudgetPlanIn(In):
    """A question: sources, people in line, package; nothing is kept."""

    sources: list[FundSourceIn] = Field(min_length=1, max_length=actions.MOST_SOURCES)
    people: Annotated[StrictInt, Field(ge=0, le=5_000_000)]
    income_rupiah: Annotated[StrictInt, Field(ge=1, le=100_000_000)] = 1_000_000
    package: Package = "jkk_jkm"


class BudgetSpentOut(Out):
    """What a source pays; whole rupiah."""

    key: str
    persons: int
    each_rupiah: int
    rupiah: int
    left_rupiah: int


class BudgetPlanOut(Out):
    """How many are paid for, and by what."""

    funded: int
    waiting: int
    rupiah: int
    sources: list[BudgetSpentOut]


# --- rules ----------------------------------------------------------------------------------------------------------------


@programmes.get("/priority-rules", Page[PriorityRuleOut], title=N_("Aturan prioritas"), needs=READS)
def rule_index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Versions in sight, the newest first."""
    found, following = newest(request, query, Rule.objects.order_by("-pk"))
    return {"items": [_rule(one) for one in found], "next": following}


@programmes.post("/priority-rules", PriorityRuleOut, status=201, title=N_("Usulkan aturan prioritas"), needs=PLANS)
def propose(request: HttpRequest, given: PriorityRuleIn, response: HttpResponse) -> Any:
    """Writes the next version; the same as the newest is that version."""
    criteria = tuple(priority.Criterion(one.field, one.values, one.each, one.most) for one in given.criteria)
    rule = priority.Rule(given.name, 1, criteria, given.regulation, given.sample)
    made = rules.propose_rule(region_code=given.region_code, rule=rule, today=timezone.localdate())
    located(response, f"/priority-rules/{reference('priority_rule', made.pk)}")
    return _rule(made)


@programmes.get("/priority-rules/{id}", PriorityRuleOut, title=N_("Satu aturan prioritas"), needs=READS, problems=NOT_FOUND)
def rule_one(request: HttpRequest, id: Reference) -> Any:
    """One version."""
    return _rule(_rule_of(id))


@programmes.post(
    "/priority-rules/{id}/adoption", PriorityRuleOut, title=N_("Tetapkan aturan prioritas"), needs=DECIDES, problems=NOT_FOUND
)
def adopt(request: HttpRequest, id: Reference) -> Any:
    """Another than who proposed it adopts it."""
    return _rule(rules.adopt_rule(rule_id=_rule_of(id).pk, today=timezone.localdate()))


def _rule_of(id: str) -> Rule:
    found = Rule.objects.filter(pk=row_of("priority_rule", id)).first()
    if found is None:
        raise unknown()
    return found


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "id": reference("priority_rule", one.pk), "region_code": one.region_code, "name": one.name, "version": one.version,
        "regulation": one.regulation, "criteria": one.rule["criteria"], "digest": one.digest, "sample": one.sample,
        "proposed_on": one.proposed_on, "adopted_on": one.adopted_on, "effect": one.effect,
    }  # fmt: skip


# --- programmes -----------------------------------------------------------------------------------------------------------


@programmes.get("/programmes", Page[ProtectionProgrammeOut], title=N_("Program perlindungan"), needs=READS)
def index(request: HttpRequest, query: QueryParam[ProgrammeQuery]) -> Any:
    """Programmes in sight, the newest first."""
    rows = Programme.objects.select_related("rule").order_by("-pk")
    rows = rows if query.year is None else rows.filter(year=query.year)
    rows = rows if query.region is None else rows.filter(region_code=query.region)
    found, following = newest(request, query, rows)
    return {"items": [_told(overview_of(one)) for one in found], "next": following}


@programmes.post("/programmes", ProtectionProgrammeOut, status=201, title=N_("Buat program perlindungan"), needs=PLANS)
def create(request: HttpRequest, given: ProtectionProgrammeIn, response: HttpResponse) -> Any:
    """A draft; another than who made it opens it."""
    sponsor = next((one for one in sponsors_within(given.region_code) if one.number == given.sponsor), None)
    if sponsor is None:
        raise wrong("sponsor", _("Pembayar iuran ini tidak ditemukan."), _("Pilih pembayar dari daerah ini."))
    made = actions.make_programme(
        region_code=given.region_code, title=given.title, year=given.year, sponsor_id=sponsor.id,
        rule_id=row_of("priority_rule", given.rule),
        asks=eligibility.Programme(
            given.regulation, given.least_age, given.below_age, None if given.deciles is None else frozenset(given.deciles),
            given.takes_over_own_cover,
        ),
        income_rupiah=given.income_rupiah, programmes=PACKAGES[given.package],
    )  # fmt: skip
    located(response, f"/programmes/{made.number}")
    return _whole(made.number)


@programmes.get(
    "/programmes/{number}", ProtectionProgrammeOut, title=N_("Satu program perlindungan"), needs=READS, problems=NOT_FOUND
)
def show(request: HttpRequest, number: ProgrammeNumber) -> Any:
    """One programme as it stands."""
    return _whole(number)


@programmes.post(
    "/programmes/{number}/sources", ProtectionProgrammeOut, title=N_("Atur sumber dana"), needs=PLANS, problems=NOT_FOUND
)
def sources(request: HttpRequest, number: ProgrammeNumber, given: FundSourcesIn) -> Any:
    """All its money, in order."""
    rows = [(_source(one), one.title, one.regulation) for one in given.sources]
    actions.set_sources(programme_id=_found(number).pk, sources=rows)
    return _whole(number)


@programmes.post(
    "/programmes/{number}/quotas", ProtectionProgrammeOut, title=N_("Atur kuota desa"), needs=PLANS, problems=NOT_FOUND
)
def quotas(request: HttpRequest, number: ProgrammeNumber, given: QuotasIn) -> Any:
    """The most people of each village, by its code of ten digits."""
    try:
        told = {int(village): people for village, people in given.quotas.items()}
    except ValueError:
        raise InputError(_("Kode desa harus sepuluh angka."), field="quotas", remedy=_("Periksa kode desanya.")) from None
    actions.set_quotas(programme_id=_found(number).pk, quotas=told)
    return _whole(number)


@programmes.post(
    "/programmes/{number}/opening", ProtectionProgrammeOut, title=N_("Buka program"), needs=DECIDES, problems=NOT_FOUND
)
def open_programme(request: HttpRequest, number: ProgrammeNumber) -> Any:
    """Opens it: from then on people are funded."""
    actions.open_programme(programme_id=_found(number).pk, today=timezone.localdate())
    return _whole(number)


@programmes.post(
    "/programmes/{number}/closing", ProtectionProgrammeOut, title=N_("Tutup program"), needs=DECIDES, problems=NOT_FOUND
)
def close_programme(request: HttpRequest, number: ProgrammeNumber, given: ClosureIn) -> Any:
    """Nobody more is funded; who is enrolled stays covered to the last month paid for."""
    actions.close_programme(programme_id=_found(number).pk, reason=given.reason)
    return _whole(number)


@programmes.post("/programmes/{number}/intakes", IntakeOut, title=N_("Ambil calon dari daftar"), needs=PLANS, problems=NOT_FOUND)
def take_in(request: HttpRequest, number: ProgrammeNumber, given: IntakeIn) -> Any:
    """Has everybody of a register judged; sent again it says how far that is."""
    register = Register.objects.filter(number=given.register_number).first()
    if register is None:
        raise wrong("register_number", _("Daftar ini tidak ada, atau bukan milik Anda."))
    made = candidates.take_in(programme_id=_found(number).pk, register_id=register.pk, today=timezone.localdate())
    return {"state": made.state, "people": made.people, "counts": made.counts}


@programmes.post(
    "/programmes/{number}/verification",
    CountOut,
    title=N_("Sahkan calon yang memenuhi syarat"),
    needs=VERIFIES,
    problems=NOT_FOUND,
)
def verify(request: HttpRequest, number: ProgrammeNumber, given: VerificationIn) -> Any:
    """Verifies who meets every condition."""
    count = candidates.verify(programme_id=_found(number).pk, village=given.village_code, today=timezone.localdate())
    return {"count": count}


@programmes.post("/programmes/{number}/funding", FundingOut, title=N_("Danai calon"), needs=PLANS, problems=NOT_FOUND)
def fund(request: HttpRequest, number: ProgrammeNumber, given: FundingIn) -> Any:
    """Gives what is left of the money to who is verified or waits, from first to last."""
    made = funding.fund(programme_id=_found(number).pk, today=timezone.localdate(), from_month=given.from_month)
    return vars(made)


@programmes.post(
    "/programmes/{number}/reconciliations",
    ReconciliationOut,
    title=N_("Cocokkan ulang penerima"),
    needs=PLANS,
    problems=NOT_FOUND,
)
def reconcile(request: HttpRequest, number: ProgrammeNumber) -> Any:
    """Who died, moved or found an employer lapses; others take their place."""
    made = reconciling.reconcile(programme_id=_found(number).pk, today=timezone.localdate())
    return {name: getattr(made, name) for name in ReconciliationOut.model_fields}


@programmes.post("/budget-plans", BudgetPlanOut, title=N_("Hitung rencana anggaran"), needs=READS, writes=False)
def budget(request: HttpRequest, given: BudgetPlanIn) -> Any:
    """How many a budget pays for, to the rupiah, by the law of each month."""
    import numpy as np

    money = [_source(one) for one in given.sources]
    costs = {one.key: monthly(one, given.income_rupiah, PACKAGES[given.package]) for one in money}
    made = plan.allocate(plan.People(np.zeros(given.people, dtype=np.int64)), money, costs)
    spent = [{"key": one.key, **told._asdict()} for one, told in zip(money, made.spent, strict=True)]
    return {"funded": made.funded, "waiting": len(made.waiting), "rupiah": made.rupiah, "sources": spent}


def _source(one: FundSourceIn) -> plan.Source:
    return plan.Source(one.key, one.kind, one.rupiah, one.from_month, one.to_month, frozenset(one.only), frozenset(one.villages))


def _found(number: int) -> Programme:
    try:
        return by_number(number)
    except Refused:
        raise unknown() from None


def _whole(number: int) -> dict[str, Any]:
    return _told(overview_of(_found(number)))


def _told(one: Overview) -> dict[str, Any]:
    row = one.programme
    names = (
        "number",
        "region_code",
        "title",
        "year",
        "state",
        "eligibility",
        "income_rupiah",
        "programmes",
        "invented",
        "opened_on",
    )
    told: Mapping[str, Any] = {name: getattr(row, name) for name in names}
    return {
        **told, "rule": reference("priority_rule", row.rule_id), "people": dict(one.states),
        "sources": [
            {
                "key": purse.source.key, "kind": purse.source.kind, "title": purse.title, "regulation": purse.regulation,
                "rupiah": purse.source.rupiah, "from_month": purse.source.from_month, "to_month": purse.source.to_month,
                "people": purse.people, "spent_rupiah": purse.spent_rupiah, "left_rupiah": purse.left_rupiah,
                "each_rupiah": plan.cost_of(purse.source, monthly(purse.source, row.income_rupiah, row.programmes)),
            }
            for purse in one.purses
        ],
        "decrees": list(Decree.objects.filter(programme_id=row.pk).order_by("pk").values_list("code", flat=True)),
    }  # fmt: skip
