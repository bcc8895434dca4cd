"""Results as they stand, what was published, certificates and whether one holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jamsostek.access import signing
from jamsostek.access.audit import signed_by
from jamsostek.awards.models import Annulment, Certificate, Entry, Publication, Result, Snapshot
from jamsostek.core.text import N_

PURPOSE = "award"
"""Of the keys that certificates are signed with."""


class ResultState(StrEnum):
    """Where a result stands."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    REFUSED = "refused"
    REPLACED = "replaced"
    ANNULLED = "annulled"


RESULT_STATES: dict[str, str] = {
    "proposed": N_("Menunggu diputuskan"), "decided": N_("Diputuskan"), "refused": N_("Ditolak"),
    "replaced": N_("Diganti hasil yang lebih baru"), "annulled": N_("Dibatalkan"),
}  # fmt: skip


@dataclass(frozen=True)
class Contest:
    """Who competes with whom: a category at a level in an area, and how many compete there."""

    category: str
    level: str
    area: int
    entries: int


@dataclass(frozen=True)
class ResultRow:
    """A result with what it says (`awards.outcome`) and where it stands."""

    id: int
    code: str
    edition_id: int
    version: int
    category: str
    level: str
    area: int
    snapshot: int
    """The snapshot's number."""
    root: str
    said: Mapping[str, Any]
    digest: str
    state: ResultState
    replaces: str
    reason: str
    made_by: int | None
    made_at: dt.datetime
    answered_by: int | None
    answered_at: dt.datetime | None
    answer_reason: str
    annulments: tuple[Annulment, ...]

    @property
    def of(self) -> tuple[str, str, int]:
        """Its contest."""
        return self.category, self.level, self.area

    @property
    def annulled_why(self) -> str:
        """Why it was annulled; nothing where it was not."""
        return next((one.reason for one in self.annulments if _confirmed(one)), "")

    @property
    def asked(self) -> Annulment | None:
        """What waits for an answer whether it is annulled."""
        return next((one for one in self.annulments if getattr(one, "answer", None) is None), None)


def _confirmed(one: Annulment) -> bool:
    answer = getattr(one, "answer", None)
    return answer is not None and bool(answer.confirmed)


def results(
    edition_id: int, *, level: str | None = None, area: int | None = None, category: str | None = None
) -> list[ResultRow]:
    """All results of an edition that whoever looks may see, newest first."""
    rows = Result.objects.filter(edition_id=edition_id)
    for name, value in (("level", level), ("area", area), ("category", category)):
        rows = rows.filter(**{name: value}) if value is not None else rows
    return _rows(rows)


def result(code: str) -> ResultRow | None:
    """By its address; None where there is none, or whoever looks may not see it."""
    one = Result.objects.filter(code=code).first()
    if one is None:
        return None
    of = results(one.edition_id, level=one.level, area=one.area, category=one.category)
    return next(row for row in of if row.id == one.pk)


def standing(edition_id: int, category: str, level: str, area: int) -> ResultRow | None:
    """The result of a contest that stands, decided or not."""
    of = results(edition_id, level=level, area=area, category=category)
    return next((one for one in of if one.state in (ResultState.PROPOSED, ResultState.DECIDED)), None)


def decided(edition_id: int, *, level: str | None = None) -> list[ResultRow]:
    """Results that hold, by category, level and area in the order of the table."""
    found = [one for one in results(edition_id, level=level) if one.state == ResultState.DECIDED]
    return sorted(found, key=lambda one: (one.level, one.area, one.category))


def annulled(edition_id: int) -> list[ResultRow]:
    """The last result of each contest that was annulled while none that was decided stands, by level, area and category."""
    there: dict[tuple[str, str, int], ResultRow] = {}
    for one in results(edition_id):
        if one.state in (ResultState.DECIDED, ResultState.ANNULLED):
            there.setdefault(one.of, one)
    found = [one for one in there.values() if one.state == ResultState.ANNULLED]
    return sorted(found, key=lambda one: (one.level, one.area, one.category))


def _rows(rows: Iterable[Result]) -> list[ResultRow]:
    """With where each stands: as `awards_standing_result` says it. Rows are of whole contests."""
    found = list(rows.select_related("answer", "snapshot", "replaces"))  # type: ignore[attr-defined]
    asked: dict[int, list[Annulment]] = {}
    for one in Annulment.objects.filter(result__in=[row.pk for row in found]).select_related("answer").order_by("id"):
        asked.setdefault(one.result_id, []).append(one)
    ended = {row.pk: _ended(row, asked.get(row.pk, [])) for row in found}
    replaced = {row.replaces_id for row in found if ended[row.pk] != ResultState.REFUSED}
    standing_of: dict[tuple[int, str, str, int], int] = {}
    for row in sorted(found, key=lambda row: row.pk):
        if ended[row.pk] is None and row.pk not in replaced:
            standing_of[(row.edition_id, row.category, row.level, row.area)] = row.pk
    made = []
    for row in sorted(found, key=lambda row: -row.pk):
        here = standing_of.get((row.edition_id, row.category, row.level, row.area)) == row.pk
        live = ResultState.DECIDED if getattr(row, "answer", None) else ResultState.PROPOSED
        state = ended[row.pk] or (live if here else ResultState.REPLACED)
        made.append(_row(row, state, tuple(asked.get(row.pk, []))))
    return made


def _ended(row: Result, asked: list[Annulment]) -> ResultState | None:
    answer = getattr(row, "answer", None)
    if answer is not None and not answer.decided:
        return ResultState.REFUSED
    return ResultState.ANNULLED if any(_confirmed(one) for one in asked) else None


def _row(row: Result, state: ResultState, asked: tuple[Annulment, ...]) -> ResultRow:
    answer = getattr(row, "answer", None)
    return ResultRow(
        row.pk,
        row.code,
        row.edition_id,
        row.version,
        row.category,
        row.level,
        row.area,
        row.snapshot.number,
        row.root,
        json.loads(row.content),
        row.digest,
        state,
        row.replaces.code if row.replaces else "",
        row.reason,
        row.made_by,
        row.made_at,
        answer.by_id if answer else None,
        answer.at if answer else None,
        answer.reason if answer else "",
        asked,
    )


# --- contests and publications ---------------------------------------------------------------------------------------------


def contests(edition_id: int, *, level: str | None = None) -> list[Contest]:
    """Contests with at least one entry that was accepted and competes, by level, area and category."""
    rows = Entry.objects.filter(edition_id=edition_id, steps__step="accepted")
    rows = rows.exclude(steps__step__in=("refused", "withdrawn", "disqualified"))
    rows = rows.filter(level=level) if level is not None else rows
    counted: dict[tuple[str, int, str], int] = {}
    for category, at, area in rows.values_list("category", "level", "area"):
        counted[at, area, category] = counted.get((at, area, category), 0) + 1
    return [Contest(category, at, area, count) for (at, area, category), count in sorted(counted.items(), reverse=False)]


def place_of(level: str, area: int) -> tuple[str, int]:
    """What is published together: a province's contests, or all of the nation's."""
    return level, 0 if level == "nation" else area


def publications(edition_id: int) -> dict[tuple[str, int], Publication]:
    """What is published, by level and place."""
    return {(one.level, one.area): one for one in Publication.objects.filter(edition_id=edition_id)}


def final_snapshots(edition_id: int, level: str, version: int, after: dt.datetime | None = None) -> list[Snapshot]:
    """Final snapshots that a result can be computed from now, newest first; `after`: when the contest's marks were revealed."""
    rows = Snapshot.objects.filter(edition_id=edition_id, level=level, version=version, kind="final").order_by("-number")
    return list(rows if after is None else rows.filter(made_at__gt=after))


# --- certificates ------------------------------------------------------------------------------------------------------------


class Holds(StrEnum):
    """What checking a certificate came to."""

    VALID = "valid"
    REVOKED = "revoked"
    CHANGED = "changed"
    UNKNOWN = "unknown"


HOLDS: dict[str, str] = {
    "valid": N_("Sertifikat ini kami terbitkan dan berlaku."),
    "revoked": N_("Sertifikat ini kami terbitkan, tetapi dicabut: hasilnya dibatalkan."),
    "changed": N_("Catatan sertifikat ini tidak cocok dengan tanda tangannya. Jangan percaya isinya."),
    "unknown": N_("Kami tidak pernah menerbitkan sertifikat dengan kode ini."),
}


@dataclass(frozen=True)
class Checked:
    """A certificate and whether it holds. `says` is what was signed."""

    holds: Holds
    code: str
    certificate: Certificate | None = None
    says: Mapping[str, Any] | None = None
    why: str = ""
    """Why it was revoked."""


def certificates(result_ids: Iterable[int]) -> dict[tuple[int, str], Certificate]:
    """Certificates by result and entry code."""
    rows = Certificate.objects.filter(result_id__in=list(result_ids)).select_related("entry")
    return {(one.result_id, one.entry.code): one for one in rows}


def check(code: str, digest: str = "") -> Checked:
    """Whether a certificate is ours and holds; `digest` is what the paper says of its result, where it says one."""
    plain = "".join(code.split()).replace("-", "").upper()
    one = Certificate.objects.filter(code=plain).select_related("entry").first()
    if one is None:
        return Checked(Holds.UNKNOWN, plain)
    says = _says(one)
    row = next((row for row in results(one.entry.edition_id, level=one.entry.level) if row.id == one.result_id), None)
    if not whole(one) or row is None or says.get("result") != row.digest or (digest and not row.digest.startswith(digest)):
        return Checked(Holds.CHANGED, plain, one, says)
    if row.state == ResultState.ANNULLED:
        return Checked(Holds.REVOKED, plain, one, says, row.annulled_why)
    return Checked(Holds.VALID, plain, one, says)


def _says(one: Certificate) -> dict[str, Any]:
    found = json.loads(one.statement)
    return found if isinstance(found, dict) else {}


def whole(one: Certificate) -> bool:
    """Signed by us, and about the row it stands in."""
    try:
        public = signing.public(PURPOSE, one.key_id)
    except KeyError:
        return False
    says = _says(one)
    same = says.get("code") == one.code and says.get("number") == one.number and says.get("rank") == one.rank
    return same and says.get("entry") == one.entry.code and signed_by(public, one.statement.encode(), bytes(one.signature))
