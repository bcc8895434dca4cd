"""A living regency: it adds up, nobody in it is real, and nothing in it contradicts itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, last_day, month_of
from jamsostek.core.nik import compose, decode
from jamsostek.core.regions import UnknownRegion
from jamsostek.core.text import speaking
from jamsostek.synth import assumptions as nation
from jamsostek.synth import regency as package
from jamsostek.synth.allocate import split
from jamsostek.synth.plan import make_plan, segment_weights
from jamsostek.synth.regency import PEOPLE_SCHEMA, SCHEMAS, USERNAMES, Regency, make_people, make_regency
from jamsostek.synth.regency.minimum import minimum_wages
from jamsostek.synth.regency.niks import unique_niks
from jamsostek.synth.regency.twins import respell

SEED, MONTH, WORKERS = 7, 202611, 50_000
EPOCH = dt.date(1970, 1, 1)


@pytest.fixture(scope="module")
def made() -> Regency:
    return make_regency(SEED, month=MONTH)


def digest(regency: Regency) -> str:
    total = hashlib.sha256(repr(regency.roster).encode())
    for name, table in regency.tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
        total.update(name.encode() + sink.getvalue().to_pybytes())
    return total.hexdigest()


def rows(table: pa.Table, *columns: str) -> list[tuple]:
    return list(zip(*(table[column].to_pylist() for column in columns), strict=True))


def numbers(table: pa.Table, column: str, null: int = 0) -> np.ndarray:
    values = table[column].combine_chunks()
    if values.type == pa.date32():
        values = values.cast(pa.int32())
    return values.fill_null(null).to_numpy(zero_copy_only=False).astype(np.int64)


def index(months: np.ndarray) -> np.ndarray:
    """Months as counts since year 0; 0 (no month) stays far away."""
    return months // 100 * 12 + months % 100 - 1


def holding(table: pa.Table) -> pa.Table:
    return table.filter(pc.is_null(table["superseded_on"]))


def running(table: pa.Table, month: int) -> pa.Table:
    """The rows that hold and cover the month."""
    table = holding(table)
    after = pc.fill_null(pc.greater_equal(table["to_month"], month), True)
    return table.filter(pc.and_(after, pc.less_equal(table["from_month"], month)))


# ---- the same again, and what it adds up to


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(made):
    assert digest(made) == digest(make_regency(SEED, month=MONTH))
    assert digest(made) != digest(make_regency(SEED + 1, month=MONTH))


def test_another_process_gives_the_same_bytes():
    made = "make_regency(3, workers=1_500, employers=60, month=202603)"
    code = f"from jamsostek.synth.regency import make_regency; print({made}['people']['nik'].to_pylist())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "11"})
    here = make_regency(3, workers=1_500, employers=60, month=202603)
    assert done.stdout.strip() == str(here["people"]["nik"].to_pylist())


def test_active_members_by_segment_and_sex_are_the_plan_s(made):
    """Members whose work of their own segment covers the month, counted from the spells themselves."""
    people = {
        person: (origin, segment, sex)
        for person, origin, segment, sex in rows(made["people"], "person", "origin", "segment", "sex")
    }
    active = {(person, segment) for person, segment in rows(running(made["employments"], MONTH), "person", "segment")}
    active |= {(person, "bpu") for person in running(made["covers"], MONTH)["person"].to_pylist()}
    for person, start, months in rows(made["placements"], "person", "contract_start", "contract_months"):
        if start <= MONTH <= add_months(start, months - 1):
            active.add((person, "migrant"))
    found = Counter(
        (segment, sex) for person, (origin, segment, sex) in people.items() if origin == "member" and (person, segment) in active
    )
    plan = make_plan(int(segment_weights().sum()))
    place = plan.codes.index(35)
    segments = split(WORKERS, plan.segments[place])
    assert sum(found.values()) == WORKERS
    for number, segment in enumerate(nation.SEGMENTS):
        men = int(plan.segments[place, number] - plan.women[place, number])
        wanted = split(int(segments[number]), [men, int(plan.women[place, number])]).tolist()
        assert [found[segment, sex] for sex in nation.SEXES] == wanted, segment
    assert Counter(origin for origin, _, _ in people.values())["member"] == WORKERS


def test_payers_jht_members_scales_and_routes_are_the_plan_s(made):
    members = set(made["people"].filter(pc.equal(made["people"]["origin"], "member"))["person"].to_pylist())
    kinds = dict(rows(made["sponsors"], "sponsor", "kind"))
    covers = rows(running(made["covers"], MONTH), "person", "sponsor", "jht_member", "sector")
    covers = [row for row in covers if row[0] in members]
    assert len(covers) == len({person for person, *_ in covers})
    payers = Counter(kinds[sponsor] if sponsor else "self" for _, sponsor, _, _ in covers)
    own, apbn, apbd, village, donor = made.shares.payers.tolist()
    assert (payers["self"], payers["regional_government"], payers["village"]) == (own, apbd, village)
    assert payers["csr"] + payers["private"] == apbn + donor
    assert sum(jht for _, _, jht, _ in covers) == made.shares.jht > 300
    assert not any(jht and sponsor for _, sponsor, jht, _ in covers)
    assert sum(sector == "transport" for *_, sector in covers) == made.shares.transport
    scales = dict(rows(made["employers"], "employer", "scale"))
    of_person: dict[int, set[str]] = {}
    pu = [row for row in rows(running(made["employments"], MONTH), "person", "employer", "segment") if row[2] == "pu"]
    for person, employer, _ in pu:
        of_person.setdefault(person, set()).add(scales[employer])
    segment = dict(rows(made["people"], "person", "segment"))
    found = Counter(next(iter(s)) for p, s in of_person.items() if len(s) == 1 and p in members and segment[p] == "pu")
    for name, wanted in zip(nation.SCALES, made.shares.scales.tolist(), strict=True):
        assert wanted - 400 <= found[name] <= wanted  # people with two jobs may have two scales
    assert Counter(made["placements"]["route"].to_pylist()) == dict(zip(nation.ROUTES, made.shares.routes.tolist(), strict=True))


def test_risk_classes_come_near_the_assumed_shares_and_are_those_of_the_law_s_list(made):
    import csv
    from importlib import resources

    text = (resources.files("jamsostek.law.jkk") / "industries.csv").read_text(encoding="utf-8")
    law = {f"{r['group']}.{r['number']}": r["class"] for r in csv.DictReader(text.splitlines())}
    for industry, risk in rows(made["employers"], "industry", "risk_class"):
        assert law[industry] == risk
    companies = [r for r in rows(made["employers"], "kind", "risk_class", "workers") if r[0] == "company"]
    total = sum(workers for *_, workers in companies)
    for risk, share in zip(nation.RISK_CLASSES, nation.RISK_SHARES, strict=True):
        assert abs(sum(w for _, r, w in companies if r == risk) * 1_000 / total - share) < 25


def test_there_are_four_hundred_employers_of_every_kind_and_one_of_a_thousand(made):
    employers = made["employers"]
    kinds = Counter(employers["kind"].to_pylist())
    assert employers.num_rows == 400
    assert kinds["company"] > 250 and min(kinds.values()) >= 30 and len(kinds) == 4
    sizes = numbers(employers, "workers")
    assert 1_000 <= sizes.max() < 2_500
    scales = Counter(scale for kind, scale in rows(employers, "kind", "scale") if kind == "company")
    assert scales["micro"] > scales["small"] > scales["medium"] > scales["large"] >= 10
    counted = Counter(employer for employer in running(made["employments"], MONTH)["employer"].to_pylist())
    assert [counted[e] for e in employers["employer"].to_pylist()] == sizes.tolist()


# ---- nobody


def test_every_number_is_valid_ends_in_0000_and_is_one_human_being_s(made):
    people, relatives = made["people"], made["relatives"]
    for table in (people, relatives, made["unregistered"]):
        nik = numbers(table, "nik")
        parts = decode(nik, MONTH)
        assert parts.valid.all() and (nik % 10_000 == 0).all() and (nik >= 10**15).all()
        assert (parts.birth_day == numbers(table, "birth_date")).all()
        assert (parts.is_female == (np.array(table["sex"].to_pylist()) == "female")).all()
    own = people["nik"].to_pylist()
    assert len(set(own)) == len(own)
    others = relatives.filter(pc.is_null(relatives["relative_person"]))
    human = {(nik, name, birth) for nik, name, birth in rows(others, "nik", "name", "birth_date")}
    assert len({nik for nik, *_ in human}) == len(human)
    everyone = [*own, *(nik for nik, *_ in human), *made["unregistered"]["nik"].to_pylist()]
    assert len(set(everyone)) == len(everyone)
    twice = Counter(others["nik"].to_pylist())
    assert max(twice.values()) == 2 and sum(count == 2 for count in twice.values()) > 100


def test_a_number_gives_way_to_who_came_first_and_a_hundredth_namesake_is_refused():
    count = np.ones(99, dtype=np.int64)
    found = unique_niks(3508 * count, 51 * count, 9_000 * count, count)
    assert len(set(found.tolist())) == 99 and found[0] == compose(350851, 9_000, True, 0)
    with pytest.raises(ValueError, match="99"):
        unique_niks(*(np.full(100, value) for value in (3508, 51, 9_000, 1)))


def test_nothing_has_the_name_or_number_of_anything_real(made):
    for name in ("districts", "villages", "offices", "employers", "sponsors", "projects"):
        assert all("Contoh" in text for text in made[name]["name"].to_pylist()), name
    for text in made["employers"]["name"].to_pylist():
        if text.split()[0] in {"PT", "CV", "UD"}:
            assert text.split()[1] == "Contoh"
    assert len(set(made["employers"]["name"].to_pylist())) == 400
    assert all(text.startswith("Bank Contoh") for text in made["people"]["bank_name"].to_pylist() if text)
    assert all(text is None or re.fullmatch(r"000\d{9}", text) for text in made["people"]["bank_account"].to_pylist())
    assert all(text is None or re.fullmatch(r"\+628000\d{7}", text) for text in made["people"]["phone"].to_pylist())
    assert all(re.fullmatch(r"99\d{6}0{7}", text) for text in made["employers"]["npwp"].to_pylist())
    assert all(text.startswith("Jl. Contoh ") for text in made["people"]["address"].to_pylist())
    assert all(made["villages"]["invented"].to_pylist())
    assert {text for text in made["placements"]["agency"].to_pylist() if text} <= {
        f"PT Contoh Penempatan Pekerja Migran {n}" for n in range(1, 7)
    }


def test_names_are_as_people_have_them(made):
    names = made["people"]["name"].to_pylist()
    words = Counter(len(name.split(",")[0].split()) for name in names)
    assert 0.15 < words[1] / len(names) < 0.45 and words[3] > 2_000
    assert len(set(names)) > 20_000 and Counter(names).most_common(1)[0][1] < 400
    for mark in (", S.Pd.", "H. ", "Hj. ", "Moh. ", "Muhammad ", "Siti ", "Soe", "'"):
        assert any(mark in name for name in names), mark
    assert not any(re.search(r"\b(\w+) \1\b", name) for name in names)
    assert not any("  " in name or name != name.strip() for name in names)
    assert not any("," in name for name in made["people"]["mother_name"].to_pylist())


# ---- nothing contradicts itself


def test_work_lies_within_lives_and_within_the_books(made):
    people = made["people"]
    order = numbers(people, "person") - 1
    assert order.tolist() == list(range(people.num_rows))
    birth = numbers(people, "birth_date")
    died = numbers(people, "died_on", null=10**6)
    first_month = add_months(MONTH, -35)
    for name in ("employments", "covers"):
        table = made[name]
        person = numbers(table, "person") - 1
        begun = numbers(table, "from_month")
        ended = numbers(table, "to_month", null=999912)
        assert (begun <= ended).all() and begun.min() == first_month and begun.max() <= MONTH
        young = 16 if name == "employments" else 18
        born = np.array([month_of(EPOCH + dt.timedelta(days=int(b))) for b in birth[person]])
        assert (index(begun) - index(born) >= young * 12).all()
        last = np.array([month_of(EPOCH + dt.timedelta(days=int(d))) if d < 10**6 else 999912 for d in died[person]])
        held = numbers(table, "superseded_on", null=-1) == -1
        assert (ended[held] <= last[held]).all()
        recorded = numbers(table, "recorded_on")
        assert (recorded <= (last_day(MONTH) - EPOCH).days).all()
    start = numbers(made["placements"], "contract_start")
    born = birth[numbers(made["placements"], "person") - 1]
    born = np.array([month_of(EPOCH + dt.timedelta(days=int(b))) for b in born])
    assert (index(start) - index(born) >= 18 * 12).all() and start.max() <= MONTH
    since = numbers(people, "member_since")
    assert since.min() >= 201407 and since.max() <= MONTH


def test_no_one_on_own_account_is_older_than_sixty_four(made):
    people = made["people"]
    bpu = people.filter(pc.and_(pc.equal(people["segment"], "bpu"), pc.equal(people["origin"], "member")))
    oldest = min(bpu["birth_date"].to_pylist())
    assert oldest > dt.date(MONTH // 100 - 65, MONTH % 100, 28)


@pytest.mark.parametrize(("name", "partner"), [("employments", "employer"), ("covers", "payer")])
def test_spells_of_one_person_at_one_place_never_overlap(made, name, partner):
    spells = sorted(
        (person, str(other), begun, ended or 999912)
        for person, other, begun, ended in rows(holding(made[name]), "person", partner, "from_month", "to_month")
    )
    for one, next_one in pairwise(spells):
        if one[:2] == next_one[:2]:
            assert one[3] < next_one[2], (one, next_one)


def test_every_pointer_points_to_a_row(made):
    named = {"people": "person", "agents": "agent", "villages": "village_code", "districts": "district_code"}
    named |= {name: name[:-1] for name in ("relatives", "employers", "units", "projects", "employments", "sponsors", "offices")}
    keys = {column: set(made[name][column].to_pylist()) for name, column in named.items()}
    assert all(len(found) == made[name].num_rows for name, found in zip(named, keys.values(), strict=True))
    for column, alias in (
        ("twin", "person"),
        ("relative_person", "person"),
        ("from_village", "village_code"),
        ("to_village", "village_code"),
    ):
        keys[column] = keys[alias]
    for name, table in made.tables.items():
        for column in table.column_names:
            if column in keys:
                assert set(table[column].drop_null().to_pylist()) <= keys[column], (name, column)
    for name in ("employments", "covers"):
        assert set(made[name]["version_of"].drop_null().to_pylist()) <= set(made[name][name[:-1]].to_pylist())
    unit = dict(rows(made["units"], "unit", "employer"))
    builder = dict(rows(made["projects"], "project", "employer"))
    for employer, its_unit, project in rows(made["employments"], "employer", "unit", "project"):
        assert (its_unit is None) != (project is None)
        assert employer == (unit[its_unit] if its_unit else builder[project])


def test_a_replaced_row_is_the_open_one_and_gives_way_the_day_its_successor_is_recorded(made):
    for name in ("employments", "covers"):
        table = made[name]
        held = {
            row[0]: row
            for row in rows(table, name[:-1], "person", "from_month", "recorded_on", "version_of", "superseded_on", "to_month")
        }
        replaced = [row for row in held.values() if row[4] is not None]
        assert len(replaced) > 100
        for _number, person, begun, recorded, version_of, superseded, ended in replaced:
            successor = held[version_of]
            assert ended is None and successor[6] is not None and successor[4] is None and successor[5] is None
            assert (successor[1], successor[2]) == (person, begun)
            assert recorded < superseded == successor[3]


def test_wages_begin_with_the_job_and_change_in_january_and_grow_with_the_minimum(made):
    jobs = {n: row for n, *row in rows(holding(made["employments"]), "employment", "from_month", "to_month")}
    wages: dict[int, list[tuple[int, int]]] = {}
    for employment, month, rupiah in rows(made["wages"], "employment", "from_month", "wage_rupiah"):
        wages.setdefault(employment, []).append((month, rupiah))
    assert wages.keys() == jobs.keys()
    for employment, (begun, ended) in jobs.items():
        months = [month for month, _ in wages[employment]]
        until = min(ended or MONTH, MONTH)
        assert months == [begun, *(y * 100 + 1 for y in range(begun // 100 + 1, until // 100 + 1))]
        paid = [rupiah for _, rupiah in wages[employment]]
        assert paid == sorted(paid) and 400_000 < paid[0] < 10**10
    at_minimum = sum(paid[-1][1] == 2_578_320 for paid in wages.values())
    assert 5_000 < at_minimum < 25_000 and made.minimum_rupiah == 2_578_320


def test_minimum_wages_are_the_lists_where_there_are_lists():
    assert minimum_wages(3508, 2024, 2026) == [2_281_469, 2_429_764, 2_578_320]
    assert minimum_wages(3508, 2023, 2023) == [2_281_469 * 2_040_244 // 2_165_244]
    assert minimum_wages(3515, 2023, 2026) == [2_040_244, 2_165_244, 2_305_985, 2_446_880]
    assert minimum_wages(3515, 2027, 2028) == [2_593_692, 2_749_313]
    assert minimum_wages(9301, 2023, 2023) == [3_864_696]  # the parent's of the day


def test_life_goes_on_jobs_change_pay_stops_and_people_move(made):
    jobs = holding(made["employments"])
    spells = Counter(jobs["person"].to_pylist())
    assert sum(count > 1 for count in spells.values()) > 8_000
    now = Counter(running(made["employments"], MONTH)["person"].to_pylist())
    assert 200 < sum(count > 1 for count in now.values()) < 800
    late = sum(
        (recorded.year * 12 + recorded.month) - index(np.array([begun]))[0] > 2
        for begun, recorded in rows(jobs, "from_month", "recorded_on")
    )
    assert late > 500
    assert {"pu", "non_asn", "construction", "trainee"} == set(jobs["segment"].to_pylist())
    origins = Counter(made["people"]["origin"].to_pylist())
    assert origins["deceased"] == 250 and origins["former"] == 1_500 and origins["trainee"] == 150
    assert made["people"]["died_on"].null_count == made["people"].num_rows - 250
    assert made["moves"].num_rows > 1_500
    ends = dict(rows(made["people"], "person", "village_code"))
    for person, start, came_from, end in rows(made["moves"], "person", "from_village", "from_regency", "to_village"):
        assert ends[person] == end and (start is not None or came_from != 3508) and (start is None or start != end)
    assert 0.008 < sum(kind is not None for kind in made["people"]["disability_type"].to_pylist()) / WORKERS < 0.016
    assert sum(rows_of["jht_member"] for rows_of in made["covers"].to_pylist()) > 100


def test_a_village_left_january_unpaid_and_everyone_there_has_the_gap(made):
    gaps = [row for row in rows(made["sponsors"], "sponsor", "gap_month") if row[1]]
    assert gaps == [(2, 202601)]
    months = [row for row in rows(made["covers"], "sponsor", "from_month", "to_month") if row[0] == 2]
    assert len(months) > 20
    assert not any(begun <= 202601 <= ended for _, begun, ended in months)
    assert any(ended == 202512 for *_, ended in months) and any(begun == 202602 for _, begun, _ in months)
    homes = dict(rows(made["people"], "person", "village_code"))
    village = dict(rows(made["sponsors"], "sponsor", "village_code"))
    for person, sponsor in rows(made["covers"], "person", "sponsor"):
        if sponsor and village[sponsor]:
            assert homes[person] in {village[sponsor], None}  # None: who left has moved away
    assert make_regency(1, workers=2_000, employers=60, month=202601)["sponsors"]["gap_month"].to_pylist()[1] == 202501


def test_families_are_possible(made):
    people = {row[0]: row[1:] for row in rows(made["people"], "person", "sex", "birth_date", "died_on", "mother_name", "name")}
    relatives = made["relatives"].to_pylist()
    kinds = Counter(row["kind"] for row in relatives)
    assert min(kinds[k] for k in ("spouse", "child", "parent", "sibling")) > 1_000
    spouses = Counter(row["person"] for row in relatives if row["kind"] == "spouse")
    assert set(spouses.values()) == {1}
    couples = {(row["person"], row["relative_person"]): row["from_date"] for row in relatives if row["relative_person"]}
    assert len(couples) > 200
    for row in relatives:
        sex, birth, died, mother, _name = people[row["person"]]
        end = died or last_day(MONTH)
        assert row["from_date"] <= end and row["birth_date"] <= end
        if row["kind"] == "spouse":
            assert row["sex"] != sex
            assert (row["from_date"] - max(birth, row["birth_date"])).days >= 19 * 365
        if row["kind"] == "child":
            assert (row["birth_date"] - birth).days > 17 * 365
        if row["kind"] == "parent":
            assert (birth - row["birth_date"]).days > 18 * 365 and (row["sex"] == "male" or row["name"] == mother)
        if row["relative_person"]:
            assert people[row["relative_person"]][4] == row["name"]
            assert couples[row["relative_person"], row["person"]] == row["from_date"]


def test_planted_pairs_are_what_the_list_says(made):
    people = {row["person"]: row for row in made["people"].to_pylist()}
    pairs = made["duplicates"].to_pylist()
    assert Counter(pair["same_person"] for pair in pairs) == {True: 40, False: 6}
    later = {person for person, row in people.items() if row["origin"] in {"registered_twice", "lookalike"}}
    assert {pair["twin"] for pair in pairs} == later
    covered = set(running(made["employments"], MONTH)["person"].to_pylist()) | set(
        running(made["covers"], MONTH)["person"].to_pylist()
    )
    for pair in pairs:
        one, two = people[pair["person"]], people[pair["twin"]]
        same = {name for name in ("name", "birth_date", "mother_name", "sex", "nik") if one[name] == two[name]}
        away = {"nik_district": {"nik"}, "nik_district_and_name": {"nik", "name"}, "nik_and_birth_date": {"nik", "birth_date"}}
        differ = away.get(pair["difference"], {"nik"})
        assert same == {"name", "birth_date", "mother_name", "sex", "nik"} - differ, pair["difference"]
        assert (one["village_code"] == two["village_code"]) or not pair["same_person"]
        assert {pair["person"], pair["twin"]} <= covered


def test_respelling_changes_a_name_and_keeps_it_a_name():
    assert respell("Muhammad Agus") == "Moh. Agus"
    assert respell("Rini, S.Pd.") == "Rieni"
    assert respell("H. Slamet") == "Slamet"
    assert respell("Bagas") == "Bagass"
    for name, other in (("Soetrisno", "Sutrisno"), ("Suparmi Astuti", "Soeparmi Astuti")):
        assert respell(name) == other


def test_names_on_other_lists_differ_from_the_card(made):
    card = dict(rows(made["people"], "person", "name"))
    spellings = rows(made["spellings"], "person", "name")
    assert len(spellings) > 400 and all(card[person] != name and name for person, name in spellings)


# ---- the demo


def test_every_role_has_one_demo_person_with_one_grant(made):
    users = made["users"].to_pylist()
    roles = (
        *("worker", "heir", "employer_clerk", "employer_approver", "sponsor_clerk", "sponsor_approver", "village_operator"),
        *("agent", "branch_officer", "branch_supervisor", "regional_viewer", "regional_officer", "regional_head", "head_office"),
        *("ministry", "hospital_desk", "actuary", "researcher", "auditor", "jury"),
    )
    assert [user["role"] for user in users] == list(roles) == list(USERNAMES)
    assert len({user["username"] for user in users}) == 20 and all(re.fullmatch(r"[a-z-]+", u["username"]) for u in users)
    of = {user["role"]: user for user in users}
    people = {row["person"]: row for row in made["people"].to_pylist()}
    worker = people[of["worker"]["target"]]
    assert worker["origin"] == "member" and worker["phone"] and of["worker"]["name"] == worker["name"]
    spells = [row for row in holding(made["employments"]).to_pylist() if row["person"] == worker["person"]]
    assert len(spells) == 2 and any(row["employer"] == made.roster_employer for row in spells)
    kinds = {row["kind"] for row in made["relatives"].to_pylist() if row["person"] == worker["person"]}
    assert kinds >= {"spouse", "child"}
    heir = next(row for row in made["relatives"].to_pylist() if row["relative"] == of["heir"]["relative"])
    assert heir["person"] == of["heir"]["target"] and people[heir["person"]]["died_on"] and heir["name"] == of["heir"]["name"]
    assert of["employer_clerk"]["target"] == made.roster_employer
    gap = next(row for row in made["sponsors"].to_pylist() if row["gap_month"])
    assert of["village_operator"]["target"] == gap["village_code"]
    agent = made["agents"].to_pylist()[of["agent"]["target"] - 1]
    assert agent["person"] == of["agent"]["person"] and agent["agent"] == of["agent"]["target"]
    assert of["regional_viewer"]["target"] == of["regional_officer"]["target"] == of["regional_head"]["target"] == 3508


def test_the_roster_has_sixty_good_rows_and_one_of_each_fault(made):
    expected = Counter(row["expect"] for row in made.roster)
    assert expected.pop("good") == 60
    assert set(expected.values()) == {1} and len(expected) == 21
    known = {f"{nik:016d}" for nik in made["people"]["nik"].to_pylist()}
    working = {
        f"{row['nik']:016d}"
        for row in made["people"]
        .take(
            pa.array(
                [p - 1 for p, e in rows(running(made["employments"], MONTH), "person", "employer") if e == made.roster_employer]
            )
        )
        .to_pylist()
    }
    of = {row["expect"]: row for row in made.roster}
    for row in made.roster:
        assert set(row) == set(made.roster[0]) and all(isinstance(value, str) for value in row.values())
        if row["expect"] == "good":
            assert (row["nik"] in known) == (row["action"] != "join") and (row["nik"] in working) == (row["action"] != "join")
        digits = re.sub(r"\D", "", row["nik"])
        assert len(digits) < 16 or digits.endswith("0000")
    assert of["maybe_registered"]["nik"] not in known and of["person_died"]["nik"] in known
    assert any(row["name"] == of["maybe_registered"]["name"] for row in made["people"].to_pylist())
    assert of["already_working_here"]["nik"] in working and of["name_differs"]["nik"] in working
    assert of["not_working_here"]["nik"] not in known
    worker = made["people"]["nik"][made["users"]["target"][0].as_py() - 1].as_py()
    assert f"{worker:016d}" not in {row["nik"] for row in made.roster}
    impossible = decode(np.array([int(of["nik_impossible_date"]["nik"]), int(of["under_age"]["nik"])]), MONTH)
    assert impossible.valid.tolist() == [False, True]


# ---- its edges


def test_the_description_names_every_table_and_column_with_its_kind():
    kinds = {pa.int64(): "int", pa.int32(): "month", pa.string(): "text", pa.date32(): "date", pa.bool_(): "bool"}
    told: dict[str, list[tuple[str, str]]] = {}
    table = ""
    for line in (package.__doc__ or "").splitlines():
        if (heading := re.match(r"(\w+): ", line)) and heading[1] in SCHEMAS:
            table = heading[1]
            told[table] = []
        elif column := re.match(r"    (\w+) +(int|month|text|date|bool)(\??)( |$)", line):
            told[table].append((column[1], column[2] + column[3]))
    wanted = {
        name: [(field.name, kinds[field.type] + "?" * field.nullable) for field in schema] for name, schema in SCHEMAS.items()
    }
    assert told == wanted


def test_columns_that_may_not_be_null_are_not(made):
    assert list(made.tables) == list(SCHEMAS)
    for name, table in made.tables.items():
        assert table.schema.equals(SCHEMAS[name]) and table.num_rows > 0
        for field in table.schema:
            assert field.nullable or table[field.name].null_count == 0, (name, field.name)


@pytest.mark.parametrize(
    ("workers", "employers", "code", "month"),
    [
        (1_000, 40, 3508, 202401),
        (1_000, 50, 3171, 202601),
        (2_500, 60, 9103, 202512),
        (3_000, 150, 5103, 203512),
        (9_000, 300, 1171, 202802),
    ],
)
def test_small_and_distant_regencies_hold_together_too(workers, employers, code, month):
    small = make_regency(11, workers=workers, employers=employers, regency_code=code, month=month)
    people = small["people"]
    assert people["origin"].to_pylist().count("member") == workers
    nik = numbers(people, "nik")
    assert decode(nik, month).valid.all() and len(np.unique(nik)) == len(nik)
    assert {row["kind"] for row in small["users"].to_pylist()} == {
        "self",
        "employer",
        "sponsor",
        "village",
        "agent",
        "office",
        "region",
        "nation",
    }
    assert all(name for name in people["name"].to_pylist()) and small["employers"].num_rows == employers
    active = set(running(small["employments"], month)["person"].to_pylist()) | set(
        running(small["covers"], month)["person"].to_pylist()
    )
    active |= set(small["placements"]["person"].to_pylist())
    members = {row[0] for row in rows(people, "person", "origin") if row[1] in {"member", "trainee"}}
    assert members <= active


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"workers": 999}, "pekerja 999"), ({"workers": 200_001}, "pekerja"), ({"employers": 39}, "pemberi kerja"),
        ({"employers": 2_501}, "pemberi kerja"), ({"month": 202312}, "202312"), ({"month": 203601}, "Bulan"),
        ({"month": 202613}, "Bulan"),
    ],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(asked, word):
    with pytest.raises(InputError, match=word):
        make_regency(1, **({"month": MONTH} | asked))
    with pytest.raises(InputError, match="Benih"):
        make_regency(-1, month=MONTH)
    with pytest.raises(UnknownRegion):
        make_regency(1, month=MONTH, regency_code=3530)
    with speaking("en"), pytest.raises(InputError, match="number of workers"):
        make_regency(1, workers=3, month=MONTH)


def test_many_people_come_in_batches_without_repeating_a_number():
    batches = list(make_people(5, 30_000, rows=1_000))
    assert all(batch.schema.equals(PEOPLE_SCHEMA) and 0 < batch.num_rows <= 1_000 for batch in batches)
    people = pa.Table.from_batches(batches)
    assert people["person"].to_pylist() == list(range(1, 30_001))
    nik = numbers(people, "nik")
    parts = decode(nik, 202601)
    assert len(np.unique(nik)) == 30_000 and parts.valid.all() and (nik % 10_000 == 0).all()
    assert (parts.birth_day == numbers(people, "birth_date")).all()
    assert people.equals(pa.Table.from_batches(list(make_people(5, 30_000, rows=1_000))))
    assert len(set(people["name"].to_pylist())) > 15_000
    assert len(set(people["regency_code"].to_pylist())) == 514
