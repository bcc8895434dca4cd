"""What was received: one's own evidence with its file, taking it back, and receipts that anybody checks by their code."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.awards.actions import evidence as actions
from jamsostek.awards.actions.entries import edition_of
from jamsostek.awards.edition import told
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries import evidence as proofs
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import EntryRow
from jamsostek.awards.queries.evidence import EvidenceRow, ReceiptRow
from jamsostek.awards.queries.sight import Bar, bar
from jamsostek.awards.words import moment_words
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _, language
from jamsostek.files.actions import FileGone
from jamsostek.messages.receipt import Receipt, draw_receipt_pdf
from jamsostek.portal.award.entries import frame
from jamsostek.portal.award.entries.frame import Deed, deed
from jamsostek.portal.award.frame import COMMITTEE, COMPETITORS, JURORS, NOMINATORS
from jamsostek.portal.screens import Event, Fact, Link, SearchBox
from jamsostek.portal.screens.words import moment
from jamsostek.portal.uploads.downloads import sent

READERS = (*NOMINATORS, *COMMITTEE, *JURORS, Role.AUDITOR)
PDF = "application/pdf"


def seen(code: str) -> tuple[EvidenceRow, EntryRow, Standing]:
    """A piece of evidence that row rules show, with its entry and edition; there is no other page."""
    try:
        one = proofs.evidence(code)
    except Refused as error:
        raise Http404 from error
    row = queries.entry_of(one.row.entry_id)
    return one, row, edition_of(row)


@door(*READERS)
@require_safe
def show(request: HttpRequest, evidence: str) -> HttpResponseBase:
    """One piece of evidence, for those who may read it."""
    one, row, of = seen(evidence)
    barred = bar(row)
    if barred is not None:
        return _barred(request, barred, of)
    mine = queries.own(row.subject, row.subject_code)
    ways = [
        Link(_("Unduh berkas"), reverse("award_entries:file", args=[one.row.code])),
        Link(_("Tanda terima"), reverse("award_entries:receipt", args=[one.row.code])),
    ]
    if mine and one.state != "withdrawn" and of.takes_evidence(queries.database_now()):
        ways.append(Link(_("Tarik"), reverse("award_entries:evidence_withdraw", args=[one.row.code])))
    if queries.runs(row) and one.row.form == "file":
        ways.append(Link(_("Periksa"), reverse("award_committee:evidence", args=[one.row.code])))
    back = [frame.entry_link(row)] if mine or queries.runs(row) else []
    context = {
        "tag": frame.evidence_tag(one), "about": row.name, "facts": facts_of(one, of), "ways": ways, "events": events_of(one),
    }  # fmt: skip
    return frame.shown(request, "page.html", context, title=one.row.title, of=of, crumbs=frame.above(*back) if back else [])


def _barred(request: HttpRequest, barred: Bar, of: Standing) -> HttpResponseBase:
    """Why a juror does not see it, and the way to their declaration."""
    ways = [Link(_("Nyatakan kepentingan"), reverse("award_jury:declare", args=[barred.seat]))] if barred.seat else []
    context = {"notice": barred.words, "ways": ways}
    return frame.shown(request, "page.html", context, title=_("Bukti belum terbuka bagi Anda"), of=of)


def facts_of(one: EvidenceRow, of: Standing) -> list[Fact]:
    """All that is known of it, for those who may read it."""
    row = one.row
    facts = [
        Fact(_("Jenis"), frame.kind_words(of, row.kind)),
        Fact(_("Untuk ukuran"), frame.criterion_words(of, row.criterion)),
        Fact(_("Nomor tanda terima"), row.code),
        Fact(_("Diterima"), frame.exact(row.received_at)),
        Fact(_("Besar"), frame.size_words(row.size)),
        Fact(_("Sidik yang disimpan (SHA-256)"), row.digest),
    ]
    if row.sent_digest != row.digest:
        facts.append(Fact(_("Sidik yang dikirim (SHA-256)"), row.sent_digest))
    if row.summary:
        facts.append(Fact(_("Uraian"), row.summary))
    if row.budget_year is not None and row.budget_rupiah is not None:
        facts += [Fact(_("Tahun anggaran"), str(row.budget_year)), Fact(_("Jumlah anggaran"), format_rupiah(row.budget_rupiah))]
    if row.regulation is not None:
        shown = Link(_("Lihat di daftar peraturan"), reverse("rules:show", args=[row.regulation.code]))
        facts.append(Fact(_("Peraturan"), shown))
    if one.reason:
        facts.append(Fact(_("Alasan"), one.reason))
    return facts


def events_of(one: EvidenceRow) -> list[Event]:
    """What happened to it."""
    words = {
        "withdrawn": _("Ditarik"), "checked": _("Diperiksa: sesuai"), "rejected": _("Diperiksa: ditolak"),
        "confirmed": _("Pemeriksaan disahkan orang kedua"), "returned": _("Dikembalikan untuk diperiksa lagi"),
    }  # fmt: skip
    first = Event(_("Diterima"), moment(one.row.received_at))
    return [first, *(Event(words[step.step], moment(step.at), step.reason) for step in one.steps)]


@door(*READERS)
@require_safe
def file(request: HttpRequest, evidence: str) -> HttpResponseBase:
    """What was kept; the trail remembers who read it."""
    one, _row, _of = seen(evidence)
    try:
        found, media, name = proofs.content(one.row.code)
    except FileGone as error:
        raise Http404(str(error)) from error
    return sent(found, name, media)


@door(*COMPETITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, evidence: str) -> HttpResponseBase:
    """Takes it back, before the deadline."""
    one, row, of = seen(evidence)
    here = Link(one.row.title, reverse("award_entries:evidence", args=[one.row.code]))
    return deed(request, frame.YesForm(frame.answers(request)), Deed(
        _("Tarik bukti"), frame.above(frame.entry_link(row), here), _("Tarik"), lambda _told: actions.withdraw(code=one.row.code),
        lambda _made: frame.entry_link(row).url, _("Bukti ditarik."), about=one.row.title,
        text=_("Bukti ini tidak dinilai lagi. Tanda terimanya tetap dapat diperiksa, dengan saat ditariknya."),
        facts=[Fact(_("Batas bukti"), frame.deadline_words(of.evidence_until, queries.database_now()))], danger=True, of=of,
    ))  # fmt: skip


# --- receipts ---------------------------------------------------------------------------------------------------------------


def _code(asked: str) -> str:
    return "".join(sign for sign in asked.upper() if sign.isalnum())[:12]


@door(PUBLIC)
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """A receipt by the code printed on it."""
    asked = request.GET.get("cari", "").replace("\0", "").strip()[:40]
    if asked and proofs.receipt(_code(asked)) is not None:
        return HttpResponseRedirect(reverse("award_entries:receipt", args=[_code(asked)]))
    context = {
        "about": _("Siapa pun dapat memeriksa kapan sebuah bukti diterima dan sidik isinya, tanpa melihat isinya."),
        "search": SearchBox(_("Nomor tanda terima"), asked),
        "notice": _("Tidak ada tanda terima dengan nomor itu. Periksa dua belas huruf dan angkanya.") if asked else "",
    }  # fmt: skip
    return frame.shown(request, "page.html", context, title=_("Periksa tanda terima"))


def _found(code: str) -> tuple[ReceiptRow, EntryRow, Standing]:
    found = proofs.receipt(code)
    row = None if found is None else queries.entry(found.entry_code)
    if found is None or row is None:
        raise Http404
    return found, row, edition_of(row)


def _public_name(row: EntryRow) -> str:
    """Regions and villages compete in public; a firm is named to those who compete as it or decide about it."""
    known = row.subject != "employer" or queries.own(row.subject, row.subject_code) or queries.runs(row)
    return row.name if known else _("Perusahaan (namanya tidak dibuka di sini)")


def receipt_facts(found: ReceiptRow, row: EntryRow, of: Standing) -> list[tuple[str, str]]:
    """What a receipt says to everybody."""
    facts = [
        (_("Nomor tanda terima"), found.code), (_("Edisi"), told(of.says.title)), (_("Nama calon"), _public_name(row)),
        (_("Kategori"), frame.category_words(of, row.category)), (_("Jenis"), frame.kind_words(of, found.kind)),
        (_("Judul"), found.title), (_("Diterima menurut jam basis data"), frame.exact(found.received_at)),
        (_("Besar"), frame.size_words(found.size)), (_("Sidik yang disimpan (SHA-256)"), found.digest),
    ]  # fmt: skip
    if found.sent_digest != found.digest:
        facts.append((_("Sidik yang dikirim (SHA-256)"), found.sent_digest))
    if found.withdrawn_at is not None:
        facts.append((_("Ditarik"), frame.exact(found.withdrawn_at)))
    return facts


@door(PUBLIC)
@require_safe
def receipt(request: HttpRequest, evidence: str) -> HttpResponseBase:
    """A receipt, for whoever holds its code: hash and moment, never the content."""
    found, row, of = _found(evidence)
    context = {
        "about": _("Bukti ini diterima utuh pada saat yang tertulis. Sidik yang sama berarti isi yang sama."),
        "facts": [Fact(label, value) for label, value in receipt_facts(found, row, of)],
        "ways": [
            Link(_("Unduh tanda terima (PDF)"), reverse("award_entries:receipt_pdf", args=[found.code])),
            Link(_("Periksa tanda terima lain"), reverse("award_entries:receipts")),
        ],
        "note": "" if found.sent_digest == found.digest else _(
            "Yang disimpan adalah berkas yang sudah dibersihkan, jadi sidiknya berbeda dari berkas asal."
        ),
    }  # fmt: skip
    return frame.shown(request, "page.html", context, title=_("Tanda terima bukti"), of=of)


@door(PUBLIC)
@require_safe
def receipt_pdf(request: HttpRequest, evidence: str) -> HttpResponseBase:
    """The same on paper, with the way back here as a code."""
    found, row, of = _found(evidence)
    facts = [(label, _folded(value)) for label, value in receipt_facts(found, row, of)]
    made = Receipt(
        language=language(), title=_("Tanda terima bukti"), facts=facts,
        steps=[
            (_("Simpan berkas asalnya"), _("Sidik yang dikirim dihitung dari berkas itu.")),
            (_("Tarik sebelum batas waktu bila keliru"), moment_words(of.evidence_until)),
            (_("Panitia memeriksa"), _("Satu orang memeriksa, orang lain mengesahkan.")),
        ],
        how=_("Periksa tanda terima ini tanpa akun: pindai kodenya."),
        where=request.build_absolute_uri(reverse("award_entries:receipt", args=[found.code])), made_on=found.received_at.date(),
        sample=of.says.invented or bool(getattr(settings, "JAMSOSTEK_DEMO", False)),
        alt=_("Kode QR ke halaman tanda terima"),
    )  # fmt: skip
    return sent(draw_receipt_pdf(made), f"{_('tanda-terima')}-{found.code}.pdf", PDF)


def _folded(value: str) -> str:
    """A digest in groups, so that it breaks over lines."""
    if len(value) != 64 or " " in value:
        return value
    return " ".join(value[at : at + 8] for at in range(0, 64, 8))
