"""Runs: asked for, worked on in a job, taken up again."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from jamsostek.access import audit
from jamsostek.access.background import alone, enqueue
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, Scope, acting, current, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.linkage.decide import USUAL
from jamsostek.outreach.actions.linking import measuring
from jamsostek.outreach.actions.linking.keeping import keep
from jamsostek.outreach.actions.linking.records import PARTICIPANTS, REGISTER, WITHIN
from jamsostek.outreach.models import Register, Run

LINK = "registers.link"
LOCK = 820_602
TRIES = 3


def ask_for(*, register_id: int, against: str = PARTICIPANTS, against_id: int | None = None) -> Run:
    """Has a register linked; while such a run of it waits or works, that is the run."""
    register = Register.objects.filter(pk=register_id).first()
    if register is None:
        raise not_yours(_("Daftar ini tidak ada, atau bukan milik Anda."))
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    if register.state != "ready" or register.deleted_reason:
        raise InputError(_("Daftar ini belum selesai dibaca."), remedy=_("Tunggu sampai selesai, lalu padankan."))
    _check_other(register, against, against_id)
    same = {"register_id": register.pk, "against": against, "against_register_id": against_id}
    known = Run.objects.filter(**same, state__in=("waiting", "linking")).first()
    if known is not None:
        return known
    run = Run.objects.create(**same, thresholds=asdict(USUAL), made_by=current().user_id)
    audit.record("register.linked", "register", register.pk, fields=("run",))
    enqueue(LINK, run_id=run.pk)
    return run


def _check_other(register: Register, against: str, against_id: int | None) -> None:
    if against not in (PARTICIPANTS, REGISTER, WITHIN):
        raise InputError(_("Padanan ini tidak dikenal."), field="against", value=against, remedy=_("Pilih dari daftar pilihan."))
    if against != REGISTER and against_id is None:
        return
    other = Register.objects.filter(pk=against_id or 0).exclude(pk=register.pk).first() if against == REGISTER else None
    if other is None or other.state != "ready" or other.deleted_reason or other.region_code != register.region_code:
        raise InputError(
            _("Daftar pembandingnya tidak dapat dipakai."), field="against_id", value=against_id or "",
            remedy=_("Pilih daftar lain dari daerah yang sama yang sudah selesai dibaca."),
        )  # fmt: skip


def work(run_id: int, *, now: dt.datetime) -> None:
    """Links; a run in another state, or in another process's hands, is left alone. Nothing half-done stays.

    No transaction is open while the engine works: that can take an hour.
    """
    with alone(LOCK, run_id) as mine:
        run = _begun(run_id, now) if mine else None
        if run is None:
            return
        try:
            _linked(run, now)
        except Exception:
            _failed(run_id, now)
            raise


def _linked(run: Run, now: dt.datetime) -> None:
    from jamsostek.outreach.actions.linking.working import worked  # the engine is for the job alone, not for every page

    done = worked(run, _linker())
    quality = measuring.told(done.links.decided, done.recall, run.pk) if run.against == PARTICIPANTS else {}
    share = None if done.recall is None else done.recall.recall
    with acting(_linker()):
        counts = keep(run, done.register, done.links.decided, done.links.pairs, done.keys, done.others)
        Run.objects.filter(pk=run.pk, state="linking").update(
            state="done", weights=asdict(done.weights), counts=counts, finished_at=now, quality=quality,
            recall_ppm=None if share is None else round(share * 1_000_000),
        )  # fmt: skip


def _linker() -> Scope:
    return system_scope(_("Pemadan daftar"))


def _begun(run_id: int, now: dt.datetime) -> Run | None:
    with acting(_linker()):
        run = Run.objects.select_for_update(no_key=True).filter(pk=run_id, state__in=("waiting", "linking")).first()
        if run is None:
            return None
        sides = [one for one in (run.register_id, run.against_register_id) if one is not None]
        if Register.objects.filter(pk__in=sides, state="ready", deleted_reason="").count() < len(sides):
            told = _("Daftarnya sudah dihapus.")
            Run.objects.filter(pk=run_id).update(state="failed", finished_at=now, error=told)
            return None
        if run.state == "waiting":
            Run.objects.filter(pk=run_id).update(state="linking")
        return run


def _failed(run_id: int, now: dt.datetime) -> None:
    with acting(_linker()):
        run = Run.objects.select_for_update(no_key=True).get(pk=run_id)
        run.failures += 1
        if run.failures >= TRIES:
            run.state, run.finished_at = "failed", now
            run.error = _("Ada kesalahan pada sistem kami saat memadankan. Petugas sudah diberi tahu.")
        run.save(update_fields=["failures", "state", "finished_at", "error"])


def open_runs() -> list[int]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    return list(Run.objects.filter(state__in=("waiting", "linking")).values_list("pk", flat=True))
