"""The rows behind one kind of problem, or one answer of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.text import _
from jamsostek.messages.roster.kinds import KINDS
from jamsostek.portal.screens import Column, page, paged, table
from jamsostek.portal.uploads.who import SENDERS, crumbs, severity_tag
from jamsostek.registry.actions.uploads.verdicts import VERDICTS
from jamsostek.registry.queries import uploads

if TYPE_CHECKING:
    from jamsostek.registry.models import Upload


class _Rows:
    """Rows that are fetched a page at a time."""

    def __init__(self, fetch: Any, *which: Any) -> None:
        self.fetch, self.which = fetch, which

    def __getitem__(self, wanted: slice) -> list[Any]:
        found: list[Any] = self.fetch(*self.which, wanted.start, wanted.stop - wanted.start)
        return found


@door(*SENDERS)
@require_safe
def problems(request: HttpRequest, upload_id: int, kind: str) -> HttpResponse:
    """Where a problem of the file stands: row, column, what was read, what was expected."""
    upload = uploads.get(upload_id)
    if kind not in KINDS:
        raise Http404
    try:
        found = paged(request, _Rows(uploads.problems, upload, kind), total=upload.counts.get("kinds", {}).get(kind))
    except InputError as error:
        raise Http404 from error
    columns = [
        Column(_("Baris"), lambda one: _("Baris {row}").format(row=one.row) if one.row else _("Seluruh lembar")),
        Column(_("Kolom"), lambda one: f"{one.column} · {one.title}" if one.column else ""),
        Column(_("Terbaca"), lambda one: one.value_seen),
        Column(_("Seharusnya"), lambda one: one.expected),
    ]
    told = KINDS[kind]
    return _page(request, upload, _(told.problem), told.severity, _(told.remedy), columns, found)


@door(*SENDERS)
@require_safe
def answers(request: HttpRequest, upload_id: int, kind: str) -> HttpResponse:
    """The rows that got one answer, and whom they are about."""
    upload = uploads.get(upload_id)
    if kind not in VERDICTS:
        raise Http404
    found = paged(request, _Rows(uploads.answered, upload, kind), total=upload.counts.get("verdicts", {}).get(kind))
    audit.looked([one.person.pk for one in found.rows if one.person], ("name", "kpj"), "hasil unggahan")
    columns = [
        Column(_("Baris"), lambda one: _("Baris {row}").format(row=one.row)),
        Column(_("Nama"), lambda one: one.person.name if one.person else ""),
        Column(_("KPJ"), lambda one: format_public("kpj", one.person.kpj) if one.person else ""),
    ]
    told = VERDICTS[kind]
    return _page(request, upload, _(told.title), told.severity, _(told.remedy), columns, found)


def _page(
    request: HttpRequest, upload: Upload, title: str, severity: str, remedy: str, columns: list[Column], found: Any
) -> HttpResponse:
    context = {
        "tag": severity_tag(severity),
        "remedy": remedy,
        "table": table(_("Baris-barisnya"), columns, found.rows),
        "paged": found,
        "upload": upload,
    }
    above = crumbs(upload, request.scope)  # type: ignore[attr-defined]
    return page(request, "uploads/details.html", context, title=title, crumbs=above)
