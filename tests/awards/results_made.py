"""An open edition with candidates, marks that are revealed, and a final snapshot of them, for the tests of results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import juries_made as made

from tests import cast

COVERAGE, INNOVATION, LARGE = "regency_coverage", "regency_innovation", "employer_large"
SIDOARJO, LUMAJANG, MALANG, GRESIK, JOMBANG = 3515, 3508, 3507, 3525, 3517
JATIM, SEMARANG, JATENG = 35, 3322, 33
NAMES = {SIDOARJO: "Kabupaten Sidoarjo", LUMAJANG: "Kabupaten Lumajang", MALANG: "Kabupaten Malang", GRESIK: "Kabupaten Gresik",
         SEMARANG: "Kabupaten Semarang", JOMBANG: "Kabupaten Jombang"}  # fmt: skip
SHARES = {SIDOARJO: 80, LUMAJANG: 60, MALANG: 40, GRESIK: 20}
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def committee(name: str, province: int | None = None) -> Any:
    """Somebody of the nation's committee, or of a province's; the same name is the same person."""
    from jamsostek.access.models import User

    return User.objects.filter(username=name).first() or cast.user(
        name, "award_committee", "nation" if province is None else "region", province or 0
    )


def edition() -> Any:
    """The sample edition, open."""
    return made.edition()


def entered(edition: Any, regions: Iterable[int] = SHARES, category: str = COVERAGE, **given: Any) -> dict[int, Any]:
    """Candidates, accepted, by region."""
    return {code: made.entry(edition, code, category=category, name=NAMES.get(code, ""), **given) for code in regions}


def reveal(entries: Iterable[Any], category: str = COVERAGE, area: int = JATIM, level: str = "province") -> None:
    """Three jurors mark every candidate alike, make their marks final, and they are opened."""
    seats = [made.juror(f"{category}-{level}-{seat}", seat, level=level, area=area if level == "province" else 0)
             for seat in ("chair", "labour", "union")]  # fmt: skip
    listed = list(entries)
    for user, seat in seats:
        for one in listed:
            made.marks(user, seat, one)
        made.frozen(user, seat, category, area)
    made.revealed(category, level, area)


def regency(code: int, share: int, **values: Any) -> dict[str, Any]:
    """A row of measures: so many of a hundred on everything."""
    from jamsostek.awards.reading import read, samples
    from jamsostek.awards.snapshot import criteria_of

    says = read(samples()[made.SAMPLE])
    row: dict[str, Any] = {
        "key": code, "code": str(code), "name": NAMES[code], "province": code // 100, "regency": code, "zone": 2,
        "kind": "kabupaten", "scale": "", "section": "", "population": 1_000, "invented": True, "absent": "",
    }  # fmt: skip
    for one in criteria_of(says, "regency"):
        row |= {f"num_{one}": share, f"den_{one}": 100}
    return row | values


def firm(key: int, name: str, share: int) -> dict[str, Any]:
    """A large firm of East Java."""
    from jamsostek.awards.reading import read, samples
    from jamsostek.awards.snapshot import criteria_of

    says = read(samples()[made.SAMPLE])
    row: dict[str, Any] = {
        "key": key,
        "code": f"NPP{key}",
        "name": name,
        "province": JATIM,
        "regency": SIDOARJO,
        "zone": 2,
        "kind": "",
        "scale": "large",
        "section": "c",
        "population": None,
        "invented": True,
        "absent": "",
    }
    for one in criteria_of(says, "employer"):
        row |= {f"num_{one}": share, f"den_{one}": 100}
    return row


def final(
    edition: Any,
    entries: Iterable[Any],
    shares: Mapping[int, int],
    *,
    marks: Mapping[int, int] | None = None,
    level: str = "province",
    firms: Iterable[Mapping[str, Any]] = (),
    kind: str = "final",
    text: str = "",
    unmarked: bool = False,
) -> Any:
    """A snapshot with these candidates, measures by share, and three equal marks for each judged criterion, by region."""
    from jamsostek.awards import snapshot as snapshots
    from jamsostek.awards.models import Snapshot
    from jamsostek.awards.reading import read
    from jamsostek.files.actions import store

    last = edition.versions.first()
    says = read(text or last.content)
    given = marks or shares
    rows = [
        {
            "code": one.code,
            "category": one.category,
            "level": one.level,
            "area": one.area,
            "subject": one.subject,
            "key": one.subject_code,
            "name": one.name,
            "province": one.province_code,
            "regency": one.regency_code,
            "invented": True,
        }
        for one in entries
    ]
    told: dict[str, list[Any]] = {
        "measures-regency": [regency(code, share) for code, share in shares.items()],
        "measures-employer": list(firms),
        "entries": rows,
        "marks": [
            {"entry_code": row["code"], "criterion": criterion, "seat_code": f"kursi{seat}", "marks": given.get(row["key"], 50)}
            for row in ([] if unmarked else rows)
            for criterion in ("innovation", "understanding", "firm_innovation")
            for seat in (1, 2, 3)
        ],
    }  # fmt: skip
    tables = {name: snapshots.table_of(says, name, found) for name, found in told.items()}
    content = snapshots.packed(snapshots.Facts(last.content, last.number, level, kind, "a" * 64), tables, as_of=NOON)
    found = snapshots.read_bytes(content)
    with cast.everyone():
        row = Snapshot.objects.create(
            edition=edition, version=last.number, level=level, kind=kind, month=says.measured_month, root=found.root,
            file_digest=store(content, retention="award_snapshot"), bytes=len(content), counts=found.counts,
        )  # fmt: skip
        row.refresh_from_db()
        return row


def computed(
    user: Any, snapshot: Any, category: str = COVERAGE, level: str = "province", area: int = JATIM, reason: str = ""
) -> Any:
    """By somebody of the committee."""
    from jamsostek.awards.actions import results

    with cast.as_user(user):
        return results.compute(
            edition=made.SAMPLE, category=category, level=level, area=area, snapshot=snapshot.number, reason=reason
        )


def decided(user: Any, row: Any, yes: bool = True, reason: str = "") -> Any:
    """By somebody of the committee."""
    from jamsostek.awards.actions import results

    with cast.as_user(user):
        return results.decide(code=row.code, decided=yes, reason=reason)


def published(user: Any, level: str = "province", area: int = JATIM) -> Any:
    """By somebody of the committee."""
    from jamsostek.awards.actions import results

    with cast.as_user(user):
        return results.publish(edition=made.SAMPLE, level=level, area=area)


def announced(shares: Mapping[int, int] = SHARES) -> tuple[Any, dict[int, Any], Any]:
    """An edition whose contest of East Java is public: the edition, its entries, the result."""
    of = edition()
    entries = entered(of, shares)
    reveal(entries.values())
    row = computed(committee("penghitung"), final(of, entries.values(), shares))
    row = decided(committee("pemutus"), row)
    published(committee("pemutus2"))
    return of, entries, row
