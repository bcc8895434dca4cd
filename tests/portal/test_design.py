"""The design system: contrast, weight, nothing fetched from elsewhere, no part unshown, no rule unused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import jamsostek.portal
from jamsostek.messages.chart import CATEGORIES
from jamsostek.portal.screens.parts import Event, Tone

PORTAL = Path(jamsostek.portal.__file__).parent
STATIC = PORTAL / "static" / "portal"
SHEETS = {name: (STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "app.css", "charts.css")}
TEMPLATES = {path: path.read_text(encoding="utf-8") for path in sorted(PORTAL.rglob("*.html"))}

# What is written on what.
PAIRS = [
    *((text, ground) for text in ("ink", "soft", "link", "accent", "bad") for ground in ("paper", "surface")),
    *((text, "tint") for text in ("ink", "soft", "link")),
    ("on-fill", "fill"), ("on-fill", "fill-strong"), ("on-fill", "bad-fill"), ("on-band", "band"), ("on-band-soft", "band"),
    *((tone, f"{tone}-tint") for tone in ("good", "warn", "bad")),
    *(("ink", f"{tone}-tint") for tone in ("good", "warn", "bad")),
]  # fmt: skip
EDGES = [("edge", "paper"), ("edge", "surface"), ("focus", "paper"), ("focus", "surface"), ("gold", "band")]
"""Outlines of controls and of the focus need 3."""


def schemes() -> Iterator[tuple[str, dict[str, str]]]:
    """The colours by name, light and dark."""
    light, dark = SHEETS["tokens.css"].split("prefers-color-scheme: dark")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    yield "light", colours
    yield "dark", colours | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def contrast(one: str, other: str) -> float:
    """WCAG 2's ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lights = sorted((light(one), light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize(("scheme", "colours"), schemes())
def test_text_stands_out_from_its_ground(scheme: str, colours: dict[str, str]) -> None:
    measured = {f"{one} on {ground}": contrast(colours[one], colours[ground]) for one, ground in PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(("scheme", "colours"), schemes())
def test_outlines_stand_out_from_their_ground(scheme: str, colours: dict[str, str]) -> None:
    measured = {f"{one} on {ground}": contrast(colours[one], colours[ground]) for one, ground in EDGES}
    assert {pair: round(ratio, 2) for pair, ratio in measured.items() if ratio < 3} == {}


def test_sheets_are_small_and_fetch_nothing_from_elsewhere() -> None:
    assert sum(len(text.encode()) for name, text in SHEETS.items() if name != "charts.css") < 25_000
    assert len(SHEETS["charts.css"].encode()) < 6_000
    for text in SHEETS.values():
        assert "@import" not in text and "@font-face" not in text
        assert [url for url in re.findall(r"url\(([^)]*)\)", text) if "/" in url or not (STATIC / url).exists()] == []


def test_every_variable_used_is_defined_and_the_other_way_round() -> None:
    used = {name for text in SHEETS.values() for name in re.findall(r"var\(--([\w-]+)", text)}
    used |= {name.removeprefix("--") for name in CATEGORIES}
    assert used == set(re.findall(r"--([\w-]+):", SHEETS["tokens.css"] + SHEETS["charts.css"]))


@pytest.mark.parametrize(("scheme", "colours"), schemes())
def test_lines_of_charts_stand_out_from_their_ground(scheme: str, colours: dict[str, str]) -> None:
    light, dark = (dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", half)) for half in SHEETS["charts.css"].split("{", 2)[1:])
    assert light == CATEGORIES and set(dark) == set(light)
    lines = light if scheme == "light" else dark
    measured = {name: contrast(colour, colours["surface"]) for name, colour in lines.items()}
    assert {name: round(ratio, 2) for name, ratio in measured.items() if ratio < 3} == {}


def classes_in_markup() -> set[str]:
    """The classes that templates and code give out; what conditions choose between is taken as given out."""
    texts = [*TEMPLATES.values(), *(path.read_text(encoding="utf-8") for path in sorted(PORTAL.rglob("*.py")))]
    quoted = [re.sub(r"{[%{].*?[%}]}", " ", value) for text in texts for value in re.findall(r'(?<!\w)class="([^"]*)"', text)]
    widgets = [value for text in texts for value in re.findall(r'"class": "([^"]*)"', text)]
    return {name for value in (*quoted, *widgets) for name in value.split() if re.fullmatch(r"[a-z][\w-]*", name)}


def test_every_class_given_out_has_its_rule_and_every_rule_is_used() -> None:
    plain = re.sub(r"/\*.*?\*/|{[^{}]*}", " ", SHEETS["app.css"] + SHEETS["charts.css"], flags=re.DOTALL)
    ruled, given = set(re.findall(r"\.([a-z][\w-]*)", plain)), classes_in_markup()
    chosen = {*get_args(Tone), *get_args(get_type_hints(Event)["state"])}
    assert sorted(ruled - given - chosen) == [], "rules without use"
    assert sorted(given - ruled - chosen) == [], "classes without a rule"


def test_every_part_is_shown_on_the_page_of_parts() -> None:
    """Followed through what the page includes, extends and draws by tags."""
    tags = {"field": "parts/field.html", "fields": "parts/field.html", "form_problems": "parts/problems.html"}
    shown, waiting = set(), ["public/showcase.html"]
    while waiting:
        name = waiting.pop()
        if name in shown:
            continue
        shown.add(name)
        text = (PORTAL / name).read_text(encoding="utf-8")
        waiting += re.findall(r'{% (?:include|extends) "([^"]+)"', text)
        waiting += [template for tag, template in tags.items() if re.search(rf"{{% {tag} ", text)]
    parts = {str(path.relative_to(PORTAL)) for path in (PORTAL / "parts").rglob("*.html")}
    whole_pages = {"parts/confirm.html", "parts/ways.html"}
    assert sorted(parts - shown - whole_pages) == []


def test_templates_bring_no_script_and_no_style_of_their_own() -> None:
    for path, text in TEMPLATES.items():
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), path
        assert not re.search(r"<script(?![^>]* src=)", text), path
        assert not re.search(r'(?:src|action|href)="(?:https?:)?//', text), path


def test_htmx_is_the_release_it_is_named_after() -> None:
    text = (STATIC / "htmx-4.0.1.min.js").read_bytes()
    assert b"this.version='4.0.1'" in text or b'this.version="4.0.1"' in text
    assert hashlib.sha256(text).hexdigest() == "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
