"""Cards of a decree's people, printed by the region village by village: theirs alone, in the order of the list."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jamsostek.access.errors import Refused
from jamsostek.access.models import AuditEntry
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import speaking
from jamsostek.messages.card.scan import read_codes
from jamsostek.outreach.actions import ceremonies, decrees, funding
from jamsostek.outreach.models import Decree, DecreeLine, Programme
from jamsostek.registry.models import Card
from tests import cast
from tests.outreach.movement import (
    TODAY,
    VILLAGES,
    as_user,
    enrolled,
    funded,
    head,
    linked,
    officer,
    poor,
    programme,
    registered,
    taken,
)

NOW = timezone.localdate()
MONTH = month_of(NOW)


@pytest.fixture
def made(committed_db: Any) -> Programme:
    """Twelve of each village funded from this month on; somebody else of the first village is covered by the same sponsor."""
    with cast.everyone():
        for known in poor(40, 200):
            cast.participant(known.name, birth_date=known.born, sex="f", nik=known.number, village_code=None)
        sponsor = cast.sponsor()
        other = cast.participant("Bukan Penerima", village_code=VILLAGES[0])
        cast.covered(other, sponsor, MONTH)
    register = registered(*poor(24))
    linked(register)
    one = programme(first=MONTH, last=add_months(MONTH, 5), sponsor=sponsor)
    taken(one, register)
    funded(one)
    return one


def on_list(decree: Decree, village: int) -> list[int]:
    """Participants of a village, by number."""
    with cast.everyone():
        lines = DecreeLine.objects.filter(decree=decree, village_code=village).order_by("number")
        return [one for one in lines.values_list("candidate__participant_id", flat=True) if one is not None]


def issued(decree: Decree, village: int = VILLAGES[0], *, take: int = 500, skip: int = 0, who: Any = None) -> list[int]:
    with as_user(who or officer()), speaking("id"):
        made = ceremonies.issue(decree=decree, village=village, skip=skip, take=take, today=NOW)
        return [one.participant_id for one in made]


def test_only_people_of_the_list_get_cards_in_their_order(made: Programme) -> None:
    decree = enrolled(made)
    people = on_list(decree, VILLAGES[0])
    assert len(people) == 12
    assert issued(decree) == people and issued(decree, take=5, skip=10) == people[10:]
    assert issued(decree, VILLAGES[1]) == on_list(decree, VILLAGES[1]) and issued(decree, 3515511009) == []
    with cast.everyone():
        assert not Card.objects.filter(participant__name="Bukan Penerima").exists()
        assert set(Card.objects.values_list("created_by", flat=True)) == {officer().pk}
        told = AuditEntry.objects.filter(action="card.issued")
        assert set(told.values_list("subject_id", flat=True)) == {*people, *on_list(decree, VILLAGES[1])}
        assert told.count() == 26 and set(told.values_list("user_id", flat=True)) == {officer().pk}
        printed = AuditEntry.objects.filter(action="decree.cards", subject_id=decree.pk).order_by("pk")
        assert list(printed.values_list("reason", flat=True)) == [str(VILLAGES[0])] * 2 + [str(VILLAGES[1])]


def test_who_lapsed_gets_none(made: Programme) -> None:
    decree = enrolled(made)
    people = on_list(decree, VILLAGES[0])
    with cast.everyone():
        gone = DecreeLine.objects.get(decree=decree, candidate__participant_id=people[0]).candidate_id
    with as_user(officer()):
        funding.lapse(candidate_id=gone, last_month=MONTH, reason="Pindah", today=TODAY)
    assert issued(decree) == people[1:]


def test_a_list_that_is_not_enrolled_has_none_and_another_region_gets_none(made: Programme) -> None:
    with as_user(officer()):
        waiting = decrees.prepare(programme_id=made.pk, title="Lampiran I", today=TODAY)
    with pytest.raises(InputError, match="belum didaftarkan") as refused:
        issued(waiting)
    assert refused.value.remedy
    with as_user(head()):
        decrees.approve(decree_id=waiting.pk, number="188/1/2026", today=TODAY)
    decrees.enrol(waiting.pk, now=timezone.now(), today=TODAY)
    with cast.everyone():
        decree = Decree.objects.select_related("programme").get(pk=waiting.pk)
    for who in (officer(3516), cast.user("cabang", "branch_officer", "region", 3515)):
        with pytest.raises(Refused):
            issued(decree, who=who)
    with cast.everyone():
        assert not Card.objects.exists()


def test_sheets_are_printed_village_by_village(made: Programme) -> None:
    with as_user(officer()):
        decree = decrees.prepare(programme_id=made.pk, title="Lampiran I", today=TODAY)
    here, far = cast.signed_in(Client(), officer()), cast.signed_in(Client(), officer(3516))
    first, second = (reverse("programmes:decree_village_cards", args=[decree.code, one]) for one in VILLAGES)
    listing = reverse("programmes:decree_cards", args=[decree.code])
    for url in (listing, first):
        early = here.get(url)
        assert early.status_code == 409 and "belum didaftarkan" in early.content.decode()
    with as_user(head()):
        decrees.approve(decree_id=decree.pk, number="188/1/2026", today=TODAY)
    decrees.enrol(decree.pk, now=timezone.now(), today=TODAY)
    assert listing in here.get(reverse("programmes:decree", args=[decree.code])).content.decode()
    page = here.get(listing).content.decode()
    assert page.index(first) < page.index(second)
    assert second in here.get(first).content.decode(), "the next village"
    assert far.get(first).status_code == far.post(first).status_code == far.get(listing).status_code == 403
    sheet = here.post(first)
    assert sheet["Content-Type"] == "application/pdf" and str(VILLAGES[0]) in sheet["Content-Disposition"]
    pdf = pypdfium2.PdfDocument(io.BytesIO(sheet.content))
    assert len(pdf) == 2, "twelve cards on two pages"
    with cast.everyone():
        kept = {one.participant_id: one.token for one in Card.objects.all()}
    found = read_codes(sheet.content)
    assert len(found) == 12
    assert [kept[one] for one in on_list(decree, VILLAGES[0])] == [one.text.partition("#")[2] for one in found]
