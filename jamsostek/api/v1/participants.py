"""People: finding, registering, changing, and what was known of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam

from jamsostek.access import audit
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.limits import NIK_LOOKUP, REGISTRATION, SHOW_SECRET
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.v1.common import employer_of, located, matched, page, person_of, register, sponsor_of, wrong
from jamsostek.api.v1.participant_shapes import (
    ChangeIn,
    DeathIn,
    Done,
    Found,
    KnownOut,
    KnownQuery,
    MergeIn,
    MonthQuery,
    NikIn,
    ParticipantLine,
    ParticipantOut,
    ParticipantQuery,
    ReasonIn,
    RegisteredOut,
    RegisterIn,
    SearchIn,
    ShowIn,
    Shown,
    TimelineOut,
)
from jamsostek.api.v1.shapes import (
    Kpj,
    Page,
)
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.registry.actions import changes, merging
from jamsostek.registry.choices import Degree, Disability, Sex
from jamsostek.registry.models import Participant
from jamsostek.registry.queries import known, merged, people, registers, timeline

participants = Resource("participants", N_("Para peserta"))
FIELDS = ("name", "birth_date", "regency_code")
WHOLE = (*FIELDS, "address", "nik", "phone", "mother_name", "bank_account")


def line(person: Participant, masked: people.Masked | None) -> dict[str, Any]:
    """A person in a list."""
    told = {name: getattr(person, name) for name in ParticipantLine.model_fields if name != "nik"}
    return {**told, "nik": masked.nik if masked else "—"}


def listed(found: list[Participant], reason: str) -> list[dict[str, Any]]:
    """People in a list; that they were looked at is remembered."""
    masked = people.masked([one.pk for one in found])
    audit.looked([one.pk for one in found], (*FIELDS, "nik"), reason)
    return [line(one, masked.get(one.pk)) for one in found]


@participants.get("/participants", Page[ParticipantLine], title=N_("Daftar peserta"), needs=SIGNED_IN, problems=frozenset({404}))
def index(request: HttpRequest, query: QueryParam[ParticipantQuery]) -> Any:
    """People in sight, in the order of registration; of an employer or sponsor those tied to it."""
    employer = employer_of(query.employer).pk if query.employer else None
    sponsor = sponsor_of(query.sponsor).pk if query.sponsor else None

    def rows(after: int, limit: int) -> list[Participant]:
        return registers.participants(
            after=after, limit=limit, regency_code=query.regency_code, employer_id=employer, sponsor_id=sponsor
        )

    found, following = page(request, query, rows, lambda one: one.pk)
    return {"items": listed(found, "API"), "next": following}


@participants.post("/participants/search", Found, title=N_("Cari peserta"), needs=SIGNED_IN, writes=False)
def search(request: HttpRequest, asked: SearchIn) -> Any:
    """By the beginning of each word of the name, by KPJ or by phone. For a NIK there is `lookup`."""
    if sum(sign.isdigit() for sign in asked.text) >= 16:
        raise wrong("text", _("Ini tampak seperti NIK."), _("Pakai POST /participants/lookup."))
    found = people.search(asked.text, limit=100)
    return {"items": listed(list(found.people)[:100], "API"), "more": found.more}


@participants.post(
    "/participants/lookup", ParticipantOut, title=N_("Cari satu NIK"), needs=SIGNED_IN, writes=False, limits=(NIK_LOOKUP,),
    problems=frozenset({404}),
)  # fmt: skip
def lookup(request: HttpRequest, asked: NikIn, response: HttpResponse) -> Any:
    """The person with exactly this NIK, in sight; a 404 for all others."""
    digits = "".join(sign for sign in asked.nik if sign in "0123456789")
    found = people.search(digits).people if len(digits) == 16 else ()
    if not found:
        raise unknown()
    return _whole(found[0], response)


@participants.post(
    "/participants", RegisteredOut, status=201, title=N_("Daftarkan peserta"), needs=(Can.REGISTER_PERSON,),
    limits=(REGISTRATION,),
)  # fmt: skip
def create(request: HttpRequest, given: RegisterIn, response: HttpResponse) -> Any:
    """Registers a person where an office, agent or village may. Employers and sponsors register with the work or cover."""
    done = register(given, None, given.reason)
    kpj = registers.kpj_in_sight(done.participant_id)
    located(response, f"/participants/{kpj}" if kpj else "/participants")
    return {"kpj": kpj, "status": done.status, "questions": done.asked}


@participants.get("/participants/{kpj}", ParticipantOut, title=N_("Seorang peserta"), needs=SIGNED_IN, problems=frozenset({404}))
def show(request: HttpRequest, kpj: Kpj, response: HttpResponse) -> Any:
    """One person by number, old numbers too; the ETag is what a change must name."""
    return _whole(person_of(kpj), response)


def _whole(person: Participant, response: HttpResponse) -> dict[str, Any]:
    masked = people.masked([person.pk]).get(person.pk)
    audit.looked([person.pk], WHOLE, "API")
    response.headers["ETag"] = f'"{registers.person_version(person.pk)}"'
    told = {name: getattr(person, name) for name in ParticipantOut.model_fields if hasattr(person, name)}
    return {
        **told,
        **line(person, masked),
        "phone": masked.phone if masked else "—",
        "mother_name": masked.mother_name if masked else "—",
        "bank_account": masked.bank if masked else "—",
        "other_numbers": registers.merged_numbers(person.pk),
    }


@participants.patch(
    "/participants/{kpj}", ParticipantOut, title=N_("Ubah data peserta"), needs=(Can.EDIT_PERSON, Can.REGISTER_SELF),
    problems=frozenset({404}),
)  # fmt: skip
def change(request: HttpRequest, kpj: Kpj, given: ChangeIn, response: HttpResponse) -> Any:
    """Offices change everything, a person their own phone, address, account and disability."""
    person = person_of(kpj)
    matched(request, registers.person_version(person.pk, hold=True))
    fields = given.model_dump(exclude_unset=True, exclude={"reason", "domicile_since"})
    empty = [name for name, value in fields.items() if value is None and name not in CLEARABLE]
    if empty:
        raise wrong(empty[0], _("Isian ini tidak dapat dikosongkan."))
    told = {name: str(value) if isinstance(value, (Sex, Disability, Degree)) else value for name, value in fields.items()}
    now = timezone.now()
    changed = changes.change_person(
        participant_id=person.pk, changes=told, today=timezone.localdate(now), now=now, reason=given.reason,
        moved_on=given.domicile_since,
    )  # fmt: skip
    changed.refresh_from_db()
    return _whole(changed, response)


CLEARABLE = frozenset({"nik", "village_code", "disability_type", "disability_degree"})


@participants.post(
    "/participants/{kpj}/show", Shown, title=N_("Buka satu data rahasia"), needs=(Can.SHOW_SECRET,), writes=False,
    limits=(SHOW_SECRET,), problems=frozenset({404}),
)  # fmt: skip
def reveal(request: HttpRequest, kpj: Kpj, asked: ShowIn) -> Any:
    """One secret value whole: nik, phone, mother_name or bank_account. The person sees who looked, when and why."""
    person = person_of(kpj)
    return {"field": asked.field, "value": people.show(participant_id=person.pk, field=asked.field, reason=asked.reason)}


@participants.post(
    "/participants/{kpj}/death", Done, title=N_("Catat kematian"), needs=(Can.RECORD_DEATH,), problems=frozenset({404})
)
def death(request: HttpRequest, kpj: Kpj, given: DeathIn) -> Any:
    """Open work and cover end with the month of the death."""
    person = person_of(kpj)
    changes.record_death(participant_id=person.pk, died_on=given.died_on, today=timezone.localdate(), reason=given.reason)
    return {"kpj": person.kpj, "status": "died"}


@participants.post(
    "/participants/{kpj}/merge", Done, title=N_("Gabungkan dua nomor"), needs=(Can.MERGE,), problems=frozenset({404})
)
def merge(request: HttpRequest, kpj: Kpj, given: MergeIn) -> Any:
    """Says that this number and another are one person; both go on working, and it can be taken back."""
    source, into = person_of(kpj), person_of(given.into)
    if source.pk == into.pk:
        raise wrong("into", _("Kedua nomor sudah menuju orang yang sama."))
    merging.merge(source_id=source.pk, into_id=into.pk, reason=given.reason)
    return {"kpj": into.kpj, "status": "merged"}


@participants.post(
    "/participants/{kpj}/unmerge", Done, title=N_("Batalkan penggabungan"), needs=(Can.MERGE,), problems=frozenset({404})
)
def unmerge(request: HttpRequest, kpj: Kpj, given: ReasonIn) -> Any:
    """Takes back the merge by which this number leads to another."""
    found = registers.active_merge(kpj)
    if found is None:
        raise unknown(_("Nomor ini tidak sedang digabungkan."))
    merging.unmerge(merge_id=found.pk, now=timezone.now(), reason=given.reason)
    return {"kpj": kpj, "status": "unmerged"}


@participants.get(
    "/participants/{kpj}/timeline", TimelineOut, title=N_("Masa perlindungan"), needs=SIGNED_IN, problems=frozenset({404})
)
def spells(request: HttpRequest, kpj: Kpj, query: QueryParam[MonthQuery]) -> Any:
    """Who paid for which months, and the months in which nobody did."""
    person = person_of(kpj)
    month = query.month or month_of(timezone.localdate())
    same = merged.one_person(person.pk)
    found = sorted(
        (spell for spells in timeline.spells_of(same, month).values() for spell in spells),
        key=lambda one: (one.to_month or 999912, one.from_month),
        reverse=True,
    )
    now = timeline.standings([person.pk], month).get(person.pk)
    audit.looked([person.pk], ("timeline",), "API")
    return {
        "month": month,
        "covered": now is not None,
        "programmes": now.programmes if now else (),
        "spells": found,
        "gaps": timeline.gaps(found, month),
    }


@participants.get(
    "/participants/{kpj}/known", KnownOut, title=N_("Apa yang diketahui pada suatu tanggal"), needs=SIGNED_IN,
    problems=frozenset({404}),
)  # fmt: skip
def known_then(request: HttpRequest, kpj: Kpj, query: QueryParam[KnownQuery]) -> Any:
    """What we knew at the end of a day about a month: later corrections are left out."""
    person = person_of(kpj)
    if query.known_on > timezone.localdate():
        raise wrong("known_on", _("Tanggal ini belum tiba."))
    moment = end_of(query.known_on)
    audit.looked([person.pk], ("timeline",), "API")
    return {
        **known_as_dict(known.known(person.pk, query.month, moment)),
        "month": query.month,
        "known_on": query.known_on,
    }


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day in Jakarta."""
    if day == dt.date.max:
        raise Problem(422, _("Tanggal ini belum tiba."))
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def known_as_dict(found: known.KnownMonth) -> dict[str, Any]:
    """What was known, by the names outside."""
    return {
        "regency_code": found.regency_code,
        "employments": [{**row, "wage_rupiah": found.wages.get(row["id"])} for row in found.employments],
        "covers": list(found.covers),
    }
