"""Find the office: by regency or city, the way people name where they live."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import _
from jamsostek.portal.screens import Column, Empty, Link, SearchBox, page, part, table, url_of, wants_part
from jamsostek.portal.screens.places import FOUND, find_regencies


@door(PUBLIC)
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """A search over regencies and cities; without one, the provinces."""
    asked = request.GET.get("cari", "").strip()[:60]
    found = find_regencies(asked)
    columns = [
        Column(_("Kabupaten atau kota"), lambda one: one.name),
        Column(_("Provinsi"), lambda one: PROVINCES[one.province_code].name),
        Column(_("Kode Kemendagri"), lambda one: f"{one.code // 100}.{one.code % 100:02d}"),
        Column(_("Kode BPS"), lambda one: str(one.bps_code_2020)),
    ]
    context = {
        "asked": asked,
        "found": table(_("Hasil untuk “{asked}”").format(asked=asked), columns, found) if found else None,
        "full": len(found) == FOUND,
        "empty": Empty(_("Tidak ditemukan"), _("Periksa ejaannya, atau cari dengan nama provinsi.")),
        "provinces": [Link(one.name, f"?cari={one.name}") for one in PROVINCES.values()],
    }
    if wants_part(request):
        return part(request, "public/offices_found.html", context)
    hint = _("Misalnya Bandung, Kupang, atau 32.73.")
    search = SearchBox(_("Nama kabupaten, kota, atau provinsi"), asked, hint, url=request.path, into="temuan")
    return page(
        request, "public/offices.html", {**context, "search": search}, title=_("Cari kantor"), live=True,
        crumbs=[Link(_("Beranda"), url_of("public:home"))],
    )  # fmt: skip
