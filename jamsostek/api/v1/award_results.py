"""Results and certificates of the award, and the archive of the real editions.

Firms are told by name and rank, where they are honoured; only their committee reads more.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam
from pydantic import Field, StringConstraints

from jamsostek.access.roles import PUBLIC, Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.award_editions import EditionCode
from jamsostek.api.v1.common import conflicts, located, page
from jamsostek.api.v1.shapes import In, Out, Page, Query, text
from jamsostek.awards import archive
from jamsostek.awards.actions import results as actions
from jamsostek.awards.archive import Winner
from jamsostek.awards.queries import results as queries
from jamsostek.awards.queries.editions import standing, standings
from jamsostek.awards.queries.results import Holds, ResultRow, check
from jamsostek.awards.rights import runs
from jamsostek.core.text import N_

award_results = Resource("award_results", N_("Hasil Paritrana"))
NOT_FOUND = frozenset({404})
CONFLICTS = frozenset({404, 409})
ResultCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{10}$")]
CertificateCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{12}$")]
Level = Literal["province", "nation"]
Area = Annotated[int, Field(ge=0, le=99, description=N_("Kode provinsi, nomor zona, atau 0."))]
CategoryKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")]
Number = Annotated[int, Field(ge=1, le=1_000_000)]


class AwardResultsQuery(Query):
    """Which results."""

    level: Level | None = None


class AwardResultIn(In):
    """A contest, and the final snapshot (its number) that its result is computed from."""

    category: CategoryKey
    level: Level
    area: Area
    snapshot: Number
    reason: text(500) = Field("", description=N_("Wajib bila lomba itu sudah ada hasilnya."))  # type: ignore[valid-type]


class AwardDecisionIn(In):
    """Decided or not; a reason where it is not."""

    decided: bool
    reason: text(500) = ""  # type: ignore[valid-type]


class AwardPublicationIn(In):
    """What is announced together: a province's contests (`area` its code), or the nation's (0)."""

    level: Level
    area: Area = 0


class AwardAnnulmentIn(In):
    """Why a result is to be annulled."""

    reason: text(500, 1)  # type: ignore[valid-type]


class AwardAnnulmentAnswerIn(In):
    """Whether it is annulled."""

    confirmed: bool
    reason: text(500) = ""  # type: ignore[valid-type]


class AwardPlaceOut(Out):
    """Somebody in a result. `place` is the shared rank among those who may be honoured, 0 outside; figures in ppm."""

    name: str
    code: str = Field(description=N_("Kode wilayah; kosong bagi perusahaan."))
    place: int
    honoured: bool
    score: int | None
    first: int | None = Field(description=N_("Bagian undian bobot di mana ia pertama, ppm."))
    values: list[int | None]
    parts: list[int]


class AwardResultOut(Out):
    """A result and where it stands."""

    code: str
    edition: str
    version: int
    category: str
    level: str
    area: int
    snapshot: int
    root: str
    digest: str
    state: str = Field(examples=["proposed", "decided", "refused", "replaced", "annulled"])
    replaces: str
    reason: str
    annulled_why: str
    invented: bool
    made_at: dt.datetime
    answered_at: dt.datetime | None


class AwardResultWholeOut(AwardResultOut):
    """With who stands where. `criteria` name the columns of `values` and `parts`."""

    criteria: list[str]
    weights: list[int]
    places: list[AwardPlaceOut]
    bands: list[list[str]] = Field(description=N_("Nama mereka yang setara dalam kenyataan."))


class AwardPublicationOut(Out):
    """What became public, and when."""

    edition: str
    level: str
    area: int
    at: dt.datetime


class AwardCertificateOut(Out):
    """Whether a certificate is ours and holds."""

    holds: str = Field(examples=["valid", "revoked", "changed", "unknown"])
    number: str
    name: str
    edition: str
    category: str
    level: str
    area: int | None
    rank: int | None
    result: str
    invented: bool
    why: str
    statement: str = Field(description=N_("Yang ditandatangani, byte demi byte."))
    signature: str = Field(description=N_("Ed25519, heksadesimal."))
    key: str


class AwardArchiveQuery(Query):
    """Which of those honoured in the real editions."""

    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    level: Level | None = None
    province: Annotated[int, Field(ge=11, le=99)] | None = None
    words: text(60) = ""  # type: ignore[valid-type]


class AwardWinnerOut(Out):
    """Somebody honoured in a real edition, as the press told it."""

    assessment_year: int
    level: str
    area: str
    category: str
    rank: int | None
    name: str
    region: int | None
    province: int | None
    status: str
    sources: list[str]
    note: str


@award_results.get(
    "/award/editions/{edition}/results", Page[AwardResultOut], title=N_("Hasil sebuah edisi Paritrana"), needs=PUBLIC,
    problems=NOT_FOUND,
)  # fmt: skip
def index(request: HttpRequest, edition: EditionCode, query: QueryParam[AwardResultsQuery]) -> Any:
    """What is announced; the committee also sees what is not. Newest first."""
    of = standing(edition)
    whole = queries.results(of.id, level=query.level) if of is not None else []
    if of is None:
        raise unknown()

    def rows(before: int | None, limit: int) -> list[ResultRow]:
        return [one for one in whole if before is None or one.id < before][:limit]

    found, following = page(request, query, rows, lambda one: one.id, first=None)
    return {"items": [_told(one, of.code) for one in found], "next": following}


@award_results.post(
    "/award/editions/{edition}/results", AwardResultWholeOut, status=201, title=N_("Hitung hasil lomba Paritrana"),
    needs=(Can.RUN_AWARD,), problems=CONFLICTS,
)  # fmt: skip
def compute(request: HttpRequest, response: HttpResponse, edition: EditionCode, given: AwardResultIn) -> Any:
    """Waits for another's decision; the same again is the same result."""
    if standing(edition) is None:
        raise unknown()
    with conflicts():
        row = actions.compute(
            edition=edition, category=given.category, level=given.level, area=given.area, snapshot=given.snapshot,
            reason=given.reason,
        )  # fmt: skip
    located(response, f"/award/results/{row.code}")
    return _whole(row)


@award_results.get(
    "/award/results/{result}", AwardResultWholeOut, title=N_("Satu hasil Paritrana"), needs=PUBLIC, problems=NOT_FOUND
)
def show(request: HttpRequest, result: ResultCode) -> Any:
    """With who stands where."""
    return _whole(_found(result))


@award_results.post(
    "/award/results/{result}/answer", AwardResultWholeOut, title=N_("Putuskan hasil Paritrana"), needs=(Can.RUN_AWARD,),
    problems=CONFLICTS,
)  # fmt: skip
def answer(request: HttpRequest, result: ResultCode, given: AwardDecisionIn) -> Any:
    """By another than who computed it."""
    _found(result)
    with conflicts():
        return _whole(actions.decide(code=result, decided=given.decided, reason=given.reason))


@award_results.post(
    "/award/editions/{edition}/publications", AwardPublicationOut, status=201, title=N_("Umumkan hasil Paritrana"),
    needs=(Can.RUN_AWARD,), problems=CONFLICTS,
)  # fmt: skip
def publish(request: HttpRequest, edition: EditionCode, given: AwardPublicationIn) -> Any:
    """Certificates are issued, and the best go on to the next level."""
    if standing(edition) is None:
        raise unknown()
    with conflicts():
        made = actions.publish(edition=edition, level=given.level, area=given.area)
    return {"edition": edition, "level": made.level, "area": made.area, "at": made.at}


@award_results.post(
    "/award/results/{result}/annulment", AwardResultWholeOut, status=201, title=N_("Minta pembatalan hasil Paritrana"),
    needs=(Can.RUN_AWARD,), problems=CONFLICTS,
)  # fmt: skip
def annul(request: HttpRequest, result: ResultCode, given: AwardAnnulmentIn) -> Any:
    """Holds once another has confirmed it."""
    _found(result)
    with conflicts():
        actions.ask_annulment(code=result, reason=given.reason)
    return _whole(_found(result))


@award_results.post(
    "/award/results/{result}/annulment/answer", AwardResultWholeOut, title=N_("Jawab pembatalan hasil Paritrana"),
    needs=(Can.RUN_AWARD,), problems=CONFLICTS,
)  # fmt: skip
def answer_annulment(request: HttpRequest, result: ResultCode, given: AwardAnnulmentAnswerIn) -> Any:
    """By another than who asked; its certificates are revoked."""
    _found(result)
    with conflicts():
        return _whole(actions.answer_annulment(code=result, confirmed=given.confirmed, reason=given.reason))


@award_results.get(
    "/award/certificates/{certificate}", AwardCertificateOut, title=N_("Periksa sertifikat Paritrana"), needs=PUBLIC
)  # fmt: skip
def certificate(request: HttpRequest, certificate: CertificateCode) -> Any:
    """Whether it is ours and holds; of one that is not ours nothing is told."""
    found = check(certificate)
    says = dict(found.says or {}) if found.holds in (Holds.VALID, Holds.REVOKED) else {}
    one = found.certificate if says else None
    return {
        "holds": found.holds, "why": found.why, "area": says.get("area"), "rank": says.get("rank"),
        "invented": bool(says.get("invented")),
        **{name: says.get(name, "") for name in ("number", "name", "edition", "category", "level", "result")},
        "statement": one.statement if one else "", "signature": bytes(one.signature).hex() if one else "",
        "key": one.key_id if one else "",
    }  # fmt: skip


@award_results.get(
    "/award/archive", Page[AwardWinnerOut], title=N_("Penerima Paritrana, tahun penilaian 2017-2024"), needs=PUBLIC
)
def past(request: HttpRequest, query: QueryParam[AwardArchiveQuery]) -> Any:
    """Of the editions that were really held, each with its sources; what no source tells is null."""
    whole = archive.search(query.words, year=query.year, level=query.level or "", province=query.province)

    def rows(after: int, limit: int) -> list[tuple[int, Winner]]:
        return [(at, one) for at, one in enumerate(whole, 1) if at > after][:limit]

    found, following = page(request, query, rows, lambda pair: pair[0])
    items = [
        {
            "assessment_year": one.assessment_year, "level": one.level, "area": one.area_words, "category": one.category_words,
            "rank": one.rank, "name": one.name, "region": one.region, "province": one.province, "status": one.status,
            "sources": list(one.sources), "note": archive.told(one.note),
        }
        for _at, one in found
    ]  # fmt: skip
    return {"items": items, "next": following}


def _found(code: str) -> ResultRow:
    found = queries.result(code)
    if found is None:
        raise unknown()
    return found


def _told(one: ResultRow, edition: str) -> dict[str, Any]:
    return {
        "code": one.code, "edition": edition, "version": one.version, "category": one.category, "level": one.level,
        "area": one.area, "snapshot": one.snapshot, "root": one.root, "digest": one.digest, "state": one.state,
        "replaces": one.replaces, "reason": one.reason, "annulled_why": one.annulled_why, "invented": bool(one.said["invented"]),
        "made_at": one.made_at, "answered_at": one.answered_at,
    }  # fmt: skip


def _whole(one: ResultRow) -> dict[str, Any]:
    edition = next(of.code for of in standings() if of.id == one.edition_id)
    whole = runs(*queries.place_of(one.level, one.area))
    names = {row["entry"]: row["name"] for row in one.said["rows"]}
    firms = any(row["subject"] == "employer" for row in one.said["rows"])
    open_rows = whole or not firms
    return _told(one, edition) | {
        "criteria": list(one.said["criteria"]), "weights": list(one.said["weights"]),
        "places": [_place(row, open_rows) for row in one.said["rows"] if open_rows or row["honoured"]],
        "bands": [[names[entry] for entry in band] for band in one.said["bands"]] if open_rows else [],
    }  # fmt: skip


def _place(row: Any, whole: bool) -> dict[str, Any]:
    return {
        "name": row["name"], "code": row["code"], "place": row["place"], "honoured": row["honoured"],
        "score": row["score"] if whole else None, "first": row["first"] if whole else None,
        "values": row["values"] if whole else [], "parts": row["parts"] if whole else [],
    }  # fmt: skip
