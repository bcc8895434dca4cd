"""An open edition with candidates and jurors, made through the actions, for the tests of juries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests import cast

SAMPLE = "peragaan-2026"
CATEGORY = "regency_innovation"
EAST_JAVA, SIDOARJO, LUMAJANG, MALANG = 35, 3515, 3508, 3507
HOME = 3578


HOUR = dt.timedelta(hours=1)


def edition(marks_until: dt.timedelta = 24 * HOUR) -> Any:
    """The sample edition, open; marks are closed so long from the database's now."""
    from jamsostek.awards import reading as editions
    from jamsostek.awards.deciding import deciding_digest
    from jamsostek.awards.models import Edition, Step, Version
    from jamsostek.awards.queries.entries import database_now

    with cast.everyone():
        now, text = database_now(), editions.samples()[SAMPLE]
        made = Edition.objects.create(code=SAMPLE)
        Version.objects.create(
            edition=made, number=1, content=text, digest=editions.digest_of(text), nominate_from=now - HOUR,
            nominate_until=now + HOUR, evidence_until=now + 2 * HOUR, marking=marking(text, now + marks_until),
            deciding=deciding_digest(editions.read(text)), made_by=cast.user("penulis-edisi", "award_committee").pk,
        )  # fmt: skip
        Step.objects.create(edition=made, step="opened")
        return made


def marking(text: str, until: dt.datetime) -> dict[str, Any]:
    """What the edition says, with another last moment."""
    from jamsostek.awards import reading as editions

    return editions.read(text).marking() | {"until": {"province": until.isoformat(), "nation": until.isoformat()}}


def moved(edition: Any, marks_until: dt.timedelta) -> None:
    """Another version, whose marks are closed so long from the database's now."""
    from jamsostek.awards.models import Version
    from jamsostek.awards.queries.entries import database_now

    with cast.everyone():
        last, now = edition.versions.first(), database_now()
        Version.objects.create(
            edition=edition, number=last.number + 1, content=last.content, digest=last.digest, nominate_from=last.nominate_from,
            nominate_until=last.nominate_until, evidence_until=last.evidence_until, reason="Uji batas waktu",
            marking=marking(last.content, now + marks_until), deciding=last.deciding, made_by=last.made_by,
        )  # fmt: skip


def closed(*, over: bool = True) -> None:
    """Another version of the edition, whose nominations and evidence were over a moment ago; nothing where they are over.

    Or, with `over=False`, one that takes them once more.
    """
    from jamsostek.awards.models import Edition, Version
    from jamsostek.awards.queries.entries import database_now

    with cast.everyone():
        edition, now = Edition.objects.get(code=SAMPLE), database_now()
        last = edition.versions.first()
        if (last.evidence_until <= now) == over:
            return
        after = (-dt.timedelta(milliseconds=2), -dt.timedelta(milliseconds=1)) if over else (HOUR, 2 * HOUR)
        Version.objects.create(
            edition=edition, number=last.number + 1, content=last.content, digest=last.digest, nominate_from=last.nominate_from,
            nominate_until=now + after[0], evidence_until=now + after[1], reason="Uji buka nilai", marking=last.marking,
            deciding=last.deciding, invented=last.invented,
        )  # fmt: skip


def entry(edition: Any, subject_code: int, *, category: str = CATEGORY, level: str = "province", area: int = EAST_JAVA,
          subject: str = "regency", name: str = "", accepted: bool = True, regency: int | None = None) -> Any:  # fmt: skip
    """A candidate, accepted."""
    from jamsostek.awards.models import Entry

    with cast.everyone():
        made = Entry.objects.create(
            code=f"{category}-{level}-{subject_code}".replace("_", "-"), edition=edition, category=category, level=level,
            area=area, subject=subject, subject_code=subject_code, name=name or f"Calon {subject_code}",
            province_code=EAST_JAVA,
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


def juror(
    name: str, seat: str, *, level: str = "province", area: int = EAST_JAVA, home: int = HOME, declared: bool = True
) -> Any:
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
            juror=seat.code,
            entry=entry.code,
            marks={"innovation": Given(innovation, "Rekaan"), "understanding": Given(understanding)},
        )


def frozen(user: Any, seat: Any, category: str = CATEGORY, area: int = EAST_JAVA) -> Any:
    """A juror's marks made final."""
    from jamsostek.awards.actions.marks import freeze

    with cast.as_user(user):
        return freeze(juror=seat.code, category=category, area=area)


def revealed(category: str = CATEGORY, level: str = "province", area: int = EAST_JAVA, note: str = "") -> Any:
    """Opened to read by the installation, after nominations and evidence are over."""
    from jamsostek.awards.actions.marks import reveal

    closed()
    with cast.everyone():
        return reveal(edition=SAMPLE, category=category, level=level, area=area, note=note)
