"""A small region in which a programme is made, funded, listed and enrolled; used by several tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from jamsostek.core.text import speaking
from jamsostek.messages.guards import check_upload
from jamsostek.messages.register.looked import look
from jamsostek.outreach import eligibility, plan, priority
from jamsostek.outreach.actions import candidates, decrees, funding, linking, programmes, registers, rules
from jamsostek.outreach.models import Candidate, Programme, Register
from tests import cast
from tests.outreach.test_registers import HOME, TODAY, as_user, officer, read

VILLAGES = (3515511001, 3515511002)
TITLES = "Nama,NIK,JK,Tanggal Lahir,Kode Desa,Desil,Pekerjaan,Disabilitas,ASN\n"
RULE = priority.Rule(
    "Contoh", 1,
    (priority.Criterion("decile", {"1": 40, "2": 30, "3": 20, "4": 10}), priority.Criterion("disability", {"true": 15})),
    "contoh", sample=True,
)  # fmt: skip


@dataclass
class Poor:
    """Somebody of the list."""

    name: str
    born: dt.date = dt.date(1985, 5, 1)
    sex: str = "f"
    village: int = VILLAGES[0]
    decile: int | str = 1
    occupation: str = "Petani"
    disability: str = ""
    asn: str = "tidak"
    nik: str | None = None
    tells_sex: bool = True

    @property
    def number(self) -> str:
        """Their NIK; told apart from a spreadsheet's rounding by its last digit."""
        return self.nik if self.nik is not None else cast.nik(self.born, self.sex, HOME, 51)[:-1] + "7"

    def line(self) -> str:
        number = self.number
        sex = {"f": "P", "m": "L"}[self.sex] if self.tells_sex else ""
        born = f"{self.born:%d-%m-%Y}"
        return f"{self.name},{number},{sex},{born},{self.village},{self.decile},{self.occupation},{self.disability},{self.asn}"


def poor(count: int, first: int = 0, **more: Any) -> list[Poor]:
    """People told apart by their birth dates."""
    return [
        Poor(
            f"Rentan{chr(97 + n % 26)} Uji{chr(97 + n // 26)}", dt.date(1980, 1, 1) + dt.timedelta(days=41 * n),
            village=VILLAGES[n % 2], **more,
        )
        for n in range(first, first + count)
    ]  # fmt: skip


def registered(*people: Poor, title: str = "DTSEN", kind: str = "dtsen", snapshot: dt.date = dt.date(2026, 10, 31)) -> Register:
    content = (TITLES + "\n".join(one.line() for one in people) + "\n").encode()
    with as_user(officer()), speaking("id"):
        register = registers.receive(
            content=content, file_name="daftar.csv", region_code=HOME, kind=kind, title=title, snapshot_on=snapshot,
            legal_basis="Perjanjian contoh 1/2026", purpose="Mencari pekerja rentan", keep_until=dt.date(2027, 10, 31),
            columns=look(check_upload(content, "daftar.csv")).mapping, today=TODAY,
        )  # fmt: skip
    return read(register)


def linked(register: Register, **against: Any) -> None:
    with as_user(officer()):
        run = linking.ask_for(register_id=register.pk, **against)
    linking.work(run.pk, now=timezone.now())


def head() -> Any:
    return officer(role="regional_head")


def programme(rupiah: int = 10**9, first: int = 202701, last: int = 202712, *, sponsor: Any = None, **more: Any) -> Programme:
    """An open programme with one source."""
    with cast.everyone():
        payer = sponsor or cast.sponsor()
    with as_user(officer()):
        rule = rules.propose_rule(region_code=HOME, rule=RULE, today=TODAY)
    with as_user(head()):
        rules.adopt_rule(rule_id=rule.pk, today=TODAY)
    with as_user(officer()):
        made = programmes.make_programme(
            region_code=HOME, title="Program contoh", year=2027, sponsor_id=payer.pk, rule_id=rule.pk,
            asks=eligibility.Programme("contoh", deciles=frozenset({1, 2, 3, 4})), income_rupiah=1_000_000, **more,
        )  # fmt: skip
        money = plan.Source("apbd", "apbd", rupiah, first, last)
        programmes.set_sources(programme_id=made.pk, sources=[(money, "APBD 2027", "Perda contoh")])
    with as_user(head()):
        programmes.open_programme(programme_id=made.pk, today=TODAY)
    with cast.everyone():
        return Programme.objects.get(pk=made.pk)


def taken(made: Programme, register: Register) -> None:
    with as_user(officer()):
        intake = candidates.take_in(programme_id=made.pk, register_id=register.pk, today=TODAY)
    candidates.take(intake.pk, now=timezone.now())


def funded(made: Programme, **more: Any) -> funding.Given:
    with as_user(officer()):
        candidates.verify(programme_id=made.pk, today=TODAY)
        return funding.fund(programme_id=made.pk, today=TODAY, **more)


def enrolled(made: Programme) -> Any:
    with as_user(officer()):
        decree = decrees.prepare(programme_id=made.pk, title="Lampiran I", today=TODAY)
    with as_user(head()):
        decrees.approve(decree_id=decree.pk, number="188/1/2026", today=TODAY)
    decrees.enrol(decree.pk, now=timezone.now(), today=TODAY)
    with cast.everyone():
        decree.refresh_from_db()
        return decree


def states(made: Programme) -> dict[str, int]:
    with cast.everyone():
        told: dict[str, int] = {}
        for state in Candidate.objects.filter(programme_id=made.pk).values_list("state", flat=True):
            told[state] = told.get(state, 0) + 1
        return told


def who(made: Programme, name: str) -> Candidate:
    with cast.everyone():
        return Candidate.objects.select_related("person").get(programme_id=made.pk, person__name__icontains=name)
