"""What an open edition may no longer change: what decides once marks are known, and deadlines that people count on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import juries_made as made
import pytest
from django.test import Client

from jamsostek.awards.deciding import deciding_digest, first_change
from jamsostek.awards.edition import end
from jamsostek.awards.reading import digest_of, read, samples
from jamsostek.core.errors import InputError
from tests import cast

CODE = "peragaan-2026"
SAMPLE = samples()[CODE]
WEIGHTS = SAMPLE.replace("{criterion: growth, weight: 20}", "{criterion: growth, weight: 15}").replace(
    "{criterion: regulation, weight: 10}", "{criterion: regulation, weight: 15}"
)
BASE = f"/paritrana/panitia/edisi/{CODE}/"
LATER = dt.timedelta(days=5)
DECIDES = [
    (("weight: 45, least: 25", "weight: 45, least: 30"), "categories.regency_innovation.criteria.innovation.least"),
    (("tie_breaks: [growth]", "tie_breaks: []"), "categories.regency_innovation.tie_breaks"),
    (("aggregate: topsis", "aggregate: geometric"), "categories.province.aggregate"),
    (("normalise: z", "normalise: percentile"), "categories.regency_innovation.normalise"),
    (("missing: zero", "missing: median"), "categories.village.missing"),
    (("least: 50\n", "least: 60\n"), "categories.employer_large.least"),
    (("benchmark: 10}", "benchmark: 20}"), "categories.employer_large.criteria.firm_helps.benchmark"),
    (("winners: 3, promoted: 1, prizes", "winners: 2, promoted: 1, prizes"),
     "categories.regency_coverage.stages.province.winners"),
    (("only: {section: [a]}", "only: {section: [a, b]}"), "categories.sector_farming.only.section"),
    (("discuss_from: 25", "discuss_from: 90"), "juries.province.discuss_from"),
    (("least_marks: 3", "least_marks: 2"), "juries.province.least_marks"),
    (("evidence: [regulation]", "evidence: [regulation, budget]"), "criteria.regulation.evidence"),
    (("better: less", "better: more"), "criteria.firm_safety.better"),
    (('en: "A written plan"', 'en: "A spoken plan"'), "criteria.innovation.rubric.25"),
    (("measured_month: 2026-10", "measured_month: 2026-09"), "measured_month"),
    (("  Kalimantan: [61, 62, 63, 64, 65]\n  Sulawesi: [71, 72, 73, 74, 75, 76]\n",
      "  Sulawesi: [71, 72, 73, 74, 75, 76]\n  Kalimantan: [61, 62, 63, 64, 65]\n"), "zones.Sulawesi.number"),
]  # fmt: skip
HARMLESS = [
    ("nominate_until: 2026-12-31", "nominate_until: 2027-01-15"),
    ("ceremony_on: 2027-10-20", "ceremony_on: 2027-11-20"),
    ('title: {id: "Kabupaten/kota, inovasi"', 'title: {id: "Kabupaten dan kota, inovasi"'),
    ('  en: "Weights, least scores', '  en: "The weights, least scores'),
    ("rupiah: 201600", "rupiah: 201000"),
    ("tie_breaks: [growth]", "least: 0\n    tie_breaks: [growth]"),
]


def _with(before: str, after: str) -> str:
    assert before in SAMPLE
    return SAMPLE.replace(before, after, 1)


@pytest.mark.parametrize(("change", "place"), DECIDES, ids=[place for _change, place in DECIDES])
def test_what_decides_who_wins_has_a_digest_and_a_place(change: tuple[str, str], place: str) -> None:
    before, after = read(SAMPLE), read(_with(*change))
    assert deciding_digest(before) != deciding_digest(after)
    found = first_change(before, after)
    assert found is not None and found[0] == place


@pytest.mark.parametrize("change", HARMLESS, ids=[after[:25] for _before, after in HARMLESS])
def test_days_titles_notes_and_layout_decide_nothing(change: tuple[str, str]) -> None:
    before, after = read(SAMPLE), read(_with(*change))
    assert digest_of(SAMPLE) != digest_of(_with(*change))
    assert deciding_digest(before) == deciding_digest(after) and first_change(before, after) is None


@pytest.fixture
def people(db: Any) -> tuple[Any, Any]:
    """Two of the nation's committee."""
    return cast.user("panitia.satu", "award_committee"), cast.user("panitia.dua", "award_committee")


def _revealed() -> Any:
    """An open edition in which one contest's marks are known."""
    of = made.edition()
    entry = made.entry(of, made.SIDOARJO)
    for name, seat in (("juri-satu", "chair"), ("juri-dua", "labour"), ("juri-tiga", "union")):
        user, seated = made.juror(name, seat)
        made.marks(user, seated, entry)
        made.frozen(user, seated)
    made.revealed()
    return of


def _write(who: Any, text: str, **given: Any) -> Any:
    from jamsostek.awards.actions import editions

    with cast.as_user(who):
        return editions.write(content=text, reason="Uji", **given)


def test_before_marks_are_known_weights_change_with_a_reason(people: tuple[Any, Any]) -> None:
    made.edition()
    assert _write(people[0], WEIGHTS).number == 2


def test_once_marks_are_known_what_decides_stays_and_the_first_change_is_named(people: tuple[Any, Any]) -> None:
    before = _revealed().versions.first().number
    with pytest.raises(InputError, match=r"Kategori Kabupaten/kota, inovasi: Bobot Kemajuan") as told:
        _write(people[0], WEIGHTS)
    assert told.value.field == "categories.regency_innovation.criteria.growth.weight"
    later = _with("nation: 2027-06-30", "nation: 2027-07-31").replace("ceremony_on: 2027-10-20", "ceremony_on: 2027-11-20")
    assert _write(people[0], later).number == before + 1


def test_the_table_itself_keeps_what_decides_once_marks_are_known(people: tuple[Any, Any]) -> None:
    from jamsostek.awards.errors import LedgerRefused, refusals
    from jamsostek.awards.models import Version

    of = _revealed()
    last = of.versions.first()

    def direct(deciding: str) -> Any:
        return Version.objects.create(
            edition=of, number=last.number + 1, content=WEIGHTS, digest=digest_of(WEIGHTS), nominate_from=last.nominate_from,
            nominate_until=last.nominate_until, evidence_until=last.evidence_until, marking=last.marking, reason="Uji",
            deciding=deciding,
        )  # fmt: skip

    for deciding in (deciding_digest(read(WEIGHTS)), ""):
        with pytest.raises(LedgerRefused) as told, cast.everyone(), refusals():
            direct(deciding)
        assert told.value.constraint == "awards_version_deciding"
    with cast.everyone():
        direct(last.deciding)


def _running(who: Any, invented: bool) -> tuple[str, dt.date]:
    """An edition under way whose evidence is taken for ten days more, written and opened by two."""
    from jamsostek.awards.actions import editions
    from jamsostek.awards.choices import Step
    from jamsostek.awards.queries.entries import database_now

    with cast.everyone():
        today = database_now().astimezone(end(dt.date(2026, 1, 1)).tzinfo).date()
    text = _days(SAMPLE, today, 5, 10)
    text = text if invented else text.replace("invented: true\nnote", "invented: false\nnote")
    with cast.as_user(who[0]):
        editions.write(content=text)
    with cast.as_user(who[1]):
        editions.step(code=CODE, step=Step.OPENED)
    return text, today


def _days(text: str, today: dt.date, nominate: int, evidence: int) -> str:
    def day(count: int) -> str:
        return (today + dt.timedelta(days=count)).isoformat()

    return (
        text.replace("nominate_from: 2026-01-05", f"nominate_from: {day(-20)}")
        .replace("nominate_until: 2026-12-31", f"nominate_until: {day(nominate)}")
        .replace("evidence_until: 2027-01-31", f"evidence_until: {day(evidence)}")
        .replace("{province: 2027-03-31, nation: 2027-06-30}", f"{{province: {day(40)}, nation: {day(60)}}}")
    )


def test_a_deadline_to_come_ends_today_at_the_earliest(people: tuple[Any, Any]) -> None:
    text, today = _running(people, invented=False)
    real = SAMPLE.replace("invented: true\nnote", "invented: false\nnote")
    with pytest.raises(InputError, match="sudah lewat") as told:
        _write(people[0], _days(real, today, -2, -1))
    assert told.value.field == "days.nominate_until"
    with pytest.raises(InputError, match="sudah lewat") as told:
        _write(people[0], _days(SAMPLE, today, -2, -1))  # nor by calling it invented
    early = text.replace((today + dt.timedelta(days=40)).isoformat(), (today + dt.timedelta(days=11)).isoformat())
    assert _write(people[0], early).number == 2
    assert _write(people[0], _days(real, today, 0, 0)).number == 3


def test_an_invented_edition_is_lived_through_as_fast_as_one_likes_and_says_so(people: tuple[Any, Any]) -> None:
    _text, today = _running(people, invented=True)
    assert _write(people[0], _days(SAMPLE, today, -2, -1)).number == 2
    client = cast.signed_in(Client(), people[0])
    for path in ("versi/", "versi/2/"):
        assert "Edisi yang sungguhan tidak boleh" in client.get(BASE + path).content.decode()


def test_the_table_itself_keeps_deadlines_of_a_real_edition(people: tuple[Any, Any]) -> None:
    from jamsostek.awards.errors import LedgerRefused, refusals
    from jamsostek.awards.models import Edition, Version
    from jamsostek.awards.queries.entries import database_now

    _running(people, invented=False)
    of = Edition.objects.get(code=CODE)
    last = of.versions.first()
    assert last is not None
    with cast.everyone():
        past = database_now() - dt.timedelta(seconds=1)
    gone = {"until": {"province": past.isoformat(), "nation": past.isoformat()}}
    for wrong in (
        {"nominate_until": past}, {"nominate_until": past, "evidence_until": past}, {"marking": last.marking | gone},
        {"nominate_until": past, "invented": True},
    ):  # fmt: skip
        given = {
            "nominate_from": last.nominate_from, "nominate_until": last.nominate_until, "evidence_until": last.evidence_until,
            "marking": last.marking, "invented": False,
        } | wrong  # fmt: skip
        with pytest.raises(LedgerRefused) as told, cast.everyone(), refusals():
            Version.objects.create(
                edition=of, number=2, content=last.content, digest=last.digest, deciding=last.deciding, reason="Uji", **given
            )
        assert told.value.constraint == "awards_version_past"


# --- two people -------------------------------------------------------------------------------------------------------------


def test_what_was_written_at_the_command_line_is_not_opened_there(people: tuple[Any, Any]) -> None:
    from jamsostek.access.errors import Refused
    from jamsostek.awards.actions import editions
    from jamsostek.awards.choices import Step
    from jamsostek.awards.errors import LedgerRefused, refusals
    from jamsostek.awards.models import Edition
    from jamsostek.awards.models import Step as Row

    with cast.everyone():
        editions.write(content=SAMPLE)
        with pytest.raises(Refused, match="baris perintah"):
            editions.step(code=CODE, step=Step.OPENED)
    with pytest.raises(LedgerRefused) as told, cast.everyone(), refusals():
        Row.objects.create(edition=Edition.objects.get(code=CODE), step="opened")
    assert told.value.constraint == "awards_step_author"
    with cast.as_user(people[0]):
        editions.step(code=CODE, step=Step.OPENED)


def test_what_the_committee_wrote_the_command_line_opens(people: tuple[Any, Any]) -> None:
    from jamsostek.awards.actions import editions
    from jamsostek.awards.choices import Step

    with cast.as_user(people[0]):
        editions.write(content=SAMPLE)
    with cast.everyone():
        editions.step(code=CODE, step=Step.OPENED)
        assert _steps() == {"opened"}


def _steps() -> set[str]:
    """Of the sample."""
    from jamsostek.awards.models import Step

    return set(Step.objects.filter(edition__code=CODE).values_list("step", flat=True))
