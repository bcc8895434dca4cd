"""Stricter limits of the board: recorded by risk with the decree, confirmed by the chief, beside the law's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.accounts.actions.rates import takes_examples
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import PPM, format_percent
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import board_limits as actions
from jamsostek.fund.actions.board_limits import NewBoardLimit
from jamsostek.fund.limits.rules import BASES, BOUNDS, law_limit, rules
from jamsostek.fund.queries.breaches import board_history, rule_title
from jamsostek.fund.queries.limits import board_limits
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.limits.words import BOARD_TITLE, FundField, above, limit_words
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import (
    Column,
    DateField,
    DecideForm,
    Empty,
    Fact,
    Form,
    Link,
    ShareField,
    Tag,
    done,
    paged,
    table,
    today,
)
from jamsostek.portal.screens.words import NOTHING, date

RECORDERS = (Role.RISK,)
INVENTED = N_("Ini contoh rekaan")


def _list() -> Link:
    return Link(_(BOARD_TITLE), reverse("limits:board"))


def _share(one: Any) -> str:
    return _("dicabut") if one.ppm is None else format_percent(one.ppm)


def _state(one: Any) -> Tag:
    answer = getattr(one, "answer", None)
    if answer is None:
        return Tag(_("Menunggu pengesahan"), "warn")
    if not answer.confirmed:
        return Tag(_("Ditolak"), "plain")
    if one.pk in {held.id for held in board_limits(max(today(), one.since))}:
        return Tag(_("Berlaku"), "good") if one.since <= today() else Tag(_("Belum mulai"), "info")
    return Tag(_("Diganti keputusan lain"), "plain")


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Everything the board was ever said to set, the newest first."""
    found = paged(request, board_history())
    columns = [
        Column(_("Batas"), lambda one: Link(rule_title(one.rule), reverse("limits:board_limit", args=[one.pk]))),
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Bagian"), _share, number=True),
        Column(_("Mulai"), lambda one: date(one.since)),
        Column(_("Keputusan"), lambda one: one.decree),
        Column(_("Keadaan"), _state),
    ]
    way = Link(_("Catat batas internal"), reverse("limits:record"))
    may = current().may(Can.CHECK_TRADE)
    context = {
        "about": _("Direksi dapat menetapkan batas yang lebih ketat daripada peraturan. Keduanya berlaku bersama."),
        "table": table(_("Catatan batas internal, yang terbaru di atas"), columns, found.rows),
        "paged": found, "ways": [way] if may and found.rows else [],
        "empty": Empty(_("Belum ada batas internal"), _("Hanya batas peraturan yang berlaku."), way if may else None),
    }  # fmt: skip
    return screen(request, "limits/board.html", context, title=_(BOARD_TITLE), here="limits:board", above=[above()])


class BoardForm(Form):
    """What was decided, and by which decree."""

    fund = FundField()
    rule = forms.ChoiceField(label=N_("Batas"))
    share = ShareField(
        label=N_("Bagian, dalam persen"), required=False, help_text=N_("Misalnya 3,5. Kosongkan untuk mencabut batas internal."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    since = DateField(label=N_("Mulai berlaku"))
    decree = forms.CharField(label=N_("Nomor keputusan"), max_length=120)
    decreed_on = DateField(label=N_("Tanggal keputusan"))
    reason = forms.CharField(label=N_("Alasan"), max_length=500)
    invented = forms.BooleanField(label=INVENTED, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [(one.id, one.title) for one in rules().values()]  # type: ignore[attr-defined]
        if not takes_examples():
            del self.fields["invented"]

    def clean_share(self) -> int | None:
        """In parts per million."""
        share = self.cleaned_data["share"]
        if share is None:
            return None
        ppm = share * PPM
        if ppm != int(ppm) or not 0 <= ppm <= PPM:
            raise forms.ValidationError(_("Tulis antara 0 dan 100, paling banyak empat angka di belakang koma."))
        return int(ppm)

    def new(self) -> NewBoardLimit:
        """As the action takes it."""
        given = self.cleaned_data
        return NewBoardLimit(
            given["fund"], given["rule"], given["share"], given["since"], given["decree"], given["decreed_on"], given["reason"],
            given.get("invented", False),
        )  # fmt: skip


@door(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponseBase:
    """Writes a decision down; it holds once the chief has confirmed it."""
    form = BoardForm(request.POST or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(form.new())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            words = _("Batas internal dicatat. Berlaku sesudah pimpinan dana mengesahkannya.")
            return done(request, reverse("limits:board_limit", args=[made.pk]), words)
    context = {"form": form, "yes": _("Catat batas internal"), "back": reverse("limits:board")}
    return screen(
        request, "limits/form.html", context, title=_("Catat batas internal"), here="limits:board", above=[above(), _list()]
    )  # fmt: skip


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, board_limit_id: int) -> HttpResponseBase:
    """A decision with its history; the chief confirms or refuses it here."""
    found = next(iter(board_history(ids=[board_limit_id])), None)
    if found is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if form.did(lambda: actions.answer(limit_id=board_limit_id, confirmed=form.approved, reason=form.cleaned_data["decision"])):
        return done(request, request.path, _("Batas internal disahkan.") if form.approved else _("Batas internal ditolak."))
    why_not = _why_not(found)
    context = {
        "tag": _state(found), "facts": _facts(found), "why_not": why_not,
        "form": form if getattr(found, "answer", None) is None and not why_not else None,
        "about": _("Cocokkan dengan keputusannya sebelum mengesahkan."), "yes": _("Simpan keputusan"),
        "back": reverse("limits:board"),
    }  # fmt: skip
    title = _("{limit} untuk {fund}").format(limit=rule_title(found.rule), fund=fund_title(found.fund))
    return screen(request, "limits/form.html", context, title=title, here="limits:board", above=[above(), _list()])


def _why_not(found: Any) -> str:
    if getattr(found, "answer", None) is not None:
        return ""
    if not current().may(Can.APPROVE_BREACH):
        return _("Pimpinan dana yang mengesahkannya.")
    return _("Anda sendiri yang mencatatnya.") if found.proposed_by == current().user_id else ""


def _facts(found: Any) -> list[Fact]:
    rule, answer = rules().get(found.rule), getattr(found, "answer", None)
    law = law_limit(rule, found.fund, found.since) if rule else None
    told = _share(found)
    if rule and found.ppm is not None:
        words = _("{bound} {share} dari {base}")
        told = words.format(bound=_(BOUNDS[rule.bound]), share=told, base=_(BASES[rule.base]))
    facts = [
        Fact(_("Batas internal"), told),
        Fact(_("Batas peraturan"), limit_words(law) if law else NOTHING),
        Fact(_("Mulai berlaku"), date(found.since)),
        Fact(_("Keputusan"), f"{found.decree}, {date(found.decreed_on)}"),
        Fact(_("Alasan"), found.reason),
        Fact(_("Dicatat"), by(found.proposed_by, found.proposed_at)),
    ]
    if found.invented:
        facts.append(Fact(_("Contoh"), Tag(_("rekaan"), "warn")))
    if answer:
        label = _("Disahkan") if answer.confirmed else _("Ditolak")
        facts.append(Fact(label, f"{by(answer.answered_by, answer.answered_at)} {answer.reason}".strip()))
    return facts
