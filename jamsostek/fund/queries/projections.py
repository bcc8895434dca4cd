"""Projections that were asked for: how far they are, what came of them, which one is official."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.fund.models import Projection, ProjectionResult
from jamsostek.fund.projection import Supposed, base

RUN = "fund.project"
"""The job's name."""
LOCK = 820_314
STATES = ("waiting", "running", "cancelled", "stopped", "done", "approved", "refused")


@dataclass(frozen=True)
class Run:
    """A projection as it stands. `headline` is None until it is done; `done` is of a thousand."""

    id: int
    reference: str
    title: str
    changed: dict[str, float]
    assumptions: dict[str, float]
    digest: str
    law_digest: str
    paths: int
    seed: int
    sensitivity: bool
    population: str
    invented: bool
    asked_by: int | None
    asked_on: dt.date
    asked_at: dt.datetime
    state: str
    done: int
    problem: str
    headline: dict[str, Any] | None
    milliseconds: int | None
    answered_by: int | None
    answered_at: dt.datetime | None
    reason: str
    official: bool = False

    @property
    def supposed(self) -> Supposed:
        """Its figures; those that the base no longer has are left out."""
        return Supposed({id: value for id, value in self.assumptions.items() if id in base() and value != base()[id].value})

    @property
    def finished(self) -> bool:
        """Whether its result is there."""
        return self.headline is not None


_RUNS = """
    SELECT p.id, p.reference, p.title, p.changed, p.assumptions, p.digest, p.law_digest, p.paths, p.seed, p.sensitivity,
    p.population,
           p.invented, p.asked_by, p.asked_on, p.asked_at, r.headline, r.milliseconds, a.approved, a.by, a.at,
           coalesce(a.reason, ''),
           coalesce(s.kind, ''), coalesce(s.done, 0), coalesce(s.problem, ''),
           EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
                   WHERE l.locktype = 'advisory' AND l.classid = %(lock)s AND l.objid = p.id AND l.objsubid = 2),
           EXISTS (SELECT FROM procrastinate_jobs j WHERE j.queueing_lock = 'fund.project:' || p.id AND j.status = 'todo'),
           p.id = (SELECT max(projection_id) FROM fund_projectionanswer WHERE approved)
    FROM fund_projection p LEFT JOIN fund_projectionresult r ON r.projection_id = p.id
    LEFT JOIN fund_projectionanswer a ON a.projection_id = p.id
    LEFT JOIN LATERAL (SELECT kind, done, problem FROM fund_projectionstep WHERE projection_id = p.id ORDER BY id DESC LIMIT
    1) s ON true
    WHERE %(id)s::bigint IS NULL OR p.id = %(id)s ORDER BY p.id DESC LIMIT %(limit)s
"""


def runs(*, id: int | None = None, limit: int = 200) -> list[Run]:
    """The newest first, or one."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNS, {"lock": LOCK, "id": id, "limit": limit})
        rows = cursor.fetchall()
    return [_run(*row) for row in rows]


def run(id: int) -> Run | None:
    """One of them."""
    found = runs(id=id) if 0 < id < 2**62 else []
    return found[0] if found else None


def official() -> Run | None:
    """The newest whose figures somebody else approved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(projection_id) FROM fund_projectionanswer WHERE approved")
        id = cursor.fetchone()[0]
    return run(id) if id else None


def by_reference(reference: str) -> Projection | None:
    """What was asked for under a reference."""
    return Projection.objects.filter(reference=reference).first()


def result(id: int) -> dict[str, Any] | None:
    """What came of it, as `projection.result` made it; None while it is not done."""
    found = ProjectionResult.objects.filter(pk=id).values_list("result", flat=True).first()
    if found is None:
        return None
    told: dict[str, Any] = json.loads(zlib.decompress(bytes(found)))
    return told


def _run(*row: Any) -> Run:
    (id, reference, title, changed, assumptions, digest, law, paths, seed, sensitivity, population, invented, by, on, at,
     headline, milliseconds, approved, answered_by, answered_at, reason, kind, done, problem, running, queued,
     newest) = row  # fmt: skip
    changed, assumptions, headline = (
        json.loads(one) if isinstance(one, str) else one for one in (changed, assumptions, headline)
    )
    if approved is not None:
        state = "approved" if approved else "refused"
    elif headline is not None:
        state = "done"
    elif kind == "cancelled":
        state = "cancelled"
    elif running:
        state = "running"
    elif kind == "stopped":
        state = "stopped"
    else:
        state = "waiting" if queued or not done else "stopped"
    return Run(
        id, reference, title, changed, assumptions, digest, law, paths, seed, sensitivity, population, invented, by, on, at,
        state, 1000 if headline is not None else done, problem, headline, milliseconds, answered_by, answered_at, reason,
        bool(newest),
    )  # fmt: skip
