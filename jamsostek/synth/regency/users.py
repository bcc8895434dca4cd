"""One demo person for every role, and what each may see."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from jamsostek.synth.regency.schema import table

USERNAMES = {
    "worker": "pekerja",
    "heir": "ahliwaris",
    "employer_clerk": "staf-perusahaan",
    "employer_approver": "pimpinan-perusahaan",
    "sponsor_clerk": "staf-sponsor",
    "sponsor_approver": "pimpinan-sponsor",
    "village_operator": "operator-desa",
    "agent": "agen",
    "branch_officer": "petugas-cabang",
    "branch_supervisor": "penyelia-cabang",
    "regional_viewer": "dinas-tenaga-kerja",
    "regional_officer": "petugas-daerah",
    "regional_head": "kepala-daerah",
    "head_office": "kantor-pusat",
    "ministry": "kementerian",
    "hospital_desk": "rumah-sakit",
    "actuary": "aktuaris",
    "researcher": "peneliti",
    "auditor": "auditor",
    "jury": "juri",
}
"""Every role with the name its demo person signs in with."""
NATION = 0
"""Target of a grant for the whole nation."""


@dataclass(frozen=True)
class Stage:
    """The numbers of who and what the demo people are, or may see."""

    worker: int
    worker_name: str
    heir_of: int
    heir: int
    heir_name: str
    employer: int
    sponsor: int
    village_code: int
    agent: int
    agent_person: int
    agent_name: str
    office: int
    regency: int
    staff_names: tuple[str, ...]
    """Names for those who are nobody in the tables."""


def users_table(stage: Stage) -> pa.Table:
    """The demo people in the order of the roles."""
    grants = {
        "worker": ("self", stage.worker),
        "heir": ("self", stage.heir_of),
        "employer_clerk": ("employer", stage.employer),
        "employer_approver": ("employer", stage.employer),
        "sponsor_clerk": ("sponsor", stage.sponsor),
        "sponsor_approver": ("sponsor", stage.sponsor),
        "village_operator": ("village", stage.village_code),
        "agent": ("agent", stage.agent),
        "branch_officer": ("office", stage.office),
        "branch_supervisor": ("office", stage.office),
        "regional_viewer": ("region", stage.regency),
        "regional_officer": ("region", stage.regency),
        "regional_head": ("region", stage.regency),
        "hospital_desk": ("region", stage.regency),
    }
    roles = list(USERNAMES)
    names = dict(zip(roles, stage.staff_names, strict=True))
    names |= {"worker": stage.worker_name, "heir": stage.heir_name, "agent": stage.agent_name}
    given = [grants.get(role, ("nation", NATION)) for role in roles]
    people = {"worker": stage.worker, "agent": stage.agent_person}
    return table(
        "users",
        {
            "username": list(USERNAMES.values()),
            "name": [names[role] for role in roles],
            "role": roles,
            "kind": [kind for kind, _ in given],
            "target": [target for _, target in given],
            "person": [people.get(role) for role in roles],
            "relative": [stage.heir if role == "heir" else None for role in roles],
        },
    )
