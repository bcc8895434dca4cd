"""Who the rows of a batch are, among those the registry knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from jamsostek.linkage.names import same_name, search_key
from jamsostek.registry.actions.people import match
from jamsostek.registry.actions.uploads.rows import Batch, same_person
from jamsostek.registry.actions.uploads.verdicts import Verdicts


@dataclass(frozen=True)
class Who:
    """Somebody a row names; `fresh` where this batch registered them."""

    participant_id: int
    died: bool
    fresh: bool = False


def by_number(batch: Batch, places: list[int], verdicts: Verdicts) -> dict[int, Who]:
    """Whom rows mean by KPJ, else by NIK; a KPJ of somebody else is answered with `kpj_differs`."""
    found = _by_kpj(batch, places, verdicts)
    left = [
        at
        for at in places
        if at not in found and batch.nik_indexes[at] is not None and batch.rows[at]["row"] not in verdicts.found
    ]
    known = match([index for at in left if (index := batch.nik_indexes[at]) is not None])
    for at in left:
        index = batch.nik_indexes[at]
        if index in known:
            found[at] = Who(*known[index])
    return found


def _by_kpj(batch: Batch, places: list[int], verdicts: Verdicts) -> dict[int, Who]:
    asked = [at for at in places if batch.rows[at]["kpj"]]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kpj, participant_id, name_key, birth_date, died FROM registry_by_kpj(%s)",
            [sorted({batch.rows[at]["kpj"] for at in asked})],
        )
        known = {kpj: rest for kpj, *rest in cursor.fetchall()}
    found = {}
    for at in asked:
        row = batch.rows[at]
        person, name_key, birth_date, died = known.get(row["kpj"], (None, "", None, False))
        if person is not None and same_person(row, name_key, birth_date):
            found[at] = Who(person, died)
        elif person is not None or row["nik"] is None:
            verdicts.say(row["row"], "kpj_differs" if person is not None else "not_found")
    return found


LIKE_ENOUGH = 0.7
"""Below this two names are of two people, unless one is part of the other (a name written short)."""


def names_differ(batch: Batch, people: dict[int, int], verdicts: Verdicts) -> set[int]:
    """Rows whose name is not that of the person their number leads to: told, and not to be written."""
    folds = names_of(list(people.values()))
    differ = {at for at, one in people.items() if not likely_same(batch.rows[at]["name"], folds.get(one, ""))}
    for at in differ:
        verdicts.say(batch.rows[at]["row"], "name_differs")
    return differ


def names_of(people: list[int]) -> dict[int, str]:
    """The folds of people's names, in sight or not; for comparison alone."""
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT participant_id, name_key FROM registry_names(%s)", [people])
        return dict(cursor.fetchall())


def likely_same(name: str | None, fold: str) -> bool:
    """Whether a name may be another spelling of a known one; no name given contradicts nothing."""
    if not name or not fold:
        return True
    words, known = set(search_key(name).split()), set(fold.split())
    return words <= known or known <= words or same_name(search_key(name), fold) >= LIKE_ENOUGH
