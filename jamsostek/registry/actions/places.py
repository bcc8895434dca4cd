"""Offices, and contracts of migrant workers abroad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.regions import regency
from jamsostek.core.text import _
from jamsostek.registry.models import Office, Participant

OFFICE_KINDS = ("branch", "agent", "hospital")
ROUTES = ("agency", "individual")


@dataclass(frozen=True)
class Contract:
    """A migrant worker's contract: by an agency or on their own, in a country (ISO 3166, two letters), for so many months."""

    participant_id: int
    route: str
    country: str
    from_month: int
    months: int


def register_office(*, code: str, name: str, kind: str, regency_code: int, address: str = "", invented: bool = False) -> Office:
    """Registers a place of the carrier or its partners; the same code again changes it."""
    current().need(Can.IMPORT_REGIONS, Place(regency=regency_code))
    regency(regency_code)
    if kind not in OFFICE_KINDS:
        raise InputError(_("Jenis kantor tidak dikenal."), field="kind", value=kind, remedy=", ".join(OFFICE_KINDS))
    facts = {"name": name, "kind": kind, "regency_code": regency_code, "address": address, "invented": invented}
    office, _made = Office.objects.update_or_create(code=code, defaults=facts)
    audit.record("office.registered", "office", office.pk, fields=tuple(facts))
    return office


def place_abroad(*, contracts: Sequence[Contract]) -> None:
    """Records contracts of people who work abroad."""
    people = Participant.objects.in_bulk({one.participant_id for one in contracts})
    for one in contracts:
        person = people[one.participant_id]
        current().need(Can.REGISTER_PERSON, Place(regency=person.regency_code, participant=person.pk))
        if one.route not in ROUTES or not 1 <= one.months <= 60 or len(one.country) != 2:
            raise InputError(
                _("Kontrak pekerja migran tidak lengkap."),
                field="contract",
                remedy=_("Isi jalur, negara (dua huruf), bulan mulai, dan lama 1 sampai 60 bulan."),
            )
    insert_rows(
        "registry_placement",
        {
            "participant_id": ("bigint", [one.participant_id for one in contracts]),
            "route": ("text", [one.route for one in contracts]),
            "country": ("text", [one.country for one in contracts]),
            "contract_from": ("int", [one.from_month for one in contracts]),
            "contract_months": ("int", [one.months for one in contracts]),
            "created_by": ("bigint", [current().user_id] * len(contracts)),
        },
    )
    audit.record_many(audit.Entry("placement.recorded", "participant", one.participant_id, ("placement",)) for one in contracts)
