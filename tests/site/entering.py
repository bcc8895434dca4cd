"""Fills a database for the tests of the whole site: the small demo, and on top of it something for every page to show.

Runs in a process of its own (`python -m tests.site.entering`), over the database and keys its environment names, and prints
who may visit as JSON: a name, the group whose pages they share, the cookies of somebody who has just signed in.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
django.setup()

from allauth.usersessions.models import UserSession  # noqa: E402
from django.contrib.auth.hashers import ScryptPasswordHasher  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from jamsostek.access import audit  # noqa: E402
from jamsostek.access.actions.accounts import invite  # noqa: E402
from jamsostek.access.actions.tickets import close_ticket, open_ticket, take_ticket  # noqa: E402
from jamsostek.access.actions.tokens import issue_token  # noqa: E402
from jamsostek.access.models import Grant, User  # noqa: E402
from jamsostek.access.roles import ROLES, Role  # noqa: E402
from jamsostek.access.scope import Scope, acting, current, scope_of, system_scope  # noqa: E402
from jamsostek.accounts.actions import rates  # noqa: E402
from jamsostek.accounts.models import LineKind, Programme  # noqa: E402
from jamsostek.claims.models import Claim, Event, Objection, Overpaid  # noqa: E402
from jamsostek.collection.actions import reports, runs  # noqa: E402
from jamsostek.collection.billing.writing import bill_id  # noqa: E402
from jamsostek.collection.codes import code_of  # noqa: E402
from jamsostek.collection.models import Bill, Report  # noqa: E402
from jamsostek.core.months import add_months, month_of  # noqa: E402
from jamsostek.demo.enter import enter  # noqa: E402
from jamsostek.outreach.models import HalfReport  # noqa: E402
from jamsostek.registry.actions import cards, changes, drafts, employ, family, merging, people, sponsors, uploads  # noqa: E402
from jamsostek.registry.choices import Kin, Leaving, QuestionState, UploadState, Via  # noqa: E402
from jamsostek.registry.identity import Person  # noqa: E402
from jamsostek.registry.models import (  # noqa: E402
    Cover,
    DuplicateQuestion,
    Employer,
    Employment,
    Participant,
    Region,
    Sponsor,
    Upload,
)
from jamsostek.synth.regency import Regency, make_regency  # noqa: E402
from tests import cast, sheets  # noqa: E402
from tests.accounts import money  # noqa: E402
from tests.site.awarding import RUNNING, award  # noqa: E402
from tests.site.claiming import family as claiming_family  # noqa: E402
from tests.site.collecting import Town, collect, receipt_of_worker  # noqa: E402
from tests.site.desking import desk  # noqa: E402
from tests.site.disbursing import Treasury  # noqa: E402
from tests.site.funding import Office  # noqa: E402
from tests.site.investing import invest  # noqa: E402
from tests.site.limiting import limit  # noqa: E402
from tests.site.moving import TITLES, move  # noqa: E402
from tests.site.planning import Government  # noqa: E402
from tests.site.pricing import price  # noqa: E402
from tests.site.projecting import look_ahead  # noqa: E402
from tests.site.reaching import reach  # noqa: E402
from tests.site.reporting import report_funds  # noqa: E402
from tests.site.returning import know_floor, propose_returns  # noqa: E402
from tests.site.schooling import School  # noqa: E402

WORKERS, EMPLOYERS = 1_000, 40
GROUPS = {
    Role.WORKER: "worker", Role.HEIR: "heir", Role.EMPLOYER_CLERK: "employer", Role.EMPLOYER_APPROVER: "employer",
    Role.SPONSOR_CLERK: "sponsor", Role.SPONSOR_APPROVER: "sponsor", Role.VILLAGE_OPERATOR: "village", Role.AGENT: "agent",
    Role.BRANCH_OFFICER: "office", Role.BRANCH_SUPERVISOR: "office", Role.HEAD_OFFICE: "office",
    Role.REGIONAL_VIEWER: "region", Role.REGIONAL_OFFICER: "outreach", Role.REGIONAL_HEAD: "outreach",
    Role.MINISTRY: "oversight", Role.ACTUARY: "oversight", Role.RESEARCHER: "oversight",
    Role.AUDITOR: "oversight", Role.HOSPITAL_DESK: "others", Role.JURY: "jury", Role.AWARD_COMMITTEE: "award",
    Role.DEALER: "funds", Role.SETTLEMENT: "funds", Role.RISK: "funds", Role.CHIEF: "funds",
}  # fmt: skip
"""Roles that see the same pages, or nearly so."""
TOLD = "Kata sandi lupa dan nomor telepon sudah ganti."
_AGENT = "Mozilla/5.0 (Linux; Android 11; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"


def main() -> None:
    """Enters everything and tells who may visit."""
    ScryptPasswordHasher.work_factor = 2
    today, now = timezone.localdate(), timezone.now()
    regency = make_regency(1, workers=WORKERS, employers=EMPLOYERS, month=add_months(month_of(today), -1))
    enter(regency, today=today, now=now, tell=lambda *_told: None)
    users = {Role(grant.role): grant.user for grant in _demo_grants()}
    receipt = _life(regency, users, today, now)
    government = Government(regency.regency_code, users, today, now)
    government.work()
    reach(regency.regency_code, users, today)
    priced = price(users, today)
    invested = invest(today)
    limited = limit(users, today)
    projected = look_ahead(users, today)
    awarded = award(regency.regency_code, today)
    visitors: list[dict[str, Any]] = [{"name": "public", "group": "public", "cookies": {}}]
    visitors += [
        {"name": str(role), "group": GROUPS[role], "cookies": _signed_in(user, factor=ROLES[role].staff)}
        for role, user in users.items()
    ]
    visitors += [
        {"name": "newcomer", "group": "newcomer", "cookies": {"jamsostek_draft": _draft(regency, now)}},
        {"name": "province", "group": "province", "cookies": _signed_in(_province(regency), factor=True)},
        {"name": "first_day", "group": "first_day", "cookies": _signed_in(_first_day(regency), factor=False)},
        {"name": "several", "group": "several", "cookies": _signed_in(_several(users), factor=False)},
        *(
            {"name": username, "group": group, "cookies": _signed_in(_called(username), factor=True)}
            for username, group in (("panitia-nasional-dua", "award"), ("juri-provinsi-satu", "jury"))
        ),
    ]
    village = _target(users, Role.VILLAGE_OPERATOR)
    listed = move(regency.regency_code, users[Role.REGIONAL_OFFICER], village, today, now)
    office = Office(regency.regency_code, users, village, today, now)
    office.work(waiting=TITLES[1])
    with acting(_everything()):
        dead = int(Grant.objects.get(user=users[Role.HEIR]).target)
        numbers = _Numbers(regency, users)
    claimant = claiming_family(dead, users, today, now)
    reported = report_funds(regency.regency_code, users, today)
    written = desk(dead, numbers.worker, numbers.workers[20:23], users, today, now)
    for one in visitors:
        one["begin"] = _begins(one, users, receipt, today)
    funds = [*priced, *invested, *limited, *reported, *projected, *awarded]
    typed = [*_typed(), *written, *listed, *government.typed(), *office.typed(), *funds]
    json.dump({"visitors": [*visitors, claimant], "typed": typed}, sys.stdout)


def _target(users: dict[Role, User], role: Role) -> int:
    """What a demo person stands for."""
    with acting(_everything()):
        return int(Grant.objects.get(user=users[role]).target)


def _typed() -> list[str]:
    """Short texts that people typed, which are in no language."""
    with acting(_everything()):
        found = {name for user in User.objects.all() for name in (user.username, user.name)}
        found.add(TOLD)
        found |= set(Cover.objects.values_list("occupation", flat=True)) | set(
            Employment.objects.values_list("position", flat=True)
        )
        found |= set(Event.objects.values_list("text", flat=True)) | set(Overpaid.objects.values_list("because", flat=True))
        return sorted(found - {""})


def _demo_grants() -> list[Grant]:
    with acting(_everything()):
        return list(Grant.objects.filter(user__is_demo=True).select_related("user").order_by("user_id"))


def _everything() -> Scope:
    return system_scope("Kantor Cabang Contoh")


def _as(user: User, today: dt.date) -> Any:
    return acting(scope_of(user, month_of(today)))


# --- something to see -------------------------------------------------------------------------------------------------


def _life(regency: Regency, users: dict[Role, User], today: dt.date, now: dt.datetime) -> str:
    """What a few weeks of work leave behind; gives the address that proves a receipt, for whoever was shown it."""
    clerk, officer = users[Role.EMPLOYER_CLERK], users[Role.BRANCH_OFFICER]
    with acting(_everything()):
        numbers = _Numbers(regency, users)
    _cards(numbers, today, now)
    _employer_uploads(regency, numbers.employer, clerk, today, now)
    _sponsor_uploads(numbers, users, today, now)
    _changes(numbers, today)
    _reports(numbers, users, today, now)
    _savings(numbers)
    _rates(users, today)
    propose_returns(users, today)
    _merge(users[Role.BRANCH_SUPERVISOR], today, now)
    _register(users[Role.AGENT], Via.AGENT, numbers, today)
    _register(officer, Via.COUNTER, numbers, today)
    town = Town(numbers, users, today, now)
    collect(town)
    School(regency.regency_code, users, today).teach(dead=numbers.dead, worker=numbers.worker, people=numbers.workers[20:27])
    Treasury(regency.regency_code, users, today, now).pay(worker=numbers.worker)
    _month_run(users[Role.BRANCH_SUPERVISOR], regency.regency_code, today, now)
    _tickets(regency.regency_code, officer, today, now)
    _logins(users, numbers, today, now)
    with _as(officer, today):
        audit.looked([numbers.worker], ("name", "nik", "address"), "Pertanyaan lewat telepon")
    with acting(_everything()):
        audit.seal(now=now)
    return receipt_of_worker(town)


def _month_run(supervisor: User, regency: int, today: dt.date, now: dt.datetime) -> None:
    """The supervisor bills their regency's next month."""
    with _as(supervisor, today):
        run = runs.start_run(month=add_months(month_of(today), 1), region=regency, today=today, enqueue_it=False)
    runs.work(run.pk, now=lambda: now)


class _Numbers:
    """Whom and what the demo people stand for."""

    def __init__(self, regency: Regency, users: dict[Role, User]) -> None:
        def target(role: Role) -> int:
            return int(Grant.objects.get(user=users[role]).target)

        self.worker, self.dead = target(Role.WORKER), target(Role.HEIR)
        self.employer, self.sponsor = target(Role.EMPLOYER_CLERK), target(Role.SPONSOR_CLERK)
        self.village = target(Role.VILLAGE_OPERATOR)
        self.village_sponsor = Sponsor.objects.filter(region_code=self.village).values_list("pk", flat=True).first()
        jobs = Employment.objects.filter(employer_id=self.employer, to_month=None).exclude(participant_id=self.worker)
        self.workers = list(jobs.order_by("pk").values_list("participant_id", flat=True)[:40])
        covers = Cover.objects.filter(sponsor_id=self.sponsor, to_month=None).order_by("pk")
        self.covered = list(covers.values_list("participant_id", flat=True)[:12])
        villagers = Participant.objects.filter(village_code=self.village, died_on=None).order_by("pk")
        self.villagers = list(villagers.values_list("pk", flat=True)[:8])
        self.regency = regency.regency_code


def _cards(numbers: _Numbers, today: dt.date, now: dt.datetime) -> None:
    with acting(_everything()):
        some = dict.fromkeys([numbers.worker, *numbers.workers[:12], *numbers.covered[:6], *numbers.villagers[:4]])
        made = cards.issue_cards(participant_ids=list(some), today=today)
        cards.revoke_card(card_id=made[1].pk, now=now, reason="Kartu hilang di pasar")


def _employer_uploads(regency: Regency, employer: int, clerk: User, today: dt.date, now: dt.datetime) -> None:
    """The clerk's own list of the month, with every kind of fault, written; and an upload in each other state."""
    written = _list(regency.roster)
    send = _Sender(clerk, clerk, today, now, layout="employer", month=regency.month, employer_id=employer)
    send("Daftar bulan lalu.xlsx", written, "done")
    send("Susulan.xlsx", _list(regency.roster[:30], wage="6.250.000"), "ready")
    send("Cabang 1.xlsx", sheets.sheet([sheets.join(1)]), "received")
    send("Cabang 2.xlsx", sheets.sheet([sheets.join(2)]), "reading")
    send("Cabang 3.xlsx", sheets.sheet([sheets.join(n) for n in range(3, 9)]), "writing")
    send("Cabang 4.xlsx", sheets.sheet([sheets.join(9)]), "cancelled")
    send("Catatan rapat.csv", b"catatan rapat;hari ini\nhalo;dunia\n" * 20, "failed")


def _sponsor_uploads(numbers: _Numbers, users: dict[Role, User], today: dt.date, now: dt.datetime) -> None:
    clerk, approver, operator = (users[role] for role in (Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER, Role.VILLAGE_OPERATOR))
    month = month_of(today)
    given = {"layout": "sponsor", "month": month, "to_month": add_months(month, 6)}
    send = _Sender(clerk, approver, today, now, sponsor_id=numbers.sponsor, **given)
    rows = [sheets.vulnerable(n) for n in range(20, 30)] + [sheets.vulnerable(31, nik="123"), sheets.vulnerable(32, name="")]
    send("Petani dan nelayan.xlsx", sheets.sheet(rows, "sponsor"), "ready")
    send("Pedagang.xlsx", sheets.sheet([sheets.vulnerable(n) for n in range(40, 46)], "sponsor"), "done")
    send("Pedagang lagi.xlsx", sheets.sheet([sheets.vulnerable(n) for n in range(44, 48)], "sponsor"), "done")
    if numbers.village_sponsor is not None:
        ours = _Sender(operator, approver, today, now, sponsor_id=numbers.village_sponsor, **given)
        ours("Pekerja rentan desa.xlsx", sheets.sheet([sheets.vulnerable(n) for n in range(50, 54)], "sponsor"), "ready")


def _list(rows: Sequence[dict[str, str]], **given: str) -> bytes:
    acts = {"join": "MASUK", "leave": "KELUAR", "wage_change": "UBAH UPAH"}
    return sheets.sheet(
        {
            **{name: row[name] for name in ("nik", "name", "birth_date", "sex", "mother_name", "phone")},
            "activity": acts[row["action"]],
            "occupation": row["position"],
            "start_date": f"{row['month']}-03" if row["action"] == "join" else None,
            "end_date": f"{row['month']}-20" if row["action"] == "leave" else None,
            "leave_reason": "Mengundurkan diri" if row["action"] == "leave" else None,
            "wage": row["wage"] or None,
            **{name: value for name, value in given.items() if row[name]},
        }
        for row in rows
    )


class _Sender:
    """Somebody who sends files, each as far as a state."""

    def __init__(self, user: User, confirmed_by: User, today: dt.date, now: dt.datetime, **given: Any) -> None:
        self.user, self.confirmed_by, self.today, self.now, self.given = user, confirmed_by, today, now, given

    def __call__(self, name: str, content: bytes, state: str) -> Upload:
        with _as(self.user, self.today):
            upload = uploads.receive(content=content, file_name=name, **self.given)
        if state == UploadState.READING:
            self._set(upload, state=state)
        if state in (UploadState.READING, UploadState.RECEIVED):
            return upload
        uploads.read(upload.pk, now=self.now)
        if state == UploadState.CANCELLED:
            with _as(self.user, self.today):
                uploads.cancel(upload_id=upload.pk, now=self.now)
        if state in (UploadState.WRITING, UploadState.DONE):
            with _as(self.confirmed_by, self.today):
                uploads.confirm(upload_id=upload.pk, now=self.now)
        if state == UploadState.WRITING:
            self._set(upload, rows_done=2)
        if state == UploadState.DONE:
            uploads.write(upload.pk, today=self.today, now=self.now)
        with acting(_everything()):
            told = Upload.objects.get(pk=upload.pk)
        assert told.state == state, (name, told.state, told.error)
        return upload

    @staticmethod
    def _set(upload: Upload, **fields: Any) -> None:
        with acting(_everything()):
            Upload.objects.filter(pk=upload.pk).update(**fields)


def _changes(numbers: _Numbers, today: dt.date) -> None:
    """Somebody left, somebody earns more, somebody moved and wed."""
    month = month_of(today)
    with acting(_everything()):
        jobs = list(Employment.objects.filter(employer_id=numbers.employer, to_month=None).order_by("-pk")[:3])
        employ.leave(employment_id=jobs[0].pk, left_on=today.replace(day=1), leaving=Leaving.RESIGNED)
        employ.change_wage(employment_id=jobs[1].pk, from_month=month, wage_rupiah=7_250_000)
        told = {"phone": "+6280000123456", "address": "Jl. Contoh 12"}
        changes.change_person(participant_id=numbers.worker, changes=told, today=today, now=timezone.now(), reason="Loket")
        sister = family.Kinsman(kin=str(Kin.SIBLING), name="Wulan Contoh", sex="f", birth_date=dt.date(1996, 5, 4))
        family.add_relative(participant_id=numbers.worker, kinsman=sister, today=today)


def _reports(numbers: _Numbers, users: dict[Role, User], today: dt.date, now: dt.datetime) -> None:
    """A month that was billed, one that waits for the approver, one being written with a file; and a firm with one person."""
    month, clerk, approver = month_of(today), users[Role.EMPLOYER_CLERK], users[Role.EMPLOYER_APPROVER]

    def begin(who: User, employer: int, wanted: int) -> Report:
        with _as(who, today):
            return reports.begin(employer_id=employer, month=wanted, today=today)

    def prepare(who: User, report: Report) -> None:
        with _as(who, today):
            reports.prepare(report_id=report.pk, now=now)

    billed = begin(clerk, numbers.employer, add_months(month, -2))
    prepare(clerk, billed)
    with _as(approver, today):
        reports.approve(report_id=billed.pk, today=today, now=now, at_once=True)
    prepare(clerk, begin(clerk, numbers.employer, add_months(month, -1)))
    draft = begin(clerk, numbers.employer, month)
    with acting(_everything()):
        jobs = list(Employment.objects.filter(employer_id=numbers.employer, to_month=None).order_by("pk")[:4])
    with _as(clerk, today):
        reports.edit(
            report_id=draft.pk,
            changes=[
                reports.Edit("wage", jobs[0].pk, wage_rupiah=1_500_000), reports.Edit("absent", jobs[1].pk, note="Cuti"),
                reports.Edit("leave", jobs[2].pk, day=today.replace(day=1), leaving="other"),
            ],
        )  # fmt: skip
        rows = [sheets.join(n) for n in range(60, 63)] + [{"kpj": "00000000000", "name": "Tak Dikenal", "wage": 5_000_000}]
        file = reports.receive(report_id=draft.pk, content=sheets.sheet(rows, "report"), file_name="Laporan bulan ini.xlsx")
    reports.read_file(file.pk, now=now)
    with acting(_everything()):
        single = cast.employer("PT Seorang Diri", regency_code=numbers.regency, scale="medium")
        owner = cast.user("seorang.diri", str(Role.EMPLOYER_APPROVER), "employer", single.pk, name="Seorang Diri")
        cast.works(Participant.objects.get(pk=numbers.workers[-1]), single, add_months(month, -1), 1_900_000)
    prepare(owner, begin(owner, single.pk, add_months(month, -1)))


def _savings(numbers: _Numbers) -> None:
    """JHT and JP of 2020, the last year with a declared rate: two months credited, the third waits for head office."""
    bill = bill_id(202001, 1, numbers.employer)
    people = [numbers.worker, *numbers.workers[:20], *numbers.covered[:4]]
    with acting(_everything()):
        for month in (1, 2, 3):
            day = dt.date(2020, month, 10)
            money.move({who: 300_000 + who for who in people}, day, for_month=202000 + month, source_id=bill)
            paid = dict.fromkeys(people, 90000)
            money.move(paid, day, for_month=202000 + month, source_id=bill, programme=Programme.JP)
    for number in (202001, 202002):
        money.credit(number)
    with acting(_everything()):
        money.move({numbers.worker: -50_000}, dt.date(2020, 3, 20), kind=LineKind.WITHDRAWAL)


def _rates(users: dict[Role, User], today: dt.date) -> None:
    """Rates of later years: one confirmed, one refused, one that waits."""
    for month, answer in ((202101, True), (202107, False), (202201, None)):
        if month % 100 == 1:
            know_floor(users, month, today)
        with _as(users[Role.BRANCH_SUPERVISOR], today):
            made = rates.declare(rates.NewRate(month, 55_300, "https://contoh.example/siaran-pers/17", "KEP/17", today))
        if answer is not None:
            with _as(users[Role.HEAD_OFFICE], today):
                rates.answer(rate_id=made.id, confirmed=answer, reason="" if answer else "Sumbernya menyebut angka lain")


def _merge(supervisor: User, today: dt.date, now: dt.datetime) -> None:
    """Of the questions one was answered yes, one no; the others wait."""
    with _as(supervisor, today):
        waiting = list(DuplicateQuestion.objects.filter(state=QuestionState.OPEN).order_by("pk")[:2])
        assert len(waiting) == 2, "the demo brings more questions than that"
        one, other = waiting
        reason = "Nama ibu, tanggal lahir, dan fotonya sama"
        merging.decide(question_id=one.pk, same=True, into_id=one.first_id, now=now, reason=reason)
        merging.decide(question_id=other.pk, same=False, into_id=None, now=now, reason="Saudara kembar")


def _register(who: User, via: Via, numbers: _Numbers, today: dt.date) -> None:
    """People somebody registered, one of whom a sponsor pays for and who has no card yet."""
    names = ("Sumiati", "Karto Wijoyo") if via == Via.AGENT else ("Nur Aini", "Mulyadi")
    with _as(who, today):
        for at, (name, sex) in enumerate(zip(names, "fm", strict=True)):
            born = dt.date(1980 + at, 3, 4 + len(name))
            person = Person(
                name=name, sex=sex, birth_date=born, regency_code=numbers.regency, nik=cast.nik(born, sex, numbers.regency, 3),
                mother_name=f"Ibu {name}", village_code=numbers.village, phone=f"+62800007{len(name):02d}{at}",
            )  # fmt: skip
            done = people.register_person(person, via=via, today=today)
    with acting(_everything()):
        spell = sponsors.Covering(done.participant_id, month_of(today), 1_000_000, "Petani")
        sponsors.cover_by_sponsor(sponsor_id=numbers.sponsor, people=[spell])


def _tickets(regency: int, officer: User, today: dt.date, now: dt.datetime) -> None:
    def ask(who: str, told: str, ago: int) -> str:
        with acting(Scope(None, "Pengunjung")):
            return open_ticket(
                kind="sign_in", who=who, phone="0800 000 1234", regency_code=regency, told=told, now=now - dt.timedelta(hours=ago)
            )

    ask("Bu Rahayu, KPJ lupa", TOLD, 30)
    taken, closed = ask("Pak Slamet", "", 5), ask("Dewi", "Tiga kali salah kode.", 50)
    with _as(officer, today):
        take_ticket(number=taken, now=now)
        take_ticket(number=closed, now=now)
        close_ticket(number=closed, outcome="code", note="Datang sendiri dengan KTP", now=now)


def _logins(users: dict[Role, User], numbers: _Numbers, today: dt.date, now: dt.datetime) -> None:
    """Somebody invited who has not come yet, and a program's token."""
    month = month_of(today)
    with _as(users[Role.EMPLOYER_APPROVER], today):
        invite(
            username="staf-baru", name="Ratna Contoh", role=Role.EMPLOYER_CLERK, kind="employer", target=numbers.employer,
            from_month=month, now=now,
        )  # fmt: skip
    with _as(users[Role.SPONSOR_APPROVER], today):
        invite(
            username="staf-dinas", name="Joko Contoh", role=Role.SPONSOR_CLERK, kind="sponsor", target=numbers.sponsor,
            from_month=month, now=now,
        )  # fmt: skip
    for role in (Role.EMPLOYER_APPROVER, Role.BRANCH_OFFICER):
        with _as(users[role], today):
            issue_token(name="Program penggajian", scopes=[], expires_at=now + dt.timedelta(days=90), now=now)


# --- visitors ---------------------------------------------------------------------------------------------------------


def _signed_in(user: User, *, factor: bool) -> dict[str, str]:
    """The cookie of somebody who has just signed in, and of their phone that did so last week."""
    client = cast.signed_in(Client(), user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "username": user.username}]
    if not factor:
        del session["second_factor"]
    session.save()
    UserSession.objects.update_or_create(
        session_key=session.session_key, defaults={"user": user, "ip": "192.0.2.7", "user_agent": _AGENT}
    )
    return {"jamsostek_session": session.session_key}


def _first_day(regency: Regency) -> User:
    """An officer who has a password and no second factor yet."""
    with acting(_everything()):
        return cast.user("petugas-baru", "branch_officer", "region", regency.regency_code, name="Petugas Baru")


def _called(username: str) -> User:
    """Somebody of the demo, by the name they sign in with."""
    with acting(_everything()):
        return User.objects.get(username=username)


def _province(regency: Regency) -> User:
    """Somebody who sees a whole province."""
    with acting(_everything()):
        return cast.user("provinsi", "regional_viewer", "region", regency.regency_code // 100, name="Dinas Provinsi")


def _several(users: dict[Role, User]) -> User:
    """Somebody who works for two companies, two sponsors and two villages, and is a member as well."""
    with acting(_everything()):
        made = cast.user("serba-bisa", "worker", "self", Grant.objects.get(user=users[Role.WORKER]).target, name="Serba Bisa")
        where = {
            ("employer", "employer_approver"): [
                Employer.objects.filter(kind="construction").values_list("pk", flat=True)[0],
                Grant.objects.get(user=users[Role.EMPLOYER_CLERK]).target,
            ],
            ("sponsor", "sponsor_approver"): Sponsor.objects.order_by("pk").values_list("pk", flat=True)[:2],
            ("village", "village_operator"): Region.objects.filter(level=4).order_by("pk").values_list("code", flat=True)[:2],
            ("self", "heir"): [Grant.objects.get(user=users[Role.HEIR]).target],
        }
        for (kind, role), targets in where.items():
            for target in targets:
                Grant.objects.create(user=made, role=role, kind=kind, target=target, from_month=202601)
        return made


def _begins(one: dict[str, Any], users: dict[Role, User], receipt: str, today: dt.date) -> list[str]:
    """Where somebody comes besides the first page: what they were shown, searched for, or are told of."""
    strategy = _of_strategy(one["name"]) if one["name"] in (Role.HEAD_OFFICE, Role.MINISTRY, Role.AUDITOR) else []
    with acting(_everything()):
        if one["name"] == "public":
            return [receipt]
        if one["group"] == "award":
            return [f"/paritrana/panitia/edisi/{RUNNING}/calon/"]
        if one["group"] == "office":
            disputed = Objection.objects.filter(decided_on=None).values_list("claim__number", flat=True).order_by("-pk")
            proposed = Claim.objects.filter(state="proposed").values_list("number", flat=True).order_by("-pk")
            return strategy + _searched(users, today) + [f"/kantor/klaim/{number}/" for number in (*disputed[:3], *proposed[:3])]
        if one["name"] == Role.WORKER:
            about = Grant.objects.get(user=users[Role.WORKER]).target
            return [f"/klaim/{Claim.objects.get(participant_id=about, kind='jp_disability').number}/"]
        if one["name"] == Role.AUDITOR:
            return [*strategy, f"/tagihan/{code_of(Bill.objects.exclude(employer_id=None).order_by('pk')[0].number)}/"]
    return strategy


def _of_strategy(name: str) -> list[str]:
    """The province of the region that has a strategy, in the year of the report that was sent; its plan for who sees it."""
    with acting(_everything()):
        sent = HalfReport.objects.get(state="sent")
        plan = [f"/strategi/{sent.region_code}/"] if name == Role.HEAD_OFFICE else []
        return [*plan, f"/strategi/nasional/?tahun={sent.year}&provinsi={sent.region_code // 100}"]


def _searched(users: dict[Role, User], today: dt.date) -> list[str]:
    """Pages that officers reach by searching: of somebody with a card and work, of somebody dead, of somebody of the counter."""
    with acting(_everything()):
        worker, dead = (Grant.objects.get(user=users[role]).target for role in (Role.WORKER, Role.HEIR))
        counter = Participant.objects.filter(registered_via=Via.COUNTER).order_by("pk")[0].pk
        numbers = Participant.objects.in_bulk([worker, dead, counter])
        return [f"/kantor/peserta/{numbers[one].kpj}/" for one in (worker, dead, counter)] + ["/kantor/cari/?cari=agus"]


def _draft(regency: Regency, now: dt.datetime) -> str:
    """The secret of a registration in which every question is answered."""
    with acting(Scope(None, "Pengunjung")):
        secret = drafts.begin_draft(now=now)
        born = dt.date(1988, 7, 9)
        answers = {
            "name": "Nurhayati Contoh", "nik": cast.nik(born, "f", regency.regency_code, 4), "birth_date": born.isoformat(),
            "sex": "f", "mother_name": "Ibu Contoh", "at_home": True, "regency_code": regency.regency_code,
            "province_code": regency.regency_code // 100, "district_code": 0, "village_code": 0, "address": "Jl. Contoh 1",
            "work": "nelayan", "occupation": "Nelayan", "sector": "other", "income_rupiah": 2_000_000, "jht_member": True,
            "phone": "+6280000123457", "bank_code": "", "bank_account": "", "disabled": False, "disability_type": "",
            "disability_degree": "",
        }  # fmt: skip
        drafts.keep_answers(secret=secret, changes=answers, now=now)
        assert current().user_id is None
        return secret


if __name__ == "__main__":
    main()
    connection.close()
