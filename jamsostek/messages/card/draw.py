"""The card on paper and as a picture: credit-card size (ISO/IEC 7810 ID-1), ten on an A4 sheet, PNG.

Typst sets the page (`card.typ`), with the fonts beside it and no others, so that a card looks the same everywhere. PDFs are
tagged and meet PDF/UA-1: a screen reader hears name, number, cover and validity. Bytes out; nothing is written.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, speaking, translate
from jamsostek.messages.card.claims import CardClaims, instant
from jamsostek.messages.card.qr import link, make_code
from jamsostek.messages.card.token import month_words
from jamsostek.messages.typesetting import compiler, one_document, pdf

PROGRAMME_TITLES = {
    "jkk": N_("kecelakaan kerja"),
    "jkm": N_("kematian"),
    "jht": N_("tabungan hari tua"),
    "jp": N_("pensiun"),
    "jkp": N_("kehilangan pekerjaan"),
}
CARDS_A_PAGE = 10
SHEET_MASK = 4
"""The standard lets an encoder try eight masks, three quarters of the work; over signed data, as good as random, readers
show no difference (measured), so that sheets of thousands take one."""
_TEMPLATE = Path(__file__).parent / "card.typ"


@dataclass(frozen=True)
class CardFace:
    """One card to draw: its claims, its token, and the address of the page that verifies it.

    `sample` marks it CONTOH / SAMPLE: cards of invented people.
    """

    claims: CardClaims
    token: str
    verify_url: str
    sample: bool = False


def draw_card_pdf(card: CardFace) -> bytes:
    """A card as a PDF of its own size."""
    return _pdf("card", [card], mask=None)


def draw_sheet_pdf(cards: Sequence[CardFace]) -> bytes:
    """Cards on A4, ten a page with cut marks, in the order given; one document however many they are."""
    if not cards:
        raise ValueError("no cards to draw")
    return _pdf("sheet", cards, mask=SHEET_MASK)


def draw_card_png(card: CardFace, dpi: int = 300) -> bytes:
    """A card as a picture."""
    told = {"data": json.dumps(_data("card", [card], mask=None))}
    return one_document(compiler(_TEMPLATE).compile(format="png", ppi=float(dpi), sys_inputs=told))


def _pdf(layout: str, cards: Sequence[CardFace], mask: int | None) -> bytes:
    # The same cards make the same bytes: the document's day is the cards' own, not the clock's.
    made = dt.datetime.fromtimestamp(max(instant(card.claims.issued_on) for card in cards), dt.UTC)
    return pdf(_TEMPLATE, _data(layout, cards, mask), made)


def _data(layout: str, cards: Sequence[CardFace], mask: int | None) -> dict[str, Any]:
    title = "Kartu peserta / Member's card"
    return {"layout": layout, "title": title, "cards": [_card(card, mask) for card in cards]}


def _card(card: CardFace, mask: int | None) -> dict[str, Any]:
    address = link(card.token, card.verify_url)
    code = make_code(address, mask)
    return {
        "name": card.claims.name,
        "kpj": format_number("kpj", card.claims.kpj),
        "serial": format_number("card", card.claims.serial),
        "programmes": [_programme(code) for code in card.claims.programmes],
        "until": {language: _month(card.claims.until_month, language) for language in ("id", "en")},
        "code": code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None),
        "alt": "Kode QR untuk memeriksa kartu / QR code to verify the card",
        "link": address,
        "place": card.verify_url.split("://")[-1].rstrip("/"),
        "sample": card.sample,
    }


@cache
def _month(month: int, language: str) -> str:
    with speaking(language):
        return month_words(month)


def _programme(code: str) -> dict[str, str]:
    title = PROGRAMME_TITLES[code]
    return {"code": code.upper(), "id": title, "en": translate(title, "en")}
