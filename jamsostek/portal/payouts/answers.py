"""What banks answer: a file is looked at first (counts, problems), then taken; the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import answers as actions
from jamsostek.claims.actions.paying import RETENTION
from jamsostek.claims.queries import payouts
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.files import actions as files
from jamsostek.messages.payout.reader import LARGEST_BYTES
from jamsostek.portal.officer.asking import tried
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import READERS, above, may_pay, name_of, screen, tabs, who
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tile, done, paged, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import moment

SALT = "payouts.answer"
HOURS = 12
"""So long a file that was looked at may be taken without being sent again."""
PROBLEMS_SHOWN = 100


class SendForm(Form):
    """A file as the bank gives it."""

    file = forms.FileField(
        label=N_("Berkas jawaban bank"), help_text=N_("pain.002, camt.054, camt.053, atau CSV; jangan diubah.")
    )


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first, and the form to send one."""
    form = SendForm()
    if request.method == "POST":
        current().need(Can.PAY_CLAIMS)
        if "berkas" in request.POST:
            return _take(request)
        form = SendForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                return _look(request, file.read(LARGEST_BYTES + 1), file.name)
            except Refused:
                raise
            except InputError as error:
                form.refuse(error)
    return _list(request, form)


def _list(request: HttpRequest, form: SendForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    found = paged(request, payouts.answers())
    names = payouts.names_of(one.taken_by for one in found.rows)
    columns = [
        Column(_("Berkas"), lambda one: Link(words.reference(one.file_name), reverse("payouts:answer", args=[one.pk]))),
        Column(_("Bentuk"), lambda one: words.FORMATS.get(one.kind, one.kind)),
        Column(_("Diterima"), lambda one: moment(one.taken_at)),
        Column(_("Oleh"), lambda one: name_of(names, one.taken_by)),
        Column(_("Yang baru"), lambda one: counts_words(one.counts)),
        Column(_("Masalah"), lambda one: format_number(len(one.problems)), number=True),
    ]
    context = {
        "tabs": tabs("answers"),
        "problem": problem,
        "form": form if may_pay() else None,
        "table": table(_("Jawaban bank, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada jawaban bank"), _("Unduh dari bank setiap hari kerja, lalu kirim di sini.")),
    }
    return screen(request, "payouts/answers.html", context, title=_("Jawaban bank"), status=status)


def counts_words(counts: Mapping[str, int]) -> str:
    """`12 masuk ke rekening, 1 ditolak bank`."""
    told = [f"{format_number(counts[name])} {_lower(_(text))}" for name, text in words.STEPS.items() if counts.get(name)]
    return ", ".join(told) or _("tidak ada yang baru")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _look(request: HttpRequest, content: bytes, name: str) -> HttpResponseBase:
    """What a file would bring; nothing of it happens yet. One that was taken before leads to what it brought."""
    known = payouts.taken_before(content)
    if known is not None:
        told = _("Berkas ini sudah pernah diterima; tidak ada yang berubah. Ini hasilnya waktu itu.")
        return done(request, reverse("payouts:answer", args=[known.pk]), told)
    row = tried(lambda: actions.take(content=content, file_name=name, today=today()), keep=False)
    digest = files.store(content, retention=RETENTION)
    context = {
        "tiles": _tiles(row.counts, len(row.problems)),
        "facts": [Fact(_("Berkas"), words.reference(name)), Fact(_("Bentuk"), words.FORMATS.get(row.kind, row.kind))],
        "nothing": not row.counts,
        "problems": _problems(row.problems),
        "sealed": signing.dumps([digest, name[-160:], current().user_id], salt=SALT),
        "back": reverse("payouts:answers"),
    }
    crumbs = above(Link(_("Jawaban bank"), reverse("payouts:answers")))
    return screen(request, "payouts/answer_check.html", context, title=_("Periksa jawaban bank"), crumbs=crumbs)


def _take(request: HttpRequest) -> HttpResponseBase:
    """Yes: what was looked at happens."""
    try:
        digest, name, user = signing.loads(request.POST["berkas"], salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        digest, name, user = "", "", None
    if not digest or user != current().user_id:
        return done(request, "payouts:answers", _("Pemeriksaan itu sudah terlalu lama. Kirim berkasnya sekali lagi."))
    content = files.read(digest)
    if payouts.taken_before(content) is None:
        try:
            row = actions.take(content=content, file_name=name, today=today())
        except Refused:
            raise
        except InputError as error:
            return _list(request, SendForm(), problem=str(error), status=409)
        return done(request, reverse("payouts:answer", args=[row.pk]), _("Jawaban bank diterima dan dibukukan."))
    return _look(request, content, name)


@door(*READERS)
@require_safe
def show(request: HttpRequest, answer_id: int) -> HttpResponseBase:
    """What one brought."""
    row = payouts.answer(answer_id)
    context = {
        "tiles": _tiles(row.counts, len(row.problems)),
        "nothing": not row.counts,
        "problems": _problems(row.problems),
        "failed": reverse("payouts:failed") if row.counts.get("rejected") or row.counts.get("returned") else "",
        "facts": [
            Fact(_("Berkas"), words.reference(row.file_name)),
            Fact(_("Bentuk"), words.FORMATS.get(row.kind, row.kind)),
            Fact(_("Diterima"), f"{who(row.taken_by)}, {moment(row.taken_at)}"),
            Fact(_("Sidik berkas (SHA-256)"), words.digest(row.file_digest)),
        ],
    }
    crumbs = above(Link(_("Jawaban bank"), reverse("payouts:answers")))
    return screen(request, "payouts/answer.html", context, title=words.reference(row.file_name), crumbs=crumbs)


def _tiles(counts: Mapping[str, int], problems: int) -> list[Tile]:
    found = [
        Tile(_(words.STEPS[name]), format_number(counts[name]), _("transfer"), tone=words.STEP_TONES.get(name, "info"))
        for name in words.STEPS
        if counts.get(name)
    ]
    return [*found, Tile(_("Masalah"), format_number(problems), _("baris"), tone="warn" if problems else "good")]


def _problems(found: Sequence[Mapping[str, Any]]) -> Table | None:
    if not found:
        return None
    columns = [
        Column(_("Nomor acuan"), lambda one: words.reference(str(one.get("reference", "")))),
        Column(_("Masalahnya"), words.problem),
        Column(_("Yang dilakukan"), words.remedy),
    ]
    caption = _("Yang tidak dicatat, dan sebabnya ({count})").format(count=format_number(len(found)))
    return table(caption, columns, found[:PROBLEMS_SHOWN])
