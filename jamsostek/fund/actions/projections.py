"""Projections: asked for by an actuary, computed by a job, made official by somebody else who approves its figures."""

from __future__ import annotations

import datetime as dt
import json
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.background import alone
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, current, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.fund import projection
from jamsostek.fund.errors import refusals
from jamsostek.fund.projection import MOST_PATHS, PATHS, SEED, Cancelled, Supposed, suppose
from jamsostek.fund.queries import projections as queries
from jamsostek.fund.queries.projections import LOCK, Run

LONGEST_TITLE, LONGEST_REFERENCE, LONGEST_REASON = 120, 100, 1000
MOST_SEED = 2**32 - 1


@dataclass(frozen=True)
class Asked:
    """What is asked for: figures other than the base in their units, how many paths (0: none) and from which seed.

    The same reference with the same content is the same request. `invented` marks an example of a demonstration.
    """

    reference: str
    title: str
    changed: Mapping[str, float] = field(default_factory=dict)
    paths: int = PATHS
    seed: int = SEED
    sensitivity: bool = True
    invented: bool = False


def begin(asked: Asked, *, on: dt.date) -> Run:
    """Writes a request down with every figure it stands on; `compute` does it. Raises `InputError`, `Refused`."""
    current().need(Can.PROJECT)
    supposed = _checked(asked)
    told = [asked.title.strip(), supposed.values(), asked.paths, asked.seed, asked.sensitivity, asked.invented]
    body = sha256(json.dumps(told, sort_keys=True).encode()).digest()
    there = queries.by_reference(asked.reference.strip())
    if there is not None:
        if bytes(there.body) != body:
            raise InputError(
                _("Rujukan {reference} sudah dipakai untuk proyeksi lain.").format(reference=asked.reference), field="reference",
                value=asked.reference, remedy=_("Pakai rujukan lain."),
            )  # fmt: skip
        return _found(there.pk)
    law = projection.law_digest()
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_projection (reference, body, title, changed, assumptions, digest, law_digest, paths, seed,"
            " sensitivity, population, invented, asked_by, asked_on)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'published', %s, %s, %s) RETURNING id",
            [
                asked.reference.strip(), body, asked.title.strip(), json.dumps(dict(supposed.changed)),
                json.dumps(supposed.values()), supposed.digest, law, asked.paths, asked.seed, asked.sensitivity, asked.invented,
                current().user_id, on,
            ],
        )  # fmt: skip
        id = cursor.fetchone()[0]
    audit.record("fund.projection_asked", "projection", id, fields=("assumptions",))
    return _found(id)


def _checked(asked: Asked) -> Supposed:
    title, reference = asked.title.strip(), asked.reference.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise InputError(
            _("Judul proyeksi diisi, paling panjang {most} huruf.").format(most=LONGEST_TITLE), field="title", value=asked.title,
            remedy=_("Sebut apa yang lain dari dasar, misalnya: tarif naik bertahap."),
        )  # fmt: skip
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise InputError(
            _("Rujukan diisi, paling panjang {most} huruf.").format(most=LONGEST_REFERENCE), field="reference",
            value=asked.reference, remedy=_("Rujukan yang sama adalah permintaan yang sama."),
        )  # fmt: skip
    if not 0 <= asked.paths <= MOST_PATHS:
        raise InputError(
            _("Banyaknya jalur antara 0 dan {most}.").format(most=MOST_PATHS), field="paths", value=asked.paths,
            remedy=_("1000 cukup untuk melihat sebarannya."),
        )  # fmt: skip
    if not 0 <= asked.seed <= MOST_SEED:
        raise InputError(
            _("Benih antara 0 dan {most}.").format(most=MOST_SEED), field="seed", value=asked.seed,
            remedy=_("Benih yang sama memberi jalur yang sama."),
        )  # fmt: skip
    if asked.invented and not get_user_model().objects.filter(is_demo=True).exists():
        raise InputError(_("Angka rekaan hanya untuk peragaan."), field="invented", remedy=_("Catat asumsi yang sungguh."))
    return suppose(asked.changed)


def _found(id: int) -> Run:
    run = queries.run(id)
    if run is None:
        raise not_yours(_("Proyeksi ini tidak ada."))
    return run


def cancel(*, projection_id: int) -> Run:
    """Stops a run that is not done; it stays in the list. Raises as `begin`."""
    current().need(Can.PROJECT)
    run = _found(projection_id)
    if run.finished or run.state == "cancelled":
        raise InputError(_("Proyeksi ini sudah selesai atau sudah dihentikan."), remedy=_("Lihat keadaannya di halamannya."))
    _step(projection_id, "cancelled", run.done)
    audit.record("fund.projection_cancelled", "projection", projection_id)
    return _found(projection_id)


def answer(*, projection_id: int, approved: bool, reason: str) -> Run:
    """Approves the figures of a finished run, which makes it official; or refuses them and says why. Another person than who
    asked."""
    current().need(Can.APPROVE_FUND)
    run = _found(projection_id)
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus disahkan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    if run.answered_at is not None:
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    if not run.finished:
        raise InputError(_("Proyeksi ini belum selesai dihitung."), remedy=_("Tunggu sampai selesai, lalu lihat hasilnya."))
    if user == run.asked_by:
        raise Refused(_("Anda sendiri yang menyusunnya."), remedy=_("Orang lain yang memeriksa dan mengesahkan asumsinya."))
    if len(reason) > LONGEST_REASON or (not approved and not reason.strip()):
        raise InputError(
            _("Alasannya belum diisi, atau terlalu panjang."), field="reason", value=reason[:60], remedy=_("Tulis mengapa.")
        )
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_projectionanswer (projection_id, approved, reason, by) VALUES (%s, %s, %s, %s)",
            [projection_id, approved, reason.strip(), user],
        )
    done = "fund.projection_approved" if approved else "fund.projection_refused"
    audit.record(done, "projection", projection_id, reason=reason.strip())
    return _found(projection_id)


# ---- computing


def compute(*, projection_id: int) -> bool:
    """Does a run that was asked for, outside any transaction; whether it came to its end. What it has done is written as it
    goes."""
    with acting(system_scope(queries.RUN)):
        run = _found(projection_id)
    if run.finished or run.state == "cancelled":
        return run.finished
    with alone(LOCK, projection_id) as ours:
        return ours and _compute(run)


def _compute(run: Run) -> bool:
    begun = time.monotonic()
    shown = [0, 0.0]

    def tell(done: int) -> None:
        if done < 1000 and time.monotonic() - shown[1] < 1.0:
            return
        shown[0], shown[1] = done, time.monotonic()
        with acting(system_scope(queries.RUN)):
            if _is_cancelled(run.id):
                raise Cancelled
            _step(run.id, "progress", done)

    try:
        found = work(run, tell)
    except Cancelled:
        return False
    packed = zlib.compress(json.dumps(found).encode(), 6)
    with acting(system_scope(queries.RUN)), connection.cursor() as cursor:
        if _is_cancelled(run.id):
            return False
        cursor.execute(
            "INSERT INTO fund_projectionresult (projection_id, headline, result, milliseconds) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [run.id, json.dumps(found["headline"]), packed, int((time.monotonic() - begun) * 1000)],
        )
    return True


def work(run: Run, tell: Any) -> dict[str, Any]:
    """The computation itself; `tell` hears how far it is, of a thousand."""
    whole = projection.project(run.supposed)
    tell(50)
    fan = None
    if run.paths:
        fan = projection.chance(whole, run.paths, run.seed, lambda done: tell(50 + 150 * done // run.paths))
    changes: list[projection.Changed] = []
    if run.sensitivity:
        changes = projection.sensitivity(whole, lambda done, all_of: tell(200 + 799 * done // all_of))
    return projection.result(whole, fan, changes)


def stop(*, projection_id: int, problem: str) -> None:
    """Writes down why a run stopped."""
    with acting(system_scope(queries.RUN)):
        _step(projection_id, "stopped", 0, problem)


def _is_cancelled(id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM fund_projectionstep WHERE projection_id = %s AND kind = 'cancelled')", [id])
        return bool(cursor.fetchone()[0])


def _step(id: int, kind: str, done: int, problem: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_projectionstep (projection_id, kind, done, problem, by) VALUES (%s, %s, %s, %s, %s)",
            [id, kind, done, problem, current().user_id],
        )
