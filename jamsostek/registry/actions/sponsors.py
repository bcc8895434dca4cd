"""Sponsors, and cover for people who work for themselves: paid by themselves or by a sponsor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows, next_ids
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.text import _
from jamsostek.registry.actions.people import new_numbers
from jamsostek.registry.choices import Payer, SponsorKind
from jamsostek.registry.models import Cover, Participant, Sponsor

COVERED, ALREADY = "covered", "already"


@dataclass(frozen=True)
class Covering:
    """Cover for one person from a month on; with `to_month` for a time."""

    participant_id: int
    from_month: int
    income_rupiah: int
    occupation: str
    to_month: int | None = None
    sector: str = "other"
    jht_member: bool = False


@dataclass(frozen=True)
class Covered:
    """`covered`, or `already` where the same payer covers some of those months, with the months of the cover that is there."""

    cover_id: int
    status: str
    from_month: int
    to_month: int | None


def register_sponsor(*, name: str, kind: SponsorKind, region_code: int, today: dt.date) -> Sponsor:
    """Registers somebody who will pay for others."""
    regency = region_code if region_code < 10_000 else region_code // 1_000_000
    current().need(Can.REGISTER_SPONSOR, Place(regency=regency))
    if not name.strip():
        raise InputError(_("Nama pembayar iuran belum diisi."), field="name", remedy=_("Tulis nama lembaga atau orangnya."))
    (number,) = new_numbers("sponsor", 1)
    sponsor = Sponsor.objects.create(
        number=number,
        name=" ".join(name.split()),
        kind=str(kind),
        region_code=region_code,
        registered_on=today,
        created_by=current().user_id,
    )
    audit.record("sponsor.registered", "sponsor", sponsor.pk, fields=("name", "kind"))
    return sponsor


def cover_by_sponsor(
    *, sponsor_id: int, people: Sequence[Covering], reason: str = "", upload_id: int | None = None
) -> list[Covered]:
    """Begins sponsored cover, in order; people the sponsor covers in those months already are left as they are."""
    _payer(sponsor_id)
    return _begin(Payer.SPONSOR, sponsor_id, people, reason, upload_id)


def _payer(sponsor_id: int) -> Sponsor:
    """The sponsor, held for this transaction, where the right to sponsor is there."""
    sponsor = Sponsor.objects.select_for_update(no_key=True).filter(pk=sponsor_id).first()
    if sponsor is None:
        raise InputError(_("Pembayar iuran ini tidak ditemukan."), remedy=_("Periksa nomornya, atau hak akses Anda."))
    village = sponsor.region_code if sponsor.region_code > 10**9 else None
    regency = sponsor.region_code // 1_000_000 if village else sponsor.region_code
    current().need(Can.SPONSOR, Place(sponsor=sponsor.pk, regency=regency, village=village))
    return sponsor


def cover_oneself(covering: Covering, *, reason: str = "") -> Covered:
    """Begins cover that a person pays for themself; the person or an office may."""
    return cover_themselves([covering], reason=reason)[0]


def cover_themselves(coverings: Sequence[Covering], *, reason: str = "") -> list[Covered]:
    """As `cover_oneself`, for many people."""
    scope = current()
    people = (
        Participant.objects.select_for_update(no_key=True).filter(pk__in=[one.participant_id for one in coverings]).order_by("pk")
    )
    for person in people:
        place = Place(participant=person.pk, regency=person.regency_code, village=person.village_code)
        if not scope.may(Can.REGISTER_SELF, place):
            scope.need(Can.REGISTER_PERSON, place)
    return _begin(Payer.SELF, None, coverings, reason, None)


def _begin(payer: Payer, sponsor_id: int | None, people: Sequence[Covering], reason: str, upload_id: int | None) -> list[Covered]:
    for one in people:
        if one.to_month is not None and one.to_month < one.from_month:
            raise InputError(_("Perlindungan berakhir sebelum dimulai."), field="to_month", remedy=_("Periksa kedua bulannya."))
    there = _there(sponsor_id, people)
    fresh, seen = [], set()
    for at, one in enumerate(people):
        if one.participant_id not in there and one.participant_id not in seen:
            fresh.append(at)
            seen.add(one.participant_id)
    ids = dict(zip(fresh, _write(payer, sponsor_id, [people[at] for at in fresh], upload_id), strict=True))
    began = {
        people[at].participant_id: Covered(one, COVERED, people[at].from_month, people[at].to_month) for at, one in ids.items()
    }
    fields = ("payer", "from_month", "to_month", "occupation")
    audit.record_many(audit.Entry("cover.begun", "participant", people[at].participant_id, fields, None, reason) for at in fresh)
    return [
        began[p.participant_id] if at in ids else replace(there.get(p.participant_id) or began[p.participant_id], status=ALREADY)
        for at, p in enumerate(people)
    ]


def _there(sponsor_id: int | None, people: Sequence[Covering]) -> dict[int, Covered]:
    """Cover of the same payer in those months, the last of each person; of people out of sight too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM registry_cover_there(%s::bigint, %s::bigint[], %s::int[], %s::int[])",
            [sponsor_id, [p.participant_id for p in people], [p.from_month for p in people], [p.to_month for p in people]],
        )
        return {person: Covered(cover, ALREADY, first, last) for person, cover, first, last in cursor.fetchall()}


def _write(payer: Payer, sponsor_id: int | None, people: Sequence[Covering], upload_id: int | None) -> list[int]:
    ids = next_ids("registry_cover_id_seq", len(people)) if people else []
    count = len(people)
    insert_rows(
        "registry_cover",
        {
            "id": ("bigint", ids),
            "participant_id": ("bigint", [p.participant_id for p in people]),
            "payer": ("text", [str(payer)] * count),
            "sponsor_id": ("bigint", [sponsor_id] * count),
            "occupation": ("text", [p.occupation[:80] for p in people]),
            "sector": ("text", [p.sector for p in people]),
            "income_rupiah": ("bigint", [p.income_rupiah for p in people]),
            "jht_member": ("bool", [p.jht_member for p in people]),
            "from_month": ("int", [p.from_month for p in people]),
            "to_month": ("int", [p.to_month for p in people]),
            "upload_id": ("bigint", [upload_id] * count),
            "created_by": ("bigint", [current().user_id] * count),
        },
    )
    return ids


def end_cover(*, cover_id: int, to_month: int, reason: str) -> None:
    """Ends a spell of cover with a month, at the latest the one it ends with already: cover that goes on is a new spell."""
    cover = Cover.objects.select_related("sponsor", "participant").get(pk=cover_id)
    scope = current()
    place = Place(sponsor=cover.sponsor_id, participant=cover.participant_id, regency=cover.participant.regency_code)
    if cover.sponsor_id is None and scope.may(Can.REGISTER_SELF, place):
        pass
    else:
        scope.need(Can.SPONSOR, place)
    if to_month < cover.from_month:
        raise InputError(
            _("Perlindungan ini baru mulai {month}.").format(month=format_month(cover.from_month)),
            field="to_month",
            remedy=_("Pilih bulan itu atau sesudahnya."),
        )
    if cover.to_month is not None and to_month > cover.to_month:
        raise InputError(
            _("Perlindungan ini sudah berakhir dengan {month}.").format(month=format_month(cover.to_month)),
            field="to_month",
            remedy=_("Pilih bulan itu atau sebelumnya. Untuk melanjutkan, daftarkan perlindungan mulai bulan sesudahnya."),
        )
    cover.to_month = to_month
    cover.save(update_fields=["to_month"])
    audit.record("cover.ended", "participant", cover.participant_id, fields=("to_month",), reason=reason)


ENDED, NOT_FOUND, ALREADY_ENDED, BEFORE_STARTING = "ended", "not_found", "already_ended", "before_starting"


def end_covers(*, sponsor_id: int, people: Sequence[tuple[int, int]], reason: str = "") -> list[str]:
    """Ends sponsored cover of (participant, last month), in one statement; answers in order.

    `ended`, `not_found` (never covered by this sponsor), `already_ended` by then, `before_starting`.
    """
    _payer(sponsor_id)
    if not people:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_END, [[one for one, _month in people], [month for _one, month in people], sponsor_id])
        ended: dict[int, int] = dict(cursor.fetchall())
        cursor.execute(
            "SELECT same.asked, min(c.from_month) FROM registry_one_person(%s) same"
            " JOIN registry_cover c ON c.participant_id = same.person AND c.sponsor_id = %s GROUP BY 1",
            [[one for one, _month in people], sponsor_id],
        )
        began: dict[int, int] = dict(cursor.fetchall())
    audit.record_many(
        audit.Entry("cover.ended", "participant", one, ("to_month",), None, reason) for one in sorted(set(ended.values()))
    )
    return [
        ENDED if at in ended else NOT_FOUND if one not in began else BEFORE_STARTING if month < began[one] else ALREADY_ENDED
        for at, (one, month) in enumerate(people)
    ]


_END = """
    WITH given AS (
        SELECT DISTINCT ON (person) person, month, at - 1 AS at
        FROM unnest(%s::bigint[], %s::int[]) WITH ORDINALITY AS g (person, month, at) ORDER BY person, at
    ), found AS (
        SELECT given.at, given.month, c.id
        FROM given JOIN registry_one_person((SELECT array_agg(person) FROM given)) same ON same.asked = given.person
        JOIN registry_cover c ON c.participant_id = same.person
        WHERE c.sponsor_id = %s AND c.from_month <= given.month AND coalesce(c.to_month, 999912) > given.month
    )
    UPDATE registry_cover c SET to_month = found.month FROM found WHERE c.id = found.id RETURNING found.at, c.participant_id
"""
