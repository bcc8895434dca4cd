"""The queue of claims: in its order, narrowed, searched, taken away; served in turn, and seen where it is not."""

from __future__ import annotations

from typing import Any

import pytest
from claim_desks import Desk
from desks import count, stored, text_of

from jamsostek.claims.models import Event
from jamsostek.core.numbers import format_number
from jamsostek.registry.models import Participant
from tests import cast

HOME = "/kantor/klaim/"
pytestmark = pytest.mark.usefixtures("desk_undone")


def shown(desk: Desk, name: str) -> str:
    """A claim's number as pages have it."""
    return format_number("claim", desk.claims[name].number)


def test_claims_stand_in_their_order_of_service_with_the_days_they_have(desk: Desk) -> None:
    page = text_of(desk.client("officer").get(HOME))
    places = [page.index(shown(desk, name)) for name in ("first", "second", "third", "waiting")]
    assert places == sorted(places)
    assert "hari kerja lagi" in page and "Jam berhenti" in page
    assert "Almarhum First" in page


def test_the_queue_is_narrowed_by_state_kind_and_lateness(desk: Desk) -> None:
    client = desk.client("officer")
    waiting = text_of(client.get(f"{HOME}?keadaan=waiting"))
    assert shown(desk, "waiting") in waiting and shown(desk, "first") not in waiting
    assert shown(desk, "first") in text_of(client.get(f"{HOME}?jenis=jkm"))
    assert "Tidak ada klaim seperti itu" in text_of(client.get(f"{HOME}?jenis=jht"))
    assert "Tidak ada klaim seperti itu" in text_of(client.get(f"{HOME}?lewat=on"))
    assert shown(desk, "first") in text_of(client.get(f"{HOME}?keadaan=omong&jenis=kosong&wilayah=x&hal=%C2%B2"))


def test_an_officer_of_another_regency_sees_nothing_of_it(desk: Desk) -> None:
    client = desk.client("far")
    page = text_of(client.get(HOME))
    assert shown(desk, "far") in page and shown(desk, "first") not in page and "Almarhum First" not in page
    for rest in ("", "riwayat/", "hitungan/", "surat.pdf", "minta/", "usulkan/", "fakta/cause/"):
        assert client.get(desk.url("first", rest)).status_code == 403, rest
    assert client.post(f"{HOME}cari/", {"klaim": desk.claims["first"].number}).status_code == 200


@pytest.mark.parametrize("who", ["viewer", "village", "clerk", "heir"])
def test_who_does_not_work_on_claims_gets_no_page_of_them(desk: Desk, who: str) -> None:
    client = desk.client(who)
    for url in (HOME, f"{HOME}mendahului/", f"{HOME}tanda/", desk.url("first"), desk.url("first", "usulkan/")):
        assert client.get(url).status_code == 403, url


def test_an_auditor_reads_and_is_offered_nothing(desk: Desk) -> None:
    client = desk.client("auditor")
    page = text_of(client.get(HOME))
    assert shown(desk, "first") in page and shown(desk, "far") in page and "Berikutnya menurut urutan" not in page
    case = text_of(client.get(desk.url("first")))
    assert "Usulkan keputusan" not in case and "Temukan:" not in case
    for rest in ("usulkan/", "minta/", "orang/tambah/"):
        assert client.get(desk.url("first", rest)).status_code == 403


def test_head_office_sees_every_regency_and_narrows_to_one(desk: Desk) -> None:
    client = desk.client("head")
    assert shown(desk, "far") in text_of(client.get(HOME)) and shown(desk, "first") in text_of(client.get(HOME))
    assert shown(desk, "first") not in text_of(client.get(f"{HOME}?wilayah={cast.LUMAJANG}"))


def test_a_claim_is_found_by_its_number_and_by_its_participants(desk: Desk) -> None:
    client, claim = desk.client("officer"), desk.claims["second"]
    kpj = stored(Participant, pk=claim.participant_id).kpj
    for asked in (claim.number, shown(desk, "second"), kpj):
        assert client.post(f"{HOME}cari/", {"klaim": asked})["Location"] == desk.url("second")
    assert "Tidak ditemukan" in text_of(client.post(f"{HOME}cari/", {"klaim": "12"}))


def test_the_list_is_taken_away_as_a_file(desk: Desk) -> None:
    file = b"".join(desk.client("officer").get(f"{HOME}unduh/?bentuk=csv").streaming_content).decode("utf-8-sig")
    assert shown(desk, "first") in file and shown(desk, "far") not in file
    assert "990000123450" not in file


def test_the_next_one_is_the_first_in_order_that_nobody_has_begun_with(desk: Desk) -> None:
    client = desk.client("officer")
    for name in ("first", "second"):
        assert client.post(f"{HOME}berikutnya/")["Location"] == desk.url(name)
    assert count(Event, kind="served_out_of_order") == 0


def test_serving_out_of_order_is_asked_twice_and_then_seen_by_name(desk: Desk) -> None:
    client = desk.client("officer")
    assert "Semua dilayani menurut urutan" in text_of(client.get(f"{HOME}mendahului/"))
    asked = text_of(client.get(desk.url("third", "kerjakan/")))
    assert "Ada klaim yang lebih dahulu masuk" in asked
    assert client.post(desk.url("third", "kerjakan/"), {"langkah": "simpan"}).status_code == 302
    page = text_of(desk.client("supervisor").get(f"{HOME}mendahului/"))
    assert shown(desk, "third") in page and desk.at.officer.name in page and "2 klaim" in page
    assert "mendahului urutan" in text_of(client.get(desk.url("third", "riwayat/")))


def test_both_languages_are_whole_on_the_page_itself(desk: Desk) -> None:
    page = text_of(desk.client("officer", "en").get(HOME))
    assert "Claims" in page and "Search" in page and "Saring" not in page


def test_a_download_needs_the_right_to_take_lists_away(desk: Desk, monkeypatch: Any) -> None:
    assert desk.client("auditor").get(f"{HOME}unduh/").status_code == 403
