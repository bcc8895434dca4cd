"""Editions of the award: what they say, version by version."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam
from pydantic import Field, StringConstraints

from jamsostek.access.roles import PUBLIC, Can
from jamsostek.access.scope import current
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import located, page
from jamsostek.api.v1.shapes import In, MonthOut, Out, Page, Query, text
from jamsostek.awards import reading
from jamsostek.awards.actions import editions as actions
from jamsostek.awards.choices import EditionState, Step
from jamsostek.awards.comparing import differences
from jamsostek.awards.edition import told
from jamsostek.awards.models import Version
from jamsostek.awards.queries import editions as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.core.text import N_

award_editions = Resource("award_editions", N_("Edisi Paritrana"))
NOT_FOUND = frozenset({404})
EditionCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{2,39}$")]
VersionNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class AwardEditionQuery(Query):
    """Which editions; drafts and cancelled ones only for committees."""

    year: Annotated[int, Field(ge=2000, le=2100)] | None = Field(None, description=N_("Tahun yang dinilai."))


class AwardEditionIn(In):
    """An edition's text."""

    content: Annotated[str, StringConstraints(min_length=1, max_length=actions.MOST_BYTES)] = Field(description=N_("YAML."))
    reason: text(500) = Field("", description=N_("Wajib bila edisi itu sudah dibuka."))  # type: ignore[valid-type]
    after: VersionNumber | None = Field(None, description=N_("Versi yang terakhir dibaca; ditolak bila ada yang lebih baru."))


class AwardStepIn(In):
    """What is done with an edition as a whole."""

    step: Literal["opened", "closed", "cancelled"]
    version: VersionNumber = Field(description=N_("Versi yang dibaca sebelum memutuskan."))
    reason: text(500) = Field("", description=N_("Wajib bila membatalkan."))  # type: ignore[valid-type]


class AwardWeightOut(Out):
    """A criterion in a category; ppm of the whole."""

    criterion: str
    title: str
    kind: str = Field(examples=["measured", "judged"])
    weight_ppm: int
    least_ppm: int
    benchmark_ppm: int | None


class AwardStageOut(Out):
    """Where a category is decided, among whom, with how many winners."""

    level: str = Field(examples=["province", "nation"])
    area: str = Field(examples=["province", "zone", "nation"])
    winners: int
    promoted: int


class AwardCategoryOut(Out):
    """A category and how it is scored."""

    key: str
    title: str
    subject: str = Field(examples=["province", "regency", "village", "employer"])
    normalise: str
    aggregate: str
    missing: str
    least_ppm: int
    tie_breaks: list[str]
    criteria: list[AwardWeightOut]
    stages: list[AwardStageOut]


class AwardEditionOut(Out):
    """An edition in its version in force. `invented`: its weights were made up for demonstration."""

    code: str
    title: str
    state: str = Field(examples=["draft", "open", "closed", "cancelled"])
    assessment_year: int
    label: str
    ceremony_on: dt.date | None
    invented: bool
    note: str
    measured_month: MonthOut
    baseline_month: MonthOut
    nominate_from: dt.datetime
    nominate_until: dt.datetime
    evidence_until: dt.datetime
    version: int
    digest: str


class AwardEditionWholeOut(AwardEditionOut):
    """With everything it says."""

    content: str = Field(description=N_("YAML, seperti ditulis."))
    categories: list[AwardCategoryOut]


class AwardVersionOut(Out):
    """A version of an edition."""

    number: int
    digest: str
    reason: str
    made_at: dt.datetime
    content: str


class AwardDifferenceOut(Out):
    """One thing that changed; `place` is where it stands in the text."""

    place: str
    where: str
    what: str
    before: str | int | dt.date | None
    after: str | int | dt.date | None
    kind: str = Field(examples=["added", "dropped", "changed"])


class AwardDifferencesOut(Out):
    """What changed from one version to another."""

    items: list[AwardDifferenceOut]


@award_editions.get("/award/editions", Page[AwardEditionOut], title=N_("Daftar edisi Paritrana"), needs=PUBLIC)
def index(request: HttpRequest, query: QueryParam[AwardEditionQuery]) -> Any:
    """The newest first."""
    whole = [one for one in queries.standings() if _seen(one) and query.year in (None, one.says.assessment_year)]

    def rows(before: int | None, limit: int) -> list[Standing]:
        return [one for one in whole if before is None or one.id < before][:limit]

    found, following = page(request, query, rows, lambda one: one.id, first=None)
    return {"items": [_told(one) for one in found], "next": following}


@award_editions.get(
    "/award/editions/{edition}", AwardEditionWholeOut, title=N_("Satu edisi Paritrana"), needs=PUBLIC, problems=NOT_FOUND
)
def show(request: HttpRequest, edition: EditionCode) -> Any:
    """What the version in force says."""
    return _whole(_found(edition))


@award_editions.get(
    "/award/editions/{edition}/versions", Page[AwardVersionOut], title=N_("Versi sebuah edisi Paritrana"), needs=PUBLIC,
    problems=NOT_FOUND,
)  # fmt: skip
def versions(request: HttpRequest, edition: EditionCode, query: QueryParam[Query]) -> Any:
    """Every version since it was first written, the newest first."""
    whole = queries.versions(_found(edition).id)

    def rows(before: int | None, limit: int) -> list[Version]:
        return [one for one in whole if before is None or one.number < before][:limit]

    found, following = page(request, query, rows, lambda one: one.number, first=None)
    return {"items": found, "next": following}


@award_editions.get(
    "/award/editions/{edition}/differences/{older}/{newer}", AwardDifferencesOut, title=N_("Beda dua versi edisi Paritrana"),
    needs=PUBLIC, problems=NOT_FOUND,
)  # fmt: skip
def compare(request: HttpRequest, edition: EditionCode, older: VersionNumber, newer: VersionNumber) -> Any:
    """Thing by thing."""
    texts = {one.number: one.content for one in queries.versions(_found(edition).id)}
    if older not in texts or newer not in texts:
        raise unknown()
    return {"items": differences(reading.read(texts[older]), reading.read(texts[newer]))}


@award_editions.post(
    "/award/editions", AwardEditionWholeOut, status=201, title=N_("Tulis edisi Paritrana"), needs=(Can.RUN_AWARD,)
)
def write(request: HttpRequest, response: HttpResponse, given: AwardEditionIn) -> Any:
    """A new edition, or the next version of one that is there. The same text again is the same version."""
    made = actions.write(content=given.content, reason=given.reason, after=given.after)
    code = made.edition.code
    located(response, f"/award/editions/{code}")
    return _whole(_found(code))


@award_editions.post(
    "/award/editions/{edition}/steps", AwardEditionWholeOut, title=N_("Buka, tutup, atau batalkan edisi Paritrana"),
    needs=(Can.RUN_AWARD,), problems=NOT_FOUND,
)  # fmt: skip
def step(request: HttpRequest, edition: EditionCode, given: AwardStepIn) -> Any:
    """Opened by another than who wrote the version in force."""
    actions.step(code=_found(edition).code, step=Step(given.step), reason=given.reason, version=given.version)
    return _whole(_found(edition))


def _seen(one: Standing) -> bool:
    return one.state in (EditionState.OPEN, EditionState.CLOSED) or current().may(Can.RUN_AWARD)


def _found(code: str) -> Standing:
    found = queries.standing(code)
    if found is None or not _seen(found):
        raise unknown()
    return found


def _told(one: Standing) -> dict[str, Any]:
    says = one.says
    return {
        "code": one.code, "title": told(says.title), "state": one.state, "assessment_year": says.assessment_year,
        "label": says.label, "ceremony_on": says.ceremony_on, "invented": says.invented, "note": told(says.note),
        "measured_month": says.measured_month, "baseline_month": says.baseline_month, "nominate_from": one.nominate_from,
        "nominate_until": one.nominate_until, "evidence_until": one.evidence_until, "version": one.version,
        "digest": one.digest,
    }  # fmt: skip


def _whole(one: Standing) -> dict[str, Any]:
    criteria = one.says.criteria
    return _told(one) | {
        "content": queries.versions(one.id)[0].content,
        "categories": [
            {
                "key": category.key, "title": category.name, "subject": category.subject, "normalise": category.normalise,
                "aggregate": category.aggregate, "missing": category.missing, "least_ppm": category.least_ppm,
                "tie_breaks": list(category.tie_breaks), "stages": list(category.stages),
                "criteria": [
                    {
                        "criterion": weighed.criterion, "title": told(criteria[weighed.criterion].title),
                        "kind": criteria[weighed.criterion].kind, "weight_ppm": weighed.weight_ppm,
                        "least_ppm": weighed.least_ppm, "benchmark_ppm": weighed.benchmark_ppm,
                    }
                    for weighed in category.criteria
                ],
            }
            for category in one.says.categories.values()
        ],
    }  # fmt: skip
