"""Files out: the rows to mend, the whole list with what became of each row, the form to fill in."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of, parse_month
from jamsostek.core.text import _
from jamsostek.messages.roster.layouts import LAYOUTS
from jamsostek.portal.screens import today
from jamsostek.portal.screens.export import XLSX
from jamsostek.portal.uploads.who import SENDERS
from jamsostek.registry.queries import lists, uploads


@door(*SENDERS)
@require_safe
def to_mend(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Only the rows to mend, with remedies; the same workbook, mended, is sent again."""
    return _returned(upload_id, whole=False)


@door(*SENDERS)
@require_safe
def whole(request: HttpRequest, upload_id: int) -> HttpResponse:
    """All rows with what became of them."""
    return _returned(upload_id, whole=True)


def _returned(upload_id: int, *, whole: bool) -> HttpResponse:
    upload = uploads.get(upload_id)
    try:
        content = uploads.returned_file(upload, whole=whole)
    except InputError as error:
        raise Http404(str(error)) from error
    audit.record("upload.downloaded", "upload", upload.pk, fields=("file",))
    kind = _("hasil") if whole else _("perbaikan")
    return sent(content, f"{kind}-{_stem(upload.file_name)}.xlsx")


@door(*SENDERS)
@require_safe
def template(request: HttpRequest, layout: str) -> HttpResponse:
    """The form to fill in; for a sponsor's own (`?pembayar=`) with the villages of its regency."""
    if layout not in LAYOUTS:
        raise Http404
    try:
        month = parse_month(request.GET.get("bulan") or month_of(today()))
    except InputError as error:
        raise Http404 from error
    sponsor = lists.sponsor_by_number(request.GET.get("pembayar", "")[:8]) if layout == "sponsor" else None
    content = uploads.template_file(layout, month, uploads.regions_for(sponsor) if sponsor else None)
    return sent(content, _("formulir-pekerja.xlsx") if layout == "employer" else _("formulir-pekerja-rentan.xlsx"))


def _stem(name: str) -> str:
    """A file's name without its ending and without what a file system may not like."""
    return re.sub(r"[^\w.-]+", "-", name.rsplit(".", 1)[0]).strip("-.")[:60] or "daftar"


def sent(content: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    """A file made for one person: nothing of it stays in a cache."""
    where = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, kind, headers={"Content-Disposition": where, "Cache-Control": "no-store"})
