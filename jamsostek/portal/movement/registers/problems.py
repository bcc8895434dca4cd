"""The rows behind one kind of problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.text import _
from jamsostek.messages.register.kinds import KINDS
from jamsostek.outreach.queries import registers
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import REVIEWERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.screens import Column, Empty, paged, table
from jamsostek.portal.uploads.who import severity_tag

if TYPE_CHECKING:
    from jamsostek.outreach.models import Register


class _Rows:
    """Problems that are fetched a page at a time."""

    def __init__(self, register: Register, kind: str) -> None:
        self.register, self.kind = register, kind

    def __getitem__(self, wanted: slice) -> list[Any]:
        return list(registers.problems(self.register, self.kind, wanted.start, wanted.stop - wanted.start))


@door(*REVIEWERS)
@require_safe
def problems(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Where it stands: row, column, what was read, what was expected."""
    register = registers.get(number)
    if kind not in KINDS:
        raise Http404
    found = paged(request, _Rows(register, kind))
    columns = [
        Column(_("Baris"), lambda one: _("Baris {row}").format(row=one.row) if one.row else _("Banyak baris")),
        Column(_("Kolom"), lambda one: f"{one.column} · {one.title}" if one.column else ""),
        Column(_("Terbaca"), lambda one: one.value_seen),
        Column(_("Seharusnya"), lambda one: one.expected),
    ]
    told = KINDS[kind]
    context = {
        "tag": severity_tag(told.severity), "remedy": _(told.remedy), "table": table(_("Baris-barisnya"), columns, found.rows),
        "paged": found, "empty": Empty(_("Tidak ada baris seperti ini")),
    }  # fmt: skip
    return frame.screen(
        request, "movement/registers/problems.html", context, title=_(told.problem), here="registers",
        crumbs=shown.crumbs(shown.link(register)),
    )  # fmt: skip
