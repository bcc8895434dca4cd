"""What weeks leave of bills, payments and arrears, entered through the actions themselves: something for every page to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.collection import banks
from jamsostek.collection.actions import arrears, payments, reassessment
from jamsostek.collection.actions.arrears.agreements import equal_parts, owed
from jamsostek.collection.actions.bills import bill_person
from jamsostek.collection.actions.month import bill_month
from jamsostek.collection.actions.payments import Notice, matching, receipts, refunds, statement_work, statements
from jamsostek.collection.choices import Channel, PayerKind
from jamsostek.collection.codes import code_of
from jamsostek.collection.models import Bill, Case, FreeMoney, Payment, Statement
from jamsostek.collection.queries.asked import asked
from jamsostek.collection.queries.payments import name_of, seal_of
from jamsostek.core.months import add_months, first_day, month_of
from jamsostek.messages.bank.records import CAMT053, Entry
from jamsostek.messages.bank.records import Statement as Told
from jamsostek.messages.bank.write import write_camt053
from jamsostek.messages.letter import Letter, Part, draw_letter_pdf
from jamsostek.registry.actions import employ, sponsors
from jamsostek.registry.models import Employer, Employment, Participant
from tests import cast

ACCOUNT = "5550001110"
OWING = 7
"""So many employers of the regency pay nothing for two months."""


@dataclass(frozen=True)
class Town:
    """Whom the demo people stand for, who they are, and when this is."""

    numbers: Any
    users: dict[Role, User]
    today: dt.date
    now: dt.datetime

    @property
    def month(self) -> int:
        """The present one."""
        return month_of(self.today)

    @property
    def agented(self) -> int:
        """Somebody the agent registered."""
        with acting(system_scope("Kantor Cabang Contoh")):
            return Participant.objects.get(created_by=self.users[Role.AGENT].pk, name="Sumiati").pk

    def by(self, who: Role | User) -> Any:
        """As somebody."""
        return acting(scope_of(self.users[who] if isinstance(who, Role) else who, self.month))

    def pay(self, reference: str, code: str, rupiah: int, day: dt.date) -> int:
        """Money that the bank tells of."""
        paid_at = dt.datetime.combine(day, dt.time(4, 30), dt.UTC)
        with acting(system_scope("Bank peragaan")):
            return payments.receive(Notice(ACCOUNT, reference, code, rupiah, paid_at, Channel.WEBHOOK), today=day).payment_id


def receipt_of_worker(town: Town) -> str:
    """Where whoever is shown the worker's receipt finds that it is ours."""
    with town.by(Role.WORKER):
        payment = Payment.objects.filter(participant_id=town.numbers.worker).order_by("pk")[0].pk
        return reverse("payments:verify", args=[name_of(payment), seal_of(payment)])


def collect(town: Town) -> None:
    """Everything, in the order of its days."""
    with acting(system_scope("Kantor Cabang Contoh")):
        banks.add_account(ACCOUNT, "Bank peragaan")
        debtors = _debtors(town)
    _own_cover(town)
    _billed_and_paid(town, debtors)
    _ahead(town)
    code = _code_paid(town, debtors)
    _money_to_sort(town, code)
    _bank_statements(town, code)
    _chased(town, debtors)
    _looked_at_again(town)


def _debtors(town: Town) -> list[int]:
    """Employers that will not pay; not the one the demo people work for."""
    found = Employer.objects.filter(regency_code=town.numbers.regency).exclude(pk=town.numbers.employer).order_by("pk")
    working = Employment.objects.filter(to_month=None).values("employer_id")
    return list(found.filter(pk__in=working).values_list("pk", flat=True)[:OWING])


# --- bills and who pays them ------------------------------------------------------------------------------------------


def _own_cover(town: Town) -> None:
    """The worker, the dead one in their time, and somebody the agent registered pay for themselves; the village pays for some."""
    numbers, agented, start = town.numbers, town.agented, add_months(town.month, -5)
    with acting(system_scope("Kantor Cabang Contoh")):
        dead = Participant.objects.get(pk=numbers.dead)
        assert dead.died_on is not None
        last = month_of(dead.died_on)
        sponsors.cover_oneself(sponsors.Covering(numbers.worker, start, 1_500_000, "Pedagang"))
        sponsors.cover_oneself(sponsors.Covering(dead.pk, add_months(last, -3), 1_200_000, "Nelayan", last))
        sponsors.cover_oneself(sponsors.Covering(agented, start, 1_000_000, "Petani"))
        if numbers.village_sponsor is not None:
            ends = (None, town.month)
            people = [
                sponsors.Covering(one, start, 1_000_000, "Petani", ends[at % 2]) for at, one in enumerate(numbers.villagers[:4])
            ]
            sponsors.cover_by_sponsor(sponsor_id=numbers.village_sponsor, people=people)
    for person, month in ((numbers.worker, start), (agented, start), (dead.pk, add_months(last, -2))):
        day = first_day(month).replace(day=3)
        with acting(system_scope("Kantor Cabang Contoh")):
            bill = bill_person(participant_id=person, from_month=month, months=1, today=day)
        town.pay(f"SENDIRI{bill.pk}", code_of(bill.number), bill.total_rupiah, day + dt.timedelta(days=4))


def _billed_and_paid(town: Town, debtors: Sequence[int]) -> None:
    """Two months for everybody. The debtors pay nothing, the demo's employer half of the second, its sponsor only the first."""
    scope, numbers = system_scope("Penagihan bulanan"), town.numbers
    mine = {(PayerKind.EMPLOYER, numbers.employer), (PayerKind.SPONSOR, numbers.sponsor)}
    for month in (add_months(town.month, -4), add_months(town.month, -3)):
        billed_on = first_day(add_months(month, 1))
        bill_month(month=month, today=billed_on, scope=scope)
        with acting(scope):
            bills = Bill.objects.in_bulk([one.bill_id for one in asked(month)])
            owe = [one for one in asked(month) if bills[one.bill_id].employer_id not in debtors]
        late = month == add_months(town.month, -3)
        for one in owe:
            bill, rupiah = bills[one.bill_id], one.total_rupiah
            if late and (bill.payer_kind, bill.payer_id) in mine:
                rupiah = rupiah // 2 if bill.payer_kind == PayerKind.EMPLOYER else 0
            if rupiah:
                town.pay(f"VA{one.bill_id}", one.code, rupiah, billed_on + dt.timedelta(days=9))


def _ahead(town: Town) -> None:
    """Three months that the worker means to pay at once."""
    with town.by(Role.WORKER):
        bill_person(participant_id=town.numbers.worker, from_month=town.month, months=3, today=town.today)


# --- money to be sorted out -------------------------------------------------------------------------------------------


def _money_to_sort(town: Town, code: str) -> None:
    """Paid too much, paid without a code, asked back, written down by hand, taken back by the bank."""
    yesterday = town.today - dt.timedelta(days=1)
    once, twice, third = (town.pay(f"LEBIH{at}", code, 9_000_000 * at, yesterday) for at in (1, 2, 3))
    unknown = [town.pay(f"TANPA{at}", "", 750_000 * at, yesterday) for at in (1, 2)]
    account = {"why": "Surat permohonan", "account_name": "PT Contoh", "account_bank": "BRI", "account_number": "0001000200"}
    with town.by(Role.BRANCH_OFFICER):
        refunds.ask(payment_id=once, amount_rupiah=_free(once), **account)
        granted = refunds.ask(payment_id=twice, amount_rupiah=_free(twice), **account)
        assert _free(third) > 0, "something is left to be asked back"
        receipt = {
            "bank": ACCOUNT, "code": code, "amount_rupiah": 250_000, "paid_on": yesterday, "proof": _proof(town),
            "file_name": "bukti.pdf", "note": "Datang ke loket", "regency_code": town.numbers.regency, "today": town.today,
        }  # fmt: skip
        receipts.enter(reference="SLIP-1", **receipt)
        written = receipts.enter(reference="SLIP-2", **receipt)
    with town.by(Role.HEAD_OFFICE):
        matching.propose(payment_id=unknown[0], code=code, why="Bukti transfer di loket")
    with town.by(Role.BRANCH_SUPERVISOR):
        refunds.decide(refund_id=granted.pk, approved=True, decision="", today=town.today, now=town.now)
        receipts.decide(receipt_id=written.pk, approved=True, decision="", today=town.today, now=town.now)
        payments.bounce(payment_id=town.pay("TARIK", code, 300_000, yesterday), why="Rekening ditutup", today=town.today)


def _code_paid(town: Town, debtors: Sequence[int]) -> str:
    """Of an employer that owes nothing."""
    with acting(system_scope("Kantor Cabang Contoh")):
        others = Bill.objects.filter(payer_kind=PayerKind.EMPLOYER, from_month=add_months(town.month, -4)).exclude(
            employer_id__in=[town.numbers.employer, *debtors]
        )
        return code_of(others.order_by("pk")[0].number)


def _proof(town: Town) -> bytes:
    """A slip on paper."""
    return draw_letter_pdf(Letter("SLIP", town.today, "Bank peragaan", ["PT Contoh"], [Part("id", "Bukti setor")]))


def _free(payment: int) -> int:
    return int(FreeMoney.objects.get(pk=payment).rupiah)


def _bank_statements(town: Town, code: str) -> None:
    """A colleague sends three: one is booked, one waits, one is no statement."""
    with acting(system_scope("Kantor Pusat")):
        colleague = _colleague()
    day = town.today - dt.timedelta(days=2)
    booked = _sent(town, colleague, "koran-kemarin.xml", _statement(day, [("KORAN1", code, 40_000), ("KORAN2", "", 55_000)]))
    _sent(town, colleague, "koran-hari-ini.xml", _statement(day, [("KORAN3", code, 30_000), ("KORAN1", code, 40_000)]))
    _sent(town, colleague, "catatan.csv", b"tanggal;keterangan\n1;halo\n" * 5)
    with town.by(Role.HEAD_OFFICE):
        statements.confirm(statement_id=booked.pk, now=town.now)
    statement_work.book(booked.pk, today=town.today, now=town.now)


def _colleague() -> User:
    """A second one at the head office: what one of them asks for another decides."""
    found = User.objects.filter(username="bendahara").first()
    return found or cast.user("bendahara", str(Role.HEAD_OFFICE), "nation", 0, name="Bendahara Pusat")


def _sent(town: Town, colleague: User, name: str, content: bytes) -> Statement:
    with town.by(colleague):
        made = statements.send(content=content, file_name=name)
    statement_work.read(made.pk, now=town.now)
    return made


def _statement(day: dt.date, rows: Sequence[tuple[str, str, int]]) -> bytes:
    entries = tuple(
        Entry(at, reference, rupiah, True, day, day, code, f"Setoran {code or 'tunai'}")
        for at, (reference, code, rupiah) in enumerate(rows, 1)
    )
    whole = sum(one.amount_rupiah for one in entries)
    return write_camt053(Told(CAMT053, ACCOUNT, "IDR", rows[0][0], day, day, 0, whole, entries))


# --- those who owe ----------------------------------------------------------------------------------------------------


def _chased(town: Town, debtors: Sequence[int]) -> None:
    """Agreements asked for and kept, sanctions at every step, a list of the tax office that shows more people."""
    proposed, agreed, opened, decided, signed, delivered, listed = debtors
    today, officer, supervisor = town.today, Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR
    with town.by(officer):
        _agreement(today, employer_id=proposed)
        mine = _agreement(today, employer_id=agreed)
        _agreement(today, sponsor_id=town.numbers.sponsor)
        for employer in (opened, decided, signed, delivered):
            arrears.open_case(employer_id=employer, today=today)
        steps = [_step(today, employer) for employer in (decided, signed, delivered)]
        people = "\n".join(f"{one.name},{one.nik},5500000" for one in (cast.person("Pekerja Lupa"), cast.person("Pekerja Luput")))
        arrears.compare(
            employer_id=listed, content=f"Nama,NIK,Upah\n{people}\n".encode(), file_name="pajak.csv", source="tax",
            month=add_months(town.month, -3), today=today, declared=400,
        )  # fmt: skip
    with town.by(supervisor):
        arrears.decide_agreement(agreement_id=mine.pk, approve=True, today=today)
        arrears.sign(step_id=steps[1].pk, today=today, approve=True)
        arrears.sign(step_id=steps[2].pk, today=today, approve=True)
    with town.by(officer):
        arrears.deliver(step_id=steps[2].pk, on=today, how="hand", today=today)


def _agreement(today: dt.date, **whose: int) -> Any:
    first_on = today + dt.timedelta(days=20)
    return arrears.propose(schedule=equal_parts(owed(today, **whose), 3, first_on), reason="Banjir", today=today, **whose)


def _step(today: dt.date, employer: int) -> Any:
    case = Case.objects.get(employer_id=employer)
    return arrears.decide_step(case_id=case.pk, today=today, reason="Belum membayar dua bulan")


# --- looked at again --------------------------------------------------------------------------------------------------


def _looked_at_again(town: Town) -> None:
    """A wage that was wrong four months ago: one reassessment is carried out, one waits for the head office, one is begun and
    one stopped.
    """
    month, scope = add_months(town.month, -4), system_scope("Kantor Cabang Contoh")
    for at in (0, 1):
        with acting(scope):
            jobs = Employment.objects.filter(employer_id=town.numbers.employer, to_month=None).order_by("pk")
            job = jobs.filter(from_month__lte=month)[5 + at]
            employ.change_wage(employment_id=job.pk, from_month=month, wage_rupiah=6_500_000, reason="Salah lapor")
        with town.by(_colleague()):
            asked_for = reassessment.ask(months=[month], region_code=town.numbers.regency, reason="Upah dilaporkan keliru")
            reassessment.look(reassessment_id=asked_for.pk, now=town.now)
        if at == 0:
            with town.by(Role.HEAD_OFFICE):
                reassessment.decide(reassessment_id=asked_for.pk, approve=True, now=town.now)
            reassessment.carry_out(reassessment_id=asked_for.pk, today=town.today, now=town.now, scope=scope)
    with town.by(Role.HEAD_OFFICE):
        reassessment.ask(months=[month], region_code=town.numbers.regency, reason="Golongan risiko berubah")
        stopped = reassessment.ask(months=[month], region_code=town.numbers.regency, reason="Skala usaha berubah")
    reassessment._stop(stopped.pk, reassessment.OURS)
