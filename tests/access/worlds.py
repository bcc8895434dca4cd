"""A small world of two of everything, in which each person carries a word that nothing else carries.

Side A is what a role looks at; side B, and a third firm in A's own regency, are the others. `build()` makes it with real
commits, for rows are also seen by the transaction that makes them.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

import pypdfium2

from jamsostek.access.actions.tickets import open_ticket
from jamsostek.access.actions.tokens import issue_token
from jamsostek.access.roles import ROLES, Role
from jamsostek.access.scope import acting, nobody
from jamsostek.accounts.actions import floors
from jamsostek.accounts.actions.rates import NewRate
from jamsostek.accounts.actions.rates import declare as declare_rate
from jamsostek.collection.actions import arrears, reports
from jamsostek.collection.actions.arrears.agreements import owed
from jamsostek.collection.actions.bills import bill_employer, bill_sponsor
from jamsostek.collection.models import Finding
from jamsostek.fund.actions.returns import NewProposal
from jamsostek.fund.actions.returns import propose as propose_return
from jamsostek.registry.actions import uploads
from jamsostek.registry.actions.cards import issue_card
from jamsostek.registry.actions.family import Kinsman, add_relative
from jamsostek.registry.actions.merging import merge
from jamsostek.registry.actions.places import register_office
from jamsostek.registry.models import DuplicateQuestion
from tests import cast
from tests.sheets import join, sheet, vulnerable

HERE, THERE = cast.SIDOARJO, cast.LUMAJANG
VILLAGE_HERE, VILLAGE_THERE = 3515012001, 3508012001
COMMON = "Sukma"
"""Everybody's first name: what a search is for."""
MARKS = {
    "employed_a": "Zaqwirel", "employed_b": "Vexolund", "employed_near": "Qombrant", "sponsored_a": "Jivrempo",
    "sponsored_b": "Xultaven", "villager_a": "Wizqorat", "villager_b": "Fyrlokam", "self_a": "Gozvelin", "self_b": "Hyquarto",
    "heir_a": "Kraxemil", "agent_a": "Lozvanir", "agent_b": "Mexwidor", "twin_a": "Nuzvelar", "twin_b": "Obqarint",
}  # fmt: skip
ROLE_NAMES = tuple(str(role) for role in Role)
WORDS = {
    f"{what}_{side}": word
    for what, both in {
        "relative": ("Pozgramel", "Quvendor"), "upload": ("Rizvokam", "Syxtelon"), "ticket": ("Tovqimar", "Uzbrelik"),
        "token": ("Vornaxel", "Wuqostem"), "claim": ("Xirvonda", "Yaqustel"), "plan": ("Zembrovil", "Axquoden"),
        "register": ("Zelqurna", "Brivoxan"), "candidate": ("Zilvorem", "Aqundrel"), "goal": ("Zorvimel", "Qaxtondir"),
        "award": ("Zimquarel", "Brontivax"), "marks": ("Quendrivol", "Zastomeq"),
    }.items()
    for side, word in zip("ab", both, strict=True)
}  # fmt: skip
"""Words of what is not a person but says something of one."""
REGIONAL = frozenset({"branch_officer", "branch_supervisor", "regional_viewer"})
SEES = {
    "relative_a": REGIONAL | {"worker"},
    "upload_a": REGIONAL | {"employer_clerk", "employer_approver", "sponsor_clerk", "sponsor_approver"},
    "ticket_a": frozenset({"branch_officer", "branch_supervisor"}),
    "token_a": frozenset({"employer_clerk"}),
    "claim_a": frozenset({"heir", "branch_officer", "branch_supervisor"}),
    "plan_a": frozenset({"regional_officer", "regional_head", "branch_officer", "branch_supervisor"}),
    "goal_a": frozenset({"regional_officer", "regional_head", "branch_officer", "branch_supervisor"}),
    "marks_a": frozenset({"jury"}),  # of the juror alone
    "award_a": frozenset({"regional_officer", "regional_head", "award_committee", "jury"}),
    "award_b": frozenset({"award_committee", "jury"}),  # of the whole nation
    "register_a": frozenset(
        {"regional_officer", "regional_head", "branch_officer", "branch_supervisor", "village_operator"}
    ),  # the village is asked about them
    "candidate_a": frozenset({"regional_officer", "regional_head", "branch_officer", "branch_supervisor", "village_operator"}),
}
"""Who on side A may read a word; those who see the whole nation may read all but another's tokens."""


@dataclass
class World:
    """Everything made, by name."""

    people: dict[str, Any] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    employers: dict[str, Any] = field(default_factory=dict)
    sponsors: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def ids(self) -> dict[int, str]:
        """Names of people by their number."""
        return {person.pk: name for name, person in self.people.items()}

    def in_sight(self, role: str) -> set[str]:
        """The names of people that side A's holder of a role may see."""
        facts = ROLES[Role(role)]
        if not facts.sees_people or role == Role.HOSPITAL_DESK:
            return set()
        if facts.kinds[0] == "nation":
            return set(self.people)
        return {
            Role.WORKER: {"self_a"},
            Role.HEIR: {"heir_a"},
            Role.EMPLOYER_CLERK: {"employed_a"},
            Role.EMPLOYER_APPROVER: {"employed_a"},
            Role.SPONSOR_CLERK: {"sponsored_a"},
            Role.SPONSOR_APPROVER: {"sponsored_a"},
            Role.VILLAGE_OPERATOR: {"villager_a"},
            Role.AGENT: {"agent_a"},
        }.get(Role(role)) or {name for name, person in self.people.items() if person.regency_code == HERE}

    def hidden_from(self, role: str) -> set[int]:
        """Numbers of the people out of a role's sight."""
        seen = self.in_sight(role)
        return {person.pk for name, person in self.people.items() if name not in seen}

    def may_be_named(self, role: str, table: str) -> set[int]:
        """People out of sight whose number may stand in a row that is in sight: the other one of a pair asked about."""
        if table not in ("registry_merge", "registry_duplicatequestion"):
            return set()
        pair = {self.people["villager_a"].pk, self.people["villager_b"].pk}
        return pair if pair - self.hidden_from(role) else set()

    def words_hidden_from(self, role: str) -> dict[str, str]:
        """Words that nothing answered to a role (or to nobody: "") may hold, with what they are of."""
        seen = self.in_sight(role) if role else set()
        hidden = {MARKS[name]: name for name in self.people if name not in seen}
        nation = len(seen) == len(self.people)
        may = {what for what in WORDS if role in SEES.get(what, ()) or (nation and not what.startswith("token"))}
        return hidden | {word: what for what, word in WORDS.items() if what not in may}


def build() -> World:
    """Makes the world and commits it."""
    world = World()
    _firms(world)
    _users(world)
    _people(world)
    _selves(world)
    _more(world)
    for side in ("a", "b"):
        _bills(world, side)
        _money(world, side)
    _claims(world)
    for side in ("a", "b"):
        _desk(world, side)
        _training(world, side)
        _strategy(world, side)
        _outreach(world, side)
        _register(world, side)
        _programme(world, side)
        _limits(world, side)
        _investments(world, side)
        _securities(world, side)
        _reports(world, side)
        _projection(world, side)
    _award(world)
    _payouts(world)
    return world


def _award(world: World) -> None:
    """An edition that runs; on each side a region, a village and a firm that compete, each with evidence."""
    from jamsostek.awards.actions import entries, evidence
    from jamsostek.registry.models import Region
    from tests.awards.competing import EDITION, edition, pdf

    with cast.everyone():
        edition()
        for side, village in (("a", VILLAGE_HERE), ("b", VILLAGE_THERE)):
            Region.objects.get_or_create(code=village, defaults={"level": 4, "name": f"Desa {side.upper()}"})
    for side, regency, village in (("a", HERE, VILLAGE_HERE), ("b", THERE, VILLAGE_THERE)):
        suffix = "" if side == "a" else "_b"
        for who, category, subject, code, criterion in (
            ("regional_officer", "regency_coverage", "regency", regency, "innovation"),
            ("village_operator", "village", "village", village, "innovation"),
            ("employer_clerk", "employer_large", "employer", world.employers[side].pk, "firm_innovation"),
        ):
            with cast.as_user(world.users[f"{who}{suffix}"]):
                row = entries.nominate(edition=EDITION, category=category, subject=subject, subject_code=code)
                told = WORDS[f"award_{side}"] if subject == "regency" else "Uraian"
                sent = evidence.send(
                    entry=row.code, criterion=criterion, kind="innovation", content=pdf(f"Inovasi {side}"),
                    file_name="inovasi.pdf", title=f"Inovasi {subject}", summary=told,
                )  # fmt: skip
            world.made |= {f"award_{subject}_{side}": row.code, f"award_evidence_{subject}_{side}": sent.code}
    _jury(world)


def _jury(world: World) -> None:
    """On each side a juror with marks for the region that competes there, and an interview of it."""
    from jamsostek.awards.actions import entries, interviews, juries
    from jamsostek.awards.actions.marks import Given, give
    from tests.awards.competing import EDITION

    users = {"a": world.users["jury"], "b": cast.user("juri-b", "jury")}
    for side, place in (("a", HERE), ("b", THERE)):
        entry, at = world.made[f"award_regency_{side}"], dt.datetime(2027, 3, 5, 2, tzinfo=dt.UTC)
        with cast.everyone():
            entries.accept(code=entry)
            seat = juries.appoint(
                edition=EDITION, level="province", area=place // 100, seat="law" if side == "a" else "social",
                username=users[side].username, home_regency=1101, today=cast.TODAY,
            ).code  # fmt: skip
        with cast.as_user(users[side]):
            juries.declare(juror=seat, kind="none")
            give(juror=seat, entry=entry, marks={"innovation": Given(50, WORDS[f"marks_{side}"])})
        with cast.everyone():
            plan = interviews.Plan(at, 45, (seat,), "Bupati Contoh", "Kepala dinas; sekretaris", "Ruang A")
            planned = interviews.schedule(entry=entry, plan=plan)
        world.made |= {f"juror_{side}": seat, f"interview_{side}": planned.code}


def _limits(world: World, side: str) -> None:
    """A limit of the board that waits, and a plan for a broken limit."""
    from jamsostek.fund.actions.board_limits import NewBoardLimit, record
    from jamsostek.fund.models import Breach

    fund, risk = ("jht", "risk") if side == "a" else ("jkk", "risk_b")
    with cast.as_user(world.users[risk]):
        new = NewBoardLimit(fund, "equity.issuer", 30_000, cast.TODAY, f"KEP/{side.upper()}", cast.TODAY, "Hati-hati")
        world.made[f"board_limit_{side}"] = record(new).pk
    with cast.everyone():
        plan = Breach.objects.create(
            fund=fund, rule="equity.issuer", subject="CONTOH", subject_name="PT Contoh", since=cast.TODAY, seen_on=cast.TODAY,
            held_rupiah=6, base_rupiah=100, limit_rupiah=5, plan="Dijual", mend_by=cast.TODAY + dt.timedelta(days=90),
            proposed_by=world.users[risk].pk, proposed_at=cast.NOW,
        )  # fmt: skip
        world.made[f"breach_{side}"] = plan.pk


def _investments(world: World, side: str) -> None:
    """A trade that waits for its check, and a coupon that was recorded."""
    from decimal import Decimal

    from jamsostek.fund.actions import trading
    from jamsostek.fund.models import Event
    from tests.fund import holding

    fund, dealer = ("jht", "dealer") if side == "a" else ("jkk", "dealer_b")
    with cast.everyone():
        world.made[f"instrument_{side}"] = holding.paper(f"DUNIA-{side.upper()}")
    with cast.as_user(world.users[dealer]):
        planned = trading.plan(
            reference=f"DUNIA-{side}", fund=fund, side="buy", instrument_id=world.made[f"instrument_{side}"], quantity=1,
            price=Decimal(1_000_000), trade_on=cast.TODAY, settle_on=cast.TODAY, reason="Uji",
        )  # fmt: skip
        world.made[f"trade_{side}"] = planned.id
    with cast.everyone():
        coupon = Event.objects.create(
            kind="coupon", fund=fund, instrument_id=world.made[f"instrument_{side}"], due_on=cast.TODAY, quantity=1, rupiah=1,
            group_id=1, recorded_at=cast.NOW,
        )  # fmt: skip
        world.made[f"fund_event_{side}"] = coupon.pk


def _securities(world: World, side: str) -> None:
    """An issuer, a share of it, a file with its price, a custodian's statement that differs, and why."""
    from jamsostek.fund.actions.custody import explain_difference, record_custody
    from jamsostek.fund.actions.price_files import send_prices
    from jamsostek.fund.actions.securities import register_instrument, register_issuer

    code, day = f"PT{side.upper()}", cast.TODAY - dt.timedelta(days=30)
    with cast.as_user(world.users["settlement" if side == "a" else "settlement_b"]):
        world.made[f"issuer_{side}"] = register_issuer(code=code, name=f"PT Efek {side.upper()}", kind="company").pk
        share = register_instrument(code=code, name=f"Saham {code}", asset_class="equity", issuer=code, listed=True)
        file = send_prices(
            content=f"kode;tanggal;harga\n{code};{day:%d-%m-%Y};900\n".encode(), file_name="harga.csv", source="Bursa",
            today=cast.TODAY,
        )  # fmt: skip
        stated = record_custody(
            content=f"kode;unit\n{code};5\nLAIN;7\n".encode(), file_name="posisi.csv", fund="jht" if side == "a" else "jkk",
            custodian="Bank Penyimpan", stated_on=day, today=cast.TODAY,
        )  # fmt: skip
        given = explain_difference(custody_id=stated.pk, code=code, reason="Belum dibukukan")
    world.made |= {
        f"share_{side}": share.pk, f"share_code_{side}": code, f"price_file_{side}": file.pk, f"custody_{side}": stated.pk,
        f"custody_explanation_{side}": given.pk,
    }  # fmt: skip


def _projection(world: World, side: str) -> None:
    """A projection without its spread, computed."""
    from jamsostek.fund.actions import projections
    from jamsostek.fund.actions.projections import Asked

    with cast.as_user(world.users["actuary"]):
        asked = Asked(f"dunia-{side}", f"Dunia {side}", {}, 0, sensitivity=False)
        world.made[f"projection_{side}"] = projections.begin(asked, on=cast.TODAY).id
    projections.compute(projection_id=world.made[f"projection_{side}"])


def _reports(world: World, side: str) -> None:
    """A stress test that waits for the chief, and a fund's report."""
    from jamsostek.fund.actions import reports as fund_reports
    from jamsostek.fund.actions import stress
    from jamsostek.fund.queries.stressing import Asked

    with cast.as_user(world.users["risk" if side == "a" else "risk_b"]):
        asked = Asked("market", cast.TODAY, {})
        world.made[f"stress_run_{side}"] = stress.keep(reference=f"UJI-{side.upper()}", title="Uji", asked=asked).pk
        made = fund_reports.ask(kind="monthly", fund="jht" if side == "a" else "jkk", period=202610, today=cast.TODAY)
        world.made[f"fund_report_{side}"] = made.pk


def _firms(world: World) -> None:
    with cast.everyone():
        for name, regency in (("a", HERE), ("b", THERE), ("near", HERE)):
            world.employers[name] = cast.employer(f"PT Firma {name.title()}", regency_code=regency)
        for name, regency in (("a", HERE), ("b", THERE)):
            world.sponsors[name] = cast.sponsor(f"Pemerintah {name.title()}", region_code=regency)
            office = register_office(code=f"LKT-{name}", name=f"Loket {name.title()}", kind="hospital", regency_code=regency)
            world.made[f"office_{name}"] = office.pk


def _users(world: World) -> None:
    for side, regency, village in (("a", HERE, VILLAGE_HERE), ("b", THERE, VILLAGE_THERE)):
        for role in Role:
            kind = ROLES[role].kinds[0]
            target = {
                "region": regency, "village": village, "employer": world.employers[side].pk, "sponsor": world.sponsors[side].pk,
                "office": world.made[f"office_{side}"],
            }.get(kind, 0)  # fmt: skip
            if kind != "self":
                name = str(role) if side == "a" else f"{role}_b"
                world.users[name] = cast.user(name.replace("_", "."), role, kind, target, name=f"Pengguna {role} {side}")


def _people(world: World) -> None:
    def make(name: str, **given: Any) -> Any:
        person = cast.participant(f"{COMMON} {MARKS[name]}", **given)
        world.people[name] = person
        return person

    with cast.everyone():
        for side, regency in (("a", HERE), ("b", THERE)):
            worker = make(f"employed_{side}", regency_code=regency)
            world.made[f"employment_{side}"] = cast.works(worker, world.employers[side])
            sponsored = make(f"sponsored_{side}", regency_code=regency)
            world.made[f"cover_{side}"] = cast.covered(sponsored, world.sponsors[side])
            world.made[f"own_employment_{side}"] = cast.works(make(f"self_{side}", regency_code=regency), world.employers["near"])
            make(f"twin_{side}", regency_code=regency)
        cast.works(make("employed_near", regency_code=HERE), world.employers["near"])
        make("heir_a", regency_code=HERE)
        # One mother and one birth date: the two villagers may be one person, so each is named in a question.
        alike = {"birth_date": cast.TODAY.replace(year=1990), "mother_name": "Ibu Serupa"}
        make("villager_a", regency_code=HERE, village_code=VILLAGE_HERE, **alike)
        make("villager_b", regency_code=THERE, village_code=VILLAGE_THERE, **alike)
    for side, regency in (("a", HERE), ("b", THERE)):
        with cast.as_user(world.users["agent" if side == "a" else "agent_b"]):
            make(f"agent_{side}", regency_code=regency)


def _selves(world: World) -> None:
    for name, role, person in (("worker", "worker", "self_a"), ("worker_b", "worker", "self_b"), ("heir", "heir", "heir_a")):
        world.users[name] = cast.user(name.replace("_", "."), role, "self", world.people[person].pk, name=f"Pengguna {name}")


def _more(world: World) -> None:
    """What stands behind the other addresses: questions, relatives, cards, files, tickets, tokens, accounts."""
    _returns(world)
    for side in ("a", "b"):
        _of_a_side(world, side)
    for role in ROLE_NAMES:
        with cast.as_user(world.users[role]):
            token = issue_token(name="Token sendiri", scopes=(), expires_at=cast.NOW + dt.timedelta(days=9), now=cast.NOW)
        world.made[f"token_of_{role}"] = token.token_id
    with cast.everyone():
        first, second = sorted((world.people["villager_a"].pk, world.people["villager_b"].pk))
        clues = {"birth_date": "same", "mother": "same", "sex": "same", "region": "different"}
        world.made["question"] = DuplicateQuestion.objects.create(first_id=first, second_id=second, clues=clues).pk
        for side, into in (("a", "employed_near"), ("b", "employed_b")):
            source, target = world.people[f"twin_{side}"].pk, world.people[into].pk
            world.made[f"merge_{side}"] = merge(source_id=source, into_id=target, reason="Orang yang sama").pk


def _returns(world: World) -> None:
    """The floor of a year, others that wait, and proposals of the JHT return."""
    with cast.as_user(world.users["actuary"]):
        known = floors.record(floors.NewFloor(202101, 30_000, "Daftar suku bunga")).id
        for side, month in (("a", 202107), ("b", 202108)):
            world.made[f"floor_{side}"] = floors.record(floors.NewFloor(month, 31_000, "Daftar suku bunga")).id
    with cast.as_user(world.users["chief"]):
        floors.answer(floor_id=known, confirmed=True)
    with cast.as_user(world.users["actuary"]):
        for side, month in (("a", 202103), ("b", 202104)):
            new = NewProposal(f"HJ/{month}", month, 55_000, "Sesuai hasil")
            world.made[f"proposal_{side}"] = propose_return(new, today=cast.TODAY).id


def _of_a_side(world: World, side: str) -> None:
    people, regency = world.people, HERE if side == "a" else THERE
    clerk = world.users["employer_clerk" if side == "a" else "employer_clerk_b"]
    child = Kinsman(kin="child", name=f"{COMMON} {WORDS[f'relative_{side}']}", sex="f", birth_date=dt.date(2015, 3, 1))
    with cast.everyone():
        world.made[f"relative_{side}"] = add_relative(
            participant_id=people[f"self_{side}"].pk, kinsman=child, today=cast.TODAY
        ).pk
        world.made[f"card_{side}"] = issue_card(participant_id=people[f"employed_{side}"].pk, today=cast.TODAY).serial
    with cast.as_user(clerk):
        expires = cast.NOW + dt.timedelta(days=90)
        token = issue_token(name=WORDS[f"token_{side}"], scopes=(), expires_at=expires, now=cast.NOW)
        world.made[f"token_{side}"] = token.token_id
    with cast.as_user(world.users["branch_supervisor" if side == "a" else "branch_supervisor_b"]):
        world.made[f"rate_{side}"] = declare_rate(NewRate(202101, 55_300, "Siaran pers")).id
    _report(world, side, clerk)
    _arrears(world, side)
    for layout, by in (("employer", "employer_clerk"), ("sponsor", "sponsor_clerk")):
        _upload(world, layout, side, world.users[by if side == "a" else f"{by}_b"])
    with acting(nobody()):
        who = f"{COMMON} {WORDS[f'ticket_{side}']}"
        world.made[f"ticket_{side}"] = open_ticket(
            kind="sign_in", who=who, phone="080000000000", regency_code=regency, told="Lupa", now=cast.NOW
        )  # fmt: skip


def _report(world: World, side: str, clerk: Any) -> None:
    """A wage report being written, with an exception and a file that is not read yet."""
    month = cast.MONTH
    with cast.as_user(clerk):
        report = reports.begin(employer_id=world.employers[side].pk, month=month, today=cast.TODAY)
        change = reports.Edit("wage", world.made[f"employment_{side}"], wage_rupiah=6_000_000)
        reports.edit_one(report_id=report.pk, change=change)
        file = reports.receive(report_id=report.pk, content=sheet([join(1)]), file_name=f"{WORDS[f'upload_{side}']}-upah.xlsx")
        world.made[f"report_{side}"], world.made[f"report_file_{side}"] = report.pk, file.pk
        world.made[f"report_change_{side}"] = report.changes.get().pk


def _arrears(world: World, side: str) -> None:
    """An employer that owes: a bill past its due day, a signed warning, an agreement, a finding."""
    employer, suffix = world.employers[side], "" if side == "a" else "_b"
    late = dt.date(2026, 10, 20)
    with cast.everyone():
        bill_employer(employer_id=employer.pk, month=202608, today=dt.date(2026, 9, 2))
    with cast.as_user(world.users[f"branch_officer{suffix}"]):
        case = arrears.open_case(employer_id=employer.pk, today=late)
        step = arrears.decide_step(case_id=case.pk, today=late, reason="Belum membayar")
        total = owed(late, employer_id=employer.pk)
        agreement = arrears.propose(employer_id=employer.pk, schedule=[(late, total)], reason="Banjir", today=late)
    with cast.as_user(world.users[f"branch_supervisor{suffix}"]):
        arrears.sign(step_id=step.pk, today=late, approve=True)
        arrears.decide_agreement(agreement_id=agreement.pk, approve=True, today=late)
    with cast.everyone():
        finding = Finding.objects.create(
            employer_id=employer.pk, regency_code=employer.regency_code, kind="programmes", month=202608, facts={}, found_on=late
        )
    world.made |= {
        f"case_{side}": case.pk, f"step_{side}": step.pk, f"agreement_{side}": agreement.pk, f"finding_{side}": finding.pk
    }  # fmt: skip


def _upload(world: World, layout: str, side: str, by: Any) -> None:
    """A file with one wrong row, read."""
    name = f"{COMMON} {WORDS[f'upload_{side}']}"
    made, number = (join, 900) if layout == "employer" else (vulnerable, 950)
    wrong = {"wage": "tujuh"} if layout == "employer" else {"birth_date": "31-02-1990"}
    content = sheet([made(number + (side == "b"), name=name, **wrong)], layout)
    payers = {"employer": world.employers, "sponsor": world.sponsors}[layout]
    with cast.as_user(by):
        upload = uploads.receive(
            content=content, file_name="daftar.xlsx", layout=layout, month=cast.MONTH, **{f"{layout}_id": payers[side].pk}
        )
    uploads.read(upload.pk, now=cast.NOW)
    world.made[f"{layout}_upload_{side}"] = upload.pk


def _bills(world: World, side: str) -> None:
    """Bills of each kind of payer, a project and a contract abroad without one, and a month's run that waits."""
    from jamsostek.collection import codes
    from jamsostek.collection.actions import bills, reassessment, runs
    from jamsostek.registry.actions.employers import register_project
    from jamsostek.registry.actions.places import Contract, place_abroad
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself
    from jamsostek.registry.models import Placement

    employer, sponsor, own = world.employers[side], world.sponsors[side], world.people[f"self_{side}"]
    with cast.everyone():
        cover_oneself(Covering(own.pk, cast.MONTH, 1_000_000, "Nelayan"))
        month, today = cast.MONTH - 1, cast.TODAY
        made = {
            "employer": bills.bill_employer(employer_id=employer.pk, month=month, today=today),
            "sponsor": bills.bill_sponsor(sponsor_id=sponsor.pk, month=month, today=today),
            "person": bills.bill_person(participant_id=own.pk, from_month=cast.MONTH, months=1, today=today),
        }
        for kind, name in (("agent", f"agent_{side}"), ("heir", "heir_a" if side == "a" else "villager_b")):
            person = world.people[name].pk
            cover_oneself(Covering(person, cast.MONTH, 1_000_000, "Pedagang"))
            made[kind] = bills.bill_person(participant_id=person, from_month=cast.MONTH, months=1, today=today)
        project = register_project(
            employer_id=employer.pk, name="Jembatan", owner="Dinas", contract_rupiah=900_000_000,
            regency_code=employer.regency_code, starts_on=today, ends_on=today,
        )  # fmt: skip
        place_abroad(contracts=[Contract(world.people[f"employed_{side}"].pk, "individual", "MY", cast.MONTH, 6)])
        world.made[f"run_{side}"] = runs.start_run(
            month=month, region=employer.regency_code, today=today, enqueue_it=False
        ).pk  # fmt: skip
    world.made |= {f"{kind}_bill_{side}": codes.code_of(bill.number) for kind, bill in made.items()}
    with cast.as_user(world.users["head_office"]):
        asked = reassessment.ask(months=[month], region_code=employer.regency_code, reason="Upah keliru")
        world.made[f"reassessment_{side}"] = asked.pk
    with cast.everyone():
        world.made[f"placement_{side}"] = Placement.objects.get(participant=world.people[f"employed_{side}"]).pk
    world.made[f"project_{side}"] = project.number


def _paper() -> bytes:
    """An empty page."""
    with pypdfium2.PdfDocument.new() as made, io.BytesIO() as file:
        made.new_page(200, 200)
        made.save(file)
        return file.getvalue()


def _money(world: World, side: str) -> None:
    """Payments of each kind of payer, money nobody knows with a proposal, a refund asked for, a receipt by hand, a statement."""
    from jamsostek.collection import banks
    from jamsostek.collection.actions import payments
    from jamsostek.collection.actions.payments import Notice, matching, receipts, refunds, statement_work, statements
    from jamsostek.collection.choices import Channel
    from jamsostek.collection.queries.payments import name_of
    from jamsostek.messages.bank.records import CAMT053, Entry, Statement
    from jamsostek.messages.bank.write import write_camt053

    account, today, suffix = "5550001110", cast.TODAY, "" if side == "a" else "_b"
    banks.add_account(account, "Bank Dunia")

    def pay(reference: str, code: str, rupiah: int) -> int:
        notice = Notice(account, f"{reference}-{side}", code, rupiah, cast.NOW, Channel.WEBHOOK)
        return payments.receive(notice, today=today).payment_id

    made = {}
    with cast.everyone():
        # The oldest bill takes it, or none: what the other addresses ask of the bills themselves stays as it was.
        bill_sponsor(sponsor_id=world.sponsors[side].pk, month=cast.MONTH - 2, today=today)
        for kind in ("employer", "sponsor", "person", "agent", "heir"):
            made[kind] = pay(kind, world.made[f"{kind}_bill_{side}"], 1_000)
        unknown = pay("unknown", "", 70_000)
    code = world.made[f"employer_bill_{side}"]
    with cast.as_user(world.users["head_office"]):
        world.made[f"match_{side}"] = matching.propose(payment_id=unknown, code=code, why="Bukti").pk
        entry = Entry(1, f"SB000001{side}", 5_000, True, today, today, "", "TANPA KODE")
        told = Statement(CAMT053, account, "IDR", side, today, today, 0, 5_000, (entry,))
        sent = statements.send(content=write_camt053(told), file_name=f"koran-{side}.xml")
    statement_work.read(sent.pk, now=cast.NOW)
    with cast.as_user(world.users[f"branch_officer{suffix}"]):
        world.made[f"refund_{side}"] = refunds.ask(
            payment_id=made["person"], amount_rupiah=500, why="Surat", account_name="PT", account_bank="BRI",
            account_number="00010002",
        ).pk  # fmt: skip
        world.made[f"receipt_{side}"] = receipts.enter(
            bank=account, reference=f"SLIP-{side}", code=code, amount_rupiah=5_000, paid_on=today, proof=_paper(),
            file_name="bukti.pdf", note="", regency_code=HERE if side == "a" else THERE, today=today,
        ).pk  # fmt: skip
    world.made[f"statement_{side}"] = sent.pk
    world.made |= {f"{kind}_payment_{side}": name_of(payment) for kind, payment in made.items()}


def _claims(world: World) -> None:
    """A claim that each of side A's filers began, and one of side B; the heirs' own names are words nobody else may read."""
    from jamsostek.claims.actions import intake
    from jamsostek.claims.actions.parties import Someone, add_beneficiary
    from jamsostek.claims.choices import Channel, Kind
    from jamsostek.claims.models import Party
    from tests.claims.offices import photo

    people, heirs = world.people, {side: Someone(f"{COMMON} {WORDS[f'claim_{side}']}", "spouse") for side in "ab"}
    desk = Someone("Loket A", "facility")
    filed: tuple[tuple[str, str, Kind, Channel, str, dict[str, Any]], ...] = (
        ("worker_a", "worker", Kind.JKK, Channel.SELF, "self_a", {}),
        ("heir_a", "heir", Kind.JKM, Channel.HEIR, "heir_a", {"claimant": heirs["a"]}),
        ("employer_clerk_a", "employer_clerk", Kind.JKK, Channel.EMPLOYER, "employed_a",
         {"employer_id": world.employers["a"].pk, "claimant": Someone("PT Firma A", "employer")}),
        ("village_operator_a", "village_operator", Kind.JKK, Channel.VILLAGE, "villager_a", {}),
        ("agent_a", "agent", Kind.JKK, Channel.AGENT, "agent_a", {}),
        ("hospital_desk_a", "hospital_desk", Kind.JKK, Channel.HOSPITAL, "employed_a",
         {"office_id": world.made["office_a"], "claimant": desk}),
        ("branch_officer_a", "branch_officer", Kind.JKK, Channel.COUNTER, "employed_a", {}),
        ("others_b", "branch_officer_b", Kind.JKM, Channel.COUNTER, "employed_b", {"claimant": heirs["b"]}),
    )  # fmt: skip
    for shade, (name, user, kind, channel, about, given) in enumerate(filed):
        with cast.as_user(world.users[user]):
            claim = intake.begin(
                kind=kind, participant_id=people[about].pk, channel=channel, today=cast.TODAY, **given
            ).claim  # fmt: skip
            party = Party.objects.filter(claim=claim, claimant=False).first() or add_beneficiary(
                claim_id=claim.pk, one=Someone("Penerima", "child"), today=cast.TODAY
            )
            paper = "death_certificate" if kind == Kind.JKM else "doctors_letter"
            row = intake.add_document(
                claim_id=claim.pk, kind=paper, content=photo((180 - shade, 190, 180)), file_name="foto.jpg", today=cast.TODAY
            )  # fmt: skip
        world.made |= {f"filed_{name}": claim.number, f"filed_party_{name}": party.pk, f"filed_document_{name}": row.pk}


def _desk(world: World, side: str) -> None:
    """A claim at the office of each side: sent with a paper, refused by two people, objected to."""
    from jamsostek.claims.actions import deciding, intake, objecting, work
    from jamsostek.claims.actions.parties import Someone, add_beneficiary
    from jamsostek.claims.choices import Channel, Kind
    from tests.claims.offices import photo

    suffix, about, today = "" if side == "a" else "_b", world.people["employed_near" if side == "a" else "employed_b"], cast.TODAY
    officer, supervisor = world.users[f"branch_officer{suffix}"], world.users[f"branch_supervisor{suffix}"]
    with cast.as_user(officer):
        claimant = Someone("Pemohon", "spouse", account_bank="BRI", account_number=f"99000000{ord(side):04d}")
        claim = intake.begin(
            kind=Kind.JKM, participant_id=about.pk, channel=Channel.COUNTER, claimant=claimant, today=today
        ).claim
        intake.state_facts(claim_id=claim.pk, values={"died_on": "2026-11-02", "cause": "illness"}, today=today)
        shade = (60 + ord(side), 190, 180)
        row = intake.add_document(
            claim_id=claim.pk, kind="death_certificate", content=photo(shade), file_name="akta.jpg", today=today
        )  # fmt: skip
        party = add_beneficiary(claim_id=claim.pk, one=Someone("Penerima", "child", share=1), today=today)
        claim = intake.submit(claim_id=claim.pk, today=today, now=cast.NOW)
        work.back_in_queue(claim, today)
        work.find_facts(claim_id=claim.pk, values={"cause": "work"}, note="surat polisi", today=today)
        deciding.propose(claim_id=claim.pk, approve=False, reason="Kecelakaan kerja", today=today)
    with cast.as_user(supervisor):
        deciding.decide(claim_id=claim.pk, agrees=True, today=today)
    with cast.as_user(officer):
        objection = objecting.object_to(claim_id=claim.pk, grounds="Bukan kecelakaan", today=today)
    world.made |= {
        f"desk_claim_{side}": claim.number, f"desk_party_{side}": party.pk, f"desk_document_{side}": row.pk,
        f"desk_objection_{side}": objection.pk,
    }  # fmt: skip


def _training(world: World, side: str) -> None:
    """A training of each side, and the heir of a paid claim invited to it."""
    from jamsostek.claims.actions import training
    from jamsostek.claims.actions.common import happened
    from jamsostek.claims.models import Claim
    from tests.claims.training.courses import opened

    with cast.everyone():
        made = opened(region_code=HERE if side == "a" else THERE)
        claim = Claim.objects.get(number=world.made["filed_heir_a" if side == "a" else "filed_others_b"])
        happened(claim, "paid", cast.TODAY)
        world.made |= {f"training_{side}": made.number, f"trainee_{side}": training.invite_after(claim, cast.TODAY)[0].pk}


def _outreach(world: World, side: str) -> None:
    """A campaign of each side with a meeting tomorrow, one that took place, who came, a text, a mailing, an agent's code."""
    from jamsostek.outreach.actions import agents, campaigns, reminders
    from jamsostek.outreach.attendance import Came
    from jamsostek.outreach.models import Attendee, Consent
    from tests.outreach import reached

    suffix = "" if side == "a" else "_b"
    officer, head = world.users[f"regional_officer{suffix}"], world.users[f"regional_head{suffix}"]
    region, village = (HERE, VILLAGE_HERE) if side == "a" else (THERE, VILLAGE_THERE)
    with cast.as_user(officer):
        made = campaigns.make(plan=reached.plan(region_code=region))
        held = campaigns.add_meeting(
            campaign_id=made.pk, gathering=reached.gathering(village_code=village), today=cast.TODAY
        )  # fmt: skip
        ahead = reached.gathering(village_code=village, on_date=cast.TODAY + dt.timedelta(days=1))
        tomorrow = campaigns.add_meeting(campaign_id=made.pk, gathering=ahead, today=cast.TODAY)
        people = [Came("f", f"Warga {side}", f"+62811000{ord(side):04d}", consent=True), *reached.came(2)]
        campaigns.attend(meeting_id=held.pk, people=people, today=cast.TODAY)
        text = reminders.propose(
            region_code=region, kind="meeting", language="id", text="Bpk/Ibu {nama}, besok ada pertemuan.", today=cast.TODAY
        )  # fmt: skip
    with cast.as_user(head):
        reminders.approve(template_id=text.pk, today=cast.TODAY)
    with cast.as_user(officer):
        mailing = reminders.prepare_meeting(meeting_id=tomorrow.pk, today=cast.TODAY)
        world.made |= {
            f"campaign_{side}": made.number, f"meeting_{side}": held.number, f"template_{side}": text.pk,
            f"mailing_{side}": mailing.pk, f"attendee_{side}": Attendee.objects.filter(meeting=held).first().pk,
            f"consent_{side}": Consent.objects.get().pk,
        }  # fmt: skip
    with cast.as_user(world.users[f"branch_supervisor{suffix}"]):
        code = agents.give_code(username=world.users[f"agent{suffix}"].username, body="Koperasi", today=cast.TODAY)
    with cast.everyone():
        agents.refer(participant_id=world.people[f"agent_{side}"].pk, code=code.code, today=cast.TODAY)
    world.made[f"code_{side}"] = code.code


def _register(world: World, side: str) -> None:
    """A register of each side's region with somebody in it twice, linked within itself."""
    from jamsostek.messages.guards import check_upload
    from jamsostek.messages.register.looked import look
    from jamsostek.outreach.actions import linking, registers
    from jamsostek.outreach.models import Link

    region, village = (HERE, VILLAGE_HERE) if side == "a" else (THERE, VILLAGE_THERE)
    twice = [f"{COMMON} {WORDS[f'register_{side}']},,L,05-03-1980,{village}"] * 2
    others = [f"Orang Daftar {letter},,P,{at + 1:02d}-01-19{60 + at},{village}" for at, letter in enumerate("ABCDEFGHIJKL")]
    content = "\n".join(["Nama,NIK,JK,Tanggal Lahir,Kode Desa", *twice, *others]).encode()
    with cast.as_user(world.users["regional_officer" if side == "a" else "regional_officer_b"]):
        made = registers.receive(
            content=content, file_name=f"daftar-{side}.csv", region_code=region, kind="other",
            title=f"Daftar {WORDS[f'register_{side}']}", snapshot_on=dt.date(2026, 10, 31), legal_basis="Uji", purpose="Uji",
            keep_until=dt.date(2027, 10, 31), columns=look(check_upload(content, "a.csv")).mapping, today=cast.TODAY,
        )  # fmt: skip
    registers.read(made.pk, now=cast.NOW)
    with cast.as_user(world.users["regional_officer" if side == "a" else "regional_officer_b"]):
        run = linking.ask_for(register_id=made.pk, against=linking.WITHIN)
    linking.work(run.pk, now=cast.NOW)
    with cast.everyone():
        asked = Link.objects.get(run_id=run.pk, outcome="ask")
        linking.answer(run_id=run.pk, person_id=asked.person_id, answer="village", reason="Uji", blind=True)
    world.made |= {f"register_{side}": made.number, f"link_run_{side}": run.pk, f"register_person_{side}": asked.person_id}


def _programme(world: World, side: str) -> None:
    """A region's programme: somebody of its register funded and on a list that waits for approval."""
    from django.utils import timezone

    from jamsostek.messages.guards import check_upload
    from jamsostek.messages.register.looked import look
    from jamsostek.outreach import eligibility, plan, priority
    from jamsostek.outreach.actions import candidates, decrees, funding, programmes, registers, rules
    from jamsostek.outreach.models import Candidate, Link, Person, Run

    region, village, suffix = (HERE, VILLAGE_HERE, "") if side == "a" else (THERE, VILLAGE_THERE, "_b")
    officer, head = world.users[f"regional_officer{suffix}"], world.users[f"regional_head{suffix}"]
    born, today = dt.date(1988, 7, 9), cast.TODAY
    titles = "Nama,NIK,JK,Tanggal Lahir,Kode Desa,Desil,Pekerjaan,ASN"
    name, number = f"{COMMON} {WORDS[f'candidate_{side}']}", cast.nik(born, "f", region, 51)[:-1] + "7"
    content = f"{titles}\n{name},{number},P,{born:%d-%m-%Y},{village},1,Petani,tidak\n".encode()
    with cast.as_user(officer):
        register = registers.receive(
            content=content, file_name="daftar.csv", region_code=region, kind="dtsen", title="DTSEN", snapshot_on=today,
            legal_basis="Contoh", purpose="Contoh", keep_until=today + dt.timedelta(days=300),
            columns=look(check_upload(content, "daftar.csv")).mapping, today=today,
        )  # fmt: skip
    registers.read(register.pk, now=timezone.now())
    with cast.everyone():
        person = Person.objects.get(register_id=register.pk)
        run = Run.objects.create(register_id=register.pk, state="done")
        key = bytes([ord(side)] * 16)
        Link.objects.create(run=run, person=person, register_id=register.pk, outcome="different", record_key=key)
    with cast.as_user(officer):
        points = priority.Rule("Contoh", 1, (priority.Criterion("decile", {"1": 40}),), "Contoh", sample=True)
        rule = rules.propose_rule(region_code=region, rule=points, today=today)
    with cast.as_user(head):
        rules.adopt_rule(rule_id=rule.pk, today=today)
    with cast.as_user(officer):
        made = programmes.make_programme(
            region_code=region, title="Program contoh", year=2027, sponsor_id=world.sponsors[side].pk, rule_id=rule.pk,
            asks=eligibility.Programme("Contoh"), income_rupiah=1_000_000,
        )  # fmt: skip
        money = plan.Source("apbd", "apbd", 10**7, 202701, 202712)
        programmes.set_sources(programme_id=made.pk, sources=[(money, "APBD", "Contoh")])
    with cast.as_user(head):
        programmes.open_programme(programme_id=made.pk, today=today)
    with cast.as_user(officer):
        intake = candidates.take_in(programme_id=made.pk, register_id=register.pk, today=today)
    candidates.take(intake.pk, now=timezone.now())
    with cast.as_user(officer):
        assert candidates.verify(programme_id=made.pk, today=today) == 1
        funding.fund(programme_id=made.pk, today=today)
        decree = decrees.prepare(programme_id=made.pk, title="Lampiran", today=today)
    with cast.everyone():
        candidate = Candidate.objects.get(programme_id=made.pk).pk
    world.made |= {
        f"programme_{side}": made.number, f"rule_{side}": rule.pk, f"candidate_{side}": candidate, f"intake_{side}": intake.pk,
        f"decree_{side}": decree.code,
    }  # fmt: skip


def _payouts(world: World) -> None:
    """A pension of each side with a proof that waits and an overpayment; rolls, batches and answers of the nation."""
    from django.utils import timezone

    from jamsostek.claims.actions import answers, growth, paying, rights, rolls
    from jamsostek.claims.models import Benefit, Overpaid, Transfer
    from jamsostek.messages.payout.pain002 import write_pain002
    from jamsostek.messages.payout.records import ACCEPTED, Answer, Outcome

    head, other, today = world.users["head_office"], world.users["head_office_b"], cast.TODAY
    for side in ("a", "b"):
        claim = _pension(world, side)
        with cast.everyone():
            right = Benefit.objects.get(claim=claim)
            world.made[f"right_{side}"] = right.pk
            world.made[f"amount_{side}"] = f"{cast.MONTH}-{right.party_id}-{right.component}"
            world.made[f"overpaid_{side}"] = Overpaid.objects.create(
                claim=claim, party=right.party, benefit=right, fund="jp", rupiah=5_000, because="Uji", group_id=1, made_on=today
            ).pk  # fmt: skip
        with cast.as_user(world.users["worker" if side == "a" else "worker_b"]):
            given = rights.give_proof(
                benefit_id=right.pk, month=cast.MONTH, data={}, papers=[(_paper(), "surat.jpg")], today=today
            )  # fmt: skip
            world.made |= {f"proof_{side}": given.pk, f"proof_paper_{side}": given.papers.get().pk}

    def prepared() -> int:
        with cast.as_user(head):
            made = paying.prepare(fund="jp", pay_on=today, today=today, roll_id=world.made["roll_a"])
        return int(made.batches[0].pk)

    with cast.as_user(head):
        for year in (2019, 2020):
            growth.propose(year=year, inflation_ppm=30_000, source="BPS", today=today)
        paying.set_debtor(fund="jp", name="BPJS Ketenagakerjaan", bank="BRI", account="990011112222")
        world.made["roll_a"] = rolls.prepare(kind="pension", month=cast.MONTH, pay_on=today, now=cast.NOW).pk
    with cast.as_user(other):
        rolls.approve(roll_id=world.made["roll_a"], now=cast.NOW)
    rolls.post_roll(roll_id=world.made["roll_a"], now=cast.NOW, today=today)
    world.made["batch_b"] = prepared()
    with cast.as_user(head):
        paying.cancel(batch_id=world.made["batch_b"], reason="Salah hari")
        world.made["roll_b"] = rolls.prepare(kind="pension", month=cast.MONTH + 1, pay_on=today, now=cast.NOW).pk
    number = world.made["batch_a"] = prepared()
    with cast.as_user(other):
        paying.approve(batch_id=number, now=timezone.now())
    batch = paying.export(batch_id=number, now=timezone.now())
    with cast.everyone():
        rupiah = Transfer.objects.get(batch=batch, number=1).rupiah
    for side in ("a", "b"):
        line = Outcome(paying.end_to_end(number, 1), ACCEPTED, "", "", f"BANK{side}", today, rupiah)
        content = write_pain002(Answer("pain.002", f"A-{side}", batch.message_id, "", (line,)), cast.NOW)
        with cast.as_user(head):
            taken = answers.take(content=content, file_name=f"jawaban-{side}.xml", today=today)
        world.made[f"answer_{side}"] = taken.pk


def _pension(world: World, side: str) -> Any:
    """A disability pension of somebody who signs in, decided at their office."""
    from jamsostek.claims.actions import intake
    from jamsostek.claims.choices import Channel, Kind
    from tests.claims import offices

    suffix = "" if side == "a" else "_b"
    names = (f"branch_officer{suffix}", f"branch_officer{suffix}", f"branch_supervisor{suffix}", "head_office", "head_office_b")
    office = offices.Office(*(world.users[name] for name in names))
    with cast.everyone():
        begun = intake.begin(
            kind=Kind.JP_DISABILITY, participant_id=world.people[f"self_{side}"].pk, channel=Channel.COUNTER, today=cast.TODAY
        ).claim  # fmt: skip
        intake.state_facts(claim_id=begun.pk, values={"event_on": "2026-10-02"}, today=cast.TODAY)
        offices.papers(begun)
        claim = intake.submit(claim_id=begun.pk, today=cast.TODAY, now=cast.NOW)
        offices.checked(
            claim, office, total_disability=True, jp_months=60, jp_density_ppm=900_000, jp_membership_months=66,
            mean_indexed_wage_rupiah=6_000_000, registered_on="2020-01-02",
        )  # fmt: skip
        return offices.approved(claim, office)


def _strategy(world: World, side: str) -> None:
    """A region's regulation that is public, an item of its plan with a file, a report that was sent, a goal that waits."""
    from jamsostek.outreach.actions import goals, half_reports, plans, regulations
    from jamsostek.outreach.actions.goals import NewGoal
    from jamsostek.outreach.actions.plans import Item, Proof
    from jamsostek.outreach.actions.regulations import NewRegulation

    region, suffix, today = HERE if side == "a" else THERE, "" if side == "a" else "_b", cast.TODAY
    new = NewRegulation(region, "perkada", f"1{side}", 2025, dt.date(2025, 2, 3), "Contoh", ("groups",), dt.date(2025, 2, 3))
    with cast.as_user(world.users[f"regional_officer{suffix}"]):
        rule = regulations.enter(regulation=new, content=_blank_pdf(), file_name="naskah.pdf", today=today)
        item = plans.add(
            region_code=region, year=2026, item=Item("budget", WORDS[f"plan_{side}"], "Dinas", dt.date(2026, 9, 1)), today=today
        )
        plans.move(item_id=item.pk, state="under_way", today=today, proof=Proof(content=_blank_pdf(), file_name="bukti.pdf"))
        report = half_reports.draft(region_code=region, year=2026, half=1, today=today, now=cast.NOW)
        goal = goals.propose(goal=NewGoal(region, "disability", 90, 2028, WORDS[f"goal_{side}"]), today=today)
    with cast.as_user(world.users[f"regional_head{suffix}"]):
        regulations.confirm(code=rule.code, today=today)
        half_reports.sign(report_id=report.pk, today=today)
        half_reports.send(report_id=report.pk, today=today)
    world.made |= {f"regulation_{side}": rule.code, f"plan_item_{side}": item.pk, f"half_report_{side}": report.pk}
    world.made[f"goal_{side}"] = goal.code


def _blank_pdf() -> bytes:
    file = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 400)
    document.save(file)
    return file.getvalue()
