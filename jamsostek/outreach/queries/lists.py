"""A decree's list as it is read and printed: by village, numbered, with its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from jamsostek.access.vault import SubjectKey
from jamsostek.core.nik import mask_nik
from jamsostek.outreach.models import Candidate, Decree, DecreeLine
from jamsostek.outreach.sealing import kept_key, nik_of
from jamsostek.registry import occupations
from jamsostek.registry.queries.places import names_within


@dataclass(frozen=True)
class Listed:
    """Somebody on a list. `nik` is whole: pages mask it, the enrolment file of the region does not."""

    candidate_id: int
    number: int
    village_code: int
    village: str
    name: str
    nik: str
    sex: str
    occupation: str
    from_month: int
    to_month: int
    rupiah: int
    state: str

    @property
    def masked(self) -> str:
        """The NIK as it may be hung up."""
        return mask_nik(self.nik) if self.nik else ""


def digest_of(rows: Sequence[Candidate], numbers: Sequence[tuple[int, int]]) -> str:
    """SHA-256 over who stands where: village, number, the NIK's blind index, months, rupiah; names are no part of it."""
    told = [
        [village, number, bytes(one.nik_index or b"").hex(), one.from_month, one.to_month, one.rupiah]
        for one, (village, number) in zip(rows, numbers, strict=True)
    ]
    return hashlib.sha256(json.dumps(sorted(told), separators=(",", ":")).encode()).hexdigest()


def listed(decree: Decree, village: int | None = None) -> list[Listed]:
    """Everybody on a list, by village and number; of one village where it is named. Names go with their register."""
    lines = DecreeLine.objects.filter(decree_id=decree.pk).select_related("candidate__person").order_by("village_code", "number")
    if village is not None:
        lines = lines.filter(village_code=village)
    rows = list(lines)
    keys = {register: kept_key(register) for register in {one.candidate.register_id for one in rows}}
    names = names_within(decree.programme.region_code).villages
    return list(_read(rows, keys, names))


def _read(rows: Sequence[DecreeLine], keys: dict[int, SubjectKey | None], names: dict[int, str]) -> Iterator[Listed]:
    for line in rows:
        one, person = line.candidate, line.candidate.person
        kind = occupations.BY_KEY.get(one.facts.get("occupation") or "")
        yield Listed(
            candidate_id=one.pk, number=line.number, village_code=line.village_code or 0,
            village=names.get(line.village_code or 0, ""), name=person.name if person else "",
            nik=nik_of(one, keys[one.register_id]), sex=(person.sex or "") if person else "",
            occupation=kind.title if kind else "", from_month=one.from_month or 0, to_month=one.to_month or 0, rupiah=one.rupiah,
            state=one.state,
        )  # fmt: skip


def villages_of(decree: Decree) -> list[tuple[int, int, int]]:
    """Each village of a list (0: not known) with its people and their rupiah."""
    rows = DecreeLine.objects.filter(decree_id=decree.pk).order_by("village_code").values_list("village_code")
    return [
        (code or 0, people, int(rupiah))
        for code, people, rupiah in rows.annotate(people=Count("candidate_id"), rupiah=Sum("candidate__rupiah"))
    ]
