"""Evidence as it is sent: its announced length is looked at before any of it is read, and when it began is remembered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused, not_yours
from jamsostek.awards.actions import evidence as actions
from jamsostek.awards.edition import EvidenceKind, told
from jamsostek.awards.models import Evidence
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries import evidence
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import EntryRow
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.evidence.reader import too_large
from jamsostek.messages.evidence.records import Limits
from jamsostek.portal.award.entries import frame
from jamsostek.portal.award.frame import COMPETITORS
from jamsostek.portal.screens import Fact, Form, Link, MoneyField, done
from jamsostek.portal.screens.bodies import FORM_BYTES
from jamsostek.portal.strategy.frame import kind_words


class FileForm(Form):
    """A file, and what is said of it."""

    title = forms.CharField(label=N_("Judul"), max_length=actions.MOST_TITLE, help_text=N_("Semua orang dapat membacanya."))
    summary = forms.CharField(
        label=N_("Uraian"), max_length=actions.MOST_SUMMARY, widget=forms.Textarea,
        help_text=N_("Apa yang dikerjakan, sejak kapan, dan hasilnya."),
    )  # fmt: skip
    budget_year = forms.IntegerField(
        label=N_("Tahun anggaran"), min_value=2015, max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
    )  # fmt: skip
    budget_rupiah = MoneyField(
        label=N_("Jumlah anggaran"), least=1, most=actions.MOST_BUDGET_RUPIAH,
        help_text=N_("Seperti di dokumen, misalnya 4,5 miliar atau 1,2 triliun."),
    )  # fmt: skip
    file = forms.FileField(label=N_("Berkas"))

    def __init__(self, kind: EvidenceKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.key != actions.BUDGET:
            del self.fields["budget_year"], self.fields["budget_rupiah"]
        self.fields["summary"].required = kind.key == actions.INNOVATION
        media = ", ".join(one.upper() for one in kind.media)
        words = _("{media}, paling besar {most} MB. Berkas dibersihkan dari data pembuatnya sebelum disimpan.")
        self.fields["file"].help_text = words.format(media=media, most=actions.most_bytes(kind) >> 20)


class RegulationForm(Form):
    """One of the register."""

    regulation = forms.TypedChoiceField(label=N_("Peraturan"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, row: EntryRow, of: Standing, criterion: str, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {
            one.row.regulation_id for one in evidence.of_entry(row)
            if one.state != "withdrawn" and (one.row.criterion, one.row.kind) == (criterion, kind)
        }  # fmt: skip
        free = [one for one in evidence.regulations_for(row, of.says.assessment_year) if one.pk not in there]
        self.fields["regulation"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{kind_words(one)}: {one.title}") for one in free
        ]


@door(*COMPETITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def _send(request: HttpRequest, entry: str, criterion: str, kind: str) -> HttpResponseBase:
    """Looks at the length first; the form's token is checked when the body may be read."""
    began = queries.database_now()
    row, of = frame.entry_of(entry)
    if not queries.own(row.subject, row.subject_code):
        raise not_yours(_("Bukti dikirim oleh yang dicalonkan."))
    asked = {one.key: one for one in evidence.asked(of.says, of.says.category(row.category))}
    if criterion not in asked or kind not in asked[criterion].evidence:
        raise Http404
    wanted = of.says.evidence[kind]
    if request.method == "POST" and wanted.form == "file":
        refused = _refused_by_length(request, row, of, wanted)
        if refused is not None:
            return refused
    return _taken_in(request, row, of, criterion, wanted, began)


send = csrf_exempt(_send)


def _refused_by_length(request: HttpRequest, row: EntryRow, of: Standing, kind: EvidenceKind) -> HttpResponse | None:
    """The refusal of a body by its announced length, before any of it is read; then nobody reads the rest."""
    length, most = str(request.META.get("CONTENT_LENGTH") or "0"), actions.most_bytes(kind)
    size = int(length) if length.isdecimal() else most + FORM_BYTES + 1
    if size <= most + FORM_BYTES:
        return None
    refusal = too_large(size, Limits(file_bytes=most))
    words = _(
        "Paling besar {most} MB untuk {kind}. Tidak ada yang tersimpan: kiriman ini ditolak sebelum dibaca, jadi judul dan "
        "isian lain perlu diketik lagi. Kecilkan berkasnya, atau bagi menjadi beberapa bukti, lalu kembali ke formulirnya."
    )
    context = {
        "about": row.name, "problems": [("", str(refusal))], "back": request.path, "back_text": _("Kembali ke formulir"),
        "text": words.format(most=most >> 20, kind=told(kind.title)),
    }  # fmt: skip
    answer = frame.shown(request, "form.html", context, title=_("Berkas terlalu besar"), of=of, crumbs=_crumbs(row), status=413)
    answer["Connection"] = "close"
    return answer


def _crumbs(row: EntryRow) -> list[Link]:
    return frame.above(frame.entry_link(row))


@csrf_protect
def _taken_in(
    request: HttpRequest, row: EntryRow, of: Standing, criterion: str, kind: EvidenceKind, began: dt.datetime
) -> HttpResponseBase:
    form, there = _form(request, row, of, criterion, kind), ""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = _made(row, criterion, kind, form.cleaned_data, began)
            url, earlier = reverse("award_entries:evidence", args=[made.code]), made.received_at < began
            there_yet = _("Bukti yang sama sudah diterima sebelumnya; ini tanda terimanya.")
            return done(request, url, there_yet if earlier else _("Diterima. Simpan tanda terimanya."))
        except Refused:
            raise
        except InputError as error:
            there = str(error.value) if isinstance(error, actions.AlreadySent) else ""
            error.field = error.field or "file"
            form.refuse(error)
    now = queries.database_now()
    nothing = kind.form == "regulation" and not form.fields["regulation"].choices  # type: ignore[attr-defined]
    context = {
        "about": row.name,
        "facts": [
            Fact(_("Untuk ukuran"), frame.criterion_words(of, criterion)),
            Fact(_("Batas bukti"), frame.deadline_words(of.evidence_until, now)),
            *([_register(row)] if kind.form == "regulation" else []),
            *([Fact(_("Yang sudah diterima"), Link(there, reverse("award_entries:evidence", args=[there])))] if there else []),
        ],
        "form": None if nothing else form,
        "text": _nothing(of) if nothing else "", "yes": _("Kirim"), "back": frame.entry_link(row).url,
    }  # fmt: skip
    return frame.shown(request, "form.html", context, title=told(kind.title), of=of, crumbs=_crumbs(row))


def _nothing(of: Standing) -> str:
    words = _(
        "Belum ada peraturan daerah ini atau provinsinya yang disahkan dan berlaku pada {year}. Catat dahulu di daftar peraturan."
    )
    return words.format(year=of.says.assessment_year)


def _register(row: EntryRow) -> Fact:
    url = f"{reverse('rules:list')}?daerah={row.regency_code or row.province_code}"
    return Fact(_("Daftar peraturan"), Link(_("Peraturan daerah ini"), url))


def _form(request: HttpRequest, row: EntryRow, of: Standing, criterion: str, kind: EvidenceKind) -> Form:
    given = [request.POST, request.FILES] if request.method == "POST" else []
    if kind.form == "regulation":
        return RegulationForm(row, of, criterion, kind.key, *given[:1])
    return FileForm(kind, *given)


def _made(row: EntryRow, criterion: str, kind: EvidenceKind, told: dict[str, Any], began: dt.datetime) -> Evidence:
    if kind.form == "regulation":
        return actions.refer(entry=row.code, criterion=criterion, kind=kind.key, regulation=told["regulation"])
    facts = {name: value for name, value in told.items() if name != "file"}
    sent = told["file"]
    refusal = too_large(sent.size or 0, Limits(file_bytes=actions.most_bytes(kind)))
    if refusal is not None:
        raise refusal
    return actions.send(
        entry=row.code,
        criterion=criterion,
        kind=kind.key,
        content=sent.read(),
        file_name=str(sent.name or ""),
        began_at=began,
        **facts,
    )
