"""The parts of a regency as tables: places, employers and their work, sponsors and covers, migrants, agents."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as nation
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency import projects as building
from jamsostek.synth.regency import sponsors as paying
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.employers import KINDS, Employers
from jamsostek.synth.regency.jobs import NONE, OPEN, Jobs
from jamsostek.synth.regency.members import SEGMENTS, Window, first_days, year_months
from jamsostek.synth.regency.people import Homes
from jamsostek.synth.regency.places import MARK, SETTINGS, Places
from jamsostek.synth.regency.records import Versions, told, versions
from jamsostek.synth.regency.schema import said, table, unless
from jamsostek.synth.regency.wages import positions, wage_rows

OFFICE_KINDS = ("branch", "sub_branch")
AGENCIES = tuple(f"PT {MARK} Penempatan Pekerja Migran {number}" for number in range(1, 7))


def place_tables(places: Places, regency_name: str) -> dict[str, pa.Table]:
    """Districts, villages and the two offices."""
    return {
        "districts": table(
            "districts",
            {"district_code": places.districts, "name": list(places.district_names), "office": places.district_office},
        ),
        "villages": table(
            "villages",
            {
                "village_code": places.villages,
                "district_code": places.districts[places.village_district],
                "name": list(places.village_names),
                "kind": list(places.village_kinds),
                "setting": said(places.setting, SETTINGS),
                "invented": np.ones(len(places.villages), dtype=np.bool_),
            },
        ),
        "offices": table(
            "offices",
            {
                "office": [1, 2],
                "name": [f"Kantor Cabang {MARK} {regency_name}", f"Kantor Cabang Perintis {MARK} {regency_name}"],
                "kind": list(OFFICE_KINDS),
                "regency_code": [places.regency] * 2,
            },
        ),
    }


def employer_tables(employers: Employers, workers: Int64Array, places: Places) -> dict[str, pa.Table]:
    """Employers with the people who work there in the month, and their units."""
    count, units = len(employers), len(employers.unit_name)
    of_unit = np.repeat(np.arange(count), employers.unit_count)
    return {
        "employers": table(
            "employers",
            {
                "employer": np.arange(1, count + 1),
                "name": list(employers.name),
                "kind": said(employers.kind, KINDS),
                "kbli": list(employers.kbli),
                "industry": list(employers.industry),
                "risk_class": said(employers.risk_class, nation.RISK_CLASSES),
                "scale": said(employers.scale, nation.SCALES),
                "labour_intensive": employers.labour_intensive.astype(np.bool_),
                "npwp": employers.npwp(),
                "regency_code": np.full(count, places.regency),
                "village_code": places.villages[employers.village],
                "office": places.district_office[places.village_district[employers.village]],
                "registered_month": employers.since * 100 + 1 + np.arange(count) % 12,
                "workers": workers,
            },
        ),
        "units": table(
            "units",
            {
                "unit": np.arange(1, units + 1),
                "employer": of_unit + 1,
                "name": list(employers.unit_name),
                "is_head_office": np.arange(units) == employers.unit_first[of_unit],
                "regency_code": np.full(units, places.regency),
                "village_code": places.villages[employers.unit_village],
            },
        ),
    }


def projects_table(projects: building.Projects, places: Places) -> pa.Table:
    """Construction projects."""
    return table(
        "projects",
        {
            "project": np.arange(1, len(projects) + 1),
            "employer": projects.employer + 1,
            "name": list(projects.name),
            "owner": list(projects.owner),
            "regency_code": np.full(len(projects), places.regency),
            "village_code": places.villages[projects.village],
            "basis": said(projects.basis, building.BASES),
            "contract_rupiah": projects.contract_rupiah,
            "from_month": year_months(projects.first),
            "to_month": year_months(projects.last),
        },
    )


def job_tables(draw: Draw, jobs: Jobs, employers: Employers, minimum: Int64Array, window: Window) -> dict[str, pa.Table]:
    """Employments in every version the office had of them, and the wages of those that hold."""
    bits = draw.bits(len(jobs))
    kept = versions(draw, jobs.first, jobs.last, window)
    unit = employers.unit_first[jobs.employer] + draw.below(employers.unit_count[jobs.employer])
    row, month, rupiah = wage_rows(jobs, employers, bits, minimum, window)
    position = pa.array(positions(draw, jobs, employers, bits)).take(pa.array(kept.row))
    project = jobs.project[kept.row]
    return {
        "employments": table(
            "employments",
            {
                "employment": np.arange(1, len(kept.row) + 1),
                "person": jobs.person[kept.row] + 1,
                "employer": jobs.employer[kept.row] + 1,
                "segment": said(jobs.segment[kept.row], SEGMENTS),
                "unit": unless(project != NONE, unit[kept.row] + 1),
                "project": unless(project == NONE, project + 1),
                "position": position,
                **_spans(kept, jobs.first),
            },
        ),
        "wages": table("wages", {"employment": row + 1, "from_month": year_months(month), "wage_rupiah": rupiah}),
    }


def _spans(kept: Versions, first: Int64Array) -> dict[str, object]:
    return {
        "from_month": year_months(first[kept.row]),
        "to_month": unless(kept.last == OPEN, year_months(kept.last)),
        "recorded_on": kept.recorded,
        "superseded_on": kept.superseded,
        "version_of": unless(kept.version_of < 0, kept.version_of + 1),
    }


def sponsors_table(sponsors: paying.Sponsors, places: Places) -> pa.Table:
    """Who pays for others."""
    return table(
        "sponsors",
        {
            "sponsor": np.arange(1, len(sponsors) + 1),
            "kind": said(sponsors.kind, paying.KINDS),
            "name": list(sponsors.name),
            "regency_code": np.full(len(sponsors), places.regency),
            "village_code": unless(sponsors.village < 0, places.villages[sponsors.village]),
            "employer": unless(sponsors.employer < 0, sponsors.employer + 1),
            "gap_month": unless(sponsors.gap == paying.NO_GAP, year_months(sponsors.gap)),
        },
    )


def covers_table(
    draw: Draw,
    covers: paying.Covers,
    own: paying.OwnAccount,
    homes: Homes,
    places: Places,
    minimum_rupiah: int,
    window: Window,
) -> pa.Table:
    """Cover on own account; what a sponsor pays is known to its end from the start, what people pay themselves is not."""
    is_sponsored = covers.sponsor >= 0
    kept = versions(draw, covers.first, np.where(is_sponsored, OPEN, covers.last), window)
    # A sponsor's span is recorded once and whole.
    last = np.where(is_sponsored[kept.row], covers.last[kept.row], kept.last)
    kept = Versions(kept.row, last, kept.recorded, kept.superseded, kept.version_of)
    of_person = np.zeros(len(homes.village), dtype=np.int64)
    of_person[own.person] = np.arange(len(own.person))
    place = of_person[covers.person[kept.row]]
    occupation = pa.array(paying.occupations(draw, own.in_transport, places.setting[homes.village[own.person]]))
    income = paying.incomes(draw, own.sponsor >= 0, minimum_rupiah)
    by_agent = (own.sponsor < 0) & draw.chance(len(own.person), assumed.BY_AGENT)
    agent = 1 + places.village_district[homes.village[own.person]] % assumed.AGENTS
    sponsor = covers.sponsor[kept.row]
    return table(
        "covers",
        {
            "cover": np.arange(1, len(kept.row) + 1),
            "person": covers.person[kept.row] + 1,
            "payer": said((sponsor >= 0).astype(np.int64), ("self", "sponsor")),
            "sponsor": unless(sponsor < 0, sponsor + 1),
            "sector": said((~own.in_transport[place]).astype(np.int64), nation.SECTORS),
            "occupation": occupation.take(pa.array(place)),
            "income_rupiah": income[place],
            "jht_member": own.jht_member[place],
            "agent": unless(~by_agent[place], agent[place]),
            **_spans(kept, covers.first),
        },
    )


def placements_table(
    draw: Draw, person: Int64Array, earliest: Int64Array, routes: Int64Array, window: Window
) -> tuple[pa.Table, Int64Array]:
    """Contracts abroad that run in the window's last month, and the first month of each."""
    count = len(person)
    route = np.repeat(np.arange(len(nation.ROUTES)), routes)[draw.order(count)]
    months = draw.numbers(count, list(zip(nation.CONTRACT_MONTHS, nation.CONTRACT_SHARES, strict=True)))
    start = np.maximum(window.last - draw.below(months), earliest)
    by_agency = route == nation.ROUTES.index("agency")
    agency = said(draw.whole(count, 0, len(AGENCIES) - 1), AGENCIES)
    columns = {
        "placement": np.arange(1, count + 1),
        "person": person + 1,
        "route": said(route, nation.ROUTES),
        "agency": [name if by else None for name, by in zip(agency.to_pylist(), by_agency.tolist(), strict=True)],
        "country": draw.among(count, assumed.COUNTRIES),
        "contract_start": year_months(start),
        "contract_months": months,
        "recorded_on": told(draw, first_days(start), window),
    }
    return table("placements", columns), start


def agents_table(draw: Draw, own: paying.OwnAccount, now: Int64Array, window: Window) -> pa.Table:
    """PERISAI agents: people on own account who pay for themselves and enrol others."""
    able = own.person[(own.sponsor < 0) & np.isin(own.person, now)]
    person = draw.some(able, assumed.AGENTS)
    return table(
        "agents",
        {
            "agent": np.arange(1, len(person) + 1),
            "code": [f"PERISAI-{number:04d}" for number in range(1, len(person) + 1)],
            "person": person + 1,
            "office": 1 + np.arange(len(person)) % 2,
            "from_month": year_months(window.first - draw.whole(len(person), 0, 24)),
        },
    )
