"""What is measured of regions, villages and firms, against counts by hand in small worlds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from jamsostek.access.scope import system_scope
from jamsostek.awards.measures import ABSENT, SUBJECT_OF, WORDS, regions
from jamsostek.awards.measures.frame import Frame
from jamsostek.awards.measures.tables import tables
from jamsostek.awards.reading import read as read_edition
from jamsostek.awards.reading import samples
from jamsostek.collection.actions import bills
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries.cover import books_of
from jamsostek.core.errors import InputError
from jamsostek.coverage.actions import take_snapshot
from jamsostek.coverage.denominators import denominator
from jamsostek.registry.models import Employment, Participant
from tests import cast
from tests.collection import payers
from tests.collection.arrears.owing import pays

TEXT = samples()["peragaan-2026"]
EDITION = read_edition(TEXT)
MONTH, BASELINE = EDITION.measured_month, EDITION.baseline_month
SORONG_BEFORE, SORONG, MANOKWARI = 9271, 9671, 9202
WEST_PAPUA, SOUTHWEST_PAPUA = 92, 96


@pytest.fixture(autouse=True)
def alone(db: Any) -> Iterator[None]:
    """Everything is done by the installation itself."""
    with cast.everyone():
        yield


def measured(folder: Path | None = None) -> dict[str, dict[int, dict[str, Any]]]:
    """All tables by key; with a folder people are counted in a coverage snapshot of now."""
    cube = take_snapshot(scope=system_scope("uji"), day=cast.TODAY, folder=folder) if folder else None
    found = tables(Frame(EDITION, cube))
    return {name: {row["key"]: row for row in table.to_pylist()} for name, table in found.items()}


def pair(row: Mapping[str, Any], criterion: str) -> tuple[int | None, int | None]:
    return row[f"num_{criterion}"], row[f"den_{criterion}"]


def why(row: Mapping[str, Any], criterion: str) -> str:
    told = dict(one.split("=") for one in row["absent"].split())
    return str(told.get(criterion, ""))


# --- names ------------------------------------------------------------------------------------------------------------------


def test_every_measure_has_its_words_and_every_word_a_measure() -> None:
    assert set(WORDS) == set(SUBJECT_OF)
    assert {f"region.{name}" for name in regions.MEASURES} == {name for name in SUBJECT_OF if name.startswith("region.")}


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("measure: region.women", "measure: region.womn", r"Tidak ada ukuran bernama region\.womn\. Maksud Anda region\.women"),
        ("measure: village.covered", "measure: firm.wages", "bukan ukuran untuk Desa atau kelurahan"),
    ],
)
def test_an_edition_with_a_measure_that_is_none_is_refused(old: str, new: str, match: str) -> None:
    with pytest.raises(InputError, match=match):
        read_edition(TEXT.replace(old, new))


# --- people of regions --------------------------------------------------------------------------------------------------------


def test_people_are_counted_where_they_live_and_over_the_workers_there(tmp_path: Path) -> None:
    firm = cast.employer(regency_code=3578)
    women = [cast.participant(f"Siti {at}", sex="f") for at in range(3)]
    men = [cast.participant("Budi", sex="m"), cast.participant("Joko", sex="m", regency_code=cast.LUMAJANG)]
    for one in (*women[:2], *men):
        cast.works(one, firm, 202605)
    Participant.objects.filter(pk=women[0].pk).update(disability_type="physical")
    payer = cast.sponsor()
    payers.listed(payer, [women[2].pk], 202509)
    found = measured(tmp_path)["measures-regency"][cast.SIDOARJO]
    wage, own, work, working_women = (
        one.persons
        for one in (
            denominator(cast.SIDOARJO, MONTH, "employees"), denominator(cast.SIDOARJO, MONTH, "own"),
            denominator(cast.SIDOARJO, MONTH, "employed"), denominator(cast.SIDOARJO, MONTH, "employed", "women"),
        )
        if one is not None
    )  # fmt: skip
    assert pair(found, "coverage_pu") == (3, wage)
    assert pair(found, "coverage_bpu") == (1, own)
    assert pair(found, "growth") == (3, (work or 0) - 1)
    assert pair(found, "women") == (3 * (work or 0), (working_women or 0) * 4)
    assert pair(found, "disability") == (1, 4)
    assert pair(found, "regulation") == (0, 5)


def test_a_province_has_its_regencies_together_and_nobody_is_counted_twice(tmp_path: Path) -> None:
    firm = cast.employer()
    twice = cast.participant("Dua Segmen")
    cast.works(twice, firm, 202605)
    payers.listed(cast.sponsor(), [twice.pk], 202605)
    cast.works(cast.participant("Di Lumajang", regency_code=cast.LUMAJANG), firm, 202605)
    cast.works(cast.participant("Sejak Dahulu", regency_code=3578), firm, 202501)
    found = measured(tmp_path)
    assert pair(found["measures-province"][35], "coverage_pu")[0] == 3
    assert pair(found["measures-province"][35], "coverage_bpu")[0] == 1
    assert pair(found["measures-province"][35], "growth")[0] == 2


def test_a_regency_that_changed_its_province_in_2022_is_compared_on_todays_map(tmp_path: Path) -> None:
    """Kota Sorong was 9271 in Papua Barat and is 9671 in Papua Barat Daya: who was registered under the old code counts there,
    before and after, and Papua Barat neither loses nor wins them."""
    firm = cast.employer(regency_code=MANOKWARI)
    before = [cast.participant(f"Sorong {at}", regency_code=SORONG) for at in range(2)]
    after = cast.participant("Sorong Baru", regency_code=SORONG)
    there = cast.participant("Manokwari", regency_code=MANOKWARI)
    Participant.objects.filter(pk__in=[one.pk for one in before]).update(regency_code=SORONG_BEFORE)
    for one, since in ((before[0], 202501), (before[1], 202501), (after, 202603), (there, 202501)):
        cast.works(one, firm, since)
    found = measured(tmp_path)
    city, new, old = (
        found["measures-regency"][SORONG], found["measures-province"][SOUTHWEST_PAPUA], found["measures-province"][WEST_PAPUA],
    )  # fmt: skip
    assert (pair(city, "coverage_pu")[0], pair(new, "coverage_pu")[0], pair(old, "coverage_pu")[0]) == (3, 3, 1)
    for row, code, gained, covered in ((city, SORONG, 1, 2), (new, SOUTHWEST_PAPUA, 1, 2), (old, WEST_PAPUA, 0, 1)):
        workers = denominator(code, MONTH, "employed")
        assert workers is not None and workers.persons is not None
        assert pair(row, "growth") == (gained, workers.persons - covered)
    assert SORONG_BEFORE not in found["measures-regency"]
    assert city["province"] == SOUTHWEST_PAPUA


def test_a_month_that_the_coverage_snapshot_does_not_hold_is_missing_and_says_so(tmp_path: Path) -> None:
    cast.works(cast.participant(), cast.employer(), 202606)
    row = measured(tmp_path)["measures-regency"][cast.SIDOARJO]
    assert pair(row, "coverage_pu")[0] == 1
    assert (pair(row, "growth"), why(row, "growth")) == ((None, None), "no_baseline")
    without = measured()["measures-regency"][cast.SIDOARJO]
    assert (pair(without, "coverage_pu"), why(without, "coverage_pu")) == ((None, None), "no_cube")
    told = {one.split("=")[1] for name in ("province", "regency", "village", "employer")
            for one in " ".join(row["absent"] for row in measured()[f"measures-{name}"].values()).split()}  # fmt: skip
    assert told <= set(ABSENT)


# --- what a region pays and decides -----------------------------------------------------------------------------------------


def test_matters_count_once_and_only_while_a_confirmed_regulation_holds(db: Any) -> None:
    from tests.outreach.test_strategy import confirmed, entered

    confirmed(1, number="1", settles=("budget", "groups"))
    confirmed(2, number="2", settles=("budget", "other"))
    confirmed(3, number="3", settles=("licences",), in_force_from=dt.date(2026, 11, 2))
    entered(4, number="4", settles=("non_asn",))
    row = measured()["measures-regency"][cast.SIDOARJO]
    assert pair(row, "regulation") == (2, 5)
    assert pair(measured()["measures-province"][35], "regulation") == (0, 5)


def test_candidates_months_and_money_of_a_programme(db: Any) -> None:
    """Six candidates, five can be paid for until December; the sponsor pays the first of two months."""
    from jamsostek.outreach.models import Programme
    from tests.outreach import movement

    found = movement.registered(*movement.poor(6))
    movement.linked(found)
    payer = cast.sponsor()
    made = movement.programme(10**9, 202701, 202702, sponsor=payer)
    movement.taken(made, found)
    movement.funded(made)
    movement.enrolled(made)
    text = TEXT.replace("measured_month: 2026-10", "measured_month: 2027-02").replace(
        "baseline_month: 2025-10", "baseline_month: 2026-02"
    )
    edition = read_edition(text)
    first = bills.bill_sponsor(sponsor_id=payer.pk, month=202701, today=dt.date(2027, 2, 1))
    bills.bill_sponsor(sponsor_id=payer.pk, month=202702, today=dt.date(2027, 3, 1))
    pays(first, dt.date(2027, 2, 10))
    told = {row["key"]: row for row in tables(Frame(edition, None))["measures-regency"].to_pylist()}[cast.SIDOARJO]
    people = sum(movement.states(made).values())
    assert people == 6
    assert pair(told, "vulnerable_paid") == (6, 6)
    assert pair(told, "months_kept") == (6, 12)
    assert pair(told, "budget_executed") == (first.total_rupiah, 10**9)
    villages = {row["key"]: row for row in tables(Frame(edition, None))["measures-village"].to_pylist()}
    here = [villages[one] for one in movement.VILLAGES if one in villages]
    assert [pair(one, "village_checked") for one in here] == [(3, 3)] * len(here)
    assert Programme.objects.get(pk=made.pk).sponsor_id == payer.pk


# --- firms ------------------------------------------------------------------------------------------------------------------


def test_a_firm_in_two_provinces_is_one_subject_at_its_head_office(db: Any) -> None:
    from jamsostek.registry.models import EmployerUnit

    firm = cast.employer("PT Dua Provinsi", kbli="14111")
    away = EmployerUnit.objects.create(employer=firm, code="CAB1", name="Cabang", regency_code=3301)
    ids = payers.people(3)
    payers.employed(firm, ids[:2], [5_000_000, 1_000_000], 202601)
    payers.employed(firm, ids[2:], [5_000_000], 202601)
    Employment.objects.filter(participant_id=ids[2]).update(unit_id=away.pk)
    found = measured()["measures-employer"]
    assert list(found) == [firm.pk]
    row = found[firm.pk]
    assert (row["province"], row["regency"], row["code"], row["section"]) == (35, cast.SIDOARJO, firm.npp, "c")
    assert pair(row, "firm_workers") == (0, 3)
    assert pair(row, "firm_wages") == (2, 3)


def test_months_paid_in_time_late_and_not_at_all(db: Any) -> None:
    """From July to October: July and August in time, September in the month after, October by its last day."""
    firm = cast.employer("PT Kadang Terlambat")
    ids = payers.people(2)
    payers.employed(firm, ids, [5_000_000, 4_000_000], 202607)
    days = {
        202607: (dt.date(2026, 8, 3), dt.date(2026, 8, 15)), 202608: (dt.date(2026, 9, 3), dt.date(2026, 9, 10)),
        202609: (dt.date(2026, 10, 3), dt.date(2026, 11, 20)), 202610: (dt.date(2026, 11, 3), dt.date(2026, 11, 21)),
    }  # fmt: skip
    for month, (made, paid) in days.items():
        pays(bills.bill_employer(employer_id=firm.pk, month=month, today=made), paid, today=paid)
    row = measured()["measures-employer"][firm.pk]
    assert pair(row, "firm_on_time") == (2, 4)
    assert pair(row, "firm_no_arrears") == (4, 4)
    assert pair(row, "firm_workers") == (2, 2)
    assert pair(row, "firm_programmes") == (6, 6)  # both are beyond pension age: no JP
    third = cast.participant("Belum Dilaporkan", birth_date=dt.date(1990, 5, 1))
    cast.works(third, firm, 202610)
    row = measured()["measures-employer"][firm.pk]
    assert pair(row, "firm_workers") == (2, 3)
    assert pair(row, "firm_programmes") == (6, 10)


def test_a_bill_overdue_for_more_than_a_month_is_an_arrear_of_every_month_until_it_is_paid(db: Any) -> None:
    firm = cast.employer("PT Menunggak")
    payers.employed(firm, payers.people(1), [5_000_000], 202605)
    bills.bill_employer(employer_id=firm.pk, month=202605, today=dt.date(2026, 6, 3))
    row = measured()["measures-employer"][firm.pk]
    # Due 15 June: overdue for more than a month at the end of July, August, September and October.
    assert pair(row, "firm_no_arrears") == (2, 6)
    assert pair(row, "firm_on_time") == (0, 1)


def test_every_firm_of_a_town_agrees_with_its_own_books(db: Any) -> None:
    """Each firm asked alone, in plain Python, of a town in which every third does not pay and every fourth pays late."""
    made = payers.town(each=2)
    for place, firm in enumerate(made["employer"]):
        for month, day in ((202609, dt.date(2026, 10, 5)), (202610, dt.date(2026, 11, 5))):
            bill = bills.bill_employer(employer_id=firm, month=month, today=day)
            if bill is not None and place % 3 and bill.total_rupiah:
                pays(bill, dt.date(2026, 11, 20) if place % 4 == 0 else day, today=dt.date(2026, 11, 20))
    found = measured()["measures-employer"]
    assert len(found) == 42  # without two government offices
    late = dt.date(2026, 11, 30)
    for key, row in found.items():
        books = books_of([(PayerKind.EMPLOYER, key)], MONTH, late).months.get((PayerKind.EMPLOYER, key), {})
        punctual = sum(1 for one in books.values() if one.paid_on is not None and one.paid_on <= one.due_on)
        assert pair(row, "firm_on_time") == (punctual, len(books))
        workers = Employment.objects.filter(employer_id=key).count()
        paid = MONTH in books and books[MONTH].paid_on is not None
        assert pair(row, "firm_workers") == (workers if paid else 0, workers)
    assert {pair(row, "firm_workers")[0] for row in found.values()} == {0, 2}
    place = measured()["measures-regency"][cast.SIDOARJO]
    there = Employment.objects.filter(employer__regency_code=cast.SIDOARJO).values_list("employer_id", flat=True).distinct()
    whole = books_of([(PayerKind.EMPLOYER, one) for one in there], MONTH, late).months
    paying = [one for one in there if (told := whole[PayerKind.EMPLOYER, one].get(MONTH)) is not None and told.paid_on]
    assert pair(place, "employers_kept") == (len(paying), 22)


def test_a_firms_median_stands_beside_that_of_five_or_more_of_its_industry(db: Any) -> None:
    ids = payers.people(12)
    firms = [cast.employer(f"PT Sandang {at}", kbli="14111") for at in range(5)]
    other = cast.employer("PT Dagang", kbli="46100")
    for at, firm in enumerate(firms):
        payers.employed(firm, ids[2 * at : 2 * at + 2], [(at + 3) * 1_000_000] * 2, 202601)
    payers.employed(other, ids[10:], [9_000_000] * 2, 202601)
    found = measured()["measures-employer"]
    assert [pair(found[firm.pk], "firm_peers") for firm in firms] == [((at + 3) * 1_000_000, 5_000_000) for at in range(5)]
    assert (pair(found[other.pk], "firm_peers"), why(found[other.pk], "firm_peers")) == ((None, None), "few_peers")


def test_a_firms_accidents_stand_beside_those_of_its_industry(db: Any) -> None:
    from jamsostek.claims.models import Claim
    from jamsostek.core import numbers

    ids = payers.people(4)
    safe, other = cast.employer("PT Aman", kbli="14111"), cast.employer("PT Celaka", kbli="14111")
    payers.employed(safe, ids[:3], [5_000_000] * 3, 202601)
    payers.employed(other, ids[3:], [5_000_000], 202601)
    for at, (state, day) in enumerate((("submitted", 3), ("submitted", 9), ("draft", 9))):
        claim = Claim.objects.create(
            number=numbers.make("claim", lambda size, at=at: bytes([at + 1]) * size), kind="jkk",
            opened_on=dt.date(2026, 9, day), participant_id=ids[3], employer_id=other.pk, regency_code=cast.SIDOARJO,
            channel="counter", event_on=dt.date(2026, 9, day),
        )  # fmt: skip
        if state != "draft":
            sent = {"submitted_on": dt.date(2026, 9, day), "submitted_at": cast.NOW, "checklist": [{"document": "application"}]}
            Claim.objects.filter(pk=claim.pk).update(state=state, **sent)
    found = measured()["measures-employer"]
    assert pair(found[safe.pk], "firm_safety") == (0, 3 * 2)
    assert pair(found[other.pk], "firm_safety") == (2 * 4, 1 * 2)


def test_help_is_tied_to_a_firm_by_its_name_where_one_firm_has_it(db: Any) -> None:
    firm = cast.employer("PT Penolong Sesama")
    twins = [cast.employer("PT Kembar Nama") for _each in range(2)]
    ids = payers.people(7)
    for one, who in ((firm, ids[0]), (twins[0], ids[1]), (twins[1], ids[2])):
        payers.employed(one, [who], [5_000_000], 202601)
    for name, people in (("PT PENOLONG SESAMA", ids[3:5]), ("PT Kembar Nama", ids[5:])):
        payer = cast.sponsor(name, kind="csr")
        payers.listed(payer, people, 202609)
        pays(bills.bill_sponsor(sponsor_id=payer.pk, month=MONTH, today=dt.date(2026, 11, 3)), dt.date(2026, 11, 4))
    found = measured()["measures-employer"]
    assert pair(found[firm.pk], "firm_helps") == (2, 1)
    assert [pair(found[one.pk], "firm_helps") for one in twins] == [(0, 1), (0, 1)]
