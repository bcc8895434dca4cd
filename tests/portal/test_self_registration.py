"""Registering oneself: a question a page, kept as one goes, once, and nothing about anybody told to others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Visit
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from jamsostek import law
from jamsostek.access.models import AuditEntry, User
from jamsostek.access.queries import ticket
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.portal.register import limits
from jamsostek.portal.register.holder import NAME
from jamsostek.portal.register.steps import STEPS
from jamsostek.portal.register.work import band_limits, bands
from jamsostek.registry.actions import drafts
from jamsostek.registry.actions.changes import as_person
from jamsostek.registry.models import Cover, Draft, Participant, Region
from jamsostek.registry.queries import timeline
from tests import cast

TODAY = timezone.localdate()
MONTH = month_of(TODAY)
BORN = dt.date(1990, 8, 17)
PASSWORD = "sawah hijau sekali"


def born(day: int, month: int, sex: str, year: int = 1990) -> dict[str, str]:
    """Birth date and sex as the page sends them."""
    return {"birth_date-d": str(day), "birth_date-m": str(month), "birth_date-y": str(year), "sex": sex}


def answers(nik: str, **changed: dict[str, str]) -> dict[str, dict[str, str]]:
    """What a farmer of Sidoarjo types, by question."""
    return {
        "nama": {"name": "Siti Aminah"},
        "nik": {"nik": nik},
        "lahir": born(BORN.day, BORN.month, "f"),
        "ibu": {"mother_name": "Painem"},
        "rumah": {"at_home": "ya"},
        "provinsi": {"province_code": "35"},
        "kabupaten": {"regency_code": "3515"},
        "kecamatan": {"district_code": "351501"},
        "desa": {"village_code": "3515012001"},
        "alamat": {"address": "Dusun Contoh RT 2"},
        "pekerjaan": {"work": "petani"},
        "penghasilan": {"income_rupiah": "1200000"},
        "program": {"jht_member": "tidak"},
        "telepon": {"phone": "0812 3456 7890"},
        "rekening": {"bank_code": "BRI", "bank_account": "1234567890"},
        "disabilitas": {"disabled": "tidak"},
        **changed,
    }


def text_of(answer: Any) -> str:
    """What a page says, without its markup."""
    body = re.sub(r"<head>.*?</head>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


class Visitor:
    """Somebody with a browser, answering one question after the other."""

    def __init__(self) -> None:
        self.client = Client()
        self.url = self.client.post("/daftar/")["Location"]
        self.seen: list[str] = []

    def answer(self, given: dict[str, dict[str, str]], until: str = "periksa") -> Visitor:
        """Goes on to a question, or to the look at all answers."""
        while self.slug != until:
            self.seen.append(self.slug)
            answer = self.client.post(self.url, given[self.slug])
            assert answer.status_code == 302, text_of(answer)
            self.url = answer["Location"]
        return self

    @property
    def slug(self) -> str:
        """The question asked now."""
        return self.url.split("?")[0].rstrip("/").split("/")[-1]

    def finish(self, **given: str) -> Any:
        """The last page."""
        return self.client.post("/daftar/masuk/", {"username": "", "password": PASSWORD, **given})


@pytest.fixture
def nik() -> str:
    """The NIK of nobody, as it would be of a woman of Sidoarjo."""
    return cast.nik(BORN, "f")


@pytest.fixture(autouse=True)
def _fresh_limits(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "db" in request.fixturenames:
        cache.clear()


# --- the way through --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_answers_become_a_registration_an_account_and_a_promise_of_cover(nik: str) -> None:
    visitor = Visitor().answer(answers(nik))
    assert visitor.seen == [step.slug for step in STEPS if step.slug not in ("provinsi", "kabupaten", "kecamatan", "desa")]
    look = text_of(visitor.client.get("/daftar/periksa/"))
    for told in (
        "Siti Aminah",
        "17 Agustus 1990",
        "Perempuan",
        "Painem",
        "Kabupaten Sidoarjo, Jawa Timur",
        "Petani",
        "BRI 1234567890",
    ):
        assert told in look
    assert visitor.finish()["Location"] == "/daftar/selesai/"
    done = visitor.client.get("/daftar/selesai/")
    person = Participant.objects.get(name="Siti Aminah")
    assert f"{person.kpj[:4]} {person.kpj[4:8]} {person.kpj[8:]}" in text_of(done)
    assert "Belum dibayar" in text_of(done)
    assert "Belum dibayar" in text_of(visitor.client.get("/peserta/")), "they are signed in"
    with cast.everyone():
        kept = as_person(person)
        assert (kept.nik, kept.phone, kept.bank_account, kept.address) == (
            nik,
            "+6281234567890",
            "1234567890",
            "Dusun Contoh RT 2",
        )
        assert (person.registered_via, person.registered_on) == ("self", TODAY)
        (cover,) = Cover.objects.filter(participant=person)
        assert (cover.payer, cover.from_month, cover.to_month, cover.occupation) == ("self", MONTH, None, "Petani atau pekebun")
        assert timeline.standings([person.pk], MONTH) == {}, "a promise covers nothing"
    assert User.objects.get().username == person.kpj
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.django_db
def test_one_answer_a_page_and_the_rest_derived(nik: str) -> None:
    visitor = Visitor().answer(answers(nik), until="lahir")
    page = visitor.client.get("/daftar/lahir/").content.decode()
    for part, value in (("d", "17"), ("m", "8"), ("y", "1990")):
        assert re.search(rf'name="birth_date-{part}" value="{value}"', page)
    assert re.search(r'value="f" checked', page)
    visitor.answer(answers(nik), until="rumah")
    assert "Apakah Anda tinggal di Kabupaten Sidoarjo, Jawa Timur?" in text_of(visitor.client.get("/daftar/rumah/"))


@pytest.mark.django_db
def test_who_lives_elsewhere_is_asked_where(nik: str) -> None:
    with cast.everyone():
        Region.objects.create(code=350801, parent_code=3508, level=3, name="Tempursari")
        Region.objects.create(code=3508012001, parent_code=350801, level=4, name="Bulurejo")
    elsewhere = answers(
        nik, rumah={"at_home": "tidak"}, kabupaten={"regency_code": "3508"}, kecamatan={"district_code": "350801"},
        desa={"village_code": "3508012001"},
    )  # fmt: skip
    visitor = Visitor().answer(elsewhere)
    assert [slug for slug in visitor.seen if slug in ("provinsi", "kabupaten", "kecamatan", "desa")] == [
        "provinsi", "kabupaten", "kecamatan", "desa",
    ]  # fmt: skip
    assert "Bulurejo, Tempursari, Kabupaten Lumajang" in text_of(visitor.client.get("/daftar/periksa/"))
    visitor.finish()
    assert Participant.objects.get().village_code == 3508012001


@pytest.mark.django_db
def test_the_price_is_the_laws_and_is_explained(nik: str) -> None:
    visitor = Visitor().answer(answers(nik, pekerjaan={"work": "ojek"}), until="program")
    page = text_of(visitor.client.get("/daftar/program/"))
    for programmes in (["jkk", "jkm"], ["jkk", "jkm", "jht"]):
        told = law.calculate("contribution.bpu", month=MONTH, income_rupiah=1_200_000, programmes=programmes, sector="transport")
        assert f"{format_rupiah(told['total_rupiah'])} sebulan" in page
    assert "Golongan penghasilan" in page and "PP 44/2015" in page
    assert len(bands(TODAY)) == len(band_limits(TODAY)) == 33


def test_every_band_keeps_an_income_that_lies_in_it() -> None:
    for band, (start, end, _base) in zip(bands(TODAY), band_limits(TODAY), strict=True):
        assert max(start, 1) <= band.income_rupiah <= (end or band.income_rupiah)


@pytest.mark.django_db
def test_an_officer_helps_who_wants_no_password(nik: str) -> None:
    visitor = Visitor().answer(answers(nik))
    assert visitor.client.post("/daftar/masuk/", {"dibantu": "1"})["Location"] == "/daftar/selesai/"
    done = text_of(visitor.client.get("/daftar/selesai/"))
    number = re.search(r"Nomor tiket bantuan (\d{4}) (\d{4})", done)
    assert number is not None
    assert User.objects.count() == 0
    with cast.everyone():
        asked = ticket("".join(number.groups()))
    assert (asked.who, asked.phone) == ("Siti Aminah", "0812 3456 7890")


# --- stopping, going on, going back -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_draft_is_taken_up_where_it_was_left_and_going_back_shows_what_was_typed(nik: str) -> None:
    visitor = Visitor().answer(answers(nik), until="pekerjaan")
    later = Client()
    later.cookies[NAME] = visitor.client.cookies[NAME].value
    assert "Lanjutkan isian" in text_of(later.get("/daftar/"))
    assert later.post("/daftar/")["Location"] == "/daftar/pekerjaan/"
    assert 'value="Dusun Contoh RT 2"' in later.get("/daftar/alamat/").content.decode()
    assert f'value="{nik}"' in later.get("/daftar/nik/").content.decode()
    assert later.post("/daftar/nama/", {"name": "Siti Aminah Baru"})["Location"] == "/daftar/nik/"
    assert later.post("/daftar/nama/?ubah=1", {"name": "Siti Aminah Lagi"})["Location"] == "/daftar/pekerjaan/"


@pytest.mark.django_db
def test_no_question_is_skipped_by_its_address(nik: str) -> None:
    visitor = Visitor().answer(answers(nik), until="ibu")
    for path in ("telepon", "program", "periksa", "masuk"):
        assert visitor.client.get(f"/daftar/{path}/").status_code == 302
    assert visitor.client.get("/daftar/tidak-ada/").status_code == 404
    assert Client().get("/daftar/nik/")["Location"] == "/daftar/"


@pytest.mark.django_db
def test_another_nik_asks_again_what_hung_on_it(nik: str) -> None:
    visitor = Visitor().answer(answers(nik))
    other = cast.nik(dt.date(1985, 2, 3), "m", 3508)
    assert visitor.client.post("/daftar/nik/?ubah=1", {"nik": other})["Location"] == "/daftar/lahir/"
    page = visitor.client.get("/daftar/lahir/").content.decode()
    assert 'value="1985"' in page and 'value="m" checked' in page


@pytest.mark.django_db
def test_deleting_leaves_nothing(nik: str) -> None:
    visitor = Visitor().answer(answers(nik), until="telepon")
    assert visitor.client.get("/daftar/hapus/").status_code == 200
    assert Draft.objects.count() == 1
    visitor.client.post("/daftar/hapus/")
    assert Draft.objects.count() == 0
    assert visitor.client.get("/daftar/telepon/")["Location"] == "/daftar/"


@pytest.mark.django_db
def test_a_draft_is_forgotten_after_two_weeks(nik: str) -> None:
    visitor = Visitor().answer(answers(nik), until="alamat")
    secret, now = visitor.client.cookies[NAME].value, timezone.now()
    assert drafts.find_draft(secret, now=now + dt.timedelta(days=13)) is not None
    assert drafts.find_draft(secret, now=now + dt.timedelta(days=15)) is None
    assert drafts.forget_drafts(now=now + dt.timedelta(days=15)) == 1


@pytest.mark.django_db
def test_answers_lie_sealed_and_open_only_with_the_secret(nik: str) -> None:
    visitor = Visitor().answer(answers(nik), until="telepon")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, secret_digest FROM registry_draft")
        sealed, digest = (bytes(one) for one in cursor.fetchone())
    for told in (nik, "Siti", "Painem"):
        assert told.encode() not in sealed
    assert visitor.client.cookies[NAME].value.encode() not in digest
    assert drafts.find_draft("bukan-rahasianya", now=timezone.now()) is None
    cookie = visitor.client.cookies[NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 14 * 86400


@pytest.mark.django_db
def test_no_answer_is_ever_in_an_address_or_kept_by_the_browser(nik: str) -> None:
    visitor = Visitor()
    given = answers(nik)
    while visitor.slug != "periksa":
        page = visitor.client.get(visitor.url)
        assert page["Cache-Control"] == "no-store"
        assert 'method="get"' not in page.content.decode()
        visitor.url = visitor.client.post(visitor.url, given[visitor.slug])["Location"]
        assert not re.search(r"\d{5}", visitor.url)


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "wrong", "told"),
    [
        ("nama", {"name": " "}, "Nama lengkap belum diisi"),
        ("nama", {"name": "12345"}, "tidak terbaca sebagai nama"),
        ("nik", {"nik": "35150"}, "NIK harus 16 angka; ini 5"),
        ("nik", {"nik": "3515019902010000"}, "Tanggal di dalam NIK tidak ada"),
        ("lahir", born(18, 8, "f"), "Menurut NIK, lahir tanggal 17-08-90"),
        ("lahir", born(17, 8, "m"), "Menurut NIK, pemiliknya perempuan"),
        ("lahir", born(31, 2, "f"), "tidak ada dalam kalender"),
        ("ibu", {"mother_name": ""}, "Nama ibu kandung belum diisi"),
        ("rumah", {}, "Pilih satu jawaban"),
        ("pekerjaan", {"work": "lain", "occupation": ""}, "Tulis pekerjaan Anda"),
        ("penghasilan", {"income_rupiah": ""}, "belum dipilih"),
        ("program", {}, "belum dipilih"),
        ("telepon", {"phone": "123"}, "Nomor telepon tidak terbaca"),
        ("rekening", {"bank_code": "", "bank_account": "123456"}, "Bank belum dipilih"),
        ("rekening", {"bank_code": "BRI", "bank_account": "abc"}, "Nomor rekening 5 sampai 20 angka"),
        ("disabilitas", {"disabled": "ya"}, "Pilih ragamnya"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(nik: str, slug: str, wrong: dict[str, str], told: str) -> None:
    visitor = Visitor().answer(answers(nik), until=slug)
    answer = visitor.client.post(visitor.url, wrong)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert told in text_of(answer)
    assert 'class="error"' in page and "<title>Perlu diperbaiki: " in page
    assert visitor.client.post(visitor.url, answers(nik)[slug]).status_code == 302, "and mended on the same page"


@pytest.mark.django_db
def test_a_weak_password_or_a_taken_name_registers_nobody_yet(nik: str) -> None:
    cast.user("siti.aminah")
    visitor = Visitor().answer(answers(nik))
    for given, told in (
        ({"password": "pendek"}, "10"),
        ({"username": "siti.aminah"}, "sudah dipakai"),
        ({"username": nik}, "angka yang panjang"),
    ):
        answer = visitor.finish(**given)
        assert answer.status_code == 200
        assert told in text_of(answer)
        assert PASSWORD not in answer.content.decode()
        assert Participant.objects.count() == 0
    assert visitor.finish(username="siti.aminah.dua").status_code == 302
    assert Participant.objects.count() == 1


@pytest.mark.django_db
def test_ages_outside_the_usual_are_told_and_not_refused() -> None:
    year = TODAY.year - 70
    visitor = Visitor().answer(answers(cast.nik(dt.date(year, 1, 2), "f"), lahir=born(2, 1, "f", year)))
    assert "biasanya berumur 18 sampai 64 tahun" in text_of(visitor.client.get("/daftar/periksa/"))
    assert visitor.finish().status_code == 302


# --- known already, twice, too often ----------------------------------------------------------------------------------


def test_a_known_nik_is_told_and_nothing_about_whose_it_is(committed_db: Any) -> None:
    with cast.everyone():
        person = cast.participant("Sri Wahyuni Rahasia", birth_date=BORN, nik=cast.nik(BORN, "f"), mother_name="Ibu Rahasia")
        mine = cast.user("sri", "worker", "self", person.pk)
    visitor = Visitor().answer(answers(cast.nik(BORN, "f")), until="nik")
    answer = visitor.client.post("/daftar/nik/", {"nik": cast.nik(BORN, "f")})
    assert answer["Location"] == "/daftar/sudah/"
    page = visitor.client.get("/daftar/sudah/")
    told = text_of(page)
    assert "sudah terdaftar" in told
    assert '"/masuk/"' in page.content.decode() and '"/akun/tiket/"' in page.content.decode()
    for secret in ("Sri", "Rahasia", person.kpj, "Sidoarjo", "1990"):
        assert secret not in told
    assert 'value="3515' not in visitor.client.get("/daftar/nik/").content.decode(), "the number is not kept"
    trail = text_of(cast.signed_in(Client(), mine).get("/peserta/jejak/"))
    assert "Seseorang mencoba mendaftar dengan NIK Anda" in trail


@pytest.mark.django_db
def test_a_nik_that_became_known_meanwhile_stops_the_end_too(nik: str) -> None:
    visitor = Visitor().answer(answers(nik))
    with cast.everyone():
        cast.participant("Siti Aminah", birth_date=BORN, nik=nik)
    assert visitor.finish()["Location"] == "/daftar/sudah/"
    assert Participant.objects.count() == 1
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_sent_twice_is_registered_once(nik: str) -> None:
    visitor = Visitor().answer(answers(nik))
    first, again = visitor.finish(), visitor.finish()
    assert first["Location"] == again["Location"] == "/daftar/selesai/"
    assert (Participant.objects.count(), Cover.objects.count(), User.objects.count()) == (1, 1, 1)
    assert visitor.client.get("/daftar/nama/")["Location"] == "/daftar/selesai/"
    secret = visitor.client.cookies[NAME].value
    kept = drafts.find_draft(secret, now=timezone.now())
    assert kept is not None and kept.answers == drafts.Answers(), "nothing but the number is left"


def test_sent_twice_at_the_same_time_is_registered_once(committed_db: Any, nik: str) -> None:
    visitor = Visitor().answer(answers(nik))
    secret = visitor.client.cookies[NAME].value

    def send(_at: int) -> str:
        client = Client()
        client.cookies[NAME] = secret
        try:
            return str(client.post("/daftar/masuk/", {"username": "", "password": PASSWORD})["Location"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {"/daftar/selesai/"}
    with cast.everyone():
        assert (Participant.objects.count(), Cover.objects.count(), User.objects.count()) == (1, 1, 1)


def test_two_drafts_of_one_nik_at_the_same_time_are_one_person(committed_db: Any, nik: str) -> None:
    both = [Visitor().answer(answers(nik)) for _time in range(2)]

    def send(visitor: Visitor) -> str:
        try:
            return str(visitor.finish()["Location"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, both)) == ["/daftar/selesai/", "/daftar/sudah/"]


@pytest.mark.django_db
def test_one_address_cannot_ask_about_niks_all_night(nik: str, monkeypatch: pytest.MonkeyPatch, one_window: None) -> None:
    monkeypatch.setattr(limits, "NIK_KNOWN", limits.Limit("known", 2))
    with cast.everyone():
        cast.participant("Seseorang", birth_date=BORN, nik=nik)
    for expected in (302, 302, 429):
        visitor = Visitor().answer(answers(nik), until="nik")
        answer = visitor.client.post("/daftar/nik/", {"nik": nik})
        assert answer.status_code == expected
    assert answer["Retry-After"] == "3600"
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM access_cache")
        assert "127.0.0.1" not in str(cursor.fetchall()), "counters name no address"


@pytest.mark.django_db
def test_the_installation_acts_for_the_visitor_and_says_so(nik: str) -> None:
    visitor = Visitor().answer(answers(nik))
    visitor.finish()
    with cast.everyone():
        person = Participant.objects.get()
        said = AuditEntry.objects.filter(subject_kind="participant", subject_id=person.pk).values_list("actor", "action")
        assert set(said) == {(drafts.ACTOR, "participant.registered"), (drafts.ACTOR, "cover.begun")}
        assert User.objects.get().grants.get().target == person.pk


# --- in a browser, without scripts ------------------------------------------------------------------------------------

Go = Callable[..., Visit]


def press(page: Page, name: str = "Lanjut") -> None:
    """A button."""
    page.get_by_role("button", name=name, exact=True).click()


def sound(page: Page) -> None:
    """Nothing for axe to find, nothing beside the screen."""
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_farmer_registers_on_a_small_phone_without_scripts_and_reaches_the_card_page(visit: Go, site: str) -> None:
    seen = visit("/daftar/", java_script_enabled=False)
    page, number = seen.page, cast.nik(dt.date(1979, 3, 4), "m")
    press(page, "Mulai")
    page.get_by_label("Nama lengkap").fill("Wagiman")
    press(page)
    page.get_by_label("NIK").fill(f"{number[:6]} {number[6:12]} {number[12:]}")
    press(page)
    expect(page.get_by_label("Tahun")).to_have_value("1979")
    expect(page.get_by_label("Laki-laki")).to_be_checked()
    press(page)
    page.get_by_label("Nama ibu kandung").fill("Tukiyem")
    press(page)
    page.get_by_label("Ya", exact=True).check()
    press(page)
    press(page)
    page.get_by_label("Nelayan atau petambak").check()
    press(page)
    page.get_by_label("Penghasilan rata-rata sebulan").select_option(index=1)
    press(page)
    page.get_by_label("Ditambah tabungan hari tua").check()
    press(page)
    page.get_by_label("Nomor telepon").fill("0813 1111 2222")
    press(page)
    press(page)
    page.get_by_label("Tidak", exact=True).check()
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa jawaban Anda")
    page.get_by_role("link", name="Nama ibu kandung").click()
    page.get_by_label("Nama ibu kandung").fill("Tukinem")
    press(page)
    expect(page.locator("main")).to_contain_text("Tukinem")
    page.get_by_role("link", name="Semua benar, lanjut").click()
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    press(page, "Daftar sekarang")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anda sudah terdaftar")
    page.get_by_role("link", name="Ke kepesertaan saya").click()
    expect(page.locator("main")).to_contain_text("Belum dibayar")
    page.get_by_role("link", name="Kartu peserta").click()
    expect(page.locator("main")).to_contain_text("Kartu terbit begitu iuran pertama tercatat")
    assert not [one.url for one in seen.responses if one.url.endswith(".js")]
    assert max(one.request.sizes()["responseBodySize"] for one in seen.responses) < 60_000
    assert all(number not in one.url for one in seen.responses)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_every_page_of_it_is_sound(visit: Go, site: str, language: str, size: str) -> None:
    at = ["id", "en"].index(language) * 2 + ["phone", "desk"].index(size)
    given = answers(cast.nik(dt.date(1981, 5, 6) + dt.timedelta(days=at), "f"))
    seen = visit("/daftar/", language, size)
    page, before = seen.page, 0
    with page.expect_navigation():
        page.locator("main form button").click()
    for _question in range(20):
        check_soundness(page, seen, language)
        slug = page.url.split("?")[0].rstrip("/").split("/")[-1]
        if slug == "selesai":
            break
        assert len(seen.responses) > before
        before = len(seen.responses)
        with page.expect_navigation():
            go_on(page, slug, given)
    assert slug == "selesai"
    for path in ("/daftar/", "/daftar/sudah/", "/peserta/"):
        page.goto(site + path)
        check_soundness(page, seen, language)


def go_on(page: Page, slug: str, given: dict[str, dict[str, str]]) -> None:
    """Answers a question by pointing and typing."""
    if slug == "periksa":
        page.locator("main a.button").click()
        return
    if slug == "masuk":
        page.locator("input[type=password]").fill(PASSWORD)
    for name, value in given.get(slug, {}).items() if slug != "lahir" else ():
        box = page.locator(f"[name={name}]").first
        if box.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    page.locator("main form button.button").first.click()


def check_soundness(page: Page, seen: Visit, language: str) -> None:
    """For eyes, hands, screen readers and small data plans."""
    sound(page)
    assert page.locator("html").get_attribute("lang") == language
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]] == [], (
        page.url
    )
    documents = [one.request.sizes()["responseBodySize"] for one in seen.responses if one.request.resource_type == "document"]
    assert max(documents) < 60_000
