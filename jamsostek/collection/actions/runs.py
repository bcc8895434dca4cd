"""A month's billing as people start and watch it: asked for, worked off region by region, taken up again after a kill.

    WAITING → RUNNING → DONE
                  ↘ FAILED

A region is billed in one transaction or not at all (`actions.month`), and its row of the run is written in that transaction, so
that a run which was killed goes on with the next region and says the same in the end. Its bills bear the day it was asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

from django.db import OperationalError, connection

from jamsostek.access import audit
from jamsostek.access.background import alone, enqueue, language_of, scope_for
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import Place, Scope, acting, current, regencies_below, system_scope
from jamsostek.collection.actions.month import RunningElsewhere, bill_region, provinces_with_payers
from jamsostek.collection.actions.state import bill_state
from jamsostek.collection.billing import writing
from jamsostek.collection.billing.computing import BPU, NON_ASN, PU
from jamsostek.collection.models import Run, RunRegion
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _, speaking

RUN = "collection.run_month"
ACTOR = N_("Penagihan bulanan")
OPEN = ("waiting", "running")
TRIES = 5
"""After so many unexpected failures a run stops and says so."""
LOCK = 820_232
_START_LOCK = 820_233
LOCK_NOT_AVAILABLE = "55P03"
MONTHS_AHEAD = 1
"""A month is billed from the month before it on: who pays for themself is due within the month."""


class UnderWay(RunningElsewhere):
    """Such a run is under way; `run_id` is it."""

    def __init__(self, run_id: int) -> None:
        super().__init__(
            _("Penagihan bulan dan wilayah ini sedang berjalan."), remedy=_("Tunggu sampai selesai, lalu lihat hasilnya.")
        )
        self.run_id = run_id


def start_run(*, month: int, region: int | None, today: dt.date, workers: int = 1, enqueue_it: bool = True) -> Run:
    """Asks for a month's billing of a province or regency, or of the nation. Raises `UnderWay`, `Refused`, `InputError`."""
    _refuse_month(month, today)
    places = regions_of(region)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_START_LOCK, month])
        cursor.execute("SELECT collection_run_under_way(%s, %s)", [month, None if region is None else _overlapping(places)])
        there = cursor.fetchone()[0]
    if there is not None:
        raise UnderWay(int(there))
    run = Run.objects.create(month=month, region_code=region, workers=workers, made_on=today, asked_by=current().user_id)
    RunRegion.objects.bulk_create(RunRegion(run_id=run.pk, region_code=place) for place in places)
    audit.record("month.started", "region", region, fields=("month",))
    if enqueue_it:
        enqueue(RUN, run_id=run.pk)
    return run


def regions_of(region: int | None) -> list[int]:
    """What a run of a region works off, one transaction each; raises `Refused` for what is not the caller's.

    The nation goes by province; so does a province, for whoever sees the nation. A supervisor of a province bills it regency by
    regency: the sponsors that are the province itself are the head office's.
    """
    scope = current()
    if region is None:
        if not scope.everyone:
            raise not_yours(_("Seluruh Indonesia hanya ditagih oleh kantor pusat."))
        scope.need(Can.RUN_MONTH)
        return provinces_with_payers()
    if region not in PROVINCES and region not in REGENCIES:
        raise InputError(
            _("Wilayah ini tidak dikenal."), field="region", value=region, remedy=_("Pilih kabupaten, kota, atau provinsi.")
        )
    if region in PROVINCES and not scope.everyone:
        mine = [
            code
            for code in sorted(regencies_below(region))
            if code in REGENCIES and scope.may(Can.RUN_MONTH, Place(regency=code))
        ]
        if not mine:
            raise not_yours()
        return mine
    scope.need(Can.RUN_MONTH, Place(regency=region))
    return [region]


def my_regions() -> list[int]:
    """Regions the caller may bill, as their grants name them; nothing for the head office, which bills all."""
    scope = current()
    if scope.everyone:
        return []
    named = [one for one in sorted(scope.targets(Kind.REGION)) if one in PROVINCES or one in REGENCIES]
    return [one for one in named if any(scope.may(Can.RUN_MONTH, Place(regency=code)) for code in regencies_below(one))]


def _overlapping(places: list[int]) -> list[int]:
    """Regions a run of which would meet these: themselves, their province, their regencies."""
    provinces = {place if place in PROVINCES else REGENCIES[place].province_code for place in places}
    below = {code for place in places if place in PROVINCES for code in regencies_below(place)}
    return sorted({*places, *provinces, *below})


def _refuse_month(month: int, today: dt.date) -> None:
    if month > add_months(month_of(today), MONTHS_AHEAD):
        raise InputError(
            _("Bulan {month} belum dapat ditagih.").format(month=format_month(month)),
            field="month",
            value=month,
            remedy=_("Tagih paling cepat satu bulan sebelumnya."),
        )


# --- working it off ---------------------------------------------------------------------------------------------------

Told = Callable[[RunRegion, int, int], None]
"""Hears of each region as it ends, how many are done and of how many."""


def work(run_id: int, *, now: Callable[[], dt.datetime], told: Told | None = None) -> None:
    """Bills what is left of a run; one that ended, or is in another process's hands, is left alone."""
    with alone(LOCK, run_id) as mine:
        if not mine:
            return
        run = _begun(run_id, now())
        if run is None:
            return
        try:
            with speaking(language_of(run.asked_by)):
                _work_all(run, now, told)
        except InputError as error:
            with speaking(language_of(run.asked_by)):
                _finish(run_id, "failed", str(error), now())
        except Exception:
            _note_failure(run_id, now())
            raise


def _begun(run_id: int, now: dt.datetime) -> Run | None:
    with acting(system_scope(_(ACTOR))):
        Run.objects.filter(pk=run_id, state="waiting").update(state="running", begun_at=now)
        return Run.objects.filter(pk=run_id, state="running").first()


def _work_all(run: Run, now: Callable[[], dt.datetime], told: Told | None) -> None:
    scope = scope_for(run.asked_by, run.made_on, actor=_(ACTOR), request=f"run:{run.pk}")
    with acting(scope):
        rows = RunRegion.objects.filter(run_id=run.pk)
        left = list(rows.filter(state__in=("waiting", "elsewhere")).values_list("region_code", flat=True))
        whole = rows.count()
    if not _laws_kept(run.month, scope):
        for region in left:
            _apart(run.pk, region, "elsewhere", _("Penagihan bulan ini sedang dijalankan oleh proses lain."), now())
        left = []
    language = language_of(run.asked_by)

    def one(region: int) -> RunRegion:
        try:
            with speaking(language):
                return _bill_one(run, region, scope, now)
        finally:
            if run.workers > 1:
                connection.close()

    with ThreadPoolExecutor(run.workers) if run.workers > 1 else nullcontext() as pool:
        for at, row in enumerate(pool.map(one, left) if pool else map(one, left), whole - len(left) + 1):
            if told is not None:
                told(row, at, whole)
    if run.region_code is None:
        with acting(scope):
            bill_state(month=run.month, today=run.made_on)
    _finish(run.pk, "done", "", now())


def _laws_kept(month: int, scope: Scope) -> bool:
    """Keeps the laws of the month before the regions, which would wait for each other; False where somebody is at it for long."""
    try:
        with acting(scope):
            for rule in (PU, NON_ASN, BPU):
                writing.law_used(rule, month)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        return False
    return True


def _bill_one(run: Run, region: int, scope: Scope, now: Callable[[], dt.datetime]) -> RunRegion:
    """One region, and its row of the run, in one transaction; what is wrong there is told there and stops nobody else."""
    try:
        with acting(scope):
            billed = bill_region(month=run.month, region=region, today=run.made_on)
            state = "nothing" if billed.done_before else "done"
            facts = {"bills": billed.bills, "lines": billed.lines, "total_rupiah": billed.total_rupiah}
            return _told(run.pk, region, state, "", now(), **facts)
    except RunningElsewhere as error:
        return _apart(run.pk, region, "elsewhere", str(error), now())
    except InputError as error:
        return _apart(run.pk, region, "failed", str(error), now())


def _apart(run_id: int, region: int, state: str, problem: str, now: dt.datetime) -> RunRegion:
    with acting(system_scope(_(ACTOR))):
        return _told(run_id, region, state, problem, now)


def _told(run_id: int, region: int, state: str, problem: str, now: dt.datetime, **facts: int) -> RunRegion:
    rows = RunRegion.objects.filter(run_id=run_id, region_code=region)
    rows.update(state=state, problem=problem, finished_at=now, **facts)
    return rows.get()


def _finish(run_id: int, state: str, problem: str, now: dt.datetime) -> None:
    with acting(system_scope(_(ACTOR))):
        if Run.objects.filter(pk=run_id, state__in=OPEN).update(state=state, problem=problem, finished_at=now):
            audit.record("month.ended" if state == "done" else "month.stopped", "run", run_id, reason=problem)


def _note_failure(run_id: int, now: dt.datetime) -> None:
    """Counts an unexpected failure, so that a run which cannot be worked off does not come round for ever."""
    with acting(system_scope(_(ACTOR))):
        run = Run.objects.select_for_update(no_key=True).get(pk=run_id)
        run.tries += 1
        run.save(update_fields=["tries"])
    if run.tries >= TRIES:
        _finish(run_id, "failed", _("Ada kesalahan pada sistem kami. Wilayah yang selesai tetap tercatat."), now)


# --- for the jobs -----------------------------------------------------------------------------------------------------


def open_runs() -> list[int]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    return list(Run.objects.filter(state__in=OPEN).order_by("pk").values_list("pk", flat=True))
