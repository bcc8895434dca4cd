"""Who sees which bill and line, straight from the tables: the row rules, not the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from payers import alone, employed, listed, people

from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database

MONTH = 202610
VILLAGE = 3515012001
SEEN = {
    # who: the bills they see, and whose lines
    "clerk": ({"firm", "project"}, {"ani", "budi"}),
    "other_clerk": ({"far"}, {"far"}),
    "payer": ({"regency"}, {"cici", "dodi"}),
    "village": ({"village"}, {"eka"}),
    "ani": (set(), {"ani"}),
    "fisher": ({"own", "trip"}, {"own"}),
    "heir": ({"own", "trip"}, {"own"}),
    "agent": ({"agented"}, {"agented"}),
    "other_agent": (set(), set()),
    "officer": (
        {"firm", "project", "regency", "village", "own", "trip", "agented"},
        {"ani", "budi", "cici", "dodi", "eka", "own", "agented"},
    ),
    "far_officer": ({"far"}, {"far"}),
    "province": (
        {"firm", "project", "regency", "village", "own", "trip", "agented", "far"},
        {"ani", "budi", "cici", "dodi", "eka", "own", "agented", "far"},
    ),
    "head": (
        {"firm", "project", "regency", "village", "own", "trip", "agented", "far"},
        {"ani", "budi", "cici", "dodi", "eka", "own", "agented", "far"},
    ),
    "auditor": (
        {"firm", "project", "regency", "village", "own", "trip", "agented", "far"},
        {"ani", "budi", "cici", "dodi", "eka", "own", "agented", "far"},
    ),
    "ministry": (set(), set()),
    "actuary": (set(), set()),
    "hospital": (set(), set()),
    "nobody": (set(), set()),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(module_db: Database) -> Iterator[dict[str, Any]]:
    """Bills of every kind of payer in two regencies, and everybody who might look."""
    from jamsostek.collection.actions import bills
    from jamsostek.registry.actions.employers import register_project
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.actions.places import Contract, place_abroad, register_office
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself
    from jamsostek.registry.models import Placement

    made: dict[str, Any] = {"bills": {}, "people": {}, "users": {}}
    with cast.everyone():
        firm, far = cast.employer(kind="construction", industry="4.1"), cast.employer("PT Jauh", regency_code=cast.LUMAJANG)
        regency, village = cast.sponsor(), cast.sponsor("Desa Contoh", kind="village", region_code=VILLAGE)
        # People of a list may live elsewhere: the bill is the payer's.
        names = ("ani", "budi", "cici", "dodi", "eka", "own")
        ids = dict(zip(names, people(6), strict=True)) | {"far": people(1, cast.LUMAJANG, first=50)[0]}
        employed(firm, [ids["ani"], ids["budi"]], [4_000_000, 5_000_000])
        employed(far, [ids["far"]], [4_000_000])
        listed(regency, [ids["cici"], ids["dodi"]], 202601)
        listed(village, [ids["eka"]], 202601)
        alone(ids["own"], 202601)
        project = register_project(
            employer_id=firm.pk, name="Jembatan", owner="Dinas", contract_rupiah=1_000_000_000, regency_code=cast.SIDOARJO,
            starts_on=cast.TODAY, ends_on=cast.TODAY,
        )  # fmt: skip
        office = register_office(code="AGN-9", name="Kios", kind="agent", regency_code=cast.SIDOARJO)
        held = {
            "clerk": ("employer_clerk", "employer", firm.pk), "other_clerk": ("employer_clerk", "employer", far.pk),
            "payer": ("sponsor_clerk", "sponsor", regency.pk), "village": ("village_operator", "village", VILLAGE),
            "ani": ("worker", "self", ids["ani"]), "fisher": ("worker", "self", ids["own"]), "heir": ("heir", "self", ids["own"]),
            "agent": ("agent", "office", office.pk), "other_agent": ("agent", "office", office.pk),
            "officer": ("branch_officer", "region", cast.SIDOARJO), "far_officer": ("branch_officer", "region", cast.LUMAJANG),
            "province": ("branch_supervisor", "region", 35), "head": ("head_office", "nation", 0),
            "auditor": ("auditor", "nation", 0), "ministry": ("ministry", "nation", 0), "actuary": ("actuary", "nation", 0),
            "hospital": ("hospital_desk", "office", office.pk), "nobody": (None, "nation", 0),
        }  # fmt: skip
        made["users"] = {name: cast.user(f"lihat.{name}", *told) for name, told in held.items()}
        made["bills"] = {
            "firm": bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY),
            "far": bills.bill_employer(employer_id=far.pk, month=MONTH, today=cast.TODAY),
            "regency": bills.bill_sponsor(sponsor_id=regency.pk, month=MONTH, today=cast.TODAY),
            "village": bills.bill_sponsor(sponsor_id=village.pk, month=MONTH, today=cast.TODAY),
            "project": bills.bill_project(project_id=project.pk, today=cast.TODAY),
        }
        place_abroad(contracts=[Contract(ids["own"], "agency", "MY", 202612, 12)])
        made["bills"]["trip"] = bills.bill_placement(placement_id=Placement.objects.get().pk, today=cast.TODAY)
    with cast.as_user(made["users"]["agent"]):
        ids["agented"] = register_person(cast.person(), via="agent", today=cast.TODAY).participant_id
        cover_oneself(Covering(ids["agented"], 202611, 1_000_000, "Ojek"))
        made["bills"]["agented"] = bills.bill_person(participant_id=ids["agented"], from_month=202611, months=1, today=cast.TODAY)
    with cast.as_user(made["users"]["fisher"]):
        made["bills"]["own"] = bills.bill_person(participant_id=ids["own"], from_month=202611, months=3, today=cast.TODAY)
    made["people"] = ids
    yield made


@pytest.mark.parametrize("who", SEEN)
def test_bills_and_lines_in_sight(world: dict[str, Any], who: str) -> None:
    from jamsostek.collection.models import Bill, BillLine

    bills, lines = SEEN[who]
    with cast.as_user(world["users"][who]):
        seen = set(Bill.objects.values_list("pk", flat=True))
        assert {name for name, one in world["bills"].items() if one.pk in seen} == bills and len(seen) == len(bills)
        there = set(BillLine.objects.values_list("participant_id", flat=True))
        assert {name for name, one in world["people"].items() if one in there} == lines and len(there) == len(lines)


@pytest.mark.parametrize("who", SEEN)
def test_lists_lines_and_codes_give_no_more_than_the_row_rules(world: dict[str, Any], who: str) -> None:
    from jamsostek.access.errors import Refused
    from jamsostek.collection import codes
    from jamsostek.collection.queries import bills as queries

    seen, _lines = SEEN[who]
    with cast.as_user(world["users"][who]):
        listed_ = {one.pk for one in queries.in_sight()}
        assert listed_ == {one.pk for name, one in world["bills"].items() if name in seen}
        for name, one in world["bills"].items():
            if name in seen:
                assert queries.by_code(codes.code_of(one.number)).pk == one.pk
                if queries.has_lines(one):
                    assert len(queries.lines(one)) == one.people * one.months
            else:
                with pytest.raises(Refused):
                    queries.by_code(codes.code_of(one.number))
                assert queries.lines(one) == [], "not by the function that reads them in the order of names either"


def test_a_search_in_a_bill_names_nobody_whom_its_reader_does_not_see(world: dict[str, Any], django_db_blocker: Any) -> None:
    """The bill of a firm here holds somebody who lives elsewhere: the office here sees the amount, and finds no name."""
    from jamsostek.collection.actions import bills
    from jamsostek.collection.queries import bills as queries

    with cast.everyone():
        firm = cast.employer("PT Dua Tempat")
        away = cast.participant("Wahyuni Dari Jauh", regency_code=cast.LUMAJANG)
        near = cast.participant("Wahyuni Di Sini")
        for one in (away, near):
            cast.works(one, firm, 202601)
        bill = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        clerk = cast.user("dua.tempat", "employer_clerk", "employer", firm.pk)
    with cast.as_user(world["users"]["officer"]):
        shown = queries.lines(bill)
        assert sorted(one.person.name if one.person else "" for one in shown) == ["", "Wahyuni Di Sini"]
        assert [one.person.name for one in queries.lines(bill, text="wahyuni") if one.person] == ["Wahyuni Di Sini"]
        assert len(queries.lines(bill, text="wahyuni")) == 1 and queries.lines(bill, text=away.kpj) == []
    with cast.as_user(clerk):
        assert len(queries.lines(bill, text="wahyuni")) == 2 and len(queries.lines(bill, text=away.kpj)) == 1
