"""The pages for everyone: what they say, weigh and need; in both languages, on a phone and at a desk, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Visit
from playwright.sync_api import expect

from jamsostek import law
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import speaking
from jamsostek.portal.public.calculators import CALCULATORS

WAGE = "/hitung/iuran-pekerja/?wage_rupiah=Rp+6.000.000&risk_class=low&scale=large&labour_intensive=tidak&month-m=11&month-y=2026"
PAGES = (
    "/", "/hitung/", "/hitung/iuran-pekerja/", WAGE, "/hitung/pensiun/?kind=old_age", "/kantor-cabang/",
    "/kantor-cabang/?cari=bandung", "/kantor-cabang/?cari=xyzzy",
    "/periksa-hak/", "/materi/", "/materi/petani-nelayan-pedagang/",
    "/cakupan/", "/cakupan/?dasar=kantor", "/cakupan/provinsi/35/", "/cakupan/provinsi/93/", "/cakupan/sejarah/",
    "/cakupan/sejarah/upah/", "/cakupan/grafik/persen/", "/cakupan/sisipan/peserta/", "/cakupan/data/",
    "/bantuan/", "/privasi/", "/aksesibilitas/", "/ragam/", "/tidak-ada/",
)  # fmt: skip
FIRST_PAGE, ANY_PAGE = 60_000, 150_000
Go = Callable[..., Visit]

SMALL_TARGETS = """() => [...document.querySelectorAll(
  'a, button, input:not([type=hidden]), select, textarea, summary'
)].filter(one => {
  const box = (one.closest('.door') || one).getBoundingClientRect();
  if (!box.width || one.closest('.skip, .hidden')) return false;
  const inline = one.tagName === 'A' && one.closest('p, dd, small') && !one.className;
  return !inline && (box.height < 24 || box.width < 24);
}).map(one => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize(("language", "size"), [("id", "phone"), ("en", "desk")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(visit: Go, path: str, language: str, size: str) -> None:
    found = visit(path, language, size)
    page = found.page
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    findings = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in findings] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], "scrolls sideways"
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("window.shifts") == 0
    assert found.weight() <= (FIRST_PAGE if path in ("/", "/periksa-hak/") else ANY_PAGE)
    assert {urlsplit(response.url).hostname for response in found.responses} == {"127.0.0.1"}
    assert [text for text in found.complaints if "404" not in text] == []
    found.page.close()


def test_pages_are_sound_in_the_dark(visit: Go) -> None:
    for path in ("/ragam/", WAGE):
        page = visit(path, color_scheme="dark").page
        assert [one["id"] for one in Axe().run(page).response["violations"]] == [], path


def test_the_first_page_tells_figures_of_the_law(visit: Go) -> None:
    page = visit("/").page
    expect(page.locator(".programmes li")).to_have_count(5)
    death = law.calculate("benefit.jkm.death", date="2026-11-21")["total_rupiah"]
    expect(page.locator("main")).to_contain_text(format_rupiah(death))


def test_a_calculator_works_without_scripts_and_its_address_can_be_shared(visit: Go) -> None:
    page = visit("/hitung/iuran-pekerja/", java_script_enabled=False).page
    page.get_by_label("Upah", exact=True).fill("6 juta")
    page.get_by_label("Rendah", exact=True).check()
    page.get_by_label("Bulan", exact=True).last.select_option("11")
    page.get_by_label("Tahun", exact=True).last.fill("2026")
    page.get_by_role("button", name="Hitung").click()
    expected = law.calculate("contribution.pu", month="2026-11", wage_rupiah=6_000_000, risk_class="low")
    expect(page.locator(".tile .figure").first).to_have_text(format_rupiah(expected["total_rupiah"]))
    again = visit(urlsplit(page.url).path + "?" + urlsplit(page.url).query, "en").page
    with speaking("en"):
        expect(again.locator(".tile .figure").first).to_have_text(format_rupiah(expected["total_rupiah"]))
    expect(again.locator(".tree")).to_contain_text("PP 45/2015 Article 28")


def test_a_calculator_names_each_wrong_field_and_leads_there(visit: Go) -> None:
    page = visit("/hitung/iuran-pekerja/?wage_rupiah=banyak&month-m=13&month-y=2026").page
    problems = page.locator(".problems")
    expect(problems).to_be_focused()
    expect(problems.locator("a")).to_have_count(5)
    assert page.title().startswith("Perlu diperbaiki: ")
    problems.locator("a").first.click()
    expect(page.locator("#id_wage_rupiah")).to_be_focused()
    described = page.locator("#id_wage_rupiah").get_attribute("aria-describedby") or ""
    assert "Tulis rupiah utuh" in " ".join(page.locator(f"#{one}").inner_text() for one in described.split())


def test_what_the_law_refuses_is_told_at_its_field(visit: Go) -> None:
    page = visit(WAGE.replace("month-y=2026", "month-y=2010")).page
    expect(page.locator("fieldset.wrong legend")).to_have_text("Bulan iuran")


def test_every_calculator_gives_an_explained_answer(visit: Go) -> None:
    for one in CALCULATORS:
        page = visit(f"/hitung/{one.slug}/").page
        for box in page.locator("main input[type=text]").all():
            if not box.input_value():
                box.fill("1990" if (box.get_attribute("id") or "").endswith("-y") else "12")
        for group in page.locator("main fieldset:has(input[type=radio])").all():
            if not group.locator("input:checked").count():
                group.locator("input").first.check()
        page.get_by_role("button", name="Hitung").click()
        expect(page.locator(".tile .figure").first).not_to_be_empty()
        expect(page.locator(".tree > li").first).to_be_visible()


def test_the_print_view_shows_every_step_and_no_form(visit: Go) -> None:
    page = visit(WAGE + "&cetak=1").page
    assert page.locator(".tree details:not([open])").count() == 0
    assert page.locator("main form").count() == 0


def test_printing_the_ordinary_view_opens_every_step(visit: Go) -> None:
    page = visit(WAGE).page
    page.emulate_media(media="print")
    assert page.locator(".tree details details:not([open]) .why").first.is_visible()
    assert not page.locator(".head-door").first.is_visible()


def test_the_language_is_switched_on_the_same_page_and_remembered(visit: Go) -> None:
    page = visit("/kantor-cabang/?cari=kupang").page
    page.get_by_role("button", name="Ganti bahasa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find the office")
    assert page.url.endswith("/kantor-cabang/?cari=kupang")
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_switch_of_language_leads_only_to_our_own_pages(visit: Go, site: str) -> None:
    page = visit("/").page
    for elsewhere in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        answer = page.request.post(f"{site}/bahasa/", form={"language": "en", "next": elsewhere}, max_redirects=0)
        assert answer.headers["location"] == "/"


def test_a_region_is_found_while_typing_and_without_scripts_by_pressing_search(visit: Go) -> None:
    page = visit("/kantor-cabang/").page
    page.get_by_role("searchbox").press_sequentially("sleman")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("34.04")
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(1)
    plain = visit("/kantor-cabang/", java_script_enabled=False).page
    plain.get_by_role("searchbox").fill("gorontalo")
    plain.get_by_role("button", name="Cari").click()
    expect(plain.locator("tbody tr")).to_have_count(6)


def test_no_page_for_everyone_sets_a_cookie_or_asks_for_a_script(visit: Go) -> None:
    for path in ("/", "/hitung/", WAGE, "/bantuan/", "/privasi/"):
        found = visit(path)
        assert {one["name"] for one in found.page.context.cookies()} == {"jamsostek_language"}, path
        assert not [one.url for one in found.responses if urlsplit(one.url).path.endswith(".js")], path


def test_the_keyboard_reaches_the_content_first(visit: Go) -> None:
    page = visit("/").page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    page.wait_for_timeout(200)
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    skip.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_letters_of_double_size_lose_nothing(visit: Go) -> None:
    for path in ("/", "/hitung/iuran-pekerja/", "/ragam/"):
        page = visit(path).page
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_a_page_that_is_not_there_offers_ways_on(visit: Go) -> None:
    found = visit("/tidak-ada/")
    assert found.responses[0].status == 404
    found.page.get_by_role("link", name="Ke beranda").click()
    expect(found.page.locator(".programmes")).to_be_visible()


def test_a_stale_form_is_explained(visit: Go, site: str) -> None:
    page = visit("/").page
    answer = page.request.post(f"{site}/ragam/", form={"name": "Siti"})
    assert answer.status == 403
    assert "Kirim sekali lagi" in answer.text()


def test_robots_read_only_pages_for_everyone(visit: Go, site: str) -> None:
    text = visit("/").page.request.get(f"{site}/robots.txt").text()
    assert "Disallow: /peserta/" in text
    assert not re.search(r"https?://", text)
