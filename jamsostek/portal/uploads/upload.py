"""One bulk file: how far it is, what will happen, yes or no, what came of it. Survives closing the tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.messages.tables.problems import ERROR
from jamsostek.portal.screens import Column, Fact, Link, Progress, Tag, Tile, done, page, part, table, wants_part
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import moment, month
from jamsostek.portal.uploads.who import SENDERS, crumbs, severity_tag, state_tag, whose
from jamsostek.registry.actions import uploads as actions
from jamsostek.registry.actions.uploads.states import place_of
from jamsostek.registry.choices import UploadState
from jamsostek.registry.queries import uploads

if TYPE_CHECKING:
    from jamsostek.registry.models import Upload


@door(*SENDERS)
@require_safe
def show(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The page of an upload in its state."""
    return _page(request, uploads.get(upload_id))


@door(*SENDERS)
@require_safe
def state(request: HttpRequest, upload_id: int) -> HttpResponse:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    upload = uploads.get(upload_id)
    if not wants_part(request):
        return _page(request, upload)
    response = part(request, "uploads/state.html", _state(upload))
    if request.GET.get("dari") != upload.state:
        response["HX-Refresh"] = "true"
    return response


@door(*SENDERS)
@require_POST
def confirm(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Yes: write it."""
    upload = uploads.get(upload_id)
    try:
        actions.confirm(upload_id=upload.pk, now=timezone.now())
    except InputError as error:
        return _page(request, uploads.get(upload_id), problem=str(error), status=409)
    return done(request, _url(upload), _("Dikonfirmasi. Pencatatan berjalan sendiri; halaman ini boleh ditutup."))


@door(*SENDERS)
@require_POST
def cancel(request: HttpRequest, upload_id: int) -> HttpResponse:
    """No: stop it."""
    upload = uploads.get(upload_id)
    try:
        actions.cancel(upload_id=upload.pk, now=timezone.now())
    except InputError as error:
        return _page(request, uploads.get(upload_id), problem=str(error), status=409)
    return done(request, _url(upload), _("Berkas dibatalkan."))


def _url(upload: Upload) -> str:
    return reverse("uploads:upload", args=[upload.pk])


def _page(request: HttpRequest, upload: Upload, *, problem: str = "", status: int = 200) -> HttpResponse:
    scope = request.scope  # type: ignore[attr-defined]
    wrong = uploads.groups(upload)
    answers = uploads.verdict_groups(upload)
    may = scope.may(Can.UPLOAD if upload.layout == "employer" else Can.APPROVE_UPLOAD, place_of(upload))
    own = upload.layout == "sponsor" and upload.created_by == scope.user_id
    running = upload.state in (UploadState.RECEIVED, UploadState.READING, UploadState.WRITING)
    context: dict[str, Any] = {
        **_state(upload),
        "problem": problem,
        "running": running,
        "facts": _facts(upload),
        "tiles": _tiles(upload),
        "will": _will(upload),
        "wrong": _groups(upload, wrong, "uploads:problems", _("Yang ditemukan di berkas")) if wrong else None,
        "answers": _groups(upload, answers, "uploads:answers", _("Jawaban setelah dicatat")) if answers else None,
        "has_errors": any(one.severity == ERROR for one in (*wrong, *answers)),
        "may_confirm": may and not own,
        "own": own,
        "again": whose(upload, scope),
        "kept": bool(upload.problems_digest),
    }
    above = crumbs(upload, scope)[:-1]
    return page(request, "uploads/upload.html", context, title=upload.file_name, crumbs=above, live=running, status=status)


def _state(upload: Upload) -> dict[str, Any]:
    return {"upload": upload, "tag": state_tag(upload), "progress": _progress(upload)}


def _progress(upload: Upload) -> Progress | None:
    if upload.state == UploadState.WRITING:
        text = _("{done} dari {whole} baris sudah dicatat.")
        shown = text.format(done=format_number(upload.rows_done), whole=format_number(upload.rows_good))
        return Progress(shown, upload.rows_done, max(upload.rows_good, 1))
    return None


def _facts(upload: Upload) -> list[Fact]:
    months = month(upload.month)
    if upload.to_month:
        months = _("{first} sampai {last}").format(first=months, last=month(upload.to_month))
    facts = [Fact(_("Bulan"), months), Fact(_("Dikirim"), f"{uploads.sender(upload)}, {moment(upload.created_at)}")]
    if upload.confirmed_at:
        facts.append(Fact(_("Dikonfirmasi"), moment(upload.confirmed_at)))
    if upload.finished_at:
        facts.append(Fact(_("Selesai"), moment(upload.finished_at)))
    if upload.overwrite:
        facts.append(Fact(_("Data lama"), Tag(_("Diganti dengan isi berkas"), "warn")))
    return facts


def _tiles(upload: Upload) -> list[Tile]:
    if upload.state in (UploadState.RECEIVED, UploadState.READING, UploadState.FAILED):
        return []
    tiles = [Tile(_("Baris orang"), format_number(upload.rows_total))]
    if upload.state == UploadState.READY:
        tiles.append(Tile(_("Baik"), format_number(upload.rows_good), tone="good"))
    else:
        tiles.append(Tile(_("Diproses"), format_number(upload.rows_done), tone="good"))
    wrong = uploads.wrong_rows(upload)
    tiles.append(Tile(_("Perlu diperbaiki"), format_number(wrong), tone="bad" if wrong else "plain"))
    return tiles


def _will(upload: Upload) -> list[Fact]:
    """What writing will do, or did, in numbers that are not nothing."""
    counts, activities = upload.counts, upload.counts.get("activities", {})
    if upload.overwrite:
        here = _("Sudah tercatat pada Anda (diganti, kecuali baris dengan Timpa = Tidak)")
    else:
        here = _("Sudah tercatat pada Anda (dibiarkan, kecuali baris dengan Timpa = Ya)")
    lines = [
        (_("Peserta baru"), counts.get("new", 0)),
        (_("Sudah peserta, dikaitkan dengan Anda"), counts.get("known", 0)),
        (here, counts.get("here", 0)),
        (_("Yang keluar"), activities.get("leave", 0)),
        (_("Yang berubah upahnya"), activities.get("wage", 0)),
        (_("Yang berubah datanya"), activities.get("change", 0)),
        (_("Keluar atau diubah, tetapi tidak tercatat pada Anda"), counts.get("strangers", 0)),
    ]
    return [Fact(label, format_number(count)) for label, count in lines if count]


def _groups(upload: Upload, found: list[uploads.Group], to: str, caption: str) -> Table:
    columns = [
        Column(_("Yang ditemukan"), lambda one: Link(one.title, reverse(to, args=[upload.pk, one.kind]))),
        Column(_("Akibat"), lambda one: severity_tag(one.severity)),
        Column(_("Cara memperbaiki"), lambda one: one.remedy),
        Column(_("Jumlah"), lambda one: format_number(one.count), number=True),
    ]
    return table(caption, columns, found)
