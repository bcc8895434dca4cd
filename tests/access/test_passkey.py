"""A passkey in a real browser: set up, then signed in with alone. The device is the browser's own virtual one."""

from __future__ import annotations

from typing import Any

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


def test_a_passkey_is_set_up_and_signs_in_alone(module_db: Any) -> None:
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
    page.wait_for_url(f"{site}/**")
    page.goto(f"{site}/kantor/tiket/")
    assert page.title().startswith("Tiket bantuan")
