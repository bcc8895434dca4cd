"""Everybody and what ties them, as CSV for a count of the whole registry: keys, dates and kinds, no name and no number of a card.

Only for those who see everybody. Files are written once through; a nation does not fit in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from jamsostek.access.errors import not_yours
from jamsostek.access.scope import current

FILES = {
    "people": """SELECT id, sex, birth_date, regency_code, village_code, disability_type, registered_on, died_on
        FROM registry_participant""",
    "homes": """SELECT h.row_id, h.id, (h.was ->> 'regency_code')::int, (h.was ->> 'village_code')::bigint,
            (h.was ->> 'domicile_since')::date
        FROM registry_history h JOIN registry_participant p ON p.id = h.row_id AND p.domicile_since IS NOT NULL
        WHERE h.table_name = 'registry_participant'
        UNION ALL SELECT id, 9223372036854775807, regency_code, village_code, domicile_since
        FROM registry_participant WHERE domicile_since IS NOT NULL""",
    "merged": "SELECT source_id, registry_survivor(source_id) FROM registry_merge WHERE undone_at IS NULL",
    "jobs": """SELECT j.participant_id, j.segment, j.from_month, j.to_month, e.scale, e.kbli, e.kind,
            coalesce(u.regency_code, e.regency_code)
        FROM registry_employment j JOIN registry_employer e ON e.id = j.employer_id
            LEFT JOIN registry_employerunit u ON u.id = j.unit_id""",
    "covers": """SELECT c.id, coalesce(s.kind, 'self'), s.region_code, c.occupation
        FROM registry_cover c LEFT JOIN registry_sponsor s ON s.id = c.sponsor_id""",
    "placements": """SELECT l.id, a.regency_code FROM registry_placement l LEFT JOIN registry_employer a ON a.id = l.agency_id""",
}  # fmt: skip
"""What each file tells, in the order of its columns. Whether own cover counts is not here: `timeline.spells_of` says it."""


def copy_everybody(folder: Path) -> dict[str, Path]:
    """Writes the files into a folder, as of one moment where the transaction keeps one; raises `Refused`."""
    if not current().everyone:
        raise not_yours()
    found = {}
    for name, sql in FILES.items():
        found[name] = folder / f"{name}.csv"
        with (
            connection.cursor() as wrapped,
            connection.wrap_database_errors,  # Django wraps what it knows; COPY it does not
            wrapped.cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)") as rows,
            found[name].open("wb") as file,
        ):
            for part in rows:
                file.write(part)
    return found


def covered_otherwise(at_once: int) -> Iterator[list[int]]:
    """Participants with own, sponsored or migrant's cover, so many at once: those whose payers have to be asked about."""
    if not current().everyone:
        raise not_yours()
    sql = (
        "SELECT participant_id FROM (SELECT participant_id FROM registry_cover WHERE participant_id > %s"
        " UNION SELECT participant_id FROM registry_placement WHERE participant_id > %s) AS people ORDER BY 1 LIMIT %s"
    )
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [last, last, at_once])
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return
        yield ids
        last = ids[-1]
