"""Snapshots of the award: what was measured at the frozen month, sealed in a file."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.award_editions import EditionCode
from jamsostek.api.v1.common import located, page
from jamsostek.api.v1.shapes import In, MonthOut, Out, Page, Query, Reference
from jamsostek.awards.actions import snapshots as actions
from jamsostek.awards.edition import told
from jamsostek.awards.measures import ABSENT, WORDS
from jamsostek.awards.models import Snapshot, SnapshotRun
from jamsostek.awards.queries import snapshots as queries
from jamsostek.awards.queries.editions import Standing, standing
from jamsostek.awards.snapshot.schema import DEN, NUM, criteria_of, measures, subjects_of
from jamsostek.core.text import N_, _

award_snapshots = Resource("award_snapshots", N_("Potret ukuran Paritrana"))
NOT_FOUND = frozenset({404})
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Subject = Literal["province", "regency", "village", "employer"]


class AwardSnapshotIn(In):
    """Which snapshot is to be taken."""

    level: Literal["province", "nation"]
    kind: Literal["measured", "final"] = Field("measured", description=N_("final memuat calon, nilai juri, dan daftar bukti."))


class AwardSnapshotOut(Out):
    """A snapshot by its digests. `root` follows from what it says alone; the same state has the same one."""

    number: int
    version: int
    level: str = Field(examples=["province", "nation"])
    kind: str = Field(examples=["measured", "final"])
    month: MonthOut
    root: str
    file_digest: str
    bytes: int
    counts: dict[str, int]
    made_at: dt.datetime


class AwardSnapshotRunOut(Out):
    """A request for a snapshot; `snapshot` is its number once it is taken, `problem` says why it was not."""

    id: Reference
    level: str
    kind: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    done: float | None = Field(description=N_("Bagian yang selesai, 0 sampai 1, selama diambil."))
    snapshot: int | None
    problem: str


class AwardMeasureOut(Out):
    """One measure of somebody: two whole numbers, or why they cannot be told."""

    criterion: str
    title: str
    numerator: int | None
    denominator: int | None
    above: str
    below: str
    absent: str


class AwardMeasuredOut(Out):
    """Somebody as measured. `code` is a Kemendagri code, or a firm's NPP."""

    code: str
    name: str
    province: int
    regency: int | None
    scale: str
    section: str
    invented: bool
    measures: list[AwardMeasureOut]


@award_snapshots.get(
    "/award/editions/{edition}/snapshots", Page[AwardSnapshotOut], title=N_("Potret sebuah edisi Paritrana"),
    needs=(Can.RUN_AWARD,), problems=NOT_FOUND,
)  # fmt: skip
def index(request: HttpRequest, edition: EditionCode, query: QueryParam[Query]) -> Any:
    """The newest first."""
    whole = queries.snapshots(_edition(edition).id)

    def rows(before: int | None, limit: int) -> list[Snapshot]:
        return [one for one in whole if before is None or one.number < before][:limit]

    found, following = page(request, query, rows, lambda one: one.number, first=None)
    return {"items": found, "next": following}


@award_snapshots.post(
    "/award/editions/{edition}/snapshots", AwardSnapshotRunOut, status=202, title=N_("Ambil potret Paritrana"),
    needs=(Can.RUN_AWARD,), problems=NOT_FOUND,
)  # fmt: skip
def take(request: HttpRequest, response: HttpResponse, edition: EditionCode, given: AwardSnapshotIn) -> Any:
    """A job takes it; one that is under way already is the one asked for."""
    of = _edition(edition)
    made = actions.ask(code=of.code, level=given.level, kind=given.kind)
    located(response, f"/award/editions/{of.code}/snapshot-runs/{reference('award_snapshot_run', made.pk)}")
    return _run(made)


@award_snapshots.get(
    "/award/editions/{edition}/snapshot-runs/{id}", AwardSnapshotRunOut, title=N_("Permintaan potret Paritrana"),
    needs=(Can.RUN_AWARD,), problems=NOT_FOUND,
)  # fmt: skip
def run(request: HttpRequest, edition: EditionCode, id: Reference) -> Any:
    """How far it is, and what came of it."""
    return _run(queries.run(_edition(edition).id, row_of("award_snapshot_run", id)))


@award_snapshots.get(
    "/award/editions/{edition}/snapshots/{number}", AwardSnapshotOut, title=N_("Satu potret Paritrana"), needs=(Can.RUN_AWARD,),
    problems=NOT_FOUND,
)  # fmt: skip
def show(request: HttpRequest, edition: EditionCode, number: Number) -> Any:
    """Its digests and how much is in it."""
    return _snapshot(edition, number)


@award_snapshots.get(
    "/award/editions/{edition}/snapshots/{number}/measures/{subject}", Page[AwardMeasuredOut],
    title=N_("Yang diukur dalam sebuah potret Paritrana"), needs=(Can.RUN_AWARD,), problems=NOT_FOUND,
)  # fmt: skip
def measured(request: HttpRequest, edition: EditionCode, number: Number, subject: Subject, query: QueryParam[Query]) -> Any:
    """One after the other, in the order of their keys."""
    row = _snapshot(edition, number)
    says = queries.edition_of(row)
    if subject not in subjects_of(says):
        raise unknown()
    table = queries.table(row, measures(subject))
    criteria = criteria_of(says, subject)

    def rows(after: int | None, limit: int) -> list[dict[str, Any]]:
        first = 0 if after is None else after + 1
        return [{"place": at, **one} for at, one in enumerate(table.slice(first, limit).to_pylist(), first)]

    found, following = page(request, query, rows, lambda one: one["place"], first=None)
    return {"items": [_measured(says, criteria, one) for one in found], "next": following}


@award_snapshots.get(
    "/award/editions/{edition}/snapshots/{number}/file", None, title=N_("Berkas potret Paritrana"), needs=(Can.RUN_AWARD,),
    gives="application/zip", problems=NOT_FOUND,
)  # fmt: skip
def file(request: HttpRequest, edition: EditionCode, number: Number) -> Any:
    """A ZIP that `jamsostek award verify` checks and `jamsostek award score` scores, on any machine."""
    row = _snapshot(edition, number)
    taken = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    with queries.opened(row) as kept:
        shutil.copyfileobj(kept, taken)
    taken.seek(0)
    return FileResponse(taken, as_attachment=True, filename=f"potret-{edition}-{number}.zip", content_type="application/zip")


def _edition(code: str) -> Standing:
    found = standing(code)
    if found is None:
        raise unknown()
    return found


def _snapshot(edition: str, number: int) -> Snapshot:
    return queries.snapshot(_edition(edition).id, number)


def _run(one: SnapshotRun) -> dict[str, Any]:
    return {
        "id": reference("award_snapshot_run", one.pk), "level": one.level, "kind": one.kind, "asked_at": one.asked_at,
        "ended_at": one.ended_at,
        "done": None if one.ended_at else queries.progress(one.pk), "snapshot": one.snapshot.number if one.snapshot else None,
        "problem": one.problem,
    }  # fmt: skip


def _measured(says: Any, criteria: tuple[str, ...], row: dict[str, Any]) -> dict[str, Any]:
    why = dict(one.split("=", 1) for one in row["absent"].split())
    return row | {
        "measures": [
            {
                "criterion": key, "title": told(says.criteria[key].title), "numerator": row[f"{NUM}{key}"],
                "denominator": row[f"{DEN}{key}"], "above": _(WORDS[says.criteria[key].measure].above),
                "below": _(WORDS[says.criteria[key].measure].below), "absent": _(ABSENT[why[key]]) if key in why else "",
            }
            for key in criteria
        ]
    }  # fmt: skip
