"""One paper beside the facts it proves: looked at, accepted or refused; each look stays in the person's trail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.claims.actions import work
from jamsostek.claims.choices import OPEN
from jamsostek.claims.models import Claim, Document, Party
from jamsostek.claims.queries import cases, desk, evidence
from jamsostek.claims.queries.knowing import facts_of
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.evidence.records import NOTES
from jamsostek.messages.evidence.sheets import sheet as draw_sheet
from jamsostek.portal.claims import frame, shown, words
from jamsostek.portal.claims.frame import READERS
from jamsostek.portal.officer.asking import Ask
from jamsostek.portal.screens import Fact, Form, Link, Tag, done, today
from jamsostek.portal.screens.words import moment

PROVES: dict[str, tuple[str, ...]] = {
    "death_certificate": ("died_on", "event_on", "cause", "known_dead"),
    "heir_letter": ("claimant_step", "entitled_step", "spouses", "minors", "disputed"),
    "family_card": ("claimant_step", "entitled_step", "spouses", "minors", "is_child", "related"),
    "doctors_letter": (
        "happened_on",
        "by_work",
        "result",
        "concluded_on",
        "injuries",
        "unfit_days",
        "total_disability",
        "event_on",
        "listed_disease",
    ),
    "transport_receipt": ("land_rupiah", "sea_rupiah", "air_rupiah"),
    "treatment_receipt": ("care_rupiah", "hospital"),
    "stop_work_letter": ("event_on", "left_on", "cause", "working"),
    "active_work_letter": ("working", "event_on", "cause"),
    "work_contract": ("contract", "contract_end_on", "event_on"),
    "tax_number": ("tax_number",),
    "housing_papers": ("purpose", "amount_asked_rupiah"),
    "passport": ("foreigner", "left_for_good"),
    "statement_of_not_returning": ("left_for_good", "event_on"),
    "birth_certificate": ("child_birth_date", "is_child", "birth_date"),
    "child_identity": ("child_birth_date",),
    "school_letter": ("at_school", "level", "children"),
    "school_report": ("level", "at_school"),
    "dismissal_notice": ("left_on", "reason", "proof"),
    "dismissal_accepted": ("left_on", "reason", "proof"),
    "joint_agreement": ("left_on", "reason", "proof"),
    "registered_joint_agreement": ("left_on", "reason", "proof"),
    "court_judgment": ("left_on", "reason", "proof"),
    "labour_office_receipt": ("proof", "left_on"),
    "report_of_dismissal": ("proof", "left_on"),
    "identity_card": ("birth_date",),
}
"""Facts that a paper shows; all others stand below them."""


def _there(number: str, document_id: int) -> tuple[Claim, Document]:
    claim = frame.of(number)
    row = Document.objects.filter(pk=document_id, claim=claim).exclude(state="removed").first()
    if row is None:
        raise not_yours(_("Berkas ini tidak ada, atau bukan wewenang Anda."))
    return claim, row


class CheckForm(Form):
    """Whether it shows what it should."""

    answer = forms.ChoiceField(
        label=N_("Apakah berkas ini menunjukkan yang diminta?"),
        choices=[("ya", N_("Ya, terima")), ("tidak", N_("Tidak, minta gantinya"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=N_("Alasan"),
        max_length=300,
        required=False,
        help_text=N_("Wajib bila ditolak. Pemohon membacanya: sebut apa yang perlu diganti."),
    )


@door(*READERS)
def show(request: HttpRequest, number: str, document_id: int) -> HttpResponseBase:
    """The paper on one side, what it should prove and the answer on the other."""
    claim, row = _there(number, document_id)
    works = desk.may(claim, Can.ASSESS_CLAIM) and claim.state in OPEN
    if request.method == "POST":
        frame.workable(claim)
    known = facts_of(claim, today=today())
    parties = list(Party.objects.filter(claim=claim, left_on=None))
    wanted = PROVES.get(row.kind, ())
    lines = [one for one in cases.fact_lines(claim, known) if one.spec.name in wanted]
    asked_page = request.GET.get("lembar", "1")
    page_at = (
        min(max(int(asked_page), 1), row.pages) if asked_page.isascii() and asked_page.isdecimal() and len(asked_page) < 4 else 1
    )
    context: dict[str, Any] = {
        "picture": frame.url("picture", claim, row.pk, page_at),
        "whole": frame.url("whole", claim, row.pk),
        "page_at": page_at,
        "pages": row.pages,
        "sheets": [(at, f"?lembar={at}", at == page_at) for at in range(1, row.pages + 1)] if row.pages > 1 else [],
        "alt": _("{paper}, lembar {number}").format(paper=words.document(row.kind), number=page_at),
        "facts": _facts(row),
        "notes": [_(NOTES[one]) for one in row.notes if one in NOTES],
        "known": shown.facts_table(claim, lines, parties, change=works) if lines else None,
        "confirm": f"{frame.url('confirm', claim)}?fakta={','.join(one.spec.name for one in lines)}" if works and lines else "",
        "works": works,
        "account": [
            Link(_("Periksa rekening {name}").format(name=one.name), frame.url("account", claim, one.pk))
            for one in parties
            if one.account_state == "given" and row.kind == "bank_book"
        ]
        if works
        else [],
    }
    title = words.document(row.kind)
    it: Ask[Document] = Ask(
        title=title,
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan jawaban"),
        about=words.title(claim),
        act=lambda told: work.check_document(
            document_id=row.pk, accepted=told["answer"] == "ya", reason=told["reason"], today=today(), now=timezone.now()
        ),
        facts=lambda told: [
            Fact(_("Surat atau bukti"), title),
            Fact(_("Jawaban"), _("Diterima") if told["answer"] == "ya" else _("Ditolak, minta gantinya")),
            *([Fact(_("Alasan"), told["reason"])] if told["reason"] else []),
        ],
        done=lambda _row, _told: done(request, _next(claim), _("Jawaban disimpan.")),
    )
    form = CheckForm(request.POST if request.method == "POST" else None)
    return frame.ask_on(request, form, it, "claims/paper.html", context)


def _facts(row: Document) -> list[Fact]:
    text, tone = words.PAPERS.get(row.state, words.PAPERS["other"])
    found = [
        Fact(_("Keadaan"), Tag(_(text), tone)),
        Fact(_("Diberikan"), moment(row.given_at)),
        Fact(_("Lembar"), format_number(row.pages)),
    ]
    return [*found, Fact(_("Alasan ditolak"), row.reason)] if row.reason else found


def _next(claim: Claim) -> str:
    """The next paper nobody has looked at, else the claim."""
    row = Document.objects.filter(claim=claim, state="given").order_by("id").first()
    return frame.url("paper", claim, row.pk) if row is not None else frame.url("case", claim)


@door(*READERS)
@require_safe
def picture(request: HttpRequest, number: str, document_id: int, sheet: int) -> HttpResponse:
    """A page of it, small enough for a slow line."""
    _claim, row = _there(number, document_id)
    try:
        content, _media = evidence.content(row.pk)
        drawn = draw_sheet(content, sheet)
    except InputError as error:
        raise Http404(str(error)) from error
    return HttpResponse(drawn, "image/jpeg", headers={"Cache-Control": "no-store"})


@door(*READERS)
@require_safe
def whole(request: HttpRequest, number: str, document_id: int) -> HttpResponse:
    """The paper as it is kept, to be saved."""
    _claim, row = _there(number, document_id)
    try:
        content, media = evidence.content(row.pk)
    except InputError as error:
        raise Http404(str(error)) from error
    ending = "pdf" if media == "application/pdf" else "jpg"
    headers = {"Content-Disposition": f'attachment; filename="{row.kind}-{row.pk}.{ending}"', "Cache-Control": "no-store"}
    return HttpResponse(content, media, headers=headers)
