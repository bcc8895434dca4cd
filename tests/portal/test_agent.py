"""The pages of an agent: only those they registered themselves, one more, cards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from desks import MONTH, REASON, TODAY, VILLAGE, Town, month, stored, text_of
from desks import day as boxes

from jamsostek.registry.models import Cover, Participant
from jamsostek.registry.queries.people import show
from tests import cast

BORN = dt.date(1991, 3, 4)
HOME = {
    "halaman": "2", "village_code": str(VILLAGE), "own": "ya", "work": "petani", "income_rupiah": "1000000",
    "jht_member": "tidak", **month("from_month", MONTH),
}  # fmt: skip


@pytest.fixture(scope="module")
def town(town: Town) -> Town:
    """The people, and one whom each agent registered."""
    for who, name in (("agent", "Pak Nelayan"), ("other_agent", "Bu Pedagang")):
        with cast.as_user(town.users[who]):
            from jamsostek.registry.actions.people import register_person

            new = cast.person(name, sex="m", regency_code=cast.SIDOARJO, village_code=VILLAGE)
            town.ids[who] = register_person(new, via="agent", today=TODAY).participant_id
    town.people["mine"] = stored(Participant, pk=town.ids["agent"])
    town.people["theirs"] = stored(Participant, pk=town.ids["other_agent"])
    return town


pytestmark = pytest.mark.usefixtures("town_undone")


def new_person(**given: Any) -> dict[str, str]:
    """The first page about somebody new."""
    return {
        "nik": cast.nik(BORN, "m", cast.SIDOARJO, 55), "name": "Orang Kebun", "birth_place": "", **boxes("birth_date", BORN),
        "sex": "m", "mother_name": "Ibu Kebun", "phone": "", "regency_code": str(cast.SIDOARJO), "address": "", "halaman": "1",
    } | given  # fmt: skip


def test_an_agent_sees_only_those_they_registered(town: Town) -> None:
    told = text_of(town.client("agent").get("/agen/"))
    assert "Pak Nelayan" in told
    for other in ("Bu Pedagang", "Siti Rahmawati", "Budi Hartono"):
        assert other not in told
    for who, status in (("mine", 200), ("theirs", 403), ("siti", 403)):
        assert town.client("agent").get(f"/agen/peserta/{town.people[who].kpj}/").status_code == status, who
        assert town.client("agent").get(f"/agen/daftar/selesai/{town.people[who].kpj}/").status_code == status, who


def test_an_agents_pages_are_for_agents(town: Town) -> None:
    for who in ("officer", "head", "viewer", "worker", "auditor"):
        assert town.client(who).get("/agen/").status_code == 403, who


def test_an_officer_who_is_an_agent_too_sees_only_their_own_here(town: Town) -> None:
    from jamsostek.access.models import Grant

    with cast.everyone():
        Grant.objects.create(
            user=town.users["agent"], role="branch_officer", kind="region", target=cast.SIDOARJO, from_month=202601
        )  # fmt: skip
    client = town.client("agent")
    assert "Siti Rahmawati" not in text_of(client.get("/agen/?cari=siti"))
    assert client.get(f"/agen/peserta/{town.people['siti'].kpj}/").status_code == 403


def test_an_agent_registers_without_being_asked_for_bank_or_disability(town: Town) -> None:
    client, data = town.client("agent"), new_person()
    page = client.post("/agen/daftar/", data).content.decode()
    assert "bank_account" not in page and "disability_type" not in page and 'name="village_code"' in page
    look = text_of(client.post("/agen/daftar/", {**data, **HOME}))
    assert "Periksa jawaban Anda" in look
    answer = client.post("/agen/daftar/", {**data, **HOME, "langkah": "simpan"})
    person = stored(Participant, name="Orang Kebun")
    assert answer["Location"] == f"/agen/daftar/selesai/{person.kpj}/"
    assert (person.registered_via, person.created_by) == ("agent", town.users["agent"].pk)
    assert stored(Cover, participant=person).payer == "self"
    assert "sesudah iuran pertama masuk" in text_of(client.get(answer["Location"]))
    numbers = text_of(client.get("/agen/"))
    assert "Didaftarkan bulan ini 2" in numbers and "Menunggu iuran pertama 1" in numbers


def test_a_nik_known_elsewhere_tells_an_agent_nothing_about_whom(town: Town) -> None:
    siti = town.people["siti"]
    with cast.everyone():
        nik = show(participant_id=siti.pk, field="nik", reason=REASON)
    data = new_person(nik=nik, name="Siti Rahmawati", sex="f", **boxes("birth_date", siti.birth_date))
    told = text_of(town.client("agent").post("/agen/daftar/", data))
    assert "Terdaftar di wilayah lain" in told
    assert siti.kpj not in told.replace(" ", "")


def test_asking_for_many_nik_is_stopped(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.portal.officer import counter

    monkeypatch.setattr(counter, "NIK_AN_HOUR", "1/h/user")
    siti, client = town.people["siti"], town.client("agent")
    with cast.everyone():
        nik = show(participant_id=siti.pk, field="nik", reason=REASON)
    data = new_person(nik=nik, name="Siti Rahmawati", sex="f", **boxes("birth_date", siti.birth_date))
    client.post("/agen/daftar/", data)
    assert "Terlalu banyak NIK ditanyakan" in text_of(client.post("/agen/daftar/", data))


def test_a_card_is_printed_once_somebody_pays(town: Town) -> None:
    client, mine = town.client("agent"), town.people["mine"]
    url = f"/agen/peserta/{mine.kpj}/kartu/"
    assert "belum ada kartu" in text_of(client.post(url), 409)
    assert "Belum ada orang" in text_of(client.get("/agen/kartu/"))
    with cast.everyone():
        cast.covered(mine, town.payers["regency"], MONTH)
    assert "Kartu untuk dicetak 1" in text_of(client.get("/agen/"))
    assert b"".join(client.post("/agen/kartu/")).startswith(b"%PDF")
    assert "Kartu untuk dicetak 0" in text_of(client.get("/agen/"))
    assert b"".join(client.post(url)).startswith(b"%PDF")
    assert client.post(f"/agen/peserta/{town.people['theirs'].kpj}/kartu/").status_code == 403


def test_secrets_stay_starred_for_agents(town: Town) -> None:
    mine = town.people["mine"]
    with cast.everyone():
        nik = show(participant_id=mine.pk, field="nik", reason=REASON)
    page = town.client("agent").get(f"/agen/peserta/{mine.kpj}/").content.decode()
    assert nik not in page.replace(" ", "") and "Tampilkan" not in page
