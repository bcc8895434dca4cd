"""Cover of people who work for themselves: paid by a sponsor, or by themselves."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam
from pydantic import StrictBool

from jamsostek.access import audit
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.access.scope import Place
from jamsostek.api.limits import REGISTRATION
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import Who, located, page, person_of, sponsor_of, who
from jamsostek.api.v1.shapes import In, Kpj, Line, Month, MonthOut, Out, Page, Query, Reason, Rupiah, SponsorNumber, text
from jamsostek.core.text import N_, _
from jamsostek.registry.actions import sponsors as actions
from jamsostek.registry.choices import Payer
from jamsostek.registry.models import Cover
from jamsostek.registry.queries import registers

covers = Resource("covers", N_("Perlindungan pekerja mandiri"))
NOT_FOUND = frozenset({404})


class Sector(StrEnum):
    """What the relief for transport workers tells apart."""

    TRANSPORT = "transport"
    OTHER = "other"


class CoverOut(Out):
    """A spell of cover."""

    kpj: str
    name: str
    payer: Payer
    sponsor: str | None
    occupation: str
    sector: str
    income_rupiah: int
    jht_member: bool
    from_month: MonthOut
    to_month: MonthOut | None


class CoverQuery(Query):
    """Those covered in a month; all spells when left out."""

    month: Month | None = None


class OwnCoverIn(In):
    """Cover from a month on."""

    from_month: Month
    income_rupiah: Rupiah
    occupation: text(80, 1)  # type: ignore[valid-type]
    to_month: Month | None = None
    sector: Sector = Sector.OTHER
    jht_member: StrictBool = False
    reason: Line = ""


class CoverIn(OwnCoverIn, Who):
    """Cover for somebody registered (`kpj`), or to be registered now (`person`)."""


class Covered(Out):
    """`covered`, or `already` where the same payer covers those months."""

    kpj: str | None
    registered: str
    status: str


class EndIn(In):
    """The last month of cover."""

    to_month: Month
    reason: Reason


class Ended(Out):
    """What was done to a cover."""

    kpj: str
    status: str


@covers.get(
    "/sponsors/{number}/covers", Page[CoverOut], title=N_("Yang dibayarkan iurannya"), needs=SIGNED_IN, problems=NOT_FOUND
)
def index(request: HttpRequest, number: SponsorNumber, query: QueryParam[CoverQuery]) -> Any:
    """Whom a sponsor covers in a month, or ever did."""
    sponsor = sponsor_of(number)
    return _listed(request, query, sponsor_id=sponsor.pk)


@covers.get(
    "/participants/{kpj}/covers", Page[CoverOut], title=N_("Perlindungan seorang peserta"), needs=SIGNED_IN, problems=NOT_FOUND
)
def of_person(request: HttpRequest, kpj: Kpj, query: QueryParam[CoverQuery]) -> Any:
    """A person's cover, by whoever pays, as far as it is in sight."""
    return _listed(request, query, participant_id=person_of(kpj).pk)


def _listed(request: HttpRequest, query: CoverQuery, **whose: int) -> Any:
    def rows(after: int, limit: int) -> list[Cover]:
        return registers.covers(month=query.month, after=after, limit=limit, **whose)

    found, following = page(request, query, rows, lambda one: one.pk)
    audit.looked([one.participant_id for one in found], ("name", "payer", "income_rupiah"), "API")
    return {"items": [_told(one) for one in found], "next": following}


def _told(one: Cover) -> dict[str, Any]:
    fields = ("payer", "occupation", "sector", "income_rupiah", "jht_member", "from_month", "to_month")
    return {
        **{name: getattr(one, name) for name in fields},
        "kpj": one.participant.kpj,
        "name": one.participant.name,
        "sponsor": one.sponsor.number if one.sponsor else None,
    }


@covers.post(
    "/sponsors/{number}/covers", Covered, status=201, title=N_("Bayarkan iuran seseorang"), needs=(Can.SPONSOR,),
    limits=(REGISTRATION,), problems=NOT_FOUND,
)  # fmt: skip
def create(request: HttpRequest, number: SponsorNumber, given: CoverIn, response: HttpResponse) -> Any:
    """Begins sponsored cover for somebody registered, or registers them in the same step."""
    sponsor = sponsor_of(number)
    village = sponsor.region_code if sponsor.region_code > 10**9 else None
    regency = sponsor.region_code // 1_000_000 if village else sponsor.region_code
    done = who(given, Place(sponsor=sponsor.pk, regency=regency, village=village), given.reason)
    [made] = actions.cover_by_sponsor(sponsor_id=sponsor.pk, people=[_covering(done.participant_id, given)], reason=given.reason)
    located(response, f"/sponsors/{number}/covers")
    return {"kpj": registers.kpj_in_sight(done.participant_id), "registered": done.status, "status": made.status}


@covers.post(
    "/participants/{kpj}/covers", Covered, status=201, title=N_("Mulai perlindungan mandiri"),
    needs=(Can.REGISTER_SELF, Can.REGISTER_PERSON), problems=NOT_FOUND,
)  # fmt: skip
def create_own(request: HttpRequest, kpj: Kpj, given: OwnCoverIn, response: HttpResponse) -> Any:
    """Begins cover that a person pays for themself; the person or an office may."""
    person = person_of(kpj)
    made = actions.cover_oneself(_covering(person.pk, given), reason=given.reason)
    located(response, f"/participants/{person.kpj}/covers")
    return {"kpj": person.kpj, "registered": "known", "status": made.status}


def _covering(participant_id: int, given: OwnCoverIn) -> actions.Covering:
    return actions.Covering(
        participant_id=participant_id,
        from_month=given.from_month,
        income_rupiah=given.income_rupiah,
        occupation=given.occupation,
        to_month=given.to_month,
        sector=str(given.sector),
        jht_member=given.jht_member,
    )


@covers.post(
    "/sponsors/{number}/covers/{kpj}/ending", Ended, title=N_("Akhiri pembayaran"), needs=(Can.SPONSOR,), problems=NOT_FOUND
)
def end(request: HttpRequest, number: SponsorNumber, kpj: Kpj, given: EndIn) -> Any:
    """Ends sponsored cover with a month."""
    return _end(kpj, sponsor_of(number).pk, given)


@covers.post(
    "/participants/{kpj}/covers/ending", Ended, title=N_("Akhiri perlindungan mandiri"),
    needs=(Can.REGISTER_SELF, Can.SPONSOR), problems=NOT_FOUND,
)  # fmt: skip
def end_own(request: HttpRequest, kpj: Kpj, given: EndIn) -> Any:
    """Ends cover that a person pays for themself."""
    return _end(kpj, None, given)


def _end(kpj: str, sponsor_id: int | None, given: EndIn) -> Any:
    person = person_of(kpj)
    found = registers.covers_by(person.pk, sponsor_id)
    if not found:
        raise unknown(_("Tidak ada perlindungan yang dapat diakhiri."))
    actions.end_cover(cover_id=found[0].pk, to_month=given.to_month, reason=given.reason)
    return {"kpj": person.kpj, "status": "ended"}
