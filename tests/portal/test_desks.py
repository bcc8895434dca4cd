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
    "{budi}/perlindungan/{cover}/akhiri/", "{dead}/", "{idle}/perlindungan/", "{idle}/kartu/",
    "/kantor/daftar/selesai/{siti_kpj}/",
    "/kantor/perusahaan/", "/kantor/perusahaan/?cari=xyzzy", "/kantor/perusahaan/daftar/", "/kantor/perusahaan/{firm_number}/",
    "/kantor/perusahaan/{firm_number}/ubah/", "/kantor/pembayar/", "/kantor/pembayar/daftar/",
    "/kantor/pembayar/{regency_number}/",
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


def test_somebody_is_registered_on_a_phone(visit: Go, site: str) -> None:
    seen = opened(visit, "officer", "/kantor/daftar/")
    page = seen.page
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator(".problems")).to_be_focused()
    sound(seen, "id")
    page.get_by_label("Nama lengkap").fill("Dewi Anggraini")
    fill_day(page, "birth_date", "4", "3", "1991")
    page.get_by_label("Perempuan").check()
    page.get_by_label("Nama ibu kandung").fill("Ibu Anggraini")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text("Langkah 2 dari 2 · Dewi Anggraini")).to_be_visible()
    sound(seen, "id")
    page.get_by_label("Desa atau kelurahan").select_option(label="Sumberwaras")
    page.get_by_label("Tidak", exact=True).first.check()
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa jawaban Anda")
    sound(seen, "id")
    page.get_by_role("button", name="Daftarkan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terdaftar")
    sound(seen, "id")
    page.get_by_role("link", name="Buka halamannya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dewi Anggraini")


def fill_day(page: Page, name: str, *parts: str) -> None:
    """Types a day into its three boxes."""
    for box, part in zip(("d", "m", "y"), parts, strict=True):
        page.locator(f"#id_{name}-{box}").fill(part)


def test_a_value_is_shown_and_closed_again(visit: Go, site: str) -> None:
    seen = opened(visit, "officer", "{siti}/", "en", "desk", java_script_enabled=False)
    page = seen.page
    page.locator("summary", has_text="NIK").click()
    page.get_by_label("What for?").first.select_option("match")
    page.get_by_role("button", name="Show and record").first.click()
    expect(page.locator(".tile .figure")).to_have_text(pattern_of_nik())
    page.get_by_role("link", name="Done, close it again").click()
    expect(page.locator(".masked").first).to_contain_text("***")


def pattern_of_nik() -> Any:
    """Sixteen digits in groups of four."""
    import re

    return re.compile(r"^\d{4} \d{4} \d{4} \d{4}$")


def test_looks_at_answers_and_their_pages_are_sound(visit: Go, site: str) -> None:
    seen = opened(visit, "supervisor", "{siti}/meninggal/", "en", "desk")
    page = seen.page
    fill_day(page, "died_on", str(TODAY.day), str(TODAY.month), str(TODAY.year))
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Check first")).to_be_visible()
    sound(seen, "en")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siti Rahmawati")


def test_an_industry_is_found_by_a_word_and_chosen(visit: Go, site: str) -> None:
    seen = opened(visit, "officer", "/kantor/perusahaan/daftar/")
    page = seen.page
    page.get_by_label("Nama perusahaan").fill("PT Roti Uji")
    page.get_by_label("Perusahaan", exact=True).check()
    page.get_by_label("Usaha kecil").check()
    page.get_by_role("button", name="Lanjut").click()
    sound(seen, "id")
    page.get_by_label("Cari jenis usaha").fill("roti")
    page.get_by_role("button", name="Cari", exact=True).last.click()
    page.get_by_label("Roti dan kue").check()
    sound(seen, "id")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator(".facts")).to_contain_text("PP 82/2019, lampiran")
    sound(seen, "id")


def test_a_hospital_gets_its_answer(visit: Go, site: str) -> None:
    siti = TOWN.people["siti"]
    seen = opened(visit, "hospital", "/pantau/periksa/", "en", "phone")
    page = seen.page
    page.get_by_label("KPJ").fill(siti.kpj)
    fill_day(page, "birth_date", str(siti.birth_date.day), str(siti.birth_date.month), str(siti.birth_date.year))
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("status")).to_contain_text("Yes, covered")
    sound(seen, "en")


def test_pages_print_their_facts_and_nothing_to_press(visit: Go, site: str) -> None:
    for who, path in (
        ("officer", "{siti}/"),
        ("officer", "{siti}/perlindungan/"),
        ("viewer", "/wilayah/"),
        ("ministry", "/pantau/"),
    ):
        page = opened(visit, who, path, "id", "desk").page
        page.emulate_media(media="print")
        assert page.locator("main table, main .facts").first.is_visible()
        assert [one.inner_text() for one in page.locator("main button").all() if one.is_visible()] == [], path


def test_the_keyboard_reaches_the_search_and_sends_it(visit: Go, site: str) -> None:
    page = opened(visit, "officer", "/kantor/").page
    box = page.get_by_role("searchbox")
    box.focus()
    box.press_sequentially(TOWN.people["siti"].kpj)
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siti Rahmawati")
