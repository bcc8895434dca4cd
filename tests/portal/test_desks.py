"""The pages of offices, agents, regions and those who watch, in a real browser: on a phone and at a desk, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Visit
from desks import REASON, TODAY, Town, build
from playwright.sync_api import Page, expect
from serving import pointed_at, served

from tests import cast

ANY_PAGE = 150_000
Go = Callable[..., Visit]
COOKIES: dict[str, str] = {}
TOWN = Town()

SMALL_TARGETS = """() => [...document.querySelectorAll(
  'main a, main button, main input:not([type=hidden]), main select, main textarea, main summary'
)].filter(one => {
  const box = (one.closest('.door') || one).getBoundingClientRect();
  if (!box.width || one.closest('.hidden')) return false;
  const inline = one.tagName === 'A' && one.closest('p, dd, small, td, li') && !one.className;
  return !inline && (box.height < 24 || box.width < 24);
}).map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def site(fresh_database: Callable[[], Any], django_db_blocker: Any) -> Iterator[str]:
    """A running site with the town in it; everybody has signed in."""
    with fresh_database() as mine:
        with django_db_blocker.unblock(), pointed_at(mine.name):
            made = build()
            TOWN.__dict__.update(made.__dict__)
            COOKIES.update({who: made.client(who).cookies["jamsostek_session"].value for who in made.users})
        with served(mine) as address:
            yield address


def opened(visit: Go, who: str, path: str, language: str = "id", size: str = "phone", **options: Any) -> Visit:
    """A page as one of the town's users."""
    cookie = {"name": "jamsostek_session", "value": COOKIES[who], "domain": "127.0.0.1", "path": "/", "expires": -1}
    kept = {"cookies": [{**cookie, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}
    return visit(path.format(**places()), language, size, storage_state=kept, **options)


def places() -> dict[str, Any]:
    """What addresses of pages hold."""
    people = {name: f"/kantor/peserta/{one.kpj}" for name, one in TOWN.people.items()}
    payers = {name: getattr(one, "npp", getattr(one, "number", "")) for name, one in TOWN.payers.items()}
    return {**TOWN.ids, **people, **{f"{name}_number": number for name, number in payers.items()}}


def sound(seen: Visit, language: str) -> None:
    """What every page must be, wherever a button led."""
    page = seen.page
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    findings = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in findings] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], "scrolls sideways"
    assert page.evaluate(SMALL_TARGETS) == []
    assert seen.weight() <= ANY_PAGE
    assert seen.complaints == []
    assert not [one.url for one in seen.responses if one.url.endswith(".js")], "no page here needs a script"
    seen.responses.clear()


OFFICE = (
    "/kantor/", "/kantor/berkas/", "/kantor/cari/", "/kantor/cari/?cari=si", "/kantor/daftar/", "/kantor/kartu/",
    "/kantor/kartu/lembar/", "{siti}/", "{siti}/perlindungan/", "{siti}/perlindungan/mulai/", "{siti}/keluarga/",
    "{siti}/keluarga/tambah/", "{siti}/keluarga/{spouse}/akhiri/", "{siti}/kartu/", "{siti}/riwayat/", "{siti}/identitas/",
    "{siti}/kontak/", "{siti}/disabilitas/", "{siti}/pindah/", "{siti}/meninggal/", "{siti}/kerja/{job}/akhiri/",
    "{budi}/perlindungan/{cover}/akhiri/", "{dead}/", "{idle}/perlindungan/", "{idle}/kartu/", "/kantor/daftar/selesai/{siti_kpj}/",
    "/kantor/perusahaan/", "/kantor/perusahaan/?cari=xyzzy", "/kantor/perusahaan/daftar/", "/kantor/perusahaan/{firm_number}/",
    "/kantor/perusahaan/{firm_number}/ubah/", "/kantor/pembayar/", "/kantor/pembayar/daftar/", "/kantor/pembayar/{regency_number}/",
    "/kantor/ganda/", "/kantor/ganda/{question}/", "/kantor/ganda/{far_question}/", "/kantor/gabungan/",
)  # fmt: skip
PAGES = (
    *(("supervisor", path) for path in OFFICE),
    ("head", "/kantor/"), ("head", "{siti}/riwayat/"), ("head", "/kantor/wilayah/"), ("head", "/kantor/kunci/"),
    ("head", "/kantor/gabungan/{merge}/batal/"), ("supervisor", "{siti}/kartu/{card}/cabut/"),
    ("agent", "/agen/"), ("agent", "/agen/daftar/"), ("agent", "/agen/kartu/"),
    ("viewer", "/wilayah/"), ("viewer", "/wilayah/pekerja/"), ("viewer", "/wilayah/perusahaan/"), ("viewer", "/wilayah/sponsor/"),
    ("province", "/wilayah/"), ("province", "/wilayah/kabupaten/3515/"),
    ("ministry", "/pantau/"), ("researcher", "/pantau/?menurut=segmen"), ("auditor", "/pantau/"), ("auditor", "/pantau/jejak/"),
    ("auditor", "/pantau/jejak/?first-d=1"), ("auditor", "/pantau/jejak/dibuka/"), ("auditor", "/pantau/jejak/rantai/"),
    ("hospital", "/pantau/periksa/"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "size"), [("id", "phone"), ("en", "desk")])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_is_sound(visit: Go, site: str, who: str, path: str, language: str, size: str) -> None:
    sound(opened(visit, who, path.replace("{siti_kpj}", TOWN.people["siti"].kpj), language, size), language)
