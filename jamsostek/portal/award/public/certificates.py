"""Is this certificate ours? By its code, or by the address in its QR code; and the sheet itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.awards.choices import LEVELS
from jamsostek.awards.edition import Edition, told
from jamsostek.awards.models import Certificate, Version
from jamsostek.awards.queries.results import HOLDS, Checked, Holds, check
from jamsostek.awards.reading import read
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import LANGUAGES, N_, _, speaking
from jamsostek.messages.award import Award, Line, draw_certificate_pdf
from jamsostek.portal.award.frame import screen
from jamsostek.portal.award.shown import area_words
from jamsostek.portal.screens import Fact, Form, Link
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date

TONES: dict[str, Tone] = {"valid": "good", "revoked": "bad", "changed": "bad", "unknown": "bad"}
TITLES: dict[str, str] = {
    "valid": N_("Sertifikat asli"), "revoked": N_("Sertifikat dicabut"), "changed": N_("Sertifikat tidak cocok"),
    "unknown": N_("Bukan sertifikat kami"),
}  # fmt: skip
DIGITS = 16
"""Of the result's digest, in the QR code."""


class CodeForm(Form):
    """What stands on the paper."""

    kode = forms.CharField(
        label=N_("Kode sertifikat"), max_length=40, help_text=N_("12 huruf dan angka di alamat pemeriksaan pada sertifikat."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


@door(PUBLIC)
@require_safe
def asked(request: HttpRequest) -> HttpResponseBase:
    """The form, and what came of a code that was typed (`?kode=`)."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    found = check(form.cleaned_data["kode"]) if form.is_valid() else None
    return _page(request, form, found)


@door(PUBLIC)
@require_safe
def show(request: HttpRequest, certificate_code: str) -> HttpResponseBase:
    """A certificate by its address; `?d=` is what its paper says of the result."""
    return _page(request, CodeForm(None), check(certificate_code[:40], request.GET.get("d", "")[:64].lower()))


def _page(request: HttpRequest, form: CodeForm, found: Checked | None) -> HttpResponseBase:
    context: dict[str, Any] = {"code_form": form, "found": found}
    if found is not None:
        edition = _edition_of(found)
        context |= {
            "verdict": _(TITLES[found.holds]), "text": _(HOLDS[found.holds]), "tone": TONES[found.holds],
            "facts": _facts(found, edition) if edition and found.holds != Holds.CHANGED else [],
            "sample": told(edition.note) if edition and edition.invented else "",
            "pdf": reverse("award:certificate_pdf", args=[found.code]) if found.holds == Holds.VALID else "",
        }  # fmt: skip
    return screen(request, "public/certificate.html", context, title=_("Periksa sertifikat"), here="award:home")


def _edition_of(found: Checked) -> Edition | None:
    """As it was when the result was computed."""
    if found.certificate is None or found.says is None:
        return None
    version = Version.objects.filter(edition_id=found.certificate.entry.edition_id, number=found.says.get("version", 0)).first()
    return read(version.content) if version else None


def _facts(found: Checked, edition: Edition) -> list[Fact]:
    says, one = found.says or {}, found.certificate
    assert one is not None
    link = Link(told(edition.title), reverse("award:edition", args=[edition.code]))
    category = edition.categories[says["category"]].name
    facts = [
        Fact(_("Diberikan kepada"), says["name"]),
        Fact(_("Edisi"), link),
        Fact(_("Tahun yang dinilai"), str(edition.assessment_year)),
        Fact(_("Kategori"), category),
        Fact(_("Tingkat"), f"{_(LEVELS[says['level']])}, {area_words(edition, says['level'], says['area'])}"),
        Fact(_("Peringkat"), str(says["rank"])),
        Fact(_("Nomor"), says["number"]),
        Fact(_("Diterbitkan"), date(one.issued_at)),
        Fact(_("Hasil (SHA-256)"), says["result"]),
    ]
    return [*facts, Fact(_("Dibatalkan karena"), found.why)] if found.holds == Holds.REVOKED else facts


@door(PUBLIC)
@require_safe
def pdf(request: HttpRequest, certificate_code: str) -> HttpResponseBase:
    """The sheet of a certificate that holds."""
    found = check(certificate_code[:40])
    edition = _edition_of(found)
    if found.holds != Holds.VALID or found.certificate is None or edition is None:
        raise Http404
    response = HttpResponse(sheet(request, found.certificate, found, edition), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="sertifikat-{found.code}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def sheet(request: HttpRequest, one: Certificate, found: Checked, edition: Edition) -> bytes:
    """The sheet; the same certificate makes the same bytes at the same address."""
    says = found.says or {}
    address = request.build_absolute_uri(reverse("award:certificate", args=[one.code]))
    return draw_certificate_pdf(
        Award(
            says["name"],
            one.number,
            one.code,
            says["result"],
            edition.title["id"],
            f"{address}?d={says['result'][:DIGITS]}",
            timezone.localdate(one.issued_at),
            [_line(language, one, says, edition) for language in LANGUAGES],
            edition.invented,
        )
    )


def _line(language: str, one: Certificate, says: Any, edition: Edition) -> Line:
    with speaking(language):
        category = edition.categories[says["category"]].name
        place = PROVINCES[says["area"]].name if says["level"] == "province" else area_words(edition, says["level"], says["area"])
        return Line(
            language, _("Sertifikat Penghargaan Paritrana"), _("diberikan kepada"),
            _("Kategori {name}, penilaian tahun {year}").format(name=category, year=edition.assessment_year),
            _("Peringkat {rank}").format(rank=says["rank"]), f"{_(LEVELS[says['level']])}, {place}", _("Periksa di"), _("Nomor"),
            date(one.issued_at), _("Hasil (SHA-256)"),
            _("Edisi rekaan untuk peragaan; bukan penghargaan yang sebenarnya.") if edition.invented else "",
        )  # fmt: skip
