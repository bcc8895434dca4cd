"""A region's programmes for the pages to show: rules, money, candidates and lists in every state, and one year that is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import add_months, month_of
from jamsostek.messages.guards import check_upload
from jamsostek.messages.register.looked import look
from jamsostek.outreach import eligibility, plan, priority
from jamsostek.outreach.actions import candidates, decrees, funding, linking, programmes, reconciling, registers, rules
from jamsostek.outreach.models import Candidate, Decree, Programme, Register, Rule
from jamsostek.registry.actions.changes import record_death
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.sponsors import sponsors_within
from tests import cast

INCOME_RUPIAH = 1_000_000
PAID, TOBACCO = 5, 1
"""So many are paid for at first; so many of them for tobacco."""
HEADINGS = "Nama,NIK,JK,Tanggal Lahir,Kode Desa,Desil,Pekerjaan,Disabilitas,ASN"
LISTS = ("DTSEN contoh", "Susulan contoh")
TITLES = ("Pekerja rentan contoh", "Rencana contoh", "Tahun lalu contoh")
RULE, OTHER_RULE, REGULATION = "Urutan contoh", "Urutan usulan", "Perbup contoh"
MONEY = ("DBHCHT contoh", "APBD contoh")
ANNEXES = ("Lampiran keliru", "Lampiran pertama", "Lampiran pengganti")
REASONS = ("Judulnya keliru", "Pindah ikut anak", "Tetangga tidak mengenal", "Akta kematian", "Selesai", "Kata ketua RT")
NUMBER = "188/7/CONTOH"


class Office:
    """An officer, a head and a village of a region, and what they did with programmes so far."""

    def __init__(self, regency: int, users: dict[Role, User], village: int, today: dt.date, now: dt.datetime) -> None:
        self.regency, self.village, self.today, self.now = regency, village, today, now
        self.officer, self.head = users[Role.REGIONAL_OFFICER], users[Role.REGIONAL_HEAD]
        self.operator = users[Role.VILLAGE_OPERATOR]
        with acting(system_scope("Situs")):
            others = [one for one in sorted(counts.villages(regency)) if one != village]
        self.elsewhere = others[0] if others else village + 1
        self.first = month_of(today)
        self.names: list[str] = []

    def _as(self, user: User) -> Any:
        return acting(scope_of(user, self.first))

    def work(self, waiting: str) -> None:
        """All of it. The register of the title `waiting` is asked for and not judged yet."""
        rule = self._rules()
        made = self._programme(TITLES[0], rule, self._sources(PAID - TOBACCO, TOBACCO))
        with self._as(self.officer):
            programmes.set_quotas(programme_id=made.pk, quotas={self.village: 10, self.elsewhere: 5})
        self._open(made)
        self._take(made, self._register(LISTS[0], self._first_list()))
        self._fund(made)
        self._enrol(made)
        self._lapse(made)
        self._take(made, self._register(LISTS[1], self._second_list()))
        self._heard(made)
        with self._as(self.officer):
            candidates.take_in(programme_id=made.pk, register_id=Register.objects.get(title=waiting).pk, today=self.today)
        self._programme(TITLES[1], rule, self._sources(20, 4))
        over = self._programme(TITLES[2], rule, self._sources(3, 1, back=12))
        self._open(over)
        with self._as(self.head):
            programmes.close_programme(programme_id=over.pk, reason=REASONS[4])

    # --- rules and money -------------------------------------------------------------------------------------------------

    def _rules(self) -> Rule:
        """One that is adopted, and one that the head may still adopt."""
        deciles = priority.Criterion("decile", {"1": 40, "2": 30, "3": 20, "4": 10})
        disability = priority.Criterion("disability", {"true": 15})
        children = priority.Criterion("children_school", each=5, most=15)
        with self._as(self.officer):
            rule = rules.propose_rule(
                region_code=self.regency, today=self.today,
                rule=priority.Rule(RULE, 1, (deciles, disability, children), REGULATION, sample=True),
            )  # fmt: skip
        with self._as(self.head):
            rule = rules.adopt_rule(rule_id=rule.pk, today=self.today)
        with self._as(self.officer):
            other = priority.Rule(OTHER_RULE, 1, (disability, deciles), REGULATION)
            rules.propose_rule(region_code=self.regency, today=self.today, rule=other)
        return rule

    def _sources(self, people: int, of_tobacco: int, back: int = 0) -> list[tuple[plan.Source, str, str]]:
        first = add_months(self.first, -back)
        last = add_months(first, 11)

        def source(key: str, kind: str, count: int, only: frozenset[str]) -> plan.Source:
            free = plan.Source(key, kind, 0, first, last, only)
            each = plan.cost_of(free, plan.contributions(free, income_rupiah=INCOME_RUPIAH))
            return plan.Source(key, kind, count * each, first, last, only)

        tobacco, whole = (
            source("dbhcht", "dbhcht", of_tobacco, frozenset({"tobacco"})),
            source("apbd", "apbd", people, frozenset()),
        )
        return [(tobacco, MONEY[0], REGULATION), (whole, MONEY[1], REGULATION)]

    def _programme(self, title: str, rule: Rule, sources: list[tuple[plan.Source, str, str]]) -> Programme:
        with self._as(self.officer):
            made = programmes.make_programme(
                region_code=self.regency, title=title, year=sources[0][0].from_month // 100,
                sponsor_id=sponsors_within(self.regency)[0].id, rule_id=rule.pk, income_rupiah=INCOME_RUPIAH, invented=True,
                asks=eligibility.Programme(REGULATION, deciles=frozenset({1, 2, 3, 4})),
            )  # fmt: skip
            programmes.set_sources(programme_id=made.pk, sources=sources)
        return made

    def _open(self, made: Programme) -> None:
        with self._as(self.head):
            programmes.open_programme(programme_id=made.pk, today=self.today)

    # --- lists of people -------------------------------------------------------------------------------------------------

    def _line(self, name: str, decile: int = 1, born: dt.date | None = None, **more: str) -> str:
        """A row of a list; people are told apart by their birth dates."""
        day = born or dt.date(1971, 2, 3) + dt.timedelta(days=97 * len(self.names))
        village = self.elsewhere if len(self.names) % 3 == 2 else self.village
        nik = cast.nik(day, "f", self.regency, 51)[:-1] + "7"
        told = {"nik": nik, "village": village, "work": "Petani", "disability": "", "asn": "tidak"} | more
        self.names.append(name)
        known = (told["village"], decile, told["work"], told["disability"], told["asn"])
        return ",".join(str(one) for one in (name, told["nik"], "P", f"{day:%d-%m-%Y}", *known))

    def _first_list(self) -> list[str]:
        tobacco = self._line("Tembakau A Calon", work="Buruh tembakau")
        most = [self._line(f"Rentan {letter} Calon", 1 + at % 4) for at, letter in enumerate("BCDEFG")]
        refused = [self._line("Lanjut Usia Calon", born=dt.date(1951, 3, 4)), self._line("Cukup Mampu Calon", 9)]
        asked = [
            self._line("Tanpa Nomor Calon", nik="", village=str(self.village)),
            self._line("Tanpa Kerja Calon", work="", village=str(self.village)),
            self._line("Difabel Calon", 2, disability="fisik"),
        ]
        return [tobacco, *most, *refused, *asked]

    def _second_list(self) -> list[str]:
        return [self._line(f"Susulan {letter} Calon", 3, village=str(self.village)) for letter in "ABCD"]

    def _register(self, title: str, rows: list[str]) -> Register:
        content = "\n".join([HEADINGS, *rows, ""]).encode()
        with self._as(self.officer):
            register = registers.receive(
                content=content, file_name="calon.csv", region_code=self.regency, kind="dtsen", title=title,
                snapshot_on=self.today - dt.timedelta(days=20), legal_basis="Perjanjian kerja sama contoh",
                purpose="Mencari pekerja rentan", keep_until=self.today + dt.timedelta(days=300),
                columns=look(check_upload(content, "calon.csv")).mapping, today=self.today,
            )  # fmt: skip
        registers.read(register.pk, now=self.now)
        with self._as(self.officer):
            run = linking.ask_for(register_id=register.pk, against=linking.PARTICIPANTS)
        linking.work(run.pk, now=self.now)
        return register

    # --- candidates ------------------------------------------------------------------------------------------------------

    def _take(self, made: Programme, register: Register) -> None:
        with self._as(self.officer):
            intake = candidates.take_in(programme_id=made.pk, register_id=register.pk, today=self.today)
        candidates.take(intake.pk, now=self.now)

    def _fund(self, made: Programme) -> None:
        with self._as(self.officer):
            candidates.verify(programme_id=made.pk, today=self.today)
            given = funding.fund(programme_id=made.pk, today=self.today)
        assert given.funded == PAID and given.waiting > 0, given

    def _enrol(self, made: Programme) -> None:
        """A list taken back, and another by which everybody funded is enrolled."""
        with self._as(self.officer):
            wrong = decrees.prepare(programme_id=made.pk, title=ANNEXES[0], today=self.today)
            decrees.withdraw(decree_id=wrong.pk, reason=REASONS[0])
            right = decrees.prepare(programme_id=made.pk, title=ANNEXES[1], today=self.today)
        with self._as(self.head):
            decrees.approve(decree_id=right.pk, number=NUMBER, today=self.today)
        decrees.enrol(right.pk, now=self.now, today=self.today)
        with acting(system_scope("Situs")):
            assert Decree.objects.get(pk=right.pk).enrolled == PAID

    def _lapse(self, made: Programme) -> None:
        """One dies: who takes the place stands on a list that nobody approved. One moves: who comes next stands on none yet."""
        with acting(system_scope("Situs")):
            paid = Candidate.objects.filter(programme_id=made.pk, state="enrolled", source__kind="apbd")
            gone, dead = paid.order_by("points", "pk")[:2]
            record_death(participant_id=dead.participant_id or 0, died_on=self.today, today=self.today, reason=REASONS[3])
        with self._as(self.officer):
            reconciling.reconcile(programme_id=made.pk, today=self.today)
            decrees.prepare(programme_id=made.pk, title=ANNEXES[2], today=self.today)
            funding.lapse(candidate_id=gone.pk, last_month=self.first, reason=REASONS[1], today=self.today)
            given = funding.fund(programme_id=made.pk, today=self.today, from_month=add_months(self.first, 1))
        assert given.funded == 1 and given.waiting > 0, given

    def _heard(self, made: Programme) -> None:
        """The village answers, verifies one and refuses another; the others are ready and wait for it."""
        with acting(system_scope("Situs")):
            rows = Candidate.objects.filter(programme_id=made.pk, state="proposed", person__register__title=LISTS[1]).order_by(
                "pk"
            )
            one, other, third = rows[:3]
        with self._as(self.operator):
            candidates.tell_about(candidate_id=third.pk, told={"alive": True}, reason=REASONS[5], today=self.today)
            candidates.verify(programme_id=made.pk, candidate_ids=[one.pk], village=self.village, today=self.today)
            candidates.refuse(candidate_id=other.pk, reason=REASONS[2], today=self.today)

    def typed(self) -> list[str]:
        """What they wrote that is in no language."""
        names = (RULE, OTHER_RULE, REGULATION, NUMBER, "calon.csv", "Buruh tembakau")
        return [*TITLES, *LISTS, *MONEY, *ANNEXES, *REASONS, *names, *self.names]
