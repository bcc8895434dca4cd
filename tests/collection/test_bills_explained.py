"""A line explains itself: run again it gives the rupiah that stand there, or says which figure of the law changed since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from payers import alone, employed, listed, people

from jamsostek.core.text import speaking
from jamsostek.law.parameters import law_at
from tests import cast

MONTH = 202503
REFORM = """
parameters:
- id: jkm.pu.rate
  title: {id: "Tarif iuran JKM pemberi kerja", en: "Employer's JKM rate"}
  unit: ppm
  rows:
  - from: 2025-03-01
    to: null
    value: 4000
    regulation: PP 99/2025
    article: Pasal 1
    grade: unsourced
    source: []
"""


def reformed(tmp_path: Path, text: str) -> Any:
    """The law of a month with a reform."""
    path = tmp_path / "reform.yaml"
    path.write_text(text, encoding="utf-8")
    return lambda month: law_at(month, reforms=(path,))


def firm_with(count: int, **given: Any) -> Any:
    random = np.random.default_rng(7)
    firm = cast.employer(**given)
    ids = people(count)
    employed(firm, ids, random.integers(900_000, 40_000_000, count).tolist())
    return firm


@pytest.mark.django_db
def test_thousands_of_random_lines_run_again_give_what_stands_there() -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.models import BillLine
    from jamsostek.collection.queries import explaining

    with cast.everyone():
        firm = firm_with(2_500, scale="large")
        bill = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        found = explaining.verify_lines(bill)
        assert (found.lines, found.differing, found.holds, found.changes) == (2_500, 0, True, [])
        lines = list(BillLine.objects.filter(month=MONTH, bill_id=bill.pk).order_by("?")[:150])
        for line in lines:
            told = explaining.line(bill, line)
            assert told.same and not told.changes and told.digest_then == told.digest_now
            assert told.total_rupiah == sum(getattr(line, f"{name}_rupiah") for name in told.stored)
            assert told.told is not None and told.told.figures, "down to the figures and their articles"


@pytest.mark.django_db
def test_the_explanation_names_the_figure_that_changed_since(tmp_path: Path) -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.models import BillLine
    from jamsostek.collection.queries import explaining

    with cast.everyone():
        firm = firm_with(40, scale="small")
        bill = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        changed = reformed(tmp_path, REFORM)
        found = explaining.verify_lines(bill, changed)
        assert found.differing == 40 and [one.id for one in found.changes] == ["jkm.pu.rate"]
        assert all(one.stored["jkk"] == one.found["jkk"] and one.stored["jkm"] < one.found["jkm"] for one in found.wrong)
        line = BillLine.objects.filter(month=MONTH, bill_id=bill.pk).earliest("participant_id")
        told = explaining.line(bill, line, changed)
        assert told.differing == ["jkm"] and told.found["jkm"] == round(line.wage_rupiah * 4 / 1000 + 1e-9)
        (change,) = told.changes
        with speaking("id"):
            assert "0,3 % → 0,4 %" in change.text() and "PP 99/2025 Pasal 1" in change.text()
        assert told.digest_then != told.digest_now
        assert explaining.line(bill, line).same, "without the reform it still holds"


@pytest.mark.django_db
def test_a_figure_that_the_rule_never_reads_changes_nothing(tmp_path: Path) -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.queries import explaining

    with cast.everyone():
        firm = firm_with(5, scale="micro")
        bill = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        other = REFORM.replace("jkm.pu.rate", "bpu.jkm").replace("unit: ppm", "unit: rupiah").replace("4000", "7000")
        found = explaining.verify_lines(bill, reformed(tmp_path, other))
        assert found.holds and found.changes == []


@pytest.mark.django_db
def test_lists_months_ahead_projects_and_contracts_explain_themselves_too() -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.queries import explaining
    from jamsostek.registry.actions.employers import register_project
    from jamsostek.registry.actions.places import Contract, place_abroad
    from jamsostek.registry.models import Placement

    with cast.everyone():
        payer = cast.sponsor(kind="csr")
        listed(payer, people(300), 202604, income=1_700_000, sector="transport", jht_member=True)
        listed(payer, people(200, first=400), 202604)
        bill = bills.bill_sponsor(sponsor_id=payer.pk, month=202604, today=cast.TODAY)
        assert explaining.verify_lines(bill).holds and bill.people == 500
        reliefs = {one.told.inputs["sector"]: one for one in explaining.reliefs(bill)}
        assert reliefs["transport"].opened and reliefs["transport"].people == 300 and reliefs["other"].opened
        person = cast.participant()
        alone(person.pk, 202611, jht=True)
        ahead = bills.bill_person(participant_id=person.pk, from_month=202611, months=12, today=cast.TODAY)
        assert explaining.verify_lines(ahead).lines == 12 and explaining.verify_lines(ahead).holds
        assert [one.months for one in explaining.reliefs(ahead)] == [(202611, 202612)]
        firm = cast.employer("PT Bangun", kind="construction", industry="4.1")
        project = register_project(
            employer_id=firm.pk, name="Jembatan", owner="Dinas", contract_rupiah=987_654_321, regency_code=cast.SIDOARJO,
            starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2027, 5, 1),
        )  # fmt: skip
        whole = explaining.whole(bills.bill_project(project_id=project.pk, today=cast.TODAY))
        assert whole.same and whole.told is not None and len(whole.told.root.children) >= 3
        place_abroad(contracts=[Contract(person.pk, "agency", "MY", 202612, 24)])
        trip = bills.bill_placement(placement_id=Placement.objects.get().pk, today=cast.TODAY)
        assert explaining.whole(trip).same
        for one in (bill, ahead, trip):
            assert all(due.same and due.told is not None for due in explaining.due_days(one))
        with pytest.raises(Exception, match="baris demi baris"):
            explaining.whole(bill)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "kbli", "opened", "met"), [
    (50, "14111", True, (True, True, True)), (49, "14111", False, (True, False, True)), (60, "46100", False, (False, True, True)),
])  # fmt: skip
def test_the_relief_of_labour_intensive_firms_is_shown_with_the_facts_that_opened_it(
    count: int, kbli: str, opened: bool, met: tuple[bool, ...]
) -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.queries import explaining

    with cast.everyone():
        firm = firm_with(count, kbli=kbli)
        bill = bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        (relief,) = explaining.reliefs(bill)
        assert relief.opened is opened and tuple(relief.conditions.values()) == met
        assert bool(relief.told.outputs["labour_intensive"]) is opened
        assert explaining.verify_lines(bill).holds
        before = bills.bill_employer(employer_id=firm.pk, month=202501, today=cast.TODAY)
        assert explaining.reliefs(before) == [], "in no relief's months"


@pytest.mark.django_db
def test_a_difference_is_explained_by_the_whole_it_brings_the_month_to() -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.actions.differences import reassess_employer
    from jamsostek.collection.models import BillLine
    from jamsostek.collection.queries import explaining
    from jamsostek.registry.actions.employ import change_wage
    from jamsostek.registry.models import Employment

    with cast.everyone():
        firm = firm_with(6)
        bill = bills.bill_employer(employer_id=firm.pk, month=202610, today=cast.TODAY)
        jobs = list(Employment.objects.filter(employer=firm).order_by("participant_id"))
        change_wage(employment_id=jobs[0].pk, from_month=202610, wage_rupiah=8_000_000)
        Employment.objects.filter(pk=jobs[1].pk).update(to_month=202609, left_on=dt.date(2026, 9, 30), leaving="resigned")
        (extra,) = reassess_employer(employer_id=firm.pk, months=[202610], today=cast.TODAY)
        assert explaining.verify_lines(bill).holds and explaining.verify_lines(extra).holds
        lines = {one.participant_id: one for one in BillLine.objects.filter(month=extra.month, bill_id=extra.pk)}
        changed = explaining.line(extra, lines[jobs[0].participant_id])
        assert changed.same and changed.before and changed.told is not None
        assert changed.told.inputs["wage_rupiah"] == 8_000_000
        gone = explaining.line(extra, lines[jobs[1].participant_id])
        assert gone.told is None and gone.same and sum(gone.before.values()) > 0, "nothing is owed any more"
