"""What a human should look at twice: each sign with its facts and what usually explains it, and nothing that depends on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from claim_desks import DIED, Desk, dead, sent
from desks import TODAY, stored, text_of

from jamsostek.claims.actions import intake, parties
from jamsostek.claims.choices import Channel, Kind
from jamsostek.claims.models import Claim, Party
from jamsostek.claims.queries import signals
from jamsostek.claims.queries.signals import Sign
from jamsostek.core.months import add_months, month_of
from jamsostek.core.numbers import format_number
from tests import cast
from tests.claims import offices

pytestmark = pytest.mark.usefixtures("desk_undone")


def signs(claim: Any) -> dict[Sign, Any]:
    """Signals of a claim, as the installation sees them."""
    with cast.everyone():
        return {one.sign: one for one in signals.of_claim(Claim.objects.get(pk=claim.pk), TODAY)}


def injured(who: Any, day: dt.date, **given: Any) -> Any:
    """A claim for an accident at work, begun with its day."""
    made = intake.begin(kind=Kind.JKK, participant_id=who.pk, channel=given.pop("channel", Channel.COUNTER), today=TODAY, **given)
    intake.state_facts(
        claim_id=made.claim.pk, values={"happened_on": day.isoformat(), "kind": "accident", "story": "jatuh"}, today=TODAY
    )
    return made.claim


def test_a_quiet_claim_has_no_sign(desk: Desk) -> None:
    assert signs(desk.claims["second"]) == {}
    assert "Tanda bukan tuduhan: haknya" not in text_of(desk.client("officer").get(desk.url("second")))
    assert "Tidak ada tanda" in text_of(desk.client("officer").get("/kantor/klaim/tanda/"))


def test_one_account_for_claims_about_two_people_is_shown_on_both_and_listed(desk: Desk) -> None:
    with cast.everyone():
        other = sent(dead("Almarhum Kelima"), papers=False, heir="Orang Lain", account="990000123451")
    found = signs(desk.claims["second"])[Sign.SHARED_ACCOUNT]
    assert found.values["people"] == 2 and found.values["claims"] == 2 and list(found.numbers) == [other.number]
    page = text_of(desk.client("officer").get(desk.url("second")))
    assert "Satu rekening untuk beberapa orang" in page and "Yang biasanya menjelaskan" in page
    listed = text_of(desk.client("officer").get("/kantor/klaim/tanda/"))
    assert listed.count("Satu rekening untuk beberapa orang") == 2
    # The new claim is of this very transaction and so in everybody's sight; the older one is not.
    assert format_number("claim", desk.claims["second"].number) not in text_of(desk.client("far").get("/kantor/klaim/tanda/"))
    english = text_of(desk.client("officer", "en").get("/kantor/klaim/tanda/"))
    assert "One account for several people" in english


def test_an_account_replaced_after_sending_is_shown_for_two_weeks(desk: Desk) -> None:
    party = stored(Party, claim=desk.claims["second"], claimant=True)
    with cast.as_user(desk.at.officer):
        parties.put_account(party_id=party.pk, bank="BNI", number="5550001112", name="Dewi Lestari", today=TODAY)
    assert signs(desk.claims["second"])[Sign.ACCOUNT_CHANGED].values["day"] == TODAY
    with cast.everyone():
        later = signals.of_claims([desk.claims["second"]], TODAY + dt.timedelta(days=15))
    assert later == {}


def test_deaths_soon_after_registration_of_one_village_point_at_each_other(desk: Desk) -> None:
    since = DIED - dt.timedelta(days=30)
    with cast.everyone():
        one, other = (
            sent(dead(name, since, village_code=3515012001), papers=False, account=f"99000088800{at}")
            for at, name in enumerate(("Almarhum Desa Satu", "Almarhum Desa Dua"))
        )
    found = signs(one)
    assert found[Sign.SOON_AFTER_REGISTRATION].values["days"] == 30
    assert found[Sign.SAME_DOOR].values == {"door": "village", "count": 1}
    assert list(found[Sign.SAME_DOOR].numbers) == [other.number]
    desk.claims["village"] = one
    page = text_of(desk.client("officer").get(desk.url("village")))
    assert "30 hari kemudian" in page and "1 orang lain dari desa yang sama" in page


def test_an_event_before_registration_and_a_wage_raised_before_it_are_shown(desk: Desk) -> None:
    from jamsostek.registry.actions import employ

    with cast.everyone():
        late = offices.member("Baru Terdaftar", TODAY)
        before = injured(late, TODAY - dt.timedelta(days=9))
        who = offices.member("Upah Naik", TODAY - dt.timedelta(days=800))
        job = cast.works(who, cast.employer("PT Naik"), add_months(month_of(TODAY), -12), 4_000_000)
        employ.change_wage(employment_id=job, from_month=add_months(month_of(TODAY), -1), wage_rupiah=9_000_000)
        raised = injured(who, TODAY - dt.timedelta(days=2))
    assert set(signs(before)) == {Sign.BEFORE_REGISTRATION}
    found = signs(raised)[Sign.WAGE_RAISED]
    assert (found.values["before_rupiah"], found.values["after_rupiah"]) == (4_000_000, 9_000_000)


def test_several_claims_for_one_event_are_shown_and_a_pension_beside_them_is_none(desk: Desk) -> None:
    claim = desk.claims["second"]
    with cast.everyone():
        who = claim.participant
        twice = sent(who, papers=False, heir="Anak Kedua", account="990000888055")
        old_age = intake.begin(
            kind=Kind.JHT, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir(account_number="990000888056"),
            today=TODAY,
        ).claim  # fmt: skip
        intake.state_facts(claim_id=old_age.pk, values={"cause": "death", "event_on": DIED.isoformat()}, today=TODAY)
    assert list(signs(claim)[Sign.SAME_EVENT].numbers) == [twice.number]
    assert Sign.SAME_EVENT not in signs(old_age)


def test_a_hospital_with_far_more_cases_than_others_is_shown(desk: Desk) -> None:
    from jamsostek.registry.actions.places import register_office

    with cast.everyone():
        busy = register_office(code="RS-9", name="RS Ramai", kind="hospital", regency_code=cast.SIDOARJO).pk
        quiet = register_office(code="RS-8", name="RS Sepi", kind="hospital", regency_code=cast.SIDOARJO).pk
        clerk = cast.user("loket.k", "hospital_desk", "office", busy)
        other = cast.user("loket.q", "hospital_desk", "office", quiet)
        people = [offices.member(f"Pasien {at}", TODAY - dt.timedelta(days=500)) for at in range(6)]
    made = []
    desk_of = {"channel": Channel.HOSPITAL, "claimant": parties.Someone("Loket", "facility")}
    for at, who in enumerate(people):
        with cast.as_user(clerk if at < 5 else other):
            made.append(injured(who, TODAY - dt.timedelta(days=3), office_id=busy if at < 5 else quiet, **desk_of))
    with cast.everyone():
        Claim.objects.filter(pk__in=[one.pk for one in made]).update(state="submitted", submitted_on=TODAY, submitted_at=cast.NOW)
        rows = list(Claim.objects.filter(pk__in=[one.pk for one in made]).order_by("id"))
        found = signals.of_claims(rows, TODAY)
    shown = found[rows[0].pk][0]
    assert shown.sign == Sign.BUSY_HOSPITAL and shown.values["count"] == 5 and shown.values["name"] == "RS Ramai"
    assert rows[5].pk not in found
