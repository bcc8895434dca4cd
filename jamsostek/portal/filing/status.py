"""Where a sent claim stands for who holds it: six stages, who acts, what to do; and what may be said to the office about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from jamsostek.access.errors import Refused
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions import intake, objecting, work
from jamsostek.claims.choices import Channel, Kind, PayoutState, State, Waiting
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import desk, filing
from jamsostek.claims.queries.tracking import Tracked, tracked
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _, language
from jamsostek.portal.filing.finish import last_day_words
from jamsostek.portal.filing.frame import crumbs, screen, whose
from jamsostek.portal.filing.holder import of_claim, url
from jamsostek.portal.filing.words import event_words, kind_title, state_tag
from jamsostek.portal.screens import Confirm, Event, Fact, Form, Link, done, page, today
from jamsostek.portal.screens.words import date

OPEN_TO_WITHDRAW = (State.SUBMITTED, State.WAITING)
OPEN_TO_OBJECT = (State.REFUSED, State.APPROVED, State.PAID)
SAYS_SO = (Waiting.DOCTOR, Waiting.COURT, Waiting.ARREARS)
"""What is waited for that only who files can say has come; papers are counted, accounts written down."""
NO_SCHOLARSHIP = (Channel.EMPLOYER, Channel.HOSPITAL)


class MessageForm(Form):
    """A few words to the office."""

    text = forms.CharField(label=N_("Pesan untuk kantor"), max_length=2000, widget=forms.Textarea)


class ObjectionForm(Form):
    """Why a decision is wrong."""

    grounds = forms.CharField(
        label=N_("Mengapa Anda keberatan?"), max_length=2000, widget=forms.Textarea,
        help_text=N_("Tulis apa yang menurut Anda keliru. Keberatan diperiksa orang yang tidak ikut memutuskan."),
    )  # fmt: skip


class WithdrawForm(Form):
    """Why it is taken back."""

    because = forms.CharField(label=N_("Mengapa ditarik?"), max_length=200)


def may_see_money(claim: Claim) -> bool:
    """Whether whoever holds a claim may read how each amount came about: a firm and a hospital's desk may not."""
    family = claim.participant_id in current().own or claim.pk in current().claims
    return family or (claim.channel not in (Channel.EMPLOYER, Channel.HOSPITAL) and filing.holds(claim))


def timeline(found: Tracked) -> list[Event]:
    """The six stages."""
    return [Event(one.title, date(one.on) if one.on else "", "", one.state) for one in found.steps]  # type: ignore[arg-type]


def money(found: Tracked) -> list[Fact]:
    """Sums by state; only what the bank has settled is called paid."""
    return [Fact(format_rupiah(one.rupiah), f"{one.words}{_day(one.paid_on)}") for one in found.money]


def _day(on: Any) -> str:
    return f", {date(on)}" if on is not None else ""


def stands(claim: Claim, found: Tracked) -> dict[str, Any]:
    """What every page that tracks a claim shows."""
    acts = found.acts if not found.over else ""
    return {
        "tag": state_tag(claim),
        "told": found.told,
        "events": timeline(found),
        "standing": [
            *([Fact(_("Yang bertindak sekarang"), acts)] if acts else []),
            *([Fact(_("Batas waktu menurut hukum"), last_day_words(claim))] if not found.over else []),
            *([Fact(_("Dikirim"), date(claim.submitted_on))] if claim.submitted_on else []),
        ],
        "wanted": found.papers,
        "money": money(found),
    }


def page_of(request: HttpRequest, claim: Claim) -> HttpResponse:
    """The page; asked for by `show` for a claim that was sent."""
    with everything_in_sight():
        found = tracked(claim)
    refused_account = any(one.state == PayoutState.FAILED for one in found.money) or claim.waiting_for == Waiting.ACCOUNT
    objections = filing.objections(claim)
    judged = all(one.decided_on is not None for one in objections)
    context = {
        **stands(claim, found),
        "about": whose(request, claim),
        "papers": url("papers", claim),
        "account": url("accounts", claim) if refused_account else "",
        "says_so": claim.state == State.WAITING and claim.waiting_for in SAYS_SO,
        "happened": [(event_words(one), date(one.on_date), one.text) for one in filing.happenings(claim) if event_words(one)],
        "writes": claim.state not in (State.WITHDRAWN, State.EXPIRED),
        "objects": claim.state in OPEN_TO_OBJECT and judged,
        "objections": objections,
        "withdraws": claim.state in OPEN_TO_WITHDRAW,
        "receipt": bool(claim.submitted_on),
        "scholarship": may_ask_scholarship(request, claim),
        "amounts": url("money", claim) if found.money and may_see_money(claim) else "",
        "letter": url("letter", claim) if desk.standing_decision(claim) is not None and may_see_money(claim) else "",
    }
    return screen(request, "filing/status.html", claim, context, title=kind_title(claim), top=True)


# --- said to the office -------------------------------------------------------------------------------------------------


def _asked(
    request: HttpRequest, claim: Claim, form: Form, act: Callable[[], Any], *, title: str, button: str, told: str, **more: Any
) -> HttpResponseBase:
    """A form of one thing: refused at its field, or done and told at the claim."""
    if form.is_bound and form.is_valid():
        try:
            act()
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, url("show", claim), told)
    context = {"form": form, "button": button, "back": url("show", claim), **more}
    return screen(request, "filing/form.html", claim, context, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
def _message(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    if claim.state in (State.WITHDRAWN, State.EXPIRED):
        return HttpResponseRedirect(url("show", claim))
    form = MessageForm(request.POST if request.method == "POST" else None)
    return _asked(
        request, claim, form, lambda: work.message(claim_id=claim.pk, text=form.cleaned_data["text"], today=today()),
        title=_("Tulis pesan"), button=_("Kirim pesan"), told=_("Pesan terkirim. Jawabannya ada di halaman ini."),
    )  # fmt: skip


message = of_claim(sent=True)(_message)


@require_http_methods(["GET", "HEAD", "POST"])
def _object(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    if claim.state not in OPEN_TO_OBJECT:
        return HttpResponseRedirect(url("show", claim))
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    return _asked(
        request, claim, form, lambda: objecting.object_to(claim_id=claim.pk, grounds=form.cleaned_data["grounds"], today=today()),
        title=_("Ajukan keberatan"), button=_("Kirim keberatan"), told=_("Keberatan terkirim. Orang lain yang memeriksanya."),
    )  # fmt: skip


object_to = of_claim(sent=True)(_object)


@require_http_methods(["GET", "HEAD", "POST"])
def _withdraw(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    if claim.state not in (State.DRAFT, *OPEN_TO_WITHDRAW):
        return HttpResponseRedirect(url("show", claim))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    note = _("Klaim ini berhenti, dan tidak dapat dilanjutkan lagi. Anda boleh mengajukan klaim baru kapan saja.")
    return _asked(
        request, claim, form, lambda: intake.withdraw(claim_id=claim.pk, because=form.cleaned_data["because"], today=today()),
        title=_("Tarik kembali klaim ini?"), button=_("Ya, tarik kembali"), told=_("Klaim ditarik kembali."),
        note=note, danger=True,
    )  # fmt: skip


withdraw = of_claim()(_withdraw)


@require_POST
def _answered(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    """What was waited for has come."""
    if claim.state != State.WAITING or claim.waiting_for not in SAYS_SO:
        return HttpResponseRedirect(url("show", claim))
    work.answered(claim_id=claim.pk, today=today())
    return done(request, url("show", claim), _("Kantor sudah diberi tahu. Klaim kembali ke antrean."))


answered = of_claim(sent=True)(_answered)


# --- a child's scholarship follows ----------------------------------------------------------------------------------------


def may_ask_scholarship(request: HttpRequest, claim: Claim) -> bool:
    """Whether a year of school may be asked for: after a death or disability that was approved, by who signed in."""
    approved = claim.state in (State.APPROVED, State.PAID) and claim.kind in filing.PARENTS
    return approved and claim.channel not in NO_SCHOLARSHIP and not request.by_code  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def _scholarship(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    who = filing.claimant(claim)
    if not may_ask_scholarship(request, claim) or who is None:
        return HttpResponseRedirect(url("show", claim))
    if request.method == "POST":
        own = claim.participant_id in current().own
        family = Channel(claim.channel) in (Channel.SELF, Channel.HEIR)
        made = intake.begin(
            kind=Kind.SCHOLARSHIP, participant_id=claim.participant_id, parent_id=claim.pk, claimant=filing.someone_of(who),
            channel=(Channel.SELF if own else Channel.HEIR) if family else Channel(claim.channel), today=today(),
            language=language(),
        )  # fmt: skip
        return done(request, url("show", made.claim), _("Klaim dibuat. Setiap jawaban langsung tersimpan."))
    confirm = Confirm(
        _("Ajukan beasiswa anak?"), _("Mulai"), Link(_("Batal"), url("show", claim)),
        _("Satu klaim untuk satu anak dan satu tahun ajaran. Siapkan surat dari sekolahnya."),
    )  # fmt: skip
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=confirm.question, crumbs=crumbs(request, claim))


scholarship = of_claim(sent=True)(_scholarship)
