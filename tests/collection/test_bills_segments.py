"""Every segment: one payer alone, a whole region and the law's own answer for one person give the same rupiah."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payers import town

from jamsostek import law
from jamsostek.law.engine import RISK_CLASSES, SCALES
from tests import cast

MONTHS = (202501, 202503, 202604, 202611)
"""Before the labour-intensive relief, in it, in the relief of BPU, and the JP ceiling of 2026."""
AMOUNTS = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")

LINE = ("participant_id", "for_month", "wage_rupiah", "flags", "birth_date", *(f"{name}_rupiah" for name in AMOUNTS))
SUMS = (
    "people", "wage_rupiah", "jkk_rupiah", "jkm_rupiah", "jht_rupiah", "jp_rupiah", "worker_rupiah", "jkp_from_jkk_rupiah",
    "jkp_from_jkm_rupiah", "jkp_government_rupiah", "total_rupiah",
)  # fmt: skip


def by_law(rule: str, month: int, line: Any, inputs: dict[str, Any]) -> dict[str, int]:
    """What the law gives for one line, asked for one person."""
    if rule == "contribution.bpu":
        flags = line.flags
        names = [name for at, name in enumerate(("jkk", "jkm", "jht")) if flags >> 4 + at & 1]
        told = law.calculate(
            rule, month=month, income_rupiah=line.wage_rupiah, programmes=names,
            sector=("transport", "other")[flags >> 8 & 15], payer=("self", "apbn", "apbd", "village", "donor")[flags >> 12 & 15],
        )  # fmt: skip
        return {"jkk": told["jkk_rupiah"], "jkm": told["jkm_rupiah"], "jht_worker": told["jht_rupiah"]}
    more = {} if rule == "contribution.non_asn" else {
        "risk_class": inputs["risk_class"], "scale": inputs["scale"], "labour_intensive": inputs["labour_intensive"],
        "birth_date": line.birth_date, "jkp_member": bool(line.flags & 1),
    }  # fmt: skip
    told = law.calculate(rule, month=month, wage_rupiah=line.wage_rupiah, **more)
    named = ("jkk_employer", "jkm_employer", "jht_employer", "jht_worker", "jp_employer", "jp_worker")
    return {name: told[f"{output}_rupiah"] for name, output in zip(AMOUNTS, named, strict=True)}


def facts_of(month: int) -> dict[tuple[int, int], dict[str, Any]]:
    """Bills of a month with their lines, by payer: what may not depend on how they were made."""
    from jamsostek.collection.models import Bill, BillLine, LawUsed

    laws, found = LawUsed.objects.in_bulk(), {}
    for bill in Bill.objects.filter(from_month=month):
        lines = BillLine.objects.filter(month=bill.month, part=bill.part, bill_id=bill.pk).order_by("participant_id")
        told = [(one, laws[one.law_id].rule) for one in lines]
        found[bill.payer_kind, bill.payer_id] = {
            "inputs": bill.inputs,
            "lines": told,
            "plain": [(rule, *(getattr(one, name) for name in LINE)) for one, rule in told],
            "sums": tuple(getattr(bill, name) for name in SUMS),
            "dues": (bill.due_on, bill.jht_due_on, bill.jp_due_on),
        }  # fmt: skip
    return found


@pytest.mark.django_db
def test_alone_and_with_a_whole_region_and_by_the_law_the_same() -> None:
    from django.db import transaction

    from jamsostek.collection.actions import bills, month

    with cast.everyone():
        made = town()
        segments = set()
        for one in MONTHS:
            with transaction.atomic():
                for payer in made["employer"]:
                    bills.bill_employer(employer_id=payer, month=one, today=cast.TODAY)
                for payer in made["sponsor"]:
                    bills.bill_sponsor(sponsor_id=payer, month=one, today=cast.TODAY)
                for payer in made["person"]:
                    bills.bill_person(participant_id=payer, from_month=one, months=1, today=cast.TODAY)
                single = facts_of(one)
                transaction.set_rollback(True)
            for region in (cast.SIDOARJO, cast.LUMAJANG):
                month.bill_region(month=one, region=region, today=cast.TODAY)
            whole = facts_of(one)
            assert len(whole) == sum(map(len, made.values())) and set(whole) == set(single)
            for payer, facts in whole.items():
                for name in ("inputs", "plain", "sums", "dues"):
                    assert facts[name] == single[payer][name], (one, payer, name)
                for line, rule in facts["lines"]:
                    told = by_law(rule, one, line, facts["inputs"])
                    assert {n: getattr(line, f"{n}_rupiah") for n in AMOUNTS} == dict.fromkeys(AMOUNTS, 0) | told, (one, payer)
                    segments.add((rule, payer[0], facts["inputs"].get("risk_class"), facts["inputs"].get("scale")))
        assert len(segments) == 20 + 2 + 2, "every scale and risk, non-ASN, trainees, sponsored and alone"


WAGES = st.integers(0, 60_000_000)


@settings(max_examples=60)
@given(
    month=st.sampled_from((201807, 202010, 202402, *MONTHS)),
    payers=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.booleans()), min_size=1, max_size=5),
    lines=st.lists(
        st.tuples(st.integers(0, 2), WAGES, st.integers(1, 7), st.integers(0, 1), st.integers(0, 4), st.integers(-7_000, 14_000)),
        min_size=1, max_size=40,
    ),
)  # fmt: skip
def test_many_lines_of_many_payers_at_once_are_each_as_the_law_computes_it_alone(month: int, payers: Any, lines: Any) -> None:
    from jamsostek.collection.billing.computing import BPU, NON_ASN, PU, RULES, Lines, Payers, bpu_flags, owed, sums_by_payer

    count = len(lines)
    of = np.sort(np.arange(count) % len(payers))
    one = np.arange(len(payers), dtype=np.int64)
    given_payers = Payers(1, one, one, *(np.array([int(p[at]) for p in payers], np.int64) for at in range(3)), one)
    rule, wage, programmes, sector, payer, born = (np.array([line[at] for line in lines], np.int64) for at in range(6))
    wage = np.where(rule == RULES.index(BPU), np.maximum(wage, 100_000), wage)
    flags = np.where(rule == RULES.index(BPU), bpu_flags(programmes, sector, payer), programmes & 1)
    there = Lines(of, np.arange(count), rule, born, flags, wage)
    found = owed(month, given_payers, there)
    for at in range(count):
        line = _Line(int(wage[at]), int(flags[at]), dt.date(1970, 1, 1) + dt.timedelta(days=int(born[at])))
        risk, scale, intensive = payers[of[at]]
        inputs = {
            "risk_class": RISK_CLASSES[risk],
            "scale": SCALES[scale], "labour_intensive": intensive,
        }  # fmt: skip
        told = dict.fromkeys(AMOUNTS, 0) | by_law((PU, NON_ASN, BPU)[rule[at]], month, line, inputs)
        assert {name: int(found[name][at]) for name in AMOUNTS} == told
    sums = sums_by_payer(given_payers, there, found)
    for name in (*AMOUNTS, "wage"):
        values = wage if name == "wage" else found[name]
        assert sums[name].tolist() == [int(values[of == at].sum()) for at in range(len(payers))]


class _Line:
    def __init__(self, wage_rupiah: int, flags: int, birth_date: dt.date) -> None:
        self.wage_rupiah, self.flags, self.birth_date = wage_rupiah, flags, birth_date


@pytest.mark.django_db
@pytest.mark.parametrize("contract", [1_000_000, 100_000_000, 100_000_001, 750_000_000, 3_000_000_000, 12_345_678_901])
def test_a_project_is_billed_by_the_slices_of_its_contract_and_due_after_its_work_order(contract: int) -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.registry.actions.employers import register_project

    with cast.everyone():
        firm = cast.employer("PT Bangun Contoh", kind="construction", industry="4.1")
        project = register_project(
            employer_id=firm.pk, name="Jembatan", owner="Dinas", contract_rupiah=contract, regency_code=cast.SIDOARJO,
            starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2027, 5, 1),
        )  # fmt: skip
        made = bills.bill_project(project_id=project.pk, today=cast.TODAY)
        told = law.calculate("contribution.construction", month=202611, contract_value_rupiah=contract)
        assert (made.jkk_rupiah, made.jkm_rupiah, made.total_rupiah) == (
            told["jkk_rupiah"],
            told["jkm_rupiah"],
            told["total_rupiah"],
        )
        assert made.due_on == dt.date(2026, 11, 20), "the fourteenth working day"
        with pytest.raises(bills.AlreadyBilled):
            bills.bill_project(project_id=project.pk, today=cast.TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "months", "rupiah"), [
    ("agency", 24, 370_000), ("individual", 24, 332_500), ("agency", 6, 145_500), ("individual", 12, 189_000),
    ("individual", 18, 270_000),
])  # fmt: skip
def test_a_contract_abroad_is_one_package(route: str, months: int, rupiah: int) -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.registry.actions.places import Contract, place_abroad
    from jamsostek.registry.models import Placement

    with cast.everyone():
        person = cast.participant()
        place_abroad(contracts=[Contract(person.pk, route, "MY", 202612, months)])
        made = bills.bill_placement(placement_id=Placement.objects.get(participant=person).pk, today=cast.TODAY)
        assert (
            made.total_rupiah
            == rupiah
            == law.calculate("contribution.migrant", month=202612, route=route, months=months)["total_rupiah"]
        )
        assert made.due_on == dt.date(2026, 11, 30) and made.group_id is None


@pytest.mark.django_db
def test_months_ahead_are_each_under_their_own_law() -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.models import BillLine
    from jamsostek.collection.queries.offers import offers, relief_until, unrelieved
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself

    with cast.everyone():
        person = cast.participant()
        cover_oneself(Covering(person.pk, 202611, 1_000_000, "Nelayan"))
        told = {one.months: one for one in offers(person.pk, 202611)}
        assert [one.total_rupiah for one in told.values()] == [
            8_400,
            8_400 * 2 + 16_800,
            8_400 * 2 + 16_800 * 4,
            8_400 * 2 + 16_800 * 10,
        ]
        assert relief_until(told[12]) == 202612 and unrelieved(told[1]) == 16_800
        made = bills.bill_person(participant_id=person.pk, from_month=202611, months=3, today=cast.TODAY)
        assert made.total_rupiah == told[3].total_rupiah and made.people == 1
        lines = BillLine.objects.filter(month=made.month, bill_id=made.pk).order_by("for_month")
        assert [(one.for_month, one.jkk_rupiah + one.jkm_rupiah) for one in lines] == [
            (202611, 8_400),
            (202612, 8_400),
            (202701, 16_800),
        ]
        assert [one.taken for one in offers(person.pk, 202701)] == [[202701], [202701], [202701], [202701]]
        with pytest.raises(Exception, match="2027-01"):
            bills.bill_person(participant_id=person.pk, from_month=202701, months=1, today=cast.TODAY)
