"""Second factors in a real browser: a passkey set up and signed in with, an app's secret scanned off the screen."""

from __future__ import annotations

import io
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests import cast
from tests.access.doorway import PASSWORD
from tests.portal.serving import served

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_signs_in_alone_and_after_the_password_and_a_picture_holds_the_apps_secret(module_db: Any) -> None:
    from django.db import connections

    cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
    connections.close_all()
    with served(module_db) as address, sync_playwright() as driver:
        # A passkey belongs to a name, never to the number of a machine.
        site = address.replace("127.0.0.1", "localhost")
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        _set_up(page, site)
        page.goto(f"{site}/keluar/")
        page.click("main button")
        page.goto(f"{site}/masuk/?next=/kantor/tiket/")
        page.click("text=Masuk dengan kunci sandi")
        page.wait_for_url(f"{site}/kantor/tiket/")
        _as_second_factor(page, site)
        _picture_holds_the_secret(page, site)
        assert complaints == []
        browser.close()


def _set_up(page: Page, site: str) -> None:
    page.goto(f"{site}/kantor/tiket/")
    page.fill("[name=login]", "petugas")
    page.fill("[name=password]", PASSWORD)
    page.click("main button >> nth=0")
    page.wait_for_url("**/akun/pengaman/**")
    page.click("text=Pasang kunci sandi")
    page.check("[name=passwordless]")
    page.click("main button")
    page.wait_for_url("**/akun/pengaman/cadangan/")
    page.click("text=Sudah saya simpan, lanjutkan")
    page.wait_for_url(f"{site}/kantor/tiket/")


def _as_second_factor(page: Page, site: str) -> None:
    """After the password, where somebody prefers to type it."""
    page.goto(f"{site}/keluar/")
    page.click("main button")
    page.goto(f"{site}/masuk/")
    page.fill("[name=login]", "petugas")
    page.fill("[name=password]", PASSWORD)
    page.click("main button >> nth=0")
    page.wait_for_url("**/masuk/pengaman/")
    page.click("text=Pakai kunci sandi")
    page.wait_for_url("**/kantor/")
    page.goto(f"{site}/kantor/tiket/")
    assert page.title().startswith("Tiket bantuan")


def _picture_holds_the_secret(page: Page, site: str) -> None:
    page.goto(f"{site}/akun/pengaman/aplikasi/")
    typed = page.inner_text(".secret").replace(" ", "")
    picture = Image.open(io.BytesIO(page.locator("main img").screenshot()))
    (scanned,) = zxingcpp.read_barcodes(picture)
    assert scanned.text == f"otpauth://totp/petugas?secret={typed}&issuer=Jamsostek"
