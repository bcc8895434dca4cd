"""One register: how far it is; once read what is in it, what is to be mended, what it was linked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.outreach.queries import registers
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import REVIEWERS
from jamsostek.portal.movement.registers import found, shown
from jamsostek.portal.screens import Column, Fact, Link, Tag, Tile, part, table, today, wants_part
from jamsostek.portal.screens.words import date, moment
from jamsostek.portal.uploads.who import severity_tag

if TYPE_CHECKING:
    from jamsostek.outreach.models import Register
    from jamsostek.portal.screens.tables import Table


@door(*REVIEWERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The page in its state."""
    return _page(request, registers.get(number))


@door(*REVIEWERS)
@require_safe
def state(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    register = registers.get(number)
    if not wants_part(request):
        return _page(request, register)
    response = part(request, "movement/registers/state.html", _state(register))
    if request.GET.get("dari") != register.state:
        response["HX-Refresh"] = "true"
    return response


def _page(request: HttpRequest, register: Register) -> HttpResponse:
    may = current().may(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    ready = register.state == "ready" and not register.deleted_reason
    live = register.state in shown.RUNNING
    context: dict[str, Any] = {
        **_state(register), "may": may, "ready": ready, "running": live, "facts": _facts(register),
        "tiles": _tiles(register) if register.rows_seen else [], "tables": found.tables(register) if ready else [],
        "problems": _problems(register) if register.kinds else None, "runs": _runs(register),
        "ways": _ways(register) if may and ready else [],
    }  # fmt: skip
    return frame.screen(
        request, "movement/registers/register.html", context, title=register.title, here="registers", crumbs=shown.crumbs(),
        live=live,
    )  # fmt: skip


def _state(register: Register) -> dict[str, Any]:
    read = _("{seen} baris sudah dibaca, {kept} orang disimpan.").format(
        seen=format_number(register.rows_seen), kept=format_number(register.rows_kept)
    )
    return {"register": register, "tag": shown.state_tag(register), "read": read if register.rows_seen else ""}


def _facts(register: Register) -> list[Fact]:
    facts = [
        Fact(_("Jenis"), shown.kind_words(register)),
        Fact(_("Wilayah"), shown.region_words(register.region_code)),
        Fact(_("Tanggal data"), date(register.snapshot_on)),
        Fact(_("Berkas"), register.file_name),
        Fact(_("Diterima"), moment(register.made_at)),
        Fact(_("Dasar hukum"), register.legal_basis),
        Fact(_("Tujuan"), register.purpose),
        Fact(_("Disimpan sampai"), shown.kept_words(register, today())),
    ]
    if register.invented:
        facts.append(Fact(_("Isi"), Tag(_("Tiruan"), "info")))
    if register.deleted_reason:
        facts.append(Fact(_("Alasan dihapus"), register.deleted_reason))
    return facts


def _tiles(register: Register) -> list[Tile]:
    return [
        Tile(_("Baris dibaca"), format_number(register.rows_seen)),
        Tile(_("Orang disimpan"), format_number(register.rows_kept), tone="good"),
        Tile(_("Ditolak"), format_number(register.rows_refused), tone="bad" if register.rows_refused else "plain"),
        Tile(_("Dilewati"), format_number(register.rows_passed), _("baris kosong, jumlah, dan judul ulang"), tone="plain"),
    ]


def _problems(register: Register) -> Table:
    columns = [
        Column(
            _("Yang ditemukan"),
            lambda one: Link(one.title, reverse("movement:register_problems", args=[register.number, one.kind])),
        ),
        Column(_("Akibat"), lambda one: severity_tag(one.severity)),
        Column(_("Cara memperbaiki"), lambda one: one.remedy),
        Column(_("Jumlah"), lambda one: format_number(one.count), number=True),
    ]
    return table(_("Yang perlu diperbaiki, menurut caranya"), columns, registers.groups(register))


def _runs(register: Register) -> Table | None:
    runs = registers.runs(register)
    columns = [
        Column(_("Dipadankan dengan"), lambda one: Link(shown.against_words(one), reverse("movement:run", args=[one.pk]))),
        Column(_("Keadaan"), shown.run_tag),
        Column(_("Dimulai"), lambda one: moment(one.made_at)),
        Column(_("Sama"), lambda one: _count(one, "same"), number=True),
        Column(_("Ditanyakan"), lambda one: _count(one, "ask"), number=True),
        Column(_("Tidak ditemukan"), lambda one: _count(one, "different"), number=True),
    ]
    return table(_("Pemadanan"), columns, runs) if runs else None


def _count(run: Any, outcome: str) -> str:
    return format_number(run.counts[outcome]) if run.counts else ""


def _ways(register: Register) -> list[Link]:
    return [
        Link(_("Padankan"), reverse("movement:register_link", args=[register.number])),
        Link(_("Unduh baris yang perlu diperbaiki"), reverse("movement:register_mendable", args=[register.number])),
        Link(_("Ambil isi daftar"), reverse("movement:register_export", args=[register.number])),
        Link(_("Hapus daftar"), reverse("movement:register_delete", args=[register.number])),
    ]
