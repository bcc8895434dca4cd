"""The page that verifies cards, in a real browser: by link, form, photo and camera, with and without a network."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import jamsostek
from jamsostek.core.months import add_months, month_of
from jamsostek.core.numbers import format_number, make
from jamsostek.messages.card.claims import JAKARTA, CardClaims
from jamsostek.messages.card.draw import CardFace, draw_card_png
from jamsostek.messages.card.keys import SigningKey
from jamsostek.messages.card.token import issue, read_token, write_token

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

ISSUER = "Jamsostek"
TODAY = dt.datetime.now(JAKARTA).date()
NOW = month_of(TODAY)
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))), ISSUER, dt.date(2024, 1, 1))
STRANGER = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(32)), ISSUER, dt.date(2024, 1, 1))
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RANDOM = random.Random(10).randbytes
CARD = CardClaims(
    issuer=ISSUER,
    kpj=make("kpj", RANDOM),
    serial=make("card", RANDOM),
    name="Ni Luh Putu Widyawati",
    programmes=("jkk", "jkm", "jht"),
    segment="bpu",
    from_month=add_months(NOW, -2),
    until_month=add_months(NOW, 3),
    issued_on=TODAY - dt.timedelta(days=3),
)
LAPSED = replace(CARD, from_month=add_months(NOW, -6), until_month=add_months(NOW, -1))
EARLY = replace(CARD, from_month=add_months(NOW, 1), until_month=add_months(NOW, 2))


def tampered(token: str, at: int = 60) -> str:
    """The same token with one bit of the claims turned."""
    cose = bytearray(read_token(token))
    cose[at] ^= 1
    return write_token(bytes(cose))


class Centre:
    """What the registry says about cards: the state that a test sets."""

    def __init__(self) -> None:
        self.status = "active"
        self.asked: list[str] = []

    def card_status(self, serial: str, month: int) -> str:
        """Stands where the registry's own query stands."""
        self.asked.append(serial)
        return self.status


@pytest.fixture
def centre(monkeypatch: pytest.MonkeyPatch) -> Centre:
    """The keys are ours and the registry's answer is the test's; the page, its scripts and the server are the real ones."""
    from jamsostek.registry.actions import cards as actions
    from jamsostek.registry.queries import cards as queries

    set_state = Centre()
    monkeypatch.setattr(actions, "public_keys", lambda: [KEY.public])
    monkeypatch.setattr(queries, "card_status", set_state.card_status)
    return set_state


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Playwright runs an event loop in this thread, which Django takes for asynchronous code."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of its own for each test; anything outside the site, and any breach of its policy, fails the test."""
    opened = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID")
    faults: list[str] = []
    opened.on("weberror", lambda error: faults.append(str(error.error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    opened.on(
        "request", lambda asked: faults.append(asked.url) if "127.0.0.1" not in asked.url and "blob:" not in asked.url else None
    )
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture
def address(portal_server: LiveServer, centre: Centre) -> str:
    """Where the page stands."""
    return f"{portal_server.url}/kartu/periksa/"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that gives up after seconds, not half a minute."""
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    return opened


def verdict(page: Page, title: str) -> Any:
    """The verdict, once it is shown."""
    shown = page.locator("#result section")
    expect(shown.locator("h2")).to_have_text(title, timeout=10_000)
    return shown


def kept(page: Page) -> None:
    """Waits until the page says that it works without a network."""
    expect(page.locator("#kept")).to_be_visible(timeout=15_000)


def test_a_link_with_a_valid_card_shows_what_the_card_says(page: Page, address: str, centre: Centre) -> None:
    page.goto(f"{address}#{issue(CARD, KEY)}")
    shown = verdict(page, "Kartu berlaku")
    for text in (CARD.name, format_number("kpj", CARD.kpj), "JKK, JKM, JHT", "Bukan penerima upah", "tidak dicabut"):
        expect(shown).to_contain_text(text)
    assert centre.asked == [CARD.serial]
    assert page.url == address, "the card's text stays in the address"


@pytest.mark.parametrize(
    ("token", "title"),
    [
        (issue(LAPSED, KEY), "Kartu sudah tidak berlaku"),
        (issue(EARLY, KEY), "Kartu belum berlaku"),
        (tampered(issue(CARD, KEY)), "Kartu tidak asli"),
        (issue(CARD, STRANGER), "Penerbit kartu tidak dikenal"),
        (issue(CARD, KEY)[:-3], "Kode tidak terbaca"),
    ],
)
def test_any_other_code_says_what_is_wrong(page: Page, address: str, token: str, title: str) -> None:
    page.goto(f"{address}#{token}")
    shown = verdict(page, title)
    if title in ("Kartu tidak asli", "Penerbit kartu tidak dikenal", "Kode tidak terbaca"):
        expect(shown).not_to_contain_text(CARD.name)


def test_a_revoked_card_is_told_as_such_online(page: Page, address: str, centre: Centre) -> None:
    centre.status = "revoked"
    page.goto(f"{address}#{issue(CARD, KEY)}")
    expect(verdict(page, "Kartu dicabut")).to_contain_text(CARD.name)


def test_after_one_visit_it_verifies_without_a_network(page: Page, context: BrowserContext, address: str) -> None:
    page.goto(address)
    kept(page)
    context.set_offline(True)
    page.goto(f"{address}?x=1#{issue(CARD, KEY)}")
    shown = verdict(page, "Kartu berlaku")
    expect(shown).to_contain_text(CARD.name)
    expect(shown).to_contain_text("belum diperiksa")
    page.goto(f"{address}?x=2#{tampered(issue(CARD, KEY))}")
    verdict(page, "Kartu tidak asli")
    page.locator("#id_code").fill(format_number("card", CARD.serial))
    page.get_by_role("button", name="Periksa").click()
    verdict(page, "Perlu jaringan")


def test_the_page_kept_for_later_is_in_the_readers_language_and_nobodys(
    page: Page, context: BrowserContext, address: str
) -> None:
    context.add_cookies([{"name": "jamsostek_language", "value": "en", "url": address}])
    page.goto(address)
    kept(page)
    context.set_offline(True)
    page.goto(f"{address}#{issue(CARD, KEY)}")
    expect(verdict(page, "Valid card")).to_contain_text("Non-wage worker")
    assert page.locator("html").get_attribute("lang") == "en"


def test_every_turned_bit_of_a_token_is_refused_by_the_script(page: Page, address: str) -> None:
    page.goto(address)
    token = issue(CARD, KEY)
    texts = [tampered(token, at) for at in range(len(read_token(token)))]
    states = page.evaluate(
        """async ([texts, good]) => {
            const { verify } = await import(document.getElementById("verify").dataset.token);
            const { keys } = await (await fetch("/kartu/kunci.json")).json();
            const states = [];
            for (const text of [...texts, good]) states.push((await verify(text, keys, Date.now() / 1000)).state);
            return states;
        }""",
        [texts, token],
    )
    assert states.pop() == "valid"
    assert set(states) <= {"not_genuine", "unknown_key", "unreadable"}
    assert states.count("not_genuine") > 130


def test_a_browser_without_ed25519_verifies_the_same(page: Page, address: str) -> None:
    page.add_init_script("crypto.subtle.importKey = async () => { throw new DOMException('', 'NotSupportedError') }")
    page.goto(f"{address}#{issue(CARD, KEY)}")
    verdict(page, "Kartu berlaku")
    page.goto(f"{address}?x#{tampered(issue(CARD, KEY))}")
    verdict(page, "Kartu tidak asli")


def test_a_photo_of_a_card_is_read(page: Page, address: str, tmp_path: Path) -> None:
    photo = tmp_path / "kartu.png"
    photo.write_bytes(draw_card_png(CardFace(CARD, issue(CARD, KEY), address), dpi=200))
    page.goto(address)
    page.locator("#photo").set_input_files(photo)
    verdict(page, "Kartu berlaku")


def test_a_photo_without_a_code_says_so(page: Page, address: str, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (300, 200), 255).save(tmp_path / "putih.png")
    page.goto(address)
    page.locator("#photo").set_input_files(tmp_path / "putih.png")
    verdict(page, "Tidak ada kode di foto ini")


def test_a_camera_that_shows_a_card_is_read(browser: Browser, address: str, tmp_path: Path) -> None:
    clip = camera_clip(tmp_path / "kamera.y4m", draw_card_png(CardFace(CARD, issue(CARD, KEY), address), dpi=200))
    with_camera = [
        *ARGUMENTS,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={clip}",
    ]
    started = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=with_camera)
    try:
        page = started.new_page()
        page.goto(address)
        page.get_by_role("button", name="Pindai dengan kamera").click()
        verdict(page, "Kartu berlaku")
        expect(page.locator("video")).to_be_hidden()
    finally:
        started.close()


def camera_clip(path: Path, png: bytes) -> Path:
    """A film of one frame: the card in the middle of what a camera sees."""
    import io

    from PIL import Image

    frame = Image.new("YCbCr", (1280, 720), (140, 128, 128))
    card = Image.open(io.BytesIO(png)).convert("YCbCr")
    frame.paste(card, ((1280 - card.width) // 2, (720 - card.height) // 2))
    planes = [plane.tobytes() if at == 0 else plane.resize((640, 360)).tobytes() for at, plane in enumerate(frame.split())]
    path.write_bytes(b"YUV4MPEG2 W1280 H720 F10:1 Ip A1:1 C420jpeg\n" + b"FRAME\n" + b"".join(planes))
    return path


def test_without_javascript_the_form_answers(browser: Browser, address: str, centre: Centre) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    expect(page.locator("#scan")).to_be_hidden()
    for text, title in [
        (issue(CARD, KEY), "Kartu berlaku"),
        (f"{address}#{issue(LAPSED, KEY)}", "Kartu sudah tidak berlaku"),
        (tampered(issue(CARD, KEY)), "Kartu tidak asli"),
        (format_number("card", CARD.serial), "Kartu berlaku"),
    ]:
        page.locator("#id_code").fill(text)
        page.get_by_role("button", name="Periksa").click()
        verdict(page, title)


def test_accessibility_rules_hold_before_and_after_a_verdict(page: Page, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(address)
    assert not _serious(Axe().run(page))
    page.goto(f"{address}?x#{issue(CARD, KEY)}")
    verdict(page, "Kartu berlaku")
    assert not _serious(Axe().run(page))


def _serious(found: Any) -> list[str]:
    return [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")]


def test_the_first_visit_stays_light(page: Page, address: str) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda r: sizes.__setitem__(r.url.split("/")[-1], len(r.body()) if r.ok else 0))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < 150_000, sizes


# --- without a browser ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("active", "Kartu berlaku"),
        ("lapsed", "Kartu sudah tidak berlaku"),
        ("revoked", "Kartu dicabut"),
        ("unknown", "tidak tercatat"),
    ],
)
def test_a_card_number_alone_is_answered_by_the_registry(centre: Centre, status: str, title: str) -> None:
    centre.status = status
    answer = Client().post("/kartu/periksa/", {"code": f" {format_number('card', CARD.serial)} "}).content.decode()
    assert title in answer.split('id="scan"')[0]
    assert CARD.name not in answer


@pytest.mark.django_db
def test_a_mistyped_number_is_told_at_the_field(centre: Centre) -> None:
    for text, told in [
        ("1234567890124", "angka pemeriksanya tidak cocok"),
        (CARD.kpj, "terdiri dari 13 angka"),
        ("", "belum diisi"),
    ]:
        answer = Client().post("/kartu/periksa/", {"code": text}).content.decode()
        assert told in answer
        assert 'aria-invalid="true"' in answer
    assert centre.asked == []


@pytest.mark.django_db
def test_the_keys_are_public_and_the_status_names_nobody(centre: Centre) -> None:
    keys = Client().get("/kartu/kunci.json")
    assert keys.json()["keys"][0]["crv"] == "Ed25519"
    assert keys["Access-Control-Allow-Origin"] == "*"
    assert Client().get(f"/kartu/status/{CARD.serial}/").json() == {"status": "active"}
    assert Client().get("/kartu/status/1234567890123456/").status_code == 404


def test_the_scripts_of_others_are_those_whose_digests_are_written_down() -> None:
    folder = Path(jamsostek.__file__).parent / "portal" / "static" / "verify" / "vendor"
    written = dict(
        line.split()[::-1] for line in (folder / "README.md").read_text().splitlines() if re.match("[0-9a-f]{64} ", line)
    )
    assert written == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.js")}
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text()
