"""What did we know on date D about month M?

A row is what it is since `recorded_at`; what it was before lies in `registry_history` with the time it held. Asking as
of a moment takes, for each row, the state in force then; rows made later were not known.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

TABLES = ("participant", "employment", "wage", "cover", "employer", "relative", "card", "placement")


def rows_as_of(table: str, moment: dt.datetime, *, where: str, value: int) -> list[dict[str, Any]]:
    """Rows of a table (`employment`, …) as known at a moment, for those whose column `where` is `value`."""
    if table not in TABLES or not where.isidentifier():
        raise ValueError(f"{table}.{where}")
    name = f"registry_{table}"
    sql = (
        f"SELECT to_jsonb(t) FROM {name} t WHERE t.{where} = %s AND t.recorded_at <= %s"  # noqa: S608
        " UNION ALL SELECT h.was FROM registry_history h WHERE h.table_name = %s AND (h.was ->> %s)::bigint = %s"
        " AND h.recorded_at <= %s AND h.superseded_at > %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value, moment, name, where, value, moment, moment])
        rows = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]
    return sorted(rows, key=lambda row: row["id"])


@dataclass(frozen=True)
class KnownMonth:
    """What was known at a moment about one person and month."""

    employments: tuple[dict[str, Any], ...]
    covers: tuple[dict[str, Any], ...]
    wages: dict[int, int]
    """Wage in rupiah by employment."""
    regency_code: int | None


def known(participant_id: int, month: int, moment: dt.datetime) -> KnownMonth:
    """Work, cover, wages and domicile of a person in a month (YYYYMM), as known at a moment."""

    def in_month(row: dict[str, Any]) -> bool:
        return bool(row["from_month"] <= month and (row["to_month"] is None or row["to_month"] >= month))

    employments = tuple(
        row for row in rows_as_of("employment", moment, where="participant_id", value=participant_id) if in_month(row)
    )
    covers = tuple(row for row in rows_as_of("cover", moment, where="participant_id", value=participant_id) if in_month(row))
    wages = {}
    for row in employments:
        paid = [w for w in rows_as_of("wage", moment, where="employment_id", value=row["id"]) if w["from_month"] <= month]
        if paid:
            wages[row["id"]] = max(paid, key=lambda w: w["from_month"])["wage_rupiah"]
    person = rows_as_of("participant", moment, where="id", value=participant_id)
    return KnownMonth(employments, covers, wages, person[0]["regency_code"] if person else None)


@dataclass(frozen=True)
class Change:
    """A change of a row: when, by whom, which of its columns; never what they were or became."""

    at: dt.datetime
    user_id: int | None
    columns: tuple[str, ...]


_INNER = frozenset({"recorded_at", "created_by", "created_xid", "name_key"})


def changes(participant_id: int) -> list[Change]:
    """What was changed of a person's own facts, the newest first. An index that changed is named for what it finds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.superseded_at, h.user_id, h.was, coalesce(lead(h.was) OVER (ORDER BY h.superseded_at, h.id), to_jsonb(p))"
            " FROM registry_history h JOIN registry_participant p ON p.id = h.row_id"
            " WHERE h.table_name = 'registry_participant' AND h.row_id = %s ORDER BY h.superseded_at, h.id",
            [participant_id],
        )
        rows = cursor.fetchall()
    return [Change(at, user, _differ(_read(was), _read(then))) for at, user, was, then in reversed(rows)]


def _read(told: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(told) if isinstance(told, str) else told
    return read


def _differ(was: dict[str, Any], then: dict[str, Any]) -> tuple[str, ...]:
    names = (name for name in was if name not in _INNER and was[name] != then.get(name))
    return tuple(name.replace("mother_index", "mother_name").removesuffix("_index") for name in names)
