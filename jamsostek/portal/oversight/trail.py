"""The trail for auditors: every entry by day, action, actor or number; those that showed a value; whether the chain holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from procrastinate.exceptions import AlreadyEnqueued

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.jobs import verify_trail
from jamsostek.portal.officer.shown import actor_of, fields_words
from jamsostek.portal.oversight.frame import TRAIL_READERS, crumbs
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Tag, done, export, page, paged, table, today
from jamsostek.portal.screens.trail import reason_words
from jamsostek.portal.screens.words import NOTHING, moment
from jamsostek.registry.queries.trail import ACTIONS, SUBJECTS, Chain, Checked, Entries, Seen, Wanted, chain

DAYS = 7
TAKEN_AT_MOST = 100_000


class TrailForm(Form):
    """Which entries."""

    first = DateField(label=N_("Dari tanggal"), earliest=dt.date(2015, 7, 1))
    last = DateField(label=N_("Sampai tanggal"), earliest=dt.date(2015, 7, 1))
    action = forms.ChoiceField(label=N_("Yang terjadi"), required=False)
    actor = forms.CharField(label=N_("Oleh"), help_text=N_("Sebagian nama, atau nama pengguna."), max_length=60, required=False)
    number = forms.CharField(
        label=N_("Nomor yang dikenai"), help_text=N_("KPJ, NPP, atau nomor pembayar iuran."), max_length=15, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = sorted(((name, _(text)) for name, text in ACTIONS.items()), key=lambda one: one[1])
        self.fields["action"].choices = [("", _("Semua")), *words]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        told = super().clean() or {}
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", _("Tanggal ini sebelum tanggal pertama."))
        return told


def _form(request: HttpRequest) -> TrailForm:
    asked = any(name.startswith(("first", "last", "action", "actor", "number")) for name in request.GET)
    return TrailForm(request.GET if asked else None, initial={"first": today() - dt.timedelta(days=DAYS - 1), "last": today()})


def _wanted(form: TrailForm) -> Wanted:
    """What the form asks for; a week where it asks for nothing that can be read."""
    if form.is_bound and form.is_valid():
        return Wanted(**form.cleaned_data)
    return Wanted(today() - dt.timedelta(days=DAYS - 1), today())


@door(*TRAIL_READERS)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The newest first. Reading the trail is remembered in it."""
    form = _form(request)
    found = paged(request, Entries(_wanted(form)))
    audit.record("trail.read", "trail", None, fields=("all",))
    context = {
        "form": form,
        "table": table(_("Catatan jejak"), _columns(), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang cocok"), _("Lebarkan tanggalnya, atau kosongkan saringan.")),
        "export_url": f"{reverse('oversight:trail_file')}?{request.GET.urlencode()}",
    }
    return page(request, "oversight/trail.html", context, title=_("Catatan jejak"), crumbs=crumbs(request))


def _columns() -> list[Column]:
    return [
        Column(_("Kapan"), lambda one: moment(one.at)),
        Column(_("Yang terjadi"), lambda one: _(ACTIONS.get(one.action, one.action))),
        Column(_("Oleh"), actor_of),
        Column(_("Yang dikenai"), subject_words),
        Column(_("Data"), lambda one: fields_words(one.fields)),
        Column(_("Alasan"), lambda one: reason_words(one.reason)),
    ]


def subject_words(one: Seen) -> str:
    """`Peserta 4821 5093 776`; a kind alone where there is no number to tell."""
    kind = _(SUBJECTS[one.kind]) if one.kind in SUBJECTS else one.kind
    return f"{kind} {one.subject}".strip()


@door(*TRAIL_READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same entries as a file."""
    found = Entries(_wanted(_form(request))).fetch(TAKEN_AT_MOST)
    audit.record("trail.read", "trail", None, fields=("file",))
    headings = [_("Nomor"), _("Kapan"), _("Yang terjadi"), _("Oleh"), _("Yang dikenai"), _("Data"), _("Alasan")]
    rows = (
        [
            one.id, moment(one.at), _(ACTIONS.get(one.action, one.action)), actor_of(one), subject_words(one),
            fields_words(one.fields), reason_words(one.reason),
        ]
        for one in found
    )  # fmt: skip
    return export(request, _("jejak"), headings, rows)


@door(*TRAIL_READERS)
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Every value of a person that was shown whole, with its reason."""
    found = paged(request, Entries(Wanted(dt.date(2015, 7, 1), today(), action="show")))
    audit.record("trail.read", "trail", None, fields=("all",))
    context = {
        "about": _("Setiap kali NIK, telepon, rekening, atau nama ibu ditampilkan utuh. Peserta melihat catatan yang sama."),
        "table": table(_("Data tertutup yang dibuka"), _columns(), found.rows),
        "paged": found,
        "empty": Empty(_("Belum pernah ada"), ""),
    }
    return page(request, "oversight/trail.html", context, title=_("Data tertutup yang dibuka"), crumbs=crumbs(request))


# --- the chain --------------------------------------------------------------------------------------------------------


@door(*TRAIL_READERS)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Blocks, what is not closed yet, the newest check."""
    found = chain()
    context = {"facts": _facts(found), "verdict": _verdict(found.checked), "checked": found.checked}
    return page(request, "oversight/chain.html", context, title=_("Keutuhan jejak"), crumbs=crumbs(request))


def _facts(found: Chain) -> list[Fact]:
    return [
        Fact(_("Blok yang ditutup"), format_number(found.blocks)),
        Fact(_("Catatan di dalamnya"), format_number(found.rows)),
        Fact(_("Catatan yang belum ditutup"), format_number(found.unsealed)),
        Fact(_("Blok terakhir ditutup"), moment(found.sealed_at) if found.sealed_at else NOTHING),
        Fact(_("Kepala rantai"), _digest(found.head)),
    ]


def _digest(text: str) -> str:
    """A digest in groups of four, so that it wraps and no long run of digits stands on a page."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)) or NOTHING


def _verdict(checked: Checked | None) -> Tag:
    if checked is None:
        return Tag(_("Belum pernah diperiksa di sini"), "warn")
    return Tag(_("Utuh"), "good") if checked.holds else Tag(_("Tidak cocok di blok {block}").format(block=checked.block), "bad")


@door(*TRAIL_READERS)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Has the whole chain checked by a job: it may take minutes, and one at a time is enough."""
    try:
        with transaction.atomic():  # the refusal of a second one ends no more than this
            verify_trail.defer(user_id=request.user.pk or 0)
    except AlreadyEnqueued:
        return done(request, "oversight:chain", _("Pemeriksaan sudah diminta; hasilnya tampak di sini sesudah selesai."))
    return done(
        request, "oversight:chain", _("Pemeriksaan berjalan. Muat ulang halaman ini sebentar lagi untuk melihat hasilnya.")
    )
