"""A worker asks what would be paid if something happened, from their own record."""

from __future__ import annotations

import pytest
from django.test import Client
from families import alive, text_of

from jamsostek.claims.models import Claim
from tests import cast
from tests.claims import offices

pytestmark = pytest.mark.django_db


def worker() -> Client:
    who = alive("Rina Wati", sex="f")
    with cast.everyone():
        user = cast.user("rina", "worker", "self", who.pk, name="Rina Wati")
    return cast.signed_in(Client(), user)


def test_every_event_is_a_card_with_its_sum_and_nothing_is_written() -> None:
    rina = worker()
    assert "/peserta/andai/" in rina.get("/peserta/").content.decode()
    told = text_of(rina.get("/peserta/andai/"))
    assert "Bila saya meninggal karena sakit" in told and "Rp42.000.000" in told
    assert "Bila saya mencapai usia pensiun" in told and "Mulai" in told
    assert "perkiraan" in told and "Bukan keputusan" in told
    with cast.everyone():
        assert not Claim.objects.exists()


def test_an_amount_opens_to_its_steps_and_articles() -> None:
    told = text_of(worker().get("/peserta/andai/death/"))
    assert "Santunan kematian" in told and "Dari angka ini sampai ke pasalnya" in told and "Pasal" in told


def test_what_stands_in_the_way_is_told_with_its_remedy() -> None:
    with cast.everyone():
        who = offices.member("Tono Baru")
        user = cast.user("tono", "worker", "self", who.pk, name="Tono Baru")
    told = text_of(cast.signed_in(Client(), user).get("/peserta/andai/death/"))
    assert "Hari ini belum dibayar, karena:" in told and "Tidak terpenuhi" in told and "Rp42.000.000" not in told


def test_it_speaks_english_and_knows_no_other_events() -> None:
    rina = worker()
    assert rina.get("/peserta/andai/lottery/").status_code == 404
    rina.cookies["jamsostek_language"] = "en"
    told = text_of(rina.get("/peserta/andai/"))
    assert "If I die of an illness" in told and "estimate" in told


def test_nobody_else_is_let_in() -> None:
    assert Client().get("/peserta/andai/").status_code == 302
