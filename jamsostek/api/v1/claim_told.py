"""What the operations on claims share: a claim within a caller's rights, what is told of it, and facts as they are sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.scope import current
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.calculations import _checked as checked_input
from jamsostek.api.v1.claim_shapes import SomeoneIn
from jamsostek.api.v1.common import conflicts, wrong
from jamsostek.claims.actions.parties import Someone, account_number
from jamsostek.claims.choices import KIN, KINDS, PAYOUTS, STATES, Kind, State, Waiting
from jamsostek.claims.computing import Part
from jamsostek.claims.facts import Known, Source, Spec, Unit
from jamsostek.claims.kinds import OF
from jamsostek.claims.kinds.scholarship import LEVELS
from jamsostek.claims.models import Claim, Decision, Document, Objection, Party
from jamsostek.claims.queries import cases, desk, filing, outside
from jamsostek.claims.queries.desk import PaidLine
from jamsostek.claims.queries.outside import Sight
from jamsostek.claims.queries.papers import Line
from jamsostek.claims.queries.payouts import starred
from jamsostek.claims.queries.tracking import Tracked
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.law import RULES
from jamsostek.law.documents import DOCUMENTS
from jamsostek.law.entitlement import Condition
from jamsostek.ledger.queries import number_words
from jamsostek.messages.limited import FileUnreadable

NOT_FOUND = frozenset({404})
CHILDREN = "children"
_RECORDS = {"injuries": "benefit.jkk.partial_disability", "years": "benefit.jp.indexed_wages"}
"""Lists of facts that are inputs of a rule, of the same name."""
_LOST = re.compile(r"[\x00\ud800-\udfff]")
_STEPS = ("state", "clock")
_OTHERS = ("approved_by", "decided_by")


# --- whose it is ------------------------------------------------------------------------------------------------------


def claim_of(number: str) -> Claim:
    """A claim that somebody may know of; a 404 for all others."""
    found = filing.in_sight(number)
    if found is None or not outside.listed(today=timezone.localdate()).filter(pk=found.pk).exists():
        raise unknown()
    return found


def read_by(number: str, *sights: Sight) -> Claim:
    """A claim that somebody reads that much of; a 404 for all others. That they looked is remembered."""
    claim = claim_of(number)
    if outside.sight_of(claim) not in sights:
        raise unknown()
    audit.looked([claim.participant_id], ("claim",), "API")
    return claim


def held_by(number: str) -> Claim:
    """A claim whoever acts goes on with: they filed it, it is about them, or it came from their desk. Raises `Refused`."""
    claim = claim_of(number)
    if not filing.holds(claim):
        raise Refused(_("Klaim ini bukan Anda yang mengajukan."))
    return claim


def held_or_worked_by(number: str) -> Claim:
    """A claim whoever acts goes on with, or, once it was sent, works on. Raises `Refused`."""
    claim = claim_of(number)
    if not filing.holds(claim) and (claim.state == State.DRAFT or not outside.works_on(claim)):
        raise Refused(_("Klaim ini bukan Anda yang mengajukan."))
    return claim


def party_of(claim: Claim, id: str) -> Party:
    """Somebody of a claim; a 404 for all others."""
    found = filing.party(claim, row_of("party", id))
    if found is None:
        raise unknown()
    return found


def document_of(claim: Claim, id: str) -> Document:
    """A paper of a claim that may be read; a 404 for all others."""
    pk = row_of("document", id)
    found = next((one for one in documents_read(claim) if one.pk == pk), None)
    if found is None:
        raise unknown()
    return found


def documents_read(claim: Claim) -> list[Document]:
    """The papers of a claim that whoever acts may see: a firm or a desk those they gave themselves."""
    rows = cases.documents_of(claim)
    if outside.sight_of(claim) == Sight.REPORTED:
        user = current().user_id
        return [one for one in rows if one.given_by is not None and one.given_by == user]
    return rows


@contextmanager
def steps() -> Iterator[None]:
    """Refusals as this API tells them: a step that has no turn is a conflict, one that is another person's is forbidden."""
    with conflicts():
        try:
            yield
        except Refused:
            raise
        except InputError as error:
            if error.field in _STEPS:
                raise Problem(409, error.message, error.remedy) from None
            if error.field in _OTHERS:
                raise Problem(403, error.message, error.remedy) from None
            raise


@contextmanager
def about_file() -> Iterator[None]:
    """What is wrong with a file is told at `file`."""
    try:
        yield
    except InputError as error:
        if isinstance(error, FileUnreadable) or not error.field:
            error.field = "file"
        raise


# --- as it is sent ----------------------------------------------------------------------------------------------------


def someone(given: SomeoneIn, **more: Any) -> Someone:
    """Somebody as the actions take them."""
    told = given.model_dump(exclude={"guardian", "relative", "guardian_party"})
    guardian = Someone(**given.guardian.model_dump(), kin="guardian") if given.guardian is not None else None
    return Someone(**told, guardian=guardian, relative_id=row_of("relative", given.relative) if given.relative else None, **more)


def values_of(claim: Claim, specs: Sequence[Spec], given: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of the JSON types their units take; what they mean is the action's to check."""
    by_name = {one.name: one for one in specs}
    found = {}
    for name, value in given.items():
        spec = by_name.get(name)
        if spec is None:
            raise wrong(name[:60], _("Fakta ini tidak ada pada jenis klaim ini."), _("Lihat GET /claim-kinds."))
        found[name] = value if value is None else _typed(claim, spec, value)
    return found


_TYPES: Mapping[Unit, type] = {
    Unit.DATE: str, Unit.CHOICE: str, Unit.TEXT: str, Unit.FLAG: bool, Unit.RUPIAH: int, Unit.COUNT: int, Unit.PPM: int,
    Unit.RECORDS: list,
}  # fmt: skip


def _typed(claim: Claim, spec: Spec, value: Any) -> Any:
    kind: Any = _TYPES[spec.unit]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        told = _("{name}: jenis isian ini lain dari yang diminta.").format(name=spec.name)
        raise wrong(spec.name, told, _("Satuannya {unit}; lihat GET /claim-kinds.").format(unit=str(spec.unit)))
    if isinstance(value, str) and _LOST.search(value):
        raise wrong(spec.name, _("Teks ini bukan Unicode yang sah."))
    if not isinstance(value, list):
        return value
    if spec.name == CHILDREN:
        return [_child(claim, one) for one in value]
    rule = RULES.get(_RECORDS.get(spec.name, ""))
    if rule is None:
        raise wrong(spec.name, _("Daftar ini diisi oleh catatan kami."))
    return checked_input(rule.input(spec.name), value)


def _child(claim: Claim, given: Any) -> dict[str, Any]:
    """A line of `children`: somebody of the claim, and how many years are left of each level of school."""
    told = given if isinstance(given, dict) and set(given) == {"party", "levels"} else {}
    party, levels = told.get("party"), told.get("levels")
    if not isinstance(party, str) or not isinstance(levels, dict) or not levels:
        example = '{"party": "…", "levels": {"primary": 3}}'
        raise wrong(CHILDREN, _("Setiap anak: party dan levels."), _("Tulis {example}.").format(example=example))
    for level, years in levels.items():
        if level not in LEVELS or type(years) is not int or not 1 <= years <= 10:
            remedy = _("Pilihan: {expected}.").format(expected=", ".join(LEVELS))
            raise wrong(CHILDREN, _("Jenjang atau banyaknya tahun tidak dikenal."), remedy)
    return {"party": party_of(claim, party).pk, "levels": levels}


# --- as it is told ----------------------------------------------------------------------------------------------------


def lines(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Claims in a list; that their people were looked at is remembered."""
    people, today = outside.people_of(claims), timezone.localdate()
    audit.looked([one.participant_id for one in claims], ("name", "claim"), "API")
    return [line(one, people, today) for one in claims]


def line(claim: Claim, people: Mapping[int, outside.Who], today: Any) -> dict[str, Any]:
    """A claim in a list."""
    who = people[claim.participant_id]
    fields = ("number", "kind", "channel", "state", "submitted_on", "due_on")
    sight = outside.sight_of(claim)
    return {
        **{name: getattr(claim, name) for name in fields},
        "title": _(KINDS[Kind(claim.kind)].title), "kpj": who.kpj, "name": who.name, "region_code": claim.regency_code,
        "state_text": _(STATES[State(claim.state)]), "waiting_for": Waiting(claim.waiting_for) if claim.waiting_for else None,
        "event_on": None if sight == Sight.THERE else claim.event_on, "place": claim.place,
        "days_left": desk.clock(claim, today).left, "reads": sight,
    }  # fmt: skip


def standing(told: Tracked) -> dict[str, Any]:
    """Where a claim stands."""
    stages = [{"title": one.title, "state": one.state, "on": one.on} for one in told.steps]
    return {"stages": stages, "acts": told.acts, "told": told.told, "due_on": told.due_on}


def facts(lines_: Sequence[cases.FactLine], *, stated_only: bool) -> list[dict[str, Any]]:
    """Facts as they hold; of a firm or a desk only what who files is asked for, as it was stated."""
    return [_fact(one, stated_only=stated_only) for one in lines_ if not stated_only or one.spec.of == "filer"]


def _fact(one: cases.FactLine, *, stated_only: bool) -> dict[str, Any]:
    spec, known = one.spec, one.known
    if known is not None and stated_only:
        own = known.value if known.source == Source.STATED else known.stated
        known = None if own is None else Known(own, Source.STATED)
    value, said = (None, None) if known is None else (known.value, known.stated)
    return {
        "name": spec.name, "title": _(spec.title), "value": _named(spec, value),
        "source": None if known is None else known.source,
        "text": "" if value is None else _text(spec, value), "stated": _named(spec, said), "required": spec.required,
        "unproven": one.unproven and not stated_only,
    }  # fmt: skip


def _named(spec: Spec, value: Any) -> Any:
    """A value in which somebody is named by reference, not by a number of ours."""
    if spec.name != CHILDREN or not isinstance(value, list):
        return value
    return [{**one, "party": reference("party", int(one["party"]))} if one.get("party") else one for one in value]


def _text(spec: Spec, value: Any) -> str:
    try:
        return cases.value_words(spec, value)
    except (KeyError, ValueError):  # a stated value that is no option any more
        return str(value)


def party(row: Party, *, reported: bool = False) -> dict[str, Any]:
    """Somebody of a claim; to a firm or a desk that `reported` it without the account, and to a hospital's without the name."""
    number = "" if reported else account_number(row)
    fields = ("name", "kin", "claimant", "beneficiary", "share", "birth_date", "account_note")
    return {
        **{name: getattr(row, name) for name in fields},
        "id": reference("party", row.pk), "kin_text": _(KIN[row.kin]),
        "guardian": reference("party", row.guardian_id) if row.guardian_id else None,
        "account": f"{row.account_bank} {starred(number)}" if number else "", "account_state": row.account_state,
    } | ({"name": outside.initials(row.name)} if reported and row.kin == "self" and row.claim.office_id else {})  # fmt: skip


def parties_read(claim: Claim, sight: Sight) -> list[Party]:
    """Those of a claim that whoever acts may see: a firm or a desk itself and the participant."""
    rows = filing.parties(claim)
    return (
        [one for one in rows if one.claimant or one.kin in ("employer", "facility", "self")] if sight == Sight.REPORTED else rows
    )


def document(row: Document) -> dict[str, Any]:
    """A paper that was given."""
    fields = ("kind", "state", "reason", "media", "bytes", "pages", "given_at")
    return {
        **{name: getattr(row, name) for name in fields},
        "id": reference("document", row.pk), "title": DOCUMENTS[row.kind].title_words if row.kind in DOCUMENTS else row.kind,
        "party": reference("party", row.party_id) if row.party_id else None,
    }  # fmt: skip


def paper(one: Line, seen: Collection[int]) -> dict[str, Any]:
    """A line of the checklist."""
    return {
        "kind": one.document, "title": one.title, "hint": one.hint, "article": one.article, "because": one.because,
        "state": one.state, "wanted": one.wanted, "any_of": one.any_of,
        "documents": [reference("document", row.pk) for row in one.given if row.pk in seen],
    }  # fmt: skip


def condition(one: Condition) -> dict[str, Any]:
    """A condition with its fact, its article and the way out."""
    return {
        "key": one.key, "title": one.title_words, "met": one.met, "fact": one.fact_words, "article": one.article_words,
        "remedy": one.remedy_words, "required": one.required, "grade": one.grade, "unsettled": one.unsettled, "other": one.other,
    }  # fmt: skip


def part(one: Part) -> dict[str, Any]:
    """A part of the benefit."""
    fields = ("month", "rupiah", "tax_rupiah", "before_rupiah", "once_rupiah", "held", "rule")
    readings = [
        {"name": told["name"], "option": told["option"], "interpretation": told["number"], "rupiah": told["rupiah"]}
        for told in one.readings
    ]  # fmt: skip
    return {
        **{name: getattr(one, name) for name in fields},
        "component": one.component.name.lower(), "title": cases.component_title(one.component), "recurs": one.recurs is not None,
        "readings": readings,
    }  # fmt: skip


def decision(one: Decision, users: Mapping[int, str]) -> dict[str, Any]:
    """What was proposed and decided; without names where `users` is empty."""
    fields = (
        "approve", "rupiah", "reason", "grounds", "needs_third", "proposed_on", "second_on", "second_agrees", "third_on",
        "third_agrees", "final",
    )  # fmt: skip
    names = {name: users.get(getattr(one, name) or 0, "") for name in ("proposed_by", "second_by", "third_by")}
    return {**{name: getattr(one, name) for name in fields}, **names}


def objection(one: Objection) -> dict[str, Any]:
    """What was said against a decision."""
    fields = ("level", "grounds", "filed_on", "decided_on", "upheld", "reason")
    return {**{name: getattr(one, name) for name in fields}, "id": reference("objection", one.pk)}


def paid(one: PaidLine) -> dict[str, Any]:
    """An amount owed or paid."""
    row = one.payout
    return {
        "component": one.component.name.lower(), "title": cases.component_title(one.component), "month": row.month,
        "to": one.party.name if one.party is not None else "", "gross_rupiah": row.gross_rupiah, "tax_rupiah": row.tax_rupiah,
        "net_rupiah": one.net_rupiah, "state": one.state.name.lower(), "state_text": _(PAYOUTS[one.state]), "due_on": row.due_on,
        "paid_on": row.paid_on, "group": number_words(row.group_id), "bank_reference": one.reference,
    }  # fmt: skip


def specs_of(claim: Claim) -> tuple[Spec, ...]:
    """Facts of a claim's kind."""
    return OF[Kind(claim.kind)].specs
