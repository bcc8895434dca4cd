"""Addresses and telephones of people tied to one sender alone: what "Timpa" may replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.vault import blind_index
from jamsostek.registry.models import Participant


@dataclass(frozen=True)
class Contact:
    """What a row says of where somebody is found; "" where it says nothing."""

    address: str
    phone: str


def replace_contacts(
    wanted: Mapping[int, Contact], *, employer_id: int = 0, sponsor_id: int = 0, reason: str = ""
) -> tuple[set[int], set[int]]:
    """Writes new addresses and telephones; returns whose changed, and whose may not be changed here."""
    told = {one: contact for one, contact in wanted.items() if contact.address or contact.phone}
    only_here = _only_here(told, employer_id, sponsor_id)
    rows = {p.pk: p for p in Participant.objects.filter(pk__in=only_here).only("address", "phone_index")}
    keys = audit.subject_keys(list(rows))
    addresses, phones = {}, {}
    for one, person in rows.items():
        contact = told[one]
        if contact.address and contact.address != person.address:
            addresses[one] = contact.address
        index = blind_index("phone", contact.phone) if contact.phone else None
        if index and one in keys and (person.phone_index is None or bytes(person.phone_index) != index):
            phones[one] = (index, keys[one].seal("phone", contact.phone))
    _write(addresses, phones)
    changed = set(addresses) | set(phones)
    audit.record_many(
        audit.Entry(
            "participant.changed", "participant", one, _fields(one, addresses, phones),
            audit.seal_values(keys[one], {name: getattr(told[one], name) for name in _fields(one, addresses, phones)})
            if one in keys else None,
            reason,
        )
        for one in sorted(changed)
    )  # fmt: skip
    return changed, set(told) - only_here


def _fields(one: int, addresses: Mapping[int, str], phones: Mapping[int, object]) -> tuple[str, ...]:
    return tuple(name for name, those in (("address", addresses), ("phone", phones)) if one in those)


def _only_here(people: Iterable[int], employer_id: int, sponsor_id: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_only_here(%s, %s, %s)", [list(people), employer_id, sponsor_id])
        return {row[0] for row in cursor.fetchall()}


def _write(addresses: Mapping[int, str], phones: Mapping[int, tuple[bytes, bytes]]) -> None:
    with connection.cursor() as cursor:
        if addresses:
            cursor.execute(
                "UPDATE registry_participant p SET address = g.address FROM unnest(%s::bigint[], %s::text[]) AS g (id, address)"
                " WHERE p.id = g.id",
                [list(addresses), list(addresses.values())],
            )
        if phones:
            indexes, sealed = zip(*phones.values(), strict=True)
            cursor.execute(
                "UPDATE registry_participant p SET phone_index = g.phone FROM unnest(%s::bigint[], %s::bytea[]) AS g (id, phone)"
                " WHERE p.id = g.id",
                [list(phones), list(indexes)],
            )
            cursor.execute(
                "UPDATE registry_participantsecret s SET phone = g.phone FROM unnest(%s::bigint[], %s::bytea[]) AS g (id, phone)"
                " WHERE s.participant_id = g.id",
                [list(phones), list(sealed)],
            )
