"""Reminders: texts by two people, only to those who agreed, each thing once, nothing after a consent was taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import Error, connection
from reached import TODAY, meeting, runner
from test_agents import pays

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.outreach.actions import consents, reminders
from jamsostek.outreach.actions.consents import Contact
from jamsostek.outreach.campaigning import BUILT_IN, REMINDERS, filled, holes_of, length_of
from jamsostek.outreach.models import Consent, Mailing, Reminder, Template
from jamsostek.outreach.queries import reminders as queries
from tests import cast

HOME = cast.SIDOARJO
VILLAGE = 3515012001
TOMORROW = TODAY + dt.timedelta(days=1)


def head() -> Any:
    return runner(role="regional_head")


def agreed(phone: str = "0812 3456 7890", **more: Any) -> Consent:
    given: dict[str, Any] = {
        "region_code": HOME, "village_code": VILLAGE, "purposes": ("meeting", "contribution"), "how": "spoken", "today": TODAY
    }  # fmt: skip
    name = more.pop("name", "Siti")
    return consents.agree(contacts=[Contact(phone, name, more.pop("language", "id"))], **(given | more))[0]


def approved(kind: str, language: str = "id", text: str = "") -> Template:
    with cast.as_user(runner()):
        made = reminders.propose(
            region_code=HOME, kind=kind, language=language, text=text or BUILT_IN[kind, language], today=TODAY
        )
    with cast.as_user(head()):
        return reminders.approve(template_id=made.pk, today=TODAY)


# --- texts ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "places", "parts", "wide"), [
    ("a" * 160, 160, 1, False), ("a" * 161, 161, 2, False), ("a" * 306, 306, 2, False), ("a" * 307, 307, 3, False),
    ("€" * 80, 160, 1, False), ("€" * 81, 162, 2, False), ("ā" * 70, 70, 1, True), ("ā" * 71, 71, 2, True),
    ("😀" * 35, 70, 1, True), ("😀" * 36, 72, 2, True),
])  # fmt: skip
def test_a_text_message_is_counted_as_the_network_does(text: str, places: int, parts: int, wide: bool) -> None:
    told = length_of(text)
    assert (told.places, told.parts, told.wide) == (places, parts, wide)


@pytest.mark.parametrize(("kind", "language"), list(BUILT_IN))
def test_the_texts_to_begin_with_are_short_and_use_their_own_holes(kind: str, language: str) -> None:
    text = BUILT_IN[kind, language]
    assert set(holes_of(text)) <= set(REMINDERS[kind].holes)
    assert length_of(filled(text, dict.fromkeys(REMINDERS[kind].holes, "Sumberwaras"))).parts <= 2
    assert "STOP" in text and not length_of(text).wide


@pytest.mark.parametrize(
    "text", ["pendek", "Bpk {nama}, NIK Anda {nik} belum lengkap", "Bpk {nama, iuran Anda belum masuk", "x" * 500]
)
def test_a_text_with_a_strange_hole_or_too_long_is_refused(db: Any, text: str) -> None:
    with cast.as_user(runner()), pytest.raises(InputError):
        reminders.propose(region_code=HOME, kind="unpaid", language="id", text=text, today=TODAY)


def test_a_second_person_approves(db: Any) -> None:
    with cast.as_user(runner()):
        made = reminders.propose(region_code=HOME, kind="unpaid", language="id", text=BUILT_IN["unpaid", "id"], today=TODAY)
        assert reminders.propose(region_code=HOME, kind="unpaid", language="id", text=made.text, today=TODAY).pk == made.pk
        with pytest.raises(InputError, match="menulis tidak menyetujui"):
            reminders.approve(template_id=made.pk, today=TODAY)
        assert reminders.in_force(HOME, "unpaid") == {}
    with cast.as_user(head()):
        reminders.approve(template_id=made.pk, today=TODAY)
        assert reminders.in_force(HOME, "unpaid")["id"].pk == made.pk
    with cast.as_user(runner()):
        second = reminders.propose(region_code=HOME, kind="unpaid", language="id", text=made.text + " Salam.", today=TODAY)
        assert second.version == 2 and reminders.in_force(HOME, "unpaid")["id"].pk == made.pk


# --- consents -----------------------------------------------------------------------------------------------------------------


def test_a_consent_is_sealed_found_by_its_number_and_taken_back(db: Any) -> None:
    with cast.as_user(runner()):
        row = agreed()
        assert agreed("+62 812-3456-7890").pk == row.pk
        assert queries.owner_of(row) == ("Siti", "+6281234567890")
        with connection.cursor() as cursor:
            cursor.execute("SELECT c::text FROM outreach_consent c")
            assert b"81234567890".hex() not in cursor.fetchone()[0]
        assert consents.withdraw(phone="081234567890", today=TODAY) == 1
        assert consents.withdraw(phone="081234567890", today=TODAY) == 0
        row.refresh_from_db()
        assert (row.wrapped, row.phone, row.name, row.withdrawn_on) == (None, None, None, TODAY)
        assert agreed().pk != row.pk, "somebody may agree again"


def test_more_purposes_replace_a_consent_and_keep_the_old_one(db: Any) -> None:
    with cast.as_user(runner()):
        first = agreed(purposes=("meeting",))
        second = agreed(purposes=("contribution",))
        assert second.purposes == ["contribution", "meeting"]
        first.refresh_from_db()
        assert first.withdrawn_on == TODAY


@pytest.mark.parametrize(
    "more", [{"purposes": ()}, {"purposes": ("marketing",)}, {"how": "guessed"}, {"phone": "12"}, {"phone": ""}]
)
def test_a_consent_says_for_what_and_how(db: Any, more: dict[str, Any]) -> None:
    with cast.as_user(runner()), pytest.raises(InputError):
        agreed(**more)


def test_consents_are_of_their_region(db: Any) -> None:
    with cast.as_user(runner()):
        row = agreed()
    with cast.as_user(runner(cast.LUMAJANG)):
        assert Consent.objects.count() == 0 and consents.withdraw(phone="081234567890", today=TODAY) == 0
        with pytest.raises(Refused):
            consents.withdraw_one(consent_id=row.pk, today=TODAY)
        with pytest.raises(Refused):
            agreed()


# --- preparing and sending ----------------------------------------------------------------------------------------------------


def test_tomorrows_meeting_is_told_once_to_who_agreed_in_its_village(db: Any) -> None:
    approved("meeting")
    with cast.as_user(runner()):
        row = meeting({"on_date": TOMORROW})
        agreed()
        agreed("081200000001", purposes=("contribution",))
        agreed("081200000002", village_code=3515012002)
        made = reminders.prepare_meeting(meeting_id=row.pk, today=TODAY)
        (message,) = queries.messages(made)
        assert "Siti" in message.text and "Balai Desa Contoh" in message.text and "Minggu 22 November" in message.text
        assert message.link.startswith("https://wa.me/6281234567890?text=Bpk/Ibu%20Siti")
        assert reminders.prepare_meeting(meeting_id=row.pk, today=TODAY).pk == made.pk and Reminder.objects.count() == 1
        agreed("081200000003")
        assert reminders.prepare_meeting(meeting_id=row.pk, today=TODAY).pk != made.pk and Reminder.objects.count() == 2


def test_a_reminder_is_in_the_language_asked_for(db: Any) -> None:
    approved("meeting")
    approved("meeting", "en")
    with cast.as_user(runner()):
        row = meeting({"on_date": TOMORROW})
        agreed(language="en")
        (message,) = queries.messages(reminders.prepare_meeting(meeting_id=row.pk, today=TODAY))
        assert "Sunday 22 November" in message.text and "Free of charge" in message.text


def test_nothing_is_prepared_without_an_approved_text_or_for_another_day(db: Any) -> None:
    with cast.as_user(runner()):
        row, later = meeting({"on_date": TOMORROW}), meeting({"on_date": TODAY + dt.timedelta(days=2)})
        agreed()
        with pytest.raises(InputError, match="Belum ada teks"):
            reminders.prepare_meeting(meeting_id=row.pk, today=TODAY)
        with pytest.raises(InputError, match="besok"):
            reminders.prepare_meeting(meeting_id=later.pk, today=TODAY)


def test_who_takes_consent_back_is_left_out_and_cannot_be_marked_sent(db: Any) -> None:
    approved("meeting")
    with cast.as_user(runner()):
        row = meeting({"on_date": TOMORROW})
        agreed()
        agreed("081200000003", name="Budi")
        made = reminders.prepare_meeting(meeting_id=row.pk, today=TODAY)
        ids = [one.row.pk for one in queries.messages(made)]
        consents.withdraw(phone="081234567890", today=TODAY)
        assert [one.name for one in queries.messages(made)] == ["Budi"]
        assert reminders.mark_sent(reminder_ids=ids, channel="sms", today=TODAY) == 1
        assert reminders.mark_sent(reminder_ids=ids, channel="sms", today=TODAY) == 0
        (told,) = queries.counted([made])
        assert (told.people, told.sent, told.withdrawn) == (2, 1, 1)
        with pytest.raises(InputError, match="Belum ada teks"):
            reminders.prepare_month(region_code=HOME, kind="unpaid", month=cast.MONTH, today=TODAY)


def test_the_first_unpaid_month_is_told_and_no_other(committed_db: Any) -> None:
    late, still, never = "081200000011", "081200000012", "081200000013"
    with cast.everyone():
        people = {phone: cast.participant(f"P {phone}", phone=f"+62{phone[1:]}") for phone in (late, still, never)}
        pays(people[late])
        pays(people[still], 3)
        from jamsostek.registry.actions.sponsors import Covering, cover_oneself

        cover_oneself(Covering(people[never].pk, cast.MONTH, 1_000_000, "Petani"))
    approved("unpaid")
    with cast.as_user(runner()):
        for phone in people:
            agreed(phone, name=phone)
        made = reminders.prepare_month(region_code=HOME, kind="unpaid", month=202612, today=dt.date(2026, 12, 20))
        assert [one.name for one in queries.messages(made)] == [late]
        assert "Desember 2026" in queries.messages(made)[0].text


def test_cover_that_ends_is_told_where_nothing_follows(committed_db: Any) -> None:
    ending, goes_on = "081200000021", "081200000022"
    with cast.everyone():
        payer = cast.sponsor()
        for phone, last in ((ending, 202612), (goes_on, 202703)):
            cast.covered(cast.participant(f"P {phone}", phone=f"+62{phone[1:]}"), payer, cast.MONTH, last)
    approved("ending")
    with cast.as_user(runner()):
        agreed(ending, name="Habis")
        agreed(goes_on, name="Lanjut")
        made = reminders.prepare_month(region_code=HOME, kind="ending", month=202612, today=TODAY)
        assert [one.name for one in queries.messages(made)] == ["Habis"]


def test_the_database_lets_nothing_out_without_consent_or_a_second_look(db: Any) -> None:
    approved("meeting")
    with cast.as_user(runner()):
        row = meeting({"on_date": TOMORROW})
        only = agreed(purposes=("contribution",))
        draft = reminders.propose(region_code=HOME, kind="meeting", language="en", text=BUILT_IN["meeting", "en"], today=TODAY)
        text = Template.objects.get(language="id")
        made = Mailing.objects.create(region_code=HOME, kind="meeting", meeting=row, prepared_on=TODAY)
        ok = agreed("081200000003")
        for consent, template in ((only, text), (ok, draft)):
            with pytest.raises(Error), cast.as_user(runner()):
                Reminder.objects.create(mailing=made, consent=consent, template=template, about="meeting:1")
        Reminder.objects.create(mailing=made, consent=ok, template=text, about="meeting:1")
        for statement in ("UPDATE outreach_template SET text = 'lain lain lain'", "UPDATE outreach_mailing SET kind = 'unpaid'",
                          "UPDATE outreach_reminder SET about = 'x'", "DELETE FROM outreach_reminder"):  # fmt: skip
            with pytest.raises(Error), cast.as_user(runner()), connection.cursor() as cursor:
                cursor.execute(statement)


def test_another_region_sees_no_text_no_mailing_and_no_message(db: Any) -> None:
    approved("meeting")
    with cast.as_user(runner()):
        row = meeting({"on_date": TOMORROW})
        agreed()
        made = reminders.prepare_meeting(meeting_id=row.pk, today=TODAY)
        ids = [one.row.pk for one in queries.messages(made)]
    with cast.as_user(runner(cast.LUMAJANG)):
        for table in (Template, Mailing, Reminder):
            assert table.objects.count() == 0, table
        assert reminders.mark_sent(reminder_ids=ids, channel="sms", today=TODAY) == 0
        with pytest.raises(Refused):
            reminders.prepare_meeting(meeting_id=row.pk, today=TODAY)
