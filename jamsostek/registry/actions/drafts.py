"""Registering oneself, question by question: what somebody has answered so far, sealed, and the one act that ends it.

A draft lies under a secret that only the person's browser has: the row is found by its blind index, and the answers open
with a key made of the secret and the house's master key, so neither the database nor the keys alone read them. A draft is
forgotten after two weeks; one that was finished keeps only the new number, for an hour.

There is nobody signed in yet, so the installation itself registers the visitor, inside `finish_registration` and nowhere
else. Cover that a person will pay themself is written as a declaration: it covers nothing until money has come
(`queries.timeline`).
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np
from django.db import IntegrityError, transaction

from jamsostek.access import audit
from jamsostek.access.actions.accounts import open_own_account
from jamsostek.access.actions.tickets import ACCOUNT, open_ticket
from jamsostek.access.models import User
from jamsostek.access.scope import acting, system_scope
from jamsostek.access.vault import blind_index, house_key
from jamsostek.core.dates import civil_from_days
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.nik import decode, parse_niks
from jamsostek.core.regions import REGENCIES, UnknownRegion, successor
from jamsostek.core.text import N_, _
from jamsostek.registry.actions.people import NEW, Registered, match, register_person
from jamsostek.registry.actions.sponsors import Covering, cover_oneself
from jamsostek.registry.choices import Sex, Via
from jamsostek.registry.identity import YOUNGEST, Person, Problems, age_on, check
from jamsostek.registry.models import Draft, Participant

KEPT = dt.timedelta(days=14)
SHOWN = dt.timedelta(hours=1)
"""How long the page with the new number can be opened again."""
ACTOR = N_("Pendaftaran mandiri")


@dataclass(frozen=True)
class Answers:
    """What was answered so far; None is not asked yet. Plain values, as they are kept in JSON."""

    name: str | None = None
    nik: str | None = None
    birth_date: str | None = None
    """YYYY-MM-DD."""
    sex: str | None = None
    mother_name: str | None = None
    at_home: bool | None = None
    """Whether they live in the regency their NIK names."""
    province_code: int | None = None
    regency_code: int | None = None
    district_code: int | None = None
    village_code: int | None = None
    address: str | None = None
    work: str | None = None
    occupation: str | None = None
    sector: str | None = None
    income_rupiah: int | None = None
    jht_member: bool | None = None
    phone: str | None = None
    bank_code: str | None = None
    bank_account: str | None = None
    disabled: bool | None = None
    disability_type: str | None = None
    disability_degree: str | None = None
    referral_code: str | None = None
    """Of an agent or a meeting, where the way here carried one; noted by whoever ends the registration."""


@dataclass(frozen=True)
class Finished:
    """What a registration came to. `user_id` is None where an office helps with signing in; `ticket` is its number."""

    participant_id: int
    kpj: str
    user_id: int | None = None
    username: str = ""
    ticket: str = ""


@dataclass(frozen=True)
class Begun:
    """A draft as its holder finds it; `finished` once it has become a registration."""

    answers: Answers
    expires_at: dt.datetime
    finished: Finished | None = None


class AlreadyRegistered(InputError):
    """The NIK is in the registry. Says nothing about whose it is."""

    def __init__(self) -> None:
        super().__init__(_("NIK ini sudah terdaftar."), field="nik", remedy=_("Masuk dengan akun yang ada, atau minta bantuan."))


# --- keeping answers --------------------------------------------------------------------------------------------------


def begin_draft(*, now: dt.datetime) -> str:
    """A new draft; returns the secret that opens it. Those whose time is over are forgotten on the way."""
    forget_drafts(now=now)
    secret = secrets.token_urlsafe(32)
    Draft.objects.create(secret_digest=_digest(secret), answers=_sealed(secret, Answers(), None), expires_at=now + KEPT)
    return secret


def find_draft(secret: str, *, now: dt.datetime) -> Begun | None:
    """The draft under a secret, None where there is none (any more)."""
    row = Draft.objects.filter(secret_digest=_digest(secret), expires_at__gt=now).first() if secret else None
    return _opened(secret, row) if row else None


def keep_answers(*, secret: str, changes: dict[str, Any], now: dt.datetime) -> Answers:
    """Adds answers to a draft and keeps it for two weeks more; one that is finished stays as it is. Raises `InputError`."""
    row = _held(secret, now)
    draft = _opened(secret, row)
    if draft.finished:
        return draft.answers
    answers = replace(draft.answers, **changes)
    row.answers, row.expires_at = _sealed(secret, answers, None), now + KEPT
    row.save(update_fields=["answers", "expires_at", "updated_at"])
    return answers


def delete_draft(*, secret: str) -> None:
    """Forgets a draft at its holder's wish."""
    Draft.objects.filter(secret_digest=_digest(secret)).delete()


def forget_drafts(*, now: dt.datetime) -> int:
    """Forgets drafts whose time is over; returns how many."""
    deleted, _kinds = Draft.objects.filter(expires_at__lte=now).delete()
    return deleted


def _held(secret: str, now: dt.datetime) -> Draft:
    row = Draft.objects.select_for_update().filter(secret_digest=_digest(secret), expires_at__gt=now).first()
    if row is None:
        raise InputError(_("Isian ini sudah dihapus, atau sudah lewat dua minggu."), remedy=_("Mulai lagi dari awal."))
    return row


def _digest(secret: str) -> bytes:
    return blind_index("draft", secret)


def _sealed(secret: str, answers: Answers, finished: Finished | None) -> bytes:
    told = {name: value for name, value in asdict(answers).items() if value is not None}
    return house_key(f"draft:{secret}").seal("answers", json.dumps([told, asdict(finished) if finished else None]))


def _opened(secret: str, row: Draft) -> Begun:
    told, finished = json.loads(house_key(f"draft:{secret}").open("answers", row.answers))
    known = {one.name for one in fields(Answers)}  # a question that is asked no more leaves its answer behind
    answers = Answers(**{name: value for name, value in told.items() if name in known})
    return Begun(answers, row.expires_at, Finished(**finished) if finished else None)


# --- checking answers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What a NIK says about its holder; the regency is that of its first issue, None where no map has it."""

    sex: str
    birth_date: dt.date
    regency_code: int | None


def read_nik(nik: str, today: dt.date) -> Told | None:
    """What a NIK says; of the centuries it leaves open, the one in which its holder can be at work. None for no NIK."""
    parts = decode(parse_niks([nik]), month_of(today))
    if not parts.valid[0]:
        return None
    year, month, day = (int(part[0]) for part in civil_from_days(np.array([int(parts.birth_day[0])])))
    if age_on(dt.date(year, month, day), today) < YOUNGEST and (month, day) != (2, 29):
        year -= 100
    try:
        regency = successor(int(parts.region_code[0]) // 100)
    except UnknownRegion:
        regency = None
    return Told(str(Sex.FEMALE if parts.is_female[0] else Sex.MALE), dt.date(year, month, day), regency)


def problems_of(answers: Answers, wanted: frozenset[str], today: dt.date) -> list[InputError]:
    """What is wrong with some of the answers, by the checks of every door; what is not answered yet counts as right."""
    try:
        check(_person(answers, today), today=today)
    except Problems as error:
        return [one for one in error.found if one.field in wanted]
    return []


def _person(answers: Answers, today: dt.date) -> Person:
    told = read_nik(answers.nik, today) if answers.nik else None
    birth_date = dt.date.fromisoformat(answers.birth_date) if answers.birth_date else told.birth_date if told else _thirty(today)
    return Person(
        name=answers.name if answers.name is not None else "-a-",
        sex=answers.sex or (told.sex if told else str(Sex.FEMALE)),
        birth_date=birth_date,
        regency_code=answers.regency_code or next(iter(REGENCIES)),
        nik=answers.nik or None,
        mother_name=answers.mother_name or "",
        village_code=answers.village_code or None,
        address=answers.address or "",
        phone=answers.phone or "",
        bank_code=answers.bank_code or "",
        bank_account=answers.bank_account or "",
        disability_type=answers.disability_type or None,
        disability_degree=answers.disability_degree or None,
    )


def _thirty(today: dt.date) -> dt.date:
    return dt.date(today.year - 30, 1, 1)


def is_known(nik: str) -> bool:
    """Whether a NIK is in the registry. Its holder finds in their trail that somebody tried to register with it."""
    found = match([blind_index("nik", nik)])
    for participant_id, _died in found.values():
        audit.record("registration.repeated", "participant", participant_id, fields=("nik",))
    return bool(found)


# --- the act ----------------------------------------------------------------------------------------------------------


def finish_registration(
    *, secret: str, username: str, password: str, language: str, today: dt.date, now: dt.datetime
) -> tuple[Finished, User | None]:
    """Registers whoever holds a draft, and opens their account; sent twice, it is done once.

    Without a password no account is opened and an office is asked to help. The user is given back the first time only.
    Raises `Problems` and `InputError`, `AlreadyRegistered` among them.
    """
    with acting(system_scope(ACTOR)):
        row = _held(secret, now)
        draft = _opened(secret, row)
        if draft.finished:
            return draft.finished, None
        done = _register(draft.answers, today)
        _declare(draft.answers, done.participant_id, today)
        kpj = Participant.objects.get(pk=done.participant_id).kpj
        finished, user = Finished(done.participant_id, kpj), None
        if password:
            user = open_own_account(
                username=username or kpj, password=password, name=draft.answers.name or "", participant_id=done.participant_id,
                month=month_of(today), language=language,
            )  # fmt: skip
            finished = replace(finished, user_id=user.pk, username=user.username)
        else:
            finished = replace(finished, ticket=_ask_for_account(draft.answers, kpj, now))
        row.answers, row.expires_at = _sealed(secret, Answers(), finished), now + SHOWN
        row.save(update_fields=["answers", "expires_at", "updated_at"])
        return finished, user


def _register(answers: Answers, today: dt.date) -> Registered:
    person = check(_person(_whole(answers), today), today=today)
    try:
        with transaction.atomic():
            done = register_person(person, via=Via.SELF, today=today)
    except IntegrityError:  # somebody registered this NIK in this very moment
        raise AlreadyRegistered from None
    if done.status != NEW:
        raise AlreadyRegistered
    return done


def _whole(answers: Answers) -> Answers:
    """The answers, if all that a registration needs are there."""
    needed = ("name", "nik", "birth_date", "sex", "mother_name", "regency_code", "occupation", "income_rupiah", "phone")
    if any(getattr(answers, name) in (None, "") for name in needed) or answers.jht_member is None:
        raise InputError(_("Masih ada pertanyaan yang belum dijawab."), remedy=_("Kembali dan jawab pertanyaannya."))
    return answers


def _declare(answers: Answers, participant_id: int, today: dt.date) -> None:
    cover_oneself(
        Covering(
            participant_id=participant_id,
            from_month=month_of(today),
            income_rupiah=answers.income_rupiah or 0,
            occupation=answers.occupation or "",
            sector=answers.sector or "other",
            jht_member=bool(answers.jht_member),
        )
    )


def _ask_for_account(answers: Answers, kpj: str, now: dt.datetime) -> str:
    told = _("Mendaftar sendiri dengan nomor peserta {kpj}; minta dibantu membuat akun.").format(kpj=kpj)
    return open_ticket(
        kind=ACCOUNT, who=answers.name or kpj, phone=answers.phone or "", regency_code=answers.regency_code or 0, told=told,
        now=now,
    )  # fmt: skip
