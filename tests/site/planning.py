"""A region's strategy for the pages to show: regulations, plan items and half-yearly reports in every state."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pypdfium2

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import month_of
from jamsostek.outreach.actions import goals, half_reports, plans, regulations
from jamsostek.outreach.actions.goals import NewGoal
from jamsostek.outreach.actions.plans import Item, Proof
from jamsostek.outreach.actions.regulations import NewRegulation
from jamsostek.outreach.models import HalfReport, Regulation
from jamsostek.outreach.strategy import last_half

ENDED = "Diganti aturan izin yang baru"
WHY = "Perempuan pemetik tembakau (contoh)"
GIVEN_UP = "Angkanya salah tulis"


class Government:
    """An officer and a head of a region, and what they did so far."""

    def __init__(self, regency: int, users: dict[Role, User], today: dt.date, now: dt.datetime) -> None:
        self.regency, self.today, self.now = regency, today, now
        self.officer, self.head = users[Role.REGIONAL_OFFICER], users[Role.REGIONAL_HEAD]

    def _as(self, user: User) -> Any:
        return acting(scope_of(user, month_of(self.today)))

    def work(self) -> None:
        """All of it."""
        old = self._rule("3", "Perlindungan pekerja rentan (contoh)", 900, confirm=True)
        self._rule("7", "Pegawai non-ASN menjadi peserta (contoh)", 300, confirm=True, replaces=old.code)
        ending = self._rule("9", "Syarat izin usaha (contoh)", 500, confirm=True)
        self._rule("11", "Dana desa untuk iuran (contoh)", 20)
        with self._as(self.officer):
            regulations.say_end(code=ending.code, until=self.today, reason=ENDED)
        self._plan(ending)
        self._goals(old)
        year, half = last_half(self.today)
        for at, steps in enumerate(("draft", "sign", "send")):
            self._report(*_before(year, half, at), steps)

    def _goals(self, rule: Regulation) -> None:
        """One that waits for the head, one that was given up; nothing is confirmed before a night was counted."""
        region, year = self.regency, self.today.year
        with self._as(self.officer):
            share = NewGoal(region, "women_share", 4_500, year + 2, WHY, regulation=rule.code, invented=True)
            goals.propose(goal=share, today=self.today)
            other = NewGoal(region, "coverage", 6_000, year + 3, WHY, denominator="employed", invented=True)
            goals.withdraw(code=goals.propose(goal=other, today=self.today).code, reason=GIVEN_UP, today=self.today)

    def _rule(self, number: str, title: str, days: int, *, confirm: bool = False, replaces: int | None = None) -> Regulation:
        day = self.today - dt.timedelta(days=days)
        new = NewRegulation(
            self.regency, "perkada", number, day.year, day, title, ("groups", "budget"), day, replaces=replaces, invented=True
        )
        with self._as(self.officer):
            made = regulations.enter(regulation=new, content=_paper(int(number)), file_name="naskah.pdf", today=self.today)
        if confirm:
            with self._as(self.head):
                made = regulations.confirm(code=made.code, today=self.today)
        return made

    def _plan(self, rule: Regulation) -> None:
        year, first = self.today.year, dt.date(self.today.year, 1, 1)
        with self._as(self.officer):
            items = plans.suggest(region_code=self.regency, year=year, today=self.today)
            late = Item("implementation", "Data 500 nelayan (contoh)", "Dinas Perikanan", first, officer="Bu Contoh")
            plans.add(region_code=self.regency, year=year, item=late, today=self.today)
            plans.move(item_id=items[0].pk, state="done", today=self.today, proof=Proof(regulation=rule.code))
            paper = Proof(content=_paper(1), file_name="bukti.pdf")
            plans.move(item_id=items[1].pk, state="done", today=self.today, proof=paper)
            plans.move(item_id=items[2].pk, state="under_way", today=self.today)
            plans.move(item_id=items[3].pk, state="dropped", today=self.today, reason="Dikerjakan provinsi")

    def _report(self, year: int, half: int, steps: str) -> HalfReport:
        with self._as(self.officer):
            row = half_reports.draft(region_code=self.regency, year=year, half=half, today=self.today, now=self.now)
            told = {"obstacles": "Data NIK belum padan.\nTiga desa belum punya operator.", "help": "Pelatihan operator desa."}
            row = half_reports.write(report_id=row.pk, today=self.today, **told)
        with self._as(self.head):
            if steps != "draft":
                row = half_reports.sign(report_id=row.pk, today=self.today)
            if steps == "send":
                row = half_reports.send(report_id=row.pk, today=self.today)
        return row

    def typed(self) -> list[str]:
        """What they wrote that is in no language."""
        with acting(system_scope("Situs")):
            titles = list(Regulation.objects.values_list("title", flat=True))
        lines = ["Data NIK belum padan.", "Tiga desa belum punya operator."]
        others = ["Pelatihan operator desa.", "Dikerjakan provinsi", "Dinas Perikanan", "Bu Contoh", "Data 500 nelayan (contoh)"]
        return [ENDED, WHY, GIVEN_UP, *titles, *lines, " ".join(lines), "\n".join(lines), *others]


def _before(year: int, half: int, back: int) -> tuple[int, int]:
    """So many half-years earlier."""
    at = year * 2 + (half - 1) - back
    return at // 2, at % 2 + 1


def _paper(mark: int) -> bytes:
    file, document = io.BytesIO(), pypdfium2.PdfDocument.new()
    document.new_page(400, 500 + mark)
    document.save(file)
    return file.getvalue()
