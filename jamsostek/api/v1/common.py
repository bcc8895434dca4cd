"""What the resources share: rows by their numbers, pages, versions, and people as they are sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.access.scope import Place
from jamsostek.api.problems import Problem, Wrong, unknown
from jamsostek.api.references import cursor, place_of
from jamsostek.api.v1.shapes import Day, In, Kpj, Line, Name, Query, RegencyCode, VillageCode, text
from jamsostek.core.text import N_, _
from jamsostek.ledger.errors import LedgerRefused
from jamsostek.registry.actions.people import KNOWN, Registered, register_person
from jamsostek.registry.choices import Degree, Disability, Sex, Via
from jamsostek.registry.identity import Person, check
from jamsostek.registry.models import Employer, Participant, Sponsor
from jamsostek.registry.queries import people, registers

ANY_FILE = "application/octet-stream"
"""What files of people are answered as: nothing opens them by itself."""
Row = TypeVar("Row")
Item = TypeVar("Item", bound=Model)


def person_of(kpj: str) -> Participant:
    """A person in sight; a 404 for all others."""
    try:
        return people.by_kpj(kpj)
    except Refused:
        raise unknown() from None


def employer_of(npp: str) -> Employer:
    """An employer in sight; a 404 for all others."""
    try:
        return registers.employer_by_npp(npp)
    except Refused:
        raise unknown() from None


def sponsor_of(number: str) -> Sponsor:
    """A sponsor in sight; a 404 for all others."""
    try:
        return registers.sponsor_by_number(number)
    except Refused:
        raise unknown() from None


def payers_in_sight(employers: Collection[int], sponsors: Collection[int] = ()) -> dict[tuple[str, int], dict[str, str]]:
    """Kind, public number and name of payers in sight, by kind and id."""
    found = {
        ("employer", one.pk): {"payer": "employer", "number": one.npp, "name": one.name}
        for one in Employer.objects.filter(pk__in=employers)
    }
    return found | {
        ("sponsor", one.pk): {"payer": "sponsor", "number": one.number, "name": one.name}
        for one in Sponsor.objects.filter(pk__in=sponsors)
    }


def page(
    request: HttpRequest, query: Query, rows: Callable[[Any, int], Sequence[Row]], key: Callable[[Row], Any], first: Any = 0
) -> tuple[list[Row], str | None]:
    """One part of a list and the cursor of the next, which holds for this address and filters; `rows(after, limit)` reads."""
    filters = query.model_dump(exclude={"cursor", "limit"})
    listed = f"{request.path}?{sorted(filters.items())}:{request.scope.user_id}"  # type: ignore[attr-defined]
    place = place_of(listed, query.cursor)
    found = list(rows(place[0] if place else first, query.limit + 1))
    more = len(found) > query.limit
    found = found[: query.limit]
    return found, cursor(listed, [key(found[-1])]) if more else None


def newest(request: HttpRequest, query: Query, whole: QuerySet[Item]) -> tuple[list[Item], str | None]:
    """One part of rows that are listed the newest first, and the cursor of the next."""

    def rows(before: int | None, limit: int) -> list[Item]:
        return list((whole if before is None else whole.filter(pk__lt=before))[:limit])

    return page(request, query, rows, lambda one: one.pk, first=None)


def matched(request: HttpRequest, version: str) -> None:
    """Refuses a change of a version that the caller has not seen."""
    given = [one.strip().removeprefix("W/").strip('"') for one in request.headers["If-Match"].split(",")]
    if version not in given:
        raise Problem(
            412, _("Data ini sudah diubah sejak Anda membacanya."), _("Baca lagi, bandingkan, lalu kirim dengan ETag yang baru.")
        )


def located(response: HttpResponse, path: str) -> None:
    """Says where the new thing is."""
    response.headers["Location"] = f"/api/v1{path}"


def as_file(content: bytes, name: str) -> HttpResponse:
    """A file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=ANY_FILE, headers=headers)


def wrong(field: str, message: str, remedy: str | None = None) -> Problem:
    """A refusal of one field."""
    return Problem(422, message, errors=(Wrong(field, message, None, remedy),))


@contextmanager
def conflicts() -> Iterator[None]:
    """What the books refuse contradicts what is written there, and is the mistake of no field: a 409."""
    try:
        yield
    except LedgerRefused as error:
        raise Problem(409, error.message, error.remedy) from None


# --- people as they are sent ------------------------------------------------------------------------------------------


class PersonIn(In):
    """A person to be registered, as on the identity card."""

    name: Name
    sex: Sex
    birth_date: Day
    regency_code: RegencyCode = Field(description=N_("Kode Kemendagri kabupaten atau kota tempat tinggal."))
    nik: text(25) | None = Field(None, description=N_("16 angka; hanya diterima di dalam isi permintaan."))  # type: ignore[valid-type]
    mother_name: text(120) = ""  # type: ignore[valid-type]
    birth_place: text(80) = ""  # type: ignore[valid-type]
    village_code: VillageCode | None = None
    address: Line = ""
    phone: text(30) = ""  # type: ignore[valid-type]
    bank_code: text(60) = ""  # type: ignore[valid-type]
    bank_account: text(30) = ""  # type: ignore[valid-type]
    disability_type: Disability | None = None
    disability_degree: Degree | None = None

    def person(self) -> Person:
        """As the registry takes it."""
        sent = self.model_dump(include=set(PersonIn.model_fields))
        return Person(**{name: _stored(value) for name, value in sent.items()})


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, (Sex, Disability, Degree)) else value


class Who(In):
    """Somebody registered (`kpj`), or to be registered now (`person`): exactly one of the two."""

    kpj: Kpj | None = None
    person: PersonIn | None = None


def register(person: PersonIn, place: Place | None, reason: str) -> Registered:
    """Registers one person through the API, or finds them by their NIK."""
    today = timezone.localdate()
    done = register_person(check(person.person(), today=today), via=Via.API, today=today, place=place, reason=reason)
    if done.died:
        raise Problem(409, _("Orang ini tercatat sudah meninggal."), _("Periksa NIK, atau hubungi kantor cabang."))
    return done


def who(given: Who, place: Place, reason: str) -> Registered:
    """The person meant: found by number, or registered now."""
    if (given.kpj is None) == (given.person is None):
        raise wrong("kpj", _("Isi tepat satu dari kpj dan person."))
    if given.person is not None:
        return register(given.person, place, reason)
    return Registered(person_of(given.kpj or "").pk, KNOWN)
