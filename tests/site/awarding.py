"""The award for the pages to show: what the demo lives, and on top of it a draft, a cancelled edition, a refused nomination, an
interview, and an annulment that was asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.awards.actions import editions, entries, interviews, results
from jamsostek.awards.choices import Step
from jamsostek.awards.edition import JAKARTA
from jamsostek.awards.models import (
    Discussion,
    Entry,
    EntryStep,
    Evidence,
    Interview,
    InterviewStep,
    Juror,
    Version,
)
from jamsostek.awards.models import Step as StepRow
from jamsostek.awards.queries import results as decided
from jamsostek.awards.queries.editions import standing
from jamsostek.core.months import month_of
from jamsostek.core.regions import REGENCIES
from jamsostek.demo.award import RUNNING, TRIAL, edition_text, live_award, running_days

REASONS = ("Bukan wewenang provinsi ini", "Tahunnya keliru", "Nama penerima salah tulis")


def award(regency: int, today: dt.date) -> list[str]:
    """Lives it as the demo does, and goes on; gives the texts that people typed."""
    live_award(today=today, tell=lambda *_told: None)
    with acting(system_scope("Kantor Cabang Contoh")):
        people = {one.username: one for one in User.objects.filter(is_demo=True)}

    def sits(username: str) -> Any:
        return acting(scope_of(people[username], month_of(today)))

    draft = edition_text(RUNNING, running_days(today), today).replace("code: peragaan-2026", "code: tahun-depan", 1)
    province = REGENCIES[regency].province_code
    with sits("panitia-nasional"):
        entries.nominate(edition=RUNNING, category="province", subject="province", subject_code=province)
        editions.write(content=draft)
        editions.write(content=draft.replace("code: tahun-depan", "code: edisi-uji", 1))
        editions.step(code="edisi-uji", step=Step.CANCELLED, reason=REASONS[1])
    others = [code for code, one in REGENCIES.items() if one.province_code == province and code != regency]
    with sits("panitia-provinsi"):
        refused = entries.nominate(edition=RUNNING, category="regency_coverage", subject="regency", subject_code=others[1])
        entries.refuse(code=refused.code, reason=REASONS[0])
        _meet(today)
    _annul(sits, province)
    return _typed()


def _meet(today: dt.date) -> None:
    mine = Entry.objects.get(edition__code=RUNNING, steps__step="accepted")
    seats = list(Juror.objects.filter(edition__code=RUNNING).values_list("code", flat=True))
    starts = dt.datetime.combine(today + dt.timedelta(days=20), dt.time(9), JAKARTA)
    plan = interviews.Plan(starts, 45, seats, "Bupati Contoh", "Kepala dinas dan asisten", place="Ruang rapat contoh")
    interviews.schedule(entry=mine.code, plan=plan)


def _annul(sits: Any, province: int) -> None:
    """One asks that a decided result be annulled; nobody has answered."""
    trial = standing(TRIAL)
    assert trial is not None
    with sits("panitia-provinsi"):
        one = next(one for one in decided.results(trial.id) if one.area == province and one.category == "village")
        results.ask_annulment(code=one.code, reason=REASONS[2])


def _typed() -> list[str]:
    with acting(system_scope("Kantor Cabang Contoh")):
        found = set(REASONS)
        for model, names in (
            (Version, ("reason",)), (StepRow, ("reason",)), (Entry, ("name",)), (EntryStep, ("reason",)),
            (Evidence, ("title", "summary", "file_name")),
            (Juror, ("name",)), (Discussion, ("note",)), (Interview, ("place", "leader", "officials", "reason")),
            (InterviewStep, ("place", "reason")),
        ):  # fmt: skip
            found |= {text for row in model.objects.values_list(*names) for text in row}
    return sorted(found - {""})
