"""Registers as people look at them: what there is, what was found in them, what goes back, what is taken out."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import Place, current, regencies_below
from jamsostek.core.regions import PROVINCES, REGENCIES, successor
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.messages.register.files import Held
from jamsostek.messages.register.kinds import KINDS
from jamsostek.messages.register.looked import ColumnSeen, Looked
from jamsostek.messages.register.mapping import Mapping as Columns
from jamsostek.messages.register.problems import RegisterProblem
from jamsostek.messages.register.profile import Profile
from jamsostek.messages.register.returned import write_returned
from jamsostek.messages.tables.problems import SEVERITIES
from jamsostek.outreach.actions.registers.taking import LOOKED
from jamsostek.outreach.models import Mapping, Person, Problem, Register, Run
from jamsostek.outreach.sealing import key_of, opened

BATCH = 5_000


def listing() -> QuerySet[Register]:
    """Registers in sight, the newest first."""
    return Register.objects.order_by("-pk")


def get(number: int) -> Register:
    """A register by its number; the same refusal whether it is another's or none."""
    found = Register.objects.filter(number=number).first()
    if found is None:
        raise not_yours(_("Daftar ini tidak ada, atau bukan milik Anda."))
    return found


def regions() -> list[int]:
    """The regions whose registers whoever acts may bring in: provinces and regencies of today."""
    scope = current()
    if scope.movement_everywhere:
        return [*sorted(PROVINCES), *sorted(REGENCIES)]
    held = scope.movement_targets(Kind.REGION)
    mine = {successor(code) for target in held for code in regencies_below(target)} | {one for one in held if one < 100}
    return [code for code in sorted(mine) if scope.may(Can.IMPORT_REGISTER, Place(regency=code))]


# --- columns --------------------------------------------------------------------------------------------------------------


def looked(register: Register) -> Looked | None:
    """What was seen of a file that waits for its columns."""
    sealed = register.profile.get(LOOKED)
    if sealed is None or register.wrapped is None:
        return None
    told = json.loads(key_of(register).open(LOOKED, base64.b64decode(sealed)))
    columns = tuple(
        ColumnSeen(**{**one, "samples": tuple(one["samples"]), "fields": tuple(one["fields"])}) for one in told.pop("columns")
    )
    lists = {name: tuple(told.pop(name)) for name in ("sheets", "hidden_sheets")}
    return Looked(**told | lists | {"first": tuple(map(tuple, told["first"]))}, columns=columns)


def kept_mappings(fingerprint: str, region_code: int) -> list[Mapping]:
    """Decisions about files of the same titles: the region's own newest first, then what others share."""
    rows = Mapping.objects.filter(fingerprint=fingerprint).order_by("-pk")[:50]
    return sorted(rows, key=lambda one: (one.region_code != region_code, -one.pk))


def columns_from(kept: Mapping, seen: Looked) -> Columns:
    """A kept mapping for a file of the same titles, wherever its columns stand."""
    columns = Columns.from_json(json.dumps(kept.columns))
    return columns.for_titles([one.title for one in seen.columns], seen.header_row, seen.sheet)


# --- what was found --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Rows that are mended in one way."""

    kind: str
    severity: str
    title: str
    remedy: str
    count: int


def profile(register: Register) -> Profile | None:
    """The counts of a register; None before anything was read, and after it was deleted."""
    told = register.profile.get("profile")
    return None if told is None else Profile.from_json(json.dumps(told))


def groups(register: Register) -> list[Group]:
    """What is to be mended by kind: what keeps rows out first, then by how many."""
    found = []
    for name, count in register.kinds.items():
        kind = KINDS[name]
        found.append(Group(name, kind.severity, _(kind.problem), _(kind.remedy), count))
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), -one.count))


def problems(register: Register, kind: str, start: int, count: int) -> list[RegisterProblem]:
    """Some of the problems of one kind, in the order of the file."""
    rows = Problem.objects.filter(register_id=register.pk, kind=kind).order_by("number")[start : start + count]
    return [_told(register, one) for one in rows]


def _told(register: Register, one: Problem) -> RegisterProblem:
    return RegisterProblem(
        kind=one.kind, sheet=str(register.columns.get("sheet") or ""), row=one.row_number, column=one.column_letter,
        title=one.title, value_seen=one.value, detail=one.detail,
    )  # fmt: skip


def deciles(register: Register) -> list[tuple[Register, dict[str, int]]]:
    """Rows by decile of the registers of the same kind and region, the newest snapshot first."""
    same = Register.objects.filter(region_code=register.region_code, kind=register.kind, state="ready")
    newest = same.order_by("-snapshot_on", "-pk")[:12]
    told = [(one, found.deciles) for one in newest if (found := profile(one)) is not None]
    return [one for one in told if set(one[1]) - {"unknown"}]


def runs(register: Register) -> list[Run]:
    """What it was linked with, the newest first."""
    return list(Run.objects.filter(register_id=register.pk).select_related("against_register").order_by("-pk"))


def others(register: Register) -> list[Register]:
    """What it can be compared with."""
    same = Register.objects.filter(region_code=register.region_code, state="ready", deleted_reason="")
    return list(same.exclude(pk=register.pk).order_by("-pk"))


# --- out ---------------------------------------------------------------------------------------------------------------------


def write_mendable(register: Register, target: BinaryIO) -> int:
    """The sender's own rows that are refused or doubted, with what is wrong; how many. Raises `FileGone`."""
    rows = Problem.objects.filter(register_id=register.pk).order_by("number").iterator(BATCH)
    with files.opened(register.file_digest) as file:
        sent = Held(register.file_name, register.profile["file_kind"], file)
        columns = Columns.from_json(json.dumps(register.columns))
        return write_returned((_told(register, one) for one in rows), sent, columns, target, warnings=True)


EXPORTED = (
    "row_number", "name", "nik", "kk", "sex", "birth_date", "birth_place", "mother", "phone", "village_code", "hamlet",
    "relation", "decile", "occupation", "employment", "income_rupiah", "disability", "marital", "woman_head",
    "children_school", "is_asn", "death_hint", "moved_hint", "nik_state", "source_id",
)  # fmt: skip
"""What is taken out of a register, in this order."""


def people(register: Register, fields: Sequence[str] = EXPORTED) -> Iterator[list[Any]]:
    """Everybody of a register with everything that was put in, opened; for the region itself, which says why."""
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    key = key_of(register)
    last = 0
    while rows := list(Person.objects.filter(register_id=register.pk, row_number__gt=last).order_by("row_number")[:BATCH]):
        last = rows[-1].row_number
        for one in rows:
            told = opened(one, key)
            yield [told[name] if name in told else getattr(one, name) for name in fields]


def kept_for(register: Register, today: dt.date) -> int:
    """Days until it is deleted by itself."""
    return (register.keep_until - today).days
