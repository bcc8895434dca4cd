"""Finding a person. What is typed is posted: a NIK or a telephone number never stands in an address; a name may, to be leafed."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.portal.officer.frame import OFFICERS, screen
from jamsostek.portal.officer.shown import asked_in, kpj_words, people_columns, place_words, with_search
from jamsostek.portal.screens import Empty, Link, export, paged, table, today
from jamsostek.portal.screens.words import NOTHING
from jamsostek.registry.choices import TITLES, Sex
from jamsostek.registry.queries.people import FOUND_AT_MOST, Found, masked, search
from jamsostek.registry.queries.timeline import standings

LONG_NUMBER = re.compile(r"\d(?:[\s.\-+]*\d){7,}")
"""Eight digits and more are somebody's number."""


@door(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Sends on to the person where only one is found; names go into the address, numbers do not."""
    asked = asked_in(request.POST.get("peserta", "")) if request.method == "POST" else asked_in(request.GET.get("cari", ""))
    if request.method != "POST":
        return _by_name(request, asked)
    if not LONG_NUMBER.search(asked):
        return HttpResponseRedirect(with_search(reverse("officer:search"), asked))
    found = search(asked)
    if len(found.people) == 1:
        return HttpResponseRedirect(reverse("officer:person", args=[found.people[0].kpj]))
    return _page(request, found, {})


def _by_name(request: HttpRequest, asked: str) -> HttpResponse:
    if LONG_NUMBER.search(asked):
        messages.warning(request, _("Nomor orang tidak boleh ada di alamat halaman. Ketik di kotak pencarian, lalu tekan Cari."))
        return HttpResponseRedirect(reverse("officer:search"))
    return _page(request, search(asked), {"asked_person": asked})


def _page(request: HttpRequest, found: Found, more: dict[str, Any]) -> HttpResponse:
    rows = paged(request, found.people, total=len(found.people))
    ids = [one.pk for one in rows.rows]
    audit.looked(ids, ("name", "kpj", "birth_date"), "hasil pencarian")
    asked = more.get("asked_person", "")
    context = {
        **more,
        "table": table(_("Orang yang ditemukan"), people_columns(masked(ids), standings(ids, month_of(today()))), rows.rows),
        "paged": rows,
        "empty": _empty(asked, found),
        "notice": _too_many(found) if found.more else "",
        "export_url": with_search(reverse("officer:search_file"), asked) if _may_take(found, asked) else "",
    }
    return screen(request, "officer/list.html", context, title=_("Cari peserta"))


def _may_take(found: Found, asked: str) -> bool:
    return bool(found.people) and bool(asked) and current().may(Can.EXPORT_PEOPLE)


def _too_many(found: Found) -> str:
    told = _("Lebih dari {count} orang cocok; yang tampak di bawah hanya sebagian. Tambahkan kata dari namanya, atau pakai KPJ.")
    return told.format(count=FOUND_AT_MOST)


def _empty(asked: str, found: Found) -> Empty:
    register = Link(_("Daftarkan orang"), reverse("officer:register"))
    if found.how == "nik":
        return Empty(
            _("NIK ini tidak ada di wilayah Anda"),
            _("Mungkin terdaftar di wilayah lain: pendaftaran di loket akan mengenalinya tanpa mendaftarkan dua kali."),
            register,
        )
    if found.how == "phone":
        return Empty(_("Nomor telepon ini tidak ditemukan"), _("Coba dengan nama, NIK, atau KPJ."))
    if not asked:
        return Empty(_("Ketik nama, NIK, KPJ, atau telepon"), _("Nama boleh sebagian: awal setiap kata sudah cukup."))
    return Empty(
        _("Tidak ditemukan di wilayah Anda"),
        _("Coba ejaan lain, satu kata dari namanya, atau NIK. Ejaan lama dikenali."),
        register,
    )


@door(*OFFICERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """What a name found, as a file; secrets stay starred, and taking it is remembered for each person."""
    if not current().may(Can.EXPORT_PEOPLE):
        raise not_yours()
    asked = asked_in(request.GET.get("cari", ""))
    people = () if LONG_NUMBER.search(asked) else search(asked).people
    ids = [one.pk for one in people]
    audit.looked(ids, ("name", "kpj", "birth_date"), "unduh hasil pencarian", action="export")
    secrets = masked(ids)
    headings = [_("Nama"), _("KPJ"), _("NIK"), _("Tanggal lahir"), _("Jenis kelamin"), _("Tempat tinggal")]
    rows = (
        [
            one.name, kpj_words(one.kpj), secrets[one.pk].nik if one.pk in secrets else NOTHING, one.birth_date,
            _(TITLES[Sex][one.sex]), place_words(one),
        ]
        for one in people
    )  # fmt: skip
    return export(request, _("peserta"), headings, rows)
