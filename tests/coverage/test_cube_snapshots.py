"""Snapshots: what a correction changes, what is taken over, what is refused, what everybody may see."""

from __future__ import annotations

import fcntl
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from jamsostek.core.errors import InputError
from jamsostek.core.months import span
from jamsostek.coverage.cube import Answer, Cancelled, Question, Snapshot, ask, latest, protect
from jamsostek.coverage.cube.building import BUILT
from jamsostek.coverage.cube.lattice import LATTICES
from jamsostek.coverage.cube.protecting import shown
from jamsostek.coverage.cube.schema import OPEN, at
from jamsostek.coverage.cube.store import CELLS, KEPT
from tests.coverage import invented_people as people_of

Cell = tuple[str, tuple[Any, ...]]
Q = Question((202606,), ("active", "ever"), by=("regency",))


@pytest.fixture(scope="module")
def people() -> list[people_of.Person]:
    return people_of.drawn(300, seed=3)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return people_of.photographed(tmp_path_factory.mktemp("empty"), [])


def _cells(snapshot: Snapshot) -> dict[Cell, tuple[int, ...]]:
    """Every cell of every lattice with its counts."""
    found = {}
    for lattice in LATTICES:
        keys = 1 + len(lattice.keys)
        files = [str(one) for one in snapshot.cell_files(lattice)]
        for row in duckdb.execute("SELECT * FROM read_parquet(?)", [files]).fetchall():
            found[lattice.name, row[:keys]] = row[keys:]
    return found


def _differing(before: Snapshot, after: Snapshot) -> dict[Cell, tuple[Any, Any]]:
    old, new = _cells(before), _cells(after)
    return {key: (old.get(key), new.get(key)) for key in {*old, *new} if old.get(key) != new.get(key)}


def _chosen(people: list[people_of.Person]) -> people_of.Person:
    """Somebody with one open job, since three years ago."""
    worker = people_of.Tie(at(202301), OPEN, True, 0, 31, 0, 5, 3201)
    return replace(people[10], begins=at(202301), ends=OPEN, regency=3201, village=11001, ties=(worker,), former=())


def _with(people: list[people_of.Person], person: people_of.Person) -> list[people_of.Person]:
    return [person if one.number == person.number else one for one in people]


@pytest.mark.parametrize("since", [None, 202604], ids=["corrected", "moved"])
def test_another_home_changes_only_cells_of_the_two_places(
    tmp_path: Path, people: list[people_of.Person], since: int | None
) -> None:
    """A correction those of all months, a move those from its month on."""
    stays = _chosen(people)
    elsewhere = replace(people_of.moved(stays, 1171, at(since)) if since else stays, regency=1171, village=21001)
    before = people_of.photographed(tmp_path, _with(people, stays))
    after = people_of.photographed(tmp_path, _with(people, elsewhere))
    changed = _differing(before, after)
    assert {key[1] for (_name, key) in changed} == {3201, 1171}
    months = {key[0] for (name, key) in changed if name == "people"}
    assert months == set(span(since or 202307, 202606))
    assert {name for name, _key in changed} == {"paid", "people", "work", "village"}  # their office did not move
    for (name, _key), (old, new) in changed.items():
        gone, come = sum((old or (0,))[:3]), sum((new or (0,))[:3])
        assert abs(gone - come) == 3, name  # one person, registered, ever covered and active, by every lattice


def test_somebody_who_moves_did_not_lapse_and_did_not_join(tmp_path: Path, people: list[people_of.Person]) -> None:
    there_and_back = people_of.moved(people_of.moved(_chosen(people), 1171, at(202603)), 3201, at(202605))
    made = people_of.photographed(tmp_path, [there_and_back])
    assert (made.people, made.rows) == (1, 3)
    months = tuple(span(202301, 202606))
    told = ask(Question(months, ("active", "joined", "returned", "lapsed", "died"), ("month", "regency")), snapshot=made).rows
    places = {row[0]: row[1] for row in told}
    assert [places[one] for one in (202301, 202602, 202603, 202604, 202605, 202606)] == [3201, 3201, 1171, 1171, 3201, 3201]
    assert [row[2] for row in told] == [1] * len(months)
    assert [sum(row[column] for row in told) for column in (3, 4, 5, 6)] == [1, 0, 0, 0]


def test_few_people_are_one_file_and_say_the_same(tmp_path: Path, people: list[people_of.Person]) -> None:
    one = people_of.photographed(tmp_path / "a", people)
    cut = people_of.photographed(tmp_path / "b", people, few=0)
    assert (len(one.row_files()), len(cut.row_files())) == (1, 4)
    assert not _differing(one, cut)
    again = people_of.photographed(tmp_path / "a", people)
    assert all(file.stat().st_nlink > 1 for file in (again.folder / CELLS).rglob("*.parquet"))
    where = Question((202606,), ("active", "reported"), where={"province": (32,)})
    assert ask(where, snapshot=one).rows == ask(where, snapshot=cut).rows


def test_a_lapse_found_later_changes_months_from_then_on_and_no_other(tmp_path: Path, people: list[people_of.Person]) -> None:
    works = _chosen(people)
    before = people_of.photographed(tmp_path, _with(people, works))
    left = replace(works, ties=(replace(works.ties[0], last=at(202511)),))
    after = people_of.photographed(tmp_path, _with(people, left))
    changed = _differing(before, after)
    assert {key[0] for (_name, key) in changed} == set(span(202512, 202606))
    assert {key[1] for (_name, key) in changed} == {3201}
    assert {(new or (0,) * 7)[5] - (old or (0,) * 7)[5] for (_n, key), (old, new) in changed.items() if key[0] == 202512} == {1}


def test_a_segment_corrected_backwards_changes_both_segments_from_then_on(tmp_path: Path, people: list[people_of.Person]) -> None:
    works = _chosen(people)
    before = people_of.photographed(tmp_path, _with(people, works))
    after = people_of.photographed(tmp_path, _with(people, replace(works, ties=(replace(works.ties[0], segment=1),))))
    changed = _differing(before, after)
    column = {lattice.name: 1 + lattice.keys.index("segments") for lattice in LATTICES}
    assert {key[column[name]] for (name, key) in changed} == {1, 2}
    assert {key[0] for (_name, key) in changed} == set(span(202307, 202606))  # all that are kept since they began


def test_unchanged_provinces_are_taken_over_and_say_the_same(tmp_path: Path, people: list[people_of.Person]) -> None:
    stays = _chosen(people)
    people_of.photographed(tmp_path / "a", _with(people, stays), few=0)
    moved = _with(people, people_of.moved(stays, 1171, at(202601)))
    taken = people_of.photographed(tmp_path / "a", moved, few=0)
    anew = people_of.photographed(tmp_path / "b", moved, few=0)
    assert not _differing(taken, anew)
    shared = [one.stem for one in (taken.folder / CELLS / "people").glob("*.parquet") if one.stat().st_nlink > 1]
    assert sorted(shared) == ["19", "94"]


def test_a_snapshot_of_another_month_takes_nothing_over(tmp_path: Path, people: list[people_of.Person]) -> None:
    first = people_of.photographed(tmp_path, people)
    told = json.loads((first.folder / BUILT).read_text())
    told["months"][0].pop()
    (first.folder / BUILT).write_text(json.dumps(told))
    second = people_of.photographed(tmp_path, people)
    assert all(one.stat().st_nlink == 1 for one in (second.folder / CELLS).rglob("*.parquet"))
    assert not _differing(first, second)


def test_nobody_at_all_is_answered_with_none(empty: Snapshot) -> None:
    assert ask(Q, snapshot=empty).rows == []
    assert ask(Question((202606,), ("active", "reported")), snapshot=empty).rows == [(0, 0)]


def test_before_the_first_snapshot_one_is_asked_for(settings: Any, tmp_path: Path) -> None:
    settings.JAMSOSTEK_DATA = tmp_path
    assert latest() is None
    with pytest.raises(InputError, match="Belum ada potret"):
        ask(Q)


def test_the_newest_is_used_and_the_last_few_are_kept(settings: Any, tmp_path: Path, people: list[people_of.Person]) -> None:
    settings.JAMSOSTEK_DATA = tmp_path
    home = tmp_path / "coverage"
    names = [people_of.photographed(home, people[: 10 + each]).name for each in range(KEPT + 2)]
    found = latest()
    assert found is not None
    assert (found.name, found.people) == (names[-1], 10 + KEPT + 1)
    assert sorted(one.name for one in home.iterdir() if one.is_dir()) == sorted(names[-KEPT:])
    assert ask(Question((202606,), ("registered",))).rows[0][0] > 0


@pytest.mark.parametrize("harm", ["missing", "cut", "about"])
def test_a_damaged_snapshot_says_so(tmp_path: Path, people: list[people_of.Person], harm: str) -> None:
    made = people_of.photographed(tmp_path, people)
    file = next(made.folder.glob("cells/people/*.parquet"))
    if harm == "missing":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:-20])
    else:
        (made.folder / "about.json").write_text("{")
    with pytest.raises(InputError, match="rusak"):
        latest(tmp_path)


@pytest.mark.parametrize("harm", ["missing", "cut"])
def test_what_is_damaged_after_it_was_opened_is_told_when_it_is_read_and_is_replaced(
    settings: Any, tmp_path: Path, people: list[people_of.Person], harm: str
) -> None:
    """A process looks at a snapshot's files once; a file that is gone is damage, never a province of nobody."""
    settings.JAMSOSTEK_DATA = tmp_path
    made = people_of.photographed(tmp_path / "coverage", people, few=0)
    ages = replace(Q, by=("age",))
    whole = ask(ages).rows
    file = next(made.folder.glob("cells/people/*.parquet"))
    file.unlink() if harm == "missing" else file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(InputError, match="rusak"):
        ask(ages)
    people_of.photographed(tmp_path / "coverage", people, few=0)
    assert whole and ask(ages).rows == whole


def test_a_file_spoiled_in_its_middle_is_told_when_it_is_read(tmp_path: Path, people: list[people_of.Person]) -> None:
    made = people_of.photographed(tmp_path, people)
    for file in made.folder.glob("cells/people/*.parquet"):
        file.write_bytes(b"\0" * file.stat().st_size)
    with pytest.raises(InputError, match="rusak"):
        ask(Question((202606,), by=("age",)), snapshot=made)


def test_two_at_once_the_second_is_refused(tmp_path: Path, people: list[people_of.Person]) -> None:
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="sedang dibuat"):
            people_of.photographed(tmp_path, people)
    assert people_of.photographed(tmp_path, people).people == 300


def test_one_that_fails_leaves_nothing_and_the_former_stays(
    tmp_path: Path, people: list[people_of.Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = people_of.photographed(tmp_path, people)

    def full(*_given: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(people_of, "fold", full)
    with pytest.raises(InputError, match="No space left"):
        people_of.photographed(tmp_path, people)
    assert latest(tmp_path) == first
    assert {one.name for one in tmp_path.iterdir()} == {first.name, "latest", ".lock"}


def test_a_question_given_up_stops(tmp_path: Path, people: list[people_of.Person]) -> None:
    made = people_of.photographed(tmp_path, people)
    with pytest.raises(Cancelled):
        ask(Question((202606,), ("reported",), by=("village", "age")), snapshot=made, cancel=lambda: True)
    heard: list[float] = []
    assert ask(Q, snapshot=made, progress=heard.append, cancel=lambda: False).rows
    assert heard[-1] == 1.0


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question((202607,)), "belum ada di potret"),
        (Question((202613,)), "Bulan"),
        (Question(()), "memerlukan bulan"),
        (Question((202606,), ("aktif",)), "aktif"),
        (Question((202606,), by=("sexe",)), "sex"),
        (Question((202606,), where={"segment": ("bpuu_self",)}), "bpu_self"),
        (Question((202606,), where={"province": ("32; DROP",)}), "bukan angka"),
        (Question((202605, 202606)), "tidak dapat dijumlahkan"),
        (Question((202606,), by=("village",), basis="office"), "domisili"),
        (Question((202606,), ("reported",), by=("payer",)), "segmen dan ciri orang"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(empty: Snapshot, question: Question, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ask(question, snapshot=empty)


# --- what everybody may see


def _answer(question: Question, rows: list[tuple[Any, ...]]) -> Answer:
    return Answer((*question.by, *question.measures), rows, people_of.DAY, "cells", 0.0, question)


def test_few_people_are_not_told_and_others_are_rounded() -> None:
    told = protect(_answer(Q, [(1101, 9, 12), (1171, 0, 3), (3201, 10, 14), (3273, 1234, 1235)]))
    assert told.rows == [(1101, None, 10), (3201, 10, 10), (3273, 1230, 1240)]
    assert protect(told).rows == told.rows
    assert told.protected


def test_a_total_is_rounded_from_its_own_truth_so_that_subtraction_finds_nobody() -> None:
    """Whoever sees the other lines and the total is left with five numbers at least that the hidden line may hold."""
    for part in range(10, 60):
        for hidden in range(10):
            seen, total = shown(part), shown(part + hidden)
            trues = [true for true in range(10, 70) if shown(true) == seen]
            fitting = {other for other in range(10) if any(shown(true + other) == total for true in trues)}
            assert hidden in fitting
            assert len(fitting) >= 5, (part, hidden)


def test_one_person_more_is_seen_in_one_of_ten_counts_at_most() -> None:
    changes = sum(shown(one) != shown(one + 1) for one in range(10, 1010))
    assert changes == 100
