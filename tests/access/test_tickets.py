"""Tickets: asked without an account, told to nobody else, served in order, never lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from jamsostek.access.actions.tickets import open_ticket, take_ticket
from jamsostek.access.errors import Refused
from jamsostek.access.models import Ticket
from jamsostek.access.queries import own_tickets, ticket, tickets
from jamsostek.access.scope import acting, nobody
from jamsostek.core import numbers
from jamsostek.registry.actions.requests import ask_office
from tests import cast
from tests.access.doorway import text_of

pytestmark = pytest.mark.usefixtures("limits")
ASKED = {"who": "Siti Aminah", "phone": "0800 1234 5678", "place": "sidoarjo", "told": "Telepon saya hilang"}


def asks(regency: int = cast.SIDOARJO, **given: Any) -> str:
    """Somebody without an account asks."""
    with acting(nobody()):
        return open_ticket(
            **{"kind": "sign_in", "who": "Siti", "phone": "080012345678", "told": "", **given},
            regency_code=regency, now=timezone.now(),
        )  # fmt: skip


@pytest.fixture
def officer() -> Any:
    return cast.user("petugas", "branch_officer", "region", cast.SIDOARJO, name="Petugas Loket")


def test_a_ticket_gets_a_number_that_tells_where_it_stands(client: Any) -> None:
    answer = client.post("/akun/tiket/", ASKED)
    number = answer["Location"].strip("/").rsplit("/", 1)[1]
    assert numbers.check("ticket", number) == number
    page = text_of(client.get(answer["Location"]))
    assert numbers.format_number("ticket", number) in page
    assert "yang berikutnya dilayani" in page
    assert "Siti" not in page
    assert "5678" not in page
    assert client.get(f"/akun/tiket/?nomor={number[:4]}+{number[4:]}")["Location"] == f"/akun/tiket/{number}/"
    assert client.get("/akun/tiket/12345678/").status_code == 404
    assert client.get("/akun/tiket/abc/").status_code == 404


def test_a_regency_named_like_others_is_asked_for(client: Any) -> None:
    page = text_of(client.post("/akun/tiket/", {**ASKED, "place": "bandung"}))
    assert "Yang mana?" in page
    assert "Kota Bandung" in page
    answer = client.post("/akun/tiket/", {**ASKED, "place": "bandung", "regency": "3273"})
    assert answer.status_code == 302
    assert "periksa ejaannya" in text_of(client.post("/akun/tiket/", {**ASKED, "place": "Atlantis"}))


def test_what_was_told_is_sealed_and_the_asker_cannot_read_it_back(client: Any) -> None:
    client.post("/akun/tiket/", ASKED)
    with cast.everyone():
        kept = str(list(Ticket.objects.values()))
    assert not any(word in kept for word in ("Siti", "5678", "hilang"))
    with acting(nobody()):
        assert Ticket.objects.count() == 0


def test_officers_see_the_tickets_of_their_region_in_order(officer: Any) -> None:
    first, second = asks(), asks()
    asks(cast.LUMAJANG)
    with cast.as_user(officer):
        assert [one.number for one in tickets()] == [first, second]
    with cast.as_user(cast.user("staf", "employer_clerk", "employer", 1)), pytest.raises(Refused):
        tickets()


def test_an_officer_opens_takes_and_closes(client: Any, officer: Any) -> None:
    number = asks(who="Siti Aminah", told="Telepon hilang")
    cast.signed_in(client, officer)
    assert numbers.format_number("ticket", number) in text_of(client.get("/kantor/tiket/"))
    page = text_of(client.get(f"/kantor/tiket/{number}/"))
    assert "Siti Aminah" in page
    assert client.post(f"/kantor/tiket/{number}/ambil/").status_code == 302
    assert "Petugas Loket" in text_of(client.get("/kantor/tiket/?antrean=mine"))
    assert client.post(f"/kantor/tiket/{number}/tutup/", {"outcome": ""}).status_code == 200
    assert client.post(f"/kantor/tiket/{number}/tutup/", {"outcome": "code", "note": "KTP dilihat"}).status_code == 302
    assert "Kode dibuat dan diserahkan" in text_of(client.get("/kantor/tiket/?antrean=closed"))
    assert client.post(f"/kantor/tiket/{number}/ambil/").status_code == 302
    with cast.everyone():
        from jamsostek.access.models import AuditEntry

        told = list(AuditEntry.objects.filter(subject_kind="ticket").order_by("id").values_list("action", flat=True))
    assert told[0] == "ticket.asked"
    assert {"ticket.opened", "ticket.taken", "ticket.closed"} <= set(told)


def test_a_ticket_of_elsewhere_is_refused(client: Any, officer: Any) -> None:
    number = asks(cast.LUMAJANG)
    cast.signed_in(client, officer)
    for path in ("", "ambil/", "tutup/"):
        ask = client.post if path else client.get
        assert ask(f"/kantor/tiket/{number}/{path}", {"outcome": "code"} if path else None).status_code == 403, path


def test_serving_out_of_order_is_seen(officer: Any) -> None:
    first, second, third = asks(), asks(), asks()
    with cast.as_user(officer):
        for number in (third, first, second):
            take_ticket(number=number, now=timezone.now())
        assert {one.number: one.overtaken for one in tickets()} == {first: 0, second: 0, third: 2}


def test_taking_over_keeps_when_it_was_first_taken(officer: Any) -> None:
    number, other = asks(), cast.user("petugas.dua", "branch_officer", "region", cast.SIDOARJO)
    with cast.as_user(officer):
        take_ticket(number=number, now=timezone.now())
        first = ticket(number).waiting.taken_at
    with cast.as_user(other):
        take_ticket(number=number, now=timezone.now())
        assert ticket(number).waiting.taken_at == first
        assert ticket(number).taken_by_me


@pytest.mark.parametrize(
    "change",
    [
        "made_at = now() - interval '1 day'", "regency_code = 3508", "number = '11111111'", "contact = NULL",
        "kind = 'wage'", "asked_by_id = (SELECT min(id) FROM access_user)",
    ],
)  # fmt: skip
def test_the_database_keeps_a_tickets_place(change: str, officer: Any) -> None:
    asks()
    with pytest.raises(DatabaseError, match="keeps its place"), cast.everyone(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE access_ticket SET {change}")


@pytest.mark.parametrize("table", ["access_ticket", "access_user", "access_grant", "access_resetcode"])
def test_the_application_deletes_no_ticket_user_grant_or_code(table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), cast.everyone(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_the_database_knows_no_other_kind_and_no_other_asker(officer: Any) -> None:
    with pytest.raises(DatabaseError, match="ticket_kind"):
        asks(kind="payment")
    sql = (
        "INSERT INTO access_ticket (number, kind, username, told, outcome, made_at, asked_by_id)"
        " VALUES ('1', 'wage', '', '', '', now(), %s)"
    )
    with pytest.raises(DatabaseError, match="row-level security"), acting(nobody()), connection.cursor() as cursor:
        cursor.execute(sql, [officer.pk])


def test_a_ticket_tells_its_kind_and_ends_as_its_kind_ends(client: Any, officer: Any) -> None:
    number = asks(kind="correction", told="Nama saya Suwarno")
    cast.signed_in(client, officer)
    assert "Pembetulan data" in text_of(client.get("/kantor/tiket/"))
    page = text_of(client.get(f"/kantor/tiket/{number}/"))
    assert "Data dibetulkan" in page
    assert "Kode dibuat dan diserahkan" not in page
    assert "Akun yang dimaksud" not in page, "a correction is about no account"
    assert client.post(f"/kantor/tiket/{number}/tutup/", {"outcome": "code"}).status_code == 200
    assert client.post(f"/kantor/tiket/{number}/tutup/", {"outcome": "corrected"}).status_code == 302


def test_the_number_a_ticket_names_leads_to_the_person_and_without_an_account_to_an_invitation(client: Any, officer: Any) -> None:
    with cast.everyone():
        here, away = cast.participant("Siti Aminah"), cast.participant("Wati Jauh", regency_code=cast.LUMAJANG)
    number = asks(who=f"Siti {numbers.format_number('kpj', here.kpj)}")
    shut = asks(who="Wati", told=f"nomor saya {away.kpj}")
    cast.signed_in(client, officer)
    page = text_of(client.get(f"/kantor/tiket/{number}/"))
    assert f'href="/kantor/peserta/{here.kpj}/"' in page
    assert "belum punya akun" in page
    assert "Akun baru dibuat oleh penyelia" in page
    assert away.kpj not in re.findall(r'href="([^"]*)"', text_of(client.get(f"/kantor/tiket/{shut}/")))
    cast.signed_in(client, cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO))
    way = f"/kantor/pengguna/undang/?peran=worker&amp;atas={here.kpj}"
    assert way in text_of(client.get(f"/kantor/tiket/{number}/"))
    assert f'value="{here.kpj}"' in text_of(client.get(way.replace("&amp;", "&")))
    with cast.everyone():
        cast.user("siti", "worker", "self", here.pk, name="Siti Aminah")
    page = text_of(client.get(f"/kantor/tiket/{number}/"))
    assert "Akun yang cocok" in page
    assert way not in page


def test_whoever_asked_while_signed_in_finds_the_ticket_again_and_nobody_else_does(client: Any, officer: Any) -> None:
    with cast.everyone():
        person = cast.participant("Siti Aminah", phone="0812 3456 7890")
    siti, other = cast.user("siti", "worker", "self", person.pk), cast.user("budi", "worker", "self", person.pk + 1)
    with cast.as_user(siti):
        number = ask_office(participant_id=person.pk, what="wage", told="Upah saya lima juta", now=timezone.now())
        assert Ticket.objects.count() == 0, "the row itself stays out of sight"
        assert [(one.number, one.kind) for one in own_tickets()] == [(number, "wage")]
    with cast.as_user(other):
        assert own_tickets() == []
    cast.signed_in(client, siti)
    shown = numbers.format_number("ticket", number)
    page = text_of(client.get("/akun/"))
    assert all(word in page for word in (shown, "Upah yang dilaporkan tidak sesuai", "Menunggu"))
    page = text_of(client.get(f"/akun/tiket/{number}/"))
    assert "Ke akun saya" in page
    assert "Ke halaman masuk" not in page
    with cast.as_user(officer):
        take_ticket(number=number, now=timezone.now())
    assert "Sedang dilayani" in text_of(client.get("/akun/"))


def test_asking_too_often_from_one_place_is_refused(client: Any) -> None:
    answers = [client.post("/akun/tiket/", ASKED).status_code for _time in range(7)]
    assert answers == [302] * 6 + [200]


def test_the_order_in_the_regency_is_told(client: Any) -> None:
    asks()
    asks(cast.LUMAJANG)
    number = asks()
    assert "Di depan Anda ada 1 tiket" in text_of(client.get(f"/akun/tiket/{number}/"))
