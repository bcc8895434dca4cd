"""One pair side by side: both records masked, each clue in words; the weight only for who has answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek.access import audit
from jamsostek.access.audit import Entry
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import _
from jamsostek.linkage import explain
from jamsostek.outreach.actions.linking.records import PARTICIPANTS
from jamsostek.outreach.models import Answer, Link, Person, Run
from jamsostek.outreach.sealing import key_of, opened
from jamsostek.registry.queries.linking import written_some

LOOKED = ("name", "birth_date", "birth_place", "village_code")
WHY = "pemadanan daftar"


@dataclass(frozen=True)
class Record:
    """One side as it may be shown: never a decile or an income. Numbers, telephone and the mother are masked."""

    name: str
    sex: str
    birth_date: dt.date | None
    birth_place: str
    village_code: int | None
    nik: str
    card: str
    mother: str
    phone: str
    nik_state: str = ""
    hamlet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Card:
    """A pair. `mine` is the newest answer of whoever looks; `seen` whether they ever gave one: then the weight is shown."""

    run: Run
    link: Link
    left: Record
    right: Record | None
    second: Record | None
    clues: list[explain.Clue]
    start: float
    mine: Answer | None
    seen: bool
    others: list[Answer]
    """The newest answers of the others."""


def card(run_id: int, person_id: int) -> Card:
    """A pair with what its records say; the look at each of them is kept in the trail. Raises `Refused`."""
    link = Link.objects.filter(run_id=run_id, person_id=person_id).first()
    if link is None:
        raise not_yours(_("Orang ini tidak ada, atau bukan di daerah Anda."))
    with everything_in_sight():  # a village sees its person, not the register; nobody of a region sees participants
        run = Run.objects.select_related("register", "against_register").get(pk=run_id)
        person = Person.objects.get(pk=person_id)
        about = {"region_code": run.register.region_code, "record_key": bytes(link.record_key), "member_key": link.member_key}
        said = list(Answer.objects.filter(**about).order_by("-pk"))
    _may_look(run, person, said)
    with everything_in_sight():
        left = _of_register([person])[person.pk]
        members = _members(run, [one for one in (link.member_id, link.second_id) if one is not None])
    _looked(run, person, list(members))
    me = current().user_id
    newest: dict[int | None, Answer] = {}
    for one in said:
        newest.setdefault(one.by, one)
    mine = newest.get(me)
    return Card(
        run, link, left, members.get(link.member_id or 0), members.get(link.second_id or 0), explain.clues(link.clues or {}),
        explain.start_bits(run.weights["prior"]) if run.weights else 0.0,
        mine if mine is not None and mine.answer != "withdrawn" else None, mine is not None,
        [one for by, one in newest.items() if by != me and one.answer != "withdrawn"],
    )  # fmt: skip


def _may_look(run: Run, person: Person, said: Sequence[Answer]) -> None:
    """Reviewers of the region; a village where it was asked."""
    scope = current()
    if scope.may(Can.REVIEW_LINK, Place(regency=run.register.region_code)):
        return
    asked = any(one.answer == "village" for one in said)
    if not (asked and person.village_code and scope.may(Can.SEE_MOVEMENT, Place(village=person.village_code))):
        raise not_yours(_("Orang ini tidak ada, atau bukan di daerah Anda."))


def _members(run: Run, ids: Sequence[int]) -> dict[int, Record]:
    if run.against != PARTICIPANTS:
        return _of_register(list(Person.objects.filter(pk__in=ids)))
    told = {}
    for row in written_some(ids).to_pylist():
        told[row["id"]] = Record(
            row["name"], (row["sex"] or "")[:1], row["birth_date"], row["birth_place"] or "", row["village_code"],
            _nik(row["nik"]), "", _initial(row["mother_name"]), _phone(row["phone"]),
        )  # fmt: skip
    return told


def _of_register(people: Sequence[Person]) -> dict[int, Record]:
    keys = {one.register_id: key_of(one.register) for one in people}
    told = {}
    for one in people:
        whole = opened(one, keys[one.register_id])
        told[one.pk] = Record(
            one.name, one.sex or "", one.birth_date, one.birth_place, one.village_code, _nik(whole["nik"]), _nik(whole["kk"]),
            _initial(whole["mother"]), _phone(whole["phone"]), one.nik_state, one.hamlet, one.row_number,
        )  # fmt: skip
    return told


def _looked(run: Run, person: Person, members: Sequence[int]) -> None:
    people = [person.pk, *(members if run.against != PARTICIPANTS else ())]
    entries = [Entry("look", "person", one, LOOKED, None, WHY) for one in people]
    audit.record_many(entries)
    if run.against == PARTICIPANTS and members:
        audit.looked(members, LOOKED, WHY)


def _nik(text: str | None) -> str:
    return mask_nik(text) if text else ""


def _initial(text: str | None) -> str:
    return f"{text[:1]}…" if text else ""


def _phone(text: str | None) -> str:
    return f"{text[:3]} … {text[-3:]}" if text else ""
