"""A town for the pages of offices, agents, regions and those who watch: people of two regencies, payers, and everybody's user.

Committed once for a module; what a test writes is taken back (`undone`). Today is the real day, as it is for the pages.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from jamsostek.core.months import add_months, month_of
from tests import cast

TODAY = timezone.localdate()
MONTH = month_of(TODAY)
REASON = "Menurut akta yang ditunjukkan di loket"
VILLAGE, OTHER_VILLAGE = 3515012001, 3508012001
PAST_MASTERS = dt.date(1985, 5, 17)


@dataclass
class Town:
    """Everybody, by the name the tests call them."""

    people: dict[str, Any] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    payers: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def client(self, who: str, language: str = "id") -> Client:
        """A browser of somebody who has signed in."""
        client = cast.signed_in(Client(), self.users[who])
        client.cookies["jamsostek_language"] = language
        return client


def build() -> Town:
    """The town, committed."""
    town = Town()
    with cast.everyone():
        _map()
        _payers(town)
        _people(town)
        _users(town)
    _questions(town)
    return town


def resident(name: str, **given: Any) -> Any:
    """Somebody who registered at a counter today."""
    from jamsostek.registry.actions.people import register_person
    from jamsostek.registry.models import Participant

    return Participant.objects.get(
        pk=register_person(cast.person(name, **given), via="counter", today=TODAY).participant_id
    )  # fmt: skip


def _map() -> None:
    from jamsostek.registry.actions.regions import Place, import_regions

    import_regions(
        places=[
            Place(351501, "Contoh Barat"), Place(3515012001, "Sumberwaras"), Place(3515012002, "Karangsari"),
            Place(350801, "Contoh Selatan"), Place(3508012001, "Pasirian Contoh"),
        ],
        invented=True,
    )  # fmt: skip


def _payers(town: Town) -> None:
    from jamsostek.registry.actions.employers import add_unit, register_project
    from jamsostek.registry.actions.places import register_office

    town.payers["firm"] = cast.employer("PT Contoh Makmur Sentosa")
    town.payers["builder"] = cast.employer("PT Contoh Bangun", kind="construction", industry="4.1")
    town.payers["far_firm"] = cast.employer("PT Jauh Di Sana", regency_code=cast.LUMAJANG)
    town.payers["regency"] = cast.sponsor("Pemerintah Kabupaten Contoh")
    town.payers["village"] = cast.sponsor("Desa Sumberwaras", kind="village", region_code=VILLAGE)
    town.payers["far_sponsor"] = cast.sponsor("Pemerintah Kabupaten Jauh", region_code=cast.LUMAJANG)
    add_unit(employer_id=town.payers["firm"].pk, code="A1", name="Gudang Barat", regency_code=cast.SIDOARJO)
    register_project(
        employer_id=town.payers["builder"].pk, name="Jembatan Contoh", owner="Dinas Contoh", contract_rupiah=2_000_000_000,
        regency_code=cast.SIDOARJO, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=200),
    )  # fmt: skip
    town.ids["office"] = register_office(code="AGN-1", name="Kios Contoh", kind="agent", regency_code=cast.SIDOARJO).pk
    town.ids["desk"] = register_office(code="RS-1", name="RS Contoh", kind="hospital", regency_code=cast.SIDOARJO).pk


def _people(town: Town) -> None:
    from jamsostek.registry.actions import changes, employ, family, merging
    from jamsostek.registry.actions.cards import issue_card

    people, payers = town.people, town.payers
    people["siti"] = resident("Siti Rahmawati", village_code=VILLAGE, address="Jalan Mawar 1")
    people["budi"] = resident("Budi Hartono", sex="m", village_code=VILLAGE, disability_type="physical")
    people["wati"] = resident("Wati Di Lumajang", regency_code=cast.LUMAJANG, village_code=OTHER_VILLAGE)
    people["tomo"] = resident("Sutomo", sex="m")
    people["dead"] = resident("Almarhum Karto", sex="m")
    people["old"] = resident("Ni Luh Lama")
    people["new"] = resident("Ni Luh Baru")
    people["idle"] = resident("Tanpa Iuran")
    early = cast.works(people["siti"], payers["far_firm"], add_months(MONTH, -20))
    employ.leave(employment_id=early, left_on=dt.date(*divmod(add_months(MONTH, -12), 100), 10))
    town.ids["job"] = cast.works(people["siti"], payers["firm"], add_months(MONTH, -6), 4_500_000)
    town.ids["cover"] = cast.covered(people["budi"], payers["regency"], add_months(MONTH, -5), add_months(MONTH, 1))
    town.ids["tomo_cover"] = cast.covered(people["tomo"], payers["village"], add_months(MONTH, -5))
    cast.covered(people["wati"], payers["far_sponsor"], add_months(MONTH, -5))
    for name in ("old", "new", "dead"):
        cast.works(people[name], payers["firm"], add_months(MONTH, -9))
    changes.record_death(participant_id=people["dead"].pk, died_on=TODAY - dt.timedelta(days=40), today=TODAY, reason=REASON)
    for kin, name, sex in (("spouse", "Hadi Prasetyo", "m"), ("child", "Rani Prasetyo", "f"), ("parent", "Ibu Contoh", "f")):
        row = family.add_relative(participant_id=people["siti"].pk, kinsman=family.Kinsman(kin, name, sex), today=TODAY)
        town.ids[kin] = row.pk
    town.ids["card"] = issue_card(participant_id=people["siti"].pk, today=TODAY).serial
    town.ids["merge"] = merging.merge(source_id=people["old"].pk, into_id=people["new"].pk, reason=REASON).pk


def _users(town: Town) -> None:
    users = town.users
    users["officer"] = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO, name="Ibu Petugas")
    users["supervisor"] = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO, name="Pak Penyelia")
    users["far_officer"] = cast.user("jauh", "branch_officer", "region", cast.LUMAJANG, name="Petugas Jauh")
    users["head"] = cast.user("pusat", "head_office", name="Orang Pusat")
    users["agent"] = cast.user("agen", "agent", "office", town.ids["office"], name="Agen Contoh")
    users["other_agent"] = cast.user("agen2", "agent", "office", town.ids["office"], name="Agen Lain")
    users["viewer"] = cast.user("pemda", "regional_viewer", "region", cast.SIDOARJO, name="Pemda Contoh")
    users["province"] = cast.user("provinsi", "regional_viewer", "region", 35, name="Pemprov Contoh")
    users["hospital"] = cast.user("loket", "hospital_desk", "office", town.ids["desk"], name="Loket RS")
    for role in ("ministry", "actuary", "researcher", "jury", "auditor"):
        users[role] = cast.user(role, role, name=f"Orang {role.title()}")
    users["worker"] = cast.user("siti", "worker", "self", town.people["siti"].pk, name="Siti Rahmawati")
    users["clerk"] = cast.user("staf", "employer_clerk", "employer", town.payers["firm"].pk, name="Staf Contoh")


def _questions(town: Town) -> None:
    """Pairs who may be one: both here, one asked by the supervisor, one across the border."""
    from jamsostek.registry.models import DuplicateQuestion, Participant

    def twins(who: str, mother: str, first: str, second: str, other_regency: int = cast.SIDOARJO) -> int:
        with cast.everyone():
            resident(first, sex="m", birth_date=PAST_MASTERS, mother_name=mother, nik=None)
        with cast.as_user(town.users[who]):
            resident(
                second, sex="m", birth_date=PAST_MASTERS, mother_name=mother, nik=None, regency_code=other_regency
            )  # fmt: skip
        with cast.everyone():
            row = DuplicateQuestion.objects.latest("pk")
            town.people[f"{who}_twin"] = Participant.objects.get(pk=row.second_id)
            return row.pk

    town.ids["question"] = twins("officer", "Soeminah", "Moh. Djoko Susilo", "Muhammad Joko Susilo")
    town.ids["own_question"] = twins("supervisor", "Kartinah", "Agus Hariyanto", "Agus Harijanto")
    town.ids["far_question"] = twins("far_officer", "Ngatinem", "Slamet Widodo", "Slamet Widodo", cast.LUMAJANG)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def text_of(answer: Any, status: int = 200) -> str:
    """What a page says, without its markup."""
    assert answer.status_code == status, (answer.status_code, answer.get("Location"))
    body = re.sub(r"<head>.*?</head>", " ", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def day(name: str, value: dt.date) -> dict[str, str]:
    """A day as its three boxes are sent."""
    return {f"{name}-d": str(value.day), f"{name}-m": str(value.month), f"{name}-y": str(value.year)}


def month(name: str, value: int) -> dict[str, str]:
    """A month as its two boxes are sent."""
    return {f"{name}-m": str(value % 100), f"{name}-y": str(value // 100)}


def asked_twice(client: Client, url: str, data: dict[str, Any]) -> Any:
    """Fills in a form, looks at what it would do (nothing yet), and does it; the answer to the last."""
    look = client.post(url, data)
    assert "Periksa dahulu" in text_of(look), text_of(look)[:1500]
    return client.post(url, {**data, "langkah": "simpan"})


def stored(model: Any, **where: Any) -> Any:
    """A row as it is now, whoever sees it."""
    with cast.everyone():
        return model.objects.get(**where)


def count(model: Any, **where: Any) -> int:
    """How many rows there are."""
    with cast.everyone():
        return int(model.objects.filter(**where).count())


def person_url(town: Town, who: str, rest: str = "") -> str:
    """A person's page at an office."""
    return f"/kantor/peserta/{town.people[who].kpj}/{rest}"
