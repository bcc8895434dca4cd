"""The database's own rules on claims: who sees which rows under each role, and what it refuses whoever asks; by plain SQL."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from django.db import connection

from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, nobody, scope_of
from jamsostek.claims.personal import PERSONAL, PLAIN
from jamsostek.core import numbers
from tests import cast
from tests.access.worlds import HERE, THERE, VILLAGE_HERE

TODAY, MONTH = cast.TODAY, cast.MONTH
SIDE_A = {"own", "heirs", "firm", "told", "desk", "counter", "village", "agent", "code"}
UNDECIDED = {"small", "large"}
"""Claims with nothing but a decision that is under way, the second above the limit."""
SIDE_B = {"own_b", "firm_b", "desk_b", "counter_b", *UNDECIDED}
ALL, NONE = SIDE_A | SIDE_B, set[str]()
SEES: dict[str, tuple[set[str], set[str]]] = {
    Role.WORKER: ({"own"}, {"own"}),
    Role.HEIR: ({"heirs"}, {"heirs"}),
    Role.EMPLOYER_CLERK: ({"firm", "told"}, {"firm"}),
    Role.EMPLOYER_APPROVER: ({"firm", "told"}, NONE),
    Role.SPONSOR_CLERK: (NONE, NONE),
    Role.SPONSOR_APPROVER: (NONE, NONE),
    Role.VILLAGE_OPERATOR: ({"village"}, {"village"}),
    Role.AGENT: ({"agent"}, {"agent"}),
    Role.BRANCH_OFFICER: (SIDE_A, SIDE_A),
    Role.BRANCH_SUPERVISOR: (SIDE_A, SIDE_A),
    Role.REGIONAL_VIEWER: (NONE, NONE),
    Role.HEAD_OFFICE: (ALL, ALL),
    Role.MINISTRY: (NONE, NONE),
    Role.HOSPITAL_DESK: ({"desk"}, {"desk"}),
    Role.ACTUARY: (NONE, NONE),
    Role.RESEARCHER: (NONE, NONE),
    Role.AUDITOR: (ALL, ALL),
    Role.JURY: (NONE, NONE),
    "other_office": (SIDE_B, SIDE_B),
    "jury_of_region": (NONE, NONE),
}
"""Of whom a role sees the claim itself, and what is known, given, computed, decided and paid in it."""
NATION = {str(Role.HEAD_OFFICE), str(Role.AUDITOR)}
CARRIERS = ("claims_roll", "claims_batch", "claims_answer", "claims_debtor", "claims_growth")
"""Of no one claim: files and rolls of money."""


@dataclass
class World:
    """Claims of two sides, each with a row in every table; users by role."""

    database: Any
    claims: dict[str, int] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def numbers(self, names: set[str]) -> set[int]:
        """Ids of claims."""
        return {self.claims[name] for name in names}


@pytest.fixture(scope="module")
def world(module_db: Any) -> Iterator[World]:
    made = World(module_db)
    with cast.everyone():
        build(made)
    yield made


def build(world: World) -> None:
    from jamsostek.registry.models import Office

    firms = {"": cast.employer("PT Satu"), "_b": cast.employer("PT Dua", regency_code=THERE)}
    offices = {
        name: Office.objects.create(code=f"UJI{at}", name=name, kind="hospital", regency_code=HERE).pk
        for at, name in enumerate(("desk", "desk_b", "agent"))
    }
    people = {
        name: cast.participant(f"Orang {name.title()}", regency_code=HERE, village_code=VILLAGE_HERE).pk
        for name in ("own", "heirs", "mate", "other")
    }
    far = cast.participant("Orang Jauh", regency_code=THERE).pk
    cast.works(_person(people["mate"]), firms[""])
    _users(world, people, firms, offices)
    about = {
        "own": people["own"],
        "heirs": people["heirs"],
        "firm": people["mate"],
        "told": people["mate"],
        "desk": people["mate"],
    }
    filed = {
        "own": "worker", "heirs": "heir", "firm": "employer_clerk", "desk": "hospital_desk", "counter": "branch_officer",
        "village": "village_operator", "agent": "agent", "told": "branch_officer",
    }  # fmt: skip
    for at, name in enumerate(sorted(ALL - UNDECIDED)):
        regency, side = (THERE, "_b") if name in SIDE_B else (HERE, "")
        world.claims[name] = _claim(
            participant_id=far if side else about.get(name, people["other"]), regency_code=regency, channel="counter",
            employer_id=firms[side].pk if name.removesuffix("_b") in ("firm", "told") else None,
            office_id=offices.get(name), filed_by=world.users[filed[name]].pk if name in filed else None,
        )  # fmt: skip
        _fill(world, world.claims[name], regency, at)
    _undecided(world, far)


def _person(pk: int) -> Any:
    from jamsostek.registry.models import Participant

    return Participant.objects.get(pk=pk)


def _users(world: World, people: dict[str, int], firms: dict[str, Any], offices: dict[str, int]) -> None:
    held: dict[str, tuple[str, int]] = {
        "worker": ("self", people["own"]), "heir": ("self", people["heirs"]), "employer_clerk": ("employer", firms[""].pk),
        "employer_approver": ("employer", firms[""].pk), "sponsor_clerk": ("sponsor", 1), "sponsor_approver": ("sponsor", 1),
        "village_operator": ("village", VILLAGE_HERE), "agent": ("office", offices["agent"]),
        "hospital_desk": ("office", offices["desk"]),
    }  # fmt: skip
    held |= dict.fromkeys(("branch_officer", "branch_supervisor", "regional_viewer"), ("region", HERE))
    for role in Role:
        world.users[role] = cast.user(role.replace("_", "."), role, *held.get(role, ("nation", 0)))
    world.users["other_office"] = cast.user("kantor.lain", "branch_supervisor", "region", THERE)
    world.users["jury_of_region"] = cast.user("juri.daerah", "jury", "region", HERE)


def _claim(**given: Any) -> int:
    from jamsostek.claims.models import Claim

    made = Claim.objects.create(number=numbers.make("claim", os.urandom), kind="jkm", opened_on=TODAY, **given)
    Claim.objects.filter(pk=made.pk).update(
        state="submitted", submitted_on=TODAY, submitted_at=cast.NOW, checklist=[{"document": "application"}]
    )
    return int(made.pk)


def _decision(claim: int, rupiah: int) -> Any:
    from jamsostek.claims.models import Assessment, Decision

    made = Assessment.objects.create(
        claim_id=claim, number=1, law_digest="0", facts={}, conditions=[], components=[], outcome="entitled", rupiah=rupiah,
        because="uji",
    )  # fmt: skip
    return Decision.objects.create(
        claim_id=claim, assessment=made, approve=True, rupiah=rupiah, reason="sesuai aturan", needs_third=False, proposed_by=1,
        proposed_on=TODAY,
    )  # fmt: skip


def _fill(world: World, claim: int, regency: int, at: int) -> None:
    """A row of every table for one claim."""
    from jamsostek.claims import models as to

    party = to.Party.objects.create(claim_id=claim, claimant=True, beneficiary=True, kin="self", name="Seseorang")
    to.Fact.objects.create(claim_id=claim, name="died_on", value="2026-10-05", found=False)
    to.Document.objects.create(claim_id=claim, kind="x", digest=f"{at:064x}", media="image/jpeg", file_name="f", bytes=1)
    decision = _decision(claim, 1_000)
    to.Decision.objects.filter(pk=decision.pk).update(second_by=2, second_on=TODAY, second_agrees=True, final=True)
    to.Objection.objects.create(claim_id=claim, decision=decision, level="objection", grounds="keliru", filed_on=TODAY)
    to.Event.objects.create(claim_id=claim, kind="begun", on_date=TODAY, shown=True)
    right = to.Benefit.objects.create(
        claim_id=claim,
        decision=decision,
        party=party,
        component=40,
        fund="jp",
        regency_code=regency,
        rupiah=500,
        from_month=MONTH,
    )
    to.Change.objects.create(benefit=right, claim_id=claim, kind="begun", from_month=MONTH, was_rupiah=0, rupiah=500, because="x")
    proof = to.Proof.objects.create(benefit=right, claim_id=claim, kind="alive", month=MONTH, given_on=TODAY)
    to.ProofPaper.objects.create(proof=proof, claim_id=claim, digest=f"{at:064x}", media="image/jpeg", file_name="f", bytes=1)
    world.ids["right"] = right.pk
    _money(world, claim, party, decision, right, at)
    _trained(claim, party, regency, at)


def _money(world: World, claim: int, party: Any, decision: Any, right: Any, at: int) -> None:
    from jamsostek.claims import models as to
    from jamsostek.claims.actions.owing import open_month

    if "batch" not in world.ids:
        sums = {"law_digest": "0", "people": 1, "rupiah": 1, "trial": {}, "digest": b"0", "pay_on": TODAY}
        world.ids["roll"] = to.Roll.objects.create(kind="pension", month=MONTH, prepared_by=1, **sums).pk
        account = {"debtor_name": "BPJS", "debtor_bank": "BRI", "debtor_account": "1"}
        world.ids["batch"] = to.Batch.objects.create(
            fund="jkm", message_id="JS-1", pay_on=TODAY, count=1, rupiah=1, prepared_by=1, prepared_on=TODAY, **account
        ).pk
        to.Answer.objects.create(kind="camt.054", file_name="f", file_digest="0", counts={}, taken_on=TODAY)
        to.Growth.objects.create(year=2026, inflation_ppm=20_000, source="BPS", proposed_by=1, proposed_on=TODAY)
        to.Debtor.objects.create(fund="jkm", name="BPJS", bank="BRI", account="1")
        open_month(MONTH, 20)
    to.Payout.objects.create(
        month=MONTH, claim_id=claim, party_id=party.pk, component=20, fund="jkm", gross_rupiah=900, due_on=TODAY,
        decision_id=decision.pk, group_id=1, made_on=TODAY,
    )  # fmt: skip
    to.Transfer.objects.create(
        batch_id=world.ids["batch"], number=at + 1, month=MONTH, claim_id=claim, party_id=party.pk, component=20, rupiah=900,
        account_party_id=party.pk, account_name="S", account_bank="BRI", account_sealed=b"0",
    )  # fmt: skip
    to.Overpaid.objects.create(
        claim_id=claim, party=party, benefit=right, fund="jp", rupiah=5, because="x", group_id=1, made_on=TODAY
    )


def _trained(claim: int, party: Any, regency: int, at: int) -> None:
    from jamsostek.claims import models as to

    day = dt.date(2026, 1, 5)
    offer, _made = to.Training.objects.get_or_create(
        region_code=regency,
        defaults={
            "kind": "heirs_training", "title": "Kue", "title_en": "Cakes", "provider": "BLK", "starts_on": day, "ends_on": day,
            "sessions": 1, "capacity": 100, "cost_rupiah": 1, "sponsor_kind": "carrier", "state": "open", "made_on": day,
        },
    )  # fmt: skip
    row = to.Trainee.objects.create(
        training=offer, claim_id=claim, party=party, person_index=at.to_bytes(16), state="accepted", state_on=day, via="office",
        invited_on=day,
    )  # fmt: skip
    to.Trainee.objects.filter(pk=row.pk).update(state="attending")
    to.Attendance.objects.create(trainee=row, claim_id=claim, session=1, on_date=day, came=True)
    to.Trainee.objects.filter(pk=row.pk).update(state="finished", ended_on=day)
    to.TraineeOutcome.objects.create(trainee=row, claim_id=claim, month=3, working=True, business=False, told_on=TODAY)


def _undecided(world: World, participant_id: int) -> None:
    for name, rupiah in (("small", 1_000), ("large", 200_000_000)):
        world.claims[name] = _claim(participant_id=participant_id, regency_code=THERE, channel="counter")
        world.ids[name] = _decision(world.claims[name], rupiah).pk


def rows(sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def columns() -> dict[str, list[str]]:
    """All columns of the room's tables; the leaves of payouts are theirs."""
    found: dict[str, list[str]] = {}
    for table, column in rows(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind IN ('r', 'p')"
        " AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND c.relname LIKE 'claims\\_%' ORDER BY 1, a.attnum"
    ):
        found.setdefault(table, []).append(column)
    return found


def guarded() -> set[str]:
    """Tables of the room that have row rules."""
    return {row[0] for row in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relname LIKE 'claims\\_%'")}


def inner() -> list[str]:
    """Tables whose rows belong to a claim."""
    return [table for table, found in columns().items() if "claim_id" in found]


# --- what is declared ---------------------------------------------------------------------------------------------------


def test_every_column_of_claims_is_declared_personal_or_plain(world: World) -> None:
    for table, found in columns().items():
        declared = [*PERSONAL.get(table, {}), *PLAIN.get(table, ())]
        assert sorted(declared) == sorted(found), f"declare the columns of {table} in jamsostek/claims/personal.py"
    assert set(PERSONAL) | set(PLAIN) == set(columns()), "a table in personal.py that is not there"


def test_every_table_with_personal_columns_and_every_table_of_a_claim_has_row_rules(world: World) -> None:
    assert set(PERSONAL) <= guarded()
    assert set(inner()) | {"claims_claim"} <= guarded()
    assert set(columns()) - guarded() == {"claims_limit"}


def test_what_is_masked_is_kept_sealed(world: World) -> None:
    kinds = dict(
        rows("SELECT table_name || '.' || column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'")
    )
    masked = [f"{table}.{name}" for table, fields in PERSONAL.items() for name, shown in fields.items() if shown == "masked"]
    assert len(masked) == 4
    assert {kinds[name] for name in masked} == {"bytea"}


# --- who sees what ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["jamsostek_app", "jamsostek_reader"])
def test_without_a_scope_no_table_of_claims_shows_a_row(world: World, role: str) -> None:
    with world.database.connect(role, autocommit=True) as bare:
        for table in sorted(guarded()):
            assert bare.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_a_visitor_sees_no_row_but_those_of_the_claim_whose_code_they_hold(world: World) -> None:
    mine = world.claims["code"]
    for table in sorted(guarded()):
        with acting(nobody()):
            assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table
    with acting(nobody(claims=frozenset({mine}))):
        assert rows("SELECT id FROM claims_claim") == [(mine,)]
        for table in inner():
            assert {row[0] for row in rows(f"SELECT claim_id FROM {table}")} == {mine}, table
        for table in CARRIERS:
            assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table


@pytest.mark.parametrize("name", list(SEES))
def test_each_role_sees_the_claims_of_its_work_and_no_others(world: World, name: str) -> None:
    outer, within = SEES[name]
    with acting(scope_of(world.users[name], MONTH)):
        assert {row[0] for row in rows("SELECT id FROM claims_claim")} == world.numbers(outer)
        for table in inner():
            seen = {row[0] for row in rows(f"SELECT claim_id FROM {table}")}
            has = within - UNDECIDED if table not in ("claims_assessment", "claims_decision") else within
            assert seen == world.numbers(has), table
        for table in CARRIERS:
            assert rows(f"SELECT count(*) FROM {table}") == [(1 if name in NATION else 0,)], table
        regions = {THERE if one.endswith("_b") else HERE for one in within - UNDECIDED}
        assert {row[0] for row in rows("SELECT region_code FROM claims_training")} == regions


def test_a_row_out_of_sight_is_neither_changed_nor_added_to(world: World) -> None:
    hidden = world.claims["own_b"]
    add = "INSERT INTO claims_fact (claim_id, name, value, found) VALUES (%s, 'wage_rupiah', '1', true)"
    for name in ("worker", "heir", "employer_approver", "branch_officer", "hospital_desk", "regional_viewer"):
        with acting(scope_of(world.users[name], MONTH)), connection.cursor() as cursor:
            for table in ("claims_party", "claims_document", "claims_decision", "claims_payout", "claims_benefit"):
                cursor.execute(f"UPDATE {table} SET claim_id = claim_id WHERE claim_id = %s", [hidden])
                assert cursor.rowcount == 0, (name, table)
        with pytest.raises(Exception, match="row-level security"), acting(scope_of(world.users[name], MONTH)):
            rows(add + " RETURNING id", [hidden])


def test_a_leaf_of_payouts_is_reached_through_its_table_alone(world: World) -> None:
    for leaf in (f"claims_payout_{MONTH}", f"claims_payout_{MONTH}_single"):
        for role in ("jamsostek_app", "jamsostek_reader"):
            with world.database.connect(role) as bare, pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(f"SELECT count(*) FROM {leaf}")


# --- what is refused ----------------------------------------------------------------------------------------------------

NO_RIGHT, APPEND_ONLY = "42501", "23001"
BOTH = pytest.mark.parametrize("role", ["jamsostek_app", "jamsostek_owner"])
KEPT = (
    "fact", "assessment", "event", "change", "proofpaper", "answer", "limit", "debtor", "traineestep", "attendance",
    "traineeoutcome",
)  # fmt: skip
"""Never changed."""
STAYS = (
    "claim", "party", "document", "decision", "objection", "benefit", "proof", "payout", "transfer", "overpaid", "roll", "batch",
    "growth", "training", "trainee",
)  # fmt: skip
"""Never gone."""


def refused(world: World, role: str, name: str, *statements: str) -> None:
    """The last statement ends in the refusal of that name (or for want of any right)."""
    *before, last = statements
    with world.database.connect(role) as bare:
        bare.execute("SELECT set_config('jamsostek.all', '1', true), set_config('jamsostek.claims_all', '1', true)")
        for statement in before:
            bare.execute(statement)
        with pytest.raises(psycopg.Error) as told:
            bare.execute(last)
        bare.rollback()
    found = told.value.diag.constraint_name or told.value.sqlstate
    assert found in ((NO_RIGHT, APPEND_ONLY) if not name else (name,)), f"{last}: {told.value}"


@BOTH
def test_nothing_of_a_claim_is_deleted_or_emptied(world: World, role: str) -> None:
    assert {f"claims_{name}" for name in (*KEPT, *STAYS)} == set(columns())
    for name in (*KEPT, *STAYS):
        refused(world, role, "", f"DELETE FROM claims_{name}")
        refused(world, role, "", f"TRUNCATE claims_{name} CASCADE")


@BOTH
@pytest.mark.parametrize("name", KEPT)
def test_what_was_known_computed_and_said_is_never_changed(world: World, role: str, name: str) -> None:
    column = columns()[f"claims_{name}"][-1]
    refused(world, role, "", f"UPDATE claims_{name} SET {column} = {column}")


CHANGES = (
    ("claims_claim_same", "UPDATE claims_claim SET number = '000000000000' WHERE id = {own}"),
    ("claims_claim_same", "UPDATE claims_claim SET participant_id = participant_id + 1 WHERE id = {own}"),
    ("claims_claim_same", "UPDATE claims_claim SET kind = 'jkk' WHERE id = {own}"),
    ("claims_claim_frozen", "UPDATE claims_claim SET place = place - 1 WHERE id = {own}"),
    ("claims_claim_frozen", "UPDATE claims_claim SET submitted_on = submitted_on - 1 WHERE id = {own}"),
    ("claims_claim_frozen", "UPDATE claims_claim SET checklist = '[]' WHERE id = {own}"),
    ("claims_claim_step", "UPDATE claims_claim SET state = 'paid' WHERE id = {own}"),
    ("claims_claim_step", "UPDATE claims_claim SET state = 'approved' WHERE id = {own}"),
    ("claims_decision_once", "UPDATE claims_decision SET rupiah = rupiah + 1 WHERE claim_id = {own}"),
    ("claims_decision_once", "UPDATE claims_decision SET approve = false WHERE claim_id = {own}"),
    ("claims_decision_once", "UPDATE claims_decision SET second_by = 3 WHERE claim_id = {own}"),
    ("claims_decision_once", "UPDATE claims_decision SET final = NULL WHERE claim_id = {own}"),
    ("claims_payout_same", "UPDATE claims_payout SET gross_rupiah = gross_rupiah + 1 WHERE claim_id = {own}"),
    ("claims_payout_same", "UPDATE claims_payout SET tax_rupiah = 1 WHERE claim_id = {own}"),
    ("claims_payout_same", "UPDATE claims_payout SET due_on = due_on + 1 WHERE claim_id = {own}"),
    ("claims_payout_same", "UPDATE claims_payout SET fund = 'jkk' WHERE claim_id = {own}"),
    ("claims_payout_same", "UPDATE claims_payout SET party_id = party_id + 1 WHERE claim_id = {own}"),
    ("claims_payout_step", "UPDATE claims_payout SET state = 5, batch_id = {batch}, paid_on = now() WHERE claim_id = {own}"),
    ("claims_claim_clock", "UPDATE claims_claim SET due_on = '2099-01-01' WHERE id = {own}"),
    ("claims_document_same", "UPDATE claims_document SET digest = repeat('f', 64) WHERE claim_id = {own}"),
    ("claims_document_same", "UPDATE claims_document SET kind = 'y' WHERE claim_id = {own}"),
    ("claims_document_same", "UPDATE claims_document SET state = 'accepted' WHERE claim_id = {own}"),
    ("claims_objection_same", "UPDATE claims_objection SET grounds = 'lain' WHERE claim_id = {own}"),
    ("claims_objection_same", "UPDATE claims_objection SET decision_id = decision_id + 1 WHERE claim_id = {own}"),
    ("claims_benefit_same", "UPDATE claims_benefit SET party_id = party_id + 1 WHERE claim_id = {own}"),
    ("claims_benefit_same", "UPDATE claims_benefit SET from_month = 202001 WHERE claim_id = {own}"),
    ("claims_benefit_same", "UPDATE claims_benefit SET terms = '{{\"of\": \"x\"}}' WHERE claim_id = {own}"),
    ("claims_benefit_rupiah", "UPDATE claims_benefit SET rupiah = rupiah + 1 WHERE claim_id = {own}"),
    ("claims_proof_once", "UPDATE claims_proof SET month = month - 1 WHERE claim_id = {own}"),
    ("claims_proof_once", "UPDATE claims_proof SET rupiah = 5 WHERE claim_id = {own}"),
    ("claims_overpaid_same", "UPDATE claims_overpaid SET rupiah = rupiah + 1 WHERE claim_id = {own}"),
    ("claims_roll_same", "UPDATE claims_roll SET rupiah = rupiah + 1"),
    ("claims_roll_same", "UPDATE claims_roll SET digest = 'x'"),
    ("claims_roll_same", "UPDATE claims_roll SET prepared_by = 9"),
    ("claims_roll_step", "UPDATE claims_roll SET state = 'posted', posted_at = now()"),
    ("claims_batch_same", "UPDATE claims_batch SET debtor_name = 'x'"),
    ("claims_batch_same", "UPDATE claims_batch SET rupiah = rupiah + 1"),
    ("claims_batch_same", "UPDATE claims_batch SET debtor_account = '2'"),
    ("claims_batch_step", "UPDATE claims_batch SET state = 'answered', exported_at = now(), file_digest = 'x', approved_by = 2,"
     " approved_at = now()"),
    ("claims_transfer_step", "UPDATE claims_transfer SET rupiah = rupiah + 1"),
    ("claims_transfer_step", "UPDATE claims_transfer SET account_sealed = 'x'"),
)  # fmt: skip
AGAIN = (
    ("claims_benefit_same", "UPDATE claims_benefit SET state = 'ended', last_month = from_month WHERE claim_id = {own}",
     "UPDATE claims_benefit SET state = 'active', last_month = NULL WHERE claim_id = {own}"),
    ("claims_proof_once", "UPDATE claims_proof SET accepted = true, accepted_on = now() WHERE claim_id = {own}",
     "UPDATE claims_proof SET accepted = false WHERE claim_id = {own}"),
    ("claims_proofpaper_open", "UPDATE claims_proof SET accepted = true, accepted_on = now() WHERE claim_id = {own}",
     "INSERT INTO claims_proofpaper (proof_id, claim_id, digest, media, file_name, bytes)"
     " SELECT id, claim_id, repeat('f', 64), 'image/jpeg', 'x', 1 FROM claims_proof WHERE claim_id = {own}"),
    ("claims_overpaid_same", "UPDATE claims_overpaid SET recovered_rupiah = 3 WHERE claim_id = {own}",
     "UPDATE claims_overpaid SET recovered_rupiah = 2 WHERE claim_id = {own}"),
    ("claims_growth_once", "UPDATE claims_growth SET approved_by = 2, approved_on = now()",
     "UPDATE claims_growth SET inflation_ppm = 30000"),
    ("claims_document_same", "UPDATE claims_document SET state = 'removed' WHERE claim_id = {own}",
     "UPDATE claims_document SET state = 'given' WHERE claim_id = {own}"),
    ("claims_objection_once", "UPDATE claims_objection SET decided_by = 7, decided_on = now(), upheld = false, reason = 'x'"
     " WHERE claim_id = {own}", "UPDATE claims_objection SET upheld = true WHERE claim_id = {own}"),
)  # fmt: skip
"""What may be done once, and is not undone or done again."""
BEGUN = (
    ("claims_claim_begins", "claims_claim", {"number": "'999999999999'", "state": "'approved'"}),
    ("claims_claim_begins", "claims_claim", {"number": "'999999999999'", "state": "'draft'", "place": "1"}),
    ("claims_decision_begins", "claims_decision", {"second_by": "2", "second_on": "now()", "second_agrees": "true"}),
    ("claims_roll_begins", "claims_roll", {"state": "'approved'", "approved_by": "2", "approved_at": "now()"}),
    ("claims_batch_begins", "claims_batch", {"message_id": "'JS-9'", "state": "'approved'", "approved_by": "2",
                                             "approved_at": "now()"}),
    ("claims_growth_begins", "claims_growth", {"year": "2027", "approved_by": "2", "approved_on": "now()"}),
    ("claims_objection_begins", "claims_objection", {"decision_id": "{small}"}),
    ("claims_benefit_decided", "claims_benefit", {"component": "41", "decision_id": "{small}"}),
    ("claims_benefit_decided", "claims_benefit", {"component": "43", "follows_id": "{right}"}),
    ("payout_late", "claims_payout", {"component": "21", "fund": "'carrier'"}),
    ("payout_late", "claims_payout", {"component": "90"}),
)  # fmt: skip
"""Rows like one that is there, but for these columns: nothing comes into the world decided."""
SECOND = "second_by = {second}, second_on = now(), second_agrees = true"
THIRD = (
    f"UPDATE claims_decision SET {SECOND}, third_by = {{third}}, third_on = now(), third_agrees = true, final = true WHERE id = "
)
ALONE = (
    ("decision_by_two", f"UPDATE claims_decision SET {SECOND.format(second=1)} WHERE id = {{small}}"),
    ("decision_final", f"UPDATE claims_decision SET {SECOND.format(second=2)}, final = true WHERE id = {{large}}"),
    ("decision_by_three", THIRD.format(second=2, third=2) + "{large}"),
    ("decision_by_three", THIRD.format(second=2, third=1) + "{large}"),
    ("decision_third_whole", THIRD.format(second=2, third=3) + "{small}"),
    ("claims_decision_computed", "INSERT INTO claims_decision (claim_id, assessment_id, approve, rupiah, reason, needs_third,"
     " proposed_by, proposed_on) SELECT claim_id, assessment_id, true, rupiah + 1, 'x', false, 1, proposed_on"
     " FROM claims_decision WHERE claim_id = {own}"),
    ("claims_objection_by_another", "UPDATE claims_objection SET decided_by = 2, decided_on = now(), upheld = true,"
     " reason = 'x'"),
    ("party_account_by_two", "UPDATE claims_party SET account_sealed = 'x', account_index = 'x', account_state = 'verified',"
     " account_changed_by = 1, account_checked_by = 1, account_checked_on = now()"),
    ("party_account_checked", "UPDATE claims_party SET account_sealed = 'x', account_index = 'x', account_state = 'verified'"),
    ("roll_by_two", "UPDATE claims_roll SET state = 'approved', approved_by = 1, approved_at = now()"),
    ("roll_approved", "UPDATE claims_roll SET state = 'approved'"),
    ("growth_by_two", "UPDATE claims_growth SET approved_by = 1, approved_on = now()"),
    ("batch_by_two", "UPDATE claims_batch SET state = 'approved', approved_by = 1, approved_at = now()"),
    ("batch_approved", "UPDATE claims_batch SET state = 'approved'"),
    ("proof_by_two", "INSERT INTO claims_proof (benefit_id, claim_id, kind, month, given_by, given_on, accepted, accepted_by,"
     " accepted_on) SELECT benefit_id, claim_id, 'unfit', month, 1, given_on, true, 1, given_on FROM claims_proof"
     " WHERE claim_id = {own}"),
)  # fmt: skip


UNLIKE = {
    "claims_claim": ("submitted_on", "submitted_at", "checklist", "clock_from", "due_on"),
    "claims_decision": ("final", "third_by", "third_on", "third_agrees"),
    "claims_objection": ("decided_by", "decided_on", "upheld"),
}
"""What a copy leaves at its beginning."""


def told(world: World, statement: str) -> str:
    return statement.format(**{"own": world.claims["own"]} | world.ids)


@BOTH
def test_what_was_filed_decided_and_owed_does_not_change(world: World, role: str) -> None:
    for name, statement in CHANGES:
        refused(world, role, name, told(world, statement))


@BOTH
def test_what_was_done_once_is_not_undone(world: World, role: str) -> None:
    for name, first, again in AGAIN:
        refused(world, role, name, told(world, first), told(world, again))


@BOTH
def test_nothing_begins_as_decided(world: World, role: str) -> None:
    for name, table, other in BEGUN:
        own = {
            "claims_claim": "id",
            "claims_roll": "1 = 1 OR id",
            "claims_batch": "1 = 1 OR id",
            "claims_growth": "1 = 1 OR year",
        }
        left = [one for one in columns()[table] if one not in ("id", "place", *other) and one not in UNLIKE.get(table, ())]
        names, values = ", ".join((*left, *other)), ", ".join((*left, *other.values()))
        copy = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {own.get(table, 'claim_id')} = {{own}} LIMIT 1"
        refused(world, role, name, told(world, copy))


@BOTH
def test_nobody_decides_or_pays_alone(world: World, role: str) -> None:
    for name, statement in ALONE:
        refused(world, role, name, told(world, statement))


@BOTH
def test_a_decision_that_nobody_else_agreed_to_is_not_final(world: World, role: str) -> None:
    refused(world, role, "decision_final", told(world, "UPDATE claims_decision SET final = true WHERE id = {small}"))


@BOTH
def test_a_claim_is_approved_only_on_a_decision_that_stands(world: World, role: str) -> None:
    claim = world.claims["small"]
    proposed = f"UPDATE claims_claim SET state = 'proposed' WHERE id = {claim}"
    refused(world, role, "claims_claim_decided", proposed, f"UPDATE claims_claim SET state = 'approved' WHERE id = {claim}")
    refused(world, role, "claims_claim_decided", proposed, f"UPDATE claims_claim SET state = 'refused' WHERE id = {claim}")


@BOTH
def test_money_is_owed_within_a_decision_and_paid_when_the_bank_has_settled_it(world: World, role: str) -> None:
    more = (
        "INSERT INTO claims_payout (month, claim_id, party_id, component, fund, gross_rupiah, due_on, decision_id, group_id,"
        " made_on) SELECT month, claim_id, party_id, 21, fund, {rupiah}, due_on, {decision}, 1, made_on FROM claims_payout"
        " WHERE claim_id = {own}"
    )
    own = world.claims["own"]
    refused(world, role, "claims_payout_within", more.format(rupiah=101, decision="decision_id", own=own))
    refused(world, role, "claims_payout_decided", more.format(rupiah=1, decision=world.ids["small"], own=own))
    refused(world, role, "payout_of", more.format(rupiah=1, decision="NULL", own=own))
    begin = f"UPDATE claims_payout SET state = 3, batch_id = {world.ids['batch']} WHERE claim_id = {own}"
    sent = f"UPDATE claims_payout SET state = 4 WHERE claim_id = {own}"
    paid = f"UPDATE claims_payout SET state = 5, paid_on = current_date WHERE claim_id = {own}"
    refused(world, role, "claims_payout_settled", begin, sent, paid)
    taken = f"UPDATE claims_transfer SET outcome = 1 WHERE claim_id = {own}"
    refused(world, role, "claims_payout_settled", begin, sent, taken, paid)
    unknown = f"UPDATE claims_payout SET state = 3, batch_id = {world.ids['batch'] + 1} WHERE claim_id = {own}"
    refused(world, role, "claims_payout_settled", unknown)
