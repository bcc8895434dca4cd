"""Tickets: asked without an account, told to nobody else, served in order, never lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from jamsostek.access.actions.tickets import open_ticket, take_ticket
from jamsostek.access.errors import Refused
from jamsostek.access.models import Ticket
from jamsostek.access.queries import ticket, tickets
from jamsostek.access.scope import acting, nobody
from jamsostek.core import numbers
from tests import cast
from tests.access.doorway import text_of

pytestmark = pytest.mark.usefixtures("limits")
ASKED = {"who": "Siti Aminah", "phone": "0800 1234 5678", "place": "sidoarjo", "told": "Telepon saya hilang"}


def asks(regency: int = cast.SIDOARJO, **given: Any) -> str:
    """Somebody without an account asks."""
    with acting(nobody()):
        return open_ticket(
            **{"who": "Siti", "phone": "080012345678", "told": "", **given}, regency_code=regency, now=timezone.now()
        )


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
    "change", ["made_at = now() - interval '1 day'", "regency_code = 3508", "number = '11111111'", "contact = NULL"]
)
def test_the_database_keeps_a_tickets_place(change: str) -> None:
    asks()
    with pytest.raises(DatabaseError, match="keeps its place"), cast.everyone(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE access_ticket SET {change}")


@pytest.mark.parametrize("table", ["access_ticket", "access_user", "access_grant", "access_resetcode"])
def test_the_application_deletes_no_ticket_user_grant_or_code(table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), cast.everyone(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_asking_too_often_from_one_place_is_refused(client: Any) -> None:
    answers = [client.post("/akun/tiket/", ASKED).status_code for _time in range(7)]
    assert answers == [302] * 6 + [200]


def test_the_order_in_the_regency_is_told(client: Any) -> None:
    asks()
    asks(cast.LUMAJANG)
    number = asks()
    assert "Di depan Anda ada 1 tiket" in text_of(client.get(f"/akun/tiket/{number}/"))
