"""Enters a synthetic regency into the registry, action by action, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, TypeVar

from jamsostek.access.scope import acting, system_scope
from jamsostek.core.text import N_, _
from jamsostek.registry.actions import changes, employ, employers, family, people, places, regions, sponsors
from jamsostek.registry.choices import Segment, SponsorKind, Via
from jamsostek.registry.identity import Person
from jamsostek.synth.regency import Regency

BATCH = 5_000
MEMBERS_SINCE, OF_AGE = 2, 18
"""Years that most have been registered for, and the age from which they were."""
ACTOR = N_("Peragaan")
_DEGREES = {"mild": "light", "moderate": "moderate", "severe": "severe"}
_EMPLOYER_KINDS = {"construction_firm": "construction", "government_office": "government"}
Row = dict[str, Any]
Tell = Callable[[str, int, int], None]
"""Hears what is being entered: what, how many done, of how many."""
T = TypeVar("T")


@dataclass
class Numbers:
    """Where the rows of the synthetic tables went: their numbers to the registry's ids."""

    people: dict[int, int] = field(default_factory=dict)
    employers: dict[int, int] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)
    projects: dict[int, int] = field(default_factory=dict)
    sponsors: dict[int, int] = field(default_factory=dict)
    offices: dict[int, int] = field(default_factory=dict)


def load(regency: Regency, *, today: dt.date, tell: Tell) -> Numbers:
    """Enters everything of a regency; raises what the actions raise, and then nothing is entered."""
    numbers = Numbers()
    with acting(system_scope(_(ACTOR))):
        _places(regency, numbers)
        _people(regency, numbers, today, tell)
        _family(regency, numbers, today, tell)
        _employers(regency, numbers, today, tell)
        _work(regency, numbers, tell)
        _sponsors(regency, numbers, today, tell)
        _abroad(regency, numbers)
        _deaths(regency, numbers, today, tell)
    return numbers


def _batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def _places(regency: Regency, numbers: Numbers) -> None:
    districts = [regions.Place(row["district_code"], row["name"]) for row in regency["districts"].to_pylist()]
    villages = [regions.Place(row["village_code"], row["name"]) for row in regency["villages"].to_pylist()]
    regions.import_regions(places=districts + villages, invented=True)
    for row in regency["offices"].to_pylist():
        code = f"{regency.regency_code}-{row['office']:02d}"
        office = places.register_office(
            code=code, name=row["name"], kind="branch", regency_code=row["regency_code"], invented=True
        )
        numbers.offices[row["office"]] = office.pk


def _people(regency: Regency, numbers: Numbers, today: dt.date, tell: Tell) -> None:
    """Whoever was of age two years ago has been registered since; so benefits that ask for membership can be shown."""
    rows, done = regency["people"].to_pylist(), 0
    since = dt.date(today.year - MEMBERS_SINCE, 1, 2)
    young = [row for row in rows if row["birth_date"] > since.replace(year=since.year - OF_AGE)]
    others = [row for row in rows if row["birth_date"] <= since.replace(year=since.year - OF_AGE)]
    for registered_on, mine in ((since, others), (today, young)):
        for batch in _batches(mine):
            found = people.register_people([_person(row) for row in batch], via=Via.UPLOAD, today=registered_on)
            numbers.people.update((row["person"], one.participant_id) for row, one in zip(batch, found, strict=True))
            done += len(batch)
            tell(_("Peserta"), done, len(rows))


def _person(row: Row) -> Person:
    disability = row["disability_type"]
    return Person(
        name=row["name"],
        sex=row["sex"][0],
        birth_date=row["birth_date"],
        regency_code=row["regency_code"],
        nik=f"{row['nik']:016d}",
        mother_name=row["mother_name"],
        village_code=row["village_code"],
        address=row["address"],
        phone=row["phone"] or "",
        bank_code=row["bank_name"] or "",
        bank_account=row["bank_account"] or "",
        disability_type=disability,
        disability_degree=_DEGREES[row["disability_degree"]] if disability and row["disability_degree"] else None,
    )


def _family(regency: Regency, numbers: Numbers, today: dt.date, tell: Tell) -> None:
    rows = regency["relatives"].to_pylist()
    for done, batch in enumerate(_batches(rows)):
        told = [(numbers.people[row["person"]], _kinsman(row)) for row in batch]
        family.add_relatives(family=told, today=today)
        tell(_("Keluarga"), min((done + 1) * BATCH, len(rows)), len(rows))


def _kinsman(row: Row) -> family.Kinsman:
    return family.Kinsman(
        kin=row["kind"],
        name=row["name"],
        sex=row["sex"][0],
        birth_date=row["birth_date"],
        nik=f"{row['nik']:016d}",
        from_date=row["from_date"],
        to_date=row["to_date"],
    )


def _employers(regency: Regency, numbers: Numbers, today: dt.date, tell: Tell) -> None:
    rows = regency["employers"].to_pylist()
    for done, row in enumerate(rows, 1):
        firm = employers.Firm(
            name=row["name"],
            kind=_EMPLOYER_KINDS.get(row["kind"], row["kind"]),
            regency_code=row["regency_code"],
            industry=row["industry"],
            scale=row["scale"],
            kbli=row["kbli"],
            npwp=row["npwp"],
            labour_intensive=row["labour_intensive"],
        )
        numbers.employers[row["employer"]] = employers.register_employer(firm, via=Via.COUNTER, today=today).pk
        if done % 100 == 0:
            tell(_("Perusahaan"), done, len(rows))
    for row in regency["units"].to_pylist():
        unit = employers.add_unit(
            employer_id=numbers.employers[row["employer"]],
            code=f"U{row['unit']}",
            name=row["name"],
            regency_code=row["regency_code"],
            kind="head" if row["is_head_office"] else "branch",
        )
        numbers.units[row["unit"]] = unit.pk
    for row in regency["projects"].to_pylist():
        project = employers.register_project(
            employer_id=numbers.employers[row["employer"]],
            name=row["name"],
            owner=row["owner"],
            contract_rupiah=row["contract_rupiah"],
            regency_code=row["regency_code"],
            starts_on=_first(row["from_month"]),
            ends_on=_first(row["to_month"]),
        )
        numbers.projects[row["project"]] = project.pk


def _first(month: int) -> dt.date:
    return dt.date(month // 100, month % 100, 1)


def _work(regency: Regency, numbers: Numbers, tell: Tell) -> None:
    """All spells that hold, employer by employer; several spells of one person there go in one after the other."""
    wages: dict[int, list[tuple[int, int]]] = {}
    for row in regency["wages"].to_pylist():
        wages.setdefault(row["employment"], []).append((row["from_month"], row["wage_rupiah"]))
    rows = [row for row in regency["employments"].to_pylist() if row["version_of"] is None]
    rows.sort(key=lambda row: (row["employer"], row["from_month"], row["employment"]))
    done = 0
    for employer, spells in groupby(rows, key=lambda row: row["employer"]):
        for turn in _turns([(row["person"], _spell(row, sorted(wages[row["employment"]]), numbers)) for row in spells]):
            employ.take_on(employer_id=numbers.employers[employer], work=turn)
            done += len(turn)
        tell(_("Hubungan kerja"), done, len(rows))


def _turns(spells: Sequence[tuple[int, employ.Work]]) -> list[list[employ.Work]]:
    """Spells in their order, no person twice in one turn."""
    turns: list[list[employ.Work]] = []
    seen: dict[int, int] = {}
    for person, work in spells:
        turn = seen.get(person, 0)
        seen[person] = turn + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(work)
    return turns


def _spell(row: Row, wages: list[tuple[int, int]], numbers: Numbers) -> employ.Work:
    return employ.Work(
        participant_id=numbers.people[row["person"]],
        from_month=row["from_month"],
        wage_rupiah=wages[0][1],
        segment=Segment(row["segment"]),
        unit_id=numbers.units.get(row["unit"]),
        project_id=numbers.projects.get(row["project"]),
        position=row["position"],
        to_month=row["to_month"],
        later_wages=tuple(wages[1:]),
    )


def _sponsors(regency: Regency, numbers: Numbers, today: dt.date, tell: Tell) -> None:
    for row in regency["sponsors"].to_pylist():
        region = row["village_code"] or row["regency_code"]
        made = sponsors.register_sponsor(name=row["name"], kind=SponsorKind(row["kind"]), region_code=region, today=today)
        numbers.sponsors[row["sponsor"]] = made.pk
    rows = [row for row in regency["covers"].to_pylist() if row["version_of"] is None]
    rows.sort(key=lambda row: (row["sponsor"] or 0, row["from_month"], row["cover"]))
    done = 0
    for sponsor, covers in groupby(rows, key=lambda row: row["sponsor"]):
        turns = _cover_turns(list(covers), numbers)
        for turn in turns:
            if sponsor is None:
                sponsors.cover_themselves(turn)
            else:
                sponsors.cover_by_sponsor(sponsor_id=numbers.sponsors[sponsor], people=turn)
            done += len(turn)
        tell(_("Perlindungan"), done, len(rows))


def _cover_turns(rows: Sequence[Row], numbers: Numbers) -> list[list[sponsors.Covering]]:
    turns: list[list[sponsors.Covering]] = []
    seen: dict[int, int] = {}
    for row in rows:
        turn = seen.get(row["person"], 0)
        seen[row["person"]] = turn + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(
            sponsors.Covering(
                participant_id=numbers.people[row["person"]],
                from_month=row["from_month"],
                income_rupiah=row["income_rupiah"],
                occupation=row["occupation"],
                to_month=row["to_month"],
                sector=row["sector"],
                jht_member=row["jht_member"],
            )
        )
    return turns


def _abroad(regency: Regency, numbers: Numbers) -> None:
    contracts = [
        places.Contract(
            numbers.people[row["person"]], row["route"], row["country"], row["contract_start"], min(row["contract_months"], 60)
        )
        for row in regency["placements"].to_pylist()
    ]
    places.place_abroad(contracts=contracts)


def _deaths(regency: Regency, numbers: Numbers, today: dt.date, tell: Tell) -> None:
    dead = [row for row in regency["people"].to_pylist() if row["died_on"] is not None]
    for row in dead:
        changes.record_death(participant_id=numbers.people[row["person"]], died_on=row["died_on"], today=today, reason=_(ACTOR))
    tell(_("Kematian"), len(dead), len(dead))
