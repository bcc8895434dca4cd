"""The card: on screen to be scanned, as PDF and picture, issued anew, and revoked when it is lost."""

from __future__ import annotations

import io
from typing import Any, cast

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jamsostek.access.roles import Role
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.card.draw import CardFace, draw_card_pdf, draw_card_png
from jamsostek.messages.card.qr import link, qr_svg
from jamsostek.portal.screens import Fact, Form, Tag, done, page, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.printing import faces
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.actions import cards
from jamsostek.registry.queries import own
from jamsostek.registry.queries.own import Card, Me

SCREEN_DPI, PRINT_DPI = 150, 300
LOST = (
    ("hilang", N_("Hilang")),
    ("dicuri", N_("Dicuri")),
    ("rusak", N_("Rusak atau tidak terbaca")),
    ("orang_lain", N_("Dipakai orang lain")),
)


class LostForm(Form):
    """Why a card shall no longer count."""

    reason = forms.ChoiceField(label=N_("Apa yang terjadi?"), choices=list(LOST), widget=forms.RadioSelect)


@about(Role.WORKER)
@require_safe
def card(request: HttpRequest, me: Me) -> HttpResponse:
    """The newest card that counts, large enough to be scanned; or why there is none."""
    month = month_of(today())
    found = own.card(me, month)
    cover = own.coverage(me, month)
    context: dict[str, Any] = {"covered": cover.now is not None, "promised": bool(cover.promised), "card": None}
    if found is not None:
        row, state = found
        context |= {
            "card": row,
            "lapsed": state != "active",
            "facts": _facts(me, row, state),
            "code": qr_svg(
                link(row.token, request.build_absolute_uri(reverse("public:verify_card"))), _("Kode QR kartu peserta")
            ),
            "alt": _("Kartu {name}, nomor {kpj}").format(name=me.person.name, kpj=format_number("kpj", me.person.kpj)),
        }
    return page(request, "worker/card.html", context, title=_("Kartu peserta"), crumbs=crumbs())


def _facts(me: Me, row: Card, state: str) -> list[Fact]:
    shown = Tag(_("Berlaku"), "good") if state == "active" else Tag(_("Masanya habis"), "warn")
    return [
        Fact(_("Nama"), me.person.name),
        Fact(_("Nomor peserta (KPJ)"), format_number("kpj", me.person.kpj)),
        Fact(_("Program"), ", ".join(one.upper() for one in row.programmes)),
        Fact(_("Berlaku sampai akhir"), month_words(row.to_month)),
        Fact(_("Nomor kartu"), format_number("card", str(row.serial))),
        Fact(_("Diterbitkan"), date(row.issued_at)),
        Fact(_("Keadaan"), shown),
    ]


@about(Role.WORKER)
@require_POST
def issue(request: HttpRequest, me: Me) -> HttpResponse:
    """A new card, where somebody covers the person now."""
    try:
        cards.issue_card(participant_id=me.person.pk, today=today())
    except InputError as error:
        context = {"covered": False, "promised": False, "card": None, "problem": str(error)}
        return page(request, "worker/card.html", context, title=_("Kartu peserta"), crumbs=crumbs(), status=409)
    return done(request, "worker:card", _("Kartu baru terbit."))


@about(Role.WORKER)
@require_safe
def pdf(request: HttpRequest, me: Me) -> HttpResponse:
    """The card in the size of a bank card."""
    return _sent(draw_card_pdf(_face(request, me)), "kartu.pdf", "application/pdf", attachment=True)


@about(Role.WORKER)
@require_safe
def png(request: HttpRequest, me: Me) -> HttpResponse:
    """The card as a picture: on the page, or sharper to be kept (`?unduh=1`)."""
    keep = request.GET.get("unduh") == "1"
    return _sent(draw_card_png(_face(request, me), PRINT_DPI if keep else SCREEN_DPI), "kartu.png", "image/png", attachment=keep)


def _face(request: HttpRequest, me: Me) -> CardFace:
    found = own.card(me, month_of(today()))
    if found is None:
        raise Http404
    return faces(request, [found[0]])[0]


def _sent(content: bytes, name: str, kind: str, *, attachment: bool) -> HttpResponse:
    response = FileResponse(io.BytesIO(content), as_attachment=attachment, filename=name, content_type=kind)
    response["Cache-Control"] = "no-store"
    return cast(HttpResponse, response)


@about(Role.WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest, me: Me) -> HttpResponse:
    """Revokes the newest card: whoever checks it is told so."""
    found = own.card(me, month_of(today()))
    if found is None:
        return done(request, "worker:card")
    form = LostForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        cards.revoke_card(card_id=found[0].pk, now=timezone.now(), reason=dict(LOST)[form.cleaned_data["reason"]])
        return done(request, "worker:card", _("Kartu dicabut. Anda dapat menerbitkan yang baru."))
    context = {
        "form": form,
        "about": _("Siapa pun yang memeriksa kartu bernomor {number} akan diberi tahu bahwa kartu itu dicabut.").format(
            number=format_number("card", str(found[0].serial))
        ),
        "button": _("Cabut kartu ini"),
        "danger": True,
        "back": reverse("worker:card"),
    }
    return page(request, "worker/form.html", context, title=_("Kartu hilang atau rusak"), crumbs=crumbs())
