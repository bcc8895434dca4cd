"""The checks of pages find what is wrong: each planted fault is told, and a good page is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from exploring import Visitor
from looking import Looker
from playwright.sync_api import Browser, Route
from reading import Document, faults

_number = count()
HERE = "http://127.0.0.1:9"
GOOD = """<!doctype html><html lang="{lang}"><head><title>JKM · Jamsostek</title>{head}</head><body><main><h1>{title}</h1>
<p>{text}</p><form method="post" action="/x/"><label>KPJ <input name="a"></label>{button}</form>{more}</main></body></html>"""
BUTTON = "<button>OK</button>"


def page(lang: str = "id", head: str = "", text: str = "", button: str = BUTTON, more: str = "", title: str = "JKK") -> str:
    return GOOD.format(lang=lang, head=head, text=text, button=button, more=more, title=title)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_good_page_has_no_fault(language: str) -> None:
    assert list(faults(Document(page(language)), language)) == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (page("en"), "html lang"),
        (page().replace("JKM ·", "·"), "no title"),
        (page(more="<h1>Lagi</h1>"), "2 headings"),
        (page(button=""), "a form without a button"),
        (page(button="<button type=button>OK</button>"), "a form without a button"),
        (page(head="<script src=https://example.com/a.js></script>"), "fetched from elsewhere"),
        (page(head="<link rel=stylesheet href=//example.com/a.css>"), "fetched from elsewhere"),
        (page(more="<p style='color:red'>x</p>"), "of no use without scripts"),
        (page(more="<a href=/x/ onclick='y()'>x</a>"), "of no use without scripts"),
        (page(more="<script>y()</script>"), "of no use without scripts"),
        (page(more="<div hx-get='/x/'>x</div>"), "of no use without scripts"),
        (page(text="NIK 3515" + "0150" * 3), "sixteen digits"),
        (page(text="3515 " + "0150 " * 3), "sixteen digits"),
        (page(text="Halo {name}"), "a hole left open"),
        (page(text="Lahir None"), "a value of Python"),
        (page(text="Sejak 2026-11-03"), "a date for machines"),
        (page(text="Upah Rp4,500,000"), "rupiah of the other language"),
        (page(text="Upah Rp 4500000"), "rupiah of the other language"),
        (page(text="Choose which of the people it is"), "in the other language"),
        (page(more="<p>Home</p>"), "in the other language"),
        (page(more="<input type=text placeholder='Home'>"), "in the other language"),
    ],
)
def test_a_planted_fault_is_told(html: str, told: str) -> None:
    found = list(faults(Document(html), "id"))
    assert [one for one in found if one.startswith(told)], found


@pytest.mark.parametrize(
    "text",
    [
        "Peragaan: semua orang, perusahaan, dan angka di sini tiruan.",
        "Beranda",
        "Baris yang belum diterjemahkan",
    ],
)
def test_indonesian_is_found_on_an_english_page(text: str) -> None:
    found = list(faults(Document(page("en", text=text)), "en"))
    assert [one for one in found if one.startswith("in the other language")], found
    assert list(faults(Document(page("en", text=f"<span lang=id>{text}</span>")), "en")) == []
    assert list(faults(Document(page("en", text=text)), "en", frozenset({text}))) == []


def test_a_button_outside_its_form_counts() -> None:
    html = page(more="<form id=f method=post></form><button form=f>OK</button>")
    assert list(faults(Document(html), "id")) == []


@pytest.fixture(scope="module")
def looker(chromium: Browser) -> Iterator[Looker]:
    one = Looker(HERE, chromium, Visitor("public", "public", {}), "id", "desk")
    yield one
    one.close()


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (page(more="<p><a href=/ style='color:#ccc'>pucat</a></p>"), "color-contrast (serious)"),
        (page(more="<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"), "image-alt (critical)"),
        (page(button="<button style='width:9px;height:9px;padding:0'></button>"), "button-name (critical)"),
        (page(more="<p style='width:700px'>lebar</p>"), "348 px wider"),
        (page(more="<img alt='' src='https://example.com/a.png'>"), "fetched from elsewhere"),
        (page(more="<img alt='' src='/tidak-ada.png'>"), "404"),
        (page(more="<script>console.error('gagal')</script>"), "the browser complains: error: gagal"),
        (page(more="<script>tidakAda()</script>"), "the browser complains: tidakAda"),
        (page(more=f"<p>{'x ' * 80_000}</p>"), "160"),
    ],
)
def test_a_fault_in_the_browser_is_told(looker: Looker, html: str, told: str) -> None:
    found = list(_looked(looker, html))
    assert [one for one in found if one.startswith(told)], found


def test_a_script_against_the_policy_is_told(looker: Looker) -> None:
    found = list(_looked(looker, page(more="<script>1</script>"), policy="script-src 'self'"))
    assert [one for one in found if "Content Security Policy" in one], found


def test_a_good_page_passes_in_the_browser(looker: Looker) -> None:
    assert list(_looked(looker, page())) == []


def _looked(looker: Looker, html: str, policy: str = "") -> Iterator[str]:
    path = f"/halaman/{next(_number)}/"

    def answer(route: Route) -> None:
        if route.request.url == HERE + path:
            headers = {"Content-Security-Policy": policy} if policy else {}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        else:
            route.fulfill(status=404)

    looker.context.unroute_all()
    looker.context.route("**/*", answer)
    yield from looker.look(path)
