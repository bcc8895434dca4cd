"""Whose money somebody may see: their own, and at an office that of the people there. An employer sees nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import Held, Place, acting, current
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.merged import one_person


@contextmanager
def seeing(person: Participant) -> Iterator[list[int]]:
    """All numbers that are a person in sight, with the money of each shown; raises `Refused`.

    A number merged from another region is the same person's money: whoever may see the person sees it all, or they would see
    a balance that is none.
    """
    scope, ids = current(), one_person(person.pk)
    if not scope.own & set(ids) and not scope.may(Can.EDIT_PERSON, Place(regency=person.regency_code)):
        raise not_yours()
    shown = tuple(Held(Role.HEIR, Kind.SELF, one) for one in ids)  # a role that shows a person and may do nothing
    with acting(replace(scope, held=(*scope.held, *shown))):
        yield ids
