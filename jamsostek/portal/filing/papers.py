"""Papers: the whole checklist at once, a photo or PDF for each, seen again small, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from jamsostek.claims.actions import intake, work
from jamsostek.claims.choices import State, Waiting
from jamsostek.claims.models import Claim, Document
from jamsostek.claims.queries import cases, evidence
from jamsostek.claims.queries.knowing import facts_of
from jamsostek.claims.queries.papers import Line, still_wanted
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.evidence.reader import too_large
from jamsostek.messages.evidence.records import DEFAULT, HINTS, NOTES
from jamsostek.portal.filing.frame import go_on, looked, screen
from jamsostek.portal.filing.holder import of_claim, url
from jamsostek.portal.filing.steps import open_papers
from jamsostek.portal.screens import Tag, done, today
from jamsostek.portal.screens.bodies import AT_ONCE, refused_by_length
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.uploads.downloads import sent

TAKES = (State.DRAFT, State.SUBMITTED, State.WAITING, State.PROPOSED, State.REFUSED)
"""States in which a paper is taken in."""
TAKEN_BACK = (State.DRAFT, State.SUBMITTED, State.WAITING)
PICTURES = 4
"""So many small pictures on a page: they are heavy, and the rest are links."""
_STATES: dict[str, tuple[str, Tone]] = {
    "held": (N_("Sudah ada pada kami"), "good"), "wanted": (N_("Belum ada"), "warn"), "given": (N_("Sudah dikirim"), "good"),
    "accepted": (N_("Sudah diperiksa"), "good"), "refused": (N_("Kirim lagi"), "bad"), "other": (N_("Tidak perlu"), "plain"),
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A file of a paper as it is shown: its picture where there is room, what was done to it, what would make it better."""

    document: Document
    picture: bool
    notes: Sequence[str]
    hints: Sequence[str]
    removable: bool


@dataclass(frozen=True)
class Paper:
    """A paper of the checklist as it is shown."""

    line: Line
    tag: Tag
    given: Sequence[Given]
    takes: bool
    problem: str = ""


@dataclass(frozen=True)
class Group:
    """Papers under one heading; of those that replace each other one is enough."""

    title: str
    text: str
    papers: Sequence[Paper]


@require_safe
def _papers(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    looked(claim)
    return _page(request, claim)


papers = of_claim()(_papers)


def _page(request: HttpRequest, claim: Claim, *, at: str = "", problems: Sequence[str] = (), status: int = 200) -> HttpResponse:
    lines = cases.papers_of(claim, facts_of(claim, today=today()), today())
    draft = claim.state == State.DRAFT
    context = {
        "groups": _groups(claim, lines, at, problems),
        "problems": [(f"foto-{at}", one) for one in problems],
        "takes": claim.state in TAKES,
        "next": go_on(request, claim, "papers").url if draft else url("show", claim),
        "missing": count_missing(lines),
        "most": DEFAULT.file_bytes >> 20,
        "at_once": AT_ONCE,
    }
    return screen(request, "filing/papers.html", claim, context, title=_("Berkas dan foto"), status=status)


def count_missing(lines: Sequence[Line]) -> int:
    """How many papers still have to come; those that replace each other are one."""
    return len({one.any_of or one.document for one in open_papers(lines)})


def _groups(claim: Claim, lines: Sequence[Line], at: str, problems: Sequence[str]) -> list[Group]:
    """What has to come first, then what replaces each other, then what we have already."""
    left, shown = PICTURES, []
    for line in lines:
        rows = [_given(claim, row, place < left) for place, row in enumerate(reversed(line.given))]
        left -= sum(1 for one in rows if one.picture)
        text, tone = _STATES[line.state]
        takes = claim.state in TAKES and not line.held
        problem = " ".join(problems) if line.document == at else ""
        shown.append(Paper(line, Tag(_(text), tone), rows, takes, problem))
    names = list(dict.fromkeys(one.line.any_of for one in shown if one.line.any_of))
    # What comes only along with one of them stands beside them.
    along = [one for one in shown if names and _along(one.line)]
    groups = [Group("", "", [one for one in shown if not one.line.any_of and not one.line.held and one not in along])]
    for name in names:
        text = _("Salah satu dari yang berikut ini sudah cukup.")
        chosen = [one for one in shown if one.line.any_of == name]
        groups.append(Group(_("Pilih salah satu"), text, [*chosen, *(along if name == names[0] else [])]))
    have = _("Ini tidak perlu dikirim.")
    groups.append(Group(_("Sudah ada pada kami"), have, [one for one in shown if one.line.held and not one.line.any_of]))
    return [one for one in groups if one.papers]


def _along(line: Line) -> bool:
    """Whether a paper is asked for only with another, which was not chosen yet."""
    return not line.any_of and not line.given and line.state == "other"


def _given(claim: Claim, row: Document, picture: bool) -> Given:
    told = [(name, _(NOTES[name])) for name in row.notes if name in NOTES]
    return Given(
        row, picture, [text for name, text in told if name not in HINTS], [text for name, text in told if name in HINTS],
        row.state == "given" and claim.state in TAKEN_BACK,
    )  # fmt: skip


# --- sending ------------------------------------------------------------------------------------------------------------


def _refuse_by_length(request: HttpRequest, claim: Claim, document: str) -> HttpResponse | None:
    """The refusal of a body by its announced length, before any of it is read."""
    refusal = refused_by_length(request)
    if refusal is None:
        return None
    answer = _page(request, claim, at=document, problems=[str(refusal)], status=413)
    answer["Connection"] = "close"
    return answer


@require_POST
def _upload(request: HttpRequest, claim: Claim, document: str) -> HttpResponseBase:
    """Looks at the length first; the form's token is checked when the body may be read."""
    lines = cases.papers_of(claim, facts_of(claim, today=today()), today())
    if document not in {one.document for one in lines if not one.held} or claim.state not in TAKES:
        raise Http404
    return _refuse_by_length(request, claim, document) or _taken_in(request, claim, document)


@csrf_protect
def _taken_in(request: HttpRequest, claim: Claim, document: str) -> HttpResponseBase:
    files = [*request.FILES.getlist("foto"), *request.FILES.getlist("berkas")]
    if not files:
        return _page(request, claim, at=document, problems=[_("Pilih foto atau berkasnya dahulu.")], status=422)
    problems, kept = [], 0
    if len(files) > AT_ONCE:
        problems.append(_("Paling banyak {most} berkas sekali kirim; kirim sisanya sesudah ini.").format(most=AT_ONCE))
    for file in files[:AT_ONCE]:
        name = str(file.name or "")[-60:]
        try:
            refusal = too_large(file.size or 0)
            if refusal is not None:
                raise refusal
            intake.add_document(claim_id=claim.pk, kind=document, content=file.read(), file_name=name, today=today())
            kept += 1
        except InputError as error:
            problems.append(f"{name}: {error}")
    if problems:
        return _page(request, claim, at=document, problems=problems, status=422)
    return done(request, f"{url('papers', claim)}#berkas-{document}", _after(claim, kept))


def _after(claim: Claim, kept: int) -> str:
    """What to tell; with the last paper that was asked for, the claim goes back to the office by itself."""
    if claim.state == State.WAITING and claim.waiting_for == Waiting.PAPERS and not still_wanted(claim):
        work.answered(claim_id=claim.pk, today=today())
        return _("Semua berkas sudah lengkap. Klaim kembali ke antrean kantor.")
    return _("Berkas tersimpan.") if kept == 1 else _("{count} berkas tersimpan.").format(count=kept)


upload = csrf_exempt(of_claim()(_upload))


# --- seen again, taken back ---------------------------------------------------------------------------------------------


def _row(claim: Claim, document_id: int) -> Document:
    found = next((one for one in cases.documents_of(claim) if one.pk == document_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
def _remove(request: HttpRequest, claim: Claim, document_id: int) -> HttpResponseBase:
    row = _row(claim, document_id)
    try:
        intake.remove_document(document_id=row.pk, today=today())
    except InputError as error:
        return _page(request, claim, at=row.kind, problems=[str(error)], status=409)
    return done(request, f"{url('papers', claim)}#berkas-{row.kind}", _("Berkas dihapus."))


remove = of_claim()(_remove)


@require_safe
def _picture(request: HttpRequest, claim: Claim, document_id: int) -> HttpResponseBase:
    row = _row(claim, document_id)
    content, media = evidence.content(row.pk, small=True)
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = "inline"
    return answer


picture = of_claim()(_picture)


@require_safe
def _file(request: HttpRequest, claim: Claim, document_id: int) -> HttpResponseBase:
    row = _row(claim, document_id)
    content, media = evidence.content(row.pk)
    ending = "pdf" if media == "application/pdf" else "jpg"
    return sent(content, f"{row.kind}-{row.pk}.{ending}", media)


file = of_claim()(_file)
