"""Whose cards can be handed out in the villages of a decree: enrolled by it, still on it, covered this month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.outreach.models import Decree, DecreeLine
from jamsostek.registry.queries.lists import protected


@dataclass(frozen=True)
class Handed:
    """A village of a list (0: not known), how many of it are enrolled, and the first month that is paid for any of them."""

    village: int
    people: int
    from_month: int


def need_enrolled(decree: Decree) -> None:
    """Raises `Refused` where the region is another's, `InputError` before everybody of the list is enrolled."""
    current().need(Can.PLAN_MOVEMENT, Place(regency=decree.programme.region_code))
    if decree.state != "enrolled":
        raise InputError(
            _("Orang di lampiran ini belum didaftarkan, jadi belum ada kartunya."), field="state",
            remedy=_("Cetak kartunya sesudah lampirannya disetujui dan semua orangnya didaftarkan."),
        )  # fmt: skip


def villages_of(decree: Decree) -> list[Handed]:
    """Villages of a list with people who are enrolled by it, in the order of the list. Raises as `need_enrolled`."""
    need_enrolled(decree)
    rows = _enrolled(decree).order_by("village_code").values_list("village_code")
    told = rows.annotate(people=Count("candidate_id"), first=Min("candidate__from_month"))
    return [Handed(code or 0, people, first) for code, people, first in told]


def covered_of(decree: Decree, village: int, today: dt.date) -> list[int]:
    """Participants of a list in one village (0: not known) who are covered now, by their number. Raises as `need_enrolled`."""
    need_enrolled(decree)
    rows = _enrolled(decree).filter(village_code=village or None).order_by("number")
    people = [one for one in rows.values_list("candidate__participant_id", flat=True) if one is not None]
    with everything_in_sight():
        return protected(people, month_of(today))


def _enrolled(decree: Decree) -> QuerySet[DecreeLine]:
    return DecreeLine.objects.filter(decree_id=decree.pk, candidate__state="enrolled", candidate__participant_id__isnull=False)
