"""What the database itself refuses about bills, by raw SQL, from the application's role and from the owner's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from payers import employed, listed, people

from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database

MONTH = 202610
BOTH = pytest.mark.parametrize("role", ["jamsostek_app", "jamsostek_owner"])


@dataclass
class World:
    """A database with two bills: an employer's, and a sponsor's of a run."""

    database: Database
    bill: Any
    part_bill: Any
    ids: list[int]

    def run(self, role: str, *statements: str) -> None:
        """Statements of one transaction that commits, in the scope of everybody's sight."""
        with self.database.connect(role) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT set_config('jamsostek.all', '1', true), set_config('jamsostek.user', '0', true)")
            for statement in statements:
                cursor.execute(statement)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def world(module_db: Database) -> Iterator[World]:
    from jamsostek.collection.actions import bills, month
    from jamsostek.collection.models import Bill

    with cast.everyone():
        firm, payer = cast.employer(), cast.sponsor(region_code=cast.LUMAJANG)
        ids = people(6)
        employed(firm, ids[:3], [5_000_000, 6_000_000, 7_000_000])
        listed(payer, ids[3:], 202601)
        bill = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        month.bill_region(month=MONTH, region=cast.LUMAJANG, today=cast.TODAY)
        part_bill = Bill.objects.get(sponsor_id=payer.pk)
    yield World(module_db, bill, part_bill, ids)


def refused(world: World, role: str, names: tuple[str, ...], *statements: str) -> None:
    """The statements end in one of these refusals (constraints, or no right at all)."""
    with pytest.raises(psycopg.Error) as told:
        world.run(role, *statements)
    named = told.value.diag.constraint_name or told.value.sqlstate
    assert named in names, f"{named}: {told.value}"


NO_RIGHT = "42501"
APPEND_ONLY = "23001"


@BOTH
@pytest.mark.parametrize("table", ["bill", "line", "code", "law", "void"])
def test_nothing_is_changed_deleted_or_emptied(world: World, role: str, table: str) -> None:
    columns = {"code": "bill_id", "line": "wage_rupiah", "law": "digest", "bill": "total_rupiah", "void": "reason"}
    name = columns[table]
    if table == "void":
        with pytest.raises(psycopg.Error):
            world.run(
                role, "INSERT INTO collection_void (bill_id, reason) VALUES (1, 'x')", "UPDATE collection_void SET reason = 'y'"
            )
        return
    for statement in (
        f"UPDATE collection_{table} SET {name} = {name}",
        f"DELETE FROM collection_{table}",
        f"TRUNCATE collection_{table} CASCADE",
    ):
        refused(world, role, (NO_RIGHT, APPEND_ONLY, "append_only", "P0001", "23001"), statement)


@BOTH
def test_leaves_of_months_are_guarded_like_their_tables(world: World, role: str) -> None:
    for leaf in (f"collection_line_{MONTH}_0", f"collection_line_{MONTH}_{world.part_bill.part}", f"collection_bill_{MONTH}"):
        for statement in (f"UPDATE {leaf} SET month = month", f"DELETE FROM {leaf}", f"TRUNCATE {leaf}"):
            refused(world, role, (NO_RIGHT, APPEND_ONLY, "P0001", "23001"), statement)


def copied(world: World, **changed: Any) -> str:
    """An INSERT of the employer's bill with some columns changed."""
    import json

    from jamsostek.collection.models import Bill

    row = {f.attname: getattr(world.bill, f.attname) for f in Bill._meta.concrete_fields if f.attname != "recorded_at"}
    row |= changed

    def said(value: Any) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, dict):
            return f"'{json.dumps(value)}'::jsonb"
        return str(value) if isinstance(value, int) else f"'{value}'"

    return f"INSERT INTO collection_bill ({', '.join(row)}) VALUES ({', '.join(map(said, row.values()))})"


def another(world: World, **changed: Any) -> str:
    """As `copied`, under an id of its own: the payer's next bill of the month, asked of nobody else, booked nowhere."""
    from jamsostek.collection.billing.writing import bill_id

    first = {
        "id": bill_id(MONTH, 1, world.bill.payer_id, 9), "sequence": 9, "kind": 2, "number": 1, "group_id": None,
        "jkk_rupiah": 0, "jkm_rupiah": 0, "jht_rupiah": 0, "jp_rupiah": 0, "total_rupiah": 0, "people": 0, "wage_rupiah": 0,
        "worker_rupiah": 0,
    }  # fmt: skip
    return copied(world, **{**first, **changed})


LINE = (
    "INSERT INTO collection_line (month, part, bill_id, participant_id, for_month, law_id, birth_date, flags, wage_rupiah,"
    " jkk_rupiah, jkm_rupiah, jht_employer_rupiah, jht_worker_rupiah, jp_employer_rupiah, jp_worker_rupiah)"
    " VALUES ({month}, {part}, {bill}, {person}, {month}, 1, '1990-01-01', 1, 1000000, {jkk}, 0, 0, 0, 0, 0)"
)


@BOTH
def test_a_bill_is_the_sum_of_its_lines(world: World, role: str) -> None:
    bill = world.bill.payer_id
    from jamsostek.collection.billing.writing import bill_id

    line = LINE.format(month=MONTH, part=0, bill=bill_id(MONTH, 1, bill, 9), person=world.ids[0], jkk=5_000)
    group = world.bill.group_id
    less = another(world, people=1, jkk_rupiah=4_999, total_rupiah=4_999, group_id=group)
    refused(world, role, ("collection_bill_sums",), another(world), line)
    refused(world, role, ("collection_bill_sums",), less, line)
    refused(world, role, ("collection_bill_sums",), another(world, jkk_rupiah=5_000, total_rupiah=5_000, group_id=group))
    refused(world, role, ("bill_sums",), another(world, jkk_rupiah=5_000))
    # What it asks is what it books; nothing is booked here.
    refused(world, role, ("bill_owed",), another(world, people=1, jkk_rupiah=5_000, total_rupiah=5_000), line)
    booked = another(world, people=1, jkk_rupiah=5_000, total_rupiah=5_000, group_id=group)
    refused(world, role, ("collection_bill_booked",), booked, line)


@BOTH
def test_lines_are_not_added_later_nor_to_another_month_or_part(world: World, role: str) -> None:
    late = {"month": MONTH, "person": 9_999_999, "jkk": 0}
    refused(world, role, ("collection_line_of_bill",), LINE.format(part=0, bill=world.bill.pk, **late))
    refused(world, role, ("collection_line_of_bill",), LINE.format(part=world.part_bill.part, bill=world.part_bill.pk, **late))
    refused(world, role, ("collection_line_of_bill",), LINE.format(part=0, bill=world.part_bill.pk, **late))
    refused(world, role, ("collection_line_of_bill",), LINE.format(part=0, bill=4711, **late))


@BOTH
def test_a_bill_of_a_part_outside_its_run(world: World, role: str) -> None:
    for part in (world.part_bill.part, 3999):
        refused(world, role, ("collection_part_open",), another(world, part=part))
    begun = (
        "INSERT INTO collection_part (month, part, regency_code, bills, lines, total_rupiah)"
        f" VALUES ({MONTH}, 3998, 3515, 1, 0, 0)"
    )
    refused(world, role, ("collection_part_attached",), begun)
    refused(world, role, ("collection_part_attached",), begun, another(world, part=3998))


@BOTH
def test_a_month_is_asked_for_once(world: World, role: str) -> None:
    refused(world, role, ("collection_month_claimed",), another(world, kind=1))
    if role == "jamsostek_app":
        claim = f"INSERT INTO collection_claim VALUES ({MONTH}, 1, {world.bill.payer_id}, 1)"
        refused(world, role, (NO_RIGHT,), claim)
        refused(world, role, (NO_RIGHT,), "UPDATE collection_claim SET bill_id = 1")
    refused(world, role, (NO_RIGHT, APPEND_ONLY, "P0001", "23001"), "DELETE FROM collection_claim")


@BOTH
def test_an_id_says_month_and_payer_and_nobody_makes_one_up(world: World, role: str) -> None:
    refused(world, role, ("bill_id_tells",), another(world, id=world.bill.pk + 1))
    refused(world, role, ("bill_payer",), another(world, sponsor_id=1))
    refused(world, role, (f"collection_bill_{MONTH}_pkey", "collection_bill_pkey"), copied(world))


def test_a_second_bill_by_the_action_is_told_with_the_first(world: World) -> None:
    from jamsostek.collection.actions import bills

    with cast.everyone(), pytest.raises(bills.AlreadyBilled) as told:
        bills.bill_employer(employer_id=world.bill.employer_id, month=MONTH, today=cast.TODAY)
    assert told.value.bill.pk == world.bill.pk
    with cast.everyone(), pytest.raises(bills.AlreadyBilled):
        bills.bill_sponsor(sponsor_id=world.part_bill.sponsor_id, month=MONTH, today=cast.TODAY)


def test_a_bill_taken_back_makes_room_and_its_receivable_is_booked_back(world: World) -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.models import Void
    from jamsostek.ledger.models import Transfer

    with cast.everyone():
        firm = cast.employer("PT Kedua")
        employed(firm, world.ids[3:5], [4_000_000, 4_500_000])
        first = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
    with cast.everyone():
        bills.void(bill_id=first.pk, reason="Salah kelas risiko", today=cast.TODAY)
    with cast.everyone():
        void = Void.objects.get(pk=first.pk)
        moved = Transfer.objects.filter(group_id__in=[first.group_id, void.group_id])
        net: dict[int, int] = {}
        for one in moved:
            net[one.debit_id] = net.get(one.debit_id, 0) + one.amount_rupiah
            net[one.credit_id] = net.get(one.credit_id, 0) - one.amount_rupiah
        assert net and set(net.values()) == {0}
        with pytest.raises(Exception, match="sudah dibatalkan"):
            bills.void(bill_id=first.pk, reason="Lagi", today=cast.TODAY)
        second = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        assert (second.sequence, second.total_rupiah) == (1, first.total_rupiah)
        with pytest.raises(Exception, match="massal"):
            bills.void(bill_id=world.part_bill.pk, reason="Salah", today=cast.TODAY)
