"""Which numbers are one person: merges move nothing, so reads follow them."""

from __future__ import annotations

from django.db import connection


def survivor(participant_id: int) -> int:
    """The number a participant goes on under, after merges; itself where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_survivor(%s)", [participant_id])
        return int(cursor.fetchone()[0])


def one_person(participant_id: int) -> list[int]:
    """All rows that are this person: their own and those merged with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM registry_one_person(%s)", [[participant_id]])
        return [row[0] for row in cursor.fetchall()]
