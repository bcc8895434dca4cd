"""The award in the demo: an edition under way, and a trial round that was decided in its province.

Both are invented and say so. Everybody does what they would in life, through the same actions: regions, firms and villages are
nominated, one committee member accepts whom another nominated, evidence is sent and checked by two, three jurors give marks that
nobody sees before all are final, one computes the result and another decides. The trial round is lived in a day: it is entered
with its windows open, then a version with a reason moves its deadlines to days that are over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.awards.actions import editions, entries, evidence, juries, marks
from jamsostek.awards.choices import Step
from jamsostek.awards.competitors import competitor, misfit
from jamsostek.awards.edition import Edition
from jamsostek.awards.models import Edition as EditionRow
from jamsostek.awards.queries.entries import EntryRow
from jamsostek.awards.queries.juries import open_discussions
from jamsostek.awards.reading import read, samples
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import N_, _
from jamsostek.demo.award_papers import paper
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.registry.models import Employer, Region

SAMPLE = "peragaan-2026"
RUNNING, TRIAL = SAMPLE, "putaran-percobaan"
JURORS = ("juri-provinsi-satu", "juri-provinsi-dua", "juri-provinsi-tiga")
SEATS = ("chair", "labour", "social")
NEIGHBOURS, FIRMS, VILLAGES = 4, 3, 3
"""So many more regencies of the province, firms of one scale, and villages compete in the trial round."""
WHY = N_("Putaran percobaan: semua nilai sudah final, jadi batas waktunya dimajukan.")
STEPS = 7
Days = Mapping[str, dt.date]


@dataclass(frozen=True)
class _Stage:
    """Who acts, and where."""

    people: Mapping[str, User]
    regency: int
    today: dt.date

    @property
    def province(self) -> int:
        """Of the demo region."""
        return REGENCIES[self.regency].province_code

    def sits(self, username: str) -> Any:
        """Acting as somebody."""
        return acting(scope_of(self.people[username], month_of(self.today)))

    def neighbours(self) -> list[int]:
        """Other regencies of the province, in the order of their codes."""
        return [code for code, one in REGENCIES.items() if one.province_code == self.province and code != self.regency]


def live_award(*, today: dt.date, tell: Tell) -> None:
    """Lives both editions; nothing where there is one already, or somebody of the demo is missing."""
    stage = _stage(today)
    if stage is None:
        return
    done = _Steps(tell)
    text = edition_text(RUNNING, running_days(today), today)
    _opened(stage, text)
    done()
    _under_way(stage, read(text))
    done()
    trial = edition_text(TRIAL, trial_days(today, over=False), today)
    _opened(stage, trial)
    competing = _nominated(stage, read(trial))
    done()
    _sent(stage, next(one for one in competing if one.category == "regency_innovation"), budget=False)
    done()
    _judged(stage, competing)
    done()
    with stage.sits("panitia-nasional"):
        editions.write(content=edition_text(TRIAL, trial_days(today, over=True), today), reason=_(WHY), code=TRIAL)
    _revealed(stage, competing)
    done()
    _decided(stage, competing)
    done()


class _Steps:
    """Tells how far it has come."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self._at = tell, 0

    def __call__(self) -> None:
        self._at += 1
        self._tell(_("Paritrana"), self._at, STEPS)


def _stage(today: dt.date) -> _Stage | None:
    with acting(system_scope(_(ACTOR))):
        people = {one.username: one for one in User.objects.filter(is_demo=True)}
        officer = User.objects.filter(is_demo=True, grants__role=Role.REGIONAL_OFFICER).order_by("pk").first()
        if EditionRow.objects.exists() or officer is None or not {*JURORS, "panitia-nasional"} <= set(people):
            return None
        regency = officer.grants.get(role=Role.REGIONAL_OFFICER).target
    return _Stage(people, regency, today)


# --- editions ---------------------------------------------------------------------------------------------------------------


def running_days(today: dt.date) -> Days:
    """Nominations and evidence are open, marks can be given."""
    day = _days_from(today)
    return {
        "nominate_from": day(-60), "nominate_until": day(30), "evidence_until": day(60), "province": day(120), "nation": day(210),
        "ceremony_on": day(240),
    }  # fmt: skip


def trial_days(today: dt.date, *, over: bool) -> Days:
    """As it is entered, and as its last version says: the province's stage is over."""
    day = _days_from(today)
    closing = (-3, -2, -1) if over else (1, 2, 3)
    return {
        "nominate_from": day(-60), "nominate_until": day(closing[0]), "evidence_until": day(closing[1]),
        "province": day(closing[2]), "nation": day(90), "ceremony_on": day(120),
    }  # fmt: skip


def _days_from(today: dt.date) -> Callable[[int], dt.date]:
    return lambda count: today + dt.timedelta(days=count)


def edition_text(code: str, days: Days, today: dt.date) -> str:
    """The sample with its days moved; the trial round has names of its own."""
    month = add_months(month_of(today), -1)
    lines = {
        r"code": code, r"assessment_year": str(month // 100), r"ceremony_on": days["ceremony_on"].isoformat(),
        r"measured_month": format_month(month), r"baseline_month": format_month(add_months(month, -12)),
        r"  nominate_from": days["nominate_from"].isoformat(), r"  nominate_until": days["nominate_until"].isoformat(),
        r"  evidence_until": days["evidence_until"].isoformat(),
        r"  marks_until": f"{{province: {days['province'].isoformat()}, nation: {days['nation'].isoformat()}}}",
    }  # fmt: skip
    if code == TRIAL:
        lines |= {
            "title": '{id: "Paritrana peragaan, putaran percobaan", en: "Paritrana demonstration, trial round"}',
            "label": '"Putaran percobaan (peragaan)"',
        }
    else:
        lines["label"] = f'"Paritrana {month // 100 + 1} (peragaan)"'
    text = samples()[SAMPLE]
    for name, value in lines.items():
        text, count = re.subn(rf"^{name}: .*$", lambda _found, told=f"{name}: {value}": told, text, flags=re.MULTILINE)  # type: ignore[misc]
        assert count == 1, name
    return text


def _opened(stage: _Stage, text: str) -> None:
    """Written by one of the nation's committee, opened by another."""
    with stage.sits("panitia-nasional"):
        made = editions.write(content=text)
    with stage.sits("panitia-nasional-dua"):
        editions.step(code=made.edition.code, step=Step.OPENED, version=made.number)


# --- the edition under way ---------------------------------------------------------------------------------------------------


def _under_way(stage: _Stage, says: Edition) -> None:
    """The region competes and has sent evidence, one of it checked by two; others wait; a seat of the jury is empty."""
    with stage.sits("petugas-daerah"):
        mine = entries.nominate(
            edition=says.code, category="regency_innovation", subject="regency", subject_code=stage.regency, invented=True
        )
    with stage.sits("panitia-provinsi"):
        entries.accept(code=mine.code)
        entries.nominate(
            edition=says.code, category="regency_innovation", subject="regency", subject_code=stage.neighbours()[0], invented=True
        )
    sent = _sent(stage, mine)
    with stage.sits("panitia-provinsi"):
        evidence.check(code=sent[0].code, good=True)
    with stage.sits("panitia-provinsi-dua"):
        evidence.confirm(code=sent[0].code)
    _seated(stage, says.code, SEATS[:2])


def _sent(stage: _Stage, entry: EntryRow, *, budget: bool = True) -> list[Any]:
    """An account of an innovation for an entry, and a budget document."""
    with stage.sits("petugas-daerah"):
        made = [
            evidence.send(
                entry=entry.code, criterion="innovation", kind="innovation", content=paper(_("Uraian inovasi"), entry.name),
                file_name="uraian-inovasi.pdf", title=_("Posko pendaftaran di balai desa"),
                summary=_("Dokumen rekaan: pendaftaran pekerja rentan di setiap balai desa, dua hari seminggu."),
            )
        ]  # fmt: skip
        if budget:
            one = evidence.send(
                entry=entry.code, criterion="innovation", kind="budget", content=paper(_("Dokumen anggaran"), entry.name),
                file_name="anggaran.pdf", title=_("Anggaran iuran pekerja rentan"), budget_year=stage.today.year,
                budget_rupiah=2_400_000_000,
            )  # fmt: skip
            made.append(one)
        return made


def _seated(stage: _Stage, code: str, seats: Sequence[str]) -> dict[str, str]:
    """Jurors by username to the code of their seat; each says that they have no interest, and lives where nobody competes."""
    home, found = stage.neighbours()[-1], {}
    for username, seat in zip(JURORS, seats, strict=False):
        with stage.sits("panitia-provinsi"):
            made = juries.appoint(
                edition=code, level="province", area=stage.province, seat=seat, username=username, home_regency=home,
                today=stage.today,
            )  # fmt: skip
        with stage.sits(username):
            juries.declare(juror=made.code, kind="none")
        found[username] = made.code
    return found


# --- the trial round ----------------------------------------------------------------------------------------------------------


def _nominated(stage: _Stage, says: Edition) -> list[EntryRow]:
    """Nominated by one of the province's committee, accepted by another; the region itself comes first."""
    wanted = [("regency_coverage", "regency", code) for code in (stage.regency, *stage.neighbours()[:NEIGHBOURS])]
    wanted += [("regency_innovation", "regency", code) for code in (stage.regency, *stage.neighbours()[: NEIGHBOURS - 1])]
    with acting(system_scope(_(ACTOR))):
        villages = Region.objects.filter(level=4, code__gte=stage.regency * 10**6, code__lt=(stage.regency + 1) * 10**6)
        wanted += [("village", "village", code) for code in villages.order_by("code").values_list("code", flat=True)[:VILLAGES]]
        wanted += _firms(says, stage.regency)
    with stage.sits("panitia-provinsi"):
        made = [
            entries.nominate(edition=says.code, category=category, subject=subject, subject_code=code, invented=True)
            for category, subject, code in wanted
        ]
    with stage.sits("panitia-provinsi-dua"):
        return [entries.accept(code=one.code) for one in made]


def _firms(says: Edition, regency: int) -> list[tuple[str, str, int]]:
    """Firms of the scale that most have, with the most people first."""
    by_category: dict[str, list[int]] = {}
    listed = Employer.objects.filter(regency_code=regency, closed_on=None, kind__in=("company", "construction")).order_by("pk")
    for firm in listed[:60]:
        one = competitor("employer", firm.pk)
        for category in says.categories.values():
            if "scale" in category.only and not misfit(category, one):
                by_category.setdefault(category.key, []).append(firm.pk)
    best = max(by_category, key=lambda key: (len(by_category[key]), key), default="")
    return [(best, "employer", code) for code in by_category.get(best, [])[:FIRMS]]


def _judged(stage: _Stage, competing: Sequence[EntryRow]) -> None:
    """Marks by three, final by each."""
    says = read(edition_text(TRIAL, trial_days(stage.today, over=False), stage.today))
    seats = _seated(stage, TRIAL, SEATS)
    contests = sorted({one.category for one in competing})
    for juror, (username, seat) in enumerate(seats.items()):
        with stage.sits(username):
            for at, one in enumerate(competing):
                given = {key.key: marks.Given(_mark(at, juror, place)) for place, key in enumerate(says.judged(one.category))}
                marks.give(juror=seat, entry=one.code, marks=given)
            for category in contests:
                marks.freeze(juror=seat, category=category, area=stage.province)


def _revealed(stage: _Stage, competing: Sequence[EntryRow]) -> None:
    """All marks seen, now that nothing can be added; where they lie far apart the committee says why."""
    with stage.sits("panitia-provinsi"):
        for category in sorted({one.category for one in competing}):
            marks.reveal(edition=TRIAL, category=category, level="province", area=stage.province)
        for left in open_discussions(competing[0].edition_id, "province"):
            marks.discuss(
                entry=left.entry.code,
                criterion=left.criterion,
                note=_("Satu juri menilai wawancara, yang lain berkasnya (rekaan)."),
            )


def _mark(entry: int, juror: int, criterion: int) -> int:
    """Invented: jurors differ by a little, and once by much."""
    usual = 45 + (entry * 17 + criterion * 11) % 40
    return usual + (30 if (entry, juror, criterion) == (0, 2, 0) else (juror * 5 + entry * 3) % 11)


def _decided(stage: _Stage, competing: Sequence[EntryRow]) -> None:
    """The final snapshot, a result of each contest computed by one and decided by another, all of it published."""
    from jamsostek.awards.actions import results, snapshots

    with stage.sits("panitia-nasional"):
        taken = snapshots.take(code=TRIAL, level="province", kind="final")
    found = []
    for category in sorted({one.category for one in competing}):
        with stage.sits("panitia-provinsi"):
            found.append(
                results.compute(edition=TRIAL, category=category, level="province", area=stage.province, snapshot=taken.number)
            )
    with stage.sits("panitia-provinsi-dua"):
        for one in found:
            results.decide(code=one.code, decided=True)
        results.publish(edition=TRIAL, level="province", area=stage.province)
