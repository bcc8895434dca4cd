"""The movement in the demo region: a list of the poor matched, a programme that pays, a list by decree, people enrolled.

The lists are invented and their truth is kept beside them, so that what matching found can be counted. They lie in the folder
`peragaan` of the installation: a visitor may bring them in again, or others made like them. Rule, budget and regulations are
invented and say so on their pages.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from django.conf import settings

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import Scope, acting, scope_of, system_scope
from jamsostek.core.months import add_months, first_day, month_of
from jamsostek.core.text import N_, _
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.messages.guards import check_upload
from jamsostek.messages.register.looked import look
from jamsostek.outreach import eligibility, plan, priority
from jamsostek.outreach.actions import candidates, decrees, funding, linking, programmes, reconciling, registers, rules
from jamsostek.outreach.models import Candidate, Link, Person, Programme, Register
from jamsostek.registry.actions.changes import record_death
from jamsostek.registry.queries.sponsors import sponsors_within
from jamsostek.synth.regency import Regency
from jamsostek.synth.regency.poor_list import make_poor_list

POOR, DEATHS, SERVANTS, TRUTH = "daftar-warga-miskin.xlsx", "daftar-kematian.csv", "daftar-asn.csv", "kebenaran.csv"
FOUND = "hasil-padanan.json"
BEFORE, MONTHS = 3, 12
"""The programme begins so many months back, and pays for so many."""
OF_ELIGIBLE = 55
"""Of a hundred who may be paid for: as many has the money for."""
INCOME_RUPIAH = 1_000_000
INVENTED = N_("Rekaan untuk peragaan")
RULE = priority.Rule(
    "Urutan peragaan", 1,
    (
        priority.Criterion("decile", {"1": 40, "2": 30, "3": 20, "4": 10}),
        priority.Criterion("occupation_risk", each=4, most=20),
        priority.Criterion("disability", {"true": 15}),
        priority.Criterion("woman_head", {"true": 15}),
        priority.Criterion("children_school", each=3, most=9),
    ),
    INVENTED, sample=True,
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What matching found of the members that are on the list, counted on the truth."""

    members: int
    found: int
    wrong: int
    asked: int


def folder() -> Path:
    """Where the demo's lists lie."""
    return Path(settings.JAMSOSTEK_DATA) / "peragaan"


def keep_lists(regency: Regency) -> None:
    """Writes the regency's lists and their truth."""
    made = make_poor_list(regency)
    folder().mkdir(parents=True, exist_ok=True)
    _write_xlsx(folder() / POOR, made.rows)
    for name, table in ((DEATHS, made.deaths), (SERVANTS, made.servants), (TRUTH, made.truth)):
        _write_csv(folder() / name, table)


def _write_xlsx(path: Path, table: pa.Table) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Daftar")
        sheet.write_row(0, 0, table.column_names)
        for at, row in enumerate(table.to_pylist(), 1):
            sheet.write_row(at, 0, ["" if value is None else value for value in row.values()])


def _write_csv(path: Path, table: pa.Table) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        writer.writerows(row.values() for row in table.to_pylist())


@dataclass(frozen=True)
class _Stage:
    """Who does it, when, and where. Rights are those of today; what is done carries the day on which it would have been."""

    officer: Scope
    head: Scope
    region: int
    today: dt.date
    then: dt.date
    now: dt.datetime


def live_movement(*, today: dt.date, now: dt.datetime, tell: Tell) -> Found | None:
    """Brings the lists in, matches, plans, funds and enrols; done before, or without lists, it does nothing."""
    stage = _stage(today, now)
    if stage is None:
        return None
    steps = _Steps(tell)
    poor = _registered(stage, POOR, "dtsen", _("Warga miskin (peragaan)"))
    deaths = _registered(stage, DEATHS, "deaths", _("Kematian (peragaan)"))
    servants = _registered(stage, SERVANTS, "servants", _("ASN (peragaan)"))
    steps.done()
    for against, other in (("participants", None), ("within", None), ("register", deaths), ("register", servants)):
        _linked(stage, poor, against, other)
        steps.done()
    made = _programme(stage, poor)
    steps.done()
    _enrolled(stage, made)
    steps.done()
    found = _counted(poor)
    (folder() / FOUND).write_text(json.dumps(vars(found)))
    return found


class _Steps:
    """Tells how far it has come."""

    ALL = 7

    def __init__(self, tell: Tell) -> None:
        self._tell, self._at = tell, 0

    def done(self) -> None:
        """One more."""
        self._at += 1
        self._tell(_("Gerakan"), self._at, self.ALL)


def _stage(today: dt.date, now: dt.datetime) -> _Stage | None:
    with acting(system_scope(_(ACTOR))):
        if not (folder() / POOR).exists() or Register.objects.exists():
            return None
        officer = User.objects.filter(is_demo=True, grants__role=Role.REGIONAL_OFFICER).first()
        head = User.objects.filter(is_demo=True, grants__role=Role.REGIONAL_HEAD).first()
        if officer is None or head is None:
            return None
        region = officer.grants.get(role=Role.REGIONAL_OFFICER).target
    month = month_of(today)
    then = first_day(add_months(month, -BEFORE - 1)) + dt.timedelta(days=9)
    return _Stage(scope_of(officer, month), scope_of(head, month), region, today, then, now)


def _registered(stage: _Stage, name: str, kind: str, title: str) -> Register:
    content = (folder() / name).read_bytes()
    with acting(stage.officer):
        register = registers.receive(
            content=content, file_name=name, region_code=stage.region, kind=kind, title=title, snapshot_on=stage.then,
            legal_basis=_(INVENTED), purpose=_("Mencari pekerja rentan yang belum terlindungi"),
            keep_until=stage.then + dt.timedelta(days=730), columns=look(check_upload(content, name)).mapping, today=stage.today,
            invented=True,
        )  # fmt: skip
    registers.read(register.pk, now=stage.now)
    return register


def _linked(stage: _Stage, register: Register, against: str, other: Register | None) -> None:
    with acting(stage.officer):
        run = linking.ask_for(register_id=register.pk, against=against, against_id=None if other is None else other.pk)
    linking.work(run.pk, now=stage.now)


def _programme(stage: _Stage, register: Register) -> Programme:
    first = add_months(month_of(stage.today), -BEFORE)
    last = add_months(first, MONTHS - 1)
    with acting(stage.officer):
        rule = rules.propose_rule(region_code=stage.region, rule=RULE, today=stage.then)
    with acting(stage.head):
        rules.adopt_rule(rule_id=rule.pk, today=stage.then)
    with acting(stage.officer):
        made = programmes.make_programme(
            region_code=stage.region, title=_("Perlindungan pekerja rentan {year}").format(year=stage.today.year),
            year=stage.today.year, sponsor_id=sponsors_within(stage.region)[0].id, rule_id=rule.pk,
            asks=eligibility.Programme(_(INVENTED), deciles=frozenset({1, 2, 3, 4})), income_rupiah=INCOME_RUPIAH, invented=True,
        )  # fmt: skip
        intake = candidates.take_in(programme_id=made.pk, register_id=register.pk, today=stage.then)
    candidates.take(intake.pk, now=stage.now)
    with acting(stage.officer):
        candidates.verify(programme_id=made.pk, today=stage.then)
        people = Candidate.objects.filter(programme_id=made.pk, state="verified").count()
        each = plan.cost_of(
            one := plan.Source("apbd", "apbd", 0, first, last), plan.contributions(one, income_rupiah=INCOME_RUPIAH)
        )
        main, village = people * (OF_ELIGIBLE - 5) // 100 * each, people * 5 // 100 * each
        programmes.set_sources(
            programme_id=made.pk,
            sources=[
                (
                    plan.Source("dbhcht", "dbhcht", village, first, last, frozenset({"tobacco"})),
                    _("DBHCHT (peragaan)"),
                    _(INVENTED),
                ),
                (plan.Source("apbd", "apbd", main, first, last), _("APBD (peragaan)"), _(INVENTED)),
            ],
        )
    with acting(stage.head):
        programmes.open_programme(programme_id=made.pk, today=stage.then)
    return made


def _enrolled(stage: _Stage, made: Programme) -> None:
    with acting(stage.officer):
        funding.fund(programme_id=made.pk, today=stage.then)
        decree = decrees.prepare(programme_id=made.pk, title=_("Lampiran penerima bantuan iuran"), today=stage.then)
    with acting(stage.head):
        decrees.approve(decree_id=decree.pk, number=_("PERAGAAN/1"), today=stage.then)
    decrees.enrol(decree.pk, now=stage.now, today=stage.then)


def _counted(register: Register) -> Found:
    """Links against the truth: rows of the file are one below their number in the sheet."""
    with (folder() / TRUTH).open(encoding="utf-8", newline="") as file:
        truth = {int(row["row"]): row for row in csv.DictReader(file)}
    members = {row for row, one in truth.items() if one["member"] == "True"}
    with acting(system_scope(_(ACTOR))):
        rows = dict(Person.objects.filter(register_id=register.pk).values_list("pk", "row_number"))
        links = Link.objects.filter(register_id=register.pk, run__against="participants").values_list("person_id", "outcome")
        told = {rows[person] - 1: outcome for person, outcome in links}
    same = {row for row, outcome in told.items() if outcome == "same"}
    asked = sum(outcome == "ask" for outcome in told.values())
    return Found(len(members), len(same & members), len(same - members), asked)


def live_on(*, today: dt.date) -> None:
    """What happened since: two who are enrolled died, the month's look finds it, others wait on a list not approved yet."""
    with acting(system_scope(_(ACTOR))):
        made = Programme.objects.filter(invented=True, state="open").first()
        if made is None or made.reconciliations.exists():
            return
        people = Candidate.objects.filter(programme_id=made.pk, state="enrolled").order_by("points", "lot")[:2]
        for one in people:
            died_on = first_day(month_of(today)) - dt.timedelta(days=12)
            record_death(participant_id=one.participant_id or 0, died_on=died_on, today=today, reason=_(INVENTED))
        officer = User.objects.get(is_demo=True, grants__role=Role.REGIONAL_OFFICER)
    with acting(scope_of(officer, month_of(today))):
        reconciling.reconcile(programme_id=made.pk, today=today)
        if Candidate.objects.filter(programme_id=made.pk, state="funded").exists():
            decrees.prepare(programme_id=made.pk, title=_("Lampiran pengganti"), today=today)


def told_found() -> Found | None:
    """What was counted when the demo was made."""
    path = folder() / FOUND
    return Found(**json.loads(path.read_text())) if path.exists() else None
