"""A world with known truth: rates come out as asked, numbers are nobody's, and the truth says who is who."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from jamsostek.core.dates import civil_from_days, days_from_civil
from jamsostek.core.nik import compose, decode
from jamsostek.core.regions import regencies_of
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.names import FEMALE
from jamsostek.synth.register import DIRTY, MEMBERS, USUAL, Errors, World, make_world, spoil, words
from jamsostek.synth.register import assumptions as assumed
from jamsostek.synth.register.households import CHILD, HEAD, NOBODY, SPOUSE, Population, make_population
from jamsostek.synth.register.misnumbered import typo
from jamsostek.synth.register.spelling import RULES, misspelt, slip

SEED, POOR, MEMBER_ROWS = 5, 20_000, 50_000
NOTHING = Errors(**{field.name: 0 for field in dataclasses.fields(Errors)})
LISTS = ("register", "members", "truth_register", "truth_members", "family")


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(SEED, POOR, MEMBER_ROWS)


@pytest.fixture(scope="module")
def clean() -> World:
    return make_world(SEED, POOR, MEMBER_ROWS, errors=NOTHING, member_errors=NOTHING)


@pytest.fixture(scope="module")
def population() -> Population:
    return make_population(Draw(SEED, 35, "test"), 30_000)


def digest(world: World) -> str:
    total = hashlib.sha256()
    for name in LISTS:
        table = getattr(world, name)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
        total.update(name.encode() + sink.getvalue().to_pybytes())
    return total.hexdigest()


def permille(table: pa.Table, column: str) -> dict[str, float]:
    counts = Counter(table[column].to_pylist())
    return {value: 1_000 * count / table.num_rows for value, count in counts.items()}


def missing(table: pa.Table, column: str) -> float:
    return 1_000 * table[column].null_count / table.num_rows


def tidy(names: pa.ChunkedArray) -> list[str]:
    return [" ".join("".join(c for c in name.lower() if c.isalpha() or c == " ").split()) for name in names.to_pylist()]


def pairs(world: World) -> tuple[pa.Table, pa.Table]:
    """Rows of the register and of the members that are the same person, first entries alone."""
    member_of = {
        person: row
        for row, (person, first) in enumerate(
            zip(world.truth_members["person"].to_pylist(), world.truth_members["duplicate_of"].to_pylist(), strict=True)
        )
        if first is None
    }
    rows = [row for row, person in enumerate(world.truth_register["person"].to_pylist()) if person in member_of]
    people = [member_of[world.truth_register["person"][row].as_py()] for row in rows]
    return world.register.take(rows), world.members.take(people)


# ---- the world


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others() -> None:
    small = digest(make_world(3, 500, 2_000))
    assert small == digest(make_world(3, 500, 2_000))
    assert small != digest(make_world(4, 500, 2_000))


@pytest.mark.parametrize(("poor", "members", "province"), [(1, 1, 35), (300, 200, 11), (1_000, 4_000, 91)])
def test_any_size_and_province_can_be_made(poor: int, members: int, province: int) -> None:
    made = make_world(1, poor, members, province)
    assert (made.register.num_rows, made.members.num_rows) == (poor, members)


def test_too_few_members_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        make_world(1, 1_000, 100)


def test_lists_have_the_promised_columns(world: World) -> None:
    columns = ["name", "nik", "kk", "sex", "birth_date", "birth_place", "mother_name", "phone", "village_code"]
    assert world.register.column_names == ["row", *columns]
    assert world.members.column_names == ["member", *columns]
    assert world.register.schema.field("birth_date").type == pa.date32()
    assert world.register.schema.field("village_code").type == pa.int64()
    assert world.truth_register.column_names == [
        *("row", "person", "nik_state", "date_state", "name_state", "is_member", "single_name", "age", "moved", "duplicate_of")
    ]
    assert world.register["row"].to_pylist() == list(range(1, POOR + 1)) == world.truth_register["row"].to_pylist()
    assert world.members["member"].to_pylist() == list(range(1, MEMBER_ROWS + 1)) == world.truth_members["member"].to_pylist()


def test_a_third_of_the_poor_are_members_and_some_stand_twice(world: World) -> None:
    assert permille(world.truth_register, "is_member")[True] == pytest.approx(assumed.POOR_ARE_MEMBERS, abs=4)
    for truth, rows in ((world.truth_register, POOR), (world.truth_members, MEMBER_ROWS)):
        assert truth["duplicate_of"].null_count == rows - rows * 30 // 1_000
        assert pc.count_distinct(truth["person"]).as_py() == truth["duplicate_of"].null_count


def test_second_entries_point_to_first_ones_of_the_same_person(world: World) -> None:
    for truth in (world.truth_register, world.truth_members):
        person, first = truth["person"].to_pylist(), truth["duplicate_of"].to_pylist()
        for row, of in enumerate(first):
            if of is not None:
                assert person[of - 1] == person[row] and first[of - 1] is None and of - 1 != row


def test_without_errors_the_same_person_has_the_same_row_on_both_lists(clean: World) -> None:
    register, members = pairs(clean)
    assert register.num_rows == clean.truth_register.filter(clean.truth_register["is_member"]).num_rows > 6_000
    for column in ("name", "nik", "kk", "sex", "birth_date", "mother_name", "village_code"):
        assert register[column].equals(members[column]), column
    for state, unchanged in (("nik_state", "good"), ("date_state", "same"), ("name_state", "same"), ("moved", False)):
        assert permille(clean.truth_register, state) == {unchanged: 1_000}


def test_states_say_where_a_list_is_right(world: World) -> None:
    doubles = dataclasses.replace(NOTHING, doubles=USUAL.doubles)
    right = make_world(SEED, POOR, MEMBER_ROWS, errors=doubles, member_errors=doubles)
    for name in ("register", "members"):
        cards, truth = getattr(right, name), getattr(world, f"truth_{name}")
        assert truth["person"].equals(getattr(right, f"truth_{name}")["person"])
        for row, card, states in zip(getattr(world, name).to_pylist(), cards.to_pylist(), truth.to_pylist(), strict=True):
            assert (row["nik"] == card["nik"]) == (states["nik_state"] == "good")
            assert (row["birth_date"] == card["birth_date"]) == (states["date_state"] == "same")
            assert (row["nik"] is None) == (states["nik_state"] == "missing")
            assert row["village_code"] is None or (row["village_code"] != card["village_code"]) == (
                name == "members" and states["moved"]
            )
        same = np.array(tidy(getattr(world, name)["name"])) == np.array(tidy(cards["name"]))
        assert (same == (np.array(truth["name_state"].to_pylist()) == "same")).mean() > 0.999


# ---- numbers


def test_true_niks_are_unique_and_say_birth_sex_and_an_invented_district(clean: World) -> None:
    members = clean.members
    nik = np.array([int(text) for text in members["nik"].to_pylist()])
    assert len(np.unique(nik)) == members.num_rows == pc.count_distinct(clean.truth_members["person"]).as_py()
    parts = decode(nik, 202601)
    assert parts.valid.all()
    assert (parts.birth_day == members["birth_date"].cast(pa.int32()).to_numpy()).all()
    assert (parts.is_female == (np.array(members["sex"].to_pylist()) == "female")).all()
    assert (parts.region_code % 100 >= 51).all()
    serial = nik % 10_000
    assert serial.min() == 1
    assert 0.3 < (serial == 1).mean() < 0.7


def test_no_number_on_a_list_can_be_somebodys(world: World) -> None:
    homes = {regency.code for regency in regencies_of(35)}
    for table in (world.register, world.members):
        for column in ("nik", "kk"):
            for number in table[column].drop_null().to_pylist():
                assert number[4] >= "5" or number == "0" * 16, number
        codes = table["village_code"].drop_null().to_numpy()
        assert (codes // 10_000 % 100 >= 51).all()
        assert np.isin(codes // 1_000_000, list(homes)).mean() > 0.95
        assert all("8000" in phone.replace("-", "").replace(" ", "")[:8] for phone in table["phone"].drop_null().to_pylist())


def test_neighbours_born_on_a_day_differ_in_the_serial_alone(clean: World) -> None:
    start = Counter(nik[:12] for nik in clean.members["nik"].to_pylist())
    assert sum(count for count in start.values() if count > 1) > 500


def test_wrong_niks_look_as_such_mistakes_do(world: World) -> None:
    states = world.truth_register["nik_state"].to_pylist()
    by_state: dict[str, list[str]] = {}
    for state, nik in zip(states, world.register["nik"].to_pylist(), strict=True):
        by_state.setdefault(state, []).append(nik)
    assert all(nik.endswith("0") and len(nik) == 16 for nik in by_state["cut"])
    assert all(nik.endswith("0" * 10) or nik == "9" * 16 for nik in by_state["dummy"])
    assert {len(nik) for nik in by_state["typo"]} == {15, 16, 17}
    # Another valid number of one's own: nobody else's on either list.
    good = set(by_state["good"])
    assert not good & set(by_state["reissued"])
    assert all(len(nik) == 16 for nik in by_state["reissued"])
    assert decode(np.array([int(nik) for nik in by_state["reissued"]]), 202601).valid.all()
    # A head's number is mostly on the list already.
    assert sum(nik in good for nik in by_state["head"]) > len(by_state["head"]) // 2


def test_a_slip_changes_a_number_and_stays_in_an_invented_district() -> None:
    number = str(int(compose(351551, 12_000, True, 7)))
    made = [typo(number, bits) for bits in range(0, 2**32, 999_983)]
    assert number not in made
    assert all(one[4] >= "5" for one in made)


# ---- rates


@pytest.mark.parametrize("name", ["register", "members"])
def test_nik_rates_are_the_ones_asked(world: World, name: str) -> None:
    errors, truth = (USUAL, world.truth_register) if name == "register" else (MEMBERS, world.truth_members)
    shares = permille(truth, "nik_state")
    for state, asked in zip(("missing", "typo", "cut", "dummy", "reissued"), np.delete(errors.nik_rates, 2), strict=True):
        assert shares.get(state, 0) == pytest.approx(asked, abs=1.5 + 0.08 * asked), state
    if name == "register":
        assert 18 < shares["head"] < 30


def test_columns_are_missing_as_often_as_asked(world: World) -> None:
    columns = ("kk", "sex", "birth_place", "mother_name", "phone", "village_code", "birth_date")
    rates = ("kk", "sex", "birth_place", "mother", "phone", "village", "date")
    for table, errors in ((world.register, USUAL), (world.members, MEMBERS)):
        for column, rate in zip(columns, rates, strict=True):
            asked = getattr(errors, f"{rate}_missing")
            assert missing(table, column) == pytest.approx(asked, abs=3 + 0.04 * asked), column


def test_names_differ_on_the_lists_for_about_three_in_ten(world: World) -> None:
    register, members = pairs(world)
    same = np.array(tidy(register["name"])) == np.array(tidy(members["name"]))
    assert 0.26 < 1 - same.mean() < 0.34
    shares = permille(world.truth_register, "name_state")
    assert set(shares) == {"same", "spelling", "title", "bin", "short", "joined", "dropped", "reversed", "nick"}
    assert shares["spelling"] == max(share for state, share in shares.items() if state != "same")


def test_phones_agree_for_six_in_ten(world: World) -> None:
    def plain(phones: pa.ChunkedArray) -> list[str | None]:
        return [phone and phone.replace("-", "").replace(" ", "").split("8000", 1)[1] for phone in phones.to_pylist()]

    register, members = pairs(world)
    both = [one == other for one, other in zip(plain(register["phone"]), plain(members["phone"]), strict=True) if one and other]
    assert len(both) > 800
    assert 0.53 < np.mean(both) < 0.67


def test_members_live_elsewhere_on_the_other_list_as_often_as_asked(world: World) -> None:
    assert permille(world.truth_members, "moved")[True] == pytest.approx(MEMBERS.moved, abs=8)
    register, members = pairs(world)
    both = pc.equal(register["village_code"], members["village_code"]).drop_null()
    assert 1 - pc.mean(both).as_py() == pytest.approx(MEMBERS.moved / 1_000, abs=0.02)


def test_default_dates_stand_in_the_official_record_of_the_old(clean: World) -> None:
    _, month, day = civil_from_days(clean.register["birth_date"].cast(pa.int32()).to_numpy())
    default = np.isin(month * 100 + day, [1231, 701, 101])
    age = clean.truth_register["age"].to_numpy()
    assert default[age > 65].mean() > 0.2
    assert default[age < 35].mean() < 0.03


def test_a_dirty_register_is_worse_than_the_usual_one(world: World) -> None:
    dirty = make_world(SEED, POOR, MEMBER_ROWS, errors=DIRTY)
    usual, worse = (permille(made.truth_register, "nik_state") for made in (world, dirty))
    assert worse["missing"] == pytest.approx(400, abs=15)
    assert worse["typo"] > 1.6 * usual["typo"]
    assert worse["head"] > 1.6 * usual["head"]
    assert permille(dirty.truth_register, "name_state")["same"] < permille(world.truth_register, "name_state")["same"] - 70
    assert permille(dirty.truth_register, "date_state")["default"] > 1.2 * permille(world.truth_register, "date_state")["default"]
    assert dirty.members.equals(world.members)


def test_rates_are_scaled_and_habits_stay() -> None:
    assert USUAL.scaled(1) == USUAL
    assert USUAL.scaled(0.5).nik_typo == 20
    assert USUAL.scaled(0.5).phone_missing == USUAL.phone_missing
    assert USUAL.scaled(2).spelling == 2 * USUAL.spelling
    with pytest.raises(ValueError, match="permille"):
        Errors(nik_typo=1_001)
    with pytest.raises(ValueError, match="permille"):
        Errors(nik_missing=900, nik_typo=200)


# ---- households


def test_spouses_parents_and_children_could_be_so(population: Population) -> None:
    assert (population.role[population.start] == HEAD).all()
    spouses = np.flatnonzero(population.role == SPOUSE)
    heads = population.start[population.household[spouses]]
    assert (population.sex[spouses] != population.sex[heads]).all()
    assert population.age[spouses].min() >= 17
    known = np.flatnonzero(population.mother != NOBODY)
    mothers = population.mother[known]
    assert (population.sex[mothers] == FEMALE).all()
    assert (population.household[mothers] == population.household[known]).all()
    years = (population.birth_day[known] - population.birth_day[mothers]) / 365.25
    assert years.min() > 16.5 and years.max() < 46
    assert 2.5 < len(population) / len(population.start) < 4.5
    assert 0.18 < (population.age < 17).mean() < 0.34


def test_one_birth_in_a_hundred_is_of_twins(population: Population) -> None:
    children = np.flatnonzero(population.role == CHILD)
    born = Counter(zip(population.household[children].tolist(), population.birth_day[children].tolist(), strict=True))
    twins = sum(count == 2 for count in born.values())
    assert 0.004 < twins / len(born) < 0.016


def test_children_of_one_household_have_one_mother(clean: World) -> None:
    mothers: dict[str, set[str]] = {}
    children = Counter()
    for row, truth in zip(clean.register.to_pylist(), clean.truth_register.to_pylist(), strict=True):
        if truth["age"] < 10:
            mothers.setdefault(row["kk"], set()).add(row["mother_name"])
            children[row["kk"]] += 1
    assert sum(count > 1 for count in children.values()) > 100
    assert {len(names) for names in mothers.values()} == {1}


def test_families_known_to_the_registry_are_of_the_household(clean: World) -> None:
    card = {row["nik"]: row["kk"] for table in (clean.register, clean.members) for row in table.to_pylist()}
    members = clean.members.to_pylist()
    found = 0
    for entry in clean.family.to_pylist():
        member = members[entry["member"] - 1]
        assert entry["nik"] != member["nik"]
        if entry["nik"] in card:
            found += 1
            assert card[entry["nik"]] == member["kk"]
    assert found > 1_000
    known = pc.count_distinct(clean.family["member"]).as_py() / clean.members.num_rows
    assert 0.12 < known < 0.3


# ---- names


def test_every_rule_of_spelling_is_used_and_changes_something() -> None:
    names = pa.array(["soekarno", "djoko tjahyono", "yusuf syarifuddin", "fitriyah khotimah", "thohir zakaria dzulfikar"] * 400)
    made = misspelt(Draw(1, 0, "spelling"), names)
    assert np.mean(np.array(made.to_pylist()) != np.array(names.to_pylist())) > 0.97
    assert {"sukarno", "fitriah khotimah", "yusuf syarifudin"} <= set(made.to_pylist())
    assert all(pattern != replacement and weight > 0 for pattern, replacement, weight in RULES)
    assert slip("ab", 5) == "ab"
    assert all(slip("sulastri", bits) != "sulastri" for bits in range(0, 100_000, 37))


@pytest.mark.parametrize(
    ("function", "name", "expected"),
    [
        (words.another_form, "muhammad yusuf", {"moh. yusuf", "m. yusuf", "mochamad yusuf"}),
        (words.another_form, "yusuf", {"yusuf"}),
        (words.dropped, "siti nur aminah", {"siti nur", "nur aminah"}),
        (words.dropped, "slamet", {"slamet"}),
        (words.initial, "siti aminah", {"siti a.", "siti a", "s. aminah"}),
        (words.joined, "siti aminah", {"sitiaminah"}),
        (words.joined, "nurhayati", {"nur hayati"}),
        (words.reversed_words, "budi santoso", {"santoso budi"}),
        (words.untitled, "h. slamet riyadi, s.pd.", {"slamet riyadi"}),
    ],
)
def test_words_change_as_clerks_change_them(function: Callable[[str, int], str], name: str, expected: set[str]) -> None:
    made = {function(name, bits) for bits in range(0, 2**32, 4_999_999)}
    assert expected <= made


def test_nicknames_are_the_last_syllables_or_what_neighbours_say() -> None:
    made = {words.nick("suparman", bits, True) for bits in range(0, 2**32, 4_999_999)}
    assert {"parman", "man", "pak man"} <= made


# ---- spoiling other people


def test_another_clean_list_can_be_spoilt() -> None:
    count = 3_000
    born = days_from_civil(np.full(count, 1970), 1, 1) + np.arange(count)
    niks = compose(351551, born, np.arange(count) % 2, 0)
    people = pa.table(
        {
            "person": np.arange(1, count + 1),
            "household": np.arange(count) // 3,
            "name": [f"{first} Wijaya" for first in ("Muhammad", "Siti", "Budi")] * (count // 3),
            "nik": [str(nik) for nik in niks.tolist()],
            "kk": pa.nulls(count, pa.string()),
            "sex": ["male", "female"] * (count // 2),
            "birth_date": pa.array(born.astype(np.int32)).cast(pa.date32()),
            "birth_place": pa.nulls(count, pa.string()),
            "mother_name": pa.nulls(count, pa.string()),
            "phone": pa.nulls(count, pa.string()),
            "village_code": pa.nulls(count, pa.int64()),
            "is_head": np.arange(count) % 3 == 0,
            "head_nik": [str(niks[row - row % 3]) for row in range(count)],
        }
    )
    done = spoil(1, people, USUAL)
    assert done.register.num_rows == done.states.num_rows == count
    assert done.register["kk"].null_count == done.register["village_code"].null_count == count
    assert 0.7 < np.mean(np.array(done.states["nik_state"].to_pylist()) == "good") < 0.85
    assert done.register.equals(spoil(1, people, USUAL).register)
    assert not done.register.equals(spoil(1, people, USUAL, purpose="another list").register)
    assert spoil(1, people, NOTHING).register["name"].equals(people["name"])
    assert spoil(1, people.slice(0, 0), USUAL).register.num_rows == 0
