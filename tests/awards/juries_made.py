"""An open edition with candidates and jurors, made through the actions, for the tests of juries."""

from __future__ import annotations

import re
from typing import Any

from tests import cast

SAMPLE = "peragaan-2026"
CATEGORY = "regency_innovation"
EAST_JAVA, SIDOARJO, LUMAJANG, MALANG = 35, 3515, 3508, 3507
HOME = 3578


def said(**changed: str) -> str:
    """The sample edition's text with days replaced: `said(province="2026-11-01")` moves the last day of marks."""
    from jamsostek.awards.edition import samples

    text = samples()[SAMPLE]
    text = text.replace("nominate_from: 2026-01-05", f"nominate_from: {changed.get('nominate_from', '2020-01-05')}")
    for level in ("province", "nation"):
        if level in changed:
            text = re.sub(rf"(marks_until: \{{.*{level}: )[0-9-]+", rf"\g<1>{changed[level]}", text)
    for name in ("nominate_until", "evidence_until"):
        if name in changed:
            text = re.sub(rf"{name}: [0-9-]+", f"{name}: {changed[name]}", text)
    return text


LONG_AGO = {"nominate_until": "2020-02-01", "evidence_until": "2020-02-02", "province": "2020-03-01", "nation": "2020-03-01"}


def edition(**changed: str) -> Any:
    """Written and opened by the installation."""
    from jamsostek.awards.actions import editions
    from jamsostek.awards.models import Edition

    with cast.everyone():
        editions.write(content=said(nominate_until="2027-12-31", evidence_until="2028-01-31", province="2028-03-31", nation="2028-06-30")
                       if not changed else said(**changed))  # fmt: skip
        editions.step(code=SAMPLE, step="opened")
        return Edition.objects.get(code=SAMPLE)


def entry(edition: Any, subject_code: int, *, category: str = CATEGORY, level: str = "province", area: int = EAST_JAVA,
          subject: str = "regency", name: str = "", accepted: bool = True, regency: int | None = None) -> Any:  # fmt: skip
    """A candidate, accepted."""
    from jamsostek.awards.models import Entry

    with cast.everyone():
        made = Entry.objects.create(
            code=f"{category}-{level}-{subject_code}".replace("_", "-"), edition=edition, category=category, level=level, area=area,
            subject=subject, subject_code=subject_code, name=name or f"Calon {subject_code}", province_code=EAST_JAVA,
            regency_code=regency or (subject_code if subject == "regency" else None),
        )  # fmt: skip
        if accepted:
            accept(made)
        return made


def accept(entry: Any) -> None:
    """Taken on as a candidate."""
    from jamsostek.awards.models import EntryStep

    with cast.everyone():
        EntryStep.objects.create(entry=entry, step="accepted")


def juror(name: str, seat: str, *, level: str = "province", area: int = EAST_JAVA, home: int = HOME, declared: bool = True) -> Any:
    """A user with the role, seated; returns (user, seat)."""
    from jamsostek.awards.actions import juries

    user = cast.user(name, "jury")
    with cast.everyone():
        seated = juries.appoint(
            edition=SAMPLE, level=level, area=area, seat=seat, username=name, home_regency=home, today=cast.TODAY
        )
    if declared:
        with cast.as_user(user):
            juries.declare(juror=seated.code, kind="none")
    return user, seated


def marks(user: Any, seat: Any, entry: Any, innovation: int = 60, understanding: int = 70) -> Any:
    """Given by a juror for both judged criteria."""
    from jamsostek.awards.actions.marks import Given, give

    with cast.as_user(user):
        return give(
            juror=seat.code, entry=entry.code, marks={"innovation": Given(innovation, "Rekaan"), "understanding": Given(understanding)}
        )


def frozen(user: Any, seat: Any, category: str = CATEGORY, area: int = EAST_JAVA) -> Any:
    """A juror's marks made final."""
    from jamsostek.awards.actions.marks import freeze

    with cast.as_user(user):
        return freeze(juror=seat.code, category=category, area=area)


def revealed(category: str = CATEGORY, level: str = "province", area: int = EAST_JAVA, note: str = "") -> Any:
    """Opened to read by the installation."""
    from jamsostek.awards.actions.marks import reveal

    with cast.everyone():
        return reveal(edition=SAMPLE, category=category, level=level, area=area, note=note)
