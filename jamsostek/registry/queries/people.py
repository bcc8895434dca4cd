"""Finding and showing people. Lists show masked values; opening one is a look that needs a reason and is remembered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.models import SubjectKey
from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import current, regencies_below
from jamsostek.access.vault import Unreadable, blind_index, unwrap
from jamsostek.core.errors import InputError
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import _
from jamsostek.linkage.names import search_key
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.identity import phone_form
from jamsostek.registry.models import Participant, ParticipantSecret
from jamsostek.registry.queries.merged import survivor

FOUND_AT_MOST = 200
SECRETS = ("nik", "phone", "mother_name", "bank_account")


@dataclass(frozen=True)
class Found:
    """People in sight that a search found; `more` when there are more than `FOUND_AT_MOST`."""

    people: tuple[Participant, ...]
    more: bool = False
    how: str = "name"


def search(text: str, *, limit: int = FOUND_AT_MOST) -> Found:
    """By KPJ (11 digits), NIK (16), phone, or words of the name (the last may be unfinished). Nothing that was typed is kept."""
    digits = re.sub(r"[\s.\-+]", "", text)
    if re.fullmatch(r"\d{11}", digits) and not digits.startswith("0"):
        found = _follow(Participant.objects.filter(kpj=digits))
        if found.people:
            return found
    if re.fullmatch(r"\d{16}", digits):
        return _follow(Participant.objects.filter(nik_index=blind_index("nik", digits)), "nik")
    if re.fullmatch(r"\d{8,15}", digits):
        try:
            return _follow(Participant.objects.filter(phone_index=blind_index("phone", phone_form(digits))), "phone")
        except InputError:
            return Found((), how="phone")
    return _by_name(text, limit)


def _follow(rows: QuerySet[Participant], how: str = "kpj") -> Found:
    """What numbers found, merges followed."""
    ids = {survivor(row.pk) for row in rows[:FOUND_AT_MOST]}
    return Found(tuple(Participant.objects.filter(pk__in=ids)), how=how)


def _by_name(text: str, limit: int) -> Found:
    """People whose names have words beginning with each of those typed. Words meet in the index, people are read last."""
    words = sorted(set(search_key(text).split()), key=len, reverse=True)[:4]
    if not words or len(words[0]) < 2:
        return Found(())
    here = _only_regions()
    parameters: list[Any] = []
    for word in words:
        parameters += [word, word[:-1] + chr(ord(word[-1]) + 1), *([here] if here is not None else [])]
    each = " INTERSECT ".join([_WORD if here is None else _WORD_HERE] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT p.id FROM registry_participant p WHERE p.id IN ({each}) LIMIT %s", [*parameters, limit + 1])  # noqa: S608
        ids = [row[0] for row in cursor.fetchall()]
    rows = Participant.objects.filter(pk__in=ids[:limit]).order_by("name_key", "id")
    return Found(tuple(rows), more=len(ids) > limit)


_WORD = "SELECT participant_id FROM registry_nameword WHERE word >= %s AND word < %s"
_WORD_HERE = _WORD + " AND regency_code = ANY(%s)"


def _only_regions() -> list[int] | None:
    """The regencies a search may be narrowed to, where regions are all that is in sight: the index then skips the rest."""
    scope = current()
    others = any(scope.targets(kind) for kind in (Kind.EMPLOYER, Kind.SPONSOR, Kind.VILLAGE, Kind.SELF))
    if scope.everyone or others or Role.AGENT in scope.roles:
        return None
    return sorted({code for one in scope.targets(Kind.REGION) for code in regencies_below(one)}) or None


@dataclass(frozen=True)
class Masked:
    """A person's secret values as anyone in sight may see them."""

    nik: str
    phone: str
    mother_name: str
    bank: str


def masked(participant_ids: Sequence[int]) -> dict[int, Masked]:
    """Masked secrets of people in sight; what cannot be opened (erased) shows as "—"."""
    keys = dict(SubjectKey.objects.filter(pk__in=participant_ids).values_list("participant_id", "wrapped"))
    answers = {}
    for secret in ParticipantSecret.objects.filter(pk__in=participant_ids):
        opened = _open_all(secret, keys.get(secret.pk))
        account = opened["bank_account"]
        bank = f"{secret.bank_code} …{account[-3:]}" if account else "—"
        phone = opened["phone"]
        answers[secret.pk] = Masked(
            mask_nik(opened["nik"]) if opened["nik"] else "—",
            f"{phone[:3]} … {phone[-3:]}" if phone else "—",
            f"{opened['mother_name'][:1]}…" if opened["mother_name"] else "—",
            bank,
        )
    return answers


def opened(participant_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Secrets of many people whole, by field. Whoever takes them says why, and leaves it in each person's trail."""
    current().need(Can.SHOW_SECRET)
    keys = dict(SubjectKey.objects.filter(pk__in=participant_ids).values_list("participant_id", "wrapped"))
    rows = ParticipantSecret.objects.filter(pk__in=participant_ids)
    return {secret.pk: _open_all(secret, keys.get(secret.pk)) for secret in rows}


def _open_all(secret: ParticipantSecret, wrapped: bytes | memoryview | None) -> dict[str, str]:
    if wrapped is None:
        return dict.fromkeys(SECRETS, "")
    key = unwrap(f"participant:{secret.pk}", wrapped)
    opened = {}
    for name in SECRETS:
        sealed = getattr(secret, name)
        try:
            opened[name] = key.open(name, sealed) if sealed else ""
        except Unreadable:
            opened[name] = ""
    return opened


def show(*, participant_id: int, field: str, reason: str) -> str:
    """One secret value whole. Needs the right and a reason; the person will see who looked, when and why."""
    if field not in SECRETS:
        raise InputError(_("Data ini tidak ada."), field="field")
    person = get(participant_id)
    scope = current()
    if person.pk not in scope.own:
        scope.need(Can.SHOW_SECRET, place_of(person))
        if len(reason.strip()) < 5:
            raise InputError(
                _("Alasan melihat data ini belum diisi."), field="reason", remedy=_("Tulis untuk apa; peserta dapat membacanya.")
            )
        audit.looked([person.pk], (field,), reason.strip(), action="show")
    secret = ParticipantSecret.objects.get(pk=person.pk)
    key = SubjectKey.objects.get(pk=person.pk)
    return _open_all(secret, key.wrapped)[field]


def get(participant_id: int) -> Participant:
    """A person in sight; raises `Refused`, the same whether hidden or not there at all."""
    found = Participant.objects.filter(pk=participant_id).first()
    if found is None:
        raise not_yours(_("Peserta ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


def by_kpj(kpj: str) -> Participant:
    """A person in sight by number, merges followed; raises `Refused`."""
    found = Participant.objects.filter(kpj=kpj).first()
    if found is None:
        raise not_yours(_("Peserta ini tidak ada, atau di luar wilayah kerja Anda."))
    return get(survivor(found.pk))


@dataclass(frozen=True)
class Look:
    """One entry of a person's own trail: who did or saw what, in words for them."""

    at: dt.datetime
    actor: str
    action: str
    fields: tuple[str, ...]
    reason: str


def trail(participant_id: int, *, limit: int = 200, offset: int = 0) -> list[Look]:
    """Who did and saw what about a person, the newest first; for the person and for auditors (row rules)."""
    sql = """
        SELECT at, actor, action, fields, reason FROM access_auditentry
        WHERE subject_kind = 'participant' AND subject_id = %s ORDER BY id DESC LIMIT %s OFFSET %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [participant_id, limit, offset])
        rows = cursor.fetchall()
    return [Look(at, actor, action, tuple(filter(None, fields.split(","))), reason) for at, actor, action, fields, reason in rows]
