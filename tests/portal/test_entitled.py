"""Am I eligible, who pays: right by the law, and nothing of it stays anywhere."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.test import Client

from jamsostek import law
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import speaking
from jamsostek.outreach import answering, material
from jamsostek.outreach.answering import Told, answer
from jamsostek.outreach.eligibility import ELIGIBLE, REFUSED, UNCLEAR

TODAY = dt.date(2026, 11, 21)
ASKED = {"work": "own", "age": "41", "income_rupiah": "1 juta", "covered": "no"}


def told(**more: Any) -> Told:
    return Told(**({"age": 41, "work": "own", "income_rupiah": 1_000_000, "covered": "no"} | more))


def contents(database: Any) -> dict[str, str]:
    """A digest of every table there is, sessions and caches too."""
    with database.connect("postgres", autocommit=True) as owner:
        tables = [row[0] for row in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {
            one: owner.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{one}\" t"
            ).fetchone()[0]
            for one in sorted(tables)
        }


def test_nothing_is_stored_logged_or_kept_in_a_cookie(committed_db: Any, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    before = contents(committed_db)
    with caplog.at_level(logging.DEBUG):
        assert client.get("/periksa-hak/").status_code == 200
        page = client.post("/periksa-hak/", {**ASKED, "income_rupiah": "1234567"})
        wrong = client.post("/periksa-hak/", {**ASKED, "age": "seribu987", "income_rupiah": "1234567"})
    assert page.status_code == wrong.status_code == 200 and "Anda berhak" in page.content.decode()
    assert contents(committed_db) == before and len(before) > 100
    assert not client.cookies
    out, err = capfd.readouterr()
    logged = "\n".join([out, err, *(record.getMessage() for record in caplog.records if record.name != "django.db.backends")])
    assert not any(secret in logged for secret in ("1234567", "1.234.567", "seribu987"))
    assert "no-store" in page["Cache-Control"]


def test_an_address_is_not_asked_for_answers(db: Any) -> None:
    page = Client().get("/periksa-hak/", ASKED).content.decode()
    assert "Jawabannya" not in page and 'value="41"' not in page


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("work", list(answering.WORKS))
def test_everybody_is_answered_in_both_languages(db: Any, work: str, language: str) -> None:
    client = Client()
    client.cookies["jamsostek_language"] = language
    page = client.post("/periksa-hak/", {**ASKED, "work": work}).content.decode()
    assert ("Jawabannya" if language == "id" else "The answer") in page and len(page) < 60_000


def test_an_unanswered_question_is_told_at_its_place(db: Any) -> None:
    page = Client().post("/periksa-hak/", {}).content.decode()
    assert page.count("#id_") >= 4 and "Jawabannya" not in page


@pytest.mark.parametrize(("more", "state"), [
    ({}, ELIGIBLE), ({"covered": "paid"}, REFUSED), ({"covered": "own"}, REFUSED), ({"covered": "unknown"}, UNCLEAR),
    ({"age": 17}, REFUSED), ({"age": 18}, ELIGIBLE), ({"age": 64}, ELIGIBLE), ({"age": 65}, REFUSED),
])  # fmt: skip
def test_who_may_be_paid_for_is_judged_by_the_movements_own_conditions(more: dict[str, Any], state: str) -> None:
    assert answer(told(**more), TODAY).state == state


def test_payers_are_told_what_the_law_says_for_each() -> None:
    by_who = {one.who: one.rupiah for one in answer(told(), TODAY).payers}
    for who, payer in (("Anda sendiri", "self"), ("Pemerintah daerah (APBD)", "apbd"), ("Desa (APBDes)", "village")):
        expected = law.calculate("contribution.bpu", month=202611, income_rupiah=1_000_000, payer=payer)["total_rupiah"]
        assert by_who[who] == expected
    assert by_who["Pemerintah daerah (APBD)"] == 16_800
    assert all(one.source for one in answer(told(), TODAY).payers)


def test_an_employer_must_pay_and_the_worker_only_saves() -> None:
    employer, worker = answer(told(work="employee", income_rupiah=3_000_000), TODAY).payers
    given = law.calculate("contribution.pu", month=202611, wage_rupiah=3_000_000, risk_class="low")
    assert (employer.rupiah, worker.rupiah) == (given["employer_rupiah"], given["worker_rupiah"])
    assert employer.source and worker.source


def test_a_birthday_of_a_leap_day_is_somebodys_too() -> None:
    assert answer(told(age=18), dt.date(2028, 2, 29)).state == ELIGIBLE


# --- leaflets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_leaflet_tells_todays_figures_and_where_they_stand(language: str) -> None:
    with speaking(language):
        lines = [line for one in material.leaflets(TODAY) for part in one.parts for line in part.lines]
        death = format_rupiah(law.calculate("benefit.jkm.death", date=TODAY)["total_rupiah"])
        assert any(format_rupiah(16_800) in one.text for one in lines) and any(death in one.text for one in lines)
        assert [one.text for one in lines if "Rp" in one.text and not one.source] == []
        assert not any("{" in one.text for one in lines)


def test_no_figure_is_typed_in_a_leaflet() -> None:
    import re

    text = material.FILE.read_text(encoding="utf-8")
    told = re.findall(r'^ +- id: "(.*)"$|^ +en: "(.*)"$', text, re.M)
    assert len(told) > 40 and [one for both in told for one in both if re.search(r"\d", one)] == []


def test_a_relief_is_told_while_it_lasts() -> None:
    def asked(day: dt.date) -> int:
        return sum("Sekarang" in line.text for one in material.leaflets(day) for part in one.parts for line in part.lines)

    assert (asked(TODAY), asked(dt.date(2025, 6, 1))) == (1, 0)


def test_an_unknown_leaflet_is_not_found(db: Any) -> None:
    assert Client().get("/materi/tidak-ada/").status_code == 404
    for slug in material.slugs():
        assert Client().get(f"/materi/{slug}/").status_code == 200
