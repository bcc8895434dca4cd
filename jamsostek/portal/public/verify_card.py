"""Is this card genuine? The page works in the browser alone, without a network after one visit, and by a plain form too.

The code in a card's QR is a link to this page whose fragment holds the card; a fragment never reaches the server. So
the server learns who is checked only where somebody without JavaScript posts the code to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import LANGUAGES, N_, _, language, speaking
from jamsostek.messages.card.claims import SEGMENT_TITLES, CardClaims
from jamsostek.messages.card.keys import key_set, publish
from jamsostek.messages.card.token import LONGEST_TEXT, PREFIX, TEXTS, TITLES, State, month_words, verify
from jamsostek.portal.screens import Fact, Form, Link, page, today, url_of
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date

TONES: dict[str, Tone] = {State.VALID: "good", State.LAPSED: "warn", State.NOT_YET: "warn", State.UNKNOWN_KEY: "warn"}
"""All else is bad."""
REVOKED = (
    N_("Kartu dicabut"),
    N_("Kartu ini pernah diterbitkan, tetapi sudah dicabut. Jangan terima kartu ini; mintalah kartu yang baru."),
)
ONLY_IN_BROWSER = {
    "needs_network": (
        N_("Perlu jaringan"),
        N_("Nomor kartu dan kunci yang belum tersimpan hanya dapat diperiksa dengan jaringan. Sambungkan, lalu coba lagi."),
    ),
    "no_camera": (
        N_("Kamera tidak dapat dipakai"),
        N_("Izinkan kamera untuk halaman ini, atau pilih foto kartunya, atau ketik nomor kartunya."),
    ),
    "no_code": (
        N_("Tidak ada kode di foto ini"),
        N_("Foto lagi kartunya dari dekat, terang, dan tegak lurus, sampai kode QR mengisi sebagian besar foto."),
    ),
}
"""What only the script can meet: state, title and text."""
BY_NUMBER = {
    "active": N_("Kartu dengan nomor ini diterbitkan dan masih berlaku. Cocokkan nama di kartu dengan pemegangnya."),
    "lapsed": N_("Masa berlaku kartu dengan nomor ini sudah habis. Mintalah kartu baru sesudah iuran dibayar."),
    "unknown": N_("Tidak ada kartu dengan nomor ini pada kami. Periksa lagi angkanya, atau pindai kode QR-nya."),
}
CENTRE = {
    "active": N_("Diperiksa ke pusat: kartu ini tidak dicabut."),
    "unknown": N_("Diperiksa ke pusat: kartu ini tidak tercatat di sini."),
    "offline": N_("Tanpa jaringan: apakah kartu ini dicabut belum diperiksa."),
}
"""What the registry adds to a signature that holds."""
FACTS = (
    ("name", N_("Nama")),
    ("kpj", N_("Nomor peserta (KPJ)")),
    ("programmes", N_("Program")),
    ("segment", N_("Segmen kepesertaan")),
    ("months", N_("Masa berlaku")),
    ("serial", N_("Nomor kartu")),
    ("issued", N_("Penerbit, tanggal terbit")),
)


class CodeForm(Form):
    """What a person types or pastes."""

    code = forms.CharField(
        label=N_("Nomor kartu atau kode"),
        help_text=N_("13 angka di bawah kode QR, atau kode yang diawali JK1:."),
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@dataclass(frozen=True)
class Outcome:
    """What the server found out about a card."""

    tone: Tone
    title: str
    text: str
    facts: list[Fact]
    note: str = ""


@csrf_exempt  # nothing is written, so there is nothing to forge; and the page can be kept and shown without a cookie
@door(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def verify_card(request: HttpRequest) -> HttpResponse:
    """The page. `?bahasa=` chooses its language without a cookie: so the copy kept for later is nobody's."""
    chosen = request.GET.get("bahasa", "")
    with speaking(chosen if chosen in LANGUAGES else language()), translation.override(language()):
        form = CodeForm(request.POST or None)
        outcome = None
        if form.is_valid():
            try:
                outcome = _outcome(form.cleaned_data["code"])
            except InputError as error:
                form.refuse(InputError(error.message, field="code", remedy=error.remedy))
        context = {"code_form": form, "outcome": outcome, **_words()}
        crumbs = [Link(_("Beranda"), url_of("public:home"))]
        return page(request, "public/verify_card.html", context, title=_("Periksa kartu"), crumbs=crumbs)


def _outcome(code: str) -> Outcome:
    if PREFIX in code:
        return _of_token(code)
    return _of_number(numbers.check("card", code))


def _of_token(code: str) -> Outcome:
    """The signature says whether the card is genuine, the registry whether it was revoked."""
    from jamsostek.registry.actions.cards import public_keys
    from jamsostek.registry.queries.cards import card_status

    verdict = verify(code, key_set(public_keys()), today=today())
    claims = verdict.claims if verdict.state is not State.NOT_GENUINE else None
    status = card_status(claims.serial, month_of(today())) if claims else ""
    if claims and status == "revoked":
        return Outcome("bad", _(REVOKED[0]), _(REVOKED[1]), _facts(claims))
    note = _(CENTRE[status]) if status in CENTRE else ""
    return Outcome(TONES.get(verdict.state, "bad"), verdict.title, verdict.text, _facts(claims) if claims else [], note)


def _of_number(serial: str) -> Outcome:
    from jamsostek.registry.queries.cards import card_status

    status = card_status(serial, month_of(today()))
    facts = [Fact(_("Nomor kartu"), numbers.format_number("card", serial))]
    if status == "revoked":
        return Outcome("bad", _(REVOKED[0]), _(REVOKED[1]), facts)
    tone, title = _BY_STATUS[status]
    return Outcome(tone, _(title), _(BY_NUMBER[status]), facts)


_BY_STATUS: dict[str, tuple[Tone, str]] = {
    "active": ("good", TITLES[State.VALID]),
    "lapsed": ("warn", TITLES[State.LAPSED]),
    "unknown": ("bad", N_("Kartu tidak tercatat")),
}


def _facts(card: CardClaims) -> list[Fact]:
    values = {
        "name": card.name,
        "kpj": numbers.format_number("kpj", card.kpj),
        "programmes": ", ".join(programme.upper() for programme in card.programmes),
        "segment": _(SEGMENT_TITLES[card.segment]),
        "months": f"{month_words(card.from_month)} – {month_words(card.until_month)}",
        "serial": numbers.format_number("card", card.serial),
        "issued": f"{card.issuer}, {date(card.issued_on)}",
    }
    return [Fact(_(label), values[name]) for name, label in FACTS]


def _words() -> dict[str, Any]:
    """Every text that the script may show, in the reader's language, with its holes."""
    states = {str(state): (TITLES[state], TEXTS[state]) for state in State} | {"revoked": REVOKED} | ONLY_IN_BROWSER
    return {
        "states": [(name, TONES.get(name, "bad"), _(title), _(text)) for name, (title, text) in states.items()],
        "centre": [(name, _(text)) for name, text in CENTRE.items()],
        "fact_labels": [(name, _(label)) for name, label in FACTS],
        "segments": [(name, _(title)) for name, title in SEGMENT_TITLES.items()],
    }


@door(PUBLIC)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of cards, for this page, for `jamsostek card verify` and for anybody else's verifier."""
    from jamsostek.registry.actions.cards import public_keys

    response = HttpResponse(publish(public_keys()), content_type="application/json")
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@door(PUBLIC)
@require_safe
def status(request: HttpRequest, serial: str) -> HttpResponse:
    """Whether a card was revoked, for whoever holds it; nothing about its holder."""
    from jamsostek.registry.queries.cards import card_status

    response = JsonResponse({"status": card_status(serial, month_of(today()))})
    response["Cache-Control"] = "no-store"
    return response


@door(PUBLIC)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page for later; it stands beside the page because a browser limits it to its own folder."""
    script = Path(__file__).parents[1] / "static" / "verify" / "worker.js"
    response = HttpResponse(script.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
